"""The one place that touches private names of matplotlib: two short cuts, each beside what is done without it.

A short cut is taken where matplotlib has what it needs; the figures are the same either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ALLOWED = True  # the tests forbid them, and compare


@contextmanager
def without_property_tables() -> Iterator[None]:
    """Import matplotlib in a quarter less time: nobody reads the docstrings.

    matplotlib lists every property of every artist in the docstring of its ``set``.
    """
    from matplotlib.artist import Artist

    artist: Any = Artist
    step = vars(Artist).get("_update_set_signature_and_docstring")
    if not (ALLOWED and isinstance(step, classmethod)):
        yield
        return
    artist._update_set_signature_and_docstring = classmethod(lambda *_, **__: None)
    try:
        yield
    finally:
        artist._update_set_signature_and_docstring = step


def share_texts(renderer: Any, texts: Any) -> None:
    """Have an SVG's renderer set its words with what remembers them: a tenth of the time of many figures.

    Each renderer has an object of its own for it, of the class that `texts` is of.
    """
    inner = getattr(renderer, "_renderer", renderer)  # matplotlib wraps it in another that draws parts as pixels
    own = getattr(inner, "_text2path", None)
    if ALLOWED and own is not None and isinstance(texts, type(own)):
        inner._text2path = texts
