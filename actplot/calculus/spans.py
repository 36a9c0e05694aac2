"""Formulas over intervals: what a formula, and its slope, can be over a whole piece of the axis.

Every operation rounds outward, so that an enclosure holds the truth. What a formula decides (a comparison, a sign,
which of two is larger, whether a divisor or a logarithm keeps to one side of zero) is decided for a piece as a whole,
or is left ``open``. Pieces on which the same is decided have the same ``key``: there a formula is one expression.

The pieces are rows of three: the piece itself, its lower end and its upper end, as intervals of one point. Where a part
of the formula rises or falls throughout a piece, its values at the ends are all that it needs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from actplot._lazy import numpy as np
from actplot.calculus.plain import plain_function
from actplot.formula.evaluate import compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.parse import parse

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array

    Flags = npt.NDArray[np.bool_]
    Keys = npt.NDArray[np.uint64]

_ROUNDING = 2.0**-49  # relative; no function of numpy's or of Python's is as far off
_LEAST = 5e-324
_SMALL = 1e-300  # what is smaller may have lost digits
_ANGLE = 2.0**30  # beyond it a wave is anything between -1 and 1
_MOST_LEVELS = 8  # expressions at a time that are carried over
_PIECE = ((True,), (False,), (False,))  # of each row of three, the piece; the others are points
DECIDED, SEVERAL, VAGUE = 0, 1, 2
_MIX = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9


class Ends(NamedTuple):
    """The bounds of an interval; NaN where there is no value."""

    low: Array
    high: Array


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
        return Span(-self.high, -self.low, slope, self.open, _mixed("-", self.key))


def variable(low: Array, high: Array) -> Span:
    """Return x itself over the pieces from low to high, shape (n,)."""
    lows, highs = np.stack([low, low, high]), np.stack([high, low, high])
    one = np.ones_like(lows)
    return Span(lows, highs, Ends(one, one), np.zeros(lows.shape, np.uint64), np.full(lows.shape, 1, np.uint64))


def _mixed(operation: str, *keys: Keys) -> Keys:
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
    return Span(np.asarray(low), np.asarray(high), None, np.asarray(0, np.uint64), _mixed("number", np.asarray(bits)))


# ---- arithmetic of bounds


def _down(value: Array) -> Array:
    return np.nextafter(value, -np.inf)


def _up(value: Array) -> Array:
    return np.nextafter(value, np.inf)


def _plus(a: Ends, b: Ends) -> Ends:
    low, high = a.low + b.low, a.high + b.high
    low = np.where(_exact_sum(a.low, b.low, low), low, _down(low))
    high = np.where(_exact_sum(a.high, b.high, high), high, _up(high))
    return _known(Ends(low, high), a, b)


def _exact_sum(a: Array, b: Array, total: Array) -> Flags:
    part = total - a
    return np.asarray(((a - (total - part)) + (b - part)) == 0.0)


def _minus(a: Ends, b: Ends) -> Ends:
    return _plus(a, Ends(-b.high, -b.low))


def _times(a: Ends, b: Ends) -> Ends:
    corners = [(_no_nan(p * q), p == 0, q == 0, _is_power_of_two(p) | _is_power_of_two(q)) for p in a for q in b]
    return _known(
        _clipped(_spread([(c, none | nil | (two & _is_normal(c))) for c, none, nil, two in corners]), a, b), a, b
    )


def _is_power_of_two(value: Array) -> Flags:
    return np.asarray(np.abs(np.frexp(value)[0]) == 0.5)


def _is_normal(value: Array) -> Flags:
    """Say where a result has lost no digits to the ends of float64."""
    return np.asarray((np.abs(value) > _SMALL) & np.isfinite(value))


def _no_nan(value: Array) -> Array:
    """Return products with zero times infinity made zero: an infinite bound is never reached."""
    return np.where(np.isnan(value), 0.0, value)


def _spread(corners: list[tuple[Array, Flags]]) -> Ends:
    """Return the bounds of values, each with a flag that says whether it is exact."""
    lows = [np.where(exact, value, _down(value)) for value, exact in corners]
    highs = [np.where(exact, value, _up(value)) for value, exact in corners]
    low = np.minimum(np.minimum(lows[0], lows[1]), np.minimum(lows[2], lows[3]))
    return Ends(low, np.maximum(np.maximum(highs[0], highs[1]), np.maximum(highs[2], highs[3])))


def _clipped(found: Ends, a: Ends, b: Ends) -> Ends:
    """Keep a product or quotient on the side of zero that its operands' signs tell."""
    alike = ((a.low >= 0) & (b.low >= 0)) | ((a.high <= 0) & (b.high <= 0))
    unlike = ((a.low >= 0) & (b.high <= 0)) | ((a.high <= 0) & (b.low >= 0))
    low = np.where(alike, np.maximum(found.low, 0.0), found.low)
    return Ends(low, np.where(unlike, np.minimum(found.high, 0.0), found.high))


