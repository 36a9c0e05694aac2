"""The numbers behind panels of given lines, as CSV, JSON, Markdown, LaTeX, sentences and a table for the terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from actplot.curves.graphs import COLUMNS, Graph, Series
from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.csv import field
from actplot.tables.pipes import piped
from actplot.tables.tabular import tabular
from actplot.words.numbers import align, exact, rounded
from actplot.words.symbols import latex_number, latex_text

if TYPE_CHECKING:
    from rich.console import RenderableType

NUMBERS = 2  # the first column that holds numbers


def _csv(graph: Graph) -> str:
    lines = [",".join(COLUMNS)]
    for panel, name, *numbers in graph.records():
        cells = ["" if math.isnan(number) else exact(number) for number in numbers]
        lines.append(",".join([panel, field(name), *cells]))
    return "\n".join([*lines, ""])


def _json(graph: Graph) -> str:
    panels = [
        {
            "panel": panel.key,
            "title": panel.title,
            "x": panel.x_label,
            "lines": [_series(each) for each in panel.series],
        }
        for panel in graph.panels
    ]
    data = {"title": graph.title, "sentences": list(graph.sentences), "panels": panels}
    return json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n"


def _series(each: Series) -> dict[str, object]:
    parts = {"x": each.x, "line": each.line, "dots": each.dots, "low": each.low, "high": each.high}
    numbers = {key: [value if math.isfinite(value) else None for value in part.tolist()] for key, part in parts.items()}
    return {"name": each.title, **{key: part for key, part in numbers.items() if any(x is not None for x in part)}}


def _columns(graph: Graph) -> list[tuple[str, list[str]]]:
    """Return the columns that hold something, each with its head; numbers are aligned."""
    found: list[tuple[str, list[str]]] = []
    for place, (head, cells) in enumerate(zip(COLUMNS, zip(*graph.records(), strict=True), strict=True)):
        if place < NUMBERS:
            found.append((head, [str(cell) for cell in cells]))
            continue
        texts = ["" if math.isnan(float(cell)) else rounded(float(cell)) for cell in cells]
        if any(texts):
            found.append((head, align(texts)))
    return found


def _markdown(graph: Graph) -> str:
    return piped(graph.title, _columns(graph))


def _tex(graph: Graph) -> str:
    columns = [
        (head, [_tex_cell(cell, place) for cell in cells]) for place, (head, cells) in enumerate(_columns(graph))
    ]
    heads, cells = zip(*columns, strict=True)
    return tabular(graph.title, heads, zip(*cells, strict=True), words=NUMBERS)


def _tex_cell(cell: str, place: int) -> str:
    if place < NUMBERS:
        return latex_text(cell)
    return f"${latex_number(cell.strip())}$" if cell.strip() else ""


def _text(graph: Graph) -> str:
    return "\n".join(graph.sentences) + "\n"


WRITERS: Mapping[str, Callable[[Graph], str]] = {
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "tex": _tex,
    "text": _text,
}


def graph_table(graph: Graph, room: Room) -> Iterator[RenderableType]:
    """Yield the same as the terminal shows it."""
    columns = [Box(head, cells, is_words=place < NUMBERS) for place, (head, cells) in enumerate(_columns(graph))]
    first, numbers = columns[: NUMBERS + 1], columns[NUMBERS + 1 :]
    return boxed(graph.title, first, [[column] for column in numbers], room)
