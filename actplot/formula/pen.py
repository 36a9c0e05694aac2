"""What a translation of a formula is written with, and how what can't be read is told: both know the columns."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.errors import UsageError


class FormulaError(UsageError):
    """A formula that can't be read; ``column`` counts characters from 1."""

    def __init__(self, message: str, column: int) -> None:
        """Add the column to the message."""
        super().__init__(f"{message} (column {column})")
        self.column = column


class Pen:
    """Writes a translation piece by piece, each with the place that it comes from."""

    def __init__(self, column: int) -> None:
        """Begin with the column of the first character."""
        self._first = column
        self._pieces: list[str] = []
        self._columns: list[int] = []

    def write(self, text: str, place: int) -> None:
        """Add a piece that comes from a character, counted from 0."""
        self._pieces.append(text)
        self._columns += [self._first + place] * len(text)

    def add(self, text: str, columns: Sequence[int]) -> None:
        """Add what another pen has written."""
        self._pieces.append(text)
        self._columns += columns

    def finished(self, end: int) -> tuple[str, tuple[int, ...]]:
        """Return the text and the columns of its characters and of its end."""
        return "".join(self._pieces), (*self._columns, self._first + end)
