"""Calls in formulas: elementary functions under all their names, activations as frameworks call them, and methods."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Protocol

from actplot.errors import UsageError
from actplot.formula import shorthand
from actplot.formula.callees import Given, Lookup
from actplot.formula.functions import ELEMENTARY
from actplot.formula.modules import split_path
from actplot.formula.nodes import Call, Negate, Node, Number, names_in
from actplot.formula.pen import FormulaError
from actplot.formula.rewrite import ONE, ZERO, substitute

MAX_DEPTH = 60  # nested operations; keeps every recursive reading of the tree far from Python's limit
PRINTED = {name: Number(float(name), name) for name in ("inf", "nan")}
_LOGICAL = {"logical_and": ast.And, "logical_or": ast.Or}


class Reader(Protocol):
    """Whoever reads the rest of a formula, as its calls see it."""

    activation: Lookup | None
    notes: list[str]

    @property
    def variable(self) -> str:
        """What the formula calls x."""

    def read(self, node: ast.expr, depth: int) -> Node:
        """Return a number-valued expression as a tree."""

    def choice(self, test: ast.expr, then: Node, otherwise: Node, depth: int) -> Node:
        """Return one tree where a condition holds, and another where it does not."""

    def path(self, node: ast.expr) -> str | None:
        """Return a name as it is written; None for what is no name."""

    def template(self, text: str) -> Node:
        """Return the tree of a text of the language's own."""

    def fail(self, message: str, node: ast.expr | ast.keyword) -> FormulaError:
        """Return an error that points at a node."""

    def refuse(self, node: ast.expr) -> FormulaError:
        """Refuse a kind of node, pointing at its operator where that stands after an operand."""


