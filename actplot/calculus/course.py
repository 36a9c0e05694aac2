"""How a function runs: where it rises, falls or stays level over all the axis, and what it tends to at every turn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.breaks import Sites, sites
from actplot.calculus.enclosing import DIRECTION
from actplot.calculus.far import returns
from actplot.calculus.meetings import Meeting, meeting, turn
from actplot.calculus.pieces import WIDEST, Pieces, cut
from actplot.calculus.search import AXIS
from actplot.calculus.spans import VAGUE
from actplot.calculus.stretches import among, anchor, between, spread, touching
from actplot.calculus.values import Values
from actplot.formula.nodes import Call

if TYPE_CHECKING:
    from actplot.formula.nodes import Node

MOST = 30  # turns that are looked at in digits
EFFORT = 60_000  # operations in digits, after which no other turn is looked at
HUGE = 1e300  # what is as large at the last float64, and has no limit known, grows without one
SAMPLES = 65  # of a stretch on which nothing could be proved
FEW = 25  # exact ones
PLACE = 1e-3  # relative: what turns once on a shorter stretch turns there no more


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
    known
        The stretches that the runs cover.
    whole
        Whether the runs leave nothing out; a wave has too many turns.
    vague
        The stretches on which the direction is not proved.

    """

    runs: tuple[Run, ...]
    joints: dict[float, Meeting]
    loose: tuple[float, float]
    known: tuple[tuple[float, float], ...]
    whole: bool
    vague: tuple[tuple[float, float], ...]

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
    searched: Sequence[tuple[float, float]] = (AXIS,),
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
    searched
        The stretches in which every break of these formulas can be found; beyond them nothing is known.

    """
    trees = [values.tree(0), Call(DIRECTION, (values.tree(1),)), *([domain] if domain else [])]
    pieces = cut(trees, hints, within, rounded=True)
    spots = pieces.breaks()
    unknown = list(pieces.unsearched)
    hides = returns(trees[0])
    gaps = [(low, high) for low, high in between(searched, AXIS) if low < high and hides]
    pieces = replace(pieces, anchors=tuple(map(anchor, searched))) if gaps else pieces
    effort = values.effort
    breaks = Sites([site for tree in (trees[0], *trees[2:]) for site in sites(tree)], effort)
    turns, enough = Sites([values.tree(1)], effort), effort.spent + EFFORT
    joints: dict[float, Meeting] = {}
    # Of a wave, what lies beyond the turns that are looked at is left out.
    gaps += [*spots[MOST:], *unknown] if len(spots) > MOST else []
    known = pieces.known(gaps, within)
    for number, (low, high) in enumerate(spots[:MOST]):
        if effort.spent > enough:
            gaps += [*spots[number:], *unknown]
            known = pieces.known(gaps, within)
            break
        if not any(first <= low <= high <= last for first, last in known):
            continue
        bounded = pieces.bounded(low, high)
        met = [meeting(values, place, bounded, slopes=False) for place in breaks.places(low, high)]
        if low < high and not any(joint and low < joint.x < high for joint in met):
            met += [turn(values, place) for place in turns.places(low, high)]
        for joint in met:
            if joint and any(first < joint.x < last for first, last in known):
                joints.setdefault(joint.x, joint)
        if not any(met) or (hides and _turns_more(values, low, high, len(met))):
            unknown.append((low, high))
    unknown = [stretch for stretch in touching(unknown) if stretch[0] < stretch[1] and among(stretch, known)]
    for low, high in unknown:
        places = list(turns.places(low, high)) if -WIDEST < low < 0 < high < WIDEST or low * high > 0 else []
        if len(places) == 1 and (joint := turn(values, places[0])) and among((joint.x, joint.x), known):
            joints.setdefault(joint.x, joint)
    found = {stretch: list(_runs(values, pieces, joints, unknown, stretch)) for stretch in known}
    vague = [(run.low, run.high) for part in found.values() for run in part if not run.proved]
    if vague and hides:  # waves and steps may be hidden there
        known, vague = pieces.known([*gaps, *vague], within), []
        found = {stretch: list(_runs(values, pieces, joints, [], stretch)) for stretch in known}
    runs: list[Run] = []
    for part in found.values():
        for across in (False, True):
            part = list(_joined(part, joints, across))
        runs += part
    ends = {end for run in runs for end in (run.low, run.high)}
    inside = {x: joint for x, joint in joints.items() if any(first < x < last for first, last in known)}
    joints = {x: joint for x, joint in inside.items() if x in ends or not _is_smooth(joint)}
    loose = _hull(pieces, [*unknown, *between(known, within)])
    return Course(tuple(runs), joints, loose, tuple(known), known == [within], tuple(vague))


def _turns_more(values: Values, low: float, high: float, known: int) -> bool:
    """Say whether the slope changes its sign more often than is known on a stretch that is no single place."""
    if high - low <= PLACE * max(abs(low), abs(high)) or max(abs(low), abs(high)) <= PLACE:
        return False
    signs = np.sign(values(spread(low, high, FEW)[1:-1], (1,))[0])
    return int(np.count_nonzero(np.diff(signs[signs != 0]))) > known


def _hull(pieces: Pieces, stretches: list[tuple[float, float]]) -> tuple[float, float]:
    """Return bounds of the first formula over the pieces that lie in some stretches."""
    inside = np.zeros(pieces.low.shape, np.bool_)
    for low, high in stretches:
        inside |= (pieces.high > low) & (pieces.low < high)
    lows, highs = pieces.values.low[0][inside], pieces.values.high[0][inside]
    least, most = np.fmin.reduce(lows, initial=pieces.outer[0]), np.fmax.reduce(highs, initial=pieces.outer[1])
    return float(least), float(most)


def _runs(
    values: Values,
    pieces: Pieces,
    joints: dict[float, Meeting],
    unknown: list[tuple[float, float]],
    within: tuple[float, float],
) -> Iterator[Run]:
    first, last = within
    named = {*joints, *(end for stretch in unknown for end in stretch)}
    cuts = sorted({first, last, *(x for x in named if first < x < last)})
    for low, high in pairwise(cuts):
        start, end = _limit(values, joints, low, 1, first), _limit(values, joints, high, -1, last)
        if any(a <= low and high <= b for a, b in unknown):
            yield from _sampled(values, low, high, start, end, pieces.room)
            continue
        direction, proved = _direction(values, pieces, low, high)
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


def _direction(values: Values, pieces: Pieces, low: float, high: float) -> tuple[int | None, bool]:
    """Return the sign of the slope on the pieces between two points."""
    stretch = (pieces.low >= low) & (pieces.high <= high)
    if not stretch.any():
        stretch = (pieces.high > low) & (pieces.low < high)
        if np.all(pieces.open[0][stretch] > VAGUE):  # it passes zero once, at one of the two: one point tells
            slope = float(values(np.array([low / 2 + high / 2]), (1,))[0][0])
            if slope > 0.0 or slope < 0.0:
                return (1 if slope > 0.0 else -1), True
    least, most = pieces.values.low[1][stretch], pieces.values.high[1][stretch]
    sure = least == most
    if np.isnan(pieces.values.low[:, stretch]).any(axis=0).all():
        return None, True
    return (int(least[sure][0]), True) if sure.any() else (0, False)


def _limit(values: Values, joints: dict[float, Meeting], x: float, side: int, end: float) -> float:
    if x in joints:
        return joints[x].values[0 if side < 0 else 1]
    if x == end and abs(x) < WIDEST:  # there may be a break that was not looked at
        x = math.nextafter(x, side * math.inf)
    elif x == end:
        limit, far = values.limit(x, 0), float(values(np.array([x]), (0,), quick=True)[0][0])
        return math.copysign(math.inf, far) if math.isnan(limit) and abs(far) > HUGE else limit
    return float(values(np.array([x]), (0,))[0][0])


def _sampled(values: Values, low: float, high: float, start: float, end: float, room: float) -> Iterator[Run]:
    """Yield the runs that samples show where nothing was proved."""
    x = spread(low, high, SAMPLES)
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
