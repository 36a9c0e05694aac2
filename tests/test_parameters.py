"""Every parameter at several values: f and f' against formulas written a second time, read as power series.

The formulas are those of the papers, as plainly as they can be written; ball arithmetic carries f' along with f.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

import actplot
from tests import from_papers_with_parameters as from_papers
from tests.from_papers_with_parameters import at, exp, sigma, tanh

X = (-40.0, -7.3, -2.4, -1.01, -0.37, -0.02, 0.013, 0.41, 1.07, 2.6, 5.9, 33.0)
BITS = 2000  # the tails cancel


def elu(x: Any, alpha: float) -> Any:
    return x if at(x) > 0 else alpha * (exp(x) - 1)


def celu(x: Any, alpha: float) -> Any:
    return x if at(x) > 0 else alpha * (exp(x / alpha) - 1)


def selu(x: Any, alpha: float, scale: float) -> Any:
    return scale * elu(x, alpha)


def xielu(x: Any, alpha_p: float, alpha_n: float, beta: float) -> Any:
    return alpha_p * x * x + beta * x if at(x) > 0 else alpha_n * (exp(x) - 1) - alpha_n * x + beta * x


def isrlu(x: Any, alpha: float) -> Any:
    return x if at(x) >= 0 else x / (1 + alpha * x * x).sqrt()


def isru(x: Any, alpha: float) -> Any:
    return x / (1 + alpha * x * x).sqrt()


def leaky(x: Any, slope: Any) -> Any:
    return x if at(x) >= 0 else slope * x


def rrelu(x: Any, lower: float, upper: float) -> Any:
    return leaky(x, (flint.arb(lower) + flint.arb(upper)) / 2)


def nlrelu(x: Any, beta: float) -> Any:
    return (1 + beta * x).log() if at(x) > 0 else 0 * x


def relu_n(x: Any, n: float) -> Any:
    return 0 * x if at(x) < 0 else 0 * x + n if at(x) > n else x


def clip(x: Any, low: float, high: float) -> Any:
    return 0 * x + low if at(x) < low else 0 * x + high if at(x) > high else x


def hard_sigmoid(x: Any, alpha: float, beta: float) -> Any:
    return clip(alpha * x + beta, 0, 1)


def plu(x: Any, alpha: float, c: float) -> Any:
    if at(x) > c:
        return alpha * (x - c) + c
    return alpha * (x + c) - c if at(x) < -c else x


def softplus(x: Any, beta: float, threshold: float = math.inf) -> Any:
    return x if at(beta * x) > threshold else (1 + exp(beta * x)).log() / beta


def soft_shrink(x: Any, lambd: float, bias: float) -> Any:
    return x - bias if at(x) > lambd else x + bias if at(x) < -lambd else 0 * x


def laplace(x: Any, mu: float, sigma: float) -> Any:
    return (1 + ((x - mu) / (flint.arb(2).sqrt() * sigma)).erf()) / 2


def entmax(x: Any, k: float) -> Any:
    """Return the first of the shares (logit/2 - level)² that make 1, the level found by Newton's method."""
    if at(x) >= 2 or at(x) <= -2 / math.sqrt(k - 1):
        return 0 * x + (1 if at(x) > 0 else 0)
    level = 0 * x - 3
    for _ in range(16):
        over = (x / 2 - level) * (x / 2 - level) + (k - 1) * level * level - 1
        level = level - over / (2 * (level - x / 2) + 2 * (k - 1) * level)
    return (x / 2 - level) * (x / 2 - level)


