"""How a function runs: where it rises, falls or stays level over all the axis, and what it tends to at every turn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.breaks import Sites, sites
from actplot.calculus.enclosing import DIRECTION
from actplot.calculus.meetings import Meeting, meeting, turn
from actplot.calculus.pieces import WIDEST, Pieces, cut
from actplot.calculus.values import Values
from actplot.formula.nodes import Call

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.formula.nodes import Node

MOST = 30  # turns that are looked at in digits
EFFORT = 60_000  # operations in digits, after which no other turn is looked at
HUGE = 1e300  # what is as large at the last float64, and has no limit known, grows without one
SAMPLES = 65  # of a stretch on which nothing could be proved


@dataclass(frozen=True)
class Run:
    """A stretch of the axis on which a function rises (direction 1), falls (-1) or is level (0).

    Attributes
    ----------
    low, high
        Its ends.
    start, end
        What the function tends to at the ends, from inside.
    direction
        As above; None where the function has no value.
    proved
        Whether enclosures of the slope say so, or only samples.

    """

    low: float
    high: float
    start: float
    end: float
    direction: int | None
    proved: bool


@dataclass(frozen=True)
class Course:
    """How a function runs.

    Attributes
    ----------
    runs
        In the order of x, without gaps but for what could not be searched.
    joints
        What happens between runs, by place.
    loose
        Two numbers between which the values lie wherever the direction is not proved.
    whole
        Whether the runs leave nothing out; a wave has too many turns.

    """

    runs: tuple[Run, ...]
    joints: dict[float, Meeting]
    loose: tuple[float, float]
    whole: bool

    @property
    def proved(self) -> bool:
        """Whether every direction is proved."""
        return self.whole and all(run.proved for run in self.runs)

    def keeps_within(self, low: float, high: float) -> bool:
        """Say whether it is proved that nothing lies outside two numbers between which the proved runs lie."""
        return self.proved or (low <= self.loose[0] and self.loose[1] <= high)


def course(
    values: Values,
    hints: Iterable[float],
    within: tuple[float, float] = (-WIDEST, WIDEST),
    domain: Node | None = None,
) -> Course:
    """Return how a function runs between two points.

    Parameters
    ----------
    values
        The function.
    hints
        Points at which it is likely to break.
    within
        The part of the axis to look at.
    domain
        Another formula, without whose value this one has none.

    """
    trees = [values.tree(0), Call(DIRECTION, (values.tree(1),)), *([domain] if domain else [])]
    pieces = cut(trees, hints, within, rounded=True)
    spots = pieces.breaks()
    first, last = within
    unknown = list(pieces.unsearched)
    effort = values.effort
    breaks = Sites([site for tree in (trees[0], *trees[2:]) for site in sites(tree)], effort)
    turns, enough = Sites([values.tree(1)], effort), effort.spent + EFFORT
    joints: dict[float, Meeting] = {}
    if len(spots) > MOST:
        first, last = _left_out(pieces, [*spots[MOST:], *unknown], within)
    for number, (low, high) in enumerate(spots[:MOST]):
        if effort.spent > enough:
            first, last = _left_out(pieces, [*spots[number:], *unknown], within)
            break
        if not first <= low <= high <= last:
            continue
        bounded = pieces.bounded(low, high)
        met = [meeting(values, place, bounded, slopes=False) for place in breaks.places(low, high)]
        if low < high and not any(joint and low < joint.x < high for joint in met):
            met += [turn(values, place) for place in turns.places(low, high)]
        for joint in met:
            if joint and first < joint.x < last:
                joints.setdefault(joint.x, joint)
        if not any(met):
            unknown.append((low, high))
    joints = {x: joint for x, joint in joints.items() if first < x < last}
    unknown = [(low, high) for low, high in touching(unknown) if first <= low < high <= last]
    for low, high in unknown:
        places = list(turns.places(low, high)) if -WIDEST < low < 0 < high < WIDEST or low * high > 0 else []
        if len(places) == 1 and (joint := turn(values, places[0])) and first < joint.x < last:
            joints.setdefault(joint.x, joint)
    found: Iterable[Run] = _runs(values, pieces, joints, unknown, (first, last))
    for across in (False, True):
        found = list(_joined(found, joints, across))
    runs, whole = tuple(found), (first, last) == within
    ends = {end for run in runs for end in (run.low, run.high)}
    joints = {x: joint for x, joint in joints.items() if x in ends or not _is_smooth(joint)}
    return Course(runs, joints, _hull(pieces, unknown if whole else [within]), whole)


def _left_out(pieces: Pieces, gaps: list[tuple[float, float]], within: tuple[float, float]) -> tuple[float, float]:
    """Return what there is between the gaps of a wave, beyond which it is left out."""
    first = max([within[0], *(high for _, high in gaps if high <= pieces.middle)])
    return first, min([within[1], *(low for low, high in gaps if high > pieces.middle)])


def _hull(pieces: Pieces, stretches: list[tuple[float, float]]) -> tuple[float, float]:
    """Return bounds of the first formula over the pieces that lie in some stretches."""
    inside = np.zeros(pieces.low.shape, np.bool_)
    for low, high in stretches:
        inside |= (pieces.low >= low) & (pieces.high <= high)
    lows, highs = pieces.values.low[0][inside], pieces.values.high[0][inside]
    least, most = np.fmin.reduce(lows, initial=pieces.outer[0]), np.fmax.reduce(highs, initial=pieces.outer[1])
    return float(least), float(most)


def touching(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches, those that touch made one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(stretches):
        if merged and merged[-1][1] >= low:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def _runs(
    values: Values,
    pieces: Pieces,
    joints: dict[float, Meeting],
    unknown: list[tuple[float, float]],
    within: tuple[float, float],
) -> Iterator[Run]:
    first, last = within
    cuts = sorted({first, last, *joints, *(end for stretch in unknown for end in stretch)})
    for low, high in pairwise(cuts):
        start, end = _limit(values, joints, low, 1, first), _limit(values, joints, high, -1, last)
        if any(a <= low and high <= b for a, b in unknown):
            yield from _sampled(values, low, high, start, end, pieces.room)
            continue
        direction, proved = _direction(pieces, low, high)
        if direction == 0 and not proved and abs(end - start) > pieces.room:
            direction = 1 if end > start else -1
        yield Run(*_to_infinity(low, high), start, end, direction, proved)


def _joined(runs: Iterable[Run], joints: dict[float, Meeting], across: bool) -> Iterator[Run]:
    """Yield runs, those made one that go on in one direction, and what rounding makes level with its neighbour.

    The second is done ``across`` joints or not.
    """
    waiting: Run | None = None
    for run in runs:
        if waiting is None:
            waiting = run
            continue
        faint = [r for r in (waiting, run) if r.direction == 0 and not r.proved]
        joint = joints.get(waiting.high)
        smooth = joint is None or _is_smooth(joint)
        joins = (across or joint is None) if faint else waiting.direction == run.direction
        if waiting.end == run.start and smooth and joins and None not in (waiting.direction, run.direction):
            direction = run.direction if waiting in faint else waiting.direction
            proved = waiting.proved and run.proved
            waiting = Run(waiting.low, run.high, waiting.start, run.end, direction, proved)
        else:
            yield waiting
            waiting = run
    if waiting is not None:
        yield waiting


def _is_smooth(joint: Meeting) -> bool:
    return joint.joined and joint.at in (None, joint.values[0])


def _direction(pieces: Pieces, low: float, high: float) -> tuple[int | None, bool]:
    """Return the sign of the slope on the pieces between two points."""
    stretch = (pieces.low >= low) & (pieces.high <= high)
    if not stretch.any():
        stretch = (pieces.high > low) & (pieces.low < high)
    least, most = pieces.values.low[1][stretch], pieces.values.high[1][stretch]
    sure = least == most
    if np.isnan(pieces.values.low[:, stretch]).any(axis=0).all():
        return None, True
    return (int(least[sure][0]), True) if sure.any() else (0, False)


def _limit(values: Values, joints: dict[float, Meeting], x: float, side: int, end: float) -> float:
    if x in joints:
        return joints[x].values[0 if side < 0 else 1]
    if x == end and abs(x) == WIDEST:
        limit, far = values.limit(x, 0), float(values(np.array([x]), (0,), quick=True)[0][0])
        return math.copysign(math.inf, far) if math.isnan(limit) and abs(far) > HUGE else limit
    return float(values(np.array([x]), (0,))[0][0])


def _sampled(values: Values, low: float, high: float, start: float, end: float, room: float) -> Iterator[Run]:
    """Yield the runs that samples show where nothing was proved."""
    x = _spread(low, high)
    with np.errstate(all="ignore"):
        y = np.concatenate([[start], values(x[1:-1], (0,), quick=True)[0], [end]])
    keep = ~np.isnan(y)
    x, y = x[keep], y[keep]
    ends = _to_infinity(low, high)
    if len(x) < 2:
        yield Run(*ends, start, end, None, False)
        return
    with np.errstate(invalid="ignore"):
        steps = np.diff(y)
    small = np.abs(steps) <= room
    directions = np.where(small | np.isnan(steps), 0, np.sign(steps)).astype(int)
    moving = directions[directions != 0]
    if (moving == moving[:1]).all():  # nothing turns
        way = int(moving[0]) if moving.size else (end > start) - (end < start)
        yield Run(*ends, start, end, way, False)
        return
    turns = 1 + np.flatnonzero(np.diff(directions))
    places = [0, *turns.tolist(), len(x) - 1]
    for a, b in pairwise(places):
        span = ends[0] if a == 0 else float(x[a]), ends[1] if b == len(x) - 1 else float(x[b])
        yield Run(*span, float(y[a]), float(y[b]), int(directions[a]), False)


def _to_infinity(low: float, high: float) -> tuple[float, float]:
    """Return the ends of a run; one that reaches the last float64 reaches infinity."""
    return (-math.inf if low == -WIDEST else low), (math.inf if high == WIDEST else high)


def _spread(low: float, high: float) -> Array:
    """Return points between two, evenly spaced, or in their size where that differs much."""
    if low * high > 0 and max(low / high, high / low) > 4:
        sizes = np.exp(np.linspace(math.log(abs(low)), math.log(abs(high)), SAMPLES).clip(max=709.78))
        spread: Array = np.clip(np.sort(np.copysign(sizes, low)), low, high)
        return spread
    return np.linspace(low, high, SAMPLES)
