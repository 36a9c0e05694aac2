"""The rows of a table, sampled a piece at a time, so that ten million take no more memory than a few thousand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from actplot.curves.curve import PIECE, Curve, sample
from actplot.curves.grid import Spaced
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    from actplot.arrays import Array


class Sampled(Protocol):
    """What a table is written from: an activation and its values, in pieces. A `Curve` is one, and so is `Rows`."""

    @property
    def activation(self) -> Activation:
        """What was sampled."""

    def pieces(self) -> Iterator[Curve]:
        """Return the values in the order of the points; each call starts anew."""


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