FORMULAS: dict[str, Callable[..., Any]] = {
    "identity": lambda x, alpha, beta: alpha * x + beta,
    "step": lambda x, theta, value: 0 * x + (1 if at(x) > theta else 0),
    "relu6": relu_n,
    "leaky_relu": lambda x, alpha: leaky(x, alpha),
    "prelu": lambda x, alpha: leaky(x, alpha),
    "rrelu": rrelu,
    "threshold": lambda x, theta, value: x if at(x) > theta else 0 * x + value,
    "elu": elu,
    "celu": celu,
    "selu": selu,
    "plu": plu,
    "isrlu": isrlu,
    "nlrelu": nlrelu,
    "xielu": xielu,
    "hard_tanh": lambda x, lower, upper: clip(x, lower, upper),
    "hard_sigmoid": hard_sigmoid,
    "hard_swish": lambda x, alpha, beta: x * hard_sigmoid(x, alpha, beta),
    "soft_shrink": soft_shrink,
    "hard_shrink": soft_shrink,
    "stanh": lambda x, a, b: b * tanh(a * x),
    "laplace": laplace,
    "isru": isru,
    "softplus": softplus,
    "squareplus": lambda x, b: (x + (x * x + b).sqrt()) / 2,
    "silu": lambda x, beta: x * sigma(beta * x),
    "snake": lambda x, a, b: x + (a * x).sin() * (a * x).sin() / b,
    "sin": lambda x, omega: (omega * x).sin(),
    "softmax": lambda x, k: exp(x) / (exp(x) + (k - 1)),
    "log_softmax": lambda x, k: (exp(x) / (exp(x) + (k - 1))).log(),
    "softmin": lambda x, k: exp(-x) / (exp(-x) + (k - 1)),
    "sparsemax": lambda x, k: clip(x - (x - 1) / k, 0, 1),
    "entmax": entmax,
    "lisht": lambda x, alpha: x * tanh(x / alpha),
    **from_papers.FORMULAS,
}

# Values that float64 holds exactly, so that no formula is read at others.
GIVEN: list[tuple[str, dict[str, float]]] = [
    ("identity", {"alpha": -2, "beta": 0.75}),
    ("identity", {"alpha": 0.5}),
    ("step", {"theta": 0.375}),
    ("step", {"theta": -2, "value": 0.5}),
    ("relu6", {"n": 2}),
    ("relu6", {"n": 20}),
    ("leaky_relu", {"alpha": 0.25}),
    ("leaky_relu", {"alpha": -1.5}),
    ("prelu", {"alpha": 0.625}),
    ("rrelu", {"lower": 0.125, "upper": 0.5}),
    ("rrelu", {"lower": -0.25, "upper": 0.75}),
    ("threshold", {"theta": -1, "value": 20}),
    ("threshold", {"theta": 3, "value": -7.5}),
    ("elu", {"alpha": 0.5}),
    ("elu", {"alpha": 3}),
    ("celu", {"alpha": 0.5}),
    ("celu", {"alpha": 2}),
    ("celu", {"alpha": 7.5}),
    ("selu", {"alpha": 0.5, "scale": 3}),
    ("selu", {"alpha": 2, "scale": 0.25}),
    ("plu", {"alpha": 0.5, "c": 2}),
    ("plu", {"alpha": 0.25, "c": 0.125}),
    ("plu", {"alpha": 0, "c": 5}),
    ("isrlu", {"alpha": 3}),
    ("isrlu", {"alpha": 0.125}),
    ("nlrelu", {"beta": 0.5}),
    ("nlrelu", {"beta": 4}),
    ("xielu", {"alpha_p": 0.25, "alpha_n": 1.5, "beta": 0.125}),
    ("xielu", {"alpha_p": 2, "alpha_n": 0.5, "beta": -1}),
    ("hard_tanh", {"lower": -2, "upper": 0.25}),
    ("hard_tanh", {"lower": 0.5, "upper": 3}),
    ("hard_sigmoid", {"alpha": 0.25, "beta": 0.5}),
    ("hard_sigmoid", {"alpha": 2, "beta": -0.5}),
    ("hard_swish", {"alpha": 0.25, "beta": 0.375}),
    ("hard_swish", {"alpha": 1, "beta": 0.5}),
    ("soft_shrink", {"lambd": 2, "bias": 2}),
    ("soft_shrink", {"lambd": 0.25, "bias": 0.125}),
    ("hard_shrink", {"lambd": 2, "bias": 0}),
    ("hard_shrink", {"lambd": 1, "bias": 0.5}),
    ("stanh", {"a": 0.5, "b": 3}),
    ("stanh", {"a": 2, "b": -0.5}),
    ("laplace", {"mu": 0.5, "sigma": 2}),
    ("laplace", {"mu": -1, "sigma": 0.25}),
    ("isru", {"alpha": 3}),
    ("isru", {"alpha": 0.125}),
    ("softplus", {"beta": 0.5}),
    ("softplus", {"beta": 3}),
    ("softplus", {"beta": 2, "threshold": 4}),
    ("squareplus", {"b": 1}),
    ("squareplus", {"b": 0.25}),
    ("silu", {"beta": 0.5}),
    ("silu", {"beta": 3}),
    ("silu", {"beta": -1}),
    ("snake", {"a": 3, "b": 0.5}),
    ("snake", {"a": 0.5, "b": 2}),
    ("sin", {"omega": 3}),
    ("sin", {"omega": 0.5}),
    ("softmax", {"k": 2}),
    ("softmax", {"k": 10}),
    ("softmin", {"k": 2}),
    ("softmin", {"k": 5}),
    ("sparsemax", {"k": 2}),
    ("sparsemax", {"k": 5}),
    ("entmax", {"k": 2}),
    ("entmax", {"k": 5}),
    ("log_softmax", {"k": 2}),
    ("log_softmax", {"k": 1000}),
    ("lisht", {"alpha": 3}),
    ("lisht", {"alpha": 0.125}),
    *from_papers.GIVEN,
]


