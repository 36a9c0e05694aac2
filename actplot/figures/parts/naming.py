"""The lines of several functions, named at their ends or in a legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.headings import Heading
from actplot.figures.parts.labels import WIDEST, label_lines, label_width
from actplot.figures.parts.layout import Margins, panel_size, place
from actplot.figures.parts.legend import plan_legend, write_legend
from actplot.figures.parts.overlap import reveal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D


def name_lines(
    figure: Figure, titles: Sequence[str], may_grow: bool, make_room: Callable[[Margins], list[Heading]]
) -> tuple[list[Heading], list[str], float]:
    """Lay the panels out and name the lines of several functions: at their ends, or in a legend.

    Returns the headings, what had no room, and the height of the legend in inches.
    """
    import matplotlib

    drawn = figure.axes
    if len(titles) == 1:
        place(figure, drawn, Margins())
        return [], [], 0.0
    size = float(matplotlib.rcParams["font.size"])
    room = label_width(titles, size)
    lines = named(drawn[0])
    if room <= WIDEST * figure.get_size_inches()[0] * POINTS:
        headings = make_room(Margins(right=room / POINTS))
        if label_lines(drawn[0], lines, titles, size, panel_size(drawn[0])[1]):
            return headings, [], 0.0
    return name_below(figure, lines, titles, may_grow, make_room)


def name_below(
    figure: Figure,
    lines: Sequence[Line2D],
    titles: Sequence[str],
    may_grow: bool,
    make_room: Callable[[Margins], list[Heading]],
) -> tuple[list[Heading], list[str], float]:
    """Write a legend below the panels; return the headings, what had no room, and its height in inches."""
    legend = plan_legend(figure, titles, may_grow)
    if may_grow:
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, height + legend.height)
    headings = make_room(Margins(bottom=legend.height))
    write_legend(figure, legend, lines, titles)
    lost = len(titles) - legend.names
    return headings, [f"{lost} of the {len(titles)} names in the legend"] if lost else [], legend.height


def reveal_lines(drawn: Sequence[Axes]) -> None:
    """Break each solid line into dashes where it would hide an earlier one."""
    for axes in drawn:
        reveal(axes, [line for line in named(axes) if line.get_marker() == "None"], panel_size(axes))


def named(axes: Axes) -> list[Line2D]:
    """Return the artists of the curves: those with a label of their own, in their order."""
    return [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
