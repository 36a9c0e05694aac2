"""What is true of an activation: range, limits, zeros, turning points, symmetry, smoothness, tails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.breaks import Sites
from actplot.calculus.course import Course, course
from actplot.calculus.far import is_borne_out
from actplot.calculus.meetings import Meeting, meeting, turn
from actplot.calculus.pieces import WIDEST
from actplot.calculus.search import AXIS
from actplot.calculus.stretches import touching
from actplot.calculus.values import Values
from actplot.errors import UsageError
from actplot.facts.mean import mean
from actplot.facts.ranges import Point
from actplot.facts.reach import Reach, Samples, reach, turns_unseen
from actplot.facts.record import Facts
from actplot.facts.tails import Tail, tail
from actplot.formula.nodes import mentions_x, parts
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    from actplot.arrays import Array

SEVERAL = 2  # known points of a kind, after which samples far out that change tell of others without end
SMOOTH = "smooth"
SIDES = {"left": -1.0, "right": 1.0}
ROUNDED = 1e-9  # relative: samples are not exact
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
    searched = activation.searched
    f, df = course(exact, hints, searched=searched), course(slope, hints, domain=exact.tree(0), searched=searched)
    df = _where_there_is_one(df, activation)
    undefined = {hole.x for hole in activation.holes}
    turns = [(x, sign) for x, sign in _turns(f) if x not in undefined]
    tails = {side: _tail(exact, 0, sign) for side, sign in SIDES.items()}
    slopes = {side: _tail(exact, 1, sign) for side, sign in SIDES.items()}
    samples, far = None if f.whole else Samples(exact), None if df.whole else Samples(slope)
    values = reach(f, samples, (tails["left"].limit, tails["right"].limit))
    steepness = reach(df, far, (slopes["left"].limit, slopes["right"].limit))
    steepest = _steepest(steepness)
    steepest_on, steepest_ends = _taken_on(steepest, df, slope) if steepest else (None, False)
    listed = f.whole and not turns_unseen(f, exact)
    zeros = tuple(zero for zero in _zeros(f, exact) if zero[0] not in undefined)
    zeros_are = _are(listed or not _may_be_zero(f, values), len(zeros), samples is not None and samples.meets_zero)
    extrema_are = _are(listed, len(turns), far is not None and far.changes)
    points = {sign: tuple(Point(x, f.joints[x].values[0]) for x, s in turns if s == sign) for sign in (-1, 1)}
    proved = ["range"] if values.proved else []
    proved += ["zeros", "extrema", "monotone"] if f.proved else []
    if steepest and (df.whole or math.isfinite(steepest.value)):
        size = abs(steepest.value)
        proved += ["steepest"] if df.keeps_within(-size, size) else []
    proved += ["smoothness"] if searched == (AXIS,) else []
    return Facts(
        lowest=values.lowest,
        highest=values.highest,
        image=values.image,
        filled=values.filled,
        left_limit=tails["left"].limit,
        right_limit=tails["right"].limit,
        left_tail=tails["left"].kind,
        right_tail=tails["right"].kind,
        steepest=steepest,
        steepest_on=steepest_on,
        steepest_ends=steepest_ends,
        holes=activation.holes,
        zeros=zeros if zeros_are == "all" else (),
        zeros_are=zeros_are,
        minima=points[-1] if extrema_are == "all" else (),
        maxima=points[1] if extrema_are == "all" else (),
        extrema_are=extrema_are,
        monotone=_monotone(f, samples),
        symmetry=symmetry(activation, (*f.joints, *df.joints)),
        mean=mean(activation),
        saturates=tuple(side for side in SIDES if tails[side].kind == "limit"),
        vanishing=tuple(side for side in SIDES if slopes[side].limit == 0),
        dead=tuple(
            side
            for side, run in (("left", f.runs[0]), ("right", f.runs[-1]))
            if f.whole and run.direction == 0 and run.proved
        ),
        smoothness=_smoothness(activation),
        proved=tuple(proved),
        searched=searched,
    )


def _where_there_is_one(df: Course, activation: Activation) -> Course:
    """Return the course of f' without values at points where the formula has one, and f no slope."""
    torn = {seam.x for seam in activation.seams if seam.slope is None or math.isnan(seam.slope)}
    joints = {x: Meeting(x, math.nan, *joint[2:]) if x in torn else joint for x, joint in df.joints.items()}
    return replace(df, joints=joints)


def _are(listed: bool, known: int, seen_on: bool) -> str:
    """Say what is listed of points, of which some are known, and seen on samples wherever these are."""
    if listed:
        return "all"
    return "endless" if known >= SEVERAL and seen_on else "unknown"


