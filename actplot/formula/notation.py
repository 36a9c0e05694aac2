"""Mathematical notation: what needs brackets and what order things come in, whatever they are written with.

A notation (`actplot.formula.latex`, `actplot.formula.mathml`) says how each construction looks; this module walks the
tree.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number

# How tightly a written piece holds together; an operand looser than its place gets brackets. A fraction is closed,
# but what is raised to a power must be more.
CHOICE, SUM, NEGATIVE, PRODUCT, POWER, CLOSED, ATOM = range(7)

_RAISED = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh"})  # their powers stand before the argument

Between = Literal["dot", "number", "letters"]


class Notation(ABC):
    """A way of writing formulas.

    Parameters
    ----------
    values
        Text to write instead of a parameter's letter, for example ``{"alpha": "0.2"}``.

    """

    comparisons: ClassVar[Mapping[str, str]]
    tall: ClassVar[tuple[str, ...]]  # signs of a text that is too high for an exponent
    loosest_choice: int = CLOSED

    def __init__(self, values: Mapping[str, str]) -> None:
        """Begin to write with these values."""
        self._values = values

    @abstractmethod
    def number(self, text: str) -> str:
        """Return a number, perhaps negative."""

    @abstractmethod
    def letter(self, name: str) -> str:
        """Return a variable, a parameter or a constant."""

    @abstractmethod
    def f_of_x(self) -> str:
        """Return the function itself."""

    @abstractmethod
    def bracketed(self, text: str) -> str:
        """Return a text in brackets."""

    @abstractmethod
    def negative(self, text: str) -> str:
        """Return a text with a minus before it."""

    @abstractmethod
    def sum(self, left: str, sign: str, right: str) -> str:
        """Return a sum or a difference."""

    @abstractmethod
    def product(self, left: str, right: str, between: Between) -> str:
        """Return a product: two numbers need a dot, a number stands close, and letters want a little space."""

    @abstractmethod
    def starts_with_digit(self, text: str) -> bool:
        """Return whether a number before the text would seem to be part of it."""

    @abstractmethod
    def fraction(self, above: str, below: str) -> str:
        """Return a fraction."""

    @abstractmethod
    def power(self, base: str, exponent: str) -> str:
        """Return a power."""

    @abstractmethod
    def root(self, text: str) -> str:
        """Return a square root."""

    @abstractmethod
    def absolute(self, text: str) -> str:
        """Return an absolute value."""

    @abstractmethod
    def function(self, name: str) -> str:
        """Return the name of a function or of an activation."""

    @abstractmethod
    def indexed(self, name: str, pairs: Sequence[tuple[str, str]]) -> str:
        """Return a name with parameters and their values below it."""

    @abstractmethod
    def applied(self, name: str, arguments: Sequence[str]) -> str:
        """Return a function of its arguments."""

    @abstractmethod
    def compared(self, operands: Sequence[str], signs: Sequence[str]) -> str:
        """Return a chain of comparisons."""

    @abstractmethod
    def cases(self, rows: Sequence[tuple[str, str]], last: str) -> str:
        """Return a piecewise formula: values with their conditions, and the value elsewhere."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Return words as they stand in mathematics."""

    @abstractmethod
    def sign(self, text: str) -> str:
        """Return a bracket that stands alone."""

    def said(self, template: str, condition: str = "") -> list[str]:
        """Return the parts of what is said of a case: its words, its condition, brackets."""
        parts = filter(None, re.split(r"(\{condition\}|[()])", template))
        given = {"{condition}": condition, "(": self.sign("("), ")": self.sign(")")}
        return [given.get(part) or self.words(part) for part in parts]

    def text(self, node: Node, place: int = CHOICE) -> str:
        """Return a tree as text that may stand in a place."""
        text, tightness = self._write(node)
        return text if tightness >= place else self.bracketed(text)

    def _write(self, node: Node) -> tuple[str, int]:
        match node:
            case Number(_, text):
                return self._number(text)
            case Name(id) if id in self._values:
                return self._number(self._values[id])
            case Name("f"):
                return self.f_of_x(), ATOM
            case Name(id):
                return self.letter(id), ATOM
            case Negate(operand):
                return self.negative(self.text(operand, PRODUCT)), NEGATIVE
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Compare():
                return self._compare(node), CHOICE
            case Choice():
                return self._choice(node), self.loosest_choice
            case Call():
                return self._call(node)

    def _number(self, text: str) -> tuple[str, int]:
        """Write a number, one with an exponent as a power of ten: ``1e-5`` would read as a difference."""
        mantissa, e, exponent = text.lower().partition("e")
        if not e:
            return self.number(text), NEGATIVE if text.startswith("-") else ATOM
        power = self.power(self.number("10"), self.number(str(int(exponent))))
        if float(mantissa) == 1:
            return power, POWER
        if float(mantissa) == -1:
            return self.negative(power), NEGATIVE
        return self.product(self.number(mantissa), power, "dot"), NEGATIVE if mantissa.startswith("-") else PRODUCT

    def _binary(self, operator: str, left: Node, right: Node) -> tuple[str, int]:
        match operator:
            case "+" | "-":
                return self.sum(self.text(left, SUM), operator, self.text(right, PRODUCT)), SUM
            case "*":
                return self._product(left, right), PRODUCT
            case "/" if isinstance(left, Negate):
                return self.negative(self._binary("/", left.operand, right)[0]), NEGATIVE
            case "/":
                return self.fraction(self.text(left), self.text(right)), CLOSED
            case _:
                return self._power(left, right), POWER

    def _product(self, left: Node, right: Node) -> str:
        first = self.text(left, NEGATIVE if isinstance(left, Negate) else PRODUCT)
        second = self.text(right, PRODUCT)
        if self.starts_with_digit(second):
            return self.product(first, second, "dot")
        return self.product(first, second, "number" if _is_plain_number(left) else "letters")

    def _power(self, base: Node, exponent: Node) -> str:
        if isinstance(base, Call) and base.function in _RAISED:
            return self.applied(self.power(self.function(base.function), self.text(exponent)), self._arguments(base))
        return self.power(self.text(base, ATOM), self.text(exponent))

    def _arguments(self, node: Call) -> list[str]:
        return [self.text(argument) for argument in node.arguments]

    def _call(self, node: Call) -> tuple[str, int]:
        argument = node.arguments[0]
        match node.function:
            case "abs":
                return self.absolute(self.text(argument)), ATOM
            case "sqrt":
                return self.root(self.text(argument)), ATOM
            case "exp":
                return self._exp(argument), POWER
            case "expm1":
                return self.sum(self._exp(argument), "-", self.number("1")), SUM
            case "log1p":
                return self.applied(self.function("log"), [self.text(_one_and(argument))]), ATOM
            case name:
                pairs = [(self.letter(key), self.text(value)) for key, value in node.keywords]
                called = self.indexed(self.function(name), pairs) if pairs else self.function(name)
                return self.applied(called, self._arguments(node)), ATOM

    def _exp(self, argument: Node) -> str:
        inside = self.text(argument)
        # A power of a power or of a fraction is too small to read.
        if any(sign in inside for sign in self.tall):
            return self.applied(self.function("exp"), [inside])
        return self.power(self.letter("e"), inside)

    def _compare(self, node: Compare) -> str:
        signs = [self.comparisons[operator] for operator in node.operators]
        return self.compared([self.text(operand, SUM) for operand in node.operands], signs)

    def _choice(self, node: Choice) -> str:
        rows: list[tuple[str, str]] = []
        rest: Node = node
        while isinstance(rest, Choice):
            rows.append((self.text(rest.then, SUM), self._compare(rest.condition)))
            rest = rest.otherwise
        return self.cases(rows, self.text(rest, SUM))


def _one_and(node: Node) -> Node:
    """Return 1 plus a tree, with a minus where that is what it comes to."""
    match node:
        case Binary("+" | "-" as sign, left, right):
            return Binary(sign, _one_and(left), right)
        case Negate(operand):
            return Binary("-", Number(1.0, "1"), operand)
    return Binary("+", Number(1.0, "1"), node)


def _is_plain_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Negate) and isinstance(node.operand, Number))
