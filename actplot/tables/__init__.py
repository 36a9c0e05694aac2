"""Value tables: curves to text, a format a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actplot.curve import Curve
from actplot.tables.csv import to_csv
from actplot.tables.json import to_json
from actplot.tables.markdown import to_markdown
from actplot.tables.sentences import to_sentences
from actplot.tables.tex import to_tex

# Each takes (curves, derivative, title) and returns the whole text, its last line ended.
WRITERS: dict[str, Callable[[Sequence[Curve], bool, str | None], str]] = {
    "csv": to_csv,
    "json": to_json,
    "md": to_markdown,
    "tex": to_tex,
    "text": to_sentences,
}

__all__ = ["WRITERS"]
