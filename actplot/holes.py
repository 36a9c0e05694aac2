"""Points at which a formula has no value though it tends to one from both sides, as sin(x)/x at 0."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.formula.rewrite import number_node
from actplot.kinks import Seam

if TYPE_CHECKING:
    from actplot.declaration import Array

MOST = 12  # a function with more has no value in a whole region


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
        meeting = activation.exact.meeting(number_node(place))
        if meeting is not None:
            (left, right), (slope, other) = meeting.values, meeting.slopes
            if left == right and slope == other and math.isfinite(left) and math.isfinite(slope):
                yield Hole(place, left, slope)


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
