"""The heading of a panel: the title at the left, the formula beside it at the right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actplot.curves.panels import Panel
from actplot.figures.drawing import Drawing
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import literal, text_width
from actplot.figures.parts.maths import Formula, formula_width, split, write_formula
from actplot.functions.naming import heading, titles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST = 0.7  # of the title's size; a formula that must be smaller to fit is left out
TALL = 0.85  # of the title's size, for a formula with full-size fractions

_FORMULA_HEADS = {"f": "f(x) =", "df": "f\\,'(x) ="}
_TITLES = {"df": "Derivative", "d2f": "Second derivative"}


def set_heading(axes: Axes, drawing: Drawing, panel: Panel) -> None:
    """Write the title and, for a single function, its formula above a panel."""
    # The height is given, or matplotlib would measure everything above the panel at each drawing.
    left = axes.set_title("", loc="left", y=1.0)
    size, weight = float(left.get_fontsize()), left.get_fontweight()
    width, _ = panel_size(axes)
    titles = [literal(title) for title in _titles(drawing, panel)]
    left.set_text(next((title for title in titles if text_width(title, size, weight) <= width), titles[-1]))
    formula = _formula(drawing, panel)
    if formula is None:
        return
    room = width - text_width(left.get_text(), size, weight) - 1.5 * size
    scale = min(TALL if "dfrac" in "".join(formula) else 1.0, room / formula_width(formula, size))
    if scale >= SMALLEST:
        write_formula(axes, formula, size * scale, f"formula-{panel.quantity}")


def _titles(drawing: Drawing, panel: Panel) -> list[str]:
    """Return what a panel may be called, the best first; the last is taken where none fits."""
    names = titles([curve.activation for curve in drawing.curves])
    if panel.quantity == "f" and drawing.title is not None:
        return [drawing.title]
    if panel.quantity == "f":
        return [heading([curve.activation for curve in drawing.curves]), *(["Functions"] if len(names) > 1 else [])]
    if panel.quantity == "difference":
        return [panel.tracks[0].title if len(panel.tracks) == 1 else f"Each minus {names[0]}", "Difference"]
    return [_TITLES[panel.quantity]]


def _formula(drawing: Drawing, panel: Panel) -> Formula | None:
    if len(drawing.curves) > 1 or panel.quantity not in _FORMULA_HEADS:
        return None
    activation = drawing.curves[0].activation
    at_kink = drawing.curves[0].at_kink
    if panel.quantity == "f":
        latex = activation.formula_latex("inline", valued=True)
    else:
        latex = activation.derivative_latex("inline", at_kink, valued=True)
    # Full-size fractions are easier to read, as long as none stands in another.
    if not re.search(r"\\frac\{[^{}]*(\{[^{}]*\}[^{}]*)*\\frac", latex):
        latex = latex.replace(r"\frac", r"\dfrac")
    return _FORMULA_HEADS[panel.quantity], *split(latex)
