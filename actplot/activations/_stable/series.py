"""Polynomials, and the functions that need one near zero because their closed form cancels there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np

if TYPE_CHECKING:
    from actplot.declaration import Array


def horner(x: Array, coefficients: Sequence[float]) -> Array:
    """Return the polynomial with these coefficients, constant term first."""
    total = np.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= x
        total += coefficient
    return total


_EXPM1_LESS_X = [1 / math.factorial(n) for n in range(2, 10)]


def expm1_less_x(x: Array) -> Array:
    """Return exp(x) - 1 - x for \\|x\\| up to 1/64, from its series: the terms that cancel are left out."""
    return x * x * horner(x, _EXPM1_LESS_X)


_SINH_LESS_X = [1 / math.factorial(n) for n in range(3, 29, 2)]


def sinh_excess(x: Array) -> Array:
    """Return sinh(x)/x - 1 for \\|x\\| up to 2, from its series: near zero it is x²/6."""
    square = x * x
    return square * horner(square, _SINH_LESS_X)


@cache
def _lambert(last: int) -> tuple[list[int], list[int]]:
    """Return the coefficients in x² of A and B, where A/B = 3 + x²/(5 + x²/(7 + … + x²/last))."""
    above, below = [last], [1]
    for odd in range(last - 2, 1, -2):
        longer = [odd * a for a in above] + [0]
        for power, b in enumerate(below, start=1):
            longer[power] += b
        above, below = longer[: max(len(above), len(below) + 1)], above
    return above, below


def x_minus_tanh(x: Array) -> Array:
    """Return x - tanh(x).

    Near zero the difference cancels to x³/3. There tanh(x) = x/(1 + q) with Lambert's continued fraction
    q = x²/(3 + x²/(5 + …)), and x - tanh(x) = x·q/(1 + q), a quotient of polynomials with positive terms only.
    """
    above, below = _lambert(23)
    small = np.clip(x, -1.5, 1.5)
    square = small * small
    q_above = square * horner(square, below)
    q = q_above / (q_above + horner(square, above))
    return np.where(np.abs(x) < 1.5, small * q, x - np.tanh(x))
