"""What users typed, read and quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from actplot.errors import UsageError


def parse_number(text: str) -> float | None:
    """Read a float as ``float()`` does, but without its underscores; None where it is not one."""
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def normalise(name: str) -> str:
    """Return the spelling under which a name is looked up: lower case, its words joined by nothing."""
    return "".join(c for c in name.casefold() if c not in "_- \t")


LONGEST_WORD = 60
MAX_TITLE = 1000  # letters; setting tens of thousands takes gigabytes
MOST_MEANT = 2  # words that a mistyped one may have meant alike


def nearest_words(typed: str, words: Iterable[str]) -> list[str]:
    """Return the words that a typing error leads away from: one slip in a short word, two in one of seven letters.

    A slip is a letter too many, too few or another, or two letters swapped. Where more than two words are as near as
    one another, none is returned.
    """
    if not 2 < len(typed) <= LONGEST_WORD:
        return []
    most = 1 if len(typed) < 7 else 2
    distances = {word: _slips(typed, word) for word in words if abs(len(word) - len(typed)) <= most}
    least = min(distances.values(), default=most + 1)
    near = [word for word, distance in distances.items() if distance == least]
    return near if least <= most and len(near) <= MOST_MEANT else []


def did_you_mean(words: Iterable[str]) -> str | None:
    """Return ``did you mean 'relu' or 'relu6'?``; None where there is nothing to ask for."""
    near = " or ".join(map(repr, words))
    return f"did you mean {near}?" if near else None


def _slips(a: str, b: str) -> int:
    """Return the distance of Damerau (1964), without edits between swapped letters."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                row[-1] = min(row[-1], last[j - 2] + 1)
    return row[-1]


def shorten(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut where it is too long for a message."""
    line = printable(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def showable(text: str) -> str:
    """Return a text to be shown as it is: on one line, with a mark in place of what is no text.

    That is control characters, which terminals obey, those that turn the writing around or can't be seen, halves of
    characters, which stand for bytes that are not UTF-8, and what no XML may hold. A byte order mark is left out.
    What joins the letters of a script or the parts of an emoji stays.
    """
    return "".join(map(_shown, _SPACES.sub(" ", text)))


def words(text: str, option: str) -> str:
    """Return a title or a name as it is shown.

    Raises
    ------
    UsageError
        Where it is too long.

    """
    if len(text) > MAX_TITLE:
        what = "title" if option == "--title" else "label"
        raise UsageError(f"{option}: {len(text):,} letters are too many for a {what}; at most {MAX_TITLE:,} fit")
    return showable(text)


def labels(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what curves are to be called.

    Raises
    ------
    UsageError
        Where a name is empty or too long.

    """
    found = tuple(words(text, "--label") for text in texts)
    if not all(map(str.strip, found)):
        raise UsageError("--label is empty; a curve needs a name")
    return found


def _shown(letter: str) -> str:
    if letter in _LEFT_OUT:
        return ""
    unseen = unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in _JOINERS
    return "\N{REPLACEMENT CHARACTER}" if unseen else letter


_SPACES = re.compile(r"[\t-\r\u2028\u2029]")
_LEFT_OUT = "\ufeff\ufffe\uffff"
_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """Return the text with nothing in it that would move a cursor, end a line or turn the writing around."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
