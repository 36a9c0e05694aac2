"""What can be computed about an activation: range, limits, zeros, turning points, symmetry, smoothness, tails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.curve import sample_range
from actplot.derived.holes import filled
from actplot.derived.slope import derived
from actplot.extremes import CLOSE, REACH, ROUNDED, extreme
from actplot.features import Point, features
from actplot.formula.nodes import numbers_in
from actplot.kinks import Hole, Kink
from actplot.tails import tail

if TYPE_CHECKING:
    from actplot.declaration import Array

STEPS = 24_000
MOST_BENDS = 12  # a function with more turning points in reach is a wave
CENTRED = 1e-3  # a mean output as small leaves the next layer centred
ORDERS = ("jump", "kink", "C¹", "C²")  # the first derivative that breaks, counted from f itself
SMOOTH = "smooth"
LEVEL = 2  # grid steps; a slope that is equal along as many is constant there
SIDES = {"left": -1.0, "right": 1.0}


@dataclass(frozen=True)
class Facts:
    """Facts about an activation with its parameters.

    Attributes
    ----------
    lowest, highest
        Infimum and supremum of f; ``x`` is infinite, or that of a hole, where they are approached and not taken.
    left_limit, right_limit
        Of f at -inf and inf; None where there is none.
    left_tail, right_tail
        What f does there, in a word of `actplot.tails.KINDS`.
    steepest
        The largest |f'|, with its sign; infinite values and places as above. Of equal slopes it is a positive one.
    steepest_on
        The ends of the interval on which f' is as large, equal for a point.
    holes
        Where f has no value though it tends to one.
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
        Of f(x) where x is a standard normal variable; None where f has none, or it is beyond float64.
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
    left_limit: float | None
    right_limit: float | None
    left_tail: str
    right_tail: str
    steepest: Point
    steepest_on: tuple[float, float]
    holes: tuple[Hole, ...]
    zeros: tuple[tuple[float, float], ...]
    minima: tuple[Point, ...]
    maxima: tuple[Point, ...]
    wave: bool
    monotone: str
    symmetry: str
    mean: float | None
    saturates: tuple[str, ...]
    vanishing: tuple[str, ...]
    dead: tuple[str, ...]
    smoothness: str

    @property
    def zero_centred(self) -> bool:
        """Whether the outputs average 0 for standard normal input."""
        return self.mean is not None and abs(self.mean) < CENTRED

    @property
    def bounded(self) -> bool:
        """Whether all values lie between two numbers."""
        return math.isfinite(self.lowest.value) and math.isfinite(self.highest.value)


def facts(activation: Activation) -> Facts:
    """Compute the facts of an activation from its values and its formula."""
    with np.errstate(all="ignore"):  # a typed formula may leave float64 anywhere
        return _facts(activation)


def _facts(activation: Activation) -> Facts:
    x = _search_points(activation)
    holes = activation.holes
    activation = filled(activation)  # what it tends to there goes on beside it
    undefined = {hole.x for hole in holes}
    f, df = activation(x, "right")
    ladder = _ladder(activation)
    breaks = sorted({kink.x for kinks in ladder for kink in kinks})
    seen = features(sample_range(activation, (-REACH, REACH), STEPS + 1, "right"))
    wave = len(seen.extrema) > MOST_BENDS
    turns = () if wave else tuple(point for point in seen.extrema if point.x not in undefined)
    steepest, steepest_on = _steepest(activation, x, df, np.array(breaks))
    tails = {side: tail(lambda far: _far_out(activation, far)[0], sign) for side, sign in SIDES.items()}
    slopes = {side: tail(lambda far: _far_out(activation, far)[1], sign) for side, sign in SIDES.items()}
    return Facts(
        lowest=extreme(activation, x, f, 0, -1.0),
        highest=extreme(activation, x, f, 0, 1.0),
        left_limit=tails["left"].limit,
        right_limit=tails["right"].limit,
        left_tail=tails["left"].kind,
        right_tail=tails["right"].kind,
        steepest=steepest,
        steepest_on=steepest_on,
        holes=holes,
        zeros=() if wave else tuple(zero for zero in _zeros(activation, breaks) if zero[0] not in undefined),
        minima=tuple(point for point in turns if seen.is_valley(point)),
        maxima=tuple(point for point in turns if not seen.is_valley(point)),
        wave=wave,
        monotone=_monotone(activation, x, f, df),
        symmetry=_symmetry(activation),
        mean=_mean(activation),
        saturates=tuple(side for side in SIDES if tails[side].kind == "limit"),
        vanishing=tuple(side for side in SIDES if slopes[side].limit == 0),
        dead=_dead(activation, breaks),
        smoothness=next((order for order, kinks in zip(ORDERS, ladder, strict=False) if kinks), SMOOTH),
    )


