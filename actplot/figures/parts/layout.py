"""Where the panels stand, and what frames them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.figures.formats.page_setup import POINTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# In ems of the base font.
RIGHT, BOTTOM, TOP, GAP = 1.6, 3.9, 3.1, 4.2
DIGIT = 0.62  # of an em: a digit of a tick label
BESIDE_TICKS, BESIDE_LABEL = 1.0, 1.9
BELOW_TICKS = 2.1


@dataclass(frozen=True)
class Margins:
    """Room in inches for what stands outside the panels, beyond the usual."""

    right: float = 0.0
    bottom: float = 0.0


def frame(axes: Axes) -> None:
    """Draw the axes through the origin, quietly: darker than the grid, below the curves."""
    import matplotlib

    quiet = {
        "color": matplotlib.rcParams["axes.edgecolor"],
        "linewidth": 0.6,
        "alpha": 0.7,
        "marker": "None",
        "zorder": 1.5,
    }
    axes.axhline(0.0, label="_origin", **quiet)
    axes.axvline(0.0, label="_origin", **quiet)


def tick_text(value: float, position: float = 0.0) -> str:
    """Return the label of a tick, with a true minus sign."""
    return f"{value:.6g}".replace("-", "−").replace("e+", "e")


def place(figure: Figure, panels: Sequence[Axes], extra: Margins, settled: bool = False) -> None:
    """Set the margins from the font size and the longest tick label; settled ones need no second look.

    matplotlib's layout engines would draw the figure twice to learn the same.
    """
    import matplotlib

    em = matplotlib.rcParams["font.size"] / POINTS
    width, height = figure.get_size_inches()
    longest = max(map(_longest_tick, panels))
    beside = (DIGIT * longest + BESIDE_TICKS) * em
    left, right = beside + BESIDE_LABEL * em, RIGHT * em + extra.right
    bottom, top = BOTTOM * em + extra.bottom, TOP * em
    inside = max(height - bottom - top, 0.1) / len(panels)
    figure.subplots_adjust(
        left=min(left / width, 0.45),
        right=max(1 - right / width, 0.55),
        bottom=min(bottom / height, 0.4),
        top=max(1 - top / height, 0.6),
        hspace=min(GAP * em / inside, 0.8) * (1 + 0.15 * (len(panels) - 2) if len(panels) > 2 else 1),
    )
    if not settled and max(map(_longest_tick, panels)) != longest:  # how many ticks there are depends on the room
        place(figure, panels, extra, settled=True)
        return
    for axes in panels:
        box = axes.get_position()
        axes.yaxis.set_label_coords(-beside / (box.width * width), 0.5)
        # Where the label of x stands is given as well: matplotlib would measure the tick labels to know.
        axes.xaxis.set_label_coords(0.5, -BELOW_TICKS * em / (box.height * height))


def panel_size(axes: Axes) -> tuple[float, float]:
    """Return the width and the height of a panel in points."""
    box, (width, height) = axes.get_position(), axes.figure.get_size_inches()  # type: ignore[union-attr]
    return float(box.width * width) * POINTS, float(box.height * height) * POINTS


def _longest_tick(axes: Axes) -> int:
    low, high = axes.get_ylim()
    ticks = axes.yaxis.get_major_locator().tick_values(low, high)
    return max((len(tick_text(tick)) for tick in ticks if low <= tick <= high), default=0)
