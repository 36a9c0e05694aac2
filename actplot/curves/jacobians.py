"""The Jacobian of a function of several logits at a point: how much each output moves with each input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.seams import Kink
from actplot.functions.activation import Activation
from actplot.functions.at_kink import find_rule
from actplot.functions.vectors import AtPoint, check_logits, vector_of
from actplot.words.languages import say
from actplot.words.symbols import subscript

if TYPE_CHECKING:
    from actplot.arrays import Array

MOST = 12  # logits; of more no map could be read


@dataclass(frozen=True, eq=False)
class Jacobian:
    """The outputs at a point and the matrix of their slopes, every number the float64 nearest to the truth.

    Attributes
    ----------
    activation
        The function, of which ``x`` has the inputs.
    x
        The point, k numbers.
    at_kink
        What a slope is where it does not exist.
    own_title
        A title in place of the function's.

    """

    activation: Activation
    x: tuple[float, ...]
    at_kink: str = "undefined"
    own_title: str | None = None

    @classmethod
    def of(
        cls, activation: Activation, x: Sequence[float], at_kink: str = "undefined", title: str | None = None
    ) -> Jacobian:
        """Return the Jacobian of a function at a point.

        Raises
        ------
        UsageError
            Where the function has none, or the point is none of its.

        """
        point = check_logits(x, MOST)
        vector_of(activation, len(point))
        find_rule(at_kink)
        return cls(activation, point, at_kink, title)

    @cached_property
    def _at(self) -> AtPoint:
        return AtPoint(vector_of(self.activation, len(self.x)), self.x)

    @property
    def name(self) -> str:
        """The title."""
        shown = ", ".join(f"{value:g}" for value in self.x)
        return self.own_title or say().jacobian_at.format(name=self.activation.declaration.title, x=shown)

    @property
    def inputs(self) -> list[str]:
        """What the inputs are called: ``x₁``."""
        return [f"x{subscript(place)}" for place in range(1, len(self.x) + 1)]

    @property
    def outputs(self) -> list[str]:
        """What the outputs are called: ``f₁``."""
        return [f"f{subscript(place)}" for place in range(1, len(self.x) + 1)]

    @cached_property
    def f(self) -> Array:
        """The outputs, shape (k,)."""
        return np.array([self._at.value(place) for place in range(len(self.x))])

    @cached_property
    def sides(self) -> Array:
        """The slopes from the left and from the right, shape (2, k, k): output i, input j."""
        places = range(len(self.x))
        return np.moveaxis(np.array([[self._at.slopes(i, j) for j in places] for i in places]), -1, 0)

    @cached_property
    def df(self) -> Array:
        """The slopes, shape (k, k), NaN where one is undefined.

        Raises
        ------
        UsageError
            Where the rule at kinks does not tell one.

        """
        left, right = self.sides
        rule = find_rule(self.at_kink)
        found: Array = left.copy()
        for i, j in np.argwhere(left != right).tolist():
            found[i, j] = rule(Kink(self.x[j], float(left[i, j]), float(right[i, j])))
        return found

    @property
    def description(self) -> str:
        """What a figure of it shows, for those who can't see it."""
        rows = zip(self.outputs, self.f.tolist(), self.df.tolist(), strict=True)
        said = say()
        told = [
            said.output_told.format(name=name, value=f"{f:.4g}", slopes=", ".join(f"{s:.4g}" for s in row))
            for name, f, row in rows
        ]
        return " ".join([said.output_moves.format(matrix=self.name), *told])
