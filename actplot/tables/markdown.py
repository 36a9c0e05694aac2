"""A Markdown table, six digits, aligned in its source as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from actplot.tables.columns import columns
from actplot.tables.rows import Layout, Sampled
from actplot.words.symbols import markdown_literal

NARROWEST = 2  # the rule under a heading is a dash and a colon at the least


def markdown_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return functions side by side as a Markdown table."""
    built = columns(tables, layout)
    several = len(tables) > 1
    heads = [f"{markdown_literal(c.title)} {c.head}" if several and c.title else c.head for c in built]
    cells = [[markdown_literal(cell) for cell in column.cells] for column in built]
    widths = [
        max(NARROWEST, *(len(text) for text in (head, *column))) for head, column in zip(heads, cells, strict=True)
    ]
    lines = [
        _row(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)),
        _row("-" * (width - 1) + ":" for width in widths),
        *(
            _row(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
            for row in zip(*cells, strict=True)
        ),
    ]
    shown = " ".join((layout.title or ("" if several else tables[0].activation.title)).split())
    heading = f"**{markdown_literal(shown)}**\n\n" if shown else ""
    yield heading + "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
