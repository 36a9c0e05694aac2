"""Python's own nodes to the formula's tree, by an allow-list: whatever the language does not have is refused."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence

from actplot.errors import UsageError
from actplot.formula.callees import Lookup
from actplot.formula.calls import MAX_DEPTH, Calls
from actplot.formula.functions import ELEMENTARY
from actplot.formula.modules import is_module, split_path
from actplot.formula.nodes import Binary, Choice, Compare, Name, Negate, Node, Number
from actplot.formula.pen import FormulaError
from actplot.formula.refusals import describe
from actplot.formula.rewrite import ONE, ZERO
from actplot.formula.typed import VARIABLE, Typed

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_DECIMAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")


class Reader:
    """Translates one formula."""

    def __init__(self, typed: Typed, indent: int, activation: Lookup | None) -> None:
        """Take the text, how many spaces stand before it, and the look-up of activations."""
        self._typed = typed
        self._written = typed.text[indent:]
        self._columns = typed.columns[indent:]
        self.activation = activation
        self._calls = Calls(self)
        self.notes = list(typed.notes)

    def fail(self, message: str, node: ast.expr | ast.keyword) -> FormulaError:
        """Return an error that points at a node."""
        return FormulaError(message, self._columns[node.col_offset])

    def refuse(self, node: ast.expr) -> FormulaError:
        """Refuse a kind of node, pointing at its operator where that stands after an operand."""
        match node:
            case ast.BinOp(left=before) | ast.Attribute(value=before) | ast.Subscript(value=before):
                offset = before.end_col_offset or 0
                while self._written[offset] in " )":
                    offset += 1
            case _:
                offset = node.col_offset
        return FormulaError(f"{describe(node)} is not part of the formula language", self._columns[offset])

    def read(self, node: ast.expr, depth: int) -> Node:
        """Return a number-valued expression as a tree."""
        if depth > MAX_DEPTH:
            raise self.fail("the formula is nested too deeply; simplify it", node)
        deeper = depth + 1
        match node:
            case ast.Constant(value=int() | float()) if _DECIMAL.fullmatch(self._text(node)):
                return self._number(node)
            case ast.Name(id=name):
                return self._name(name, node)
            case ast.Attribute() if (path := self.path(node)) is not None:
                return self._name(split_path(path)[1], node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negate(self.read(operand, deeper))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, deeper)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
                return Binary(_BINARY[type(operator)], self.read(left, deeper), self.read(right, deeper))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                then, otherwise = self.read(body, deeper), self.read(orelse, deeper)
                return self.choice(test, then, otherwise, deeper)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not() | ast.Invert()):
                return self.choice(node, ONE, ZERO, deeper)
            case ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
                return self.choice(node, ONE, ZERO, deeper)
            case ast.Call():
                return self._calls.read(node, deeper)
        raise self.refuse(node)

    def choice(self, test: ast.expr, then: Node, otherwise: Node, depth: int) -> Node:
        """Return one tree where a condition holds, and another where it does not."""
        if depth > MAX_DEPTH:
            raise self.fail("the formula is nested too deeply; simplify it", test)
        match test:
            case ast.Compare():
                return Choice(self.comparison(test, depth), then, otherwise)
            case ast.BoolOp(op=ast.And(), values=parts):
                return self._all(parts, then, otherwise, depth)
            case ast.BoolOp(values=parts):
                return self._all(parts, otherwise, then, depth, negated=True)
            case ast.BinOp(op=ast.BitAnd(), left=left, right=right):
                return self._all([left, right], then, otherwise, depth)
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._all([left, right], otherwise, then, depth, negated=True)
            case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
                return self.choice(operand, otherwise, then, depth + 1)
            case ast.Call() if (meant := self._calls.logical(test)) is not None:
                return self.choice(meant, then, otherwise, depth + 1)
        raise self.fail("this must be a comparison, such as x >= 0", test)

    def _all(self, parts: Sequence[ast.expr], then: Node, otherwise: Node, depth: int, negated: bool = False) -> Node:
        """Return one tree where all conditions hold (or, negated, none of them does), else the other."""
        if depth + len(parts) > MAX_DEPTH:
            raise self.fail("the formula is nested too deeply; simplify it", parts[0])
        if not isinstance(otherwise, Number | Name):  # it would stand there once for each condition
            together = self._all(parts, ONE, ZERO, depth, negated)
            return Choice(Compare(("!=",), (together, ZERO)), then, otherwise)
        for place, part in reversed(list(enumerate(parts))):
            holds, fails = (otherwise, then) if negated else (then, otherwise)
            then = self.choice(part, holds, fails, depth + 1 + place)
        return then

    def comparison(self, node: ast.Compare, depth: int) -> Compare:
        """Return a comparison, chained as in Python."""
        operators = []
        for operator in node.ops:
            if type(operator) not in _COMPARE:
                raise self.fail("a comparison uses < <= > >= == or !=", node)
            operators.append(_COMPARE[type(operator)])
        operands = tuple(self.read(operand, depth) for operand in (node.left, *node.comparators))
        return Compare(tuple(operators), operands)

    @staticmethod
    def path(node: ast.expr) -> str | None:
        """Return a name as it is written, ``np.exp``; None for what is no name, as the method of a value."""
        words: list[str] = []
        while isinstance(node, ast.Attribute):
            words.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name) and (not words or is_module(node.id)):
            return ".".join([node.id, *reversed(words)])
        return None

    @property
    def variable(self) -> str:
        """What the formula calls x."""
        return self._typed.variable

    @staticmethod
    def template(text: str) -> Node:
        """Return the tree of a text of the language's own."""
        typed = Typed(text, tuple(range(len(text) + 1)))
        return Reader(typed, 0, None).read(ast.parse(text, mode="eval").body, 0)

    def _text(self, node: ast.expr) -> str:
        return self._written[node.col_offset : node.end_col_offset]

    def _number(self, node: ast.expr) -> Number:
        text = self._text(node)
        value = float(text)
        if math.isinf(value):
            raise self.fail("this number is too large for float64", node)
        return Number(value, text)

    def _name(self, name: str, node: ast.expr) -> Name:
        if not _NAME.fullmatch(name):
            raise self.fail("a name is letters and digits, with single _ between them", node)
        if name in ELEMENTARY or self._is_activation(name):
            raise self.fail(f"{name} is a function; write {name}(x)", node)
        if name == self._typed.variable:
            return Name(VARIABLE)
        if name == VARIABLE:
            raise self.fail(f"x is not the variable here, {self._typed.variable} is", node)
        return Name(name)

    def _is_activation(self, name: str) -> bool:
        try:
            return self.activation is not None and self.activation(name, (), {}) is not None
        except UsageError:
            return False
