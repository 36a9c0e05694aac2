"""The mean output for standard normal input."""

from __future__ import annotations

import math

from actplot.arrays import numpy as np
from actplot.calculus.seams import Seam
from actplot.functions.activation import Activation

EDGE = 38.0  # beyond it the density of the normal distribution leaves float64
MIDDLE = 12.0
FADED = 1e-6  # relative: what is larger at the edge need not have a mean
BESIDE = (1e-4, 1e-10)
SHRINKING = 0.9  # from the first to the second, times the distance: it stays as it is for 1/x, which has no integral


def mean(activation: Activation) -> float | None:
    """Return the mean by the trapezoidal rule; None where there is none, or it is beyond float64."""
    poles = [seam for seam in activation.seams if any(map(math.isinf, seam.f))]
    if not all(_has_an_integral(activation, pole) for pole in poles):
        return None
    beside = np.geomspace(1e-15, 1.0, 1000)
    steep = [pole.x + side * beside for pole in poles for side in (-1.0, 1.0)]
    x = np.concatenate([np.linspace(-EDGE, EDGE, 2001), np.linspace(-MIDDLE, MIDDLE, 48_001), *steep])
    x = np.setdiff1d(x[np.abs(x) <= EDGE], [seam.x for seam in activation.seams if seam.kind != "edge"])
    parts = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) * activation.exact.plain(x, (0,))[0]
    alone = np.isnan(parts[1:-1]) & ~np.isnan(parts[:-2]) & ~np.isnan(parts[2:])  # one point has no weight
    x, parts = (np.delete(each, 1 + np.flatnonzero(alone)) for each in (x, parts))
    found = float(np.sum((parts[1:] + parts[:-1]) / 2.0 * np.diff(x)))
    faded = np.abs(parts[[0, -1]]).max() <= FADED * np.abs(parts).max()
    return found if faded and math.isfinite(found) else None


def _has_an_integral(activation: Activation, pole: Seam) -> bool:
    """Say whether f grows so slowly towards a pole that the area beside it is finite."""
    steps = np.array([side * step for step in BESIDE for side in (-1.0, 1.0)])
    areas = np.abs(steps * activation.exact.plain(pole.x + steps, (0,))[0]).reshape(2, 2)
    return bool(np.all(areas[1] <= SHRINKING * areas[0]))
