"""Rectifiers: linear on the right, flat or shallow on the left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import indicator, levels, pieces, product, zero
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "x",
    "1",
    title="Identity",
    aliases=("linear", "purelin"),
    source="Widrow & Hoff 1960",
    frameworks={"torch": "Identity", "keras": "linear", "jax": "identity", "onnx": "Identity"},
)
def identity(x: Array) -> Pair:
    """Passes its input on unchanged, the usual output unit for regression."""
    return x, np.ones_like(x)


@activation(
    "max(0, x)",
    "0 if x < 0 else 1",
    title="ReLU",
    kinks=(kink(0, 0, 1, torch=0, tensorflow=0, jax=0),),
    aliases=("poslin", "rectifier"),
    source="Fukushima 1969; Nair & Hinton 2010",
    frameworks={"torch": "ReLU", "keras": "relu", "tensorflow": "relu", "jax": "relu", "onnx": "Relu"},
)
def relu(x: Array) -> Pair:
    """Keeps what is positive and cuts the rest to zero; the default of deep networks."""
    return np.maximum(x, 0.0), indicator(x >= 0)


@activation(
    "min(max(0, x), 6)",
    "1 if 0 < x < 6 else 0",
    title="ReLU6",
    kinks=(kink(0, 0, 1, torch=0, tensorflow=0, jax=0), kink(6, 1, 0, torch=0, tensorflow=0, jax=0)),
    range=(-3, 9),
    source="Krizhevsky 2010",
    frameworks={"torch": "ReLU6", "keras": "relu6", "tensorflow": "relu6", "jax": "relu6"},
)
def relu6(x: Array) -> Pair:
    """ReLU that stops at 6, so that low-precision arithmetic keeps its digits."""
    return np.clip(x, 0.0, 6.0), indicator((x > 0) & (x < 6))


@activation(
    "max(0, x)**2",
    "2*max(0, x)",
    title="ReLU²",
    symbol=r"\mathrm{ReLU}^{2}",
    aliases=("squared_relu",),
    range=(-2, 2),
    source="So, Mańke, Liu, Dai, Shazeer & Le 2021",
)
def relu2(x: Array) -> Pair:
    """ReLU squared: smooth where ReLU bends, steeper than any line on the right."""
    positive = np.maximum(x, 0.0)
    return positive * positive, 2.0 * positive


@activation(
    "x if x >= 0 else alpha*x",
    "1 if x >= 0 else alpha",
    title="Leaky ReLU",
    kinks=(kink(0, "alpha", 1, torch="alpha", tensorflow="alpha", jax=1),),
    aliases=("lrelu",),
    shown={"alpha": 0.1},  # 0.01 can't be told from 0 in a picture of this size
    source="Maas, Hannun & Ng 2013",
    frameworks={
        "torch": "LeakyReLU (slope 0.01)",
        "keras": "leaky_relu (slope 0.2; the layer LeakyReLU 0.3)",
        "tensorflow": "leaky_relu (slope 0.2)",
        "jax": "leaky_relu (slope 0.01)",
        "onnx": "LeakyRelu (slope 0.01)",
    },
)
def leaky_relu(x: Array, *, alpha: float = 0.01) -> Pair:
    """ReLU with a small slope for negative inputs, so that no unit dies."""
    return _leaky(x, alpha)


@activation(
    "x if x >= 0 else alpha*x",
    "1 if x >= 0 else alpha",
    title="PReLU",
    kinks=(kink(0, "alpha", 1, torch="alpha"),),
    source="He, Zhang, Ren & Sun 2015",
    frameworks={"torch": "PReLU (starts at 0.25)", "onnx": "PRelu (slope given)"},
)
def prelu(x: Array, *, alpha: float = 0.25) -> Pair:
    """Leaky ReLU whose slope is learned; drawn at its usual starting value."""
    return _leaky(x, alpha)


@activation(
    "x if x >= 0 else (lower + upper)/2*x",
    "1 if x >= 0 else (lower + upper)/2",
    title="RReLU",
    bounds=("lower <= upper",),
    kinks=(kink(0, "(lower + upper)/2", 1, torch="(lower + upper)/2"),),
    source="Xu, Wang, Chen & Li 2015",
    frameworks={"torch": "RReLU (slopes 1/8 to 1/3)"},
)
def rrelu(x: Array, *, lower: float = 1 / 8, upper: float = 1 / 3) -> Pair:
    """Leaky ReLU whose slope is drawn at random in training; drawn at its mean, as in inference."""
    return _leaky(x, (lower + upper) / 2)


def _leaky(x: Array, slope: float) -> Pair:
    upper = np.maximum if slope <= 1 else np.minimum  # of the two lines the one that is taken
    return upper(x, product(x, slope)), levels(x >= 0, 1.0, slope)


@activation(
    "log1p(beta*max(0, x))",
    "beta/(1 + beta*x) if x > 0 else 0",
    title="NLReLU",
    bounds=("beta > 0",),
    kinks=(kink(0, 0, "beta"),),
    source="Liu, Zhang, Gao, Qu & Ji 2019",
)
def nlrelu(x: Array, *, beta: float = 1.0) -> Pair:
    """The natural logarithm of a shifted ReLU, which damps large activations."""

    def slope(x: Array) -> Array:
        return 1.0 / (1.0 / beta + x)

    return pieces(
        x,
        (0.0, 1e300),  # where β·x could overflow, the logarithm of a product is a sum
        zero,
        lambda near: (np.log1p(beta * near), slope(near)),
        lambda far: (np.log(far) + math.log(beta), slope(far)),
    )
