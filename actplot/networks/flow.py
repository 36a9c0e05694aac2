"""Signal and gradient in depth and in time: by mean field theory, and in random networks that are run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.networks.cells import CELLS, Pair, back_through_layers, through_layers
from actplot.networks.gaussian import Means
from actplot.networks.theory import passed, products
from actplot.networks.weights import Scheme

if TYPE_CHECKING:
    from actplot.arrays import Array

MOST_BYTES = 1e9
MOST_SECONDS = 3600.0
PER_WEIGHT = 2.5e-8  # seconds, to draw a weight and to use it both ways
PER_STEP = 5e-9  # seconds, to use a weight both ways once more
PER_PLACE = 5e-5  # seconds, of a layer or step by itself


@dataclass(frozen=True)
class Flow:
    """Mean squares place by place, the gradient's as a part of that at the last place.

    Signal and gradient are those of theory, or the means of networks where there is none, shape (places,); signals and
    gradients those of networks, shape (seeds, places).
    """

    signal: Array
    gradient: Array
    signals: Array
    gradients: Array
    in_theory: bool


def check_work(kept: float, seconds: float, what: str) -> None:
    """Refuse what takes more than a gigabyte or an hour.

    Raises
    ------
    UsageError
        With the number, and what to lower.

    """
    if kept > MOST_BYTES:
        raise UsageError(f"that takes {kept / 1e9:,.1f} GB of memory, and 1 is allowed; lower {what}")
    if seconds > MOST_SECONDS:
        raise UsageError(f"that takes about {seconds / 3600:,.1f} hours, and 1 is allowed; lower {what}")


@dataclass(frozen=True)
class Deep:
    """Layers one after another; the signal is that of pre-activations, the first of which are drawn."""

    width: int
    depth: int

    @property
    def places(self) -> Array:
        """The numbers of the layers."""
        return np.arange(self.depth + 1.0)

    def check(self, networks: int) -> None:
        """Refuse what takes too much."""
        weights = float(self.width) * self.width * self.depth
        kept = 8 * weights + 16.0 * networks * self.depth
        check_work(kept, (PER_WEIGHT * weights + PER_PLACE * self.depth) * networks, "--width, --depth or --seeds")

    def draw(self, rule: Scheme, source: np.random.Generator) -> Any:
        """Return the layers, the first pre-activations and the last gradient of a network."""
        ends = source.standard_normal((2, 1, self.width))
        sizes = self.width, self.width
        return [(rule.draw(source, *sizes), rule.draw_bias(source, *sizes)) for _ in range(self.depth)], ends

    def run(self, pair: Pair, rule: Scheme, drawn: Any) -> tuple[Array, Array]:
        """Return the mean squares of pre-activations and of gradients in one network."""
        layers, (start, last) = drawn
        sums = through_layers(pair, layers, start * math.sqrt(rule.start))
        back = back_through_layers(pair, layers, sums, last)
        signal, gradient = (np.array([np.mean(part * part) for part in parts]) for parts in (sums, back))
        return signal, gradient / gradient[-1]

    def theory(self, activation: Activation, rule: Scheme) -> tuple[Array, Array]:
        """Return the same of endless width: q′ = σ_w²·E[f²] + σ_b², and σ_w²·E[f′²] a layer for the gradient."""
        met = passed(Means(activation, as_learned=True), *rule.scaled(self.width), rule.start, self.depth + 1)
        return met[0], products(met[2, :-1])


@dataclass(frozen=True)
class Recurrent:
    """A cell that reads normal inputs, as many as it has units; the signal is that of its output.

    Of cells that read both ways it is the one that reads forwards.
    """

    kind: str
    width: int
    steps: int

    @property
    def places(self) -> Array:
        """The numbers of the steps."""
        return np.arange(1.0, self.steps + 1)

    def check(self, networks: int) -> None:
        """Refuse what takes too much."""
        cell = CELLS[self.kind]
        weights = 2.0 * self.width * self.width * cell.parts * cell.ways
        kept = 8 * (3 * weights + (20.0 * self.width * cell.parts * cell.ways + 2.0 * networks) * self.steps)
        seconds = (PER_WEIGHT + PER_STEP * self.steps) * weights + PER_PLACE * self.steps
        check_work(kept, seconds * networks, "--width, --steps or --seeds")

    def draw(self, rule: Scheme, source: np.random.Generator) -> Any:
        """Return the weights, the inputs and the last gradient of a network."""
        x, last = source.standard_normal((self.steps, 1, 1, self.width)), source.standard_normal(self.width)
        cell: Any = CELLS[self.kind]
        return cell(None, self.width).draw(rule, [source], self.width), x, last

    def run(self, pair: Pair, rule: Scheme, drawn: Any) -> tuple[Array, Array]:
        """Return the mean squares of outputs, and of the gradients of the last one by each, in one network."""
        (w, x, last), cell = drawn, CELLS[self.kind](pair, self.width)
        outputs, _, run = cell.forward(w, x)
        given = np.zeros_like(outputs)
        given[-1, ..., : self.width] = last
        back = cell.backward(w, run, given)[2]
        signal, gradient = ((part[..., : self.width] ** 2).mean(axis=(1, 2, 3)) for part in (outputs, back))
        return signal, gradient / gradient[-1]

    def theory(self, activation: Activation, rule: Scheme) -> tuple[Array, Array] | None:
        """Return the same of endless width: q = σ_w²·(1 + E[h²]) + 2σ_b² a step, and σ_w²·E[f′²] for the gradient.

        None of cells with gates: a gate at one step is not independent of what it has kept since earlier ones, so that
        no recursion of mean squares closes.
        """
        if CELLS[self.kind].parts > 1:
            return None
        weight, bias = rule.scaled(self.width)
        first = weight + 2 * bias  # inputs have the variance 1, and each step two biases
        met = passed(Means(activation, as_learned=True), weight, first, first, self.steps)
        return met[1], products(met[2, 1:])


def flows(
    network: Deep | Recurrent, activations: Sequence[Activation], rules: Sequence[Scheme], seeds: int, seed: int
) -> list[Flow]:
    """Return what theory says and what random networks do; of rules that are one, the same draws serve every function.

    Raises
    ------
    UsageError
        Where it would take more than a gigabyte or an hour.

    """
    network.check(seeds * len(activations))
    pairs = [Pair(activation) for activation in activations]
    found = np.full((len(pairs), 2, seeds, len(network.places)), np.nan)
    with np.errstate(all="ignore"):
        for number in range(seeds):
            drawn, drawn_by = None, None
            for place, (pair, rule) in enumerate(zip(pairs, rules, strict=True)):
                if rule is not drawn_by:
                    drawn = None  # of two networks one would be too many for the memory
                    drawn, drawn_by = network.draw(rule, np.random.default_rng([seed, number])), rule
                found[place, :, number] = network.run(pair, rule, drawn)
    result = []
    for activation, rule, each in zip(activations, rules, found, strict=True):
        said = network.theory(activation, rule)
        signal, gradient = said or each.mean(axis=1)
        result.append(Flow(signal, gradient, each[0], each[1], in_theory=said is not None))
    return result
