"""Self-gated units whose gate is made of the normal distribution or the error function: GELU and its kin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    decay,
    erf,
    exact_product,
    exact_square,
    exact_sum,
    log1pexp,
    logistic,
    normal,
    tanh_slope,
)
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair

CLOSED = 40.0  # Φ(-40) is zero in float64, so beyond it x may be held without changing a digit


@activation(
    "x*Phi(x)",
    "Phi(x) + x*exp(-x**2/2)/sqrt(2*pi)",
    title="GELU",
    aliases=("gelu_erf",),
    range=(-4, 4),
    source="Hendrycks & Gimpel 2016",
)
def gelu(x: Array) -> Pair:
    """x weighted by the probability that a standard normal variable lies below it."""
    gate, density = normal(x)
    return np.maximum(x, -CLOSED) * gate, gate + np.clip(x, -CLOSED, CLOSED) * density


@activation(
    "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
    "(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2"
    " + x/2*(1 - tanh(sqrt(2/pi)*(x + 0.044715*x**3))**2)*sqrt(2/pi)*(1 + 3*0.044715*x**2)",
    title="GELU (tanh)",
    symbol=r"\operatorname{GELU}_{\tanh}",
    aliases=("gelu_new",),
    range=(-4, 4),
    source="Hendrycks & Gimpel 2016",
)
def gelu_tanh(x: Array) -> Pair:
    """The form of GELU that GPT-2 and BERT compute; off by up to 4.73e-4, at |x| = 2.70."""
    held = np.clip(x, -CLOSED, CLOSED)  # the cube of x must not overflow
    # (1 + tanh u)/2 = σ(2u), and 2u as a double-double: its rounding would cost 700 units in the last place.
    square, error = exact_square(held)
    cubic, cubic_error = exact_product(square, 0.044715)
    factor, factor_error = exact_sum(1.0, cubic)
    inner, inner_error = exact_product(held, factor)
    z, z_error = exact_product(inner, _TWICE_ROOT)
    rest = (
        z_error
        + inner * _TWICE_ROOT_LOW
        + _TWICE_ROOT * (inner_error + held * (factor_error + cubic_error + 0.044715 * error))
    )
    t = decay(z) * (1.0 - np.copysign(rest, rest * z))
    gate = np.where(z >= 0, 1.0, t) / (1.0 + t)
    steepness = _TWICE_ROOT * (1.0 + 3.0 * cubic)
    return np.maximum(x, -CLOSED) * gate, gate + held * steepness * t / ((1.0 + t) * (1.0 + t))


_TWICE_ROOT = 2.0 * math.sqrt(2.0 / math.pi)
_TWICE_ROOT_LOW = -9.96930880911092e-17  # 2√(2/π) less its float64


@activation(
    "x*erf(softplus(x))",
    "erf(softplus(x)) + 2*x*sigmoid(x)*exp(-softplus(x)**2)/sqrt(pi)",
    title="SERF",
    source="Nag, Bhattacharyya, Mukherjee & Kundu 2021",
)
def serf(x: Array) -> Pair:
    """x gated by the error function of its softplus."""
    held = np.clip(x, -EXTINCT, EXTINCT)
    gate, bell = erf(log1pexp(held))
    return np.maximum(x, -EXTINCT) * gate, gate + 2.0 / math.sqrt(math.pi) * held * logistic(held) * bell


@activation(
    "x*tanh(gelu(x))",
    "tanh(gelu(x)) + x*(1 - tanh(gelu(x))**2)*(Phi(x) + x*exp(-x**2/2)/sqrt(2*pi))",
    title="Phish",
    judged=(-math.inf, 650.0),
    source="Naveen 2022",
)
def phish(x: Array) -> Pair:
    """x gated by the tanh of its GELU, and so positive on both sides of zero."""
    held = np.clip(x, -CLOSED, CLOSED)
    inner, slope = gelu(held)
    gate = np.tanh(inner)
    return np.where(x > CLOSED, x, held * gate), gate + held * slope * tanh_slope(inner)
