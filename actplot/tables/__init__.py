"""Value tables: functions over points to text, a format a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from actplot.tables.csv import csv_text
from actplot.tables.json import json_text
from actplot.tables.markdown import markdown_text
from actplot.tables.rows import Sampled
from actplot.tables.sentences import sentences_text
from actplot.tables.tex import tex_text


class Stream(Protocol):
    """A format."""

    def __call__(self, tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> Iterator[str]:
        """Return the text piece by piece, the last line ended."""


class Writer(Protocol):
    """A format, for tables that are short."""

    def __call__(self, tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> str:
        """Return the whole text."""


STREAMS: Mapping[str, Stream] = {
    "csv": csv_text,
    "json": json_text,
    "md": markdown_text,
    "tex": tex_text,
    "text": sentences_text,
}


def _whole(stream: Stream) -> Writer:
    def write(tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> str:
        return "".join(stream(tables, derivative, title))

    return write


WRITERS: Mapping[str, Writer] = {name: _whole(stream) for name, stream in STREAMS.items()}

__all__ = ["STREAMS", "WRITERS", "Stream", "Writer"]
