"""Value tables: functions over points to text, a format a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from actplot.tables.rows import Layout, Sampled


class Stream(Protocol):
    """A format."""

    def __call__(self, tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
        """Return the text piece by piece, the last line ended."""


class Writer(Protocol):
    """A format, for tables that are short."""

    def __call__(self, tables: Sequence[Sampled], layout: Layout) -> str:
        """Return the whole text."""


def _from(module: str, function: str) -> Stream:
    """Return a writer that is imported when it is first called: a run writes one format, or none."""

    def write(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
        stream: Stream = getattr(import_module(f"actplot.tables.{module}"), function)
        return stream(tables, layout)

    return write


STREAMS: Mapping[str, Stream] = {
    "csv": _from("csv", "csv_text"),
    "json": _from("json", "json_text"),
    "md": _from("markdown", "markdown_text"),
    "tex": _from("tex", "tex_text"),
    "text": _from("sentences", "sentences_text"),
}


def _whole(stream: Stream) -> Writer:
    def write(tables: Sequence[Sampled], layout: Layout) -> str:
        return "".join(stream(tables, layout))

    return write


WRITERS: Mapping[str, Writer] = {name: _whole(stream) for name, stream in STREAMS.items()}

__all__ = ["STREAMS", "WRITERS", "Stream", "Writer"]
