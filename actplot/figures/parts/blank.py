"""Empty panels: what a figure has before anything is drawn in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from actplot.figures.appearance.looks import Look
from actplot.figures.appearance.sizes import sheet_size
from actplot.figures.formats.clear import whole
from actplot.figures.parts.grid import HEIGHTS, Grid
from actplot.figures.parts.layout import frame
from actplot.words.languages import spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIDES = ("left", "right", "bottom", "top", "wspace", "hspace")

Maker = Callable[[Look, tuple[float, float] | None, Grid], "Figure"]


def blank(
    look: Look,
    size: tuple[float, float] | None,
    grid: Grid,
    make: Callable[..., Figure] | None = None,
) -> Figure:
    """Return a figure of empty panels, the axes through the origin drawn; those of the first cell come first.

    Parameters
    ----------
    look
        The style that is being applied.
    size
        Width and height in inches; by default the style's, adapted to the number of panels.
    grid
        What the panels will show, and where they stand.
    make
        What makes the figure itself, given its ``figsize``; by default matplotlib's class.

    """
    from matplotlib.figure import Figure

    from actplot.figures.parts.axes import draw_ticks_together
    from actplot.figures.parts.ticks import set_ticks

    figure = (make or Figure)(figsize=size or sheet_size(grid))
    count = len(grid.quantities)
    heights = [1.0] if grid.beside else [HEIGHTS[quantity] for quantity in grid.quantities]
    places = figure.add_gridspec(
        grid.rows * len(heights), grid.columns * grid.across, height_ratios=heights * grid.rows
    )
    first: Axes | None = None
    for number in range(grid.cells * count):
        row, column = grid.place(number)
        axes = figure.add_subplot(places[row, column], sharex=first)
        draw_ticks_together(axes)
        first = first or axes
        frame(axes)
        set_ticks(axes)
        is_leftmost = column < grid.across
        if is_leftmost:
            axes.set_ylabel(look.labels.of(grid.quantities[number % count]))
        else:
            axes.tick_params(labelleft=False)
        if grid.is_lowest(number):
            axes.set_xlabel(look.labels.x)
        axes.tick_params(labelbottom=grid.is_lowest(number))
    return figure


class Wiped:
    """Makes blank figures from one that it keeps: making axes and ticks anew would take as long as drawing.

    Each figure it returns is the last one, wiped; only one can be in use.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._made_for: Any = None
        self._figure: Figure | None = None
        self._own: set[Any] = set()
        self._margins: dict[str, float] = {}
        self._size = 0.0, 0.0
        self._words: list[tuple[Any, str, Any]] = []

    def __call__(self, look: Look, size: tuple[float, float] | None, grid: Grid) -> Figure:
        """Return a figure like `blank`'s."""
        import matplotlib

        settings = matplotlib.rcParams
        wanted = look, size, grid, spoken(), tuple(settings["font.family"]), settings["font.size"]
        if self._figure is None or wanted != self._made_for:
            self._figure = blank(look, size, grid)
            self._made_for = wanted
            self._own = {*_parts(self._figure)}
            self._margins = {side: getattr(self._figure.subplotpars, side) for side in SIDES}
            self._size = self._figure.get_figwidth(), self._figure.get_figheight()
            both = [axis for axes in self._figure.axes for axis in (axes.xaxis, axes.yaxis)]
            self._words = [(axis, axis.label.get_text(), axis.label.get_fontsize()) for axis in both]
            return self._figure
        for artist in _parts(self._figure):
            if artist not in self._own:
                artist.remove()
        for axes in self._figure.axes:
            axes.set_aspect("auto", adjustable="box")
            whole(axes)
        for axis, words, size_of_words in self._words:
            axis.set_label_text(words, fontsize=size_of_words)
        self._figure.set_size_inches(*self._size)
        self._figure.subplots_adjust(**self._margins)  # how many ticks fit depends on the room
        return self._figure


def _parts(figure: Figure) -> list[Any]:
    return [*figure.get_children(), *(part for axes in figure.axes for part in axes.get_children())]
