"""Pixels to the bytes of a PNG."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Any

from actplot.arrays import numpy as np
from actplot.figures.formats.page_setup import POINTS

SIGNATURE = b"\x89PNG\r\n\x1a\n"
INCH = 0.0254  # metres
LEVEL = 5


class Raster:
    """A PNG that is being drawn, its size in inches."""

    has_text = False

    def __init__(self, width: float, height: float, dpi: float) -> None:
        """Begin with an empty sheet."""
        self.renderer = _canvas(width * dpi, height * dpi, dpi)
        self.scale = dpi / POINTS
        self._dpi = dpi
        self.renderer.clear()

    def content(self) -> bytes:
        """Return the file."""
        return encode(np.asarray(self.renderer.buffer_rgba()), self._dpi)


@lru_cache(maxsize=1)
def _canvas(width: float, height: float, dpi: float) -> Any:
    """Return the canvas, the last one again where it fits."""
    from matplotlib.backends import backend_agg

    renderer: Any = backend_agg.RendererAgg
    return renderer(max(round(width), 1), max(round(height), 1), dpi)


def encode(pixels: Any, dpi: float) -> bytes:
    """Return a PNG.

    The rows are stored unfiltered: for lines on an even ground that is half the work of what filters cost, and smaller.

    Parameters
    ----------
    pixels
        Red, green, blue and opacity, of shape (height, width, 4), 8 bits each. Opacity is left out where it is full.
    dpi
        Dots per inch.

    """
    opaque = bool((pixels[:, :, 3] == 255).all())
    height, width, _ = pixels.shape
    channels = 3 if opaque else 4
    rows = np.zeros((height, 1 + width * channels), np.uint8)  # each row begins with its filter: 0, none
    rows[:, 1:].reshape(height, width, channels)[...] = pixels[:, :, :channels]
    dots = round(dpi / INCH)
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if opaque else 6, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        (b"IDAT", zlib.compress(rows.data, LEVEL)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
