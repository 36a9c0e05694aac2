"""The difference of two activations, as an activation of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.activation import Activation
from actplot.kinks import Kink

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


@dataclass(frozen=True)
class Difference(Activation):
    """f - g, with f' - g'; its kinks are those of both that do not cancel."""

    minuend: Activation
    subtrahend: Activation

    @property
    def title(self) -> str:
        """The titles of both, with a minus sign between them."""
        return f"{self.minuend.title} − {self.subtrahend.title}"

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The points at which either has a kink."""
        points = sorted({kink.x for kink in (*self.minuend.kinks, *self.subtrahend.kinks)})
        kinks = [_difference_at(_sides(self.minuend, x), _sides(self.subtrahend, x), x) for x in points]
        return tuple(kink for kink in kinks if kink.left != kink.right or kink.jump)


def difference(minuend: Activation, subtrahend: Activation) -> Difference:
    """Return minuend - subtrahend."""

    def pair(x: Array, **parameters: float) -> Pair:
        (f, df), (g, dg) = minuend(x, "right"), subtrahend(x, "right")
        return f - g, df - dg

    values: Mapping[str, float] = {}
    declaration = replace(minuend.declaration, pair=pair, parameters=values, kinks=(), bounds=())
    return Difference(declaration, values, minuend, subtrahend)


def _sides(activation: Activation, x: float) -> Kink:
    """Return the limits of f and f' on both sides of a point."""
    for kink in activation.kinks:
        if kink.x == x:
            value = float(activation(x)[0])
            return Kink(x, kink.left, kink.right, kink.jump or (value, value))
    value, slope = activation.value_and_slope(x)
    return Kink(x, slope, slope, (value, value))


def _difference_at(a: Kink, b: Kink, x: float) -> Kink:
    below, above = ((a.jump or (0.0, 0.0))[side] - (b.jump or (0.0, 0.0))[side] for side in (0, 1))
    return Kink(x, a.left - b.left, a.right - b.right, (below, above) if below != above else None)
