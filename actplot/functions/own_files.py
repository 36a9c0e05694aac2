"""Files of functions of one's own, in TOML: where they are, and what they declare.

A table a function, by its name::

    [my_act]
    formula = "x*sigmoid(beta*x)"
    parameters = { beta = 1.5 }

``title``, ``source``, ``sentence``, ``range``, ``aliases`` and ``bounds`` may follow, and ``gradient``, a formula: what
training takes for the derivative, where that is another. Nothing in such a file is run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from actplot.console.toml_files import line_of, read_toml
from actplot.errors import ActplotError, UsageError
from actplot.words.quoting import shorten

PROJECT = "actplot.toml"  # in the current folder, or the nearest above it that has one
USER = "functions.toml"  # in the folder of the user's configuration
VARIABLE = "ACTPLOT_FUNCTIONS"
MOST_FUNCTIONS = 1000
_TEXTS = ("formula", "title", "source", "sentence", "gradient")
_LISTS = ("aliases", "bounds")
_KEYS = (*_TEXTS, *_LISTS, "range", "parameters")


def found_files(folder: Path, configuration: Path | None) -> list[Path]:
    """Return the files of functions that nobody has to name, from the farthest to the nearest."""
    found = [configuration / USER] if configuration and (configuration / USER).exists() else []
    found += [path for parent in [folder, *folder.parents] if (path := parent / PROJECT).exists()][:1]
    return [*found, *(Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name)]


def load(named: Sequence[str], configuration: Path | None = None, reserved: Sequence[str] = ()) -> None:
    """Make known what files declare: those that are found, then those that are named, of which the last one counts.

    Functions that an earlier call made known are forgotten. No function may have a ``reserved`` name, as commands do.

    Raises
    ------
    WorldError
        For a file that can't be read.
    UsageError
        For one that says what can't be; it names the line.

    """
    paths = [*found_files(_here(), configuration), *map(Path, named)]
    if not (paths or _loaded):
        return
    from actplot.functions import own

    own.forget(_loaded)
    _loaded.clear()
    for path in dict.fromkeys(paths):
        for name, line, said in _tables(path):
            if name in reserved:
                raise UsageError(f"{path}, line {line}: {name} is a command; choose another name")
            own.forget({name} & set(_loaded))
            try:
                declared = own.declare(name, said.pop("formula"), said, said.pop("parameters", {}))
            except UsageError as problem:
                raise UsageError(f"{path}, line {line}: {problem}") from None
            own.add([declared])
            _loaded.append(name)


_loaded: list[str] = []


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:  # a folder that is gone holds no files
        return Path(os.sep)


def _tables(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield the name of each function of a file, the line it begins in, and what is said about it."""
    try:
        text, content = read_toml(path, "file of functions", "name a file of functions")
    except ActplotError:
        raise
    except ValueError:
        raise UsageError("--functions: there can be no file of that name") from None
    if len(content) > MOST_FUNCTIONS:
        raise UsageError(f"{path} has {len(content):,} functions; at most {MOST_FUNCTIONS:,} fit")
    for name, said in content.items():
        if not isinstance(said, Mapping):
            line = line_of(text, re.escape(name) + r"\s*=")
            raise UsageError(f"{path}, line {line}: {shorten(name)} stands in no table; begin one with [NAME]")
        line = line_of(text, rf"\[\s*[\"']?{re.escape(name)}[\"']?\s*[\].]")
        _check(path, text, line, name, said)
        yield name, line, dict(said)


def _check(path: Path, text: str, line: int, name: str, said: Mapping[str, Any]) -> None:
    """Refuse a key that is none, and a value of another kind than its key has."""

    def problem(key: str, words: str) -> UsageError:
        below = text.splitlines()[line:]
        offset = next((n for n, row in enumerate(below, start=1) if re.match(rf"\s*[\"']?{re.escape(key)}\b", row)), 0)
        return UsageError(f"{path}, line {line + offset}: {shorten(name)}: {words}")

    for key, value in said.items():
        if key not in _KEYS:
            raise problem(key, f"there is no key '{shorten(key)}'; there are {', '.join(_KEYS)}")
        if key in _TEXTS and not isinstance(value, str):
            raise problem(key, f"{key} is not a text in quotes")
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            raise problem(key, f'{key} is not a list of texts; write {key} = ["…"]')
        if key == "range" and not (isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))):
            raise problem(key, "range is not two numbers; write range = [-5, 5]")
        if key == "parameters" and not (isinstance(value, Mapping) and all(map(_is_number, value.values()))):
            raise problem(key, "parameters are not numbers by name; write parameters = { alpha = 0.1 }")
    if "formula" not in said:
        raise problem("formula", 'it has no formula; write formula = "…"')


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
