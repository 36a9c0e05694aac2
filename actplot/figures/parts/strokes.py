"""The curves of a panel: those that it is about, and others behind them as ghosts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve, Line
from actplot.curves.panels import Panel, Track
from actplot.figures.parts.circles import draw_circles
from actplot.figures.parts.limits import y_limits
from actplot.figures.parts.palette import ghost

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MARKED = 100  # points named one by one get a circle each, up to so many; beyond, those that no line joins
THIN = 0.5  # of a curve's width, for a ghost


def limit(axes: Axes, panel: Panel, ylim: tuple[float, float] | None = None) -> None:
    """Have a panel show all of its curves, or that of f the limits that it is given."""
    # A gradient is large or small by its distance from 0.
    shown_too = [np.zeros(1)] if {"df", "gradient"} & {*panel.quantities} else []
    wanted = ylim if panel.quantity == "f" else None
    axes.set_ylim(*(wanted or y_limits([*(track.heights for track in panel.tracks), *shown_too])))


def draw_curves(
    axes: Axes, tracks: Sequence[Track], curves: Sequence[Curve], styles: Sequence[dict[str, Any]]
) -> list[Line2D]:
    """Draw curves, each in its style, and the circles at their jumps; the panel has its limits."""
    marked = [_is_marked(curves[track.index], track) for track in tracks]
    lines = [_draw_line(axes, track, named, style) for track, named, style in zip(tracks, marked, styles, strict=True)]
    draw_circles(axes, list(zip(tracks, lines, marked, strict=True)))
    return lines


def draw_ghosts(axes: Axes, tracks: Sequence[Track], number: int) -> None:
    """Draw curves as one grey line behind all others."""
    import matplotlib

    if not tracks:
        return
    lifted = np.array([np.nan])
    reaching = [_reaching(axes, track) for track in tracks]
    x, y = (np.concatenate([part for line in reaching for part in (line[axis], lifted)]) for axis in (0, 1))
    axes.plot(
        x,
        y,
        color=ghost(),
        linestyle="-",
        linewidth=float(matplotlib.rcParams["lines.linewidth"]) * THIN,
        marker="None",
        zorder=1.7,
        label="_ghosts",
        gid=f"ghosts-{tracks[0].quantity}-{number}",
    )


def _is_marked(curve: Curve, track: Track) -> bool:
    return curve.exact and (len(curve.x) <= MARKED or len(track.apart) > 0)


def _draw_line(axes: Axes, track: Track, named: bool, style: dict[str, Any]) -> Line2D:
    """Draw one curve, broken where it jumps."""
    marker: dict[str, Any] = {} if named else {"marker": "None"}
    x, y = _reaching(axes, track)
    (artist,) = axes.plot(x, y, label=track.title, gid=track.key, **{**style, **marker})
    if named and artist.get_marker() == "None":
        artist.set_marker("o")
    if named and len(x) > MARKED:
        artist.set_markevery(track.apart)  # the others are on a line
    return artist


def _reaching(axes: Axes, track: Track) -> Line:
    """Return a curve with what it is beside its poles: it leaves the panel there, whatever its last points are."""
    x, y = track.line
    if not track.poles:
        return x, y
    low, high = axes.get_ylim()
    far = high - low
    at = np.array(sorted(track.poles))
    sides = np.array([[left, np.nan, right] for left, right in (track.poles[pole] for pole in at.tolist())])
    ends = np.where(np.isfinite(sides), sides, np.clip(sides, low - far, high + far)).ravel()
    away = ~np.isin(x, at)
    places = np.repeat(np.searchsorted(x[away], at), 3)
    return np.insert(x[away], places, np.repeat(at, 3)), np.insert(y[away], places, ends)
