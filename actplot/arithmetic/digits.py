"""Numbers of as many decimal digits as wanted, each between proved bounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, getcontext, localcontext
from functools import lru_cache

UNORDERED = math.nan
FEWEST, MOST = 40, 1280  # the digits that settling begins and ends with
INFINITE = Decimal("Infinity")


class Open(ArithmeticError):
    """A question about numbers that their bounds leave open."""


class Digits:
    """A number that is somewhere from ``low`` to ``high``.

    Both bounds are the same where it is exact, be it finite or infinite, and both are NaN where it is certainly
    undefined. A bound that is infinite alone belongs to a finite number. What may be undefined or not raises ``Open``.
    """

    __slots__ = ("high", "low")

    def __init__(self, low: Decimal, high: Decimal | None = None) -> None:
        """Keep the bounds as they are, unrounded; one is enough for what is exact."""
        self.low = low
        self.high = low if high is None else high

    @property
    def exact(self) -> bool:
        """Whether the number is known exactly; it is not NaN then."""
        return self.low == self.high

    def __neg__(self) -> Digits:
        """Return the number with the other sign; nothing is rounded."""
        return Digits(self.high.copy_negate(), self.low.copy_negate())

    def __abs__(self) -> Digits:
        """Return the size of the number; nothing is rounded."""
        across = self.low < 0 < self.high
        return Digits(Decimal(0), max(self.low.copy_negate(), self.high)) if across else -self if self.low < 0 else self

    def __add__(self, other: Digits) -> Digits:
        """Return the sum."""
        down, up = _outward()
        return _between([down.add(self.low, other.low)], [up.add(self.high, other.high)], self, other)

    def __sub__(self, other: Digits) -> Digits:
        """Return the difference."""
        return self + -other

    def __mul__(self, other: Digits) -> Digits:
        """Return the product."""
        if self.low > 0 and other.low > 0:
            down, up = _outward()
            return Digits(down.multiply(self.low, other.low), up.multiply(self.high, other.high))
        return _spanned(Context.multiply, self, other)

    def __truediv__(self, other: Digits) -> Digits:
        """Return the quotient; zero counts as positive where it divides."""
        if other.low <= 0 <= other.high and not other.exact:
            raise Open
        return _spanned(Context.divide, self, other if other.low else ZERO)

    def order(self, other: Digits) -> float:
        """Compare with a number where the bounds of the two do not tell; raise ``Open`` where nothing does."""
        if type(other) is Digits:
            raise Open
        return -other.order(self)


ZERO, ONE, UNDEFINED = Digits(Decimal(0)), Digits(Decimal(1)), Digits(Decimal("NaN"))


@lru_cache(maxsize=1024)
def _context(digits: int, rounding: str) -> Context:
    return Context(digits, rounding, MIN_EMIN, MAX_EMAX, capitals=1, clamp=0, flags=[], traps=[])


def working(digits: int) -> AbstractContextManager[Context]:
    """Return a context manager under which operations carry that many digits, with no bounds on exponents."""
    return localcontext(_context(digits, "ROUND_HALF_EVEN"))


def _outward() -> tuple[Context, Context]:
    digits = getcontext().prec
    return _context(digits, "ROUND_FLOOR"), _context(digits, "ROUND_CEILING")


def _between(lows: list[Decimal], highs: list[Decimal], first: Digits, second: Digits) -> Digits:
    """Return what lies between bounds of an operation; a NaN among them says that it may have no value."""
    if not any(map(Decimal.is_nan, lows + highs)):
        low, high = min(lows), max(highs)
        if low > -INFINITE or high < INFINITE:
            return Digits(low, high)
    elif first.low.is_nan() or second.low.is_nan() or (first.exact and second.exact):
        return UNDEFINED
    raise Open


def _spanned(operation: Callable[[Context, Decimal, Decimal], Decimal], first: Digits, second: Digits) -> Digits:
    """Return what an operation that is monotone in either number gives."""
    ends, others = ((number.low,) if number.exact else (number.low, number.high) for number in (first, second))
    lows, highs = ([operation(to, a, b) for a in ends for b in others] for to in _outward())
    return _between(lows, highs, first, second)


def exactly(x: float) -> Digits:
    """Return the float64 itself, whatever the working precision."""
    return Digits(Decimal(x))


def compare(first: Digits, second: Digits) -> float:
    """Return -1, 0 or 1 where the order is certain, ``UNORDERED`` beside a NaN; raise ``Open`` where it is not."""
    if first.low.is_nan() or second.low.is_nan():
        return UNORDERED
    if first.high < second.low or first.low > second.high:
        return -1 if first.high < second.low else 1
    return 0 if first is second or (first.exact and second.exact) else first.order(second)


def nearest(number: Digits) -> float | None:
    """Return the float64 nearest to the truth: NaN if certainly undefined, None if the bounds leave it open."""
    low, high = float(number.low), float(number.high)
    return low + 0.0 if low == high or math.isnan(low) else None  # one zero for both signs


def settle(read: Callable[[Digits], Digits], x: float, most: int = MOST) -> float | None:
    """Return the float64 nearest to what is read at x, with as many digits as it takes; None where ``most`` do not."""
    digits = FEWEST
    while True:
        with working(digits):
            try:
                number = read(exactly(x))
            except Open:
                number = Digits(-INFINITE, INFINITE)
            if (found := nearest(number)) is not None:
                return found
            if digits == most:  # the middle decides between two neighbouring floats
                neighbours = math.nextafter(float(number.low), math.inf) >= float(number.high)
                return float((number.low + number.high) / 2) + 0.0 if neighbours else None
            known = max(number.low.adjusted(), number.high.adjusted()) - (number.high - number.low).adjusted()
            digits = min(most, max(2 * digits, digits - known + 20))
