"""The heading of a panel: the title, and below it the formula on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from actplot.curves.panels import Panel, Quantity
from actplot.figures.appearance.sizes import READABLE
from actplot.figures.drawing import Drawing
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.cases import Set, is_cases, set_formula, write_set
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import text_width
from actplot.figures.parts.maths import CLEAR, Formula, formula_width, heights, split, wrap, write_formula
from actplot.figures.parts.titles import LINE, STEP, fitted
from actplot.formula.latex import Dialect
from actplot.functions.called import is_called
from actplot.functions.naming import headings, titles
from actplot.words.languages import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMULA = 0.85  # of the title's size, for every formula that has room
# The line of a formula, in ems of its size: what is above and below its baseline, which two cases and a fraction need.
ABOVE, BELOW = 1.5, 1.15
SMALLEST = 0.7  # of the title's size, for a formula beside it, where a panel is too low for another line
ROOMY = 4.75  # ems of the smallest size: four cases, or three with fractions, for which every figure has room
SHRUNK = 0.75  # of its size, to which a formula with full-size fractions may shrink before small ones are better
TALL = 0.85  # of the title's size, for one with full-size fractions
DESCENT = 0.3  # of the title's size, below its baseline
LOW = 0.7  # of a style's height
EDGE = 6.0  # points from a title to the edge of the figure
ROWS = ((2, False), (3, True))  # into which a formula is broken that no line holds, and whether between factors too
DEEPEST = 16  # braces inside one another; matplotlib gives up at some thirty, and nobody can read as many
EXACT = 1 + 1e-9  # what rounding may add
MOST = 0.55  # of a panel and its heading together, for the heading

_HEADS: dict[Quantity, str] = {"f": "f(x) =", "df": "f\\,'(x) =", "gradient": "g(x) ="}
_NAMES = {"f": "f", "df": "f′", "gradient": "the gradient"}


@dataclass(frozen=True)
class Heading:
    """What stands above a panel: the lines of the title; the formula, or the rows into which it is broken.

    Sizes and heights are in points. ``formulas`` are set formulas, each with its size and the height of its baseline.
    ``rise`` is how far above its usual place the title stands, ``height`` how far all of it reaches above the panel,
    and ``lacks`` says what had no room. ``usual`` is the height that a figure of one function keeps for a heading,
    whatever its formula, so that the panels of all stand at the same place.
    """

    lines: Sequence[str]
    size: float
    formulas: Sequence[tuple[Set, float, float]] = ()
    rows: Sequence[Formula] = ()
    formula_size: float = 0.0
    is_beside: bool = False
    rise: float = 0.0
    height: float = 0.0
    lacks: Sequence[str] = ()
    usual: float = 0.0


def plan_heading(axes: Axes, drawing: Drawing, panel: Panel) -> Heading:
    """Choose what fits above a panel of the width that it has, and of its height at most a part."""
    import matplotlib

    left = axes.set_title("", loc="left", y=1.0)
    full, weight = float(left.get_fontsize()), left.get_fontweight()
    pad = float(matplotlib.rcParams["axes.titlepad"])
    width, height = panel_size(axes)
    # Beside the panels that follow the first may stand the rest of a key that is higher than that.
    room = _to_the_edge(axes) if len(panel.tracks) > 1 and panel.quantity == "f" else width
    lines, size, is_cut = fitted(_titles(drawing, panel), full, weight, room, MOST * height - pad)
    lacks = ["the end of the title"] if is_cut else []
    title = ((len(lines) - 1) * LINE + 1.0) * size
    written = _written(drawing, panel)
    usual = 0.0 if _is_low(axes) else _usual_height(full, pad, len(written))
    alone = Heading(lines, size, height=pad + title, lacks=lacks, usual=usual)
    quantities = [quantity for quantity in written if _depth(_latex(drawing, quantity, "cases")) <= DEEPEST]
    if not quantities:
        return alone
    room = MOST * height / (1 - MOST)  # for the heading, were the panel to keep its height
    found = _one_a_line(drawing, quantities, alone, width, _block(full) if alone.usual else ABOVE + BELOW)
    if found is not None and found.height <= min(room, MOST * (height + found.rise)):
        return found
    return _elsewhere(drawing, quantities[0], alone, width, height, weight)


def _one_a_line(
    drawing: Drawing, quantities: Sequence[Quantity], alone: Heading, width: float, block: float
) -> Heading | None:
    """Return the heading with its formulas on a line each, of one size and at one height; None where one is too wide.

    What is wider than others, or higher than a block of so many ems, is smaller, and has a higher line if that does not
    do.
    """
    full = FORMULA * alone.size
    formulas: list[tuple[Set, float, float]] = []
    bottom = CLEAR
    for quantity in reversed(quantities):
        formula, scale = _easiest([_scaled(each, full, width, block) for each in _sets(drawing, quantity)])
        size = full * max(scale, min(READABLE / full, 1.0))
        if formula.right * size > width * EXACT:
            return None
        baseline = bottom + max(BELOW * full, formula.depth * size)
        formulas.append((formula, size, baseline))
        bottom = baseline + max(ABOVE * full, formula.top * size)
    rise = bottom + DESCENT * alone.size - (alone.height - _title_height(alone))
    return replace(alone, formulas=formulas, rise=rise, height=alone.height + rise)


def _usual_height(size: float, pad: float, formulas: int) -> float:
    """Return the height of a heading with one line of title and any formulas that are not extraordinary."""
    block = formulas * _block(size) * FORMULA * size
    return max(CLEAR + block + DESCENT * size, pad) + size if formulas else 0.0


def _block(size: float) -> float:
    """Return the room of a formula below a title of a size, in ems of its own."""
    return max(ABOVE + BELOW, ROOMY * READABLE / (FORMULA * size))


def _is_low(axes: Axes) -> bool:
    """Say whether a sheet is so much lower than the style's that its height is for the panels."""
    import matplotlib

    figure: Any = axes.figure
    return bool(figure.get_figheight() < LOW * matplotlib.rcParams["figure.figsize"][1])


