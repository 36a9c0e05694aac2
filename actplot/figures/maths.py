"""Formulas as outlines: parsed once, whatever the size and however many formats they are written in.

As text, a formula would be parsed again by the renderer of each format, which is most of the cost of a figure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

CLEAR = 2.0  # points between a denominator and the panel


def formula_width(formula: str, size: float) -> float:
    """Return the width in points of a formula between dollar signs."""
    return float(_outline(formula, *_fonts()).get_extents().x1) * size


def write_formula(axes: Axes, formula: str, size: float, gid: str) -> None:
    """Write a formula above a panel, ending at its right edge, in the style that is being applied."""
    import matplotlib
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D, ScaledTranslation

    path = _outline(formula, *_fonts())
    box = path.get_extents()
    # On the title's baseline, or higher where a denominator would reach into the panel.
    height = max(float(matplotlib.rcParams["axes.titlepad"]), CLEAR - float(box.y0) * size)
    inches: Any = axes.figure.dpi_scale_trans
    corner: Any = axes.transAxes
    place = Affine2D().translate(-box.x1, 0.0).scale(size / 72).translate(0.0, height / 72) + inches
    place += ScaledTranslation(1.0, 1.0, corner)
    colour = matplotlib.rcParams["axes.labelcolor"]
    patch = PathPatch(path, facecolor=colour, linewidth=0, clip_on=False, transform=place, gid=gid)
    axes.add_artist(patch)


def _fonts() -> tuple[tuple[str, ...], str]:
    import matplotlib

    return tuple(matplotlib.rcParams["font.family"]), str(matplotlib.rcParams["mathtext.fontset"])


@lru_cache(maxsize=256)
def _outline(formula: str, family: tuple[str, ...], fontset: str) -> Path:
    """Return a formula as a path of size 1, its baseline starting at the origin."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    return TextPath((0.0, 0.0), formula, size=1.0, prop=FontProperties(family=list(family)))
