"""A figure in words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from actplot.curves.curve import Curve
from actplot.curves.marks import features
from actplot.curves.tangents import Tangent, tangent
from actplot.figures.drawing import Drawable, Drawing
from actplot.functions.called import caveats, without_slope
from actplot.functions.naming import axis, listed, titles
from actplot.words.closed_forms import told
from actplot.words.languages import say
from actplot.words.numbers import rounded

DIGITS = 3


def description(drawing: Drawable) -> str:
    """Return sentences that tell what a figure shows."""
    if not isinstance(drawing, Drawing):
        return drawing.description
    low, high = drawing.curves[0].span
    named = titles([curve.activation for curve in drawing.curves])
    said, several = say(), len(drawing.curves) > 1
    slope = said.their_derivatives if several else said.its_derivative
    second = said.their_seconds if several else said.its_second
    extras = slope * drawing.content.derivative + second * bool(drawing.content.second)
    what = said.graph_of.format(names=listed(named)) + extras
    x = axis([curve.activation for curve in drawing.curves])
    parts = [said.over.format(what=what, x=x, low=_number(low), high=_number(high))]
    activations = [curve.activation for curve in drawing.curves]
    parts += [f"{words[0].upper()}{words[1:]}." for words in (*caveats(activations), *without_slope(activations))]
    for curve, name in zip(drawing.curves, named, strict=True):
        parts += _curve(curve, name if several else said.the_function)
        parts += (_tangent(tangent(curve, x)) for x in drawing.tangents)
    return " ".join(parts)


def _curve(curve: Curve, name: str) -> Iterator[str]:
    f, said = curve.f_line[1], say()
    if len(f):
        yield said.goes.format(name=name, low=_number(float(f[0])), high=_number(float(f[-1])))
    for kink in curve.kinks:
        if kink.jump:
            jumps = said.jumps if all(map(math.isfinite, kink.jump)) else said.has_pole
            yield jumps.format(low=_number(kink.jump[0]), high=_number(kink.jump[1]), x=_number(kink.x))
        else:
            yield said.corner.format(x=_number(kink.x), left=_number(kink.left), right=_number(kink.right))
    for hole in curve.holes:
        yield said.hole.format(x=_number(hole.x), value=_number(hole.value))
    found = features(curve)
    for point in found.extrema:
        yield said.turns.format(x=_told(point.x), value=_told(point.value))
    for level in found.levels:
        yield said.tends.format(value=_told(level))
    if found.steepest is not None:
        yield said.steepest.format(value=_told(found.steepest.value), x=_told(found.steepest.x))


def _tangent(found: Tangent) -> str:
    words = found.words.replace("−", "-")
    if found.is_smooth:
        return say().has_tangent.format(x=_told(found.x), slope=_told(found.left))
    return say().has.format(what=words)


def _number(value: float) -> str:
    return rounded(value, DIGITS)


def _told(value: float) -> str:
    return told(value).replace("−", "-")
