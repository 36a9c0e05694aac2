"""Formulas over dual numbers: float64 arrays of values and exact slopes together (forward mode).

A formula is differentiable almost everywhere, and where it is not there is a decision behind it: a
comparison, a sign, a maximum, a divisor that passes zero. Every decision is written down as it is taken, and
may be dictated instead, so that both sides of a break can be evaluated at the very point of the break (see
`breaks`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from actplot._lazy import numpy as np
from actplot.calculus.plain import FLOATS, plain_function
from actplot.formula.evaluate import ARITHMETIC, compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.parse import parse

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array
    from actplot.formula.nodes import Node

    # For every decision in turn, at every point: the sign of left - right, or UNORDERED.
    Signs: TypeAlias = npt.NDArray[np.int8]

UNORDERED = 2  # one of the two is NaN

_HOLDS: dict[str, Callable[[Signs], npt.NDArray[np.bool_]]] = {
    "<": lambda sign: sign == -1,
    "<=": lambda sign: (sign == -1) | (sign == 0),
    ">": lambda sign: sign == 1,
    ">=": lambda sign: (sign == 1) | (sign == 0),
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}


@dataclass(frozen=True, slots=True)
class Dual:
    """Values and slopes; constants are 0-dimensional, so that they cost nothing."""

    value: Array
    slope: Array

    def __neg__(self) -> Dual:
        """Return -u."""
        return Dual(-self.value, -self.slope)

    def __add__(self, other: Dual) -> Dual:
        """Return u + v."""
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Dual) -> Dual:
        """Return u - v."""
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: Dual) -> Dual:
        """Return u·v."""
        slope = _passed(other.value, self.slope) + _passed(self.value, other.slope)
        return Dual(self.value * other.value, slope)

    def __truediv__(self, other: Dual) -> Dual:
        """Return u/v."""
        value = self.value / other.value
        slope = (self.slope - _passed(value, other.slope)) / other.value
        # A divisor beyond float64 leaves zero, and a zero slope.
        return Dual(value, np.where(np.isinf(other.value) & np.isfinite(self.value), 0.0, slope))


def _passed(factor: Array, slope: Array) -> Array:
    """Return factor·slope; what does not move passes nothing on, however steep the way."""
    return np.where(slope == 0.0, 0.0, factor * slope)


def _chain(value: Array, outer: Array, u: Dual) -> Dual:
    """Return a function of u by its value and slope there."""
    # Where u is infinite, a finite x has been carried beyond float64; a tail that ends there stays flat.
    ended = (outer == 0.0) & np.isinf(u.value) & np.isfinite(value)
    return Dual(value, np.where(ended, 0.0, _passed(outer, u.slope)))


class _Duals:
    """The algebra of dual numbers, with its record of decisions."""

    def __init__(self) -> None:
        self.taken: list[Signs] = []
        self.dictated: Sequence[Signs] | None = None

    def decide(self, a: Array, b: Array | float) -> Signs:
        """Return the sign of a - b, or what it is dictated to be."""
        if self.dictated is not None:
            sign = self.dictated[len(self.taken)]
            if np.ndim(a) == np.ndim(b) == 0:
                sign = sign.reshape(-1)[0]  # what is constant stays so
        else:
            sign = np.greater(a, b).astype(np.int8) - np.less(a, b).astype(np.int8)
            sign = np.where(np.isnan(a) | np.isnan(b), np.int8(UNORDERED), sign)
        self.taken.append(sign)
        return sign

    def number(self, value: float) -> Dual:
        return Dual(np.asarray(value), np.asarray(0.0))

    def pi(self) -> Dual:
        return self.number(math.pi)

    def operator(self, symbol: str) -> Callable[[Dual, Dual], Dual]:
        return {"/": self._divide, "**": self._power}.get(symbol) or ARITHMETIC[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Dual, ...],
        then: Callable[[], Dual],
        otherwise: Callable[[], Dual],
    ) -> Dual:
        holds = np.asarray(True)
        for symbol, a, b in zip(operators, operands, operands[1:], strict=False):
            holds = holds & _HOLDS[symbol](self.decide(a.value, b.value))
        return _where(holds, then(), otherwise())

    def function(self, name: str) -> Callable[..., Dual]:
        if name in _OWN:
            made: Callable[..., Dual] = getattr(self, f"_{name}")
            return made
        value, slope = plain_function(name), compiled(parse(ELEMENTARY[name].slope), FLOATS)
        return lambda u: _chain(value(u.value), slope({"u": u.value}), u)

    def _side_of_zero(self, u: Dual) -> Dual:
        """Return u, kept on the side of zero that is decided."""
        side = self.decide(u.value, 0.0)
        return Dual(np.where(np.abs(side) == 1, np.copysign(u.value, side), u.value), u.slope)

    def _divide(self, a: Dual, b: Dual) -> Dual:
        return a / (b if b.value.ndim == 0 else self._side_of_zero(b))

    def _power(self, base: Dual, exponent: Dual) -> Dual:
        u, n = base, exponent.value
        if n.ndim == 0 and (n < 0 or n != np.floor(n)):
            u = self._side_of_zero(u)
        value = np.where(np.isnan(u.value), np.nan, np.power(u.value, n))  # NaN**0 is no 1
        outer = np.where(n == 0.0, 0.0, n * np.power(u.value, n - 1.0))
        by_base = _chain(value, outer, u)
        by_exponent = _passed(value * np.log(u.value), exponent.slope)
        return Dual(value, by_base.slope + by_exponent)

    def _sqrt(self, u: Dual) -> Dual:
        root = np.sqrt(self._side_of_zero(u).value)
        return Dual(root, u.slope / (2.0 * root))

    def _tan(self, u: Dual) -> Dual:
        sine, cosine = (self.function(name)(u) for name in ("sin", "cos"))
        return self._divide(sine, cosine)

    def _abs(self, u: Dual) -> Dual:
        return _where(self.decide(u.value, 0.0) < 0, -u, u)

    def _sign(self, u: Dual) -> Dual:
        side = self.decide(u.value, 0.0)
        return Dual(np.where(side == UNORDERED, np.nan, side), np.asarray(0.0))

    def _max(self, a: Dual, b: Dual) -> Dual:
        side = self.decide(a.value, b.value)
        larger = _where(side >= 0, a, b)
        return _where(side == UNORDERED, Dual(a.value + b.value, a.slope + b.slope), larger)

    def _min(self, a: Dual, b: Dual) -> Dual:
        return -self._max(-a, -b)


def _where(condition: npt.NDArray[np.bool_], yes: Dual, no: Dual) -> Dual:
    return Dual(np.where(condition, yes.value, no.value), np.where(condition, yes.slope, no.slope))


# Functions with a decision in them, and those that have a root or a pole.
_OWN = frozenset({"abs", "sign", "min", "max", "sqrt", "tan"})


class DualFormula:
    """A formula with values for its parameters, read over dual numbers."""

    def __init__(self, formula: Node, parameters: Mapping[str, float]) -> None:
        """Compile the tree."""
        self._algebra = _Duals()
        self._reading = compiled(formula, self._algebra)
        self._parameters = {key: self._algebra.number(value) for key, value in parameters.items()}

    def __call__(self, x: Array, signs: Sequence[Signs] | None = None) -> tuple[Array, Array, list[Signs]]:
        """Return values and slopes at points, and the decisions taken, each of the shape of x.

        Parameters
        ----------
        x
            Points, shape (n,).
        signs
            The decisions to take instead of those that follow from x, in the order in which they come up.

        """
        self._algebra.taken, self._algebra.dictated = [], signs
        # Outside its domain a formula is NaN, and beyond float64 infinite; neither is worth a warning.
        with np.errstate(all="ignore"):
            result = self._reading({**self._parameters, "x": Dual(x, np.ones_like(x))})
        taken = [np.broadcast_to(sign, x.shape) for sign in self._algebra.taken]
        return np.broadcast_to(result.value, x.shape), np.broadcast_to(result.slope, x.shape), taken
