"""The tangent of a curve at a point: one line, one from each side, or none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from actplot.curves.curve import Curve
from actplot.errors import UsageError
from actplot.words.closed_forms import told


@dataclass(frozen=True)
class Tangent:
    """A point of f and the slopes with which f reaches and leaves it.

    Attributes
    ----------
    x, value
        The point; the value is NaN where f has none, or where it jumps.
    left, right
        The slopes on both sides, equal but at a kink; infinite where the tangent is upright.
    why
        Why there is no tangent, where there is none.

    """

    x: float
    value: float
    left: float
    right: float
    why: str = ""

    @property
    def is_smooth(self) -> bool:
        """Whether there is one slope, a number."""
        return not self.why and self.left == self.right and math.isfinite(self.left)

    @property
    def is_upright(self) -> bool:
        """Whether the tangent is parallel to the y axis."""
        return not self.why and math.isinf(self.left) and math.isinf(self.right)

    @property
    def words(self) -> str:
        """What there is to say of it."""
        at = f"at x = {told(self.x)}"
        if self.why:
            return f"no tangent {at}: {self.why}"
        if self.is_smooth:
            return f"slope {told(self.left)} {at}"
        if self.is_upright:
            return f"upright tangent {at}"
        return f"no slope {at}: {told(self.left)} from the left, {told(self.right)} from the right"


def tangent(curve: Curve, x: float) -> Tangent:
    """Return the tangent of a curve at a point of its range.

    Raises
    ------
    UsageError
        For a point outside of the range.

    """
    low, high = curve.span
    if not low <= x <= high:
        raise UsageError(
            f"--tangent {x:g} is outside the range {low:g} {high:g}; give a point in it, or another --range"
        )
    value, slope = (float(part) for part in curve.activation(x))
    if not math.isfinite(value):
        return Tangent(x, math.nan, math.nan, math.nan, "f has no value there")
    seam = next((seam for seam in curve.activation.seams_within(x, x) if seam.x == x), None)
    if seam is None or math.isfinite(slope):
        return Tangent(x, value, slope, slope) if not math.isnan(slope) else _none(x, "f has no slope there")
    if any(side != value for side in seam.f):
        return _none(x, "f jumps there" if all(map(math.isfinite, seam.f)) else "f ends there")
    if any(map(math.isnan, seam.df)):
        return _none(x, "f has no slope there")
    return Tangent(x, value, *seam.df)


def _none(x: float, why: str) -> Tangent:
    return Tangent(x, math.nan, math.nan, math.nan, why)