def _scaled(formula: Set, size: float, width: float, block: float) -> tuple[Set, float]:
    """Return a formula, and which part of a size lets it fit its line, and a block of so many ems."""
    high = block / (formula.depth + formula.top)
    if formula.depth * high < BELOW:
        high = (block - BELOW) / formula.top
    elif formula.top * high < ABOVE:
        high = (block - ABOVE) / formula.depth
    return formula, min(1.0, width / (formula.right * size), high)


def _easiest(found: Sequence[tuple[Set, float]]) -> tuple[Set, float]:
    """Return the first way to set a formula that is as large as others; if none is, one that is not much smaller."""
    largest = max(scale for _, scale in found)
    return next(each for each in found if each[1] >= (1.0 if largest == 1.0 else SHRUNK * largest))


def _title_height(alone: Heading) -> float:
    return ((len(alone.lines) - 1) * LINE + 1.0) * alone.size


def _elsewhere(
    drawing: Drawing, quantity: Quantity, alone: Heading, width: float, height: float, weight: str | int
) -> Heading:
    """Return the heading with its formula beside the title, or in rows, or none."""
    import matplotlib

    size, pad = alone.size, float(matplotlib.rcParams["axes.titlepad"])
    formula = _formula(drawing, quantity)
    widest = max(text_width(line, size, weight) for line in alone.lines)
    scale = min(_largest(formula), (width - widest - 1.5 * size) / formula_width(formula, size))
    if scale >= SMALLEST and scale * size >= READABLE:
        *_, top = heights([formula], size * scale)
        tall = max(alone.height, top)
        return replace(alone, rows=[formula], formula_size=size * scale, height=tall, is_beside=True)
    for most, fine in ROWS:
        scale = _largest(formula)
        while scale * size >= READABLE / EXACT:
            rows = wrap(formula, size * scale, width, fine)
            *_, top = heights(rows, size * scale)
            fits = len(rows) <= most and all(formula_width(row, size * scale) <= width for row in rows)
            rise = top + DESCENT * size + CLEAR - pad
            if fits and rise + pad <= MOST * (height + rise):
                return replace(alone, rows=rows, formula_size=size * scale, rise=rise, height=alone.height + rise)
            scale *= STEP
    return replace(alone, lacks=[*alone.lacks, f"the formula of {_NAMES[quantity]}"])


