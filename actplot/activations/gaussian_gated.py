"""Self-gated units whose gate is made of the normal distribution or the error function: GELU and its kin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    NormalTail,
    decay,
    erf,
    exact_product,
    exact_square,
    exact_sum,
    horner,
    normal_tail,
    sinh_excess,
    tanh_slope,
    x_minus_tanh,
)
from actplot.activations.gated import logistic_gate
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
    frameworks={
        "torch": "GELU",
        "keras": "gelu",
        "tensorflow": "gelu",
        "jax": "gelu(approximate=False) (by default it is gelu_tanh)",
        "onnx": "Gelu",
    },
)
def gelu(x: Array) -> Pair:
    """x weighted by the probability that a standard normal variable lies below it."""
    return _gelu(x, normal_tail(x))


def _gelu(x: Array, tail: NormalTail) -> Pair:
    missing, slope = tail.value(tail.ratio, (tail.size, 0.0)), tail.value(tail.less_density(1.0))
    left = x < 0
    return np.where(left, -missing, x - missing), np.where(left, slope, 1.0 - slope)


@activation(
    "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
    "(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2"
    " + x/2*(1 - tanh(sqrt(2/pi)*(x + 0.044715*x**3))**2)*sqrt(2/pi)*(1 + 3*0.044715*x**2)",
    title="GELU (tanh)",
    symbol=r"\operatorname{GELU}_{\tanh}",
    aliases=("gelu_new",),
    range=(-4, 4),
    source="Hendrycks & Gimpel 2016",
    frameworks={
        "torch": "GELU(approximate='tanh')",
        "keras": "gelu(approximate=True)",
        "tensorflow": "gelu(approximate=True)",
        "jax": "gelu (the default form)",
        "onnx": "Gelu (approximate tanh)",
    },
)
def gelu_tanh(x: Array) -> Pair:
    """The form of GELU that GPT-2 and BERT compute; off by up to 4.73e-4, at |x| = 2.70."""
    held = np.clip(x, -CLOSED, CLOSED)  # the cube of x must not overflow
    # (1 + tanh u)/2 = σ(2u), and 2u as a double-double: its rounding would cost 700 units in the last place.
    square, square_error = exact_square(held)
    cubic, cubic_error = exact_product(square, 0.044715)
    factor, factor_error = exact_sum(1.0, cubic)
    line, line_error = exact_product(held, _TWICE_ROOT)
    line_error = line_error + _TWICE_ROOT_LOW * held
    z, error = exact_product(line, factor)
    error = error + factor * line_error + line * (factor_error + cubic_error + 0.044715 * square_error)
    # 1 + x·z'(x) = 1 + 3z - 2·line, every sum of them exact.
    triple, triple_error = exact_sum(2.0 * z, z)
    rise, rise_error = exact_sum(triple, -2.0 * line)
    growth, growth_error = exact_sum(1.0, rise)
    growth_error = growth_error + rise_error + triple_error + (3.0 * error - 2.0 * line_error)
    return logistic_gate(x, z, decay(z), error, growth, growth_error)


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
    t = decay(held)
    s = np.maximum(held, 0.0) + np.log1p(t)
    gate = erf(s)[0]
    # On the left, where s = ln(1 + t), the two terms of the slope cancel in part. There its multiple by exp(s + s²)
    # is t·(1 + x) + s² times a series in s, for erf(s) = 2/√π·exp(-s²)·(s + 2s³/3 + …); what is rounded on the way
    # is carried along.
    left = held < 0
    small = np.minimum(s, 0.7)
    square, square_error = exact_square(small)
    rise, rise_error = exact_sum(_ERF_LESS_SIGMOID[0], small * horner(small, _ERF_LESS_SIGMOID[1:]))
    bend, bend_error = exact_product(square, rise)
    line, line_error = exact_product(t, 1.0 + held)
    lead, lead_error = exact_sum(line, bend)
    rest = lead_error + line_error + bend_error + square * rise_error + square_error * rise
    scale = np.exp(np.where(left, _LOG_TWO_OVER_SQRT_PI - s, _LOG_TWO_OVER_SQRT_PI) - s * s)
    right = gate + scale * held / (1.0 + t)
    return np.maximum(x, -EXTINCT) * gate, np.where(left, scale * (lead + rest), right)


_LOG_TWO_OVER_SQRT_PI = 0.12078223763524522
# exp(s)·(Σ 2ⁿ s²ⁿ⁺¹/(2n + 1)!! - 1 + exp(-s)), over s².
_ERF_LESS_SIGMOID = [
    (sum(math.comb(n, 2 * m + 1) * 4**m * math.factorial(m) for m in range((n + 1) // 2)) - 1) / math.factorial(n)
    for n in range(2, 34)
]


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
    tail = normal_tail(held)
    inner, inner_slope = _gelu(held, tail)
    lack = x_minus_tanh(inner)
    gate = np.where(inner < 0.75, inner - lack, np.tanh(inner))
    right, right_slope = held * gate, gate + held * inner_slope * tanh_slope(inner)
    # On the left tanh(g) = g·(1 - damping), and the two terms of the slope cancel in part: both are multiples of the
    # bell, which is taken out, and sinh(2g)/(2g) = 1 + excess keeps the difference.
    damping = np.minimum(lack, 0.0) / np.minimum(inner, -1e-300)
    excess = sinh_excess(2.0 * np.clip(inner, -1.0, 0.0))
    left = tail.value(tail.ratio, exact_square(held), damping)
    left_slope = tail.value(tail.less_density(2.0, excess), (held, 0.0), gate * gate)
    return np.where(x < 0, left, np.where(x > CLOSED, x, right)), np.where(x < 0, left_slope, right_slope)
