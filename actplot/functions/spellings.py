"""The frameworks' names for what is in the catalogue, and where one name is several functions."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import actplot.activations  # noqa: F401  (fills the catalogue)
from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.activations.signatures import Signature
from actplot.errors import UsageError
from actplot.words.quoting import normalise, shorten

_LAYERS = {"torch": "torch.nn.", "keras": "keras.layers.", "keras 2": "tf_keras.layers.", "flax": "flax.linen."}
_FUNCTIONS = {
    "torch": "torch.nn.functional.",
    "keras": "keras.activations.",
    "keras 2": "tf_keras.activations.",
    "tensorflow": "tf.nn.",
    "jax": "jax.nn.",
    "flax": "flax.linen.",
    "paddle": "paddle.nn.functional.",
    "onnx": "ONNX ",
    "mlx": "mlx.nn.",
}


_SHORT = {"pytorch": "torch", "tf": "tensorflow"}


class Spelling(NamedTuple):
    """A framework's name for a function of the catalogue."""

    framework: str
    declaration: Declaration
    signature: Signature

    @property
    def path(self) -> str:
        """The name with the module that it is in: ``torch.nn.ReLU``."""
        name = self.signature.name
        return (_LAYERS if name[0].isupper() else {}).get(self.framework, _FUNCTIONS[self.framework]) + name

    @property
    def text(self) -> str:
        """The same with the arguments that make it this function, where they are not ours by default."""
        ours = self.declaration.parameters
        shown = []
        for argument in self.signature.arguments:
            key = self.declaration.key(argument.name)
            if argument.word is not None:
                shown.append(f"{argument.name}={argument.word!r}")
            elif argument.default is not None and key and argument.default != ours[key]:
                shown.append(f"{argument.name}={argument.default:.10g}")
            elif argument.default is None and key:
                shown.append(f"{argument.name}={ours[key]:.10g}")
        return f"{self.path}({', '.join(shown)})" if shown else self.path

    @property
    def preset(self) -> dict[str, float]:
        """The parameters that are not ours by default."""
        ours = self.declaration.parameters
        preset = self.signature.presets(self.declaration.key)
        return {key: value for key, value in preset.items() if value != ours[key]}

    @property
    def is_plain(self) -> bool:
        """Whether the name alone means this function."""
        key, arguments = self.declaration.key, self.signature.arguments
        return not any(a.word is not None or (a.default is None and key(a.name)) for a in arguments)


@cache
def _by_name() -> Mapping[str, tuple[Spelling, ...]]:
    found: dict[str, list[Spelling]] = {}
    for declaration in DECLARATIONS.values():
        for framework, signatures in declaration.signatures.items():
            for signature in signatures:
                spelling = Spelling(framework, declaration, signature)
                found.setdefault(normalise(signature.name), []).append(spelling)
    return {name: tuple(spellings) for name, spellings in found.items()}


@cache
def frameworks() -> tuple[str, ...]:
    """Return the frameworks that spell some function, in the order of the catalogue."""
    return tuple(dict.fromkeys(key for declaration in DECLARATIONS.values() for key in declaration.frameworks))


def find_framework(name: str) -> str:
    """Return a framework by its name in any spelling.

    Raises
    ------
    UsageError
        Where there is none of that name.

    """
    wanted = normalise(_SHORT.get(normalise(name), name))
    found = next((framework for framework in frameworks() if normalise(framework) == wanted), None)
    if found is None:
        raise UsageError(f"no framework named '{shorten(name)}' is known here; choose one of {', '.join(frameworks())}")
    return found


def spellings(name: str, framework: str = "") -> Iterator[Spelling]:
    """Yield what a name means in a framework, or in all of them; first where it is spelled with the same capitals."""
    known = [each for each in _by_name().get(normalise(name), ()) if framework in ("", each.framework)]
    yield from sorted(known, key=lambda each: each.signature.name != name)


def shown_spellings(declaration: Declaration) -> Mapping[str, tuple[str, ...]]:
    """Return how each framework spells a function, a name once; each can be typed.

    A name that means it with certain numbers only is left out where another means it alone.
    """
    shown: dict[str, tuple[str, ...]] = {}
    for framework, signatures in declaration.signatures.items():
        known = [Spelling(framework, declaration, signature) for signature in signatures]
        plain = [each for each in known if each.is_plain or each.signature.has_words] or known
        shown[framework] = tuple({each.signature.name: each.text for each in reversed(plain)}.values())[::-1]
    return shown


def elsewhere(
    written: str, declaration: Declaration, preset: Mapping[str, float], given: Collection[str], chosen: Spelling | None
) -> str:
    """Return a note where a name means another function in another framework, as far as its arguments leave that open.

    ``chosen`` is the framework's spelling that was taken, or None for a name of ours, which is noted where numbers
    differ and it is not spelled as here.
    """
    is_ours = written in (declaration.name, *declaration.aliases) and not declaration.disputed
    if is_ours or (chosen is not None and not chosen.is_plain):
        return ""
    meant = _standing(declaration, preset, given)
    others, differing = [], set()
    for spelling in spellings(written.rpartition(".")[2]):
        there = spelling.declaration
        if not spelling.is_plain or (chosen is None and there is not declaration):
            continue
        standing = _standing(there, spelling.preset, given)
        keys = {key for key in standing if standing[key] != meant.get(key)} if there is declaration else set()
        if chosen is None:
            keys = {key for key in keys if math.isfinite(meant[key])}
        if keys or there is not declaration:
            others.append(spelling.text)
            differing |= keys
    if not others:
        return ""
    texts = declaration.defaults
    own = (
        f"{key}={texts[key] if key in texts and key not in preset else format(meant[key], 'g')}" for key in differing
    )
    settings = f":{','.join(sorted(own))}" if differing else ""
    listed = ", ".join(dict.fromkeys(others))
    return f"{written} is read as {declaration.name}{settings}; other functions of that name: {listed}"


def _standing(declaration: Declaration, preset: Mapping[str, float], given: Collection[str]) -> dict[str, float]:
    values = {**declaration.parameters, **preset}
    return {key: value for key, value in values.items() if key not in given}
