"""How the panels of a figure stand: under one another, beside one another, or in a cell for each function."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from actplot.curves.content import Wanted
from actplot.curves.panels import Quantity
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.naming import swept_parameter
from actplot.words.arguments import choice

FigureLayout = Literal["stacked", "beside", "together"]

# Of panels, one to the other.
HEIGHTS: dict[Quantity, float] = {"f": 3.0, "df": 2.0, "gradient": 2.0, "d2f": 2.0, "difference": 2.0}
MOST = 5  # functions in one panel; more have a cell each
MOST_SWEPT = 9  # values of one parameter, whose colours are in order; neighbours of more can't be told apart
NARROWEST = 9.5  # of the font size; a cell in less has no room for its numbers
SHAPE = 1.3  # of a panel, its width to its height
ALONE = 0.75  # of the style's height, for a single panel
MORE = 0.32  # of the style's height, for each panel beyond two
BESIDE = 0.75  # of the style's width, for each panel that stands beside others
CELL, ROW = 2.3, 2.6  # of the font size, for each unit of `HEIGHTS`; what is above, below and between a cell's panels
AROUND = 7.0  # of the font size, above and below all cells
WIDER = 1.35  # of the style's width, for cells whose panels stand beside one another


@dataclass(frozen=True)
class Grid:
    """How the panels of a figure stand.

    ``quantities`` are the panels of all functions, or of one where each has a cell; ``cells`` is how many there are, in
    how many ``columns``.
    """

    quantities: tuple[Quantity, ...]
    beside: bool = False
    cells: int = 1
    columns: int = 1

    @property
    def rows(self) -> int:
        """How many cells stand under one another."""
        return -(-self.cells // self.columns)

    @property
    def across(self) -> int:
        """How many panels of a cell stand beside one another."""
        return len(self.quantities) if self.beside else 1

    def place(self, number: int) -> tuple[int, int]:
        """Return the row and the column of a panel among all panels; those of the first cell come first."""
        cell, panel = divmod(number, len(self.quantities))
        row, column = divmod(cell, self.columns)
        if self.beside:
            return row, column * len(self.quantities) + panel
        return row * len(self.quantities) + panel, column

    def is_lowest(self, number: int) -> bool:
        """Say whether nothing stands under a panel."""
        cell, panel = divmod(number, len(self.quantities))
        return cell + self.columns >= self.cells and (self.beside or panel == len(self.quantities) - 1)

    def inches(self, width: float, height: float, em: float) -> tuple[float, float]:
        """Return the size of a figure, from that of a style and its font size, all in inches."""
        count = len(self.quantities)
        if self.cells > 1:
            units = max(map(HEIGHTS.__getitem__, self.quantities)) if self.beside else self._units
            return width * (WIDER if self.beside else 1.0), (AROUND + self.rows * (CELL * units + ROW)) * em
        if self.beside:
            return width * BESIDE * count, height * ALONE
        return width, height * (ALONE if count == 1 else 1 + MORE * (count - 2))

    @property
    def _units(self) -> float:
        return sum(map(HEIGHTS.__getitem__, self.quantities))


def find_layout(name: str) -> FigureLayout:
    """Return a layout by its name.

    Raises
    ------
    UsageError
        Where it is none.

    """
    found: FigureLayout = choice(name, get_args(FigureLayout), "layout")
    return found


def check_layout(layout: FigureLayout, content: Wanted) -> None:
    """Refuse a layout that has nothing to lay out.

    Raises
    ------
    UsageError
        With what to add.

    """
    if layout == "together" and not (content.derivative or content.second):
        raise UsageError("--layout together draws f′ in the panel of f; add -d or --second")
    if layout == "beside" and not (content.derivative or content.second or content.difference):
        raise UsageError("--layout beside draws f′ to the right of f; add -d, --second or --difference")


def has_cells(activations: Sequence[Activation]) -> bool:
    """Say whether there are more functions than can be told apart in one panel."""
    return len(activations) > (MOST if swept_parameter(activations) is None else MOST_SWEPT)


def plan_grid(
    quantities: tuple[Quantity, ...],
    beside: bool,
    cells: int,
    size: tuple[float, float] | None,
    width: float,
    em: float,
) -> Grid:
    """Choose in how many columns cells stand: about as many as rows, and no narrower than they can be read.

    Parameters
    ----------
    quantities, beside, cells
        As those of a `Grid`.
    size
        Width and height of the figure in inches, or None where it may grow.
    width
        Width of the figure in inches.
    em
        The font size in inches.

    """
    if cells == 1:
        return Grid(quantities, beside)
    across = len(quantities) if beside else 1
    most = max(1, int(width / (NARROWEST * em * across)))
    square = math.ceil(math.sqrt(cells))
    columns = min((min(count, most) for count in (square, square + 1)), key=lambda count: -cells % count)
    if size is not None:
        grids = [Grid(quantities, beside, cells, count) for count in range(1, cells + 1)]
        columns = max(grids, key=lambda grid: _room(grid, *size)).columns
    return Grid(quantities, beside, cells, -(-cells // -(-cells // columns)))


def _room(grid: Grid, width: float, height: float) -> float:
    """Return how large the panels of a grid are, were there nothing around them: the smaller of width and height."""
    down = 1 if grid.beside else len(grid.quantities)
    return min(width / (grid.columns * grid.across) / SHAPE, height / (grid.rows * (down + 0.5)))
