"""How large words are: as the style says, smaller in a picture that has no room for them, never too small to read."""

from __future__ import annotations

import math
from typing import Any

from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.grid import Grid

READABLE = 6.0  # points; no word is made smaller than this
SMALLEST_WORDS = 0.85  # of the font size, for the words at marks
# What a picture needs in ems: its margins, each panel, and each gap between two.
MARGINS, PANEL, GAP, WIDTH = 7.0, 5.0, 4.2, 17.0
# And one of cells: what is around them, the width of a panel, its height, and what is above a cell.
AROUND, NARROW, LOW, NAME = 6.0, 7.0, 3.5, 1.6

_WORDS = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize")
_PADS = ("axes.titlepad", "axes.labelpad", "xtick.major.pad", "ytick.major.pad", "xtick.major.size", "ytick.major.size")


def fit_words(size: tuple[float, float] | None, grid: Grid) -> None:
    """Make the words of the style that is being applied smaller, where a picture of so many inches needs it."""
    import matplotlib

    if size is None:
        return
    settings: Any = matplotlib.rcParams
    em = float(settings["font.size"])
    fits = min(1.0, *(side * POINTS / em / needed for side, needed in zip(size, _needed(grid), strict=True)))
    sizes = [SMALLEST_WORDS * em, *(float(settings[name]) for name in _WORDS if _is_number(settings[name]))]
    factor = max(fits, min(1.0, READABLE / min(sizes)))
    if factor < 1.0:
        for name in (*_WORDS, *_PADS):
            if _is_number(settings[name]):  # others are relative to the font size
                settings[name] = float(settings[name]) * factor


def _needed(grid: Grid) -> tuple[float, float]:
    """Return the width and the height that the panels of a figure need, in ems."""
    down = len(grid.quantities) // grid.across
    if grid.cells > 1:
        return AROUND + grid.columns * grid.across * NARROW, AROUND + grid.rows * (NAME + down * LOW)
    return grid.across * WIDTH, MARGINS + down * PANEL + (down - 1) * GAP


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value) and value > 0
