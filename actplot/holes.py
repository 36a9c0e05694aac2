"""Points at which a formula has no value though it tends to one from both sides, as sin(x)/x at 0."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.kinks import Seam

if TYPE_CHECKING:
    from actplot.declaration import Array

MOST = 12  # a function with more has no value in a whole region
BESIDE = (2.0**-8, 2.0**-10, 2.0**-12, 2.0**-14)  # nearest points; nearer, a difference of equals loses its digits
AGREE = 1e-7  # relative: the two sides tend to the same, as nearer points say too
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
        estimates = [_estimate(activation, place, beside) for beside in BESIDE]
        for coarse, fine in pairwise(estimates):
            if coarse and fine and _agree(coarse.value, fine.value):
                yield coarse
                break


def _estimate(activation: Activation, place: float, beside: float) -> Hole | None:
    """Return the hole as points so near to it tell it; None where the two sides tend to different values."""
    (left, left_slope), (right, right_slope) = (_limits(activation, place, side * beside) for side in (-1.0, 1.0))
    slope = _short((left_slope + right_slope) / 2)
    return Hole(place, _short((left + right) / 2), slope) if _agree(left, right) and math.isfinite(slope) else None


def _agree(a: float, b: float) -> bool:
    return abs(a - b) <= AGREE * max(abs(a), abs(b), 1.0)


def _limits(activation: Activation, place: float, beside: float) -> tuple[float, float]:
    """Return what f and f' tend to from one side: Richardson's extrapolation from ever nearer points."""
    steps = beside * max(abs(place), 1.0) * 2.0 ** np.arange(4.0)
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


@dataclass(frozen=True)
class _Filled(Activation):
    """An activation whose holes are filled by what it tends to there."""

    whole: Activation
    holes: tuple[Hole, ...]

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which its pieces meet."""
        return self.whole.seams

    def _pair(self, x: Array) -> list[Array]:
        f, df = self.whole._pair(x)
        for hole in self.holes:
            f[x == hole.x], df[x == hole.x] = hole.value, hole.slope
        return [f, df]


def filled(activation: Activation, holes: Sequence[Hole]) -> Activation:
    """Return the activation with its holes filled by what it tends to there."""
    if not holes:
        return activation
    return _Filled(activation.declaration, activation.values, activation, tuple(holes))
