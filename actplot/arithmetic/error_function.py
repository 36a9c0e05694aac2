"""exp(x²)·erfc(x), from which the error functions and the normal distribution follow without cancellation."""

from __future__ import annotations

from actplot.arithmetic.doubles import Doubles, constant, select
from actplot.arithmetic.tables import OCTAVE, quotient, scaled_erfc
from actplot.arrays import numpy as np

REACH = 13.9  # of the table; beyond it the asymptotic series serves
OF_TAYLOR = 2.0**-73  # relative, of what follows the leading terms
OF_ASYMPTOTE = 2.0**-78


def scaled_complement(x: Doubles) -> Doubles:
    """Return exp(x²)·erfc(x) for x of zero or more."""
    near = x.high <= REACH
    if near.all():
        return _by_taylor(x)
    if not near.any():
        return _by_asymptote(x)
    inside = select(near, x, constant(1.0))
    return select(near, _by_taylor(inside), _by_asymptote(select(near, constant(REACH), x)))


def _by_taylor(x: Doubles) -> Doubles:
    table = scaled_erfc()
    # The centres stand at the middles of intervals that are cut off by the leading bits of x + 2.
    bits = (x.high + 2.0).view(np.int64)
    at = np.clip((bits >> (52 - OCTAVE.bit_length() + 1)) - (1024 << (OCTAVE.bit_length() - 1)), 0, len(table.x) - 1)
    step = x + Doubles(-table.x[at])
    h = step.high
    tail = np.zeros_like(h)
    for coefficients in reversed(table.rest):
        tail = tail * h + coefficients[at]
    tail *= h
    total = Doubles(tail)
    for number, leading in enumerate(reversed(table.lead)):
        lead = Doubles(leading.high[at], leading.low[at])
        if number == 0:
            total = lead + total
        elif number <= 2:  # the highest orders need few digits more than a float64 has
            total = lead + Doubles(total.high * h)
        else:
            total = lead + total * step
    return total.with_error(total.size * OF_TAYLOR)


def _by_asymptote(x: Doubles) -> Doubles:
    inverse = constant(1.0) / x
    square = (inverse * inverse).times(-0.5)
    s = square.high
    tail = np.zeros_like(s)
    for n in range(20, 3, -1):
        tail = (tail + 1.0) * s * (2 * n - 1)
    third = constant(1.0) + square * constant(5.0) * (constant(1.0) + Doubles(tail))
    total = constant(1.0) + square * (constant(1.0) + square * constant(3.0) * third)
    found = total * inverse * constant(*_INVERSE_ROOT_PI)
    return found.with_error(found.size * OF_ASYMPTOTE)


_INVERSE_ROOT_PI = (0.5641895835477563, 7.66772980658294e-18)
TWO_OVER_ROOT_PI = (1.1283791670955126, 1.533545961316588e-17)


def erf_near(x: Doubles) -> Doubles:
    """Return erf(x)/x for |x| up to 1/8."""
    square = x * x
    s = square.high
    tail = np.zeros_like(s)
    for coefficient in (76204800, -6894720, 685440, -75600, 9360, -1320, 216, -42):
        tail = (tail + 1 / coefficient) * s
    third = quotient(-1, 3) + square * (quotient(1, 10) + Doubles(tail))
    found = (constant(1.0) + square * third) * constant(*TWO_OVER_ROOT_PI)
    return found.with_error(found.size * 2.0**-76)
