"""What users typed, read and quoted."""

from __future__ import annotations

import re
import unicodedata


def parse_number(text: str) -> float | None:
    """Read a float as ``float()`` does, but without its underscores; None where it is not one."""
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def shorten(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut where it is too long for a message."""
    line = printable(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def showable(text: str) -> str:
    """Return a text to be shown as it is: on one line, with a mark in place of what is no text.

    That is control characters, which terminals obey, halves of characters, which stand for bytes that are not
    UTF-8, and what no XML may hold. A byte order mark is left out.
    """
    return "".join(_SHOWN.get(unicodedata.category(c), c) for c in _SPACES.sub(" ", text) if c not in _NOTHING)


_SPACES = re.compile(r"[\t-\r\u2028\u2029]")
_NOTHING = "\ufeff\ufffe\uffff"
_SHOWN = {"Cc": "\N{REPLACEMENT CHARACTER}", "Cs": "\N{REPLACEMENT CHARACTER}"}


def printable(text: str) -> str:
    """Return the text with nothing in it that would move a cursor, end a line or turn the writing around."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
