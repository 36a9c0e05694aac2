"""Names at the right ends of the lines, in the lines' colours and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.figures.parts.literal import literal, text_width
from actplot.figures.parts.palette import legible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

WIDEST = 0.36  # of the figure; longer names go to a legend
PITCH = 1.25  # of the font size, from one label to the next
OFFSET = 6.0  # points from the frame to a label
LEADER = 0.6  # of the font size; a label that was moved farther is tied to its line
DISTINCT = 4.0  # points between the ends of two lines; nearer ones are one to the eye


def label_width(titles: Sequence[str], size: float) -> float:
    """Return the room in points that the longest label needs beside the panel."""
    return max(text_width(literal(title), size) for title in titles) + OFFSET + 1.2 * size


def distinct_ends(axes: Axes, lines: Sequence[Line2D], height: float) -> list[int]:
    """Return which lines end apart from all others, in a panel of so many points of height."""
    low, high = axes.get_ylim()
    ends = [(_end(line, low, high) - low) / (high - low) * height for line in lines]
    return [
        index
        for index, end in enumerate(ends)
        if all(abs(end - other) >= DISTINCT for number, other in enumerate(ends) if number != index)
    ]


def label_lines(axes: Axes, lines: Sequence[Line2D], titles: Sequence[str], size: float, height: float) -> bool:
    """Write each line's title at its right end; return False, having written nothing, where they can't all stand.

    Parameters
    ----------
    axes
        The panel, its limits set.
    lines, titles
        The curves and their names.
    size
        Font size in points.
    height
        Height of the panel in points.

    """
    low, high = axes.get_ylim()
    ends = [_end(line, low, high) for line in lines]
    if len(lines) * PITCH * size > height:
        return False
    wanted = [(end - low) / (high - low) * height for end in ends]
    placed = spread(wanted, PITCH * size, 0.0, height)
    moved = [abs(at - start) > LEADER * size for at, start in zip(placed, wanted, strict=True)]
    indent = OFFSET + (size if any(moved) else 0.0)
    for line, title, at, start, tied in zip(lines, titles, placed, wanted, moved, strict=True):
        axes.annotate(
            literal(title),
            xy=(1.0, start / height),
            xytext=(indent, at - start),
            xycoords="axes fraction",
            textcoords="offset points",
            color=legible(line.get_color()),
            fontsize=size,
            va="center",
            ha="left",
            annotation_clip=False,
            gid=f"label-{line.get_gid()}",
            arrowprops=_leader(line) if tied else None,
        )
    return True


def _leader(line: Line2D) -> dict[str, Any]:
    """Return how a moved label is tied to its line: to its near edge, so that no stroke crosses a word."""
    ends = {"relpos": (0.0, 0.5), "shrinkA": 1, "shrinkB": 2}
    return {"arrowstyle": "-", "color": line.get_color(), "linewidth": 0.6, **ends}


def _end(line: Line2D, low: float, high: float) -> float:
    """Return the height at which a line leaves the panel at the right."""
    y = np.asarray(line.get_ydata(), dtype=float)
    finite = y[np.isfinite(y)]
    return float(np.clip(finite[-1], low, high)) if finite.size else low


def spread(wanted: Sequence[float], pitch: float, low: float, high: float) -> list[float]:
    """Return places near the wanted ones, in the same order, no two nearer than the pitch, all from low to high.

    Neighbours that collide are moved apart about their common middle, which moves them least in all (the
    pool-adjacent-violators rule of isotonic regression).
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], -index))
    blocks: list[list[float]] = []  # sum of the places asked for, less what the pitch adds; and how many
    for rank, index in enumerate(order):
        blocks.append([wanted[index] - rank * pitch, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    bases = [total / count for total, count in blocks for _ in range(int(count))]
    top = high - (len(wanted) - 1) * pitch
    places = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        places[index] = min(max(bases[rank], low), max(top, low)) + rank * pitch
    return places
