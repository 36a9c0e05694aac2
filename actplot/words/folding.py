"""Text over several lines, broken where nobody reads one word: at spaces, and at the signs of a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# A space, a number with its exponent, a word, a sign of two characters; every other character is a sign of its own.
_PARTS = re.compile(r"\s+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|\w+|\*\*|[<>=!]=|.", re.DOTALL)
_BETWEEN = frozenset(("+", "-", "−", "*", "·", "/", "**", "<", ">", "<=", ">=", "==", "!="))


def folded(text: str, width: int, measure: Callable[[str], int] = len) -> list[str]:
    """Return the lines of a text, none wider than asked for where a space or a sign lets it be broken.

    Parameters
    ----------
    text
        One line.
    width
        The room, in what ``measure`` counts.
    measure
        How wide a text is.

    """
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
            piece = piece.lstrip()
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that a line may not break; a sign between two operands begins one."""
    piece, ended = "", False  # whether what stands before is an operand, so that a sign is no sign of a number
    for part in _PARTS.findall(text):
        if part.isspace():
            piece += part
        elif piece[-1:].isspace() or (ended and part in _BETWEEN) or piece.endswith(","):
            yield piece
            piece = part
        else:
            piece += part
        if not part.isspace():
            ended = part[-1].isalnum() or part[-1] in ")|_'′″"
    if piece:
        yield piece
