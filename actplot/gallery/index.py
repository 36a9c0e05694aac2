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
from actplot.words.languages import say
from actplot.words.numbers import rounded
from actplot.words.symbols import markdown_literal

INDEX = "README.md"


def markdown(activations: Sequence[Shown], formats: Sequence[str], manner: Manner = USUAL) -> str:
    """Return the index of the activations, families in the catalogue's order."""
    said = say()
    taken = said.taken_instead if has_gradient(activations) else ""
    shown = next((name for name in ("svg", "png") if name in formats), None)
    families = by_family(activations)
    parts = [
        f"# {said.gallery_of}",
        said.index_lead.format(
            count=how_many(activations),
            command="`actplot gallery`",
            panels=said.three_panels if manner.wanted.second else said.two_panels,
            taken=taken,
            told=told_of_pairs(activations),
        ),
        "\n".join(f"- [{family_title(family)}](#{family.replace('_', '-')})" for family in families),
    ]
    for family, members in families.items():
        parts.append(f"## {family_title(family)}")
        parts += [_entry(activation, formats, shown, manner.wanted.second) for activation in members]
    return "\n\n".join(parts) + "\n"


def has_gradient(activations: Sequence[Shown]) -> bool:
    """Return whether training takes another gradient than f' for one of them."""
    return any(isinstance(each, Activation) and each.declaration.gradient_text for each in activations)


def told_of_pairs(activations: Sequence[Shown]) -> str:
    """Return a sentence about functions of two inputs, where there are any."""
    said = say()
    return said.pairs_have.format(shown=said.pairs_shown) if any(isinstance(each, Pair) for each in activations) else ""


def pictured(activation: Activation, second: bool = False) -> str:
    """Return what a picture is of: ``ReLU and its derivative``."""
    said = say()
    if has_gradient([activation]):
        words = said.and_both if second else said.and_gradient
    else:
        words = said.and_derivatives if second else said.and_derivative
    return words.format(title=activation.title)


def how_many(activations: Sequence[Shown]) -> str:
    """Return the number of functions in words: ``67 functions``."""
    said, count = say(), len(activations)
    return said.counted.format(count=count, what=said.function if count == 1 else said.functions)


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
        facts.append(f"{say().also_called} " + ", ".join(f"`{alias}`" for alias in declaration.aliases))
    if declaration.source:
        facts.append(markdown_literal(declaration.source))
    facts.append(" ".join(f"[{format_name}]({file}.{format_name})" for format_name in formats))
    lines.append(" · ".join(facts))
    return "\n\n".join(lines)
