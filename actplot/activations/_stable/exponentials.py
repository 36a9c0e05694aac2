"""Exponentials and logistics that keep every digit in both tails."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_sum, fine_product, fine_square
from actplot.activations._stable.series import expm1_less_x

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair

# exp(-750) is zero in float64, so beyond this nothing that is damped by an exponential changes any more.
EXTINCT = 750.0


def product(x: Array, vanishing: Array | float) -> Array:
    """Return x·vanishing where a factor that reached zero wins over an infinite x."""
    if isinstance(vanishing, float):
        return x * vanishing if vanishing else np.zeros_like(x)
    with np.errstate(invalid="ignore"):  # inf·0, which is not used
        return np.where(vanishing == 0, 0.0, x * vanishing)


def decay(x: Array) -> Array:
    """Return exp(-|x|), in (0, 1]: neither tail overflows, and both keep every digit."""
    size = np.abs(x)
    return np.exp(np.negative(size, out=size))


def scaled_decay(x: Array, factor: float) -> tuple[Array, Array, Array | float]:
    """Return z = factor·x, held where exp(-|z|) is zero, with t = exp(-|z|) and the rounding error of z.

    That error alone would cost |z| units in the last place of t.
    """
    limit = 2 * EXTINCT / max(abs(factor), 1e-100)
    held = np.clip(x, -limit, limit)
    if math.frexp(factor)[0] == 0.5:  # a power of two: the product is exact
        z = held if factor == 1.0 else factor * held
        return z, decay(z), 0.0
    z, error = fine_product(held, factor)
    return z, decay(z), error


def logistic(x: Array) -> Pair:
    """Return 1/(1 + exp(-x)) and its derivative."""
    t = decay(x)
    return np.where(x >= 0, 1.0, t) / (1.0 + t), logistic_slope(t)


def logistic_slope(t: Array) -> Array:
    """Return the derivative of the logistic from t = decay(x); s·(1 - s) would lose every digit for large x."""
    return t / (1.0 + t * (2.0 + t))


def tanh_slope(x: Array) -> Array:
    """Return 1 - tanh(x)², which written so would lose every digit beyond |x| = 19."""
    return 4.0 * logistic_slope(np.exp(-2.0 * np.abs(x)))


def exp_minus_square(x: Array, scale: float = 1.0) -> Array:
    """Return exp(-scale·x²) for a scale that is a power of two.

    The rounding of x² alone would cost x²/2 units in the last place; its error is carried along instead.
    """
    square, error = fine_square(np.clip(x, -40.0, 40.0))
    bell = np.exp(-scale * square)
    return bell - bell * (scale * error)


_STEPS = 32  # to the unit, in the table of exponentials
_LOW, _HIGH = -40, 7


@cache
def _exponentials() -> tuple[Array, Array]:
    """Return exp(n/_STEPS) for -40 ≤ n/_STEPS ≤ 7 as double-doubles, from integers of 200 bits."""
    one = 1 << 200
    step, term, n = 0, one, 0
    while term:
        step += term
        n += 1
        term //= _STEPS * n
    powers = [one]
    for _ in range(_HIGH * _STEPS):
        powers.append(powers[-1] * step >> 200)
    inverses = [one]
    for _ in range(-_LOW * _STEPS):
        inverses.append((inverses[-1] << 200) // step)
    values = inverses[:0:-1] + powers
    high = [value / one for value in values]
    low = [(value - int(math.ldexp(h, 200))) / one for value, h in zip(values, high, strict=True)]
    return np.array(high), np.array(low)


def exp_both(x: Array) -> tuple[Array, Array]:
    """Return exp(x) as a double-double good to 2**-62 for -40 ≤ x ≤ 7; beyond, exp(-40) and exp(7).

    The nearest entry of a table takes the most of it, and its product with the rest r is taken exactly.
    """
    held = np.fmax(np.fmin(x, _HIGH), _LOW)  # unlike clip, these find a place for NaN
    nearest = np.rint(held * _STEPS)
    r = held - nearest / _STEPS
    at = nearest.astype(np.int64) - _LOW * _STEPS
    table_high, table_low = _exponentials()
    high, low = table_high[at], table_low[at]
    linear, linear_error = fine_product(high, r)
    total, error = exact_sum(high, linear)
    total, sum_error = exact_sum(total, high * expm1_less_x(r))
    return total, sum_error + (error + linear_error + (low + low * r))


def exp_fine(x: Array) -> tuple[Array, Array]:
    """Return exp(x) for x ≤ 0 as a double-double whose error is a rounding of exp(x) or of exp(x) - 1, the smaller."""
    near = x > -math.log(2.0)
    high, low = exact_sum(1.0, np.expm1(np.where(near, x, 0.0)))
    return np.where(near, high, np.exp(x)), np.where(near, low, 0.0)
