"""The derivative of a formula, as a formula: the rules of the calculus over the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeGuard

from actplot.declaration import DECLARATIONS
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, names_in

ZERO = Number(0.0, "0")
ONE = Number(1.0, "1")
TWO = Number(2.0, "2")
PI = Name("pi")


def derivative(node: Node) -> Node:
    """Return the derivative with respect to x, away from kinks; parameters are constants.

    Terms that are plainly 0 or 1 are left out, and choices between equals; nothing else is simplified.
    """
    if "x" not in names_in(node):
        return ZERO
    match node:
        case Name():
            return ONE
        case Negate(operand):
            return _negative(derivative(operand))
        case Binary(operator, left, right):
            return _BINARY[operator](left, right)
        case Choice(condition, then, otherwise):
            return _choice(condition, derivative(then), derivative(otherwise))
        case Call(function, arguments, keywords):
            rule = _CALLS.get(function)
            if rule is not None:
                return rule(*arguments)
            return _times(_declared(function, arguments[0], dict(keywords)), derivative(arguments[0]))
    raise TypeError(f"a {type(node).__name__} has no derivative")


def substitute(node: Node, names: Mapping[str, Node]) -> Node:
    """Return the tree with names replaced by trees."""

    def put(node: Node) -> Node:
        match node:
            case Name(id):
                return names.get(id, node)
            case Negate(operand):
                return Negate(put(operand))
            case Binary(operator, left, right):
                return Binary(operator, put(left), put(right))
            case Compare():
                return compare(node)
            case Choice(condition, then, otherwise):
                return Choice(compare(condition), put(then), put(otherwise))
            case Call(function, arguments, keywords):
                return Call(function, tuple(map(put, arguments)), tuple((key, put(value)) for key, value in keywords))
            case _:
                return node

    def compare(node: Compare) -> Compare:
        return Compare(node.operators, tuple(map(put, node.operands)))

    return put(node)


def _declared(function: str, argument: Node, given: Mapping[str, Node]) -> Node:
    """Return the derivative that an activation declares, at another argument."""
    declaration = DECLARATIONS[function]
    defaults = {key: Number(value, repr(value)) for key, value in declaration.parameters.items()}
    value = Call(function, (argument,), tuple(given.items()))
    return substitute(declaration.derivative, {**defaults, **given, "x": argument, "f": value})


def _plus(a: Node, b: Node) -> Node:
    return b if a == ZERO else a if b == ZERO else Binary("+", a, b)


def _minus(a: Node, b: Node) -> Node:
    return _negative(b) if a == ZERO else a if b == ZERO else Binary("-", a, b)


def _negative(a: Node) -> Node:
    return a.operand if isinstance(a, Negate) else a if a == ZERO else Negate(a)


def _times(a: Node, b: Node) -> Node:
    if ZERO in (a, b):
        return ZERO
    for factor, choice in ((b, a), (a, b)):
        if _is_switch(choice):  # on or off, rather than times 1 or times 0
            return _choice(choice.condition, _times(factor, choice.then), _times(factor, choice.otherwise))
    return b if a == ONE else a if b == ONE else Binary("*", a, b)


def _choice(condition: Compare, then: Node, otherwise: Node) -> Node:
    return then if then == otherwise else Choice(condition, then, otherwise)


def _is_switch(node: Node) -> TypeGuard[Choice]:
    return isinstance(node, Choice) and {node.then, node.otherwise} == {ZERO, ONE}


def _over(a: Node, b: Node) -> Node:
    return a if a == ZERO or b == ONE else Binary("/", a, b)


def _power(a: Node, b: Node) -> Node:
    return a if b == ONE else Binary("**", a, b)


def _call(function: str, *arguments: Node) -> Node:
    return Call(function, arguments)


def _of_product(u: Node, v: Node) -> Node:
    return _plus(_times(derivative(u), v), _times(u, derivative(v)))


def _of_quotient(u: Node, v: Node) -> Node:
    if "x" not in names_in(v):
        return _over(derivative(u), v)
    return _over(_minus(_times(derivative(u), v), _times(u, derivative(v))), _power(v, TWO))


def _of_power(u: Node, v: Node) -> Node:
    if "x" not in names_in(v):
        less = Number(v.value - 1.0, f"{v.value - 1.0:g}") if isinstance(v, Number) else _minus(v, ONE)
        return _times(_times(v, _power(u, less)), derivative(u))
    growth = _times(_call("log", u), derivative(v))
    return _times(Binary("**", u, v), _plus(growth, _over(_times(v, derivative(u)), u)))


_BINARY: dict[str, Callable[[Node, Node], Node]] = {
    "+": lambda u, v: _plus(derivative(u), derivative(v)),
    "-": lambda u, v: _minus(derivative(u), derivative(v)),
    "*": _of_product,
    "/": _of_quotient,
    "**": _of_power,
}


def _smaller(a: Node, b: Node) -> Compare:
    return Compare((">=",), (b, a)) if isinstance(a, Number) else Compare(("<=",), (a, b))  # x >= 0, as people write it


def _chain(outer: Callable[[Node], Node]) -> Callable[[Node], Node]:
    return lambda u: _times(outer(u), derivative(u))


def _gaussian(u: Node, scale: Node, width: Node) -> Node:
    return _times(scale, _call("exp", _negative(_over(_power(u, TWO), width))))


_ERF = _over(TWO, _call("sqrt", PI))
_NORMAL = _over(ONE, _call("sqrt", _times(TWO, PI)))

_CALLS: dict[str, Callable[..., Node]] = {
    "abs": _chain(lambda u: _call("sign", u)),
    "sign": lambda u: ZERO,
    "min": lambda a, b: _choice(_smaller(a, b), derivative(a), derivative(b)),
    "max": lambda a, b: _choice(_smaller(a, b), derivative(b), derivative(a)),
    "clip": lambda u, low, high: derivative(_call("min", _call("max", u, low), high)),
    "exp": _chain(lambda u: _call("exp", u)),
    "expm1": _chain(lambda u: _call("exp", u)),
    "log": lambda u: _over(derivative(u), u),
    "log1p": lambda u: _over(derivative(u), _plus(ONE, u)),
    "sqrt": lambda u: _over(derivative(u), _times(TWO, _call("sqrt", u))),
    "sin": _chain(lambda u: _call("cos", u)),
    "cos": _chain(lambda u: _negative(_call("sin", u))),
    "tan": _chain(lambda u: _plus(ONE, _power(_call("tan", u), TWO))),
    "sinh": _chain(lambda u: _call("cosh", u)),
    "cosh": _chain(lambda u: _call("sinh", u)),
    "tanh": _chain(lambda u: _minus(ONE, _power(_call("tanh", u), TWO))),
    "asinh": lambda u: _over(derivative(u), _call("sqrt", _plus(ONE, _power(u, TWO)))),
    "atan": lambda u: _over(derivative(u), _plus(ONE, _power(u, TWO))),
    "erf": _chain(lambda u: _gaussian(u, _ERF, ONE)),
    "erfc": _chain(lambda u: _negative(_gaussian(u, _ERF, ONE))),
    "Phi": _chain(lambda u: _gaussian(u, _NORMAL, TWO)),
}
