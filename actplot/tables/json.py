"""Strict JSON: every digit, null where a slope is undefined, infinities and NaN as strings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from actplot.curves.curve import Curve
from actplot.tables.rows import Sampled
from actplot.words.numbers import strict


def json_text(tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> Iterator[str]:
    """Return ``{"curves": [{"name", "parameters", "x": […], "f": […], "df": […]}]}``, a curve a line."""
    columns: dict[str, Callable[[Curve], list[object]]] = {"x": _x, "f": _f}
    if derivative:
        columns["df"] = _slopes
    before = '{"curves": [\n'
    for table in tables:
        has_gradient = derivative and table.activation.declaration.gradient_text
        written = {**columns, "gradient": _gradients} if has_gradient else columns
        head = {"name": table.activation.name, "parameters": strict(table.activation.values)}
        yield before + json.dumps(head, allow_nan=False)[:-1]
        for key, column in written.items():
            yield from _list(f', "{key}": [', map(column, table.pieces()))
        yield "}"
        before = ",\n"
    yield "\n]}\n"


def _list(start: str, parts: Iterator[list[object]]) -> Iterator[str]:
    for part in parts:
        yield start + json.dumps(part, allow_nan=False)[1:-1]
        start = ", "
    yield "]"


def _x(curve: Curve) -> list[object]:
    return [strict(x) for x in curve.x.tolist()]


def _f(curve: Curve) -> list[object]:
    return [strict(f) for f in curve.f.tolist()]


def _gradients(curve: Curve) -> list[object]:
    return _f(curve.gradient) if curve.gradient else []


def _slopes(curve: Curve) -> list[object]:
    slopes = zip(curve.df.tolist(), curve.undefined.tolist(), strict=True)
    return [None if undefined else strict(slope) for slope, undefined in slopes]
