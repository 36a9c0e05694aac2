"""Words in the panel of f' about how a gradient fares: where it is nearly lost, and what it is far out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.curve import Line
from actplot.curves.marks import SATURATED, Features
from actplot.figures.appearance.sizes import points
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import ground, literal, text_width
from actplot.words.closed_forms import told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL = 0.8  # of the font size
FEWEST_LINES = 4.0  # of these words, which a panel must be high for them
NEAR = 0.05  # of a panel's height; a limit that the curve is farther from is not told at its end
MOST_PLATEAUS = 4  # a staircase's are not told
BAND = f"|f′| < {SATURATED:g}"
UPRIGHT = 0.7  # of a panel's height, that upright words take at most
BEND = 0.3  # of the size of the words, by which a curve leaves its height beside them
CLEAR = 4.0  # points from words to the frame, and to what they speak of


def explain(axes: Axes, bands: Sequence[tuple[float, float]], line: Line, colour: Any) -> None:
    """Write once what the shaded bands are: in the broadest, away from the curve; upright where it is narrow."""
    if not bands:
        return
    start, end = max(bands, key=lambda band: band[1] - band[0])
    (left, right), (low, high), (width, height), size = _room(axes)
    words, room = text_width(literal(BAND), size), (end - start) / (right - left) * width
    clear = points(CLEAR)
    lying = words + clear <= room
    upright = size + clear / 2 <= room and words + 2 * clear <= UPRIGHT * height
    if height < FEWEST_LINES * size or not (lying or upright):
        return
    half = ((words if lying else size) / 2 + clear) * (right - left) / width
    needed = ((size if lying else words) + 2 * clear) * (high - low) / height
    middle, top = _clearest(line, (max(start, left), min(end, right)), half, (low, high), needed)
    axes.annotate(
        literal(BAND),
        xy=(middle, 1.0 if top else 0.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, -clear if top else clear),
        textcoords="offset points",
        ha="center",
        va="top" if top else "bottom",
        rotation=0 if lying else 90,
        fontsize=size,
        color=colour,
        bbox=ground(axes, 0.6, 0.6),
        gid="saturated-words",
    )


def _clearest(
    line: Line, band: tuple[float, float], half: float, limits: tuple[float, float], needed: float
) -> tuple[float, bool]:
    """Return where in a band words stand that reach so far to both sides, and whether at the panel's top.

    That is in the middle, or beside it if the curve leaves no such height there, away from the curve.
    """
    (low, high), (start, end) = limits, band
    places: list[tuple[float, int, float, bool]] = []
    for share in (0.5, 0.25, 0.75):
        x = start + share * (end - start)
        if share != 0.5 and (x - half < start or x + half > end):
            continue
        within = line[1][(line[0] >= x - half) & (line[0] <= x + half)].tolist()
        known = [y for y in (*within, _height(line, x - half), _height(line, x + half)) if math.isfinite(y)]
        above, below = (high - max(known), min(known) - low) if known else (math.inf, 0.0)
        places.append((min(max(above, below), needed), -len(places), x, above >= below))
    *_, x, top = max(places)
    return x, top


def tell_slopes(axes: Axes, found: Features, line: Line, colour: Any) -> None:
    """Write at each side what f' is there, or tends to, and in each plateau between what it is."""
    (left, right), (low, high), (width, height), size = _room(axes)
    if height < FEWEST_LINES * size:
        return
    clear = points(CLEAR)
    slopes = _slopes(found, line, left, right, NEAR * (high - low))
    for number, (words, x, value) in enumerate(slopes, start=1):
        side = "left" if x == left else "right" if x == right else "center"
        wide = (text_width(literal(words), size) + 2 * clear) * (right - left) / width
        below, above = reach(line, x, value, wide if side == "left" else -wide if side == "right" else 0.0)
        upper = value > (low + high) / 2
        if max(below, above) * height / (high - low) > BEND * size:  # the curve comes back to where words would stand
            upper = below < above
        away = clear + (below if upper else above) * height / (high - low)
        axes.annotate(
            literal(words),
            xy=(x, value),
            xytext=({"left": clear, "right": -clear, "center": 0.0}[side], -away if upper else away),
            textcoords="offset points",
            ha=side,
            va="top" if upper else "bottom",
            fontsize=size,
            color=colour,
            bbox=ground(axes, 0.6, 0.6),
            gid=f"slope-words-{number}",
        )


def _slopes(found: Features, line: Line, left: float, right: float, near: float) -> Iterator[tuple[str, float, float]]:
    """Yield what is to be said, where it stands, and at which height the curve is there."""
    plateaus = found.plateaus if len(found.plateaus) <= MOST_PLATEAUS else ()
    for start, end, value in plateaus:
        yield told(value), left if start <= left else right if end >= right else (start + end) / 2, value
    held = {x for start, end, _ in found.plateaus for x in (start, end)}
    for x, limit in zip((left, right), found.slope_sides, strict=True):
        value = _height(line, x)
        if x not in held and math.isfinite(limit) and abs(value - limit) <= near:
            yield f"→ {told(limit)}", x, value


def reach(line: Line, x: float, value: float, width: float) -> tuple[float, float]:
    """Return how far a curve goes below and above a value between an x and so far to its right."""
    near = line[1][(line[0] >= min(x, x + width)) & (line[0] <= max(x, x + width))]
    near = near[np.isfinite(near)]
    return (max(value - float(near.min()), 0.0), max(float(near.max()) - value, 0.0)) if near.size else (0.0, 0.0)


def _height(line: Line, x: float) -> float:
    known = np.isfinite(line[1])
    return float(np.interp(x, line[0][known], line[1][known])) if known.any() else math.nan


def _room(axes: Axes) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float], float]:
    """Return the limits of a panel, its width and height in points, and the size of its small words."""
    import matplotlib

    return axes.get_xlim(), axes.get_ylim(), panel_size(axes), SMALL * float(matplotlib.rcParams["font.size"])
