"""Tidy CSV: a row a point, every digit unless fewer are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.functions.naming import names
from actplot.tables.rows import Layout, Sampled, measured
from actplot.tables.shortest import BLANK, WIDTH, shortest
from actplot.words.numbers import exact, significant

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.tables.rows import Numbers

# A spreadsheet runs a cell that begins with one of these, narrow or wide.
_STARTS_A_FORMULA = tuple("=+-@\t\r＝＋－＠")
FINEST = 1e-200  # beneath it the powers of two above leave float64
AS_TEXT = "'"  # what makes it text there


def csv_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return CSV with the header ``name,x,f`` and, where asked for, ``df``, ``d2f``, ``difference``.

    A derivative that is undefined is an empty field. A name that a spreadsheet would run begins with an apostrophe.
    """
    quantities = layout.columns(tables)
    yield ",".join(["name", "x", *quantities])
    activations = [table.activation for table in tables]
    for function, name in zip(measured(tables), names(activations), strict=True):
        start = f"\n{field(name)},"
        for piece in function.table.pieces():
            columns = [function.numbers(piece, quantity) for quantity in quantities]
            lines = _lines(piece.x, columns) if layout.digits is None else _short(piece.x, columns, layout.digits)
            yield lines.replace("\n", start)
    yield "\n"


def _lines(x: Array, columns: Sequence[Numbers]) -> str:
    """Return the numbers, commas between them and a line break ahead of each row."""
    shape = len(x), 1 + len(columns)
    cells = np.empty((*shape, 1 + WIDTH), np.uint8)
    cells[:, :, 0] = ord(",")
    cells[:, 0, 0] = ord("\n")
    values = np.stack([x, *(values for values, _ in columns)], axis=1)
    cells[:, :, 1:] = shortest(values.ravel()).reshape(*shape, WIDTH)
    for place, (_, undefined) in enumerate(columns, start=1):
        cells[undefined, place, 1:] = ord(BLANK)
    return cells.tobytes().translate(None, BLANK).decode("ascii")


def _short(x: Array, columns: Sequence[Numbers], digits: int) -> str:
    """Return the same with so many digits, but for the points, which are what was asked for."""
    written: list[Iterable[str]] = [map(exact, x.tolist())]
    for values, undefined in columns:
        numbers = zip(rounded(values, digits), undefined.tolist(), strict=True)
        written.append(["" if gone else text for text, gone in numbers])
    return "".join("\n" + ",".join(row) for row in zip(*written, strict=True))


def rounded(values: Array, digits: int) -> list[str]:
    """Return numbers as `significant` writes them, most of them by Python's own format, which is five times as fast.

    That differs where a number is half-way between two of so many digits, which asks for few bits, and where it is
    large; at 0 and without a value.
    """
    size = np.abs(values)
    with np.errstate(all="ignore"):
        places = digits - 1 - np.floor(np.log10(size))
        bits = size * np.exp2(places + 2)  # whole where a tie is possible, be the logarithm one off
        usual = (size >= FINEST) & (size < 10.0**digits) & (bits != np.floor(bits))
    form = f"#.{digits}g"
    return [
        format(value, form).rstrip(".") if is_usual else significant(value, digits)
        for value, is_usual in zip(values.tolist(), usual.tolist(), strict=True)
    ]


def field(text: str) -> str:
    """Quote a field as RFC 4180 asks, where it needs it; one that begins as a spreadsheet's formula is text."""
    if text.startswith(_STARTS_A_FORMULA):
        text = AS_TEXT + text
    if any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
