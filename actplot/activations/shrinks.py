"""Shrinkage: small inputs go to zero, as in sparse coding and denoising."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import indicator, pieces, tanh_slope, x_minus_tanh
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "sign(x)*max(abs(x) - lambd, 0)",
    "1 if abs(x) > lambd else 0",
    title="Softshrink",
    bounds=("lambd >= 0",),
    kinks=(kink("-lambd", 1, "0 if lambd > 0 else 1", torch=0), kink("lambd", "0 if lambd > 0 else 1", 1, torch=0)),
    range=(-3, 3),
    source="Donoho 1995",
    frameworks={"torch": "Softshrink", "keras": "soft_shrink", "onnx": "Shrink (bias and lambd both 0.5)"},
)
def soft_shrink(x: Array, *, lambd: float = 0.5) -> Pair:
    """Moves every input towards zero by λ and stops there."""
    return x - np.clip(x, -lambd, lambd), indicator(np.abs(x) > lambd)


@activation(
    "x if abs(x) > lambd else 0",
    "1 if abs(x) > lambd else 0",
    title="Hardshrink",
    bounds=("lambd >= 0",),
    kinks=(
        kink("-lambd", 1, "0 if lambd > 0 else 1", jump=("-lambd", 0), torch=0),
        kink("lambd", "0 if lambd > 0 else 1", 1, jump=(0, "lambd"), torch=0),
    ),
    range=(-3, 3),
    source="Donoho & Johnstone 1994",
    frameworks={"torch": "Hardshrink", "keras": "hard_shrink", "onnx": "Shrink (lambd 0.5)"},
)
def hard_shrink(x: Array, *, lambd: float = 0.5) -> Pair:
    """Sets inputs no larger than λ to zero and keeps the others as they are."""
    beyond = np.abs(x) > lambd
    return np.where(beyond, x, 0.0), indicator(beyond)


@activation(
    "x - tanh(x)",
    "tanh(x)**2",
    title="Tanhshrink",
    source="Collobert, Kavukcuoglu & Farabet 2011",
    frameworks={"torch": "Tanhshrink", "keras": "tanh_shrink"},
)
def tanh_shrink(x: Array) -> Pair:
    """What tanh cuts off: flat at the origin, the identity less one far out."""
    return pieces(x, (-1.5, 1.5), _tanh_shrink_far, _tanh_shrink_near, _tanh_shrink_far)


def _tanh_shrink_far(x: Array) -> Pair:
    return x - np.tanh(x), 1.0 - tanh_slope(x)


def _tanh_shrink_near(x: Array) -> Pair:
    f = x_minus_tanh(x)
    return f, np.square(x - f)  # twice the error of a tanh would show in its square
