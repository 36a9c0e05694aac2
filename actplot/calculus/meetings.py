"""What a formula and its derivative tend to beside a point where pieces of it may meet."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits
    from actplot.calculus.values import Values

# Steps away from a point, relative to its place; at zero first beneath all float64, unless too many digits cancel.
BESIDE = Decimal("1e-50"), Decimal("1e-60")
BENEATH = Decimal("1e-350"), Decimal("1e-400")
GROWING = 1.1  # what has no limit at a point grows by more from one of these to the other: a logarithm by 1.14

Sides = tuple[float, float]


class Meeting(NamedTuple):
    """Where pieces of a function meet: the float64 nearest to the place, and the limits of f and f' on both sides.

    ``at`` is f at the place itself, None where that is no float64.
    """

    x: float
    at: float | None
    values: Sides
    slopes: Sides


def meeting(values: Values, place: Callable[[], Digits], bounded: tuple[bool, bool] = (False, False)) -> Meeting | None:
    """Return what f and f' tend to beside a point, which is known to as many digits as are at work.

    Both are read so near to it that the difference is far below the smallest float64. ``bounded`` says whether f is
    known to have bounds on the left and on the right: what grows there all the same is a wave, which has no limit.
    An infinite point gives None.
    """
    from actplot.arithmetic.digits import Digits, settle

    x = settle(lambda _: place(), 0.0)
    if x is None or not math.isfinite(x):
        return None
    beside = _Beside(values, place, abs(Decimal(x)))
    below, above = (
        math.nan if kept and math.isinf(end) else end for end, kept in zip(beside.limits(0), bounded, strict=True)
    )
    left, right = beside.limits(1)
    f = below, above
    df = math.nan if math.isnan(below) else left, math.nan if math.isnan(above) else right
    if settle(lambda _: place() - Digits(Decimal(x)), 0.0) != 0.0:
        return Meeting(x + 0.0, None, f, df)
    value = settle(values.read(0), x)
    at = math.nan if value is None else value + 0.0
    continues = below == above and math.isfinite(below) and abs(at - below) <= math.ulp(below)
    return Meeting(x + 0.0, at, (at, at) if continues else f, df)


def turn(values: Values, place: Callable[[], Digits]) -> Meeting | None:
    """Return the same of a point where f goes smoothly on, and f' passes zero."""
    from actplot.arithmetic.digits import settle

    x, f = settle(lambda _: place(), 0.0), settle(lambda _: values.read(0)(place()), 0.0)
    return None if x is None or f is None else Meeting(x + 0.0, f + 0.0, (f + 0.0, f + 0.0), (0.0, 0.0))


class _Beside:
    """A formula read a little to the left and to the right of a place."""

    def __init__(self, values: Values, place: Callable[[], Digits], scale: Decimal) -> None:
        self._values, self._place = values, place
        self._steps = ((scale * BESIDE[0], scale * BESIDE[1]),) if scale else (BENEATH, BESIDE)

    def limits(self, order: int) -> Sides:
        """Return what f or a derivative tends to on the left and on the right."""
        left = self._limit(lambda step: self._read(order, -step))
        right = self._limit(lambda step: self._read(order, step))
        if math.isfinite(left) and math.isfinite(right) and left != right:
            gap = self._limit(lambda step: self._read(order, step) - self._read(order, -step))
            return (left, left) if gap == 0.0 else (left, right)  # two roundings of one number
        return left, right

    def _read(self, order: int, step: Decimal) -> Digits:
        from actplot.arithmetic.digits import Digits

        return self._values.read(order)(self._place() + Digits(step))

    def _limit(self, read: Callable[[Decimal], Digits]) -> float:
        from actplot.arithmetic.digits import settle

        found = math.nan
        for near, nearer in self._steps:
            found = _tended(
                settle(lambda _, step=near: read(step), 0.0), settle(lambda _, step=nearer: read(step), 0.0)
            )
            if not math.isnan(found):
                break
        return found


def _settled(read: Callable[[Decimal], Digits], step: Decimal) -> float | None:
    from actplot.arithmetic.digits import settle

    return settle(lambda _: read(step), 0.0)


def _tended(near: float | None, nearer: float | None) -> float:
    """Return what values beside a point tend to: their common value, an infinity that they approach, or zero."""
    if near is None or nearer is None or near == nearer or math.isnan(near) or math.isnan(nearer):
        return math.nan if nearer is None else nearer + 0.0
    if abs(nearer) > GROWING * abs(near):
        return math.copysign(math.inf, nearer)
    return 0.0 if GROWING * abs(nearer) < abs(near) else math.nan
