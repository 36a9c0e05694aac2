"""Which part of the plane a panel shows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from actplot.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from actplot.arrays import Array

MARGIN = 0.07  # of the height, above and below: no curve is glued to the frame
WIDEST = 1e300  # matplotlib's transforms overflow beyond it
FINEST = 1e-10  # of the larger end: below it ticks can't be told apart


def y_limits(curves: Iterable[Array]) -> tuple[float, float]:
    """Return y limits that hold the heights of all curves, with a margin."""
    ends = [end for heights in curves for end in heights.tolist() if math.isfinite(end)]
    if not ends:
        return -1.0, 1.0
    low, high = max(min(ends), -WIDEST), min(max(ends), WIDEST)
    if high - low <= FINEST * max(abs(low), abs(high)):  # a constant: show it between its neighbours
        reach = max(abs(low), 1.0) if low else 1.0
        return min(low, 0.0) - 0.2 * reach, max(high, 0.0) + 0.2 * reach
    margin = MARGIN * (high - low)
    return low - margin, high + margin


def hold(axes: Axes, limits: tuple[float, float]) -> None:
    """Give a panel y limits, whatever was drawn in it, and take the marks away that are not within."""
    from matplotlib.text import Annotation

    low, high = limits
    axes.set_ylim(low, high)
    marks: list[tuple[Any, Any]] = [(line, line.get_ydata()) for line in axes.get_lines()]
    marks += [(text, [text.xy[1]]) for text in axes.texts if isinstance(text, Annotation) and text.xycoords == "data"]
    for artist, heights in marks:
        if len(heights) == 1 and not low <= heights[0] <= high:
            artist.remove()


def check_drawable(low: float, high: float, what: str = "the range") -> None:
    """Refuse ranges that no figure can show.

    Raises
    ------
    UsageError
        Where the range is wider than 1e300 or so narrow that its ends can't be told apart.

    """
    largest = max(abs(low), abs(high))
    if largest > WIDEST:
        raise UsageError(f"{what} {low:g} {high:g} is too wide to draw (at most ±{WIDEST:g}); --table prints values")
    if not math.isfinite(low + high) or high - low < FINEST * largest or high - low < 1e-290:
        raise UsageError(f"{what} {low!r} {high!r} is too narrow to draw; --table prints values")
