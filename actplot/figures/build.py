"""Curves to a matplotlib Figure: f above, f' below, one x axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from actplot._lazy import numpy as np
from actplot.curve import Curve, Dot, Line
from actplot.figures.drawing import Drawing, Quantity
from actplot.figures.formulas import set_heading
from actplot.figures.limits import check_drawable, y_limits
from actplot.figures.looks import Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKED = 100  # points named one by one get a circle each, up to so many
HEIGHTS = {"f": 3.0, "df": 2.0}  # of the panels, one to the other


def build(drawing: Drawing, look: Look, size: tuple[float, float] | None = None) -> Figure:
    """Return the figure; call it, and save what it returns, under `actplot.figures.looks.applied`.

    Parameters
    ----------
    drawing
        What to draw.
    look
        The style that is being applied.
    size
        Width and height in inches; by default the style's, less a panel's height where f' is not asked for.

    Raises
    ------
    UsageError
        Where the points leave nothing to draw.

    """
    import matplotlib
    from matplotlib.figure import Figure

    span = _span(drawing.curves)
    width, height = matplotlib.rcParams["figure.figsize"]
    if not drawing.derivative:
        height *= 0.75
    figure = Figure(figsize=size or (width, height))
    panels = drawing.panels
    grid = figure.add_gridspec(len(panels), 1, height_ratios=[HEIGHTS[quantity] for quantity in panels])
    first: Axes | None = None
    drawn: dict[Quantity, Axes] = {}
    for row, quantity in enumerate(panels):
        axes = figure.add_subplot(grid[row, 0], sharex=first)
        first = first or axes
        drawn[quantity] = axes
        _draw_panel(axes, drawing.curves, quantity)
        axes.set_ylabel(look.labels.f if quantity == "f" else look.labels.df)
        if quantity != panels[-1]:
            axes.tick_params(labelbottom=False)
    axes.set_xlabel(look.labels.x)
    axes.set_xlim(*span)
    _place(figure, list(drawn.values()))
    for quantity, panel in drawn.items():
        set_heading(panel, drawing, quantity)
    if len(drawing.curves) > 1:
        drawn["f"].legend()
    return figure


def _span(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the x limits: the points' own ends, with room for the markers where they were named."""
    spans = [curve.span for curve in curves if not np.isnan(curve.span[0])]
    if not spans:
        from actplot.errors import UsageError

        raise UsageError("none of the points is finite; there is nothing to draw")
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    if low == high:
        reach = max(abs(low), 1.0) * 0.5
        low, high = low - reach, high + reach
    check_drawable(low, high)
    if any(curve.exact for curve in curves):
        margin = 0.04 * (high - low)
        return low - margin, high + margin
    return low, high


def _draw_panel(axes: Axes, curves: Sequence[Curve], quantity: Quantity) -> None:
    seen: dict[str, int] = {}
    lines: list[Line] = []
    for curve in curves:
        name = curve.activation.name
        seen[name] = seen.get(name, 0) + 1
        number = f"-{seen[name]}" if seen[name] > 1 else ""
        line = curve.f_line if quantity == "f" else curve.df_line
        lines.append(line)
        _draw_curve(
            axes,
            curve,
            line,
            curve.f_dots if quantity == "f" else curve.df_dots,
            f"{quantity}-{name}{number}",
        )
    _draw_origin(axes)
    axes.set_ylim(*y_limits(y for _, y in lines))
    axes.yaxis.set_major_formatter(_tick)
    axes.xaxis.set_major_formatter(_tick)


def _draw_origin(axes: Axes) -> None:
    """Draw the axes through the origin, quietly: darker than the grid, below the curves."""
    import matplotlib

    quiet = {
        "color": matplotlib.rcParams["axes.edgecolor"],
        "linewidth": 0.6,
        "marker": "None",
        "zorder": 1.5,
    }
    axes.axhline(0.0, **quiet)
    axes.axvline(0.0, **quiet)


def _draw_curve(axes: Axes, curve: Curve, line: Line, dots: Sequence[Dot], gid: str) -> None:
    x, y = line
    named = curve.exact and len(curve.x) <= MARKED
    style: dict[str, Any] = {} if named else {"marker": "None"}
    (artist,) = axes.plot(x, y, label=curve.activation.title, gid=gid, **style)
    if named and artist.get_marker() == "None":
        artist.set_marker("o")
    for number, dot in enumerate(dots, start=1):
        axes.plot(
            [dot.x],
            [dot.y],
            linestyle="None",
            marker="o",
            markersize=artist.get_markersize() * (1.15 if named else 1.0),
            color=artist.get_color(),
            markerfacecolor=artist.get_color() if dot.filled else axes.get_facecolor(),
            markeredgewidth=max(artist.get_linewidth() * 0.75, 0.8),
            gid=f"{gid}-{'value' if dot.filled else 'limit'}-{number}",
            zorder=artist.get_zorder() + 1,
            clip_on=False,
        )


def _tick(value: float, position: float = 0.0) -> str:
    return f"{value:.6g}".replace("-", "−").replace("e+", "e")


def _place(figure: Figure, panels: Sequence[Axes]) -> None:
    """Set the margins in inches, from the font size and the longest tick label.

    matplotlib's layout engines would draw the figure twice to learn the same.
    """
    import matplotlib

    em = matplotlib.rcParams["font.size"] / 72
    width, height = figure.get_size_inches()
    longest = 0
    for axes in panels:
        low, high = axes.get_ylim()
        ticks = [tick for tick in axes.yaxis.get_major_locator().tick_values(low, high) if low <= tick <= high]
        longest = max([longest, *(len(_tick(tick)) for tick in ticks)])
    label = (0.62 * longest + 1.0) * em
    left, right = label + 1.9 * em, 1.6 * em
    bottom, top, gap = 3.9 * em, 2.8 * em, 3.7 * em
    figure.subplots_adjust(
        left=min(left / width, 0.45),
        right=max(1 - right / width, 0.55),
        bottom=min(bottom / height, 0.4),
        top=max(1 - top / height, 0.6),
    )
    inside = max(height - bottom - top, 0.1) / len(panels)
    figure.subplots_adjust(hspace=min(gap / inside, 0.8))
    for axes in panels:
        box = axes.get_position()
        axes.yaxis.set_label_coords(-label / (box.width * width), 0.5)
