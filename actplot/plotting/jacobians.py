"""A Jacobian to the bytes to write, by the same walk as functions over x."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from actplot.curves.jacobians import Jacobian
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.plotting.renderings import Renderings
from actplot.plotting.request import Request
from actplot.plotting.sampled import Sampled

NOT_OF_A_POINT = (
    *("--second", "--difference", "--at", "--range", "--samples", "--dtype", "--tangent", "--label"),
    *("--xlabel", "--ylabel", "--ylim"),
)


def check_jacobian(request: Request, activations: Sequence[Activation]) -> None:
    """Refuse what goes with no Jacobian.

    Raises
    ------
    UsageError
        With what to leave out.

    """
    if len(activations) != 1:
        raise UsageError("--jacobian is for one function at one point; name it alone")
    if idle := ", ".join(option for option in NOT_OF_A_POINT if option in request.given):
        raise UsageError(f"a Jacobian is at one point, to which {idle} is nothing; leave it out")


class JacobianRenderings(Renderings):
    """The map and the tables of a Jacobian; the terminal has the table in place of a chart."""

    def __init__(self, request: Request, activations: Sequence[Activation], x: Sequence[float]) -> None:
        """Take what is asked for, the function, and the point."""
        check_jacobian(request, activations)
        super().__init__(request, Sampled(request.points, ()))
        self.jacobian = Jacobian.of(activations[0], x, request.points.at_kink, request.appearance.title)
        _ = self.jacobian.df  # what no rule tells is refused before any of it is written

    @cached_property
    def drawing(self) -> Any:
        """What is to be drawn."""
        return self.jacobian

    def text(self, format_name: str) -> Iterator[bytes]:
        """Return the numbers in a format."""
        from actplot.tables.jacobians import WRITERS

        yield WRITERS[format_name](self.jacobian, self.request.digits).encode("utf-8", "replace")

    def table(self) -> bytes:
        """Return the numbers as the terminal shows them."""
        from actplot.tables.jacobians import jacobian_table

        return self.screen.render(*jacobian_table(self.jacobian, self.request.digits, self.room))

    def chart(self) -> bytes:
        """Return the table: a chart of characters has no cells for numbers."""
        return self.table()
