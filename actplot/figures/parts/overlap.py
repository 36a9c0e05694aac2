"""Where curves lie on one another: the upper one becomes dashes, between which the lower one is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.figures.appearance.sizes import points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from actplot.arrays import Array

TOUCHING = 0.5  # of the line width; nearer middles look like one line
SHORTEST = 18.0  # points; where lines only cross nothing is hidden
DASH = 5.0  # points that each colour shows


def reveal(axes: Axes, lines: Sequence[Line2D], size: tuple[float, float]) -> None:
    """Break each solid line into dashes where it would hide an earlier one.

    Parameters
    ----------
    axes
        The panel, its limits set.
    lines
        The lines in the order in which they are drawn.
    size
        Width and height of the panel in points.

    """
    placed = [_in_points(axes, line, size) for line in lines]
    for index, (line, (x, y)) in enumerate(zip(lines, placed, strict=True)):
        if line.get_linestyle() != "-":  # what is dashed has gaps already
            continue
        covers = np.zeros(len(x), dtype=int)
        for below in placed[:index]:
            covers += _apart(x, y, below) < TOUCHING * line.get_linewidth()
        runs = [(start, stop) for start, stop in _runs(covers > 0) if x[stop - 1] - x[start] >= points(SHORTEST)]
        if not runs:
            continue
        dash = points(DASH) / line.get_linewidth()
        along, height = (np.array(values, dtype=float) for values in line.get_data())
        for number, (start, stop) in enumerate(runs, start=1):
            hidden = int(np.median(covers[start:stop]))
            axes.plot(
                along[start:stop],
                height[start:stop],
                color=line.get_color(),
                linewidth=line.get_linewidth(),
                linestyle=(0, (dash, hidden * dash)),
                dash_capstyle="butt",
                marker="None",
                zorder=line.get_zorder(),
                label="_shared",
                gid=f"{line.get_gid()}-shared-{number}",
            )
            height[start + 1 : stop - 1] = np.nan
        line.set_data(along, height)


def _in_points(axes: Axes, line: Line2D, size: tuple[float, float]) -> tuple[Array, Array]:
    values: Any = line.get_data()
    limits = axes.get_xlim(), axes.get_ylim()
    x, y = (
        (np.asarray(value, dtype=float) - low) / (high - low) * length
        for value, (low, high), length in zip(values, limits, size, strict=True)
    )
    return x, y


def _apart(x: Array, y: Array, below: tuple[Array, Array]) -> Array:
    """Return how far a curve is from another, across the curve; infinite where either is not drawn."""
    with np.errstate(all="ignore"):
        steep = np.gradient(y, x)
        apart = np.abs(y - np.interp(x, *below)) / np.hypot(1.0, np.where(np.isfinite(steep), steep, 0.0))
    return np.where(np.isfinite(apart), apart, np.inf)


def _runs(mask: Any) -> Iterator[tuple[int, int]]:
    """Return the start and the stop of each run of true values, of two points at least."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return ((int(start), int(stop)) for start, stop in edges.reshape(-1, 2) if stop - start > 1)
