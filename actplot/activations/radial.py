"""Bumps: largest at the centre, zero far out on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import exp_minus_square, pieces, zero
from actplot.declaration import activation, kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@activation(
    "exp(-x**2)",
    "-2*x*f",
    title="Gaussian",
    aliases=("radbas",),
    range=(-3, 3),
    source="Broomhead & Lowe 1988",
)
def gaussian(x: Array) -> Pair:
    """The bell of radial basis networks: it answers to inputs near its centre only."""
    bell = exp_minus_square(x)
    return bell, -2.0 * np.clip(x, -40.0, 40.0) * bell


@activation(
    "max(0, 1 - abs(x))",
    "-sign(x) if abs(x) < 1 else 0",
    title="Tribas",
    kinks=(kink(-1, 0, 1), kink(0, 1, -1), kink(1, -1, 0)),
    aliases=("triangular",),
    range=(-2, 2),
    source="Demuth & Beale, MATLAB Neural Network Toolbox 3, 1998",
)
def tribas(x: Array) -> Pair:
    """A bell of two straight lines, the triangular basis function."""
    return pieces(
        x,
        (-1.0, 0.0, 1.0),
        zero,
        lambda rise: (1.0 + rise, np.ones_like(rise)),
        lambda fall: (1.0 - fall, np.full_like(fall, -1.0)),
        zero,
    )
