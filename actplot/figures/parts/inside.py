"""Names beside their curves, inside the panel: each where its own curve is near and no other is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.figures.appearance.sizes import points
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import ground, literal, text_width
from actplot.figures.parts.palette import legible
from actplot.figures.parts.struck import GUIDE, cost_of, strokes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from actplot.arrays import Array

LINE = 1.15  # of the font size, the height of a line of words
GAP = 2.5  # points from a curve to its name
NEAREST = 2.0  # points from any part of a curve to its name, which a steep one asks to be farther above or below
CLEARER = 3.5  # points that each other curve is farther away at least
FAR = 11.0  # points; farther away no other curve could be meant
EDGE = 2.0  # points from a name to the frame
APART = 3.0  # points between two names
STEPS = 60  # places along the panel that are tried
COLUMNS = 360  # at which the curves' heights are known
DOT = 4.0  # points around the middle of a circle


@dataclass(frozen=True)
class _Place:
    """Where a name may stand: its box in points, whether it is above its curve, and how well it is told from others."""

    left: float
    bottom: float
    right: float
    top: float
    is_above: bool
    clear: float

    def meets(self, other: _Place) -> bool:
        return (
            self.left < other.right + APART
            and other.left < self.right + APART
            and self.bottom < other.top + APART
            and other.bottom < self.top + APART
        )


def name_inside(
    axes: Axes, lines: Sequence[Line2D], titles: Sequence[str], size: float, every: Sequence[int] | None = None
) -> list[int]:
    """Write names beside their curves where these are apart from others, and return which were written.

    Parameters
    ----------
    axes
        The panel, in its place and its limits set.
    lines, titles
        All curves of the panel, and their names.
    size
        Font size in points.
    every
        Which are to be named, where none is to be unless all find a place; by default any that does.

    """
    wanted = range(len(lines)) if every is None else every
    width, height = panel_size(axes)
    columns = np.linspace(0.0, width, COLUMNS)
    curves = [_heights(axes, line, columns, height) for line in lines]
    dots, guides = _dots(axes, width, height), [stroke for stroke in strokes(axes) if stroke.cost == GUIDE]
    offers = {
        index: [
            place
            for place in _offers(index, curves, columns, dots, (text_width(literal(titles[index]), size), size), height)
            if not cost_of((place.left, place.bottom, place.right, place.top), guides)
        ]
        for index in wanted
    }
    chosen: dict[int, _Place] = {}
    # What has the fewest places chooses first, and of its places the one that is clearest.
    for index in sorted(wanted, key=lambda index: len(offers[index])):
        free = [place for place in offers[index] if not any(map(place.meets, chosen.values()))]
        if free:
            chosen[index] = max(free, key=lambda place: place.clear)
        elif every is not None:
            return []
    for index, place in chosen.items():
        _write(axes, lines[index], titles[index], size, place, columns, curves[index])
    return [*chosen]


def _heights(axes: Axes, line: Line2D, columns: Array, height: float) -> tuple[Array, Array]:
    """Return the least and the greatest height of a curve about each column, in points; NaN where it is not drawn."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    x, y = (np.asarray(values, dtype=float) for values in line.get_data())
    x, y = (x - left) / (right - left) * columns[-1], (y - low) / (high - low) * height
    x, order = x, np.argsort(x, kind="stable")
    with np.errstate(invalid="ignore"):
        at = np.interp(columns, x[order], y[order], left=np.nan, right=np.nan)
        before, after = np.interp(columns - 1.0, x[order], y[order]), np.interp(columns + 1.0, x[order], y[order])
        return np.fmin(np.fmin(before, at), after), np.fmax(np.fmax(before, at), after)


def _dots(axes: Axes, width: float, height: float) -> list[tuple[float, float]]:
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    ends = [line.get_data() for line in axes.get_lines() if line.get_marker() == "o" and np.size(line.get_xdata()) == 1]
    return [
        (float(np.ravel(x)[0] - left) / (right - left) * width, float(np.ravel(y)[0] - low) / (high - low) * height)
        for x, y in ends
    ]


def _offers(
    index: int,
    curves: Sequence[tuple[Array, Array]],
    columns: Array,
    dots: Sequence[tuple[float, float]],
    words: tuple[float, float],
    height: float,
) -> Iterator[_Place]:
    """Yield the places for a name above and below its curve, where no other curve could be meant."""
    length, size = words
    low, high = curves[index]
    for left in np.linspace(EDGE, columns[-1] - length - EDGE, STEPS):
        span = (columns >= left) & (columns <= left + length)
        if left < EDGE or not span.any() or not np.isfinite(low[span]).all():
            continue
        for is_above, gap in product((True, False), (points(GAP), points(2 * GAP))):
            bottom = float(high[span].max()) + gap if is_above else float(low[span].min()) - gap - LINE * size
            top = bottom + LINE * size
            if bottom < EDGE or top > height - EDGE:
                continue
            near = _distance(low, high, columns, left, left + length, bottom, top)
            clear = points(FAR)
            for other, (lower, upper) in enumerate(curves):
                if other != index:
                    clear = min(clear, _distance(lower, upper, columns, left, left + length, bottom, top))
            dot = points(DOT)
            taken = any(left - dot <= x <= left + length + dot and bottom - dot <= y <= top + dot for x, y in dots)
            if near >= points(NEAREST) and clear >= gap + points(CLEARER) and not taken:
                yield _Place(float(left), bottom, float(left) + length, top, is_above, clear)
                break


def _distance(
    lower: Array, upper: Array, columns: Array, left: float, right: float, bottom: float, top: float
) -> float:
    """Return how far a curve is from a box, in points."""
    across = np.maximum(np.maximum(left - columns, columns - right), 0.0)
    up = np.maximum(np.maximum(bottom - upper, lower - top), 0.0)
    apart = np.hypot(across, up)
    known = apart[np.isfinite(apart)]
    return float(known.min()) if known.size else math.inf


def _write(
    axes: Axes, line: Line2D, title: str, size: float, place: _Place, columns: Array, curve: tuple[Array, Array]
) -> None:
    """Write a name at its place, tied to the point of its curve that is nearest."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    width, height = panel_size(axes)
    within = np.flatnonzero((columns >= place.left) & (columns <= place.right))
    nearest = within[np.argmax(curve[1][within])] if place.is_above else within[np.argmin(curve[0][within])]
    x = float(columns[nearest])
    y = float(np.clip(curve[1 if place.is_above else 0][nearest], 0.0, height))
    axes.annotate(
        literal(title),
        xy=(left + x / width * (right - left), low + y / height * (high - low)),
        xytext=(place.left - x, (place.bottom if place.is_above else place.top) - y),
        textcoords="offset points",
        ha="left",
        va="bottom" if place.is_above else "top",
        color=legible(line.get_color()),
        fontsize=size,
        bbox=ground(axes, 0.6, 0.7),
        zorder=5,
        gid=f"label-{line.get_gid()}",
    )
