"""Panels of given lines as a chart of characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Dot
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.curves.panels import Track
from actplot.terminal.frame import Words, colours, cut, floor, heading, key, remark, walls
from actplot.terminal.glyphs import ASCII, AXIS, UNICODE, Glyphs
from actplot.terminal.panel import draw
from actplot.terminal.scale import fit_x, fit_y

if TYPE_CHECKING:
    from rich.text import Text

FLOOR_LINES = 2
LEAST_COLUMNS = 4
LEAST_INDENT = 6
LEAST_WIDTH = 20  # cells that sentences have
FEW = 10  # dots of one line
LEAST_ROWS = 3  # of a panel; sentences that would leave it less are left to scroll


def graph_chart(graph: Graph, width: int, height: int, unicode: bool = True) -> Text:
    """Draw panels of given lines as text of at most so many characters a line, and under them the sentences."""
    from rich.console import Console
    from rich.text import Text

    glyphs = UNICODE if unicode else ASCII
    console, told = Console(width=width), [Text(glyphs.text(sentence)) for sentence in graph.sentences]
    sentences = [line.plain.rstrip() for text in told for line in text.wrap(console, max(width, LEAST_WIDTH))]
    panels = len(graph.panels)
    kept = panels * (1 + LEAST_ROWS) + (1 if graph.shares_x else panels) * FLOOR_LINES + 1
    with np.errstate(under="ignore"):
        lines = _lines(graph, width, max(height - len(sentences), kept), glyphs)
    text = Text(no_wrap=True, overflow="crop", end="\n")
    for line in [*lines, *([(sentence, "")] for sentence in sentences)]:
        text.append("\n" if text else "")
        for word, style in cut(line, width, glyphs):
            text.append(word, style)
    return text


def _lines(graph: Graph, width: int, height: int, glyphs: Glyphs) -> list[Words]:
    several = len(graph.titles) > 1
    inks = [*colours(graph.activations), *[AXIS] * len(graph.titles)]
    head = key(graph.titles, inks, width - LEAST_INDENT, max(height // 6, 1), glyphs) if several else []
    floors = 1 if graph.shares_x else len(graph.panels)
    rows = height - len(head) - len(graph.panels) - floors * FLOOR_LINES
    scales = fit_y([[panel.height(each.heights) for each in panel.series] for panel in graph.panels], rows)
    labels = [_labels(panel, scale.ticks) for panel, scale in zip(graph.panels, scales, strict=True)]
    gutter = max((len(label) for by_row in labels for label in by_row.values()), default=0)
    if gutter > width // 3:
        gutter, labels = 0, [dict.fromkeys(by_row, "") for by_row in labels]
    indent = (" " * (gutter + 2), "")
    lines: list[Words] = [[indent, *line] for line in head]
    for panel, y, by_row in zip(graph.panels, scales, labels, strict=True):
        x = fit_x(*panel.span, max(width - gutter - 3, LEAST_COLUMNS))
        if panel.is_counted:
            x = replace(x, ticks=tuple((at, f"{float(text):g}") for at, text in x.ticks if float(text).is_integer()))
        words = heading(panel.title if panel is not graph.panels[0] else graph.title, glyphs)
        lines.append([indent, *words, *remark(panel.over, words, width - gutter - 2, glyphs)])
        lines += walls(draw([_track(panel, each) for each in panel.series], x, y, glyphs), by_row, gutter, inks, glyphs)
        if panel is graph.panels[-1] or not graph.shares_x:
            lines += floor(x, gutter, width, glyphs)
    return lines


def _labels(panel: GraphPanel, ticks: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return what stands beside rows: on a logarithmic panel powers of ten, with what is between them where few are."""
    if not panel.log:
        return dict(ticks)
    known = {row: float(text) for row, text in ticks}
    whole = {row: value for row, value in known.items() if value.is_integer()}
    return {row: _power(value) for row, value in (whole if len(whole) > 1 else known).items()}


def _power(value: float) -> str:
    """Return ten to a power in few characters."""
    if -4 <= value < 5:
        return f"{10.0**value:.2g}" if value < 2 else f"{10.0**value:.0f}"
    return f"1e{value:g}" if value.is_integer() else f"{10.0**value:.1e}".replace("e-0", "e-").replace("e+0", "e")


def _track(panel: GraphPanel, each: Series) -> Track:
    known = np.flatnonzero(np.isfinite(dots := panel.height(each.dots)))
    some = known[:: -(-known.size // FEW)] if known.size else known
    shown = tuple(Dot(float(each.x[at]), float(dots[at]), filled=True) for at in some)
    return Track(panel.key, each.index, each.title, (each.x, panel.height(each.line)), shown, dots)
