"""A card of the gallery's page: the sketch of a function, its formulas and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from actplot import figures
from actplot.words.languages import say, spoken


@dataclass(frozen=True)
class Card:
    """What a card shows.

    Attributes
    ----------
    file
        The name of the function's files, without a suffix.
    called
        What the function is called, its name first and its title second: a search for one of them finds it first.
    family, sentence
        Where it stands, and one sentence about it.
    formula_text
        f as it is typed; it is not shown, but found.
    sketch, formulas
        HTML.
    facts
        Labelled texts; an empty one is left out.

    """

    file: str
    called: Sequence[str]
    family: str
    sentence: str
    formula_text: str
    sketch: str
    formulas: Sequence[str]
    facts: Mapping[str, str]

    def html(self, formats: Sequence[str]) -> str:
        """Return the card with links to the function's files."""
        name, title = map(escape, self.called[:2])
        rows = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in self.facts.items() if text)
        formulas = "".join(f'<div class="formula">{formula}</div>' for formula in self.formulas)
        links = "".join(
            f'<a href="{self.file}.{each}" aria-label="{say().as_format.format(title=title, format=each)}">{each}</a>'
            for each in formats
        )
        return (
            f'<article class="card" id="{self.file}" data-names="{escape(self._names)}" '
            f'data-words="{escape(self._words)}">'
            f'<a class="shot" href="{self.file}.{_opened(formats)}">{self.sketch}</a>'
            f'<div class="about"><h3>{title} <code>{name}</code></h3>'
            f"<p{english()}>{escape(self.sentence)}</p>{formulas}<dl>{rows}</dl>"
            f'<p class="files">{links}</p></div></article>'
        )

    @property
    def _names(self) -> str:
        """What the function is called, a line each, in lower case."""
        return "\n".join(dict.fromkeys(self.called)).lower()

    @property
    def _words(self) -> str:
        """What the search looks through, in lower case."""
        texts = (*self.called[:2], self.family, self.sentence, self.formula_text, *self.facts.values())
        return " ".join(" ".join(texts).lower().split())


def english() -> str:
    """Return the attribute of what the catalogue says in English on a page in another language."""
    return "" if spoken() == "en" else ' lang="en"'


def _opened(formats: Sequence[str]) -> str:
    """Return the format that a click on a sketch opens: a picture, if there is one."""
    return next((each for each in formats if each in figures.FORMATS), formats[0])
