"""Panels of given lines to a matplotlib Figure, with the parts that draw functions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.looks import Look
from actplot.figures.appearance.sizes import READABLE, fit_scale, size_of
from actplot.figures.build import shown_language
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.grid import Grid
from actplot.figures.parts.headings import MOST, Heading, set_heading
from actplot.figures.parts.layout import BELOW_TICKS, BOTTOM, Margins, frame, panel_size, place
from actplot.figures.parts.limits import y_limits
from actplot.figures.parts.literal import literal
from actplot.figures.parts.naming import name_lines, reveal_lines
from actplot.figures.parts.palette import line_styles
from actplot.figures.parts.titles import broken, fitted
from actplot.words.languages import speaking, spoken
from actplot.words.numbers import minus

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND = 0.18  # opacity
DOT = 0.55  # of the size of a style's markers
FEW_TICKS = 5  # of less than a decade
FEW = 40  # dots that are told apart; of more of them some are drawn
SMALL = 0.85  # of the font size, for the sentences below
LINE = 1.35  # of their size, from line to line
MOST_LINES = 24
GUIDE: Any = {"linestyle": (0, (4, 3)), "linewidth": 1.0, "marker": "None"}


def build_graph(
    graph: Graph,
    look: Look,
    size: tuple[float, float] | None,
    make_blank: Any,
    notes: list[str] | None,
    scale: float = 1.0,
) -> Figure:
    """Return the figure of given lines, under the look that is being applied; see `actplot.figures.build.build`."""
    if (language := shown_language(notes)) != spoken():
        with speaking(language):
            return build_graph(graph.again() if graph.again else graph, look, size, make_blank, notes, scale)
    grid = Grid(("f", *["df"] * (len(graph.panels) - 1)))  # type: ignore[arg-type]
    told = [fit_fonts(" ".join([graph.title, *graph.sentences])), fit_scale(size, grid, scale)]
    if notes is not None:
        notes += filter(None, told)
    figure: Figure = make_blank(look, size, grid)
    if not graph.shares_x:
        _part_axes(figure)
    styles = [*line_styles(graph.activations), *[_guide()] * len(graph.titles)]
    for axes, panel in zip(figure.axes, graph.panels, strict=True):
        _draw_panel(axes, panel, styles)
    for axes, panel in zip(figure.axes, graph.panels, strict=True):
        axes.set_ylabel(literal(panel.y_label))
        is_last = panel is graph.panels[-1] or not graph.shares_x
        axes.set_xlabel(literal(panel.x_label) if is_last else "")
        axes.tick_params(labelbottom=is_last)
    _lay_out(figure, graph, size is None, notes)
    return figure


def _part_axes(figure: Figure) -> None:
    """Give each panel an x axis of its own."""
    from actplot.figures.parts.axes import draw_ticks_together
    from actplot.figures.parts.ticks import set_ticks

    for axes in figure.axes[1:]:
        place_of: Any = axes.get_subplotspec()
        axes.remove()
        fresh = figure.add_subplot(place_of)
        draw_ticks_together(fresh)
        frame(fresh)
        set_ticks(fresh)
    set_ticks(figure.axes[0])  # its own again: the ticks of a shared axis are those of the last panel


def _guide() -> dict[str, Any]:
    import matplotlib

    return {**GUIDE, "color": matplotlib.rcParams["axes.labelcolor"]}


def _draw_panel(axes: Axes, panel: GraphPanel, styles: Sequence[dict[str, Any]]) -> None:
    """Draw the bands, lines and dots of one panel, and set its limits."""
    import matplotlib

    axes.set_xlim(*panel.span)
    if panel.is_counted:
        locator: Any = axes.xaxis.get_major_locator()
        locator.keep_whole()
    axes.set_ylim(*y_limits([panel.height(each.heights) for each in panel.series]))
    if panel.log:
        _tick_powers(axes)
    for each in panel.series:
        key = f"{panel.key}-{each.index + 1}"
        style = styles[each.index]
        _draw_band(axes, panel, each, style, key)
        line = panel.height(each.line)
        shown = line if np.isfinite(line).any() else panel.height(each.dots)
        dotted = {} if shown is line else {"linestyle": "None"}
        axes.plot(each.x, shown, label=each.title, gid=key, **{**style, "marker": "None", **dotted})
        known = np.flatnonzero(np.isfinite(panel.height(each.dots)))
        if known.size:
            some = known[:: -(-known.size // FEW)]
            size = DOT * float(matplotlib.rcParams["lines.markersize"])
            dots: Any = {"linestyle": "None", "marker": "o", "markersize": size, "markeredgewidth": 0.0}
            axes.plot(
                each.x[some],
                panel.height(each.dots)[some],
                color=style["color"],
                label="_dots",
                gid=f"{key}-dots",
                zorder=3,
                clip_on=False,
                **dots,
            )


def _draw_band(axes: Axes, panel: GraphPanel, each: Series, style: dict[str, Any], key: str) -> None:
    low, high = panel.height(each.low), panel.height(each.high)
    known = np.isfinite(low) & np.isfinite(high)
    if known.any():
        x = each.x[known]
        around = np.r_[x, x[::-1]], np.r_[low[known], high[known][::-1]]
        axes.fill(*around, color=style["color"], alpha=BAND, linewidth=0, zorder=1, gid=f"{key}-band")


def _tick_powers(axes: Axes) -> None:
    """Number a panel of logarithms by what they are the logarithms of."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    from actplot.figures.parts.ticks import Apart

    low, high = axes.get_ylim()
    if high - low > 2.5:
        size = size_of("ytick.labelsize")
        whole = Apart(axes, size, upright=True)
        whole.keep_whole()
        axes.yaxis.set_major_locator(whole)
    else:
        powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        ticks = np.array([np.log10(number) + power for power in powers for number in (1, 2, 5)])
        if np.count_nonzero((low <= ticks) & (ticks <= high)) < 3:  # so little of a decade is nearly even
            even = np.asarray(MaxNLocator(nbins=FEW_TICKS, steps=[1, 2, 5, 10]).tick_values(10.0**low, 10.0**high))
            ticks = np.log10(even[even > 0.0])
        axes.yaxis.set_major_locator(FixedLocator([tick for tick in ticks.tolist() if low <= tick <= high]))
    axes.yaxis.set_major_formatter(FuncFormatter(_power))


