"""Many float64 to text at once, each as Python's own ``repr`` writes it.

``repr`` takes 0.4 µs a number, most of the time of a large table. Here the first 17 digits of every number of an
array come out of one product of double-doubles, and tell how few of them read back to the same number. Where that is
too close to call, or a number is not an ordinary one, ``repr`` itself is asked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_product

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array

    Characters = npt.NDArray[np.uint8]
    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

WIDTH = 24  # characters of the longest number, -2.2250738585072014e-308
BLANK = b"\0"  # stands where a shorter number has no character

DIGITS = 17  # they always read back; of 15 or fewer at most one choice does
LARGEST = 280  # decimal exponents beyond it would take a product or a power out of float64
MARGIN = 1e-6  # in units of the 17th digit; the product is right to 1e-13 of one
FIXED = range(-4, 16)  # decimal exponents that repr writes without an e


def shortest(values: Array) -> Characters:
    """Return a row of `WIDTH` characters a number: the text of ``repr``, and `BLANK` where that is shorter."""
    size = np.abs(values)
    ordinary = (size > 10.0**-LARGEST) & (size < 10.0**LARGEST)
    digits, exponent, certain = _decimal(np.where(ordinary, size, 1.0))
    zero = size == 0.0
    digits[zero] = 0
    text = _layout(digits, exponent, np.signbit(values))
    others = np.flatnonzero(~(zero | (ordinary & certain)))
    if others.size:
        words = [repr(value).encode().ljust(WIDTH, BLANK) for value in values[others].tolist()]
        text[others] = np.frombuffer(b"".join(words), np.uint8).reshape(-1, WIDTH)
    return text


def _decimal(size: Array) -> tuple[Integers, Integers, Flags]:
    """Return 17 digits of each number, the decimal exponent of the first of them, and whether they are certain.

    What is within half a unit in the last place of a number reads back to it. The nearest decimal of 15 digits is
    tried, then that of 16, then of 17; shorter ones are among the first, with zeros at their end.
    """
    exponent = np.floor(np.log10(size)).astype(np.int64)
    scale, scale_error = np.take(_powers_of_ten(), LARGEST + DIGITS - 1 - exponent, axis=1)
    high, low = exact_product(size, scale)
    low += size * scale_error
    nearest = np.rint(low)
    fraction = low - nearest
    digits = high.astype(np.int64) + nearest.astype(np.int64)  # high has no fraction, being beyond 2**53
    binade = (size.view(np.int64) & EXPONENT_BITS).view(np.float64)
    reach = binade * (scale * 2.0**-53)
    certain = (digits >= 10**16) & (np.abs(fraction) < 0.5 - MARGIN)
    chosen, shorter = digits, np.zeros(len(size), bool)
    for unit in (100, 10):
        floor = digits // unit * unit
        above = (digits - floor) + fraction
        up = above > unit / 2
        distance = np.where(up, unit - above, above)
        fits = (distance < reach) & ~shorter
        chosen = np.where(fits, floor + unit * up, chosen)
        doubtful = np.abs(distance - reach) < MARGIN
        doubtful |= np.abs(above - unit / 2) < MARGIN  # half way between two of which both may read back
        certain &= shorter | ~doubtful
        shorter |= fits
    # Numbers lie closer together below a power of two: what fits above might not fit there.
    certain &= (size != binade) | (chosen % 10**DIGITS_OF_POWERS == 0)
    certain &= chosen < 10**DIGITS
    return chosen, exponent, certain


@cache
def _powers_of_ten() -> Array:
    """Return 10**k as double-doubles for each k that brings a number to 17 digits before its point."""
    powers = []
    for k in range(-LARGEST, LARGEST + 2 * DIGITS):
        above, below = (10**k, 1) if k >= 0 else (1, 10**-k)
        high = above / below
        a, b = high.as_integer_ratio()
        powers.append((high, (above * b - a * below) / (below * b)))
    return np.array(powers).T.copy()
