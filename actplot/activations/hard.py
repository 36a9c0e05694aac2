"""Hard units: pieces of straight lines or parabolas in place of smooth curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import identity, indicator, levels, pieces, product, zero
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "abs(x)",
    "sign(x)",
    title="Abs",
    symbol=r"\operatorname{abs}",
    kinks=(kink(0, -1, 1, torch=0, jax=1),),
    range=(-3, 3),
    source="Jarrett, Kavukcuoglu, Ranzato & LeCun 2009",
)
def abs_(x: Array) -> Pair:
    """Keeps the size and drops the sign."""
    return np.abs(x), np.sign(x)


@activation(
    "clip(x, lower, upper)",
    "1 if lower < x < upper else 0",
    title="Hardtanh",
    bounds=("lower < upper",),
    kinks=(kink("lower", 0, 1, torch=0, tensorflow=1, jax=1), kink("upper", 1, 0, torch=0, tensorflow=1, jax=1)),
    aliases=("satlins",),
    range=(-3, 3),
    source="Collobert 2004",
    frameworks={"torch": "Hardtanh", "keras": "hard_tanh", "jax": "hard_tanh"},
)
def hard_tanh(x: Array, *, lower: float = -1.0, upper: float = 1.0) -> Pair:
    """The identity, cut off at two limits."""
    return np.clip(x, lower, upper), indicator((x > lower) & (x < upper))


@activation(
    "clip(x, 0, 1)",
    "1 if 0 < x < 1 else 0",
    title="Satlin",
    kinks=(kink(0, 0, 1), kink(1, 1, 0)),
    range=(-1, 2),
    source="Demuth & Beale, MATLAB Neural Network Toolbox 3, 1998",
)
def satlin(x: Array) -> Pair:
    """The identity between 0 and 1, saturated outside."""
    return np.clip(x, 0.0, 1.0), indicator((x > 0) & (x < 1))


@activation(
    "max(alpha*(x + c) - c, min(alpha*(x - c) + c, x))",
    "1 if abs(x) < c else alpha",
    title="PLU",
    bounds=("0 <= alpha <= 1", "c > 0"),
    kinks=(kink("-c", "alpha", 1), kink("c", 1, "alpha")),
    range=(-4, 4),
    source="Nicolae 2018",
)
def plu(x: Array, *, alpha: float = 0.1, c: float = 1.0) -> Pair:
    """A hard tanh that goes on with a small slope instead of stopping."""
    middle = np.clip(x, -c, c)
    beyond = x - middle
    return middle + product(beyond, alpha), levels(beyond == 0, 1.0, alpha)


@activation(
    "clip(x/6 + 1/2, 0, 1)",
    "1/6 if -3 < x < 3 else 0",
    title="Hardsigmoid",
    kinks=(kink(-3, 0, "1/6", torch=0, tensorflow=0, jax=0), kink(3, "1/6", 0, torch=0, tensorflow=0, jax=0)),
    source="Courbariaux, Bengio & David 2015; Howard et al. 2019",
    frameworks={
        "torch": "Hardsigmoid",
        "keras": "hard_sigmoid (0.2x + 0.5 in tf.keras up to 2.15)",
        "jax": "hard_sigmoid",
        "onnx": "HardSigmoid (0.2x + 0.5)",
    },
)
def hard_sigmoid(x: Array) -> Pair:
    """A sigmoid of three straight lines, cheap on phones and in fixed point."""
    # x + 3 before the division: near -3 that sum is exact, x/6 + 1/2 is not.
    return (np.clip(x, -3.0, 3.0) + 3.0) / 6.0, levels(np.abs(x) < 3, 1 / 6, 0.0)


@activation(
    "clip((x + 1)/2, 0, 1)",
    "1/2 if -1 < x < 1 else 0",
    title="Sparse sigmoid",
    kinks=(kink(-1, 0, "1/2"), kink(1, "1/2", 0)),
    range=(-3, 3),
    source="Blondel, Martins & Niculae 2020",
    frameworks={"keras": "sparse_sigmoid", "jax": "sparse_sigmoid"},
)
def sparse_sigmoid(x: Array) -> Pair:
    """The sparsemax of two classes: exactly 0 below −1 and exactly 1 above 1."""
    return (np.clip(x, -1.0, 1.0) + 1.0) / 2.0, levels(np.abs(x) < 1, 0.5, 0.0)


@activation(
    "x*clip(x + 3, 0, 6)/6",
    "0 if x < -3 else 1 if x > 3 else (2*x + 3)/6",
    title="Hardswish",
    kinks=(kink(-3, 0, "-1/2", torch=0, jax=0), kink(3, "3/2", 1, torch=1, jax=1)),
    aliases=("hard_silu",),
    source="Howard et al. 2019",
    frameworks={"torch": "Hardswish", "keras": "hard_silu", "jax": "hard_silu", "onnx": "HardSwish"},
)
def hard_swish(x: Array) -> Pair:
    """SiLU with the sigmoid replaced by a hard one."""
    return pieces(x, (-3.0, 3.0), zero, lambda bend: (bend * (bend + 3.0) / 6.0, (bend + 1.5) / 3.0), identity)


@activation(
    "x*clip(x + 2, 0, 2)/2",
    "0 if x < -2 else 1 if x > 0 else x + 1",
    title="Hard Mish",
    kinks=(kink(-2, 0, -1),),
    range=(-4, 2),
    source="timm 2020, from notes by Misra",
)
def hard_mish(x: Array) -> Pair:
    """Mish from a parabola between −2 and 0; on the right it is the identity."""
    return pieces(x, (-2.0, 0.0), zero, lambda bend: (0.5 * bend * (bend + 2.0), bend + 1.0), identity)
