"""What a request is rendered to: figures, charts, tables, each as the bytes to write."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.console.screen import Screen
from actplot.curves.content import made
from actplot.curves.panels import Content, Quantity
from actplot.errors import UsageError
from actplot.figures.drawing import Drawing
from actplot.plotting.request import Request
from actplot.plotting.sampled import Sampled
from actplot.tables import STREAMS
from actplot.words.closed_forms import told
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.figures.appearance.looks import Look
    from actplot.tables.boxes import Room

WIDEST = 10_000  # cells; a title that no terminal is to show is one line
ALIGNED = ("md", "tex")  # tables that are laid out as a whole
MAX_ALIGNED = 100_000  # rows of one; more would take gigabytes
MAX_PRINTED = 10_000  # rows; a table that is laid out cell by cell takes half a second a thousand


def check_printable(count: int) -> None:
    """Refuse a table of more rows than a terminal is shown.

    Raises
    ------
    UsageError
        With what to do in its place.

    """
    if count > MAX_PRINTED:
        raise UsageError(
            f"a table of {count:,} rows is too long for the terminal (at most {MAX_PRINTED:,}); use --format csv"
        )


class Renderings:
    """The pictures and tables of a request, each made when something asks for it."""

    def __init__(self, request: Request, sampled: Sampled) -> None:
        """Take what is asked for, and its functions over their points."""
        self.request = request
        self.sampled = sampled
        self.notes: list[str] = []

    @cached_property
    def look(self) -> Look:
        """The look of figures."""
        from actplot.figures.appearance.looks import find

        return find(self.request.appearance.style)

    @cached_property
    def content(self) -> Content:
        """What pictures have beside f."""
        return made(self.sampled.curves, self.request.content)

    @cached_property
    def drawing(self) -> Drawing:
        """What is to be drawn."""
        wanted = self.request.appearance
        return Drawing(
            self.sampled.curves,
            self.content,
            wanted.title,
            wanted.detail,
            wanted.equal,
            wanted.frame,
            wanted.tangents,
            wanted.layout,
        )

    def figures(self, formats: tuple[str, ...]) -> dict[str, bytes]:
        """Return the figure in each format."""
        if not formats:
            return {}
        from actplot.figures.formats.export import render
        from actplot.figures.importing import import_matplotlib

        import_matplotlib()

        return render(self.drawing, self.look, formats, self.request.appearance.page, self.notes)

    def text(self, format_name: str) -> Iterator[bytes]:
        """Return a table in pieces, each made when it is about to be written."""
        rows = self.sampled.rows
        count = len(rows[0].points)
        if format_name in ALIGNED and count > MAX_ALIGNED:
            raise UsageError(
                f"a {format_name} table of {count:,} rows is too long for a page (at most {MAX_ALIGNED:,}); use csv"
            )
        pieces = STREAMS[format_name](rows, self.request.layout)
        return (piece.encode("utf-8", "replace") for piece in pieces)

    @cached_property
    def screen(self) -> Screen:
        """What the terminal can show."""
        return Screen.of_stdout()

    @property
    def room(self) -> Room:
        """What the screen has room for."""
        from actplot.tables.boxes import Room

        screen = self.screen
        return Room(screen.unicode, screen.width if screen.terminal else WIDEST, screen.fits)

    def chart(self) -> bytes:
        """Return the chart of characters."""
        from actplot.terminal import chart

        screen = self.screen
        drawn = chart(
            self.sampled.curves,
            content=self.content,
            width=screen.width,
            height=max(screen.height - 1, 1),  # the prompt that follows must not push the title out
            title=self.request.appearance.title,
            unicode=screen.unicode,
            captions=self._captions(),
            ylim=self.request.appearance.frame.ylim,
        )
        return screen.render(drawn)

    def shown(self) -> bytes:
        """Return what a terminal shows where nothing is asked for by name: the chart, or the values at a few points."""
        return self.table() if self.request.asks_values else self.chart()

    def picture(self) -> bytes:
        """Return the figure as the terminal shows pictures, or the chart where it shows none."""
        from actplot.terminal.picture import can_show, picture

        if can_show():
            try:
                return self.screen.render(picture(self.figures(("png",))["png"], self.screen.width))
            except (ArithmeticError, ValueError, OSError):  # a terminal that does not know its own size, say
                pass
        self.notes.append("this terminal shows no pictures (kitty and sixel terminals do); drew the chart")
        return self.chart()

    def _captions(self) -> dict[Quantity, str]:
        """Return the remarks of the chart: of a single function the largest slope, or those that are asked for."""
        from actplot.curves.marks import features
        from actplot.curves.tangents import tangent

        if self.request.points.format:
            return {}  # the panel says itself what it shows
        curves = self.sampled.curves
        tangents = [tangent(curve, x).words for curve in curves for x in self.request.appearance.tangents]
        if tangents and len(curves) == 1:
            words = "; ".join(tangents)
            return {"df": f"{say().derivative.lower()}, {words}"} if self.request.content.derivative else {"f": words}
        steepest = features(curves[0]).steepest if len(curves) == 1 else None
        if steepest is None:
            return {}
        named = say().derivative.lower()
        return {"df": say().largest_slope.format(derivative=named, value=told(steepest.value), x=told(steepest.x))}

    def table(self) -> bytes:
        """Return the value table as the terminal shows it."""
        from actplot.tables.rich import to_rich

        rows = self.sampled.rows
        check_printable(len(rows[0].points))
        return self.screen.render(*to_rich(rows, self.request.layout, self.room))
