"""What an SVG needs beyond matplotlib's: words for those who can't see it, and a size that yields to the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from io import StringIO
from typing import Any

from actplot.figures.drawing import Drawable
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.formats.words import description

_INDENTED = re.compile(r"\n +(?=<)")  # of a file with thousands of lines a tenth is white space
_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')


class Vectors:
    """An SVG that is being drawn."""

    scale = 1.0
    has_text = True

    def __init__(self, renderer: Any, height: float) -> None:
        """Draw with a renderer of matplotlib's a figure that is so many points high."""
        from actplot.figures.formats.glyphs import Setter

        self.renderer = renderer
        self.setter = Setter(renderer.writer, height)


def written(width: float, height: float, draw: Callable[[Vectors], None]) -> str:
    """Return the SVG, of a size in inches, that a function draws."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    from actplot.figures.formats.renderer import Page

    file = StringIO()
    canvas: Any = FigureCanvasSVG(Page((width, height), lambda renderer: draw(Vectors(renderer, height * POINTS))))
    # Dates and versions would make each run's bytes differ.
    canvas.print_svg(file, metadata={"Date": None, "Creator": None})
    return _INDENTED.sub("\n", file.getvalue())


def finish(text: str, drawing: Drawable, responsive: bool = False) -> str:
    """Return the SVG with a title, a description and a role; responsive ones have no size of their own."""
    start = text.index("<svg ")
    end = text.index(">", start)
    tag = text[start:end]
    if responsive:
        tag = _SIZE.sub("", tag)
    tag += ' role="img" aria-labelledby="actplot-title actplot-desc"'
    words = (
        f'\n <title id="actplot-title">{escape(_printable(drawing.name), quote=False)}</title>'
        f'\n <desc id="actplot-desc">{escape(_printable(description(drawing)), quote=False)}</desc>'
    )
    return text[:start] + tag + ">" + words + text[end + 1 :]


def _printable(text: str) -> str:
    """Return the text without the control characters that XML forbids."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
