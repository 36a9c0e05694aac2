"""The value table of the terminal, drawn by rich."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from actplot.tables.boxes import Box, boxed
from actplot.tables.columns import Column, columns
from actplot.tables.rows import Layout, Sampled
from actplot.words.folding import folded
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

HEAD = 24  # cells that the name of a function may take beyond its numbers, before it is broken

Fits = Callable[["RenderableType"], bool]


def to_rich(
    tables: Sequence[Sampled], layout: Layout, unicode: bool, width: int, fits: Fits
) -> Iterator[RenderableType]:
    """Yield functions side by side: x, then what is asked for of each; what does not fit follows below.

    Parameters
    ----------
    tables
        The functions, over the same points.
    layout
        What is asked for of each, and the title.
    unicode
        Whether the screen has more than ASCII.
    width
        The room for the title, in cells.
    fits
        Says whether the screen has room for a table.

    """
    from rich.cells import cell_len
    from rich.text import Text

    plain: Callable[[str], str] = str if unicode else ascii_text
    several = len(tables) > 1
    points, *built = columns(tables, layout)
    heading = layout.title or ("" if several else tables[0].activation.title)
    if heading:
        yield Text("\n".join(folded(plain(heading), width, cell_len)), style="bold", no_wrap=True, overflow="ignore")

    def draw(members: Sequence[Column]) -> Table:
        shown = (points, *members)
        return boxed([Box(_head(each, several), each.cells, is_bold=each.place < 0) for each in shown], unicode)

    blocks: list[list[Column]] = [[]]
    for _, group in groupby(built, key=lambda column: column.place):
        function = list(group)
        whole = fits(draw(function))
        if not (whole and fits(draw([*blocks[-1], *function]))):
            blocks.append([])
        for column in function:
            if not (whole or fits(draw([*blocks[-1], column]))):
                blocks.append([])
            blocks[-1].append(column)
        if not whole:
            blocks.append([])
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield Text()
        yield draw(block)


def _head(column: Column, several: bool) -> str:
    """Return the head of a column, the name of the function above it where there are several."""
    if not several:
        return column.head
    room = max(HEAD, max(map(len, column.cells), default=0))
    return "\n".join([*folded(column.title, room), column.head])
