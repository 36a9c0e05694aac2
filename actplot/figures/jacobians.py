"""A Jacobian to a matplotlib Figure: a map whose cells say their slopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.curves.jacobians import Jacobian
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.sizes import READABLE, enlarge
from actplot.figures.build import shown_language
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.literal import literal, text_width
from actplot.figures.surfaces import band_colours
from actplot.tables.columns import BETWEEN
from actplot.words.languages import say, speaking, spoken
from actplot.words.numbers import minus, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DIGITS = 4  # of the numbers in the map; tables have all
TITLE = 1.2  # ems
BESIDE, CELL_HEIGHT = 0.9, 3.2  # ems: left and right of a number, and from one to the next below it
LEFT, RIGHT, BOTTOM, TOP = 8.5, 1.5, 1.5, 5.2  # ems around the map


def build_jacobian(
    shown: Jacobian,
    size: tuple[float, float] | None,
    notes: list[str] | None,
    scale: float = 1.0,
    make: Callable[..., Figure] | None = None,
) -> Figure:
    """Return the figure of a Jacobian, under the look that is being applied."""
    import matplotlib
    from matplotlib.figure import Figure

    if (language := shown_language(notes)) != spoken():
        with speaking(language):
            return build_jacobian(shown, size, notes, scale, make)
    told = fit_fonts(shown.name + (say().letters if spoken() != "en" else ""))
    if told and notes is not None:
        notes.append(told)
    settings: Any = matplotlib.rcParams
    enlarge(settings, scale)
    em, count = float(settings["font.size"]) / POINTS, len(shown.x)
    cell = max(text_width(words, 1.0) for row in _words(shown) for words in row) + 2 * BESIDE
    wanted = (LEFT + RIGHT + count * cell) * em, (TOP + BOTTOM + count * CELL_HEIGHT) * em
    heading = text_width(_title(shown), settings["font.size"] * TITLE, "bold") / POINTS + 2 * em
    width, height = size or (max(wanted[0], heading), wanted[1])
    figure = (make or Figure)(figsize=(width, height))
    axes = figure.add_subplot()
    sides = min(LEFT * em / width, 0.4), max(1 - RIGHT * em / width, 0.6)
    ends = min(BOTTOM * em / height, 0.3), max(1 - TOP * em / height, 0.5)
    axes.set_position((sides[0], ends[0], sides[1] - sides[0], ends[1] - ends[0]))
    _draw_cells(axes, shown, min(1.0, (sides[1] - sides[0]) * width / (count * cell * em)))
    place: Any = {"fontsize": TITLE * em * POINTS, "fontweight": "bold", "gid": "title"}
    figure.text(em / width, 1 - 1.9 * em / height, _title(shown), **place)
    return figure


def _draw_cells(axes: Axes, shown: Jacobian, share: float) -> None:
    """Draw a cell for each slope, its number in it; inputs stand above, outputs on the left."""
    import matplotlib
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    settings: Any = matplotlib.rcParams
    count, em = len(shown.x), float(settings["font.size"])
    back = to_rgb(settings["axes.facecolor"])
    ends = [to_rgb(style["color"]) for style in list(settings["axes.prop_cycle"])[:2]]
    known = np.nan_to_num(shown.df, nan=0.0, posinf=0.0, neginf=0.0)
    colours = band_colours(known.ravel(), ends, back)
    size = max(em * share, READABLE)
    cells = _words(shown)
    for i in range(count):
        for j in range(count):
            gid = f"cell-{i + 1}-{j + 1}"
            axes.add_patch(
                Rectangle((j, i), 1, 1, facecolor=colours[i * count + j], edgecolor=settings["grid.color"], gid=gid)
            )
            axes.text(j + 0.5, i + 0.5, cells[i][j], fontsize=size, ha="center", va="center", gid=f"{gid}-words")
    axes.set_xlim(0, count)
    axes.set_ylim(count, 0)
    axes.grid(visible=False)
    named = [f"∂/∂{name}\n{name} = {_number(x)}" for name, x in zip(shown.inputs, shown.x, strict=True)]
    axes.set_xticks(np.arange(count) + 0.5, named, fontsize=size)
    told = [f"{name} = {_number(f)}" for name, f in zip(shown.outputs, shown.f.tolist(), strict=True)]
    axes.set_yticks(np.arange(count) + 0.5, told, fontsize=size)
    axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _words(shown: Jacobian) -> list[list[str]]:
    """Return what stands in the cells: a slope, or those from the left and from the right."""
    left, right = shown.sides
    return [
        [BETWEEN.join(map(_number, sides)) if np.isnan(df) else _number(df) for df, *sides in zip(*rows, strict=True)]
        for rows in zip(shown.df.tolist(), left.tolist(), right.tolist(), strict=True)
    ]


def _title(shown: Jacobian) -> str:
    return literal(shown.own_title or minus(shown.name))


def _number(value: float) -> str:
    return minus(rounded(value, DIGITS))
