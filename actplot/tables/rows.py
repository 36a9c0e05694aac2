"""The rows of a table, sampled a piece at a time, so that ten million take no more memory than a few thousand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.curve import PIECE, Curve, sample
from actplot.grid import linspace

if TYPE_CHECKING:
    from actplot.declaration import Array


class Sampled(Protocol):
    """What a table is written from: an activation and its values, in pieces. A `Curve` is one, and so is `Rows`."""

    @property
    def activation(self) -> Activation:
        """What was sampled."""

    def pieces(self) -> Iterator[Curve]:
        """Return the values in the order of the points; each call starts anew."""


@dataclass(frozen=True)
class Spaced:
    """Evenly spaced points that are made where they are asked for, ``first + i·step``; the last may be given."""

    first: float
    step: float
    count: int
    last: float | None = None

    def __len__(self) -> int:
        """Return the number of points."""
        return self.count

    def __getitem__(self, part: slice) -> Array:
        """Return the points of a slice without a step."""
        start, stop, _ = part.indices(self.count)
        points = np.arange(start, stop, dtype=np.float64) * self.step + self.first
        if self.last is not None and start < stop == self.count:
            points[-1] = self.last
        return points


def spaced(low: float, high: float, count: int) -> Array | Spaced:
    """Return the points of `actplot.grid.linspace`, unmade where no step of theirs leaves the ordinary numbers."""
    step = (high - low) / (count - 1)
    if step == 0.0 or math.isinf(step):
        return linspace(low, high, count)
    return Spaced(low, step, count, high)


@dataclass(frozen=True, eq=False)
class Rows:
    """An activation over points, sampled when it is read and never kept."""

    activation: Activation
    points: Array | Spaced
    at_kink: str = "undefined"

    def pieces(self) -> Iterator[Curve]:
        """Return the values of so many points at a time."""
        for start in range(0, len(self.points), PIECE):
            yield sample(self.activation, self.points[start : start + PIECE], self.at_kink)
