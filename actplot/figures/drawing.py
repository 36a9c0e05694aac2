"""What is to be drawn, before any of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from actplot.curves.curve import Curve
from actplot.curves.panels import Content
from actplot.figures.parts.grid import FigureLayout
from actplot.functions.naming import axis
from actplot.functions.parametrised import X
from actplot.words.arguments import choice

if TYPE_CHECKING:
    from actplot.curves.graphs import Graph
    from actplot.curves.jacobians import Jacobian
    from actplot.curves.surfaces import Surface

Drawable: TypeAlias = "Drawing | Graph | Surface | Jacobian"
WITH_DERIVATIVE = Content(derivative=True)
Detail = Literal["plain", "calm", "full"]


def find_detail(name: str) -> Detail:
    """Return how much is explained, by its name.

    Raises
    ------
    UsageError
        Where it is none.

    """
    found: Detail = choice(name, get_args(Detail), "detail")
    return found


@dataclass(frozen=True)
class Frame:
    """The y range of f and the words at the axes of x and f, where they are not what curves and style say."""

    ylim: tuple[float, float] | None = None
    xlabel: str | None = None
    ylabel: str | None = None


PLAIN_FRAME = Frame()


@dataclass(frozen=True)
class Drawing:
    """The curves, the panels, the title, and how much is explained.

    ``detail`` is ``plain`` for curves alone, ``calm`` for what helps without crowding, ``full`` for everything
    that is known. ``equal`` gives both axes one scale, so that a slope of 1 rises at 45 degrees. ``layout`` says
    whether f' stands under f, beside it, or in its panel.
    ``tangents`` are the points at which f has one drawn.
    """

    curves: Sequence[Curve]
    content: Content = WITH_DERIVATIVE
    title: str | None = None
    detail: Detail = "calm"
    equal: bool = False
    frame: Frame = PLAIN_FRAME
    tangents: Sequence[float] = ()
    layout: FigureLayout = "stacked"

    def __post_init__(self) -> None:
        """Name the x axis by what x is, where that is not simply x and nobody has named it."""
        words = axis([curve.activation for curve in self.curves])
        if self.frame.xlabel is None and words != X:
            object.__setattr__(self, "frame", replace(self.frame, xlabel=words))

    @property
    def words(self) -> str:
        """All that users have written themselves, which may be in any script."""
        own = (self.title, self.frame.xlabel, self.frame.ylabel, *(curve.activation.label for curve in self.curves))
        return "".join(filter(None, own))

    @property
    def name(self) -> str:
        """The title, or the titles of the curves."""
        return self.title or ", ".join(curve.activation.title for curve in self.curves)
