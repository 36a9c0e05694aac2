"""Which lines of a panel go through a box: words there would be struck through."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.arrays import numpy as np
from actplot.figures.formats.page_setup import POINTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in points from the panel's lower left

CURVE, GUIDE, GRID = 6.0, 4.0, 0.5  # what it costs words to stand on a line
UNCHANGED = "_unchanged"  # the label of the line at a slope of 1
ORIGIN = "_zero"  # the label of the lines through 0
OF_THE_GRID = (ORIGIN, UNCHANGED)  # labels of lines that words may hide


@dataclass(frozen=True)
class Stroke:
    """A line as it is drawn: its path in points from the panel's lower left, half its width, and what it costs."""

    path: Any
    half: float
    cost: float

    def crosses(self, box: Box) -> bool:
        """Say whether the line goes through a box."""
        from matplotlib.transforms import Bbox

        left, bottom, right, top = box
        around = [[left - self.half, bottom - self.half], [right + self.half, top + self.half]]
        return bool(self.path.intersects_bbox(Bbox(around), filled=False))


def strokes(axes: Axes) -> list[Stroke]:
    """Return the lines of a panel that is in its place, its limits set: curves, guides, and those of the grid."""
    figure: Any = axes.figure
    corner, inch = np.array([axes.bbox.x0, axes.bbox.y0]), POINTS / figure.dpi
    found = []
    for line in axes.get_lines():
        if line.get_linestyle() == "None" or len(np.atleast_1d(line.get_xdata())) < 2:
            continue
        path = line.get_transform().transform_path(line.get_path())
        path.vertices = (path.vertices - corner) * inch
        label = str(line.get_label())
        cost = GRID if label in OF_THE_GRID else CURVE if label == "_shared" or label[0] != "_" else GUIDE
        found.append(Stroke(path, line.get_linewidth() / 2, cost))
    return found


def cost_of(box: Box | None, drawn: Iterable[Stroke]) -> float:
    """Return what it costs words to stand in a box, by the lines that go through it; all where there is no box."""
    return math.inf if box is None else sum(stroke.cost for stroke in drawn if stroke.crosses(box))
