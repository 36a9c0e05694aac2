"""Read a formula over intervals: the algebra of `spans`, an enclosure of value and slope for each operation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from actplot.arithmetic.intervals import (
    Ends,
    anything,
    hull,
    minus,
    over,
    plus,
    raised,
    share,
    softened,
    still,
    times,
    waved,
    widened,
)
from actplot.arrays import numpy as np
from actplot.calculus.plain import plain_function
from actplot.calculus.spans import (
    DECIDED,
    PIECE,
    VAGUE,
    Span,
    both_open,
    constant,
    crossing,
    mixed,
    picked,
    sides,
    where_defined,
)
from actplot.formula.evaluate import compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.parse import parse

if TYPE_CHECKING:
    from actplot.calculus.spans import Flags, Keys


def _larger(a: Span, b: Span) -> Span:
    above, below, zero = sides(excess := _difference(a, b))
    either = Ends(np.maximum(a.low, b.low), np.maximum(a.high, b.high))
    return _one_of(a, b, above | zero, below, either, crossing(excess))


def _smaller(a: Span, b: Span) -> Span:
    above, below, zero = sides(excess := _difference(a, b))
    either = Ends(np.minimum(a.low, b.low), np.minimum(a.high, b.high))
    return _one_of(a, b, below | zero, above, either, crossing(excess))


def _one_of(a: Span, b: Span, first: Flags, second: Flags, either: Ends, site: Keys) -> Span:
    """Return a or b, whichever the flags tell; where they are one expression, a."""
    return where_defined(picked(first | (a.key == b.key), second, a, b, either, site, jumps=False), a, b)


def _made(operation: str, ends: Ends, slope: Ends | None, *operands: Span) -> Span:
    """Return what an operation makes, tightened by its values at the ends of each piece."""
    flags = operands[0].open
    for operand in operands[1:]:
        flags = both_open(flags, operand.open)
    key = mixed(operation, *(operand.key for operand in operands))
    return where_defined(_tightened(Span(*ends, slope, flags, key)), *operands)


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


def _logaddexp(u: Span, v: Span) -> Span:
    """Return the logarithm of a sum of exponentials, which rises with either."""
    low, high = softened(u.low, v.low).low, softened(u.high, v.high).high
    apart, slope = minus(u.ends, v.ends), None
    if u.slope or v.slope:
        first, second = share(apart), share(Ends(-apart.high, -apart.low))
        slope = plus(times(first, u.slope or still()), times(second, v.slope or still()))
    return _made("logaddexp", Ends(low, high), slope, u, v)


def _sum(a: Span, b: Span) -> Span:
    slope = plus(a.slope, b.slope) if a.slope and b.slope else a.slope or b.slope
    return _made("+", plus(a.ends, b.ends), slope, a, b)


def _difference(a: Span, b: Span) -> Span:
    if np.ndim(a.key) == np.ndim(b.key) and np.all(a.key == b.key) and a.low.ndim:
        nothing = np.where(np.isnan(a.low), np.nan, 0.0)
        return Span(
            nothing, nothing, Ends(nothing, nothing), a.open, np.broadcast_to(constant(0.0, 0.0).key, a.key.shape)
        )
    return _sum(a, -b)


def _product(a: Span, b: Span) -> Span:
    terms = [times(p.slope, q.ends) for p, q in ((a, b), (b, a)) if p.slope]
    slope = plus(terms[0], terms[1]) if len(terms) == 2 else terms[0] if terms else None
    return _made("*", times(a.ends, b.ends), slope, a, b)


def _quotient(a: Span, b: Span) -> Span:
    ends = over(a.ends, b.ends)
    slope = None
    if a.slope or b.slope:
        falling = times(ends, b.slope) if b.slope else still()
        slope = over(minus(a.slope or still(), falling), b.ends)
    above, below, _ = sides(b)
    made = _made("/", ends, slope, a, b)
    undefined = np.isnan(a.low) | np.isnan(b.low)
    passes = np.where(above | below | undefined, np.uint64(DECIDED), crossing(b))
    return replace(made, open=both_open(made.open, passes))


def _power(u: Span, v: Span) -> Span:
    n = float(v.low) if v.low.ndim == 0 and v.low == v.high else math.nan
    if not n.is_integer() or abs(n) > 2**31:
        return _function("exp")(_product(v, _function("log")(u)))
    if n < 0:
        return _quotient(constant(1.0, 1.0), _power(u, constant(-n, -n)))
    slope = None
    if u.slope:
        slope = times(times(Ends(v.low, v.high), raised(u.ends, n - 1.0)), u.slope)
    return _made("**", raised(u.ends, n), slope, u, v)


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
            ends = waved(domain.ends, low, high, quarter=0.0 if name == "cos" else 0.5)
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
        ends = widened(ends, exact, record.within)
        slope = None
        if u.slope is not None:
            slope = times(_reading(record.slope)(replace(domain, slope=None)).ends, u.slope)
        return where_defined(Span(*ends, slope, domain.open, mixed(name, u.key)), domain)

    return apply


def _above(u: Span, end: float) -> Span:
    """Return a function's argument where it lies above the end of the function's domain, and NaN below it."""
    above, below, zero = sides(past := _difference(u, constant(end, end)) if end else u)
    outside = below & ~above
    point = zero & ~np.array(PIECE) if u.low.ndim else zero
    certain = (above | below | zero | np.isnan(u.low)) & ~point
    flags = both_open(u.open, np.where(certain, np.uint64(DECIDED), crossing(past)))
    low = np.where(outside, np.nan, np.maximum(u.low, end))
    high = np.where(outside, np.nan, np.maximum(u.high, end))
    return Span(low, high, u.slope, np.where(outside, np.uint64(DECIDED), flags), u.key)


def _absolute(u: Span) -> Span:
    above, below, zero = sides(u)
    either = Ends(np.zeros_like(u.low), np.maximum(-u.low, u.high))
    return where_defined(picked(above | zero, below, u, -u, either, crossing(u), jumps=False), u)


def _sign(u: Span) -> Span:
    return _signed(u, *sides(u))


def _floor(u: Span) -> Span:
    low, high = np.floor(u.low), np.floor(u.high)
    if u.slope is not None and u.low.ndim:  # what rises to a whole number at an end of a piece is below it inside
        rises, falls = (np.broadcast_to(part, u.low.shape)[0] for part in (u.slope.low >= 0, u.slope.high <= 0))
        high[0] = np.where((rises | falls) & (u.high[0] == high[0]) & (low[0] < high[0]), high[0] - 1.0, high[0])
    one, steps = low == high, np.asarray(VAGUE, np.uint64)
    if u.slope is not None and u.low.ndim:
        once = ((u.slope.low > 0) | (u.slope.high < 0)) & (high - low == 1) & (u.open == DECIDED) & np.array(PIECE)
        steps = np.where(once, mixed("step", u.key) | np.uint64(4), steps)
    number = mixed("floor", np.asarray(low + 0.0).view(np.uint64))
    level = Span(low, high, still(), u.open, number)
    slope = None if u.slope is None else anything()
    step = Span(low, high, slope, both_open(u.open, steps), mixed("floor", u.key))
    return where_defined(picked(one, ~one, level, step, Ends(low, high), np.asarray(DECIDED, np.uint64), jumps=True), u)


def _direction(u: Span) -> Span:
    """Return the sign of a slope: not below zero is above it, unless it is zero all along."""
    zero = np.asarray((u.low == 0) & (u.high == 0))
    return _signed(u, (u.low >= 0) & ~zero, (u.high <= 0) & ~zero, zero)


def _signed(u: Span, above: Flags, below: Flags, zero: Flags) -> Span:
    """Return 1, -1 or 0 where something is on one of these sides."""
    one, none = constant(1.0, 1.0), constant(0.0, 0.0)
    either, site = Ends(np.asarray(-1.0), np.asarray(1.0)), crossing(u)
    ends = picked(above, ~above, one, -one, either, site, jumps=True)
    return where_defined(picked(above | below, zero, ends, none, either, site, jumps=True), u)


DIRECTION = "direction"
_SPECIAL: dict[str, Callable[..., Span]] = {
    "abs": _absolute,
    "sign": _sign,
    "min": _smaller,
    "max": _larger,
    "floor": _floor,
    "logaddexp": _logaddexp,
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
        return picked(holds, fails, a, b, hull(a.ends, b.ends), site, jumps=True)

    def _compared(self, symbol: str, a: Span, b: Span) -> tuple[Flags, Flags, Keys]:
        """Return where a comparison holds and where it does not, and what is open elsewhere."""
        excess = _difference(a, b)
        above, below, zero = sides(excess)
        undefined = np.isnan(a.low) | np.isnan(b.low)
        zero = (zero | (a.key == b.key)) & ~undefined
        open_ = np.where(above | below | zero, np.uint64(DECIDED), crossing(excess))
        yes, no = _HOLDS[symbol](above, below, zero)
        return (yes | undefined, no, open_) if symbol == "!=" else (yes, no | undefined, open_)

    def function(self, name: str) -> Callable[..., Span]:
        return _function(name)


SPANS = _Spans()
