"""A Markdown table, six digits, aligned in its source as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actplot.tables.columns import columns
from actplot.tables.pipes import piped
from actplot.tables.rows import Layout, Sampled
from actplot.words.symbols import markdown_literal


def markdown_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return functions side by side as a Markdown table."""
    built = columns(tables, layout)
    several = len(tables) > 1
    heads = [f"{markdown_literal(c.title)} {c.head}" if several and c.title else c.head for c in built]
    shown = " ".join((layout.title or ("" if several else tables[0].activation.title)).split())
    yield piped(shown, zip(heads, (column.cells for column in built), strict=True))
