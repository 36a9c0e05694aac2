"""The normal distribution and the error function, which numpy lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_product, exact_square, exact_sum
from actplot.activations._stable.exponentials import exp_minus_square
from actplot.activations._stable.series import horner

if TYPE_CHECKING:
    from actplot.declaration import Array

FAR = 40.0  # the density there is zero in float64
_CENTRE = 4.0
INV_SQRT_2PI = 0.3989422804014327  # 1/√(2π)
INV_SQRT_2PI_LOW = -2.49232720227773e-17  # less its float64

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


@dataclass(frozen=True)
class NormalTail:
    """The tail Φ(-|x|) in pieces: bell·(above + rest)/below, where exp(-x²/2) is bell·(1 - excess).

    What is rounded is carried along in rest and excess, and enters at the end, in one rounding.
    """

    size: Array
    bell: Array
    excess: Array
    above: Array
    rest: Array
    below: Array

    def density(self) -> Array:
        """Return exp(-x²/2)."""
        return self.bell - self.bell * self.excess

    def probability(self) -> Array:
        """Return Φ(-|x|)."""
        return self.bell * (self.above + (self.rest - self.excess * self.above)) / self.below

    def moment(self) -> Array:
        """Return |x|·Φ(-|x|)."""
        lead, error = exact_product(self.size, self.above)
        return self.bell * ((lead + (error + self.size * (self.rest - self.excess * self.above))) / self.below)

    def less_density(self, times: float, extra: Array | float = 0.0, damping: Array | float = 0.0) -> Array:
        """Return (1 - damping)·((times + extra)·Φ(-|x|) - \\|x\\|·φ(x)), whose terms cancel in part."""
        y, y_error = exact_product(self.size, INV_SQRT_2PI)
        z, z_error = exact_product(y, self.below)
        lead = times * self.above - z
        rest = times * self.rest - z_error - (y_error + INV_SQRT_2PI_LOW * self.size) * self.below
        rest = rest + extra * self.above
        return self.bell * (lead + (rest - (self.excess + damping) * (lead + rest))) / self.below


def normal_tail(x: Array, low: Array | float = 0.0) -> NormalTail:
    """Return the tail beyond x + low, where low is no more than the rounding of x."""
    size = np.minimum(np.abs(x), FAR)
    low = np.sign(x) * low
    square, error = exact_square(size)
    return NormalTail(size, np.exp(-0.5 * square), 0.5 * error + size * low, *_mills(size, low))


def _mills(x: Array, low: Array | float = 0.0) -> tuple[Array, Array, Array]:
    """Return above, rest and below with Φ(-x)·exp(x²/2) = (above + rest)/below at x + low, for 0 ≤ x ≤ 40."""
    below = x + _CENTRE
    # At the point whose sum with 4 is below, t has one rounding only; from there to x + low goes a tangent.
    t = (below - 2.0 * _CENTRE) / below
    above, rest = exact_sum(MILLS[0], t * horner(t, MILLS[1:]))
    gap = (x - (below - _CENTRE)) + low
    return above, rest - gap * (INV_SQRT_2PI * below - x * above), below


def normal(x: Array, low: Array | float = 0.0) -> tuple[Array, Array]:
    """Return Φ(x + low) and exp(-(x + low)²/2), of which the density is a multiple, down to underflow."""
    tail = normal_tail(x, low)
    probability = tail.probability()
    return np.where(x < 0, probability, 1.0 - probability), tail.density()


def erfc(x: Array) -> Array:
    """Return 1 - erf(x), accurate down to underflow."""
    tail = exp_minus_square(x) * _erfcx(x)
    return np.where(x < 0, 2.0 - tail, tail)


def _erfcx(x: Array) -> Array:
    """Return erfc(|x|)·exp(x²)."""
    above, rest, below = _mills(np.minimum(np.abs(x), 28.0) * math.sqrt(2.0))  # exp(-28²) is zero in float64
    return 2.0 * ((above + rest) / below)


_ERF = [2.0 / math.sqrt(math.pi) * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(13)]


def erf(x: Array) -> tuple[Array, Array]:
    """Return erf(x) and exp(-x²), of which its derivative is a multiple."""
    small = np.clip(x, -0.5, 0.5)
    bell = exp_minus_square(x)
    outer = np.copysign(1.0 - bell * _erfcx(x), x)
    # 1 - erfc(x) cancels near zero, where Maclaurin's series needs no exponential.
    return np.where(np.abs(x) < 0.5, small * horner(small * small, _ERF), outer), bell