def _over(a: Ends, b: Ends) -> Ends:
    across = (b.low < 0) & (b.high > 0)
    nothing = (b.low == 0) & (b.high == 0)
    # A zero at an end of the divisor belongs to the side on which the rest of it lies.
    ends = np.where(b.low == 0, 0.0, b.low), np.where(b.high == 0, -0.0, b.high)
    corners = [(p / q, (p == 0) | (_is_power_of_two(q) & _is_normal(p / q))) for p in a for q in ends]
    vague = across.copy()
    for corner, _ in corners:
        vague = vague | np.isnan(corner)
    found = _spread(corners)
    found = Ends(np.where(vague, -np.inf, found.low), np.where(vague, np.inf, found.high))
    found = Ends(*(np.where(across, part, clip) for part, clip in zip(found, _clipped(found, a, b), strict=True)))
    return _known(Ends(*(np.where(nothing, np.nan, part) for part in found)), a, b)


def _known(found: Ends, a: Ends, b: Ends) -> Ends:
    """Return anything where bounds have become NaN, and NaN where an operand has no value."""
    undefined = np.isnan(a.low) | np.isnan(b.low)
    low = np.where(np.isnan(found.low) & ~undefined, -np.inf, found.low)
    high = np.where(np.isnan(found.high) & ~undefined, np.inf, found.high)
    return Ends(np.where(undefined, np.nan, low), np.where(undefined, np.nan, high))


def _hull(a: Ends, b: Ends) -> Ends:
    return Ends(np.fmin(a.low, b.low), np.fmax(a.high, b.high))


_ZERO = 0.0
_ANYTHING = -math.inf, math.inf


def _anything() -> Ends:
    return Ends(*(np.asarray(end) for end in _ANYTHING))


def _still() -> Ends:
    return Ends(np.asarray(_ZERO), np.asarray(_ZERO))


# ---- what is decided


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


def _crossing(u: Span) -> Keys:
    """Return what is open where the sign of something is: its key, if it passes zero once on the piece."""
    if u.low.ndim == 0 or u.slope is None:
        return np.asarray(VAGUE, np.uint64)
    passes = ((u.high[1] < 0) & (u.low[2] > 0)) | ((u.low[1] > 0) & (u.high[2] < 0))
    once = ((u.slope.low > 0) | (u.slope.high < 0)) & passes & (u.open == DECIDED) & np.array(_PIECE)
    return np.where(once, u.key | np.uint64(4), np.uint64(VAGUE))


def _picked(first: Flags, second: Flags, a: Span, b: Span, either: Ends, site: Keys, jumps: bool) -> Span:
    """Return a where the first flag stands, b where the second does, and what may be either elsewhere."""
    low = np.where(first, a.low, np.where(second, b.low, either.low))
    high = np.where(first, a.high, np.where(second, b.high, either.high))
    slope = None
    if a.slope is not None or b.slope is not None or low.ndim:
        p, q = a.slope or _still(), b.slope or _still()
        both = _anything() if jumps else _hull(p, q)
        slope = Ends(*(np.where(first, s, np.where(second, t, u)) for s, t, u in zip(p, q, both, strict=True)))
    key = np.where(first, a.key, np.where(second, b.key, _mixed("?", a.key, b.key)))
    neither = both_open(both_open(site, a.open), b.open)
    return Span(low, high, slope, np.where(first, a.open, np.where(second, b.open, neither)), key)


def _larger(a: Span, b: Span) -> Span:
    above, below, zero = sides(excess := _difference(a, b))
    either = Ends(np.maximum(a.low, b.low), np.maximum(a.high, b.high))
    first = above | zero | (a.key == b.key)
    return _where_defined(_picked(first, below, a, b, either, _crossing(excess), jumps=False), a, b)


def _smaller(a: Span, b: Span) -> Span:
    above, below, zero = sides(excess := _difference(a, b))
    either = Ends(np.minimum(a.low, b.low), np.minimum(a.high, b.high))
    first = below | zero | (a.key == b.key)
    return _where_defined(_picked(first, above, a, b, either, _crossing(excess), jumps=False), a, b)


