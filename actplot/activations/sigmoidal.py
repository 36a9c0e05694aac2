"""Sigmoids made of exponentials: bounded or slowly growing, monotone, S-shaped."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import (
    decay,
    exact_sum,
    exp_both,
    exp_minus_square,
    logistic,
    normal_left,
    normal_right,
    pieces,
    remainder,
    scaled_decay,
    tanh_slope,
)
from actplot.activations._stable import (
    erf as error_function,
)
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "1/(1 + exp(-x))",
    "f*(1 - f)",
    title="Sigmoid",
    symbol=r"\sigma",
    aliases=("logistic", "logsig", "expit"),
    range=(-6, 6),
    source="Verhulst 1845; Rumelhart, Hinton & Williams 1986",
    frameworks={"torch": "Sigmoid", "keras": "sigmoid", "tensorflow": "sigmoid", "jax": "sigmoid", "onnx": "Sigmoid"},
)
def sigmoid(x: Array) -> Pair:
    """Squashes any number to a probability; its slope never exceeds 1/4, so deep stacks of it learn slowly."""
    return logistic(x)


@activation(
    "-log1p(exp(-x))",
    "1 - exp(f)",
    title="LogSigmoid",
    source="Collobert, Kavukcuoglu & Farabet 2011",
    frameworks={"torch": "LogSigmoid", "keras": "log_sigmoid", "jax": "log_sigmoid"},
)
def log_sigmoid(x: Array) -> Pair:
    """The logarithm of the sigmoid, the log-probability that a logistic loss sums."""
    t = decay(x)
    return np.minimum(x, 0.0) - np.log1p(t), np.where(x >= 0, t, 1.0) / (1.0 + t)


@activation(
    "tanh(x)",
    "1 - f**2",
    title="Tanh",
    symbol=r"\tanh",
    aliases=("tansig",),
    source="LeCun, Bottou, Orr & Müller 1998",
    frameworks={"torch": "Tanh", "keras": "tanh", "tensorflow": "tanh", "jax": "tanh", "onnx": "Tanh"},
)
def tanh(x: Array) -> Pair:
    """A sigmoid from −1 to 1 with slope 1 at the origin."""
    return np.tanh(x), tanh_slope(x)


@activation(
    "b*tanh(a*x)",
    "a*b*(1 - tanh(a*x)**2)",
    title="Scaled tanh",
    aliases={"lecun_tanh": {"a": 2 / 3}},
    source="LeCun 1989; LeCun, Bottou, Orr & Müller 1998",
)
def stanh(x: Array, *, a: float = 0.67, b: float = 1.7159) -> Pair:
    """Tanh stretched so that f(±1) = ±1 and the slope stays useful on the way there."""
    z, t, error = scaled_decay(x, 2.0 * a)
    # The rounding of z makes t a multiple of what it should be; in this place that costs no rounding of its own.
    return b * np.tanh(0.5 * z), 4.0 * a * b * (t / (1.0 + (t * (2.0 + t) + np.sign(z) * error)))


@activation(
    "erf(x)",
    "2*exp(-x**2)/sqrt(pi)",
    title="Erf",
    symbol=r"\operatorname{erf}",
    range=(-3, 3),
    source="Saad & Solla 1995; Williams 1998",
    frameworks={"onnx": "Erf"},
)
def erf(x: Array) -> Pair:
    """The error function, a sigmoid with the tails of the normal distribution."""
    f, bell = error_function(x)
    return f, 2.0 / math.sqrt(math.pi) * bell


@activation(
    "(1 + erf((x - mu)/(sigma*sqrt(2))))/2",
    "exp(-((x - mu)/sigma)**2/2)/(sigma*sqrt(2*pi))",
    title="Laplace",
    bounds=("sigma > 0",),
    range=(-1, 2),
    source="Ma, Zhou, Kong, He, Gui, Neubig, May & Zettlemoyer 2022",
)
def laplace(x: Array, *, mu: float = 0.707107, sigma: float = 0.282095) -> Pair:
    """A normal distribution's cumulative curve, placed so that it follows a squared ReLU near its middle."""

    def piece(normal: Callable[[Array, Array], Pair]) -> Callable[[Array], Pair]:
        return lambda part: _laplace(part, mu, sigma, normal)

    return pieces(x, (mu, mu + 9.0 * sigma), piece(normal_left), piece(normal_right), piece(_full))


def _laplace(x: Array, mu: float, sigma: float, normal: Callable[[Array, Array], Pair]) -> Pair:
    # (x - mu)/sigma as a double-double: in the tail its rounding would cost hundreds of units in the last place.
    distance, error = exact_sum(np.clip(x, mu - 50.0 * sigma, mu + 50.0 * sigma), -mu)
    z = distance / sigma
    f, bell = normal(z, remainder(distance, sigma, z) + error / sigma)
    return f, bell * (1.0 / (math.sqrt(2.0 * math.pi) * sigma))


def _full(z: Array, low: Array) -> Pair:
    bell = exp_minus_square(z, 0.5)
    return np.ones_like(z), bell - bell * (z * low)


@activation(
    "1 - exp(-exp(x))",
    "exp(x - exp(x))",
    title="Cloglog",
    range=(-5, 3),
    judged=(-math.inf, 650.0),
    source="Fisher 1922; Gomes, Ludermir & Lima 2011",
)
def cloglog(x: Array) -> Pair:
    """The inverse of the complementary log-log link: an asymmetric sigmoid, slow on the left and quick on the right."""
    return pieces(x, (0.0, 7.0), _cloglog_left, _cloglog_right, lambda far: (np.ones_like(far), np.zeros_like(far)))


def _cloglog_left(x: Array) -> Pair:
    rate = np.exp(x)
    return -np.expm1(-rate), rate * np.exp(-rate)


def _cloglog_right(x: Array) -> Pair:
    # exp(x) as a double-double: in the tail its rounding would cost hundreds of units in the last place.
    high, low = exp_both(x)
    exponent, error = exact_sum(x, -high)
    slope = np.exp(exponent)
    return -np.expm1(-high), slope + slope * (error - low)
