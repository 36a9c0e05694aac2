"""Text in figures: shown as it was given, measured before it is placed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from actplot.figures.appearance.sizes import points
from actplot.words.quoting import showable

if TYPE_CHECKING:
    from matplotlib.axes import Axes


UNIT = 100.0  # points


def literal(text: str) -> str:
    """Return text that matplotlib shows as it is: on one line, dollar signs and all, a mark for what is no text."""
    return " ".join(showable(text).split()).replace("\\", "\\\u2060").replace("$", r"\$")


def text_width(text: str, size: float, weight: str | int = "normal") -> float:
    """Return the width of a text in points."""
    from matplotlib.font_manager import FontProperties

    return _measured(text, weight, tuple(FontProperties().get_family())) * (size / UNIT) if text else 0.0


@lru_cache(8192)  # a title is broken in many sizes until it fits, and its words are the same in all of them
def _measured(text: str, weight: str | int, families: tuple[str, ...]) -> float:
    """Return the width of a text at the size to which fonts are scaled, whence others follow."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=list(families), size=UNIT, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def ground(axes: Axes, pad: float, opacity: float) -> dict[str, Any]:
    """Return the ground on which words stand, so that no line strikes them through; a shade is seen through it."""
    return {"facecolor": axes.get_facecolor(), "edgecolor": "none", "pad": points(pad), "alpha": opacity}


def number_width(text: str) -> float:
    """Return the width of a number in ems, about: finding out would take longer than drawing it."""
    return sum(_WIDE.get(character, _DIGIT) for character in text)


_DIGIT = 0.64  # of an em
_WIDE = {"−": 0.84, ".": 0.32}
