"""The index of a gallery as one page that stands alone: thumbnails, formulas, properties, and a search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from importlib import resources
from itertools import islice

from actplot.activations.pairs import Pair
from actplot.calculus.seams import Kink
from actplot.curves.curve import sample_range
from actplot.facts import limits, symmetry
from actplot.facts.words import gradient_text, limit_text
from actplot.formula.nodes import Node, walk
from actplot.formula.plain_text import to_text
from actplot.functions.activation import Activation
from actplot.functions.naming import standing
from actplot.functions.spellings import shown_spellings
from actplot.gallery import pairs
from actplot.gallery.card import Card, english
from actplot.gallery.index import by_family, family_title, has_gradient, how_many, pictured, told_of_pairs
from actplot.gallery.manner import USUAL, Manner
from actplot.gallery.mathml import to_mathml
from actplot.gallery.names import Shown, stem
from actplot.gallery.thumbnail import SAMPLES, thumbnail
from actplot.words.languages import say, spoken
from actplot.words.numbers import rounded
from actplot.words.symbols import pretty

PAGE = "index.html"
SEARCHES = "relu, smooth, tanh(x), 2016"  # what may be typed; the catalogue's own words are English
LONG = 150  # nodes; a formula beyond it is set as text
LONGEST = 600  # nodes; beyond it it is not set


def html(activations: Sequence[Shown], formats: Sequence[str], manner: Manner = USUAL) -> str:
    """Return the page; it needs no other file and no network, and its links lead to the gallery's files."""
    families, said = by_family(activations), say()
    chips = "\n".join(
        f'<button type="button" value="{family}" aria-pressed="false"{english()}>{family_title(family)}</button>'
        for family in families
    )
    return _asset("page.html").format(
        language=spoken(),
        style=_asset("page.css"),
        script=_script(),
        count=how_many(activations),
        chips=chips,
        lead=said.page_lead.format(
            count=how_many(activations),
            f='<span class="key f">f</span>',
            df='<span class="key df">f′</span>',
            taken=said.taken_dashed if has_gradient(activations) else "",
            told=told_of_pairs(activations),
            command="<code>actplot gallery</code>",
        ),
        title=said.gallery_of,
        heading=said.activation_functions,
        skip=said.skip,
        tools=said.search_and_filter,
        search=said.search_by,
        hint=said.search_hint.format(examples=SEARCHES),
        theme=said.switch_light,
        theme_title=said.light_or_dark,
        fold=said.fold_all,
        family_filter=said.families,
        nothing=said.nothing_matches,
        everything=said.show_everything,
        families="\n".join(_section(family, members, formats, manner) for family, members in families.items()),
    )


def _asset(name: str) -> str:
    return (resources.files("actplot.gallery") / name).read_text(encoding="utf-8")


def _script() -> str:
    """Return the script with the words that it writes, which stand between @ in its source."""
    said = say()
    what = f'${{cards.length === 1 ? "{said.function}" : "{said.functions}"}}'
    words = {
        "fold": said.fold_all,
        "unfold": said.unfold_all,
        "counted": said.counted.format(count="${cards.length}", what=what),
        "some": said.some_of.format(some="${shown}", all="${all}"),
    }
    return re.sub(r"@(\w+)@", lambda found: words[found[1]], _asset("page.js"))


def _section(family: str, members: Sequence[Shown], formats: Sequence[str], manner: Manner) -> str:
    cards = "\n".join(_card(activation, formats, manner) for activation in members)
    heading = f'<h2 id="heading-{family}"{english()}>{family_title(family)} <small>{len(members)}</small></h2>'
    return (
        f'<section id="family-{family}" aria-labelledby="heading-{family}">\n'
        f'<details open><summary>{heading}</summary>\n<div class="cards">\n{cards}\n</div>\n</details></section>'
    )


def _card(activation: Shown, formats: Sequence[str], manner: Manner) -> str:
    if isinstance(activation, Pair):
        return pairs.card(activation, formats, manner)
    declaration = activation.declaration
    return Card(
        file=stem(activation),
        called=(activation.name, activation.title, declaration.title, *declaration.aliases),
        family=family_title(declaration.family),
        sentence=declaration.sentence,
        formula_text=declaration.formula_text,
        sketch=thumbnail(sample_range(activation, manner.span(activation), SAMPLES), escape(pictured(activation))),
        formulas=_formulas(activation),
        facts=_properties(activation),
    ).html(formats)


def _formulas(activation: Activation) -> list[str]:
    formulas = [("f", activation.formula, ""), ("f′", activation.slope_formula(), activation.slope_condition)]
    return [_set(activation, head, tree, condition) for head, tree, condition in formulas]


def _set(activation: Activation, head: str, tree: Node, condition: str) -> str:
    """Return a formula as mathematics, or as text that can be broken where it would fill the page."""
    nodes = sum(1 for _ in islice(walk(tree), LONGEST + 1))
    if nodes <= LONG:
        return to_mathml(tree, head, activation.letters, condition)
    if nodes > LONGEST:
        return say().fills_pages.format(head=head)
    holds = f"  {say().holds_for.format(condition=condition)}" if condition else ""
    return f"<code>{head}(x) = {escape(to_text(tree) + holds)}</code>"


def _properties(activation: Activation) -> dict[str, str]:
    """Return labelled properties; those that cost no search, for there may be hundreds of cards."""
    declaration, said = activation.declaration, say()
    ends = [said.no_limit if end is None else limit_text(end) for end in limits(activation)]
    symmetries = {"odd": said.odd, "even": said.even, "neither": said.neither}
    return {
        said.limits: said.limits_are.format(left=ends[0], right=ends[1]),
        said.shape: _shape(activation.kinks),
        said.symmetry: symmetries[symmetry(activation)],
        said.a_gradient: gradient_text(activation),
        said.parameters: ", ".join(f"{pretty(key)} = {rounded(value)}" for key, value in standing(activation).items()),
        said.also_called: ", ".join(declaration.aliases),
        said.known_as: ", ".join(text for texts in shown_spellings(declaration).values() for text in texts),
        said.source: declaration.source,
    }


def _shape(kinks: Sequence[Kink]) -> str:
    said = say()
    jumps = [rounded(kink.x) for kink in kinks if kink.jump]
    corners = [rounded(kink.x) for kink in kinks if not kink.jump]
    told = ((said.jump_at, jumps), (said.kink_at, corners))
    return "; ".join(words.format(places=", ".join(places)) for words, places in told if places) or said.no_kink
