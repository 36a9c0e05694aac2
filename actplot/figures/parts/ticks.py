"""Ticks: numbers that can be told apart, as many as stand beside one another without touching."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

# This module is imported when something is drawn, never before.
from matplotlib.ticker import AutoLocator, Formatter  # noqa: TID253

from actplot.arrays import numpy as np
from actplot.figures.appearance.sizes import size_of
from actplot.figures.parts.layout import USUAL, panel_size
from actplot.figures.parts.literal import number_width
from actplot.words.numbers import minus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIGITS = range(6, 18)  # significant ones: the fewest with which each number is itself
ITSELF = 0.01  # of the distance between ticks; a label that is farther from its tick needs more digits
STEPS = ((1.0, 2.0, 5.0), (2.5, 3.0, 4.0))  # between ticks, times a power of ten, the usual ones first
MOST = 11  # steps from one end to the other, or fewer
APART = 0.5  # of the font size, between two labels side by side at least
HIGH = 1.3  # of the font size, from one label to that above it


class Numbers(Formatter):
    """Labels with a true minus sign, and with as many digits as tell neighbours apart."""

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the label of a tick that stands alone."""
        return _text(value, DIGITS[0])

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of the ticks of an axis."""
        numbers = [float(value) for value in values]
        steps = np.abs(np.diff(numbers))
        near = ITSELF * float(steps.min()) if len(steps) else 0.0
        for digits in DIGITS:
            if all(abs(float(f"{number:.{digits}g}") - number) <= near for number in numbers) or not near:
                break
        return [_text(number, digits) for number in numbers]


class Apart(AutoLocator):
    """Ticks at round numbers, fewer where their labels would touch.

    Parameters
    ----------
    axes
        The panel, whose width and height say how many fit.
    size
        Font size of the labels in points.
    upright
        Whether the axis is that of y.

    """

    def __init__(self, axes: Axes, size: float, upright: bool) -> None:
        """Begin with as many ticks as matplotlib takes."""
        super().__init__()
        self._axes = axes
        self._size = size
        self._upright = upright
        self._whole = False

    def keep_whole(self) -> None:
        """Leave out what is between whole numbers."""
        self._whole = True
        self.set_params(integer=True)

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Return the ticks from one end to the other."""
        length = panel_size(self._axes)[self._upright]
        if not self._upright and (ends := self._from_end_to_end(vmin, vmax, length)) is not None:
            return ends
        ticks = self._at_round_numbers(vmin, vmax, length)
        if self._upright and self._signs(ticks, vmin, vmax) > USUAL:
            self.set_params(steps=[1, *STEPS[0][1:], 10])
            shorter = self._at_round_numbers(vmin, vmax, length)
            self.set_params(steps=[1, 2, 2.5, 5, 10])
            if len(_seen(shorter, vmin, vmax)) > 1 and self._signs(shorter, vmin, vmax) <= USUAL:
                return shorter
        return ticks

    def _at_round_numbers(self, vmin: float, vmax: float, length: float) -> Any:
        ticks: Any = super().tick_values(vmin, vmax)
        most = len(ticks) - 1
        while not self._fit(ticks, vmin, vmax, length):
            most -= 1
            if not most:
                self.set_params(nbins="auto")
                return ticks[np.argsort(np.abs(ticks - (vmin + vmax) / 2))[:1]]
            self.set_params(nbins=most)
            ticks = super().tick_values(vmin, vmax)
        self.set_params(nbins="auto")
        return ticks

    def _from_end_to_end(self, low: float, high: float, length: float) -> Any:
        """Return ticks at round numbers, the first and the last at the ends; None where there are none such."""
        width = high - low
        if not 0.0 < width < math.inf:
            return None
        power = 10.0 ** (math.floor(math.log10(width)) - 1)
        for step in (part * size for parts in STEPS for size in (power, 10 * power) for part in parts):
            first, last = round(low / step), round(high / step)
            if not 2 <= last - first < MOST or (self._whole and step != round(step)):
                continue
            if max(abs(first * step - low), abs(last * step - high)) <= ITSELF * ITSELF * step:
                ticks = np.arange(first, last + 1) * step
                if self._fit(ticks, low, high, length):
                    return ticks
        return None

    def _signs(self, ticks: Any, low: float, high: float) -> int:
        """Return how many signs the longest label has; more than are usual would move the panels of this figure."""
        return max(map(len, Numbers().format_ticks(_seen(ticks, low, high))), default=0)

    def _fit(self, ticks: Any, low: float, high: float, length: float) -> bool:
        low, high = sorted((low, high))
        seen = _seen(ticks, low, high)
        if len(seen) < 2:
            return True
        if self._upright:
            return float(min(np.diff(seen)) / (high - low) * length) >= HIGH * self._size
        half = [number_width(text) * self._size / 2 for text in Numbers().format_ticks(seen)]
        at = [(tick - low) / (high - low) * length for tick in seen]
        return all(at[i + 1] - at[i] >= half[i] + half[i + 1] + APART * self._size for i in range(len(at) - 1))


def _seen(ticks: Any, low: float, high: float) -> list[float]:
    return [float(tick) for tick in ticks if min(low, high) <= tick <= max(low, high)]


def set_ticks(axes: Axes) -> None:
    """Have both axes of a panel numbered in this way, in the style that is being applied."""
    for axis, size, upright in (
        (axes.xaxis, size_of("xtick.labelsize"), False),
        (axes.yaxis, size_of("ytick.labelsize"), True),
    ):
        axis.set_major_locator(Apart(axes, size, upright))
        axis.set_major_formatter(Numbers())


def _text(value: float, digits: int) -> str:
    return minus(f"{value:.{digits}g}").replace("e+", "e")
