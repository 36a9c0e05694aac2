"""The value table of the terminal, drawn by rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.columns import Column, columns
from actplot.tables.rows import Layout, Sampled
from actplot.words.folding import folded

if TYPE_CHECKING:
    from rich.console import RenderableType

HEAD = 24  # cells that the name of a function may take beyond its numbers, before it is broken


def to_rich(tables: Sequence[Sampled], layout: Layout, room: Room) -> Iterator[RenderableType]:
    """Yield functions side by side: x, then what is asked for of each; what does not fit follows below.

    Parameters
    ----------
    tables
        The functions, over the same points.
    layout
        What is asked for of each, and the title.
    room
        What the screen has room for.

    """
    several = len(tables) > 1
    points, *built = columns(tables, layout)
    heading = layout.title or ("" if several else tables[0].activation.title)
    groups = [
        [Box(_head(column, several), column.cells) for column in group]
        for _, group in groupby(built, key=lambda column: column.place)
    ]
    yield from boxed(heading, [Box(_head(points, several), points.cells, is_bold=True)], groups, room)


def _head(column: Column, several: bool) -> str:
    """Return the head of a column, the name of the function above it where there are several."""
    if not several:
        return column.head
    room = max(HEAD, max(map(len, column.cells), default=0))
    return "\n".join([*folded(column.title, room), column.head])
