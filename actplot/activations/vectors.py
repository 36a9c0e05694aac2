"""Functions of all logits at once, such as softmax: what each output is, in the formula language. A row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from actplot.formula.nodes import Node
from actplot.formula.parse import parse

OWN, OTHER, COUNT, GAP = "own", "other", "count", "gap"  # the names that formulas of rows may have, beside their sums


@dataclass(frozen=True)
class Vector:
    """A function with as many outputs as inputs.

    Attributes
    ----------
    name
        Of the activation that shows it as one input moves.
    output
        What belongs to the input ``own``, in the sums and in ``count``, over how many inputs these go.
    sums
        Terms in ``own`` and ``other``, each summed over the inputs that take part.
    reach
        How far an input may lie below others and take part: as long as this, in the ``gap`` to a larger one and summed
        over all of those, is less than 1. An input that does not take part has the output 0. Empty where all do.

    """

    name: str
    output: str
    sums: Mapping[str, str] = field(hash=False)
    reach: str = ""

    @cached_property
    def trees(self) -> tuple[Node, Mapping[str, Node]]:
        """The formulas, parsed."""
        return parse(self.output), {name: parse(text) for name, text in self.sums.items()}


_IN_ORDER = (
    Vector("softmax", "1/total", {"total": "exp(other - own)"}),
    Vector("log_softmax", "-log(total)", {"total": "exp(other - own)"}),
    Vector("softmin", "1/total", {"total": "exp(own - other)"}),
    Vector("sparsemax", "own - (total - 1)/count", {"total": "other"}, reach="gap"),
    Vector("entmax", "(own/2 - total/(2*count) + sqrt((1 - square/4 + total**2/(4*count))/count))**2",
        {"total": "other", "square": "other**2"}, reach="gap**2/4"),
)  # fmt: skip

VECTORS: Mapping[str, Vector] = {vector.name: vector for vector in _IN_ORDER}
