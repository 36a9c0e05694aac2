"""Sine, cosine and the arc tangent of double-doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actplot.arithmetic.doubles import HALF_ULP, Doubles, constant, two_sum
from actplot.arithmetic.tables import ANGLES, PI, quotient, sines_and_cosines, split_constant
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

WIDEST = 2.0**22  # beyond it the multiples of the angle's pieces are rounded
OF_SERIES = 2.0**-50  # relative error of the higher terms of a series, which are plain float64
OF_TABLE = 2.0**-102  # error of the table, and of what the series leave out


class Angle(NamedTuple):
    """The sine and the cosine of one angle."""

    sine: Doubles
    cosine: Doubles


def _reduced(u: Doubles) -> tuple[npt.NDArray[np.int64], Doubles]:
    """Return the number of the nearest angle of the table, and how far u lies beyond it."""
    *pieces, last = split_constant("angle")
    k = np.rint(u.high * (ANGLES / (2.0 * PI[0])))
    near = u.high - k * pieces[0]
    low = -(k * last)
    slack = np.abs(low)
    for piece in pieces[1:]:
        near, left = two_sum(near, -(k * piece))
        slack += np.abs(left)
        low = low + left
    if u.low is not None:
        low = low + u.low
        slack += np.abs(u.low)
    rest = Doubles(*two_sum(near, low), 4.0 * HALF_ULP * slack)
    return k.astype(np.int64) & (ANGLES - 1), rest if u.error is None else rest.with_error(u.error)


def angle(u: Doubles) -> Angle:
    """Return the sine and the cosine; nothing is known of them far out."""
    found = u.kept.get("angle")
    if isinstance(found, Angle):
        return found
    if not u.size.max() <= WIDEST:
        inside = angle(Doubles(np.where(u.size <= WIDEST, u.high, 0.0), u.low, u.error))
        lost = np.where(u.size <= WIDEST, 0.0, np.inf)
        return Angle(inside.sine.with_error(lost), inside.cosine.with_error(lost))
    at, rest = _reduced(u)
    square = rest * rest
    s = square.high
    fifth = rest.high * (s * s) * (1 / 120 - s * (1 / 5040 - s * (1 / 362880)))
    series = rest + rest * square * quotient(-1, 6) + Doubles(fifth, None, OF_SERIES * np.abs(fifth))
    fourth = s * s * (1 / 24 - s * (1 / 720 - s * (1 / 40320)))
    fall = constant(1.0) + square.times(-0.5) + Doubles(fourth, None, OF_SERIES * fourth + OF_TABLE)
    sines, cosines = sines_and_cosines()
    sine, cosine = Doubles(sines.high[at], sines.low[at]), Doubles(cosines.high[at], cosines.low[at])
    found = Angle(
        (sine * fall + cosine * series).with_error(np.where(sine.high == 0.0, 0.0, OF_TABLE)),
        (cosine * fall - sine * series).with_error(np.where(cosine.high == 0.0, 0.0, OF_TABLE)),
    )
    u.kept["angle"] = found
    return found


def sin(u: Doubles) -> Doubles:
    """Return the sine."""
    return angle(u).sine


def cos(u: Doubles) -> Doubles:
    """Return the cosine."""
    return angle(u).cosine


def atan(u: Doubles) -> Doubles:
    """Return the arc tangent: one step from that of float64, by the sine and the cosine of the difference."""
    start = Doubles(np.arctan(u.high))
    sine, cosine = angle(start)
    missing = (u * cosine - sine) / (cosine + u * sine)
    found = start + missing
    return found.with_error(found.size * (4.0 * HALF_ULP**2))
