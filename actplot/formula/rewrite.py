"""Formulas made of formulas: names replaced by trees, and what is plainly nothing left out.

Trees share what they can: a subtree that comes up twice is rewritten once, and one that stays as it is stays the
same object.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from actplot.formula.evaluate import COMPARE
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, names_in

ZERO = Number(0.0, "0")
ONE = Number(1.0, "1")

_OR_EQUAL = {"<": "<=", ">": ">="}
_OPPOSITE = {"+": "-", "-": "+"}


def number_node(value: float, text: str = "") -> Node:
    """Return a number as a tree, written in digits of one's own or in all; a negative one has its sign before it."""
    written = text or repr(abs(value)).removesuffix(".0")
    return Number(value, written) if value >= 0 else Negate(Number(-value, written))


def substitute(node: Node, names: Mapping[str, Node]) -> Node:
    """Return the tree with names replaced by trees, all at once."""
    return rewritten(node, lambda part: names.get(part.id, part) if isinstance(part, Name) else part)


def completed(given: Mapping[str, Node], defaults: Mapping[str, Node]) -> dict[str, Node]:
    """Return the given values and the defaults of the rest, which speak of the given ones by name.

    The given values may be formulas in names of their own; those are left alone.
    """
    values = dict(given)
    for key, default in defaults.items():
        if key not in given:
            values[key] = substitute(_resolved(key, default, _without(defaults, given)), given)
    return values


def with_values(node: Node, values: Mapping[str, Node]) -> Node:
    """Return the tree with values for its parameters, folded; a value may mention other parameters."""
    return folded(substitute(node, {key: _resolved(key, value, values) for key, value in values.items()}))


def folded(node: Node) -> Node:
    """Return the tree without what is plainly nothing: terms 0, factors 1, choices that are already made.

    Arithmetic of other numbers is not carried out: 1/6 stays a quotient.
    """
    return rewritten(node, _fold)


def _without(values: Mapping[str, Node], keys: Mapping[str, Node]) -> dict[str, Node]:
    return {key: value for key, value in values.items() if key not in keys}


def _resolved(key: str, value: Node, values: Mapping[str, Node]) -> Node:
    """Return the value of a parameter with the values of those that it mentions, but itself."""
    others = {name: other for name, other in values.items() if name != key}
    mentioned = names_in(value) & others.keys()
    return substitute(value, {name: _resolved(name, others[name], others) for name in mentioned})


def rewritten(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the tree with a change made to every part, from the leaves upwards; equal objects are changed once."""
    done: dict[int, Node] = {}

    def read(node: Node) -> Node:
        if id(node) not in done:
            done[id(node)] = change(_rebuilt(node, read))
        return done[id(node)]

    return read(node)


def _rebuilt(node: Node, read: Callable[[Node], Node]) -> Node:
    """Return the node over its operands as they are read: the same object where they are the same."""
    match node:
        case Negate(operand):
            inner = read(operand)
            return node if inner is operand else Negate(inner)
        case Binary(operator, left, right):
            first, second = read(left), read(right)
            return node if first is left and second is right else Binary(operator, first, second)
        case Compare():
            return _compared(node, read)
        case Choice(condition, then, otherwise):
            test, yes, no = _compared(condition, read), read(then), read(otherwise)
            same = test is condition and yes is then and no is otherwise
            return node if same else Choice(test, yes, no)
        case Call(function, arguments, keywords):
            positional = tuple(map(read, arguments))
            named = tuple((key, read(value)) for key, value in keywords)
            same = _all_same(positional, arguments) and all(
                a is b for (_, a), (_, b) in zip(named, keywords, strict=True)
            )
            return node if same else Call(function, positional, named)
        case _:
            return node


def _compared(node: Compare, read: Callable[[Node], Node]) -> Compare:
    operands = tuple(map(read, node.operands))
    return node if _all_same(operands, node.operands) else Compare(node.operators, operands)


def _all_same(some: tuple[Node, ...], others: tuple[Node, ...]) -> bool:
    return all(a is b for a, b in zip(some, others, strict=True))


def _fold(node: Node) -> Node:
    match node:
        case Negate(Negate(operand)):
            return operand
        case Negate(Number(value=0)):
            return ZERO
        case Binary("+" | "-" as sign, left, right):
            return _folded_sum(node, sign, left, right)
        case Binary("*", left, right):
            return _folded_product(node, left, right)
        case Binary("/", left, right):
            return _folded_quotient(node, left, right)
        case Binary("**", left, Number(value=1)):
            return left
        case Choice():
            return _folded_choice(node)
        case _:
            return node


def _folded_sum(node: Node, sign: str, left: Node, right: Node) -> Node:
    match left, right:
        case _, Number(value=0):
            return left
        case Number(value=0), _:
            return right if sign == "+" else _fold(Negate(right))
        case _, Negate(operand):  # nobody writes x + -2
            return Binary(_OPPOSITE[sign], left, operand)
        case _, Number(value, text) if text.startswith("-"):
            return Binary(_OPPOSITE[sign], left, Number(-value, text[1:]))
        case _:
            return node


def _folded_product(node: Node, left: Node, right: Node) -> Node:
    match left, right:
        case (Number(value=0), _) | (_, Number(value=0)):
            return ZERO
        case Number(value=1), _:
            return right
        case _, Number(value=1):
            return left
        case Negate(Number(value=1)), _:
            return _fold(Negate(right))
        case Binary("/", Number(value=1), Number() as divisor), _:  # x/6 is exact more often than a sixth of x
            return Binary("/", right, divisor)
        case _:
            return node


def _folded_quotient(node: Node, left: Node, right: Node) -> Node:
    match left, right:
        case _, Number(value=1):
            return left
        case Number(value=0), Number(value) if value != 0:
            return ZERO
        case Number(a), Number(b) if a == b != 0 and math.isfinite(a):
            return ONE
        case Name(a), Name(b) if a == b and a not in ("x", "f"):  # a parameter that divides is not zero
            return ONE
        case _:
            return node


def _folded_choice(node: Choice) -> Node:
    decision = _decided(node.condition)
    if decision is not None:
        return node.then if decision else node.otherwise
    if _equal(node.then, node.otherwise):
        return node.then
    match node:
        case Choice(
            Compare(("<" | ">" as operator,), (a, b)), then, Choice(Compare(("==",), (c, d)), same, otherwise)
        ) if _equal(then, same) and ((_equal(a, c) and _equal(b, d)) or (_equal(a, d) and _equal(b, c))):
            return _fold(Choice(Compare((_OR_EQUAL[operator],), (a, b)), then, otherwise))
        case _:
            return node


def _decided(condition: Compare) -> bool | None:
    """Return what a comparison says whatever the names stand for, or None where that depends on them."""
    operands = condition.operands
    pairs = zip(condition.operators, operands, operands[1:], strict=False)
    answers = [_decided_pair(operator, a, b) for operator, a, b in pairs]
    return False if False in answers else None if None in answers else True


def _decided_pair(operator: str, a: Node, b: Node) -> bool | None:
    match a, b:
        case Number(left), Number(right):
            return COMPARE[operator](left, right)
        case _, Number(right) if math.isinf(right):  # infinity is further out than anything
            return COMPARE[operator](0.0, right)
        case Number(left), _ if math.isinf(left):
            return COMPARE[operator](left, 0.0)
        case _:
            return None


def _equal(a: Node, b: Node) -> bool:
    """Say whether two trees are the same; of numbers the value counts, not how it is written."""
    return a == b or (isinstance(a, Number) and isinstance(b, Number) and a.value == b.value)
