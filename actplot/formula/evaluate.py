"""Read a formula over any algebra: floats, arrays with derivatives, certified balls."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias, TypeVar

from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number

T = TypeVar("T")
Reading: TypeAlias = Callable[[Mapping[str, T]], T]

# The operators of values that know their own arithmetic.
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}


class Algebra(Protocol[T]):
    """What a formula needs of the values it is read over, besides their own unary minus."""

    def number(self, value: float) -> T:
        """Return the constant."""
        ...

    def pi(self) -> T:
        """Return the circle constant."""
        ...

    def operator(self, symbol: str) -> Callable[[T, T], T]:
        """Return one of ``+ - * / **``."""
        ...

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[T, ...],
        then: Callable[[], T],
        otherwise: Callable[[], T],
    ) -> T:
        """Return the branch that the (chained) comparison takes; a branch is read only when it is called."""
        ...

    def function(self, name: str) -> Callable[..., T]:
        """Return an elementary function or, by canonical name, an activation, its parameters by keyword."""
        ...


def compiled(node: Node, algebra: Algebra[T]) -> Reading[T]:
    """Return the tree as one callable that takes the values of its names (``x``, ``f``, parameters)."""

    def read(node: Node) -> Reading[T]:
        match node:
            case Number(value):
                constant = algebra.number(value)
                return lambda names: constant
            case Name("pi"):
                return lambda names: algebra.pi()
            case Name(id):
                return lambda names: names[id]
            case Negate(operand):
                inner = read(operand)
                return lambda names: -inner(names)  # type: ignore[operator]
            case Binary(symbol, left, right):
                apply, first, second = algebra.operator(symbol), read(left), read(right)
                return lambda names: apply(first(names), second(names))
            case Choice(Compare(operators, operands), then, otherwise):
                compared = [read(operand) for operand in operands]
                yes, no = read(then), read(otherwise)
                return lambda names: algebra.choose(
                    operators,
                    tuple(value(names) for value in compared),
                    lambda: yes(names),
                    lambda: no(names),
                )
            case Call(function, (argument,), ()):
                call, inner = algebra.function(function), read(argument)
                return lambda names: call(inner(names))
            case Call(function, arguments, keywords):
                call = algebra.function(function)
                positional = [read(argument) for argument in arguments]
                named = [(key, read(value)) for key, value in keywords]
                return lambda names: call(
                    *[value(names) for value in positional], **{key: value(names) for key, value in named}
                )
        raise TypeError(f"a {type(node).__name__} has no value of its own")

    return read(node)


def evaluate(node: Node, names: Mapping[str, T], algebra: Algebra[T]) -> T:
    """Evaluate the tree with the values of its names in the algebra."""
    return compiled(node, algebra)(names)
