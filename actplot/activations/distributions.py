"""Outputs that are probabilities, their logarithms, or rates; of several logits one moves, the rest stay at zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import decay, logistic_slope
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "exp(x)/(exp(x) + k - 1)",
    "f*(1 - f)",
    title="Softmax",
    bounds=("k >= 2",),
    range=(-6, 6),
    source="Bridle 1990",
    frameworks={"torch": "Softmax", "keras": "softmax", "tensorflow": "softmax", "jax": "softmax", "onnx": "Softmax"},
)
def softmax(x: Array, *, k: float = 3.0) -> Pair:
    """The probability of one of k classes as its own logit moves and the other k − 1 stay at zero."""
    right = x >= 0
    odds = _odds(x, k)
    return np.where(right, 1.0, odds) / (1.0 + odds), logistic_slope(odds)


@activation(
    "x - log(exp(x) + k - 1)",
    "(k - 1)/(exp(x) + k - 1)",
    title="LogSoftmax",
    bounds=("k >= 2",),
    range=(-6, 6),
    source="Bridle 1990",
    frameworks={
        "torch": "LogSoftmax",
        "keras": "log_softmax",
        "tensorflow": "log_softmax",
        "jax": "log_softmax",
        "onnx": "LogSoftmax",
    },
)
def log_softmax(x: Array, *, k: float = 3.0) -> Pair:
    """The logarithm of the softmax, what a cross-entropy loss reads."""
    right = x >= 0
    odds = _odds(x, k)
    # Every term is negative, so nothing cancels: on the left x, ln(k - 1) and the rest of the logarithm.
    f = np.minimum(x, 0.0) - np.where(right, 0.0, np.log(k - 1.0)) - np.log1p(odds)
    return f, np.where(right, odds, 1.0) / (1.0 + odds)


def _odds(x: Array, k: float) -> Array:
    """Return the odds against the class on the right, for it on the left: neither overflows."""
    t = decay(x)
    return np.where(x >= 0, (k - 1.0) * t, t / (k - 1.0))


@activation(
    "exp(x)",
    "exp(x)",
    title="Exponential",
    range=(-4, 3),
    source="Nelder & Wedderburn 1972",
    frameworks={"keras": "exponential", "onnx": "Exp"},
)
def exponential(x: Array) -> Pair:
    """Turns any number into a positive rate, as in Poisson regression; its own derivative."""
    with np.errstate(over="ignore"):  # above 709.78 it is beyond float64
        f = np.exp(x)
    return f, f
