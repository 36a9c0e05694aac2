"""The derivative of a formula, as a formula: the rules of the calculus over the tree."""

from __future__ import annotations

from functools import cache, reduce
from typing import TypeGuard

from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, children
from actplot.formula.parse import parse
from actplot.formula.rewrite import ONE, ZERO, completed, folded, number_node, rewritten, substitute
from actplot.formula.tidying import tidied

TWO = Number(2.0, "2")

# What a function of several arguments is, piece by piece.
_PIECES = {"max": "v if v >= u else u", "min": "u if u <= v else v"}


def derivative(node: Node) -> Node:
    """Return the derivative with respect to x, away from kinks; parameters are constants.

    Terms that are plainly 0 or 1 are left out, and choices between equals; nothing else is simplified. An activation
    that is called has the slope that it declares, if it does. Parts that come up again are the same object.
    """
    return _Calculus().of(node)


def expanded(node: Node) -> Node:
    """Return the formula in elementary functions alone, with activations and what is short for others written out."""
    return rewritten(node, _written_out)


def slope_tree(declaration: Declaration) -> Node:
    """Return the tree of f' as a person would write it, in which the name ``f`` may stand for f(x)."""
    if declaration.slope_text:
        return declaration.read(declaration.slope_text)
    return tidied(derivative(declaration.formula))


@cache
def _meaning(text: str) -> Node:
    return parse(text)


class _Calculus:
    """The rules, and what they have found; trees are known by their identity, for the sake of shared parts."""

    def __init__(self) -> None:
        self._found: dict[int, Node] = {}
        self._moving: dict[int, bool] = {}
        self._alive: list[Node] = []  # whose identities must stay theirs

    def of(self, node: Node) -> Node:
        """Return the derivative of a tree."""
        if id(node) not in self._found:
            self._alive.append(node)
            self._found[id(node)] = self._rule(node) if self._moves(node) else ZERO
        return self._found[id(node)]

    def _moves(self, node: Node) -> bool:
        """Say whether a tree mentions x."""
        if id(node) not in self._moving:
            self._alive.append(node)
            self._moving[id(node)] = (isinstance(node, Name) and node.id == "x") or any(
                self._moves(child) for child in children(node)
            )
        return self._moving[id(node)]

    def _rule(self, node: Node) -> Node:
        match node:
            case Name():
                return ONE
            case Negate(operand):
                return _negative(self.of(operand))
            case Binary("+", left, right):
                return _plus(self.of(left), self.of(right))
            case Binary("-", left, right):
                return _minus(self.of(left), self.of(right))
            case Binary("*", left, right):
                return _plus(_times(self.of(left), right), _times(left, self.of(right)))
            case Binary("/", left, right):
                return self._of_quotient(left, right)
            case Binary("**", left, right):
                return self._of_power(node, left, right)
            case Choice(condition, then, otherwise):
                return _choice(condition, self.of(then), self.of(otherwise))
            case Call():
                return self._of_call(node)
        raise TypeError(f"a {type(node).__name__} has no derivative")

    def _of_quotient(self, u: Node, v: Node) -> Node:
        if not self._moves(v):
            return _over(self.of(u), v)
        return _over(_minus(_times(self.of(u), v), _times(u, self.of(v))), _power(v, TWO))

    def _of_power(self, node: Node, u: Node, v: Node) -> Node:
        if not self._moves(v):
            less = (
                Number(v.value - 1.0, f"{v.value - 1.0!r}".removesuffix(".0"))
                if isinstance(v, Number) and v.value - 1.0 + 1.0 == v.value and v.value - (v.value - 1.0) == 1.0
                else _minus(v, ONE)
            )
            return _times(_times(v, _power(u, less)), self.of(u))
        if isinstance(v, Choice):  # each exponent by itself: a constant one asks for no logarithm of the base
            powers = (Binary("**", u, v.then), Binary("**", u, v.otherwise))
            return _choice(v.condition, self.of(powers[0]), self.of(powers[1]))
        growth = _times(Call("log", (u,)), self.of(v))
        return _times(node, _plus(growth, _over(_times(v, self.of(u)), u)))

    def _of_call(self, node: Call) -> Node:
        record = ELEMENTARY.get(node.function)
        if record is None:
            argument = node.arguments[0]
            return _times(_declared(node), self.of(argument))
        if record.slope:
            slopes = zip((record.slope, record.across), node.arguments, strict=False)
            return reduce(_plus, (_times(_rule(slope, node), self.of(u)) for slope, u in slopes))
        if node.function == "clip" and not any(map(self._moves, node.arguments[1:])):  # in one step, as people write it
            u, low, high = node.arguments
            return _times(Choice(Compare(("<", "<"), (low, u, high)), ONE, ZERO), self.of(u))
        meant = substitute(_meaning(_PIECES.get(node.function) or record.meaning), _arguments(node))
        return self.of(_readable(meant))


