"""Numbers too large or too small for the exponents of a Decimal, kept as a factor and an exponential.

What is in the exponent may be such a number itself. So what grows beyond every Decimal still has a sign, a place among
the others, and quotients that are no guess.
"""

from __future__ import annotations

from decimal import Decimal, getcontext
from functools import lru_cache, partial

from actplot.arithmetic import digit_kernels as kernels
from actplot.arithmetic.digit_kernels import monotone
from actplot.arithmetic.digits import INFINITE, ONE, ZERO, Digits, Open, compare

END = Decimal("1e12")  # exponents beyond it make towers,
SMALL, LARGE = Decimal("1e-100000000000"), Decimal("1e100000000000")  # whose factors lie between these,
LN10 = Digits(Decimal("2.302585"), Decimal("2.302586"))
TINY, HUGE = Decimal("1e-300000000000"), Decimal("1e300000000000")  # so that they are below TINY or above HUGE


class Tower(Digits):
    """The number factor·exp(log); to whoever looks at its bounds only, any number as huge or as vanishing.

    Sums and quotients of numbers with one logarithm in common need their factors only, however little is known of it.
    """

    __slots__ = ("factor", "log", "vanishing")

    def __init__(self, factor: Digits, log: Digits) -> None:
        """Keep both as they are; see `scaled` for numbers that may be no towers."""
        self.factor, self.log, self.vanishing = factor, log, log.high < 0
        low, high = (ZERO.low, TINY) if self.vanishing else (HUGE, INFINITE)
        self.low, self.high = (low, high) if factor.low > 0 else (high.copy_negate(), low.copy_negate())

    def __neg__(self) -> Tower:
        """Return the number with the other sign."""
        return Tower(-self.factor, self.log)

    def __add__(self, other: Digits) -> Digits:
        """Return the sum."""
        if other.exact and not other.low:
            return self
        if self.vanishing and not isinstance(other, Tower):
            return Digits(self.low, self.high) + other
        try:
            if _is_boundless(other) and not other.low <= 0 <= other.high:  # nothing tells which is the larger
                raise Open
            factor, log = _parts(other)
            gap = _difference(log, self.log)
            if gap.low > END:
                return scaled(factor + self.factor * exp(-gap), log)
            return scaled(self.factor + factor * exp(gap), self.log)
        except Open:  # which of two towers is the larger may take more digits than there are
            if self.vanishing and isinstance(other, Tower) and other.vanishing:
                return Digits(self.low, self.high) + Digits(other.low, other.high)
            if self.low > 0 < other.low or self.high < 0 > other.high:
                return _together(self, other)
            raise

    def __mul__(self, other: Digits) -> Digits:
        """Return the product."""
        factor, log = _parts(other)
        return scaled(self.factor * factor, self.log if log is ZERO else self.log + log)

    def __truediv__(self, other: Digits) -> Digits:
        """Return the quotient; zero counts as positive where it divides."""
        factor, log = _parts(other)
        return scaled(self.factor / factor, _difference(self.log, log))

    def __rtruediv__(self, other: Digits) -> Digits:
        """Return the quotient."""
        return scaled(other / self.factor, -self.log)

    __radd__, __rmul__ = __add__, __mul__

    def order(self, other: Digits) -> float:
        """Return -1, 0 or 1 where the order is certain; raise ``Open`` where it is not."""
        difference = self - other
        return compare(self.factor if difference is self else difference, ZERO)


def _is_boundless(number: Digits) -> bool:
    """Say whether nothing is known of how large a number is at most."""
    return type(number) is Digits and INFINITE in (number.low.copy_abs(), number.high) and not number.exact


def _together(huge: Tower, other: Digits) -> Tower:
    """Return the sum of a huge number and another of the same sign: no less than either, no more than twice either."""
    logs = [log + _order_of(factor) for factor, log in map(_parts, (huge, other))]
    low, high = max(log.low for log in logs), max(log.high for log in logs)
    return Tower(ONE if huge.low > 0 else -ONE, Digits(low, (Digits(high) + ONE).high))


def _order_of(number: Digits) -> Digits:
    """Return the natural logarithm of the size of a number that is not zero, as its decimal exponent tells it."""
    size = abs(number)
    above = INFINITE if size.high == INFINITE else Decimal(size.high.adjusted() + 1)
    return LN10 * Digits(Decimal(size.low.adjusted()), above)


def _parts(number: Digits) -> tuple[Digits, Digits]:
    """Return the factor and the logarithm of any number."""
    return (number.factor, number.log) if isinstance(number, Tower) else (number, ZERO)


def _difference(first: Digits, second: Digits) -> Digits:
    """Return the difference of two logarithms; nothing is rounded where the second is 0."""
    return ZERO if second is first else first if second is ZERO else first - second


def _is_far(log: Digits) -> bool:
    return END < log.low < INFINITE or -INFINITE < log.high < -END


def scaled(factor: Digits, log: Digits) -> Digits:
    """Return factor·exp(log)."""
    if not _is_far(log):
        return factor * _ordinary_exp(log)
    if factor.low.is_nan() or (factor.exact and (factor.low.is_infinite() or not factor.low)):
        return factor
    size = abs(factor)
    if size.low > SMALL and size.high < LARGE:
        return Tower(factor, log)
    if size.low > 0:
        return scaled(ONE if factor.low > 0 else -ONE, log + _ordinary_log(size))
    return factor * (Digits(ZERO.low, TINY) if log.high < 0 else Digits(HUGE, INFINITE))


_ordinary_exp, _ordinary_log = partial(monotone, kernels.exp), partial(monotone, kernels.log)


def exp(number: Digits) -> Digits:
    """Return the exponential."""
    return Tower(ONE, number) if _is_far(number) else _ordinary_exp(number)


def log(number: Digits) -> Digits:
    """Return the natural logarithm."""
    if isinstance(number, Tower):
        return _ordinary_log(number.factor) + number.log
    if number.low <= 0 <= number.high and not number.exact:
        raise Open
    return _log_of(number.low, getcontext().prec) if number.exact else _ordinary_log(number)


@lru_cache(maxsize=64)
def _log_of(value: Decimal, digits: int) -> Digits:
    """Return the logarithm of an exact number to the digits that are at work: x itself is the base of many a power."""
    return _ordinary_log(Digits(value))
