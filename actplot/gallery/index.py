"""The index of a gallery as Markdown that a forge shows: pictures, formulas, links."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.activation import Activation
from actplot.tables.numbers import rounded

INDEX = "README.md"


def markdown(activations: Sequence[Activation], formats: Sequence[str]) -> str:
    """Return the index of the activations, families in the catalogue's order."""
    shown = next((name for name in ("svg", "png") if name in formats), None)
    families = dict.fromkeys(activation.declaration.family for activation in activations)
    parts = [
        "# Activation functions and their derivatives",
        f"{len(activations)} functions, drawn by `actplot gallery`. Each picture shows f above and f′ below; "
        "an open circle is a value that is not taken.",
        "\n".join(f"- [{_title(family)}](#{family.replace('_', '-')})" for family in families),
    ]
    for family in families:
        parts.append(f"## {_title(family)}")
        members = [activation for activation in activations if activation.declaration.family == family]
        parts += [_entry(activation, formats, shown) for activation in members]
    return "\n\n".join(parts) + "\n"


def _title(family: str) -> str:
    return family.replace("_", " ").capitalize()


def _entry(activation: Activation, formats: Sequence[str], shown: str | None) -> str:
    declaration = activation.declaration
    name = activation.name
    lines = [f"### {activation.title}", declaration.sentence]
    if shown:
        lines.append(f"![{activation.title} and its derivative]({name}.{shown})")
    lines.append(f"```math\nf(x) = {activation.formula_latex()}\n```")
    lines.append(f"```math\nf'(x) = {activation.derivative_latex()}\n```")
    facts = [f"`{name}`"]
    if activation.values:
        facts.append(", ".join(f"{key} = {rounded(value)}" for key, value in activation.values.items()))
    if declaration.aliases:
        facts.append("also called " + ", ".join(f"`{alias}`" for alias in declaration.aliases))
    facts.append(declaration.source)
    facts.append(" ".join(f"[{format_name}]({name}.{format_name})" for format_name in formats))
    lines.append(" · ".join(facts))
    return "\n\n".join(lines)
