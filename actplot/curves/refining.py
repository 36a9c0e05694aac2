"""Points between those of a grid, where straight lines between neighbours would not show the curve.

A cell is what lies between two neighbouring points. It is halved where the line across it is farther from the curve
than anybody could see, told by the slopes at its ends, or where enclosures of f and f' leave room for a peak that no
point has met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arithmetic.intervals import Ends, still
from actplot.arrays import numpy as np
from actplot.calculus.enclosing import SPANS
from actplot.calculus.narrow import narrowed
from actplot.calculus.seams import boundless
from actplot.calculus.spans import variable
from actplot.curves.cropping import cropped
from actplot.formula.evaluate import Program
from actplot.functions.called import is_called

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array
    from actplot.functions.activation import Activation

    Flags = npt.NDArray[np.bool_]

QUARTER = 1 / 4000  # of the height of what is shown: a quarter of a pixel of a panel a thousand pixels high
SEEN = 1 / 500  # of that height: a chord between points that were named, nearer than half a line's width to the curve
PEAK = 1 / 20  # of that height: as much room for a peak between two points makes them too few
LEVEL = 2.0**-40  # relative: what enclosures add to a level is rounding
NEAR = 1 / 2  # of the height, beyond what is shown: how far a line that leaves the picture is followed
FINE = 2.0**-14  # of the range: narrower than a picture shows, unless the curve leaps in it
ROUNDS = 24  # a cell of a grid is cut in 16 million parts at most
MOST = 40_000  # points of one curve
MOST_FOR_PEAKS = 1000  # those that only enclosures ask for, which say little where a formula cancels


@dataclass(frozen=True)
class Refined:
    """Points in order with f and f' there, and the stretch in which there were not points enough, if any."""

    x: Array
    f: Array
    df: Array
    unresolved: tuple[float, float] | None


def refined(activation: Activation, grid: Array, at_kink: str, shown: tuple[float, float] | None = None) -> Refined:
    """Return the points of a grid in ascending order, every break in its range, and what the curve needs between.

    What it needs depends on the values of f that are shown: those given, or those that are worth it.
    """
    with np.errstate(all="ignore"):  # a typed formula may leave float64 anywhere
        return _Cells(activation, grid, at_kink, shown).refined()


def chords(activation: Activation, points: Array, at_kink: str) -> tuple[Flags, Flags]:
    """Say between which neighbours a straight line is f, and between which it is f', as far as anybody sees.

    Parameters
    ----------
    activation
        What is drawn.
    points
        Two points or more in ascending order, no two equal; shape (n,).
    at_kink
        What f' is where it does not exist.

    Returns
    -------
    For f and for f' flags of shape (n - 1,).

    """
    with np.errstate(all="ignore"):
        cells = _Cells(activation, points, at_kink, tolerance=SEEN)
        cells.refined()
        first = np.union1d(points, cells.breaks)
        off = cells.off(first)[:, np.searchsorted(first, points[:-1])]
    low, high = np.searchsorted(cells.breaks, points[:-1], "right"), np.searchsorted(cells.breaks, points[1:], "left")
    whole = low == high  # without a break between
    return whole & ~off[0], whole & ~off[1]


