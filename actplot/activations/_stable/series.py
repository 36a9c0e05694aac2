"""Polynomials, and the functions that need one near zero because their closed form cancels there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actplot.declaration import Array


def horner(x: Array, coefficients: Sequence[Array | float]) -> Array:
    """Return the polynomial with these coefficients, constant term first."""
    total = x * coefficients[-1]
    total += coefficients[-2]
    for coefficient in coefficients[-3::-1]:
        total *= x
        total += coefficient
    return total


_EXPM1_LESS_X = [1 / math.factorial(n) for n in range(2, 10)]


def expm1_less_x(x: Array) -> Array:
    """Return exp(x) - 1 - x for |x| up to 1/64, from its series: the terms that cancel are left out."""
    return x * x * horner(x, _EXPM1_LESS_X)


_SINH_LESS_X = [1 / math.factorial(n) for n in range(3, 29, 2)]


def sinh_excess(x: Array, terms: int = 13) -> Array:
    """Return sinh(x)/x - 1 for |x| up to 2, or up to 0.4 with 6 terms of its series: near zero it is x²/6."""
    square = x * x
    return square * horner(square, _SINH_LESS_X[:terms])


_COSH_LESS_1 = [1 / math.factorial(n) for n in range(2, 20, 2)]


def cosh_less_1(x: Array) -> Array:
    """Return cosh(x) - 1 for |x| up to 1, from its series."""
    square = x * x
    return square * horner(square, _COSH_LESS_1)


@cache
def _lambert(first: int, last: int) -> tuple[list[int], list[int]]:
    """Return the coefficients in x² of A and B, where A/B = first + x²/(first + 2 + x²/(… + x²/last))."""
    above, below = [last], [1]
    for odd in range(last - 2, first - 1, -2):
        longer = [odd * a for a in above] + [0] * (len(below) + 1 - len(above))
        for power, b in enumerate(below, start=1):
            longer[power] += b
        above, below = longer, above
    return above, below


def x_minus_tanh(x: Array, last: int = 23) -> Array:
    """Return x - tanh(x) for |x| up to 1.5, or up to 0.2 with 11 for the last odd number of the fraction.

    Near zero it cancels to x³/3. There tanh(x) = x/(1 + x²/(3 + x²r)) with Lambert's continued fraction
    r = 1/(5 + x²/(7 + …)), so that x - tanh(x) = x³/(3 + x²(1 + r)), where nothing cancels.
    """
    above, below = _lambert(5, last)
    square = x * x
    r = horner(square, below) / horner(square, above)
    return x * square / (3.0 + square * (1.0 + r))
