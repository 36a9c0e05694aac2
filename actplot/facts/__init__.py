"""What is true of an activation: range, limits, zeros, turning points, symmetry, smoothness, tails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.breaks import Sites
from actplot.calculus.course import Course, course, touching
from actplot.calculus.meetings import Meeting, meeting, turn
from actplot.calculus.pieces import WIDEST
from actplot.calculus.values import Values
from actplot.errors import UsageError
from actplot.facts.ranges import Interval, Point, covered, extreme
from actplot.facts.record import Facts
from actplot.facts.tails import Tail, tail
from actplot.formula.nodes import parts
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    from actplot.arrays import Array

MOST_BENDS = 12  # a function with more turning points is a wave, of which nobody reads every one
SMOOTH = "smooth"
SIDES = {"left": -1.0, "right": 1.0}
HUGE = 1e100  # values as large are on their way to infinity
CANCELLED = 1e-28  # what is left of numbers that differ by rounding
MOST_PARTS = 250  # different ones of f″; the catalogue's longest has 79
EQUAL = 1e-12  # relative: a wave's equal peaks differ by less


def facts(activation: Activation) -> Facts:
    """Return the facts of an activation, from enclosures of its formula and from its values.

    Raises
    ------
    UsageError
        For a formula that would be searched for minutes.

    """
    size = sum(1 for _ in parts(activation.exact.tree(2)))
    if size > MOST_PARTS:
        raise UsageError(
            f"the second derivative has {size:,} parts, too many to be searched (at most {MOST_PARTS}); "
            "simplify the formula"
        )
    with np.errstate(all="ignore"):  # a typed formula may leave float64 anywhere
        return _facts(activation)


def _facts(activation: Activation) -> Facts:
    exact, hints = activation.exact, list(activation.hints())
    slope = Values(exact.tree(1))
    f, df = course(exact, hints), course(slope, hints, domain=exact.tree(0))
    undefined = {hole.x for hole in activation.holes}
    turns = [(x, sign) for x, sign in _turns(f) if x not in undefined]
    wave = len(turns) > MOST_BENDS or bool(turns and not f.whole)
    listed = f.whole and not wave
    lowest, highest = _extreme(f, exact, -1.0), _extreme(f, exact, 1.0)
    steepest, steepest_on = _steepest(df, slope)
    tails = {side: _tail(exact, 0, sign) for side, sign in SIDES.items()}
    slopes = {side: _tail(exact, 1, sign) for side, sign in SIDES.items()}
    points = {sign: tuple(Point(x, f.joints[x].values[0]) for x, s in turns if s == sign) for sign in (-1, 1)}
    proved = ["range"] if f.proved or (lowest and highest and f.keeps_within(lowest.value, highest.value)) else []
    proved += ["zeros", "extrema", "monotone"] if f.proved else []
    proved += ["steepest"] if steepest and df.keeps_within(-abs(steepest.value), abs(steepest.value)) else []
    proved += ["smoothness"] if activation.searched == (-math.inf, math.inf) else []
    return Facts(
        lowest=lowest,
        highest=highest,
        image=_range(f, lowest, highest),
        left_limit=tails["left"].limit,
        right_limit=tails["right"].limit,
        left_tail=tails["left"].kind,
        right_tail=tails["right"].kind,
        steepest=steepest,
        steepest_on=steepest_on,
        holes=activation.holes,
        zeros=tuple(zero for zero in _zeros(f, exact) if zero[0] not in undefined) if listed else (),
        minima=points[-1] if listed else (),
        maxima=points[1] if listed else (),
        wave=wave,
        listed=listed,
        monotone=_monotone(f),
        symmetry=symmetry(activation, (*f.joints, *df.joints)),
        mean=_mean(activation),
        saturates=tuple(side for side in SIDES if tails[side].kind == "limit"),
        vanishing=tuple(side for side in SIDES if slopes[side].limit == 0),
        dead=tuple(
            side
            for side, run in (("left", f.runs[0]), ("right", f.runs[-1]))
            if f.whole and run.direction == 0 and run.proved
        ),
        smoothness=_smoothness(activation),
        proved=tuple(proved),
        searched=activation.searched,
    )


def _turns(f: Course) -> list[tuple[float, int]]:
    """Return where f turns without a jump: the places of minima with -1, of maxima with 1."""
    return [
        (before.high, before.direction)
        for before, after in pairwise(f.runs)
        if before.direction and after.direction == -before.direction and before.end == after.start
        if before.high in f.joints and math.isfinite(before.end)
    ]


def _extreme(f: Course, values: Values, sign: float) -> Point | None:
    """Return the largest or smallest value; of a wave's equal ones the nearest to zero, and samples beyond it."""
    best = extreme(f, sign)
    if f.whole or best is None or math.isinf(best.value):
        return best
    far = np.geomspace(1.0, 1e300, 600)
    x = np.concatenate([-far, far])
    found = sign * values(x, (0,), quick=True)[0]
    top = float(np.nanmax(found)) if not np.isnan(found).all() else -math.inf
    if top > sign * best.value and top > HUGE:
        return Point(math.copysign(math.inf, x[np.nanargmax(found)]), sign * math.inf)
    peaks = [Point(x, joint.values[0]) for x, joint in f.joints.items() if math.isfinite(joint.values[0])]
    near = [peak for peak in peaks if abs(peak.value - best.value) <= EQUAL * abs(best.value)]
    return min(near, key=lambda peak: abs(peak.x), default=best)


def _range(f: Course, lowest: Point | None, highest: Point | None) -> tuple[Interval, ...]:
    if f.whole:
        return covered(f)
    if lowest is None or highest is None:
        return ()
    has = [end.x in f.joints and f.joints[end.x].at in (None, end.value) for end in (lowest, highest)]
    return (Interval(lowest.value, highest.value, *has),)


