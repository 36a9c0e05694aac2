"""What is known about the errors of an implementation: counted for some inputs, and added up."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from actplot.accuracy.balls import settle
from actplot.accuracy.compare import as_floats
from actplot.accuracy.ulps import ulps
from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.implementations.tails import Stretch, joined, stretches, tails

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

COLUMNS = 480  # of a picture: the largest error in each
SHARES = (0.5, 1.0, 4.0)
OFTEN = 0.1
NEAR_TIE = 1e-6  # from half a unit: a ball decides on which side
MOST_TIES = 200

Exact = tuple["Array", "Array", Callable[[float], Any]]


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
    stretches
        Where 0 comes though the exact value is an ordinary number.
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
    stretches: list[Stretch] = field(default_factory=list)
    outward: int = 0
    unflushed: int = 0
    flushed: int = 0
    unnoticed: bool = True
    columns: Array = field(default_factory=lambda: np.zeros(COLUMNS))
    heights: Array = field(default_factory=lambda: np.full(COLUMNS, np.nan))

    def add(self, more: Counted) -> None:
        """Take in what is known about other inputs of the same format; the order in which that is done is no matter."""
        self.judged += more.judged
        if (more.worst, -more.x) > (self.worst, -self.x) or math.isnan(self.x):
            self.worst, self.x, self.got, self.true = more.worst, more.x, more.got, more.true
        self.normal = max(self.normal, more.normal)
        self.above = {units: number + more.above[units] for units, number in self.above.items()}
        self.signs += more.signs
        self.sign_at = max(self.sign_at, more.sign_at, key=lambda found: (found[2], found[0]))
        self.broken += more.broken
        self.broken_at = float(np.fmin(self.broken_at, more.broken_at))
        self.stretches = joined([*self.stretches, *more.stretches])
        self.outward += more.outward
        self.unflushed += more.unflushed
        self.flushed += more.flushed
        self.unnoticed = self.unnoticed and more.unnoticed
        self.columns = np.maximum(self.columns, more.columns)
        self.heights = np.where(np.isnan(more.heights), self.heights, more.heights)

    @property
    def lost(self) -> dict[int, tuple[float, float, int]]:
        """The ends of lost tails, and their numbers of inputs, by the side of 0 that they are on, -1 or 1."""
        return {side: (each.low, each.high, each.size) for side, each in tails(self.stretches).items()}

    @property
    def flushes(self) -> bool:
        """Whether what should be subnormal is always 0."""
        return self.flushed > 0 and self.unflushed == 0

    @property
    def is_cut(self) -> bool:
        """Whether digits are cut off rather than rounded: a good part is off by half a unit, none of it outwards."""
        return self.outward == 0 and self.share(0.5) > OFTEN and self.above[1.0] == 0

    def to_record(self) -> dict[str, Any]:
        """Return all of it as JSON has it."""
        known = asdict(self)
        return {key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in known.items()}

    @classmethod
    def of_record(cls, record: Mapping[str, Any] | None) -> Counted:
        """Return what was recorded; nothing is known where nothing was."""
        if not record:
            return cls()
        arrays = {key: np.array(record[key]) for key in ("columns", "heights")}
        above = {float(units): number for units, number in record["above"].items()}
        found = [Stretch(*each) for each in record["stretches"]]
        return cls(**{**record, **arrays, "above": above, "stretches": found, "sign_at": tuple(record["sign_at"])})

    def share(self, units: float) -> float:
        """Return the share of results that are off by more than so many units."""
        return self.above[units] / self.judged if self.judged else 0.0


def count(
    chosen: Format, inputs: Array, results: Any, exact: Exact, shown: tuple[float, float], tried: slice = slice(None)
) -> Counted:
    """Return what is known from some inputs.

    Parameters
    ----------
    chosen
        The format.
    inputs
        Inputs, shape (n,): those that were tried, and some beside them.
    results
        What came for the tried ones, of the format's type.
    exact
        What is due, as the sum of two float64, NaN where there is no such number; and the function that a ball reads.
    shown
        The x range of the picture.
    tried
        Which of the inputs these are.

    """
    into = Counted()
    (high, low), read = (part[tried] for part in exact[:2]), exact[2]
    x = inputs[tried]
    got = results.astype(np.float64)
    error = ulps(got, high, low) if chosen.bits == 64 else chosen.errors(got, high)
    known = ~np.isnan(high)
    error[~known] = 0.0
    if chosen.bits < 64:
        _settle_ties(error, chosen, x, got, read)
    into.judged = int(known.sum())
    into.above = {units: int((error > units).sum()) for units in SHARES}
    if into.judged:
        place = int(np.argmax(error))
        into.worst, into.x, into.got, into.true = (float(each[place]) for each in (error, x, got, high))
    tiny = math.ldexp(1.0, chosen.smallest)
    ordinary = known & (np.abs(high) >= tiny) & ((np.abs(x) >= tiny) | (x == 0.0))
    into.normal = float(error[ordinary].max(initial=0.0))
    into.outward = int((ordinary & (np.abs(got) > np.abs(high)) & (error > NEAR_TIE)).sum())
    _count_kinds(into, chosen, x, got, high, known, ordinary)
    into.stretches = stretches(inputs, exact[0], ordinary & (got == 0.0), tried)
    with np.errstate(all="ignore"):
        relative, absolute = chosen.tolerance
        seen = known & ~(np.abs(got - high) <= absolute + relative * np.abs(high)) & (got != high)
        into.unnoticed = not bool(seen.any())
        column = np.floor((x - shown[0]) / (shown[1] - shown[0]) * COLUMNS)
    inside = (column >= 0) & (column < COLUMNS) & known
    places = column[inside].astype(np.int64)
    np.maximum.at(into.columns, places, error[inside])
    into.heights[places] = np.clip(got[inside], -chosen.maximum, chosen.maximum)
    return into


def _count_kinds(
    into: Counted, chosen: Format, x: Array, got: Array, high: Array, known: Flags, ordinary: Flags
) -> None:
    """Count wrong signs, what is not finite, and subnormals."""
    with np.errstate(invalid="ignore"):  # NaN of some frameworks signal
        wrong = ordinary & (np.sign(got) * np.sign(high) < 0.0)  # an infinity times 0 would be warned of
    if wrong.any():
        into.signs = int(wrong.sum())
        size = np.where(wrong, np.abs(high), 0.0)
        place = int(np.argmax(size))
        into.sign_at = float(x[place]), float(got[place]), float(size[place])
    most = chosen.maximum
    broken = known & ~np.isfinite(got) & (np.abs(high) <= most)
    if broken.any():
        into.broken_at = float(x[np.argmax(broken)])
        into.broken = int(broken.sum())
    tiny, least = math.ldexp(1.0, chosen.smallest), math.ldexp(1.0, chosen.smallest - chosen.precision + 1)
    subnormal = known & (np.abs(high) < tiny) & (np.abs(high) >= least)
    into.flushed = int((subnormal & (got == 0.0)).sum())
    into.unflushed = int((subnormal & (got != 0.0)).sum())


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
