"""One drawing for several formats: matplotlib's artists are asked once, and each format gets what they say.

Most of the time that a figure takes goes into asking: where each tick stands, how wide each word is. All of it is done
in points, whatever the resolution, so the parts of a PNG stand where those of the SVG do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

# This module is imported when something is drawn, never before.
from matplotlib import rcParams  # noqa: TID253
from matplotlib.backend_bases import GraphicsContextBase, RendererBase  # noqa: TID253
from matplotlib.figure import Figure  # noqa: TID253
from matplotlib.path import Path  # noqa: TID253
from matplotlib.textpath import TextToPath  # noqa: TID253
from matplotlib.transforms import Affine2D, IdentityTransform, TransformedBbox, TransformedPath  # noqa: TID253

from actplot.arrays import numpy as np
from actplot.figures.formats.glyphs import Letters, Setter
from actplot.figures.private import share_texts

KEPT = 1024  # words that are remembered, tick labels most of all


class Target(Protocol):
    """A format that is being drawn."""

    @property
    def renderer(self) -> Any:
        """Matplotlib's renderer of the format."""

    @property
    def scale(self) -> float:
        """How many of its units make a point."""

    @property
    def setter(self) -> Setter | None:
        """What writes formulas; elsewhere the outlines are drawn."""

    @property
    def has_text(self) -> bool:
        """Whether it knows what a text is; elsewhere the outlines are drawn."""


class _Texts(TextToPath):
    """Remembers the formulas that it has read, as all do, and the words that it has set."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Any, Any] = {}

    def get_glyphs_with_font(
        self, font: Any, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **more: Any
    ) -> Any:
        """Return the glyphs of a line of text: their places, their outlines, and no boxes."""
        key = font.fname, s, *more.items()
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = super().get_glyphs_with_font(font, s, **more)
        places, outlines, boxes = self._known[key]
        if return_new_glyphs_only:
            return places, {name: outline for name, outline in outlines.items() if name not in glyph_map}, boxes
        return places, {**(glyph_map or {}), **outlines}, boxes


_TEXTS = _Texts()


@lru_cache(maxsize=KEPT)
def _measure(text: str, font: Any, ismath: Any) -> tuple[float, float, float]:
    return _TEXTS.get_text_width_height_descent(text, font, ismath)


@lru_cache(maxsize=KEPT)
def _outline(text: str, font: Any, ismath: Any) -> Path:
    """Return the outline of a line of text, its baseline starting at the origin, in points."""
    vertices, codes = _TEXTS.get_text_path(font, text, ismath)
    size = font.get_size_in_points() / _TEXTS.FONT_SCALE
    return Path(np.asarray(vertices) * size, codes) if len(vertices) else Path([(0.0, 0.0)])


class Page(Figure):
    """A figure that is drawn by what is given: a way to be handed matplotlib's renderer of a format."""

    def __init__(self, size: tuple[float, float], draw: Callable[[Any], None]) -> None:
        """Begin with an empty sheet of so many inches."""
        super().__init__(figsize=size)
        self._draw = draw

    def draw(self, renderer: Any) -> None:
        """Draw."""
        self._draw(renderer)


class Renderer(RendererBase):
    """Hands on what is drawn, in points, to the renderers of several formats.

    Parameters
    ----------
    width, height
        The size of the figure in points.
    targets
        What is drawn.

    """

    def __init__(self, width: float, height: float, targets: Sequence[Target]) -> None:
        """Begin a drawing."""
        super().__init__()
        self._size = width, height
        self._targets = [
            (target, IdentityTransform() if target.scale == 1.0 else Affine2D().scale(target.scale))
            for target in targets
        ]
        for target in targets:
            if target.has_text:
                share_texts(target.renderer, _TEXTS)

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        """Draw a path."""
        for target, by in self._targets:
            if target.setter and isinstance(path, Letters):
                target.setter.write(path, (transform + by).get_matrix(), rgbFace)
                continue
            target.renderer.draw_path(_pen(gc, target.scale, by), path, transform + by, rgbFace)

    def draw_markers(
        self, gc: Any, marker_path: Any, marker_trans: Any, path: Any, trans: Any, rgbFace: Any = None
    ) -> None:
        """Draw a marker at each point of a path."""
        for target, by in self._targets:
            pen = _pen(gc, target.scale, by)
            target.renderer.draw_markers(pen, marker_path, marker_trans + by, path, trans + by, rgbFace)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """Draw a line of text; formulas as outlines where the reader's fonts are used, which have no such letters."""
        fonts_of_reader = rcParams["svg.fonttype"] == "none"
        for target, by in self._targets:
            pen = _pen(gc, target.scale, by)
            if target.has_text and not (ismath and fonts_of_reader):
                target.renderer.draw_text(pen, x * target.scale, y * target.scale, s, prop, angle, ismath, mtext)
            else:
                pen.set_linewidth(0.0)
                place = Affine2D().rotate_deg(angle).translate(x, self._size[1] - y)
                target.renderer.draw_path(pen, _outline(s, prop.copy(), ismath), place + by, gc.get_rgb())

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Return the size of a line of text in points."""
        return _measure(s, prop.copy(), ismath)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the figure in points."""
        return self._size

    def flipy(self) -> bool:
        """Return that the y of texts points down."""
        return True

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a group, in the formats that have such."""
        for target, _ in self._targets:
            target.renderer.open_group(s, gid)

    def close_group(self, s: str) -> None:
        """End a group."""
        for target, _ in self._targets:
            target.renderer.close_group(s)


def _pen(gc: Any, scale: float, by: Any) -> GraphicsContextBase:
    """Return a pen like another, its bounds scaled; width and dashes are in points everywhere."""
    pen = GraphicsContextBase()
    pen.copy_properties(gc)
    if scale == 1.0:
        return pen
    rectangle = gc.get_clip_rectangle()
    if rectangle is not None:
        bounds: Any = TransformedBbox(rectangle, by)
        pen.set_clip_rectangle(bounds)
    path, transform = gc.get_clip_path()
    if path is not None:
        pen.set_clip_path(TransformedPath(path, transform + by))
    sketch = gc.get_sketch_params()
    if sketch is not None:
        pen.set_sketch_params(sketch[0] * scale, sketch[1] * scale, sketch[2])
    return pen
