"""Which curve is which: names where curves are apart, at their ends or inside; a legend where they nowhere are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from actplot.curves.panels import Panel
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.headings import Heading
from actplot.figures.parts.inside import name_inside
from actplot.figures.parts.labels import WIDEST, distinct_ends, label_lines, label_width
from actplot.figures.parts.layout import Margins, panel_size
from actplot.figures.parts.legend import key_height, key_width, write_key
from actplot.figures.parts.naming import name_below

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

SMALL = 0.9  # of the font size, for names inside a panel


def name_curves(
    figure: Figure,
    shown: Sequence[Panel],
    lines: Sequence[Sequence[Line2D]],
    make_room: Callable[[Margins], list[Heading]],
    may_grow: bool,
) -> tuple[list[Heading], list[str]]:
    """Name the curves of each panel.

    Parameters
    ----------
    figure
        The figure, its curves drawn.
    shown, lines
        The panels, and the artists of the curves of each.
    make_room
        Places the panels, given their margins, and returns their headings.
    may_grow
        Whether the figure may become higher by a legend.

    Returns
    -------
    tuple
        The headings, and what had no room.

    """
    import matplotlib

    size = float(matplotlib.rcParams["font.size"])
    titles = [track.title for track in shown[0].tracks]
    first, ours = figure.axes[0], lines[0]
    width, _ = (side * POINTS for side in figure.get_size_inches())
    is_row = _is_row(figure)
    room = label_width(titles, size)
    has_margin = not is_row and room <= WIDEST * width

    headings = make_room(Margins())
    ends = distinct_ends(first, ours, panel_size(first)[1]) if has_margin else []
    if len(ends) == len(titles):
        headings = make_room(Margins(right=room / POINTS))
        if label_lines(first, ours, titles, size, panel_size(first)[1]):
            _name_others(figure, shown, lines, size)
            return headings, []
        headings = make_room(Margins())
    if _name_within(figure, shown, lines, size):
        return headings, []
    rest = [index for index in range(len(titles)) if index not in ends]
    if ends:
        named = [titles[index] for index in ends]
        headings = make_room(Margins(right=label_width(named, size) / POINTS))
        if name_inside(first, ours, titles, SMALL * size, rest):
            label_lines(first, [ours[index] for index in ends], named, size, panel_size(first)[1])
            _name_others(figure, shown, lines, size)
            return headings, []
    return _explain(figure, ours, titles, make_room, may_grow)


def _name_within(figure: Figure, shown: Sequence[Panel], lines: Sequence[Sequence[Line2D]], size: float) -> bool:
    """Name each curve inside one of the panels at least; return False, having named none, where that fails."""
    written = [text for axes in figure.axes for text in axes.texts]
    named = set(name_inside(figure.axes[0], lines[0], _titles(shown[0], shown), SMALL * size))
    tracks = {shown[0].tracks[index].index for index in named}
    if len(named) == len(lines[0]) or len(shown[0].quantities) == 1:
        tracks |= _name_others(figure, shown, lines, size)
    if len(named) == len(lines[0]) or (len(shown[0].quantities) == 1 and len(tracks) == len(lines[0])):
        return True
    for axes in figure.axes:
        for text in [text for text in axes.texts if text not in written]:
            text.remove()
    return False


def _name_others(figure: Figure, shown: Sequence[Panel], lines: Sequence[Sequence[Line2D]], size: float) -> set[int]:
    """Name the curves of the panels after the first that stand apart from others somewhere; return which."""
    found = set()
    for axes, panel, ours in zip(figure.axes[1:], shown[1:], lines[1:], strict=True):
        named = name_inside(axes, ours, _titles(panel, shown), SMALL * size) if len(ours) > 1 else []
        found |= {panel.tracks[index].index for index in named}
    return found


def _titles(panel: Panel, shown: Sequence[Panel]) -> list[str]:
    """Return what the curves of a panel are called, as those of the first are."""
    names = {track.index: track.title for track in reversed(shown[0].tracks)}
    return [track.title if panel is shown[0] else names[track.index] for track in panel.tracks]


def _explain(
    figure: Figure,
    lines: Sequence[Line2D],
    titles: Sequence[str],
    make_room: Callable[[Margins], list[Heading]],
    may_grow: bool,
) -> tuple[list[Heading], list[str]]:
    """Write a legend: beside the panels, or below them where that has no room."""
    width, height = (side * POINTS for side in figure.get_size_inches())
    right = key_width(titles)
    if right <= WIDEST * width and key_height(len(titles)) <= 0.7 * height:
        headings = make_room(Margins(right=right / POINTS))
        write_key(figure.axes[-1 if _is_row(figure) else 0], lines, titles)
        return headings, []
    headings, lacks, _ = name_below(figure, lines, titles, may_grow, make_room)
    return headings, lacks


def _is_row(figure: Figure) -> bool:
    return bool(figure.axes[-1].get_position().x0 > figure.axes[0].get_position().x0)
