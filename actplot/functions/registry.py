"""Find activations by name, in any spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache

import actplot.activations  # noqa: F401  (fills the catalogue)
from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.words.quoting import shorten


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


def is_name(text: str) -> bool:
    """Say whether a text is the name of an activation, in any spelling."""
    return normalise(text) in _index()


def find(name: str) -> Declaration:
    """Return the declaration of a name in any spelling.

    Raises
    ------
    UsageError
        Where there is none; the message suggests the nearest names.

    """
    return look_up(name)[0]


def look_up(name: str, also: Iterable[str] = ()) -> tuple[Declaration, Mapping[str, float]]:
    """Return the declaration of a name and the parameters that the name stands for.

    ``also`` holds other words (the commands) that a mistyped name may have meant.

    Raises
    ------
    UsageError
        Where there is none; the message suggests the nearest names.

    """
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
    declaration, preset = look_up(name)
    return bind(declaration, {**preset, **parameters})


def suggestion(name: str, also: Iterable[str] = ()) -> str | None:
    """Return ``did you mean …?`` for a mistyped name, or None where nothing is near."""
    if len(name) > 60:
        return None
    spellings = {normalise(word): word for word in (*also, *_aliases(), *DECLARATIONS)}
    near = difflib.get_close_matches(normalise(name), spellings, n=1, cutoff=0.7)
    return f"did you mean '{spellings[near[0]]}'?" if near else None


def _aliases() -> list[str]:
    return [alias for declaration in DECLARATIONS.values() for alias in declaration.aliases]
