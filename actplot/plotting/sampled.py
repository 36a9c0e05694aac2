"""The functions of a request over its points: curves to draw, rows to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve, common_range, sample, sample_range
from actplot.curves.grid import TABLE_POINTS, Spaced, check_drawn, holds, integers, nothing_finite, spaced
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.at_kink import find_rule
from actplot.plotting.request import Points
from actplot.tables.rows import Rows
from actplot.words.numbers import exact

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.functions.rounding import Rounded


class Sampled:
    """Functions over points; curves and rows are made once each, and only when something needs them."""

    def __init__(
        self, points: Points, activations: Sequence[Activation], shown: tuple[float, float] | None = None
    ) -> None:
        """Take points and the functions over them, and the values of f that pictures show."""
        self.shown = shown
        self.rounded: list[Rounded] = []
        self.points = points
        self.activations = activations
        self.notes: list[str] = []
        if (chosen := points.format) is not None:
            from actplot.functions.rounding import rounded_to

            self.rounded = [rounded_to(activation, chosen) for activation in activations]
            self.activations = self.rounded

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The range, asked for or that which shows every function."""
        return self.points.bounds or common_range(self.activations)

    @cached_property
    def curves(self) -> list[Curve]:
        """The curves to draw."""
        points = self.points
        check_drawn(points.samples or 0 if points.at is None else len(points.at), len(self.activations))
        if points.at is not None:
            if not np.isfinite(points.at[:]).any():
                raise nothing_finite()
            at = self._of_format(points.at)
            return [sample(activation, at, points.at_kink) for activation in self.activations]
        if self.rounded:
            from actplot.curves.staircase import staircase

            return [staircase(each, self.bounds, points.samples, points.at_kink) for each in self.rounded]
        count = points.samples
        curves = [
            sample_range(activation, self.bounds, count, points.at_kink, self.shown) for activation in self.activations
        ]
        self.notes += [_too_fine(curve.activation, curve.unresolved) for curve in curves if curve.unresolved]
        return curves

    @cached_property
    def rows(self) -> list[Rows]:
        """What to print as tables."""
        at = self._of_format(self._table_points() if self.points.at is None else self.points.at)
        for activation in self.activations:
            _check_rule(activation, at, self.points.at_kink)
        return [Rows(activation, at, self.points.at_kink) for activation in self.activations]

    def _of_format(self, points: Array | Spaced) -> Array | Spaced:
        """Return points as numbers of the format, if there is one."""
        if self.points.format is None:
            return points
        wanted = points[:]
        found = self.points.format.nearest(wanted)
        if (moved := ~np.isnan(wanted) & (found != wanted)).any():
            place, others = int(np.argmax(moved)), int(moved.sum()) - 1
            self.notes.append(
                f"{wanted[place]:g} is no number of {self.points.format.name} and is taken as "
                f"{exact(float(found[place]))}" + (f"; {others:,} more likewise" if others else "")
            )
        return found

    def told(self, derivative: bool) -> Iterator[str]:
        """Yield a note for each stretch on which a format has no number for f or f'."""
        from actplot.functions.rounding import lost

        for each in self.rounded:
            for order, name in enumerate(("f", "f′")[: 1 + derivative]):
                for stretch in lost(each, order):
                    yield f"{each.title}: {name} {stretch.words}"

    def _table_points(self) -> Array | Spaced:
        if self.points.samples is not None:
            return spaced(*self.bounds, self.points.samples)
        whole = integers(*self.bounds)
        if whole is None:
            low, high = self.bounds
            self.notes.append(
                f"the range {low:g} {high:g} has no integers that fit a table; "
                f"took {TABLE_POINTS} evenly spaced points (--at and -n choose others)"
            )
            return spaced(low, high, TABLE_POINTS)
        return whole

    def left_open(self) -> Iterator[str]:
        """Yield a note for each function some of whose values no precision could tell."""
        for activation in self.activations:
            if points := activation.left_open:
                where = f"{min(points, key=abs):g}"
                where = f"{len(points)} points, {where} among them," if len(points) > 1 else where
                yield f"{activation.title}: terms cancel so far at {where} that no value could be found; none is shown"


def _check_rule(activation: Activation, points: Array | Spaced, at_kink: str) -> None:
    """Refuse a rule that has no slope at some kink among the points, before the first of them is written.

    Raises
    ------
    UsageError
        With what is not known.

    """
    rule = find_rule(at_kink)
    for kink in activation.kinks:
        try:
            rule(kink)
        except UsageError:
            if holds(points, kink.x):
                activation(kink.x, at_kink)


def _too_fine(activation: Activation, stretch: tuple[float, float]) -> str:
    low, high = stretch
    return f"{activation.title}: from {low:g} to {high:g} the curve turns too often to be drawn in full"
