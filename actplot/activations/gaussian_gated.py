"""Self-gated units whose gate is made of the normal distribution or the error function: GELU and its kin."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    INV_SQRT_2PI,
    decay,
    erf,
    exact_sum,
    fine_product,
    fine_square,
    halves,
    horner,
    identity,
    normal_middle,
    normal_tail,
    pieces,
    plain_ratio,
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
    # Beyond 9 it makes no difference to 1 - Φ, nor to its slope.
    return pieces(x, (-0.4, 1.0, 9.0), _gelu_left, _gelu_middle, _gelu_right, identity)


def _gelu_left(x: Array) -> Pair:
    tail = normal_tail(x)
    return -tail.size * tail.plain(tail.ratio), tail.plain(tail.less_density(1.0))


def _gelu_middle(x: Array) -> Pair:
    half, bell = normal_middle(x)
    return x * (0.5 + half), 0.5 + (half + INV_SQRT_2PI * x * bell)


def _gelu_right(x: Array) -> Pair:
    bell = np.exp(-0.5 * (x * x))
    missing = bell * plain_ratio(x)
    return x - x * missing, 1.0 - (missing - INV_SQRT_2PI * x * bell)


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
    return halves(x, _gelu_tanh)


def _gelu_tanh(x: Array, right: bool) -> Pair:
    held = np.clip(x, -CLOSED, CLOSED)  # the cube of x must not overflow
    square, square_error = fine_square(held)
    # (1 + tanh u)/2 = σ(2u), where 2u = x·(A + B·x²).
    if right:  # here the rounding of u hardly shows
        bend = _B * square
        z = held * (_A + bend)
        return logistic_gate(x, z, np.exp(-z), 0.0, (1.0 + z) + 2.0 * held * bend, 0.0, right)
    # As a double-double: the rounding would cost 700 units in the last place.
    bend, bend_error = fine_product(square, _B)
    factor, factor_error = exact_sum(_A, bend)
    z, error = fine_product(held, factor)
    error += held * (factor_error + (bend_error + _B * square_error + (_A_LOW + _B_LOW * square)))
    return logistic_gate(x, z, np.exp(z), error, 1.0 + z, 2.0 * held * bend + error, right)


# 2√(2/π) and 0.044715 times that, as double-doubles.
_A, _A_LOW = 1.5957691216057308, -9.96930880911092e-17
_B, _B_LOW = 0.07135481627260025, -4.1218577217431825e-18


@activation(
    "x*erf(softplus(x))",
    "erf(softplus(x)) + 2*x*sigmoid(x)*exp(-softplus(x)**2)/sqrt(pi)",
    title="SERF",
    source="Nag, Bhattacharyya, Mukherjee & Kundu 2021",
)
def serf(x: Array) -> Pair:
    """x gated by the error function of its softplus."""
    return halves(x, _serf)


def _serf(x: Array, right: bool) -> Pair:
    held = np.clip(x, -EXTINCT, EXTINCT)
    t = decay(held)
    s = np.log1p(t)
    if right:
        s += held
    gate, bell = erf(s)
    if right:
        return x * gate, gate + 2.0 / math.sqrt(math.pi) * bell * held / (1.0 + t)
    # Here, where s = ln(1 + t), the two terms of the slope cancel in part. Its multiple by exp(s + s²) is
    # t·(1 + x) + s² times a series in s, for erf(s) = 2/√π·exp(-s²)·(s + 2s³/3 + …); what is rounded on the way
    # is carried along.
    square, square_error = fine_square(s)
    rise, rise_error = exact_sum(_ERF_LESS_SIGMOID[0], s * horner(s, _ERF_LESS_SIGMOID[1:]))
    bend, bend_error = fine_product(square, rise)
    line, line_error = fine_product(t, 1.0 + held)
    lead, lead_error = exact_sum(line, bend)
    rest = lead_error + line_error + bend_error + square * rise_error + square_error * rise
    return held * gate, np.exp((_LOG_TWO_OVER_SQRT_PI - s) - square) * (lead + rest)


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
    # From 22 on the gate is 1.
    return pieces(x, (0.0, 1.0, 22.0), _phish_left, _phish(_gelu_middle), _phish(_gelu_right), identity)


def _phish(gelu: Callable[[Array], Pair]) -> Callable[[Array], Pair]:
    """Return the pair on the right, where nothing cancels."""

    def right(x: Array) -> Pair:
        inner, inner_slope = gelu(x)
        gate = np.tanh(inner)
        return x * gate, gate + x * inner_slope * tanh_slope(inner)

    return right


def _phish_left(x: Array) -> Pair:
    held = np.maximum(x, -CLOSED)
    tail = normal_tail(held)
    inner = -tail.size * tail.plain(tail.ratio)
    lack = x_minus_tanh(inner, last=11)
    gate = inner - lack
    # tanh(g) = g·(1 - damping), and the two terms of the slope cancel in part: both are multiples of the bell, which
    # is taken out, and sinh(2g)/(2g) = 1 + excess keeps the difference.
    damping = lack / np.minimum(inner, -1e-300)
    excess = sinh_excess(2.0 * inner, terms=6)
    f = tail.value(tail.ratio, fine_square(held), damping)
    return f, tail.value(tail.less_density(2.0, excess), (held, 0.0), gate * gate)
