"""The errors of an implementation over the inputs of a format, counted as they come."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from actplot.accuracy.balls import settle
from actplot.accuracy.compare import as_floats
from actplot.accuracy.points import points
from actplot.accuracy.truth import Truth
from actplot.accuracy.ulps import ulps
from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.implementations.inputs import inputs
from actplot.implementations.trial import Trial

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

BLOCK = 500_000
COLUMNS = 480  # of a picture: the largest error in each
SHARES = (0.5, 1.0, 4.0)
OFTEN = 0.1
NEAR_TIE = 1e-6  # from half a unit: a ball decides on which side
MOST_TIES = 200
SEED = 1


@dataclass
class Counted:
    """What is known about f or f' in one format.

    Attributes
    ----------
    judged
        How many results there were an exact value for.
    worst, x, got, true
        The largest error in units in the last place, where it is, what came and the exact value.
    normal
        The largest error where neither the input nor the exact value is subnormal.
    above
        How many results are off by more than ½, 1 and 4 units.
    signs, sign_at
        How many have the wrong sign, and where the largest is.
    broken, broken_at
        How many are infinite or no number where a finite one is due, and the first such input.
    lost
        Ends of the stretches on which 0 comes though the exact value is an ordinary number: left of 0 and right of it.
    outward
        How many results are farther from 0 than the exact value.
    unflushed, flushed
        Results that should be subnormal: how many are, how many are 0.
    unnoticed
        Whether every error passes the tolerance that torch.testing has by default.
    columns, heights
        The largest error in each column of a picture, and some result there, NaN in a column without inputs; both of
        shape (COLUMNS,).

    """

    judged: int = 0
    worst: float = 0.0
    x: float = math.nan
    got: float = math.nan
    true: float = math.nan
    normal: float = 0.0
    above: dict[float, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))
    signs: int = 0
    sign_at: tuple[float, float, float] = (math.nan, math.nan, 0.0)
    broken: int = 0
    broken_at: float = math.nan
    lost: dict[int, tuple[float, float, int]] = field(default_factory=dict)
    outward: int = 0
    unflushed: int = 0
    flushed: int = 0
    unnoticed: bool = True
    columns: Array = field(default_factory=lambda: np.zeros(COLUMNS))
    heights: Array = field(default_factory=lambda: np.full(COLUMNS, np.nan))

    @property
    def flushes(self) -> bool:
        """Whether what should be subnormal is always 0."""
        return self.flushed > 0 and self.unflushed == 0

    @property
    def is_cut(self) -> bool:
        """Whether digits are cut off rather than rounded: a good part is off by half a unit, none of it outwards."""
        return self.outward == 0 and self.share(0.5) > OFTEN and self.above[1.0] == 0

    def share(self, units: float) -> float:
        """Return the share of results that are off by more than so many units."""
        return self.above[units] / self.judged if self.judged else 0.0


@dataclass
class Measured:
    """An implementation in one format, beside the function that it should be."""

    format: Format
    shown: tuple[float, float]
    value: Counted
    slope: Counted | None
    exhaustive: bool


Progress = Callable[[], None]


def measure(
    trial: Trial,
    activation: Activation,
    shown: tuple[float, float],
    count: int,
    advance: Progress = lambda: None,
) -> Measured:
    """Call an implementation with the inputs of a format and count its errors.

    Parameters
    ----------
    trial
        The implementation.
    activation
        The truth: its exact numbers at the rounded inputs.
    shown
        The x range of the picture.
    count
        How many inputs of float32; formats of 16 bits and fewer have all, float64 those of the catalogue.
    advance
        Called after each block of inputs.

    """
    chosen = trial.format
    x = points(activation, SEED) if chosen.bits == 64 else inputs(chosen, _places(activation), count)
    value, slope = Counted(), Counted()
    has_slope = True
    for start in range(0, len(x), BLOCK):
        block = x[start : start + BLOCK]
        wide = block.astype(np.float64)
        exact = _exact(activation, wide, chosen)
        _count(value, chosen, wide, trial.values(block), exact[0], shown)
        if has_slope and (got := trial.slopes(block)) is not None:
            _count(slope, chosen, wide, got, exact[1], shown)
        else:
            has_slope = False
        advance()
    return Measured(chosen, shown, value, slope if has_slope else None, chosen.bits <= 16)


def _places(activation: Activation) -> list[float]:
    """Return where something happens: zero, kinks, and the ends of exponentials."""
    return [
        0.0,
        *(seam.x for seam in activation.seams),
        *(sign * end for end in (17.0, 88.0, 104.0) for sign in (1, -1)),
    ]


Exact = tuple["Array", "Array", Callable[[float], Any]]


def _exact(activation: Activation, x: Array, chosen: Format) -> list[Exact]:
    """Return f and f' at the inputs, each as the sum of two float64, and the function that a ball reads."""
    truth = Truth(activation.tree)
    smooth = ~np.isin(x, [seam.x for seam in activation.seams if seam.kind != "smooth"])
    reads = (truth.value, truth.slope)
    if chosen.bits == 64:
        found = [as_floats(settle(read, x.tolist())) for read in reads]
    else:
        found = [(part, np.zeros_like(part)) for part in activation.exact(x, (0, 1), quick=True)]
        for seam in activation.seams:
            if seam.slope is not None:
                found[1][0][x == seam.x] = seam.slope
    found[1][0][~smooth] = np.nan
    return [(high, low, read) for (high, low), read in zip(found, reads, strict=True)]


