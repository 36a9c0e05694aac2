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
    exact_product,
    exact_square,
    exact_sum,
    exp_fine,
    horner,
    nested,
    over_square,
    product,
    quotient,
    scaled_decay,
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
    z, t, error = scaled_decay(x, beta)
    return logistic_gate(x, z, t, error, 1.0 + z, error)


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
    z, t, error = scaled_decay(x, 1.702)
    return logistic_gate(x, z, t, error, 1.0 + z, error)


def logistic_gate(
    x: Array, z: Array, t: Array, error: Array | float, growth: Array, growth_error: Array | float
) -> Pair:
    """Return x·σ(z + error) and its slope, from t = exp(-|z|) and growth = 1 + x·z'(x), given with its error.

    Over one denominator the slope σ(z)·(1 + x·z'(x)·σ(-z)) is zero where growth and t cancel, not their products.
    """
    right = z >= 0
    # exp(z + error) = t/(1 - error): so it costs no rounding of its own. On the right t only adds to 1.
    error = np.where(right, 0.0, error)
    f = product(x, np.where(right, 1.0, t) / (1.0 + (t - error)))
    first, second = np.where(right, 1.0, growth), np.where(right, growth * t, t + growth_error)
    return f, sums_quotient(np.where(right, 1.0, t), first, second, 1.0, t * (2.0 + t) - error)


@activation(
    "x*sigmoid(x) if x >= 0 else expm1(x)*sigmoid(x)",
    "sigmoid(x)*(1 + x*sigmoid(-x)) if x >= 0 else sigmoid(x)*(exp(x) + expm1(x)*sigmoid(-x))",
    title="ELiSH",
    source="Basirat & Roth 2018",
)
def elish(x: Array) -> Pair:
    """SiLU on the right, an ELU times the sigmoid on the left."""
    right = x >= 0
    f, slope = silu(np.maximum(x, 0.0))
    # On the left f' = t·(t² + 2t - 1)/(1 + t)², with t = exp(x): its terms cancel in part, and their rounding
    # errors are carried along.
    t, low = exp_fine(np.minimum(x, 0.0))
    square, error = exact_square(t)
    lead, lead_error = exact_sum(2.0 * t - 1.0, square)
    rest = lead_error + error + 2.0 * (1.0 + t) * low
    above, above_error = exact_product(t, lead)
    left = quotient(above, above_error + t * rest + lead * low, lead + 2.0, rest)
    return np.where(right, f, np.expm1(np.minimum(x, 0.0)) * t / (1.0 + t)), np.where(right, slope, left)


@activation(
    "x*tanh(softplus(x))",
    "tanh(softplus(x)) + x*sigmoid(x)*(1 - tanh(softplus(x))**2)",
    title="Mish",
    source="Misra 2019",
    frameworks={"torch": "Mish", "keras": "mish", "jax": "mish", "onnx": "Mish"},
)
def mish(x: Array) -> Pair:
    """x gated by the tanh of its softplus; much like SiLU, with a slightly deeper dip."""
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    right = x >= 0
    # With e = exp(x): f = x·e/(1 + e(1 + e)/(2 + e)), and f' = e·(e³ + 4e² + (6 + 4x)e + 4 + 4x)/(e² + 2e + 2)²;
    # on the right, where e would overflow, divided by powers of e.
    gate = np.where(right, 1.0, t) / (1.0 + np.where(right, 2.0 * t * t / (1.0 + 2.0 * t), t * (1.0 + t) / (2.0 + t)))
    constant, linear = 4.0 * (1.0 + held), 6.0 + 4.0 * held
    above = nested(
        t,
        np.where(right, 1.0, constant),
        np.where(right, 4.0, linear),
        t * np.where(right, linear + t * constant, 4.0 + t),
    )
    below = nested(t, np.where(right, 1.0, 2.0), 2.0, np.where(right, 2.0, 1.0) * t)
    slope = over_square(np.where(right, 1.0, t), above, below)
    return np.maximum(x, -EXTINCT) * gate, slope


