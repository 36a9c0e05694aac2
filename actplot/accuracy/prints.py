"""What tells functions apart quickly that are not the same up to scale and shift, and proposes numbers for the others.

Let g(x) = a·f(b·x + c) + d. Then f'·f‴/f″² of f at b·x + c is that of g at x, for all four numbers drop out; so where
it changes, one of its values in g says where to look in f, and f″/f' there gives b. Where it is constant (straight
lines, parabolas, exponentials) the points at which pieces meet say what b and c are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array
    from actplot.functions.activation import Activation

SIZE = 1001
BEND = 4.0  # points of a grid lie as sinh of -BEND to BEND: dense at the middle of the range
WIDTH = 2.0  # of a grid, in ranges
PICKS = 4  # points of g that are looked for in f
PROBES = 24  # points of g at which a proposal is tried
NEAR = 1e-2  # relative: what grids leave between functions that are the same
ALIKE = 1e-3  # relative: proposals as near are one, which least squares make precise
MOST_MEETINGS = 8  # points at which pieces meet; of a wave of them the first tell as much
STILL = 1e-6  # a change of the invariant from point to point that is rounding
KEPT = 1000  # functions, whose prints are kept for the next comparison

Numbers = tuple[float, float]  # b and c


@dataclass(frozen=True)
class Print:
    """A function on its grid.

    Attributes
    ----------
    activation
        The function.
    x, f, bend, invariant
        The grid, f there, f″/f' and f'·f‴/f″², each shape (`SIZE`,); NaN where there is none.
    moving
        Where the invariant changes, shape (`SIZE`,).

    """

    activation: Activation
    x: Array
    f: Array
    bend: Array
    invariant: Array
    moving: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, activation: Activation) -> Print:
        """Compute f and three derivatives on a grid over the declared range and somewhat beyond."""
        middle, half = _span(activation)
        x = middle + half * np.sinh(np.linspace(-BEND, BEND, SIZE)) / np.sinh(BEND)
        with np.errstate(all="ignore"):
            f, first, second, third = activation.exact.plain(x, (0, 1, 2, 3))
            # A derivative that is nothing but what rounding leaves tells nothing.
            silent = (np.abs(second) * half < 1e-9 * np.abs(first)) | (np.abs(first) * half < 1e-12 * np.abs(f))
            bend = np.where(silent, np.nan, second / first)
            invariant = np.where(silent, np.nan, first * third / second**2)
            bend[~np.isfinite(bend)] = invariant[~np.isfinite(invariant)] = np.nan
            step = np.abs(np.diff(invariant, prepend=np.nan))
            moving = (step > STILL * (1.0 + np.abs(invariant))) & (step < 0.1 * (1.0 + np.abs(invariant)))
            moving[1:] &= moving[:-1].copy()
        return cls(activation, x, np.where(np.isfinite(f), f, np.nan), bend, invariant, moving)

    @cached_property
    def is_rigid(self) -> bool:
        """Whether the invariant is constant wherever it is known."""
        return int(np.count_nonzero(self.moving)) < PROBES

    @cached_property
    def meetings(self) -> list[float]:
        """The points at which pieces meet, the nearest to the middle of the range first."""
        middle, _ = _span(self.activation)
        found = [seam.x for seam in self.activation.seams]
        return sorted(sorted(found, key=lambda x: abs(x - middle))[:MOST_MEETINGS])

    @cached_property
    def probes(self) -> Array:
        """Points of the grid that lie off its middle and its ends; half of them where the invariant changes."""
        places = (np.linspace(0.12, 0.88, PROBES) * (SIZE - 1)).astype(int)
        if not self.is_rigid:
            moving = np.flatnonzero(self.moving)
            places[::2] = moving[(np.linspace(0.02, 0.98, PROBES // 2) * len(moving)).astype(int)]
        found: Array = self.x[np.unique(places)]
        return found


@lru_cache(maxsize=KEPT)
def _kept(activation: Activation) -> Print:
    return Print.of(activation)


class Prints:
    """Several functions, to look for one among them."""

    def __init__(self, activations: Sequence[Activation]) -> None:
        """Compute the prints."""
        self.all = [_kept(activation) for activation in activations]
        self._invariants = np.array([each.invariant for each in self.all]).reshape(-1, SIZE)
        self._known = np.isfinite(self._invariants[:, :-1]) & np.isfinite(self._invariants[:, 1:])
        self._values = np.array([each.f for each in self.all]).reshape(-1, SIZE)
        self._bends = np.array([each.bend for each in self.all]).reshape(-1, SIZE)
        self._x = np.array([each.x for each in self.all]).reshape(-1, SIZE)
        spans = np.array([_span(each.activation) for each in self.all]).reshape(-1, 2)
        self._middles, self._halves = spans[:, 0], spans[:, 1]

    def proposals(self, print_: Print) -> dict[int, list[Numbers]]:
        """Return for each function that may be the same its b and c, several where they are open."""
        found: dict[int, list[Numbers]] = {}
        rows, b, c = self._rigid(print_) if print_.is_rigid else self._matches(print_)
        for row, *numbers in zip(*self._tried(print_, rows, b, c), strict=True):
            known, scale, shift = found.setdefault(int(row), []), float(numbers[0]), float(numbers[1])
            if not any(abs(scale - b) + abs(shift - c) < ALIKE * (abs(b) + abs(c)) for b, c in known):
                known.append((scale, shift))
        return found

    def _matches(self, print_: Print) -> tuple[Array, Array, Array]:
        """Return where other functions have the invariant that this one has at some points."""
        moving = np.flatnonzero(print_.moving)
        picks = moving[(np.linspace(0.1, 0.9, PICKS) * len(moving)).astype(int)]
        rows: list[npt.NDArray[np.intp]] = []
        b: list[Array] = []
        c: list[Array] = []
        with np.errstate(all="ignore"):
            for pick in picks.tolist():
                above = self._invariants > print_.invariant[pick]
                row, at = np.nonzero((above[:, :-1] ^ above[:, 1:]) & self._known)
                low, high = self._invariants[row, at], self._invariants[row, at + 1]
                share = (print_.invariant[pick] - low) / (high - low)
                x, bend = self._x, self._bends
                place = x[row, at] + share * (x[row, at + 1] - x[row, at])
                scale = print_.bend[pick] / (bend[row, at] + share * (bend[row, at + 1] - bend[row, at]))
                rows.append(row)
                b.append(scale)
                c.append(place - scale * print_.x[pick])
        return np.concatenate(rows), np.concatenate(b), np.concatenate(c)

    def _rigid(self, print_: Print) -> tuple[Array, Array, Array]:
        found = [
            (row, b, c)
            for row, other in enumerate(self.all)
            if other.is_rigid
            for b, c in _by_meetings(print_, other)
            if np.isfinite(b) and np.isfinite(c) and b != 0.0
        ]
        rows, b, c = zip(*found, strict=True) if found else ((), (), ())
        return np.array(rows, dtype=int), np.array(b), np.array(c)

    def _tried(self, print_: Print, rows: Array, b: Array, c: Array) -> tuple[Array, Array, Array]:
        """Keep what fits at some points as nearly as grids tell, with the best a and d."""
        x = print_.probes
        g = np.interp(x, print_.x, print_.f)
        with np.errstate(all="ignore"):
            y = b[:, None] * x + c[:, None]
            turned = np.arcsinh((y - self._middles[rows, None]) / self._halves[rows, None] * np.sinh(BEND))
            place = (turned + BEND) / (2 * BEND) * (SIZE - 1)
            inside = (place >= 0.0) & (place < SIZE - 1)
            at = np.where(inside, place, 0.0).astype(int)
            low, high = self._values[rows[:, None], at], self._values[rows[:, None], at + 1]
            f = low + (place - at) * (high - low)
            held = inside & np.isfinite(f) & np.isfinite(g)
            many = held.sum(axis=1)
            f, gs = np.where(held, f, 0.0), np.where(held, g, 0.0)
            f_mean, g_mean = f.sum(axis=1) / many, gs.sum(axis=1) / many
            f, gs = np.where(held, f - f_mean[:, None], 0.0), np.where(held, gs - g_mean[:, None], 0.0)
            a = (f * gs).sum(axis=1) / (f * f).sum(axis=1)
            off = np.abs(gs - a[:, None] * f)
            # A point beside a jump may fall on its other side.
            off = np.sort(off, axis=1)[:, :-2].max(axis=1)
            kept = (many >= PROBES // 3) & (off <= NEAR * np.abs(gs).max(axis=1)) & np.isfinite(a) & (a != 0.0)
        return rows[kept], b[kept], c[kept]


def _span(activation: Activation) -> tuple[float, float]:
    """Return the middle and half the width of a grid."""
    low, high = activation.declaration.range
    return low / 2 + high / 2, WIDTH * (high / 2 - low / 2)


def _by_meetings(g: Print, f: Print) -> Iterator[Numbers]:
    """Yield b and c that take the points at which pieces of g meet to those of f."""
    ours, theirs = g.meetings, f.meetings
    if (len(ours) > 1) != (len(theirs) > 1) or bool(ours) != bool(theirs):
        return
    if len(ours) > 1:
        first, second = ours[:2]
        for low, high in pairwise(theirs):
            for near, far in ((low, high), (high, low)):
                b = (far - near) / (second - first)
                yield b, near - b * first
        return
    for b in {1.0, -1.0, *_ratios(g, f)}:
        if ours:
            yield b, theirs[0] - b * ours[0]
        else:
            yield b, 0.0
            yield from ((b, c) for c in _shifts(g, f, b))


def _ratios(g: Print, f: Print) -> Iterator[float]:
    """Yield how much more g bends than f, where both bend as exponentials do."""
    for ours in _levels(g):
        for theirs in _levels(f):
            yield ours / theirs


def _levels(print_: Print) -> list[float]:
    known = np.isfinite(print_.invariant) & (np.abs(print_.invariant - 1.0) < 1e-9)
    if not known.any():
        return []
    levels = print_.bend[known]
    return [float(levels[0])] if levels[0] == levels[-1] else [float(levels[0]), float(levels[-1])]


def _shifts(g: Print, f: Print, b: float) -> Iterator[float]:
    """Yield c by which f, stretched so, bends as g does at one point: for powers, which have no other mark."""
    known = np.flatnonzero(np.isfinite(g.bend))
    if not known.size:
        return
    pick = known[len(known) // 3]
    target = g.bend[pick] / b
    with np.errstate(all="ignore"):
        inverse = 1.0 / f.bend - 1.0 / target
    for at in np.flatnonzero(inverse[:-1] * inverse[1:] < 0.0).tolist()[:4]:
        share = inverse[at] / (inverse[at] - inverse[at + 1])
        yield float(f.x[at] + share * (f.x[at + 1] - f.x[at]) - b * g.x[pick])
