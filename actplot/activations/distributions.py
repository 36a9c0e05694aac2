"""Outputs that are probabilities, their logarithms, or rates; of several logits one moves, the rest stay at zero."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import halves, logistic_slope
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
    return halves(x, lambda half, right: _softmax(half, k, right))


def _softmax(x: Array, k: float, right: bool) -> Pair:
    odds = _odds(x, k, right)
    return (1.0 if right else odds) / (1.0 + odds), logistic_slope(odds)


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
    return halves(x, lambda half, right: _log_softmax(half, k, right))


def _log_softmax(x: Array, k: float, right: bool) -> Pair:
    odds = _odds(x, k, right)
    log = np.log1p(odds)
    # Every term is negative, so nothing cancels: on the left x, ln(k - 1) and the rest of the logarithm.
    return -log if right else (x - math.log(k - 1.0)) - log, (odds if right else 1.0) / (1.0 + odds)


def _odds(x: Array, k: float, right: bool) -> Array:
    """Return the odds against the class on the right, for it on the left: neither overflows."""
    return (k - 1.0) * np.exp(-x) if right else np.exp(x) / (k - 1.0)


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
    f = np.exp(x)
    return f, f
