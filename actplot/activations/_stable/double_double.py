"""Double-doubles: a number as the unevaluated sum of two float64, about 106 bits.

An exponential turns the absolute error of its argument into relative error, so a product rounded to 53 bits
costs hundreds of units in the last place in the tails. These give the rounding error too (Dekker 1971).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np

if TYPE_CHECKING:
    from actplot.declaration import Array

_SPLITTER = 134217729.0  # 2**27 + 1 parts 53 bits into two halves, whose products with one another are exact


def exact_sum(a: Array | float, b: Array | float) -> tuple[Array, Array]:
    """Return a + b rounded, and its rounding error; both finite."""
    total: Array = np.add(a, b)
    rest = total - a
    return total, (a - (total - rest)) + (b - rest)


def exact_product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """Return a·b rounded, and its rounding error; for sizes below 1e300 before and after."""
    product = a * b
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    error = a_high * b_high - product
    error += a_high * b_low
    error += a_low * b_high
    error += a_low * b_low
    return product, error


def fine_square(a: Array) -> tuple[Array, Array]:
    """Return a² rounded, and its rounding error to 2**-75 of it, for |a| < 1e150."""
    square, high = a * a, _leading(a)
    return square, (high * high - square) + (a - high) * (a + high)


def fine_product(a: Array, b: Array | float) -> tuple[Array, Array]:
    """Return a·b rounded, and its rounding error to 2**-75 of it, for sizes below 1e300 after."""
    product, a_high = a * b, _leading(a)
    b_high = _leading(b) if isinstance(b, np.ndarray) else _halves(float(b))[0]
    error = a_high * b_high - product
    error += a_high * (b - b_high)
    error += (a - a_high) * b
    return product, error


def remainder(a: Array, b: Array | float, ratio: Array) -> Array:
    """Return a/b - ratio for a rounded ratio."""
    product, error = fine_product(ratio, b)
    return ((a - product) - error) / b


def quotient(a: Array, a_low: Array | float, b: Array, b_low: Array | float) -> Array:
    """Return (a + a_low)/(b + b_low), each a double-double, with hardly more than one rounding."""
    ratio = a / b
    return ratio + (remainder(a, b, ratio) + (a_low - ratio * b_low) / b)


def short_quotient(a: Array, a_low: Array | float, b: Array, b_low: Array | float) -> Array:
    """Return (a + a_low)/(b + b_low), each a double-double, with two roundings, at half the cost of `quotient`."""
    return (a + (a_low - a / b * b_low)) / b


def sums_quotient(scale: Array, a: Array, a_more: Array, b: Array | float, b_more: Array) -> Array:
    """Return scale·(a + a_more)/(b + b_more) of plain float64, with the rounding of neither sum."""
    above, above_error = exact_sum(a, a_more)
    below, below_error = exact_sum(b, b_more)
    ratio = scale * above / below
    return ratio + (scale * above_error - ratio * below_error) / below


def nested(t: Array, a: Array | float, b: Array | float, c: Array) -> tuple[Array, Array]:
    """Return a + t·(b + c) of plain float64 as a double-double."""
    inner, inner_error = exact_sum(b, c)
    bend, bend_error = fine_product(t, inner)
    total, error = exact_sum(a, bend)
    return total, error + bend_error + t * inner_error


def over_square(a: tuple[Array, Array], b: tuple[Array, Array]) -> Array:
    """Return a/b² for double-doubles a and b, with hardly more than two roundings."""
    below, below_error = fine_square(b[0])
    return short_quotient(*a, below, below_error + 2.0 * b[0] * b[1])


_LEADING = -(1 << 27)  # the sign, the exponent and the first 26 bits of a float64


def _leading(a: Array) -> Array:
    """Return a cut off after 26 bits, so that products with its like are exact."""
    return (a.view(np.int64) & _LEADING).view(np.float64)


def _halves(a: Array | float) -> tuple[Array | float, Array | float]:
    scaled = a * _SPLITTER
    high = scaled - (scaled - a)
    return high, a - high
