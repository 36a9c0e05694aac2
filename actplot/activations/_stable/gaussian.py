"""The normal distribution and the error function, which numpy lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_sum, fine_product, fine_square, quotient, remainder
from actplot.activations._stable.exponentials import exp_minus_square
from actplot.activations._stable.pieces import pieces
from actplot.activations._stable.series import horner

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair

FAR = 40.0  # the density there is zero in float64
INV_SQRT_2PI = 0.3989422804014327  # 1/√(2π)
INV_SQRT_2PI_LOW = -2.49232720227773e-17  # less its float64

# (x + c)·Φ(-x)·exp(x²/2), with c = 4.25, as a polynomial in t = (x - c)/(x + c): its Chebyshev series over
# 0 ≤ x ≤ 40, where it runs slowly from 2.1 to 0.44, cut after degree 22 (what is left is below 1e-17 of it) and
# written in powers of t. This c makes the rounded coefficients good to 1.3 roundings over the whole range.
CENTRE = 4.25
MILLS = (
    0.7595542082672071,
    -0.6251297770834486,
    0.41822752582253175,
    -0.2205160174527886,
    0.0852720761455526,
    -0.01935832407770107,
    -0.000745337942019668,
    0.0021493826866899736,
    -0.00040445623828480896,
    -0.000192122978661614,
    7.800538244160827e-05,
    2.0648958768072533e-05,
    -1.2619548862985894e-05,
    -3.1965603208185172e-06,
    2.0034677368569896e-06,
    6.771620084986474e-07,
    -2.96497143887256e-07,
    -1.5969503024203297e-07,
    3.125044826466468e-08,
    3.3621532217304196e-08,
    1.1323849300808284e-09,
    -4.385952772634269e-09,
    -1.0468967378456529e-09,
)


@dataclass(frozen=True)
class NormalTail:
    """The tail Φ(-|x|) in pieces: bell·ratio/below, where exp(-x²/2) is bell·(1 - excess) and ratio a double-double.

    What is rounded is carried along in excess and ratio, and enters at the end, in one rounding.
    """

    size: Array
    bell: Array
    excess: Array
    ratio: tuple[Array, Array]
    below: Array

    def density(self) -> Array:
        """Return exp(-x²/2)."""
        return self.bell - self.bell * self.excess

    def plain(self, pair: tuple[Array, Array]) -> Array:
        """Return exp(-x²/2)·pair/below with a rounding for the quotient and one for the product."""
        lead, rest = pair
        return self.bell * ((lead + (rest - self.excess * lead)) / self.below)

    def value(
        self,
        pair: tuple[Array, Array],
        weight: tuple[Array, Array | float] | None = None,
        damping: Array | float = 0.0,
    ) -> Array:
        """Return weight·(1 - damping)·exp(-x²/2)·pair/below; for the pair ``ratio`` this is Φ(-|x|), weighted."""
        lead, rest = pair
        rest = rest - (self.excess + damping) * (lead + rest)
        if weight is not None:
            product, error = fine_product(lead, weight[0])
            lead, rest = product, error + lead * weight[1] + rest * weight[0]
        return self.bell * quotient(lead, rest, self.below, 0.0)

    def less_density(self, times: float, extra: Array | float = 0.0) -> tuple[Array, Array]:
        """Return the pair whose value is (times + extra)·Φ(-|x|) - |x|·φ(x): these two cancel in part."""
        above, rest = self.ratio
        y, y_error = fine_product(self.size, INV_SQRT_2PI)
        z, z_error = fine_product(y, self.below)
        lead, lead_error = exact_sum(times * above, -z)
        y_error = y_error + INV_SQRT_2PI_LOW * self.size
        return lead, lead_error + times * rest - z_error - y_error * self.below + extra * above


def normal_tail(x: Array, low: Array | float = 0.0) -> NormalTail:
    """Return the tail beyond x + low, where low is no more than the rounding of x."""
    size = np.minimum(np.abs(x), FAR)
    low = np.sign(x) * low
    square, error = fine_square(size)
    above, rest, below = _mills(size, low)
    return NormalTail(size, np.exp(-0.5 * square), 0.5 * error + size * low, (above, rest), below)


def _mills(x: Array, low: Array | float = 0.0) -> tuple[Array, Array, Array]:
    """Return above, rest and below with Φ(-x)·exp(x²/2) = (above + rest)/below at x + low, for 0 ≤ x ≤ 40."""
    below = x + CENTRE
    t = (below - 2.0 * CENTRE) / below
    t_error = remainder(below - 2.0 * CENTRE, below, t)
    lead, error = fine_product(t, horner(t, MILLS[1:]))
    above, rest = exact_sum(MILLS[0], lead)
    # Two tangents lead from where the polynomial was taken to x + low: along t to x', whose sum with c is below,
    # and from x' on.
    tangent = x * above - INV_SQRT_2PI * below
    rest = rest + error + t_error * (0.5 / CENTRE * below) * (above + below * tangent)
    return above, rest + ((x - (below - CENTRE)) + low) * tangent, below


def plain_ratio(x: Array) -> Array:
    """Return Φ(-x)·exp(x²/2) for 0 ≤ x ≤ 40 in plain float64, good to some 3 units in the last place.

    That is enough where the tail is only taken from something larger.
    """
    below = x + CENTRE
    ratio = horner((below - 2.0 * CENTRE) / below, MILLS)
    ratio /= below
    return ratio


def normal_left(x: Array, low: Array | float = 0.0) -> Pair:
    """Return Φ(x + low) and exp(-(x + low)²/2) for x < 0, down to underflow."""
    tail = normal_tail(x, low)
    return tail.plain(tail.ratio), tail.density()


def normal_right(x: Array, low: Array | float = 0.0) -> Pair:
    """Return Φ(x + low) and exp(-(x + low)²/2) for x ≥ 0."""
    held = np.minimum(x, FAR)
    square, error = fine_square(held)
    bell = np.exp(-0.5 * square)
    density = bell - bell * (0.5 * error + held * low)
    return 1.0 - density * plain_ratio(held), density


def normal_middle(x: Array) -> Pair:
    """Return Φ(x) - 1/2 and exp(-x²/2) for |x| up to 1, in plain float64, by Maclaurin's series."""
    square = x * x
    return x * horner(square, _PHI), np.exp(-0.5 * square)


