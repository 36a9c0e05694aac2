"""Number formats: what there is in them, rounding to them, and units in the last place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.errors import UsageError, WorldError
from actplot.words.quoting import shorten

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array


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

    @property
    def has_infinity(self) -> bool:
        """Whether there is an infinity; else NaN comes in its place."""
        return bool(np.isinf(np.array(np.inf).astype(self.dtype).astype(np.float64)))

    def has_number(self, low: float, high: float) -> bool:
        """Say whether a finite number lies between two, or is one of them."""
        ends = np.clip([low, high], -self.maximum, self.maximum)
        near = self.nearest(ends)
        found = np.concatenate([near, near - self.ulp(near), near + self.ulp(near)])
        return bool(((found >= low) & (found <= high) & (np.abs(found) <= self.maximum)).any())

    @property
    def count(self) -> int:
        """How many finite numbers there are, zero once."""
        return 2 * self._largest_bits + 1

    @property
    def _largest_bits(self) -> int:
        return int(np.array(self.maximum).astype(self.dtype).view(self.unsigned))

    def at(self, places: npt.NDArray[np.int64]) -> Array:
        """Return finite numbers by their places among all, from 0 for the least, as float64."""
        most = self._largest_bits
        sizes = np.abs(places - most).astype(self.unsigned).view(self.dtype).astype(np.float64)
        numbers: Array = np.copysign(sizes, places - most) + 0.0
        return numbers

    def nearest(self, exact: Array) -> Array:
        """Return the numbers of the format nearest to others, the even one of two, as float64; 0 is positive.

        What is beyond the largest by half a unit or more is infinite, or NaN where the format has no infinity.
        (`astype` of ml_dtypes goes by way of float32, and so rounds twice.)
        """
        with np.errstate(all="ignore"):
            unit = self.ulp(exact)
            numbers: Array = np.rint(exact / unit) * unit + 0.0
            beyond = np.abs(numbers) > self.maximum
            told: Array = np.where(beyond, numbers.astype(self.dtype).astype(np.float64), numbers)
        return told

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
