"""Many float64 to text at once, each as Python's own ``repr`` writes it.

``repr`` takes 0.4 µs a number, most of a large table's time. Here the first 17 digits of a whole array come out of
one product in double-double arithmetic, and they tell how few of them read back to the same number. Where that
is too close to call, or a number is not an ordinary one, ``repr`` itself is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable.double_double import exact_product

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array

    Bytes = npt.NDArray[np.uint8]
    Whole = npt.NDArray[np.int64]

WIDTH = 24  # characters of the longest number, -2.2250738585072014e-308
BLANK = b"\0"  # stands where a shorter number has no character

_DIGITS = 17  # enough for every float64, and 15 are never one too many
_TINY, _HUGE = 1e-280, 1e280  # within, no product or power below leaves float64
_MARGIN = 1e-6  # of a unit of the 17th digit; the digits are known to 1e-13 of one
_FIXED = range(-4, 16)  # decimal exponents that repr writes without an e


def shortest(values: Array) -> Bytes:
    """Return a row of `WIDTH` characters a number: the text of ``repr``, with `BLANK` wherever it has none."""
    size = np.abs(values)
    zero = values == 0
    plain = (size > _TINY) & (size < _HUGE)
    size = np.where(plain, size, 1.0)
    digits, exponent, sure = _decimal(size)
    digits[zero] = 0
    count = np.maximum(_DIGITS - _trailing_zeros(digits), 1)
    text = _layout(digits, exponent, count, np.signbit(values))
    other = np.flatnonzero(~(sure & plain | zero))
    if other.size:
        words = [repr(value).encode().ljust(WIDTH, BLANK) for value in values[other].tolist()]
        text[other] = np.frombuffer(b"".join(words), np.uint8).reshape(-1, WIDTH)
    return text


def _decimal(size: Array) -> tuple[Whole, Whole, npt.NDArray[np.bool_]]:
    """Return 17 digits and the exponent of the first, for the fewest digits that read back; and whether that is sure.

    Fewer digits than 17 stand before zeros. Every decimal within half a unit in the last place of a float64 reads
    back to it; so does the nearest one of 15 digits if any of so few does.
    """
    exponent = np.floor(np.log10(size)).astype(np.int64)
    scale, scale_error = _powers_of_ten()[:, _DIGITS - 1 - exponent + _LARGEST_POWER]
    above, error = exact_product(size, scale)
    error += size * scale_error
    # From 2**53 on every float64 is a whole number, so that the fraction is in the error alone.
    near = np.rint(error)
    fraction = error - near
    whole = above.astype(np.int64) + near.astype(np.int64)
    power = (size.view(np.int64) & _EXPONENT_BITS).view(np.float64)
    reach = power * scale * 2.0**-53  # half a unit in the last place
    sure = (above >= 1e16) & (above < 1e17 - 16) & (whole >= 10**16)
    chosen, open_ = whole, np.ones(len(size), bool)
    for unit in (100, 10):
        rest = whole % unit + fraction
        up = rest > unit / 2
        distance = np.abs(rest - unit * up)
        fits = distance < reach
        sure &= np.abs(distance - reach) > _MARGIN
        if unit == 10:
            sure &= np.abs(rest - unit / 2) > _MARGIN
        chosen = np.where(open_ & fits, whole - whole % unit + unit * up, chosen)
        open_ &= ~fits
    return chosen, exponent, sure
