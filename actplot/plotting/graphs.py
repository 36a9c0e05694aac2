"""Panels of given lines to the bytes to write, by the same walk as functions over x."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from actplot.curves.content import Wanted
from actplot.curves.graphs import Graph
from actplot.plotting.formats import Output
from actplot.plotting.renderings import Renderings, check_printable
from actplot.plotting.request import Appearance, Points, Request
from actplot.plotting.run import Result, rendered, unused
from actplot.plotting.sampled import Sampled


def graph_request(
    outputs: tuple[Output, ...], table: bool, terminal: bool, image: bool, appearance: Appearance
) -> Request:
    """Return a request for a picture of given lines; it names no functions and no points."""
    return Request((), Wanted(), Points(), outputs, table, terminal, image, appearance)


def run_graph(request: Request, graph: Graph) -> Result:
    """Render each output of a request; see `actplot.plotting.run.run`."""
    result = rendered(request, GraphRenderings(request, graph))
    result.notes += unused(request, len(graph.activations), result)
    if not any(output.format == "text" and output.path is None for output in request.outputs):
        in_terminal = (request.terminal or not (request.outputs or request.table)) and not request.image
        if not in_terminal or result.window:
            result.notes += graph.sentences
    return result


class GraphRenderings(Renderings):
    """The pictures and tables of given lines."""

    def __init__(self, request: Request, graph: Graph) -> None:
        """Take what is asked for, and the lines."""
        super().__init__(request, Sampled(request.points, ()))
        self.graph = graph

    @cached_property
    def drawing(self) -> Graph:  # type: ignore[override]
        """What is to be drawn."""
        return self.graph

    def text(self, format_name: str) -> Iterator[bytes]:
        """Return the numbers in a format."""
        from actplot.tables.graphs import WRITERS

        yield WRITERS[format_name](self.graph).encode("utf-8", "replace")

    def chart(self) -> bytes:
        """Return the chart of characters."""
        from actplot.terminal.graphs import graph_chart

        screen = self.screen
        drawn = graph_chart(self.graph, screen.width, max(screen.height - 1, 1), screen.unicode)
        return screen.render(drawn)

    def table(self) -> bytes:
        """Return the numbers as the terminal shows them."""
        from actplot.tables.graphs import graph_table

        check_printable(sum(1 for _ in self.graph.records()))
        return self.screen.render(*graph_table(self.graph, self.room))
