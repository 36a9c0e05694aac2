"""Errors in units in the last place."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array


def ulps(got: Array, high: Array, low: Array) -> Array:
    """Return the error of float64 results in units in the last place of the true values.

    Parameters
    ----------
    got
        The results, shape (n,).
    high, low
        The true values as high + low, high the nearest float64; infinite where they are beyond float64.

    Returns
    -------
    Array
        The errors, shape (n,): infinite for a NaN or a false infinity.

    """
    with np.errstate(all="ignore"):
        # An infinity stands for 2**1024, the float64 that would follow: large values are measured at a quarter of their
        # size so that this can be written, small ones at a multiple, or a quarter of their last digit would be nothing.
        scale = np.where(np.abs(high) < 1.0, 2.0**60, 0.25)
        difference = np.abs((_scaled(got, scale) - _scaled(high, scale)) - low * scale)
        error = difference / (_spacing(high, low) * scale)
    error[(got == high) & np.isinf(got)] = 0.0
    error[np.isnan(got) | (np.isinf(got) & (error > 8.0))] = np.inf
    return error


def _scaled(values: Array, scale: Array) -> Array:
    return np.where(np.isinf(values), np.copysign(2.0**1022, values), values * scale)


def _spacing(high: Array, low: Array) -> Array:
    """Return the distance between float64 numbers around the true value."""
    size = np.minimum(np.abs(high), math.nextafter(sys.float_info.max, 0.0))  # the last has no next
    # Just below a power of two the numbers lie twice as dense as just above it.
    below = (low != 0) & (np.signbit(low) != np.signbit(high)) & (np.frexp(size)[0] == 0.5)
    return np.where(below, np.spacing(np.nextafter(size, 0.0)), np.spacing(size))
