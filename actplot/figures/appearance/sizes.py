"""How large all is drawn: as the style says, times a scale; smaller in a picture that has no room for its words."""

from __future__ import annotations

import math
from typing import Any

from actplot.figures.formats.page_setup import MAX_INCHES, POINTS
from actplot.figures.parts.grid import Grid

READABLE = 6.0  # points; no word is made smaller than this for want of room
SMALLEST_WORDS = 0.85  # of the font size, for the words at marks
USUAL = 10.0  # points: the font size for which lengths in the code are written
# What a picture needs in ems: its margins, each panel, and each gap between two.
MARGINS, PANEL, GAP, WIDTH = 7.0, 5.0, 4.2, 17.0
# And one of cells: what is around them, the width of a panel, its height, and what is above a cell.
AROUND, NARROW, LOW, NAME = 6.0, 7.0, 3.5, 1.6
ROOMY = 1.15  # times what it needs, for a sheet whose size is for us to choose

_WORDS = ("font.size", "axes.titlesize", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize")
_LENGTHS = (
    *("axes.titlepad", "axes.labelpad", "axes.linewidth", "grid.linewidth", "patch.linewidth"),
    *("lines.linewidth", "lines.markersize", "lines.markeredgewidth"),
    *(f"{x}tick.{tick}.{what}" for x in "xy" for tick in ("major", "minor") for what in ("pad", "size", "width")),
)
_CYCLED = ("linewidth", "markersize", "markeredgewidth")  # what a style may give each curve of its own


def points(usual: float) -> float:
    """Return a length that is so many points beside words of 10 points, in the style that is being applied."""
    import matplotlib

    return usual * float(matplotlib.rcParams["font.size"]) / USUAL


def size_of(setting: str) -> float:
    """Return a font size of the style that is being applied in points; a style may say it in words."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    settings: Any = matplotlib.rcParams
    return float(FontProperties(size=settings[setting]).get_size_in_points())


def sheet_size(grid: Grid) -> tuple[float, float]:
    """Return the size in inches of a figure of such panels, in the style that is being applied."""
    import matplotlib

    width, height = (float(side) for side in matplotlib.rcParams["figure.figsize"])
    return grid.inches(width, height, float(matplotlib.rcParams["font.size"]) / POINTS)


def fit_scale(size: tuple[float, float] | None, grid: Grid, scale: float = 1.0) -> str | None:
    """Scale the style that is being applied, by less where a sheet of so many inches has no room for such words.

    A sheet without a size of its own grows with them. Returns a note where words are smaller than was asked for.
    """
    import matplotlib

    if size is None and scale == 1.0:
        return None
    settings: Any = matplotlib.rcParams
    em = float(settings["font.size"]) * scale
    room = size or sheet_size(grid)
    fits = min(side * POINTS / em / needed for side, needed in zip(room, _needed(grid), strict=True))
    if size is None:
        growth = max(1.0, ROOMY / fits)
        settings["figure.figsize"] = [min(side * growth, MAX_INCHES) for side in settings["figure.figsize"]]
        fits = 1.0
    sizes = [SMALLEST_WORDS * em, *(float(settings[name]) * scale for name in _WORDS if _is_number(settings[name]))]
    shrunk = max(min(1.0, fits), min(1.0, READABLE / min(sizes)))
    if scale * shrunk != 1.0:
        enlarge(settings, scale * shrunk)
    if scale > 1.0 and shrunk < 1.0:
        return f"words {scale:g} times as large have no room; they are {scale * shrunk:.2g} times as large"
    return None


def enlarge(settings: Any, factor: float) -> None:
    """Make the words, lines and marks of the style that is being applied so many times as large."""
    for name in (*_WORDS, *_LENGTHS):
        if _is_number(settings[name]):  # others are relative to the font size
            settings[name] = float(settings[name]) * factor
    cycle = settings["axes.prop_cycle"].by_key()
    if any(name in cycle for name in _CYCLED):
        from matplotlib.rcsetup import cycler

        own = {name: [value * factor for value in values] for name, values in cycle.items() if name in _CYCLED}
        settings["axes.prop_cycle"] = cycler(**{**cycle, **own})


def _needed(grid: Grid) -> tuple[float, float]:
    """Return the width and the height that the panels of a figure need, in ems."""
    down = len(grid.quantities) // grid.across
    if grid.cells > 1:
        return AROUND + grid.columns * grid.across * NARROW, AROUND + grid.rows * (NAME + down * LOW)
    return grid.across * WIDTH, MARGINS + down * PANEL + (down - 1) * GAP


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value) and value > 0
