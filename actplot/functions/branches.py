"""Which branch of the formula of f' holds at a kink: none where f' is left out, or the one that a rule takes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from actplot.calculus.differentiate import expanded
from actplot.formula.evaluate import COMPARE
from actplot.formula.nodes import Binary, Choice, Compare, Node, names_in
from actplot.formula.rewrite import rewritten, with_values
from actplot.formula.scalar import evaluate_float

NEAR = 1e-6  # of a kink's place, or of 1: on which side a comparison holds
MET = 1e-12  # what two sides of a comparison that meet at a kink differ by
STRICT = {"<=": "<", ">=": ">"}
LOOSE = {strict: loose for loose, strict in STRICT.items()}

Sides = Mapping[float, int]  # by kink: the side whose branch holds there, -1 or 1, or 0 for neither


def decided(tree: Node, sides: Sides, values: Mapping[str, Node]) -> Node:
    """Return the tree with every comparison that changes at a kink as wide as the branch that holds there.

    Parameters
    ----------
    tree
        The formula of f'.
    sides
        The side that is taken at each kink.
    values
        What stands for the parameters.

    """

    def change(node: Node) -> Node:
        match node:
            case Compare():
                return _decided(node, sides, values)
            case Choice(condition, then, otherwise):
                return Choice(_decided(condition, sides, values), then, otherwise)
            case _:
                return node

    return rewritten(tree, change)


def value_at(tree: Node, x: float, values: Mapping[str, Node], f: float) -> float:
    """Return what a formula, in which ``f`` may stand for f(x), says at a point; NaN where that is nothing."""
    try:
        return evaluate_float(expanded(with_values(tree, values)), {"x": x, "f": f})
    except (ArithmeticError, ValueError):
        return math.nan


def _decided(condition: Compare, sides: Sides, values: Mapping[str, Node]) -> Compare:
    operands = condition.operands
    pairs = zip(condition.operators, operands, operands[1:], strict=False)
    operators = tuple(_operator(symbol, a, b, sides, values) for symbol, a, b in pairs)
    return condition if operators == condition.operators else Compare(operators, operands)


def _operator(symbol: str, a: Node, b: Node, sides: Sides, values: Mapping[str, Node]) -> str:
    """Return the sign of a comparison: one that holds on the side that is taken at a kink holds there, too."""
    gap = Binary("-", a, b)
    names = names_in(gap)
    if symbol not in (*STRICT, *LOOSE) or "x" not in names or "f" in names:
        return symbol
    for x, side in sides.items():
        if abs(value_at(gap, x, values, math.nan)) <= MET * max(abs(x), 1.0):
            beside = value_at(gap, x + side * NEAR * max(abs(x), 1.0), values, math.nan)
            if side and COMPARE[symbol](beside, 0.0):
                return LOOSE.get(symbol, symbol)
            return STRICT.get(symbol, symbol)
    return symbol
