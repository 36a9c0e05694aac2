"""A Figure to the bytes of a file, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from actplot.errors import UsageError
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.fonts import families_for, script_note
from actplot.figures.looks import Look, applied
from actplot.figures.sheet import PLAIN_SHEET, Sheet
from actplot.figures.svg import finish

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAX_PIXELS = 60_000_000  # 240 MB in memory while a PNG is drawn

# Dates and versions would make each run's bytes differ.
_METADATA: Mapping[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
}


def render(
    drawing: Drawing,
    look: Look,
    formats: tuple[str, ...],
    sheet: Sheet = PLAIN_SHEET,
    notes: list[str] | None = None,
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

    Raises
    ------
    UsageError
        Where size and dpi make a picture too large.

    """
    with applied(look):
        import matplotlib  # now that its log lines are off the terminal

        families, missing = families_for(drawing.title or "")
        matplotlib.rcParams["font.family"] = families
        if missing and notes is not None:
            notes.append(script_note(missing))
        figure = build(drawing, look, sheet.size)
        return {name: _save(figure, name, drawing, sheet) for name in formats}


def _save(figure: Figure, name: str, drawing: Drawing, sheet: Sheet) -> bytes:
    import matplotlib

    width, height = figure.get_size_inches()
    resolution = sheet.dpi or matplotlib.rcParams["savefig.dpi"]
    resolution = figure.dpi if resolution == "figure" else resolution
    if name == "png" and width * height * resolution**2 > MAX_PIXELS:
        raise UsageError(f"a picture of {width:g}x{height:g} inches at {resolution:g} dpi is too large")
    file = BytesIO()
    metadata = dict(_METADATA[name]) | ({"Title": drawing.name} if name == "pdf" else {})
    figure.savefig(file, format=name, dpi=resolution, metadata=metadata, transparent=sheet.transparent)
    return finish(file.getvalue(), drawing, sheet.responsive) if name == "svg" else file.getvalue()
