"""How large words are: as the style says, smaller in a picture that has no room for them, never too small to read."""

from __future__ import annotations

import math
from typing import Any

from actplot.figures.formats.page_setup import POINTS

READABLE = 6.0  # points; no word is made smaller than this
SMALLEST_WORDS = 0.85  # of the font size, for the words at marks
# What a picture needs in ems: its margins, each panel, and each gap between two.
MARGINS, PANEL, GAP, WIDTH = 7.0, 5.0, 4.2, 17.0

_WORDS = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize")
_PADS = ("axes.titlepad", "axes.labelpad", "xtick.major.pad", "ytick.major.pad", "xtick.major.size", "ytick.major.size")


def fit_words(size: tuple[float, float] | None, panels: int) -> None:
    """Make the words of the style that is being applied smaller, where a picture of so many inches needs it."""
    import matplotlib

    if size is None:
        return
    settings: Any = matplotlib.rcParams
    em = float(settings["font.size"])
    width, height = (side * POINTS / em for side in size)
    fits = min(1.0, width / WIDTH, height / (MARGINS + panels * PANEL + (panels - 1) * GAP))
    sizes = [SMALLEST_WORDS * em, *(float(settings[name]) for name in _WORDS if _is_number(settings[name]))]
    factor = max(fits, min(1.0, READABLE / min(sizes)))
    if factor < 1.0:
        for name in (*_WORDS, *_PADS):
            if _is_number(settings[name]):  # others are relative to the font size
                settings[name] = float(settings[name]) * factor


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value) and value > 0
