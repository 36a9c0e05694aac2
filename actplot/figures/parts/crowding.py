"""Words at the marks of a panel: no two on one another, none out of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.arrays import numpy as np
from actplot.figures.appearance.sizes import points
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in points from the panel's lower left
LINE = 1.15  # of the font size, the height of a line of words
APART = 1.5  # points between two words
INSIDE = 0.5  # points; words that reach so little out of the panel stay
RESTING = (
    "saturated-words",
    "slope-words",
)  # ids of words that are left out rather than moved
DOT = 3.0  # points around the middle of a mark


def settle(axes: Axes) -> int:
    """Move words that lie on others to the other side of their mark, or leave them out; return how many had no room.

    Words at tangents are placed first, then those nearest to x = 0.
    """
    from matplotlib.text import Annotation

    words = [text for text in axes.texts if isinstance(text, Annotation) and text.arrow_patch is None]
    resting = [text for text in words if str(text.get_gid()).startswith(RESTING)]
    words = [text for text in words if text not in resting]
    size = panel_size(axes)
    placed = [_Words.of(axes, text, size) for text in words]
    dots = [each.point for each in placed if not each.is_level]
    curves = [_in_points(axes, line.get_data(), size) for line in axes.get_lines() if len(line.get_xdata()) > 2]  # type: ignore[arg-type]
    taken: list[Box] = []
    lost = 0
    for each in sorted(placed, key=lambda each: (not each.is_wished, each.is_level, abs(each.x))):
        others = [*taken, *(_around(dot) for dot in dots if dot != each.point)]
        free = [box for box in each.boxes(size) if _is_free(box, others, size)]
        clear = [box for box in free if not any(_crosses(curve, box.box) for curve in curves)] if each.is_wished else []
        found = next(iter([*clear, *free]), None)
        if found is None or (found.flipped and any(_crosses(curve, found.box) for curve in curves)):
            each.text.remove()
            lost += 1
            continue
        found.apply(each.text)
        taken.append(found.box)
    for text in resting:
        if _is_free(_Place(box := _resting(axes, text, size), 0.0, False, False), taken, size):
            taken.append(box)
        else:
            text.remove()
    return lost


def _resting(axes: Axes, text: Any, size: tuple[float, float]) -> Box:
    """Return the box of words that have one place, or none."""
    font = float(text.get_fontsize())
    width, height = text_width(text.get_text(), font), LINE * font
    if text.get_rotation():
        width, height = height, width
    (x, y), (dx, dy) = text.xy, text.xyann
    (across,), (up,) = _in_points(axes, ([x], [y]), size)
    left = float(across) + dx - {"left": 0.0, "center": width / 2, "right": width}[text.get_ha()]
    bottom = (
        (float(up) if text.xycoords == "data" else y * size[1]) + dy - (0.0 if text.get_va() == "bottom" else height)
    )
    return left, bottom, left + width, bottom + height


@dataclass(frozen=True)
class _Place:
    """Where words may stand: their box, how far from their point it begins, and whether it is on the other side.

    Words that are not ``moved`` stay as they were written.
    """

    box: Box
    indent: float
    flipped: bool
    moved: bool

    def apply(self, text: Any) -> None:
        _, y = text.xyann
        if self.flipped:
            y = -y
            text.set_verticalalignment("top" if text.get_verticalalignment() == "bottom" else "bottom")
        if self.moved:
            text.set_horizontalalignment("left")
            text.xyann = (self.indent, y)


@dataclass(frozen=True)
class _Words:
    """Words at a point of a panel; ``x`` is the point's own, ``point`` is in points."""

    text: Any
    x: float
    point: tuple[float, float]
    is_level: bool

    @property
    def is_wished(self) -> bool:
        """Whether they were asked for, and go before others."""
        return str(self.text.get_gid()).startswith("tangent-")

    @classmethod
    def of(cls, axes: Axes, text: Any, size: tuple[float, float]) -> _Words:
        x, y = (float(value) for value in text.xy)
        is_level = text.xycoords != "data"
        (across,), (up,) = _in_points(axes, ([x], [y]), size)
        return cls(text, x, (x * size[0] if is_level else float(across), float(up)), is_level)

    def boxes(self, size: tuple[float, float]) -> list[_Place]:
        """Return where the words may stand, the best first."""
        font = float(self.text.get_fontsize())
        width, height = text_width(self.text.get_text(), font), LINE * font
        dx, dy = self.text.xyann
        leaning = self.text.get_ha()
        beside = ("right", "left") if self.is_wished else ()
        found = []
        for flipped in (False, True):
            away = -dy if flipped else dy
            upward = (self.text.get_va() == "bottom") != flipped
            bottom = self.point[1] + away - (0.0 if upward else height)
            for side in dict.fromkeys([leaning] if self.is_level else ["center", leaning, *beside]):
                begin = self.point[0] + dx - {"left": 0.0, "center": width / 2, "right": width}[side]
                left = max(min(begin, size[0] - width), 0.0)
                moved = flipped or side != leaning or abs(left - begin) > INSIDE
                found.append(
                    _Place((left, bottom, left + width, bottom + height), left - self.point[0], flipped, moved)
                )
        return found


def _is_free(place: _Place, taken: Sequence[Box], size: tuple[float, float]) -> bool:
    left, bottom, right, top = place.box
    if right - left > size[0] or bottom < -INSIDE or top > size[1] + INSIDE:
        return False
    return all(
        right + points(APART) <= other[0] or other[2] + points(APART) <= left or top <= other[1] or other[3] <= bottom
        for other in taken
    )


def _around(dot: tuple[float, float]) -> Box:
    dot_size = points(DOT)
    return dot[0] - dot_size, dot[1] - dot_size, dot[0] + dot_size, dot[1] + dot_size


def _crosses(curve: tuple[Any, Any], box: Box) -> bool:
    """Say whether a curve goes through a box."""
    x, y = curve
    left, bottom, right, top = box
    within = (x >= left) & (x <= right)
    return bool(np.any(within & (y >= bottom) & (y <= top)))


def _in_points(axes: Axes, values: Any, size: tuple[float, float]) -> tuple[Any, Any]:
    """Return data in points from the panel's lower left."""
    x, y = (
        (np.asarray(value, dtype=float) - low) / (high - low) * length
        for value, (low, high), length in zip(values, (axes.get_xlim(), axes.get_ylim()), size, strict=True)
    )
    return x, y
