"""Whatever is to be drawn, to a matplotlib Figure; what draws maps and given lines is loaded for these alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.figures.appearance.looks import Look
from actplot.figures.build import build
from actplot.figures.drawing import Drawable, Drawing
from actplot.figures.parts.blank import Maker, blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure


def build_any(
    drawing: Drawable,
    look: Look,
    size: tuple[float, float] | None = None,
    make_blank: Maker = blank,
    notes: list[str] | None = None,
    scale: float = 1.0,
    make: Callable[..., Figure] | None = None,
) -> Figure:
    """Return the figure of what is to be drawn, whichever it is; see `actplot.figures.build.build`.

    ``make`` makes the figure itself where it is one of maps or cells, given its ``figsize``; by default matplotlib's
    class does.
    """
    if isinstance(drawing, Drawing):
        return build(drawing, look, size, make_blank, notes, scale)
    from actplot.curves.graphs import Graph
    from actplot.curves.surfaces import Surface

    if isinstance(drawing, Graph):
        from actplot.figures.graphs import build_graph

        return build_graph(drawing, look, size, make_blank, notes, scale)
    if isinstance(drawing, Surface):
        from actplot.figures.surfaces import build_surface

        return build_surface(drawing, size, notes, scale, make)
    from actplot.figures.jacobians import build_jacobian

    return build_jacobian(drawing, size, notes, scale, make)
