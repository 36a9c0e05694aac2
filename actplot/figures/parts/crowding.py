"""Words at the marks of a panel: no two on one another, none out of the panel, none struck through."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.figures.appearance.sizes import points
from actplot.figures.parts.layout import panel_size
from actplot.figures.parts.literal import text_width
from actplot.figures.parts.struck import CURVE, Box, Stroke, cost_of, strokes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINE = 1.15  # of the font size, the height of a line of words
APART = 1.5  # points between two words
INSIDE = 0.5  # points; words that reach so little out of the panel stay
RESTING = (
    "saturated-words",
    "slope-words",
)  # ids of words that are left out rather than moved
DOT = 3.0  # points around the middle of a mark
# Which part of the words is left of their mark, and what it costs that they lean; what their other side does.
LEANING = ((0.5, 0.0), (0.25, 0.4), (0.75, 0.4), (0.0, 0.8), (1.0, 0.8))
BESIDE, FLIPPED = 1.2, 2.0
SIDES = {"left": 0.0, "center": 0.5, "right": 1.0}


def settle(axes: Axes) -> int:
    """Move words that lie on others or on lines, or leave them out; return how many had no room.

    Words at tangents are placed first, then those nearest to x = 0. What finds no room takes the place of one that
    finds another.
    """
    from matplotlib.text import Annotation

    words = [text for text in axes.texts if isinstance(text, Annotation) and text.arrow_patch is None]
    resting = [text for text in words if str(text.get_gid()).startswith(RESTING)]
    size = panel_size(axes)
    placed = [_Words.of(axes, text, size) for text in words if text not in resting]
    room = _Room(size, strokes(axes), [each.point for each in placed if not each.is_level])
    placed.sort(key=lambda each: (not each.is_wished, each.is_level, abs(each.x)))
    lost = [each for each in placed if not room.take(each)]
    lost = [each for each in lost if not room.exchange(each)]
    for each in lost:
        each.text.remove()
    for each, place in room.taken:
        place.apply(each.text)
    boxes = [place.box for _, place in room.taken]
    for text in resting:
        box = _resting(axes, text, size)
        if room.holds(box, boxes) and cost_of(box, room.strokes) < CURVE:
            boxes.append(box)
        else:
            text.remove()
    return len(lost)


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
    """Where words may stand: their box, how far from their point they begin, how they lie there, and what it costs.

    ``align`` is their part that stands at the point's height, None for words that stay as they were written.
    """

    box: Box
    offset: tuple[float, float]
    align: str | None
    cost: float

    def apply(self, text: Any) -> None:
        if self.align is not None:
            text.set(horizontalalignment="left", verticalalignment=self.align)
            text.xyann = self.offset


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

    def places(self, size: tuple[float, float]) -> Iterator[_Place]:
        """Yield where the words may stand."""
        font = float(self.text.get_fontsize())
        width, height = text_width(self.text.get_text(), font), LINE * font
        (dx, dy), own = self.text.xyann, SIDES[self.text.get_ha()]
        for flipped in (False, True):
            away = -dy if flipped else dy
            upward = (self.text.get_va() == "bottom") != flipped
            bottom = self.point[1] + away - (0.0 if upward else height)
            for part, lean in [(own, 0.0)] if self.is_level else [*LEANING, (own, 0.2)]:
                begin = self.point[0] + dx - part * width
                left = max(min(begin, size[0] - width), 0.0)
                cost = lean + FLIPPED * flipped
                stays = not flipped and part == own and abs(left - begin) <= INSIDE
                align = None if stays else "bottom" if upward else "top"
                yield _Place((left, bottom, left + width, bottom + height), (left - self.point[0], away), align, cost)
        for begin in (abs(dy), -abs(dy) - width) if not self.is_level else ():
            left, bottom = self.point[0] + begin, self.point[1] - height / 2
            yield _Place((left, bottom, left + width, bottom + height), (begin, 0.0), "center", BESIDE)


@dataclass
class _Room:
    """A panel of a size in points, its lines and the middles of its marks, and the words that have found a place."""

    size: tuple[float, float]
    strokes: Sequence[Stroke]
    dots: Sequence[tuple[float, float]]
    taken: list[tuple[_Words, _Place]] = field(default_factory=list)

    def take(self, words: _Words, without: _Words | None = None) -> bool:
        """Give words the place that costs least, without regard to those of others; say whether there is one."""
        others = [place.box for other, place in self.taken if other is not without]
        found = next((place for _, place in self._offers(words) if self.holds(place.box, others)), None)
        if found is None:
            return False
        self.taken = [(other, place) for other, place in self.taken if other is not without]
        self.taken.append((words, found))
        return True

    def exchange(self, words: _Words) -> bool:
        """Give words the place of others that find another one; those at the same point keep theirs."""
        for other in [other for other, _ in self.taken if other.point != words.point]:
            before = self.taken
            if self.take(words, without=other):
                if self.take(other):
                    return True
                self.taken = before
        return False

    def holds(self, box: Box, others: Iterable[Box]) -> bool:
        """Say whether a box is in the panel and on no other."""
        left, bottom, right, top = box
        if left < -INSIDE or right > self.size[0] + INSIDE or bottom < -INSIDE or top > self.size[1] + INSIDE:
            return False
        return all(
            right + points(APART) <= other[0]
            or other[2] + points(APART) <= left
            or top <= other[1]
            or other[3] <= bottom
            for other in others
        )

    def _offers(self, words: _Words) -> list[tuple[float, _Place]]:
        """Return the places of words that are on no mark of others, those that cost least first."""
        around = [_around(dot) for dot in self.dots if dot != words.point]
        offers = [
            (place.cost + self._cost(words, place), place)
            for place in words.places(self.size)
            if self.holds(place.box, around)
        ]
        return sorted((offer for offer in offers if math.isfinite(offer[0])), key=lambda offer: offer[0])

    def _cost(self, words: _Words, place: _Place) -> float:
        """Return what lines cost words at a place; curves strike only words through that were asked for."""
        cost = cost_of(place.box, self.strokes)
        return math.inf if cost >= CURVE and not words.is_wished else cost


def _around(dot: tuple[float, float]) -> Box:
    dot_size = points(DOT)
    return dot[0] - dot_size, dot[1] - dot_size, dot[0] + dot_size, dot[1] + dot_size


def _in_points(axes: Axes, values: Any, size: tuple[float, float]) -> tuple[Any, Any]:
    """Return data in points from the panel's lower left."""
    x, y = (
        (np.asarray(value, dtype=float) - low) / (high - low) * length
        for value, (low, high), length in zip(values, (axes.get_xlim(), axes.get_ylim()), size, strict=True)
    )
    return x, y
