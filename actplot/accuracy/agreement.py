"""Whether two formulas are one function, whatever float64 makes of them, and how far they are apart if not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.course import course
from actplot.functions.difference import difference

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.functions.activation import Activation

FAR = 1e4  # how far out enclosures look for a difference
SAME = 2.0**-60  # relative: what the same function's formulas differ by at most in double-doubles
FAINT = 1e-290  # a smaller difference is nobody's concern


@dataclass(frozen=True)
class Agreement:
    """How far two functions are apart, in exact arithmetic.

    Attributes
    ----------
    absolute, at
        The largest difference that was found, and where.
    relative, relative_at
        The same in proportion to the second function.
    where
        Points at which the difference turns, shape (k,).

    """

    absolute: float
    at: float
    relative: float
    relative_at: float
    where: Array

    @property
    def same(self) -> bool:
        """Whether no difference was found."""
        return self.absolute == 0.0


def agree(first: Activation, second: Activation, x: Array, within: tuple[float, float] | None) -> Agreement:
    """Compare two functions at points, and wherever enclosures of their difference say that it turns."""
    low, high = within or (-FAR, FAR)
    apart = difference(first, second).exact
    hints = [hint for activation in (first, second) for hint in activation.hints()]
    runs = course(apart, hints, (low, high)).runs
    where = np.unique([end for run in runs for end in (run.low, run.high) if low <= end <= high])
    points = np.union1d(x[(x >= low) & (x <= high)] if within else x, where)
    with np.errstate(all="ignore"):
        gaps, sizes = apart.least(points), np.abs(second.exact(points, (0,), quick=True)[0])
        shares = np.where((gaps <= SAME * sizes) | (gaps < FAINT), 0.0, gaps / sizes)
    gaps = np.where(shares > 0.0, gaps, 0.0)
    i, j = (int(np.argmax(np.where(np.isfinite(part), part, -1.0))) for part in (gaps, shares))
    if not shares[np.isfinite(shares)].any():
        return Agreement(0.0, math.nan, 0.0, math.nan, where)
    return Agreement(float(gaps[i]), float(points[i]), float(shares[j]), float(points[j]), where)
