"""Formulas in plain float64 arithmetic, an operation of numpy's for each of the formula's."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.formula.evaluate import ARITHMETIC, COMPARE, compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.parse import parse

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array


class Floats:
    """The algebra of float64 arrays."""

    def number(self, value: float) -> Array:
        """Return the constant."""
        return np.asarray(value)

    def pi(self) -> Array:
        """Return the circle constant."""
        return np.asarray(math.pi)

    def operator(self, symbol: str) -> Callable[[Array, Array], Array]:
        """Return one of ``+ - * / **``."""
        return power if symbol == "**" else ARITHMETIC[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Array, ...],
        then: Callable[[], Array],
        otherwise: Callable[[], Array],
    ) -> Array:
        """Return the branch that the comparison takes at each point."""
        holds = np.asarray(True)
        for symbol, a, b in zip(operators, operands, operands[1:], strict=False):
            holds = holds & self.holds(symbol, a, b)
        return np.where(holds, then(), otherwise())

    def holds(self, symbol: str, a: Array, b: Array) -> npt.NDArray[np.bool_]:
        """Say where a comparison is true."""
        return np.asarray(COMPARE[symbol](a, b))

    def function(self, name: str) -> Callable[..., Array]:
        """Return an elementary function."""
        return plain_function(name)


def power(base: Array, exponent: Array) -> Array:
    """Return a power, in which NaN**0 is no 1."""
    return np.where(np.isnan(base), np.nan, np.power(base, exponent))


def plain_function(name: str) -> Callable[..., Array]:
    """Return an elementary function of numpy's or, for what numpy lacks, of Python's own ``math``."""
    if ELEMENTARY[name].meaning:
        read = compiled(parse(ELEMENTARY[name].meaning), FLOATS)
        return lambda *arguments: read(dict(zip("uvw", arguments, strict=False)))
    known = ELEMENTARY[name].plain or name
    if not known.startswith("math."):
        found: Callable[..., Array] = getattr(np, known)
        return found
    scalar = np.frompyfunc(getattr(math, known.removeprefix("math.")), 1, 1)
    return lambda u: np.asarray(scalar(u), dtype=np.float64)


FLOATS = Floats()
