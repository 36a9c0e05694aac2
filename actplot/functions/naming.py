"""What the curves of one picture or table are called, and what distinguishes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from actplot.activations.declaration import DECLARATIONS
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.parametrised import axis_words
from actplot.words.languages import say
from actplot.words.symbols import pretty

LEAST_SWEEP = 3  # values; two curves are told apart by name and colour as any two
MOST_NAMED = 12  # functions; no title has room for more


def swept_parameter(activations: Sequence[Activation]) -> str | None:
    """Return the one parameter in which activations of one name differ, or None where that isn't all."""
    if len(activations) < LEAST_SWEEP or len({activation.name for activation in activations}) > 1:
        return None
    names = _differing(activations[0], activations)
    return names[0] if len(names) == 1 else None


def swept_places(activations: Sequence[Activation]) -> list[float] | None:
    """Return where the curves of a sweep stand among its values, from 0 for the least to 1; None where it is none."""
    swept = swept_parameter(activations)
    if swept is None:
        return None
    values = [activation.values[swept] for activation in activations]
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return [places[value] / max(len(places) - 1, 1) for value in values]


def labels(activations: Sequence[Activation]) -> list[str]:
    """Return a name for each curve: its title, or in a sweep the value of the parameter."""
    swept = swept_parameter(activations)
    if swept is None:
        return titles(activations)
    return [each.label or setting(pretty(swept), f"{each.values[swept]:g}") for each in activations]


def titles(activations: Sequence[Activation]) -> list[str]:
    """Return the titles, each with the parameters that are not at their defaults or tell it from its namesakes."""
    shown = []
    for activation in activations:
        named = set() if activation.label else {*activation.changed, *_differing(activation, activations)}
        given = ", ".join(
            setting(pretty(key), f"{activation.values[key]:g}") for key in activation.values if key in named
        )
        shown.append(activation.titled(f"{activation.declaration.title} ({given})") if named else activation.title)
    return shown


def headings(activations: Sequence[Activation]) -> list[str]:
    """Return names for all curves together, the fullest first, of which one is taken that fits.

    ``ReLU, ELU and SELU``, ``ReLU, ELU and 6 more``; of a sweep ``ELU, α from 0.2 to 1``.
    """
    swept = swept_parameter(activations)
    if swept is not None:
        title, values = activations[0].declaration.title, [activation.values[swept] for activation in activations]
        ends = say().sweep.format(title=title, parameter=pretty(swept), low=f"{min(values):g}", high=f"{max(values):g}")
        return [ends, title] if all(map(math.isfinite, values)) else [title]
    every = list(dict.fromkeys(titles(activations)))
    fewer = range(min(len(every) - 2, MOST_NAMED), 0, -1)
    return [listed(every), *(_and_more(every, count) for count in fewer)]


def _and_more(names: Sequence[str], count: int) -> str:
    return say().more.format(names=", ".join(names[:count]), count=len(names) - count)


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: ``f, f′ and f″``."""
    return say().listed.format(first=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else words[0]


def labelled(activations: Sequence[Activation], given: Sequence[str]) -> list[Activation]:
    """Return the activations under the names that they are given, one for each; as they are where none is.

    Raises
    ------
    UsageError
        For more or fewer names than activations.

    """
    if given and len(given) != len(activations):
        names, curves = (_count(len(each), what) for each, what in ((given, "label"), (activations, "curve")))
        raise UsageError(f"--label: {names} for {curves}; give one for each, in their order")
    if not given:
        return list(activations)
    return [replace(activation, label=label) for activation, label in zip(activations, given, strict=True)]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def axis(activations: Sequence[Activation]) -> str:
    """Return what x is for all of them; where that differs, in general for a function or for each in turn."""
    shown = dict.fromkeys(activation.axis for activation in activations)
    declared = {activation.name: activation.declaration for activation in activations}
    if len(shown) > 1 and len(declared) == 1:
        (declaration,) = declared.values()
        return axis_words(list(declaration.axis.values())[-1], {key: pretty(key) for key in declaration.parameters})
    return either(sorted(shown, key=len))


def either(words: Sequence[str]) -> str:
    """Return words of which each may hold: ``x or x₁ − x₂``."""
    return reduce(lambda first, last: say().either.format(first=first, last=last), words)


def names(activations: Sequence[Activation]) -> list[str]:
    """Return the canonical names, as they are typed with parameters where several have the same, ``elu:alpha=0.5``; or
    the labels.
    """
    shown = []
    for activation in activations:
        values = {key: activation.values[key] for key in _differing(activation, activations)}
        given = ",".join(f"{key}={value!r}".removesuffix(".0") for key, value in values.items() if math.isfinite(value))
        typed = f"{activation.name}:{given}" if given else activation.name
        shown.append(activation.label or (typed if activation.dtype == "float64" else f"{typed} in {activation.dtype}"))
    return shown


def setting(name: str, value: str) -> str:
    """Return a parameter with its value as people read it: ``α = 0.5``; a threshold at infinity is off."""
    return say().off.format(name=name) if value == "inf" else f"{name} = {value}"


def standing(activation: Activation) -> dict[str, float]:
    """Return the parameters that stand in the formula as it is shown: by their letter, or by a value that was given."""
    unseen = activation.declaration.defaults.keys() - activation.changed
    return {key: value for key, value in activation.values.items() if key not in unseen}


def primed(activation: Activation, primes: str) -> str:
    """Return the title with primes, behind brackets where it is a formula."""
    if activation.label:
        return f"{activation.label}{primes}"
    plain = activation.declaration.title
    marked = f"({plain}){primes}" if primes and is_typed(activation) else f"{plain}{primes}"
    return activation.title.replace(plain, marked, 1)


def is_typed(activation: Activation) -> bool:
    """Return whether an activation is a formula that someone typed, not one of the catalogue."""
    return DECLARATIONS.get(activation.name) is not activation.declaration


def _differing(activation: Activation, activations: Sequence[Activation]) -> list[str]:
    """Return the parameters in which activations of the same name differ, but for what follows from the others."""
    namesakes = [each for each in activations if each.name == activation.name]
    given = {key for each in namesakes for key in each.changed}
    free = [key for key in activation.values if key in given or key not in activation.declaration.defaults]
    return [key for key in free if len({each.values.get(key) for each in namesakes}) > 1]
