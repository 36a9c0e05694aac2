"""What is remarkable about a single function, marked in its figure: limits, saturation, the largest slope, extrema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from actplot.curves.curve import Curve, Line
from actplot.curves.marks import Features, features, slants
from actplot.curves.panels import Panel
from actplot.facts.ranges import Point
from actplot.figures.appearance.sizes import points
from actplot.figures.drawing import Drawing
from actplot.figures.parts.crowding import LINE
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import ground, literal, text_width
from actplot.figures.parts.slopes import FEWEST_LINES, explain, reach, tell_slopes
from actplot.figures.parts.struck import UNCHANGED, Box, cost_of, strokes
from actplot.words.closed_forms import told
from actplot.words.languages import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHORT = 3  # digits of numbers at turns, of which there may be many
HEADROOM = 0.17  # of a panel's height, for the words above a peak, or more where they need it
MOST_HEADROOM = 0.7  # a panel that has no such room gets no words
CLEAR = 5.0  # points between a mark and its words
EDGE = 0.15  # of its width, within which words lean inwards
SHADE = 0.07  # opacity of the shade over a saturated region
MOST_POLES = 50  # with more a picture would be all dashes
FAINT = 0.45  # opacity of the line at which a gradient passes unchanged


def remark(axes: Axes, drawing: Drawing, panel: Panel) -> None:
    """Mark what the drawing's detail asks for.

    Nothing for several functions, whose marks would crowd, and nothing between points that were named.
    """
    if drawing.detail == "plain" or len(panel.tracks) > 1 or len(drawing.curves) > 1 or drawing.curves[0].exact:
        return
    curve = drawing.curves[0]
    found = features(curve)
    if panel.quantity in ("f", "df"):
        bands = _shade(axes, found, panel.quantity)
        if panel.quantity == "df" or not drawing.content.derivative or curve.gradient is not None:
            explain(axes, bands, panel.tracks[0].line, _quiet()["color"])
    if panel.quantity == "f":
        levels = list(_asymptotes(axes, found))
        if drawing.detail == "full":
            _slants(axes, curve)
            for number, point in enumerate(found.extrema, start=1):
                words = say().value_at.format(value=told(point.value, SHORT), x=told(point.x, SHORT))
                mark_point(axes, point, f"extremum-{number}", not found.is_valley(point), words)
            for number, corner in enumerate(found.corners, start=1):
                mark_point(axes, corner, f"corner-{number}")
        for level in levels:
            _beside(axes, panel.tracks[0].line, *level)
    if panel.quantity == "df":
        if found.steepest is not None:
            value, x = found.steepest.value, found.steepest.x
            said = say().maximum if value > 0 else say().minimum
            mark_point(axes, found.steepest, "steepest", value > 0, said.format(value=told(value), x=told(x)))
        tell_slopes(axes, found, panel.tracks[0].line, _quiet()["color"])


def _quiet() -> dict[str, Any]:
    import matplotlib

    return {"color": matplotlib.rcParams["axes.labelcolor"]}


def _shade(axes: Axes, found: Features, quantity: str) -> tuple[tuple[float, float], ...]:
    for number, (start, end) in enumerate(found.saturated, start=1):
        axes.axvspan(start, end, alpha=SHADE, linewidth=0, zorder=0.5, gid=f"saturated-{quantity}-{number}", **_quiet())
    return found.saturated


def mark_everywhere(axes: Axes, panel: Panel, cell: str = "") -> None:
    """Mark what is marked of any number of functions: poles, and slopes of 1, which pass a gradient on as it is."""
    poles = sorted({x for track in panel.tracks for x in track.poles})
    for number, x in enumerate(poles[:MOST_POLES], start=1):
        axes.axvline(x, gid=f"pole-{panel.quantity}-{number}{cell}", **_dashed())
    low, high = axes.get_ylim()
    if "df" in panel.quantities and low < 1.0 < high:
        axes.axhline(
            1.0,
            label=UNCHANGED,
            linewidth=points(0.8),
            linestyle="-",
            marker="None",
            zorder=1.4,
            alpha=FAINT,
            gid=f"slope-1{cell}",
            **_quiet(),
        )


def _dashed() -> dict[str, Any]:
    """Return the look of a line that a curve approaches."""
    return {
        "linewidth": points(0.8),
        "linestyle": (0, (4, 3)),
        "marker": "None",
        "zorder": 1.6,
        "alpha": 0.7,
        **_quiet(),
    }


def _asymptotes(axes: Axes, found: Features) -> Iterator[tuple[float, float, float]]:
    """Draw the levels that f tends to; yield those to be told, and from where to where in the panel they are."""
    low, high = axes.get_ylim()
    for number, value in enumerate(found.levels, start=1):
        if low <= value <= high:
            start, end = _half(axes, tuple(limit == value for limit in found.level_sides))
            axes.axhline(value, start, end, gid=f"asymptote-{number}", **_dashed())
            if value:  # zero is on the axis already
                yield value, start, end


def _slants(axes: Axes, curve: Curve) -> None:
    """Draw the slanted lines that f approaches, each on its side."""
    low, high = axes.get_xlim()
    for number, ((slope, at), sides) in enumerate(slants(curve).items(), start=1):
        x = [low + part * (high - low) for part in _half(axes, sides)]
        y = [at + slope * place for place in x]
        axes.plot(x, y, scalex=False, scaley=False, gid=f"slant-{number}", **_dashed())


def _half(axes: Axes, sides: tuple[bool, ...]) -> tuple[float, float]:
    """Return the part of a panel's width on which f tends to a limit: all of it, or the left or right of x = 0."""
    low, high = axes.get_xlim()
    middle = -low / (high - low) if low < 0.0 < high else 0.5
    return (0.0 if sides[0] else middle), (1.0 if sides[1] else middle)


