"""What is to be drawn, before any of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from actplot.curve import Curve

Quantity = Literal["f", "df"]


@dataclass(frozen=True)
class Drawing:
    """What to draw: the curves, whether f' has a panel, and the title."""

    curves: Sequence[Curve]
    derivative: bool
    title: str | None = None

    @property
    def panels(self) -> tuple[Quantity, ...]:
        """The panels from top to bottom."""
        return ("f", "df") if self.derivative else ("f",)
