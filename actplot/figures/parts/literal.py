"""Text in figures: shown as it was given, measured before it is placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actplot.figures.appearance.sizes import points
from actplot.words.quoting import showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def literal(text: str) -> str:
    """Return text that matplotlib shows as it is: on one line, dollar signs and all, a mark for what is no text."""
    return " ".join(showable(text).split()).replace("\\", "\\\u2060").replace("$", r"\$")


def text_width(text: str, size: float, weight: str | int = "normal") -> float:
    """Return the width of a text in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    font = FontProperties(size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def ground(axes: Axes, pad: float, opacity: float) -> dict[str, Any]:
    """Return the ground on which words stand, so that no line strikes them through; a shade is seen through it."""
    return {"facecolor": axes.get_facecolor(), "edgecolor": "none", "pad": points(pad), "alpha": opacity}


def number_width(text: str) -> float:
    """Return the width of a number in ems, about: finding out would take longer than drawing it."""
    return sum(_WIDE.get(character, _DIGIT) for character in text)


_DIGIT = 0.64  # of an em
_WIDE = {"−": 0.84, ".": 0.32}
