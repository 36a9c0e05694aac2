"""What a gallery shows of a function of two inputs: its files, its part of the index, its card on the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from actplot.activations.declaration import symbol_of
from actplot.activations.pairs import FAMILY, FIRST, SECOND, Pair
from actplot.curves.curve import sample_range
from actplot.curves.grid import TABLE_POINTS, integers, spaced
from actplot.curves.surfaces import BOTH, MOST, Pairs, Surface
from actplot.formula.latex import to_latex
from actplot.functions.pairs import sliced, written_partial
from actplot.gallery.card import Card
from actplot.gallery.manner import Manner
from actplot.gallery.mathml import to_mathml
from actplot.gallery.thumbnail import SAMPLES, thumbnail
from actplot.words.languages import say
from actplot.words.symbols import markdown_literal

if TYPE_CHECKING:
    from actplot.formula.nodes import Node

SOME = 5  # points along each input in tables that people read


def surface(pair: Pair, manner: Manner) -> Surface:
    """Return what the picture of a function is drawn from."""
    return Surface(pair, manner.bounds or BOTH, derivative=True)


def numbers(pair: Pair, format_name: str, manner: Manner) -> bytes:
    """Return the numbers behind the picture, or those that a page has room for."""
    from actplot.tables.pairs import WRITERS

    low, high = manner.bounds or BOTH
    whole = integers(low, high)
    fine = whole if whole is not None and len(whole) <= MOST else spaced(low, high, TABLE_POINTS)
    points = fine if format_name in ("csv", "json") else spaced(low, high, SOME)
    table = Pairs(pair, [float(x) for x in points[:]], derivative=True)
    return WRITERS[format_name](table, None).encode()


@cache
def _formulas(pair: Pair) -> list[tuple[str, Node]]:
    """Return f and its slopes, each with what it is."""
    return [("f", pair.formula), *((f"∂f/∂{name}", written_partial(pair, name)) for name in (FIRST, SECOND))]


def entry(pair: Pair, formats: Sequence[str], shown: str | None) -> str:
    """Return the function's part of the index in Markdown."""
    lines = [f"### {markdown_literal(pair.title)}", markdown_literal(pair.sentence)]
    if shown:
        lines.append(f"![{markdown_literal(f'{pair.title}: {say().pairs_shown}')}]({pair.name}.{shown})")
    for head, tree in _formulas(pair):
        name = "f(a, b)" if head == "f" else rf"\frac{{\partial f}}{{\partial {head[-1]}}}"
        lines.append(f"```math\n{name} = {to_latex(tree, 'cases', {}, symbol_of)}\n```")
    also = f"{say().also_called} " + ", ".join(f"`{alias}`" for alias in pair.aliases) if pair.aliases else ""
    links = " ".join(f"[{format_name}]({pair.name}.{format_name})" for format_name in formats)
    lines.append(" · ".join(filter(None, [f"`{pair.name}`", also, markdown_literal(pair.source), links])))
    return "\n\n".join(lines)


def card(pair: Pair, formats: Sequence[str], manner: Manner) -> str:
    """Return the function's card; its sketch is the slice over b at a = 1, with its slope."""
    gate, said = sliced(pair, FIRST, 1.0), say()
    label = escape(said.over_and_derivative.format(title=gate.title, input=SECOND))
    return Card(
        file=pair.name,
        called=(pair.name, pair.title, *pair.aliases),
        family=FAMILY.replace("_", " "),
        sentence=pair.sentence,
        formula_text=pair.formula_text,
        sketch=thumbnail(sample_range(gate, manner.bounds or BOTH, SAMPLES), label),
        formulas=[to_mathml(tree, head, inputs=(FIRST, SECOND)) for head, tree in _formulas(pair)],
        facts={
            said.inputs: said.line_and_gate if pair.gated else said.a_and_b,
            said.sketch: said.sketched.format(title=gate.title, input=SECOND),
            said.also_called: ", ".join(pair.aliases),
            said.source: pair.source,
        },
    ).html(formats)
