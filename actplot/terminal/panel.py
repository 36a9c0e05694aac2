"""One panel: axes, curves and circles laid over one another in a grid of character cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Dot
from actplot.curves.panels import Track
from actplot.terminal.glyphs import MARKS, Glyphs
from actplot.terminal.raster import rasterise
from actplot.terminal.scale import XScale, YScale

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.terminal.glyphs import Characters

    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

TURN = 6  # columns for which one of several curves that coincide is on top
NOTHING, ON_AXIS, ON_CURVE = -2, -1, 0  # who owns a cell; the curves count up from ON_CURVE


@dataclass(frozen=True)
class Grid:
    """Characters and their owners, both of shape (rows, columns)."""

    characters: Characters
    owners: Numbers


def draw(tracks: Sequence[Track], x: XScale, y: YScale, glyphs: Glyphs) -> Grid:
    """Draw the curves of one panel over its axes, and the circles over all."""
    grid = _axes(x, y, glyphs)
    layers = np.stack([rasterise(x.dots(t.line[0]), y.dots(t.line[1]), x.columns, y.rows) for t in tracks])
    for layer, track in zip(layers, tracks, strict=True):
        for gap in _gaps(track, x, y):
            layer[gap] = 0
            grid.characters[gap] = " "
            grid.owners[gap] = NOTHING
    merged = np.bitwise_or.reduce(layers, axis=0)
    drawn = merged > 0
    turn = np.arange(x.columns) // TURN % len(tracks)
    front = _front(layers > 0, turn)
    own = np.take_along_axis(layers, front[None], axis=0)[0]
    characters = glyphs.draw(merged if glyphs.adds_up else own)
    owners = np.array([track.index for track in tracks])[front]
    if len(tracks) > 1:
        marks = np.array(list(MARKS))[owners % len(MARKS)]
        characters = np.where(_marked(drawn, front), marks, characters)
    grid.characters[drawn] = characters[drawn]
    grid.owners[drawn] = owners[drawn] + ON_CURVE
    _circles(grid, tracks, x, y, glyphs)
    return grid


def _front(present: Flags, turn: Numbers) -> Numbers:
    """Return which curve each cell shows: where several meet they take turns, so that none is hidden."""
    count = len(present)
    place = (np.arange(count)[:, None] - turn) % count
    front: Numbers = np.where(present, place[:, None, :], count).argmin(axis=0)
    return front


def _marked(drawn: Flags, front: Numbers) -> Flags:
    """Return the cells that carry their curve's mark: in the middle of each turn, once for each curve."""
    marked = np.zeros_like(drawn)
    for column in range(TURN // 2, drawn.shape[1], TURN):
        rows = np.flatnonzero(drawn[:, column])
        for owner in set(front[rows, column].tolist()):
            own = rows[front[rows, column] == owner]
            marked[own[len(own) // 2], column] = True
    return marked


def _circles(grid: Grid, tracks: Sequence[Track], x: XScale, y: YScale, glyphs: Glyphs) -> None:
    """Put the circles at the breaks; in one cell a filled one hides an open one, an earlier curve a later."""
    dots = [(track.index, dot) for track in tracks for dot in (*track.dots, *_points(track))]
    for owner, dot in sorted(dots, key=lambda entry: (entry[1].filled, -entry[0])):
        row = y.row(dot.y)
        if row is not None:
            grid.characters[row, x.column(dot.x)] = glyphs.filled_dot if dot.filled else glyphs.open_dot
            grid.owners[row, x.column(dot.x)] = owner + ON_CURVE


def _points(track: Track) -> Iterator[Dot]:
    """Return a filled circle for each point that no line joins to another, of which a dot alone would be lost."""
    x, y = track.line
    return (Dot(x[index], y[index], filled=True) for index in track.apart)


def _gaps(track: Track, x: XScale, y: YScale) -> Iterator[tuple[slice, int]]:
    """Return the cells between the circles of each break, to be left empty.

    There the axis x = 0, or a steep curve that ends in this very column, would look like a stroke that joins
    the two ends.
    """
    for at in {dot.x for dot in track.dots}:
        rows = [row for row in (y.row(dot.y) for dot in track.dots if dot.x == at) if row is not None]
        if rows:
            yield slice(min(rows) + 1, max(rows)), x.column(at)


def _axes(x: XScale, y: YScale, glyphs: Glyphs) -> Grid:
    """Return a grid with nothing but the lines x = 0 and y = 0."""
    grid = Grid(np.full((y.rows, x.columns), " "), np.full((y.rows, x.columns), NOTHING))
    if y.zero is not None:
        grid.characters[y.zero] = glyphs.zero_y
        grid.owners[y.zero] = ON_AXIS
    if x.zero:  # at column 0 the frame stands already
        grid.characters[:, x.zero] = glyphs.zero_x
        grid.owners[:, x.zero] = ON_AXIS
    return grid
