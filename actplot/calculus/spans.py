"""Parts of a formula over intervals: what each can be over a whole piece of the axis, and what is decided there.

What a formula decides (a comparison, a sign, which of two is larger, whether a divisor or a logarithm keeps to one side
of zero) is decided for a piece as a whole, or is left ``open``. Pieces on which the same is decided have the same
``key``: there a formula is one expression.

The pieces are rows of three: the piece itself, its lower end and its upper end, as intervals of one point. Where a part
of the formula rises or falls throughout a piece, its values at the ends are all that it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from actplot.arithmetic.intervals import Ends, anything, hull, still
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]
    Keys = npt.NDArray[np.uint64]

_MOST_LEVELS = 8  # expressions at a time that are carried over
PIECE = ((True,), (False,), (False,))  # of each row of three, the piece; the others are points
DECIDED, SEVERAL, VAGUE = 0, 1, 2
_MIX = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A part of a formula over pieces.

    Attributes
    ----------
    low, high
        Bounds of its values, shape (3, n), or () for a constant; both NaN where it certainly has no value.
    slope
        Bounds of its derivative; None for a constant, or where they are not asked for.
    open
        `DECIDED` where it is one expression on the piece, and defined; where exactly one decision changes on the piece,
        and changes once, the key of what passes zero there; `SEVERAL` where several do so; else `VAGUE`.
    key
        What expression it is there.

    """

    low: Array
    high: Array
    slope: Ends | None
    open: Keys
    key: Keys

    @property
    def ends(self) -> Ends:
        """The bounds of the values."""
        return Ends(self.low, self.high)

    def __neg__(self) -> Span:
        """Return it with the other sign."""
        slope = None if self.slope is None else Ends(-self.slope.high, -self.slope.low)
        return Span(-self.high, -self.low, slope, self.open, mixed("-", self.key))


def variable(low: Array, high: Array) -> Span:
    """Return x itself over the pieces from low to high, shape (n,)."""
    lows, highs = np.stack([low, low, high]), np.stack([high, low, high])
    one = np.ones_like(lows)
    return Span(lows, highs, Ends(one, one), np.zeros(lows.shape, np.uint64), np.full(lows.shape, 1, np.uint64))


def mixed(operation: str, *keys: Keys) -> Keys:
    """Return the key of an operation on parts that have keys."""
    mixed = np.asarray(_number_of(operation), np.uint64)
    for key in keys:
        mixed = (mixed ^ (key * np.uint64(_MIX[1]))) * np.uint64(_MIX[0])
        mixed = mixed ^ (mixed >> np.uint64(29))
    return np.asarray(mixed)


@cache
def _number_of(operation: str) -> int:
    number = 0
    for letter in operation:
        number = (number * 257 + ord(letter) + 1) * _MIX[2] % 2**64
    return number


def constant(low: float, high: float) -> Span:
    """Return a number that lies between two."""
    bits = np.float64(low).view(np.uint64) ^ (np.float64(high).view(np.uint64) << np.uint64(1))
    return Span(np.asarray(low), np.asarray(high), None, np.asarray(0, np.uint64), mixed("number", np.asarray(bits)))


class Sides(NamedTuple):
    """On which side of zero something is throughout a piece; it may touch zero at an end to which it rises or falls."""

    above: Flags
    below: Flags
    zero: Flags


def sides(u: Span) -> Sides:
    """Return what is certain of the sign of a span."""
    zero = (u.low == 0) & (u.high == 0)
    above, below = u.low > 0, u.high < 0
    if u.slope is not None and u.low.ndim:
        slope = Ends(*(np.broadcast_to(part, u.low.shape)[0] for part in u.slope))
        rises, falls = slope.low >= 0, slope.high <= 0
        steady = (rises | falls) & ~zero[0]
        above[0] |= (u.low[0] >= 0) & steady
        below[0] |= (u.high[0] <= 0) & steady
        if u.key.ndim:  # what moves away from zero has left it behind at the end
            whole = steady & (u.open[0] == DECIDED)
            _carry_over(u, (slope.low == 0) & (slope.high == 0) & whole, above, below)
            for end, away, towards in ((1, falls, rises), (2, rises, falls)):
                joined = whole & (u.key[0] == u.key[end]) & ~np.isnan(u.low[end])
                above[end] |= above[0] & away & joined
                below[end] |= below[0] & towards & joined
                zero[end] &= ~(above[end] | below[end])
    return Sides(*map(np.asarray, (above, below, zero)))


def both_open(a: Keys, b: Keys) -> Keys:
    """Return what is open of two things together."""
    vague = np.where((a == VAGUE) | (b == VAGUE), np.uint64(VAGUE), np.uint64(SEVERAL))
    return np.where(a == DECIDED, b, np.where((b == DECIDED) | (a == b), a, vague))


def crossing(u: Span) -> Keys:
    """Return what is open where the sign of something is: its key, if it passes zero once on the piece."""
    if u.low.ndim == 0 or u.slope is None:
        return np.asarray(VAGUE, np.uint64)
    passes = ((u.high[1] < 0) & (u.low[2] > 0)) | ((u.low[1] > 0) & (u.high[2] < 0))
    once = ((u.slope.low > 0) | (u.slope.high < 0)) & passes & (u.open == DECIDED) & np.array(PIECE)
    return np.where(once, u.key | np.uint64(4), np.uint64(VAGUE))


def picked(first: Flags, second: Flags, a: Span, b: Span, either: Ends, site: Keys, jumps: bool) -> Span:
    """Return a where the first flag stands, b where the second does, and what may be either elsewhere."""
    low = np.where(first, a.low, np.where(second, b.low, either.low))
    high = np.where(first, a.high, np.where(second, b.high, either.high))
    slope = None
    if a.slope is not None or b.slope is not None or low.ndim:
        p, q = a.slope or still(), b.slope or still()
        both = anything() if jumps else hull(p, q)
        slope = Ends(*(np.where(first, s, np.where(second, t, u)) for s, t, u in zip(p, q, both, strict=True)))
    key = np.where(first, a.key, np.where(second, b.key, mixed("?", a.key, b.key)))
    neither = both_open(both_open(site, a.open), b.open)
    return Span(low, high, slope, np.where(first, a.open, np.where(second, b.open, neither)), key)


def where_defined(found: Span, *operands: Span) -> Span:
    """Return a span with no value, and nothing open, where an operand has none."""
    undefined = np.asarray(False)
    for operand in operands:
        undefined = undefined | np.isnan(operand.low)
    if not np.any(undefined):
        return found
    low, high = (np.where(undefined, np.nan, part) for part in found.ends)
    slope = found.slope and Ends(*(np.where(undefined, np.nan, part) for part in found.slope))
    key = np.where(undefined, mixed("undefined"), found.key)
    return Span(low, high, slope, np.where(undefined, np.uint64(DECIDED), found.open), key)


def _carry_over(u: Span, level: Flags, above: Flags, below: Flags) -> None:
    """Decide on pieces where something is level, and lost in rounding, as where the same expression is not lost."""
    lost = level & ~(above[0] | below[0])
    for key in np.unique(u.key[0][lost])[:_MOST_LEVELS]:
        same = level & (u.key[0] == key)
        for side, other in ((above, below), (below, above)):
            if side[0][same].any() and not other[0][same].any():
                side[:, same] |= u.key[:, same] == key
