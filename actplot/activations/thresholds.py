"""Thresholds: functions with a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import indicator
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "1 if x >= 0 else 0",
    "0",
    title="Step",
    kinks=(kink(0, 0, 0, jump=(0, 1)),),
    aliases=("heaviside", "binary_step", "hardlim"),
    range=(-2, 2),
    source="McCulloch & Pitts 1943",
)
def step(x: Array) -> Pair:
    """Fires or does not; its derivative is zero wherever it exists, so no gradient passes."""
    return indicator(x >= 0), np.zeros_like(x)


@activation(
    "sign(x)",
    "0",
    title="Sign",
    kinks=(kink(0, 0, 0, jump=(-1, 1)),),
    aliases=("hardlims",),
    range=(-2, 2),
    source="Widrow & Hoff 1960",
)
def sign(x: Array) -> Pair:
    """The perceptron's output, −1 or 1, and 0 at zero, where MATLAB's hardlims is 1."""
    return np.sign(x), np.zeros_like(x)


@activation(
    "x if x > theta else value",
    "1 if x > theta else 0",
    title="Threshold",
    kinks=(kink("theta", 0, 1, jump=("value", "theta"), torch=0),),
    aliases=("thresholded_relu", "trelu"),
    range=(-2, 4),
    source="Konda, Memisevic & Krueger 2014",
    frameworks={
        "torch": "Threshold (threshold and value given)",
        "keras": "threshold (both given)",
        "onnx": "ThresholdedRelu (alpha 1)",
    },
)
def threshold(x: Array, *, theta: float = 1.0, value: float = 0.0) -> Pair:
    """Passes what exceeds a threshold and puts a constant in place of the rest."""
    above = x > theta
    return np.where(above, x, value), indicator(above)
