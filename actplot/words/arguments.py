"""What a Python program hands over, of whatever type: read as what is wanted, or told by its name as what it is not."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable
from itertools import islice
from typing import SupportsFloat, TypeVar

from actplot.errors import UsageError
from actplot.words.quoting import shorten

T = TypeVar("T", bound=str)

MOST = 10_000  # parts of a list; one that never ends is none
LARGEST = 2**63 - 1  # whole number; Python writes none of thousands of digits
NO_NUMBERS = "cmMSU"  # numpy's letters for complex numbers, spans of time, dates and texts


def shown(value: object) -> str:
    """Return a value as it stands in a message; one that can't be written is told by its type."""
    try:
        return shorten(repr(value))
    except Exception:
        return f"<{shorten(type(value).__name__)}>"


def number(value: object, name: str) -> float:
    """Return a number, which may be infinite or NaN, as a float.

    Raises
    ------
    UsageError
        For what is none, and for what float64 can't hold.

    """
    try:
        kind = getattr(getattr(value, "dtype", None), "kind", "")
        if kind in [*NO_NUMBERS] or getattr(value, "ndim", 0) != 0 or not isinstance(value, SupportsFloat):
            raise TypeError
        return float(value)
    except OverflowError:
        raise UsageError(f"{name}={shown(value)} is too large for float64") from None
    except Exception:  # whatever the type of the value raises
        raise UsageError(f"{name}={shown(value)} is not a number") from None


def pair(values: object, name: str) -> tuple[float, float]:
    """Return two numbers.

    Raises
    ------
    UsageError
        For what is no sequence of two.

    """
    found = parts(values, name, "two numbers")
    if len(found) != 2:
        raise UsageError(f"{name}={shown(values)} is not two numbers")
    return number(found[0], name), number(found[1], name)


def numbers(values: object, name: str) -> tuple[float, ...]:
    """Return any number of numbers.

    Raises
    ------
    UsageError
        For what is no sequence of them.

    """
    return tuple(number(value, name) for value in parts(values, name, "several numbers"))


def whole(value: object, name: str) -> int:
    """Return a whole number.

    Raises
    ------
    UsageError
        For what is none.

    """
    try:
        found = operator.index(value)  # type: ignore[arg-type]
    except Exception:
        raise UsageError(f"{name}={shown(value)} is not a whole number") from None
    if abs(found) > LARGEST:
        raise UsageError(f"{name}={shown(value)} is out of bounds")
    return found


def text(value: object, name: str) -> str:
    """Return a text.

    Raises
    ------
    UsageError
        For what is none.

    """
    if not isinstance(value, str):
        raise UsageError(f"{name}={shown(value)} is not a text")
    return value


def texts(values: object, name: str) -> tuple[str, ...]:
    """Return any number of texts.

    Raises
    ------
    UsageError
        For what is no sequence of them; one text is none, whose letters nobody means.

    """
    return tuple(text(value, name) for value in parts(values, name, "a list of texts"))


def path(value: object, name: str) -> str:
    """Return a text, or the path of a file as one.

    Raises
    ------
    UsageError
        For what is neither.

    """
    return text(os.fspath(value) if isinstance(value, os.PathLike) else value, name)


def switch(value: object, name: str) -> bool:
    """Return True or False.

    Raises
    ------
    UsageError
        For what is neither.

    """
    try:
        return (False, True).index(value) == 1
    except Exception:
        raise UsageError(f"{name}={shown(value)} is neither True nor False") from None


def choice(value: object, known: Iterable[T], what: str) -> T:
    """Return that of the known words that a value is.

    Raises
    ------
    UsageError
        Where it is none of them.

    """
    words = tuple(known)
    if not isinstance(value, str) or value not in words:
        raise UsageError(f"no {what} named {shown(value)}; choose one of {', '.join(words)}")
    return value


def parts(values: object, name: str, what: str) -> list[object]:
    """Return the parts of ``what`` is wanted, a list or its like.

    Raises
    ------
    UsageError
        For what has no parts, for a text, and for more than anybody means.

    """
    try:
        if isinstance(values, (str, bytes, bytearray)):
            raise TypeError
        found = list(islice(values, MOST + 1))  # type: ignore[call-overload]
    except Exception:
        raise UsageError(f"{name}={shown(values)} is not {what}") from None
    if len(found) > MOST:
        raise UsageError(f"{name}={shown(values)} has more than {MOST:,} parts")
    return found