def _steepest(df: Course, slope: Values) -> tuple[Point | None, tuple[float, float] | None]:
    """Return the largest |f'| and the ends of the interval on which it is taken; of equal ones a positive one."""
    ends = [point for sign in (1.0, -1.0) if (point := _extreme(df, slope, sign))]
    if not ends:
        return None, None
    top = max(ends, key=lambda point: (abs(point.value), point.value > 0, -abs(point.x)))
    level = [run for run in df.runs if run.direction == 0 and run.start == run.end == top.value]
    for low, high in touching([(run.low, run.high) for run in level]):
        if low <= top.x <= high:
            return top, (low, high)
    return top, (top.x, top.x)


def limits(activation: Activation) -> tuple[float | None, float | None]:
    """Return what f tends to at -inf and inf, None where that is nothing."""
    left, right = (_tail(activation.exact, 0, sign).limit for sign in SIDES.values())
    return left, right


def _tail(exact: Values, order: int, side: float) -> Tail:
    """Return what f or f' does far out: its limit, or what samples tell of one that has none."""

    def far(x: Array) -> Array:
        if np.isinf(x).any():
            return np.array([exact.limit(float(end), order) for end in x])
        return exact.plain(x, (order,))[0]

    return tail(far, side)


def _zeros(f: Course, exact: Values) -> tuple[tuple[float, float], ...]:
    """Return where f is 0: points, and intervals on which it stays so."""
    sign = Sites([exact.tree(0)])
    found: set[tuple[float, float]] = {(x, x) for x, joint in f.joints.items() if _is_zero_at(f, x)}
    for run in f.runs:
        if run.direction == 0 and run.start == run.end == 0.0 and run.proved:
            found.add((run.low, run.high))
        elif run.direction and run.start * run.end < 0:
            low = math.nextafter(max(run.low, -WIDEST), math.inf)
            high = math.nextafter(min(run.high, WIDEST), -math.inf)
            for place in sign.places(low, high):
                if (at := turn(exact, place)) is not None:
                    found.add((at.x, at.x))
    whole = [zero for zero in found if zero[0] < zero[1]]
    inside = {zero for zero in found if zero[0] == zero[1] and any(low <= zero[0] <= high for low, high in whole)}
    return tuple(sorted(found - inside))


def _is_zero_at(f: Course, x: float) -> bool:
    joint = f.joints[x]
    return joint.at == 0.0 or (joint.at is None and joint.values == (0.0, 0.0))


def _monotone(f: Course) -> str:
    runs = [run for run in f.runs if run.direction is not None]
    if not runs or any(_stands_out(joint) for joint in f.joints.values()):
        return "no"
    steps = [after.start - before.end for before, after in pairwise(runs)]
    ways = [run.direction or 0 for run in runs]
    flat = any(run.direction == 0 and run.proved for run in runs)
    for sign, strict, weak in ((1, "increasing", "non-decreasing"), (-1, "decreasing", "non-increasing")):
        if all(sign * way >= 0 for way in ways) and not any(sign * step < 0 for step in steps):
            return weak if flat else strict
    return "no"


def _stands_out(joint: Meeting) -> bool:
    """Say whether a value lies beyond the limits on both sides of it."""
    if joint.at is None or not math.isfinite(joint.at) or any(map(math.isnan, joint.values)):
        return False
    return not min(joint.values) <= joint.at <= max(joint.values)


def symmetry(activation: Activation, turns: Sequence[float] = ()) -> str:
    """Return what values at opposite points say, from thousandths to thousands and about every break and turn."""
    joints = [*turns, *(seam.x for seam in activation.seams)]
    about = np.abs([x for x in joints if 0 < abs(x) < 1e6])
    x = np.concatenate([np.linspace(0.01, 30.0, 499), np.geomspace(1e-3, 1e3, 97), *(about * part for part in _ABOUT)])
    right, left = (activation.exact(side, (0,), quick=True)[0] for side in (x, -x))
    with np.errstate(invalid="ignore"):  # infinities are told from each other by ==
        scale = EQUAL * np.maximum(np.abs(right), np.abs(left)) + CANCELLED
        is_odd = np.all((right == -left) | (np.abs(right + left) <= scale))
        is_even = np.all((right == left) | (np.abs(right - left) <= scale))
    if is_odd and activation(0.0)[0] == 0:
        return "odd"
    return "even" if is_even else "neither"


_ABOUT = (0.5, 0.99, 1.01, 2.0)


def _mean(activation: Activation) -> float | None:
    """Return the mean output for standard normal input, by the trapezoidal rule."""
    x = np.linspace(-12.0, 12.0, 48_001)
    weights = np.exp(-0.5 * x * x)
    f = activation.exact.plain(x, (0,))[0]
    for hole in activation.holes:
        f = np.where(x == hole.x, hole.value, f)
    mean = float(np.sum(weights * f) / np.sum(weights))
    return mean if math.isfinite(mean) else None


def _smoothness(activation: Activation) -> str:
    """Return the first derivative that breaks somewhere, counted from f itself."""
    kinds = {seam.kind for seam in activation.seams}
    for kind, told in (("pole", "pole"), ("jump", "jump"), ("isolated value", "jump"), ("kink", "kink")):
        if kind in kinds:
            return told
    for order, name in ((2, "C¹"), (3, "C²")):
        values = Values(activation.exact.tree(order))
        for seam in activation.seams:
            if seam.kind == "smooth" and seam.place:
                met = meeting(values, seam.place, slopes=False)
                if met is None or not met.joined:
                    return name
    return SMOOTH
