"""Exponential-linear units and their kin: linear on the right, a smooth curve that saturates on the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    EXTINCT,
    exact_product,
    exact_sum,
    exp_fine,
    expm1_less_x,
    inverse_root,
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
    negative = np.minimum(x, 0.0)  # the branch not taken must not overflow
    return (
        np.where(x > 0, x, alpha * np.expm1(negative)),
        np.where(x > 0, 1.0, alpha * np.exp(negative)),
    )


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
    held = np.clip(x, -EXTINCT * alpha, 0.0)
    z = held / alpha
    slope = np.exp(z)
    if alpha != 1.0:  # the rounding of z alone would cost |z| units in the last place
        slope += slope * remainder(held, alpha, z)
    return np.where(x > 0, x, alpha * np.expm1(z)), np.where(x > 0, 1.0, slope)


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
    negative = np.minimum(x, 0.0)
    with np.errstate(over="ignore"):  # the largest inputs times a scale above 1 are beyond float64
        return (
            np.where(x > 0, product(np.maximum(x, 0.0), scale), scale * alpha * np.expm1(negative)),
            np.where(x > 0, scale, scale * alpha * np.exp(negative)),
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
    positive, held = np.maximum(x, 0.0), np.clip(x, -EXTINCT, 0.0)
    # On the left f = α·exp(x) - α + (β - α)x, terms that cancel in part: their rounding errors are carried along.
    high, low = exp_fine(held)
    bend, bend_error = exact_product(high, alpha_n)
    line, line_error = exact_product(held, beta - alpha_n)
    lead, lead_error = exact_sum(bend, -alpha_n)
    bend_error = bend_error + alpha_n * low
    left = (lead + line) + (lead_error + bend_error + line_error)
    # Near zero, where for a small β nothing else is left of it, the exponential less its first terms is a series.
    near = np.maximum(held, -1 / 64)
    left = np.where(held > -1 / 64, alpha_n * expm1_less_x(near) + beta * near, left)
    left_slope = (bend + (beta - alpha_n)) + bend_error
    with np.errstate(over="ignore"):  # the squares of the largest inputs are beyond float64
        right = product(positive, product(positive, alpha_p) + beta)
        f = np.where(x > 0, right, np.where(x < -EXTINCT, product(x, beta - alpha_n) - alpha_n, left))
        return f, np.where(x > 0, product(positive, 2.0 * alpha_p) + beta, left_slope)


@activation(
    "x if x >= 0 else x/sqrt(1 + alpha*x**2)",
    "1 if x >= 0 else 1/sqrt(1 + alpha*x**2)**3",
    title="ISRLU",
    bounds=("alpha > 0",),
    source="Carlile, Delamarter, Kinney, Marti & Whitney 2017",
)
def isrlu(x: Array, *, alpha: float = 1.0) -> Pair:
    """Like ELU, with an inverse square root in place of the exponential."""
    f, slope = inverse_root(np.minimum(x, 0.0), alpha)
    return np.where(x >= 0, x, f), slope
