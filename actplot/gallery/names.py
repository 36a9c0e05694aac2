"""File names: what an activation's files are called, whatever its formula or parameters hold."""

from __future__ import annotations

import hashlib
import re
from typing import TypeAlias

from actplot.activations.pairs import Pair
from actplot.functions.activation import Activation
from actplot.words.numbers import exact

LONGEST = 110  # bytes, which leaves room for a suffix in 120
MARK = 10  # hexadecimal digits that tell names apart which were cut or changed

# Letters in one case: to some file systems Relu and relu are the same. No dot or dash leads, no dots are joined.
_PLAIN = re.compile(r"[a-z0-9_](?:\.?[a-z0-9_=-])*")
_TAKEN = frozenset({"readme", "index"})


Shown: TypeAlias = Activation | Pair  # what a gallery has a picture of


def stem(activation: Shown) -> str:
    """Return the name of an activation's files without their suffix: ``relu``, ``elu-alpha=0.5``.

    What a gallery chooses to show for a bare name has that name.
    A name that can't be a file's as it is has its odd characters replaced, and ends in a mark made from all of it,
    so that no two activations share a file. It depends on the activation alone.
    """
    if isinstance(activation, Pair):
        return activation.name
    shown, changed = activation.declaration.shown, activation.changed
    given = {
        key: value
        for key, value in activation.values.items()
        if (value != shown[key] if key in shown else key in changed)
    }
    text = activation.name + "".join(f"-{key}={exact(value).removesuffix('.0')}" for key, value in given.items())
    if len(text) <= LONGEST and _PLAIN.fullmatch(text) and text not in _TAKEN:
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:MARK]
    legible = re.sub(r"[^A-Za-z0-9_=]+", "-", text).strip("-")[: LONGEST - MARK - 1].rstrip("-")
    return f"{legible}-{mark}" if legible else mark