def _rule(text: str, node: Call) -> Node:
    """Return a function's slope at its argument."""
    return folded(substitute(_meaning(text), _arguments(node)))


def _declared(node: Call) -> Node:
    """Return the slope that an activation declares, at another argument."""
    declaration = DECLARATIONS[node.function]
    names = _parameters(declaration, node)
    return folded(substitute(slope_tree(declaration), {**names, "x": node.arguments[0], "f": node}))


def _parameters(declaration: Declaration, node: Call) -> dict[str, Node]:
    """Return the values of all parameters of an activation that is called."""
    plain = {
        key: number_node(value) for key, value in declaration.parameters.items() if key not in declaration.defaults
    }
    given = {**plain, **dict(node.keywords)}
    return completed(given, declaration.default_trees)


def _readable(node: Node) -> Node:
    """Return a choice with its comparison turned so that no number comes first: x >= 0, as people write it."""
    match node:
        case Choice(Compare(("<=" | ">=" as symbol,), (Number() as a, b)), then, otherwise) if not isinstance(
            b, Number
        ):
            return Choice(Compare((">=" if symbol == "<=" else "<=",), (b, a)), then, otherwise)
        case _:
            return node


def lowered(node: Node) -> Node:
    """Return an expanded formula with every function in the form that keeps its digits."""
    return rewritten(rewritten(node, _complement), _exact)


def _complement(node: Node) -> Node:
    """Return 1 - f, for a function that comes near to 1, in the form in which it does not cancel."""
    match node:
        case Binary("-", Number(value=1), Call(name, (u,))) if text := ELEMENTARY[name].complement:
            return substitute(_meaning(text), {"u": u})
        case Call("log", (Call(name, (u,)),)) if ELEMENTARY[name].within[0] >= 1 and ELEMENTARY[name].complement:
            return Call("log1p", (Negate(substitute(_meaning(ELEMENTARY[name].complement), {"u": u})),))
        case Binary("-", Call(name, (u,)), Number(value=1)) if text := ELEMENTARY[name].complement:
            return Negate(substitute(_meaning(text), {"u": u}))
        case Binary("+", Number(value=1), Call(name, (u,))) | Binary("+", Call(name, (u,)), Number(value=1)) if (
            ELEMENTARY[name].odd
        ):
            return substitute(_meaning(ELEMENTARY[name].complement), {"u": Negate(u)})
        case _:
            return node


def _exact(node: Node) -> Node:
    if isinstance(node, Call) and (text := ELEMENTARY[node.function].exact):
        return substitute(_meaning(text), _arguments(node))
    return node


def _written_out(node: Node) -> Node:
    if not isinstance(node, Call):
        return node
    if node.function in ("floor", "ceil", "round") and _is_whole(node.arguments[0]):
        return node.arguments[0]
    record = ELEMENTARY.get(node.function)
    if record is None:
        declaration = DECLARATIONS[node.function]
        names = {**_parameters(declaration, node), "x": node.arguments[0]}
        return expanded(folded(substitute(declaration.formula, names)))
    return substitute(_meaning(record.meaning), _arguments(node)) if record.meaning and not record.exact else node


def _is_whole(node: Node) -> bool:
    """Say whether a formula in elementary functions is plainly a whole number wherever it has a value."""
    match node:
        case Number(value):
            return value.is_integer()
        case Negate(inner):
            return _is_whole(inner)
        case Binary("+" | "-" | "*", left, right):
            return _is_whole(left) and _is_whole(right)
        case _:
            return isinstance(node, Call) and node.function in ("floor", "sign")


def _arguments(node: Call) -> dict[str, Node]:
    return dict(zip("uvw", node.arguments, strict=False))


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
    return isinstance(node, Choice) and all(part in (ZERO, ONE) for part in (node.then, node.otherwise))


def _over(a: Node, b: Node) -> Node:
    return a if a == ZERO or b == ONE else Binary("/", a, b)


def _power(a: Node, b: Node) -> Node:
    return a if b == ONE else Binary("**", a, b)
