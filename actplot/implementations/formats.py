"""Number formats that implementations compute in: their inputs, and units in the last place in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.errors import UsageError, WorldError
from actplot.words.quoting import shorten

if TYPE_CHECKING:
    from actplot.arrays import Array

MOST_EXHAUSTIVE = 16  # bits; of wider formats only some inputs are tried unless all are asked for
DENSE = 10_000_000  # inputs of float32
CLOSE = 40_000  # floats on each side of a place where something happens


@dataclass(frozen=True)
class Format:
    """A binary number format.

    Attributes
    ----------
    name
        Its name in numpy or ml_dtypes.
    bits
        How many there are in all.
    precision
        Of the significand, the hidden one among them.
    smallest
        The exponent of the smallest normal number, as a power of two.
    largest
        The exponent of the largest.
    tolerance
        The relative and the absolute error that torch.testing lets pass by default.
    max_ulp
        The largest errors of f and of f' that pass unless told.

    """

    name: str
    bits: int
    precision: int
    smallest: int
    largest: int
    tolerance: tuple[float, float] = (0.0, 0.0)
    max_ulp: tuple[float, float] = (1.0, 4.0)

    @property
    def dtype(self) -> Any:
        """The numpy type.

        Raises
        ------
        WorldError
            Where ml_dtypes is needed and is not installed.

        """
        if hasattr(np, self.name):
            return np.dtype(self.name)
        try:
            import ml_dtypes
        except ImportError:
            message = (
                f"ml_dtypes, which has {self.name}, is not installed; install it with: pip install 'actplot[check]'"
            )
            raise WorldError(message) from None
        return np.dtype(getattr(ml_dtypes, self.name))

    @property
    def unsigned(self) -> Any:
        """The unsigned integers of the same size."""
        return np.dtype(f"uint{self.bits}")

    @property
    def maximum(self) -> float:
        """The largest finite number."""
        return float(_finfo(self).max)

    def all_inputs(self) -> Any:
        """Return every number there is, shape (2**bits,), by its bits."""
        return np.arange(2**self.bits, dtype=np.uint64).astype(self.unsigned).view(self.dtype)

    def ulp(self, exact: Array) -> Array:
        """Return the unit in the last place at exact values: the spacing of the format in the binade of each.

        That is the definition of Goldberg (1991), with the spacing of subnormals below the smallest normal number, and
        that of the largest binade beyond it.
        """
        _, exponents = np.frexp(exact)
        clipped = np.where(exact == 0.0, self.smallest, np.clip(exponents - 1, self.smallest, self.largest))
        spacing: Array = np.ldexp(np.ones_like(exact), clipped - (self.precision - 1))
        return spacing

    def errors(self, got: Array, exact: Array) -> Array:
        """Return the errors of results in units in the last place of the exact values, as float64.

        An infinity stands for the power of two that would follow the largest number; what is beyond that number by half
        a unit or more is rounded to it. A NaN is infinitely wrong, but where the exact value is one too.
        """
        with np.errstate(all="ignore"):
            beyond = math.ldexp(1.0, self.largest + 1) if self.largest < 1023 else math.inf
            held = np.where(np.isinf(got), np.copysign(beyond, got), got)
            most = beyond if math.isfinite(beyond) else np.finfo(np.float64).max
            aim = np.clip(exact, -most, most)
            error = np.abs(held - aim) / self.ulp(aim)
        error[np.isinf(got) & np.isinf(exact) & (np.sign(got) == np.sign(exact))] = 0.0
        error[np.isinf(got) & (np.abs(aim) < self.maximum)] = np.inf
        error[np.isnan(got)] = np.inf
        error[np.isnan(exact)] = np.nan
        return error

    def rounded(self, exact: Array) -> Any:
        """Return exact values rounded to the format once, to even where they lie in the middle."""
        with np.errstate(all="ignore"):
            return exact.astype(self.dtype)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("float8_e4m3fn", 8, 4, -6, 8),
        Format("float8_e5m2", 8, 3, -14, 15),
        Format("bfloat16", 16, 8, -126, 127, (1.6e-2, 1e-5)),
        Format("float16", 16, 11, -14, 15, (1e-3, 1e-5)),
        Format("float32", 32, 24, -126, 127, (1.3e-6, 1e-5)),
        Format("float64", 64, 53, -1022, 1023, (1e-7, 1e-7)),
    )
}
COMMON = ("bfloat16", "float16", "float32", "float64")
_SHORT = {"bf16": "bfloat16", "f16": "float16", "half": "float16", "f32": "float32", "float": "float32"}
_SHORT |= {"f64": "float64", "double": "float64", "e4m3": "float8_e4m3fn", "e5m2": "float8_e5m2"}


def read_formats(text: str) -> list[Format]:
    """Return the formats of ``--dtype``: names split by commas, or ``all`` for the four that frameworks share.

    Raises
    ------
    UsageError
        For a name that is none.

    """
    words = [word.strip().lower() for word in text.split(",")]
    names = [name for word in words for name in (COMMON if word == "all" else [_SHORT.get(word, word)])]
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"--dtype: there is no '{shorten(name)}'; choose from all, {', '.join(FORMATS)}")
    return [FORMATS[name] for name in dict.fromkeys(names)]


def _finfo(chosen: Format) -> Any:
    source: Any = np
    if not hasattr(np, chosen.name):
        import ml_dtypes as source

    return source.finfo(chosen.dtype)


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
    bits = np.unique(np.concatenate([magnitudes, magnitudes | sign, near]))
    found = bits.view(chosen.dtype)
    found = found[np.isfinite(found)]
    return np.sort(found)


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
