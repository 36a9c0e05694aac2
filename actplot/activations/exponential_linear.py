"""Exponential-linear units and their kin: linear on the right, a smooth curve that saturates on the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    exact_sum,
    exp_fine,
    expm1_less_x,
    fine_product,
    identity,
    inverse_root,
    pieces,
    product,
    remainder,
)
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "x if x > 0 else alpha*expm1(x)",
    "1 if x > 0 else alpha*exp(x)",
    title="ELU",
    kinks=(kink(0, "alpha", 1, torch="alpha", tensorflow=1, jax="alpha"),),
    source="Clevert, Unterthiner & Hochreiter 2016",
    frameworks={"torch": "ELU", "keras": "elu", "tensorflow": "elu", "jax": "elu", "onnx": "Elu"},
)
def elu(x: Array, *, alpha: float = 1.0) -> Pair:
    """Smooth on the left, where it saturates at −α and pulls the mean activation towards zero."""
    return pieces(x, (0.0,), lambda left: (alpha * np.expm1(left), alpha * np.exp(left)), identity)


@activation(
    "max(0, x) + min(0, alpha*expm1(x/alpha))",
    "1 if x > 0 else exp(x/alpha)",
    title="CELU",
    bounds=("alpha > 0",),
    source="Barron 2017",
    frameworks={"torch": "CELU", "keras": "celu", "jax": "celu", "onnx": "Celu"},
)
def celu(x: Array, *, alpha: float = 1.0) -> Pair:
    """ELU rescaled so that it is continuously differentiable for every α."""
    if alpha == 1.0:
        return elu(x)
    return pieces(x, (0.0,), lambda left: _celu_left(left, alpha), identity)


def _celu_left(x: Array, alpha: float) -> Pair:
    held = np.maximum(x, -EXTINCT * alpha)
    z = held / alpha
    slope = np.exp(z)
    slope += slope * remainder(held, alpha, z)  # the rounding of z would cost |z| units in the last place
    return alpha * np.expm1(z), slope


@activation(
    "scale*x if x > 0 else scale*alpha*expm1(x)",
    "scale if x > 0 else scale*alpha*exp(x)",
    title="SELU",
    kinks=(kink(0, "scale*alpha", "scale", torch="scale*alpha", tensorflow="scale", jax="scale*alpha"),),
    source="Klambauer, Unterthiner, Mayr & Hochreiter 2017",
    frameworks={"torch": "SELU", "keras": "selu", "tensorflow": "selu", "jax": "selu", "onnx": "Selu"},
)
def selu(x: Array, *, alpha: float = 1.6732632423543772, scale: float = 1.0507009873554805) -> Pair:
    """ELU with two constants chosen so that activations keep mean 0 and variance 1 from layer to layer."""
    return pieces(
        x,
        (0.0,),
        lambda left: (scale * alpha * np.expm1(left), scale * alpha * np.exp(left)),
        lambda right: (product(right, scale), np.full_like(right, scale)),
    )


@activation(
    "alpha_p*x**2 + beta*x if x > 0 else alpha_n*(expm1(x) - x) + beta*x",
    "2*alpha_p*x + beta if x > 0 else alpha_n*expm1(x) + beta",
    title="xIELU",
    range=(-4, 2),
    source="Huang & Schlag 2024",
)
def xielu(x: Array, *, alpha_p: float = 0.8, alpha_n: float = 0.8, beta: float = 0.5) -> Pair:
    """The integral of an ELU: quadratic on the right, linear far on the left, its constants learned."""
    return pieces(
        x,
        (-EXTINCT, -1 / 64, 0.0),
        lambda far: (product(far, beta - alpha_n) - alpha_n, np.full_like(far, beta - alpha_n)),
        lambda left: _xielu_left(left, alpha_n, beta),
        # For a small β nothing but the exponential less its first terms is left near zero.
        lambda near: (alpha_n * expm1_less_x(near) + beta * near, alpha_n * np.expm1(near) + beta),
        lambda right: (product(right, product(right, alpha_p) + beta), product(right, 2.0 * alpha_p) + beta),
    )


def _xielu_left(x: Array, alpha_n: float, beta: float) -> Pair:
    # f = α·exp(x) - α + (β - α)x, terms that cancel in part: their rounding errors are carried along.
    high, low = exp_fine(x)
    bend, bend_error = fine_product(high, alpha_n)
    line, line_error = fine_product(x, beta - alpha_n)
    lead, lead_error = exact_sum(bend, -alpha_n)
    bend_error = bend_error + alpha_n * low
    return (lead + line) + (lead_error + bend_error + line_error), (bend + (beta - alpha_n)) + bend_error


@activation(
    "x if x >= 0 else x/sqrt(1 + alpha*x**2)",
    "1 if x >= 0 else 1/sqrt(1 + alpha*x**2)**3",
    title="ISRLU",
    bounds=("alpha > 0",),
    source="Carlile, Delamarter, Kinney, Marti & Whitney 2017",
)
def isrlu(x: Array, *, alpha: float = 1.0) -> Pair:
    """Like ELU, with an inverse square root in place of the exponential."""
    return pieces(x, (0.0,), lambda left: inverse_root(left, alpha), identity)
