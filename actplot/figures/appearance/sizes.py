"""How large all is drawn: as the style says, times a scale; smaller in a picture that has no room for its words."""

from __future__ import annotations

import math
from typing import Any

from actplot.figures.formats.page_setup import MAX_INCHES, POINTS

READABLE = 6.0  # points; no word is made smaller than this for want of room
SMALLEST_WORDS = 0.85  # of the font size, for the words at marks
USUAL = 10.0  # points: the font size for which lengths in the code are written
# What a picture needs in ems: its margins, each panel, and each gap between two.
MARGINS, PANEL, GAP, WIDTH = 7.0, 5.0, 4.2, 17.0
ROOMY = 1.15  # times what it needs, for a sheet whose size is for us to choose
ALONE = 0.75  # of the style's height, for a single panel
MORE = 0.32  # of the style's height, for each panel beyond two

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


def sheet_size(panels: int) -> tuple[float, float]:
    """Return the size in inches of a figure of so many panels, in the style that is being applied."""
    import matplotlib

    width, height = matplotlib.rcParams["figure.figsize"]
    return float(width), float(height) * (ALONE if panels == 1 else 1 + MORE * (panels - 2))


def fit_scale(size: tuple[float, float] | None, panels: int, scale: float = 1.0) -> str | None:
    """Scale the style that is being applied, by less where a sheet of so many inches has no room for such words.

    A sheet without a size of its own grows with them. Returns a note where words are smaller than was asked for.
    """
    import matplotlib

    if size is None and scale == 1.0:
        return None
    settings: Any = matplotlib.rcParams
    em = float(settings["font.size"]) * scale
    width, height = (side * POINTS / em for side in size or sheet_size(panels))
    fits = min(width / WIDTH, height / (MARGINS + panels * PANEL + (panels - 1) * GAP))
    if size is None:
        growth = max(1.0, ROOMY / fits)
        settings["figure.figsize"] = [min(side * growth, MAX_INCHES) for side in settings["figure.figsize"]]
        fits = 1.0
    sizes = [SMALLEST_WORDS * em, *(float(settings[name]) * scale for name in _WORDS if _is_number(settings[name]))]
    shrunk = max(min(1.0, fits), min(1.0, READABLE / min(sizes)))
    if scale * shrunk != 1.0:
        _enlarge(settings, scale * shrunk)
    if scale > 1.0 and shrunk < 1.0:
        return f"words {scale:g} times as large have no room; they are {scale * shrunk:.2g} times as large"
    return None


def _enlarge(settings: Any, factor: float) -> None:
    for name in (*_WORDS, *_LENGTHS):
        if _is_number(settings[name]):  # others are relative to the font size
            settings[name] = float(settings[name]) * factor
    cycle = settings["axes.prop_cycle"].by_key()
    if any(name in cycle for name in _CYCLED):
        from matplotlib.rcsetup import cycler

        own = {name: [value * factor for value in values] for name, values in cycle.items() if name in _CYCLED}
        settings["axes.prop_cycle"] = cycler(**{**cycle, **own})


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value) and value > 0