class Calls:
    """Reads the calls of one formula."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader of everything else."""
        self._reader = reader

    def read(self, node: ast.Call, depth: int) -> Node:
        """Return a call as a tree."""
        self.check(node)
        written = self._reader.path(node.func)
        if written is not None:
            return self._called(written, node, node.args, depth)
        match node.func:
            case ast.Call(func=inner) if (made := self._reader.path(inner)) is not None:  # ELU(0.5)(x)
                return self._activation(made, node.func, node.func.args, node, depth)
            case ast.Attribute(value=ast.Name(id=word), attr=name) if word != self._reader.variable:
                raise self._reader.fail(f"no module '{word}' is known here; write {name}() alone", node)
            case ast.Attribute(value=value, attr=name) if not name.startswith("_"):  # x.clamp(0)
                return self._called(name, node, [value, *node.args], depth)
        raise self._reader.refuse(node.func if isinstance(node.func, ast.Attribute) else node)

    def check(self, node: ast.Call) -> None:
        """Refuse arguments that are not clear."""
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            raise self._reader.fail("'*' before an argument is not part of the formula language", node)
        for place, keyword in enumerate(node.keywords):
            if keyword.arg in {other.arg for other in node.keywords[:place]}:
                raise self._reader.fail(f"{self._reader.path(node.func)}() is given {keyword.arg} twice", keyword)

    def logical(self, node: ast.Call) -> ast.expr | None:
        """Return what a call of ``np.logical_and`` and its like asks, as Python writes it; None for other calls."""
        name = split_path(self._reader.path(node.func) or "")[1]
        if name in _LOGICAL and len(node.args) == 2:
            return ast.copy_location(ast.BoolOp(_LOGICAL[name](), node.args), node)
        if name == "logical_not" and len(node.args) == 1:
            return ast.copy_location(ast.UnaryOp(ast.Not(), node.args[0]), node)
        return None

    def given(self, node: ast.expr, depth: int) -> Given:
        """Return an argument of an activation: a formula, a word such as ``'tanh'`` or True, or inf."""
        match node:
            case ast.Constant(value=bool() | str() | None as word):
                return word
            case ast.UnaryOp(op=ast.USub(), operand=size) if (found := self._printed(size)) is not None:
                return Negate(found)
        if (found := self._printed(node)) is not None:
            return found
        return self._reader.read(node, depth)

    def _printed(self, node: ast.expr) -> Number | None:
        """Return infinity or NaN, as frameworks print a parameter; a formula has no such terms."""
        path = self._reader.path(node)
        return None if path is None else PRINTED.get(split_path(path)[1])

    def named(self, node: ast.Call, depth: int) -> dict[str, Given]:
        """Return the arguments that are given by name."""
        return {str(keyword.arg): self.given(keyword.value, depth) for keyword in node.keywords}

    def _called(self, written: str, node: ast.Call, values: Sequence[ast.expr], depth: int) -> Node:
        name = split_path(written)[1]
        if name == "where" and len(values) == 3:
            then, otherwise = (self._reader.read(value, depth) for value in values[1:])
            return self._reader.choice(values[0], then, otherwise, depth)
        if self.logical(node) is not None:
            return self._reader.choice(node, ONE, ZERO, depth)
        known = shorthand.OTHER_NAMES.get(name, name)
        if shorthand.is_elementary(known) and (made := self._elementary(known, node, values, depth)) is not None:
            return made
        if known in ELEMENTARY:
            if node.keywords:
                raise self._reader.fail(f"{name}() takes no parameters by name", node.keywords[0])
            raise self._reader.fail(f"{name}() takes {_count(ELEMENTARY[known].arguments)}, not {len(values)}", node)
        if not values:
            raise self._reader.fail(f"{name}() needs what it is a function of; write {name}(x)", node)
        applied = ast.copy_location(ast.Call(node.func, [values[0]], []), node)
        return self._activation(written, node, values[1:], applied, depth)

    def _elementary(self, name: str, node: ast.Call, values: Sequence[ast.expr], depth: int) -> Node | None:
        """Return a function of the language, or what its name is short for; None where the arguments do not fit."""
        if name in shorthand.FOLDED and len(values) > 2 and not node.keywords:
            if depth + len(values) > MAX_DEPTH:
                raise self._reader.fail("the formula is nested too deeply; simplify it", node)
            return reduce(lambda a, b: Call(name, (a, b)), (self._reader.read(value, depth) for value in values))
        slots = dict(zip(shorthand.LETTERS, values, strict=False))
        for keyword in node.keywords:
            letter = shorthand.letter_of(name, str(keyword.arg))
            if letter is None or letter in slots:
                return None
            slots[letter] = keyword.value
        taken = {key: value for key, value in slots.items() if not _is_none(value)}
        letters = "".join(sorted(taken))
        if len(values) > len(shorthand.LETTERS):
            return None
        read = {letter: self._reader.read(taken[letter], depth) for letter in letters}
        if name in ELEMENTARY and letters == shorthand.LETTERS[: ELEMENTARY[name].arguments]:
            return Call(name, tuple(read.values()))
        text = shorthand.meaning(name, letters)
        return None if text is None else substitute(self._reader.template(text), read)

    def _activation(
        self, written: str, node: ast.Call, values: Sequence[ast.expr], applied: ast.Call, depth: int
    ) -> Node:
        """Return an activation of one argument, ``values`` and the node's keywords being its parameters."""
        if len(applied.args) != 1 or applied.keywords:
            raise self._reader.fail(f"{written}(…) takes one argument, not {len(applied.args)}", applied)
        positional = [self.given(value, depth) for value in values]
        named = self.named(node, depth)
        places: Mapping[str | int, ast.expr | ast.keyword] = {
            **dict(enumerate(values)),
            **{str(keyword.arg): keyword for keyword in node.keywords},
        }
        parameters: list[tuple[str | int, Given]] = [*enumerate(positional), *named.items()]
        for key, value in parameters:
            if not isinstance(value, str | bool | None) and names_in(value) & {"x", "f"}:
                raise self._reader.fail(f"the parameter {key} of {written}() may not depend on x", places[key])
        try:
            callee = self._reader.activation(written, positional, named) if self._reader.activation else None
        except UsageError as error:
            place = places.get(getattr(error, "argument", ""), node)
            raise self._reader.fail(str(error), place) from None
        if callee is None:
            raise self._reader.fail(f"there is no function '{written}'", node)
        if callee.note:
            self._reader.notes.append(callee.note)
        return Call(callee.name, (self._reader.read(applied.args[0], depth),), tuple(callee.keywords.items()))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _count(n: int) -> str:
    return "one argument" if n == 1 else f"{n} arguments"
