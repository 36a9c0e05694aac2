"""What can be written, and what each output of a command line is to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actplot import figures
from actplot.errors import UsageError
from actplot.tables import STREAMS
from actplot.words.quoting import shorten

FORMATS = (*figures.FORMATS, *STREAMS)
# To write these as files would replace the file that standard output goes to.
_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
SUFFIXES = {f".{name}": name for name in FORMATS if name != "text"} | {".txt": "text"}


@dataclass(frozen=True)
class Output:
    """A file to write, or standard output where the path is None, and its format."""

    path: Path | None
    format: str


def plan_outputs(paths: Sequence[str], format_name: str | None) -> tuple[Output, ...]:
    """Decide the format of each output: the suffix says, and ``--format`` where there is none.

    Raises
    ------
    UsageError
        For an unknown format, an output without one, or a format that nothing uses.

    """
    name = format_name.lower() if format_name is not None else None
    name = SUFFIXES.get(f".{name}", name) if name else name
    if name is not None and name not in FORMATS:
        raise UsageError(f"no format named '{shorten(name)}'; choose one of {' '.join(FORMATS)}")
    if not paths:
        return (Output(None, name),) if name else ()
    planned, used = [], False
    for text in paths:
        path = None if text in _STANDARD_OUTPUT else Path(text)
        known = SUFFIXES.get(path.suffix.lower()) if path else None
        used |= known in (None, name)
        if text.endswith("/"):
            raise UsageError(f"'{shorten(text)}' is a folder; name a file in it")
        if not text:
            raise UsageError("--output has an empty file name; name a file such as relu.png")
        if known is None and name is None:
            if path is None:
                raise UsageError(f"--output {text} needs --format; choose one of {' '.join(FORMATS)}")
            raise UsageError(
                f"'{shorten(text)}' {_why_unknown(path.suffix)}; use {' '.join(SUFFIXES)}, or say which with --format"
            )
        planned.append(Output(path, known or str(name)))
    if name is not None and not used:
        raise UsageError(f"nothing is written as {name}: the suffixes decide; add -o - or drop --format")
    places = [_place(output.path) if output.path else None for output in planned]
    if len(set(places)) < len(places):
        raise UsageError("the same output is named twice; name each once")
    return tuple(planned)


def _why_unknown(suffix: str) -> str:
    return f"has the suffix {shorten(suffix)}, which is no format here" if suffix else "has no suffix to say its format"


def _place(path: Path) -> Path:
    """Return where a file is, whatever it is called there."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a folder that is gone, links in a circle: told when it is written
        return path
