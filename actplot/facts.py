"""What can be computed about an activation: its range and its largest slope."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation

if TYPE_CHECKING:
    from actplot.declaration import Array

HUGE = 1e100  # values as large are on their way to infinity
ROUNDED = 5.0  # a limit met farther out than this, and not at a kink, is met by rounding: sigmoid(37) is not 1
REACH = 60.0  # the part of the axis that is searched densely; every bend of the catalogue lies in it


@dataclass(frozen=True)
class Extreme:
    """A largest or smallest value and where it is taken; ``x`` is infinite for a limit that is only approached."""

    value: float
    x: float


@dataclass(frozen=True)
class Facts:
    """The infimum and supremum of f, and the largest slope in size."""

    lowest: Extreme
    highest: Extreme
    steepest: Extreme


def facts(activation: Activation) -> Facts:
    """Compute the facts of an activation from its values."""
    x = _search_points(activation)
    f, df = activation(x)
    lowest, highest = _extreme(activation, x, f, 0, -1.0), _extreme(activation, x, f, 0, 1.0)
    with np.errstate(over="ignore"):
        size = np.abs(df)
    kinks = [Extreme(slope, kink.x) for kink in activation.kinks for slope in (kink.left, kink.right)]
    smooth = _extreme(activation, x, size, 1, 1.0)
    steepest = max([smooth, *kinks], key=lambda extreme: (abs(extreme.value), -abs(extreme.x)))
    return Facts(lowest, highest, steepest)


def _search_points(activation: Activation) -> Array:
    dense = np.linspace(-REACH, REACH, 24_001)
    far = np.geomspace(REACH, 1e308, 400)
    points = np.concatenate([[-np.inf], -far[::-1], dense, far, [np.inf]])
    return np.union1d(points, [kink.x for kink in activation.kinks])


def _extreme(activation: Activation, x: Array, values: Array, which: int, sign: float) -> Extreme:
    """Return the largest (sign 1) or smallest (sign -1) of the values, its place refined between the points.

    Of equal values the one nearest to the origin is taken, and an infinite x only where no finite one equals it.
    """
    ranked = np.where(np.isnan(values), -np.inf, sign * values)
    best = ranked.max()
    places = np.flatnonzero(ranked == best)
    at = int(places[np.argmin(np.abs(x[places]))])
    centre = float(x[at])
    if abs(best) > HUGE:
        return Extreme(sign * math.copysign(math.inf, best), math.copysign(math.inf, centre))
    if abs(centre) >= REACH:
        return Extreme(sign * float(best), math.copysign(math.inf, centre))
    corner = any(kink.x == centre for kink in activation.kinks)
    if abs(centre) > ROUNDED and best in (ranked[0], ranked[-1]) and not corner:
        return Extreme(sign * float(best), math.copysign(math.inf, centre))
    low, high = float(x[at - 1]), float(x[at + 1])
    for _ in range(12):
        grid = np.linspace(low, high, 41)
        probe = activation(grid)[which]
        ranked = np.where(np.isnan(probe), -np.inf, sign * (np.abs(probe) if which else probe))
        if not ranked.max() > best:
            break
        best = float(ranked.max())
        top = np.flatnonzero(ranked == best)
        middle = int(top[len(top) // 2])
        centre = float(grid[middle])
        low, high = float(grid[max(middle - 1, 0)]), float(grid[min(middle + 1, 40)])
    value = activation(centre)[which]
    return Extreme(float(value), centre)
