"""How weights and biases are drawn at first: the rules of ``--init``."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.networks.gaussian import Means
from actplot.networks.theory import critical
from actplot.words.languages import say
from actplot.words.numbers import rounded
from actplot.words.quoting import did_you_mean, nearest_words, parse_number, shorten

if TYPE_CHECKING:
    from actplot.arrays import Array


@dataclass(frozen=True)
class Scheme:
    """How a network begins: normal or uniform weights, of which recurrent ones may be a rotation.

    ``says`` returns what the rule is called, in the language that is spoken; ``variances`` the variances of a weight
    and of a bias, for so many inputs and outputs. It is meant for pre-activations of the variance ``start``.
    """

    says: Callable[[], str]
    variances: Callable[[int, int], tuple[float, float]]
    start: float = 1.0
    uniform: bool = False
    orthogonal: bool = False

    def scaled(self, width: int) -> tuple[float, float]:
        """Return σ_w², the variance of a weight times the number of inputs, and σ_b² in layers of a width."""
        weight, bias = self.variances(width, width)
        return width * weight, bias

    def draw(self, source: np.random.Generator, inputs: int, outputs: int, *, recurrent: bool = False) -> Array:
        """Return a matrix of weights of shape (inputs, outputs)."""
        if recurrent and self.orthogonal:
            q, r = np.linalg.qr(source.standard_normal((inputs, inputs)))
            return np.asarray(q * np.sign(np.diag(r)))
        return self._spread(source, (inputs, outputs), self.variances(inputs, outputs)[0])

    def draw_bias(self, source: np.random.Generator, inputs: int, outputs: int) -> Array:
        """Return a bias for each output, shape (1, outputs)."""
        return self._spread(source, (1, outputs), self.variances(inputs, outputs)[1])

    def _spread(self, source: np.random.Generator, shape: tuple[int, ...], variance: float) -> Array:
        if self.uniform:
            return source.uniform(-1.0, 1.0, shape) * math.sqrt(3 * variance)
        return source.standard_normal(shape) * math.sqrt(variance)


def _after(name: str) -> Callable[[], str]:
    return lambda: say().init_of.format(name=name)


_FIXED: Mapping[str, Scheme] = {
    "he": Scheme(_after("He"), lambda inputs, outputs: (2 / inputs, 0.0)),
    "xavier": Scheme(_after("Xavier"), lambda inputs, outputs: (2 / (inputs + outputs), 0.0)),
    "lecun": Scheme(_after("LeCun"), lambda inputs, outputs: (1 / inputs, 0.0)),
    "torch": Scheme(_after("torch"), lambda inputs, outputs: (1 / (3 * inputs), 1 / (3 * inputs)), uniform=True),
    "keras": Scheme(
        _after("Keras"), lambda inputs, outputs: (2 / (inputs + outputs), 0.0), uniform=True, orthogonal=True
    ),
    "normal": Scheme(lambda: say().init_normal, lambda inputs, outputs: (1.0, 0.0)),
}
NAMES = (*_FIXED, "gain", "critical")


def choose(text: str, names: Collection[str], what: str, beside: str = "") -> str:
    """Return the name that a text is, however it is spelled.

    Raises
    ------
    UsageError
        Where it is none of them; ``beside`` says what else it may be.

    """
    name = text.strip().lower()
    if name in names:
        return name
    hint = did_you_mean(nearest_words(name, names)) or f"choose one of {', '.join(names)}{beside}"
    raise UsageError(f"{what} named '{shorten(text)}'; {hint}")


def scheme(text: str, activation: Activation) -> Scheme:
    """Return the rule of a name, or of two variances ``W,B``: of a weight times the number of inputs, and of a bias.

    Raises
    ------
    UsageError
        For what is neither, and where the function has no such rule.

    """
    numbers = [parse_number(part) for part in text.split(",")]
    if len(numbers) == 2 and all(number is not None and 0.0 <= number < 1e6 for number in numbers):
        weight, bias = (float(number or 0.0) for number in numbers)
        return _scaled(lambda: f"σ_w² = {rounded(weight)}, σ_b² = {rounded(bias)}", weight, bias)
    name = choose(text, NAMES, "--init: no rule", ", or give W,B")
    if name in _FIXED:
        return _FIXED[name]
    means = Means(activation)
    if name == "gain":
        square = means.at(1.0).square
        if not 0.0 < square < math.inf:
            raise UsageError(f"{activation.title} has no gain: {means.lacks(0) or 'it is 0'}; name another --init")
        return _scaled(lambda: say().init_gain.format(gain=rounded(1 / math.sqrt(square), 4)), 1 / square, 0.0)
    known = None if (why := means.lacks(0) or means.lacks(1)) else critical(means)
    if known is None:
        raise UsageError(f"{activation.title} has no critical init ({why or 'biases would be imaginary'}); use gain")
    return _scaled(lambda: say().init_critical, known.weight, known.bias, known.q)


def _scaled(says: Callable[[], str], weight: float, bias: float, start: float = 1.0) -> Scheme:
    return Scheme(says, lambda inputs, outputs: (weight / inputs, bias), start)
