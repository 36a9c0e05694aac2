"""A function whose holes are filled by what it tends to there, as sin(x)/x at 0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.activation import Activation
from actplot.kinks import Seam

if TYPE_CHECKING:
    from actplot.declaration import Array


@dataclass(frozen=True)
class _Filled(Activation):
    whole: Activation

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which its pieces meet."""
        return tuple(seam for seam in self.whole.seams if not seam.hole)

    def _pair(self, x: Array) -> list[Array]:
        f, df = self.whole._pair(x)
        for hole in self.whole.holes:
            f[x == hole.x], df[x == hole.x] = hole.value, hole.slope
        return [f, df]


def filled(activation: Activation) -> Activation:
    """Return the activation with its holes filled by what it tends to there."""
    return _Filled(activation.declaration, activation.values, activation) if activation.holes else activation
