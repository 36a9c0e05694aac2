"""The difference of two activations, as an activation of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from actplot.formula.nodes import Binary, Node
from actplot.functions.activation import Activation
from actplot.functions.called import apart, is_called


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


def difference(minuend: Activation, subtrahend: Activation) -> Activation:
    """Return minuend - subtrahend."""
    if is_called(minuend) or is_called(subtrahend):
        return apart(minuend, subtrahend, f"{minuend.title} − {subtrahend.title}")
    values: Mapping[str, float] = {}
    declaration = replace(minuend.declaration, parameters=values, defaults={}, kinks=(), bounds=())
    return Difference(declaration, values, minuend, subtrahend)
