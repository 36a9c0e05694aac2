"""What an SVG needs beyond matplotlib's: words for those who can't see it, and a size that yields to the page."""

from __future__ import annotations

import re
from html import escape
from io import StringIO
from typing import Any

from actplot.figures.drawing import Drawing
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.formats.words import description

_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')


class Vectors:
    """An SVG that is being drawn, its size in inches."""

    scale = 1.0
    has_text = True

    def __init__(self, width: float, height: float, drawing: Drawing, responsive: bool = False) -> None:
        """Begin with an empty sheet."""
        from matplotlib.backends import backend_svg

        self._file = StringIO()
        # Dates and versions would make each run's bytes differ.
        undated = {"Date": None, "Creator": None}
        make: Any = backend_svg.RendererSVG
        self.renderer = make(width * POINTS, height * POINTS, self._file, metadata=undated)
        self._drawing = drawing
        self._responsive = responsive

    def content(self) -> bytes:
        """Return the file."""
        self.renderer.finalize()
        return finish(self._file.getvalue(), self._drawing, self._responsive).encode()


def finish(text: str, drawing: Drawing, responsive: bool = False) -> str:
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
