"""The function that a user named: imported, and made with what the user said."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from actplot.errors import UsageError, WorldError
from actplot.implementations.watching import PASSING, in_this_folder
from actplot.words.quoting import parse_number, shorten

_TARGET = re.compile(r"(?P<module>[A-Za-z_][\w.]*|.+\.py):(?P<name>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*)")
_WORDS = {"true": True, "false": False, "none": None}


@dataclass(frozen=True)
class Target:
    """A function that others wrote.

    ``spec`` is how it was named, ``path`` its dotted path without the colon, which frameworks' spellings are known by.
    """

    spec: str
    function: Callable[..., Any]
    made_with: Mapping[str, Any] = field(hash=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Have it imported again, once, where it is sent: functions made with arguments can't be sent themselves."""
        return _again, (self.spec, tuple(self.made_with.items()))

    @property
    def module(self) -> str:
        """The module, or the path of its file."""
        return self.spec.rpartition(":")[0]

    @property
    def path(self) -> str:
        """The dotted path with the arguments: ``torch.nn.functional.gelu(approximate='tanh')``."""
        given = ", ".join(f"{key}={value!r}" for key, value in self.made_with.items())
        return self.spec.replace(":", ".") + (f"({given})" if given else "")


def is_target(spec: str) -> bool:
    """Say whether a text names a function in a module or a file: ``numpy:tanh``, ``act.py:relu``."""
    return _TARGET.fullmatch(spec) is not None


def read_arguments(texts: Sequence[str]) -> dict[str, Any]:
    """Return the arguments of ``--with``: numbers, true, false, none, and words.

    Raises
    ------
    UsageError
        For what is not ``NAME=VALUE``.

    """
    given: dict[str, Any] = {}
    for part in (part.strip() for text in texts for part in text.split(",")):
        key, equals, text = (piece.strip() for piece in part.partition("="))
        if not equals or not key.isidentifier() or not text:
            raise UsageError(f"--with: '{shorten(part)}' is not NAME=VALUE; write --with approximate=tanh")
        number = parse_number(text)
        whole = number is not None and re.fullmatch(r"[+-]?\d+", text)
        given[key] = int(text) if whole else _WORDS.get(text.lower(), text) if number is None else number
    return given


def load(spec: str, arguments: Mapping[str, Any]) -> Target:
    """Import what was named; a class is made with the arguments, a function is called with them.

    Raises
    ------
    UsageError
        Where the name does not fit, or the thing is no function.
    WorldError
        Where its module can't be imported; the last line of its own error says why.

    """
    match = _TARGET.fullmatch(spec)
    if match is None:
        raise UsageError(f"'{shorten(spec)}' is not MODULE:FUNCTION; write numpy:tanh or act.py:relu")
    found: Any = _module(match["module"])
    walked = match["module"]
    for part in match["name"].split("."):
        if not hasattr(found, part):
            raise UsageError(f"{shorten(walked)} has no '{shorten(part)}'; {_near(found, part)}")
        found, walked = getattr(found, part), f"{walked}.{part}"
    if inspect.isclass(found):
        try:
            with in_this_folder():
                found = found(**arguments)
        except Exception as problem:
            raise UsageError(f"{shorten(spec)} can't be made: {said(problem)}; --with gives arguments") from None
        return Target(spec, _callable(found, spec), arguments)
    made = _callable(found, spec)
    return Target(spec, (lambda x: made(x, **arguments)) if arguments else made, arguments)


@lru_cache
def _again(spec: str, arguments: tuple[tuple[str, Any], ...]) -> Target:
    return load(spec, dict(arguments))


def _callable(found: Any, spec: str) -> Callable[..., Any]:
    if not callable(found):
        raise UsageError(
            f"{shorten(spec)} is {type(found).__name__}, which can't be called; name a function or a class"
        )
    made: Callable[..., Any] = found
    return made


def _near(found: Any, part: str) -> str:
    from actplot.words.quoting import did_you_mean, nearest_words

    names = [name for name in dir(found) if not name.startswith("_")]
    return did_you_mean(nearest_words(part, names)) or "name what is in it"


def _module(name: str) -> Any:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)  # as for python -m
    try:
        with in_this_folder(), redirect_stdout(sys.stderr):  # standard output is for what is measured
            return _from_file(Path(name)) if name.endswith(".py") else importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name and (name == problem.name or name.startswith(f"{problem.name}.")):
            root = name.partition(".")[0]
            raise WorldError(
                f"there is no module {shorten(problem.name)} here; install {root}, or look at its name"
            ) from None
        raise WorldError(f"{shorten(name)} can't be imported: {said(problem)}") from None
    except PASSING:
        raise
    except BaseException as problem:
        raise WorldError(f"{shorten(name)} can't be imported: {said(problem)}") from None


def _from_file(path: Path) -> Any:
    if not path.is_file():
        raise WorldError(f"there is no file {path}; name a file of Python code")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise WorldError(f"{path} can't be imported; name a file of Python code")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    spec.loader.exec_module(module)
    return module


def said(problem: BaseException) -> str:
    """Return the last line of an error, as Python prints it."""
    lines = str(problem).strip().splitlines()
    return shorten(f"{type(problem).__name__}: {lines[-1]}" if lines else type(problem).__name__, 200)
