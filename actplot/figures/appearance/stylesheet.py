"""Style sheets that users write: read in bounds, and checked for what matplotlib takes but can't draw with."""

from __future__ import annotations

import ast
import logging
import math
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from actplot.console.warned import without_warnings
from actplot.errors import UsageError, WorldError, reason
from actplot.figures.formats.page_setup import MAX_DPI, MAX_INCHES, MIN_DPI, MIN_INCHES
from actplot.figures.importing import matplotlib_alone
from actplot.words.quoting import shorten

SUFFIX = ".mplstyle"
LONGEST = 1_000_000  # bytes; matplotlib's own list of all settings has a twentieth of that
LARGEST = 10_000.0  # points, say: drawing a marker of 1e300 takes all memory
SMALLEST = 0.001  # but for zero: a dash of 1e-9, or on a line as thin, is drawn for hours

THINNEST = 0.05  # of lines and their dashes, in points: a thousandth of a thousandth is drawn for a minute
MOST_IN_CYCLE = 1000  # lines that look different
_THIN = ("width", "pattern", "linestyle", "dashes")
_CYCLE = re.compile(r"\s*axes\.prop_cycle\s*:(.*)")
_COMMENT = re.compile(r"""("[^"]*"|'[^']*')|#.*""")

_BOUNDS: Mapping[str, tuple[float, float]] = {
    "figure.figsize": (MIN_INCHES, MAX_INCHES),
    "figure.dpi": (MIN_DPI, MAX_DPI),
    "savefig.dpi": (MIN_DPI, MAX_DPI),
    "font.size": (1.0, LARGEST),
}
# Numbers of these groups are counts, ports and limits, which nothing is drawn from.
_NOT_DRAWN = ("agg.", "animation.", "image.", "ps.", "webagg.")


def sheet_folders() -> tuple[Path, Path]:
    """Return where matplotlib's style sheets are, and where a user's may be; a name in both means matplotlib's."""
    with matplotlib_alone():
        import matplotlib

    return Path(matplotlib.get_data_path(), "stylelib"), Path(matplotlib.get_configdir(), "stylelib")


def read_sheet(path: Path) -> bytes:
    """Return the content of a style sheet.

    Raises
    ------
    UsageError
        Where it is too long to be one.
    WorldError
        Where it can't be read: what is no file may never end, or never begin.

    """
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
        data = _beginning(path) if is_file else b""
    except OSError as problem:
        raise WorldError(f"cannot read the style sheet {path}: {reason(problem)}") from None
    except ValueError:
        raise WorldError(f"cannot read the style sheet {path}: there can be no file of that name") from None
    if not is_file:
        raise WorldError(f"cannot read the style sheet {path}: it is not a file")
    if len(data) > LONGEST:
        raise UsageError(f"{path} is not a style sheet; it is longer than {LONGEST:,} bytes")
    return data


def check_sheet(path: Path) -> None:
    """Check that figures can be drawn with a style sheet.

    Raises
    ------
    UsageError
        For what is no style sheet, for settings that matplotlib does not know, and for numbers out of bounds.
    WorldError
        For a file that can't be read.

    """
    try:
        lines = read_sheet(path).decode().splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not a style sheet; it is not text") from None
    for line in lines:
        if (cycle := _CYCLE.match(line)) and (size := _cycle_size(cycle[1])) > MOST_IN_CYCLE:
            what = f"has {size:,} entries; at most {MOST_IN_CYCLE:,} fit"
            raise UsageError(f"{path}: axes.prop_cycle {what if math.isfinite(size) else 'is not made of plain lists'}")
    settings, problem = _parse(path)
    if problem is not None:
        number = re.search(r"line (\d+)", problem)
        at = int(number[1]) if number else 0
        setting = f", line {at}: '{shorten(lines[at - 1].strip())}'" if 0 < at <= len(lines) else ""
        raise UsageError(f"{path}{setting} is not a setting that matplotlib understands; correct the style sheet")
    for name, value in settings.items():
        _check_setting(path, name, value)


def _beginning(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(LONGEST + 1)


def _parse(path: Path) -> tuple[Mapping[str, Any], str | None]:
    """Read the settings as matplotlib will, and return them with the first of its complaints, which it would log."""
    settings: Any = {}
    problems: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: problems.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("matplotlib")
    with matplotlib_alone():
        import matplotlib

        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        try:
            with without_warnings():
                settings = matplotlib.rc_params_from_file(path, use_default_template=False)
        except Exception as problem:
            problems.append(str(problem))
        finally:
            logger.removeHandler(handler)
    return settings, next(iter(problems), None)


def _check_setting(path: Path, name: str, value: Any) -> None:
    if name.startswith(_NOT_DRAWN):
        return
    if name == "axes.prop_cycle" and not len(value):
        raise UsageError(f"{path}: {name} is empty; correct the style sheet")
    low, high = _BOUNDS.get(name, (-LARGEST, LARGEST))
    for of, number in _numbers(name, value):
        if not low <= number <= high:
            raise UsageError(f"{path}: {name}: {number:g} is out of bounds; it is {low:g} to {high:g}")
        least = THINNEST if any(word in of for word in _THIN) else SMALLEST
        if 0 < abs(number) < least:
            raise UsageError(f"{path}: {name}: {number:g} is too small; it is 0, or {least:g} and more")


def _numbers(name: str, value: Any) -> Iterator[tuple[str, float]]:
    """Yield the numbers in the value of a setting, and whose they are: a list's, or those of a cycle of properties."""
    if isinstance(value, (int, float)):
        yield name, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _numbers(str(key), part)
    elif not isinstance(value, str):
        for part in value if isinstance(value, Iterable) else ():
            yield from _numbers(name, part)


def _cycle_size(text: str) -> float:
    """Return how long the cycle is that a text stands for; infinite for what is not a product of plain lists.

    matplotlib carries out whatever is written there, be it for hours.
    """
    try:
        tree = ast.parse(_COMMENT.sub(r"\1", text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return 0  # matplotlib says the same, quickly
    return _length(tree)


def _length(tree: ast.expr) -> float:
    match tree:
        case ast.Constant(value=str(text)):
            return len(text)
        case ast.Constant(value=int(count)):
            return abs(count)
        case ast.Constant() | ast.UnaryOp(operand=ast.Constant()):
            return 1
        case ast.List(elts=parts) | ast.Tuple(elts=parts) if all(isinstance(part, _PLAIN) for part in parts):
            return max(len(parts), *(_length(part) for part in parts if not isinstance(part, ast.Constant)), 0)
        case ast.Call(func=ast.Name(id="cycler"), args=args, keywords=keywords):
            return max((_length(part) for part in [*args[1:], *(each.value for each in keywords)]), default=0)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _length(left) * _length(right)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _length(left) + _length(right)
    return math.inf


_PLAIN = (ast.Constant, ast.UnaryOp, ast.List, ast.Tuple)
