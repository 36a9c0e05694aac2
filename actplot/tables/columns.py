"""The table that people read: x, then f and f' of every function, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actplot.curve import Curve
from actplot.naming import labels
from actplot.tables.numbers import align, is_undefined, rounded


@dataclass(frozen=True)
class Column:
    """A column: the function it belongs to (empty for x), what it holds, and its cells."""

    title: str
    quantity: str
    cells: tuple[str, ...]


def columns(curves: Sequence[Curve], derivative: bool) -> list[Column]:
    """Return the columns of curves that share their points, cells aligned on the decimal point."""
    built = [Column("", "x", tuple(align([rounded(x) for x in curves[0].x.tolist()])))]
    for curve, title in zip(curves, labels([curve.activation for curve in curves]), strict=True):
        built.append(Column(title, "f(x)", tuple(align([rounded(f) for f in curve.f.tolist()]))))
        if derivative:
            built.append(Column(title, "f′(x)", tuple(align(_slopes(curve)))))
    return built


def _slopes(curve: Curve) -> list[str]:
    kinks = {kink.x: kink for kink in curve.activation.kinks}
    cells = []
    for x, slope in zip(curve.x.tolist(), curve.df.tolist(), strict=True):
        if is_undefined(x, slope) and x in kinks:
            cells.append(f"{rounded(kinks[x].left)} | {rounded(kinks[x].right)}")
        else:
            cells.append(rounded(slope))
    return cells
