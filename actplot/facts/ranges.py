"""The values that a function takes, as intervals with the gaps between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actplot.calculus.course import Course, Run
from actplot.calculus.meetings import Meeting


@dataclass(frozen=True)
class Point:
    """A value and where it is taken."""

    x: float
    value: float


@dataclass(frozen=True)
class Interval:
    """An interval of values, and whether its ends are among them."""

    low: float
    high: float
    has_low: bool
    has_high: bool


def covered(course: Course) -> tuple[Interval, ...]:
    """Return the values that a function takes, from below."""
    parts = [_of_run(run, course) for run in course.runs if run.direction is not None]
    points = [joint.at for joint in course.joints.values() if joint.at is not None and math.isfinite(joint.at)]
    parts += [Interval(value, value, True, True) for value in points]
    return tuple(_joined(part for part in parts if not (math.isnan(part.low) or math.isnan(part.high))))


def taken(run: Run, course: Course, at_start: bool) -> bool:
    """Say whether a run takes the value that it tends to at one of its ends, there or all along."""
    x, value = (run.low, run.start) if at_start else (run.high, run.end)
    if math.isinf(value):
        return False
    if run.direction == 0 and run.proved:
        return True
    joint = course.joints.get(x)
    if joint is None:  # where what is known ends, a limit may seem reached that rounding alone reaches
        return math.isfinite(x) and not any(x in stretch for stretch in course.known)
    return joint.at == value or (joint.at is None and joint.values[0] == joint.values[1])


def _of_run(run: Run, course: Course) -> Interval:
    ends = sorted([(run.start, taken(run, course, True)), (run.end, taken(run, course, False))])
    (low, has_low), (high, has_high) = ends
    both = low == high and (has_low or has_high)
    return Interval(low, high, has_low or both, has_high or both)


def _joined(parts: Iterable[Interval]) -> Iterator[Interval]:
    waiting: Interval | None = None
    for part in sorted(parts, key=lambda part: (part.low, not part.has_low, part.high)):
        if waiting is None:
            waiting = part
        elif part.low < waiting.high or (part.low == waiting.high and (part.has_low or waiting.has_high)):
            equal = part.high == waiting.high
            top = part if part.high > waiting.high else waiting
            has_high = (part.has_high or waiting.has_high) if equal else top.has_high
            has_low = waiting.has_low or (part.low == waiting.low and part.has_low)
            waiting = Interval(waiting.low, top.high, has_low, has_high)
        elif part.low == part.high and not part.has_low:
            continue
        else:
            yield waiting
            waiting = part
    if waiting is not None:
        yield waiting


def extreme(course: Course, sign: float) -> Point | None:
    """Return the largest (sign 1) or smallest (sign -1) value; of equal ones a taken one, the nearest to zero.

    None where there are no values at all.
    """
    found: list[tuple[bool, float, Point]] = []
    for run in course.runs:
        for at_start in (True, False):
            x, value = (run.low, run.start) if at_start else (run.high, run.end)
            if run.direction is None or math.isnan(value):
                continue
            if math.isinf(value) and math.isfinite(x) and x not in course.joints:
                continue  # a sample that left float64: f grows without bound at poles and far out alone
            if run.direction == 0 and run.proved:
                x = _inside(run, course.joints)
            has = taken(run, course, at_start)
            found.append((not has, abs(x), Point(x, value)))
    for x, joint in course.joints.items():
        if joint.at is not None and math.isfinite(joint.at):
            found.append((False, abs(x), Point(x, joint.at)))
    if not found:
        return None
    best = max(sign * point.value for _, _, point in found)
    return min((item for item in found if sign * item[2].value == best), key=lambda item: item[:2])[2]


def _inside(run: Run, joints: dict[float, Meeting]) -> float:
    """Return the point of a level run that is nearest to zero."""
    x = min(max(0.0, run.low), run.high)
    joint = joints.get(x)
    if joint is None or joint.at == run.start:
        return x
    other = run.high if x == run.low else run.low
    return x + math.copysign(1.0, other - x) if math.isinf(other) else x / 2 + other / 2
