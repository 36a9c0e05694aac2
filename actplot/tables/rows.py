"""The rows of a table, sampled a piece at a time, so that ten million take no more memory than a few thousand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from actplot.arrays import numpy as np
from actplot.calculus.seams import Kink
from actplot.curves.content import Wanted
from actplot.curves.curve import PIECE, Curve, sample
from actplot.curves.grid import Spaced
from actplot.curves.panels import Quantity
from actplot.functions.activation import Activation
from actplot.functions.trained import trained

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Numbers = tuple[Array, npt.NDArray[np.bool_]]  # and where there is none of them


X_AND_F = Wanted()


class Sampled(Protocol):
    """What a table is written from: an activation and its values, in pieces. A `Curve` is one, and so is `Rows`."""

    @property
    def activation(self) -> Activation:
        """What was sampled."""

    def pieces(self) -> Iterator[Curve]:
        """Return the values in the order of the points; each call starts anew."""


@dataclass(frozen=True, eq=False)
class Rows:
    """An activation over points, sampled when it is read and never kept."""

    activation: Activation
    points: Array | Spaced
    at_kink: str = "undefined"

    def pieces(self) -> Iterator[Curve]:
        """Return the values of so many points at a time."""
        for start in range(0, len(self.points), PIECE):
            yield sample(self.activation, self.points[start : start + PIECE], self.at_kink)


@dataclass(frozen=True)
class Layout:
    """What a table holds beside x and f, its title, and its digits: all that matter, or so many significant ones."""

    wanted: Wanted = X_AND_F
    title: str | None = None
    digits: int | None = None

    @property
    def quantities(self) -> list[Quantity]:
        """What is known of each function, in the order of the columns; x stands before it."""
        asked: dict[Quantity, bool] = {
            "f": True,
            "df": self.wanted.derivative,
            "d2f": self.wanted.second,
            "difference": self.wanted.difference,
        }
        return [quantity for quantity, is_wanted in asked.items() if is_wanted]

    def columns(self, tables: Sequence[Sampled]) -> list[Quantity]:
        """Return the same for some functions: where one is trained with another gradient than f', with that as well."""
        quantities = self.quantities
        if "df" in quantities and any(table.activation.declaration.gradient_text for table in tables):
            quantities.insert(quantities.index("df") + 1, "gradient")
        return quantities


class Measured:
    """A function of a table, with what is asked of it beside f and f'."""

    def __init__(self, table: Sampled, first: Activation, is_first: bool) -> None:
        """Take a function over its points, and the one that the others are compared with."""
        self.is_first = is_first
        self.table = table
        self.activation = table.activation
        self.first = first
        self._derived: dict[Quantity, Activation] = {}

    def derived(self, quantity: Quantity) -> Activation:
        """Return what has this quantity for its slope (f'') or its value (the difference)."""
        if quantity not in self._derived:
            from actplot.functions.difference import difference
            from actplot.functions.slope import derived

            activation = self.activation
            made = derived(activation) if quantity == "d2f" else difference(activation, self.first)
            self._derived[quantity] = made
        return self._derived[quantity]

    def has(self, quantity: Quantity) -> bool:
        """Say whether there is such a number: the first has no difference from itself, few a gradient of their own."""
        if quantity == "gradient":
            return bool(self.activation.declaration.gradient_text)
        return quantity != "difference" or not self.is_first

    def numbers(self, piece: Curve, quantity: Quantity) -> Numbers:
        """Return a quantity at the points of a piece, and where it is undefined though x is a number."""
        if quantity == "f":
            return piece.f, np.zeros(len(piece.x), dtype=np.bool_)
        if quantity == "df":
            return piece.df, piece.undefined
        if quantity == "d2f":
            slope = sample(self.derived(quantity), piece.x)  # a rule at kinks is about f'
            return slope.df, slope.undefined
        none = np.zeros(len(piece.x), dtype=np.bool_)
        if quantity == "gradient":
            taken = trained(self.activation)  # at the table's points: its own curve has the corners of its own
            return (sample(taken, piece.x).f, none) if taken else (np.full(len(piece.x), math.nan), ~none)
        if self.activation is self.first:
            return np.where(np.isnan(piece.f), piece.f, 0.0), none
        return sample(self.derived(quantity), piece.x).f, none

    def kinks(self, quantity: Quantity) -> dict[float, Kink]:
        """Return the points at which a derivative is undefined though it has limits there, by x."""
        if quantity in ("f", "gradient", "difference"):
            return {}
        slopes = self.activation if quantity == "df" else self.derived(quantity)
        return {kink.x: kink for kink in slopes.kinks}


def measured(tables: Sequence[Sampled]) -> list[Measured]:
    """Return the functions of a table, the first of which the others are compared with."""
    return [Measured(table, tables[0].activation, place == 0) for place, table in enumerate(tables)]