def _beside(axes: Axes, line: Line, value: float, start: float, end: float) -> None:
    """Write the value of an asymptote on its line, where other lines leave it room.

    That is at the end from which the curve is far, on the side of the panel's middle or on the other, or at the edge,
    beyond the curve if that is near, or between.
    """
    import matplotlib

    low, high = axes.get_ylim()
    upper = value > (low + high) / 2
    inner, outer = (start, end) if start > 0.0 or end == 1.0 else (end, start)
    size = float(matplotlib.rcParams["font.size"]) * 0.85
    if panel_size(axes)[1] < FEWEST_LINES * size:
        return
    words, drawn = literal(told(value)), strokes(axes)
    spots = [(inner, upper), (inner, not upper), (outer, not upper), (outer, upper)]
    spots += [(start + part * (end - start), below) for part in (0.5, 0.25, 0.75) for below in (upper, not upper)]
    sides = {min(start, end): "left", max(start, end): "right"}
    places = [_level(axes, line, words, size, (at, value), sides.get(at, "center"), below) for at, below in spots]
    text, _ = min(places, key=lambda place: cost_of(place[1], drawn))
    axes.annotate(
        words,
        textcoords="offset points",
        xycoords=("axes fraction", "data"),
        fontsize=size,
        bbox=ground(axes, 0.8, 0.85),
        gid=f"level-{told(value)}",
        **text,
        **_quiet(),
    )


def _level(
    axes: Axes, line: Line, words: str, size: float, place: tuple[float, float], side: str, below: bool
) -> tuple[dict[str, Any], Box | None]:
    """Return how words stand above or below a level, a curve beside it included, and their box if it is in the panel.

    The place is a part of the panel's width, and a height.
    """
    (left, right), (low, high), (width, height) = axes.get_xlim(), axes.get_ylim(), panel_size(axes)
    wide, (at, value) = text_width(words, size), place
    aside = {"left": points(4), "right": -points(4), "center": 0.0}[side]
    begin = at * width + aside - {"left": 0.0, "center": 0.5, "right": 1.0}[side] * wide
    across = (right - left) / width
    under, over = reach(line, left + begin * across, value, wide * across)
    near = (under if below else over) * height / (high - low)
    lift = near if near <= size else 0.0
    level, away = (value - low) / (high - low) * height, lift + points(3)
    bottom = level - away - LINE * size if below else level + away
    top = bottom + LINE * size
    text = {
        "xy": place,
        "xytext": (aside, -away if below else away),
        "ha": side,
        "va": "top" if below else "bottom",
    }
    return text, None if bottom < 0.0 or top > height else (begin, bottom, begin + wide, top)


def mark_point(
    axes: Axes, point: Point, gid: str, above: bool | None = None, words: str = "", colour: Any = None
) -> None:
    """Mark a point with a small dot and, above or below it, its value and place."""
    import matplotlib

    colours = _quiet() if colour is None else {"color": colour}
    size = float(matplotlib.rcParams["lines.markersize"]) * 0.75
    axes.plot(
        [point.x],
        [point.value],
        linestyle="None",
        marker="o",
        markersize=size,
        zorder=4,
        clip_on=False,
        gid=gid,
        **colours,
    )
    if above is None:
        return
    height = float(matplotlib.rcParams["font.size"]) * 0.9
    headroom = _headroom(axes, 1.3 * height + points(CLEAR))
    if headroom > MOST_HEADROOM:
        return
    low, high = axes.get_ylim()
    room = headroom * (high - low)
    axes.set_ylim(min(low, point.value - room) if not above else low, max(high, point.value + room) if above else high)
    left, right = axes.get_xlim()
    place = (point.x - left) / (right - left)
    axes.annotate(
        literal(words),
        xy=(point.x, point.value),
        xytext=(0, points(CLEAR if above else -CLEAR)),
        textcoords="offset points",
        ha="left" if place < EDGE else "right" if place > 1 - EDGE else "center",
        va="bottom" if above else "top",
        fontsize=height,
        bbox=ground(axes, 0.8, 0.85),
        zorder=4,
        gid=f"{gid}-words",
        **colours,
    )


def _headroom(axes: Axes, points: float) -> float:
    """Return so many points as a part of the panel that is left without them."""
    _, height = panel_size(axes)
    return max(HEADROOM, points / max(height - points, 1.0))
