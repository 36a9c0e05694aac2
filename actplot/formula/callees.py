"""What a formula may call besides the language's own functions, and how the one who knows them is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from actplot.errors import UsageError
from actplot.formula.nodes import Node

Given: TypeAlias = Node | str | bool | None  # an argument: a formula, or one of a framework's words


class Callee(NamedTuple):
    """An activation that a formula calls, with the values of its parameters and what there is to say about it."""

    name: str
    keywords: Mapping[str, Node]
    note: str = ""


class ArgumentError(UsageError):
    """An argument that the called function does not take; ``argument`` is its name, or its number from 0."""

    def __init__(self, message: str, argument: str | int) -> None:
        """Keep which argument it is."""
        super().__init__(message)
        self.argument = argument


# Finds what a name calls with these arguments besides x, by position and by name. It returns None, or raises UsageError
# (whose words are used), where the name calls nothing.
Lookup: TypeAlias = Callable[[str, Sequence[Given], Mapping[str, Given]], Callee | None]
