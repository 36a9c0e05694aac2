"""Arrays of double-doubles that know how far off they may be.

A number is the unevaluated sum of two float64, about 106 bits (Dekker 1971), with a bound on its distance from the
truth. The plain kind here lives within the range of float64; `actplot.arithmetic.scaled` has exponents of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

HALF_ULP = 2.0**-53  # one rounding of a float64, relative
PRODUCT = 2.0**-101  # what is left out of a product, a quotient or a root, relative
SMALL = 2.0**-900  # below it the low half of a product leaves float64 ...
FLOOR = 2.0**-1000  # ... and may be wrong by as much
NEAR_TIE = 2.0**-50  # of the low half: as near to the middle of two float64, no bound decides

_LEADING = -(1 << 27)  # the sign, the exponent and the first 26 bits of a float64


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """Return a + b rounded, and its rounding error."""
    total = a + b
    rest = total - a
    return total, (a - (total - rest)) + (b - rest)


def fast_two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """Return a + b rounded, and its rounding error, where a is no smaller than b, or zero."""
    total = a + b
    return total, b - (total - a)


class Doubles:
    """Numbers ``high + low``, each within ``error`` of the truth.

    All are arrays of shape (n,), or (1,) for what does not depend on x. ``low`` is None where it is zero, ``error``
    None where the sum is exact. An error that is infinite or NaN says that nothing is known.
    """

    __slots__ = ("_parts", "_size", "error", "high", "kept", "low")

    def __init__(self, high: Array, low: Array | None = None, error: Array | None = None) -> None:
        """Take the two halves, of which the high one is their rounded sum."""
        self.high = high
        self.low = low
        self.error = error
        self._parts: tuple[Array, Array] | None = None
        self._size: Array | None = None
        self.kept: dict[str, object] = {}  # what functions of one argument share

    @property
    def parts(self) -> tuple[Array, Array]:
        """The high half cut in two, so that the products of such parts are exact."""
        if self._parts is None:
            leading = (self.high.view(np.int64) & _LEADING).view(np.float64)
            self._parts = leading, self.high - leading
        return self._parts

    @property
    def size(self) -> Array:
        """The absolute value of the high half."""
        if self._size is None:
            self._size = np.abs(self.high)
        return self._size

    @property
    def constant(self) -> bool:
        """Whether there is one number for all points."""
        return self.high.shape == (1,)

    def __neg__(self) -> Doubles:
        """Return -a."""
        negative = Doubles(-self.high, None if self.low is None else -self.low, self.error)
        negative._size = self._size
        return negative

    def __add__(self, other: Doubles) -> Doubles:
        """Return a + b."""
        total, rest = two_sum(self.high, other.high)
        error = _both(self.error, other.error)
        if self.low is None and other.low is None:
            return Doubles(total, rest, error)
        if self.low is not None and other.low is not None:
            lower = self.low + other.low
            rest = rest + lower
            rounding = np.abs(lower)
            rounding += np.abs(rest)
        else:
            rest = rest + _or_zero(other.low if self.low is None else self.low)
            rounding = np.abs(rest)
        rounding *= HALF_ULP
        return Doubles(*fast_two_sum(total, rest), rounding if error is None else rounding + error)

    def __sub__(self, other: Doubles) -> Doubles:
        """Return a - b."""
        return self + -other

    def __mul__(self, other: Doubles) -> Doubles:
        """Return a·b."""
        product, rest = two_product(self, other)
        if self.low is not None:
            rest += self.low * other.high
        if other.low is not None:
            rest += self.high * other.low
        found = Doubles(*fast_two_sum(product, rest))
        error = found.size * PRODUCT
        if self.error is not None:
            error += self.error * (other.size if other.error is None else other.size + other.error)
        if other.error is not None:
            error += other.error * self.size
        if not found.size.min() >= SMALL:
            lost = ~(_nought(self) | _nought(other) | (found.size >= SMALL))
            error += np.where(lost, FLOOR, 0.0)
        found.error = error
        return found

    def __truediv__(self, other: Doubles) -> Doubles:
        """Return a/b; nothing is known where b may be zero."""
        ratio = Doubles(self.high / other.high)
        product, rest = two_product(ratio, other)
        left = (self.high - product) - rest
        if self.low is not None:
            left += self.low
        if other.low is not None:
            left -= ratio.high * other.low
        found = Doubles(*fast_two_sum(ratio.high, left / other.high))
        error = found.size * PRODUCT
        if other.error is not None:
            beyond = other.error * found.size
            if self.error is not None:
                beyond += self.error
            nearest = other.size - 1.001 * other.error
            error += np.where(nearest > 0.0, beyond / nearest, np.inf)
        elif self.error is not None:
            error += 1.001 * (self.error / other.size)
        if not (found.size.min() >= SMALL and self.size.min() >= SMALL):
            lost = (self.high != 0.0) & ~((found.size >= SMALL) & (self.size >= SMALL))
            error += np.where(lost, FLOOR / np.minimum(other.size, 1.0), 0.0)
        found.error = error
        return found

    def times(self, power_of_two: float) -> Doubles:
        """Return the product with a power of two, which is exact but for what leaves float64 below."""
        low = None if self.low is None else self.low * power_of_two
        found = Doubles(self.high * power_of_two, low, None if self.error is None else self.error * abs(power_of_two))
        if abs(power_of_two) < 1.0 and not found.size.min() >= SMALL:
            return found.with_error(np.where((self.high == 0.0) | (found.size >= SMALL), 0.0, FLOOR))
        return found

    def absolute(self) -> Doubles:
        """Return |a|."""
        if self.low is None:
            return Doubles(self.size, None, self.error)
        return Doubles(self.size, np.where(self.high < 0.0, -self.low, self.low), self.error)

    def with_error(self, more: Array | float) -> Doubles:
        """Return the same numbers, farther from the truth by as much."""
        error = np.broadcast_to(more, self.high.shape) if self.error is None else self.error + more
        return Doubles(self.high, self.low, error)

    def opened(self, where: Flags) -> Doubles:
        """Return the same numbers, but for some of which nothing is known."""
        high = np.where(where, 0.0, self.high)
        low = None if self.low is None else np.where(where, 0.0, self.low)
        return Doubles(high, low, np.where(where, np.inf, 0.0 if self.error is None else self.error))

    def decided(self) -> Flags:
        """Say where the sign is certain: away from zero, or exactly zero."""
        if self.error is None:
            return ~np.isnan(self.high)
        return np.asarray((self.size > 1.001 * self.error) | ((self.error == 0.0) & ~np.isnan(self.high)))

    def rounded(self) -> tuple[Array, Flags]:
        """Return the nearest float64, and where it is certain that it is the nearest."""
        if self.error is None:
            return self.high, ~np.isnan(self.high)
        low = 0.0 if self.low is None else self.low
        # The second term: no bound is so small that it could be lost beside an exact half of the last digit.
        margin = 1.001 * self.error + NEAR_TIE * np.abs(low)
        return self.high, (self.high + (low - margin)) == (self.high + (low + margin))


def _nought(a: Doubles) -> Flags:
    return np.asarray(a.high == 0.0 if a.error is None else (a.high == 0.0) & (a.error == 0.0))


def two_product(a: Doubles, b: Doubles) -> tuple[Array, Array]:
    """Return the product of the high halves rounded, and its rounding error."""
    product = a.high * b.high
    a_lead, a_rest = a.parts
    b_lead, b_rest = b.parts
    rest = a_lead * b_lead
    rest -= product
    rest += a_lead * b_rest
    rest += a_rest * b_lead
    rest += a_rest * b_rest
    return product, rest


def _both(a: Array | None, b: Array | None) -> Array | None:
    return b if a is None else a if b is None else a + b


def select(holds: Flags, a: Doubles, b: Doubles) -> Doubles:
    """Return a where it holds, b elsewhere."""
    high = np.where(holds, a.high, b.high)
    low = None if a.low is None and b.low is None else np.where(holds, _or_zero(a.low), _or_zero(b.low))
    error = None if a.error is None and b.error is None else np.where(holds, _or_zero(a.error), _or_zero(b.error))
    return Doubles(high, low, error)


def _or_zero(part: Array | None) -> Array | float:
    return 0.0 if part is None else part


def constant(high: float, low: float = 0.0, error: float = 0.0) -> Doubles:
    """Return one number for all points."""
    return Doubles(
        np.array([high]), np.array([low]) if low != 0.0 else None, np.array([error]) if error != 0.0 else None
    )
