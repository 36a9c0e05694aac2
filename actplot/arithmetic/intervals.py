"""Arithmetic of intervals: arrays of lower and upper ends, rounded outward, so that they hold the truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

_ROUNDING = 2.0**-49  # relative; no function of numpy's or of Python's is as far off
_LEAST = 5e-324
_SMALL = 1e-300  # what is smaller may have lost digits
_ANGLE = 2.0**30  # beyond it a wave is anything between -1 and 1
_ANYTHING = -math.inf, math.inf
_LN2 = math.nextafter(math.log(2.0), 1.0)


class Ends(NamedTuple):
    """The bounds of an interval; NaN where there is no value."""

    low: Array
    high: Array


def _down(value: Array) -> Array:
    return np.nextafter(value, -np.inf)


def _up(value: Array) -> Array:
    return np.nextafter(value, np.inf)


def plus(a: Ends, b: Ends) -> Ends:
    """Return the sum; an end that was rounded outward, or not at all, stays as it is."""
    low, high = a.low + b.low, a.high + b.high
    low = np.where(_rest(a.low, b.low, low) >= 0.0, low, _down(low))
    high = np.where(_rest(a.high, b.high, high) <= 0.0, high, _up(high))
    return _known(Ends(low, high), a, b)


def _rest(a: Array, b: Array, total: Array) -> Array:
    """Return what a rounded sum leaves out, exactly; NaN where it is infinite."""
    part = total - a
    return np.asarray((a - (total - part)) + (b - part))


def minus(a: Ends, b: Ends) -> Ends:
    """Return the difference."""
    return plus(a, Ends(-b.high, -b.low))


def times(a: Ends, b: Ends) -> Ends:
    """Return the product."""
    p, q = _corners(a, b)
    products = p * q
    products[np.isnan(products)] = 0.0  # zero times infinity: an infinite bound is never reached
    exact = (p == 0) | (q == 0) | ((_is_power_of_two(p) | _is_power_of_two(q)) & _is_normal(products))
    return _known(_clipped(_spread(products, exact), a, b), a, b)


def _corners(a: Ends, b: Ends) -> tuple[Array, Array]:
    """Return the ends of two intervals in every combination, shape (4, ...)."""
    low, high, first, last = np.broadcast_arrays(a.low, a.high, b.low, b.high)
    return np.stack([low, low, high, high]), np.stack([first, last, first, last])


def _is_power_of_two(value: Array) -> Flags:
    return np.asarray(np.abs(np.frexp(value)[0]) == 0.5)


def _is_normal(value: Array) -> Flags:
    """Say where a result has lost no digits to the ends of float64."""
    return np.asarray((np.abs(value) > _SMALL) & np.isfinite(value))


def _spread(values: Array, exact: Flags) -> Ends:
    """Return the bounds of values, shape (4, ...), of which some are exact."""
    low, high = values.min(axis=0), values.max(axis=0)
    kept, held = ((exact | (values != end)).all(axis=0) for end in (low, high))
    return Ends(np.where(kept, low, _down(low)), np.where(held, high, _up(high)))


def _clipped(found: Ends, a: Ends, b: Ends) -> Ends:
    """Keep a product or quotient on the side of zero that its operands' signs tell."""
    alike = ((a.low >= 0) & (b.low >= 0)) | ((a.high <= 0) & (b.high <= 0))
    unlike = ((a.low >= 0) & (b.high <= 0)) | ((a.high <= 0) & (b.low >= 0))
    low = np.where(alike, np.maximum(found.low, 0.0), found.low)
    return Ends(low, np.where(unlike, np.minimum(found.high, 0.0), found.high))


def over(a: Ends, b: Ends) -> Ends:
    """Return the quotient; nothing where the divisor is zero."""
    across = (b.low < 0) & (b.high > 0)
    nothing = (b.low == 0) & (b.high == 0)
    # A zero at an end of the divisor belongs to the side on which the rest of it lies.
    p, q = _corners(a, Ends(np.where(b.low == 0, 0.0, b.low), np.where(b.high == 0, -0.0, b.high)))
    quotients = p / q
    vague = across | np.isnan(quotients).any(axis=0)
    found = _spread(quotients, (p == 0) | (_is_power_of_two(q) & _is_normal(quotients)))
    found = Ends(np.where(vague, -np.inf, found.low), np.where(vague, np.inf, found.high))
    found = Ends(*(np.where(across, part, clip) for part, clip in zip(found, _clipped(found, a, b), strict=True)))
    return _known(Ends(*(np.where(nothing, np.nan, part) for part in found)), a, b)


