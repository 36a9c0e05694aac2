"""The index of a gallery as one page that stands alone: thumbnails, formulas, properties, and a search."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from actplot.activation import Activation
from actplot.curve import sample_range
from actplot.describe import _facts as properties
from actplot.formula.nodes import walk
from actplot.gallery.index import by_family, family_title
from actplot.gallery.mathml import to_mathml
from actplot.gallery.names import stem
from actplot.gallery.thumbnail import WIDTH, thumbnail

PAGE = "index.html"
SHOWN = ("parameters", "range", "max slope", "kinks", "aliases", "source")  # of the properties
LONG = 150  # nodes; a formula beyond it is no reading
_LABELS = {"aliases": "also called", "max slope": "largest slope"}


def html(activations: Sequence[Activation], formats: Sequence[str]) -> str:
    """Return the page; it needs no other file and no network, and its links lead to the gallery's files."""
    families = by_family(activations)
    number = len(activations)
    chips = "\n".join(
        f'<button type="button" value="{family}" aria-pressed="false">{family_title(family)}</button>'
        for family in families
    )
    return _asset("page.html").format(
        style=_asset("page.css"),
        script=_asset("page.js"),
        count=f"{number} {'function' if number == 1 else 'functions'}",
        chips=chips,
        families="\n".join(_section(family, members, formats) for family, members in families.items()),
    )


def _asset(name: str) -> str:
    return (resources.files("actplot.gallery") / name).read_text(encoding="utf-8")


def _section(family: str, members: Sequence[Activation], formats: Sequence[str]) -> str:
    cards = "\n".join(_card(activation, formats) for activation in members)
    heading = f'<h2 id="heading-{family}">{family_title(family)} <small>{len(members)}</small></h2>'
    return (
        f'<section id="family-{family}" aria-labelledby="heading-{family}">\n{heading}\n'
        f'<div class="cards">\n{cards}\n</div>\n</section>'
    )


def _card(activation: Activation, formats: Sequence[str]) -> str:
    declaration = activation.declaration
    file = stem(activation)
    facts = properties(activation)
    curve = sample_range(activation, declaration.range, WIDTH)
    title = escape(activation.title)
    picture = thumbnail(curve, f"{title} and its derivative")
    shown = {_LABELS.get(label, label): facts[label] for label in SHOWN if facts[label] not in ("", "none")}
    rows = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in shown.items())
    links = "".join(f'<a href="{file}.{name}" aria-label="{title} as {name}">{name}</a>' for name in formats)
    return (
        f'<article class="card" id="{file}" data-words="{escape(_words(activation, facts))}">'
        f'<a class="shot" href="{file}.{formats[0]}">{picture}</a>'
        f'<div class="about"><h3>{title} <code>{escape(activation.name)}</code></h3>'
        f"<p>{escape(declaration.sentence)}</p>"
        f"{_formulas(activation)}<dl>{rows}</dl>"
        f'<p class="files">{links}</p></div></article>'
    )


def _formulas(activation: Activation) -> str:
    declaration = activation.declaration
    values = {key: f"{value:g}" for key, value in activation.changed.items()}
    trees = {"f": declaration.formula, "f′": declaration.derivative}
    short = {head: tree for head, tree in trees.items() if sum(1 for _ in walk(tree)) <= LONG}
    return "".join(f'<div class="formula">{to_mathml(tree, head, values)}</div>' for head, tree in short.items())


def _words(activation: Activation, facts: dict[str, str]) -> str:
    """Return what the search looks through, in lower case."""
    declaration = activation.declaration
    smooth = "smooth" if not activation.kinks else "jump" if any(kink.jump for kink in activation.kinks) else "kink"
    texts = (
        activation.name,
        activation.title,
        *declaration.aliases,
        family_title(declaration.family),
        declaration.sentence,
        declaration.formula_text,
        declaration.source,
        smooth,
        facts["range"],
    )
    return " ".join(texts).lower()
