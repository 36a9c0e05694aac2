"""Exact multiples of pi, whose sines and cosines may be exact too."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from actplot.arithmetic.digits import ONE, ZERO, Digits

HALF = Digits(Decimal("0.5"))
# Of the rational multiples of pi no others have a rational cosine (Niven 1956); numbers of half turns.
COSINES = {
    Fraction(0): ONE,
    Fraction(1, 3): HALF,
    Fraction(1, 2): ZERO,
    Fraction(2, 3): -HALF,
    Fraction(1): -ONE,
}


class Angle(Digits):
    """A rational multiple of pi; to whoever looks at its bounds only, any number between them."""

    __slots__ = ("circle", "multiple")

    def __init__(self, circle: Digits, multiple: Fraction) -> None:
        """Take pi to the digits at work, and which multiple of it this is: not 0."""
        self.circle, self.multiple = circle, multiple
        above, below = (Digits(Decimal(part)) for part in (multiple.numerator, multiple.denominator))
        bounds = circle if multiple == 1 else circle * above / below
        super().__init__(bounds.low, bounds.high)

    def _times(self, factor: Fraction) -> Digits:
        return Angle(self.circle, self.multiple * factor) if factor else ZERO

    def __neg__(self) -> Digits:
        """Return the angle with the other sign."""
        return self._times(Fraction(-1))

    def __abs__(self) -> Digits:
        """Return the size of the angle."""
        return self if self.multiple > 0 else -self

    def __add__(self, other: Digits) -> Digits:
        """Return the sum."""
        if isinstance(other, Angle):
            return self._times(1 + other.multiple / self.multiple)
        return self._plain() + other

    def __mul__(self, other: Digits) -> Digits:
        """Return the product."""
        return self._times(Fraction(other.low)) if _is_finite(other) else self._plain() * other

    def __truediv__(self, other: Digits) -> Digits:
        """Return the quotient; that of two angles is free of pi."""
        if isinstance(other, Angle):
            ratio = self.multiple / other.multiple
            return Digits(Decimal(ratio.numerator)) / Digits(Decimal(ratio.denominator))
        return self._times(1 / Fraction(other.low)) if _is_finite(other) and other.low else self._plain() / other

    __radd__, __rmul__ = __add__, __mul__

    def order(self, other: Digits) -> float:
        """Return -1, 0 or 1, which is certain beside another multiple of pi."""
        if isinstance(other, Angle):
            return (self.multiple > other.multiple) - (self.multiple < other.multiple)
        return self._plain().order(other)

    def turned(self, quarters: int) -> Digits:
        """Return the cosine of the angle less some quarter turns where that is a plain fraction, else the angle."""
        left = abs((self.multiple - Fraction(quarters, 2) + 1) % 2 - 1)
        return COSINES.get(left, self)

    def _plain(self) -> Digits:
        return Digits(self.low, self.high)


def _is_finite(number: Digits) -> bool:
    return number.exact and number.low.is_finite()
