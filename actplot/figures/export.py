"""A Figure to the bytes of a file, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from actplot.errors import UsageError
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.looks import Look, applied

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAX_INCHES = 100.0
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
    size: tuple[float, float] | None = None,
    dpi: float | None = None,
) -> dict[str, bytes]:
    """Draw once and return the bytes in each format.

    Parameters
    ----------
    drawing, look
        What to draw and how.
    formats
        Any of png, svg, pdf.
    size
        Width and height in inches.
    dpi
        Dots per inch of a PNG.

    Raises
    ------
    UsageError
        Where size and dpi make a picture too large.

    """
    with applied(look):
        figure = build(drawing, look, size)
        return {name: _save(figure, name, dpi, _title(drawing)) for name in formats}


def _save(figure: Figure, name: str, dpi: float | None, title: str) -> bytes:
    import matplotlib

    width, height = figure.get_size_inches()
    resolution = dpi or matplotlib.rcParams["savefig.dpi"]
    resolution = figure.dpi if resolution == "figure" else resolution
    if name == "png" and width * height * resolution**2 > MAX_PIXELS:
        raise UsageError(
            f"a picture of {width:g}x{height:g} inches at {resolution:g} dpi is too large; make it smaller"
        )
    file = BytesIO()
    metadata = dict(_METADATA[name]) | ({"Title": title} if name != "png" else {})
    figure.savefig(file, format=name, dpi=resolution, metadata=metadata)
    return file.getvalue()


def _title(drawing: Drawing) -> str:
    return drawing.title or ", ".join(curve.activation.title for curve in drawing.curves)
