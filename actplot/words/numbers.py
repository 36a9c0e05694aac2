"""Numbers as text: exact for machines, six digits for people, or as many as someone asks for."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from typing import Any, TypeAlias

DIGITS = 6
MOST_DIGITS = 17  # of a float64 tell it from all others; what follows says nothing about the function
SMALLEST = -4  # decimal exponents below it are written with an e

Writer: TypeAlias = Callable[[float], str]


def exact(value: float) -> str:
    """Return the shortest text that reads back to the same float64; ``inf``, ``-inf``, ``nan`` as words."""
    return repr(value)


def rounded(value: float, digits: int = DIGITS) -> str:
    """Return the number with so many significant digits, without trailing zeros."""
    return f"{value:.{digits}g}"


def minus(text: str) -> str:
    """Return a number's text with the minus sign of print, which is as wide as a plus."""
    return text.replace("-", "−")


def significant(value: float, digits: int) -> str:
    """Return the number with so many significant digits, zeros at its end among them: ``0.500``, ``12300``.

    The exact value of the float64 is rounded, and a tie away from zero, as schools teach it. Zero is ``0``. Numbers
    below 0.0001, and those of more than six digits that are not all asked for, are powers of ten: ``1.20e-05``.
    """
    if value == 0.0 or not math.isfinite(value):
        return f"{value + 0.0:g}"
    text = _scientific(value, digits)
    mantissa, _, power = text.partition("e")
    exponent = int(power)
    if not SMALLEST <= exponent < max(digits, DIGITS):
        return text
    figures = mantissa.lstrip("-").replace(".", "")
    sign = mantissa[: mantissa.startswith("-")]
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    before = exponent + 1
    return sign + figures[:before].ljust(before, "0") + f".{figures[before:]}".rstrip(".")


def short(value: float, digits: int = DIGITS) -> str:
    """Return the number as `significant` writes it, without the zeros at its end."""
    mantissa, e, power = significant(value, digits).partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + power


def writer(digits: int | None, usual: Writer) -> Writer:
    """Return what writes numbers with so many significant digits, or as is usual where nobody asks for some."""
    return usual if digits is None else partial(significant, digits=digits)


def _scientific(value: float, digits: int) -> str:
    """Return the number with so many digits and an exponent, ``1.20e-05``, a tie rounded away from zero."""
    longer = f"{value:.{digits}e}"
    if longer.partition("e")[0].endswith("5") and (tie := Decimal(longer)) == Decimal(value):
        mantissa, _, power = f"{Context(prec=digits, rounding=ROUND_HALF_UP).plus(tie):.{digits - 1}e}".partition("e")
        return f"{mantissa}e{int(power):+03}"
    return f"{value:.{digits - 1}e}"


def align(cells: Sequence[str]) -> list[str]:
    """Pad numbers with spaces so that their decimal points stand under each other.

    A cell of two one-sided slopes is aligned by its first number; words end where the longest number does.
    """
    split = [_at_point(cell) for cell in cells]
    before = max((len(head) for head, _ in split), default=0)
    after = max((len(tail) for _, tail in split), default=0)
    width = max((before + after, *map(len, cells)))
    lines = []
    for (head, tail), cell in zip(split, cells, strict=True):
        number = f"{head:>{before}}{tail:<{after}}"
        lines.append(f"{number if head else cell:>{width}}")
    return lines


def _at_point(cell: str) -> tuple[str, str]:
    """Return what stands before the point of a cell, and the rest; nothing of a word, which has none."""
    if not any(c.isdigit() for c in cell):
        return "", ""
    number = cell.split(" ", 1)[0]
    place = next((i for i, c in enumerate(number) if c in ".e"), len(number))
    return cell[:place], cell[place:]


def json_number(value: float, write: Writer) -> str:
    """Return a number as JSON has it; one that JSON lacks is the word that tables use, in quotes."""
    return write(value) if math.isfinite(value) else f'"{exact(value)}"'


def strict(value: Any) -> Any:
    """Return JSON-ready data in which numbers that JSON lacks are the words that tables use."""
    if isinstance(value, float):
        return value if math.isfinite(value) else exact(value)
    if isinstance(value, Mapping):
        return {key: strict(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [strict(entry) for entry in value]
    return value
