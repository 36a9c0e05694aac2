"""Titles in the room that they have: broken into lines, smaller, and at last cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from actplot.figures.appearance.sizes import READABLE
from actplot.figures.parts.literal import literal, text_width
from actplot.words.quoting import showable

LINE = 1.25  # of the title's size, from line to line
MOST_LINES = 3  # of a title
LONGEST = 2000  # characters of a title that are looked at; more fit on no figure
STEP = 0.95  # from one size that is tried to the next


def fitted(
    titles: Sequence[str], size: float, weight: str | int, width: float, height: float
) -> tuple[list[str], float, bool]:
    """Return the lines of the first of some titles that fits, their size, and whether its end had to be left out."""
    titles = [title[:LONGEST] for title in titles]
    for title in titles:
        if text_width(literal(title), size, weight) <= width:
            return [literal(title)], size, False
    smallest = min(size, READABLE)
    while True:
        most = max(1, min(MOST_LINES, int(height / (LINE * size))))
        lines = broken(titles[-1], size, weight, width, most)
        if len(lines) <= most:
            return lines, size, False
        if size == smallest:
            break
        size = max(size * STEP, smallest)
    last = lines[most - 1]
    while last and text_width(last + "…", size, weight) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"], size, True


def broken(title: str, size: float, weight: str | int, width: float, most: int) -> list[str]:
    """Return a title in lines of a width, broken at spaces; a word that is wider is broken anywhere.

    What comes after more lines than the most is left out.
    """
    lines = [""]
    for word in re.findall(r"\S+\s*", showable(title)):
        if len(lines) > most:
            break
        if lines[-1] and text_width(literal(lines[-1] + word), size, weight) > width:
            lines.append("")
        while word and len(lines) <= most + 1:
            count = _fitting(lines[-1], word, size, weight, width)
            lines[-1] += word[:count]
            word = word[count:]
            if word:
                lines.append("")
    return [literal(line) for line in lines]


def _fitting(line: str, word: str, size: float, weight: str | int, width: float) -> int:
    """Return how many letters of a word fit behind the line; one at least on a line that is empty."""

    def is_too_wide(count: int) -> bool:
        return text_width(literal(line + word[:count]), size, weight) > width

    most = 1
    while most < len(word) and not is_too_wide(most):
        most = min(2 * most, len(word))
    return max(bisect_left(range(most + 1), True, lo=1, key=is_too_wide) - 1, 0 if line else 1)
