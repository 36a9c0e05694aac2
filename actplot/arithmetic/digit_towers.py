"""Numbers too large or too small for the exponents of a Decimal, kept by their logarithm.

The logarithm is a number with a bound of its error, and may be such a tower itself. So what grows beyond every exponent
still has a sign, a place among the others, and quotients that are no guess.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from actplot.arithmetic.digit_contexts import DOWN, INFINITE, NAN, NOUGHT, UP
from actplot.arithmetic.digit_elementary import EXP_END, TINY, exp, log, log1p
from actplot.arithmetic.digits import Digits, Open, compare, straddles, unknown, unusable

ZERO = Digits(NOUGHT)
ONE = Decimal(1)
# Every huge tower is more than the inverse of TINY; beside it, whatever is below LARGE changes the logarithm by less
# than FAINT.
LARGE = Decimal("1e10000000000000000")
FAINT = Decimal("1e-20000000000000000")


class Tower(Digits):
    """A number other than 0 whose size is exp(log), to within a factor of exp(±blur).

    To whoever looks at its value only, it is a number of which nothing is known. Its logarithm is beyond ``EXP_END``
    and known to within a quarter, or a huge tower, wherever `raised` made it.

    The blur keeps numbers comparable that are made of the same logarithm: 1 + exp(u) shares that of exp(u), however
    little is known of u itself.
    """

    __slots__ = ("blur", "log", "negative")

    def __init__(self, log: Digits, negative: bool = False, blur: Decimal = NOUGHT) -> None:
        """Keep the parts as they are."""
        super().__init__(NAN, INFINITE)
        self.log = log
        self.negative = negative
        self.blur = blur

    def __repr__(self) -> str:
        """Show the sign, the logarithm and the bound of the factor."""
        return f"Tower({self.log!r}, {self.negative}, {self.blur})"

    def __neg__(self) -> Tower:
        """Return the number with the other sign."""
        return Tower(self.log, not self.negative, self.blur)

    def __abs__(self) -> Tower:
        """Return the size of the number."""
        return Tower(self.log, False, self.blur)

    def __add__(self, other: Digits) -> Digits:
        """Return the sum."""
        return total(self, other)

    def __radd__(self, other: Digits) -> Digits:
        """Return the sum."""
        return total(other, self)

    def __sub__(self, other: Digits) -> Digits:
        """Return the difference; that of a number and itself is 0."""
        return ZERO if other is self else total(self, -other)

    def __rsub__(self, other: Digits) -> Digits:
        """Return the difference."""
        return total(other, -self)

    def __mul__(self, other: Digits) -> Digits:
        """Return the product."""
        return product(self, other)

    def __rmul__(self, other: Digits) -> Digits:
        """Return the product."""
        return product(other, self)

    def __truediv__(self, other: Digits) -> Digits:
        """Return the quotient; zero counts as positive where it divides."""
        return Digits(ONE) if other is self else quotient(self, other)

    def __rtruediv__(self, other: Digits) -> Digits:
        """Return the quotient."""
        return quotient(other, self)

    def order(self, other: Digits) -> int:
        """Return -1, 0 or 1 where the order is certain; raise ``Open`` where it is not."""
        return order_known(self, other)

    def rounded(self) -> float:
        """Return the float64 nearest to the number."""
        if self.vanishing:
            return 0.0
        return float(-INFINITE if self.negative else INFINITE)

    @property
    def vanishing(self) -> bool:
        """Whether the number is below every Decimal, not above."""
        return self.log.negative if isinstance(self.log, Tower) else self.log.value < 0

    @property
    def logarithm(self) -> Digits:
        """The logarithm of the size, with all that is unknown of it."""
        return blurred(self.log, self.blur)

    def nudged(self, by: Decimal) -> Tower:
        """Return what differs from the number by a factor of no more than exp(±by)."""
        return Tower(self.log, self.negative, UP.add(self.blur, by))


def blurred(number: Digits, by: Decimal) -> Digits:
    """Return the number with a larger error."""
    if not by:
        return number
    if isinstance(number, Tower):
        return number + Digits(NOUGHT, by)
    # An addition would round the value, too.
    return Digits(number.value, UP.add(number.error, by))


def spoiled(*numbers: Digits) -> Digits | None:
    """Return what an operation gives where one of the numbers is NaN or not known at all, as no tower is."""
    return unusable(*(number for number in numbers if not isinstance(number, Tower)))


def raised(log: Digits, negative: bool = False, blur: Decimal = NOUGHT) -> Digits:
    """Return the number of that sign whose size has this logarithm, to within the blur."""
    if isinstance(log, Tower):
        if not log.vanishing:
            return Tower(log, negative, blur) if blur <= LARGE else unknown()
        log = Digits(NOUGHT, TINY)
    error, size = UP.add(log.error, blur), log.value.copy_abs()
    if size.is_finite() and size > EXP_END:
        return Tower(log, negative, blur) if UP.multiply(4, error) <= size else unknown()
    result = exp(blurred(log, blur))
    return -result if negative else result


def _bounds(number: Digits) -> tuple[Decimal, Decimal]:
    """Return the least and the largest size that a finite number may have."""
    size = number.value.copy_abs()
    return DOWN.subtract(size, number.error).max(NOUGHT), UP.add(size, number.error)


def _lifted(number: Digits) -> Tower:
    """Return a number whose sign is known by its logarithm, whatever its size."""
    return number if isinstance(number, Tower) else Tower(log(abs(number)), number.value < 0)


def _difference(first: Tower, second: Tower) -> Digits:
    """Return the difference of the logarithms."""
    if first.log is second.log:
        return Digits(NOUGHT, UP.add(first.blur, second.blur))
    return first.logarithm - second.logarithm


def _infinite(negative: bool) -> Digits:
    return Digits(-INFINITE if negative else INFINITE)


def _is_negative(number: Digits) -> bool:
    return number.negative if isinstance(number, Tower) else number.value < 0


def _faint(bound: Decimal) -> Digits:
    """Return a number of either sign that is a vanishing part of the bound."""
    error = UP.multiply(bound, TINY)
    return Digits(NOUGHT, error) if error.is_finite() else unknown()


def product(first: Digits, second: Digits) -> Digits:
    """Return the product of two numbers, one of them a tower or both with a product beyond Decimal's exponents."""
    broken = spoiled(first, second)
    if broken is not None:
        return broken
    negative = _is_negative(first) != _is_negative(second)
    for number, other in ((first, second), (second, first)):
        if isinstance(number, Tower):
            continue
        if number.value.is_infinite():
            return _infinite(negative)
        if not (number.value or number.error):
            return ZERO
        if straddles(number):
            return _faint(_bounds(number)[1]) if isinstance(other, Tower) and other.vanishing else unknown()
    return raised(_lifted(first).logarithm + _lifted(second).logarithm, negative)


