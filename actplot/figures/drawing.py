"""What is to be drawn, before any of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from actplot.curves.curve import Curve
from actplot.curves.panels import Content
from actplot.figures.parts.grid import Layout

WITH_DERIVATIVE = Content(derivative=True)
Detail = Literal["plain", "calm", "full"]


@dataclass(frozen=True)
class Drawing:
    """The curves, the panels, the title, and how much is explained.

    ``detail`` is ``plain`` for curves alone, ``calm`` for what helps without crowding, ``full`` for everything
    that is known. ``equal`` gives both axes one scale, so that a slope of 1 rises at 45 degrees. ``layout`` says
    whether f' stands under f, beside it, or in its panel.
    """

    curves: Sequence[Curve]
    content: Content = WITH_DERIVATIVE
    title: str | None = None
    detail: Detail = "calm"
    equal: bool = False
    layout: Layout = "stacked"

    @property
    def name(self) -> str:
        """The title, or the titles of the curves."""
        return self.title or ", ".join(curve.activation.title for curve in self.curves)
