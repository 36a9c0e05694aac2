"""The value table of the terminal, drawn by rich."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actplot.tables.columns import columns
from actplot.tables.rows import Sampled
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.table import Table

PAGE = 40  # rows after which the header comes again, so that a pager always shows one


def to_rich(tables: Sequence[Sampled], derivative: bool, title: str | None = None, unicode: bool = True) -> Table:
    """Return functions side by side as a rich table: x, then f and f' of each."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain: Callable[[str], str] = str if unicode else ascii_text
    several = len(tables) > 1
    heading = title or (None if several else tables[0].activation.title)
    table = Table(
        title=Text(plain(heading), style="bold") if heading else None,
        box=box.SIMPLE_HEAD if unicode else box.ASCII2,
        title_justify="left",
        show_edge=not unicode,
        pad_edge=False,
    )
    built = columns(tables, derivative)
    heads = [plain(f"{column.title}\n{column.quantity}" if several else column.quantity) for column in built]
    for column, head in zip(built, heads, strict=True):
        style = "bold" if column.quantity == "x" else None
        table.add_column(Text(head, justify="right"), justify="right", style=style, no_wrap=True)
    for number, row in enumerate(zip(*(column.cells for column in built), strict=True)):
        if number and number % PAGE == 0:
            table.add_section()
            table.add_row(*(Text(head, style="bold", justify="right") for head in heads), end_section=True)
        table.add_row(*(Text(cell) for cell in row))
    return table
