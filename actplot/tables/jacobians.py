"""A Jacobian as a table: a row for each output, a column for each input that it may move with."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.columns import BETWEEN, point
from actplot.tables.pipes import piped
from actplot.tables.tabular import tabular
from actplot.words.languages import say
from actplot.words.numbers import Writer, align, exact, json_number, short, writer
from actplot.words.symbols import latex_number, latex_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from actplot.curves.jacobians import Jacobian

FIXED = 2  # columns before those of the slopes: the input, and the output


def _csv(shown: Jacobian, digits: int | None) -> str:
    write = writer(digits, exact)
    slopes = [f"df_dx{place}" for place in range(1, len(shown.x) + 1)]
    lines = [",".join(["name", "output", "x", "f", *slopes])]
    rows = zip(shown.x, shown.f.tolist(), shown.df.tolist(), strict=True)
    for place, (x, f, row) in enumerate(rows, start=1):
        cells = ["" if math.isnan(slope) else write(slope) for slope in row]
        lines.append(",".join([shown.activation.name, str(place), exact(x), write(f), *cells]))
    return "\n".join([*lines, ""])


def _json(shown: Jacobian, digits: int | None) -> str:
    write = writer(digits, exact)

    def listed(values: list[float], told: Writer = write) -> str:
        return f"[{', '.join('null' if math.isnan(value) else json_number(value, told) for value in values)}]"

    rows = ", ".join(map(listed, shown.df.tolist()))
    name, x = json.dumps(shown.activation.name), listed(list(shown.x), exact)
    return f'{{"jacobians": [\n{{"name": {name}, "x": {x}, "f": {listed(shown.f.tolist())}, "df": [{rows}]}}\n]}}\n'


def _text(shown: Jacobian, digits: int | None) -> str:
    write, at, said = writer(digits, exact), ", ".join(map(exact, shown.x)), say()
    applied = said.applying.format(name=shown.activation.declaration.title, x=at)
    lines = []
    for place, f in enumerate(shown.f.tolist(), start=1):
        told = [
            said.slope_along.format(slope=said.without_slope if math.isnan(slope) else write(slope), input=f"x{number}")
            for number, slope in enumerate(shown.df[place - 1].tolist(), start=1)
        ]
        output = said.gives_output.format(place=place, value=write(f))
        lines.append(f"{applied}{output}{said.slopes.format(slopes=', '.join(told))}\n")
    return "".join(lines)


def columns(shown: Jacobian, digits: int | None) -> list[tuple[str, list[str]]]:
    """Return what people read: each input with its value, each output with its own, and the slopes."""
    write = writer(digits, short)
    left, right = shown.sides
    values = zip(shown.outputs, shown.f.tolist(), strict=True)
    built = [
        ("x", align([point(x, digits) for x in shown.x])),
        ("f", [f"{name} = {cell}" for (name, _), cell in zip(values, align([write(f) for f in shown.f]), strict=True)]),
    ]
    for j, name in enumerate(shown.inputs):
        cells = []
        for i in range(len(shown.x)):
            known = not math.isnan(shown.df[i, j])
            both = (write(float(left[i, j])), write(float(right[i, j])))
            cells.append(write(float(shown.df[i, j])) if known else BETWEEN.join(both))
        built.append((f"∂f/∂{name}", align(cells)))
    return built


def _markdown(shown: Jacobian, digits: int | None) -> str:
    return piped(shown.name, columns(shown, digits))


def _tex(shown: Jacobian, digits: int | None) -> str:
    heads = ["$x$", "$f$", *(rf"$\partial f/\partial x_{{{place}}}$" for place in range(1, len(shown.x) + 1))]
    cells = [[_tex_cell(cell) for cell in column] for _, column in columns(shown, digits)]
    return tabular(latex_text(shown.name), heads, zip(*cells, strict=True))


def _tex_cell(cell: str) -> str:
    name, equals, value = cell.strip().partition(" = ")
    number = value if equals else name
    parts = r" \mid ".join(latex_number(part.strip()) for part in number.split(BETWEEN))
    head = f"{name[0]}_{{{latex_text(name[1:]).strip('$').removeprefix('_')}}} = " if equals else ""
    return f"${head}{parts}$"


WRITERS: Mapping[str, Callable[[Jacobian, int | None], str]] = {
    "csv": _csv,
    "json": _json,
    "md": _markdown,
    "tex": _tex,
    "text": _text,
}


def jacobian_table(shown: Jacobian, digits: int | None, room: Room) -> Iterator[RenderableType]:
    """Yield the same as the terminal shows it."""
    built = enumerate(columns(shown, digits))
    boxes = [Box(head, cells, is_bold=place < FIXED) for place, (head, cells) in built]
    return boxed(shown.name, boxes[:FIXED], [[column] for column in boxes[FIXED:]], room)