def _far_out(activation: Activation, x: Array) -> Sequence[Array]:
    """Return f and f' as `tails` wants them: the limits at infinity, and samples of a wave to few digits."""
    return activation(x) if np.isinf(x).any() else activation.plain(x)


def _search_points(activation: Activation) -> Array:
    dense = np.round(np.linspace(-REACH, REACH, STEPS + 1), 9)  # so that 0.1 is 0.1
    far = np.geomspace(REACH, 1e308, 48)
    named = list(numbers_in(activation.formula))
    points = np.concatenate([[-np.inf], -far[::-1], dense, far, [np.inf], named, np.negative(named)])
    return np.union1d(points, [kink.x for kink in activation.kinks])


def _steepest(activation: Activation, x: Array, df: Array, breaks: Array) -> tuple[Point, tuple[float, float]]:
    """Return the largest |f'| and the ends of the interval on which it is taken."""
    found = [extreme(activation, x, df, 1, sign) for sign in (1.0, -1.0)]
    found += [Point(kink.x, slope) for kink in activation.kinks for slope in (kink.left, kink.right)]
    found = [point for point in found if not math.isnan(point.value)]
    most = max(abs(point.value) for point in found)
    found = [point for point in found if abs(point.value) >= most * (1.0 - CLOSE)]
    top = min(found, key=lambda point: (point.value < 0, math.isinf(point.x), abs(point.x)))
    equal = np.abs(df - top.value) <= CLOSE * abs(top.value)
    at = int(np.argmin(np.abs(x - top.x))) if math.isfinite(top.x) else (0 if top.x < 0 else len(x) - 1)
    at += next((step for step in (0, 1, -1) if equal[np.clip(at + step, 0, len(x) - 1)]), 0)  # a kink ends its level
    edges = np.flatnonzero(~equal)
    first = int(edges[edges < at].max(initial=-1)) + 1
    last = int(edges[edges > at].min(initial=len(x))) - 1
    if not equal[at] or last - first < LEVEL:
        return top, (top.x, top.x)
    low, high = (_at_break(float(x[end]), breaks) for end in (first, last))
    if low is not None and high is not None:
        return top, (low, high)
    for end, place in ((low, first), (high, last)):
        if end is not None and math.isinf(end):  # a tail that only rounds to its limit begins nowhere
            return Point(end, float(df[place])), (end, end)
    return top, (top.x, top.x)


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


def _mean(activation: Activation) -> float | None:
    """Return the mean output for standard normal input, by the trapezoidal rule."""
    x = np.linspace(-12.0, 12.0, 48_001)
    weights = np.exp(-0.5 * x * x)
    f = activation(x)[0]
    mean = float(np.sum(weights * f) / np.sum(weights))
    return mean if math.isfinite(mean) else None


def _dead(activation: Activation, breaks: Sequence[float]) -> tuple[str, ...]:
    """Return the sides on which f' is 0 from a break on; a tail that only underflows is not dead."""
    if not breaks:
        return () if activation(np.array([-1.0, 1.0]))[1].any() else ("left", "right")
    beyond = {"left": breaks[0] - np.array([0.25, 0.5, 1.0]), "right": breaks[-1] + np.array([0.25, 0.5, 1.0])}
    return tuple(side for side, points in beyond.items() if not activation(points)[1].any())


def _ladder(activation: Activation) -> list[tuple[Kink, ...]]:
    """Return where f jumps, where f has no slope, where its slope has none, and so on up to the first that breaks."""
    slope = derived(activation)
    ladder = [tuple(kink for kink in activation.kinks if kink.jump), activation.kinks, slope.kinks]
    return ladder if any(ladder) else [*ladder, derived(slope).kinks]
