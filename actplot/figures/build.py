"""Panels to a matplotlib Figure: f above, f' below, one x axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve
from actplot.curves.grid import nothing_finite
from actplot.curves.panels import Panel, Track, panels
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.looks import Look
from actplot.figures.appearance.sizes import fit_scale
from actplot.figures.drawing import Drawing
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.axis_words import name_axes
from actplot.figures.parts.blank import Maker, blank
from actplot.figures.parts.circles import draw_circles
from actplot.figures.parts.crowding import settle
from actplot.figures.parts.headings import Heading, plan_heading, set_heading
from actplot.figures.parts.labels import WIDEST, label_lines, label_width
from actplot.figures.parts.layout import Margins, panel_size, place
from actplot.figures.parts.legend import plan_legend, write_legend
from actplot.figures.parts.limits import check_drawable, hold, y_limits
from actplot.figures.parts.overlap import reveal
from actplot.figures.parts.palette import line_styles
from actplot.figures.parts.remarks import remark
from actplot.figures.parts.tangents import draw_tangents, without_tangent
from actplot.figures.parts.waves import tick_x
from actplot.functions.naming import labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

MARKED = 100  # points named one by one get a circle each, up to so many; beyond, those that no line joins


def build(
    drawing: Drawing,
    look: Look,
    size: tuple[float, float] | None = None,
    make_blank: Maker = blank,
    notes: list[str] | None = None,
    scale: float = 1.0,
) -> Figure:
    """Return the figure; call it, and save what it returns, under `actplot.figures.appearance.looks.applied`.

    Parameters
    ----------
    drawing
        What to draw.
    look
        The style that is being applied.
    size
        Width and height in inches; by default the style's, its height adapted to the number of panels.
    make_blank
        What makes the empty panels.
    notes
        Takes a line where words had no room or no font.
    scale
        How many times as large as in the style words, lines and marks are.

    Raises
    ------
    UsageError
        Where the points leave nothing to draw.

    """
    span = _span(drawing.curves)
    if drawing.frame.ylim:
        check_drawable(*drawing.frame.ylim, "--ylim")
    shown = panels(drawing.curves, drawing.content)
    told = [fit_fonts(drawing.words) if drawing.words else None, fit_scale(size, len(shown), scale)]
    if notes is not None:
        notes += [*filter(None, told), *without_tangent(drawing)]
    figure = make_blank(look, size, tuple(panel.quantity for panel in shown))
    drawn = figure.axes
    styles = line_styles([curve.activation for curve in drawing.curves])
    drawn[0].set_xlim(*span)
    tick_x(drawn[0], drawing.curves)
    for axes, panel in zip(drawn, shown, strict=True):
        marked = [_is_marked(drawing.curves[track.index], track) for track in panel.tracks]
        lines = [
            _draw_line(axes, track, named, styles[track.index])
            for track, named in zip(panel.tracks, marked, strict=True)
        ]
        shown_too = (
            [np.zeros(1)] if panel.quantity in ("df", "gradient") else []
        )  # a gradient is large or small by its distance from 0
        limits = drawing.frame.ylim if panel.quantity == "f" else None
        axes.set_ylim(*(limits or y_limits([*(track.heights for track in panel.tracks), *shown_too])))
        draw_circles(axes, list(zip(panel.tracks, lines, marked, strict=True)))
        if drawing.equal:
            axes.set_aspect("equal", adjustable="box")
    lacks = _lay_out(figure, drawing, shown, may_grow=size is None)
    if lacks and notes is not None:
        notes.append(f"the figure has no room for {_listed(lacks)}; --size gives it room")
    return figure


def _lay_out(figure: Figure, drawing: Drawing, shown: Sequence[Panel], may_grow: bool) -> list[str]:
    """Give the panels their places, name the curves, write the headings; return what had no room."""
    drawn = figure.axes
    headings, lacks = _name_lines(figure, drawing, shown, may_grow)
    _reveal_lines(drawn)
    for axes, panel in zip(drawn, shown, strict=True):
        remark(axes, drawing, panel)
        draw_tangents(axes, drawing, panel)
        if panel.quantity == "f" and drawing.frame.ylim:
            hold(axes, drawing.frame.ylim)
    if len(drawing.curves) == 1:
        headings = _make_room(figure, drawing, shown, Margins())  # now that the remarks have made theirs
    words = sum(settle(axes) for axes in drawn) if len(drawing.curves) == 1 else 0
    for axes, panel, heading in zip(drawn, shown, headings, strict=True):
        set_heading(axes, heading, panel.quantity)
        lacks += heading.lacks
    lacks += name_axes(figure, drawing.frame)
    return [*lacks, *([f"the words of {words} of its marks"] if words else [])]


def _make_room(figure: Figure, drawing: Drawing, shown: Sequence[Panel], margins: Margins) -> list[Heading]:
    """Place the panels with room for the headings that fit their width, and return those."""
    place(figure, figure.axes, margins)
    if drawing.equal:
        for axes in figure.axes:
            axes.apply_aspect()
    headings = [plan_heading(axes, drawing, panel) for axes, panel in zip(figure.axes, shown, strict=True)]
    above, *between = (heading.height / POINTS for heading in headings)
    place(figure, figure.axes, replace(margins, above=above, between=max(between, default=0.0)))
    return headings


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _span(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the x limits: the points' own ends, with room for the markers where they were named."""
    spans = [curve.span for curve in curves if not np.isnan(curve.span[0])]
    if not spans:
        raise nothing_finite()
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    if low == high:
        reach = max(abs(low), 1.0) * 0.5
        low, high = low - reach, high + reach
    check_drawable(low, high)
    if any(curve.exact for curve in curves):
        margin = 0.04 * (high - low)
        return low - margin, high + margin
    return low, high


