"""A function of two inputs: its maps over both, its slices over each, its values at pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.activations.declaration import DEFAULT_RANGE
from actplot.activations.pairs import FIRST, SECOND, Pair
from actplot.arrays import numpy as np
from actplot.calculus.differentiate import expanded
from actplot.calculus.plain import FLOATS
from actplot.curves.curve import Curve, sample_range
from actplot.formula.evaluate import Program
from actplot.functions.naming import listed
from actplot.functions.pairs import partial, sliced
from actplot.functions.parametrised import X
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.formula.nodes import Node

BOTH = DEFAULT_RANGE  # the range of either input, where nobody has given one
FINE = 241  # points of a map along each axis
MOST = 100  # points of a table along each input; their pairs are the rows
FIXED = 1.0  # where the other input of a slice stands


@dataclass(frozen=True)
class Map:
    """A quantity over a grid: ``values[i, j]`` at the i-th b and the j-th a, as contours want it."""

    key: str
    title: str
    values: Array


@dataclass(frozen=True, eq=False)
class Surface:
    """A function of two inputs between two bounds, the same for both.

    ``derivative`` says whether the partial derivatives are shown too, ``at_kink`` what they are where they do not
    exist, ``samples`` how many points the slices have.
    """

    pair: Pair
    bounds: tuple[float, float]
    derivative: bool = False
    at_kink: str = "undefined"
    own_title: str | None = None
    samples: int | None = None

    @property
    def name(self) -> str:
        """The title."""
        return self.own_title or self.pair.title

    @cached_property
    def points(self) -> Array:
        """The grid along each axis, shape (n,)."""
        return np.linspace(*self.bounds, FINE)

    @cached_property
    def maps(self) -> list[Map]:
        """The map of f and, where they are wanted, those of its partial derivatives, in plain float64."""
        shown = [("f", f"{self.pair.title}({FIRST}, {SECOND})", expanded(self.pair.formula), "")]
        if self.derivative:
            shown += [(f"df_d{name}", f"∂f/∂{name}", partial(self.pair, name), name) for name in (FIRST, SECOND)]
        return [Map(key, title, self._over(tree, name)) for key, title, tree, name in shown]

    def _over(self, tree: Node, name: str) -> Array:
        first, second = np.meshgrid(self.points, self.points)
        at = {FIRST: first, SECOND: second}
        if name:
            at[X] = at.pop(name)
        with np.errstate(all="ignore"):
            return np.broadcast_to(Program((tree,), FLOATS)(at)[0], first.shape).astype(np.float64)

    @cached_property
    def slices(self) -> tuple[Curve, Curve]:
        """The gate, f(1, b) over b, and the line, f(a, 1) over a."""
        gate, line = (
            sample_range(sliced(self.pair, fixed, FIXED), self.bounds, self.samples, self.at_kink)
            for fixed in (FIRST, SECOND)
        )
        return gate, line

    @cached_property
    def kinks(self) -> list[tuple[Array, Array]]:
        """The lines along which a slope breaks: the a and the b of points on each, from edge to edge."""
        low, high = self.bounds
        at = (low, low + 0.6180339887 * (high - low), high)  # f may vanish in the middle, and no slope breaks there
        found: dict[tuple[tuple[float, float], ...], None] = {}
        for fixed in (FIRST, SECOND):
            breaks = [[seam.x for seam in sliced(self.pair, fixed, x).seams_within(low, high) if seam.kink] for x in at]
            if len({len(each) for each in breaks}) > 1:
                continue
            for crossed in zip(*breaks, strict=True):
                pairs = zip(at, crossed, strict=True) if fixed == FIRST else zip(crossed, at, strict=True)
                found[tuple(sorted(pairs))] = None
        return [(np.array([a for a, _ in line]), np.array([b for _, b in line])) for line in found]

    @property
    def description(self) -> str:
        """What a figure of it shows, for those who can't see it."""
        said, (low, high), f = say(), self.bounds, self.maps[0].values
        maps = listed([each.title for each in self.maps])
        parts = [said.map_of.format(maps=maps, low=f"{low:g}", high=f"{high:g}")]
        parts.append(said.goes.format(name=self.pair.title, low=f"{np.nanmin(f):.3g}", high=f"{np.nanmax(f):.3g}"))
        shown = [curve.activation for curve in self.slices]
        return " ".join(parts + [said.curve_over.format(name=each.title, axis=each.axis) for each in shown])


@dataclass(frozen=True, eq=False)
class Pairs:
    """A function of two inputs at all pairs of some points, exact; ``at_kink`` is the rule for its derivatives."""

    pair: Pair
    points: Sequence[float]
    at_kink: str = "undefined"
    derivative: bool = False
    title: str | None = None

    @property
    def name(self) -> str:
        """What a table calls it."""
        return self.title or self.pair.title

    def records(self) -> Iterator[tuple[float, ...]]:
        """Yield a, b, f and, where they are wanted, ∂f/∂a and ∂f/∂b of each pair; NaN where one is undefined."""
        over_b = [self._slice(FIRST, value) for value in self.points]
        over_a = [self._slice(SECOND, value) for value in self.points] if self.derivative else []
        for i, a in enumerate(self.points):
            for j, b in enumerate(self.points):
                slopes = (float(over_a[j][1][i]), float(over_b[i][1][j])) if self.derivative else ()
                yield (a, b, float(over_b[i][0][j]), *slopes)

    def _slice(self, fixed: str, value: float) -> tuple[Array, Array]:
        f, df = sliced(self.pair, fixed, value)(np.array(self.points), self.at_kink)
        return f, df
