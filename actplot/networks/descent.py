"""How networks learn: gradients that are checked, an optimizer, and a loop that many networks go through at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.arrays import numpy as np
from actplot.errors import WorldError
from actplot.networks.cells import Weights

if TYPE_CHECKING:
    from actplot.arrays import Array

NUDGES = 1e-5, 1e-6, 1e-7  # one after another, until none passes a kink
ALLOWED = 1e-6  # of the size of a gradient: its error in finite differences
OPTIMIZERS = ("sgd", "adam")


@dataclass(frozen=True)
class Step:
    """What one batch says: the loss of each network, gradients, how many are wrong, gradients of states or layers."""

    loss: Array
    gradients: Weights
    wrong: Array
    through: Sequence[Array]

    @property
    def sizes(self) -> Array:
        """Root mean squares of the gradients of states or layers, shape (seeds, places)."""
        return np.array([np.sqrt((part * part).mean(axis=(1, 2))) for part in self.through]).T


Batch: TypeAlias = "tuple[Array, Array]"  # inputs and targets
Learn: TypeAlias = Callable[[Weights, Any, Any], Step]  # from weights and a batch


def check(learn: Learn, w: Weights, batch: Batch, seed: int) -> float:
    """Return the error of the gradients in finite differences, as a part of their size.

    They are taken beside the weights, along a random way for each weight: weights that are 0 may lie on kinks.

    Raises
    ------
    WorldError
        Where they differ by more than a millionth.

    """
    source = np.random.default_rng([seed, 1 << 32])
    beside = {key: part + 0.1 * source.standard_normal(part.shape) for key, part in w.items()}
    step = learn(beside, *batch)
    size, worst = _norm(step.gradients), 0.0
    for key, part in beside.items():
        way = source.standard_normal(part.shape)
        way /= _per_network(_norm({key: way}), way)
        slope, errors = _summed(step.gradients[key] * way), []
        for nudge in NUDGES:
            ends = [learn({**beside, key: part + sign * nudge * way}, *batch).loss for sign in (1, -1)]
            errors.append(np.abs((ends[0] - ends[1]) / (2 * nudge) - slope) / (size + 1e-3 * step.loss))
            if (error := float(np.nanmax(np.min(errors, axis=0), initial=0.0))) <= ALLOWED:
                break
        worst = max(worst, error)
    if worst > ALLOWED:
        raise WorldError(f"gradients differ from finite differences by {worst:.1e} of their size; nothing is trained")
    return worst


def _summed(part: Array) -> Array:
    """Return the sum over all weights of each network."""
    return np.asarray(part.reshape(len(part), -1).sum(axis=1))


def _norm(gradients: Weights) -> Array:
    return np.asarray(np.sqrt(sum(_summed(part * part) for part in gradients.values())))


def _per_network(numbers: Array, part: Array) -> Array:
    """Return a number a network, in a shape that its weights can be multiplied by."""
    return numbers.reshape(-1, *[1] * (part.ndim - 1))


class Optimizer:
    """Plain gradient descent, or Adam with its usual settings; gradients may be clipped to a norm of each network."""

    def __init__(self, name: str, rate: float, clip: float | None) -> None:
        """Take the settings."""
        self.name, self.rate, self.clip = name, rate, clip
        self._moments: dict[str, Any] = {}
        self._count = 0

    def move(self, w: Weights, gradients: Weights) -> None:
        """Move weights by one step."""
        self._count += 1
        if self.clip is not None:
            scale = np.minimum(1.0, self.clip / np.maximum(_norm(gradients), 1e-300))
            gradients = {key: part * _per_network(scale, part) for key, part in gradients.items()}
        for key, part in gradients.items():
            if self.name == "sgd":
                w[key] -= self.rate * part
                continue
            mean, square = self._moments.get(key, (0.0, 0.0))
            mean, square = 0.9 * mean + 0.1 * part, 0.999 * square + 0.001 * part * part
            self._moments[key] = mean, square
            rate = self.rate * np.sqrt(1 - 0.999**self._count) / (1 - 0.9**self._count)
            w[key] -= rate * mean / (np.sqrt(square) + 1e-7)


@dataclass(frozen=True)
class Course:
    """How a training went, and whether it was interrupted.

    ``losses`` and ``wrong`` are of each block of steps, shape (seeds, blocks); ``before`` and ``after`` sizes of
    gradients through time or depth, root mean squares over samples, shape (seeds, places).
    """

    weights: Weights
    losses: Array
    wrong: Array
    before: Array
    after: Array
    stopped: bool

    @property
    def lost(self) -> Array:
        """Which networks are no numbers any more."""
        return np.asarray(~np.isfinite(sum(_summed(part) for part in self.weights.values())))


def train(
    learn: Learn,
    w: Weights,
    optimizer: Optimizer,
    blocks: Sequence[Sequence[int]],
    batch: Callable[[int], Batch],
    sample: Batch,
    advance: Callable[[str], None],
) -> Course:
    """Train networks for blocks of steps, given by their numbers; Ctrl-C ends it, and what there is is returned.

    ``batch`` gives inputs and targets of a step. ``sample`` is what gradients are measured on before and after;
    ``advance`` is told the loss after each block.
    """
    before = learn(w, *sample).sizes
    losses: list[Array] = []
    wrong: list[Array] = []
    stopped = False
    try:
        for block in blocks:
            steps = []
            for number in block:
                step = learn(w, *batch(number))
                optimizer.move(w, step.gradients)
                steps.append((step.loss, step.wrong))
            losses.append(np.mean([loss for loss, _ in steps], axis=0))
            wrong.append(np.sum([count for _, count in steps], axis=0))
            advance(f"loss {np.median(losses[-1]):.3g}")
    except KeyboardInterrupt:
        stopped = True
    if not losses:
        raise KeyboardInterrupt
    return Course(w, np.array(losses).T, np.array(wrong).T, before, learn(w, *sample).sizes, stopped)
