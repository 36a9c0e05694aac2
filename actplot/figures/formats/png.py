"""Pixels to the bytes of a PNG."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from actplot.arrays import numpy as np
from actplot.figures.formats.page_setup import POINTS

# How hard zlib looks for what comes again: half the time of its default, for pictures a hundredth larger.
EFFORT = {"compress_level": 4, "compress_type": 0}


class Raster:
    """A PNG that is being drawn, its size in inches."""

    has_text = False
    setter = None

    def __init__(self, width: float, height: float, dpi: float) -> None:
        """Begin with an empty sheet."""
        self._canvas = _canvas(max(round(width * dpi), 1), max(round(height * dpi), 1), dpi)
        self._dpi = dpi
        self.scale = dpi / POINTS
        self.renderer = self._canvas.get_renderer()
        self.renderer.clear()

    def content(self) -> bytes:
        """Return the file."""
        return encode(np.asarray(self._canvas.buffer_rgba()), self._dpi)


@lru_cache(maxsize=1)
def _canvas(width: int, height: int, dpi: float) -> Any:
    """Return a canvas of so many pixels, the last one again where it fits."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # Half a pixel more, which is cut off: a size that rounding makes smaller would lose a whole one.
    return FigureCanvasAgg(Figure(figsize=((width + 0.5) / dpi, (height + 0.5) / dpi), dpi=dpi))


def encode(pixels: Any, dpi: float) -> bytes:
    """Return a PNG, without a date and without the names and versions of programs.

    Parameters
    ----------
    pixels
        Red, green, blue and opacity, of shape (height, width, 4), 8 bits each. Opacity is left out where it is full.
    dpi
        Dots per inch.

    """
    from PIL import Image

    height, width, _ = pixels.shape
    image = Image.frombytes("RGBA", (width, height), np.ascontiguousarray(pixels).data)
    if (pixels[:, :, 3] == 255).all():
        image = image.convert("RGB")
    file = BytesIO()
    image.save(file, "PNG", dpi=(dpi, dpi), **EFFORT)
    return file.getvalue()
