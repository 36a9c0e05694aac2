"""An activation with its parameters bound: the callable that the rest of the program samples and draws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from actplot._lazy import numpy as np
from actplot.declaration import DECLARATIONS, Declaration
from actplot.errors import UsageError
from actplot.formula.latex import Dialect, to_latex
from actplot.formula.parse import parse
from actplot.formula.scalar import condition_holds, evaluate_float
from actplot.kinks import Kink, Rule, find_rule
from actplot.letters import pretty

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array


MOST_NAMED = 4  # points left out of f'; a wave of corners is not listed
# Points: as many stay in a processor's cache through all steps of a pair. Not a power of two, or all arrays of a block
# lie whole pages apart, where loads wait for stores that they have nothing to do with: that doubles the time.
BLOCK = 15_000
LARGEST_PARAMETER = 1e6  # beyond it (or below its inverse) products with x leave float64 for no useful shape


@dataclass(frozen=True)
class Activation:
    """An activation function with values for its parameters.

    Calling it with an array of any shape returns ``(f(x), f'(x))``, both float64 of that shape.
    """

    declaration: Declaration
    values: Mapping[str, float]

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.declaration.name

    @cached_property
    def changed(self) -> dict[str, float]:
        """The parameters whose values differ from their defaults."""
        return {key: v for key, v in self.values.items() if v != self.declaration.parameters[key]}

    @property
    def title(self) -> str:
        """The title for people, with every parameter that is not at its default."""
        given = ", ".join(f"{pretty(key)} = {value:g}" for key, value in self.changed.items())
        return f"{self.declaration.title} ({given})" if given else self.declaration.title

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The points where f' does not exist for these parameters, in the order of x."""
        found = []
        for text in self.declaration.kinks:
            left, right = self._constant(text.left), self._constant(text.right)
            jump = (self._constant(text.jump[0]), self._constant(text.jump[1])) if text.jump else None
            if jump and jump[0] == jump[1]:
                jump = None
            if left != right or jump:
                frameworks = {name: self._constant(slope) for name, slope in text.frameworks.items()}
                found.append(Kink(self._constant(text.at), left, right, jump, frameworks))
        return tuple(sorted(found, key=lambda kink: kink.x))

    def _constant(self, text: str) -> float:
        return evaluate_float(parse(text), self.values) + 0.0  # no negative zero

    def formula_latex(self, dialect: Dialect = "cases") -> str:
        """Return f(x) as LaTeX, with the values of parameters that differ from their defaults."""
        return to_latex(self.declaration.formula, dialect, self._letters, _symbol)

    def derivative_latex(self, dialect: Dialect = "cases") -> str:
        """Return f'(x) as LaTeX, with the points left out at which it does not exist."""
        latex = to_latex(self.declaration.derivative, dialect, self._letters, _symbol)
        return latex + (rf",\ \ {condition}" if (condition := self._where(r"\neq", r"\notin", r"\{", r"\}")) else "")

    @property
    def slope_condition(self) -> str:
        """The condition under which the formula of f' holds: ``x ≠ 0``; empty where it always does."""
        return self._where("≠", "∉", "{", "}")

    def _where(self, unequal: str, outside: str, opening: str, closing: str) -> str:
        points = [f"{kink.x:g}" for kink in self.kinks]
        if not points or len(points) > MOST_NAMED:
            return ""
        return f"x {unequal} {points[0]}" if len(points) == 1 else f"x {outside} {opening}{', '.join(points)}{closing}"

    @property
    def _letters(self) -> dict[str, str]:
        return {key: f"{value:g}" for key, value in self.changed.items()}

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
        try:
            points = np.asarray(x, dtype=np.float64)
        except (TypeError, ValueError):
            raise UsageError("x must be a number or an array of numbers") from None
        flat = points.reshape(-1)
        f, df = np.empty_like(flat), np.empty_like(flat)
        with np.errstate(under="ignore", over="ignore"):  # neither a tail that reaches zero nor infinity is an error
            for start in range(0, len(flat), BLOCK):
                block = slice(start, start + BLOCK)
                self._fill(flat[block], f[block], df[block], convention)
        if points.ndim == 0:
            return f[0], df[0]
        return f.reshape(points.shape), df.reshape(points.shape)

    def _fill(self, x: Array, f: Array, df: Array, rule: Rule) -> None:
        """Write f(x) and f'(x) for the points of one block."""
        value, slope = self.declaration.pair(x, **self.values)
        # Adding 0.0 turns -0.0 to 0.0, which is what a table should show.
        np.add(value, 0.0, out=f)
        np.add(slope, 0.0, out=df)
        low = x.min()  # NaN where x has one
        high = x.max() if self.kinks else low
        for kink in self.kinks:
            if not (kink.x < low or kink.x > high) and (met := x == kink.x).any():
                df[met] = self._slope_at(kink, rule)
        if np.isnan(low):
            missing = np.isnan(x)
            f[missing] = df[missing] = np.nan

    def _slope_at(self, kink: Kink, rule: Rule) -> float:
        try:
            return rule(kink)
        except UsageError as problem:
            raise UsageError(f"{self.name}: {problem}") from None

    def value_and_slope(self, x: float) -> tuple[float, float]:
        """Return f and f' at one point as Python floats."""
        f, df = self(x)
        return float(f), float(df)


def _symbol(name: str) -> str:
    return DECLARATIONS[name].symbol


def bind(declaration: Declaration, given: Mapping[str, float]) -> Activation:
    """Give the parameters values.

    Raises
    ------
    UsageError
        For a parameter that the activation does not have, or a value outside its bounds.

    """
    name = declaration.name
    for key, value in given.items():
        if key not in declaration.parameters:
            known = ", ".join(declaration.parameters)
            hint = f"it has {known}" if known else "it takes none"
            raise UsageError(f"{name} has no parameter '{key}'; {hint}")
        if not math.isfinite(value) or not (value == 0 or 1 / LARGEST_PARAMETER <= abs(value) <= LARGEST_PARAMETER):
            limits = f"0, or between {1 / LARGEST_PARAMETER:g} and {LARGEST_PARAMETER:g} in size"
            raise UsageError(f"{name}: {key}={value:g} is out of bounds; it must be {limits}")
    # Adding 0.0 turns -0.0 to 0.0: equal values make equal activations, with one title and one file name.
    values = {**declaration.parameters, **{key: float(value) + 0.0 for key, value in given.items()}}
    for text, condition in zip(declaration.bounds, declaration.conditions, strict=True):
        if not condition_holds(condition, values):
            at = ", ".join(f"{key}={values[key]:g}" for key in values if key in text)
            raise UsageError(f"{name}: {at} is out of bounds; {text} must hold")
    return Activation(declaration, values)
