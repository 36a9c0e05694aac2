"""A Figure to the bytes of a file, the same bytes in every run."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from actplot.errors import UsageError
from actplot.figures.appearance.looks import Look, applied
from actplot.figures.dispatch import build_any
from actplot.figures.drawing import Drawable
from actplot.figures.formats.page_setup import PLAIN_PAGE, POINTS, PageSetup
from actplot.figures.parts.blank import Maker, blank
from actplot.figures.parts.layout import panel_size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from actplot.figures.formats.svg import Vectors

LOWEST = 0.45  # inches; in less even two ticks crowd
MAX_PIXELS = 60_000_000  # 240 MB in memory while a PNG is drawn
MAX_SIDE = 2**16  # pixels; some versions of matplotlib draw no longer ones


def render(
    drawing: Drawable,
    look: Look,
    formats: tuple[str, ...],
    sheet: PageSetup = PLAIN_PAGE,
    notes: list[str] | None = None,
    make_blank: Maker = blank,
) -> dict[str, bytes]:
    """Draw once and return the bytes in each format.

    Parameters
    ----------
    drawing, look
        What to draw and how.
    formats
        Any of png, svg, pdf.
    sheet
        Size, resolution and ground.
    notes
        Takes a line for the user where something could not be drawn as asked.
    make_blank
        What makes the empty panels; `Wiped` for many figures.

    Raises
    ------
    UsageError
        Where size and dpi make a picture too large.

    """
    with applied(look):
        if sheet.text:
            import matplotlib

            settings: Any = matplotlib.rcParams
            settings["svg.fonttype"] = "none"
            own = list(settings["font.family"])
            settings["font.family"] = [*own, "serif" if own and "Serif" in own[-1] else "sans-serif"]
        figure = build_any(drawing, look, sheet.size, make_blank, notes, sheet.scale)
        if notes is not None:
            notes += _cramped(figure)
        _set_ground(figure, sheet.transparent)
        pdf = {"pdf": _pdf(figure, drawing)} if "pdf" in formats else {}
        return _draw(figure, {*formats} & {"png", "svg"}, drawing, sheet) | pdf


def _cramped(figure: Figure) -> list[str]:
    """Return a note where the panels are too low to be read."""
    lowest = min(panel_size(axes)[1] for axes in figure.axes) / POINTS
    if lowest >= LOWEST:
        return []
    return [f"a panel of the figure is only {lowest:.2g} inches high; --size gives it room"]


def _set_ground(figure: Figure, transparent: bool) -> None:
    import matplotlib

    if matplotlib.rcParams["savefig.facecolor"] != "auto":
        figure.set_facecolor(matplotlib.rcParams["savefig.facecolor"])
    for patch in (figure.patch, *(axes.patch for axes in figure.axes)):
        patch.set_visible(not transparent)
    if transparent:
        from actplot.figures.formats.clear import clear

        clear(figure)


def _pdf(figure: Figure, drawing: Drawable) -> bytes:
    file = BytesIO()
    # Dates and versions would make each run's bytes differ.
    undated = dict.fromkeys(("Creator", "Producer", "CreationDate"))
    figure.savefig(file, format="pdf", metadata={**undated, "Title": drawing.name}, transparent=False)
    return file.getvalue()


def _draw(figure: Figure, formats: set[str], drawing: Drawable, sheet: PageSetup) -> dict[str, bytes]:
    """Draw a PNG, an SVG or both at once."""
    if not formats:
        return {}
    from actplot.figures.formats.glyphs import Letters
    from actplot.figures.formats.png import Raster
    from actplot.figures.formats.renderer import Renderer

    width, height = (float(side) for side in figure.get_size_inches())
    raster = Raster(width, height, _resolution(width, height, sheet)) if "png" in formats else None
    figure.set_dpi(POINTS)

    def draw(*vectors: Vectors) -> None:
        formulas = [patch.get_path() for axes in figure.axes for patch in axes.patches]
        for each in vectors:
            each.setter.expect(path for path in formulas if isinstance(path, Letters))
        figure.draw(Renderer(width * POINTS, height * POINTS, [*([raster] if raster else []), *vectors]))

    drawn: dict[str, bytes] = {}
    if "svg" in formats:
        from actplot.figures.formats.svg import finish, written

        drawn["svg"] = finish(written(width, height, draw), drawing, sheet.responsive).encode()
    else:
        draw()
    if raster:
        drawn["png"] = raster.content()
    return drawn


def _resolution(width: float, height: float, sheet: PageSetup) -> float:
    import matplotlib

    dpi = sheet.dpi or matplotlib.rcParams["savefig.dpi"]
    dpi = matplotlib.rcParams["figure.dpi"] if dpi == "figure" else dpi
    if width * height * dpi**2 > MAX_PIXELS or max(width, height) * dpi >= MAX_SIDE:
        raise UsageError(f"a picture of {width:g}x{height:g} inches at {dpi:g} dpi is too large; lower --size or --dpi")
    return float(dpi)
