"""A legend beside or below the panels, for lines whose names can't stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.figures.appearance.sizes import READABLE, size_of
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import literal, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

# In ems of the legend's font.
ROW, AROUND = 1.6, 1.5  # the height of a row; what is above the first and below the last
HANDLE, SPACING = 2.8, 2.0  # a stroke of the line with its gap; between two columns
MOST_COLUMNS = 4
# Of a legend in one column: what is beside it, the height of a row, and the gap to the panel.
KEY_AROUND, KEY_ROW, KEY_PAD = 1.4, 1.5, 0.8
PANEL, GAP, MARGINS = 1.5, 2.8, 7.0  # of the font size: what is kept for each panel, a gap between two, and around
STEP = 0.95


@dataclass(frozen=True)
class Legend:
    """How a legend is set: font size in points, columns, how many names it has, and its height in inches."""

    size: float
    columns: int
    names: int
    height: float


def plan_legend(figure: Figure, titles: Sequence[str], may_grow: bool) -> Legend:
    """Choose columns and a size with which a legend of all names fits; of fewer names where none does.

    Parameters
    ----------
    figure
        The figure, its size set.
    titles
        The names.
    may_grow
        Whether the figure may become higher by the legend.

    """
    import matplotlib

    size = size_of("legend.fontsize")
    width, height = (float(side) * POINTS for side in figure.get_size_inches())
    longest = max(text_width(literal(title), 1.0) for title in titles)
    panels = len(figure.axes)
    kept = (MARGINS + panels * PANEL + (panels - 1) * GAP) * float(matplotlib.rcParams["font.size"])
    most = float("inf") if may_grow else max(height - kept, 0.0)
    while True:
        entry = longest + HANDLE + SPACING
        columns = max(1, min(MOST_COLUMNS, len(titles), int((width / size - AROUND + SPACING) // entry)))
        rows = -(-len(titles) // columns)
        is_wide = (longest + HANDLE + AROUND) * size > width
        needed = (rows * ROW + AROUND) * size
        if (needed <= most and not is_wide) or size <= READABLE:
            break
        size = max(size * STEP, READABLE)
    fitting = min(rows, max(1, int((most / size - AROUND) // ROW))) if most < needed else rows
    names = min(len(titles), fitting * columns)
    columns = -(-names // fitting)  # no fewer in the last row than it takes
    return Legend(size, columns, names, (fitting * ROW + AROUND) * size / POINTS)


def key_width(titles: Sequence[str]) -> float:
    """Return the width in points of a legend in one column, to the right of the panels."""
    return (max(text_width(literal(title), 1.0) for title in titles) + HANDLE + KEY_AROUND) * size_of("legend.fontsize")


def key_height(count: int) -> float:
    """Return the height in points of a legend in one column."""
    return count * KEY_ROW * size_of("legend.fontsize")


def write_key(axes: Axes, lines: Sequence[Line2D], titles: Sequence[str]) -> None:
    """Write a legend in one column to the right of a panel: beside its middle, or from its top where it is higher."""
    figure: Any = axes.figure
    box = axes.get_position()
    is_higher = key_height(len(lines)) > panel_size(axes)[1]
    size = size_of("legend.fontsize")
    figure.legend(
        lines,
        [literal(title) for title in titles],
        loc="upper left" if is_higher else "center left",
        bbox_to_anchor=(
            box.x1 + KEY_PAD * size / POINTS / figure.get_figwidth(),
            box.y1 if is_higher else (box.y0 + box.y1) / 2,
        ),
        fontsize=size,
        handlelength=1.6,
        handletextpad=0.6,
        labelspacing=0.3,
        borderpad=0.0,
        borderaxespad=0.0,
        facecolor=figure.get_facecolor(),
    )


def write_legend(figure: Figure, legend: Legend, lines: Sequence[Line2D], titles: Sequence[str]) -> None:
    """Write a legend at the bottom of a figure."""
    import matplotlib

    figure.legend(
        lines[: legend.names],
        [literal(title) for title in titles[: legend.names]],
        loc="lower center",
        ncols=legend.columns,
        fontsize=legend.size,
        borderaxespad=0.3,
        facecolor=matplotlib.rcParams["figure.facecolor"],
    )
