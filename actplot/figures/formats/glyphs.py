"""Formulas in an SVG: the outline of each letter once, in whole numbers, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias
from zlib import crc32

# This module is imported when something is drawn, never before.
from matplotlib.colors import to_hex  # noqa: TID253
from matplotlib.path import Path  # noqa: TID253

FINE = 250  # units to an em, of which coordinates are whole numbers
NAMING, NAMED = 30, 40  # characters that it takes to name a letter, and to draw it by its name
OWN = "e"  # begins the ids of letters: matplotlib has its own outlines of the same, in other units
NEAR = 1  # unit by which a control point may be off, where it need not be written then

_BEGINS = re.compile(r"m(-?\d+) ?(-?\d+)")

Point: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Letter:
    """The outline of a letter of a font, in ems; its name tells it from all others."""

    name: str
    path: Path = field(compare=False)


@dataclass(frozen=True)
class Placed:
    """A letter in a formula of size 1: where it stands, and how large it is."""

    letter: Letter
    x: float
    y: float
    size: float


class Letters(Path):
    """A path that knows of which letters it is put together, and which bars are drawn beside them.

    Bars, of fractions and roots, are left, bottom, width and height.
    """

    def __init__(
        self, vertices: Any, codes: Any, letters: Sequence[Placed] = (), bars: Sequence[Sequence[float]] = ()
    ) -> None:
        """Take vertices and codes as a path does, and what they mean."""
        super().__init__(vertices, codes)
        self.letters = letters
        self.bars = bars


class Setter:
    """Writes formulas into one SVG: letters by their names, or their outlines in place where these are shorter."""

    def __init__(self, writer: Any, height: float) -> None:
        """Take matplotlib's writer of XML, and the height of the figure in points."""
        self._writer, self._height = writer, height
        self._known: set[str] = set()
        self._inline: set[str] = set()

    def expect(self, formulas: Iterable[Letters]) -> None:
        """Learn of all formulas that are to be written, and so which letters need no name."""
        counts = Counter(placed.letter for formula in formulas for placed in formula.letters)
        for letter, count in counts.items():
            if (count - 1) * len(outline(letter)) <= NAMING + count * NAMED:
                self._inline.add(letter.name)

    def write(self, formula: Letters, matrix: Any, colour: Any) -> None:
        """Write a formula that a matrix takes from ems to points, y upwards."""
        size, left, up = float(matrix[0, 0]), float(matrix[0, 2]), float(matrix[1, 2])
        left_out = self._known | self._inline
        if new := {each.letter.name: each.letter for each in formula.letters if each.letter.name not in left_out}:
            self._writer.start("defs")
            for name, letter in new.items():
                self._writer.element("path", attrib={"id": _id(name), "d": outline(letter)})
            self._writer.end("defs")
            self._known |= {*new}
        # Most letters stand at one height, which is then written once.
        base = Counter(placed.y for placed in formula.letters).most_common(1)[0][0] if formula.letters else 0.0
        place = f"translate({_short(left)} {_short(self._height - up - base * size)})scale({_short(size / FINE, 6)})"
        seen = {"transform": place, "fill": to_hex(colour)}
        if len(colour) > 3 and colour[3] < 1.0:
            seen["fill-opacity"] = _short(colour[3])
        self._writer.start("g", attrib=seen)
        for scale in dict.fromkeys(placed.size for placed in formula.letters):
            if scale != 1.0:
                self._writer.start("g", attrib={"transform": f"scale({_short(scale)})"})
            self._write([each for each in formula.letters if each.size == scale], base, scale)
            if scale != 1.0:
                self._writer.end("g")
        if formula.bars:
            bars = ((left, bottom - base, *rest) for left, bottom, *rest in formula.bars)
            self._writer.element("path", attrib={"d": "".join(map(_bar, bars))})
        self._writer.end("g")

    def _write(self, letters: Sequence[Placed], base: float, scale: float) -> None:
        """Write letters of one size, those without a name as one path."""
        alone = ""
        for placed in letters:
            x, y = round(placed.x / scale * FINE), -round((placed.y - base) / scale * FINE)
            name = placed.letter.name
            if name in self._inline:
                alone += _moved(outline(placed.letter), x, y)
                continue
            where = {key: str(value) for key, value in (("x", x), ("y", y)) if value}
            self._writer.element("use", attrib={**where, "xlink:href": f"#{_id(name)}"})
        if alone:
            self._writer.element("path", attrib={"d": alone})


@lru_cache(maxsize=1024)
def _id(name: str) -> str:
    """Return what a letter is called in every SVG, which may stand in one page: its name, shortened."""
    return f"{OWN}{crc32(name.encode()):x}"


def _moved(drawn: str, x: int, y: int) -> str:
    """Return an outline that begins where it does from a point."""
    begins = _BEGINS.match(drawn)
    if begins is None:  # a space
        return ""
    return f"M{int(begins[1]) + x} {int(begins[2]) + y}{drawn[begins.end() :]}"


def _bar(bar: Sequence[float]) -> str:
    left, bottom, width, height = (part * FINE for part in bar)
    return f"M{_short(left)} {_short(-bottom)}h{_short(width)}v{_short(-height)}h{_short(-width)}z"


@lru_cache(maxsize=1024)
def outline(letter: Letter) -> str:
    """Return the outline of a letter as an SVG writes paths: y downwards, each point from the one before it."""
    return "".join(_commands(letter.path))


def _commands(path: Path) -> Iterator[str]:
    at: Point = (0, 0)
    start, control, before = at, None, ""
    for vertices, code in path.iter_segments(simplify=False, curves=True):
        points = [(round(x * FINE), -round(y * FINE)) for x, y in vertices.reshape(-1, 2)]
        if code == Path.CLOSEPOLY:
            yield "z"
            at, control, before = start, None, "z"
            continue
        if code == Path.MOVETO:
            name, control, start = "m", None, points[0]
        elif code == Path.LINETO:
            if points[0] == at:
                continue
            name, control = "l", None
        elif code == Path.CURVE3:
            name, control = _quadratic(at, control, points[0])
            points = points[1:] if name == "t" else points
        else:
            name, control = "c", None
        steps = [part - origin for point in points for part, origin in zip(point, at, strict=True)]
        if name == "m" and before != "z" and before:
            yield "z"
        if name == "l" and 0 in steps:
            name, steps = ("h", steps[:1]) if not steps[1] else ("v", steps[1:])
        yield _numbers(name if name != before else "", steps)
        at, before = points[-1], name


def _quadratic(at: Point, control: Point | None, wanted: Point) -> tuple[str, Point]:
    """Return the command for a curve, and its control point: that of the last one mirrored, where it is near."""
    if control is not None:
        mirrored = 2 * at[0] - control[0], 2 * at[1] - control[1]
        if max(abs(mirrored[0] - wanted[0]), abs(mirrored[1] - wanted[1])) <= NEAR:
            return "t", mirrored
    return "q", wanted


def _numbers(command: str, numbers: Sequence[int]) -> str:
    """Return numbers after a command, or after those of the same command before, with no sign that is not needed."""
    first, *rest = numbers
    start = command or ("" if first < 0 else " ")
    return f"{start}{first}" + "".join(str(number) if number < 0 else f" {number}" for number in rest)


def _short(number: float, digits: int = 3) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") or "0"
