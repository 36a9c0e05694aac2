"""The command line's texts to what the gallery needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import pairwise

from actplot.activations.pairs import FAMILY, PAIRS
from actplot.errors import UsageError
from actplot.figures import FORMATS as FIGURES
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.pairs import find_pair, matching_pairs
from actplot.functions.reading import parse_sweep
from actplot.functions.registry import families, get, is_pattern, matching, names, normalise
from actplot.gallery.names import Shown, stem
from actplot.words.quoting import parse_number, shorten

MAX_JOBS = 256
FORMATS = (*FIGURES, "csv", "json", "md", "tex")


def select(specs: Sequence[str], only: Sequence[str] = ()) -> list[Shown]:
    """Return the activations to export, each once: all of them unless some are named.

    Parameters
    ----------
    specs
        Names, formulas and sweeps, as everywhere on the command line.
    only
        Names, families and patterns such as ``hard_*``, split by commas.

    Raises
    ------
    UsageError
        For whatever names nothing.

    """
    wanted = [part.strip() for text in only for part in text.split(",") if part.strip()]
    if only and not wanted:
        raise UsageError("--only names no activation; write --only relu,gelu")
    chosen = [activation for part in wanted for activation in _expand(part)] + _read(specs)
    if not wanted and not specs:
        chosen = [*_named(names()), *PAIRS.values()]
    return list({stem(activation): activation for activation in chosen}.values())


def _expand(part: str) -> list[Shown]:
    """Return what one part of ``--only`` stands for."""
    found = [*_named(matching(part)), *(PAIRS[name] for name in matching_pairs(part))]
    if not found and is_pattern(part):
        raise UsageError(f"--only: no activation matches '{shorten(part)}'; 'actplot list' shows them all")
    return found or _read([part], [*families(), FAMILY])


def _named(chosen: Iterable[str]) -> list[Shown]:
    return [_telling(get(name)) for name in chosen]


def _read(specs: Sequence[str], also: Iterable[str] = ()) -> list[Shown]:
    """Read specs; what was typed is what is drawn, and only a bare name leaves the values to the gallery."""
    read: list[Shown] = []
    for before, spec in pairwise(("", *specs)):
        if (pair := find_pair([spec])) is not None:
            read.append(pair)
            continue
        for activation in parse_sweep(spec, also, before):
            declaration = activation.declaration
            bare = normalise(spec) in map(normalise, (declaration.name, *declaration.aliases))
            read.append(_telling(activation) if bare else activation)
    return read


def _telling(activation: Activation) -> Activation:
    """Return the activation with the values that show what is particular to it."""
    shown = activation.declaration.shown
    return bind(activation.declaration, shown, activation.notes) if shown and not activation.changed else activation


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
