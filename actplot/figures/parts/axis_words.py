"""The words at the axes that a user has written: as large as the style's, smaller where they are long."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from actplot.figures.appearance.sizes import READABLE
from actplot.figures.drawing import Frame
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import literal, text_width

if TYPE_CHECKING:
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure


def name_axes(figure: Figure, frame: Frame) -> list[str]:
    """Write the words at the axes of x and of f, the panels at their places; return what had no room."""
    wished = (
        (figure.axes[-1].xaxis, frame.xlabel, panel_size(figure.axes[-1])[0], "x"),
        (figure.axes[0].yaxis, frame.ylabel, panel_size(figure.axes[0])[1], "y"),
    )
    cut = [name for axis, words, room, name in wished if words is not None and not _write(axis, words, room)]
    return [f"the end of the words at the {name} axis" for name in cut]


def _write(axis: Axis, words: str, room: float) -> bool:
    """Write words along an axis of so many points; return whether all of them have room."""
    text = axis.label
    shown, size = literal(words), float(text.get_fontsize())
    size = max(min(size, room / max(text_width(shown, 1.0), 1e-9)), min(size, READABLE))
    axis.set_label_text(shown, fontsize=size)
    if text_width(shown, size) <= room * (1 + 1e-9):
        return True
    fits = bisect_right(range(1, len(words)), room, key=lambda count: text_width(literal(words[:count]) + "…", size))
    axis.set_label_text(f"{literal(words[:fits]).rstrip()}…", fontsize=size)
    return False
