"""A thumbnail: f and f' over one x axis, as an inline SVG of two kilobytes that takes its colours from the page.

Where training takes another gradient for f', the gradient is drawn, as in the figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve, Dot, Line
from actplot.terminal.scale import x_marks
from actplot.words.numbers import minus

if TYPE_CHECKING:
    from actplot.arrays import Array

WIDTH, HEIGHT, EDGE = 180, 108, 6  # of the panel, and what is left free around the curves
LEFT, ABOVE, RIGHT, BELOW = 32, 4, 5, 13  # of the view box beyond the panel, for the numbers
SAMPLES = WIDTH + 1  # of a curve: a point for each unit of the width
ROOM = 36  # characters of a number side by side
FINE = 0.12  # a vertex nearer than this to the line that leaves it out is left out


def thumbnail(curve: Curve, label: str) -> str:
    """Return the SVG of a curve and its derivative, or the gradient that training takes for it."""
    place = _Place(curve)
    taken = curve.gradient
    slope, line, dots = ("df taken", taken.f_line, taken.f_dots) if taken else ("df", curve.df_line, curve.df_dots)
    shapes = "".join(
        (
            place.grid(),
            f'<path class="axis" d="{place.axes()}"/>',
            _path(slope, line, place),
            _path("f", curve.f_line, place),
            *(_circle("df", dot, place) for dot in dots),
            *(_circle("f", dot, place) for dot in curve.f_dots),
        )
    )
    box = f"{-LEFT} {-ABOVE} {LEFT + WIDTH + RIGHT} {ABOVE + HEIGHT + BELOW}"
    return f'<svg viewBox="{box}" role="img" aria-label="{label}">{shapes}</svg>'


class _Place:
    """Where points of the plane are in the view box."""

    def __init__(self, curve: Curve) -> None:
        slopes = curve.gradient.f_heights if curve.gradient else curve.df_heights
        heights = [y for reached in (curve.f_heights, slopes) for y in reached.tolist() if math.isfinite(y)]
        self.left, self.right = curve.span
        self.low, self.high = min([0.0, *heights]), max([0.0, *heights])
        if self.high - self.low < 1e-9:
            self.low, self.high = self.low - 1.0, self.high + 1.0

    def x(self, x: Array | float) -> Array:
        return np.asarray(EDGE + (WIDTH - 2 * EDGE) * ((x - self.left) / (self.right - self.left)))

    def y(self, y: Array | float) -> Array:
        height = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * ((y - self.low) / (self.high - self.low))
        return np.asarray(np.clip(height, -HEIGHT, 2 * HEIGHT))

    def grid(self) -> str:
        """Return the ticks of both axes: a line through the panel, and its number beside it."""
        rows = [(_number(self.y(at)), text) for at, text in x_marks(self.low, self.high, ROOM)]
        columns = [(_number(self.x(at)), text) for at, text in x_marks(self.left, self.right, ROOM)]
        lines = "".join([*(f"M0 {y}H{WIDTH}" for y, _ in rows), *(f"M{x} 0V{HEIGHT}" for x, _ in columns)])
        beside = "".join(f'<text x="-3" y="{y}" dy=".35em">{minus(text)}</text>' for y, text in rows)
        below = "".join(f'<text x="{x}" y="{HEIGHT + 10}">{minus(text)}</text>' for x, text in columns)
        return f'<path class="grid" d="{lines}"/><g class="y">{beside}</g><g class="x">{below}</g>'

    def axes(self) -> str:
        vertical = f"M{_number(self.x(0.0))} 0V{HEIGHT}" if self.left <= 0 <= self.right else ""
        return f"M0 {_number(self.y(0.0))}H{WIDTH}{vertical}"


def _path(name: str, line: Line, place: _Place) -> str:
    strokes = (_stroke(points) for points in _strokes(place.x(line[0]), place.y(line[1])))
    return f'<path class="{name}" d="{"".join(strokes)}"/>'


def _strokes(x: Array, y: Array) -> Iterator[Array]:
    """Yield the parts of a line between the points where the pen is lifted."""
    points = np.column_stack([x, y])
    missing = np.flatnonzero(np.isnan(y))
    for part in np.split(points, missing):
        drawn = part[~np.isnan(part[:, 1])]
        if len(drawn) > 1:
            yield drawn


def _stroke(points: Array) -> str:
    kept = points[sorted({0, len(points) - 1, *_bends(points, 0, len(points) - 1)})]
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in kept)


def _bends(points: Array, first: int, last: int) -> Iterable[int]:
    """Return the vertices between two that the line can't do without (Ramer, Douglas & Peucker)."""
    if last - first < 2:
        return []
    between = points[first + 1 : last]
    run, rise = points[last] - points[first]
    off = np.abs(run * (between[:, 1] - points[first, 1]) - rise * (between[:, 0] - points[first, 0]))
    farthest = int(np.argmax(off))
    if off[farthest] <= FINE * np.hypot(run, rise):
        return []
    middle = first + 1 + farthest
    return [*_bends(points, first, middle), middle, *_bends(points, middle, last)]


def _circle(name: str, dot: Dot, place: _Place) -> str:
    kind = "value" if dot.filled else "limit"
    return f'<circle class="{name} {kind}" cx="{_number(place.x(dot.x))}" cy="{_number(place.y(dot.y))}" r="2.6"/>'


def _number(value: Array | float) -> str:
    return f"{round(float(value), 1) + 0.0:g}"  # no negative zero
