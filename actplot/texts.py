"""What users typed, read and quoted."""

from __future__ import annotations


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


def printable(text: str) -> str:
    """Return the text with nothing in it that would move a cursor, end a line or turn the writing around."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