def _known(found: Ends, a: Ends, b: Ends) -> Ends:
    """Return anything where bounds have become NaN, and NaN where an operand has no value."""
    undefined = np.isnan(a.low) | np.isnan(b.low)
    if not (undefined | np.isnan(found.low) | np.isnan(found.high)).any():
        return found
    low = np.where(np.isnan(found.low) & ~undefined, -np.inf, found.low)
    high = np.where(np.isnan(found.high) & ~undefined, np.inf, found.high)
    return Ends(np.where(undefined, np.nan, low), np.where(undefined, np.nan, high))


def hull(a: Ends, b: Ends) -> Ends:
    """Return what holds both."""
    return Ends(np.fmin(a.low, b.low), np.fmax(a.high, b.high))


def anything() -> Ends:
    """Return the whole axis."""
    return Ends(*(np.asarray(end) for end in _ANYTHING))


def still() -> Ends:
    """Return zero."""
    return Ends(np.asarray(0.0), np.asarray(0.0))


def _one() -> Ends:
    return Ends(np.asarray(1.0), np.asarray(1.0))


def raised(u: Ends, n: float) -> Ends:
    """Return a whole power."""
    if n < 0:
        return over(_one(), raised(u, -n))
    if n in (0, 1):
        if n:
            return u
        one = np.where(np.isnan(u.low), np.nan, 1.0)
        return Ends(one, one)
    if n == 2:  # a product knows when it is exact
        first, last = (times(end, end) for end in (Ends(u.low, u.low), Ends(u.high, u.high)))
        least = np.where((u.low < 0) & (u.high > 0), 0.0, np.fmin(first.low, last.low))
        return Ends(least, np.maximum(first.high, last.high))
    low, high = (part**n for part in u)
    if n % 2 == 0:
        across = (u.low < 0) & (u.high > 0)
        low, high = np.where(across, 0.0, np.minimum(low, high)), np.maximum(low, high)
    return widened(Ends(low, high), u, (0.0, math.inf) if n % 2 == 0 else _ANYTHING)


def widened(found: Ends, u: Ends, within: tuple[float, float]) -> Ends:
    """Return bounds with room for rounding, kept within what the function can be; at zero nothing is rounded."""
    low = np.where(u.low == 0, found.low, found.low - np.abs(found.low) * _ROUNDING - _LEAST)
    high = np.where(u.high == 0, found.high, found.high + np.abs(found.high) * _ROUNDING + _LEAST)
    low = np.where(found.low == np.inf, np.finfo(float).max, np.where(np.isneginf(found.low), -np.inf, low))
    high = np.where(found.high == -np.inf, -np.finfo(float).max, np.where(np.isposinf(found.high), np.inf, high))
    return Ends(np.maximum(low, within[0]), np.minimum(high, within[1]))


def waved(u: Ends, low: Array, high: Array, quarter: float) -> Ends:
    """Return the bounds of a sine or cosine that has these values at the ends; a crest stands at each whole turn."""
    turns = [part / (2.0 * math.pi) - quarter / 2.0 for part in u]
    room = _ROUNDING * np.maximum(np.abs(turns[0]), np.abs(turns[1])) + _ROUNDING
    first, last = turns[0] - room, turns[1] + room
    wide = ~(np.maximum(np.abs(u.low), np.abs(u.high)) < _ANGLE)
    crest = (np.floor(last) >= first) | wide
    trough = (np.floor(last - 0.5) >= first - 0.5) | wide
    least, most = np.fmin(low, high), np.fmax(low, high)
    return Ends(np.where(trough, -1.0, least), np.where(crest, 1.0, most))


def softened(u: Array, v: Array) -> Ends:
    """Return bounds of the logarithm of exp(u) + exp(v) for single numbers."""
    apart = minus(Ends(u, u), Ends(v, v))
    far, near = (pick(np.abs(apart.low), np.abs(apart.high)) for pick in (np.maximum, np.minimum))
    rest = widened(Ends(np.log1p(np.exp(-far)), np.log1p(np.exp(-near))), _one(), (0.0, _LN2))
    larger = np.maximum(u, v)
    return plus(Ends(larger, larger), rest)


def share(u: Ends) -> Ends:
    """Return bounds of 1/(1 + exp(-u))."""
    return widened(Ends(*(1.0 / (1.0 + np.exp(-part)) for part in u)), _one(), (0.0, 1.0))
