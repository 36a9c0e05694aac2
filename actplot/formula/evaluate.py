"""Read a formula over any algebra: floats, arrays of double-doubles, decimal digits, certified balls.

Equal parts are read once, whichever of several formulas they belong to, and a branch only where it is taken.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from actplot.formula.nodes import Binary, Call, Choice, Name, Negate, Node, Number

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
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
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


Memo: TypeAlias = list[T | None]
Step: TypeAlias = Callable[[Memo[T], Mapping[str, T]], T]


class Program(Generic[T]):
    """Several formulas, read together over an algebra.

    Parameters
    ----------
    formulas
        Their trees; those that have parts in common share the work.
    algebra
        What they are read over.
    keep
        Whether parts without names are read once and for all; not for an algebra whose precision changes.

    """

    def __init__(self, formulas: Sequence[Node], algebra: Algebra[T], keep: bool = False) -> None:
        """Compile the trees: a step for every part that differs from the others."""
        self._algebra = algebra
        self._steps: list[Step[T]] = []
        self._fixed: list[bool] = []
        self._places: dict[object, int] = {}
        self._seen: dict[int, int] = {}
        self._results = [self._place(formula) for formula in formulas]
        self._kept: Memo[T] = [None] * len(self._steps)
        self._keep = keep
        self._formulas = tuple(formulas)  # their ids must not be given to other trees

    def __len__(self) -> int:
        """Return the number of different operations."""
        return len(self._steps)

    def __call__(self, names: Mapping[str, T], which: Sequence[int] | None = None) -> list[T]:
        """Return the values of the formulas (or of some, by number) for these values of their names."""
        memo = self._kept.copy()
        wanted = self._results if which is None else [self._results[number] for number in which]
        values = [self._value(place, memo, names) for place in wanted]
        if self._keep:
            self._kept = [value if fixed else None for value, fixed in zip(memo, self._fixed, strict=True)]
        return values

    def _value(self, place: int, memo: Memo[T], names: Mapping[str, T]) -> T:
        value = memo[place]
        if value is None:
            value = memo[place] = self._steps[place](memo, names)
        return value

    def _place(self, node: Node) -> int:
        """Return the number of the step that reads a tree."""
        known = self._seen.get(id(node))
        if known is None:
            known = self._seen[id(node)] = self._new_place(node)
        return known

    def _new_place(self, node: Node) -> int:
        key: object
        parts: tuple[int, ...]
        match node:
            case Number(value):
                key, parts = (value,), ()
            case Name(id):
                key, parts = id, ()
            case Negate(operand):
                parts = (self._place(operand),)
                key = ("-", parts)
            case Binary(symbol, left, right):
                parts = (self._place(left), self._place(right))
                key = (symbol, parts)
            case Choice(condition, then, otherwise):
                parts = (*map(self._place, condition.operands), self._place(then), self._place(otherwise))
                key = (condition.operators, parts)
            case Call(function, arguments, keywords):
                parts = (*map(self._place, arguments), *(self._place(value) for _, value in keywords))
                key = (function, tuple(name for name, _ in keywords), parts)
            case _:
                raise TypeError(f"a {type(node).__name__} has no value of its own")
        if key not in self._places:
            self._places[key] = len(self._steps)
            self._fixed.append(
                all(self._fixed[part] for part in parts) and not (isinstance(node, Name) and node.id != "pi")
            )
            self._steps.append(self._step(node, parts))
        return self._places[key]

    def _step(self, node: Node, parts: tuple[int, ...]) -> Step[T]:
        algebra, value = self._algebra, self._value
        match node:
            case Number(number):
                constant = number
                return lambda memo, names: algebra.number(constant)
            case Name("pi"):
                return lambda memo, names: algebra.pi()
            case Name(id):
                return lambda memo, names: names[id]
            case Negate():
                (inner,) = parts
                return lambda memo, names: -value(inner, memo, names)  # type: ignore[operator]
            case Binary(symbol):
                apply, (left, right) = algebra.operator(symbol), parts
                return lambda memo, names: apply(value(left, memo, names), value(right, memo, names))
            case Choice(condition):
                *operands, then, otherwise = parts
                return lambda memo, names: algebra.choose(
                    condition.operators,
                    tuple(value(operand, memo, names) for operand in operands),
                    lambda: value(then, memo, names),
                    lambda: value(otherwise, memo, names),
                )
            case Call(function, arguments, keywords):
                call, count = algebra.function(function), len(arguments)
                named = list(zip((key for key, _ in keywords), parts[count:], strict=True))
                positional = parts[:count]
                return lambda memo, names: call(
                    *[value(part, memo, names) for part in positional],
                    **{key: value(part, memo, names) for key, part in named},
                )
        raise TypeError(f"a {type(node).__name__} has no value of its own")


def compiled(node: Node, algebra: Algebra[T]) -> Reading[T]:
    """Return the tree as one callable that takes the values of its names (``x``, ``f``, parameters)."""
    program = Program((node,), algebra)
    return lambda names: program(names)[0]


def evaluate(node: Node, names: Mapping[str, T], algebra: Algebra[T]) -> T:
    """Evaluate the tree with the values of its names in the algebra."""
    return compiled(node, algebra)(names)
