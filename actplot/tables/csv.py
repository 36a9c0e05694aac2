"""Tidy CSV: a row a point, every digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve
from actplot.functions.naming import names
from actplot.tables.rows import Sampled
from actplot.tables.shortest import BLANK, WIDTH, shortest


def csv_text(tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> Iterator[str]:
    """Return CSV with the header ``name,x,f`` or ``name,x,f,df``; an undefined slope is an empty field.

    Where one of the functions is trained with another gradient than f', that is one more column.
    """
    trained = derivative and any(table.activation.declaration.gradient_text for table in tables)
    yield "name,x,f" + (",df" if derivative else "") + (",gradient" if trained else "")
    for table, name in zip(tables, names([table.activation for table in tables]), strict=True):
        start = f"\n{_field(name)},"
        for piece in table.pieces():
            yield _lines(piece, derivative, trained).replace("\n", start)
    yield "\n"


def _lines(curve: Curve, derivative: bool, trained: bool) -> str:
    """Return the numbers, commas between them and a line break ahead of each row."""
    columns = [curve.x, curve.f, curve.df] if derivative else [curve.x, curve.f]
    if trained:
        columns.append(curve.gradient.f if curve.gradient else np.zeros(len(curve.x)))
    shape = len(curve.x), len(columns)
    cells = np.empty((*shape, 1 + WIDTH), np.uint8)
    cells[:, :, 0] = ord(",")
    cells[:, 0, 0] = ord("\n")
    cells[:, :, 1:] = shortest(np.stack(columns, axis=1).ravel()).reshape(*shape, WIDTH)
    if derivative:
        cells[curve.undefined, 2, 1:] = ord(BLANK)
    if trained and not curve.gradient:
        cells[:, 3, 1:] = ord(BLANK)
    return cells.tobytes().translate(None, BLANK).decode("ascii")


def _field(text: str) -> str:
    """Quote a field as RFC 4180 asks, where it needs it."""
    if any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
