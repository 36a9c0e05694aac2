"""A function that others wrote, called with care: what it does besides returning values is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.errors import WorldError
from actplot.implementations.adapters import Adapter, NoGradient
from actplot.implementations.target import said
from actplot.implementations.watching import PASSING, watched

AT_ONCE = 1_000_000


@dataclass
class Trial:
    """Calls of one function in one format.

    ``habits`` collects what it does that no activation should: each is a sentence.
    """

    adapter: Adapter
    format: Format
    habits: dict[str, None] = field(default_factory=dict)
    is_batched: bool = False
    wants_gradient: bool = True

    def values(self, x: Any) -> Any:
        """Return f(x) in the format, for inputs of shape (n,).

        Raises
        ------
        WorldError
            Where it raises, or returns another shape or type.

        """
        return self._called("f", x)

    def slopes(self, x: Any) -> Any | None:
        """Return f'(x) likewise; None where nothing differentiates."""
        if not self.wants_gradient:
            return None
        try:
            return self._called("f′", x)
        except NoGradient:
            return None

    def _called(self, what: str, x: Any) -> Any:
        parts = [self.once(what, x[start : start + AT_ONCE]) for start in range(0, max(len(x), 1), AT_ONCE)]
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    def once(self, what: str, x: Any) -> Any:
        """Return f or f' in one call, the array as it lies in memory."""
        call = self.adapter.values if what == "f" else self.adapter.slopes
        before = x.tobytes()
        given = x[None] if self.is_batched else x
        with watched(f"{what} of {x.size:,} numbers", self.habits):
            try:
                found = call(given)
            except (NoGradient, *PASSING):
                raise
            except BaseException as problem:
                raise WorldError(
                    f"{what} fails for {x.size:,} numbers of {self.format.name}: {said(problem)}"
                ) from None
        if x.tobytes() != before:
            self.habits["it changes its input"] = None
            raise WorldError(
                "it changes its input: what it is called with is not what it was; use no in-place operation"
            )
        if found is None or (found := np.asarray(found)).dtype == object:
            raise WorldError(f"{what} gives no array of numbers")
        if found.shape != given.shape:
            raise WorldError(f"{what} has the shape {found.shape} for inputs of the shape {given.shape}")
        if found.dtype != self.format.dtype:
            raise WorldError(f"{what} is {found.dtype.name} where the inputs are {self.format.name}; --dtype chooses")
        return found[0] if self.is_batched else found


def begin(adapter: Adapter, chosen: Format, wants_gradient: bool = True) -> Trial:
    """Return a trial of a function that could be called, and gives the same twice.

    Raises
    ------
    WorldError
        Where it can't be, or does not.

    """
    trial = Trial(adapter, chosen, wants_gradient=wants_gradient)
    x = np.linspace(-3.0, 3.0, 97).astype(chosen.dtype)
    try:
        first = trial.values(x)
    except WorldError as problem:
        trial.is_batched = True
        try:
            first = trial.values(x)
        except WorldError:
            raise problem from None
        trial.habits["it takes batches only: inputs of two dimensions"] = None
    if first.tobytes() != trial.values(x).tobytes():
        raise WorldError("it gives other values when it is called again; set it to evaluation, or give it a seed")
    return trial
