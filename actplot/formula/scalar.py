"""Formulas over plain floats: constants, bounds of parameters, and a slow second opinion in the tests."""

import math
from collections.abc import Callable, Mapping

from actplot.formula.evaluate import ARITHMETIC, COMPARE, compiled, evaluate
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Compare, Node
from actplot.formula.parse import parse

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "sign": lambda a: float((a > 0) - (a < 0)),
    "min": min,
    "max": max,
    "clip": lambda a, low, high: min(max(a, low), high),
    "Phi": lambda a: math.erfc(-a / math.sqrt(2)) / 2,
}


class _Floats:
    def number(self, value: float) -> float:
        return value

    def pi(self) -> float:
        return math.pi

    def operator(self, symbol: str) -> Callable[[float, float], float]:
        # Python's own power of floats can be complex, or an integer of a million digits.
        return math.pow if symbol == "**" else ARITHMETIC[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[float, ...],
        then: Callable[[], float],
        otherwise: Callable[[], float],
    ) -> float:
        return then() if _holds(operators, operands) else otherwise()

    def function(self, name: str) -> Callable[..., float]:
        found: Callable[..., float] | None = _FUNCTIONS.get(name) or getattr(math, name, None)
        if found is None:
            read = compiled(parse(ELEMENTARY[name].meaning), self)
            return lambda *arguments: read(dict(zip("uvw", arguments, strict=False)))
        return found


def _holds(operators: tuple[str, ...], operands: tuple[float, ...]) -> bool:
    pairs = zip(operators, operands, operands[1:], strict=False)
    return all(COMPARE[symbol](a, b) for symbol, a, b in pairs)


def evaluate_float(node: Node, names: Mapping[str, float]) -> float:
    """Evaluate a formula of elementary functions in plain float arithmetic.

    Raises ArithmeticError or ValueError where Python's own ``math`` does.
    """
    return evaluate(node, names, _Floats())


def condition_holds(condition: Compare, names: Mapping[str, float]) -> bool:
    """Say whether a comparison is true for these values."""
    operands = tuple(evaluate_float(operand, names) for operand in condition.operands)
    return _holds(condition.operators, operands)
