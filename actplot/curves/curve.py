"""Sample an activation over points: the data that every renderer draws or prints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.seams import Hole, Kink, Seam, boundless
from actplot.curves.cropping import Boundless, cropped
from actplot.curves.grid import DEFAULT_SAMPLES, Spaced, linspace
from actplot.functions.activation import Activation
from actplot.functions.at_kink import find_rule
from actplot.functions.trained import trained

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

# A polyline with NaN where the pen is lifted.
Line = tuple["Array", "Array"]

PIECE = 4000  # points at a time where there are many: those that `calculus.values` reads at once


@dataclass(frozen=True)
class Dot:
    """A circle that says what the value is (filled) or is not (open) where a curve is broken."""

    x: float
    y: float
    filled: bool


@dataclass(frozen=True, eq=False)
class Curve:
    """An activation over points.

    Attributes
    ----------
    activation
        What was sampled.
    x, f, df
        The points asked for, in their order, with f(x) and f'(x); float64 arrays of one shape.
    at_kink
        What f' is where it does not exist.
    exact
        Whether the points were named one by one, rather than a grid over a range.
    follows
        Whether there are points between those of a grid where the curve needs them.
    unresolved
        The stretch in which the curve needs more points than a picture can have, if any.

    """

    activation: Activation
    x: Array
    f: Array
    df: Array
    at_kink: str = "undefined"
    exact: bool = False
    follows: bool = False
    unresolved: tuple[float, float] | None = None

    def pieces(self) -> Iterator[Curve]:
        """Return the same values, `PIECE` points at a time."""
        for start in range(0, len(self.x), PIECE):
            part = slice(start, start + PIECE)
            yield replace(self, x=self.x[part], f=self.f[part], df=self.df[part])

    @property
    def undefined(self) -> npt.NDArray[np.bool_]:
        """Where a slope is missing because the function has a kink, not because x itself is NaN."""
        return np.isnan(self.df) & ~np.isnan(self.x)

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points inside the range at which pieces of the function meet."""
        return self.activation.seams_within(*self.span)

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The kinks inside the range of the points."""
        return tuple(seam.kink for seam in self.seams if seam.kink)

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """The holes inside the range; points that were named one by one have no curve that could hide them."""
        low, high = self.span
        seams = () if self.exact else self.seams
        return tuple(seam.hole for seam in seams if seam.hole and low < seam.x < high)

    @cached_property
    def isolated(self) -> tuple[Seam, ...]:
        """The points inside the range at which f has a value of its own."""
        seams = () if self.exact else self.seams
        return tuple(seam for seam in seams if seam.kind == "isolated value")

    @cached_property
    def span(self) -> tuple[float, float]:
        """The smallest and largest finite point; NaN where there is none."""
        finite = self.x[np.isfinite(self.x)]
        return (float(finite.min()), float(finite.max())) if finite.size else (np.nan, np.nan)

    @cached_property
    def gradient(self) -> Curve | None:
        """What training takes for f' over the same points, as the f of a curve; None where that is f'."""
        taken = trained(self.activation)
        return None if taken is None else resample(self, taken)

    @cached_property
    def f_line(self) -> Line:
        """The curve of f: every kink is a vertex, and the pen is lifted at a jump or a hole."""
        breaks = {kink.x: (kink.jump[0], kink.jump[1]) for kink in self.kinks if kink.jump}
        apart = {hole.x: (hole.value, hole.value) for hole in self.holes} | {seam.x: seam.f for seam in self.isolated}
        return self._line(self.f, breaks | apart, 0)

    @cached_property
    def df_line(self) -> Line:
        """The curve of f', the pen lifted wherever f' has no value or takes two."""
        breaks = {kink.x: (kink.left, kink.right) for kink in self.kinks}
        apart = {hole.x: (hole.slope, hole.slope) for hole in self.holes} | {seam.x: seam.df for seam in self.isolated}
        return self._line(self.df, breaks | apart, 1)

    @cached_property
    def _chords(self) -> tuple[Array, npt.NDArray[np.bool_]]:
        """The points that were named, each once, and between which of them a straight line is f, and f'."""
        points = np.unique(self.x[np.isfinite(self.x)])
        if len(points) < 2:
            return points, np.ones((2, 0), np.bool_)
        from actplot.curves.refining import chords

        return points, np.stack(chords(self.activation, points, self.at_kink))

    def _line(self, y: Array, breaks: dict[float, tuple[float, float]], order: int) -> Line:
        """Sort the points and lift the pen at each break.

        On a grid a break becomes two vertices, its limits, with a NaN between them. Among points that were named
        one by one nothing is added but NaN: beside the point at a break if there is one, and between two that a
        straight line joins where the function is none.
        """
        keep = np.isfinite(self.x)
        x, y = self.x[keep], y[keep]
        order_of_x = np.argsort(x, kind="stable")
        x, y = x[order_of_x], np.where(np.isfinite(y[order_of_x]), y[order_of_x], np.nan)
        at = np.array(sorted(breaks))
        if self.exact:
            lifts, points = _lifts(x, y, at, np.array([breaks[point] for point in at.tolist()]).reshape(-1, 2))
            named, joined = self._chords
            apart = np.setdiff1d(np.searchsorted(x, named[1:][~joined[order]]), lifts)
            lifts, points = [*lifts, *apart.tolist()], [*points, *x[apart].tolist()]
            return np.insert(x, lifts, points), np.insert(y, lifts, np.nan)
        if not breaks:
            return x, y
        away = ~np.isin(x, at)
        x, y = x[away], y[away]
        places = np.repeat(np.searchsorted(x, at), 3)
        ends = np.array([value for point in at.tolist() for value in (breaks[point][0], np.nan, breaks[point][1])])
        return np.insert(x, places, np.repeat(at, 3)), np.insert(y, places, ends)

    def boundless(self, order: int) -> Boundless:
        """Say whether f (order 0) or f' (1) grows without bound inside the range: downwards, upwards."""
        return (True, True) if self.unresolved else boundless(self.seams, order)

    def poles(self, order: int) -> dict[float, tuple[float, float]]:
        """Return the points beside which the curve of f (order 0) or f' (1) grows without bound, with both limits."""
        limits = {seam.x: seam.df if order else seam.f for seam in (() if self.exact else self.seams)}
        return {x: sides for x, sides in limits.items() if any(map(math.isinf, sides))}

    @cached_property
    def f_heights(self) -> Array:
        """The values of f that a picture should reach."""
        return self._heights(0, self.f_line, self.f_dots)

    @cached_property
    def df_heights(self) -> Array:
        """The values of f' that a picture should reach."""
        return self._heights(1, self.df_line, self.df_dots)

    def _heights(self, order: int, line: Line, dots: Sequence[Dot]) -> Array:
        """Return the ends of what is worth showing of a line, and what stands apart from it."""
        apart = [dot.y for dot in dots if dot.filled and np.isfinite(dot.y)]
        return np.array([*(cropped(*line, self.boundless(order)) or ()), *apart])

    @cached_property
    def f_dots(self) -> tuple[Dot, ...]:
        """The circles at the jumps and holes of f: filled at its value, open at the limit that it does not take."""
        dots = [Dot(hole.x, hole.value, filled=False) for hole in self.holes]
        for seam in self.isolated:
            dots += _circles(seam.x, seam.f, float(self.activation(seam.x)[0]))
        for kink in self.kinks:
            if kink.jump and all(map(math.isfinite, kink.jump)):
                value = float(self.activation(kink.x)[0])
                dots += _circles(kink.x, kink.jump, value)
        return tuple(dots)

    @cached_property
    def df_dots(self) -> tuple[Dot, ...]:
        """The circles of f' at kinks and holes; open where f' is undefined."""
        convention = find_rule(self.at_kink)
        dots = [Dot(hole.x, hole.slope, filled=False) for hole in self.holes]
        for kink in self.kinks:
            if math.isfinite(kink.left) or math.isfinite(kink.right):
                dots += _circles(kink.x, (kink.left, kink.right), convention(kink))
        return tuple(dots)


