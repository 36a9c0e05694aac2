"""The files of one activation: its picture with f' in each format, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from actplot import figures
from actplot.activations.pairs import PAIRS, Pair
from actplot.curves.content import made
from actplot.curves.curve import sample_range
from actplot.curves.grid import TABLE_POINTS, integers, spaced
from actplot.functions.binding import bind
from actplot.functions.naming import is_typed
from actplot.functions.registry import find
from actplot.gallery import pairs
from actplot.gallery.manner import Manner
from actplot.gallery.names import Shown
from actplot.tables import WRITERS
from actplot.tables.rows import Layout, Rows, Sampled
from actplot.words.languages import speaking

if TYPE_CHECKING:
    from actplot.figures.appearance.looks import Look
    from actplot.figures.drawing import Drawable
    from actplot.figures.parts.blank import Wiped

SAMPLES = 500
_BACKENDS = {name: f"matplotlib.backends.backend_{'agg' if name == 'png' else name}" for name in figures.FORMATS}
_READ = ("md", "tex")  # tables that people read: a row an integer


@dataclass(frozen=True)
class Recipe:
    """An activation in plain values, so that it can be sent to another process; defaults are left out."""

    name: str
    values: Mapping[str, float]
    typed: bool

    @classmethod
    def of(cls, activation: Shown) -> Recipe:
        """Return the recipe of an activation."""
        if isinstance(activation, Pair):
            return cls(activation.name, {}, typed=False)
        declaration = activation.declaration
        typed = is_typed(activation)
        return cls(declaration.formula_text if typed else declaration.name, dict(activation.changed), typed)

    def make(self) -> Shown:
        """Return the activation."""
        if self.name in PAIRS and not self.typed:
            return PAIRS[self.name]
        if not self.typed:
            return bind(find(self.name), self.values)
        from actplot.functions.typed import from_text

        return from_text(self.name, self.values)


@cache
def _blank() -> Wiped:
    """Return this process's empty panels, which all its pictures are drawn in."""
    from actplot.figures.parts.blank import Wiped

    return Wiped()


@cache
def _look(style: tuple[str, ...]) -> Look:
    """Return a look, read once: a user's style sheet is checked line by line."""
    from actplot.figures.appearance.looks import find

    return find(style)


@dataclass(frozen=True)
class Made:
    """The content of each file, and what could not be drawn as asked."""

    files: dict[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What one worker is to draw: an activation, and the file of each format."""

    recipe: Recipe
    files: Mapping[str, str]
    manner: Manner

    def __call__(self) -> Made:
        """Make each file."""
        with speaking(self.manner.language):
            return self._made()

    def _made(self) -> Made:
        activation = self.recipe.make()
        tables = {name: file for name, file in self.files.items() if name in WRITERS}
        contents = {file: self._table(activation, name) for name, file in tables.items()}
        pictures = tuple(name for name in self.files if name in figures.FORMATS)
        notes: list[str] = []
        if pictures:
            from actplot.figures.drawing import Drawing
            from actplot.figures.formats.export import render

            manner = self.manner
            drawing: Drawable
            if isinstance(activation, Pair):
                drawing = pairs.surface(activation, manner)
            else:
                curves = [sample_range(activation, manner.span(activation))]
                drawing = Drawing(curves, made(curves, manner.wanted))
            drawn = render(drawing, _look(manner.style), pictures, manner.page, notes, _blank())
            contents |= {self.files[name]: data for name, data in drawn.items()}
        return Made(contents, tuple(notes))

    def _table(self, activation: Shown, name: str) -> bytes:
        """Return the numbers behind the picture, or those that a page has room for."""
        if isinstance(activation, Pair):
            return pairs.numbers(activation, name, self.manner)
        low, high = self.manner.span(activation)
        table: Sampled
        if name in _READ:
            table = Rows(activation, integers(low, high) or spaced(low, high, TABLE_POINTS))
        else:
            table = sample_range(activation, (low, high), SAMPLES)
        return WRITERS[name]([table], Layout(self.manner.wanted)).encode()


def warm_up(formats: Iterable[str]) -> None:
    """Import what drawing needs, so that the copies of this process have it."""
    backends = [_BACKENDS[name] for name in formats if name in _BACKENDS]
    if backends:
        from actplot.figures.importing import import_matplotlib

        import_matplotlib()
    for module in ("numpy", *backends):
        import_module(module)
