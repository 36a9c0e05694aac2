"""The real figure inside a terminal that shows pictures (kitty's protocol, or sixel)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from actplot.errors import WorldError

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST = 100  # cells; beyond that a figure only takes the room of the text around it


def can_show() -> bool:
    """Say whether the terminal shows pictures. Asks the terminal itself, and waits a moment for its answer.

    Raises
    ------
    WorldError
        Where textual-image is not installed.

    """
    renderable = _library()
    return renderable.Image in (renderable.SixelImage, renderable.TGPImage)


def picture(png: bytes, width: int) -> RenderableType:
    """Return a renderable of a PNG, so many cells wide at the most."""
    from PIL import Image

    made: RenderableType = _library().Image(Image.open(BytesIO(png)), width=min(width, WIDEST), height="auto")
    return made


def _library() -> Any:
    try:
        from textual_image import renderable
    except ImportError:
        raise WorldError("textual-image is not installed; install it with: pip install 'actplot[image]'") from None
    return renderable
