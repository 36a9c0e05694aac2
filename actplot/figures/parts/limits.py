"""Which part of the plane a panel shows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from actplot.errors import UsageError

if TYPE_CHECKING:
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


def check_drawable(low: float, high: float) -> None:
    """Refuse x ranges that no figure can show.

    Raises
    ------
    UsageError
        Where the range is wider than 1e300 or so narrow that its ends can't be told apart.

    """
    largest = max(abs(low), abs(high))
    if largest > WIDEST:
        raise UsageError(f"the range {low:g} {high:g} is too wide to draw (at most ±{WIDEST:g}); --table prints values")
    if not math.isfinite(low + high) or high - low < FINEST * largest or high - low < 1e-290:
        raise UsageError(f"the range {low!r} {high!r} is too narrow to draw; --table prints values")