def _power(value: float, position: float = 0.0) -> str:
    """Return ten to a power as people write it."""
    if -3 <= value <= 4:
        return f"{10.0**value:.4g}" if value < 3 else f"{10.0**value:.0f}"
    if value == round(value):
        return "10" + str(round(value)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return minus(f"{10.0**value:.2g}")


def _lay_out(figure: Figure, graph: Graph, may_grow: bool, notes: list[str] | None) -> None:
    """Give the panels their places, name the lines, and write the headings and the sentences below."""
    import matplotlib

    em = float(matplotlib.rcParams["font.size"])
    size = max(SMALL * em, READABLE)
    width = float(figure.get_size_inches()[0]) * POINTS - 2 * em
    lines = [line for text in graph.sentences for line in broken(text, size, "normal", width, MOST_LINES)][:MOST_LINES]
    below = (len(lines) * LINE * size - 0.6 * em) / POINTS if lines else 0.0
    if may_grow:
        across, up = figure.get_size_inches()
        figure.set_size_inches(across, up + below)
    make_room = partial(_make_room, figure, graph, below)
    headings, lacks, legend = name_lines(figure, [each.title for each in graph.panels[0].series], may_grow, make_room)
    headings = headings or make_room(Margins())
    reveal_lines(figure.axes)
    for number, (axes, heading) in enumerate(zip(figure.axes, headings, strict=True)):
        set_heading(axes, heading, graph.panels[number].key)
        lacks += heading.lacks
    if lines:
        left, height = float(em / POINTS / figure.get_size_inches()[0]), float(figure.get_size_inches()[1])
        up = (legend + 0.4 * size / POINTS) / height
        text = "\n".join(map(literal, lines))
        figure.text(left, up, text, fontsize=size, linespacing=1.15, va="bottom", gid="sentences")
    if lacks and notes is not None:
        notes.append(f"the figure has no room for {' and '.join(lacks)}; --size gives it room")


def _make_room(figure: Figure, graph: Graph, below: float, margins: Margins) -> list[Heading]:
    """Place the panels with room for their headings and for the sentences below, and return the headings."""
    import matplotlib

    em = float(matplotlib.rcParams["font.size"])
    wide = Margins(right=margins.right, bottom=margins.bottom + below)
    place(figure, figure.axes, wide)
    headings = [
        _heading(axes, panel.title if number else graph.title)
        for number, (axes, panel) in enumerate(zip(figure.axes, graph.panels, strict=True))
    ]
    between = max((heading.height / POINTS for heading in headings[1:]), default=0.0)
    labels = 0.0 if graph.shares_x else (BOTTOM - BELOW_TICKS + 1.2) * em / POINTS
    above = headings[0].height / POINTS
    place(figure, figure.axes, Margins(wide.right, wide.bottom, above, between + labels))
    return headings


def _heading(axes: Axes, title: str) -> Heading:
    """Return what stands above a panel: above the first the title of the whole."""
    import matplotlib

    text = axes.set_title("", loc="left", y=1.0)
    pad = float(matplotlib.rcParams["axes.titlepad"])
    width, height = panel_size(axes)
    full, weight = float(text.get_fontsize()), text.get_fontweight()
    lines, size, is_cut = fitted([title], full, weight, width, MOST * height - pad)
    lacks = ["the end of a title"] if is_cut else []
    return Heading(lines, size, height=pad + ((len(lines) - 1) * 1.25 + 1.0) * size, lacks=lacks)
