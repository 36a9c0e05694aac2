"""A function of two inputs to the bytes to write, by the same walk as functions of one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from actplot.activations.pairs import Pair
from actplot.arrays import numpy as np
from actplot.curves.grid import integers, spaced
from actplot.curves.panels import Content
from actplot.curves.surfaces import BOTH, MOST, Pairs, Surface
from actplot.errors import UsageError
from actplot.functions.at_kink import find_rule
from actplot.plotting.renderings import Renderings
from actplot.plotting.request import Request
from actplot.plotting.sampled import Sampled

if TYPE_CHECKING:
    from rich.console import RenderableType

ROWS = (-2.0, 2.0)  # of a table that nobody gave points or a range
NOT_OF_MAPS = (
    *("--second", "--difference", "--tangent", "--label", "--xlabel", "--ylabel", "--ylim"),
    *("--layout", "--equal", "--plain", "--annotate"),
)


def check_pair(request: Request) -> None:
    """Refuse what a function of two inputs does not have.

    Raises
    ------
    UsageError
        With what to leave out.

    """
    if idle := ", ".join(option for option in NOT_OF_MAPS if option in request.given):
        raise UsageError(f"{request.specs[0]} takes two inputs and has maps, to which {idle} is nothing; leave it out")
    find_rule(request.points.at_kink)


class SurfaceRenderings(Renderings):
    """The pictures and tables of a function of two inputs."""

    def __init__(self, request: Request, pair: Pair) -> None:
        """Take what is asked for, and the function."""
        check_pair(request)
        super().__init__(request, Sampled(request.points, ()))
        self.pair = pair
        self.surface = Surface(
            pair,
            request.points.bounds or BOTH,
            request.content.derivative,
            request.points.at_kink,
            request.appearance.title,
            request.points.samples,
        )
        tabled = request.has_tables or request.asks_values
        if request.points.at is not None and (request.figure_formats or not tabled):
            self.notes.append("--at is for tables; pictures show the whole range")

    @cached_property
    def drawing(self) -> Any:
        """What is to be drawn."""
        return self.surface

    @cached_property
    def values(self) -> Pairs:
        """The values of tables, at all pairs of the points."""
        points = self.request.points
        if points.at is not None:
            at = points.at
        elif points.samples is not None:
            at = spaced(*self.surface.bounds, points.samples)
        else:
            bounds = points.bounds or ROWS
            whole = integers(*bounds)
            at = spaced(*bounds, 5) if whole is None else whole
        if len(at) > MOST:
            raise UsageError(
                f"{len(at):,} points along each of two inputs make too many pairs (at most {MOST} points); name fewer"
            )
        found = [float(x) for x in at[:]]
        if not np.isfinite(found).all():
            raise UsageError(f"{self.pair.name} takes two inputs, which must be finite numbers; leave out inf and nan")
        content, title = self.request.content, self.request.appearance.title
        return Pairs(self.pair, found, points.at_kink, content.derivative, title)

    def text(self, format_name: str) -> Iterator[bytes]:
        """Return the values in a format."""
        from actplot.tables.pairs import WRITERS

        yield WRITERS[format_name](self.values, self.request.digits).encode("utf-8", "replace")

    def table(self) -> bytes:
        """Return the values as the terminal shows them."""
        from actplot.tables.pairs import pairs_table

        return self.screen.render(*pairs_table(self.values, self.request.digits, self.room))

    def chart(self) -> bytes:
        """Return a chart of each slice, one under the other."""
        from actplot.terminal import chart

        screen = self.screen
        height = max((screen.height - 1) // 2, 1)
        drawn: list[RenderableType] = [
            chart(
                [curve],
                content=Content(derivative=self.surface.derivative),
                width=screen.width,
                height=height,
                title=self.request.appearance.title if curve is self.surface.slices[0] else None,
                unicode=screen.unicode,
                captions={"df": f"∂f/∂{curve.activation.axis}"},
            )
            for curve in self.surface.slices
        ]
        return screen.render(*drawn)
