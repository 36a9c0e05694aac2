"""Strict JSON: every digit, null where a slope is undefined, infinities and NaN as strings."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from actplot.functions.parametrised import X
from actplot.tables.rows import Layout, Sampled, measured
from actplot.words.numbers import exact, significant, strict

if TYPE_CHECKING:
    from actplot.tables.rows import Numbers


def json_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return ``{"curves": [{"name", "parameters", "x": […], "f": […]}]}``, a curve a line.

    ``df``, ``d2f`` and ``difference`` follow where they are asked for, ``axis`` is what x is where it is not simply x.
    """
    write = _writer(layout.digits)
    before = '{"curves": [\n'
    for function in measured(tables):
        activation = function.activation
        named = {"name": activation.name, **({"label": activation.label} if activation.label else {})}
        named |= {} if activation.dtype == "float64" else {"dtype": activation.dtype}
        over = {} if activation.axis == X else {"axis": activation.axis}  # what x is
        head = {**named, "parameters": strict(activation.values), **over}
        yield before + json.dumps(head, allow_nan=False)[:-1]
        yield from _list("x", ([_exact(x) for x in piece.x.tolist()] for piece in function.table.pieces()))
        for quantity in layout.columns(tables):
            if quantity == "gradient" and not function.has(quantity):
                continue
            columns = (function.numbers(piece, quantity) for piece in function.table.pieces())
            yield from _list(quantity, (_texts(column, write) for column in columns))
        yield "}"
        before = ",\n"
    yield "\n]}\n"


def _exact(value: float) -> str:
    """Return a number with every digit; one that JSON lacks is the word that tables use, in quotes."""
    return exact(value) if math.isfinite(value) else f'"{exact(value)}"'


def _writer(digits: int | None) -> Callable[[float], str]:
    if digits is None:
        return _exact
    return lambda value: significant(value, digits) if math.isfinite(value) else _exact(value)


def _texts(column: Numbers, write: Callable[[float], str]) -> list[str]:
    values, undefined = column
    return ["null" if gone else write(value) for value, gone in zip(values.tolist(), undefined.tolist(), strict=True)]


def _list(key: str, parts: Iterator[list[str]]) -> Iterator[str]:
    start = f', "{key}": ['
    for part in parts:
        yield start + ", ".join(part)
        start = ", "
    yield "]"
