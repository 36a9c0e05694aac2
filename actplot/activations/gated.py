"""Self-gated units: x times a smooth gate of the logistic kind that opens as x grows.

The gate reaches zero long before x leaves float64, so x may be held on the left, and where a slope needs it on
both sides, without changing a digit: that keeps infinity times zero from arising.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    decay,
    exact_sum,
    exp_fine,
    fine_product,
    fine_square,
    halves,
    horner,
    identity,
    nested,
    over_square,
    pieces,
    product,
    quotient,
    scaled_decay,
    short_quotient,
    sinh_excess,
    sums_quotient,
    tanh_slope,
)
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "x*sigmoid(beta*x)",
    "sigmoid(beta*x)*(1 + beta*x*sigmoid(-beta*x))",
    title="SiLU",
    aliases=("swish",),
    range=(-6, 6),
    source="Elfwing, Uchibe & Doya 2018; Ramachandran, Zoph & Le 2017",
    frameworks={"torch": "SiLU", "keras": "silu", "tensorflow": "silu", "jax": "silu", "onnx": "Swish"},
)
def silu(x: Array, *, beta: float = 1.0) -> Pair:
    """x gated by its own sigmoid; smooth, unbounded above, with a small dip below zero."""
    return halves(x, lambda half, right: _silu(half, beta, right == (beta >= 0)))


def _silu(x: Array, beta: float, right: bool) -> Pair:
    if right:  # here the rounding of z hardly shows
        z = np.minimum(product(x, beta), EXTINCT)
        return logistic_gate(x, z, np.exp(-z), 0.0, 1.0 + z, 0.0, right)
    z, t, error = scaled_decay(x, beta)
    return logistic_gate(x, z, t, error, 1.0 + z, error, right)


@activation(
    "x*sigmoid(1.702*x)",
    "sigmoid(1.702*x)*(1 + 1.702*x*sigmoid(-1.702*x))",
    title="Quick GELU",
    aliases=("gelu_quick", "gelu_sigmoid"),
    range=(-4, 4),
    source="Hendrycks & Gimpel 2016",
)
def quick_gelu(x: Array) -> Pair:
    """GELU with a sigmoid in place of the normal distribution; off by up to 0.0203, at |x| = 2.27."""
    return halves(x, lambda half, right: _silu(half, 1.702, right))


def logistic_gate(
    x: Array,
    z: Array,
    t: Array,
    error: Array | float,
    growth: Array,
    growth_error: Array | float,
    right: bool,
) -> Pair:
    """Return x·σ(z + error) and its slope, from t = exp(-|z|) and growth = 1 + x·z'(x), given with its error.

    All z are of one side. Over one denominator the slope σ(z)·(1 + x·z'(x)·σ(-z)) is zero where growth and t cancel,
    not their products.
    """
    if right:  # here t only adds to 1
        return x / (1.0 + t), (1.0 + growth * t) / (1.0 + t * (2.0 + t))
    # exp(z + error) = t/(1 - error): so it costs no rounding of its own.
    slope = sums_quotient(t, growth, t + growth_error, 1.0, t * (2.0 + t) - error)
    return product(x, t / (1.0 + (t - error))), slope


@activation(
    "x*sigmoid(x) if x >= 0 else expm1(x)*sigmoid(x)",
    "sigmoid(x)*(1 + x*sigmoid(-x)) if x >= 0 else sigmoid(x)*(exp(x) + expm1(x)*sigmoid(-x))",
    title="ELiSH",
    source="Basirat & Roth 2018",
)
def elish(x: Array) -> Pair:
    """SiLU on the right, an ELU times the sigmoid on the left."""
    return halves(x, lambda half, right: silu(half) if right else _elish_left(half))


def _elish_left(x: Array) -> Pair:
    # Here f' = t·(t² + 2t - 1)/(1 + t)², with t = exp(x): its terms cancel in part, and their rounding errors are
    # carried along.
    t, low = exp_fine(x)
    square, error = fine_square(t)
    lead, lead_error = exact_sum(2.0 * t - 1.0, square)
    rest = lead_error + error + 2.0 * (1.0 + t) * low
    above, above_error = fine_product(t, lead)
    return np.expm1(x) * t / (1.0 + t), short_quotient(above, above_error + t * rest + lead * low, lead + 2.0, rest)


@activation(
    "x*tanh(softplus(x))",
    "tanh(softplus(x)) + x*sigmoid(x)*(1 - tanh(softplus(x))**2)",
    title="Mish",
    source="Misra 2019",
    frameworks={"torch": "Mish", "keras": "mish", "jax": "mish", "onnx": "Mish"},
)
def mish(x: Array) -> Pair:
    """x gated by the tanh of its softplus; much like SiLU, with a slightly deeper dip."""
    return halves(x, _mish)


def _mish(x: Array, right: bool) -> Pair:
    # With e = exp(x): f = x·e(2 + e)/(e² + 2e + 2), and f' = e·(e³ + 4e² + (6 + 4x)e + 4 + 4x)/(e² + 2e + 2)²;
    # on the right, where e would overflow, divided by powers of e.
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = np.exp(-held) if right else np.exp(held)
    constant, linear = 4.0 * held + 4.0, 4.0 * held + 6.0
    if right:
        below = nested(t, 1.0, 2.0, 2.0 * t)
        slope = over_square(nested(t, 1.0, 4.0, t * (linear + t * constant)), below)
        return x * ((1.0 + 2.0 * t) / below[0]), slope
    below = nested(t, 2.0, 2.0, t)
    slope = t * over_square(nested(t, constant, linear, t * (4.0 + t)), below)
    return held * (t / (1.0 + t * (1.0 + t) / (2.0 + t))), slope


@activation(
    "x*tanh(log1p(sigmoid(x)))",
    "tanh(log1p(sigmoid(x))) + x*(1 - tanh(log1p(sigmoid(x)))**2)*sigmoid(x)*sigmoid(-x)/(1 + sigmoid(x))",
    title="Smish",
    source="Wang, Ren & Wang 2022",
)
def smish(x: Array) -> Pair:
    """x gated by the tanh of the logarithm of one plus its sigmoid; the gate opens to 0.6 only."""
    return halves(x, _smish)


def _smish(x: Array, right: bool) -> Pair:
    # With e = exp(x): f = x·e(2 + 3e)/(5e² + 6e + 2), and f' = e·(15e³ + (28 + 8x)e² + (18 + 12x)e + 4 + 4x)
    # over (5e² + 6e + 2)²; on the right, where e would overflow, divided by powers of e.
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = np.exp(-held) if right else np.exp(held)
    constant, linear, quadratic = 4.0 * held + 4.0, 12.0 * held + 18.0, 8.0 * held + 28.0
    if right:
        below = nested(t, 5.0, 6.0, 2.0 * t)
        slope = over_square(nested(t, 15.0, quadratic, t * (linear + t * constant)), below)
        return x * ((3.0 + 2.0 * t) / below[0]), slope
    below = nested(t, 2.0, 6.0, 5.0 * t)
    slope = t * over_square(nested(t, constant, linear, t * (quadratic + 15.0 * t)), below)
    return held * (t / (1.0 + t * (3.0 + 5.0 * t) / (2.0 + 3.0 * t))), slope


@activation(
    "x*log1p(sigmoid(x))",
    "log1p(sigmoid(x)) + x*sigmoid(x)*sigmoid(-x)/(1 + sigmoid(x))",
    title="Logish",
    source="Zhu, Zeng, Liu et al. 2021",
)
def logish(x: Array) -> Pair:
    """x gated by the logarithm of one plus its sigmoid; the gate opens to ln 2 only."""
    return halves(x, _logish)


def _logish(x: Array, right: bool) -> Pair:
    # f' = ln(1 + σ) + x·q, where q = σ(1 - σ)/(1 + σ).
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    if right:
        gate = np.log1p(1.0 / (1.0 + t))
        return x * gate, gate + held * t / ((1.0 + t) * (2.0 + t))
    # Here the terms cancel in part: (1 + x)·q is rounded once, and with v = σ/(2 + σ), so that
    # ln(1 + σ) = 2·atanh(v), the series of ln(1 + σ) - q starts at 6v².
    below, error = exact_sum(1.0, t * (3.0 + 2.0 * t))
    above, above_error = fine_product(1.0 + held, t)
    v = t / (2.0 + 3.0 * t)
    square = v * v
    excess = 2.0 * t * t / (4.0 + t * (12.0 + 9.0 * t))  # 2v²
    excess *= 3.0 + v * (3.0 * v / (1.0 - square) - horner(square, _ATANH_EXCESS))
    return held * np.log1p(t / (1.0 + t)), excess + quotient(above, above_error, below, error)


_ATANH_EXCESS = [2 * k / (2 * k + 1) for k in range(1, 13)]


@activation(
    "x*tanh(exp(x))",
    "tanh(exp(x)) + x*exp(x)*(1 - tanh(exp(x))**2)",
    title="TanhExp",
    aliases=("telu",),
    judged=(-math.inf, 650.0),
    source="Liu & Di 2020; Fernandez & Mali 2024",
)
def tanh_exp(x: Array) -> Pair:
    """x gated by the tanh of its exponential; almost the identity from x = 1 on."""
    return pieces(x, (0.0, 3.25), _tanh_exp_left, _tanh_exp_right, identity)  # from 3.25 on the gate is 1


def _tanh_exp_left(x: Array) -> Pair:
    held = np.maximum(x, -EXTINCT)
    rate = np.exp(held)
    slope = 2.0 * rate / (1.0 + np.cosh(2.0 * rate))  # of the gate
    # The two terms of the slope cancel in part; sinh(2y)/(2y) = 1 + excess, with y = exp(x), keeps the difference.
    excess = sinh_excess(2.0 * rate)
    return held * np.tanh(rate), slope * ((1.0 + held) + excess)


def _tanh_exp_right(x: Array) -> Pair:
    rate = np.exp(x)
    gate = np.tanh(rate)
    return x * gate, gate + x * (rate * tanh_slope(rate))


@activation(
    "x*tanh(x)",
    "tanh(x) + x*(1 - tanh(x)**2)",
    title="LiSHT",
    source="Roy, Manna, Dubey & Chaudhuri 2019",
)
def lisht(x: Array) -> Pair:
    """x times its own tanh: even, a parabola near zero and |x| far out."""
    gate = np.tanh(x)
    return x * gate, gate + np.clip(x, -EXTINCT, EXTINCT) * tanh_slope(x)
