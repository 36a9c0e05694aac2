"""How frameworks spell a function: its name there, and the arguments that it is made with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from actplot.formula.callees import ArgumentError, Given
from actplot.formula.nodes import Node

KeyOf: TypeAlias = Callable[[str], str | None]  # the parameter that an argument's name stands for, if any

# What a constructor takes besides, and what makes no difference to the function.
FLAGS = frozenset({"inplace", "training"})
WITHOUT_EFFECT = frozenset({"name", "dim", "axis", "dtype", "device", "num_parameters"})
_SPELLING = re.compile(r"\s*(\w+)\s*(?:\(([^)]*)\))?\s*(?::\s*(.*?))?\s*")


class WordError(ArgumentError):
    """A word that another function of the same name wants: ``approximate='tanh'``."""


@dataclass(frozen=True)
class Argument:
    """An argument: with a number by default, with a word that must be given, or a number that must be."""

    name: str
    default: float | None = None
    word: str | bool | None = None


@dataclass(frozen=True)
class Signature:
    """A name, its arguments in order, and the parameters that differ from ours by default without being arguments."""

    name: str
    arguments: tuple[Argument, ...]
    preset: Mapping[str, float]

    @property
    def has_words(self) -> bool:
        """Whether the name means this function only with certain words."""
        return any(argument.word is not None for argument in self.arguments)

    def presets(self, key_of: KeyOf) -> dict[str, float]:
        """Return the values of parameters that are not given."""
        named = {key_of(a.name): a.default for a in self.arguments if a.default is not None}
        return {**{str(key): value for key, value in named.items()}, **self.preset}

    def bound(
        self, called: str, key_of: KeyOf, positional: Sequence[Given], named: Mapping[str, Given]
    ) -> dict[str, Node]:
        """Return the values that arguments give to parameters.

        Raises
        ------
        ArgumentError
            For an argument that does not fit, or lacks.

        """
        if len(positional) > len(self.arguments):
            most = len(self.arguments)
            takes = f"at most {most} {'parameter' if most == 1 else 'parameters'}" if most else "no parameters"
            raise ArgumentError(f"{called}() takes {takes}; write {called}(x), or --at for its values", most)
        given: dict[str, tuple[Given, str | int]] = {}
        for place, (argument, value) in enumerate(zip(self.arguments, positional, strict=False)):
            given[argument.name] = value, place
        for name, value in named.items():
            if name in given:
                raise ArgumentError(f"{called}() is given {name} twice", name)
            given[name] = value, name
        for argument in self.arguments:
            if argument.word is not None and not _same(given.pop(argument.name, (None, 0))[0], argument.word):
                raise WordError(f"{called}() wants {argument.name}={argument.word!r}", argument.name)
        return self._parameters(called, key_of, given)

    def _parameters(self, called: str, key_of: KeyOf, given: Mapping[str, tuple[Given, str | int]]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for name, (value, place) in given.items():
            key = key_of(name)
            if name in FLAGS and not isinstance(value, bool | None):
                raise ArgumentError(f"{called}() takes no parameters; write {called}(x), or --at for its values", place)
            if name in WITHOUT_EFFECT or name in FLAGS or (value is None and key):
                continue
            if key is None:
                known = ", ".join(argument.name for argument in self.arguments if argument.word is None)
                hint = f"it has {known}" if known else "it takes none"
                raise ArgumentError(f"{called}() has no parameter '{name}'; {hint}", place)
            if isinstance(value, str | bool | None):
                raise ArgumentError(f"{called}() takes a number for {name}, not {value!r}", place)
            if key in found:
                raise ArgumentError(f"{called}() is given {key} twice", place)
            found[key] = value
        for argument in self.arguments:
            key, free = key_of(argument.name), argument.default is None and argument.word is None
            if free and key and key not in found:
                raise ArgumentError(f"{called}() needs a value for {argument.name}", argument.name)
        return found


def read_signatures(text: str) -> tuple[Signature, ...]:
    """Return the signatures of ``"LeakyReLU(negative_slope=0.01, inplace)"``; several are split by semicolons."""
    return tuple(map(_signature, text.split(";")))


def own_signature(name: str, parameters: Sequence[str]) -> Signature:
    """Return how a function is made here: any parameter may be left out."""
    return Signature(name, tuple(Argument(key, 0.0) for key in parameters), {})


def _same(value: Given, word: str | bool) -> bool:
    return type(value) is type(word) and value == word


def _signature(text: str) -> Signature:
    found = _SPELLING.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is no signature")
    name, inside, preset = found.groups(default="")
    pairs = (pair.split("=") for pair in preset.split(",") if pair)
    return Signature(
        name,
        tuple(_argument(part.strip()) for part in inside.split(",") if part.strip()),
        {key.strip(): float(value) for key, value in pairs},
    )


def _argument(text: str) -> Argument:
    name, equals, value = text.partition("=")
    if not equals:
        return Argument(name)
    if value in ("True", "False"):
        return Argument(name, word=value == "True")
    return Argument(name, word=value[1:-1]) if value[0] in "'\"" else Argument(name, float(value))
