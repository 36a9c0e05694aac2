"""An activation with its parameters bound: the callable that the rest of the program samples and draws."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from actplot.activations.declaration import symbol_of
from actplot.arrays import as_float64
from actplot.arrays import numpy as np
from actplot.calculus.seams import Hole, Kink, Seam
from actplot.calculus.search import Found, is_inside, search, suspects
from actplot.calculus.values import Values, constant
from actplot.errors import UsageError
from actplot.formula.latex import Dialect, to_latex
from actplot.formula.nodes import Node, numbers_in
from actplot.formula.parse import parse
from actplot.formula.rewrite import with_values
from actplot.formula.worked import shown, worked_out
from actplot.functions.at_kink import Rule, find_rule
from actplot.functions.branches import decided, value_at
from actplot.functions.parametrised import Parametrised
from actplot.words.arguments import choice, number
from actplot.words.symbols import latex_number

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array


MOST_NAMED = 4  # points left out of f'; a wave of corners is not listed
MOST_SINGLY = 500  # points outside what was searched that are looked at; pieces are taken to meet at the rest


@dataclass(frozen=True)
class Activation(Parametrised):
    """An activation function with values for its parameters.

    Calling it with an array of any shape returns ``(f(x), f'(x))``, both float64 of that shape.
    """

    @cached_property
    def exact(self) -> Values:
        """The numbers of f and its derivatives."""
        return Values(self.tree)

    @cached_property
    def _found(self) -> Found:
        """Where pieces meet, as far as the axis could be searched."""
        return search(self.exact, self.hints())

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """The points at which pieces meet, with the limits of f and f' on both sides, in the order of x."""
        return tuple(map(self._with_frameworks, self._found.seams))

    @property
    def searched(self) -> tuple[tuple[float, float], ...]:
        """The stretches inside which every such point is found; there are too many of them elsewhere."""
        return self._found.searched

    def seams_within(self, low: float, high: float) -> tuple[Seam, ...]:
        """Return the points between two at which pieces meet, be they within what was searched or not."""
        low, high = number(low, "low"), number(high, "high")
        if not low < high or is_inside(low, high, self.searched):
            return tuple(seam for seam in self.seams if low <= seam.x <= high)
        if (low, high) not in self._elsewhere:
            beyond = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)  # the ends may be such points
            found = [seam for seam in search(self.exact, self.hints(), beyond).seams if low <= seam.x <= high]
            self._elsewhere[low, high] = tuple(map(self._with_frameworks, found))
        return self._elsewhere[low, high]

    @cached_property
    def _elsewhere(self) -> dict[tuple[float, float], tuple[Seam, ...]]:
        return {}

    def _with_frameworks(self, seam: Seam) -> Seam:
        if not seam.kink:
            return seam
        known = self._chosen.get(seam.x) or self.declaration.taken(self.trees, seam.x)
        return seam if known is None else replace(seam, kink=replace(seam.kink, frameworks=known))

    @cached_property
    def _chosen(self) -> dict[float, dict[str, float]]:
        """What frameworks take for f' where pieces meet."""
        return {
            at: {name: self._constant(slope) for name, slope in kink.frameworks.items()}
            for kink in self.declaration.kinks
            if math.isfinite(at := self._constant(kink.at))
        }

    def hints(self) -> Iterator[float]:
        """Yield points at which pieces are likely to meet: the numbers of the formula, of either sign."""
        for value in (*numbers_in(self.tree), *self.values.values()):
            yield from (value, -value)

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The points where f' does not exist for these parameters, in the order of x."""
        return tuple(seam.kink for seam in self.seams if seam.kink)

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """The points at which a formula has no value though it tends to one, in the order of x."""
        return tuple(seam.hole for seam in self.seams if seam.hole)

    def _constant(self, formula: str) -> float:
        return constant(with_values(parse(formula), self.trees))

    def formula_latex(self, dialect: Dialect = "cases", *, valued: bool = False) -> str:
        """Return f(x) as LaTeX, with the values of parameters that differ from their defaults, or of all."""
        return self._latex(self.formula, dialect, valued and bool(self.values))

    def _latex(self, tree: Node, dialect: Dialect, valued: bool) -> str:
        if valued:
            tree = worked_out(with_values(tree, {key: shown(value) for key, value in self.values.items()}))
        return to_latex(tree, choice(dialect, get_args(Dialect), "dialect of LaTeX"), self.letters, symbol_of)

    def derivative_latex(self, dialect: Dialect = "cases", at_kink: str = "undefined", *, valued: bool = False) -> str:
        """Return f'(x) as LaTeX, with the points left out at which it does not exist, or what a rule takes there."""
        tree = self.slope_formula(at_kink)
        is_as_written = self.declaration.slope_text and not self.values
        parts = [self._latex(tree, dialect, valued and not is_as_written)]
        chosen = {} if at_kink == "undefined" else self._chosen_otherwise(tree, find_rule(at_kink))
        if at_kink == "undefined" or chosen:
            parts.append(self._where(r"\neq", r"\notin", r"\{", r"\}", latex_number))
        if len(chosen) <= MOST_NAMED:
            parts += [rf"f\,'({latex_number(f'{x:g}')}) = {latex_number(f'{y:g}')}" for x, y in chosen.items()]
        return r",\ \ ".join(filter(None, parts))

    def slope_formula(self, at_kink: str = "undefined") -> Node:
        """Return the tree of f' as it is shown: no branch of it holds at a kink but the one that the rule takes."""
        rule = find_rule(at_kink)
        sides = {kink.x: _side(kink, self._slope_at(kink, rule)) for kink in self.kinks}
        return decided(self.derivative, sides, self.trees) if sides else self.derivative

    def _chosen_otherwise(self, tree: Node, rule: Rule) -> dict[float, float]:
        """Return what a rule takes at kinks where the formula of f' says something else."""
        chosen = {kink.x: self._slope_at(kink, rule) for kink in self.kinks}
        said = {x: value_at(tree, x, self.trees, float(self(x)[0])) for x in chosen}
        return {x: y for x, y in chosen.items() if not math.isclose(y, said[x], rel_tol=1e-9, abs_tol=1e-12)}

    @property
    def slope_condition(self) -> str:
        """The condition under which the formula of f' holds: ``x ≠ 0``; empty where it always does."""
        return self._where("≠", "∉", "{", "}")

    def _where(
        self, unequal: str, outside: str, opening: str, closing: str, written: Callable[[str], str] = str
    ) -> str:
        points = [written(f"{kink.x:g}") for kink in self.kinks]
        if not points or len(points) > MOST_NAMED:
            return ""
        return f"x {unequal} {points[0]}" if len(points) == 1 else f"x {outside} {opening}{', '.join(points)}{closing}"

    def __call__(self, x: npt.ArrayLike, at_kink: str = "undefined") -> tuple[Any, Any]:
        """Return f(x) and f'(x).

        Parameters
        ----------
        x
            Points, of any shape; infinities give the limits, NaN gives NaN.
        at_kink
            What f' is where it does not exist: ``undefined`` (NaN), ``left``, ``right``, ``mid``, or what a
            framework makes of it (``torch``, ``tensorflow``, ``jax``).

        Raises
        ------
        UsageError
            Where x is not numeric, at_kink is none of these, or the framework's choice is not known.

        """
        convention = find_rule(at_kink)
        points = as_float64(x)
        flat = points.reshape(-1)
        f, df = self._pair(flat)
        for seam in (*self.seams, *self._beyond(flat)[0]):
            if seam.kink and (met := flat == seam.x).any():
                df[met] = self._slope_at(seam.kink, convention)
        if points.ndim == 0:
            return f[0], df[0]
        return f.reshape(points.shape), df.reshape(points.shape)

    def _pair(self, x: Array) -> list[Array]:
        """Return f and f' at points of shape (n,), infinities and NaN among them, without the rule at kinks."""
        finite = np.isfinite(x)
        if finite.all():
            found = self.exact(x)
        else:
            found = self.exact(np.where(finite, x, 0.0))
            for order, part in enumerate(found):
                part[np.isnan(x)] = np.nan
                for end in (-math.inf, math.inf):
                    if (met := x == end).any():
                        part[met] = self.exact.limit(end, order)
        seams, unseen = self._beyond(x)
        for seam in (*self.seams, *seams):
            if seam.slope is not None:
                found[1][x == seam.x] = seam.slope
        found[1][np.isin(x, unseen)] = np.nan
        found[1][np.isnan(found[0])] = np.nan  # where f has no value it has no slope
        return found

    def _beyond(self, x: Array) -> tuple[list[Seam], Array]:
        """Return where pieces meet at points outside what was searched, and those of them that nobody looked at."""
        searched = np.logical_or.reduce([(low < x) & (x < high) for low, high in self.searched])
        beyond = np.unique(x[np.isfinite(x) & ~searched])
        found: list[Seam] = []
        rest = []
        for at in suspects(self.exact, beyond).tolist() if beyond.size else ():
            around = math.nextafter(at, -math.inf), math.nextafter(at, math.inf)
            if around in self._elsewhere or len(self._elsewhere) < MOST_SINGLY:
                found += self.seams_within(*around)
            else:
                rest.append(at)
        return found, np.array(rest)

    @property
    def left_open(self) -> frozenset[float]:
        """The points, among all that were asked for, at which no precision could tell a value."""
        return frozenset(self.exact.open) - ({seam.x for seam in self.seams} - self.exact.lost)

    def plain(self, x: npt.ArrayLike) -> tuple[Any, Any]:
        """Return f(x) and f'(x) in plain float64 arithmetic, for loops that need speed rather than digits.

        The formulas are read as they stand: what overflows in them overflows, and what cancels is lost; at a kink f'
        is what its formula says there, that of one side, though there is none.

        Raises
        ------
        UsageError
            Where x is not numeric.

        """
        points = as_float64(x)
        f, df = self.exact.plain(points.reshape(-1))
        return f.reshape(points.shape), df.reshape(points.shape)

    def _slope_at(self, kink: Kink, rule: Rule) -> float:
        try:
            return rule(kink)
        except UsageError as problem:
            raise UsageError(f"{self.name}: {problem}") from None

    def value_and_slope(self, x: float) -> tuple[float, float]:
        """Return f and f' at one point as Python floats."""
        f, df = self(number(x, "x"))
        return float(f), float(df)


def _side(kink: Kink, slope: float) -> int:
    return 1 if slope == kink.right else -1 if slope == kink.left else 0