class _Cells:
    """The cells between points: f and f' at their ends from inside, and bounds of both on each."""

    def __init__(
        self,
        activation: Activation,
        grid: Array,
        at_kink: str,
        shown: tuple[float, float] | None = None,
        tolerance: float = QUARTER,
    ) -> None:
        self.activation, self.at_kink, self.shown, self.tolerance = activation, at_kink, shown, tolerance
        seams = [s for s in activation.seams_within(float(grid[0]), float(grid[-1])) if s.kind != "smooth"]
        known = [seam for seam in seams if seam.kind != "unclear"]
        self.breaks = np.array([seam.x for seam in known])
        self.limits = np.array([[*seam.f, *seam.df] for seam in known]).reshape(-1, 2, 2)
        self.boundless = [boundless(seams, order) for order in (0, 1)]
        # Of a function that is called there are values, and nothing encloses what lies between them.
        self.program = None if is_called(activation) else Program([narrowed(activation.tree)], SPANS, keep=True)
        self.x = np.union1d(grid, self.breaks)
        self.y = np.stack(activation(self.x, at_kink))
        self.room = self._enclosed(self.x[:-1], self.x[1:])

    def refined(self) -> Refined:
        """Halve cells until a picture can't show more."""
        first = self.x
        unresolved, left = None, MOST_FOR_PEAKS
        for _ in range(ROUNDS):
            bent, peaked = self._needed()
            if (only := 2 * int(np.count_nonzero(peaked & ~bent))) > left:
                peaked[:], only = False, 0
            need = bent | peaked
            if not need.any():
                break
            if len(self.x) + np.count_nonzero(need) > MOST:
                unresolved = float(self.x[:-1][need].min()), float(self.x[1:][need].max())
                break
            left -= only
            self._halve(need)
        keep = self._shows(first)
        return Refined(self.x[keep], self.y[0][keep], self.y[1][keep], unresolved)

    def _enclosed(self, low: Array, high: Array) -> Ends:
        """Return bounds of f and f' on cells, shape (2, n), without the breaks at their ends."""
        if self.program is None:
            return Ends(np.full((2, len(low)), -np.inf), np.full((2, len(low)), np.inf))
        low = np.where(np.isin(low, self.breaks), np.nextafter(low, np.inf), low)
        high = np.where(np.isin(high, self.breaks), np.nextafter(high, -np.inf), high)
        (span,) = self.program({"x": variable(low, np.maximum(low, high))})
        both = zip(span.ends, span.slope or still(), strict=True)
        return Ends(*(np.stack([np.broadcast_to(part, (3, len(low)))[0] for part in parts]) for parts in both))

    def _ends(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return what f and f' tend to at the left and the right end of each cell, from inside; shape (2, n)."""
        starts, ends = y[:, :-1].copy(), y[:, 1:].copy()
        places = np.searchsorted(x, self.breaks)
        for place, ((left, right), (before, after)) in zip(places.tolist(), self.limits.tolist(), strict=True):
            if place < len(x) - 1:
                starts[:, place] = right, after
            if place > 0:
                ends[:, place - 1] = left, before
        return starts, ends

    def _needed(self) -> tuple[Flags, Flags]:
        """Say in which cells a straight line is off the curve, and in which there is room for a peak."""
        x = self.x
        starts, ends = self._ends(x, self.y)
        wide = np.diff(x)
        broad = wide > FINE * (x[-1] - x[0])
        splits = np.nextafter(x[:-1], np.inf) < np.nextafter(x[1:], -np.inf)
        bent, peaked = np.zeros((2, len(wide)), np.bool_)
        bends = [np.abs(ends[1] - starts[1]) * wide / 8, self._bends(starts[1], ends[1])]
        if self.program is None:  # its slope may be unknown, or tell nothing of a jump
            bends[0] = np.fmax(bends[0], self._bends(starts[0], ends[0]))
        for order, bend in enumerate(bends):
            low, high, height = self._shown(order)
            if not height:
                continue
            a, b = starts[order].clip(low, high), ends[order].clip(low, high)
            least, most = self.room.low[order], self.room.high[order]
            finite = np.isfinite(least) & np.isfinite(most)
            peak = np.where(
                finite, np.maximum(np.maximum(most - np.maximum(a, b), np.minimum(a, b) - least), 0), np.inf
            )
            off = np.fmin(np.abs(a - b) + peak, np.where(np.isnan(bend), 0.0, bend))
            leaves = (a == b) & ((a == low) | (a == high))
            bent |= (off > self.tolerance * height) & (broad | (np.abs(a - b) > PEAK * height)) & ~leaves
            bent |= (np.isnan(a) ^ np.isnan(b)) & broad  # up to where it has no value
            peaked |= finite & (peak > PEAK * height)
        return bent & splits, peaked & splits

    def _bends(self, starts: Array, ends: Array) -> Array:
        """Return how far lines between points are from a smooth curve through them, by the turns at their ends."""
        wide = np.diff(self.x)
        turns = np.abs(np.diff((ends - starts) / wide)) / (wide[1:] + wide[:-1])
        turns[np.isin(self.x[1:-1], self.breaks)] = 0.0
        turns = np.concatenate([[0.0], np.nan_to_num(turns, nan=0.0, posinf=np.inf), [0.0]])
        return np.asarray(np.maximum(turns[:-1], turns[1:]) * wide * wide / 4)

    def _shown(self, order: int) -> tuple[float, float, float]:
        """Return bounds of what is followed, and the height of what is shown of it: 0 where nothing is."""
        shown = cropped(self.x, self.y[order], self.boundless[order])
        if self.shown is not None and not order:
            shown = self.shown
        if shown is None:
            return 0.0, 0.0, 0.0
        low, high = shown
        if low == high:  # a level, unless there is room beside it
            least, most = self.room.low[order], self.room.high[order]
            finite = np.isfinite(least) & np.isfinite(most)
            low, high = float(least[finite].min(initial=low)), float(most[finite].max(initial=high))
            if high - low <= LEVEL * max(abs(low), abs(high)):
                return low, high, 0.0
        return low - NEAR * (high - low), high + NEAR * (high - low), high - low

    def _halve(self, need: Flags) -> None:
        """Cut the cells in need in the middle."""
        low, high = self.x[:-1][need], self.x[1:][need]
        middle = low / 2 + high / 2
        x = np.insert(self.x, np.flatnonzero(need) + 1, middle)
        self.y = np.insert(self.y, np.flatnonzero(need) + 1, np.stack(self.activation(middle, self.at_kink)), axis=1)
        cell = np.searchsorted(self.x, x[:-1], side="right") - 1  # in which each of the new cells lies
        again = need[cell]
        self.x, room = x, Ends(self.room.low[:, cell], self.room.high[:, cell])
        room.low[:, again], room.high[:, again] = self._enclosed(x[:-1][again], x[1:][again])
        self.room = room

    def _shows(self, first: Array) -> Flags:
        """Say which points show something: those of the grid, and all in a cell of it that a line does not show."""
        places = np.searchsorted(self.x, first)
        off = self.off(first).any(axis=0)
        keep = np.repeat(np.append(off, True), np.append(np.diff(places), 1))
        keep[places] = True
        return np.asarray(keep)

    def off(self, first: Array) -> Flags:
        """Say in which cells between some of the points a line does not show f, or f'; shape (2, n - 1)."""
        x, y = self.x, self.y
        places = np.searchsorted(x, first)
        added = np.ones(len(x), np.bool_)
        added[places] = False
        starts, ends = self._ends(first, y[:, places])
        cell = np.repeat(np.arange(len(first) - 1), np.diff(places))
        share = (x[:-1] - first[cell]) / (first[cell + 1] - first[cell])
        off = np.zeros((2, len(first) - 1), np.bool_)
        for order in (0, 1):
            height = self._shown(order)[2]
            line = starts[order][cell] + share * (ends[order] - starts[order])[cell]
            off[order, cell[added[:-1] & ~(np.abs(y[order][:-1] - line) <= self.tolerance * height)]] = True
        return off