def _is_marked(curve: Curve, track: Track) -> bool:
    return curve.exact and (len(curve.x) <= MARKED or len(track.apart) > 0)


def _draw_line(axes: Axes, track: Track, named: bool, style: dict[str, Any]) -> Line2D:
    """Draw one curve, broken where it jumps."""
    marker: dict[str, Any] = {} if named else {"marker": "None"}
    x, y = track.line
    (artist,) = axes.plot(x, y, label=track.title, gid=track.key, **{**style, **marker})
    if named and artist.get_marker() == "None":
        artist.set_marker("o")
    if named and len(x) > MARKED:
        artist.set_markevery(track.apart)  # the others are on a line
    return artist


def _name_lines(
    figure: Figure, drawing: Drawing, shown: Sequence[Panel], may_grow: bool
) -> tuple[list[Heading], list[str]]:
    """Lay the panels out and name the lines of several functions: at their ends, or in a legend.

    Returns the headings, and what had no room.
    """
    import matplotlib

    drawn = figure.axes
    titles = labels([curve.activation for curve in drawing.curves])
    if len(titles) == 1:
        place(figure, drawn, Margins())
        return [], []
    size = float(matplotlib.rcParams["font.size"])
    room = label_width(titles, size)
    lines = _named(drawn[0])
    if room <= WIDEST * figure.get_size_inches()[0] * POINTS:
        headings = _make_room(figure, drawing, shown, Margins(right=room / POINTS))
        if label_lines(drawn[0], lines, titles, size, panel_size(drawn[0])[1]):
            return headings, []
    legend = plan_legend(figure, titles, may_grow)
    if may_grow:
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, height + legend.height)
    headings = _make_room(figure, drawing, shown, Margins(bottom=legend.height))
    write_legend(figure, legend, lines, titles)
    lost = len(titles) - legend.names
    return headings, [f"{lost} of the {len(titles)} names in the legend"] if lost else []


def _reveal_lines(drawn: Sequence[Axes]) -> None:
    for axes in drawn:
        solid = [line for line in _named(axes) if line.get_linestyle() == "-" and line.get_marker() == "None"]
        reveal(axes, solid, panel_size(axes))


def _named(axes: Axes) -> list[Line2D]:
    """Return the artists of the curves: those with a label of their own, in their order."""
    return [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
