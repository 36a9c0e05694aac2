"""Functions in pieces, each evaluated at its own points only.

`np.where` computes every branch at every point, and where the points come in no order it also mispredicts half of
its choices. Points mostly come sorted, so a block of them mostly lies within one piece.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array, Pair

    Mask = npt.NDArray[np.bool_]


def indicator(mask: Mask) -> Array:
    """Return 1.0 where the mask holds and 0.0 elsewhere."""
    return mask.astype(np.float64)


def levels(mask: Mask, there: float, elsewhere: float) -> Array:
    """Return one number where the mask holds and another elsewhere."""
    step = there - elsewhere
    if step + elsewhere != there:
        return np.where(mask, there, elsewhere)
    result = indicator(mask)
    result *= step
    if elsewhere:
        result += elsewhere
    return result


def pieces(x: Array, ends: Sequence[float], *branches: Callable[[Array], Pair]) -> Pair:
    """Return the pair of the first branch below the first end, of the next one from there on, and so forth.

    A branch need not be finite, or even defined, beyond its ends. NaN gives NaN.
    """
    low, high = x.min(), x.max()  # NaN, and so in no piece, where x has one
    sides = list(zip((-math.inf, *ends), (*ends, math.inf), branches, strict=True))
    for start, end, branch in sides:
        if low >= start and (high < end or end == math.inf):
            return branch(x)
    points = x.reshape(-1)
    f, slope = np.full_like(points, np.nan), np.full_like(points, np.nan)
    for start, end, branch in sides:
        at = np.flatnonzero((points >= start) & ((points < end) if end < math.inf else True))
        if at.size:
            f[at], slope[at] = branch(points[at])
    return f.reshape(x.shape), slope.reshape(x.shape)


def halves(x: Array, half: Callable[[Array, bool], Pair], at: float = 0.0) -> Pair:
    """Return half(x, False) on the left of a point and half(x, True) from there on."""
    return pieces(x, (at,), lambda left: half(left, False), lambda right: half(right, True))


def identity(x: Array) -> Pair:
    """Return the pair of x itself, a branch of many; a slope that is the same everywhere is one number."""
    return x, np.array(1.0)


def zero(_: Array) -> Pair:
    """Return the pair of the constant 0, a branch of many; one number for all points."""
    return np.array(0.0), np.array(0.0)
