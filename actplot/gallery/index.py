"""The index of a gallery as Markdown that a forge shows: pictures, formulas, links."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.activations import FAMILIES
from actplot.activations.pairs import FAMILY, Pair
from actplot.facts.words import gradient_text
from actplot.functions.activation import Activation
from actplot.functions.naming import standing
from actplot.gallery import pairs
from actplot.gallery.manner import USUAL, Manner
from actplot.gallery.names import Shown, stem
from actplot.words.numbers import rounded
from actplot.words.symbols import markdown_literal

INDEX = "README.md"
HEADING = "# Activation functions and their derivatives"


def markdown(activations: Sequence[Shown], formats: Sequence[str], manner: Manner = USUAL) -> str:
    """Return the index of the activations, families in the catalogue's order."""
    taken = ", or the gradient that training takes for it" if has_gradient(activations) else ""
    shown = next((name for name in ("svg", "png") if name in formats), None)
    families = by_family(activations)
    parts = [
        HEADING,
        f"{how_many(activations)}, drawn by `actplot gallery`. Each picture shows {_panels(manner)}{taken}; "
        "an open circle is a value that is not taken." + told_of_pairs(activations),
        "\n".join(f"- [{family_title(family)}](#{family.replace('_', '-')})" for family in families),
    ]
    for family, members in families.items():
        parts.append(f"## {family_title(family)}")
        parts += [_entry(activation, formats, shown, manner.wanted.second) for activation in members]
    return "\n\n".join(parts) + "\n"


def _panels(manner: Manner) -> str:
    return "f, f′ and f″ from top to bottom" if manner.wanted.second else "f above and f′ below"


def has_gradient(activations: Sequence[Shown]) -> bool:
    """Return whether training takes another gradient than f' for one of them."""
    return any(isinstance(each, Activation) and each.declaration.gradient_text for each in activations)


def told_of_pairs(activations: Sequence[Shown]) -> str:
    """Return a sentence about functions of two inputs, where there are any."""
    return (
        f" Functions of two inputs have {pairs.SHOWN}." if any(isinstance(each, Pair) for each in activations) else ""
    )


def pictured(activation: Activation, second: bool = False) -> str:
    """Return what a picture is of: ``ReLU and its derivative``."""
    slope = "gradient in training" if has_gradient([activation]) else "derivative"
    both = f"{slope} and second derivative" if slope != "derivative" else "derivatives"
    return f"{activation.title} and its {both if second else slope}"


def how_many(activations: Sequence[Shown]) -> str:
    """Return the number of functions in words: ``67 functions``."""
    return f"{len(activations)} {'function' if len(activations) == 1 else 'functions'}"


def by_family(activations: Sequence[Shown]) -> dict[str, list[Shown]]:
    """Return the activations of each family, families in the catalogue's order and what is in none of them last."""
    families: dict[str, list[Shown]] = {family: [] for family in FAMILIES}
    for activation in activations:
        family = FAMILY if isinstance(activation, Pair) else activation.declaration.family
        families.setdefault(family, []).append(activation)
    return {family: members for family, members in families.items() if members}


def family_title(family: str) -> str:
    """Return the title of a family from its module's name."""
    return family.replace("_", " ").capitalize()


def _entry(activation: Shown, formats: Sequence[str], shown: str | None, second: bool) -> str:
    if isinstance(activation, Pair):
        return pairs.entry(activation, formats, shown)
    declaration = activation.declaration
    file = stem(activation)
    title = markdown_literal(activation.title)
    lines = [f"### {title}", markdown_literal(declaration.sentence)]
    if shown:
        lines.append(f"![{markdown_literal(pictured(activation, second))}]({file}.{shown})")
    lines.append(f"```math\nf(x) = {activation.formula_latex()}\n```")
    lines.append(f"```math\nf'(x) = {activation.derivative_latex()}\n```")
    facts = [f"`{activation.name}`"]
    if given := standing(activation):
        facts.append(", ".join(f"{key} = {rounded(value)}" for key, value in given.items()))
    if gradient := gradient_text(activation):
        facts.append(markdown_literal(" ".join(gradient.split())))
    if declaration.aliases:
        facts.append("also called " + ", ".join(f"`{alias}`" for alias in declaration.aliases))
    if declaration.source:
        facts.append(markdown_literal(declaration.source))
    facts.append(" ".join(f"[{format_name}]({file}.{format_name})" for format_name in formats))
    lines.append(" · ".join(facts))
    return "\n\n".join(lines)
