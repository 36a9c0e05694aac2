"""Where numbers stand: windows that end well, and ticks on 1, 2 or 5 times a power of ten."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array

DOT_ROWS, DOT_COLUMNS = 4, 2  # braille dots in a character cell
MIDDLE = 1.0  # the dot of a cell, from its top, on which a tick stands
ABOVE, BELOW = 0.35, 0.6  # of a row: the dots above and below that one in which a curve may end

FLAT = 1e-7  # a relative change below it has no place in a label of seven digits: draw a level line
NEAR_ZERO = 0.2  # of the window: where y = 0 is no farther off, the window reaches to it
LEAST_ROWS = 2  # of a panel
PLENTY_OF_ROWS = 12  # enough to leave one out
ODD_ROW = 0.05  # the cost of a row unused or shared unequally; see _tick_cost for the unit
CALM_DISTANCE = 10  # columns from one tick of x to the next
MOST_SPARE = 9  # columns given up for even ticks
LONG_LABEL = 7  # characters; longer labels are written with an exponent


@dataclass(frozen=True)
class Step:
    """A nice distance between ticks: ``mantissa`` (1, 2 or 5) times ten to the ``exponent``."""

    mantissa: int
    exponent: int

    def times(self, count: int) -> float:
        """Return the float nearest to ``count`` steps; infinite where it is beyond all floats."""
        return float(f"{count * self.mantissa}e{self.exponent}")

    def labels(self, counts: Sequence[int]) -> list[str]:
        """Write multiples of the step, all with the same decimals and the same power of ten."""
        tenths = [Decimal(count * self.mantissa) for count in counts]
        plain = [f"{value.scaleb(self.exponent):f}" for value in tenths]
        if max(map(len, plain), default=0) <= LONG_LABEL:
            return plain
        power = max(value.adjusted() for value in tenths) + self.exponent
        short = [f"{value.scaleb(self.exponent - power):f}e{power}" if value else "0" for value in tenths]
        return min(plain, short, key=lambda labels: max(map(len, labels)))


def _steps_near(size: float) -> Iterator[Step]:
    """Return the nice steps of about a size, from a tenth of it to a hundred times it."""
    exponent = math.floor(math.log10(min(size, 1e308)))
    for power in range(exponent - 1, exponent + 3):
        for mantissa in (1, 2, 5):
            step = Step(mantissa, power)
            if 0.0 < step.times(1) < math.inf:
                yield step


@dataclass(frozen=True)
class YScale:
    """The rows of a panel: a tick every ``rows_per_step`` rows, each exactly in the middle of its row.

    Rows are counted from the top; row 0 stands at ``top`` times ``step / rows_per_step``.
    """

    step: Step
    rows_per_step: int
    top: int
    rows: int

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """The ticks as (row, label), from the top down."""
        rows = [row for row in range(self.rows) if (self.top - row) % self.rows_per_step == 0]
        counts = [(self.top - row) // self.rows_per_step for row in rows]
        return list(zip(rows, self.step.labels(counts), strict=True))

    @property
    def zero(self) -> int | None:
        """The row where y is 0, if it is in the window."""
        return self.top if 0 <= self.top < self.rows else None

    def row(self, y: float) -> int | None:
        """Return the row of cells that holds a height, None where it is outside or not finite."""
        dot = float(self.dots(np.array(y)))
        row = round(dot) // DOT_ROWS if math.isfinite(dot) else -1
        return row if 0 <= row < self.rows else None

    def dots(self, y: Array) -> Array:
        """Return heights as dots from the top edge, unrounded; what is far outside lands just outside."""
        unit = self.step.times(1) / self.rows_per_step
        with np.errstate(over="ignore"):  # what leaves float64 is cut off too
            units = np.clip(y / unit, self.top - self.rows - 1, self.top + 2)
        return (self.top - units) * DOT_ROWS + MIDDLE


def fit_y(panels: Sequence[Sequence[Array]], rows: int) -> list[YScale]:
    """Share out rows to panels, each with the window that shows the shape of its curves.

    A panel is given by the heights of its curves, of which those that are not finite count for nothing. Its
    window is the tightest in which ticks fall on whole rows; what the rounding leaves over is the margin,
    shared by both ends. Where that lets the ticks fall better, one of two panels gets a row more than the
    other, or a row is left out. Each has at least 2 rows.
    """
    windows = [_window(curves) for curves in panels]
    choices = []
    for cost, heights in _shares(rows, len(windows)):
        fits = [_fit(*window, height) for window, height in zip(windows, heights, strict=True)]
        choices.append((cost + sum(cost for cost, _ in fits), [scale for _, scale in fits]))
    return min(choices, key=lambda choice: choice[0])[1]


def _shares(rows: int, panels: int) -> Iterator[tuple[float, list[int]]]:
    """Return ways to share out rows, each with what it costs to depart from the plain one."""
    for unused in (0, 1) if rows >= PLENTY_OF_ROWS else (0,):
        each, left_over = divmod(rows - unused, panels)
        plain = [each + (panel < left_over) for panel in range(panels)]
        for shift in (0, 1, -1) if panels == 2 and rows > 2 * LEAST_ROWS + 1 else (0,):
            heights = [plain[0] + shift, *plain[1:-1], plain[-1] - shift] if panels > 1 else plain
            yield ODD_ROW * (abs(shift) + unused), [max(height, LEAST_ROWS) for height in heights]


@lru_cache  # the ways to share out rows have panels in common
def _fit(low: float, high: float, rows: int) -> tuple[float, YScale]:
    """Return the best window of so many rows, and how much it displeases."""
    room = rows - 1 + ABOVE + BELOW
    tightest = high / room - low / room
    # Where no float is a wide enough step, two rows can't hold the largest floats; they are cut.
    best = math.inf, YScale(Step(1, 308), 1, rows // 2, rows)
    for step in _steps_near(tightest):
        distance = step.times(1)
        for per_step in range(1, rows + 1):
            unit = distance / per_step
            waste = math.log(unit / tightest)
            if waste < -1e-9:
                break
            if waste >= best[0]:
                continue
            bottom, top = math.floor(low / unit + BELOW), math.ceil(high / unit - ABOVE)
            spare = rows - 1 - (top - bottom)
            top += (spare + 1) // 2
            ticks = top // per_step - (top - rows) // per_step
            cost = waste + _tick_cost(ticks, per_step, rows)
            if spare >= 0 and cost < best[0]:
                best = cost, YScale(step, per_step, top, rows)
    return best


def _tick_cost(count: int, rows_per_step: int, rows: int) -> float:
    """Return how much ticks displease, where 1 is as bad as a window e times too high."""
    few = {0: 4.0, 1: 1.0, 2: 0.25}.get(count, 0.0)
    crowded = 0.4 if rows_per_step == 1 and rows > 4 else 0.0
    return few + crowded + 0.05 * max(count - 6, 0)


def _window(curves: Sequence[Array]) -> tuple[float, float]:
    """Return the lowest and highest value to show."""
    ends = [end for heights in curves for end in heights[np.isfinite(heights)].tolist()]
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    if high / 2 - low / 2 <= max(max(-low, high) * FLAT, 1e-300):
        return min(low, 0.0), max(high, 1.0)
    near = (high / 2 - low / 2) * NEAR_ZERO * 2
    if 0.0 < low < near:
        low = 0.0
    elif -near < high < 0.0:
        high = 0.0
    return low, high


@dataclass(frozen=True)
class XScale:
    """The columns of all panels: the range from the first dot to the last."""

    low: float
    high: float
    columns: int
    ticks: tuple[tuple[int, str], ...] = ()

    def dots(self, x: Array) -> Array:
        """Return points as dots from the left edge, unrounded."""
        width = self.high - self.low
        if math.isfinite(width):
            part = (x - self.low) / width
        else:
            part = (x / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return part * (self.columns * DOT_COLUMNS - 1)

    def column(self, x: float) -> int:
        """Return the column of cells that holds a point."""
        return int(np.rint(self.dots(np.array(x)))) // DOT_COLUMNS

    @property
    def zero(self) -> int | None:
        """The column where x is 0, if it is in the range."""
        return self.column(0.0) if self.low <= 0.0 <= self.high else None


def fit_x(low: float, high: float, room: int) -> XScale:
    """Return at most ``room`` columns for a range.

    A few columns are given up where that puts the ticks at equal distances, or 0 in the middle.
    """
    if low == high:
        pad = abs(low) / 4 or 0.5
        low, high = max(low - pad, -sys.float_info.max), min(high + pad, sys.float_info.max)
    marks = x_marks(low, high, room)
    spare = min(room // 7, MOST_SPARE)
    candidates = [_place(low, high, columns, marks) for columns in range(room, room - spare - 1, -1)]
    return min(candidates, key=lambda scale: _unevenness(scale) + 0.01 * (room - scale.columns))


def _place(low: float, high: float, columns: int, marks: Sequence[tuple[float, str]]) -> XScale:
    bare = XScale(low, high, columns)
    return replace(bare, ticks=tuple((bare.column(x), label) for x, label in marks))


def _unevenness(scale: XScale) -> float:
    """Return how far the ticks are from equal distances and a symmetric range from a middle column."""
    columns = [column for column, _ in scale.ticks]
    distances = {b - a for a, b in pairwise(columns)}
    lopsided = scale.low == -scale.high and scale.columns % 2 == 0
    return 0.5 * (len(distances) > 1) + 1.0 * lopsided


def x_marks(low: float, high: float, room: int) -> list[tuple[float, str]]:
    """Return the nice numbers to mark in a range of so many characters, or its ends where all of them are too long."""
    best = math.inf, [(end, repr(end).removesuffix(".0")) for end in (low, high)]
    cell = high / room - low / room
    size = max(-low, high)
    for step in _steps_near(cell * 10) if size * FLAT < cell * room else ():
        unit = step.times(1)
        first, last = math.ceil(low / unit - 1e-6), math.floor(high / unit + 1e-6)
        if not 1 < last - first + 1 <= room // 3:
            continue
        counts = range(first, last + 1)
        labels = step.labels(counts)
        distance = unit / cell
        gap = distance - max(map(len, labels))
        if gap < 1:
            continue
        ends = abs(low / unit - first) < 1e-6 and abs(high / unit - last) < 1e-6
        cost = abs(math.log(distance / CALM_DISTANCE)) + (0.0 if ends else 0.2) + (0.0 if gap >= 3 else 0.5)
        if cost < best[0]:
            points = [min(max(step.times(count), low), high) for count in counts]
            best = cost, list(zip(points, labels, strict=True))
    return best[1]
