"""Self-gated units: x times a smooth gate of the logistic kind that opens as x grows.

The gate reaches zero long before x leaves float64, so x may be held on the left, and where a slope needs it on
both sides, without changing a digit: that keeps infinity times zero from arising.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import EXTINCT, decay, product, scaled_decay, tanh_slope
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
)
def silu(x: Array, *, beta: float = 1.0) -> Pair:
    """x gated by its own sigmoid; smooth, unbounded above, with a small dip below zero."""
    return _logistic_gate(x, beta)


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
    return _logistic_gate(x, 1.702)


def _logistic_gate(x: Array, beta: float) -> Pair:
    z, t = scaled_decay(x, beta)
    right = z >= 0
    gate = np.where(right, 1.0, t) / (1.0 + t)
    # 1 + z·σ(-z) over one denominator: its zero is where three numbers cancel, of which only t is rounded.
    return product(x, gate), gate * (1.0 + np.where(right, z * t, z) + t) / (1.0 + t)


@activation(
    "x*sigmoid(x) if x >= 0 else expm1(x)*sigmoid(x)",
    "sigmoid(x)*(1 + x*sigmoid(-x)) if x >= 0 else sigmoid(x)*(exp(x) + expm1(x)*sigmoid(-x))",
    title="ELiSH",
    source="Basirat & Roth 2018",
)
def elish(x: Array) -> Pair:
    """SiLU on the right, an ELU times the sigmoid on the left."""
    right = x >= 0
    f, slope = _logistic_gate(np.maximum(x, 0.0), 1.0)
    negative = np.minimum(x, 0.0)
    t = np.exp(negative)
    gate = t / (1.0 + t)
    return (
        np.where(right, f, np.expm1(negative) * gate),
        np.where(right, slope, gate * (t * t + (2.0 * t - 1.0)) / (1.0 + t)),
    )


@activation(
    "x*tanh(softplus(x))",
    "tanh(softplus(x)) + x*sigmoid(x)*(1 - tanh(softplus(x))**2)",
    title="Mish",
    source="Misra 2019",
)
def mish(x: Array) -> Pair:
    """x gated by the tanh of its softplus; much like SiLU, with a slightly deeper dip."""
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    right = x >= 0
    # With e = exp(x), tanh(softplus(x)) = (e² + 2e)/(e² + 2e + 2); divided by e² on the right.
    above = np.where(right, 1.0 + 2.0 * t, t * (t + 2.0))
    complement = np.where(right, 2.0 * t * t, 2.0)
    below = above + complement
    gate = above / below
    # 1 - gate² = (complement/below)·(1 + gate), without cancellation
    slope = gate + held * (complement / below) * (1.0 + gate) * np.where(right, 1.0, t) / (1.0 + t)
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
    s = np.where(x >= 0, 1.0, t) / (1.0 + t)
    # With s = σ(x), tanh(ln(1 + s)) = ((1 + s)² - 1)/((1 + s)² + 1).
    below = 2.0 + s * (2.0 + s)
    gate = s * (2.0 + s) / below
    slope = gate + held * 4.0 * (1.0 + s) * t / ((1.0 + t) * below) ** 2
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
    s = np.where(x >= 0, 1.0, t) / (1.0 + t)
    gate = np.log1p(s)
    return np.maximum(x, -EXTINCT) * gate, gate + held * t / ((1.0 + t) * (1.0 + t) * (1.0 + s))


@activation(
    "x*tanh(exp(x))",
    "tanh(exp(x)) + x*exp(x)*(1 - tanh(exp(x))**2)",
    title="TanhExp",
    aliases=("telu",),
    judged=(-float("inf"), 650.0),
    source="Liu & Di 2020; Fernandez & Mali 2024",
)
def tanh_exp(x: Array) -> Pair:
    """x gated by the tanh of its exponential; almost the identity from x = 1 on."""
    held = np.clip(x, -EXTINCT, 6.0)  # the gate is 1 from x = 3 on
    rate = np.exp(held)
    gate = np.tanh(rate)
    return np.maximum(x, -EXTINCT) * gate, gate + held * rate * tanh_slope(rate)


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
