"""Charts for the terminal: braille curves over quiet axes, f above f'.

The walk: curves -> scales (``scale``) -> braille patterns (``raster``) -> a grid of characters and their
owners (``panel``) -> lines of styled words (``frame``) -> text, in one of two alphabets (``glyphs``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.panels import Content, Panel, Quantity, panels
from actplot.functions import naming
from actplot.functions.parametrised import X
from actplot.terminal.frame import Words, colours, cut, floor, heading, key, remark, walls
from actplot.terminal.glyphs import ASCII, UNICODE, Glyphs
from actplot.terminal.panel import draw
from actplot.terminal.scale import fit_x, fit_y
from actplot.words.languages import say

if TYPE_CHECKING:
    from rich.text import Text

    from actplot.arrays import Array
    from actplot.curves.curve import Curve

LEAST_COLUMNS = 4  # of a panel
LEAST_INDENT = 6  # what stands left of a panel, at the least
FLOOR_LINES = 2  # the axis of x and its labels


def chart(
    curves: Sequence[Curve],
    *,
    content: Content,
    width: int,
    height: int,
    title: str | None = None,
    unicode: bool = True,
    captions: Mapping[Quantity, str] | None = None,
    ylim: tuple[float, float] | None = None,
) -> Text:
    """Draw one curve, or several over one another, as text.

    Parameters
    ----------
    curves
        What to draw.
    content
        Which panels there are beside f.
    width, height
        The size in character cells; no line is longer, and there are no more lines.
    title
        A line above everything.
    unicode
        Whether the screen has more than ASCII.
    captions
        Remarks to follow the names of panels, in place of the usual ones.
    ylim
        The y range of f, which the nearest round numbers hold; by default one that shows the shape.

    Raises
    ------
    ValueError
        Where there are no curves.

    """
    from rich.text import Text

    if not curves:
        raise ValueError("a chart needs at least one curve")
    glyphs = UNICODE if unicode else ASCII
    # Heights that are tiny beside the largest may round to zero.
    with np.errstate(under="ignore"):
        lines = _lines(curves, content, width, height, title, glyphs, captions or {}, ylim)
    text = Text(no_wrap=True, overflow="crop", end="\n")
    for number, line in enumerate(lines[:height]):
        text.append("\n" if number else "")
        for word, style in cut(line, width, glyphs):
            text.append(word, style)
    return text


def _lines(
    curves: Sequence[Curve],
    content: Content,
    width: int,
    height: int,
    title: str | None,
    glyphs: Glyphs,
    captions: Mapping[Quantity, str],
    ylim: tuple[float, float] | None,
) -> list[Words]:
    """Return the lines of a chart from the top down."""
    shown = panels(curves, content)
    axis = naming.axis([curve.activation for curve in curves])
    over = "" if axis == X else say().over_axis.format(axis=axis)
    head = [heading(title, glyphs)] if title else []
    inks = colours([curve.activation for curve in curves])
    if len(curves) > 1:
        titles = naming.labels([curve.activation for curve in curves])
        head += key(titles, inks, width - LEAST_INDENT, max(height // 6, 1), glyphs)
    rows = height - len(head) - len(shown) - FLOOR_LINES
    scales = fit_y([_heights(panel, ylim) for panel in shown], rows)
    labels = [dict(scale.ticks) for scale in scales]
    gutter = max((len(label) for by_row in labels for label in by_row.values()), default=0)
    if gutter > width // 3:
        gutter, labels = 0, [dict.fromkeys(by_row, "") for by_row in labels]
    x = fit_x(*_range(curves), max(width - gutter - 3, LEAST_COLUMNS))
    gutter += max(width - gutter - 2 - x.columns, 0) // 2
    indent = (" " * (gutter + 2), "")
    lines = [[indent, *line] for line in head]
    for panel, y, by_row in zip(shown, scales, labels, strict=True):
        words = heading(_name(panel, curves), glyphs)
        note = captions.get(panel.quantity, panel.words or (over if panel is shown[0] else _caption(panel.quantity)))
        beside = remark(note, words, width - gutter - 2, glyphs)
        if panel.quantity == "gradient" and not beside:  # at any width it is told from f'
            words = heading(say().trained, glyphs)
        lines.append([indent, *words, *beside])
        lines += walls(draw(panel.tracks, x, y, glyphs), by_row, gutter, inks, glyphs)
    return lines + floor(x, gutter, width, glyphs)


def _caption(quantity: Quantity) -> str:
    """Return the usual remark behind the name of a panel."""
    said = say()
    words = {"df": said.derivative.lower(), "d2f": said.second_derivative.lower(), "difference": said.from_the_first}
    return words.get(quantity, "")


def _heights(panel: Panel, ylim: tuple[float, float] | None) -> list[Array]:
    """Return what a panel should reach."""
    if ylim and panel.quantity == "f":
        return [np.array(ylim)]
    return [track.heights for track in panel.tracks]


def _range(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the range that shows all curves; any, where none has a finite point."""
    ends = [end for curve in curves for end in curve.span if np.isfinite(end)]
    return (min(ends), max(ends)) if ends else (-1.0, 1.0)


def _name(panel: Panel, curves: Sequence[Curve]) -> str:
    """Return the name of a panel: the function with its primes, or what several functions share."""
    if panel.quantity == "difference":
        first = naming.titles([curve.activation for curve in curves])[0]
        return panel.tracks[0].title if len(panel.tracks) == 1 else f"f(x) − {first}"
    if len(curves) > 1:
        return f"f{panel.primes}(x)"
    return naming.primed(curves[0].activation, panel.primes)
