"""What can be computed about an activation: range, limits, zeros, turning points, symmetry, smoothness, tails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.calculus.slope import derived
from actplot.curve import sample_range
from actplot.features import Point, features

if TYPE_CHECKING:
    from actplot.declaration import Array

REACH = 60.0  # the part of the axis that is searched densely; every bend of the catalogue lies in it
STEPS = 24_000
MOST_BENDS = 12  # a function with more turning points in reach is a wave
CENTRED = 1e-3  # a mean output as small leaves the next layer centred
HUGE = 1e100  # values as large are on their way to infinity
ROUNDED = 5.0  # a limit met farther out than this, and not at a kink, is met by rounding: sigmoid(37) is not 1
PEAK = 1e-4  # relative: grid points this near to the top may stand by a hill as high
FLAT_TOP = 1e-7  # nearer to 0 than this the place of a smooth top is lost in rounding
CLOSE = 1e-12  # relative: two values as near are equal
ORDERS = ("jump", "kink", "C¹", "C²")  # the first derivative that breaks, counted from f itself
SMOOTH = "smooth"


@dataclass(frozen=True)
class Facts:
    """Facts about an activation with its parameters.

    Attributes
    ----------
    lowest, highest
        Infimum and supremum of f; ``x`` is infinite where they are approached and not taken.
    left_limit, right_limit
        Of f at -inf and inf; NaN where there is none.
    steepest
        The largest |f'|, with its sign; infinite values and places as above.
    zeros
        Points and intervals (equal ends for points) on which f is 0.
    minima, maxima
        Turning points of f.
    wave
        Whether f turns without end; zeros and turning points are then left out.
    monotone
        ``increasing``, ``non-decreasing``, ``decreasing``, ``non-increasing`` or ``no``.
    symmetry
        ``odd``, ``even`` or ``neither``.
    mean
        Of f(x) where x is a standard normal variable; NaN where it is beyond float64.
    saturates
        The sides (``left``, ``right``) on which f tends to a finite limit.
    vanishing
        The sides on which f' tends to 0, so that gradients can vanish.
    dead
        The sides on which f' is exactly 0 from some point on, so that units can die.
    smoothness
        ``jump``, ``kink``, ``C¹``, ``C²`` or ``smooth``.

    """

    lowest: Point
    highest: Point
    left_limit: float
    right_limit: float
    steepest: Point
    zeros: tuple[tuple[float, float], ...]
    minima: tuple[Point, ...]
    maxima: tuple[Point, ...]
    wave: bool
    monotone: str
    symmetry: str
    mean: float
    saturates: tuple[str, ...]
    vanishing: tuple[str, ...]
    dead: tuple[str, ...]
    smoothness: str

    @property
    def zero_centred(self) -> bool:
        """Whether the outputs average 0 for standard normal input."""
        return abs(self.mean) < CENTRED


def facts(activation: Activation) -> Facts:
    """Compute the facts of an activation from its values and its formula."""
    with np.errstate(all="ignore"):  # a typed formula may leave float64 anywhere
        return _facts(activation)


def _facts(activation: Activation) -> Facts:
    x = _search_points(activation)
    f, df = activation(x, "right")
    slope = derived(activation)
    breaks = sorted({kink.x for kink in (*activation.kinks, *slope.kinks)})  # of f, f' or f''
    seen = features(sample_range(activation, (-REACH, REACH), STEPS + 1, "right"))
    wave = len(seen.extrema) > MOST_BENDS
    lowest, highest = _extreme(activation, x, f, 0, -1.0), _extreme(activation, x, f, 0, 1.0)
    ends = dict(zip(("left", "right"), df[[0, -1]].tolist(), strict=True))
    limits = dict(zip(("left", "right"), f[[0, -1]].tolist(), strict=True))
    return Facts(
        lowest=lowest,
        highest=highest,
        left_limit=limits["left"],
        right_limit=limits["right"],
        steepest=_steepest(activation, x, df),
        zeros=() if wave else _zeros(activation, breaks),
        minima=() if wave else tuple(point for point in seen.extrema if seen.is_valley(point)),
        maxima=() if wave else tuple(point for point in seen.extrema if not seen.is_valley(point)),
        wave=wave,
        monotone=_monotone(activation, x, f, df),
        symmetry=_symmetry(activation),
        mean=_mean(activation),
        saturates=tuple(side for side in limits if math.isfinite(limits[side])),
        vanishing=tuple(side for side in ends if ends[side] == 0),
        dead=_dead(activation, breaks),
        smoothness=_smoothness(activation, slope),
    )


def _search_points(activation: Activation) -> Array:
    dense = np.linspace(-REACH, REACH, STEPS + 1)
    far = np.geomspace(REACH, 1e308, 400)
    points = np.concatenate([[-np.inf], -far[::-1], dense, far, [np.inf]])
    return np.union1d(points, [kink.x for kink in activation.kinks])


def _steepest(activation: Activation, x: Array, df: Array) -> Point:
    with np.errstate(over="ignore"):
        smooth = _extreme(activation, x, np.abs(df), 1, 1.0)
    kinks = [Point(kink.x, slope) for kink in activation.kinks for slope in (kink.left, kink.right)]
    return max([smooth, *kinks], key=lambda point: (abs(point.value), -abs(point.x)))


def _extreme(activation: Activation, x: Array, values: Array, which: int, sign: float) -> Point:
    """Return the largest (sign 1) or smallest (sign -1) of the values, its place refined between the points.

    Of equal values the one nearest to the origin is taken, and an infinite x only where no finite one equals it.
    """
    ranked = np.where(np.isnan(values), -np.inf, sign * values)
    best = float(ranked.max())
    places = np.flatnonzero(ranked == best)
    at = int(places[np.argmin(np.abs(x[places]))])
    centre = float(x[at])
    if abs(best) > HUGE:
        return Point(math.copysign(math.inf, centre), sign * math.copysign(math.inf, best))
    corner = any(kink.x == centre for kink in activation.kinks)
    rising = bool(activation(centre, "right")[1] != 0) if which == 0 else False
    rounded = best in (ranked[0], ranked[-1]) and not corner and (rising or abs(centre) > ROUNDED)
    if abs(centre) >= REACH or rounded:
        return Point(math.copysign(math.inf, centre), sign * best)
    top = _refined(activation, x, at, which, sign)
    peaks = 1 + np.flatnonzero((ranked[1:-1] >= ranked[:-2]) & (ranked[1:-1] >= ranked[2:]))
    peaks = peaks[(np.abs(x[peaks]) < abs(centre)) & (ranked[peaks] >= best - abs(best) * PEAK)]
    for place in peaks[np.argsort(np.abs(x[peaks]))][:1]:  # of a wave's equal hills, the nearest
        nearest = _refined(activation, x, int(place), which, sign)
        if abs(abs(nearest.value) - abs(top.value)) <= CLOSE * abs(top.value):
            return nearest
    return top


def _refined(activation: Activation, x: Array, at: int, which: int, sign: float) -> Point:
    """Return the top near a point, by ever finer grids."""
    centre, low, high = float(x[at]), float(x[at - 1]), float(x[at + 1])
    best = float(_height(activation, np.array([centre]), which, sign)[0])
    for _ in range(12):
        grid = np.linspace(low, high, 41)
        ranked = _height(activation, grid, which, sign)
        if ranked.max() > best:
            best = float(ranked.max())
            tops = grid[ranked == best]
            centre = float(tops[len(tops) // 2])
        reach = (high - low) / 40
        low, high = centre - reach, centre + reach
    if abs(centre) < FLAT_TOP:
        centre = 0.0
    return Point(centre, float(activation(centre, "right")[which]))


def _height(activation: Activation, x: Array, which: int, sign: float) -> Array:
    values = activation(x, "right")[which]
    return np.where(np.isnan(values), -np.inf, sign * (np.abs(values) if which else values))


def _zeros(activation: Activation, breaks: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return where f is 0, in the reach of the search; an interval of zeros begins and ends at breaks."""
    places = np.array(breaks)
    x = np.union1d(np.linspace(-REACH, REACH, STEPS + 1), places)
    f = activation(x)[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], f == 0, [False]]).astype(int)))
    found = []
    for first, last in zip(edges[::2], edges[1::2] - 1, strict=True):
        if first == last:
            found.append((float(x[first]), float(x[last])))
            continue
        low, high = _at_break(float(x[first]), places), _at_break(float(x[last]), places)
        if low is not None and high is not None:  # a tail that only rounds to 0 begins nowhere in particular
            found.append((low, high))
    jumps = {kink.x for kink in activation.kinks if kink.jump}
    for place in np.flatnonzero(f[:-1] * f[1:] < 0):
        low, high = float(x[place]), float(x[place + 1])
        if not jumps & {low, high}:
            root = _root(activation, low, high)
            found.append((root, root))
    return tuple(sorted(found))


