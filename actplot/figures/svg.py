"""What an SVG needs beyond matplotlib's: words for those who can't see it, and a size that yields to the page."""

from __future__ import annotations

import re
from html import escape

from actplot.figures.drawing import Drawing
from actplot.figures.words import description

_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')


def finish(data: bytes, drawing: Drawing, responsive: bool = False) -> bytes:
    """Return the SVG with a title, a description and a role; responsive ones have no size of their own."""
    text = data.decode()
    start = text.index("<svg ")
    end = text.index(">", start)
    tag = text[start:end]
    if responsive:
        tag = _SIZE.sub("", tag)
    tag += ' role="img" aria-labelledby="actplot-title actplot-desc"'
    body = re.sub(r"\s*<title>.*?</title>", "", text[end:], count=1, flags=re.DOTALL)[1:]
    words = (
        f'\n <title id="actplot-title">{escape(_printable(drawing.name), quote=False)}</title>'
        f'\n <desc id="actplot-desc">{escape(_printable(description(drawing)), quote=False)}</desc>'
    )
    return (text[:start] + tag + ">" + words + body).encode()


def _printable(text: str) -> str:
    """Return the text without the control characters that XML forbids."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