def _may_be_zero(f: Course, values: Reach) -> bool:
    """Say whether zeros may be left out: bounds say that there is none where the course is not known, or is."""
    within = any(part.low < 0 < part.high or 0 in (part.low, part.high) for part in values.image)
    return (f.loose[0] <= 0 <= f.loose[1]) and (within or not values.proved)


def _turns(f: Course) -> list[tuple[float, int]]:
    """Return where f turns without a jump: the places of minima with -1, of maxima with 1."""
    return [
        (before.high, before.direction)
        for before, after in pairwise(f.runs)
        if before.direction and after.direction == -before.direction and before.end == after.start
        if before.high == after.low
        if before.high in f.joints and math.isfinite(before.end)
    ]


def _steepest(steepness: Reach) -> Point | None:
    """Return the largest |f'|; of equal ones a positive one. None where it is not known."""
    ends = steepness.highest, steepness.lowest
    bounds = [end for part in steepness.image for end in (part.low, part.high)]
    known = [point for point in ends if point]
    top = max(known, key=lambda point: (abs(point.value), point.value > 0, -abs(point.x)), default=None)
    return top if top and (None not in ends or abs(top.value) >= max(map(abs, bounds))) else None


def _taken_on(top: Point, df: Course, slope: Values) -> tuple[tuple[float, float], bool]:
    """Return the ends of an interval on which the largest |f'| is taken, and whether they are known to be its ends."""
    if not mentions_x(slope.tree(0)):
        return AXIS, True
    level = [run for run in df.runs if run.direction == 0 and run.start == run.end == top.value]
    for low, high in touching([(run.low, run.high) for run in level]):
        if low <= top.x <= high:
            return (low, high), df.whole or not any(end in stretch for stretch in df.known for end in (low, high))
    return (top.x, top.x), True


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

    found = tail(far, side)
    return found if found.limit is None or is_borne_out(found.limit, exact, side, order) else Tail("unclear")


def _zeros(f: Course, exact: Values) -> tuple[tuple[float, float], ...]:
    """Return where f is 0: points, and intervals on which it stays so."""
    sign = Sites([exact.tree(0)])
    found: set[tuple[float, float]] = {(x, x) for x, joint in f.joints.items() if _is_zero(joint)}
    for run in f.runs:
        if run.direction == 0 and run.start == run.end == 0.0 and run.proved:
            found.add((run.low, run.high))
        elif run.direction and run.start * run.end < 0:
            low = math.nextafter(max(run.low, -WIDEST), math.inf)
            high = math.nextafter(min(run.high, WIDEST), -math.inf)
            for place in sign.places(low, high):
                if (at := turn(exact, place)) is not None and _passes_zero(exact, at.x):
                    found.add((at.x, at.x))
    whole = [zero for zero in found if zero[0] < zero[1]]
    inside = {zero for zero in found if zero[0] == zero[1] and any(low <= zero[0] <= high for low, high in whole)}
    return tuple(sorted(found - inside))


def _passes_zero(exact: Values, x: float) -> bool:
    """Say whether f is zero at a float64, or has either sign beside it."""
    around = [math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)]
    (f,) = exact(np.array([at for at in around if math.isfinite(at)]), (0,))
    return bool(np.nanmin(f, initial=math.inf) <= 0.0 <= np.nanmax(f, initial=-math.inf))


def _is_zero(joint: Meeting) -> bool:
    return joint.at == 0.0 or (joint.at is None and joint.values == (0.0, 0.0))


def _monotone(f: Course, samples: Samples | None) -> str:
    runs = [run for run in f.runs if run.direction is not None]
    if not runs or any(_stands_out(joint) for joint in f.joints.values()):
        return "no"
    steps = [after.start - before.end for before, after in pairwise(runs)]
    if samples:
        y = samples.y
        steps += (np.diff(y)[np.abs(np.diff(y)) > ROUNDED * np.abs(y[1:])]).tolist()
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
    nowhere = np.isnan(right) & np.isnan(left)
    with np.errstate(invalid="ignore"):  # infinities are told from each other by ==
        scale = EQUAL * np.maximum(np.abs(right), np.abs(left)) + CANCELLED
        is_odd = np.all(nowhere | (right == -left) | (np.abs(right + left) <= scale))
        is_even = np.all(nowhere | (right == left) | (np.abs(right - left) <= scale))
    middle = activation(0.0)[0]
    if is_odd and not nowhere.all() and (middle == 0 or not math.isfinite(middle)):
        return "odd"
    return "even" if is_even else "neither"


_ABOUT = (0.5, 0.99, 1.01, 2.0)


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
