"""Points at which a formula has no value though it tends to one from both sides, as sin(x)/x at 0."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair

MOST = 12  # a function with more has no value in a whole region
BESIDE = 2.0**-8  # the nearest value that is asked: nearer, a difference of equals loses its digits
AGREE = 1e-7  # relative: the two sides tend to the same
SHORT = 1e-9  # relative: a number of few digits this near is the limit


@dataclass(frozen=True)
class Hole:
    """A point where f is undefined, and what f and f' tend to there."""

    x: float
    value: float
    slope: float


def find_holes(activation: Activation, x: Array, f: Array) -> tuple[Hole, ...]:
    """Find the holes of a function among sorted points, from its values there."""
    alone = 1 + np.flatnonzero(np.isnan(f[1:-1]) & np.isfinite(f[:-2]) & np.isfinite(f[2:]))
    kinks = {kink.x for kink in activation.kinks}
    places = [place for place in x[alone].tolist() if place not in kinks]
    return tuple(_holes(activation, places)) if len(places) <= MOST else ()


def _holes(activation: Activation, places: Sequence[float]) -> Iterator[Hole]:
    for place in places:
        (left, left_slope), (right, right_slope) = (_limits(activation, place, side) for side in (-1.0, 1.0))
        if abs(left - right) <= AGREE * max(abs(left), abs(right), 1.0):
            value, slope = _short((left + right) / 2), _short((left_slope + right_slope) / 2)
            if math.isfinite(value) and math.isfinite(slope):
                yield Hole(place, value, slope)


def _limits(activation: Activation, place: float, side: float) -> tuple[float, float]:
    """Return what f and f' tend to from one side: Richardson's extrapolation from ever nearer points."""
    steps = side * BESIDE * max(abs(place), 1.0) * 2.0 ** np.arange(4.0)
    f, df = (part.tolist() for part in activation(place + steps))
    return _extrapolated(f), _extrapolated(df)


def _extrapolated(values: list[float]) -> float:
    """Return the limit of values at h, 2h, 4h …, each order of h taken off in turn."""
    for order in range(1, len(values)):
        weight = 2.0**order
        values = [(weight * near - far) / (weight - 1.0) for near, far in pairwise(values)]
    return values[0]


def _short(value: float) -> float:
    short = float(f"{value:.4g}") if abs(value) > SHORT else 0.0
    return short if abs(value - short) <= SHORT * max(abs(value), 1.0) else value


def filled(activation: Activation, holes: Sequence[Hole]) -> Activation:
    """Return the activation with its holes filled by what it tends to there."""
    if not holes:
        return activation
    broken = activation.declaration.pair

    def pair(x: Array, **parameters: float) -> Pair:
        f, df = (np.broadcast_to(part, x.shape).copy() for part in broken(x, **parameters))
        for hole in holes:
            f[x == hole.x], df[x == hole.x] = hole.value, hole.slope
        return f, df

    return replace(activation, declaration=replace(activation.declaration, pair=pair))
