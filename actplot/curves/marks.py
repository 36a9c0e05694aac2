"""What there is to see in a curve: flat regions, levels it tends to, its steepest point, its hills and valleys."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.values import Values
from actplot.curves.curve import Curve
from actplot.facts.ranges import Point
from actplot.formula.nodes import Binary, Name
from actplot.formula.rewrite import number_node
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

EQUAL = 1e-3  # relative: samples of equal peaks differ by as much
BROAD = 0.04  # of the range; where f' is small on less, f turns, and does not saturate
MOST_TURNS = 50  # of either kind; a function with more is a wave, of which nobody reads every turn
SATURATED = 0.01  # |f'| below it passes so little of a gradient that learning stalls
NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class Features:
    """What is remarkable about one function over the range of a curve.

    Attributes
    ----------
    saturated
        Intervals of x in which |f'| < 0.01.
    levels
        The finite limits of f at ±inf that f does not reach, from below.
    level_sides
        The limits of f on the left and on the right, NaN where there is none.
    plateaus
        Stretches (start, end, f') on which f' is one number.
    slope_sides
        The limits of f' on the left and on the right, NaN where there is none.
    steepest
        The largest |f'|, where that is a peak inside the range.
    extrema, valleys
        Local minima and maxima of f inside the range, and the minima among them.
    corners
        Kinks at which f is continuous.

    """

    saturated: tuple[tuple[float, float], ...]
    levels: tuple[float, ...]
    level_sides: tuple[float, float]
    plateaus: tuple[tuple[float, float, float], ...]
    slope_sides: tuple[float, float]
    steepest: Point | None
    extrema: tuple[Point, ...]
    valleys: frozenset[Point]
    corners: tuple[Point, ...]

    def is_valley(self, point: Point) -> bool:
        """Say whether an extremum is a minimum."""
        return point in self.valleys


@lru_cache(maxsize=32)
def features(curve: Curve) -> Features:
    """Find what is remarkable about a curve."""
    with np.errstate(all="ignore"):  # a typed formula may leave float64 anywhere
        return _features(curve)


def _features(curve: Curve) -> Features:
    activation = curve.activation
    x, f, slopes = curve.x, curve.f, curve.df
    order = np.argsort(x, kind="stable")
    order = order[np.isfinite(x[order])]
    x, f, slopes = x[order], f[order], slopes[order]
    left, right = (activation.exact.limit(side, 0) for side in (-1.0, 1.0))
    reached = {level for level in (left, right) if np.count_nonzero(f == level) > 1}
    hills = _turns(activation, x, slopes, 1.0)
    valleys = _turns(activation, x, slopes, -1.0)
    return Features(
        saturated=_intervals(x, _beside_kinks(np.abs(slopes)) < SATURATED),
        levels=tuple(sorted({level for level in (left, right) if math.isfinite(level) and level not in reached})),
        level_sides=(left, right),
        plateaus=_plateaus(activation, x, slopes),
        slope_sides=(activation.exact.limit(-1.0, 1), activation.exact.limit(1.0, 1)),
        steepest=None if any(curve.boundless(1)) else _steepest(activation, x, slopes),
        extrema=tuple(sorted(hills + valleys, key=lambda point: point.x)),
        valleys=frozenset(valleys),
        corners=tuple(Point(k.x, float(activation(k.x)[0])) for k in curve.kinks if not k.jump),
    )


def slants(curve: Curve) -> dict[tuple[float, float], tuple[bool, bool]]:
    """Return the lines (slope, height at 0) that f approaches without being one, and on which sides it does."""
    ends = zip((-1.0, 1.0), curve.span, strict=True)
    with np.errstate(all="ignore"):
        left, right = (_slant(curve.activation, side, end) for side, end in ends)
    return {line: (line == left, line == right) for line in (left, right) if line is not None}


def _intervals(x: Array, flags: Flags) -> tuple[tuple[float, float], ...]:
    """Return the broad runs of neighbouring points that are flagged."""
    return tuple((float(x[start]), float(x[end - 1])) for start, end in _runs(flags) if _is_broad(x, start, end - 1))


def _runs(flags: Flags) -> Iterator[tuple[int, int]]:
    """Yield where each run of flags begins, and where it has ended."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int))).tolist()
    return zip(edges[::2], edges[1::2], strict=True)


def _is_broad(x: Array, start: int, end: int) -> bool:
    return bool(x[end] - x[start] > BROAD * (x[-1] - x[0]))


def _beside_kinks(size: Array) -> Array:
    """Return heights, and the lower of its neighbours where there is none: a stretch ends at a kink, not before it."""
    near = np.fmin(np.concatenate([[np.nan], size[:-1]]), np.concatenate([size[1:], [np.nan]]))
    return np.asarray(np.where(np.isnan(size), near, size))


def _plateaus(activation: Activation, x: Array, slopes: Array) -> tuple[tuple[float, float, float], ...]:
    """Return the broad runs of points at which f' is the same number, rather than one that rounds to it."""
    level = np.concatenate([np.diff(slopes) == 0.0, [False]])
    runs = [(a, b) for a, b in _runs(level) if _is_broad(x, a, b)]
    if not runs:
        return ()
    bends = activation.exact(np.array([x[[a + 1, b - 1]] for a, b in runs]).reshape(-1), (2,))[0].reshape(-1, 2)
    straight = (bends == 0.0).all(axis=1)
    return tuple(
        (float(x[a]), float(x[b]), float(slopes[a])) for (a, b), level in zip(runs, straight, strict=True) if level
    )


def _slant(activation: Activation, side: float, end: float) -> tuple[float, float] | None:
    """Return the slanted line that f tends to on one side, where it is not that line already at an end."""
    slope = activation.exact.limit(side, 1)
    if not math.isfinite(slope) or slope == 0.0:
        return None
    # A slope that is no float64 has f' in its place, which tends to it faster than x grows.
    for tree in (number_node(slope), activation.exact.tree(1)):
        apart = Values(Binary("-", activation.tree, Binary("*", Name("x"), tree)))
        height = apart.limit(side, 0)
        if math.isfinite(height):
            return (slope, height) if apart(np.array([end]), (0,))[0][0] != height else None
    return None


def _steepest(activation: Activation, x: Array, slopes: Array) -> Point | None:
    """Return the highest peak of |f'| inside the range, of a wave's equal peaks the one nearest to 0."""
    size = np.abs(slopes)
    if len(x) < 4 or np.isnan(size).all():
        return None
    top = float(np.nanmax(size))
    sides = [limit for kink in activation.kinks for limit in (kink.left, kink.right)]
    if sides and max(map(abs, sides)) >= top:
        return None  # the circles at the kink show it
    # A peak between two points leaves them equal; more equal neighbours are a plateau.
    ahead = size[2:-1] > size[3:]
    behind = (size[2:-1] > size[1:-2]) | ((size[2:-1] == size[1:-2]) & (size[1:-2] > size[:-3]))
    peaks = 2 + np.flatnonzero(ahead & behind & (size[2:-1] >= top * (1 - EQUAL)))
    peaks = peaks[_stands_out(size)[peaks]]
    if not peaks.size:
        return None
    nearest = np.abs(x[peaks]).min() + EQUAL * (x[-1] - x[0])
    at = max((place for place in peaks if abs(x[place]) <= nearest), key=lambda place: float(slopes[place]))
    top_point = _refined(activation, float(x[at - 2]), float(x[at + 1]), 1, math.copysign(1.0, slopes[at]))
    return None if math.isnan(top_point.value) else top_point  # a hole


def _stands_out(size: Array) -> Flags:
    """Say from which points a height falls visibly on either side; from the end of a level it does not."""
    known = np.where(np.isfinite(size), size, np.inf)
    height = np.where(np.isfinite(size), size, -np.inf)
    before, after = np.minimum.accumulate(known), np.minimum.accumulate(known[::-1])[::-1]
    visible = max(EQUAL * float(height.max() - known.min()), NEGLIGIBLE * float(height.max()))
    return np.asarray(height - np.maximum(before, after) > visible)


def _turns(activation: Activation, x: Array, slopes: Array, sign: float) -> list[Point]:
    """Return the hills (sign 1) or valleys (sign -1) of f: where f' passes zero, between points or at one."""
    rising = np.sign(slopes) * sign
    between = np.flatnonzero((rising[:-1] > 0) & (rising[1:] < 0))
    at = np.flatnonzero((rising[:-2] > 0) & (rising[1:-1] == 0) & (rising[2:] < 0)) + 1
    turns = [
        *(_refined(activation, float(x[place]), float(x[place + 1]), 0, sign) for place in between[:MOST_TURNS]),
        *(Point(float(x[place]), float(activation(x[place])[0])) for place in at),
    ]
    return [point for point in turns if not math.isnan(point.value)]  # at a hole nothing turns


def _refined(activation: Activation, low: float, high: float, which: int, sign: float) -> Point:
    """Return where f (which 0) or f' (which 1), times the sign, is largest between two points.

    It is where the next derivative passes zero, found in float64 arithmetic; the value there is exact.
    """
    middle = _passing(activation, low, high, which + 1, sign)
    if middle is None:
        middle = _highest(activation, low, high, which, sign)
    if abs(middle) < 1e-6:
        middle = 0.0  # an even peak, found to the root of the rounding
    return Point(middle, float(activation(middle)[which]))


def _passing(activation: Activation, low: float, high: float, order: int, sign: float) -> float | None:
    """Return where a derivative, times the sign, falls through zero between two points; None where it does not."""
    while True:
        grid = np.linspace(low, high, 33)
        values = sign * activation.exact.plain(grid, (order,))[0]
        if not (values[0] > 0.0 > values[-1]) or np.isnan(values).any():
            return None
        at = int(np.argmax(values <= 0.0))
        if values[at] == 0.0 or not low < (low + high) / 2 < high or (grid[at - 1] == low and grid[at] == high):
            return float(grid[at])
        low, high = float(grid[at - 1]), float(grid[at])


def _highest(activation: Activation, low: float, high: float, which: int, sign: float) -> float:
    """Return where f or f', times the sign, is largest between two points, to the root of the rounding."""
    middle = (low + high) / 2
    for _ in range(8):
        grid = np.linspace(low, high, 33)
        values = sign * activation.exact.plain(grid, (which,))[0]
        if np.isnan(values).any():
            values = sign * activation(grid)[which]
        tops = np.flatnonzero(values == np.nanmax(values))
        at = int(tops[len(tops) // 2])
        middle = float(grid[at])
        low, high = float(grid[max(at - 1, 0)]), float(grid[min(at + 1, 32)])
    return middle