@activation(
    "x*tanh(log1p(sigmoid(x)))",
    "tanh(log1p(sigmoid(x))) + x*(1 - tanh(log1p(sigmoid(x)))**2)*sigmoid(x)*sigmoid(-x)/(1 + sigmoid(x))",
    title="Smish",
    source="Wang, Ren & Wang 2022",
)
def smish(x: Array) -> Pair:
    """x gated by the tanh of the logarithm of one plus its sigmoid; the gate opens to 0.6 only."""
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    right = x >= 0
    # With e = exp(x): f = x·e/(1 + e(3 + 5e)/(2 + 3e)), and f' = e·(15e³ + (28 + 8x)e² + (18 + 12x)e + 4 + 4x)
    # over (5e² + 6e + 2)²; on the right, where e would overflow, divided by powers of e.
    gate = np.where(
        right, (3.0 + 2.0 * t) / (5.0 + t * (6.0 + 2.0 * t)), t / (1.0 + t * (3.0 + 5.0 * t) / (2.0 + 3.0 * t))
    )
    constant, linear, quadratic = 4.0 * (1.0 + held), 18.0 + 12.0 * held, 28.0 + 8.0 * held
    above = nested(
        t,
        np.where(right, 15.0, constant),
        np.where(right, quadratic, linear),
        t * np.where(right, linear + t * constant, quadratic + 15.0 * t),
    )
    below = nested(t, np.where(right, 5.0, 2.0), 6.0, np.where(right, 2.0, 5.0) * t)
    slope = over_square(np.where(right, 1.0, t), above, below)
    return np.maximum(x, -EXTINCT) * gate, slope


@activation(
    "x*log1p(sigmoid(x))",
    "log1p(sigmoid(x)) + x*sigmoid(x)*sigmoid(-x)/(1 + sigmoid(x))",
    title="Logish",
    source="Zhu, Zeng, Liu et al. 2021",
)
def logish(x: Array) -> Pair:
    """x gated by the logarithm of one plus its sigmoid; the gate opens to ln 2 only."""
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    right = x >= 0
    gate = np.log1p(np.where(right, 1.0, t) / (1.0 + t))
    # f' = ln(1 + σ) + x·q, where q = σ(1 - σ)/(1 + σ). On the left the terms cancel in part: (1 + x)·q is rounded
    # once, and with v = σ/(2 + σ), so that ln(1 + σ) = 2·atanh(v), the series of ln(1 + σ) - q starts at 6v².
    below, error = exact_sum(1.0, t * np.where(right, 1.5 + 0.5 * t, 3.0 + 2.0 * t))
    below, error = np.where(right, 2.0 * below, below), np.where(right, 2.0 * error, error)
    above, above_error = exact_product(np.where(right, held, 1.0 + held), t)
    v = t / (2.0 + 3.0 * t)
    square = v * v
    excess = 2.0 * t * t / (4.0 + t * (12.0 + 9.0 * t))  # 2v²
    excess *= 3.0 + v * (3.0 * v / (1.0 - square) - horner(square, _ATANH_EXCESS))
    return np.maximum(x, -EXTINCT) * gate, np.where(right, gate, excess) + quotient(above, above_error, below, error)


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
    held = np.clip(x, -EXTINCT, 5.8)  # from x = 3 on the gate is 1, and from x = 6 on the cosh below overflows
    rate = np.exp(held)
    gate = np.tanh(rate)
    slope = 2.0 * rate / (1.0 + np.cosh(2.0 * rate))  # of the gate
    # On the left the two terms cancel in part; sinh(2y)/(2y) = 1 + excess, with y = exp(x), keeps the difference.
    excess = sinh_excess(2.0 * np.minimum(rate, 1.0))
    return np.maximum(x, -EXTINCT) * gate, np.where(x < 0, slope * ((1.0 + held) + excess), gate + held * slope)


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
