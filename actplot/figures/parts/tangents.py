"""Tangents: lines in the panel of f, and what their slopes are in the panel of f'."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.panels import Panel, Track
from actplot.curves.tangents import Tangent, tangent
from actplot.facts.ranges import Point
from actplot.figures.drawing import Drawing
from actplot.figures.parts.remarks import mark_point
from actplot.words.closed_forms import told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THIN = 0.6  # of the width of a curve
FARTHEST = 1000.0  # heights of a panel, to which a line beyond it is drawn
NEAR = 0.1  # of a panel's width, on both sides of a point: where the curve bends away from, words have room


def draw_tangents(axes: Axes, drawing: Drawing, panel: Panel) -> None:
    """Draw the tangents that are asked for, with words for those of a single function, whose curves crowd none."""
    is_alone = len(drawing.curves) == 1
    for track in panel.tracks:
        if track.quantity not in ("f", "df"):
            continue
        for number, x in enumerate(drawing.tangents, start=1):
            found, gid = tangent(drawing.curves[track.index], x), f"tangent-{track.key}-{number}"
            style = _style(axes, track, is_alone)
            if track.quantity == "f":
                _draw_lines(axes, found, style, gid)
                words = found.words if not (found.is_smooth and drawing.content.derivative) else ""
                _draw_point(axes, Point(x, found.value), track, words if is_alone else "", style, gid)
            elif found.is_smooth:
                words = f"f′({told(x)}) = {told(found.left)}" if is_alone else ""
                _draw_point(axes, Point(x, found.left), track, words, style, gid)


def without_tangent(drawing: Drawing) -> Iterator[str]:
    """Yield a note for each tangent that there is not."""
    for curve in drawing.curves:
        for x in drawing.tangents:
            found = tangent(curve, x)
            if found.why:
                yield f"{curve.activation.title}: {found.words}"


def _style(axes: Axes, track: Track, is_alone: bool) -> dict[str, Any]:
    """Return how what belongs to a track's tangent is drawn: in the colour of words, or the curve's among several."""
    import matplotlib

    own = next(line for line in axes.get_lines() if line.get_gid() == track.key)
    colour = matplotlib.rcParams["axes.labelcolor"] if is_alone else own.get_color()
    return {"color": colour, "linewidth": THIN * own.get_linewidth()}


def _draw_lines(axes: Axes, found: Tangent, style: dict[str, Any], gid: str) -> None:
    """Draw the line through the panel, or one from each side."""
    more = {"linestyle": "-", "marker": "None", "zorder": 1.9, "label": "_tangent", **style}
    if found.why:
        return
    if found.is_upright:
        axes.axvline(found.x, gid=gid, **more)
        return
    left, right = (_end(axes, found, side) for side in (-1, 1))
    if found.is_smooth:
        axes.plot(*zip(left, right, strict=True), gid=gid, scalex=False, scaley=False, **more)
        return
    for name, slope, end in (("left", found.left, left), ("right", found.right, right)):
        if math.isfinite(slope):
            ends = zip((found.x, found.value), end, strict=True)
            axes.plot(*ends, gid=f"{gid}-{name}", scalex=False, scaley=False, **more)


def _end(axes: Axes, found: Tangent, side: int) -> tuple[float, float]:
    """Return where a line leaves the panel on its left (-1) or right (1), or somewhere above or below the panel."""
    slope = found.right if side > 0 else found.left
    low, high = axes.get_ylim()
    reach = abs(axes.get_xlim()[side > 0] - found.x)
    if slope:
        reach = min(reach, FARTHEST * (high - low) / abs(slope))
    return found.x + side * reach, found.value + side * reach * slope


def _draw_point(axes: Axes, point: Point, track: Track, words: str, style: dict[str, Any], gid: str) -> None:
    if math.isnan(point.value):
        return
    low, high = axes.get_xlim()
    known = np.isfinite(track.line[1])
    beside = [point.x - NEAR * (high - low), point.x + NEAR * (high - low)]
    bends_up = np.interp(beside, track.line[0][known], track.line[1][known]).mean() > point.value
    mark_point(axes, point, f"{gid}-point", not bends_up if words else None, words, style["color"])
