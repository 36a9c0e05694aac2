"""Find activations by name, in any spelling, with parameters."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from functools import cache

import actplot.activations  # noqa: F401  (fills the catalogue)
from actplot.activation import Activation, bind
from actplot.declaration import DECLARATIONS, Declaration
from actplot.errors import UsageError


def names() -> list[str]:
    """Return the canonical names of all activations, in the order of the catalogue."""
    return list(DECLARATIONS)


def normalise(name: str) -> str:
    """Return the spelling under which a name is looked up: lower case, its words joined by nothing."""
    return "".join(c for c in name.casefold() if c not in "_- \t")


@cache
def _index() -> dict[str, tuple[Declaration, Mapping[str, float]]]:
    index: dict[str, tuple[Declaration, Mapping[str, float]]] = {}
    for declaration in DECLARATIONS.values():
        for name, preset in {declaration.name: {}, **declaration.aliases}.items():
            if index.setdefault(normalise(name), (declaration, preset))[0] is not declaration:
                raise ValueError(f"two activations claim the name {name}")
    return index


def find(name: str) -> Declaration:
    """Return the declaration of a name in any spelling.

    Raises
    ------
    UsageError
        Where there is none; the message suggests the nearest names.

    """
    return _look_up(name)[0]


def _look_up(name: str, also: Iterable[str] = ()) -> tuple[Declaration, Mapping[str, float]]:
    found = _index().get(normalise(name))
    if found is None:
        hint = suggestion(name, also) or "'actplot list' shows them all"
        raise UsageError(f"no activation named '{shorten(name)}'; {hint}")
    return found


def get(name: str, /, **parameters: float) -> Activation:
    """Return an activation by name, ready to call: ``y, dy = get("leaky_relu", alpha=0.2)(x)``.

    Raises
    ------
    UsageError
        For an unknown name or parameter, or a value outside its bounds.

    """
    declaration, preset = _look_up(name)
    return bind(declaration, {**preset, **parameters})


def parse_spec(spec: str, also: Iterable[str] = ()) -> Activation:
    """Read ``NAME`` or ``NAME:PARAM=VALUE,PARAM=VALUE``.

    ``also`` holds other words (the commands) that a mistyped name may have meant.
    """
    name, colon, assignments = spec.partition(":")
    declaration, preset = _look_up(name, also)
    if colon and not assignments.strip():
        raise UsageError(f"nothing follows the colon in '{shorten(spec)}'; write {name}:PARAM=VALUE or just {name}")
    given = parse_parameters(assignments, declaration.name) if colon else {}
    return bind(declaration, {**preset, **given})


def parse_parameters(text: str, owner: str) -> dict[str, float]:
    """Read ``PARAM=VALUE,PARAM=VALUE``."""
    given: dict[str, float] = {}
    for assignment in text.split(","):
        key, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals or not key or not value:
            raise UsageError(f"'{shorten(assignment)}' is not PARAM=VALUE; write {owner}:PARAM=VALUE,PARAM=VALUE")
        if key in given:
            raise UsageError(f"{owner}: parameter '{shorten(key)}' is given twice; give it once")
        number = parse_number(value)
        if number is None or math.isnan(number):
            raise UsageError(f"{owner}: {shorten(key)}={shorten(value)} is not a number")
        given[key] = number
    return given


def parse_number(text: str) -> float | None:
    """Read a float as ``float()`` does, but without its underscores; None where it is not one."""
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def suggestion(name: str, also: Iterable[str] = ()) -> str | None:
    """Return ``did you mean …?`` for a mistyped name, or None where nothing is near."""
    if len(name) > 60:
        return None
    spellings = {normalise(word): word for word in (*also, *_aliases(), *DECLARATIONS)}
    near = difflib.get_close_matches(normalise(name), spellings, n=1, cutoff=0.7)
    return f"did you mean '{spellings[near[0]]}'?" if near else None


def _aliases() -> list[str]:
    return [alias for declaration in DECLARATIONS.values() for alias in declaration.aliases]


def shorten(text: str, limit: int = 60) -> str:
    """Return the text on one line, cut where it is too long for a message."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return line if len(line) <= limit else line[: limit - 1] + "…"
