"""Tables of any columns for the terminal, drawn by rich: what does not fit beside the first columns follows below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.words.folding import folded
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

PAGE = 40  # rows after which the header comes again, so that a pager always shows one


@dataclass(frozen=True)
class Box:
    """A column: its head, its cells, whether it holds words in place of numbers, and whether it stands out."""

    head: str
    cells: Sequence[str]
    is_words: bool = False
    is_bold: bool = False


@dataclass(frozen=True)
class Room:
    """What a screen has room for.

    Attributes
    ----------
    unicode
        Whether it has more than ASCII.
    width
        The room for the title, in cells.
    fits
        Says whether there is room for a table.

    """

    unicode: bool
    width: int
    fits: Callable[[RenderableType], bool]


def boxed(title: str, first: Sequence[Box], groups: Sequence[Sequence[Box]], room: Room) -> Iterator[RenderableType]:
    """Yield a title, if there is one, and tables: of the first columns, and as many groups of others as fit.

    A group that does not fit is divided; the first columns come again in each table.
    """
    from rich.cells import cell_len
    from rich.text import Text

    plain: Callable[[str], str] = str if room.unicode else ascii_text
    if title:
        lines = folded(plain(title), room.width, cell_len)
        yield Text("\n".join(lines), style="bold", no_wrap=True, overflow="ignore")
    blocks: list[list[Box]] = [[]]
    for group in groups:
        whole = room.fits(_table([*first, *group], room.unicode))
        if not (whole and room.fits(_table([*first, *blocks[-1], *group], room.unicode))):
            blocks.append([])
        for column in group:
            if not (whole or room.fits(_table([*first, *blocks[-1], column], room.unicode))):
                blocks.append([])
            blocks[-1].append(column)
        if not whole:
            blocks.append([])
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield Text()
        yield _table([*first, *block], room.unicode)


def _table(columns: Sequence[Box], unicode: bool) -> Table:
    """Return columns side by side, in ASCII where the screen has no more."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain: Callable[[str], str] = str if unicode else ascii_text
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False)
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
