"""Cut the axis into pieces on each of which a formula is one expression, down to neighbouring float64 if need be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from actplot.arithmetic.intervals import Ends
from actplot.arrays import numpy as np
from actplot.calculus.enclosing import SPANS
from actplot.calculus.narrow import narrowed
from actplot.calculus.spans import DECIDED, SEVERAL, VAGUE, Span, both_open, variable
from actplot.formula.evaluate import Program

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array
    from actplot.calculus.spans import Flags, Keys
    from actplot.formula.nodes import Node

PARTS = 16  # into which an open piece is cut: as many cost less than the steps that they save
NOISE = 2**26  # float64 in a piece; on a shorter one whatever touches zero is lost in rounding
MOST = 512  # open pieces at a time; of more, those nearest to the middle are looked at
MOST_ROUNDED = 64
MOST_STEPS = 20_000  # of a formula over the open pieces; of a longer one fewer are looked at
FEWEST = 16
FIRST = (0.03125, 0.125, 0.25, *(0.5 * n for n in range(1, 17)), 12.0, 20.0, 40.0, 100.0, 1e3, 1e6, 1e16, 1e100)
MIDDLE = 8.0
FARTHEST = 1000.0  # in the size of the numbers of a formula
NEAR = 10.0  # what is no smaller or larger than this times the farthest is still on its way there
TINY = 1e-20  # beside zero, in the size of the least number of a formula: products underflow there and say nothing
LOST = 2.0**-49  # relative: the product of the least float64 and the largest is as large for a function of size 1
WIDEST = 1.7976931348623157e308


class Read(NamedTuple):
    """What is known of formulas over pieces, rows of three: the piece, its lower and its upper end."""

    spans: Sequence[Span]
    open: Keys
    key: Keys


@dataclass(frozen=True)
class Pieces:
    """Pieces from low to high, shape (n,), in order; the last open ones lie between neighbouring float64.

    ``anchors`` are the points from which on everything is looked at, and nothing beyond where there is too much: the
    middle of the part of the axis that they cover, or its two ends, where what is open gathers at zero. ``values``
    encloses each formula on each piece, shape
    (formulas, n). ``key`` tells expressions apart, on the piece and at its ends, and ``open`` what is not decided
    there. ``unsearched`` are the gaps in which there was too much to look at, ``room`` is what is lost in rounding.
    ``outer`` holds the values of the first formula in these gaps. Nearer to zero than ``lost`` products underflow, and
    pieces are left open that only digits can tell about.
    """

    low: Array
    high: Array
    anchors: tuple[float, ...]
    values: Ends
    open: Keys
    key: Keys
    unsearched: tuple[tuple[float, float], ...]
    room: float = 0.0
    outer: tuple[float, float] = (math.inf, -math.inf)
    lost: float = 0.0

    def breaks(self) -> tuple[tuple[float, float], ...]:
        """Return where expressions change: points, stretches with a change inside; those near the middle first."""
        found = []
        low, high = self.low.tolist(), self.high.tolist()  # of an array each number by itself takes far longer
        opened, open_low, open_high = (part.tolist() for part in self.open)
        key, at_low, at_high = (part.tolist() for part in self.key)
        stuck = [each != DECIDED for each in opened]
        merged = [each != DECIDED and each <= VAGUE for each in opened]
        i, count = 0, len(low)
        while i < count:
            joined = i > 0 and high[i - 1] == low[i]
            if stuck[i]:
                first = i
                while i + 1 < count and merged[i] and merged[i + 1] and low[i + 1] == high[i]:
                    i += 1
                found.append((low[first], high[i]))
            elif joined and not stuck[i - 1]:
                at = at_low[i] if open_low[i] == DECIDED else at_high[i - 1]
                vague = DECIDED not in (open_low[i], open_high[i - 1])
                if vague or key[i] != key[i - 1] or at != key[i]:
                    found.append((low[i],) * 2)
            i += 1
        nearest = _apart(np.array(found).reshape(-1, 2), self.anchors).min(axis=1)
        return tuple(found[i] for i in np.argsort(nearest, kind="stable"))

    def known(self, unknown: Iterable[tuple[float, float]], within: tuple[float, float]) -> list[tuple[float, float]]:
        """Return the stretches from the anchors on to what is nearest to them of the unknown stretches."""
        unknown, found = list(unknown), []
        for anchor in self.anchors:
            low = max([within[0], *(last for _, last in unknown if last < anchor)])
            high = min([within[1], *(first for first, _ in unknown if first >= anchor)])
            found.append((low, high))
        return sorted(set(found))

    def bounded(self, low: float, high: float) -> tuple[bool, bool]:
        """Say whether the first formula is bounded to the left and right of what happens from low to high."""
        finite = np.isfinite(self.values.low[0]) & np.isfinite(self.values.high[0])
        left = finite[(self.high >= low) & (self.low < high)] if low < high else finite[self.high == low]
        right = left if low < high else finite[self.low == high]
        return bool(left.size and left.all()), bool(right.size and right.all())


def cut(
    formulas: Sequence[Node],
    hints: Iterable[float],
    within: tuple[float, float] = (-WIDEST, WIDEST),
    rounded: bool = False,
) -> Pieces:
    """Cut the axis, or a part of it, where formulas in x alone change their expression.

    Parameters
    ----------
    formulas
        What is decided on every piece.
    hints
        Points that are ends of pieces from the beginning: those at which a change is likely.
    within
        The ends of the axis.
    rounded
        Whether a piece is left as it is on which the first formula changes by no more than rounding, or which is far
        out, where exponentials leave float64, or next to zero, where quotients say nothing.

    """
    hints = list(hints)
    program = Program([narrowed(formula) for formula in formulas], SPANS, keep=True)
    farthest = FARTHEST * max([1.0, *(max(abs(h), 1 / abs(h)) for h in hints if 1e-9 < abs(h) < 1e9)])
    nearest = TINY * min([1.0, *(min(abs(h), 1 / abs(h)) for h in hints if h and math.isfinite(1 / h))])
    low, high = _first([*hints, farthest, 1.0 / farthest], within)
    anchors: tuple[float, ...] = (0.0 if within[0] < 0 < within[1] else within[0] / 2 + within[1] / 2,)
    done: list[tuple[Array, Array, Read]] = []
    unsearched: list[tuple[float, float]] = []
    most = min(MOST_ROUNDED if rounded else MOST, max(FEWEST, MOST_STEPS // len(program)))
    room, outer = 0.0, (math.inf, -math.inf)
    with np.errstate(all="ignore"):
        while low.size:
            read = _read(program, low, high)
            rank = _rank(low), _rank(high)
            wide = rank[1] - rank[0]
            lost = np.maximum(np.abs(low), np.abs(high)) <= nearest
            again = ((read.open[0] == SEVERAL) & (wide > 1)) | ((read.open[0] == VAGUE) & (wide > NOISE) & ~lost)
            if rounded:
                room = room or _scale(read, low, hints) * LOST
                nearer, farther = np.minimum(np.abs(low), np.abs(high)), np.maximum(np.abs(low), np.abs(high))
                distant = (nearer >= farthest) | (farther <= 1.0 / farthest)
                changes = np.broadcast_to(read.spans[0].high - read.spans[0].low, read.open.shape)[0]
                again &= ~(changes <= room) & ~distant
            done.append((low[~again], high[~again], _taken(read, ~again)))
            low, high = low[again], high[again]
            if low.size > most:
                anchors = _anchors(low, high, within, (nearest, NEAR / farthest, farthest / NEAR)) or anchors
                near = np.sort(np.argsort(_apart(low / 2 + high / 2, anchors), kind="stable")[:most])
                left = np.setdiff1d(np.arange(low.size), near)
                least, greatest = (
                    np.broadcast_to(part, read.open.shape)[0][again][left] for part in read.spans[0].ends
                )
                outer = (
                    float(np.fmin.reduce(least, initial=outer[0])),
                    float(np.fmax.reduce(greatest, initial=outer[1])),
                )
                unsearched += zip(low[left].tolist(), high[left].tolist(), strict=True)
                low, high = low[near], high[near]
            low, high = _split(low, high)
    return replace(_sorted(done, anchors, unsearched, room, outer), lost=nearest)


def _apart(x: Array, anchors: tuple[float, ...]) -> Array:
    """Return how far points lie from the anchor on their side; where there are two, in their size."""
    apart: Array
    if len(anchors) == 1:
        apart = np.abs(x - anchors[0])
        return apart
    with np.errstate(divide="ignore"):
        apart = np.abs(np.log(np.abs(x)) - np.log(np.where(x < 0, -anchors[0], anchors[1])))
    return apart


def _anchors(
    low: Array, high: Array, within: tuple[float, float], sizes: tuple[float, float, float]
) -> tuple[float, float] | None:
    """Return where to begin if open pieces gather at zero: at both ends, or in the middle of all sizes; else None.

    A break or two leave fewer open than a piece is cut into. The sizes are those of what is lost, and of what is
    smaller and larger than all that the numbers of a formula tell of.
    """
    if not within[0] < 0.0 < within[1]:
        return None
    size, (lost, small, large) = np.maximum(np.abs(low), np.abs(high)), sizes
    if np.count_nonzero((size > lost) & (size <= small)) <= PARTS:
        return None
    if within[0] < -1.0 and within[1] > 1.0 and np.count_nonzero(size > large) > PARTS:
        return -1.0, 1.0
    return max(within[0], -WIDEST), min(within[1], WIDEST)


def _scale(read: Read, low: Array, hints: Sequence[float]) -> float:
    """Return how large the first formula is in the middle of the axis and where something is likely to happen."""
    sizes = np.abs(np.broadcast_to(read.spans[0].low, read.open.shape)[1])
    near = (np.abs(low) <= MIDDLE) | np.isin(low, hints)
    sizes = sizes[near & np.isfinite(sizes)]
    return float(sizes.max()) if sizes.size and sizes.max() > 0 else 1.0


def _first(hints: Iterable[float], within: tuple[float, float]) -> tuple[Array, Array]:
    first, last = within
    named = [point for hint in hints for point in (hint, -hint) if first < point < last]
    grid = [point for size in FIRST for point in (size, -size) if first < point < last]
    if first > -WIDEST or last < WIDEST:
        grid += np.linspace(first, last, 33)[1:-1].tolist()
    zero = [0.0] if first < 0.0 < last else []
    ends = np.unique(np.array([first, *grid, *named, *zero, last]) + 0.0)
    return ends[:-1], ends[1:]


def _read(program: Program[Span], low: Array, high: Array) -> Read:
    spans = program({"x": variable(low, high)})
    shape = (3, low.size)
    flags, key = np.zeros(shape, np.uint64), np.zeros(shape, np.uint64)
    for span in spans:
        flags = both_open(flags, span.open)
        key = key * np.uint64(31) + span.key
    return Read(spans, flags, key)


def _taken(read: Read, which: Flags) -> Read:
    """Return what is known of some of the pieces, without the slopes."""

    def part(values: Array) -> Array:
        return np.broadcast_to(values, read.open.shape)[:, which]

    spans = [Span(part(span.low), part(span.high), None, span.open, span.key) for span in read.spans]
    return Read(spans, read.open[:, which], read.key[:, which])


def _split(low: Array, high: Array) -> tuple[Array, Array]:
    """Cut pieces, neither of which has zero inside, into parts with as many float64 in each."""
    first, last = _rank(low), _rank(high)
    share, rest = (last - first) // PARTS, (last - first) % PARTS
    steps = np.arange(PARTS + 1)[:, None]
    ends = _of_rank(first + share * steps + rest * steps // PARTS)
    lows, highs = ends[:-1].T.ravel(), ends[1:].T.ravel()
    wide = lows < highs
    return lows[wide], highs[wide]


def _rank(x: Array) -> npt.NDArray[np.int64]:
    """Return the place of each float64 among all of them."""
    bits = (x + 0.0).view(np.int64)
    return np.where(bits >= 0, bits, np.iinfo(np.int64).min - bits)


def _of_rank(rank: npt.NDArray[np.int64]) -> Array:
    return np.where(rank >= 0, rank, np.iinfo(np.int64).min - rank).view(np.float64) + 0.0


def _sorted(
    done: Sequence[tuple[Array, Array, Read]],
    anchors: tuple[float, ...],
    unsearched: Sequence[tuple[float, float]],
    room: float,
    outer: tuple[float, float],
) -> Pieces:
    low, high = (np.concatenate([part[end] for part in done]) for end in (0, 1))
    order = np.argsort(low, kind="stable")

    flags, keys = (np.concatenate([read[part] for _, _, read in done], axis=1)[:, order] for part in (1, 2))
    ends = [[np.stack([span.ends[end][0] for span in read.spans]) for _, _, read in done] for end in (0, 1)]
    values = Ends(*(np.concatenate(end, axis=1)[:, order] for end in ends))
    return Pieces(low[order], high[order], anchors, values, flags, keys, tuple(sorted(unsearched)), room, outer)
