"""What stands in the place of a name on the command line: a name or a formula, with parameters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path

from actplot.activations.pairs import HALVES
from actplot.calculus.values import constant
from actplot.errors import UsageError
from actplot.formula.parse import Reference, parse_reference
from actplot.formula.typed import head_length
from actplot.functions.activation import Activation
from actplot.functions.binding import ParameterError, bind
from actplot.functions.registry import is_name, look_up, normalise, resolve
from actplot.words.quoting import parse_number, shorten
from actplot.words.symbols import spelled_out

_ASSIGNMENT = re.compile(r"\s*[A-Za-z]\w*\s*=[\s\d.eE+/,-]*\d[\s\d.eE+/,-]*")  # alpha=2
_COLON = re.compile(r"(?<!\\):")  # \: is a space of LaTeX's
MAX_SWEEP = 64  # curves of one sweep; more can't be told apart


def get(spec: str, /, **parameters: float) -> Activation:
    """Return an activation by name or formula, ready to call: ``y, dy = get("leaky_relu", alpha=0.2)(x)``.

    Parameters may stand in the text as well: ``get("elu:alpha=0.5")``.

    Raises
    ------
    UsageError
        For an unknown name or parameter, a bad formula, or a value outside its bounds.

    """
    if not isinstance(spec, str):
        raise UsageError(f"a function is named by a text, such as 'gelu', not by {type(spec).__name__}")
    head, assignments = _divided(spec)
    if assignments is None:
        _check_is_function(head)
        return _bind(head, parameters, ())
    activation = parse_spec(spec)
    return _bind(head, {**dict(activation.changed), **parameters}, ()) if parameters else activation


def _divided(spec: str) -> tuple[str, str | None]:
    """Return the function, and what follows the colon behind it, if there is one."""
    colon = _COLON.search(spec, head_length(spec))
    return (spec[: colon.start()], spec[colon.end() :]) if colon else (spec, None)


def parse_specs(specs: Iterable[str], also: Iterable[str] = ()) -> list[Activation]:
    """Read several specs, each of which may be a sweep, and return their activations in order."""
    commands, specs = tuple(also), list(specs)
    activations: list[Activation] = []
    before = ""
    for spec in specs:
        try:
            activations += parse_sweep(spec, commands, before)
        except ParameterError as problem:
            raise UsageError(f"{problem}{_owner(problem.parameter, specs)}") from None
        before = spec
    return activations


def _owner(parameter: str, specs: Iterable[str]) -> str:
    """Return which function that is named beside has a parameter which was given to another, if one has."""
    for spec in specs:
        head = _divided(spec)[0].strip()
        if is_name(head) and look_up(head)[0].key(parameter):
            return f", and {head} beside it has {parameter}: write {head}:{parameter}=…"
    return ""


def notes(activations: Iterable[Activation]) -> list[str]:
    """Return what there is to say about how activations were read, each thing once."""
    return list(dict.fromkeys(note for activation in activations for note in activation.notes))


def parse_spec(spec: str, also: Iterable[str] = ()) -> Activation:
    """Read one spec that is not a sweep.

    Raises
    ------
    UsageError
        Where it is none, or a sweep.

    """
    activations = parse_sweep(spec, also)
    if len(activations) > 1 and _halves(spec):
        raise UsageError(f"'{shorten(spec)}' is {' and '.join(a.title for a in activations)}; name one of them here")
    if len(activations) > 1:
        raise UsageError(f"'{shorten(spec)}' is a sweep of {len(activations)} curves; give one value here")
    return activations[0]


def parse_sweep(spec: str, also: Iterable[str] = (), before: str = "") -> list[Activation]:
    """Read ``NAME``, ``NAME:PARAM=VALUE,PARAM=VALUE`` or the sweep ``NAME:PARAM=VALUE/VALUE/VALUE``.

    In the place of the name may stand a formula. ``also`` holds other words (the commands) that a mistyped
    name may have meant, and ``before`` the spec ahead of this one, to which a stray parameter may belong.

    Raises
    ------
    UsageError
        For an unknown name, a bad formula, a parameter that is not one, given twice or out of bounds.

    """
    _check_is_function(spec, before)
    head, assignments = _divided(spec)
    if assignments is not None and not assignments.strip():
        raise UsageError(f"nothing follows the colon in '{shorten(spec)}'; write {shorten(head)}:PARAM=VALUE")
    if assignments is None and (halves := _halves(head)):
        return [_bind(half, {}, also) for half in halves]
    given = {} if assignments is None else _parameters(assignments, shorten(head))
    return [_bind(head, values, also) for values in _combinations(given, head)]


def _halves(text: str) -> tuple[str, ...]:
    """Return the functions that a name stands for together, if it stands for several."""
    wanted = normalise(text)
    return next((halves for name, halves in HALVES.items() if normalise(name) == wanted), ())


def _check_is_function(spec: str, before: str = "") -> None:
    """Refuse what belongs to the function or the option before it, and was set off from it by a space.

    Raises
    ------
    UsageError
        For a number alone, and for a parameter with its value.

    """
    if parse_number(spec) is not None:
        raise UsageError(
            f"'{shorten(spec)}' is a number, not a function; write parameters as leaky_relu:alpha=0.2, "
            "several points as --at 1,2,3"
        )
    if _ASSIGNMENT.fullmatch(spec):
        owner = f"{shorten(before)}{',' if ':' in before else ':'}" if before else "NAME:"
        raise UsageError(f"'{shorten(spec)}' is no function; write a parameter as {owner}{shorten(spec)}")


def _bind(head: str, given: Mapping[str, float], also: Iterable[str]) -> Activation:
    reference = Reference(head.strip(), (), {}) if is_name(head) else parse_reference(head)
    if reference is not None:
        found = resolve(*reference)
        values = {key: constant(tree) for key, tree in found.given.items()}
        named = {found.declaration.key(key) or key for key in given}
        preset = {key: value for key, value in found.preset.items() if key not in named}
        return bind(found.declaration, {**preset, **values, **given}, (found.note,) if found.note else ())
    if not _is_formula(head):
        look_up(head, also)
    from actplot.functions.typed import from_text

    return from_text(head, given)


def _is_formula(text: str) -> bool:
    """Say whether a text that names nothing is meant as a formula rather than mistyped."""
    signs = re.search(r"[^\w\s-]|^\s*\d|[^\x00-\x7f]", text)
    return bool(signs or re.search(r"\b(x|pi)\b", text))


def _combinations(given: dict[str, tuple[float, ...]], head: str) -> list[dict[str, float]]:
    """Return the parameters of each curve of a sweep."""
    swept = [key for key, values in given.items() if len(values) > 1]
    if len(swept) > 1:
        raise UsageError(f"{shorten(head)}: {' and '.join(swept)} can't be swept at once; sweep one parameter")
    fixed = {key: values[0] for key, values in given.items()}
    return [{**fixed, key: value} for key in swept for value in given[key]] or [fixed]


def _parameters(text: str, owner: str) -> dict[str, tuple[float, ...]]:
    given: dict[str, tuple[float, ...]] = {}
    assignments = text.split(",")
    for place, assignment in enumerate(assignments):
        key, equals, values = (part.strip() for part in assignment.partition("="))
        if given and not equals and parse_number(key) is not None:
            first, swept = list(given.items())[-1]
            more = takewhile(lambda part: parse_number(part) is not None, assignments[place:])
            several = shorten("/".join([*(f"{value:g}" for value in swept), *map(str.strip, more)]))
            raise UsageError(f"{owner}: several values of {first} are split by slashes: {owner}:{first}={several}")
        if not equals or not key or not values:
            _check_is_no_code(owner, assignment)
            raise UsageError(f"'{shorten(assignment)}' is not PARAM=VALUE; write {owner}:PARAM=VALUE,PARAM=VALUE")
        key = spelled_out(key)
        if key in given:
            raise UsageError(f"{owner}: parameter '{shorten(key)}' is given twice; give it once")
        given[key] = tuple(_value(value.strip(), key, owner) for value in values.split("/", MAX_SWEEP))
    return given


def _check_is_no_code(owner: str, name: str) -> None:
    """Refuse ``folder/module:function``: Python code is for check, which knows modules by name and files by path."""
    file = Path(owner if owner.endswith(".py") else f"{owner}.py")
    if name.isidentifier() and file.is_file():
        raise UsageError(f"'{shorten(f'{owner}:{name}')}' is Python code; write actplot check {file}:{name}")


def _value(text: str, key: str, owner: str) -> float:
    number = parse_number(text)
    if number is None or math.isnan(number):
        hint = f"; a sweep has at most {MAX_SWEEP} values" if "/" in text else ""
        raise UsageError(f"{owner}: {shorten(key)}={shorten(text)} is not a number{hint}")
    return number
