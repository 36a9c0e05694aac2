"""Set float64 results against certified values, in units in the last place."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from actplot.accuracy.agreement import Agreement, agree
from actplot.accuracy.balls import Ball, exactly, precision, settle
from actplot.accuracy.points import points as choose_points
from actplot.accuracy.truth import Truth
from actplot.accuracy.ulps import ulps
from actplot.accuracy.zeros import isolated_zeros
from actplot.arrays import numpy as np
from actplot.functions.naming import is_typed

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array
    from actplot.functions.activation import Activation

# Fair exceptions for plain float64, which catalogued functions do without. Below FAINT products of underflowing
# factors have no digits left to keep; near a zero that is no float64, even the rounding of x moves the value by more
# than a unit in its last place.
FAINT = 1e-290
NEAR_ZERO = 0.3
NEAR_ZERO_ERROR = 3e-16

_FULL_WORK = 60  # operations; a formula that has more is tried at fewer points


@dataclass(frozen=True)
class Worst:
    """The largest error of f or of f' over the points.

    Attributes
    ----------
    ulp
        Its size in units in the last place of the true value; infinite for a NaN or a false infinity.
    x
        Where it is; NaN if no point was judged.
    got, true
        The float64 result there, and the float64 nearest to the true value.
    absolute, relative
        The largest errors, and the largest in proportion to the true value, at any points.
    judged
        At how many points the error was measured.
    open
        At how many points there is no certified value, so that nothing can be said.
    within
        Whether every error is within the tolerance that was asked for.

    """

    ulp: float
    x: float
    got: float
    true: float
    absolute: float
    relative: float
    judged: int
    open: int
    within: bool = True


@dataclass(frozen=True)
class Accuracy:
    """How accurate an activation is over some points."""

    name: str
    points: int
    value: Worst
    slope: Worst
    agreement: Agreement | None = None

    def passes(self, bound: float | None) -> bool:
        """Say whether values and slopes could be judged, and are within so many units in the last place.

        Without a bound they are to be within the tolerance.
        """
        judged = self.value.judged > 0 and self.slope.judged > 0
        return judged and (self.value.within and self.slope.within if bound is None else self.ulp <= bound)

    @property
    def ulp(self) -> float:
        """The larger of the two errors."""
        return max(self.value.ulp, self.slope.ulp)


@dataclass(frozen=True)
class Tolerance:
    """An error that passes: so much, and so much in proportion to the true value."""

    absolute: float = 0.0
    relative: float = 0.0


def compare(
    activation: Activation,
    points: Array | None = None,
    *,
    seed: int = 0,
    against: Activation | None = None,
    within: tuple[float, float] | None = None,
    tolerance: Tolerance | None = None,
    plainly: bool | None = None,
) -> Accuracy:
    """Measure an activation against certified values.

    Parameters
    ----------
    activation
        What is measured: the numbers of a function of the catalogue; of a typed formula its reading in plain float64.
    points
        Finite points, shape (m,); the default set for the seed where None.
    seed
        Of the default points.
    against
        Whose formulas are the truth; its own where None.
    within
        The ends of the range to which the points are confined.
    tolerance
        What errors are told to be within.
    plainly
        Whether plain float64 is measured in place of the numbers that are shown; by default where a formula was typed.

    Raises
    ------
    WorldError
        Where python-flint is not installed.

    """
    judge = against or activation
    x = np.unique(_affordable(choose_points(activation, seed), judge) if points is None else points)
    agreement = None
    if against:
        agreement = agree(activation, against, x, within)
        x = np.union1d(x, agreement.where)
    x = x if within is None else x[(x >= within[0]) & (x <= within[1])]
    truth = Truth(judge.tree)
    typed = is_typed(activation) if plainly is None else plainly
    f, df = activation.plain(x) if typed else activation(x)
    smooth = ~np.isin(x, [seam.x for seam in judge.seams if seam.kind != "smooth"])
    with np.errstate(over="ignore", invalid="ignore"):  # in the comparison; the function has been called
        value = _worst(settle(truth.value, x.tolist()), truth.value, x, f, typed, tolerance)
        places, sides, limits = _beside_kinks(truth, activation, judge, x)
        balls = [*settle(truth.slope, x[smooth].tolist()), *sides]
        at, slopes = np.concatenate([x[smooth], places]), np.concatenate([df[smooth], limits])
        slope = _worst(balls, truth.slope, at, slopes, typed, tolerance)
    return Accuracy(activation.name, x.size, value, slope, agreement)


def _beside_kinks(
    truth: Truth, activation: Activation, judge: Activation, x: Array
) -> tuple[list[float], list[Ball | None], list[float]]:
    """Return the slopes on both sides of every kink that is a float64: places, true limits and those that are told."""
    told = {seam.x: seam.df for seam in activation.seams}
    places, balls, got = [], [], []
    for seam in judge.seams:
        if seam.kink and seam.exact and x.size and x[0] <= seam.x <= x[-1]:
            own = told.get(seam.x) or (float(activation(seam.x)[1]),) * 2
            for side, slope, limit in ((-1, own[0], seam.df[0]), (1, own[1], seam.df[1])):
                if math.isfinite(limit):
                    places.append(seam.x)
                    balls += settle(partial(truth.limit, side=side), [seam.x])
                    got.append(slope)
    return places, balls, got


def _affordable(points: Array, judge: Activation) -> Array:
    """Return as many of the points as a long formula leaves time for."""
    return points[:: 1 + judge.exact.work // _FULL_WORK]


def _worst(
    balls: list[Ball | None],
    read: Callable[[float], Ball],
    x: Array,
    got: Array,
    lenient: bool,
    tolerance: Tolerance | None,
) -> Worst:
    high, low = as_floats(balls)
    known = ~np.isnan(high)
    settled = [ball for ball in balls if ball is not None]
    x, got, high, low = x[known], got[known], high[known], low[known]
    undecided = int(known.size - x.size)
    if not x.size:
        return Worst(0.0, math.nan, math.nan, math.nan, 0.0, 0.0, 0, undecided)
    error = ulps(got, high, low)
    missed = np.where(got == high, np.abs(low), np.abs((got - high) - low))
    missed[np.isnan(missed)] = np.inf
    allowed = tolerance or Tolerance()
    within = bool(np.all(missed <= allowed.absolute + allowed.relative * np.abs(high) + sys.float_info.min))
    sized = np.abs(high) > FAINT
    share = np.divide(missed, np.abs(high), where=sized, out=np.zeros_like(missed))
    for place in np.flatnonzero((np.abs(high) < 2.0 * sys.float_info.min) & np.isfinite(got)).tolist():
        # Where float64 are as dense as the subnormal ones, it can't hold what is missing.
        error[place] = _subnormal_ulps(float(got[place]), settled[place])
    if lenient:
        error[(np.abs(high) < FAINT) & (np.abs(got - high) < FAINT)] = 0.0
        near = _near_any(x, isolated_zeros(read, x, high))
        with np.errstate(invalid="ignore", over="ignore"):
            error[near & (np.abs((got - high) - low) <= NEAR_ZERO_ERROR * np.maximum(1.0, np.abs(x)))] = 0.0
    i = int(np.argmax(error))
    worst = float(error[i]), float(x[i]), float(got[i]), float(high[i])
    return Worst(*worst, float(missed.max()), float(share.max()), x.size, undecided, within)


def _subnormal_ulps(got: float, ball: Ball) -> float:
    with precision(160):
        return float(abs(exactly(got) - ball) * exactly(2.0) ** 1074)


def as_floats(balls: list[Ball | None]) -> tuple[Array, Array]:
    """Return every ball as the sum of two float64, NaN where there is none."""
    high, low = [], []
    with precision(160):
        for ball in balls:
            if ball is None:
                high.append(math.nan)
                low.append(0.0)
            else:
                nearest = float(ball)
                high.append(nearest)
                low.append(float(ball - nearest) if math.isfinite(nearest) else 0.0)
    return np.array(high), np.array(low)


def _near_any(x: Array, centres: list[float]) -> npt.NDArray[np.bool_]:
    near = np.zeros(x.shape, dtype=np.bool_)
    for centre in centres:
        near |= np.abs(x - centre) <= NEAR_ZERO
    return near