def _where_defined(found: Span, *operands: Span) -> Span:
    """Return a span with no value, and nothing open, where an operand has none."""
    undefined = np.asarray(False)
    for operand in operands:
        undefined = undefined | np.isnan(operand.low)
    if not np.any(undefined):
        return found
    low, high = (np.where(undefined, np.nan, part) for part in found.ends)
    slope = found.slope and Ends(*(np.where(undefined, np.nan, part) for part in found.slope))
    key = np.where(undefined, _mixed("undefined"), found.key)
    return Span(low, high, slope, np.where(undefined, np.uint64(DECIDED), found.open), key)


def _carry_over(u: Span, level: Flags, above: Flags, below: Flags) -> None:
    """Decide on pieces where something is level, and lost in rounding, as where the same expression is not lost."""
    lost = level & ~(above[0] | below[0])
    for key in np.unique(u.key[0][lost])[:_MOST_LEVELS]:
        same = level & (u.key[0] == key)
        for side, other in ((above, below), (below, above)):
            if side[0][same].any() and not other[0][same].any():
                side[:, same] |= u.key[:, same] == key


# ---- arithmetic of spans


def _made(operation: str, ends: Ends, slope: Ends | None, *operands: Span) -> Span:
    """Return what an operation makes, tightened by its values at the ends of each piece."""
    flags = operands[0].open
    for operand in operands[1:]:
        flags = both_open(flags, operand.open)
    key = _mixed(operation, *(operand.key for operand in operands))
    return _where_defined(_tightened(Span(*ends, slope, flags, key)), *operands)


def _tightened(span: Span) -> Span:
    if span.slope is None or span.low.ndim == 0 or np.ndim(span.key) == 0:
        return span
    low, high = span.low.copy(), span.high.copy()
    rises, falls = span.slope.low[0] >= 0, span.slope.high[0] <= 0
    joins = [span.key[0] == span.key[end] for end in (1, 2)]
    for flags, first, last in ((rises, 1, 2), (falls, 2, 1)):
        low[0] = np.where(flags & joins[first - 1], np.fmax(low[0], low[first]), low[0])
        high[0] = np.where(flags & joins[last - 1], np.fmin(high[0], high[last]), high[0])
    return replace(span, low=low, high=high)


def _sum(a: Span, b: Span) -> Span:
    slope = _plus(a.slope, b.slope) if a.slope and b.slope else a.slope or b.slope
    return _made("+", _plus(a.ends, b.ends), slope, a, b)


def _difference(a: Span, b: Span) -> Span:
    if np.ndim(a.key) == np.ndim(b.key) and np.all(a.key == b.key) and a.low.ndim:
        nothing = np.where(np.isnan(a.low), np.nan, 0.0)
        return Span(
            nothing, nothing, Ends(nothing, nothing), a.open, np.broadcast_to(constant(0.0, 0.0).key, a.key.shape)
        )
    return _sum(a, -b)


def _product(a: Span, b: Span) -> Span:
    terms = [_times(p.slope, q.ends) for p, q in ((a, b), (b, a)) if p.slope]
    slope = _plus(terms[0], terms[1]) if len(terms) == 2 else terms[0] if terms else None
    return _made("*", _times(a.ends, b.ends), slope, a, b)


def _quotient(a: Span, b: Span) -> Span:
    ends = _over(a.ends, b.ends)
    slope = None
    if a.slope or b.slope:
        falling = _times(ends, b.slope) if b.slope else _still()
        slope = _over(_minus(a.slope or _still(), falling), b.ends)
    above, below, _ = sides(b)
    made = _made("/", ends, slope, a, b)
    undefined = np.isnan(a.low) | np.isnan(b.low)
    passes = np.where(above | below | undefined, np.uint64(DECIDED), _crossing(b))
    return replace(made, open=both_open(made.open, passes))


def _power(u: Span, v: Span) -> Span:
    n = float(v.low) if v.low.ndim == 0 and v.low == v.high else math.nan
    if not n.is_integer() or abs(n) > 2**31:
        return _function("exp")(_product(v, _function("log")(u)))
    if n < 0:
        return _quotient(constant(1.0, 1.0), _power(u, constant(-n, -n)))
    slope = None
    if u.slope:
        slope = _times(_times(Ends(v.low, v.high), _raised(u.ends, n - 1.0)), u.slope)
    return _made("**", _raised(u.ends, n), slope, u, v)


