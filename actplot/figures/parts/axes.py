"""Axes whose ticks are drawn together: the grid in one stroke, the marks at one go.

matplotlib has five artists for each tick, which take as long as the rest of the figure. What a style or a caller says
of ticks is kept: its own first tick is what is drawn, moved from place to place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

# This module is imported when something is drawn, never before.
from matplotlib.axis import Axis, XAxis, YAxis  # noqa: TID253

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BESIDE = 1e-10  # of the axis: a tick that rounding puts outside is drawn


class _Together(Axis):
    """Draws its ticks together."""

    axis_name: Any
    has_placed_label = False

    def set_label_coords(self, x: float, y: float, transform: Any = None) -> None:
        """Place the label; matplotlib itself finds a place for it by measuring the tick labels."""
        super().set_label_coords(x, y, transform)
        self.has_placed_label = True

    def draw(self, renderer: Any) -> None:
        """Draw the axis: its grid, its ticks, their labels and its own."""
        if not self.get_visible():
            return
        places = self.get_majorticklocs()
        formatter: Any = self.get_major_formatter()
        texts = formatter.format_ticks(places)
        # Where to write a number to add to all, or a label that was given no place, is for matplotlib to find.
        if formatter.get_offset() or (self.label.get_text() and not self.has_placed_label):
            super().draw(renderer)
            return
        renderer.open_group("axis", gid=self.get_gid())
        self._draw_ticks(renderer, self.get_major_ticks, places, texts)
        places = self.get_minorticklocs()
        formatter = self.get_minor_formatter()
        self._draw_ticks(renderer, self.get_minor_ticks, places, formatter.format_ticks(places))
        self.label.draw(renderer)
        renderer.close_group("axis")
        self.stale = False

    def _draw_ticks(self, renderer: Any, ticks: Any, places: Any, texts: Sequence[str]) -> None:
        locations = np.asarray(places, dtype=float)
        shown = self._inside(locations)
        if not shown.any():
            return
        (tick,) = ticks(1)
        if tick.gridline.get_visible():
            self._draw_line(renderer, tick.gridline, np.repeat(locations[shown], 3), [0.0, 1.0, np.nan])
        for mark in (tick.tick1line, tick.tick2line):
            if mark.get_visible():
                self._draw_line(renderer, mark, locations[shown], self._across(mark)[:1])
        labels = [label for label in (tick.label1, tick.label2) if label.get_visible()]
        if not labels:
            return
        for place, text in [(place, text) for place, text, seen in zip(places, texts, shown, strict=True) if seen]:
            tick.update_position(place)
            for label in labels:
                label.set_text(text)
                label.draw(renderer)

    def _inside(self, locations: Any) -> Any:
        low, high = sorted(self.get_transform().transform(self.get_view_interval()))
        seen = self.get_transform().transform(locations)
        margin = BESIDE * (high - low)
        return (seen >= low - margin) & (seen <= high + margin)

    def _across(self, line: Any) -> list[float]:
        """Return where a line's points are on the other axis."""
        return list(line.get_ydata() if self.axis_name == "x" else line.get_xdata())

    def _draw_line(self, renderer: Any, line: Any, along: Any, pattern: Iterable[float]) -> None:
        before = line.get_data()
        across = np.resize([*pattern], len(along))
        line.set_data(*((along, across) if self.axis_name == "x" else (across, along)))
        line.draw(renderer)
        line.set_data(*before)


class _X(_Together, XAxis): ...


class _Y(_Together, YAxis): ...


def draw_ticks_together(axes: Axes) -> None:
    """Have both axes of a panel draw their ticks together.

    They are given another class, which leaves all that they are told as it is: matplotlib takes no class for them.
    """
    axes.xaxis.__class__ = _X
    axes.yaxis.__class__ = _Y
