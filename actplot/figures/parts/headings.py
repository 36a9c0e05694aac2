"""The heading of a panel: the title at the left, the formula beside it at the right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from actplot.curves.panels import Panel
from actplot.figures.appearance.sizes import READABLE
from actplot.figures.drawing import Drawing
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import literal, text_width
from actplot.figures.parts.maths import CLEAR, Formula, formula_width, heights, split, wrap, write_formula
from actplot.functions.naming import heading, titles
from actplot.words.quoting import showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST = 0.7  # of the title's size; a formula that must be smaller to stand beside it has a line of its own
TALL = 0.85  # of the title's size, for a formula with full-size fractions
STEP = 0.95  # from one size of a formula that is tried to the next
LINE = 1.25  # of the title's size, from line to line
DESCENT = 0.3  # of the title's size, below its baseline
MOST_LINES = 3  # of a title
LONGEST = 2000  # characters of a title that are looked at; more fit on no figure
# How a formula is broken, the best first: into how many rows, whether between factors too, and how small it may be as a
# part of the title's size, but for the smallest that can be read.
ROWS = ((1, False, SMALLEST), (2, False, 0.0), (3, True, 0.0))
DEEPEST = 16  # braces inside one another; matplotlib gives up at some thirty, and nobody can read as many
EXACT = 1 + 1e-9  # what rounding may add
MOST = 0.55  # of a panel and its heading together, for the heading

_FORMULA_HEADS = {"f": "f(x) =", "df": "f\\,'(x) ="}
_NAMES = {"f": "f", "df": "f′"}
_TITLES = {"df": "Derivative", "d2f": "Second derivative"}


@dataclass(frozen=True)
class Heading:
    """What stands above a panel: the lines of the title, the rows of the formula, their sizes in points.

    ``rise`` is how far above its usual place the title stands, ``height`` how far all of it reaches above the panel,
    and ``lacks`` says what had no room.
    """

    lines: Sequence[str]
    size: float
    rows: Sequence[Formula] = ()
    formula_size: float = 0.0
    rise: float = 0.0
    height: float = 0.0
    lacks: Sequence[str] = ()


def plan_heading(axes: Axes, drawing: Drawing, panel: Panel) -> Heading:
    """Choose what fits above a panel of the width that it has, and of its height at most a part."""
    import matplotlib

    left = axes.set_title("", loc="left", y=1.0)
    full, weight = float(left.get_fontsize()), left.get_fontweight()
    pad = float(matplotlib.rcParams["axes.titlepad"])
    width, height = panel_size(axes)
    lines, size, is_cut = _fitted(_titles(drawing, panel), full, weight, width, MOST * height - pad)
    lacks = ["the end of the title"] if is_cut else []
    title = ((len(lines) - 1) * LINE + 1.0) * size
    alone = Heading(lines, size, height=pad + title, lacks=lacks)
    formula = _formula(drawing, panel)
    if formula is None:
        return alone
    widest = max(text_width(line, size, weight) for line in lines)
    scale = min(_largest(formula), (width - widest - 1.5 * size) / formula_width(formula, size))
    if scale >= SMALLEST and scale * size >= READABLE:
        *_, top = heights([formula], size * scale)
        return replace(alone, rows=[formula], formula_size=size * scale, height=max(alone.height, top))
    for most, fine, smallest in ROWS:
        scale = _largest(formula)
        while scale * size >= max(READABLE, smallest * size) / EXACT:
            rows = wrap(formula, size * scale, width, fine) if most > 1 else [formula]
            *_, top = heights(rows, size * scale)
            fits = len(rows) <= most and all(formula_width(row, size * scale) <= width for row in rows)
            rise = top + DESCENT * size + CLEAR - pad
            if fits and rise + pad <= MOST * (height + rise):
                return replace(alone, rows=rows, formula_size=size * scale, rise=rise, height=alone.height + rise)
            scale *= STEP
    return replace(alone, lacks=[*lacks, f"the formula of {_NAMES[panel.quantity]}"])


def set_heading(axes: Axes, heading: Heading, quantity: str) -> None:
    """Write the title and, for a single function, its formula above a panel."""
    import matplotlib

    # The height is given, or matplotlib would measure everything above the panel at each drawing.
    pad = float(matplotlib.rcParams["axes.titlepad"]) + heading.rise
    axes.set_title("\n".join(heading.lines), loc="left", y=1.0, pad=pad, fontsize=heading.size)
    if heading.rows:
        write_formula(axes, heading.rows, heading.formula_size, f"formula-{quantity}")


def _largest(formula: Formula) -> float:
    return TALL if "dfrac" in "".join(formula) else 1.0


def _fitted(
    titles: Sequence[str], size: float, weight: str | int, width: float, height: float
) -> tuple[list[str], float, bool]:
    """Return the lines of a title, their size, and whether its end had to be left out."""
    titles = [title[:LONGEST] for title in titles]
    for title in titles:
        if text_width(literal(title), size, weight) <= width:
            return [literal(title)], size, False
    smallest = min(size, READABLE)
    while True:
        most = max(1, min(MOST_LINES, int(height / (LINE * size))))
        lines = _broken(titles[-1], size, weight, width, most)
        if len(lines) <= most:
            return lines, size, False
        if size == smallest:
            break
        size = max(size * STEP, smallest)
    last = lines[most - 1]
    while last and text_width(last + "…", size, weight) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"], size, True


def _broken(title: str, size: float, weight: str | int, width: float, most: int) -> list[str]:
    """Return a title in lines of a width, broken at spaces; a word that is wider is broken anywhere.

    What comes after more lines than the most is left out.
    """
    lines = [""]
    for word in re.findall(r"\S+\s*", showable(title)):
        if len(lines) > most:
            break
        if lines[-1] and text_width(literal(lines[-1] + word), size, weight) > width:
            lines.append("")
        while word and len(lines) <= most + 1:
            count = _fitting(lines[-1], word, size, weight, width)
            lines[-1] += word[:count]
            word = word[count:]
            if word:
                lines.append("")
    return [literal(line) for line in lines]


def _fitting(line: str, word: str, size: float, weight: str | int, width: float) -> int:
    """Return how many letters of a word fit behind the line; one at least on a line that is empty."""

    def is_too_wide(count: int) -> bool:
        return text_width(literal(line + word[:count]), size, weight) > width

    most = 1
    while most < len(word) and not is_too_wide(most):
        most = min(2 * most, len(word))
    return max(bisect_left(range(most + 1), True, lo=1, key=is_too_wide) - 1, 0 if line else 1)


def _titles(drawing: Drawing, panel: Panel) -> list[str]:
    """Return what a panel may be called, the best first; the last is taken where none fits."""
    names = titles([curve.activation for curve in drawing.curves])
    if panel.quantity == "f" and drawing.title is not None:
        return [drawing.title]
    if panel.quantity == "f":
        return [heading([curve.activation for curve in drawing.curves]), *(["Functions"] if len(names) > 1 else [])]
    if panel.quantity == "difference":
        return [panel.tracks[0].title if len(panel.tracks) == 1 else f"Each minus {names[0]}", "Difference"]
    if panel.words:
        return [panel.words[0].upper() + panel.words[1:], "Gradient used in training"]
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
    depth, deepest = 0, 0
    for brace in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        return None
    # Full-size fractions are easier to read, as long as none stands in another.
    if not re.search(r"\\frac\{[^{}]*(\{[^{}]*\}[^{}]*)*\\frac", latex):
        latex = latex.replace(r"\frac", r"\dfrac")
    return _FORMULA_HEADS[panel.quantity], *split(latex)
