"""A legend below the panels, for lines whose names can't stand at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.figures.appearance.sizes import READABLE
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.literal import literal, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

# In ems of the legend's font.
ROW, AROUND = 1.6, 1.5  # the height of a row; what is above the first and below the last
HANDLE, SPACING = 2.8, 2.0  # a stroke of the line with its gap; between two columns
MOST_COLUMNS = 4
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
    from matplotlib.font_manager import FontProperties

    size = float(FontProperties(size=matplotlib.rcParams["legend.fontsize"]).get_size_in_points())
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
