"""An activation from a formula that was typed: its derivative is exact, its kinks are found."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.calculus.values import constant
from actplot.errors import UsageError
from actplot.formula.callees import Callee, Given
from actplot.formula.functions import ELEMENTARY
from actplot.formula.latex import Dialect
from actplot.formula.nodes import Binary, Call, Name, Node, Number, is_written_in, names_in, parts
from actplot.formula.parse import Formula, read_formula, unknown_names
from actplot.formula.pen import FormulaError
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import ONE, number_node, rewritten, with_values
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.gradients import Taken
from actplot.functions.registry import resolve
from actplot.words.arguments import number
from actplot.words.quoting import shorten

MOST_OPERATIONS = 200  # different ones, written out in elementary functions; the catalogue's longest has 24
LONG = 200  # nodes of a derivative; the page-filling rest is not printed


@dataclass(frozen=True, eq=False)
class FormulaDeclaration(Declaration):
    """The declaration of a formula that is in no catalogue; its derivative follows from its tree."""

    typed: Node = field(kw_only=True)

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same text with the same parameters."""
        if not isinstance(other, FormulaDeclaration) or not self.formula_text:
            return self is other
        return (self.formula_text, self.parameters) == (other.formula_text, other.parameters)

    def __hash__(self) -> int:
        """Return the hash of the text."""
        return hash(self.formula_text) if self.formula_text else id(self)

    @property
    def formula(self) -> Node:
        """The tree of f."""
        return self.typed

    def taken(self, values: Mapping[str, Node], x: float) -> Mapping[str, float]:
        """Return what frameworks make of the formula at a point."""
        return Taken(with_values(self.formula, values), x)


@dataclass(frozen=True)
class FormulaActivation(Activation):
    """A typed formula with values for its parameters."""

    @cached_property
    def changed(self) -> dict[str, float]:
        """All parameters: none has a default."""
        return dict(self.values)

    def derivative_latex(self, dialect: Dialect = "cases", at_kink: str = "undefined", *, valued: bool = False) -> str:
        """Return f'(x) as LaTeX, or a note of what it is where that would fill a page."""
        if is_written_in(LONG, self.derivative):
            return super().derivative_latex(dialect, at_kink, valued=valued)
        return rf"\frac{{d}}{{dx}}\left({self.formula_latex(dialect, valued=valued)}\right)"


def any_spelling(name: str, positional: Sequence[Given] = (), named: Mapping[str, Given] | None = None) -> Callee:
    """Return what a name calls in a typed formula: an activation in any spelling, an alias, or a framework's name.

    Raises
    ------
    UsageError
        Where there is none; the message suggests the nearest names.

    """
    found = resolve(name, positional, named or {}, "function", ELEMENTARY)
    preset = {key: number_node(value) for key, value in found.preset.items()}
    return Callee(found.declaration.name, {**preset, **found.given}, found.note)


def from_text(text: str, parameters: Mapping[str, float] | None = None) -> FormulaActivation:
    """Return the activation of a formula, for example ``from_text("x*sigmoid(beta*x)", {"beta": 2})``.

    Parameters
    ----------
    text
        f in the formula language; it is also the activation's name and title.
    parameters
        A value for each name in the formula other than ``x`` and ``pi``.

    Raises
    ------
    FormulaError
        Where the text is not a formula; it names the column.
    UsageError
        For a parameter without a value, a value without a parameter, or a value that is not finite or that
        a called activation can't take.

    """
    given = (parameters or {}).items()
    values = {key: number(value, f"{shorten(text)}: {key}") + 0.0 for key, value in given}  # no negative zero
    formula = read_text(text, values)
    shown = " ".join(text.split()) if formula.plain else to_text(formula.tree)
    activation = from_tree(formula.tree, values, shown, shown, formula.notes)
    size = sum(not isinstance(part, Name | Number) for part in parts(activation.tree))
    if size > MOST_OPERATIONS:
        raise UsageError(f"{shorten(text)} has {size:,} operations; at most {MOST_OPERATIONS} can be computed")
    return activation


def read_text(text: str, values: Mapping[str, float]) -> Formula:
    """Parse a formula that calls activations in any spelling, and check that it has these parameters and no other.

    Raises
    ------
    FormulaError
        Where the text is not a formula; it names the column.
    UsageError
        For a parameter without a value, a value without a parameter, or a value that is not finite or that
        a called activation can't take.

    """
    formula = read_formula(text, any_spelling)
    tree = formula.tree if "e" in values else rewritten(formula.tree, _euler)
    _check_parameters(text, tree, values)
    _check_bounds(tree, values)
    return Formula(tree, formula.notes, formula.plain)


def _euler(node: Node) -> Node:
    """Return a power of e as the exponential; e alone is the exponential of 1."""
    match node:
        case Binary("**", Call("exp", (base,)), exponent) if base is ONE:
            return Call("exp", (exponent,))
        case Name("e"):
            return Call("exp", (ONE,))
        case _:
            return node


def from_tree(
    tree: Node, values: Mapping[str, float], title: str, text: str = "", notes: tuple[str, ...] = ()
) -> FormulaActivation:
    """Return the activation of a formula that is parsed already, with a value for each of its parameters."""
    declaration = FormulaDeclaration(
        title, title, text, parameters=values, sentence="A formula of one's own.", family="formula", typed=tree
    )
    return FormulaActivation(declaration, values, notes=notes)


def _check_parameters(text: str, tree: Node, values: Mapping[str, float]) -> None:
    names = names_in(tree)
    if "f" in names:
        column = len(re.split(r"\bf\b", text)[0]) + 1
        raise FormulaError("f is the formula itself; give the parameter another name", column)
    missing = unknown_names(names, values)
    if missing:
        example = ",".join(f"{name}=2" for name in missing)
        needed = f"{shorten(text)} needs a value for {' and '.join(missing)}"
        raise UsageError(f'{needed}; write "{shorten(text)}:{example}"')
    for name, value in values.items():
        if name not in names or name in {"x", "pi"}:
            has = ", ".join(unknown_names(names, ())) or "none"
            raise UsageError(f"{shorten(text)} has no parameter '{shorten(name)}'; its parameters: {has}")
        if not math.isfinite(value):
            raise UsageError(f"{name}={value:g} is not a finite number")


def _check_bounds(tree: Node, values: Mapping[str, float]) -> None:
    """Refuse a parameter that an activation in the formula can't take."""
    known = {key: number_node(value) for key, value in values.items()}
    for node in parts(tree):
        if isinstance(node, Call) and node.function not in ELEMENTARY:
            given = {key: constant(with_values(value, known)) for key, value in node.keywords}
            bind(DECLARATIONS[node.function], given)
