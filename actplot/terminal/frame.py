"""What stands around the curves: titles, the key, the axes and their labels, as lines of styled words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from actplot.functions.naming import swept_places
from actplot.terminal.glyphs import AXIS, COLOURS, MARKS, NAME, RAMP, Glyphs
from actplot.terminal.panel import ON_AXIS, ON_CURVE, Grid

if TYPE_CHECKING:
    from actplot.functions.activation import Activation
    from actplot.terminal.scale import XScale

Words: TypeAlias = list[tuple[str, str]]  # a line: words, each with its style

KEY_GAP = 3  # spaces between two entries of the key


def heading(title: str, glyphs: Glyphs) -> Words:
    """Return a title."""
    return [(_one_line(title, glyphs), NAME)]


def remark(text: str, title: Words, room: int, glyphs: Glyphs) -> Words:
    """Return a quiet remark to follow a title, or nothing where there is no room for all of it."""
    from rich.cells import cell_len

    words = [("  ", ""), (_one_line(text, glyphs), AXIS)]
    return words if sum(cell_len(word) for word, _ in title + words) <= room else []


def key(titles: Sequence[str], inks: Sequence[str], width: int, most: int, glyphs: Glyphs) -> list[Words]:
    """Return the lines that name the curves of an overlay, at most so many."""
    from rich.cells import cell_len

    lines: list[Words] = [[]]
    used = 0
    for owner, title in enumerate(titles):
        sample = glyphs.sample.format(MARKS[owner % len(MARKS)])
        name = _one_line(title, glyphs)
        size = cell_len(sample) + 1 + cell_len(name)
        if used and used + KEY_GAP + size > width and len(lines) < most:
            lines.append([])
            used = 0
        gap = KEY_GAP if used else 0
        lines[-1] += [(" " * gap, ""), (sample, inks[owner]), (f" {name}", "")]
        used += gap + size
    return lines


def colours(activations: Sequence[Activation]) -> list[str]:
    """Return a colour for each curve: of the palette, or in a sweep of the ramp, as in figures."""
    places = swept_places(activations)
    if places is None:
        return [COLOURS[owner % len(COLOURS)] for owner in range(len(activations))]
    return [RAMP[round(place * (len(RAMP) - 1))] for place in places]


def walls(grid: Grid, labels: Mapping[int, str], gutter: int, inks: Sequence[str], glyphs: Glyphs) -> list[Words]:
    """Return the rows of a panel behind the axis of y, whose labels are right-aligned in the gutter."""
    lines = []
    for row, (characters, owners) in enumerate(zip(grid.characters.tolist(), grid.owners.tolist(), strict=True)):
        side = glyphs.tick_y if row in labels else glyphs.side
        lines.append([(f"{labels.get(row, ''):>{gutter}} ", ""), (side, AXIS), *_words(characters, owners, inks)])
    return lines


def _words(characters: Sequence[str], owners: Sequence[int], inks: Sequence[str]) -> Words:
    """Join neighbours that look alike."""
    runs = groupby(zip(characters, owners, strict=True), key=lambda cell: cell[1])
    return [("".join(character for character, _ in run), _style(owner, inks)) for owner, run in runs]


def _style(owner: int, inks: Sequence[str]) -> str:
    if owner >= ON_CURVE:
        return inks[owner - ON_CURVE]
    return AXIS if owner == ON_AXIS else ""


def floor(x: XScale, gutter: int, width: int, glyphs: Glyphs) -> list[Words]:
    """Return the axis of x, and under it the labels, each number centred on its tick.

    A label that would touch another is left out, with its tick.
    """
    indent = gutter + 2
    axis = [glyphs.floor] * x.columns
    labels = " " * width
    for column, label in x.ticks:
        digits = label.lstrip("-")
        start = indent + column - (len(digits) - 1) // 2 - (len(label) - len(digits))
        start = max(min(start, width - len(label)), 0)
        if not labels[max(start - 1, 0) : start + len(label) + 1].strip():
            labels = labels[:start] + label + labels[start + len(label) :]
            axis[column] = glyphs.tick_x
    return [[(" " * (indent - 1), ""), (glyphs.corner + "".join(axis), AXIS)], [(labels, "")]]


def cut(line: Words, width: int, glyphs: Glyphs) -> Words:
    """Return a line without spaces at its end and no wider than asked."""
    from rich.cells import cell_len, set_cell_size

    if sum(cell_len(word) for word, _ in line) > width:
        ellipsis = glyphs.ellipsis[:width]
        room, kept = width - len(ellipsis), []
        for word, style in line:
            kept.append((set_cell_size(word, min(cell_len(word), room)), style))
            room -= cell_len(kept[-1][0])
        line = [*kept, (ellipsis, AXIS)]
    while line and not line[-1][0].rstrip(" "):
        line = line[:-1]
    return [*line[:-1], (line[-1][0].rstrip(" "), line[-1][1])] if line else []


def _one_line(text: str, glyphs: Glyphs) -> str:
    """Return the text for the screen, with spaces for line ends and control characters."""
    return glyphs.text("".join(c if c.isprintable() else " " for c in text)).strip()