_PHI = [INV_SQRT_2PI * (-0.5) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(14)]


def normal(x: Array) -> Pair:
    """Return Φ(x) and exp(-x²/2), of which the density is a multiple, down to underflow."""
    return pieces(x, (0.0,), normal_left, normal_right)


def erfc(x: Array) -> Array:
    """Return 1 - erf(x), accurate down to underflow."""
    tail = exp_minus_square(x) * _erfcx(x)
    return np.where(x < 0, 2.0 - tail, tail)


def _erfcx(x: Array) -> Array:
    """Return erfc(|x|)·exp(x²)."""
    above, rest, below = _mills(np.minimum(np.abs(x), 28.0) * math.sqrt(2.0))  # exp(-28²) is zero in float64
    return 2.0 * ((above + rest) / below)


_ERF = [2.0 / math.sqrt(math.pi) * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in range(17)]


def erf(x: Array) -> Pair:
    """Return erf(x) and exp(-x²), of which its derivative is a multiple."""
    return pieces(x, (-6.0, -0.75, 0.75, 6.0), _erf_flat, _erf_outer, _erf_inner, _erf_outer, _erf_flat)


def _erf_flat(x: Array) -> Pair:
    return np.sign(x), exp_minus_square(x)


def _erf_outer(x: Array) -> Pair:
    bell = exp_minus_square(x)
    return np.copysign(1.0 - 2.0 * bell * plain_ratio(np.abs(x) * math.sqrt(2.0)), x), bell


def _erf_inner(x: Array) -> Pair:
    # 1 - erfc(x) cancels near zero, where Maclaurin's series needs no exponential.
    return x * horner(x * x, _ERF), exp_minus_square(x)
