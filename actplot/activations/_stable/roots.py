"""Roots of a square and a constant, where the square overflows long before the root reaches its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_sum, fine_square

if TYPE_CHECKING:
    from actplot.declaration import Array

FAR = 1e150  # here the constant has long ceased to count, and the square is still finite


def root_of_sum(x: Array, b: float) -> Array:
    """Return √(x² + b) for 0 < b < 1e100; np.hypot takes several times as long."""
    root = np.sqrt(x * x + b)
    return root if root.max() < FAR else np.where(root < FAR, root, np.abs(x))


def inverse_root(x: Array, alpha: float) -> tuple[Array, Array]:
    """Return x/√(1 + αx²) and its derivative (1 + αx²)^(-3/2), for α > 0."""
    held = np.clip(x, -FAR, FAR)
    square, square_error = fine_square(held)
    below, error = exact_sum(1.0, square if alpha == 1.0 else alpha * square)
    root = np.sqrt(below)
    slope = 1.0 / below / root
    return held / root, slope - slope * (1.5 * (error + alpha * square_error) / below)
