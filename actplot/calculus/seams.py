"""Points at which pieces of a function meet, and what it does there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actplot.calculus.meetings import meeting

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits
    from actplot.calculus.values import Values


@dataclass(frozen=True)
class Kink:
    """A point where f' does not exist.

    Attributes
    ----------
    x
        The point.
    left, right
        The limits of f' on either side.
    jump
        The limits of f on either side, where f jumps.
    frameworks
        What f' is there in a framework, by its name, as far as that is known.

    """

    x: float
    left: float
    right: float
    jump: tuple[float, float] | None = None
    frameworks: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Hole:
    """A point where f is undefined, and what f and f' tend to there from both sides."""

    x: float
    value: float
    slope: float


# What may happen where pieces meet, besides nothing; what no precision tells is unclear.
KINDS = ("kink", "jump", "pole", "hole", "edge", "isolated value", "unclear")


@dataclass(frozen=True)
class Seam:
    """A point at which pieces of a function meet, or its domain ends: a kink, a hole, or a smooth passage.

    ``slope`` is f' at a smooth passage, which neither piece need give by itself. ``kind`` is one of `KINDS`, or
    ``smooth``. ``f`` and ``df`` are the limits of f and f' on both sides. ``exact`` says whether the point is a
    float64, rather than near one.
    """

    x: float
    kind: str
    kink: Kink | None = None
    slope: float | None = None
    hole: Hole | None = None
    f: tuple[float, float] = (math.nan, math.nan)
    df: tuple[float, float] = (math.nan, math.nan)
    place: Callable[[], Digits] | None = field(default=None, compare=False, repr=False)
    exact: bool = True


def seam_at(exact: Values, place: Callable[[], Digits], bounded: tuple[bool, bool] = (False, False)) -> Seam | None:
    """Return what happens at a point; None at an infinite one, or where f is undefined on both sides of it.

    ``bounded`` says whether f is known to have bounds beside the point, on the left and on the right.
    """
    met = meeting(exact, place, bounded)
    if met is None:
        return None
    x, at, f, df, joined, smooth = met
    (below, above), (left, right) = f, df
    spot = place, at is not None
    if (bounded[0] and math.isnan(below)) or (bounded[1] and math.isnan(above)):
        return Seam(x, "unclear", None, math.nan)
    missing = math.isnan(below) + math.isnan(above)
    torn = not missing and not joined
    if missing == 2 or (not torn and math.isnan(left) and math.isnan(right)):
        return None
    if missing:
        return Seam(x, "edge", None, math.nan, None, f, df)
    if math.isinf(below) or math.isinf(above):
        return Seam(x, "pole", Kink(x, left, right, f if torn else None), None, None, f, df, *spot)
    if torn:
        return Seam(x, "jump", Kink(x, left, right, f), None, None, f, df, *spot)
    if at is not None and math.isnan(at) and math.isfinite(left) and smooth:
        return Seam(x, "hole", None, None, Hole(x, below, left), f, df, *spot)
    if not smooth:
        return Seam(x, "kink", Kink(x, left, right), None, None, f, df, *spot)
    if at is None or at == below:
        return Seam(x, "smooth", None, left, None, f, df, *spot)
    return Seam(x, "isolated value", None, math.nan, None, f, df, *spot)


def boundless(seams: Iterable[Seam], order: int) -> tuple[bool, bool]:
    """Say whether f (order 0) or f' (1) grows without bound beside some seam: downwards, upwards."""
    ends = {end for seam in seams for end in (*(seam.df if order else seam.f), *_EITHER[seam.kind == "unclear"])}
    return -math.inf in ends, math.inf in ends


_EITHER = (), (-math.inf, math.inf)