def quotient(first: Digits, second: Digits) -> Digits:
    """Return the quotient of two numbers, one of them a tower or both with one beyond Decimal's exponents."""
    broken = spoiled(first, second)
    if broken is not None:
        return broken
    negative = _is_negative(first) != _is_negative(second)
    if not isinstance(second, Tower):
        if second.value.is_infinite():
            return ZERO
        if straddles(second):
            return unknown()
        if not second.value:
            return _infinite(negative)
    if not isinstance(first, Tower):
        if first.value.is_infinite():
            return _infinite(negative)
        if not (first.value or first.error):
            return ZERO
        if straddles(first):
            huge = isinstance(second, Tower) and not second.vanishing
            return _faint(_bounds(first)[1]) if huge else unknown()
    return raised(_difference(_lifted(first), _lifted(second)), negative)


def _beside(tower: Tower, number: Digits) -> Digits | None:
    """Return the sum with an ordinary number where one of the two is lost in the other."""
    least, most = _bounds(number)
    if not most:
        return tower
    if tower.vanishing:
        return Digits(number.value, UP.add(number.error, TINY)) if straddles(number) or least > TINY else None
    if most <= LARGE:
        return tower.nudged(FAINT)
    return unknown() if straddles(number) else None


def total(first: Digits, second: Digits) -> Digits:
    """Return the sum of two numbers, one of them a tower or both with a sum beyond Decimal's exponents."""
    broken = spoiled(first, second)
    if broken is not None:
        return broken
    for number, other in ((first, second), (second, first)):
        if isinstance(number, Tower):
            continue
        if number.value.is_infinite():
            return number
        if isinstance(other, Tower) and (near := _beside(other, number)) is not None:
            return near
        if straddles(number) or not number.value:
            return unknown()
    return _merged(_lifted(first), _lifted(second))


def _merged(larger: Tower, smaller: Tower) -> Digits:
    """Return the sum of two numbers by their logarithms."""
    gap = _difference(smaller, larger)
    try:
        if compare(gap, ZERO) > 0:
            larger, smaller, gap = smaller, larger, -gap
    except Open:
        if larger.negative != smaller.negative or spoiled(gap) is not None or isinstance(gap, Tower):
            return unknown()
        # One is as good as the other: the sum is either of them, but for a factor between 1 and 2, and the gap.
        return raised(larger.log, larger.negative, UP.add(larger.blur, UP.add(_bounds(gap)[1], ONE)))
    opposed = larger.negative != smaller.negative
    ratio = raised(gap, opposed)
    if isinstance(ratio, Tower):
        return raised(larger.log, larger.negative, UP.add(larger.blur, TINY))
    if opposed and not ratio.error and ratio.value == -ONE:
        return ZERO
    grown = log1p(ratio)
    return grown if unusable(grown) is not None else raised(larger.logarithm + grown, larger.negative)


def order_known(tower: Tower, other: Digits) -> int:
    """Compare a tower with any number: -1, 0 or 1 where the order is certain; raise ``Open`` where it is not."""
    if spoiled(other) is not None:
        raise Open
    side = -1 if tower.negative else 1
    if not isinstance(other, Tower):
        if other.value.is_infinite():
            return -1 if other.value > 0 else 1
        if not (other.value or other.error):
            return side
        if straddles(other):
            if tower.vanishing or _bounds(other)[1] > LARGE:
                raise Open
            return side
    if _is_negative(other) != tower.negative:
        return side
    return side * compare(_difference(tower, _lifted(other)), ZERO)


OPERATIONS: dict[str, Callable[[Digits, Digits], Digits]] = {"+": total, "*": product, "/": quotient}
