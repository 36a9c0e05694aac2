"""The elementary functions of plain Decimals, and the bounds that they give.

A kernel has ten digits in its context more than are wanted. It loses fewer than seven of them to its roundings and to
the terms that it leaves out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Context, Decimal, Inexact, getcontext
from functools import lru_cache

from actplot.arithmetic.digits import INFINITE, Digits, Open, working

GUARD = 10
SMALL, CANCELLED = Decimal("1e-6"), 6  # below this size a power series is cheap, above it few digits cancel
MANY = 100  # digits, from which on whole numbers are faster than Decimals
TINIEST, FARTHEST = Decimal("1e-15"), Decimal("1e15")  # arguments of the exponential


def around(value: Decimal, spread: Decimal = Decimal(0)) -> Digits:
    """Return what lies within the spread of a value from a kernel, in the kernel's context."""
    error = (value.copy_abs() + spread).scaleb(GUARD - 3 - getcontext().prec) + spread
    return Digits(value - error, value + error)


def monotone(kernel: Callable[[Decimal], Decimal], number: Digits) -> Digits:
    """Return the value of a kernel that rises or falls throughout."""
    if number.low.is_nan():
        return number
    results = []
    width = number.high - number.low
    narrow = kernel in _STEEPEST and 0 < width < number.low.copy_abs().min(1).scaleb(-1)
    for end in (number.low,) if narrow or number.exact else (number.low, number.high):
        with working(getcontext().prec + GUARD) as context:
            value = kernel(end)
            # What leaves the exponents is one bound of a wide number.
            exact = value.is_infinite() or _is_exact(kernel, end, context)
            results.append(Digits(value) if exact else around(value))
            if narrow:
                results.append(Digits(results[0].high, results[0].high + width * _STEEPEST[kernel](end, value)))
    return Digits(min(result.low for result in results), max(result.high for result in results))


def _is_exact(kernel: Callable[[Decimal], Decimal], x: Decimal, context: Context) -> bool:
    """Say whether a kernel has just found a value that needs no more digits."""
    if kernel is Decimal.sqrt:
        return not context.flags[Inexact]
    return kernel in _EXACT_AT and (x.is_infinite() or x == _EXACT_AT[kernel])


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


@lru_cache(maxsize=64)
def _ln10_of(digits: int) -> Decimal:
    with working(digits):
        return Decimal(10).ln()


def exp(x: Decimal) -> Decimal:
    """Return the exponential."""
    digits = getcontext().prec
    if digits < MANY or not TINIEST < x.copy_abs() < FARTHEST:
        return x.exp()
    more = digits + GUARD + max(0, x.adjusted())
    with working(more):
        ln10 = _ln10_of(100 * (more // 100 + 1))
        scale = (x / ln10).to_integral_value()
        rest = scale.fma(-ln10, x)
    # Halved so often, few terms are left, and each doubling of the result doubles what was lost.
    halvings = math.isqrt(3 * digits)
    bits = 10 * digits // 3 + 4 * GUARD + halvings
    one = 1 << bits
    with working(digits + GUARD + halvings):
        small = int(rest * one) >> halvings
    total, term, k = one, one, 1
    while term not in (0, -1):
        term = (term * small >> bits) // k
        total += term
        k += 1
    for _ in range(halvings):
        total = total * total >> bits
    return (Decimal(total) / one).scaleb(int(scale))


def log(x: Decimal) -> Decimal:
    """Return the natural logarithm: a third of the digits, and one step of Halley's from there."""
    digits = getcontext().prec
    if digits < 3 * MANY or not 0 < x < INFINITE or x == 1:
        return x.ln()
    near = max(0, -(x - 1).adjusted())  # digits of the exponential that are those of 1
    if near > digits:
        return x.ln()
    with working(digits // 3 + 2 * GUARD):
        start = x.ln()
    with working(digits + GUARD + near):
        grown = exp(start)
        return start + 2 * (x - grown) / (x + grown)


def expm1(x: Decimal) -> Decimal:
    """Return the exponential less 1."""
    if x.copy_abs() < SMALL:
        return _series(+x, lambda term, k: term * x / (k + 1))
    with working(getcontext().prec + CANCELLED):
        return exp(x) - 1


def log1p(x: Decimal) -> Decimal:
    """Return the logarithm of 1 + x, which is positive."""
    if x.copy_abs() < SMALL:
        return _series(+x, lambda term, k: -term * x * k / (k + 1))
    with working(getcontext().prec + CANCELLED):
        return log(1 + x)


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
    # Whole numbers are faster than Decimals, and every term is positive: what each loses is next to nothing of the sum.
    bits = 10 * getcontext().prec // 3 + 2 * GUARD
    one = 1 << bits
    ratio = int(2 * square * one)
    total, term, k = one, one, 1
    while term:
        term = (term * ratio >> bits) // (2 * k + 1)
        total += term
        k += 1
    return 2 * x * (Decimal(total) / one) * exp(-square) / pi().sqrt()


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


_EXACT_AT: dict[Callable[[Decimal], Decimal], Decimal] = {exp: Decimal(0), log: Decimal(1)}  # and at infinity
# How steep a kernel is at most, to a narrow number that begins at x: no more than a few roundings away from the truth.
_STEEPEST: dict[Callable[[Decimal], Decimal], Callable[[Decimal, Decimal], Decimal]] = {
    exp: lambda x, value: 2 * value,
    log: lambda x, value: 2 / x,
    Decimal.sqrt: lambda x, value: 1 / value,
    expm1: lambda x, value: 2 * (1 + value),
    log1p: lambda x, value: 2 / (1 + x),
    atan: lambda x, value: 2 / (1 + x * x),
}
