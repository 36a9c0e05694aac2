"""The elementary functions of plain Decimals, and the bounds that they give.

A kernel has ten digits in its context more than are wanted. It loses fewer than seven of them to its roundings and to
the terms that it leaves out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, Inexact, getcontext
from functools import lru_cache

from actplot.arithmetic.digits import INFINITE, Digits, Open, working

GUARD = 10
SMALL, CANCELLED = Decimal("1e-6"), 6  # below this size a power series is cheap, above it few digits cancel
ROUNDED_ONCE = (Decimal.exp, Decimal.ln, Decimal.sqrt)


def around(value: Decimal, spread: Decimal = Decimal(0)) -> Digits:
    """Return what lies within the spread of a value from a kernel, in the kernel's context."""
    error = (value.copy_abs() + spread).scaleb(GUARD - 3 - getcontext().prec) + spread
    return Digits(value - error, value + error)


def monotone(kernel: Callable[[Decimal], Decimal], number: Digits) -> Digits:
    """Return the value of a kernel that rises or falls throughout."""
    if number.low.is_nan():
        return number
    results = []
    for end in (number.low,) if number.exact else (number.low, number.high):
        with working(getcontext().prec + GUARD) as context:
            value = kernel(end)
            # What leaves the exponents is one bound of a wide number.
            exact = value.is_infinite() or (kernel in ROUNDED_ONCE and not context.flags[Inexact])
            results.append(Digits(value) if exact else around(value))
    return Digits(min(result.low for result in results), max(result.high for result in results))


def _series(first: Decimal, following: Callable[[Decimal, int], Decimal]) -> Decimal:
    """Return the sum of a first term and of the k-th ones that follow, until they are too small to count."""
    total = term = first
    k, digits = 1, getcontext().prec
    while term and term.adjusted() >= total.adjusted() - digits:
        term = following(term, k)
        total += term
        k += 1
    return total


@lru_cache(maxsize=64)
def _pi_of(digits: int) -> Decimal:
    with working(digits):
        # Six times the arc sine of a half.
        return _series(Decimal(3), lambda term, k: term * (2 * k - 1) ** 2 / (8 * k * (2 * k + 1)))


def pi() -> Decimal:
    """Return pi."""
    return _pi_of(100 * (getcontext().prec // 100 + 1))


def expm1(x: Decimal) -> Decimal:
    """Return the exponential less 1."""
    if x.copy_abs() < SMALL:
        return _series(+x, lambda term, k: term * x / (k + 1))
    with working(getcontext().prec + CANCELLED):
        return x.exp() - 1


def log1p(x: Decimal) -> Decimal:
    """Return the logarithm of 1 + x, which is positive."""
    if x.copy_abs() < SMALL:
        return _series(+x, lambda term, k: -term * x * k / (k + 1))
    with working(getcontext().prec + CANCELLED):
        return (1 + x).ln()


def atan(x: Decimal) -> Decimal:
    """Return the arc tangent."""
    if x.copy_abs() > 1:
        return (pi() / 2).copy_sign(x) - atan(1 / x)
    halvings = math.isqrt(getcontext().prec)
    for _ in range(halvings):
        x = x / (1 + (1 + x * x).sqrt())
    ratio = x * x / (1 + x * x)
    series = _series(x / (1 + x * x), lambda term, k: term * ratio * (2 * k) / (2 * k + 1))
    return series * (1 << halvings)


def sin_cos(x: Decimal) -> tuple[Decimal, Decimal]:
    """Return the sine and the cosine; raise ``Open`` right beside a multiple of a quarter turn."""
    return _sin_cos_of(x, getcontext().prec)


@lru_cache(maxsize=64)  # whoever asks for the one often asks for the other
def _sin_cos_of(x: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    with working(2 * digits + max(0, x.adjusted())):
        turns = (2 * x / pi()).to_integral_value()
        rest = turns.fma(-pi() / 2, x)
    if turns and rest.adjusted() < -digits:
        raise Open
    halvings = math.isqrt(digits)
    square = rest * rest / (1 << 2 * halvings)
    # 1 - cos doubles its angle as 2v(2 - v), which loses nothing.
    versine = _series(square / 2, lambda term, k: -term * square / ((2 * k + 1) * (2 * k + 2)))
    for _ in range(halvings):
        versine = 2 * versine * (2 - versine)
    # The square itself may be below every exponent.
    sine = rest if rest.adjusted() < -digits else (versine * (2 - versine)).sqrt().copy_sign(rest)
    return ((sine, 1 - versine), (1 - versine, -sine), (-sine, versine - 1), (versine - 1, sine))[int(turns) % 4]


def erf(x: Decimal) -> Decimal:
    """Return the error function."""
    square = x * x
    if square > 3 * getcontext().prec:
        return Decimal(1).copy_sign(x)
    series = _series(+x, lambda term, k: term * square * 2 / (2 * k + 1))
    return 2 * series * (-square).exp() / pi().sqrt()


def scaled_erfc(x: Decimal) -> Decimal:
    """Return erfc(x)·exp(x²) of a large number, by its continued fraction."""
    digits = getcontext().prec
    steps = 10 + digits // 20 + int((digits / float(x)) ** 2)
    while True:
        # Whatever the fraction goes on with is more than x.
        low, high = x, INFINITE
        for half in (Decimal(k) / 2 for k in range(steps, 0, -1)):
            low, high = x + half / low, x + half / high
        if x.is_infinite() or (high - low).copy_abs() <= low.scaleb(5 - digits):
            return 1 / (low * pi().sqrt())
        steps *= 2
