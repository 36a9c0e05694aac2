"""Formulas in the form of which intervals tell the most: each argument stands there once, and numbers are exact."""

from __future__ import annotations

from actplot.calculus.differentiate import lowered
from actplot.formula.evaluate import evaluate
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Name, Node, Number, children
from actplot.formula.rewrite import ZERO, number_node, rewritten

DIGITS = 160  # in which a float64 that is the product of two others shows


def narrowed(node: Node) -> Node:
    """Return an expanded formula in which parts without x are the float64 that they are, if they are any.

    ``log(1 + exp(u))`` becomes a function of its own, whose slope rises where u does.
    """
    fixed: dict[int, Node] = {}  # parts without x, by their identity

    def change(part: Node) -> Node:
        if _is_fixed(part, fixed):
            value = _exact(part)
            found = part if value is None else number_node(value)
            fixed[id(found)] = found
            return found
        return _once(part)

    return rewritten(node, change)


def _is_fixed(node: Node, fixed: dict[int, Node]) -> bool:
    if isinstance(node, Call) and node.function not in ELEMENTARY:  # a function of intervals alone
        return False
    below = children(node)
    return all(id(part) in fixed for part in below) if below else isinstance(node, Number) or node == Name("pi")


def _exact(node: Node) -> float | None:
    """Return the float64 that a formula without x is exactly; None where it is none, or is a plain number already."""
    from actplot.arithmetic.digit_functions import DECIMALS
    from actplot.arithmetic.digits import Open, working

    if not isinstance(node, Binary | Call):
        return None
    with working(DIGITS):
        try:
            number = evaluate(lowered(node), {}, DECIMALS)
        except Open:
            return None
    value = float(number.low)
    return value + 0.0 if number.exact and number.low.is_finite() and number.low == value else None


def _once(node: Node) -> Node:
    match node:
        case (
            Call("log1p", (Call("exp", (u,)),))
            | Call("log", (Binary("+", Number(value=1), Call("exp", (u,))),))
            | Call("log", (Binary("+", Call("exp", (u,)), Number(value=1)),))
        ):
            return Call("logaddexp", (u, ZERO))
        case _:
            return node
