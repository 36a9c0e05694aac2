"""Set a function of two inputs, and both its slopes, against certified values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from actplot.accuracy.compare import Accuracy, Tolerance, Worst, compare
from actplot.accuracy.points import points as choose_points
from actplot.activations.pairs import FIRST, SECOND, Pair
from actplot.arrays import numpy as np
from actplot.functions.pairs import OTHER, sliced

if TYPE_CHECKING:
    from actplot.arrays import Array

FIXED = (0.0, 1.0, -0.7, 8.5, -40.0, 1e-20)  # where the other input stands, and at one random number more
EACH = 150  # points along each line
SPREAD = 3.0  # standard deviation of the random number


def compare_pair(
    pair: Pair, *, seed: int = 0, within: tuple[float, float] | None = None, tolerance: Tolerance | None = None
) -> list[Accuracy]:
    """Measure f with ∂f/∂a along some lines on which b is fixed, and with ∂f/∂b along others.

    Parameters
    ----------
    pair
        What is measured.
    seed
        Of the random points, and of the random line.
    within
        The ends of the range of the input that moves.
    tolerance
        What errors are told to be within.

    Raises
    ------
    WorldError
        Where python-flint is not installed.

    """
    rng = np.random.default_rng(seed)
    found = []
    for moving in (FIRST, SECOND):
        lines = [*FIXED, float(rng.normal(0.0, SPREAD))]
        measured = [_along(pair, moving, fixed, seed, within, tolerance) for fixed in lines]
        found.append(_together(f"{pair.name} over {moving}", measured))
    return found


def _along(
    pair: Pair,
    moving: str,
    fixed: float,
    seed: int,
    within: tuple[float, float] | None,
    tolerance: Tolerance | None,
) -> Accuracy:
    line = sliced(pair, OTHER[moving], fixed)
    x = choose_points(line, seed)
    x = x if within is None else x[(x >= within[0]) & (x <= within[1])]
    return compare(line, _some(x), seed=seed, within=within, tolerance=tolerance, plainly=False)


def _some(x: Array) -> Array:
    """Return as many of the points as are tried, evenly chosen."""
    return x[:: max(1, len(x) // EACH)]


def _together(name: str, measured: Sequence[Accuracy]) -> Accuracy:
    value, slope = (_worst([getattr(each, part) for each in measured]) for part in ("value", "slope"))
    return Accuracy(name, sum(each.points for each in measured), value, slope)


def _worst(parts: Sequence[Worst]) -> Worst:
    """Return the largest error of several lines, and what is true of all."""
    judged = [part for part in parts if part.judged]
    worst = max(judged or parts, key=lambda part: part.ulp)
    return replace(
        worst,
        absolute=max(part.absolute for part in parts),
        relative=max(part.relative for part in parts),
        judged=sum(part.judged for part in parts),
        open=sum(part.open for part in parts),
        within=all(part.within for part in parts),
    )
