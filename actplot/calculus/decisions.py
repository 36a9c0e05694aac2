"""Formulas in plain float64, with a record of every decision that they take.

A formula is differentiable almost everywhere, and where it is not there is a decision behind it: a comparison, a sign,
a maximum, a divisor that passes zero. Every decision is written down as it is taken, and may be dictated instead, so
that both sides of a break can be evaluated at the very point of the break (see `breaks`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from actplot._lazy import numpy as np
from actplot.calculus.plain import Floats, plain_function, power
from actplot.formula.evaluate import ARITHMETIC, Program
from actplot.formula.nodes import Binary, Call, Choice, Name, Node, Number, parts

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array

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


class _Deciding(Floats):
    """The algebra of float64 arrays, with its record of decisions; constants are 0-dimensional."""

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

    def operator(self, symbol: str) -> Callable[[Array, Array], Array]:
        return {"/": self._divide, "**": self._power}.get(symbol) or ARITHMETIC[symbol]

    def holds(self, symbol: str, a: Array, b: Array) -> npt.NDArray[np.bool_]:
        return _HOLDS[symbol](self.decide(a, b))

    def function(self, name: str) -> Callable[..., Array]:
        return getattr(self, f"_{name}", None) or plain_function(name)

    def _side_of_zero(self, u: Array) -> Array:
        """Return u, kept on the side of zero that is decided."""
        side = self.decide(u, 0.0)
        return np.where(np.abs(side) == 1, np.copysign(u, side), u)

    def _divide(self, a: Array, b: Array) -> Array:
        return a / (b if b.ndim == 0 else self._side_of_zero(b))

    def _power(self, base: Array, exponent: Array) -> Array:
        if exponent.ndim == 0 and (exponent < 0 or exponent != np.floor(exponent)):
            base = self._side_of_zero(base)
        return power(base, exponent)

    def _sqrt(self, u: Array) -> Array:
        return np.sqrt(self._side_of_zero(u))

    def _tan(self, u: Array) -> Array:
        return self._divide(np.sin(u), np.cos(u))

    def _abs(self, u: Array) -> Array:
        return np.where(self.decide(u, 0.0) < 0, -u, u)

    def _sign(self, u: Array) -> Array:
        side = self.decide(u, 0.0)
        return np.where(side == UNORDERED, np.nan, side)

    def _max(self, a: Array, b: Array) -> Array:
        side = self.decide(a, b)
        return np.where(side == UNORDERED, a + b, np.where(side >= 0, a, b))

    def _min(self, a: Array, b: Array) -> Array:
        return -self._max(-a, -b)


def takes_decisions(formula: Node) -> bool:
    """Say whether a formula in elementary functions may break: where all is plainly positive, nothing passes zero."""
    return any(map(_decides, parts(formula)))


def _decides(node: Node) -> bool:
    match node:
        case Choice() | Call("abs" | "sign" | "min" | "max" | "tan"):
            return True
        case Call("sqrt" | "log", (argument,)) | Binary("/", _, argument):
            return not _positive(argument)
        case Call("log1p", (argument,)):
            return not _positive(Binary("+", Number(1.0, "1"), argument))
        case Binary("**", base, exponent):
            whole = isinstance(exponent, Number) and exponent.value == exponent.value // 1
            return not (whole or _positive(base))
        case _:
            return False


def _positive(node: Node, zero: bool = False) -> bool:
    """Say whether a tree is plainly above zero (or not below it) for every x."""
    match node:
        case Number(value):
            return value >= 0 if zero else value > 0
        case Name("pi") | Call("exp" | "cosh"):
            return True
        case Call("abs") | Binary("**", _, Number(value=2)):
            return zero
        case Call("sqrt", (argument,)):
            return zero or _positive(argument)
        case Call("log1p", (argument,)):
            return _positive(argument, zero)
        case Binary("+", left, right):
            return any(_positive(a, zero) and _positive(b, True) for a, b in ((left, right), (right, left)))
        case Binary("*" | "/", left, right):
            return _positive(left, zero) and _positive(right, zero and node.operator == "*")
        case Binary("**", base, _):
            return _positive(base)
        case _:
            return False


class DecidedFormula:
    """A formula and its derivative, in x alone, with their decisions."""

    def __init__(self, formula: Node, slope: Node) -> None:
        """Compile the trees; what they have in common is decided once."""
        self._algebra = _Deciding()
        self._program = Program((formula, slope), self._algebra)

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
            value, slope = self._program({"x": x})
        taken = [np.broadcast_to(sign, x.shape) for sign in self._algebra.taken]
        return np.broadcast_to(value, x.shape), np.broadcast_to(slope, x.shape), taken
