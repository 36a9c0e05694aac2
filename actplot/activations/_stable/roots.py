"""Inverse roots of 1 + αx², whose square overflows long before they reach their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_square, exact_sum

if TYPE_CHECKING:
    from actplot.declaration import Array


def inverse_root(x: Array, alpha: float) -> tuple[Array, Array]:
    """Return x/√(1 + αx²) and its derivative (1 + αx²)^(-3/2), for α > 0."""
    held = np.clip(x, -1e150, 1e150)  # the limit has long been reached, and the square is still finite
    square, square_error = exact_square(held)
    below, error = exact_sum(1.0, alpha * square)
    root = np.sqrt(below)
    slope = 1.0 / below / root
    return held / root, slope - slope * (1.5 * (error + alpha * square_error) / below)
