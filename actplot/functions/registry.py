"""Find activations by name, in any spelling, ours or a framework's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

import actplot.activations  # noqa: F401  (fills the catalogue)
from actplot.activations.declaration import DECLARATIONS, OWN, Declaration
from actplot.activations.elsewhere import ELSEWHERE
from actplot.activations.signatures import Signature, WordError
from actplot.errors import UsageError
from actplot.formula.callees import ArgumentError, Given
from actplot.formula.modules import split_path
from actplot.formula.nodes import Node
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.spellings import Spelling, elsewhere, spellings
from actplot.words.quoting import did_you_mean, nearest_words, shorten
from actplot.words.quoting import normalise as normalise


def names() -> list[str]:
    """Return the canonical names of all activations, in the order of the catalogue."""
    return list(DECLARATIONS)


def own_names() -> list[str]:
    """Return the names of the functions that are in no catalogue."""
    return [declaration.name for declaration in DECLARATIONS.values() if declaration.family == OWN]


def families() -> list[str]:
    """Return the families of the catalogue, and last that of one's own functions where there are any."""
    return list(dict.fromkeys(declaration.family for declaration in DECLARATIONS.values()))


@cache
def _index() -> dict[str, tuple[Declaration, Mapping[str, float]]]:
    index: dict[str, tuple[Declaration, Mapping[str, float]]] = {}
    for declaration in DECLARATIONS.values():
        for name, preset in {declaration.name: {}, **declaration.aliases}.items():
            if index.setdefault(normalise(name), (declaration, preset))[0] is not declaration:
                raise ValueError(f"two activations claim the name {name}")
    return index


def forget_names() -> None:
    """Find names anew: functions have been added, or taken away."""
    _index.cache_clear()


def is_pattern(part: str) -> bool:
    """Say whether a word stands for all names that are like it: ``hard_*``."""
    return any(sign in part for sign in "*?[")


def matching(part: str) -> list[str]:
    """Return the names that a family or a pattern such as ``hard_*`` stands for; none for anything else.

    A pattern that no name matches is matched with the other names.
    """
    family = next((family for family in families() if normalise(family) == normalise(part)), None)
    if family is not None:
        return [name for name, declaration in DECLARATIONS.items() if declaration.family == family]
    if not is_pattern(part):
        return []
    pattern = part.casefold()
    found = [name for name in DECLARATIONS if fnmatchcase(name, pattern)]
    return found or [
        name
        for name, declaration in DECLARATIONS.items()
        if any(fnmatchcase(alias, pattern) for alias in declaration.aliases)
    ]


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


class Found(NamedTuple):
    """What a name and its arguments come to: values that the name stands for, values that are given, and a note."""

    declaration: Declaration
    preset: Mapping[str, float]
    given: Mapping[str, Node]
    note: str = ""


def look_up(name: str, also: Iterable[str] = ()) -> tuple[Declaration, Mapping[str, float]]:
    """Return the declaration of a name and the parameters that the name stands for.

    ``also`` holds other words (the commands) that a mistyped name may have meant.

    Raises
    ------
    UsageError
        Where there is none; the message says what to type instead, or suggests the nearest names.

    """
    found = _index().get(normalise(name))
    if found is None:
        raise _unknown(name, also, "activation")
    return found


def resolve(
    path: str,
    positional: Sequence[Given] = (),
    named: Mapping[str, Given] | None = None,
    kind: str = "activation",
    also: Iterable[str] = (),
) -> Found:
    """Return the function of a name with the arguments that it is made with: ``nn.LeakyReLU``, ``(0.2,)``.

    A name behind a framework's module has that framework's defaults, others have ours.

    Raises
    ------
    UsageError
        For an unknown name, which is an activation or another ``kind`` of thing, and for arguments that do not fit.

    """
    framework, name = split_path(path)
    problem: UsageError | None = None
    for declaration, signature, spelling in _candidates(framework, name, bool(positional)):
        try:
            given = signature.bound(path, declaration.key, positional, named or {})
        except ArgumentError as error:
            wanted = isinstance(error, WordError) and error.argument in (named or {})
            problem = error if problem is None or wanted else problem
            continue
        known = spelling.preset if spelling else _index().get(normalise(name), (declaration, {}))[1]
        preset = {key: value for key, value in known.items() if key not in given}
        note = elsewhere(path, declaration, preset, given, spelling)
        return Found(declaration, preset, given, note)
    raise problem or _unknown(name, also, kind)


def _candidates(
    framework: str, name: str, positional: bool
) -> Iterator[tuple[Declaration, Signature, Spelling | None]]:
    """Yield what a name may mean; a spelling of a framework's brings its defaults along where that was named.

    A name that is ours means another function only by a word, or by an argument that is given by name.
    """
    for spelling in spellings(name, framework) if framework else ():
        yield spelling.declaration, spelling.signature, spelling
    own = _index().get(normalise(name))
    if own and name in (own[0].name, *own[0].aliases):
        yield own[0], own[0].signature, None
    for spelling in sorted(spellings(name), key=lambda each: own is None or each.declaration is not own[0]):
        if own is None or spelling.declaration is own[0] or spelling.signature.has_words or not positional:
            yield spelling.declaration, spelling.signature, None
    if own:
        yield own[0], own[0].signature, None


def _unknown(name: str, also: Iterable[str], kind: str) -> UsageError:
    known = {normalise(word): told for word, told in ELSEWHERE.items()}
    if (told := known.get(normalise(name))) is not None:
        return UsageError(f"{name.strip()} {told}")
    hint = suggestion(name, also) or ("'actplot list' shows them all" if kind == "activation" else "")
    opening = "no activation named" if kind == "activation" else f"there is no {kind}"
    return UsageError(f"{opening} '{shorten(name)}'" + (f"; {hint}" if hint else ""))


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
    """Return ``did you mean …?`` for a name mistyped by a letter or two, or None where nothing is as near."""
    spelled = {normalise(word): word for word in (*also, *_aliases(), *DECLARATIONS)}
    return did_you_mean(spelled[word] for word in nearest_words(normalise(name), spelled))


def _aliases() -> list[str]:
    return [alias for declaration in DECLARATIONS.values() for alias in declaration.aliases]
