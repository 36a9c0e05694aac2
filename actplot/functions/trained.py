"""The gradient that training takes in place of f', where a function declares one, as a function of its own."""

from __future__ import annotations

from actplot.formula.nodes import mentions_x
from actplot.formula.parse import parse
from actplot.formula.rewrite import with_values
from actplot.functions.activation import Activation
from actplot.functions.rounding import Rounded, rounded_to
from actplot.functions.typed import from_tree
from actplot.words.languages import say


def trained(activation: Activation) -> Activation | None:
    """Return the gradient that a function is trained with, in its number format; None where that is its derivative."""
    declaration = activation.declaration
    if not declaration.gradient_text:
        return None
    tree = with_values(declaration.read(declaration.gradient_text), activation.trees)
    taken = from_tree(tree, {}, activation.title)
    return rounded_to(taken, activation.format) if isinstance(activation, Rounded) else taken


def words(activation: Activation) -> str:
    """Return what is to be said beside such a gradient, so that nobody takes it for f'."""
    slope = activation.exact.tree(1)
    flat = not mentions_x(slope) and slope == parse("0")
    said = say()
    return said.trained_flat if flat else said.trained_other
