"""The difference of two activations, as an activation of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from actplot.activation import Activation
from actplot.formula.nodes import Binary, Node
from actplot.formula.rewrite import number_node
from actplot.kinks import Seam, seams_at


@dataclass(frozen=True)
class Difference(Activation):
    """f - g, with f' - g', each rounded once; its kinks are those of both that do not cancel."""

    minuend: Activation
    subtrahend: Activation

    @property
    def title(self) -> str:
        """The titles of both, with a minus sign between them."""
        return f"{self.minuend.title} − {self.subtrahend.title}"

    @cached_property
    def tree(self) -> Node:
        """The tree of f - g in x alone."""
        return Binary("-", self.minuend.tree, self.subtrahend.tree)

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which either has pieces that meet."""
        points = sorted({seam.x for seam in (*self.minuend.seams, *self.subtrahend.seams)})
        return seams_at(self.exact, [number_node(x) for x in points])


def difference(minuend: Activation, subtrahend: Activation) -> Difference:
    """Return minuend - subtrahend."""
    values: Mapping[str, float] = {}
    declaration = replace(minuend.declaration, parameters=values, defaults={}, kinks=(), bounds=())
    return Difference(declaration, values, minuend, subtrahend)
