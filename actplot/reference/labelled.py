"""A page about one thing: its title and name, a sentence, and labelled lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from actplot.reference.listing import plain_words

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST, LABELS, LEAST = 100, 14, 16  # columns: of a page, of what stands left of the lines, of the lines


def page(title: str, name: str, sentence: str, lines: Mapping[str, str], width: int, unicode: bool) -> RenderableType:
    """Return a page that is no wider than a screen."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    plain = plain_words(unicode)
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold", max_width=max(min(width, WIDEST) - LABELS, LEAST))
    for label, value in lines.items():
        grid.add_row(Text(plain(label)), Text(plain(value)))
    heading = Text.assemble((plain(title), "bold"), plain(f"  ({name})"))
    return Group(heading, Text(plain(sentence)), Text(""), grid)
