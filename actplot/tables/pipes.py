"""A Markdown table of any columns, aligned in its source as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actplot.words.symbols import markdown_literal

NARROWEST = 2  # the rule under a heading is a dash and a colon at the least


def piped(title: str, columns: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return columns as a Markdown table under a title, if there is one.

    Parameters
    ----------
    title
        Words, whose signs are taken literally.
    columns
        Each column's head as it is written in Markdown, and its cells, whose signs are taken literally.

    """
    written = [[head, *map(markdown_literal, cells)] for head, cells in columns]
    widths = [max(NARROWEST, *map(len, column)) for column in written]
    rows = [[f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)] for row in zip(*written, strict=True)]
    rows.insert(1, ["-" * (width - 1) + ":" for width in widths])
    heading = f"**{markdown_literal(title)}**\n\n" if title else ""
    return heading + "".join(f"| {' | '.join(row)} |\n" for row in rows)