def _raised(u: Ends, n: float) -> Ends:
    if n < 0:
        return _over(Ends(np.asarray(1.0), np.asarray(1.0)), _raised(u, -n))
    if n in (0, 1):
        if n:
            return u
        one = np.where(np.isnan(u.low), np.nan, 1.0)
        return Ends(one, one)
    if n == 2:  # a product knows when it is exact
        first, last = (_times(end, end) for end in (Ends(u.low, u.low), Ends(u.high, u.high)))
        least = np.where((u.low < 0) & (u.high > 0), 0.0, np.fmin(first.low, last.low))
        return Ends(least, np.maximum(first.high, last.high))
    low, high = (part**n for part in u)
    if n % 2 == 0:
        across = (u.low < 0) & (u.high > 0)
        low, high = np.where(across, 0.0, np.minimum(low, high)), np.maximum(low, high)
    return _widened(Ends(low, high), u, (0.0, math.inf) if n % 2 == 0 else _ANYTHING)


# ---- functions


def _widened(found: Ends, u: Ends, within: tuple[float, float]) -> Ends:
    """Return bounds with room for rounding, kept within what the function can be; at zero nothing is rounded."""
    low = np.where(u.low == 0, found.low, found.low - np.abs(found.low) * _ROUNDING - _LEAST)
    high = np.where(u.high == 0, found.high, found.high + np.abs(found.high) * _ROUNDING + _LEAST)
    low = np.where(found.low == np.inf, np.finfo(float).max, np.where(np.isneginf(found.low), -np.inf, low))
    high = np.where(found.high == -np.inf, -np.finfo(float).max, np.where(np.isposinf(found.high), np.inf, high))
    return Ends(np.maximum(low, within[0]), np.minimum(high, within[1]))


@cache
def _reading(text: str) -> Callable[[Span], Span]:
    read = compiled(parse(text), SPANS)
    return lambda u: read({"u": u})


@cache
def _function(name: str) -> Callable[..., Span]:
    special = _SPECIAL.get(name)
    if special is not None:
        return special
    record = ELEMENTARY[name]
    if not record.shape:
        return _reading(record.meaning or record.exact)
    plain, turn = plain_function(name), record.shape

    def apply(u: Span) -> Span:
        domain = u if record.domain is None else _above(u, record.domain)
        low, high = plain(domain.low), plain(domain.high)
        if turn == "wave":
            ends = _waved(domain.ends, low, high, quarter=0.0 if name == "cos" else 0.5)
        elif turn == "valley" or turn == "hill":
            across = (domain.low < 0) & (domain.high > 0)
            top = record.within[0] if turn == "valley" else record.within[1]
            ends = Ends(np.minimum(low, high), np.maximum(low, high))
            ends = Ends(np.where(across, top, ends.low), ends.high) if turn == "valley" else ends
            ends = Ends(ends.low, np.where(across, top, ends.high)) if turn == "hill" else ends
        else:
            ends = Ends(low, high) if turn == "rising" else Ends(high, low)
        at = Ends(domain.low, domain.high) if turn == "rising" else Ends(domain.high, domain.low)
        exact = at if turn in ("rising", "falling") else Ends(*(np.where(u.low == u.high, domain.low, 1.0),) * 2)
        ends = _widened(ends, exact, record.within)
        slope = None
        if u.slope is not None:
            slope = _times(_reading(record.slope)(replace(domain, slope=None)).ends, u.slope)
        return _where_defined(Span(*ends, slope, domain.open, _mixed(name, u.key)), domain)

    return apply


def _above(u: Span, end: float) -> Span:
    """Return a function's argument where it lies above the end of the function's domain, and NaN below it."""
    above, below, zero = sides(past := _difference(u, constant(end, end)) if end else u)
    outside = below & ~above
    point = zero & ~np.array(_PIECE) if u.low.ndim else zero
    certain = (above | below | zero | np.isnan(u.low)) & ~point
    flags = both_open(u.open, np.where(certain, np.uint64(DECIDED), _crossing(past)))
    low = np.where(outside, np.nan, np.maximum(u.low, end))
    high = np.where(outside, np.nan, np.maximum(u.high, end))
    return Span(low, high, u.slope, np.where(outside, np.uint64(DECIDED), flags), u.key)


