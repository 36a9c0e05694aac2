"""The table that people read: x, then f and what else is asked for of every function, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from actplot.calculus.seams import Kink
from actplot.curves.curve import Curve
from actplot.curves.panels import Quantity
from actplot.functions.naming import axis, labels, titles
from actplot.tables.rows import Layout, Measured, Sampled, measured
from actplot.words.languages import say
from actplot.words.numbers import DIGITS, Writer, align, short, writer

BETWEEN = " | "  # the slopes on the left and on the right


@dataclass(frozen=True)
class Column:
    """A column: the place of its function among the functions (-1 for x), what it is called, and its cells."""

    place: int
    title: str
    head: str
    cells: tuple[str, ...]


def columns(tables: Sequence[Sampled], layout: Layout, full: bool = False) -> list[Column]:
    """Return the columns of functions over the same points, cells aligned on the decimal point.

    Parameters
    ----------
    tables
        The functions.
    layout
        What is asked for of each.
    full
        Whether functions are called by their titles even where a value tells them apart.

    """
    activations, said = [table.activation for table in tables], say()
    heads: dict[Quantity, str] = {
        "f": "f(x)",
        "df": "f′(x)",
        "gradient": said.in_training,
        "d2f": "f″(x)",
        "difference": said.difference.lower(),
    }
    shown = titles(activations) if full else labels(activations)
    write = writer(layout.digits, short)
    built: list[Column] = []
    for place, (function, title) in enumerate(zip(measured(tables), shown, strict=True)):
        pieces = list(function.table.pieces())
        if not built:
            points = [point(x, layout.digits) for piece in pieces for x in piece.x.tolist()]
            built.append(Column(-1, "", axis(activations), tuple(align(points))))
        for quantity in layout.columns(tables):
            if not function.has(quantity):
                continue
            cells = [cell for piece in pieces for cell in _cells(function, piece, quantity, write)]
            built.append(Column(place, title, heads[quantity], tuple(align(cells))))
    return built


def point(x: float, digits: int | None) -> str:
    """Return an x for people: it has six digits at the least, for it is what was asked for."""
    return short(x, max(DIGITS, digits or DIGITS))


def _cells(function: Measured, piece: Curve, quantity: Quantity, write: Writer) -> list[str]:
    kinks, said = function.kinks(quantity), say()
    values, _ = function.numbers(piece, quantity)
    cells = []
    for x, value in zip(piece.x.tolist(), values.tolist(), strict=True):
        if math.isnan(x) or not math.isnan(value):
            cells.append(write(value))
        elif x in kinks:
            cells.append(_sides(kinks[x], quantity, write))
        else:
            # Open is what no precision could tell.
            cells.append(said.unknown if x in function.activation.left_open else said.without_slope)
    return cells


def _sides(kink: Kink, quantity: Quantity, write: Writer) -> str:
    said = say()
    if kink.left != kink.right:
        return BETWEEN.join(said.without_slope if math.isnan(side) else write(side) for side in (kink.left, kink.right))
    # The slope may be the same on both sides of a jump.
    return said.a_jump if quantity == "df" and kink.jump and all(map(math.isfinite, kink.jump)) else said.without_slope