def _at_break(x: float, breaks: Array) -> float | None:
    """Return the break at (or a step from) a point, infinity at the end of the search, None elsewhere."""
    if abs(x) >= REACH:
        return math.copysign(math.inf, x)
    near = breaks[np.abs(breaks - x) <= 1.01 * 2 * REACH / STEPS]
    return float(near[0]) if near.size else None


def _root(activation: Activation, low: float, high: float) -> float:
    """Return the zero between two points of opposite sign, by bisection."""
    below = float(activation(low)[0]) < 0
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (middle, high) if (float(activation(middle)[0]) < 0) == below else (low, middle)
    return low


def _monotone(activation: Activation, x: Array, f: Array, df: Array) -> str:
    slopes = np.concatenate([df, [limit for kink in activation.kinks for limit in (kink.left, kink.right)]])
    jumps = [kink.jump[1] - kink.jump[0] for kink in activation.kinks if kink.jump]
    near = np.abs(x) <= ROUNDED  # farther out a slope may round to 0
    flat = bool(np.any(df[near] == 0)) and _flat_somewhere(f[near])
    tolerance = 1e-15
    if np.all(slopes[~np.isnan(slopes)] >= -tolerance) and all(jump > 0 for jump in jumps):
        return "non-decreasing" if flat else "increasing"
    if np.all(slopes[~np.isnan(slopes)] <= tolerance) and all(jump < 0 for jump in jumps):
        return "non-increasing" if flat else "decreasing"
    return "no"


