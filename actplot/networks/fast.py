"""f and f′ for loops: plain float64 arithmetic on arrays of any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.plain import FLOATS
from actplot.formula.evaluate import Program
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    from actplot.arrays import Array


class Pair:
    """A function and its slope; at a kink that is what torch takes, or the middle of both sides."""

    def __init__(self, activation: Activation) -> None:
        """Take a function."""
        self.activation = activation
        self._f, self._df = (Program([activation.exact.tree(order)], FLOATS, keep=True) for order in (0, 1))
        self._kinks = {
            kink.x: kink.frameworks.get("torch", kink.left + (kink.right - kink.left) / 2) for kink in activation.kinks
        }

    def f(self, x: Array) -> Array:
        """Return f(x)."""
        return _shaped(self._f({"x": x})[0], x)

    def df(self, x: Array) -> Array:
        """Return f′(x)."""
        slopes = _shaped(self._df({"x": x})[0], x)
        for at, slope in self._kinks.items():
            if (met := x == at).any():
                slopes = np.where(met, slope, slopes)
        return slopes

    @property
    def is_flat(self) -> bool:
        """Whether f′ is 0 wherever there is one, so that nothing is learned through it."""
        return not np.nan_to_num(self.df(np.linspace(-30.0, 30.0, 6001) + 1e-4)).any()


def _shaped(values: Array, x: Array) -> Array:
    return values if values.shape == x.shape else np.broadcast_to(values, x.shape).astype(np.float64)
