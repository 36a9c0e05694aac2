"""The circles of a panel at jumps, holes and kinks; those of several curves at one place stand inside one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.curves.curve import Dot
from actplot.curves.panels import Track
from actplot.figures.parts.layout import panel_size

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

WIDER = 0.75  # of a circle's size, by which the next one around it is larger
WIDEST = 2.0  # of that size, by which the outermost one is larger at most
ONE_PLACE = 1.0  # points; middles that are nearer are one place
NAMED = 1.15  # of the size of the circles at points that were named, so that these are not taken for them


@dataclass(frozen=True)
class _Circle:
    track: Track
    number: int
    dot: Dot
    line: Line2D
    size: float


def draw_circles(axes: Axes, drawn: Sequence[tuple[Track, Line2D, bool]]) -> None:
    """Draw the circles of all curves over their lines.

    Parameters
    ----------
    axes
        The panel, its limits set.
    drawn
        What each curve shows, its line, and whether its points were named.

    """
    circles = [
        _Circle(track, number, dot, line, float(line.get_markersize()) * (NAMED if named else 1.0))
        for track, line, named in drawn
        for number, dot in enumerate(track.dots, start=1)
    ]
    for place in _places(axes, circles):
        wider = min(WIDER, WIDEST / max(len(place) - 1, 1))
        # The open ones outside: a filled one would leave no more of them than it does of the curve.
        place.sort(key=lambda circle: circle.dot.filled)
        for around, circle in zip(range(len(place) - 1, -1, -1), place, strict=True):
            _draw(axes, circle, 1.0 + wider * around)


def _places(axes: Axes, circles: Sequence[_Circle]) -> list[list[_Circle]]:
    """Return the circles of each place, curve by curve."""
    (left, right), (low, high), (width, height) = axes.get_xlim(), axes.get_ylim(), panel_size(axes)
    across, up = width / (right - left), height / (high - low)
    places: list[list[_Circle]] = []
    for circle in circles:
        x, y = circle.dot.x, circle.dot.y
        near = (
            place
            for place in places
            if abs(x - place[0].dot.x) * across < ONE_PLACE and abs(y - place[0].dot.y) * up < ONE_PLACE
            if all(circle.track is not other.track for other in place)
        )
        found = next(near, None)
        if found is None:
            places.append([circle])
        else:
            found.append(circle)
    return places


def _draw(axes: Axes, circle: _Circle, scale: float) -> None:
    line, dot = circle.line, circle.dot
    axes.plot(
        [dot.x],
        [dot.y],
        linestyle="None",
        marker="o",
        markersize=circle.size * scale,
        color=line.get_color(),
        markerfacecolor=line.get_color() if dot.filled else axes.get_facecolor(),
        markeredgewidth=max(line.get_linewidth() * 0.75, 0.8),
        gid=f"{circle.track.key}-{'value' if dot.filled else 'limit'}-{circle.number}",
        zorder=line.get_zorder() + 1,
        clip_on=False,
    )
