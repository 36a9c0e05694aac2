"""A function that is known by calling it alone: its values are what others compute, as accurate as they make them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.activations.declaration import Declaration
from actplot.arrays import numpy as np
from actplot.calculus.seams import Seam
from actplot.errors import UsageError
from actplot.formula.nodes import Node
from actplot.functions.activation import Activation
from actplot.words.languages import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

Calls: TypeAlias = "Callable[[Array], Array]"  # float64 of shape (n,) to the same


@dataclass(frozen=True)
class Called(Activation):
    """A function that has values and no formula.

    Attributes
    ----------
    values_at, slopes_at
        What computes f and f' for float64 points of shape (n,), finite or not; ``slopes_at`` is None where nothing
        differentiates. Both raise `actplot.errors.WorldError`.
    framework
        Whose arrays it computes with: ``torch``, ``jax``, ``numpy``, ``Python``, …
    accuracy
        How far values and slopes may be from the truth: that is unknown.

    """

    values_at: Calls = field(kw_only=True, compare=False)
    slopes_at: Calls | None = field(default=None, kw_only=True, compare=False)
    framework: str = field(default="", kw_only=True)
    accuracy: str = field(default="unknown", kw_only=True)

    @cached_property
    def tree(self) -> Node:
        """Nothing: it has no formula."""
        raise UsageError(f"{self.title} is known by its values alone and has no formula; name a function or type one")

    @cached_property
    def exact(self) -> Any:
        """What stands in for the numbers of a formula: the values that calls give."""
        return _Samples(self)

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """Nothing: where pieces meet can't be told from values."""
        return ()

    def seams_within(self, low: float, high: float) -> tuple[Seam, ...]:
        """Return nothing, as for the whole axis."""
        return ()

    @property
    def searched(self) -> tuple[tuple[float, float], ...]:
        """The whole axis: there is nothing to be searched anywhere."""
        return ((-math.inf, math.inf),)

    @property
    def left_open(self) -> frozenset[float]:
        """Nothing: a value that is no number is what the call gives."""
        return frozenset()

    def plain(self, x: npt.ArrayLike) -> tuple[Any, Any]:
        """Return f(x) and f'(x) as a call gives them, NaN for a slope that nothing differentiates."""
        return self(x)

    def _pair(self, x: Array) -> list[Array]:
        return [self.values_at(x), np.full(len(x), np.nan) if self.slopes_at is None else self.slopes_at(x)]


@dataclass(frozen=True)
class _Samples:
    """Values and slopes as a formula's numbers are asked for; what no call gives is NaN."""

    called: Called
    open: frozenset[float] = frozenset()

    def __call__(self, x: Array, orders: Sequence[int] = (0, 1), quick: bool = False) -> list[Array]:
        known = self.called._pair(x) if min(orders) < 2 else []
        return [known[order] if order < len(known) else np.full(len(x), np.nan) for order in orders]

    def plain(self, x: Array, orders: Sequence[int] = (0, 1)) -> list[Array]:
        return self(x, orders)

    def tree(self, order: int = 0) -> Node:
        return self.called.tree

    def limit(self, side: float, order: int) -> float:
        return float("nan")


def is_called(activation: Activation) -> bool:
    """Say whether a function is known by calling it alone."""
    return isinstance(activation, Called)


def has_slope(activation: Activation) -> bool:
    """Say whether f' is known; a formula always tells."""
    return not isinstance(activation, Called) or activation.slopes_at is not None


def called(name: str, framework: str, values_at: Calls, slopes_at: Calls | None, notes: tuple[str, ...] = ()) -> Called:
    """Return the function of a name that others compute."""
    title = f"{name} ({framework})" if framework else name
    declaration = Declaration(name, title, "", sentence="A function that is called.", family="called")
    return Called(declaration, {}, notes=notes, values_at=values_at, slopes_at=slopes_at, framework=framework)


def apart(minuend: Activation, subtrahend: Activation, title: str) -> Called:
    """Return the difference of two functions, one of which at least is called: of their values, in float64."""

    def gap(place: int) -> Calls:
        return lambda x: np.asarray(minuend(x)[place] - subtrahend(x)[place])

    both = has_slope(minuend) and has_slope(subtrahend)
    return called(title, "", gap(0), gap(1) if both else None)


def caveats(activations: Sequence[Activation]) -> list[str]:
    """Return what is to be said of f where some functions are called: whose accuracy nobody knows."""
    unsure = [each.title for each in activations if isinstance(each, Called)]
    return [_of(unsure, activations, say().unsure, say().unsure_of)] if unsure else []


def slope_caveats(activations: Sequence[Activation]) -> list[str]:
    """Return what is to be said of f': which frameworks differentiate."""
    by = dict.fromkeys(each.framework for each in activations if isinstance(each, Called) and each.framework)
    return [say().differentiated.format(framework=", ".join(by))] if by else []


def without_slope(activations: Sequence[Activation]) -> list[str]:
    """Return what is to be said where f' of some functions is not known."""
    names = [each.title for each in activations if not has_slope(each)]
    return [_of(names, activations, say().undifferentiated, say().undifferentiated_of)] if names else []


def _of(names: Sequence[str], activations: Sequence[Activation], alone: str, words: str) -> str:
    return alone if len(activations) == 1 else words.format(names=", ".join(names))
