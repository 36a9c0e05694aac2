"""Smooth rectifiers: softplus and its kin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import EXTINCT, cosh_less_1, finite, scaled_decay
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
    t = t - t * np.sign(z) * error
    return np.maximum(x, 0.0) + np.log1p(t) / beta, np.where(z >= 0, 1.0, t) / (1.0 + t)


@activation(
    "sqrt(softplus(x))",
    "sigmoid(x)/(2*f)",
    title="SqrtSoftplus",
    source="no paper known; a router score in mixtures of experts, 2026",
)
def sqrtsoftplus(x: Array) -> Pair:
    """The square root of softplus, which scores the experts of a mixture: positive, and slow to grow."""
    half = np.exp(-0.5 * np.abs(x))  # on the left the root is nearly this, and lives twice as far as its square
    t = np.maximum(half * half, 1e-300)
    right = x >= 0
    root = np.sqrt(np.where(right, np.maximum(x, 0.0) + np.log1p(t), np.log1p(t) / t))
    size = np.where(right, 1.0, half)
    return size * root, size / (2.0 * (1.0 + t) * root)


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
    root = np.hypot(x, np.sqrt(b))
    half = 0.5 * np.abs(x) + 0.5 * root
    mirror = (0.25 * b) / half  # f(-|x|), since f(x)·f(-x) = b/4; the difference of x and the root would cancel
    f = np.where(x >= 0, half, mirror)
    return f, finite(f) / finite(root)


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
    above = np.clip(x, -1.0, 1.0) + 1.0
    return np.where(x > 1, x, above * above / 4.0), above / 2.0


@activation(
    "log(cosh(x))",
    "tanh(x)",
    title="LogCosh",
    source="Green 1990; NNlib.jl",
)
def log_cosh(x: Array) -> Pair:
    """A smooth absolute value: a parabola near zero, |x| − ln 2 far out; better known as a loss."""
    size = np.abs(x)
    near = size < 1
    # Far out ln cosh(x) = |x| - ln 2 + ln(1 + exp(-2|x|)), which would cancel near zero.
    log = np.log1p(np.where(near, cosh_less_1(np.minimum(size, 1.0)), np.exp(-2.0 * np.minimum(size, EXTINCT))))
    return np.where(near, log, (size - math.log(2.0)) + log), np.tanh(x)


@activation(
    "(sqrt(x**2 + 1) - 1)/2 + x",
    "x/(2*sqrt(x**2 + 1)) + 1",
    title="Bent identity",
    source="no paper known; in Wikipedia's table by 2018",
)
def bent_identity(x: Array) -> Pair:
    """A gentle bend at zero, from slope 1/2 far on the left to 3/2 far on the right."""
    held = finite(x)
    root = np.hypot(held, 1.0)
    with np.errstate(over="ignore"):  # 1.5·x for the largest inputs is beyond float64
        return x * (1.0 + 0.5 * (held / (root + 1.0))), 1.0 + 0.5 * (held / root)
