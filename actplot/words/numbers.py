"""Numbers as text: exact for machines, six digits for people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

DIGITS = 6


def exact(value: float) -> str:
    """Return the shortest text that reads back to the same float64; ``inf``, ``-inf``, ``nan`` as words."""
    return repr(value)


def rounded(value: float, digits: int = DIGITS) -> str:
    """Return the number with so many significant digits, without trailing zeros."""
    return f"{value:.{digits}g}"


def align(cells: Sequence[str]) -> list[str]:
    """Pad numbers with spaces so that their decimal points stand under each other.

    A cell of two one-sided slopes is aligned by its first number.
    """
    split = [_at_point(cell) for cell in cells]
    before = max((len(head) for head, _ in split), default=0)
    after = max((len(tail) for _, tail in split), default=0)
    return [f"{head:>{before}}{tail:<{after}}" for head, tail in split]


def _at_point(cell: str) -> tuple[str, str]:
    number = cell.split(" ", 1)[0]
    place = next((i for i, c in enumerate(number) if c in ".e"), len(number))
    return cell[:place], cell[place:]


def strict(value: Any) -> Any:
    """Return JSON-ready data in which numbers that JSON lacks are the words that tables use."""
    if isinstance(value, float):
        return value if math.isfinite(value) else exact(value)
    if isinstance(value, Mapping):
        return {key: strict(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [strict(entry) for entry in value]
    return value
