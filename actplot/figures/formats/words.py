"""A figure in words."""

from __future__ import annotations

from collections.abc import Iterator

from actplot.curves.curve import Curve
from actplot.curves.graphs import Graph
from actplot.curves.marks import features
from actplot.curves.tangents import Tangent, tangent
from actplot.figures.drawing import Drawing
from actplot.functions.naming import titles
from actplot.words.closed_forms import told
from actplot.words.numbers import rounded

DIGITS = 3


def description(drawing: Drawing | Graph) -> str:
    """Return sentences that tell what a figure shows."""
    if isinstance(drawing, Graph):
        return drawing.description
    low, high = drawing.curves[0].span
    named = titles([curve.activation for curve in drawing.curves])
    names = " and ".join(named)
    extras = [
        words
        for wanted, words in (
            (drawing.content.derivative, "its derivative"),
            (drawing.content.second, "its second derivative"),
        )
        if wanted
    ]
    several = len(drawing.curves) > 1
    what = ", ".join([f"Graph of {names}", *(part.replace("its", "their") if several else part for part in extras)])
    parts = [f"{what}, for x from {_number(low)} to {_number(high)}."]
    for curve, name in zip(drawing.curves, named, strict=True):
        parts += _curve(curve, name if several else "The function")
        parts += (_tangent(tangent(curve, x)) for x in drawing.tangents)
    return " ".join(parts)


def _curve(curve: Curve, name: str) -> Iterator[str]:
    f = curve.f_line[1]
    if len(f):
        yield f"{name} goes from {_number(float(f[0]))} to {_number(float(f[-1]))}."
    for kink in curve.kinks:
        if kink.jump:
            yield f"It jumps from {_number(kink.jump[0])} to {_number(kink.jump[1])} at {_number(kink.x)}."
        else:
            slopes = f"from slope {_number(kink.left)} to slope {_number(kink.right)}"
            yield f"It has a corner at {_number(kink.x)}, {slopes}."
    for hole in curve.holes:
        yield f"It has no value at {_number(hole.x)}, where it tends to {_number(hole.value)}."
    found = features(curve)
    for point in found.extrema:
        yield f"It turns at {_told(point.x)}, where it is {_told(point.value)}."
    for level in found.levels:
        yield f"It tends to {_told(level)}."
    if found.steepest is not None:
        yield f"Its largest slope is {_told(found.steepest.value)} at {_told(found.steepest.x)}."


def _tangent(found: Tangent) -> str:
    words = found.words.replace("−", "-")
    return f"Its tangent at {_told(found.x)} has slope {_told(found.left)}." if found.is_smooth else f"It has {words}."


def _number(value: float) -> str:
    return rounded(value, DIGITS)


def _told(value: float) -> str:
    return told(value).replace("−", "-")
