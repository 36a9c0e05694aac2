"""How far the values of a function reach: exactly where all of it is known, else as far as samples and bounds tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.course import Course
from actplot.calculus.pieces import WIDEST
from actplot.calculus.stretches import spread
from actplot.calculus.values import Values
from actplot.facts.ranges import Interval, Point, covered, extreme

if TYPE_CHECKING:
    from actplot.arrays import Array

EQUAL = 1e-12  # relative: a wave's equal peaks differ by less
TOUCHED = 1e-6  # relative: samples that come as near to a bound come as near as one likes
SHARES = tuple(0.5**k for k in range(4, 50))  # of x, by which steps are taken upwards
CLIMBS = 2
FEW = 25
FALLEN = 0.5  # relative: what is lower far out by so much does not come back
HUGE = 1e100  # values as large are on their way to infinity
LARGE = 500.0  # log(x) has a larger bound in float64, and none beyond
POINTS = 100
OUTWARD, INWARD = (1e4, 1e8, 1e12), (1e-4, 1e-8, 1e-12)  # where windows begin, each twice as wide
FARTHEST = tuple(10.0**power for power in range(20, 301, 20))
SLOW = 0.5  # of the last step outward: what grows like log(log(x)) takes such steps, and 1/log(x) has shorter ones


class Samples:
    """Values of a function of which the course leaves something out, scattered on all scales.

    Attributes
    ----------
    x, y
        Where the function has a value, in order, and what it is; shape (n,).

    """

    def __init__(self, values: Values) -> None:
        """Take what is sampled."""
        shares = np.arange(POINTS) * math.sqrt(2.0) % 1.0
        sizes = [10.0 ** (24.0 * shares - 12.0), *(start * (1.0 + shares) for start in (*OUTWARD, *INWARD))]
        near, far = (np.concatenate([-size, size]) for size in (np.concatenate(sizes), np.array(FARTHEST)))
        x = np.concatenate([near, far])
        y = np.concatenate([values(near, (0,), quick=True)[0], values(far, (0,))[0]])
        known = ~np.isnan(y)
        self.values = values
        order = np.argsort(x[known], kind="stable")
        self.x, self.y = x[known][order], y[known][order]
        # By side and direction, outward or inward: the values in each of three windows.
        self.groups = [
            [self._within(side * start, side * 2.0 * start) for start in starts]
            for side in (-1.0, 1.0)
            for starts in (OUTWARD, INWARD)
        ]

    def _within(self, one: float, other: float) -> Array:
        inside: Array = self.y[(self.x >= min(one, other)) & (self.x <= max(one, other))]
        return inside

    @property
    def meets_zero(self) -> bool:
        """Whether there is a zero, or are both signs, in every window of some direction.

        Where all is zero, it may have left float64.
        """
        met = [[bool((part == 0).any() and (part != 0).any()) for part in group] for group in self.groups]
        return self.changes or any(map(all, met))

    @property
    def changes(self) -> bool:
        """Whether there are both signs in every window of some direction."""
        return any(all((part > 0).any() and (part < 0).any() for part in group) for group in self.groups)

    def top(self, sign: float) -> Point:
        """Return the largest (sign 1) or smallest (-1) value on the hills on which the samples are largest.

        Far out, where a wave may still grow towards its bound, one hill is looked at on each side.
        """
        parts = [self.x == self.x, -self.x >= OUTWARD[-1], self.x >= OUTWARD[-1]]
        best = [int(np.argmax(np.where(part, sign * self.y, -np.inf))) for part in parts if part.any()]
        x, y = self.x[best], self.y[best]
        for share in CLIMBS * SHARES:
            for step in (-share, share):
                beside = x + step * x
                found = self.values(beside, (0,), quick=True)[0]
                higher = sign * found > sign * y
                x, y = np.where(higher, beside, x), np.where(higher, found, y)
        at = int(np.argmax(sign * y))
        return Point(float(x[at]), float(y[at]))

    def grows(self, sign: float) -> bool:
        """Say whether the largest (sign 1) or smallest (-1) values of the windows grow without an end to be seen."""
        for group in self.groups:
            if not all(part.size for part in group):
                continue
            first, second, third = (float((sign * part).max()) for part in group)
            if third == math.inf or (third > second > first and third - second >= SLOW * (second - first)):
                return True
        return bool((sign * self.y > HUGE).any())


@dataclass(frozen=True)
class Reach:
    """The values of a function.

    Attributes
    ----------
    lowest, highest
        Infimum and supremum, None where they are not known or there are no values.
    image
        The values that are taken.
    filled
        Whether all of ``image`` is taken; else the values lie within.
    proved
        Whether all this follows from enclosures.

    """

    lowest: Point | None
    highest: Point | None
    image: tuple[Interval, ...]
    filled: bool
    proved: bool


def reach(f: Course, samples: Samples | None, ends: tuple[float | None, float | None]) -> Reach:
    """Return how far a function reaches.

    Parameters
    ----------
    f
        How it runs.
    samples
        Of one whose course leaves something out; else None.
    ends
        What it tends to at -inf and inf, None where it tends to nothing.

    """
    known = covered(f)
    lowest, highest = (_extreme(f, samples, ends, sign) for sign in (-1.0, 1.0))
    kept = bool(lowest and highest and f.keeps_within(lowest.value, highest.value))
    if samples is None:
        return Reach(lowest, highest, known, True, f.proved or kept)
    if not known:
        return Reach(None, None, (Interval(-math.inf, math.inf, False, False),), False, False)
    low = lowest.value if lowest else _bound(min(known[0].low, f.loose[0]))
    high = highest.value if highest else _bound(max(known[-1].high, f.loose[1]))
    hull = Interval(
        low,
        high,
        math.isfinite(low) and (not lowest or any(part.low == low and part.has_low for part in known)),
        math.isfinite(high) and (not highest or any(part.high == high and part.has_high for part in known)),
    )
    inside = np.zeros(samples.y.shape, np.bool_)
    for part in known:
        slack = EQUAL * np.abs(samples.y)
        inside |= (samples.y >= part.low - slack) & (samples.y <= part.high + slack)
    if lowest and highest and (known[0].low, known[-1].high) == (low, high) and inside.all():
        return Reach(lowest, highest, known, True, kept and len(known) == 1)
    joined = len(known) == 1 or all(joint.joined or _is_pole(joint.values) for joint in f.joints.values())
    return Reach(lowest, highest, (hull,), bool(lowest and highest and joined), False)


def _bound(end: float) -> float:
    """Return a bound, or an infinity for what is none."""
    return math.copysign(math.inf, end) if abs(end) > LARGE else end


def _is_pole(values: tuple[float, float]) -> bool:
    return any(map(math.isinf, values))


def _extreme(f: Course, samples: Samples | None, ends: tuple[float | None, ...], sign: float) -> Point | None:
    """Return the largest (sign 1) or smallest (-1) value, None where it is not known.

    Of a wave's equal ones it is the nearest to zero.
    """
    best = extreme(f, sign)
    if samples is None or best is None or math.isinf(best.value) or not samples.y.size:
        return best
    for x, end in zip((-math.inf, math.inf), ends, strict=True):
        if end is not None and sign * end > sign * best.value:
            best = Point(x, end)
    if math.isinf(best.value):
        return best
    bound = f.loose[1] if sign > 0 else -f.loose[0]
    slack = EQUAL * abs(best.value)
    if bound > sign * best.value + slack:
        if samples.grows(sign):
            return Point(math.copysign(math.inf, samples.x[np.argmax(sign * samples.y)]), sign * math.inf)
        climbed = samples.top(sign)
        top, side = sign * climbed.value, math.copysign(math.inf, climbed.x)
        if top > sign * best.value + slack:
            return Point(side, sign * bound) if bound - top <= TOUCHED * abs(bound) and bound <= LARGE else None
        if TOUCHED < (sign * best.value - top) / (abs(best.value) or 1.0) < FALLEN:
            return None  # a peak that is met far out nearly, and not quite, may be surpassed elsewhere
    peaks = [Point(x, joint.values[0]) for x, joint in f.joints.items() if math.isfinite(joint.values[0])]
    near = [peak for peak in peaks if abs(peak.value - best.value) <= slack]
    return min(near, key=lambda peak: abs(peak.x), default=best)


def turns_unseen(f: Course, values: Values) -> bool:
    """Say whether the slope has both signs where nothing is proved of it, as far as a few exact values tell."""
    for low, high in f.vague:
        slopes = values(spread(max(low, -WIDEST), min(high, WIDEST), FEW)[1:-1], (1,))[0]
        if (slopes > 0).any() and (slopes < 0).any():
            return True
    return False
