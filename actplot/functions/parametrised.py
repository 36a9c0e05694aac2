"""A declared function with values for its parameters: its names, and its formulas as trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from actplot.activations.declaration import Declaration
from actplot.calculus.differentiate import expanded, slope_tree
from actplot.errors import UsageError
from actplot.formula.nodes import Node
from actplot.formula.parse import parse, parse_condition
from actplot.formula.rewrite import completed, number_node, with_values
from actplot.formula.scalar import condition_holds, evaluate_float
from actplot.formula.tidying import tidied
from actplot.words.arguments import text
from actplot.words.languages import say
from actplot.words.symbols import pretty

X = "x"


def axis_words(declared: str, values: Mapping[str, str]) -> str:
    """Return what a declaration says of x, with the values of parameters, in the language that is spoken."""
    return declared.replace("{of_logits}", say().of_logits).format(**values)


@dataclass(frozen=True)
class Parametrised:
    """A declared function with values for its parameters: what it is called, and its formulas.

    ``notes`` says how what was typed has been read, where that may surprise; ``label`` is what it is to be called in
    place of its title.
    """

    declaration: Declaration
    values: Mapping[str, float] = field(hash=False)
    notes: tuple[str, ...] = field(default=(), compare=False, kw_only=True)
    label: str | None = field(default=None, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse what no other part of the program makes.

        Raises
        ------
        UsageError
            For what is no declaration with a number for each of its parameters, and a label that is no text.

        """
        known, values = self.declaration, self.values
        is_known = (
            isinstance(known, Declaration) and isinstance(values, Mapping) and known.parameters.keys() == values.keys()
        )
        if not is_known or not all(isinstance(value, float) for value in values.values()):
            raise UsageError("a function is made by actplot.get, from a name or a formula")
        if self.label is not None:
            text(self.label, "label")

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy needs; the rest is computed again."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.declaration.name

    @property
    def dtype(self) -> str:
        """The number format that its numbers are of."""
        return "float64"

    @cached_property
    def changed(self) -> dict[str, float]:
        """The parameters whose values differ from their defaults."""
        defaults = self.declaration.default_values(self.values)
        return {key: v for key, v in self.values.items() if v != defaults[key]}

    @property
    def title(self) -> str:
        """The title for people, with every parameter that is not at its default; or its label."""
        if self.label is not None:
            return self.label
        given = ", ".join(f"{pretty(key)} = {value:g}" for key, value in self.changed.items())
        return self.titled(f"{self.declaration.title} ({given})" if given else self.declaration.title)

    def titled(self, title: str) -> str:
        """Return a title with the number format, where that is not the usual one."""
        return title if self.dtype == "float64" else say().in_format.format(title=title, format=self.dtype)

    @property
    def inputs(self) -> float:
        """How many inputs it has, of which f shows one that moves."""
        return evaluate_float(parse(self.declaration.inputs), self.values)

    @property
    def axis(self) -> str:
        """What x is: ``x``, or what of several inputs it stands for."""
        for condition, words in self.declaration.axis.items():
            if condition_holds(parse_condition(condition), self.values):
                return axis_words(words, {key: f"{value:g}" for key, value in self.values.items()})
        return X

    @cached_property
    def trees(self) -> Mapping[str, Node]:
        """What stands in the formula for each parameter: its value, or the text of its default."""
        declaration = self.declaration
        given = {
            key: number_node(value)
            for key, value in self.values.items()
            if key in self.changed or key not in declaration.defaults
        }
        return completed(given, declaration.default_trees)

    @cached_property
    def formula(self) -> Node:
        """The tree of f as it is shown: defaults that are texts are written out, the other parameters by name."""
        return with_values(self.declaration.formula, self._texts)

    @cached_property
    def derivative(self) -> Node:
        """The tree of f' as it is written, in which the name ``f`` may stand for f(x)."""
        shown = slope_tree(self.declaration)
        return tidied(with_values(shown, texts)) if (texts := self._texts) else shown

    @property
    def _texts(self) -> dict[str, Node]:
        return {key: tree for key, tree in self.declaration.default_trees.items() if key not in self.changed}

    @cached_property
    def tree(self) -> Node:
        """The tree of f in x alone, with the values of the parameters, in elementary functions."""
        return expanded(with_values(self.declaration.formula, self.trees))

    @property
    def letters(self) -> dict[str, str]:
        """What is written in place of the parameters that differ from their defaults."""
        return {key: f"{value:g}" for key, value in self.changed.items()}
