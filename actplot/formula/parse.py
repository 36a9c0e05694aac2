"""Text to tree, through Python's own parser and an allow-list of its nodes.

Nothing is ever evaluated as Python: a node that is not listed in `actplot.formula.reader` is refused, with the column
it stands in.
"""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from actplot.console.warned import without_warnings
from actplot.formula.callees import Given, Lookup
from actplot.formula.calls import Calls
from actplot.formula.modules import split_path
from actplot.formula.nodes import Compare, Node, names_in
from actplot.formula.pen import FormulaError
from actplot.formula.reader import Reader
from actplot.formula.refusals import describe_character
from actplot.formula.shorthand import is_elementary
from actplot.formula.typed import Typed, read_typed

MAX_LENGTH = 2000  # characters; the longest formula of the catalogue has about 150

_FOREIGN = re.compile(r"[^\x20-\x7e\t\r\n]|#")  # anything but printable ASCII; Python would skip a comment


class Formula(NamedTuple):
    """A formula that was read: its tree, notes about it, and whether it stands as it was typed."""

    tree: Node
    notes: tuple[str, ...]
    plain: bool


class Reference(NamedTuple):
    """A function that is named rather than written out, ``nn.ELU(0.5)``, with the arguments that it is made with."""

    path: str
    positional: Sequence[Given]
    named: Mapping[str, Given]


def parse(text: str, activation: Lookup | None = None) -> Node:
    """Parse a formula.

    Parameters
    ----------
    text
        The formula, for example ``"x if x >= 0 else alpha*x"``.
    activation
        Finds the activation of a name that is called, or None where there is none. Without it only the
        elementary functions may be called.

    Raises
    ------
    FormulaError
        Where the text is not a formula of the language.

    """
    return read_formula(text, activation).tree


def read_formula(text: str, activation: Lookup | None = None) -> Formula:
    """Parse a formula, and return with its tree what there is to say about it."""
    typed = _typed(text)
    tree, indent = _python_tree(typed)
    reader = Reader(typed, indent, activation)
    return Formula(reader.read(tree, 0), tuple(dict.fromkeys(reader.notes)), typed.plain)


def parse_condition(text: str) -> Compare:
    """Parse a comparison that stands alone, such as the bound ``"0 < alpha <= 1"`` of a parameter."""
    typed = _typed(text)
    tree, indent = _python_tree(typed)
    if not isinstance(tree, ast.Compare):
        raise FormulaError(f"'{text}' is not a comparison", 1)
    return Reader(typed, indent, None).comparison(tree, 0)


def parse_reference(text: str) -> Reference | None:
    """Parse the name of a function with the arguments that it is made with; None for any other text.

    A call of an elementary function is a formula, as is one with an argument that is not a number or a word.
    """
    try:
        typed = _typed(re.sub(r"^\s*ONNX\s+(?=[A-Z])", "onnx.", text))
        tree, indent = _python_tree(typed)
    except FormulaError:
        return None
    reader = Reader(typed, indent, None)
    path = reader.path(tree.func if isinstance(tree, ast.Call) else tree)
    if path is None or typed.notes:
        return None
    if not isinstance(tree, ast.Call):
        return Reference(path, (), {}) if "." in path else None
    calls = Calls(reader)
    calls.check(tree)
    try:
        positional = [calls.given(part, 1) for part in tree.args]
        named = calls.named(tree, 1)
    except FormulaError:  # as of an argument that calls an activation
        return None
    values = [value for value in (*positional, *named.values()) if not isinstance(value, str | bool | None)]
    if any(names_in(value) - {"pi"} for value in values) or (values and is_elementary(split_path(path)[1])):
        return None
    return Reference(path, positional, named)


def unknown_names(names: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Return the names that are neither ``x``, ``pi`` nor allowed, sorted."""
    return sorted(set(names) - {"x", "pi"} - set(allowed))


def _typed(text: str) -> Typed:
    if len(text) > MAX_LENGTH:
        message = f"the formula has {len(text)} characters, more than {MAX_LENGTH}; shorten it"
        raise FormulaError(message, MAX_LENGTH)
    return read_typed(text)


def _python_tree(typed: Typed) -> tuple[ast.expr, int]:
    """Return Python's own tree of a text, and how many spaces stand before it."""
    foreign = _FOREIGN.search(typed.text)
    if foreign is not None:
        raise FormulaError(describe_character(foreign.group()), typed.columns[foreign.start()])
    source = re.sub(r"\s", " ", typed.text)
    written = source.strip()
    if not written:
        raise FormulaError("the formula is empty", 1)
    indent = source.index(written)
    try:
        with without_warnings():  # Python's own hints about dubious syntax, such as "1(x)"
            tree = ast.parse(written, mode="eval")
    except SyntaxError as error:
        # What follows the first clause is advice on Python. Where the end is missing, Python points nowhere.
        reason = re.split("[.;] ", error.msg or "invalid syntax")[0]
        column = error.offset if error.lineno == 1 and error.offset else len(written)
        place = typed.columns[indent + min(column, len(written)) - 1]
        raise FormulaError(f"this is not a formula: {reason}", place) from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError("the formula is nested too deeply; simplify it", typed.columns[indent]) from None
    return tree.body, indent
