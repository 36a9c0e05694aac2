"""What f and f' certainly are, by the text of f and nothing else."""

from __future__ import annotations

from actplot.accuracy.balls import BALLS, Ball, exactly
from actplot.accuracy.jets import JETS, Jet, series, variable
from actplot.formula.evaluate import compiled
from actplot.formula.nodes import Node

NEARER = -1100  # the power of two, relative, at which limits are read


class Truth:
    """A formula over balls, at the working precision of the moment (see `balls.settle`).

    Parameters
    ----------
    tree
        f in x alone, in elementary functions, as `Activation.tree` has it.

    """

    def __init__(self, tree: Node) -> None:
        """Compile the tree for values and for series; f' comes from the series, by no rule of ours."""
        self._value = compiled(tree, BALLS)
        self._series = compiled(tree, JETS)

    def value(self, x: float) -> Ball:
        """Return f(x)."""
        return self._value({"x": exactly(x)})

    def slope(self, x: float) -> Ball:
        """Return f'(x) where f(x) exists; nothing at a kink. A series does not mind that sin(x)/x has no value at 0."""
        value = self.value(x)
        return self.jet(x)[1] if value.is_finite() else value

    def limit(self, x: float, side: int) -> Ball:
        """Return f' beside a kink, on the left (-1) or right (1), nearer to it than any float64."""
        beside = exactly(x) + side * exactly(max(abs(x), 1.0)) * exactly(2.0) ** NEARER
        return self._series({"x": series(beside, exactly(1.0))})[1]

    def curvature(self, x: float) -> Ball:
        """Return f''(x); nothing at a kink."""
        return 2 * self.jet(x)[2]

    def jet(self, x: float) -> Jet:
        """Return the Taylor series of f at x."""
        return self._series({"x": variable(x)})
