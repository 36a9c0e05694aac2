"""Files in TOML that users write: read in bounds, with the line of whatever is wrong."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

from actplot.errors import UsageError, WorldError, reason

MOST_BYTES = 1_000_000


def read_toml(path: Path, kind: str, hint: str) -> tuple[str, dict[str, Any]]:
    """Return the text of a file, and what it says.

    Parameters
    ----------
    path
        The file.
    kind, hint
        What it is called, and what to do where it is no file at all.

    Raises
    ------
    WorldError
        Where it can't be read: what is no file may never end, or never begin.
    UsageError
        Where it is too long, is no text or no TOML; then it names the line.

    """
    import tomllib

    text = _read(path, kind, hint)
    try:
        return text, tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # numbers of thousands of digits are a ValueError, too
        said = " ".join(str(problem).split())
        place = re.search(r" \(at line (\d+), column \d+\)| \(at end of document\)", said)
        if place is None:
            words = "is nested too deeply" if isinstance(problem, RecursionError) else "has a number that is too long"
            raise UsageError(f"{path} {words}; write TOML") from None
        line = int(place[1]) if place[1] else text.count("\n") + 1
        words = said[: place.start()]
        raise UsageError(f"{path}, line {line}: {words[:1].lower()}{words[1:]}; write TOML") from None


def line_of(text: str, pattern: str, start: int = 0) -> int:
    """Return the line in which a pattern stands first, after white space alone; 1 where there is none."""
    place = re.compile(rf"^[ \t]*{pattern}", re.MULTILINE).search(text, start)
    return text.count("\n", 0, place.start()) + 1 if place else 1


def _read(path: Path, kind: str, hint: str) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WorldError(f"cannot read {path}: it is no file; {hint}")
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except WorldError:
        raise
    except OSError as problem:
        raise WorldError(f"cannot read {path}: {reason(problem)}") from None
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path} is too long for a {kind}; at most {MOST_BYTES:,} bytes fit")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not text; a {kind} is TOML") from None
