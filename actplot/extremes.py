"""The largest and smallest value of f or of f', over all of the axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.features import Point

if TYPE_CHECKING:
    from actplot.declaration import Array

REACH = 60.0  # the part of the axis that is searched densely; every bend of the catalogue lies in it
HUGE = 1e100  # values as large are on their way to infinity
ROUNDED = 5.0  # a limit met farther out than this, and not at a kink, is met by rounding: sigmoid(37) is not 1
PEAK = 1e-4  # relative: grid points this near to the top may stand by a hill as high
FLAT_TOP = 1e-7  # nearer to 0 than this the place of a smooth top is lost in rounding
CLOSE = 1e-12  # relative: two values as near are equal


def extreme(activation: Activation, x: Array, values: Array, which: int, sign: float) -> Point:
    """Return the largest (sign 1) or smallest (sign -1) of f (which 0) or f' (which 1), from its values at points x.

    The place is refined between the points.
    Of equal values the one nearest to the origin is taken, and an infinite x only where no finite one equals it.
    """
    ranked = np.where(np.isnan(values), -np.inf, sign * values)
    best = float(ranked.max())
    places = np.flatnonzero(ranked == best)
    at = int(places[np.argmin(np.abs(x[places]))])
    centre = float(x[at])
    if abs(best) > HUGE:
        return Point(math.copysign(math.inf, centre), sign * math.copysign(math.inf, best))
    corner = any(kink.x == centre for kink in activation.kinks)
    rising = bool(activation(centre, "right")[1] != 0) if which == 0 else False
    ends = [float(end) for end in (ranked[0], ranked[-1]) if abs(end - best) <= CLOSE * abs(best)]
    rounded = bool(ends) and not corner and (rising or abs(centre) > ROUNDED)
    if abs(centre) >= REACH or rounded:
        return Point(math.copysign(math.inf, centre), sign * (ends[-1] if ends else best))
    top = _refined(activation, x, at, which, sign)
    peaks = 1 + np.flatnonzero((ranked[1:-1] >= ranked[:-2]) & (ranked[1:-1] >= ranked[2:]))
    peaks = peaks[(np.abs(x[peaks]) < abs(centre)) & (ranked[peaks] >= best - abs(best) * PEAK)]
    for place in peaks[np.argsort(np.abs(x[peaks]))][:1]:  # of a wave's equal hills, the nearest
        nearest = _refined(activation, x, int(place), which, sign)
        if abs(abs(nearest.value) - abs(top.value)) <= CLOSE * abs(top.value):
            return nearest
    return top


def _refined(activation: Activation, x: Array, at: int, which: int, sign: float) -> Point:
    """Return the top near a point, by ever finer grids."""
    centre, low, high = float(x[at]), float(x[at - 1]), float(x[at + 1])
    best = float(_height(activation, np.array([centre]), which, sign)[0])
    for _ in range(12):
        grid = np.linspace(low, high, 41)
        ranked = _height(activation, grid, which, sign)
        if ranked.max() > best:
            best = float(ranked.max())
            tops = grid[ranked == best]
            centre = float(tops[len(tops) // 2])
        reach = (high - low) / 40
        low, high = centre - reach, centre + reach
    if abs(centre) < FLAT_TOP:
        centre = 0.0
    value = float(activation(centre, "right")[which])
    return Point(centre, sign * best if math.isnan(value) else value)


def _height(activation: Activation, x: Array, which: int, sign: float) -> Array:
    values = activation(x, "right")[which]
    return np.where(np.isnan(values), -np.inf, sign * values)
