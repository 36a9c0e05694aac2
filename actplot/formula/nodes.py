"""The tree of a formula: six kinds of node, all immutable."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Number:
    """A literal; it stands for the float64 nearest to its decimal text, as a parameter would."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """The variable ``x``, the value ``f`` inside a derivative, the constant ``pi`` or a parameter."""

    id: str


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """One of ``+ - * / **``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison, chained as in Python: ``a <= x < b`` has two operators and three operands."""

    operators: tuple[str, ...]
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``then if condition else otherwise``."""

    condition: Compare
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to one or more arguments, with parameters by keyword where it is an activation."""

    function: str
    arguments: tuple["Node", ...]
    keywords: tuple[tuple[str, "Node"], ...] = ()


Node = Number | Name | Negate | Binary | Compare | Choice | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct operands of a node, in the order they are written."""
    match node:
        case Negate(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Compare(_, operands):
            return operands
        case Choice(condition, then, otherwise):
            return (then, condition, otherwise)
        case Call(_, arguments, keywords):
            return (*arguments, *(value for _, value in keywords))
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(children(current))


def parts(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, a part that several share once."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            stack.extend(children(current))


def is_written_in(most: int, node: Node) -> bool:
    """Say whether a tree has at most so many nodes where it is written out, a shared part each time it comes up."""
    return sum(1 for _ in islice(walk(node), most + 1)) <= most


def names_in(node: Node) -> frozenset[str]:
    """Return every name the formula mentions: ``x``, ``f``, ``pi`` and its parameters."""
    return frozenset(n.id for n in parts(node) if isinstance(n, Name))


def mentions_x(node: Node) -> bool:
    """Say whether the formula depends on x."""
    return any(isinstance(part, Name) and part.id == "x" for part in parts(node))


def numbers_in(node: Node) -> Iterator[float]:
    """Yield every number the formula mentions."""
    return (n.value for n in parts(node) if isinstance(n, Number))


def calls_in(node: Node) -> frozenset[str]:
    """Return every function the formula calls."""
    return frozenset(n.function for n in parts(node) if isinstance(n, Call))
