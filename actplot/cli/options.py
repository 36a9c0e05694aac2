"""The command line's texts to values: numbers, sizes, points."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from actplot.curves.grid import MAX_POINTS, Spaced, check_range, check_samples, check_tangents, parse_points
from actplot.errors import UsageError, WorldError, reason
from actplot.figures.formats.page_setup import MAX_DPI, MIN_DPI, check_size
from actplot.words.numbers import MOST_DIGITS
from actplot.words.quoting import labels, parse_number, shorten, words

if TYPE_CHECKING:
    from actplot.arithmetic.formats import Format
    from actplot.arrays import Array

MAX_TEXT = 26 * MAX_POINTS  # bytes: no float64 takes more than 25 characters and a separator

# The commands, in the order of the help, each with the module beside this one in which it stands.
PLACES = {
    "plot": "plot",
    "list": "catalogue",
    "info": "catalogue",
    "same": "same",
    "signal": "signal",
    "train": "train",
    "gallery": "gallery",
    "check": "check",
}
COMMANDS = tuple(PLACES)  # what a mistyped name may have meant

FunctionFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--functions",
        metavar="FILE",
        help="A file of functions of your own, in TOML: under the name, as [b]\\[my_act][/b], "
        '[b]formula = "x*sigmoid(beta*x)"[/b] and [b]parameters.beta = 1.5[/b]; also title, range, source, sentence, '
        "aliases, bounds, and gradient, what training takes for f′. May be repeated. Read unasked: functions.toml "
        "beside the configuration file, actplot.toml in the current folder or the nearest above it, and the files in "
        "ACTPLOT_FUNCTIONS.",
        show_default=False,
    ),
]


def know_functions(files: Sequence[str] | None) -> None:
    """Make known the functions of one's own, of files that are named and of those that are found."""
    from actplot.console.configuration import folder
    from actplot.functions.own_files import load

    load(files or (), configuration=folder(), reserved=COMMANDS)


def read_range(texts: tuple[str, str] | None) -> tuple[float, float] | None:
    """Return the two ends of ``--range``."""
    if texts is None:
        return None
    low, high = (_number(text, "--range") for text in texts)
    return check_range(low, high)


def read_samples(text: str | None) -> int | None:
    """Return the number of samples."""
    if text is None:
        return None
    number = _number(text, "--samples")
    if not math.isfinite(number) or number != math.floor(number):
        raise UsageError(f"--samples: '{shorten(text)}' is not a whole number")
    return check_samples(int(number))


def read_dtype(text: str | None) -> Format | None:
    """Return the number format that values are rounded to; none for float64, which they have anyway."""
    if text is None:
        return None
    from actplot.arithmetic.formats import read_formats

    chosen, *more = read_formats(text)
    if more:
        raise UsageError("--dtype: a picture has one number format; name one")
    return None if chosen.name == "float64" else chosen


def read_whole(text: str, option: str, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    number = _number(text, option)
    if not math.isfinite(number) or number != math.floor(number):
        raise UsageError(f"{option}: '{shorten(text)}' is not a whole number")
    if not least <= number <= most:
        raise UsageError(f"{option}: {shorten(text)} is out of bounds; it is {least:,} to {most:,}")
    return int(number)


def read_positive(text: str, option: str) -> float:
    """Return a finite number above 0."""
    number = _number(text, option)
    if not 0.0 < number < math.inf:
        raise UsageError(f"{option}: {shorten(text)} is out of bounds; it is a number above 0")
    return number


def read_size(text: str | None) -> tuple[float, float] | None:
    """Return width and height in inches of ``WxH``."""
    if text is None:
        return None
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) != 2:
        raise UsageError(f"--size: '{shorten(text)}' is not WxH; write inches such as 6x4")
    width, height = (_number(part, "--size") for part in parts)
    return check_size(width, height, text)


def read_dpi(text: str | None) -> float | None:
    """Return the dots per inch."""
    if text is None:
        return None
    dpi = _number(text, "--dpi")
    if not MIN_DPI <= dpi <= MAX_DPI:
        raise UsageError(f"--dpi: {shorten(text)} is out of bounds; it is {MIN_DPI} to {MAX_DPI}")
    return dpi


def read_digits(text: str | None) -> int | None:
    """Return the number of significant digits."""
    if text is None:
        return None
    number = _number(text, "--digits")
    if not 1 <= number <= MOST_DIGITS or number != int(number):
        raise UsageError(f"--digits: {shorten(text)} is not a whole number from 1 to {MOST_DIGITS}")
    return int(number)


def read_words(text: str | None, option: str) -> str | None:
    """Return a title or a name, with a mark in place of every byte that is no text."""
    return None if text is None else words(text, option)


def read_labels(texts: list[str] | None) -> tuple[str, ...]:
    """Return what the curves are to be called."""
    return labels(texts or ())


def read_ylim(texts: tuple[str, str] | None) -> tuple[float, float] | None:
    """Return the two ends of ``--ylim``."""
    if texts is None:
        return None
    low, high = (_number(text, "--ylim") for text in texts)
    return check_range(low, high, "--ylim")


def read_tangents(texts: list[str] | None) -> tuple[float, ...]:
    """Return where tangents are asked for."""
    return check_tangents(_number(text, "--tangent") for text in texts or ())


def read_logits(text: str | None) -> tuple[float, ...] | None:
    """Return the point of ``--jacobian``."""
    return None if text is None else tuple(parse_points(text, "--jacobian")[:].tolist())


def read_at(text: str | None) -> Array | Spaced | None:
    """Return the points of ``--at``: written out, in a file (``@FILE``) or on standard input (``-``).

    Raises
    ------
    WorldError
        Where the file can't be read.

    """
    if text is None:
        return None
    if text == "-":
        if sys.stdin is None:
            raise WorldError("standard input is closed; give the points as 1,2,3 or @FILE")
        return parse_points(_decode(_read_stdin(), "standard input"), "standard input")
    if not text.startswith("@"):
        return parse_points(text)
    path = Path(text[1:])
    try:
        with open(path, "rb") as file:
            return parse_points(_decode(file.read(MAX_TEXT + 1), str(path)), str(path))
    except OSError as problem:
        raise WorldError(f"cannot read {path}: {reason(problem)}") from None
    except ValueError as problem:
        if isinstance(problem, UsageError):
            raise
        raise UsageError("--at: there can be no file of that name") from None


def _read_stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_TEXT + 1)
    except OSError as problem:
        raise WorldError(f"cannot read standard input: {reason(problem)}") from None


def _decode(data: bytes, origin: str) -> str:
    if len(data) > MAX_TEXT:
        raise UsageError(f"{origin} is too long; at most {MAX_POINTS:,} points fit")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{origin} is not text; points are numbers split by white space or commas") from None


def _number(text: str, option: str) -> float:
    number = parse_number(text)
    if number is None:
        raise UsageError(f"{option}: '{shorten(text)}' is not a number")
    return number
