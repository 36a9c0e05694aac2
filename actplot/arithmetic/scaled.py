"""Double-doubles with exponents of their own, for what leaves float64 on the way to a result.

A number is ``value · 2**exponent``, the high half of the value from 1/2 to 1. That costs several times as much as the
plain kind, so only points that the plain kind leaves open are read so. There are no infinities: what divides by zero is
open, and what certainly has no value, as the logarithm of a negative number, is marked as missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot.arithmetic import circular, elementary
from actplot.arithmetic.doubles import NEAR_TIE, Doubles, constant, select, two_sum
from actplot.arithmetic.tables import LN2, split_constant
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arithmetic.doubles import Flags
    from actplot.arrays import Array

    Integers = npt.NDArray[np.int64]

NOTHING = -(2**60)  # the exponent of zero
EXTINCT = -(2**31)  # and of the error of what is nearly zero
WIDE = 900  # exponents of the plain kind
APART = 1100  # of two numbers whose sum is the larger one
TINY = -300  # below it x and sin(x), exp(x) - 1 and their like are equal


class Scaled:
    """Numbers ``value · 2**exponent``, arrays of shape (n,) or (1,)."""

    __slots__ = ("exponent", "missing", "value")

    def __init__(self, value: Doubles, exponent: Integers, missing: Flags | None = None) -> None:
        """Take a value of any size and normalise it."""
        mantissa, more = np.frexp(value.high)
        more = more.astype(np.int64)
        error = None if value.error is None else _shifted(value.error, -more)
        low = None if value.low is None else _shifted(value.low, -more)
        nothing = (value.high == 0.0) & (True if error is None else error == 0.0)
        self.value = Doubles(mantissa, low, error)
        self.exponent = np.where(nothing, NOTHING, exponent + more)
        self.missing = missing

    def __neg__(self) -> Scaled:
        """Return -a."""
        return Scaled(-self.value, self.exponent, self.missing)

    def __add__(self, other: Scaled) -> Scaled:
        """Return a + b."""
        exponent = np.maximum(self.exponent, other.exponent)
        total = self._at(exponent) + other._at(exponent)
        return Scaled(total, exponent, _either(self, other))

    def __sub__(self, other: Scaled) -> Scaled:
        """Return a - b."""
        return self + -other

    def __mul__(self, other: Scaled) -> Scaled:
        """Return a·b."""
        return Scaled(self.value * other.value, self.exponent + other.exponent, _either(self, other))

    def __truediv__(self, other: Scaled) -> Scaled:
        """Return a/b; nothing is known where b may be zero."""
        exponent = self.exponent - np.where(other.exponent == NOTHING, 0, other.exponent)
        return Scaled(self.value / other.value, exponent, _either(self, other))

    def _at(self, exponent: Integers) -> Doubles:
        """Return the values for another, larger exponent."""
        shift = np.maximum(self.exponent - exponent, -APART)
        if not shift.any():
            return self.value
        value = self.value
        found = Doubles(
            _shifted(value.high, shift),
            None if value.low is None else _shifted(value.low, shift),
            None if value.error is None else _shifted(value.error, shift),
        )
        faint = (shift < -WIDE) & (self.exponent != NOTHING)
        return found.with_error(np.where(faint, 2.0**-WIDE, 0.0)) if faint.any() else found

    def absolute(self) -> Scaled:
        """Return |a|."""
        return Scaled(self.value.absolute(), self.exponent, self.missing)

    def with_error(self, more: Array | float) -> Scaled:
        """Return the same numbers, farther from the truth by as much, relative to what their exponents say."""
        exponent = np.where(self.exponent == NOTHING, 0, self.exponent)  # beside zero what is added stands for itself
        return Scaled(self.value.with_error(more), exponent, self.missing)

    def opened(self, where: Flags) -> Scaled:
        """Return the same numbers, but for some of which nothing is known, be they missing or not."""
        missing = None if self.missing is None else self.missing & ~where
        return Scaled(self.value.opened(where), np.where(where, 0, self.exponent), missing)

    def times(self, power_of_two: float) -> Scaled:
        """Return the product with a power of two, which is exact."""
        return Scaled(self.value.times(power_of_two), self.exponent, self.missing)

    @property
    def high(self) -> Array:
        """Numbers of the right signs."""
        return self.value.high

    @property
    def constant(self) -> bool:
        """Whether there is one number for all points."""
        return self.value.constant

    def decided(self) -> Flags:
        """Say where the sign is certain: away from zero, or exactly zero."""
        return self.value.decided() if self.missing is None else self.value.decided() & ~self.missing

    def rounded(self) -> tuple[Array, Flags]:
        """Return the nearest float64, and where it is certain that it is the nearest; NaN where a value is missing."""
        value, exponent = self.value, self.exponent
        low = np.zeros_like(value.high) if value.low is None else value.low
        error = np.zeros_like(value.high) if value.error is None else 1.001 * value.error
        # Below the smallest normal number fewer digits are kept: a sum with a number of which they are the last is
        # rounded there.
        bits = np.clip(-1074 - exponent, -60, 900)
        anchor = np.where(bits > -53, np.copysign(np.ldexp(1.0, np.maximum(bits, -53) + 52), value.high), 0.0)
        below, above = _anchored(value.high, low, error, anchor)
        shift = np.clip(exponent, -1200, 1100)
        with np.errstate(over="ignore", under="ignore"):
            nearest = _shifted(below, shift)
        certain = below == above
        if self.missing is not None:
            return np.where(self.missing, np.nan, nearest), certain | self.missing
        return nearest, certain

    def known_to(self, bits: int, least: float, shape: tuple[int, ...]) -> Flags:
        """Say where so many bits of the number are beyond doubt, or the error is ``least`` at most."""
        error = np.zeros_like(self.value.high) if self.value.error is None else self.value.error
        small = _shifted(error, np.clip(self.exponent, -1200, 1100)) <= least
        return np.broadcast_to(small | (error <= np.abs(self.value.high) * 2.0**-bits), shape)

    def least(self) -> Array:
        """Return how large the numbers are at least; 0 where one may be nothing, or is missing."""
        value = self.value
        low = 0.0 if value.low is None else np.abs(value.low)
        error = 0.0 if value.error is None else 2.0 * value.error
        sure = _shifted(np.maximum(np.abs(value.high) - low - error, 0.0), np.clip(self.exponent, -1200, 1100))
        known = np.isfinite(sure) if self.missing is None else np.isfinite(sure) & ~self.missing
        return np.where(known, sure, 0.0)

    def plain(self) -> Doubles:
        """Return the plain kind: what is too small becomes zero, what is too large 2**WIDE."""
        shift = np.clip(self.exponent, -APART, WIDE)
        value = self.value
        high = np.where(self.exponent > WIDE, np.copysign(2.0**WIDE, value.high), _shifted(value.high, shift))
        low = None if value.low is None else np.where(self.exponent > WIDE, 0.0, _shifted(value.low, shift))
        error = np.where(
            self.exponent < -WIDE, 2.0**-WIDE, 0.0 if value.error is None else _shifted(value.error, shift)
        )
        return Doubles(high, low, np.where(self.exponent == NOTHING, 0.0, error))


def _shifted(part: Array, shift: Integers) -> Array:
    with np.errstate(over="ignore", under="ignore"):
        return np.asarray(np.ldexp(part, np.clip(shift, -3000, 3000).astype(np.int32)))


def _anchored(high: Array, low: Array, error: Array, anchor: Array) -> tuple[Array, Array]:
    """Return high + low - error and high + low + error, rounded to the last digit of the anchor."""
    total, rest = two_sum(high, anchor)
    # The rest of the first sum and the low half decide together where the total stands.
    rest = rest + low
    margin = error + NEAR_TIE * np.abs(rest)
    return (total + (rest - margin)) - anchor, (total + (rest + margin)) - anchor


def _either(a: Scaled, b: Scaled) -> Flags | None:
    if a.missing is None or b.missing is None:
        return b.missing if a.missing is None else a.missing
    return np.asarray(a.missing | b.missing)


def lifted(value: Doubles, missing: Flags | None = None) -> Scaled:
    """Return the plain kind with exponents."""
    return Scaled(value, np.zeros(value.high.shape, dtype=np.int64), missing)


def choose(holds: Flags, a: Scaled, b: Scaled) -> Scaled:
    """Return a where it holds, b elsewhere."""
    missing = None
    if a.missing is not None or b.missing is not None:
        missing = np.where(holds, *(False if part.missing is None else part.missing for part in (a, b)))
    return Scaled(select(holds, a.value, b.value), np.where(holds, a.exponent, b.exponent), missing)


def exp(u: Scaled) -> Scaled:
    """Return the exponential; what is beyond 2**-EXTINCT is zero, or open."""
    plain = u.plain()
    held = Doubles(np.clip(plain.high, -(2.0**30), 2.0**30), plain.low, plain.error)
    *pieces, last = split_constant("ln2")
    n = np.rint(held.high / LN2[0])
    rest = held
    for piece in (*pieces, last):
        rest = rest + Doubles(-(n * piece))
    more, m = elementary.exp_parts(rest)
    exponent = (n + more).astype(np.int64)
    found = Scaled(m, exponent, u.missing)
    far = u.exponent > 30
    if not far.any():
        return found
    known = True if u.value.error is None else 2.0 * u.value.error <= u.value.size
    extinct = (u.high < 0.0) & known
    gone = Doubles(np.zeros(1), None, np.where(extinct, 1.0, np.inf))
    return choose(far, Scaled(gone, np.where(extinct, EXTINCT, 0), u.missing), found)


def log(u: Scaled) -> Scaled:
    """Return the natural logarithm; missing where u is certainly negative."""
    above, exponent = _mantissa(u)
    found = lifted(elementary.log_of_parts(above, exponent), u.missing)
    return _on_domain(u, found)


def _mantissa(u: Scaled) -> tuple[Doubles, Array]:
    """Return mantissa - 1 and the exponent, for mantissas from 0.7 to 1.42; 0 and 0 where u is not above zero."""
    positive = u.high > 0.0
    value = select(positive, u.value, constant(0.5))
    low = value.high < 0.7071
    mantissa = select(low, value.times(2.0), value)
    exponent = np.where(positive, u.exponent - low, 0)
    return mantissa + constant(-1.0), exponent.astype(np.float64)


def _on_domain(u: Scaled, found: Scaled) -> Scaled:
    """Return a function that has no value where u is negative, and is open where u may be zero."""
    decided = u.decided()
    negative = decided & (u.high < 0.0)
    missing = negative if found.missing is None else negative | found.missing
    opened = found.with_error(np.where(negative | (decided & (u.high > 0.0)), 0.0, np.inf))
    return Scaled(opened.value, opened.exponent, missing if missing.any() else None)


def sqrt(u: Scaled) -> Scaled:
    """Return the square root; missing where u is certainly negative."""
    odd = u.exponent & 1
    halved = select(odd == 1, u.value.times(2.0), u.value)
    positive = halved.high > 0.0
    root = elementary.sqrt(select(positive, halved, constant(1.0)))
    found = Scaled(root, (u.exponent - odd) >> 1, u.missing)
    zero = u.exponent == NOTHING
    opened = _on_domain(u, found)
    return choose(zero, Scaled(constant(0.0), np.zeros(1, dtype=np.int64)), opened) if zero.any() else opened


def log1p(u: Scaled) -> Scaled:
    """Return ln(1 + u); missing where that is certainly undefined."""
    whole = u + lifted(constant(1.0))
    near = u.exponent <= -3
    mantissa, exponent = _mantissa(whole)
    held = select(near, u.plain(), mantissa)
    found = lifted(elementary.log_of_parts(held, np.where(near, 0.0, exponent)), u.missing)
    return _small(u, _on_domain(whole, found))


def _small(u: Scaled, found: Scaled) -> Scaled:
    """Return u in place of a function of it where it is tiny."""
    tiny = u.exponent < TINY
    if not tiny.any():
        return found
    value = u.value.with_error(np.where(u.exponent == NOTHING, 0.0, 2.0**TINY))
    return choose(tiny, Scaled(value, u.exponent, u.missing), found)


def expm1(u: Scaled) -> Scaled:
    """Return exp(u) - 1."""
    moderate = (u.exponent <= 9) & (u.exponent >= TINY)
    inside = lifted(elementary.expm1(select(moderate, u.plain(), constant(0.5))), u.missing)
    if moderate.all():
        return inside
    return _small(u, choose(moderate, inside, exp(u) + lifted(constant(-1.0))))


def _of_plain(function: Callable[[Doubles], Doubles], u: Scaled) -> Scaled:
    found = lifted(function(u.plain()), u.missing)
    far = u.exponent > WIDE
    return found.with_error(np.where(far, np.inf, 0.0)) if far.any() else found


def sin(u: Scaled) -> Scaled:
    """Return the sine; nothing is known of it far out."""
    return _small(u, _of_plain(circular.sin, u))


def cos(u: Scaled) -> Scaled:
    """Return the cosine; nothing is known of it far out."""
    return _of_plain(circular.cos, u)


def atan(u: Scaled) -> Scaled:
    """Return the arc tangent."""
    return _small(
        u, lifted(circular.atan(u.plain()), u.missing).with_error(np.where(u.exponent > WIDE, 2.0**-890, 0.0))
    )
