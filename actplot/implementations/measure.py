"""The errors of an implementation over the inputs of a format, a block at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.accuracy.balls import settle
from actplot.accuracy.compare import as_floats
from actplot.accuracy.points import points
from actplot.accuracy.truth import Truth
from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.errors import WorldError
from actplot.functions.activation import Activation
from actplot.implementations.counted import Counted, Exact, count
from actplot.implementations.inputs import MOST_EXHAUSTIVE, inputs
from actplot.implementations.tails import BESIDE
from actplot.implementations.trial import Trial

if TYPE_CHECKING:
    from actplot.arrays import Array

BLOCK = 500_000
SEED = 1
FAR = 100  # inputs of a block at which what seems infinite is found out in digits

Range = tuple[float, float]
Progress = Callable[[], None]


@dataclass
class Measured:
    """An implementation in one format, beside the function that it should be.

    ``tried`` is the part of the inputs that were tried, less than 1 where somebody has ended it; ``exhaustive`` says
    whether these are all that the format has.
    """

    format: Format
    shown: Range
    value: Counted
    slope: Counted | None
    exhaustive: bool
    tried: float = 1.0


@dataclass(frozen=True)
class Judge:
    """The exact function beside its implementation; ``shown`` is the x range of the picture."""

    trial: Trial
    activation: Activation
    shown: Range

    def counted(self, x: Any, tried: slice = slice(None)) -> tuple[Counted, Counted | None]:
        """Return what is known of f and f' from the inputs that are to be tried; None where nothing differentiates.

        ``x`` has `BESIDE` inputs before and after as well, where there are any: of the format, shape (n,).
        """
        chosen, wide, given = self.trial.format, x.astype(np.float64), x[tried]
        exact = _exact(self.activation, wide, chosen)
        value = count(chosen, wide, self.trial.values(given), exact[0], self.shown, tried)
        slopes = self.trial.slopes(given)
        return value, None if slopes is None else count(chosen, wide, slopes, exact[1], self.shown, tried)


def measure(judge: Judge, count: int, within: Range | None = None, advance: Progress = lambda: None) -> Measured:
    """Call an implementation with the inputs of a format and count its errors; Ctrl-C ends it with what is known.

    Parameters
    ----------
    judge
        The implementation and the truth.
    count
        How many inputs of float32; formats of 16 bits and fewer have all, float64 those of the catalogue.
    within
        The range of the inputs that are judged; all by default.
    advance
        Called after each block of inputs.

    Raises
    ------
    WorldError
        Where no input lies in the range, and where the implementation can't be called.

    """
    chosen = judge.trial.format
    x = points(judge.activation, SEED) if chosen.bits == 64 else inputs(chosen, _places(judge.activation), count)
    if within:
        wide = x.astype(np.float64)
        x = x[(wide >= within[0]) & (wide <= within[1])]
    if not len(x):
        raise WorldError("none of the inputs that are tried lies in the range; make it wider")
    value, slope, tried = Counted(), Counted(), 0
    try:
        for start in range(0, len(x), BLOCK):
            stop, before = min(start + BLOCK, len(x)), min(start, BESIDE)
            more = judge.counted(x[start - before : stop + BESIDE], slice(before, before + stop - start))
            value.add(more[0])
            slope.add(more[1] or Counted())
            tried = stop
            advance()
    except KeyboardInterrupt:
        if not tried:
            raise
    return Measured(
        chosen,
        judge.shown,
        value,
        slope if slope.judged else None,
        chosen.bits <= MOST_EXHAUSTIVE,
        tried / len(x),
    )


def _places(activation: Activation) -> list[float]:
    """Return where something happens: zero, kinks, and the ends of exponentials."""
    return [
        0.0,
        *(seam.x for seam in activation.seams),
        *(sign * end for end in (17.0, 88.0, 104.0) for sign in (1, -1)),
    ]


def _exact(activation: Activation, x: Array, chosen: Format) -> list[Exact]:
    """Return f and f' at the inputs, each as the sum of two float64, and the function that a ball reads."""
    truth = Truth(activation.tree)
    smooth = ~np.isin(x, [seam.x for seam in activation.seams if seam.kind != "smooth"])
    reads = (truth.value, truth.slope)
    if chosen.bits == 64:
        found = [as_floats(settle(read, x.tolist())) for read in reads]
    else:
        found = [(part, np.zeros_like(part)) for part in _quick(activation, x)]
        for seam in activation.seams:
            if seam.slope is not None:
                found[1][0][x == seam.x] = seam.slope
    found[1][0][~smooth] = np.nan
    return [(high, low, read) for (high, low), read in zip(found, reads, strict=True)]


def _quick(activation: Activation, x: Array) -> list[Array]:
    """Return f and f' at many inputs, NaN where it would take long to know them, but at some of those."""
    parts = activation.exact(x, (0, 1), quick=True, sure=True)
    for order, part in enumerate(parts):
        far = np.flatnonzero(~np.isfinite(part))
        known = far[:: max(far.size // FAR, 1)]
        part[far] = np.nan
        part[known] = activation.exact(x[known], (order,))[0]
    return parts


def passes(measured: Measured, bounds: Sequence[float]) -> bool:
    """Say whether the errors of f and f' are within bounds; what flushes subnormals is judged by the others."""
    parts = [(measured.value, bounds[0]), *([(measured.slope, bounds[1])] if measured.slope else [])]
    return all((part.normal if part.flushes else part.worst) <= bound and part.judged > 0 for part, bound in parts)
