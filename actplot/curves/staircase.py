"""A function in a number format, drawn: a number holds as far as the middle between it and the next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve, Dot, Line, sample_range
from actplot.curves.grid import linspace
from actplot.errors import UsageError
from actplot.functions.rounding import Rounded, unrounded
from actplot.functions.trained import trained

if TYPE_CHECKING:
    from actplot.arrays import Array

COLUMNS = 4000  # of a picture: a step that is narrower than one is not told from its neighbours


@dataclass(frozen=True, eq=False)
class Staircase(Curve):
    """A curve whose points are numbers of a format; its lines are steps, and lift the pen where f or f' jumps."""

    activation: Rounded
    bounds: tuple[float, float] = (-math.inf, math.inf)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The range that was asked for, whether its ends are numbers of the format or not."""
        return self.bounds

    @cached_property
    def gradient(self) -> Curve | None:
        """What training takes for f', rounded as well."""
        taken = trained(self.activation)
        return staircase(taken, self.bounds, None, self.at_kink) if isinstance(taken, Rounded) else None

    @cached_property
    def f_line(self) -> Line:
        """The steps of f."""
        return self._steps(self.f, {seam.x: seam.f for seam in self.seams})

    @cached_property
    def df_line(self) -> Line:
        """The steps of f'."""
        return self._steps(self.df, {seam.x: seam.df for seam in self.seams})

    @cached_property
    def f_dots(self) -> tuple[Dot, ...]:
        """The circles at jumps and holes, at numbers of the format."""
        return self._rounded(super().f_dots)

    @cached_property
    def df_dots(self) -> tuple[Dot, ...]:
        """The circles of f'."""
        return self._rounded(super().df_dots)

    def _rounded(self, dots: Sequence[Dot]) -> tuple[Dot, ...]:
        y = self.activation.format.nearest(np.array([dot.y for dot in dots]))
        return tuple(replace(dot, y=float(height)) for dot, height in zip(dots, y, strict=True) if np.isfinite(height))

    def _steps(self, y: Array, limits: Mapping[float, tuple[float, float]]) -> Line:
        """Return the ends of each step, the pen lifted between two of them where the function jumps there."""
        y = np.where(np.isfinite(y), y, np.nan)
        edges = np.r_[self.bounds[0], self.x[:-1] / 2 + self.x[1:] / 2, self.bounds[1]]
        lifts = sorted({place for at, sides in limits.items() for place in self._lifts(y, at, np.array(sides))})
        turns = np.union1d(1 + np.flatnonzero(y[1:] != y[:-1]), lifts).astype(np.int64)  # a NaN is no neighbour's equal
        starts, ends = np.r_[0, turns], np.r_[turns, len(y)]
        x = np.stack([edges[starts], edges[ends]], axis=1).ravel()
        places = 2 * np.searchsorted(starts, lifts)
        return np.insert(x, places, edges[lifts]), np.insert(np.repeat(y[starts], 2), places, np.nan)

    def _lifts(self, y: Array, at: float, sides: Array) -> list[int]:
        """Return before which points the pen is lifted where pieces meet: none where f or f' takes both limits."""
        if sides[0] == sides[1]:
            return []
        place = int(np.searchsorted(self.x, at))
        found = [place]
        if place < len(self.x) and self.x[place] == at:
            left, right = (self.activation.format.nearest(sides) == y[place]).tolist()
            found = [*[place] * (not left), *[place + 1] * (not right)]
        return [place for place in found if 0 < place < len(y)]


def staircase(activation: Rounded, bounds: tuple[float, float], samples: int | None, at_kink: str) -> Staircase:
    """Sample a range at the numbers of a format: all of them, or where they are closer than a picture shows, some.

    Parameters
    ----------
    activation
        What to sample.
    bounds
        The ends of the range.
    samples
        How many evenly spaced points the numbers are to be near; by default as many as a picture shows, and those that
        the exact curve needs.
    at_kink
        What f' is where it does not exist.

    Raises
    ------
    UsageError
        Where the format has no number in the range.

    """
    points = linspace(*bounds, samples or COLUMNS)
    if samples is None:
        points = np.r_[points, sample_range(unrounded(activation), bounds, None, at_kink).x]
    x = np.unique(activation.format.nearest(points))
    x = x[np.isfinite(x)]
    if not x.size:
        low, high = bounds
        raise UsageError(
            f"no number of {activation.format.name} is as large as {low:g} to {high:g}; choose another range"
        )
    f, df = activation(x, at_kink)
    return Staircase(activation, x, f, df, at_kink, bounds=bounds)
