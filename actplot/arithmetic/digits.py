"""Numbers of as many decimal digits as wanted, each with a proved bound of its error."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, Inexact, getcontext

from actplot.arithmetic.digit_contexts import DOWN, INFINITE, NAN, NOUGHT, UP, rounding, with_rounding
from actplot.arithmetic.digit_contexts import working as working

UNORDERED = 2
PRECISIONS = (40, 80, 160, 320, 640, 1280)


class Open(ArithmeticError):
    """A question about numbers that their error bounds leave open."""


class Digits:
    """A number known to within ``error`` of ``value``.

    The value is finite, infinite or NaN. An error of 0 says that it is exact: a NaN is then certainly undefined. An
    infinite error says that nothing is known, unless the number is of the kind that is kept by its logarithm instead
    (see ``digit_towers``), for which a Decimal has no exponent.
    """

    __slots__ = ("error", "value")

    def __init__(self, value: Decimal, error: Decimal = NOUGHT) -> None:
        """Keep both as they are, unrounded."""
        self.value = value
        self.error = error

    def __repr__(self) -> str:
        """Show the value and its bound."""
        return f"Digits({self.value}, {self.error})"

    def __neg__(self) -> Digits:
        """Return the number with the other sign; nothing is rounded."""
        return Digits(self.value.copy_negate(), self.error)

    def __abs__(self) -> Digits:
        """Return the size of the number; nothing is rounded."""
        return Digits(self.value.copy_abs(), self.error)

    def __add__(self, other: Digits) -> Digits:
        """Return the sum."""
        context = getcontext()
        context.clear_flags()
        value = self.value + other.value
        if not value.is_finite():
            return _unusual_sum(self, other, value)
        error = UP.add(self.error, other.error)
        if context.flags[Inexact]:
            error = UP.add(error, rounding(context, value))
        return Digits(value, error)

    def __sub__(self, other: Digits) -> Digits:
        """Return the difference."""
        return self + Digits(other.value.copy_negate(), other.error)

    def __mul__(self, other: Digits) -> Digits:
        """Return the product."""
        context = getcontext()
        context.clear_flags()
        value = self.value * other.value
        if not value.is_finite():
            return _unusual_product(self, other, value)
        error = rounding(context, value)
        if self.error or other.error:
            theirs = UP.add(other.value.copy_abs(), other.error)
            error = UP.fma(theirs, self.error, UP.fma(self.value.copy_abs(), other.error, error))
            if not error.is_finite():
                return unknown()
        return Digits(value, error)

    def __truediv__(self, other: Digits) -> Digits:
        """Return the quotient; zero counts as positive where it divides."""
        divisor, spread = other.value.copy_abs(), other.error
        if not (divisor.is_finite() and self.value.is_finite() and divisor > spread):
            return _unusual_quotient(self, other)
        context = getcontext()
        context.clear_flags()
        value = self.value / other.value
        if not value.is_finite():
            return _beyond("/", self, other)
        error = rounding(context, value)
        if self.error or spread:
            # a/b - v/w = (da - v/w db) / b, and v/w is the rounded quotient but for its rounding.
            largest = UP.add(value.copy_abs(), error)
            smallest = DOWN.subtract(divisor, spread)
            error = UP.add(error, UP.divide(UP.fma(largest, spread, self.error), smallest))
            if not error.is_finite():
                return unknown()
        return Digits(value, error)

    def order(self, other: Digits) -> int:
        """Compare with a number where the values of the two do not tell; raise ``Open`` where nothing does."""
        if type(other) is not Digits:
            return -other.order(self)
        raise Open

    def rounded(self) -> float | None:
        """Return the float64 nearest to a number that is not told by its value."""
        return None


def unknown() -> Digits:
    """Return the number of which nothing is known."""
    return Digits(NAN, INFINITE)


def undefined() -> Digits:
    """Return what is certainly not a number."""
    return Digits(NAN)


def straddles(number: Digits) -> bool:
    """Say whether an inexact number may be zero or of either sign."""
    return bool(number.error) and number.error >= number.value.copy_abs()


def unusable(*numbers: Digits) -> Digits | None:
    """Return what an operation on the numbers gives where one of them is no number or is not known at all."""
    known = True
    for number in numbers:
        if number.value.is_nan():
            if not number.error:
                return undefined()
            known = False
        elif not number.error.is_finite():
            known = False
    return None if known else unknown()


def _beyond(operation: str, first: Digits, second: Digits) -> Digits:
    # Towers are made of these numbers, so that they cannot be imported before.
    from actplot.arithmetic import digit_towers

    return digit_towers.OPERATIONS[operation](first, second)


def _unusual_sum(first: Digits, second: Digits, value: Decimal) -> Digits:
    broken = unusable(first, second)
    if broken is not None:
        return broken
    if first.value.is_finite() and second.value.is_finite():
        return _beyond("+", first, second)
    return Digits(value)


def _unusual_product(first: Digits, second: Digits, value: Decimal) -> Digits:
    broken = unusable(first, second)
    if broken is not None:
        return broken
    if first.value.is_finite() and second.value.is_finite():
        return _beyond("*", first, second)
    return unknown() if straddles(first) or straddles(second) else Digits(value)


def _unusual_quotient(first: Digits, second: Digits) -> Digits:
    broken = unusable(first, second)
    if broken is not None:
        return broken
    if second.value.is_infinite():
        return undefined() if first.value.is_infinite() else Digits(NOUGHT)
    if straddles(second) or straddles(first):
        return unknown()
    if not first.value:
        return undefined()
    negative = first.value.is_signed() != (second.value < 0)
    return Digits(INFINITE.copy_negate() if negative else INFINITE)


def exactly(x: float) -> Digits:
    """Return the float64 itself, whatever the working precision."""
    return Digits(Decimal(x))


def compare(first: Digits, second: Digits) -> int:
    """Return -1, 0 or 1 where the order is certain, ``UNORDERED`` beside a NaN; raise ``Open`` where it is not."""
    broken = unusable(first, second)
    if broken is not None:
        return first.order(second) if broken.error else UNORDERED
    if first is second or first.value == second.value:
        if first is second or not (first.error or second.error):
            return 0
        raise Open
    if first.error or second.error:
        gap = DOWN.subtract(first.value, second.value).copy_abs()
        if not gap > UP.add(first.error, second.error):
            raise Open
    return -1 if first.value < second.value else 1


def _ends(number: Digits, digits: int) -> tuple[float, float]:
    low = with_rounding(digits, ROUND_FLOOR).subtract(number.value, number.error)
    high = with_rounding(digits, ROUND_CEILING).add(number.value, number.error)
    return float(low), float(high)


def _bracket(number: Digits) -> tuple[float, float]:
    """Return the float64 nearest to either end of what the number may be."""
    low, high = _ends(number, 50)
    # Fifty digits may be too few for an end beside the middle of two floats.
    return (low, high) if low == high else _ends(number, 3000)


def nearest(number: Digits) -> float | None:
    """Return the float64 nearest to the truth: NaN if certainly undefined, None if the error bound leaves it open."""
    broken = unusable(number)
    if broken is not None:
        return number.rounded() if broken.error else math.nan
    if number.value.is_infinite() or not number.error:
        return float(number.value) + 0.0  # one zero for both signs
    low, high = _bracket(number)
    return low + 0.0 if low == high else None


def _next(number: Digits | None, digits: int, wanted: int = 20) -> int:
    """Return the digits that the next reading should carry, by how many this one lost."""
    if number is None or not number.value.is_finite() or not number.value or not number.error.is_finite():
        return 2 * digits
    lost = digits - (number.value.adjusted() - number.error.adjusted())
    return max(2 * digits, lost + wanted)


def settle(read: Callable[[Digits], Digits], x: float, most: int = PRECISIONS[-1]) -> float | None:
    """Return the float64 nearest to what is read at x, with as many digits as it takes; None where none suffice.

    Where the last reading still leaves two neighbouring floats to choose from, its middle decides.
    """
    wanted, number = 0, None
    for digits in PRECISIONS:
        if digits > most:
            break
        if digits < min(wanted, most, PRECISIONS[-1]):
            continue
        with working(digits):
            try:
                number = read(exactly(x))
            except Open:
                number = None
        rounded = None if number is None else nearest(number)
        if rounded is not None:
            return rounded
        wanted = _next(number, digits)
    if number is None or unusable(number) is not None:
        return None
    low, high = _bracket(number)
    return float(number.value) + 0.0 if math.nextafter(low, math.inf) >= high else None
