"""A table of any columns for the terminal, drawn by rich."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.table import Table

PAGE = 40  # rows after which the header comes again, so that a pager always shows one


@dataclass(frozen=True)
class Box:
    """A column: its head, its cells, whether it holds words in place of numbers, and whether it stands out."""

    head: str
    cells: Sequence[str]
    is_words: bool = False
    is_bold: bool = False


def boxed(columns: Sequence[Box], unicode: bool, title: str = "") -> Table:
    """Return columns side by side, in ASCII where the screen has no more, under a title if there is one."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain: Callable[[str], str] = str if unicode else ascii_text
    heading = Text(plain(title), style="bold") if title else None
    shape = box.SIMPLE_HEAD if unicode else box.ASCII2
    table = Table(title=heading, title_justify="left", box=shape, show_edge=not unicode, pad_edge=False)
    heads = [Text(plain(each.head), justify="left" if each.is_words else "right") for each in columns]
    for each, head in zip(columns, heads, strict=True):
        style, justify = "bold" if each.is_bold else None, head.justify or "right"
        table.add_column(head, justify=justify, style=style, no_wrap=True, vertical="bottom")
    for number, row in enumerate(zip(*(each.cells for each in columns), strict=True)):
        if number and number % PAGE == 0:
            table.add_section()
            table.add_row(*(Text(head.plain, style="bold", justify=head.justify) for head in heads), end_section=True)
        table.add_row(*(Text(plain(cell)) for cell in row))
    return table
