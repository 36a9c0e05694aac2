"""The exponential, the logarithm, roots and powers of double-doubles, table-driven (Tang 1989).

What has a bound of its own was measured against certified values and rounded up; everything else adds its bounds up
as it goes along.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from actplot.arithmetic.doubles import FLOOR, HALF_ULP, Doubles, constant, fast_two_sum, select, two_product, two_sum
from actplot.arithmetic.tables import LN2, STEPS, powers_of_two, split_constant
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arithmetic.doubles import Flags
    from actplot.arrays import Array

LARGEST = 2.0**900  # beyond it products soon leave float64
OF_EXPM1 = 2.0**-76  # relative error of exp(r) - 1 for a reduced r, and ...
OF_EXP = 2.0**-86  # ... of the exponential


class Exponential(NamedTuple):
    """exp(u) = 2**n · (1 + rest) · table[j], where k = STEPS·n + j."""

    k: Array
    rest: Doubles


def _reduced(u: Doubles) -> Exponential:
    """Take off the nearest multiple of ln 2/STEPS and return the rest's exponential less 1."""
    found = u.kept.get("rest")
    if isinstance(found, Exponential):
        return found
    first, second, third = split_constant("ln2/steps")
    k = np.rint(u.high * (STEPS / LN2[0]))
    near = u.high - k * first
    rest, low = two_sum(near, -(k * second))
    low -= k * third
    if u.low is not None:
        low += u.low
    rest, low = fast_two_sum(rest, low)
    one = Doubles(rest)
    square, square_low = two_product(one, one)
    higher = square * rest
    higher *= 1 / 6 + rest * (1 / 24 + rest * (1 / 120 + rest * (1 / 720)))
    higher += 0.5 * square_low + rest * low
    higher += low
    total, left = fast_two_sum(rest, 0.5 * square)
    found = Exponential(k, Doubles(*fast_two_sum(total, left + higher)))
    u.kept["rest"] = found
    return found


def _relative(u: Doubles, own: float) -> Array | float:
    """Return the relative error of exp(u), from that of the method and that of u."""
    if u.error is None:
        return own
    return np.where(u.error <= 1.0, 2.0 * u.error + own, np.inf)


def exp_parts(u: Doubles) -> tuple[Array, Doubles]:
    """Return n and m with exp(u) = m·2**n and m near 1, for |u| below 2**20."""
    k, rest = _reduced(u)
    n = np.floor(k * (1.0 / STEPS))
    table = powers_of_two()
    at = k.astype(np.int64) & (STEPS - 1)
    lead = Doubles(table.high[at])
    product, low = two_product(lead, rest)
    lead_low = table.low[at]
    low += lead.high * rest.low  # type: ignore[operator]
    low += lead_low * rest.high
    low += lead_low
    total, left = fast_two_sum(lead.high, product)
    m = Doubles(*fast_two_sum(total, left + low))
    m.error = m.high * _relative(u, OF_EXP)
    return n, m


def exp(u: Doubles) -> Doubles:
    """Return the exponential; nothing is known of what leaves float64, and little of what nearly underflows."""
    found = u.kept.get("exp")
    if not isinstance(found, Doubles):
        held = u if u.size.max() <= 1000.0 else Doubles(np.clip(u.high, -1000.0, 1000.0), u.low, u.error)
        n, m = exp_parts(held)
        found = u.kept["exp"] = _scaled(m, n)
    return found


def _scaled(m: Doubles, n: Array) -> Doubles:
    """Return m·2**n."""
    if n.max() <= 900.0 and n.min() >= -900.0:
        scale = ((n.astype(np.int64) + 1023) << 52).view(np.float64)
        return Doubles(m.high * scale, m.low * scale, m.error * scale)  # type: ignore[operator]
    near = np.abs(n) <= 900.0
    inside = _scaled(m, np.where(near, n, 0.0))
    vanishing = n < -900.0
    high, low = np.where(vanishing, 0.0, inside.high), np.where(vanishing, 0.0, inside.low)  # type: ignore[arg-type]
    gone = np.where(vanishing & np.less_equal(m.error, m.high), 2.0**-898, np.inf)  # type: ignore[arg-type]
    return Doubles(high, low, np.where(near, inside.error, gone))  # type: ignore[arg-type]