def _lifts(x: Array, y: Array, at: Array, limits: Array) -> tuple[list[int], list[float]]:
    """Return where to lift the pen among named points: where the value does not take the limit beside it."""
    places: list[int] = []
    points: list[float] = []
    for point, (left, right) in zip(at.tolist(), limits.tolist(), strict=True):
        first, last = (int(np.searchsorted(x, point, side)) for side in ("left", "right"))
        value = y[first] if last > first else np.nan
        if value != left:
            places.append(first)
        if value == left or (last > first and value != right):
            places.append(last)
        points += [point] * (len(places) - len(points))
    return places, points


def _circles(x: float, limits: tuple[float, float], value: float) -> list[Dot]:
    """Return the circles at a break: the limits open, the value (where there is one) filled over them."""
    levels = {level: Dot(x, level, filled=False) for level in limits if math.isfinite(level)}
    if not np.isnan(value):
        levels[value] = Dot(x, value, filled=True)
    return list(levels.values())


def sample(activation: Activation, points: Array | Spaced, at_kink: str = "undefined") -> Curve:
    """Sample exactly these points."""
    x = points[:]
    f, df = activation(x, at_kink)
    return Curve(activation, x, f, df, at_kink, exact=True)


def sample_range(
    activation: Activation,
    bounds: tuple[float, float],
    samples: int | None = None,
    at_kink: str = "undefined",
    shown: tuple[float, float] | None = None,
) -> Curve:
    """Sample a range, with every kink inside it added so that corners are sharp.

    Parameters
    ----------
    activation
        What to sample.
    bounds
        The ends of the range.
    samples
        The number of evenly spaced points; by default as many as the curve needs, where it needs them.
    at_kink
        What f' is where it does not exist.
    shown
        The values of f that a picture will show; by default those that are worth showing.

    """
    if samples is None:
        return _following(activation, linspace(*bounds, DEFAULT_SAMPLES), at_kink, shown)
    return _over(activation, linspace(*bounds, samples), at_kink)


def resample(curve: Curve, activation: Activation) -> Curve:
    """Sample another activation where a curve was sampled."""
    if curve.exact:
        return sample(activation, curve.x, curve.at_kink)
    if curve.follows:
        return _following(activation, curve.x, curve.at_kink)
    return _over(activation, curve.x, curve.at_kink)


def _following(activation: Activation, grid: Array, at_kink: str, shown: tuple[float, float] | None = None) -> Curve:
    """Sample a grid in ascending order, every break in its range, and what the curve needs between."""
    from actplot.curves.refining import refined

    found = refined(activation, grid, at_kink, shown)
    return Curve(activation, found.x, found.f, found.df, at_kink, follows=True, unresolved=found.unresolved)


def _over(activation: Activation, grid: Array, at_kink: str) -> Curve:
    """Sample a grid in ascending order, and every kink in its range."""
    kinks = [seam.x for seam in activation.seams_within(float(grid[0]), float(grid[-1])) if seam.kink]
    points = np.union1d(grid, kinks) if kinks else grid
    f, df = activation(points, at_kink)
    return Curve(activation, points, f, df, at_kink)


def common_range(activations: Sequence[Activation]) -> tuple[float, float]:
    """Return the range that shows every one of the activations."""
    ranges = [activation.declaration.range for activation in activations]
    return float(min(low for low, _ in ranges)), float(max(high for _, high in ranges))
