"""A function as facts are read off it: its holes filled by what it tends to there, its values quick to compute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.activation import Activation
from actplot.calculus.values import Values
from actplot.kinks import Seam

if TYPE_CHECKING:
    from actplot.declaration import Array


class _Nearly(Values):
    """Numbers without the last word: what double-doubles leave open is what float64 makes of it."""

    def __init__(self, whole: Values) -> None:
        """Share the trees and programs of the exact numbers."""
        self.__dict__ = whole.__dict__

    def _settled(self, x: Array, order: int) -> Array:
        return self.plain(x, (order,))[0]


@dataclass(frozen=True)
class _Filled(Activation):
    whole: Activation

    @cached_property
    def exact(self) -> Values:
        """The numbers, of which many are asked for."""
        return _Nearly(self.whole.exact)

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which its pieces meet."""
        return tuple(seam for seam in self.whole.seams if not seam.hole)

    def _pair(self, x: Array) -> list[Array]:
        f, df = super()._pair(x)
        for hole in self.whole.holes:
            f[x == hole.x], df[x == hole.x] = hole.value, hole.slope
        return [f, df]


def filled(activation: Activation) -> Activation:
    """Return the activation with its holes filled by what it tends to there."""
    return _Filled(activation.declaration, activation.values, activation)
