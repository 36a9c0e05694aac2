"""Which words of a figure lie on one another or out of it, by the extents of its artists."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 1.0  # pixels of a hundredth of an inch: boxes have a little more than their letters


def boxes(figure: Figure) -> list[tuple[str, Any]]:
    """Return the words of a figure, each with its box in pixels of a hundredth of an inch."""
    figure.set_dpi(100)
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    figure.draw_without_rendering()
    found = []
    for number, axes in enumerate(figure.axes):
        titles = [text for text in axes.get_children() if isinstance(text, Text) and text.get_text()]
        words = [*titles, axes.xaxis.label, axes.yaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            words += [
                tick.label1
                for tick, place in zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=True)
                if low <= place <= high and tick.label1.get_visible()
            ]
        found += [
            (f"{number}: {text.get_text()}", Text.get_window_extent(text, renderer))
            for text in words
            if text.get_visible() and text.get_text()
        ]
        found += [
            (f"{number}: formula", patch.get_window_extent()) for patch in axes.patches if isinstance(patch, PathPatch)
        ]
    found += [(f"title: {text.get_text()}", text.get_window_extent(renderer)) for text in figure.texts]
    for legend in figure.legends:
        found += [(f"legend: {text.get_text()}", text.get_window_extent(renderer)) for text in legend.get_texts()]
        found += [("legend: line", line.get_window_extent(renderer)) for line in legend.get_lines()]
    return found


def overlaps(figure: Figure) -> list[str]:
    """Return what lies on what, what is out of the figure, and the legend on a panel."""
    found = boxes(figure)
    wrong = []
    for (one, a), (other, b) in combinations(found, 2):
        across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > SLACK and up > SLACK:
            wrong.append(f"{one!r} on {other!r} by {across:.1f} and {up:.1f}")
    width, height = (100 * side for side in figure.get_size_inches())
    for one, box in found:
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK:
            wrong.append(f"{one!r} is out of the figure")
        if one.startswith("legend"):
            panels = [axes.get_window_extent() for axes in figure.axes]
            wrong += [f"{one!r} on a panel" for panel in panels if panel.y0 < box.y1 and box.x0 < panel.x1 - SLACK]
    return wrong


def struck(figure: Figure) -> list[str]:
    """Return which words in the panels are struck through by a line, whatever ground they stand on.

    The lines through the origin and at a slope of 1 are of the grid, which words may hide.
    """
    boxes(figure)  # at a hundred pixels an inch
    canvas: Any = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    wrong = []
    for number, axes in enumerate(figure.axes):
        frame = axes.get_window_extent()
        drawn = [line for line in axes.get_lines() if len(np.atleast_1d(line.get_xdata())) > 1 and not _is_grid(line)]
        for text in axes.texts:
            box = Text.get_window_extent(text, renderer)
            if not box.overlaps(frame) or not text.get_text():
                continue
            for line in drawn:
                if line.get_linestyle() == "None":
                    continue
                line.draw(renderer)  # a slanted guide knows its ends when it is drawn
                path = line.get_transform().transform_path(line.get_path())
                wide = line.get_linewidth() * 100 / 72 / 2 - SLACK
                around = [[box.x0 - wide, box.y0 - wide], [box.x1 + wide, box.y1 + wide]]
                if path.intersects_bbox(Bbox(around), filled=False):
                    wrong.append(f"{number}: {text.get_text()!r} on {line.get_gid()}")
    return wrong


def _is_grid(line: Any) -> bool:
    return line.get_label() == "_zero" or str(line.get_gid()).startswith("slope-1")
