"""How networks learn: gradients that are checked, an optimizer, and a loop that many networks go through at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

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


class Task(Protocol):
    """Something to learn."""

    def draw(self, sources: Sequence[Any]) -> Weights:
        """Return the first weights of each network."""

    def batch(self, number: int) -> tuple[Array, Array]:
        """Return inputs and targets of a step."""

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients."""


def check(task: Task, w: Weights, seed: int) -> float:
    """Return the error of the gradients in finite differences, as a part of their size.

    They are taken beside the weights, along a random way for each weight: weights that are 0 may lie on kinks.

    Raises
    ------
    WorldError
        Where they differ by more than a millionth.

    """
    source = np.random.default_rng([seed, 1 << 32])
    beside = {key: part + 0.1 * source.standard_normal(part.shape) for key, part in w.items()}
    x, y = task.batch(0)
    step = task.learn(beside, x, y)
    size = np.sqrt(sum((part**2).sum(axis=(1, 2)) for part in step.gradients.values()))
    worst = 0.0
    for key, part in beside.items():
        way = source.standard_normal(part.shape)
        way /= np.sqrt((way**2).sum(axis=(1, 2), keepdims=True))
        slope, errors = (step.gradients[key] * way).sum(axis=(1, 2)), []
        for nudge in NUDGES:
            ends = [task.learn({**beside, key: part + sign * nudge * way}, x, y).loss for sign in (1, -1)]
            errors.append(np.abs((ends[0] - ends[1]) / (2 * nudge) - slope) / (size + 1e-3 * step.loss))
            if (error := float(np.nanmax(np.min(errors, axis=0), initial=0.0))) <= ALLOWED:
                break
        worst = max(worst, error)
    if worst > ALLOWED:
        raise WorldError(f"gradients differ from finite differences by {worst:.1e} of their size; nothing is trained")
    return worst


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
            norm = np.sqrt(sum((part**2).sum(axis=(1, 2), keepdims=True) for part in gradients.values()))
            scale = np.minimum(1.0, self.clip / np.maximum(norm, 1e-300))
            gradients = {key: part * scale for key, part in gradients.items()}
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
    """How a training went.

    Attributes
    ----------
    weights
        At the end.
    losses, wrong
        Of each network in each block of steps, shape (seeds, blocks).
    before, after
        Sizes of gradients through time or depth, root mean squares over samples; shape (seeds, places).
    stopped
        Whether it was interrupted.

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
        finite = [np.isfinite(part).all(axis=(1, 2)) for part in self.weights.values()]
        return np.asarray(~np.logical_and.reduce(finite))


def train(
    task: Task,
    w: Weights,
    optimizer: Optimizer,
    blocks: int,
    block: int,
    sample: tuple[Array, Array],
    advance: Callable[[str], None],
) -> Course:
    """Train networks for so many blocks of steps; Ctrl-C ends it, and what there is is returned.

    ``sample`` is what gradients are measured on before and after; ``advance`` is told the loss after each block.
    """
    before = _sizes(task, w, sample)
    losses: list[Array] = []
    wrong: list[Array] = []
    stopped = False
    try:
        for number in range(blocks):
            steps = []
            for place in range(number * block, (number + 1) * block):
                step = task.learn(w, *task.batch(place))
                optimizer.move(w, step.gradients)
                steps.append((step.loss, step.wrong))
            losses.append(np.mean([loss for loss, _ in steps], axis=0))
            wrong.append(np.sum([count for _, count in steps], axis=0))
            advance(f"loss {np.median(losses[-1]):.3g}")
    except KeyboardInterrupt:
        stopped = True
    if not losses:
        raise KeyboardInterrupt
    return Course(w, np.array(losses).T, np.array(wrong).T, before, _sizes(task, w, sample), stopped)


def _sizes(task: Task, w: Weights, sample: tuple[Array, Array]) -> Array:
    through = task.learn(w, *sample).through
    return np.array([np.sqrt((part * part).mean(axis=(1, 2))) for part in through]).T