def _waved(u: Ends, low: Array, high: Array, quarter: float) -> Ends:
    """Return the bounds of a sine or cosine that has these values at the ends; a crest stands at each whole turn."""
    turns = [part / (2.0 * math.pi) - quarter / 2.0 for part in u]
    room = _ROUNDING * np.maximum(np.abs(turns[0]), np.abs(turns[1])) + _ROUNDING
    first, last = turns[0] - room, turns[1] + room
    wide = ~(np.maximum(np.abs(u.low), np.abs(u.high)) < _ANGLE)
    crest = (np.floor(last) >= first) | wide
    trough = (np.floor(last - 0.5) >= first - 0.5) | wide
    least, most = np.fmin(low, high), np.fmax(low, high)
    return Ends(np.where(trough, -1.0, least), np.where(crest, 1.0, most))


def _absolute(u: Span) -> Span:
    above, below, zero = sides(u)
    either = Ends(np.zeros_like(u.low), np.maximum(-u.low, u.high))
    return _where_defined(_picked(above | zero, below, u, -u, either, _crossing(u), jumps=False), u)


def _sign(u: Span) -> Span:
    above, below, zero = sides(u)
    one, none = constant(1.0, 1.0), constant(0.0, 0.0)
    either = Ends(np.asarray(-1.0), np.asarray(1.0))
    site = _crossing(u)
    ends = _picked(above, ~above, one, -one, either, site, jumps=True)
    found = _picked(above | below, zero, ends, none, either, site, jumps=True)
    return _where_defined(found, u)


def _direction(u: Span) -> Span:
    """Return the sign of a slope: not below zero is above it, unless it is zero all along."""
    zero = np.asarray((u.low == 0) & (u.high == 0))
    above, below = (u.low >= 0) & ~zero, (u.high <= 0) & ~zero
    one, none = constant(1.0, 1.0), constant(0.0, 0.0)
    either, site = Ends(np.asarray(-1.0), np.asarray(1.0)), _crossing(u)
    ends = _picked(above, ~above, one, -one, either, site, jumps=True)
    return _where_defined(_picked(above | below, zero, ends, none, either, site, jumps=True), u)


DIRECTION = "direction"
_SPECIAL: dict[str, Callable[..., Span]] = {
    "abs": _absolute,
    "sign": _sign,
    "min": _smaller,
    "max": _larger,
    DIRECTION: _direction,
}

_HOLDS: dict[str, Callable[[Flags, Flags, Flags], tuple[Flags, Flags]]] = {  # where it holds, and where it does not
    "<": lambda above, below, zero: (below, above | zero),
    "<=": lambda above, below, zero: (below | zero, above),
    ">": lambda above, below, zero: (above, below | zero),
    ">=": lambda above, below, zero: (above | zero, below),
    "==": lambda above, below, zero: (zero, above | below),
    "!=": lambda above, below, zero: (above | below, zero),
}


class _Spans:
    """The algebra of spans."""

    def number(self, value: float) -> Span:
        return constant(value, value)

    def pi(self) -> Span:
        return constant(math.pi, math.nextafter(math.pi, math.inf))

    def operator(self, symbol: str) -> Callable[[Span, Span], Span]:
        return {"+": _sum, "-": _difference, "*": _product, "/": _quotient, "**": _power}[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Span, ...],
        then: Callable[[], Span],
        otherwise: Callable[[], Span],
    ) -> Span:
        holds, fails, site = np.asarray(True), np.asarray(False), np.asarray(0, np.uint64)
        for symbol, a, b in zip(operators, operands, operands[1:], strict=False):
            yes, no, passes = self._compared(symbol, a, b)
            holds, fails, site = holds & yes, fails | no, both_open(site, passes)
        if np.all(holds):
            return then()
        if np.all(fails):
            return otherwise()
        a, b = then(), otherwise()
        return _picked(holds, fails, a, b, _hull(a.ends, b.ends), site, jumps=True)

    def _compared(self, symbol: str, a: Span, b: Span) -> tuple[Flags, Flags, Keys]:
        """Return where a comparison holds and where it does not, and what is open elsewhere."""
        excess = _difference(a, b)
        above, below, zero = sides(excess)
        undefined = np.isnan(a.low) | np.isnan(b.low)
        zero = (zero | (a.key == b.key)) & ~undefined
        open_ = np.where(above | below | zero, np.uint64(DECIDED), _crossing(excess))
        yes, no = _HOLDS[symbol](above, below, zero)
        return (yes | undefined, no, open_) if symbol == "!=" else (yes, no | undefined, open_)

    def function(self, name: str) -> Callable[..., Span]:
        return _function(name)


SPANS = _Spans()
