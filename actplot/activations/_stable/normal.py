"""The normal distribution and the error function, which numpy lacks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.exponentials import exp_minus_square
from actplot.activations._stable.series import horner

if TYPE_CHECKING:
    from actplot.declaration import Array

FAR = 40.0  # the density there is zero in float64
_CENTRE = 4.0
_INV_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)

# (x + 4)·Φ(-x)·exp(x²/2) as a polynomial in t = (x - 4)/(x + 4): the Chebyshev series over 0 ≤ x ≤ 40, where that
# product runs slowly from 2 to 0.44, cut after degree 22 (what is left is 2e-17 of it) and written in powers of t.
MILLS = (
    0.7552851304157515,
    -0.6078966419718917,
    0.38713740074221914,
    -0.18652185795969242,
    0.06039657489068552,
    -0.007540188965648078,
    -0.0034796923619626855,
    0.001630818442720791,
    0.00013334425123984387,
    -0.00023109482540061889,
    -1.9078511505373103e-06,
    3.514421814408921e-05,
    7.149560534099624e-07,
    -5.919015209412098e-06,
    -6.250416385427661e-07,
    1.02006245227217e-06,
    2.636049859619469e-07,
    -1.545960561267951e-07,
    -7.638780071099257e-08,
    1.4819187205366758e-08,
    1.3986583157423724e-08,
    -1.6904895990737818e-12,
    -9.980506307421181e-10,
)


def mills(x: Array) -> Array:
    """Return Φ(-x)·exp(x²/2) for x ≥ 0: what remains of the tail once the exponential is taken out.

    It is smooth and changes slowly, so it keeps its digits wherever x is only good to 53 bits.
    """
    held = np.minimum(x, FAR)
    below = held + _CENTRE
    return horner((held - _CENTRE) / below, MILLS) / below


def normal(x: Array) -> tuple[Array, Array]:
    """Return Φ(x) and its derivative, the density, both accurate down to underflow."""
    bell = exp_minus_square(x, 0.5)
    tail = bell * mills(np.abs(x))
    return np.where(x < 0, tail, 1.0 - tail), _INV_SQRT_2PI * bell


def erfc(x: Array) -> Array:
    """Return 1 - erf(x), accurate down to underflow."""
    tail = 2.0 * exp_minus_square(x) * mills(np.minimum(np.abs(x), FAR) * math.sqrt(2.0))
    return np.where(x < 0, 2.0 - tail, tail)


_ERF = [2.0 / math.sqrt(math.pi) * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(13)]


def erf(x: Array) -> tuple[Array, Array]:
    """Return erf(x) and exp(-x²), of which its derivative is a multiple."""
    small = np.clip(x, -0.5, 0.5)
    bell = exp_minus_square(x)
    size = np.minimum(np.abs(x), FAR)
    outer = np.copysign(1.0 - 2.0 * bell * mills(math.sqrt(2.0) * size), x)
    # 1 - erfc(x) cancels near zero, where Maclaurin's series needs no exponential.
    return np.where(np.abs(x) < 0.5, small * horner(small * small, _ERF), outer), bell