def expm1(u: Doubles) -> Doubles:
    """Return exp(u) - 1, to its own last digits where u is small."""
    k, rest = _reduced(u)
    near = k == 0.0
    error = rest.size * OF_EXPM1
    small = Doubles(rest.high, rest.low, error if u.error is None else error + 2.0 * u.error)
    if near.all():
        return small
    far = exp(u) + constant(-1.0)
    return select(near, small, far) if near.any() else far


def log1p(u: Doubles) -> Doubles:
    """Return ln(1 + u); nothing is known where that may be zero or less."""
    whole = u + constant(1.0)
    if whole.high.min() >= 0.75 and whole.high.max() <= 1.4:
        return _log1p_near(u)
    ordinary = (whole.high >= 1 / LARGEST) & (whole.high <= LARGEST)
    return _logarithm(whole, ordinary, u)


def log(u: Doubles) -> Doubles:
    """Return the natural logarithm; nothing is known where u may be zero or less, or is nearly out of float64."""
    return _logarithm(u, (u.high >= 1 / LARGEST) & (u.high <= LARGEST))


def _logarithm(u: Doubles, ordinary: Flags, less_one: Doubles | None = None) -> Doubles:
    """Return ln(u), where u - 1 may be known better than u."""
    if not ordinary.all():
        inside = _logarithm(select(ordinary, u, constant(1.0)), np.ones_like(ordinary), less_one)
        return inside.with_error(np.where(ordinary, 0.0, np.inf))
    # A mantissa from 0.7 to 1.42, so that a logarithm near zero has no multiple of ln 2 in it.
    exponent = ((u.high * math.sqrt(2.0)).view(np.int64) >> 52) - 1023
    scale = ((1023 - exponent) << 52).view(np.float64)
    low, error = (None if part is None else part * scale for part in (u.low, u.error))
    above = Doubles(u.high * scale, low, error) + constant(-1.0)
    if less_one is not None:
        above = select(exponent == 0, less_one, above)
    return log_of_parts(above, exponent.astype(np.float64))


def log_of_parts(above: Doubles, exponent: Array) -> Doubles:
    """Return ln((1 + above)·2**exponent), for 1 + above from 0.7 to 1.42."""
    found = _log1p_near(above)
    return found + Doubles(exponent) * constant(*LN2) if exponent.any() else found


def _log1p_near(u: Doubles) -> Doubles:
    """Return ln(1 + u) for 1 + u from 0.7 to 1.42: one step of Newton's from the float64 logarithm."""
    start = Doubles(np.log1p(u.high))
    grown = expm1(-start)
    missing = u + grown + u * grown
    found = start + (missing + Doubles(-0.5 * np.square(missing.high)))
    return found.with_error(found.size * (4 * HALF_ULP**2))


def sqrt(u: Doubles) -> Doubles:
    """Return the square root; NaN where u is certainly negative."""
    root = Doubles(np.sqrt(u.high))
    square, rest = two_product(root, root)
    left = (u.high - square) - rest
    if u.low is not None:
        left += u.low
    correction = left / (2.0 * root.high)
    zero = u.high == 0.0
    if zero.any():
        correction = np.where(zero, 0.0, correction)
    found = Doubles(*fast_two_sum(root.high, correction))
    error = found.size * 2.0**-101
    if u.error is not None:
        error += np.where(u.error <= 0.5 * u.high, u.error / root.high, np.sqrt(u.error) + root.high)
        error = np.where(zero & (u.error == 0.0), 0.0, error)
    if not u.size.min() >= FLOOR:
        error = np.where(zero | (u.high >= FLOOR), error, np.inf)
    found.error = error
    return found
