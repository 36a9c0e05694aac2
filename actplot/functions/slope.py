"""The derivative of an activation as an activation of its own, so that f'' is its slope."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.seams import Kink, Seam
from actplot.functions.activation import Activation
from actplot.functions.typed import FormulaActivation, from_tree

if TYPE_CHECKING:
    from actplot.arrays import Array


@dataclass(frozen=True)
class Slope(FormulaActivation):
    """x -> (f'(x), f''(x)), with the kinks of f'."""

    origin: Activation

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which pieces of f' meet; where f' has no value it has no slope either."""
        found = {seam.x: seam for seam in super().seams}
        for kink in self.origin.kinks:
            if kink.x not in found or not found[kink.x].kink:
                bend = float(self.exact(np.array([kink.x]), (1,))[0][0])
                found[kink.x] = Seam(kink.x, "kink", Kink(kink.x, bend, bend))
        return tuple(found[x] for x in sorted(found))

    def _with_frameworks(self, seam: Seam) -> Seam:
        """Return the seam as it is: what frameworks take for f'' is not known."""
        return seam

    def _pair(self, x: Array) -> list[Array]:
        """Return f' and f'' at points; where f has no value it has neither."""
        found = super()._pair(x)
        if self.origin.seams:
            with np.errstate(all="ignore"):
                missing = np.isnan(self.origin.exact(np.where(np.isfinite(x), x, 0.0), (0,), quick=True)[0])
            for part in found:
                part[missing] = np.nan
        return found


def derived(activation: Activation) -> Slope:
    """Return x -> (f'(x), f''(x))."""
    slope = from_tree(activation.exact.tree(1), {}, f"{activation.title}′")
    return Slope(slope.declaration, {}, activation)
