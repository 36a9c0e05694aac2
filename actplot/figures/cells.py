"""Small multiples: each of many functions in a cell of its own, the others as ghosts behind it, all axes shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actplot.curves.panels import Panel
from actplot.figures.appearance.sizes import READABLE, size_of
from actplot.figures.drawing import Drawing
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.axis_words import name_axes
from actplot.figures.parts.grid import HEIGHTS, Grid
from actplot.figures.parts.layout import BELOW_TICKS, BESIDE_LABEL, BOTTOM, RIGHT, beside_ticks, beyond, panel_size
from actplot.figures.parts.limits import hold
from actplot.figures.parts.palette import legible, line_styles, title_colour, track_styles
from actplot.figures.parts.remarks import mark_everywhere
from actplot.figures.parts.strokes import draw_curves, draw_ghosts, limit
from actplot.figures.parts.tangents import draw_tangents
from actplot.figures.parts.titles import LINE, fitted
from actplot.functions.naming import headings, labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# In ems of the base font.
ABOVE, BELOW = 0.8, 0.6  # of the title of all: to the edge, and to what is under it
BETWEEN, WITHIN = 1.3, 0.8  # two cells side by side; two panels of a cell
NAME, AFTER = 1.9, 0.9  # what is above a cell, for its name; what is below it
BY_NAME = 0.4  # from a cell to its name
SMALL = 0.75  # of a style's lines and circles
LOW = 2.4  # of a panel that has no room for the words beside it
MOST = 0.75  # of the figure, for all that is not panels
MOST_TITLE = 0.3  # of its height, for the title


def fill(figure: Figure, drawing: Drawing, shown: Sequence[Panel], grid: Grid) -> list[str]:
    """Draw each function in its cell; return what had no room.

    Parameters
    ----------
    figure
        Its panels empty, those of the first cell first.
    drawing
        What is drawn.
    shown
        The panels of each cell, with the curves of all functions.
    grid
        How the panels stand.

    """
    import matplotlib

    activations = [curve.activation for curve in drawing.curves]
    cells = [figure.axes[start : start + len(shown)] for start in range(0, len(figure.axes), len(shown))]
    for cell in cells:
        for axes, panel in zip(cell, shown, strict=True):
            limit(axes, panel, drawing.frame.ylim)
    lacks = _head(figure, drawing, grid)
    settings: Any = matplotlib.rcParams
    small = {name: float(settings[f"lines.{name}"]) * SMALL for name in ("linewidth", "markersize")}
    styles = [[small | look for look in track_styles(panel, activations, by_colour=True)] for panel in shown]
    for index, cell in enumerate(cells):
        for axes, panel, looks in zip(cell, shown, styles, strict=True):
            own = [number for number, track in enumerate(panel.tracks) if track.index == index]
            others = [track for track in panel.tracks if track.index != index and track.quantity == panel.quantity]
            draw_ghosts(axes, others, index + 1)
            ours = replace(panel, tracks=[panel.tracks[n] for n in own])
            draw_curves(axes, ours.tracks, drawing.curves, [looks[n] for n in own])
            draw_tangents(axes, drawing, ours)
            if panel.quantity == "f" and drawing.frame.ylim:
                hold(axes, drawing.frame.ylim)
            if drawing.equal:
                axes.set_aspect("equal", adjustable="box")
            if drawing.detail != "plain":
                mark_everywhere(axes, ours, f"-{index + 1}")
    return [*lacks, *_name_cells(cells, drawing, grid), *name_axes(figure, drawing.frame)]


def _head(figure: Figure, drawing: Drawing, grid: Grid) -> list[str]:
    """Write the title of all and place the panels under it."""
    import matplotlib

    settings = matplotlib.rcParams
    em = float(settings["font.size"])
    width, height = (side * POINTS for side in figure.get_size_inches())
    left = (beside_ticks(figure.axes[: len(grid.quantities)]) + BESIDE_LABEL) * em
    right = max(RIGHT, beyond(figure.axes[0])) * em
    full, weight = size_of("axes.titlesize"), settings["axes.titleweight"]
    names = [drawing.title] if drawing.title is not None else headings([curve.activation for curve in drawing.curves])
    lines, size, is_cut = fitted(names, full, weight, width - left - right, MOST_TITLE * height)
    figure.text(
        min(left / width, 1 - MOST),
        1 - ABOVE * em / height,
        "\n".join(lines),
        ha="left",
        va="top",
        fontsize=size,
        fontweight=weight,
        color=title_colour(),
        linespacing=LINE,
        gid="title",
    )
    _place(figure, grid, left, right, (ABOVE + BELOW) * em + len(lines) * LINE * size)
    return ["the end of the title"] if is_cut else []


def _place(figure: Figure, grid: Grid, left: float, right: float, top: float) -> None:
    """Place the panels of all cells, given what is around them in points."""
    import matplotlib

    em = float(matplotlib.rcParams["font.size"])
    width, height = (side * POINTS for side in figure.get_size_inches())
    heights = [1.0] if grid.beside else [HEIGHTS[quantity] for quantity in grid.quantities]
    gap, within = BETWEEN * em, left if grid.beside else 0.0
    beside = left + right + (grid.across - 1) * within + (grid.columns - 1) * grid.across * gap
    row = (NAME + (len(heights) - 1) * WITHIN) * em
    above = BOTTOM * em + grid.rows * row + (grid.rows - 1) * AFTER * em
    across, up = (min(1.0, MOST * side / taken) for side, taken in ((width, beside), (height - top, above)))
    wide = (width - across * beside) / (grid.columns * grid.across)
    high = (height - top - up * above) / grid.rows / sum(heights)
    for number, axes in enumerate(figure.axes):
        line, column = grid.place(number)
        cell, panel = divmod(line, len(heights))
        x = across * left + column * wide
        x += across * (min(column, grid.across - 1) * within + max(column - grid.across + 1, 0) * gap)
        y = height - top - up * (cell * (row + AFTER * em) + (NAME + panel * WITHIN) * em)
        y -= high * (cell * sum(heights) + sum(heights[: panel + 1]))
        axes.set_position((x / width, y / height, wide / width, high * heights[panel] / height))
        if high * heights[panel] < LOW * em:
            axes.set_ylabel("")
        if up < 1.0:
            axes.set_xlabel("")
        axes.yaxis.set_label_coords(-(left - BESIDE_LABEL * em) * across / wide, 0.5)
        axes.xaxis.set_label_coords(0.5, -BELOW_TICKS * em / (high * heights[panel]))


def _name_cells(cells: Sequence[Sequence[Any]], drawing: Drawing, grid: Grid) -> list[str]:
    """Write the name of each function above its cell, in its colour; return what had no room."""
    import matplotlib

    activations = [curve.activation for curve in drawing.curves]
    em = float(matplotlib.rcParams["font.size"])
    lost = 0
    for cell, name, style in zip(cells, labels(activations), line_styles(activations, by_colour=True), strict=True):
        room = sum(panel_size(axes)[0] for axes in cell) if grid.beside else panel_size(cell[0])[0]
        (words, *_), size, is_cut = fitted([name], max(em, READABLE), "normal", room + BETWEEN * em / 2, em)
        lost += is_cut
        cell[0].set_title(
            words,
            loc="left",
            y=1.0,
            pad=BY_NAME * em,
            fontsize=size,
            fontweight="normal",
            color=legible(style["color"]),
        )
    return [f"the end of {lost} names"] if lost > 1 else ["the end of a name"] if lost else []
