"""Isolated zeros of a certified function, near which plain float64 has no digits left."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot.accuracy.balls import Ball, precision
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

_MOST_ZEROS = 200  # a function with more zeros is not looked at that closely


def isolated_zeros(read: Callable[[float], Ball], x: Array, values: Array) -> list[float]:
    """Return the isolated zeros other than x = 0, among points that lie dense.

    Parameters
    ----------
    read
        The certified function.
    x
        Sorted points, shape (n,).
    values
        Its values there, nearest float64, shape (n,).

    """
    dense = np.diff(x) < 1.0
    sign = np.sign(values)
    with precision(128):
        size = np.abs(values)
        crossings = _nearest(x, np.flatnonzero(dense & (sign[:-1] * sign[1:] < 0)))
        crossing = [_bisect(read, float(x[i]), float(x[i + 1])) for i in crossings]
        lower = (size[1:-1] < 0.1) & (size[1:-1] < size[:-2]) & (size[1:-1] < size[2:])
        lower &= sign[:-2] == sign[2:]
        dips = _nearest(x, np.flatnonzero(lower & dense[:-1] & dense[1:]))
        touching = [_descend(read, float(x[i]), float(x[i + 2])) for i in dips]
    met = x[1:-1][(sign[1:-1] == 0) & (sign[:-2] != 0) & (sign[2:] != 0)].tolist()
    return [zero for zero in (*crossing, *touching, *met) if zero is not None and zero != 0]


def _nearest(x: Array, indices: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the indices of the points nearest to 0, no more than are looked at."""
    return indices[np.argsort(np.abs(x[indices]), kind="stable")[:_MOST_ZEROS]]


def _size(read: Callable[[float], Ball], x: float) -> float:
    try:
        return float(read(x))
    except ArithmeticError:
        return math.nan


def _bisect(read: Callable[[float], Ball], low: float, high: float) -> float | None:
    """Return the zero between two points of opposite sign, or None if the sign changes in a jump."""
    if low <= 0.0 <= high:
        return None
    left = _size(read, low) > 0
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (middle, high) if (_size(read, middle) > 0) == left else (low, middle)
    return low if abs(_size(read, low)) + abs(_size(read, high)) < 1e-9 * max(1.0, abs(low)) else None


def _descend(read: Callable[[float], Ball], low: float, high: float) -> float | None:
    """Return the point between two others at which the function touches zero, or None if it stays away."""
    for _ in range(60):
        third = (high - low) / 3
        a, b = low + third, high - third
        low, high = (low, b) if abs(_size(read, a)) < abs(_size(read, b)) else (a, high)
    middle = low + (high - low) / 2
    return middle if abs(_size(read, middle)) < 1e-12 and not low <= 0.0 <= high else None