def _count(into: Counted, chosen: Format, x: Array, results: Any, exact: Exact, shown: tuple[float, float]) -> None:
    high, low, read = exact
    got = results.astype(np.float64)
    error = ulps(got, high, low) if chosen.bits == 64 else chosen.errors(got, high)
    known = ~np.isnan(high)
    error[~known] = 0.0
    if chosen.bits < 64:
        _settle_ties(error, chosen, x, got, read)
    into.judged += int(known.sum())
    for units in SHARES:
        into.above[units] += int((error > units).sum())
    place = int(np.argmax(error)) if error.size else 0
    if error.size and error[place] > into.worst:
        into.worst, into.x, into.got, into.true = (float(each[place]) for each in (error, x, got, high))
    tiny = math.ldexp(1.0, chosen.smallest)
    ordinary = known & (np.abs(high) >= tiny) & ((np.abs(x) >= tiny) | (x == 0.0))
    into.normal = max(into.normal, float(error[ordinary].max(initial=0.0)))
    into.outward += int((ordinary & (np.abs(got) > np.abs(high)) & (error > NEAR_TIE)).sum())
    _count_kinds(into, chosen, x, got, high, known, ordinary)
    with np.errstate(all="ignore"):
        relative, absolute = chosen.tolerance
        seen = known & ~(np.abs(got - high) <= absolute + relative * np.abs(high)) & (got != high)
        into.unnoticed = into.unnoticed and not bool(seen.any())
        column = np.floor((x - shown[0]) / (shown[1] - shown[0]) * COLUMNS)
    inside = (column >= 0) & (column < COLUMNS) & known
    places = column[inside].astype(np.int64)
    np.maximum.at(into.columns, places, error[inside])
    into.heights[places] = np.clip(got[inside], -chosen.maximum, chosen.maximum)


def _count_kinds(
    into: Counted, chosen: Format, x: Array, got: Array, high: Array, known: Flags, ordinary: Flags
) -> None:
    """Count wrong signs, what is not finite, lost tails and subnormals."""
    wrong = ordinary & (got * np.sign(high) < 0.0)
    if wrong.any():
        into.signs += int(wrong.sum())
        size = np.where(wrong, np.abs(high), 0.0)
        place = int(np.argmax(size))
        if size[place] > into.sign_at[2]:
            into.sign_at = float(x[place]), float(got[place]), float(size[place])
    most = chosen.maximum
    broken = known & ~np.isfinite(got) & (np.abs(high) <= most)
    if broken.any():
        into.broken_at = into.broken_at if into.broken else float(x[np.argmax(broken)])
        into.broken += int(broken.sum())
    for side in (-1, 1):
        gone = ordinary & (got == 0.0) & (side * x > 0.0)
        if gone.any():
            ends = float(x[gone].min()), float(x[gone].max())
            before = into.lost.get(side, (*ends, 0))
            into.lost[side] = min(before[0], ends[0]), max(before[1], ends[1]), before[2] + int(gone.sum())
    tiny, least = math.ldexp(1.0, chosen.smallest), math.ldexp(1.0, chosen.smallest - chosen.precision + 1)
    subnormal = known & (np.abs(high) < tiny) & (np.abs(high) >= least)
    into.flushed += int((subnormal & (got == 0.0)).sum())
    into.unflushed += int((subnormal & (got != 0.0)).sum())


def _settle_ties(error: Array, chosen: Format, x: Array, got: Array, read: Callable[[float], Any]) -> None:
    """Let balls decide whether results that seem half a unit off are nearer or farther."""
    close = np.flatnonzero(np.abs(error - 0.5) < NEAR_TIE)[:MOST_TIES]
    for place, ball in zip(close.tolist(), settle(read, x[close].tolist()), strict=True):
        if ball is None:
            continue
        high, low = as_floats([ball])
        missed = abs((float(got[place]) - float(high[0])) - float(low[0]))
        half = float(chosen.ulp(high)[0]) / 2
        error[place] = 0.5 if missed <= half else math.nextafter(0.5, 1.0)


def passes(measured: Measured, bounds: Sequence[float]) -> bool:
    """Say whether the errors of f and f' are within bounds; what flushes subnormals is judged by the others."""
    parts = [(measured.value, bounds[0]), *([(measured.slope, bounds[1])] if measured.slope else [])]
    return all((part.normal if part.flushes else part.worst) <= bound and part.judged > 0 for part, bound in parts)
