"""What f and its derivatives certainly are, by a declaration's formulas and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.accuracy.balls import BALLS, Ball, exactly
from actplot.accuracy.jets import JETS, Jet, variable
from actplot.formula.evaluate import Reading, compiled

if TYPE_CHECKING:
    from actplot.declaration import Declaration


class Truth:
    """A declared function over balls, at the working precision of the moment (see `balls.settle`).

    Parameters
    ----------
    declaration
        Whose texts are read.
    parameters
        The values of all its parameters.

    """

    def __init__(self, declaration: Declaration, parameters: Mapping[str, float]) -> None:
        """Take the texts; nothing is read before it is needed."""
        self._declaration = declaration
        self._balls = {key: exactly(value) for key, value in parameters.items()}
        self._jets = {key: JETS.number(value) for key, value in parameters.items()}

    def value(self, x: float) -> Ball:
        """Return f(x)."""
        return self._formula({**self._balls, "x": exactly(x)})

    def slope(self, x: float) -> Ball:
        """Return f'(x) by the declared derivative, or from f's own text where none is declared."""
        if not self._declaration.derivative_text:
            return self._slope_of_value(x)
        names = {**self._balls, "x": exactly(x)}
        names["f"] = self._formula(names)
        return self._derivative(names)

    def _slope_of_value(self, x: float) -> Ball:
        """Return f'(x) where f(x) exists; a series does not mind that sin(x)/x has no value at 0."""
        value = self.value(x)
        return self.computed_slope(x) if value.is_finite() else value

    def computed_slope(self, x: float) -> Ball:
        """Return f'(x) as it follows from the text of f alone; nothing at a kink."""
        return self.jet(x)[1]

    def computed_curvature(self, x: float) -> Ball:
        """Return f''(x) as it follows from the text of f alone; nothing at a kink."""
        return 2 * self.jet(x)[2]

    def jet(self, x: float) -> Jet:
        """Return the Taylor series of f at x."""
        return self._formula_of_jets({**self._jets, "x": variable(x)})

    @cached_property
    def _formula(self) -> Reading[Ball]:
        return compiled(self._declaration.formula, BALLS)

    @cached_property
    def _derivative(self) -> Reading[Ball]:
        return compiled(self._declaration.derivative, BALLS)

    @cached_property
    def _formula_of_jets(self) -> Reading[Jet]:
        return compiled(self._declaration.formula, JETS)
