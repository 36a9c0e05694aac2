"""Strict JSON: every digit, null where a slope is undefined, infinities and NaN as strings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from actplot.functions.parametrised import X
from actplot.tables.rows import Layout, Sampled, measured
from actplot.words.numbers import Writer, exact, json_number, strict, writer

if TYPE_CHECKING:
    from actplot.tables.rows import Numbers


def json_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return ``{"curves": [{"name", "parameters", "x": […], "f": […]}]}``, a curve a line.

    ``df``, ``d2f`` and ``difference`` follow where they are asked for, ``axis`` is what x is where it is not simply x.
    """
    write = writer(layout.digits, exact)
    before = '{"curves": [\n'
    for function in measured(tables):
        activation = function.activation
        named = {"name": activation.name, **({"label": activation.label} if activation.label else {})}
        named |= {} if activation.dtype == "float64" else {"dtype": activation.dtype}
        over = {} if activation.axis == X else {"axis": activation.axis}  # what x is
        head = {**named, "parameters": strict(activation.values), **over}
        yield before + json.dumps(head, allow_nan=False)[:-1]
        yield from _list("x", ([json_number(x, exact) for x in piece.x.tolist()] for piece in function.table.pieces()))
        for quantity in layout.columns(tables):
            if quantity == "gradient" and not function.has(quantity):
                continue
            columns = (function.numbers(piece, quantity) for piece in function.table.pieces())
            yield from _list(quantity, (_texts(column, write) for column in columns))
        yield "}"
        before = ",\n"
    yield "\n]}\n"


def _texts(column: Numbers, write: Writer) -> list[str]:
    values, undefined = column
    cells = zip(values.tolist(), undefined.tolist(), strict=True)
    return ["null" if gone else json_number(value, write) for value, gone in cells]


def _list(key: str, parts: Iterator[list[str]]) -> Iterator[str]:
    start = f', "{key}": ['
    for part in parts:
        yield start + ", ".join(part)
        start = ", "
    yield "]"
