"""The inputs of a number format that an implementation is tried with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np

MOST_EXHAUSTIVE = 16  # bits; of wider formats only some inputs are tried unless all are asked for
DENSE = 10_000_000  # inputs of float32
CLOSE = 40_000  # floats on each side of a place where something happens


def inputs(chosen: Format, places: Sequence[float], count: int = DENSE) -> Any:
    """Return the finite inputs to try, in the order of x.

    Parameters
    ----------
    chosen
        The format.
    places
        Points where something happens; the floats around them are tried one by one.
    count
        How many inputs of a format that is too wide to try all.

    Returns
    -------
    Array of the format's type, shape (n,): all that there are up to 16 bits.

    """
    if chosen.bits <= MOST_EXHAUSTIVE:
        every = chosen.all_inputs()
        with np.errstate(all="ignore"):
            values = every.astype(np.float64)
        finite = np.isfinite(values)
        return every[finite][np.argsort(values[finite], kind="stable")]
    magnitudes = _spread(chosen, count // 2)
    near = _around(chosen, places, min(CLOSE, count // (4 * max(len(places), 1))))
    sign = chosen.unsigned.type(1 << (chosen.bits - 1))
    bits = np.sort(np.concatenate([magnitudes, magnitudes | sign, near]))
    bits = bits[np.flatnonzero(np.diff(bits, prepend=bits[:1] - 1))]  # unique() hashes, forty times as long for these
    found = bits.view(chosen.dtype)
    positive, negative = (found[np.isfinite(found) & (np.signbit(found) == below)] for below in (False, True))
    return np.concatenate([negative[::-1], positive])


def _spread(chosen: Format, count: int) -> Any:
    """Return the bits of positive numbers: as many of every binade, evenly apart, and twice that where tails end."""
    last = int(np.array(np.inf, dtype=chosen.dtype).view(chosen.unsigned))
    middle = [int(np.array(x, dtype=chosen.dtype).view(chosen.unsigned)) for x in (2.0**-20, 2.0**10)]
    steps = (np.linspace(0, last, count // 2, endpoint=False), np.linspace(middle[0], middle[1], count - count // 2))
    return np.concatenate([step.astype(chosen.unsigned) for step in steps])


def _around(chosen: Format, places: Sequence[float], reach: int) -> Any:
    found = []
    steps = np.arange(-reach, reach + 1)
    for place in places:
        with np.errstate(all="ignore"):
            centre = np.array(place, dtype=np.float64).astype(chosen.dtype)
        if not np.isfinite(centre):
            continue
        size = int(np.abs(centre).view(chosen.unsigned))
        bits = np.clip(size + steps, 0, None).astype(chosen.unsigned)
        sign = chosen.unsigned.type(1 << (chosen.bits - 1)) if np.signbit(centre) else chosen.unsigned.type(0)
        found.append(bits | sign)
    return np.concatenate([np.zeros(1, chosen.unsigned), *found])
