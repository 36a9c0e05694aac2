"""How weights and biases are drawn at first: the rules of ``--init``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.moments.critical import critical
from actplot.moments.gaussian import Means
from actplot.words.numbers import rounded
from actplot.words.quoting import parse_number, shorten

if TYPE_CHECKING:
    from actplot.arrays import Array

Variances = Callable[[int, int], tuple[float, float]]


@dataclass(frozen=True)
class Scheme:
    """How a network begins.

    Attributes
    ----------
    words
        What it is called.
    variances
        Gives the variances of a weight and of a bias, for so many inputs and outputs.
    start
        The variance of the first pre-activations, at which the rule is meant to hold.
    uniform, orthogonal
        Whether weights are uniform rather than normal, and whether recurrent ones are a rotation.

    """

    words: str
    variances: Variances
    start: float = 1.0
    uniform: bool = False
    orthogonal: bool = False

    def draw(self, source: np.random.Generator, inputs: int, outputs: int, *, recurrent: bool = False) -> Array:
        """Return a matrix of weights of shape (inputs, outputs)."""
        if recurrent and self.orthogonal:
            parts = [np.linalg.qr(source.standard_normal((inputs, inputs))) for _ in range(outputs // inputs)]
            return np.concatenate([q * np.sign(np.diag(r)) for q, r in parts], axis=1)
        return self._spread(source, (inputs, outputs), self.variances(inputs, outputs)[0])

    def draw_bias(self, source: np.random.Generator, inputs: int, outputs: int) -> Array:
        """Return a bias for each output."""
        return self._spread(source, (outputs,), self.variances(inputs, outputs)[1])

    def _spread(self, source: np.random.Generator, shape: tuple[int, ...], variance: float) -> Array:
        if self.uniform:
            return source.uniform(-1.0, 1.0, shape) * math.sqrt(3 * variance)
        return source.standard_normal(shape) * math.sqrt(variance)


def _torch(inputs: int, outputs: int) -> tuple[float, float]:
    return 1 / (3 * inputs), 1 / (3 * inputs)


_FIXED: Mapping[str, Scheme] = {
    "he": Scheme("He's init", lambda inputs, outputs: (2 / inputs, 0.0)),
    "xavier": Scheme("Xavier's init", lambda inputs, outputs: (2 / (inputs + outputs), 0.0)),
    "lecun": Scheme("LeCun's init", lambda inputs, outputs: (1 / inputs, 0.0)),
    "torch": Scheme("torch's default init", _torch, uniform=True),
    "keras": Scheme(
        "Keras's default init",
        lambda inputs, outputs: (2 / (inputs + outputs), 0.0),
        uniform=True,
        orthogonal=True,
    ),
    "normal": Scheme("weights from N(0, 1)", lambda inputs, outputs: (1.0, 0.0)),
}
NAMES = (*_FIXED, "gain", "critical")


def scheme(text: str, activation: Activation) -> Scheme:
    """Return the rule of a name, or of two variances ``W,B``: of a weight times the number of inputs, and of a bias.

    Raises
    ------
    UsageError
        For what is neither, and where the function has no such rule.

    """
    name = text.strip().lower()
    if name in _FIXED:
        return _FIXED[name]
    if name == "gain":
        square = Means(activation).at(1.0).square
        if not 0.0 < square < math.inf:
            raise UsageError(
                f"{activation.title} has no gain: {Means(activation).lacks(0) or 'it is 0'}; name an --init"
            )
        return _scaled(f"the gain {rounded(1 / math.sqrt(square), 4)}", 1 / square, 0.0)
    if name == "critical":
        means = Means(activation)
        known = None if (why := means.lacks(0) or means.lacks(1)) else critical(means)
        if known is None:
            raise UsageError(
                f"{activation.title} has no critical init ({why or 'biases would be imaginary'}); use gain"
            )
        return _scaled("its critical init", known.weight, known.bias, known.q)
    numbers = [parse_number(part) for part in text.split(",")]
    if len(numbers) == 2 and all(number is not None and 0.0 <= number < 1e6 for number in numbers):
        weight, bias = (float(number or 0.0) for number in numbers)
        return _scaled(f"σ_w² = {rounded(weight)}, σ_b² = {rounded(bias)}", weight, bias)
    near = get_close_matches(name, NAMES, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(NAMES)}, or give W,B"
    raise UsageError(f"--init: no rule named '{shorten(text)}'; {hint}")


def _scaled(words: str, weight: float, bias: float, start: float = 1.0) -> Scheme:
    return Scheme(words, lambda inputs, outputs: (weight / inputs, bias), start)
