"""Where the panels stand, and what frames them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.figures.appearance.sizes import points
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.literal import number_width
from actplot.figures.parts.struck import ORIGIN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# In ems of the base font.
RIGHT, BOTTOM, TOP, GAP = 1.6, 3.9, 3.1, 4.2
DIGIT = 0.62  # of an em: a digit of a tick label
USUAL = 5  # signs of a tick label that have room in every figure, so that all have one frame
BESIDE_TICKS, BESIDE_LABEL = 1.0, 1.9
BELOW_TICKS = 2.1
CLEAR, CLEAR_TICKS = 0.4, 0.9  # above a heading: to the edge, and to the numbers of the panel above it
MOST = 0.8  # of the height, for the margins together
ASIDE, ASIDE_MOST = 0.2, 0.6  # from panel to panel, of the width of one: as matplotlib has it, and at most


@dataclass(frozen=True)
class Margins:
    """Room in inches for what stands outside the panels.

    ``right`` and ``bottom`` are beyond the usual; ``above`` and ``between`` are the heights of the headings.
    """

    right: float = 0.0
    bottom: float = 0.0
    above: float = 0.0
    between: float = 0.0


def frame(axes: Axes) -> None:
    """Draw the axes through the origin, quietly: darker than the grid, below the curves."""
    import matplotlib

    quiet = {
        "color": matplotlib.rcParams["axes.edgecolor"],
        "linewidth": points(0.6),
        "alpha": 0.7,
        "marker": "None",
        "zorder": 1.5,
    }
    axes.axhline(0.0, label=ORIGIN, **quiet)
    axes.axvline(0.0, label=ORIGIN, **quiet)


def place(figure: Figure, panels: Sequence[Axes], extra: Margins, settled: bool = False) -> None:
    """Set the margins from the font size and the longest tick label; settled ones need no second look.

    matplotlib's layout engines would draw the figure twice to learn the same.
    """
    import matplotlib

    em = matplotlib.rcParams["font.size"] / POINTS
    width, height = figure.get_size_inches()
    longest = max(USUAL, *map(_longest_tick, panels))
    beside = beside_ticks(panels) * em
    left, right = beside + BESIDE_LABEL * em, max(RIGHT * em + extra.right, beyond(panels[-1]) * em)
    bottom, top = BOTTOM * em + extra.bottom, max(TOP * em, extra.above + CLEAR * em)
    shrink = min(1.0, MOST * height / (bottom + top))
    bottom, top = bottom * shrink, top * shrink
    figure.subplots_adjust(
        left=min(left / width, 0.45),
        right=max(1 - right / width, 0.55),
        bottom=bottom / height,
        top=1 - top / height,
        hspace=_gap(height - bottom - top, len(panels), em, extra.between),
        wspace=_aside(width - left - right, panels, left + beyond(panels[0]) * em),
    )
    if (
        not settled and max(USUAL, *map(_longest_tick, panels)) != longest
    ):  # how many ticks there are depends on the room
        place(figure, panels, extra, settled=True)
        return
    for axes in panels:
        box = axes.get_position()
        axes.yaxis.set_label_coords(-beside / (box.width * width), 0.5)
        # Where the label of x stands is given as well: matplotlib would measure the tick labels to know.
        axes.xaxis.set_label_coords(0.5, -BELOW_TICKS * em / (box.height * height))


def _gap(inside: float, panels: int, em: float, heading: float) -> float:
    """Return the gap between panels, as a part of their mean height, for a heading of so many inches."""
    if panels == 1:
        return 0.0
    usual = min(GAP * em * panels / inside, 0.8) * (1 + 0.15 * (panels - 2))
    least = min(heading + CLEAR_TICKS * em, 0.8 * inside / (panels - 1))
    return float(max(usual, least * panels / (inside - (panels - 1) * least)))


def _aside(inside: float, panels: Sequence[Axes], words: float) -> float:
    """Return the gap between panels side by side, as a part of their width, for words at an axis of so many inches."""
    spot = panels[0].get_subplotspec()
    columns = spot.get_gridspec().ncols if spot else 1
    least = min(words, ASIDE_MOST * inside / columns)
    return float(max(ASIDE, least * columns / (inside - (columns - 1) * least)))


def panel_size(axes: Axes) -> tuple[float, float]:
    """Return the width and the height of a panel in points."""
    box, (width, height) = axes.get_position(), axes.figure.get_size_inches()  # type: ignore[union-attr]
    return float(box.width * width) * POINTS, float(box.height * height) * POINTS


def beside_ticks(panels: Sequence[Axes]) -> float:
    """Return the room of the numbers of the y axes, in ems."""
    return DIGIT * max(USUAL, *map(_longest_tick, panels)) + BESIDE_TICKS


def _longest_tick(axes: Axes) -> int:
    return max(map(len, _numbers(axes.yaxis, axes.get_ylim())), default=0)


def beyond(axes: Axes) -> float:
    """Return how far the last number of the x axis may reach beyond it, in ems."""
    return number_width(max(_numbers(axes.xaxis, axes.get_xlim())[-1:], default="")) / 2 + 0.3


def _numbers(axis: Axis, limits: tuple[float, float]) -> list[str]:
    """Return the labels of the ticks that are seen."""
    low, high = limits
    seen = [tick for tick in axis.get_major_locator().tick_values(low, high) if low <= tick <= high]
    return axis.get_major_formatter().format_ticks(seen)
