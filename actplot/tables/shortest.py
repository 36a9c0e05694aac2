"""Many float64 to text at once, each as Python's own ``repr`` writes it.

``repr`` takes 0.4 µs a number, most of the time of a large table. Here the first 17 digits of every number of an
array come out of one product of double-doubles, and tell how few of them read back to the same number. Where that is
too close to call, or a number is not an ordinary one, ``repr`` itself is asked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from actplot.arithmetic.doubles import Doubles, two_product
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Characters = npt.NDArray[np.uint8]
    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

WIDTH = 24  # characters of the longest number, -2.2250738585072014e-308
BLANK = b"\0"  # stands where a shorter number has no character

DIGITS = 17  # they always read back; of 15 or fewer at most one choice does
LARGEST = 280  # decimal exponents beyond it would take a product or a power out of float64
MARGIN = 1e-6  # in units of the 17th digit; the product is right to 1e-13 of one
FIXED = range(-4, 16)  # decimal exponents that repr writes without an e
EXPONENT_BITS = 0x7FF0000000000000  # of a float64


def shortest(values: Array) -> Characters:
    """Return a row of `WIDTH` characters a number: the text of ``repr``, and `BLANK` where that is shorter."""
    size = np.abs(values)
    zero = size == 0.0
    ordinary = (size > 10.0**-LARGEST) & (size < 10.0**LARGEST)
    digits, exponent, certain = _decimal(np.where(ordinary, size, 1.0))
    digits[zero] = 0
    text = _layout(digits, exponent, np.signbit(values))
    others = np.flatnonzero(~(zero | (ordinary & certain)))
    if others.size:
        words = [repr(value).encode().ljust(WIDTH, BLANK) for value in values[others].tolist()]
        text[others] = np.frombuffer(b"".join(words), np.uint8).reshape(-1, WIDTH)
    return text


def _decimal(size: Array) -> tuple[Integers, Integers, Flags]:
    """Return 17 digits of each number, the decimal exponent of the first of them, and whether they are certain.

    What is within half a unit in the last place of a number reads back to it. That is tried with the nearest decimals
    of 17, 16 and 15 digits; shorter ones are among the last, with zeros at their end.
    """
    exponent = np.floor(np.log10(size)).astype(np.int64)
    scale, scale_error = np.take(_powers_of_ten(), LARGEST + DIGITS - 1 - exponent, axis=1)
    high, low = two_product(Doubles(size), Doubles(scale))
    low += size * scale_error
    nearest = np.rint(low)
    fraction = low - nearest
    whole = high.astype(np.int64) + nearest.astype(np.int64)  # high has no fraction, being beyond 2**53
    binade = (size.view(np.int64) & EXPONENT_BITS).view(np.float64)
    power_of_two = size == binade
    reach = binade * (scale * 2.0**-53)
    reach[power_of_two] *= 0.5  # numbers lie closer together below it
    digits, certain = whole, (whole >= 10 ** (DIGITS - 1)) & (np.abs(fraction) < 0.5 - MARGIN)
    for unit in (10, 100):
        floor = whole // unit * unit
        above = (whole - floor) + fraction
        up = above > unit / 2
        distance = np.where(up, unit - above, above)
        fits = distance < reach
        digits = np.where(fits, floor + unit * up, digits)
        certain &= (np.abs(distance - reach) > MARGIN) & (np.abs(above - unit / 2) > MARGIN)
    certain &= ~power_of_two | fits
    certain &= digits < 10**DIGITS
    return digits, exponent, certain


@cache
def _powers_of_ten() -> Array:
    """Return 10**k as double-doubles, for each k that brings a number to 17 digits before its point."""
    powers = []
    for k in range(-LARGEST, LARGEST + DIGITS + 1):
        above, below = (10**k, 1) if k >= 0 else (1, 10**-k)
        high = above / below
        a, b = high.as_integer_ratio()
        powers.append((high, (above * b - a * below) / (below * b)))
    return np.array(powers).T.copy()


# The places of the characters that a text is put together from.
_ZERO, _FIRST, _EXPONENT, _POINT, _SIGN, _NONE = 0, 3, 20, 25, 26, 27
_PLACES = 28


def _layout(digits: Integers, exponent: Integers, negative: Flags) -> Characters:
    """Return the texts of numbers, digits x 10**(exponent - 16)."""
    source = np.empty((len(digits), _PLACES), np.uint8)
    groups = source.view(np.uint32)
    rest = digits
    for place in range(4, 0, -1):
        rest, group = rest // 10_000, rest
        groups[:, place] = _four_digits()[group - rest * 10_000]
    groups[:, 0] = _four_digits()[rest]
    source[:, _EXPONENT:_POINT] = _exponents()[exponent + LARGEST + 1]
    source[:, _POINT] = ord(".")
    source[:, _SIGN] = negative * np.uint8(ord("-"))
    source[:, _NONE] = 0
    count = DIGITS - (source[:, _FIRST + DIGITS - 1 : _FIRST - 1 : -1] != ord("0")).argmax(axis=1)
    count[digits == 0] = 1
    kind = np.where((exponent >= FIXED.start) & (exponent < FIXED.stop), exponent - FIXED.start, len(FIXED))
    picked = _templates()[kind, count]
    picked += np.arange(0, source.size, _PLACES)[:, None]
    text: Characters = source.ravel().take(picked, mode="clip")  # a mode that checks nothing; all places exist
    return text


@cache
def _four_digits() -> npt.NDArray[np.uint32]:
    return np.frombuffer("".join(f"{number:04}" for number in range(10_000)).encode(), np.uint32)


@cache
def _exponents() -> Characters:
    words = [f"e{exponent:+03}".encode().ljust(5, BLANK) for exponent in range(-LARGEST - 1, LARGEST + 1)]
    return np.frombuffer(b"".join(words), np.uint8).reshape(-1, 5)


@cache
def _templates() -> Integers:
    """Return, for each decimal exponent and number of digits, the places of the characters of the text."""
    templates = [[_template(kind, count) for count in range(DIGITS + 1)] for kind in (*FIXED, None)]
    return np.array(templates)


def _template(exponent: int | None, count: int) -> list[int]:
    digits = list(range(_FIRST, _FIRST + max(count, 1)))
    if exponent is None:
        point = [_POINT] if count > 1 else []
        text = [digits[0], *point, *digits[1:], *range(_EXPONENT, _POINT)]
    elif exponent < 0:
        text = [_ZERO, _POINT, *[_ZERO] * (-exponent - 1), *digits]
    else:
        digits += [_ZERO] * (exponent + 2 - len(digits))
        text = [*digits[: exponent + 1], _POINT, *digits[exponent + 1 :]]
    return [_SIGN, *text] + [_NONE] * (WIDTH - 1 - len(text))
