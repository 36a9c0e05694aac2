"""A function of two inputs to a matplotlib Figure: maps with contours at round values, and its two slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actplot.activations.declaration import symbol_of
from actplot.activations.pairs import FIRST, SECOND
from actplot.arrays import numpy as np
from actplot.curves.panels import Content, panels, together
from actplot.curves.surfaces import Map, Surface
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.sizes import SMALLEST_WORDS, enlarge, points, size_of
from actplot.figures.build import shown_language
from actplot.figures.formats.page_setup import POINTS
from actplot.figures.parts.layout import frame, panel_size
from actplot.figures.parts.limits import check_drawable
from actplot.figures.parts.literal import ground, literal, text_width
from actplot.figures.parts.palette import title_colour, track_styles
from actplot.figures.parts.strokes import draw_curves, limit
from actplot.figures.parts.titles import fitted
from actplot.formula.latex import to_latex
from actplot.words.languages import say, speaking, spoken
from actplot.words.numbers import minus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from actplot.arrays import Array

BANDS = 12  # between contours, or fewer
DEEPEST = 0.75  # how much of the colour the outermost band has; the rest is the ground
FEW = 4  # values of a map that has no slopes to draw contours of
PLACES = (0.35, 0.65, 0.5)  # of a contour's length, where its value stands: half-way many turn a corner
APART = 1.5  # ems between the values of two contours
WIDE, TALL = 1.35, 1.25  # of the style's size: what two columns take, and two rows
# In ems: around and between the panels.
LEFT, RIGHT, BOTTOM, TOP, ACROSS, DOWN = 4.6, 1.2, 4.0, 4.6, 5.2, 6.4


def build_surface(
    surface: Surface,
    size: tuple[float, float] | None,
    notes: list[str] | None,
    scale: float = 1.0,
    make: Callable[..., Figure] | None = None,
) -> Figure:
    """Return the figure of a function of two inputs, under the look that is being applied."""
    import matplotlib
    from matplotlib.figure import Figure

    if (language := shown_language(notes)) != spoken():
        with speaking(language):
            return build_surface(surface, size, notes, scale, make)
    check_drawable(*surface.bounds)
    told = fit_fonts(surface.name + (say().letters if spoken() != "en" else ""))
    if told and notes is not None:
        notes.append(told)
    settings: Any = matplotlib.rcParams
    enlarge(settings, scale)
    across, up = (float(side) for side in settings["figure.figsize"])
    wanted = (WIDE * across, (TALL if surface.derivative else 1.0) * up)
    figure = (make or Figure)(figsize=size or (wanted[0] * scale, wanted[1] * scale))
    maps, slices = _places(figure, len(surface.maps))
    _write_heading(figure, surface)
    for number, (axes, shown) in enumerate(zip(maps, surface.maps, strict=True)):
        _draw_map(axes, shown, surface)
        axes.set_ylabel(SECOND if number == 0 else "")
    for axes, curve, fixed in zip(slices, surface.slices, (FIRST, SECOND), strict=True):
        _draw_slice(axes, curve, surface.derivative)
        said = say()
        at = (said.gate_at if fixed == FIRST else said.line_at) if surface.pair.gated else said.slice_at
        _name(axes, at.format(input=fixed, title=curve.activation.title))
    return figure


def _places(figure: Figure, maps: int) -> tuple[list[Axes], list[Axes]]:
    """Return the panels of the maps and of the slices: maps above, or one at the left of both slices."""
    import matplotlib

    em = float(matplotlib.rcParams["font.size"]) / POINTS
    width, height = (float(side) for side in figure.get_size_inches())
    rows, columns = 2, 2 if maps == 1 else 6
    across = 1 if maps == 1 else 2
    inner, tall = width - (LEFT + RIGHT) * em, height - (BOTTOM + TOP) * em
    grid = figure.add_gridspec(
        rows,
        columns,
        left=min(LEFT * em / width, 0.3),
        right=max(1 - RIGHT * em / width, 0.7),
        bottom=min(BOTTOM * em / height, 0.3),
        top=max(1 - TOP * em / height, 0.7),
        wspace=columns * across * ACROSS * em / max(inner, 1.0) / across,
        hspace=min(rows * DOWN * em / max(tall, 1.0), 1.0),
    )
    if maps == 1:
        return [figure.add_subplot(grid[:, 0])], [figure.add_subplot(grid[row, 1]) for row in range(2)]
    above = [figure.add_subplot(grid[0, 2 * place : 2 * place + 2]) for place in range(maps)]
    return above, [figure.add_subplot(grid[1, 3 * place : 3 * place + 3]) for place in range(2)]


def _write_heading(figure: Figure, surface: Surface) -> None:
    """Write the title at the top left, and after it the formula where it has room."""
    import matplotlib

    em = float(matplotlib.rcParams["font.size"])
    width, height = (float(side) * POINTS for side in figure.get_size_inches())
    size, weight = size_of("axes.titlesize"), matplotlib.rcParams["axes.titleweight"]
    title, up = literal(surface.name), 1 - 1.9 * em / height
    place: Any = {"va": "baseline", "fontsize": size}
    figure.text(LEFT * em / width, up, title, fontweight=weight, color=title_colour(), gid="title", **place)
    formula = f"$f(a, b) = {to_latex(surface.pair.formula, 'inline', {}, symbol_of)}$"
    left = LEFT * em + text_width(title, size, weight) + 2 * em
    if left + text_width(surface.pair.formula_text, em) < width:
        figure.text(left / width, up, formula, gid="formula", **{**place, "fontsize": 1.1 * em})


def _number(value: float) -> str:
    return minus(f"{value:.4g}")


def _smaller() -> dict[str, Any]:
    import matplotlib

    return {"fontsize": float(matplotlib.rcParams["font.size"]), "fontweight": "normal"}


def _name(axes: Axes, title: str) -> None:
    """Write what a panel shows above it, smaller where its width asks for it."""
    small = _smaller()
    size, weight = small["fontsize"], small["fontweight"]
    lines, small["fontsize"], _ = fitted([title], size, weight, panel_size(axes)[0], size)
    axes.set_title(lines[0], loc="left", **small)


def _draw_map(axes: Axes, shown: Map, surface: Surface) -> None:
    """Draw bands of colour between round values, the lines between them with their values, and where slopes break."""
    import matplotlib
    from matplotlib.colors import to_rgb

    from actplot.figures.parts.ticks import set_ticks

    axes.set_xlim(*surface.bounds)
    axes.set_ylim(*surface.bounds)
    axes.set_aspect("equal", adjustable="box")
    at = surface.points
    values = np.unique(shown.values[np.isfinite(shown.values)])
    is_flat = len(values) <= FEW
    levels = _between(values) if is_flat else round_levels(shown.values)
    heights = values if is_flat else (levels[1:] + levels[:-1]) / 2
    back = to_rgb(matplotlib.rcParams["axes.facecolor"])
    ends = [to_rgb(style["color"]) for style in list(matplotlib.rcParams["axes.prop_cycle"])[:2]]
    axes.contourf(at, at, shown.values, levels=levels, colors=band_colours(heights, ends, back))
    inside = levels[1:-1]
    if is_flat:
        _write_values(axes, shown, surface, values)
    elif len(inside):
        words = matplotlib.rcParams["text.color"]
        lines = axes.contour(at, at, shown.values, levels=inside, colors=[words], linewidths=points(0.7))
        lines.set_linestyle("-")
        size = SMALLEST_WORDS * float(matplotlib.rcParams["font.size"])
        written = axes.clabel(lines, fontsize=size, fmt=_number, colors=[words], manual=_middles(axes, lines, size))
        for text in written or ():
            text.set_bbox({**ground(axes, 0.4, 0.75)})
    for number, (a, b) in enumerate(surface.kinks, start=1):
        axes.plot(
            a,
            b,
            color=matplotlib.rcParams["text.color"],
            linestyle=(0, (4, 3)),
            linewidth=points(1.6),
            marker="None",
            label="kink",
            gid=f"{shown.key}-kink-{number}",
        )
    frame(axes)
    set_ticks(axes)
    axes.grid(visible=False)
    axes.set_xlabel(FIRST)
    _name(axes, shown.title)


def _between(values: Any) -> Any:
    """Return levels with one value between each two."""
    reach = float(np.abs(values).max(initial=0.0)) or 1.0
    return np.r_[values[0] - reach, (values[1:] + values[:-1]) / 2, values[-1] + reach]


def _write_values(axes: Axes, shown: Map, surface: Surface, values: Any) -> None:
    """Write each value of a map that has few of them where it is taken."""
    import matplotlib

    size, colour = SMALLEST_WORDS * float(matplotlib.rcParams["font.size"]), matplotlib.rcParams["text.color"]
    for value in values.tolist():
        places = np.nonzero(shown.values == value)
        b, a = (float(surface.points[round(float(place.mean()))]) for place in places)
        box = {**ground(axes, 1.0, 0.75)}
        axes.text(a, b, _number(value), fontsize=size, color=colour, ha="center", va="center", bbox=box)


def _middles(axes: Axes, lines: Any, size: float) -> list[tuple[float, float]]:
    """Return a point about half-way along the longest piece of each contour, where its value stands along it in words
    of a size, but for those that would stand on others or out of the map.
    """
    import matplotlib

    low, high = axes.get_xlim()
    point = (high - low) / min(panel_size(axes))
    apart = APART * float(matplotlib.rcParams["font.size"]) * point
    found: list[tuple[float, float]] = []
    for value, pieces in zip(lines.levels, lines.allsegs, strict=True):
        lengths = [float(np.hypot(*np.diff(piece, axis=0).T).sum()) for piece in pieces]
        if not lengths or not max(lengths):
            continue
        piece = pieces[int(np.argmax(lengths))]
        along = np.r_[0.0, np.hypot(*np.diff(piece, axis=0).T).cumsum()]
        long, high_up = (text_width(_number(value), size) + 2) * point / 2, 1.2 * size * point / 2
        for share in PLACES:
            ends = [np.interp(share * along[-1] + step, along, part) for part in piece.T for step in (-long, 0.0, long)]
            (before, x, after), (below, y, above) = ends[:3], ends[3:]
            across, up = np.abs([after - before, above - below]) / max(np.hypot(after - before, above - below), point)
            reach = across * long + up * high_up, up * long + across * high_up
            is_in = all(low + far <= at <= high - far for at, far in zip((x, y), reach, strict=True))
            if is_in and all(np.hypot(x - left, y - below) >= apart for left, below in found):
                found.append((float(x), float(y)))
                break
    return found


def _draw_slice(axes: Axes, curve: Any, derivative: bool) -> None:
    """Draw f and its slope over one of the inputs."""
    from actplot.figures.parts.ticks import set_ticks

    shown = panels([curve], Content(derivative=derivative))
    panel = together(shown, [curve])[0] if derivative else shown[0]
    frame(axes)
    set_ticks(axes)
    axes.set_xlim(*curve.span)
    limit(axes, panel)
    styles = track_styles(panel, [curve.activation])
    lines = draw_curves(axes, panel.tracks, [curve], styles)
    axes.set_xlabel(curve.activation.axis)
    if derivative:
        axes.legend(lines, ["f", f"∂f/∂{curve.activation.axis}"], fontsize=_smaller()["fontsize"])


def round_levels(values: Any) -> Any:
    """Return round values from below the least to above the largest, about `BANDS` steps between them."""
    from matplotlib.ticker import MaxNLocator

    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if low == high:
        low, high = low - 1.0, high + 1.0
    levels = np.asarray(MaxNLocator(nbins=BANDS, steps=[1, 2, 5, 10]).tick_values(low, high))
    return levels[max(int(np.searchsorted(levels, low, "right")) - 1, 0) : int(np.searchsorted(levels, high)) + 1]


def band_colours(heights: Array, ends: Sequence[Any], back: Any) -> list[tuple[float, ...]]:
    """Return a colour for each height: the ground at 0, more of one of two colours the farther above or below."""
    reach = float(np.abs(heights).max()) or 1.0
    colours = []
    for middle in np.where(np.abs(heights) < 1e-9 * reach, 0.0, heights).tolist():
        share = DEEPEST * abs(middle) / reach
        end = ends[0] if middle > 0 or len(ends) < 2 else ends[1]
        colours.append(tuple(b + share * (e - b) for b, e in zip(back, end, strict=True)))
    return colours
