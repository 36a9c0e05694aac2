"""The values of a function of two inputs: a row for each pair, a column for each input."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.columns import point
from actplot.tables.pipes import piped
from actplot.tables.tabular import tabular
from actplot.words.languages import say
from actplot.words.numbers import Writer, align, exact, json_number, short, writer
from actplot.words.symbols import latex_number, latex_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from actplot.curves.surfaces import Pairs

KEYS = ("a", "b", "f", "df_da", "df_db")
HEADS = ("a", "b", "f(a, b)", "∂f/∂a", "∂f/∂b")
_TEX = ("$a$", "$b$", "$f(a, b)$", r"$\partial f/\partial a$", r"$\partial f/\partial b$")
INPUTS = 2


def _writers(digits: int | None) -> list[Writer]:
    """Return what writes each column; the inputs have all their digits."""
    return [exact] * INPUTS + [writer(digits, exact)] * (len(KEYS) - INPUTS)


def _csv(table: Pairs, digits: int | None) -> str:
    lines = [",".join(["name", *KEYS[: 5 if table.derivative else 3]])]
    writers = _writers(digits)
    for row in table.records():
        cells = ["" if math.isnan(value) else write(value) for value, write in zip(row, writers, strict=False)]
        lines.append(",".join([table.pair.name, *cells]))
    return "\n".join([*lines, ""])


def _json(table: Pairs, digits: int | None) -> str:
    columns = zip(*table.records(), strict=True)
    lists = [
        f'"{key}": [{", ".join("null" if math.isnan(value) else json_number(value, write) for value in column)}]'
        for key, column, write in zip(KEYS, columns, _writers(digits), strict=False)
    ]
    return f'{{"surfaces": [\n{{"name": {json.dumps(table.pair.name)}, {", ".join(lists)}}}\n]}}\n'


def _text(table: Pairs, digits: int | None) -> str:
    said, lines, write = say(), [], writer(digits, exact)
    for a, b, f, *slopes in table.records():
        told = [said.without_slope if math.isnan(slope) else write(slope) for slope in slopes]
        end = said.slopes_along.format(first=told[0], second=told[1]) if told else ""
        applied = said.applying.format(name=table.name, x=f"{exact(a)}, {exact(b)}")
        lines.append(f"{applied}{said.gives.format(value=write(f))}{end}\n")
    return "".join(lines)


def _columns(table: Pairs, digits: int | None) -> list[list[str]]:
    """Return the columns for people, aligned on the decimal point."""
    write = writer(digits, short)
    a, b, *columns = zip(*table.records(), strict=True)
    inputs = [align([point(x, digits) for x in column]) for column in (a, b)]
    gone = say().without_slope
    return inputs + [align([gone if math.isnan(x) else write(x) for x in column]) for column in columns]


def _markdown(table: Pairs, digits: int | None) -> str:
    return piped(table.name, zip(HEADS, _columns(table, digits), strict=False))


def _tex(table: Pairs, digits: int | None) -> str:
    columns = _columns(table, digits)
    cells = [[_tex_cell(cell.strip()) for cell in column] for column in columns]
    heading = f"{latex_text(table.name)}: f(a, b) = {table.pair.formula_text}"
    return tabular(heading, _TEX[: len(columns)], zip(*cells, strict=True))


def _tex_cell(cell: str) -> str:
    return cell if cell == say().without_slope else f"${latex_number(cell)}$"


WRITERS: Mapping[str, Callable[[Pairs, int | None], str]] = {
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "tex": _tex,
    "text": _text,
}


def pairs_table(table: Pairs, digits: int | None, room: Room) -> Iterator[RenderableType]:
    """Yield the same as the terminal shows it."""
    built = zip(HEADS, _columns(table, digits), strict=False)
    columns = [Box(head, cells, is_bold=place < INPUTS) for place, (head, cells) in enumerate(built)]
    return boxed(table.name, columns[:INPUTS], [[column] for column in columns[INPUTS:]], room)
