"""Which heights of a curve are worth showing: the rule that figures and terminal charts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array

HUGE = 50.0  # f and f' live near 1: a narrow peak above this size is a pole, and is cut...
NARROW = 20.0  # ...where it stands this many times beyond nine tenths of the curve


def extent(heights: Array) -> tuple[float, float] | None:
    """Return the lowest and highest value of one curve that a picture should reach, None where there is none.

    Peaks that would flatten all the rest are cut; growth towards the ends of the range is no peak.
    """
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    if max(-low, high) > HUGE:
        ordered = np.sort(finite)
        calm = [*finite[[0, -1]].tolist(), *ordered[[len(finite) // 20, -1 - len(finite) // 20]].tolist()]
        if high / NARROW - low / NARROW > max(calm) - min(calm) > 0.0:
            return min(calm), max(calm)
    return low, high