def _to_the_edge(axes: Axes) -> float:
    """Return the room for a title that may stand over the names beside its panel, in points."""
    figure: Any = axes.figure
    box, beside = axes.get_position(), [other.get_position().x0 for other in figure.axes]
    end = min([x for x in beside if x > box.x1], default=1.0)
    return float((end - box.x0) * figure.get_figwidth()) * POINTS - EDGE


def set_heading(axes: Axes, heading: Heading, quantity: str) -> None:
    """Write the title and, for a single function, its formula above a panel."""
    import matplotlib

    # The height is given, or matplotlib would measure everything above the panel at each drawing.
    pad = float(matplotlib.rcParams["axes.titlepad"]) + heading.rise
    axes.set_title("\n".join(heading.lines), loc="left", y=1.0, pad=pad, fontsize=heading.size)
    for number, (formula, size, baseline) in enumerate(heading.formulas, start=1):
        write_set(axes, formula, size, baseline, f"formula-{quantity}" + (f"-of-{number}" if number > 1 else ""))
    if heading.rows:
        name = f"formula-{quantity}"
        write_formula(axes, heading.rows, heading.formula_size, name, at_left=not heading.is_beside)


def _largest(formula: Formula) -> float:
    return TALL if "dfrac" in "".join(formula) else 1.0


def _titles(drawing: Drawing, panel: Panel) -> list[str]:
    """Return what a panel may be called, the best first; the last is taken where none fits."""
    names = titles([curve.activation for curve in drawing.curves])
    if panel.quantity == "f" and drawing.title is not None:
        return [drawing.title]
    if panel.quantity == "f":
        called = headings([curve.activation for curve in drawing.curves])
        return [f"{each}: {panel.words}" for each in called] if panel.words else called
    if panel.quantity == "difference":
        each = say().each_minus.format(name=names[0])
        return [panel.tracks[0].title if len(panel.tracks) == 1 else each, say().difference]
    if panel.words:
        words = panel.words[0].upper() + panel.words[1:]
        return [words, say().trained] if panel.quantity == "gradient" else [words]
    named = say().derivative if panel.quantity == "df" else say().second_derivative
    return [named, f"f{panel.primes}"] if len(panel.tracks) > 1 else [named]


def _written(drawing: Drawing, panel: Panel) -> list[Quantity]:
    """Return the quantities of a panel whose formulas are to stand above it."""
    written = len(drawing.curves) == 1 and not is_called(drawing.curves[0].activation)
    return [quantity for quantity in panel.quantities if written and quantity in _HEADS]


def _depth(latex: str) -> int:
    """Return how many braces stand inside one another."""
    depth, deepest = 0, 0
    for brace in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def _sets(drawing: Drawing, quantity: Quantity) -> list[Set]:
    """Return a formula as it may be set: with full-size fractions, easier to read, and if these are high with small."""
    latex = _latex(drawing, quantity, "cases")
    if r"\begin" in latex and not is_cases(latex):
        latex = _latex(drawing, quantity, "inline")
    head = _HEADS[quantity]
    tall = _tall(latex)
    if tall == latex or r"\begin" in latex:
        return [set_formula(head, latex)]
    first = set_formula(head, tall)
    return [first] if first.depth <= BELOW and first.top <= ABOVE else [first, set_formula(head, latex)]


def _latex(drawing: Drawing, quantity: Quantity, dialect: Dialect) -> str:
    curve = drawing.curves[0]
    activation, at_kink = curve.activation, curve.at_kink
    if quantity == "gradient" and curve.gradient is not None:
        return curve.gradient.activation.formula_latex(dialect, valued=True)
    if quantity == "f":
        return activation.formula_latex(dialect, valued=True)
    return activation.derivative_latex(dialect, at_kink, valued=True)


def _tall(latex: str) -> str:
    """Return a formula with full-size fractions, but for those in another, in a root or in an exponent."""
    parts, depth = [], 0
    for part in re.split(r"(\\frac|(?<!\\)[{}])", latex):
        depth += {"{": 1, "}": -1}.get(part, 0)
        parts.append(r"\dfrac" if part == r"\frac" and not depth else part)
    return "".join(parts)


def _formula(drawing: Drawing, quantity: Quantity) -> Formula:
    return _HEADS[quantity], *split(_tall(_latex(drawing, quantity, "inline")))
