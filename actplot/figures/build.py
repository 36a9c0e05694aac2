"""Panels to a matplotlib Figure: f above, f' below, one x axis; or a cell for each of many functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve
from actplot.curves.grid import nothing_finite
from actplot.curves.panels import Panel, panels, together
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.looks import Look
from actplot.figures.appearance.sizes import fit_scale
from actplot.figures.drawing import Drawing
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.axis_words import name_axes
from actplot.figures.parts.blank import Maker, blank
from actplot.figures.parts.crowding import settle
from actplot.figures.parts.grid import has_cells, plan_grid
from actplot.figures.parts.headings import Heading, plan_heading, set_heading
from actplot.figures.parts.layout import Margins, panel_size, place
from actplot.figures.parts.limits import check_drawable, hold
from actplot.figures.parts.naming import named, reveal_lines
from actplot.figures.parts.palette import track_styles
from actplot.figures.parts.remarks import mark_everywhere, remark
from actplot.figures.parts.strokes import draw_curves, limit
from actplot.figures.parts.tangents import draw_tangents, without_tangent
from actplot.figures.parts.waves import tick_x
from actplot.functions.naming import listed
from actplot.words.languages import Language, say, speaking, spoken

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def shown_language(notes: list[str] | None) -> Language:
    """Return the language of a figure's own words: English where no font here has the letters, which a note says."""
    if spoken() == "en" or not (lacking := fit_fonts(say().letters)):
        return spoken()
    if notes is not None:
        missing, _, cure = lacking.partition(", which show as boxes")
        notes.append(f"{missing}: the figure's own words are in English{cure}")
    return "en"


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
    import matplotlib

    if (language := shown_language(notes)) != spoken():
        with speaking(language):
            return build(drawing, look, size, make_blank, notes, scale)
    span = _span(drawing.curves)
    if drawing.frame.ylim:
        check_drawable(*drawing.frame.ylim, "--ylim")
    shown = panels(drawing.curves, drawing.content)
    if drawing.layout == "together":
        shown = together(shown, drawing.curves)
    many = has_cells([curve.activation for curve in drawing.curves])
    grid = plan_grid(
        tuple(panel.quantity for panel in shown),
        drawing.layout == "beside",
        len(drawing.curves) if many else 1,
        size,
        float(matplotlib.rcParams["figure.figsize"][0]),
        float(matplotlib.rcParams["font.size"]) / POINTS,
    )
    words = drawing.words + (say().letters if spoken() != "en" else "")
    told = [fit_fonts(words) if words else None, fit_scale(size, grid, scale)]
    if notes is not None:
        notes += [*filter(None, told), *without_tangent(drawing)]
    figure = make_blank(look, size, grid)
    drawn = figure.axes
    drawn[0].set_xlim(*span)
    tick_x(drawn[0], drawing.curves)
    if many:
        from actplot.figures.cells import fill

        lacks = fill(figure, drawing, shown, grid)
    else:
        for axes, panel in zip(drawn, shown, strict=True):
            limit(axes, panel, drawing.frame.ylim)
            styles = track_styles(panel, [curve.activation for curve in drawing.curves])
            draw_curves(axes, panel.tracks, drawing.curves, styles)
            if drawing.detail != "plain":
                mark_everywhere(axes, panel)
            if drawing.equal:
                axes.set_aspect("equal", adjustable="box")
        lacks = _lay_out(figure, drawing, shown, may_grow=size is None)
    if lacks and notes is not None:
        notes.append(f"the figure has no room for {listed(lacks)}; --size gives it room")
    return figure


def _lay_out(figure: Figure, drawing: Drawing, shown: Sequence[Panel], may_grow: bool) -> list[str]:
    """Give the panels their places, name the curves, write the headings; return what had no room."""
    drawn = figure.axes
    headings, lacks = _name_lines(figure, drawing, shown, may_grow)
    reveal_lines(drawn)
    for axes, panel in zip(drawn, shown, strict=True):
        draw_tangents(axes, drawing, panel)
        remark(axes, drawing, panel)
        if panel.quantity == "f" and drawing.frame.ylim:
            hold(axes, drawing.frame.ylim)
    words = 0
    if all(len(panel.tracks) == 1 for panel in shown):
        headings = _settled(figure, drawing, shown, headings)
        words = sum(map(settle, drawn)) if len(drawing.curves) == 1 else 0
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
    _stand(figure, headings, margins)
    return headings


def _stand(figure: Figure, headings: Sequence[Heading], margins: Margins) -> None:
    """Place the panels below their headings, with the room that figures of one function have in common."""
    above, *between = (max(heading.height, heading.usual) / POINTS for heading in headings)
    place(figure, figure.axes, replace(margins, above=above, between=max(between, default=0.0)))


def _settled(figure: Figure, drawing: Drawing, shown: Sequence[Panel], headings: list[Heading]) -> list[Heading]:
    """Place the panels as the remarks have left them; return the headings, others where the width has changed."""
    width, _ = panel_size(figure.axes[0])
    _stand(figure, headings, Margins())
    return headings if panel_size(figure.axes[0])[0] >= width else _make_room(figure, drawing, shown, Margins())


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


def _name_lines(
    figure: Figure, drawing: Drawing, shown: Sequence[Panel], may_grow: bool
) -> tuple[list[Heading], list[str]]:
    """Lay the panels out and name the lines of several functions; return the headings, and what had no room."""
    if len(shown[0].tracks) == 1:
        return _make_room(figure, drawing, shown, Margins()), []
    from actplot.figures.parts.names import name_curves

    lines = [named(axes) for axes in figure.axes]
    return name_curves(figure, shown, lines, partial(_make_room, figure, drawing, shown), may_grow)
