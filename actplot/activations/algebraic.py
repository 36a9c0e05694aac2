"""Sigmoids without exponentials: roots, quotients and arcs, whose tails are heavier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import inverse_root, root_of_sum
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "x/(1 + abs(x))",
    "1/(1 + abs(x))**2",
    title="Softsign",
    aliases=("elliotsig",),
    range=(-8, 8),
    source="Elliott 1993; Turian, Bergstra & Bengio 2009",
    frameworks={
        "torch": "Softsign",
        "keras": "softsign",
        "tensorflow": "softsign",
        "jax": "soft_sign",
        "onnx": "Softsign",
    },
)
def softsign(x: Array) -> Pair:
    """A sigmoid that needs no exponential and approaches its limits slowly."""
    held = np.clip(x, -1e300, 1e300)  # the limits have long been reached, and the inverse is no subnormal
    inverse = 1.0 / (1.0 + np.abs(held))
    return held * inverse, inverse * inverse


@activation(
    "x/sqrt(1 + alpha*x**2)",
    "1/sqrt(1 + alpha*x**2)**3",
    title="ISRU",
    bounds=("alpha > 0",),
    source="Carlile, Delamarter, Kinney, Marti & Whitney 2017",
)
def isru(x: Array, *, alpha: float = 1.0) -> Pair:
    """The inverse square root unit: a sigmoid between ±1/√α that costs one root."""
    return inverse_root(x, alpha)


@activation(
    "atan(x)",
    "1/(1 + x**2)",
    title="Arctan",
    symbol=r"\arctan",
    aliases=("atan",),
    range=(-8, 8),
    source="Kamruzzaman & Aziz 2002",
)
def arctan(x: Array) -> Pair:
    """A sigmoid between ±π/2 whose slope falls off as 1/x² only."""
    return np.arctan(x), 1.0 / (1.0 + x * x)  # where the square is beyond float64, its inverse is zero


@activation(
    "asinh(x)",
    "1/sqrt(1 + x**2)",
    title="Asinh",
    symbol=r"\operatorname{arsinh}",
    aliases=("arcsinh",),
    source="Johnson 1949; Burbidge, Magee & Robb 1988",
)
def asinh(x: Array) -> Pair:
    """Linear near zero and logarithmic far out, on both sides: it never saturates."""
    return np.arcsinh(x), 1.0 / root_of_sum(x, 1.0)


@activation(
    "-1 if x < -2 else x + x**2/4 if x < 0 else x - x**2/4 if x <= 2 else 1",
    "max(0, 1 - abs(x)/2)",
    title="SQNL",
    range=(-4, 4),
    source="Wuraola & Patel 2018",
)
def sqnl(x: Array) -> Pair:
    """The square nonlinearity: a tanh of two parabolas, constant beyond ±2."""
    held = np.clip(x, -2.0, 2.0)
    half = 0.5 * np.abs(held)
    return held * (1.0 - 0.5 * half), 1.0 - half
