"""What a formula and its derivative tend to beside a point where pieces of it may meet."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits
    from actplot.calculus.values import Values

# Steps away from a point, relative to its place: the second for a root, which changes by as much as 1e-25 in the first.
# At zero first beneath all float64, unless too many digits cancel.
BESIDE = Decimal("1e-50"), Decimal("1e-60")
NEARER = Decimal("1e-200"), Decimal("1e-220")
GAP = Decimal("1e-45"), Decimal("1e-60")  # for what both sides differ by, where that is nothing in the limit
BENEATH = Decimal("1e-350"), Decimal("1e-400")
GROWING = 1.1  # what has no limit at a point grows by more from one of these to the other: a logarithm by 1.14

SURE = 200  # digits in which both sides are compared
LONG = 30  # operations; more than any function of the catalogue has
ENOUGH = 520  # digits for a longer formula, whose values beside a point take minutes in more
APART = 4  # units in the last place: no two roundings of one number are as far from each other

Sides = tuple[float, float]


class Meeting(NamedTuple):
    """Where pieces of a function meet: the float64 nearest to the place, and the limits of f and f' on both sides.

    ``at`` is f at the place itself, None where that is no float64. ``joined`` and ``smooth`` say whether the limits of
    f, and those of f', are one number, which their float64 need not tell.
    """

    x: float
    at: float | None
    values: Sides
    slopes: Sides
    joined: bool
    smooth: bool


def meeting(
    values: Values, place: Callable[[], Digits], bounded: tuple[bool, bool] = (False, False), slopes: bool = True
) -> Meeting | None:
    """Return what f and f' tend to beside a point, which is known to as many digits as are at work.

    Both are read so near to it that the difference is far below the smallest float64. ``bounded`` says whether f is
    known to have bounds on the left and on the right: what grows there all the same is a wave, which has no limit.
    An infinite point gives None. Without ``slopes`` the limits of f' are NaN.
    """
    from actplot.arithmetic.digits import Digits, settle

    x = settle(lambda _: place(), 0.0)
    if x is None or not math.isfinite(x):
        return None
    beside = _Beside(values, place, abs(Decimal(x)))
    *ends, joined = beside.limits(0)
    below, above = (math.nan if kept and math.isinf(end) else end for end, kept in zip(ends, bounded, strict=True))
    left, right, smooth = beside.limits(1) if slopes else (math.nan, math.nan, False)
    f = below, above
    df = math.nan if math.isnan(below) else left, math.nan if math.isnan(above) else right
    if settle(lambda _: place() - Digits(Decimal(x)), 0.0) != 0.0:
        return Meeting(x + 0.0, None, f, df, joined, smooth)
    value = settle(values.read(0), x)
    at = math.nan if value is None else value + 0.0
    continues = joined and math.isfinite(below) and abs(at - below) <= math.ulp(below)
    return Meeting(x + 0.0, at, (at, at) if continues else f, df, joined, smooth)


def turn(values: Values, place: Callable[[], Digits]) -> Meeting | None:
    """Return the same of a point where f goes smoothly on, and f' passes zero."""
    from actplot.arithmetic.digits import settle

    x, f = settle(lambda _: place(), 0.0), settle(lambda _: values.read(0)(place()), 0.0)
    return None if x is None or f is None else Meeting(x + 0.0, f + 0.0, (f + 0.0, f + 0.0), (0.0, 0.0), True, True)


class _Beside:
    """A formula read a little to the left and to the right of a place."""

    def __init__(self, values: Values, place: Callable[[], Digits], scale: Decimal) -> None:
        self._values, self._place = values, place
        apart = [(scale * near, scale * nearer) for near, nearer in (BESIDE, NEARER)]
        self._steps = apart if scale else [BENEATH, BESIDE]
        self._gaps = [(scale * GAP[0], scale * GAP[1])] if scale else self._steps

    def limits(self, order: int) -> tuple[float, float, bool]:
        """Return what f or a derivative tends to on the left and on the right, and whether that is one number."""
        left, right = (self._limit(partial(self._read, order, side)) for side in (-1, 1))
        if not (math.isfinite(left) and math.isfinite(right)):
            return left, right, left == right
        if abs(left - right) > APART * math.ulp(max(abs(left), abs(right))):
            return left, right, False
        same = any(self._closes(order, near, nearer) for near, nearer in self._gaps)
        return (left, left, True) if same else (left, right, False)

    def _closes(self, order: int, near: Decimal, nearer: Decimal) -> bool:
        """Say whether what both sides differ by shrinks with the step, or can't be told from nothing."""
        from actplot.arithmetic.digits import Open, working

        try:
            with working(SURE):
                first, second = (
                    abs(self._read(order, 1, step) - self._read(order, -1, step)) for step in (near, nearer)
                )
                return second.low == 0 or second.high * Decimal(GROWING) < first.low
        except Open:
            return False

    def _read(self, order: int, side: int, step: Decimal) -> Digits:
        from actplot.arithmetic.digits import Digits

        return self._values.read(order)(self._place() + Digits(side * step))

    def _limit(self, read: Callable[[Decimal], Digits]) -> float:
        found = math.nan
        for near, nearer in self._steps:
            found = _tended(*(_settled(read, step, self._values.work > LONG) for step in (near, nearer)))
            if not math.isnan(found):
                break
        return found


def _settled(read: Callable[[Decimal], Digits], step: Decimal, is_long: bool) -> float | None:
    from actplot.arithmetic.digits import MOST, settle

    def beside(_: Digits) -> Digits:
        return read(step)

    return settle(beside, 0.0, ENOUGH if is_long else MOST)


def _tended(near: float | None, nearer: float | None) -> float:
    """Return what values beside a point tend to: their common value, an infinity that they approach, or zero."""
    if near is None or nearer is None or near == nearer or math.isnan(near) or math.isnan(nearer):
        return math.nan if nearer is None else nearer + 0.0
    if abs(nearer) > GROWING * abs(near):
        return math.copysign(math.inf, nearer)
    return 0.0 if GROWING * abs(nearer) < abs(near) else math.nan
