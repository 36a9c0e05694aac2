"""A formula on a line of its own: cases with a brace, each value and its condition in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from actplot.figures.parts.maths import Formula, extent, split
from actplot.formula.latex import upright

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In ems of the formula's own size.
AXIS = 0.25  # height of the middle of a fraction, and of cases
ROW = 1.15  # from one case to the next, or more where they are high
CLEAR = 0.22  # between two cases that are high
BRACE, AFTER_HEAD, AFTER_BRACE, BESIDE, BEFORE_TAIL = 0.42, 0.22, 0.12, 0.9, 0.12  # widths, from left to right
REACH = 0.42  # of the brace, beyond the baselines of the first and the last case

_CASES = re.compile(r"\\begin\{cases\} (.*) \\end\{cases\}(?:,(?:\\ )+(.*))?$")
_WORDS = re.compile(r"\\text\{([^{}]*)\}")


@dataclass(frozen=True)
class Set:
    """A formula as it is set, of size 1: its parts, each where its baseline starts, its braces, and how far it reaches.

    A brace is at an x, from one height to another.
    """

    parts: Sequence[tuple[Formula, float, float]]
    braces: Sequence[tuple[float, float, float]]
    right: float
    depth: float
    top: float


def is_cases(latex: str) -> bool:
    """Say whether a formula is cases, none of which holds cases in turn, and what is said of all of them."""
    found = _CASES.match(latex)
    return found is not None and all(r"\begin" not in (part or "") for part in found.groups())


def set_formula(head: str, latex: str) -> Set:
    """Set a formula that is one line, or cases and what is said of all of them.

    Parameters
    ----------
    head
        What stands before it, such as ``f(x) =``.
    latex
        The formula, with its cases in the environment of that name.

    """
    found = _CASES.match(latex)
    if found is None or not is_cases(latex):
        line = (head, *split(latex))
        right, depth, top = extent(line)
        return Set([(line, 0.0, 0.0)], [], right, depth, top)
    rows = [_row(text) for text in found[1].split(r" \\ ")]
    sizes = [(extent(value), extent(condition)) for value, condition in rows]
    heights = [0.0]
    for upper, lower in pairwise(sizes):
        tall = max(depth for _, depth, _ in upper) + max(top for _, _, top in lower) + CLEAR
        heights.append(heights[-1] - max(ROW, tall))
    middle = AXIS - (heights[0] + heights[-1]) / 2 - AXIS
    heights = [height + middle for height in heights]
    width, _, _ = extent((head,))
    at = width + AFTER_HEAD
    values = at + BRACE + AFTER_BRACE
    conditions = values + max(value[0] for value, _ in sizes) + BESIDE
    right = conditions + max(condition[0] for _, condition in sizes)
    parts: list[tuple[Formula, float, float]] = [((head,), 0.0, 0.0)]
    for (value, condition), height in zip(rows, heights, strict=True):
        parts += [(value, values, height), (condition, conditions, height)]
    low = heights[-1] - max(REACH, *(each[1] for each in sizes[-1]))
    high = heights[0] + max(1.0 - REACH, *(each[2] for each in sizes[0]))
    if found[2]:
        tail = (",", *split(r"\ \ " + found[2]))
        parts.append((tail, right + BEFORE_TAIL, 0.0))
        right += BEFORE_TAIL + extent(tail)[0]
    return Set(parts, [(at, low, high)], right, -low, high)


def write_set(axes: Axes, formula: Set, size: float, baseline: float, gid: str) -> None:
    """Write a formula above a panel from its left edge on, its baseline so many points above the panel."""
    from actplot.figures.parts.maths import write_at

    patches: list[tuple[Any, float, float]] = [(part, x, y) for part, x, y in formula.parts]
    patches += [(_brace(high - low), x, low) for x, low, high in formula.braces]
    for number, (part, x, y) in enumerate(patches, start=1):
        name = f"{gid}-{number}" if number > 1 else gid
        write_at(axes, part, size, (x * size, baseline + y * size), name)


def _row(text: str) -> tuple[Formula, Formula]:
    """Return the value and the condition of a case."""
    value, _, condition = text.partition(" & ")
    parts = (upright(part) if place % 2 else part.strip() for place, part in enumerate(_WORDS.split(condition)))
    return split(value), split("".join(parts))


def _brace(height: float) -> Any:
    """Return the outline of a brace of a height, of a width of `BRACE`, its lowest point at 0."""
    from matplotlib.path import Path

    thick, tip, middle = 0.055, 0.35 * BRACE, height / 2
    bend = min(0.35, height / 5)
    stem = 0.55 * BRACE

    def side(direction: float) -> list[tuple[float, float]]:
        """Return the points from the end of one arm to the tip: outer edge out, inner edge back."""
        end = middle + direction * middle
        return [
            (BRACE, end),
            (stem - thick, end),
            (stem - thick, end - direction * bend),
            (stem - thick, middle + direction * bend),
            (stem - thick, middle + direction * 0.06),
            (tip - 0.1, middle),
        ]

    upper, lower = side(1.0), side(-1.0)
    inner_upper = [(stem + thick, middle + bend), (stem + thick, height - bend), (stem + thick, height - thick)]
    inner_lower = [(stem + thick, bend), (stem + thick, middle - bend)]
    vertices = [
        upper[0], upper[1], upper[2], upper[3], upper[4], upper[5],
        lower[4], lower[3], lower[2], lower[1], lower[0],
        (BRACE, thick), (stem + thick, thick), inner_lower[0], inner_lower[1],
        (stem + thick, middle - 0.02), (tip + 0.12, middle), (stem + thick, middle + 0.02), inner_upper[0],
        inner_upper[1], inner_upper[2], (BRACE, height - thick), upper[0],
    ]  # fmt: skip
    move, line, curve, close = Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CLOSEPOLY
    codes = [
        move, curve, curve, line, curve, curve,
        curve, curve, line, curve, curve,
        line, curve, curve, line,
        curve, curve, curve, curve,
        line, curve, curve, close,
    ]  # fmt: skip
    return Path(vertices, codes)