def _flat_somewhere(f: Array) -> bool:
    return bool(np.any(np.diff(f) == 0))


def _symmetry(activation: Activation) -> str:
    x = np.linspace(0.01, 30.0, 997)
    right, left = activation(x)[0], activation(-x)[0]
    scale = CLOSE * np.maximum(np.abs(right), np.abs(left))
    if np.all(np.abs(right + left) <= scale) and activation(0.0)[0] == 0:
        return "odd"
    return "even" if np.all(np.abs(right - left) <= scale) else "neither"


def _mean(activation: Activation) -> float:
    """Return the mean output for standard normal input, by the trapezoidal rule."""
    x = np.linspace(-12.0, 12.0, 48_001)
    weights = np.exp(-0.5 * x * x)
    f = activation(x)[0]
    return float(np.sum(weights * f) / np.sum(weights))


def _dead(activation: Activation, breaks: Sequence[float]) -> tuple[str, ...]:
    """Return the sides on which f' is 0 from a break on; a tail that only underflows is not dead."""
    if not breaks:
        return () if activation(np.array([-1.0, 1.0]))[1].any() else ("left", "right")
    beyond = {"left": breaks[0] - np.array([0.25, 0.5, 1.0]), "right": breaks[-1] + np.array([0.25, 0.5, 1.0])}
    return tuple(side for side, points in beyond.items() if not activation(points)[1].any())


def _smoothness(activation: Activation, slope: Activation) -> str:
    """Return the first derivative that breaks, from f on."""
    if any(kink.jump for kink in activation.kinks):
        return ORDERS[0]
    if activation.kinks:
        return ORDERS[1]
    for order in ORDERS[2:]:
        if slope.kinks:
            return order
        slope = derived(slope)
    return SMOOTH
