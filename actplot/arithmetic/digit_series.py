"""The elementary functions of plain decimals, each to a relative error below ten to the minus (digits + 2).

Each kernel takes a finite decimal and the digits wanted, and works with ten digits more than these, besides those that
it knows to cancel. That leaves room for the roundings of many thousand steps.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from actplot.arithmetic.digit_contexts import unit, working

ONE = Decimal(1)
HALF = Decimal("0.5")
GUARD = 10
BLOCK = 100
LN10 = math.log(10)


@lru_cache(maxsize=64)
def _pi_block(digits: int) -> Decimal:
    # Machin's formula in integers: every term is cut by less than two units, and there are less than 2 * digits.
    one: int = 10 ** (digits + GUARD)

    def arctangent(inverse: int) -> int:
        power = one // inverse
        total, n, square = power, 1, inverse * inverse
        while power:
            power //= square
            n += 2
            total += power // n if n % 4 == 1 else -(power // n)
        return total

    with working(digits + 2 * GUARD):
        return Decimal(16 * arctangent(5) - 4 * arctangent(239)) * unit(digits + GUARD)


def pi_digits(digits: int) -> Decimal:
    """Return pi to at least that many digits."""
    return _pi_block(-(-(digits + 2) // BLOCK) * BLOCK)


@lru_cache(maxsize=64)
def _root_of_pi(digits: int) -> Decimal:
    with working(digits):
        return pi_digits(digits).sqrt()


def _brief(value: Decimal) -> Decimal:
    # A small float has hundreds of digits; its rounding moves the functions that are nearly linear there as little.
    return +value if value.adjusted() < 0 else value


def exp_digits(value: Decimal, digits: int) -> Decimal:
    """Return the exponential."""
    with working(digits + 4):
        return value.exp()


def log_digits(value: Decimal, digits: int) -> Decimal:
    """Return the logarithm of a positive number."""
    with working(digits + 4):
        return value.ln()


def _is_tiny(value: Decimal, digits: int) -> bool:
    """Say whether a power series is cheaper than an exponential or logarithm with more digits."""
    zeros = -value.adjusted()
    return zeros >= 2 and 4 * zeros * zeros > digits


def expm1_digits(value: Decimal, digits: int) -> Decimal:
    """Return the exponential less 1."""
    if not _is_tiny(value, digits):
        with working(digits + GUARD + max(0, -value.adjusted())):
            return value.exp() - 1
    with working(digits + GUARD):
        value = term = total = +value
        n, least = 1, value.copy_abs() * unit(digits + GUARD)
        while term.copy_abs() > least:
            n += 1
            term = term * value / n
            total += term
        return total


def log1p_digits(value: Decimal, digits: int) -> Decimal:
    """Return the logarithm of 1 + value, which is positive."""
    if not _is_tiny(value, digits):
        with working(digits + GUARD + max(0, -value.adjusted())):
            return (1 + value).ln()
    with working(digits + GUARD):
        value = +value
        power = total = value / (2 + value)
        n, square, least = 1, power * power, power.copy_abs() * unit(digits + GUARD)
        while power.copy_abs() > least:
            n += 2
            power *= square
            total += power / n
        return 2 * total


def sinh_digits(value: Decimal, digits: int) -> Decimal:
    """Return the hyperbolic sine."""
    with working(digits + GUARD):
        grown = expm1_digits(_brief(value.copy_abs()), digits + 4)
        return ((grown + grown / (1 + grown)) / 2).copy_sign(value)


def cosh_digits(value: Decimal, digits: int) -> Decimal:
    """Return the hyperbolic cosine."""
    with working(digits + GUARD):
        grown = exp_digits(value, digits + 4)
        return (grown + 1 / grown) / 2


def tanh_digits(value: Decimal, digits: int) -> Decimal:
    """Return the hyperbolic tangent."""
    with working(digits + GUARD):
        size = _brief(value.copy_abs())
        # Further out it differs from 1 by less than 10**(-3 * digits).
        grown = expm1_digits(2 * size, digits + 4) if size < 4 * digits else None
        return (ONE if grown is None else grown / (grown + 2)).copy_sign(value)


def asinh_digits(value: Decimal, digits: int) -> Decimal:
    """Return the inverse hyperbolic sine."""
    with working(digits + GUARD):
        size = +value.copy_abs()
        square = size * size
        return log1p_digits(size + square / (1 + (1 + square).sqrt()), digits + 4).copy_sign(value)


def _halvings(value: Decimal, digits: int) -> int:
    """Return how often to halve the argument of a series, so that halvings and terms cost about the same."""
    zeros = math.sqrt(digits) / 4
    return max(0, math.ceil((zeros + value.adjusted() + 1) * math.log2(10)))


def atan_digits(value: Decimal, digits: int) -> Decimal:
    """Return the arc tangent."""
    with working(digits + GUARD):
        size = +value.copy_abs()
        if size > 1:
            return (pi_digits(digits + GUARD) / 2 - atan_digits(1 / size, digits)).copy_sign(value)
        halvings = _halvings(size, digits)
        for _ in range(halvings):
            size /= 1 + (1 + size * size).sqrt()
        power = total = size
        n, square, least = 1, -size * size, size * unit(digits + GUARD)
        while power.copy_abs() > least:
            n += 2
            power *= square
            total += power / n
        return (total * (1 << halvings)).copy_sign(value)


def _reduced(value: Decimal, digits: int) -> tuple[int, Decimal]:
    """Return the quarter turn nearest to the angle, by its number modulo 4, and what is left of the angle."""
    if value.copy_abs() < Decimal("0.75"):
        return 0, value
    exponent, more = max(0, value.adjusted()), 0
    while True:
        precision = digits + GUARD + 4 + more + exponent
        with working(precision):
            quarter = pi_digits(precision) / 2
            turns = (value / quarter).to_integral_value()
            rest = turns.fma(-quarter, value)
        # The angle is no multiple of pi, so that this ends.
        cancelled = -rest.adjusted() if rest else 2 * more + digits
        if cancelled <= more + 2:
            return int(turns) % 4, rest
        more = cancelled


def sin_cos_digits(value: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    """Return the sine and the cosine of an angle other than 0."""
    quarter, rest = _reduced(value, digits)
    with working(digits + GUARD):
        rest = +rest
        if rest.adjusted() < -digits:
            # The next terms are the square of this; the square itself may be below every exponent.
            sine, cosine = rest, ONE
            return ((sine, cosine), (cosine, -sine), (-sine, -cosine), (-cosine, sine))[quarter]
        halvings = _halvings(rest, digits)
        # 1 - cos doubles its angle as 2v(2 - v), which loses nothing.
        square = (rest * rest) / (1 << 2 * halvings)
        term = versine = square / 2
        n, least = 2, versine * unit(digits + GUARD)
        while term.copy_abs() > least:
            term = -term * square / ((n + 1) * (n + 2))
            versine += term
            n += 2
        for _ in range(halvings):
            versine = 2 * versine * (2 - versine)
        sine, cosine = (versine * (2 - versine)).sqrt().copy_sign(rest), 1 - versine
        return ((sine, cosine), (cosine, -sine), (-sine, -cosine), (-cosine, sine))[quarter]


def _bell(size: Decimal, digits: int) -> Decimal:
    """Return exp(-size**2)."""
    with working(digits + 2 + 2 * max(0, size.adjusted() + 1)):
        square = size * size
    return exp_digits(square.copy_negate(), digits)


def _steps(size: Decimal, digits: int) -> float:
    """Return about how many steps the continued fraction of erfc takes."""
    return ((digits + GUARD) * LN10 / float(size)) ** 2 / 8 + 2


def _erf_series(size: Decimal, digits: int) -> Decimal:
    with working(digits + GUARD):
        size = +size
        doubled = 2 * size * size
        term = total = size
        n, least = 1, unit(digits + GUARD)
        # A term is less than half of the one before from here on, so that it bounds all that follow.
        settled = 2 * doubled
        while n + 2 < settled or term > total * least:
            n += 2
            term = term * doubled / n
            total += term
        return 2 * total * _bell(size, digits + GUARD - 4) / _root_of_pi(digits + GUARD)


def _erfc_fraction(size: Decimal, digits: int, steps: float) -> Decimal:
    # The true value lies between any two successive convergents: every element of the fraction is positive.
    with working(digits + GUARD):
        bell = _bell(size, digits + 4)
        size = +size
        above, below, last_above, last_below = size, ONE, ONE, Decimal(0)
        numerator, stride, least = Decimal(0), 1 + int(steps / 8), unit(digits + 5)
        while True:
            for _ in range(stride):
                numerator += HALF
                above, last_above = size * above + numerator * last_above, above
                below, last_below = size * below + numerator * last_below, below
            fraction = above / below
            if (fraction - last_above / last_below).copy_abs() < fraction * least:
                return bell / (fraction * _root_of_pi(digits + GUARD))


def erf_digits(value: Decimal, digits: int) -> Decimal:
    """Return the error function of a number below 10**9 in size."""
    size = value.copy_abs()
    lost = int(float(size) ** 2 / LN10)
    if lost > digits + 6:
        return ONE.copy_sign(value)
    rest = max(digits - lost, 0) + 4
    if size > HALF and (steps := _steps(size, rest)) < 2 * digits:
        with working(digits + GUARD):
            return (1 - _erfc_fraction(size, rest, steps)).copy_sign(value)
    return _erf_series(size, digits).copy_sign(value)


def erfc_digits(value: Decimal, digits: int) -> Decimal:
    """Return the complementary error function of a number below 10**9 in size."""
    if value < HALF:
        with working(digits + GUARD):
            return 1 - erf_digits(value, digits + 4)
    square = float(value) ** 2
    steps = _steps(value, digits)
    if steps < 2.7 * square + digits:
        return _erfc_fraction(value, digits, steps)
    # 1 - erf loses the digits that erfc lies below 1.
    precision = digits + int(square / LN10) + 6
    with working(precision + GUARD):
        return 1 - _erf_series(value, precision)
