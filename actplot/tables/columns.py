"""The table that people read: x, then f and f' of every function, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actplot.curves.curve import Curve
from actplot.functions.naming import labels
from actplot.tables.rows import Sampled
from actplot.words.numbers import align, rounded

JUMP = "jump"  # in place of a slope that is the same on both sides


@dataclass(frozen=True)
class Column:
    """A column: the function it belongs to (empty for x), what it holds, and its cells."""

    title: str
    quantity: str
    cells: tuple[str, ...]


def columns(tables: Sequence[Sampled], derivative: bool) -> list[Column]:
    """Return the columns of functions over the same points, cells aligned on the decimal point."""
    built: list[Column] = []
    for table, title in zip(tables, labels([table.activation for table in tables]), strict=True):
        pieces = list(table.pieces())
        if not built:
            built.append(_column("", "x", [rounded(x) for piece in pieces for x in piece.x.tolist()]))
        built.append(_column(title, "f(x)", [rounded(f) for piece in pieces for f in piece.f.tolist()]))
        if derivative:
            built.append(_column(title, "f′(x)", [slope for piece in pieces for slope in _slopes(piece)]))
            taken = [g for piece in pieces if piece.gradient for g in piece.gradient.f.tolist()]
            if taken:
                built.append(_column(title, "gradient in training", [rounded(g) for g in taken]))
    return built


def _column(title: str, quantity: str, cells: Sequence[str]) -> Column:
    return Column(title, quantity, tuple(align(cells)))


def _slopes(curve: Curve) -> list[str]:
    kinks = {kink.x: kink for kink in curve.activation.kinks}
    cells = []
    for x, slope, undefined in zip(curve.x.tolist(), curve.df.tolist(), curve.undefined.tolist(), strict=True):
        if undefined and x in kinks:
            left, right = kinks[x].left, kinks[x].right
            cells.append(f"{rounded(left)} | {rounded(right)}" if left != right else JUMP)
        else:
            cells.append(rounded(slope))
    return cells
