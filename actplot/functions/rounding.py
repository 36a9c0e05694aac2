"""A function over the numbers of a format: what comes in is one of them, and what comes out is rounded to one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.calculus.seams import Seam
from actplot.calculus.values import Values
from actplot.formula.latex import Dialect
from actplot.formula.nodes import Node
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arithmetic.formats import Format
    from actplot.arrays import Array

SPREAD = 4096  # numbers of a format, evenly among all of them, at which values are looked at


@dataclass(frozen=True)
class Rounded(Activation):
    """x -> (f(x), f'(x)), each the number of the format that is nearest to the exact one; kinks are those of f."""

    origin: Activation
    format: Format

    @property
    def dtype(self) -> str:
        """The format's name."""
        return self.format.name

    @cached_property
    def changed(self) -> dict[str, float]:
        """The parameters that are not at their defaults."""
        return self.origin.changed

    @cached_property
    def tree(self) -> Node:
        """The tree of f, which nothing rounds."""
        return self.origin.tree

    @cached_property
    def exact(self) -> Values:
        """The exact numbers."""
        return self.origin.exact

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which pieces of f meet."""
        return self.origin.seams

    def seams_within(self, low: float, high: float) -> tuple[Seam, ...]:
        """Return those between two points."""
        return self.origin.seams_within(low, high)

    def derivative_latex(self, dialect: Dialect = "cases", at_kink: str = "undefined", *, valued: bool = False) -> str:
        """Return the exact f'(x) as LaTeX."""
        return self.origin.derivative_latex(dialect, at_kink, valued=valued)

    def __call__(self, x: npt.ArrayLike, at_kink: str = "undefined") -> tuple[Any, Any]:
        """Return f and f' at the numbers of the format that are nearest to x, rounded once."""
        points = self.format.nearest(np.asarray(x, dtype=np.float64))
        flat = points.reshape(-1)
        exact = self.origin(flat, at_kink)
        f, df = (self.rounded(flat, part, order).reshape(points.shape)[()] for order, part in enumerate(exact))
        return f, df

    def rounded(self, x: Array, exact: Array, order: int) -> Array:
        """Return f (order 0) or f' (1) at x as numbers of the format.

        Where the nearest float64 is in the middle of two, digits know the side.
        """
        from actplot.arithmetic.digits import exactly, settle

        with np.errstate(all="ignore"):
            sides = [self.format.nearest(np.nextafter(exact, end)) for end in (-np.inf, np.inf)]
        found = self.format.nearest(exact)
        for place in np.flatnonzero((sides[0] != sides[1]) & np.isfinite(exact) & np.isfinite(x)):
            point, middle = float(x[place]), exactly(float(exact[place]))
            read = self.exact.read(order)
            beyond = settle(lambda digits, read=read, middle=middle: read(digits) - middle, point)  # type: ignore[misc]
            if beyond:  # neither 0 nor unknown
                found[place] = sides[int(beyond > 0.0)][place]
        return found


def rounded_to(activation: Activation, chosen: Format) -> Rounded:
    """Return an activation over the numbers of a format."""
    declaration, values = activation.declaration, activation.values
    return Rounded(declaration, values, activation, chosen, notes=activation.notes, label=activation.label)


def unrounded(activation: Activation) -> Activation:
    """Return the activation that is rounded, under the same name."""
    if not isinstance(activation, Rounded):
        return activation
    return replace(activation.origin, label=activation.label)


@dataclass(frozen=True)
class Lost:
    """A stretch of x on which a format has no number for f or f'.

    ``becomes`` is what comes in its place: 0, an infinity or NaN. The ends are numbers of the format; they are infinite
    where it goes on as far as there are numbers.
    """

    low: float
    high: float
    becomes: float

    @property
    def words(self) -> str:
        """Say what happens, and where: ``underflows to 0 for x ≤ -5.53``."""
        what = "underflows to 0" if self.becomes == 0.0 else f"overflows to {self.becomes:g}"
        what = "overflows to NaN, for the format has no infinity," if math.isnan(self.becomes) else what
        if math.isinf(self.low):
            return f"{what} for x ≤ {self.high:.6g}"
        if math.isinf(self.high):
            return f"{what} for x ≥ {self.low:.6g}"
        if self.low == self.high:
            return f"{what} at x = {self.low:.6g}"
        return f"{what} from x = {self.low:.6g} to {self.high:.6g}"


def lost(function: Rounded, order: int) -> list[Lost]:
    """Return the stretches on which f (order 0) or f' (1) under- or overflows, from left to right."""
    last = function.format.count - 1
    zero = last // 2
    places = np.union1d(np.linspace(0, last, SPREAD).astype(np.int64), [zero - 1, zero, zero + 1])
    kinds = _kinds(function, places, order)
    turns = np.flatnonzero(kinds[1:] != kinds[:-1])
    before, after = places[turns], places[turns + 1]
    while (after - before > 1).any():
        middle = (before + after) // 2
        same = _kinds(function, middle, order) == kinds[turns]
        before, after = np.where(same, middle, before), np.where(same, after, middle)
    stretches = zip(np.r_[0, after].tolist(), np.r_[before, last].tolist(), strict=True)
    inside = kinds[np.r_[0, turns + 1]].tolist()
    return [_told(function, order, ends) for ends, kind in zip(stretches, inside, strict=True) if kind]


def _told(function: Rounded, order: int, ends: tuple[int, int]) -> Lost:
    """Return a stretch between two places among the numbers; it goes on where float64 can't follow it either."""
    x, exact = _exact(function, np.array(ends), order)
    last = function.format.count - 1
    _, beyond = _exact(function, np.clip([ends[0] - 1, ends[1] + 1], 0, last), order)
    goes_on = (beyond == 0.0) | np.isinf(beyond)
    low = -math.inf if ends[0] == 0 or (goes_on[0] and x[0] < 0.0) else float(x[0])
    high = math.inf if ends[1] == last or (goes_on[1] and x[1] > 0.0) else float(x[1])
    return Lost(low, high, float(function.rounded(x, exact, order)[0]))


def _kinds(function: Rounded, places: npt.NDArray[np.int64], order: int) -> npt.NDArray[np.int8]:
    """Return 1 for what underflows, 2 and 3 for what overflows below and above, 0 for the rest."""
    x, exact = _exact(function, places, order)
    comes = function.rounded(x, exact, order)
    under = (comes == 0.0) & (exact != 0.0)
    over = ~np.isfinite(comes) & np.isfinite(exact)
    kinds: npt.NDArray[np.int8] = np.where(over, 2 + (exact > 0.0), under).astype(np.int8)
    return kinds


def _exact(function: Rounded, places: npt.NDArray[np.int64], order: int) -> tuple[Array, Array]:
    x = function.format.at(places)
    return x, function.exact(x, (order,), quick=True)[0]
