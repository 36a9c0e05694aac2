"""Smooth rectifiers: softplus and its kin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import FAR, cosh_less_1, halves, pieces, scaled_decay
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "log1p(exp(beta*x))/beta",
    "1/(1 + exp(-beta*x))",
    title="Softplus",
    bounds=("beta > 0",),
    source="Dugas, Bengio, Bélisle, Nadeau & Garcia 2001",
    frameworks={
        "torch": "Softplus (linear above βx = 20)",
        "keras": "softplus",
        "tensorflow": "softplus",
        "jax": "softplus",
        "onnx": "Softplus",
    },
)
def softplus(x: Array, *, beta: float = 1.0) -> Pair:
    """A smooth ReLU, the integral of the sigmoid; β sets how sharp its bend is."""
    z, t, error = scaled_decay(x, beta)
    if isinstance(error, np.ndarray):
        t = t - t * (np.sign(z) * error)
    log = np.log1p(t)
    return np.maximum(x, 0.0) + (log if beta == 1.0 else log / beta), np.where(z >= 0, 1.0, t) / (1.0 + t)


@activation(
    "sqrt(softplus(x))",
    "sigmoid(x)/(2*f)",
    title="SqrtSoftplus",
    source="no paper known; a router score in mixtures of experts, 2026",
)
def sqrtsoftplus(x: Array) -> Pair:
    """The square root of softplus, which scores the experts of a mixture: positive, and slow to grow."""
    return halves(x, _sqrtsoftplus)


def _sqrtsoftplus(x: Array, right: bool) -> Pair:
    if right:
        t = np.exp(-x)
        root = np.sqrt(x + np.log1p(t))
        return root, 0.5 / ((1.0 + t) * root)
    half = np.exp(0.5 * x)  # the root is nearly this, and lives twice as far as its square
    t = np.maximum(half * half, 1e-300)
    root = np.sqrt(np.log1p(t) / t)
    return half * root, 0.5 * half / ((1.0 + t) * root)


@activation(
    "(x + sqrt(x**2 + b))/2",
    "(1 + x/sqrt(x**2 + b))/2",
    title="Squareplus",
    bounds=("b > 0",),
    source="Barron 2021",
    frameworks={"keras": "squareplus", "jax": "squareplus"},
)
def squareplus(x: Array, *, b: float = 4.0) -> Pair:
    """Softplus from a square root instead of exponentials; b sets the size of its bend."""
    left = -0.5 * math.sqrt(b)  # further on the left the sum of x and the root would cancel
    return halves(x, lambda half, right: _squareplus(half, b, right), at=left)


def _squareplus(x: Array, b: float, right: bool) -> Pair:
    held = np.clip(x, -FAR, FAR)
    square = held * held + b
    root = np.sqrt(square)
    if right:
        half = 0.5 * held
        return np.maximum(half + 0.5 * root, x), 0.5 + half / root
    root = np.maximum(root, -x)  # beyond FAR
    return (0.25 * b) / (0.5 * root - 0.5 * x), (0.5 * b) / (square - held * root)  # since f(x)·f(-x) = b/4


@activation(
    "0 if x < -1 else x if x > 1 else (x + 1)**2/4",
    "clip((x + 1)/2, 0, 1)",
    title="Sparse plus",
    range=(-3, 3),
    source="Blondel, Martins & Niculae 2020",
    frameworks={"keras": "sparse_plus", "jax": "sparse_plus"},
)
def sparse_plus(x: Array) -> Pair:
    """The integral of the sparse sigmoid: a ReLU whose corner is a parabola, exactly zero below −1."""
    half = 0.5 * (np.clip(x, -1.0, 1.0) + 1.0)
    return np.maximum(x, half * half), half


@activation(
    "log(cosh(x))",
    "tanh(x)",
    title="LogCosh",
    source="Green 1990; NNlib.jl",
)
def log_cosh(x: Array) -> Pair:
    """A smooth absolute value: a parabola near zero, |x| − ln 2 far out; better known as a loss."""
    return pieces(x, (-1.0, 1.0), _log_cosh_far, _log_cosh_near, _log_cosh_far)


def _log_cosh_far(x: Array) -> Pair:
    # ln cosh(x) = |x| - ln 2 + ln(1 + exp(-2|x|)), which would cancel near zero.
    size = np.abs(x)
    return (size - math.log(2.0)) + np.log1p(np.exp(-2.0 * size)), np.tanh(x)


def _log_cosh_near(x: Array) -> Pair:
    return np.log1p(cosh_less_1(x)), np.tanh(x)


@activation(
    "(sqrt(x**2 + 1) - 1)/2 + x",
    "x/(2*sqrt(x**2 + 1)) + 1",
    title="Bent identity",
    source="no paper known; in Wikipedia's table by 2018",
)
def bent_identity(x: Array) -> Pair:
    """A gentle bend at zero, from slope 1/2 far on the left to 3/2 far on the right."""
    held = np.clip(x, -FAR, FAR)
    root = np.sqrt(held * held + 1.0)
    half = 0.5 * held
    return x * (1.0 + half / (root + 1.0)), 1.0 + half / root
