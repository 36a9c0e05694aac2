"""A figure without a ground: circles and words that stand on discs and boxes elsewhere stand on holes in the lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.figures.formats.page_setup import POINTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from actplot.arrays import Array

CORNERS = 72  # of a circle that is cut out
OPEN = "-limit-"  # in the ids of open circles


def clear(figure: Figure) -> None:
    """Take away what a finished figure has between its lines and whatever it will lie on."""
    from actplot.figures.formats.renderer import Renderer

    width, height = figure.get_size_inches()
    figure.set_dpi(POINTS)
    renderer = Renderer(float(width) * POINTS, float(height) * POINTS, [])
    for legend in figure.legends:
        legend.get_frame().set_facecolor("none")
    for axes in figure.axes:
        _cut(axes, [*_circles(axes), *_words(axes, renderer)])


def whole(axes: Axes) -> None:
    """Have nothing cut out of the lines that every panel has."""
    for artist in (*axes.get_lines(), *_grid(axes)):
        artist.set_clip_path(axes.patch)


def _circles(axes: Axes) -> Iterator[Array]:
    """Open the circles, and yield their outlines, the largest first; (n, 2) points from the figure's corner."""
    found = [line for line in axes.get_lines() if OPEN in str(line.get_gid())]
    angles = np.linspace(0.0, -2 * np.pi, CORNERS, endpoint=False)
    unit = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for line in sorted(found, key=lambda line: -line.get_markersize()):
        line.set_markerfacecolor("none")
        (middle,) = axes.transData.transform(line.get_xydata())
        yield middle + unit * line.get_markersize() / 2


def _words(axes: Axes, renderer: Any) -> Iterator[Array]:
    """Take away the boxes behind words, and yield them in the same way."""
    for text in axes.texts:
        box = text.get_bbox_patch()
        if box is not None and box.get_visible():
            box.set_visible(False)
            left, bottom, right, top = text.get_window_extent(renderer).extents
            yield np.array([(left, bottom), (left, top), (right, top), (right, bottom)])


def _cut(axes: Axes, holes: list[Array]) -> None:
    """Cut holes out of the lines and shades of a panel; of two that overlap the first, as one path has no union."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    low, high = axes.bbox.extents[:2], axes.bbox.extents[2:]
    taken: list[Array] = []
    for hole in (hole.clip(low, high) for hole in holes):
        if all(_is_apart(hole, other) for other in taken):
            taken.append(hole)
    if not taken:
        return
    panel = np.array([low, (high[0], low[1]), high, (low[0], high[1])])  # the other way round
    path = Path.make_compound_path(*(Path([*each, each[0]], closed=True) for each in (panel, *taken)))
    place = Affine2D().scale(1 / POINTS) + axes.figure.dpi_scale_trans
    for artist in (*axes.get_lines(), *axes.patches, *_grid(axes)):
        if not _is_mark(artist):
            artist.set_clip_path(path, place)


def _is_apart(one: Array, other: Array) -> bool:
    return bool(np.any(one.max(axis=0) <= other.min(axis=0)) or np.any(other.max(axis=0) <= one.min(axis=0)))


def _is_mark(artist: Any) -> bool:
    return not artist.get_clip_on()


def _grid(axes: Axes) -> Iterator[Line2D]:
    """Yield the lines that stand for all of a grid."""
    for axis in (axes.xaxis, axes.yaxis):
        for tick in (*axis.get_major_ticks(1), *axis.get_minor_ticks(1)):
            yield tick.gridline