def known(name: str, x: float, given: dict[str, float]) -> tuple[float, float]:
    """Return f and f' from the formula above."""
    with flint.ctx.workprec(BITS):
        value = FORMULAS[name](flint.arb_series([x, 1], prec=2), **given)
        return float(value[0].mid()), float(value[1].mid())


def test_every_activation_with_parameters_is_tried_at_two_sets_of_them() -> None:
    wanted = {name for name in actplot.names() if actplot.get(name).values}
    assert set(FORMULAS) == wanted
    tried = [name for name, _ in GIVEN]
    assert {name for name in wanted if tried.count(name) >= 2} == wanted - {"prelu"}, "leaky ReLU's formula"
    for name in wanted:
        changed = {key for tried_name, given in GIVEN for key in given if tried_name == name}
        assert changed == set(actplot.get(name).values), name


@pytest.mark.parametrize(
    ("name", "given"),
    GIVEN,
    ids=lambda part: part if isinstance(part, str) else ",".join(f"{k}={v}" for k, v in part.items()),
)
def test_f_and_its_slope_are_those_of_the_literature(name: str, given: dict[str, float]) -> None:
    activation = actplot.get(name, **given)
    places = [x for x in X if all(x != kink.x for kink in activation.kinks)]
    f, df = activation(np.array(places))
    for x, value, slope in zip(places, f.tolist(), df.tolist(), strict=True):
        expected = known(name, x, dict(activation.values))
        assert (value, slope) == pytest.approx(expected, rel=1e-14, abs=1e-300), x


@pytest.mark.parametrize(
    ("spec", "kinks"),
    [
        ("relu6:n=2", [(0.0, 0.0, 1.0), (2.0, 1.0, 0.0)]),
        ("rrelu:lower=0.25,upper=0.75", [(0.0, 0.5, 1.0)]),
        ("plu:alpha=0.5,c=2", [(-2.0, 0.5, 1.0), (2.0, 1.0, 0.5)]),
        ("nlrelu:beta=4", [(0.0, 0.0, 4.0)]),
        ("selu:alpha=2,scale=3", [(0.0, 6.0, 3.0)]),
        ("hard_tanh:lower=-2,upper=0.25", [(-2.0, 0.0, 1.0), (0.25, 1.0, 0.0)]),
        ("hard_sigmoid:alpha=0.25,beta=0.5", [(-2.0, 0.0, 0.25), (2.0, 0.25, 0.0)]),
        ("hard_swish:alpha=0.25,beta=0.5", [(-2.0, 0.0, -0.5), (2.0, 1.5, 1.0)]),
        ("soft_shrink:lambd=2", [(-2.0, 1.0, 0.0), (2.0, 0.0, 1.0)]),
        ("hard_shrink:lambd=2", [(-2.0, 1.0, 0.0), (2.0, 0.0, 1.0)]),
        ("xielu:alpha_p=3", []),
        ("celu:alpha=3", []),
        ("isrlu:alpha=3", []),
    ],
)
def test_kinks_at_other_parameters(spec: str, kinks: list[tuple[float, float, float]]) -> None:
    assert [(kink.x, kink.left, kink.right) for kink in actplot.get(spec).kinks] == kinks
