"""The command line's texts to what the gallery needs."""

from __future__ import annotations

import os
from collections.abc import Sequence

from actplot.activation import Activation
from actplot.errors import UsageError
from actplot.figures import FORMATS
from actplot.registry import get, names
from actplot.specs import parse_spec
from actplot.texts import parse_number, shorten

MAX_JOBS = 256


def select(only: Sequence[str]) -> list[Activation]:
    """Return the activations to export: all, or those named (by commas or one option each), each once."""
    if not only:
        return [get(name) for name in names()]
    wanted = [name.strip() for text in only for name in text.split(",") if name.strip()]
    if not wanted:
        raise UsageError("--only names no activation; write --only relu,gelu")
    return list({activation.name: activation for activation in map(parse_spec, wanted)}.values())


def read_formats(text: str) -> tuple[str, ...]:
    """Return the formats of ``png,svg``, each once."""
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    for part in wanted:
        if part not in FORMATS:
            raise UsageError(f"no gallery format named '{shorten(part)}'; choose from {', '.join(FORMATS)}")
    if not wanted:
        raise UsageError(f"--format names no format; choose from {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(wanted))


def read_jobs(text: str | None) -> int:
    """Return how many processes draw: one a core, unless told."""
    if text is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    number = parse_number(text)
    if number is None or not 1 <= number <= MAX_JOBS or number != int(number):
        raise UsageError(f"--jobs: '{shorten(text)}' is not a whole number from 1 to {MAX_JOBS}")
    return int(number)
