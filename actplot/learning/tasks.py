"""What little networks learn: to add, to turn a sine into a cosine, to part two spirals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.learning.descent import Step
from actplot.networks.cells import CELLS, Weights, logistic, outer
from actplot.networks.fast import Pair
from actplot.networks.weights import scheme

if TYPE_CHECKING:
    from actplot.arrays import Array

BITS = 8
LARGEST = 128  # numbers to add are smaller, so that sums have eight bits


@dataclass(frozen=True)
class Settings:
    """What a training is told; tasks have settings of their own as defaults."""

    init: str
    optimizer: str
    rate: float
    blocks: int
    block: int  # steps
    per_block: int  # samples or epochs, by which progress is counted
    unit: str
    cell: str = "rnn"
    hidden: int = 16
    depth: int = 4
    clip: float | None = None


class Addition:
    """Binary addition, bit by bit from the least: eight steps, two inputs, logistic output, no biases.

    The loss is half the squared error, summed over the steps; each sample is a step of the optimizer.
    """

    settings = Settings("normal", "sgd", 0.1, 100, 100, 100, "samples")
    over, first = "bit", 0

    def __init__(self, activation: Activation, settings: Settings, sources: Sequence[Any]) -> None:
        """Draw the sums of each network."""
        self.rule = scheme(settings.init, activation)
        self.cell = CELLS[settings.cell](Pair(activation), settings.hidden)
        count = settings.blocks * settings.block
        self.pairs = np.stack([source.integers(0, LARGEST, (count, 2)) for source in sources], axis=1)

    def draw(self, sources: Sequence[Any]) -> Weights:
        """Return the first weights."""
        w = self.cell.draw(self.rule, sources, 2, biased=False)
        return {**w, "out": np.stack([self.rule.draw(source, self.cell.outputs, 1) for source in sources])}

    def batch(self, number: int) -> tuple[Array, Array]:
        """Return the bits of one sum for each network."""
        return self._bits(self.pairs[number][:, None])

    def sample(self) -> tuple[Array, Array]:
        """Return the first hundred sums of each network."""
        return self._bits(self.pairs[:100].swapaxes(0, 1))

    @staticmethod
    def _bits(pairs: Any) -> tuple[Array, Array]:
        places = np.arange(BITS)[:, None, None]
        total = (pairs.sum(axis=-1)[None] >> places) & 1
        return ((pairs[None] >> places[..., None]) & 1).astype(np.float64), total[..., None].astype(np.float64)

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients, and which sums are wrong."""
        h, run = self.cell.forward(w, x)
        said = logistic(h @ w["out"])
        off = said - y
        d = off * said * (1 - said) / x.shape[2]
        gradients, _, through = self.cell.backward(w, run, d @ w["out"].swapaxes(1, 2))
        wrong = ((said > 0.5) != (y > 0.5)).any(axis=(0, 3)).sum(axis=1)
        loss = 0.5 * (off * off).mean(axis=2).sum(axis=(0, 2))
        return Step(loss, {**gradients, "out": outer(h, d)}, wrong, list(through * x.shape[2]))

    def right(self, w: Weights) -> Array:
        """Return which part of all 16,384 sums each network gets right."""
        every = np.stack(np.meshgrid(np.arange(LARGEST), np.arange(LARGEST)), axis=-1).reshape(1, -1, 2)
        x, y = self._bits(every)
        found = []
        for seed in range(len(w["out"])):
            h, _ = self.cell.forward({key: part[seed : seed + 1] for key, part in w.items()}, x)
            said = h @ w["out"][seed] > 0.0
            found.append((said == (y > 0.5)).all(axis=(0, 1, 3)).mean())
        return np.array(found)


class SinCos:
    """From a sine to the cosine: one network reads 24 steps, another writes 24, told the cosine before each.

    The loss is the mean squared error; the last fifth of the windows is held out.
    """

    settings = Settings("keras", "adam", 1e-3, 80, 4, 1, "epochs", hidden=10)
    over, first = "step", 0
    steps, count, samples = 24, 76, 16
    starts = (0, 24, 49, 74)

    def __init__(self, activation: Activation, settings: Settings, sources: Sequence[Any]) -> None:
        """Cut the windows, and draw their order in each epoch."""
        self.rule = scheme(settings.init, activation)
        self.reader, self.writer = (CELLS[settings.cell](Pair(activation), settings.hidden) for _ in range(2))
        x = np.linspace(-3 * math.pi, 3 * math.pi, 100)
        windows = np.arange(self.count) + np.arange(self.steps)[:, None]
        self.sine, self.cosine = np.sin(x)[windows], np.cos(x)[windows]
        self.kept = self.count * 4 // 5
        orders = [[source.permutation(self.kept) for _ in range(settings.blocks)] for source in sources]
        self.orders = np.array(orders).swapaxes(0, 1)

    def draw(self, sources: Sequence[Any]) -> Weights:
        """Return the first weights."""
        ways = {"r": self.reader, "w": self.writer}
        w = {mark + key: part for mark, cell in ways.items() for key, part in cell.draw(self.rule, sources, 1).items()}
        out = [self.rule.draw(source, self.writer.outputs, 1) for source in sources]
        return {**w, "out": np.stack(out), "shift": np.zeros((len(sources), 1, 1))}

    def batch(self, number: int) -> tuple[Array, Array]:
        """Return windows of each network's own order."""
        epoch, place = divmod(number, -(-self.kept // self.samples))
        chosen = self.orders[epoch % len(self.orders)][:, place * self.samples : (place + 1) * self.samples]
        return self.sine[:, chosen][..., None], self.cosine[:, chosen][..., None]

    def sample(self) -> tuple[Array, Array]:
        """Return all windows that are learned from."""
        every = np.broadcast_to(np.arange(self.kept), (self.orders.shape[1], self.kept))
        return self.sine[:, every][..., None], self.cosine[:, every][..., None]

    def held_out(self, w: Weights) -> Array:
        """Return the error on the windows held out, told the cosine before each step."""
        every = np.broadcast_to(np.arange(self.kept, self.count), (len(w["out"]), self.count - self.kept))
        return self.learn(w, self.sine[:, every][..., None], self.cosine[:, every][..., None]).loss

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients."""
        _, read = self.reader.forward(_part(w, "r"), x)
        told = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
        h, written = self.writer.forward(_part(w, "w"), told, _last(read))
        off = h @ w["out"] + w["shift"] - y
        scale = 2.0 / (x.shape[0] * x.shape[2])
        d = scale * off
        of_writer, start, late = self.writer.backward(_part(w, "w"), written, d @ w["out"].swapaxes(1, 2))
        none = np.zeros((*x.shape[:3], self.reader.outputs))
        of_reader, _, early = self.reader.backward(_part(w, "r"), read, none, start)
        gradients = {f"r{key}": part for key, part in of_reader.items()} | {f"w{k}": p for k, p in of_writer.items()}
        gradients |= {"out": outer(h, d), "shift": d.sum(axis=(0, 2))[:, None]}
        loss = (off * off).mean(axis=(0, 2, 3))
        return Step(loss, gradients, np.zeros(len(loss)), list(np.concatenate([early, late]) / scale))

    def free(self, w: Weights) -> tuple[Array, Array]:
        """Return what networks write from the four starts, each step told what was written before, and the truth.

        Shapes are (steps, seeds, 4).
        """
        every = np.broadcast_to(np.array(self.starts), (len(w["out"]), len(self.starts)))
        _, read = self.reader.forward(_part(w, "r"), self.sine[:, every][..., None])
        state, said = _last(read), np.zeros((1, *every.shape, 1))
        written = []
        for _ in range(self.steps):
            h, run = self.writer.forward(_part(w, "w"), said, state)
            state, said = _last(run), h @ w["out"] + w["shift"]
            written.append(said[0, ..., 0])
        return np.array(written), self.cosine[:, every]


def _part(w: Weights, mark: str) -> Weights:
    return {key[1:]: part for key, part in w.items() if key[0] == mark and key != "out"}


def _last(run: Any) -> Array:
    return np.concatenate([each.states[-1] for each in (run if isinstance(run, tuple) else (run,))], axis=-1)


class Spirals:
    """Two spirals, told apart by layers of units: two inputs, logistic output, cross-entropy, 32 points a step."""

    settings = Settings("he", "adam", 0.01, 60, 20, 1, "epochs", hidden=16, depth=4)
    over, first = "layer", 1
    points, samples = 640, 32

    def __init__(self, activation: Activation, settings: Settings, sources: Sequence[Any]) -> None:
        """Draw the points of each network, and their order."""
        self.rule, self.pair = scheme(settings.init, activation), Pair(activation)
        self.sizes = [2, *[settings.hidden] * settings.depth, 1]
        drawn = [self._spirals(source) for source in sources]
        self.x, self.y = (np.stack(part) for part in zip(*drawn, strict=True))
        self.fresh = [np.stack(part) for part in zip(*map(self._spirals, sources), strict=True)]
        orders = [[source.permutation(self.points) for _ in range(settings.blocks)] for source in sources]
        self.orders = np.array(orders).swapaxes(0, 1)

    def _spirals(self, source: Any) -> tuple[Array, Array]:
        side = np.arange(self.points) % 2
        turn = 3.5 * math.pi * np.sqrt(source.uniform(0.02, 1.0, self.points))
        x = np.stack([np.cos(turn + math.pi * side), np.sin(turn + math.pi * side)], axis=1) * turn[:, None] / 5.0
        return x + 0.05 * source.standard_normal(x.shape), side[:, None].astype(np.float64)

    def draw(self, sources: Sequence[Any]) -> Weights:
        """Return the first weights."""
        w = {}
        for layer, fans in enumerate(zip(self.sizes, self.sizes[1:], strict=False)):
            w[f"W{layer}"] = np.stack([self.rule.draw(source, *fans) for source in sources])
            w[f"b{layer}"] = np.stack([self.rule.draw_bias(source, *fans)[None] for source in sources])
        return w

    def batch(self, number: int) -> tuple[Array, Array]:
        """Return points of each network's own order."""
        epoch, place = divmod(number, self.points // self.samples)
        chosen = self.orders[epoch % len(self.orders)][:, place * self.samples : (place + 1) * self.samples, None]
        return np.take_along_axis(self.x, chosen, axis=1), np.take_along_axis(self.y, chosen, axis=1)

    def sample(self) -> tuple[Array, Array]:
        """Return all points that are learned from."""
        return self.x, self.y

    def layers(self, w: Weights, x: Array) -> tuple[list[Array], list[Array]]:
        """Return the inputs of all layers, and what they add up to."""
        inputs, sums = [x], []
        for layer in range(len(self.sizes) - 1):
            sums.append(inputs[-1] @ w[f"W{layer}"] + w[f"b{layer}"])
            inputs.append(self.pair.f(sums[-1]))
        return inputs[:-1], sums

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients, and how many points are on the wrong side."""
        inputs, sums = self.layers(w, x)
        d = (logistic(sums[-1]) - y) / x.shape[1]
        gradients: Weights = {}
        through = []
        for layer in range(len(sums) - 1, -1, -1):
            gradients |= {f"W{layer}": inputs[layer].swapaxes(1, 2) @ d, f"b{layer}": d.sum(axis=1, keepdims=True)}
            through.append(d * x.shape[1])
            if layer:
                d = d @ w[f"W{layer}"].swapaxes(1, 2) * self.pair.df(sums[layer - 1])
        loss = (np.logaddexp(0.0, sums[-1]) - y * sums[-1]).mean(axis=(1, 2))
        return Step(loss, gradients, ((sums[-1] > 0) != (y > 0.5)).sum(axis=(1, 2)), through[::-1])

    def right(self, w: Weights) -> Array:
        """Return which part of fresh points each network puts on the right side."""
        return np.asarray(1.0 - self.learn(w, *self.fresh).wrong / self.points)

    def dead(self, w: Weights) -> Array:
        """Return which part of the units of each network has no slope at any point."""
        _, sums = self.layers(w, self.x)
        return np.asarray(np.mean([(self.pair.df(part) == 0.0).all(axis=1).mean(axis=1) for part in sums[:-1]], axis=0))


TASKS: Mapping[str, type[Addition] | type[SinCos] | type[Spirals]] = {
    "addition": Addition,
    "sincos": SinCos,
    "spirals": Spirals,
}


def settled(task: str, given: Mapping[str, Any]) -> Settings:
    """Return the settings of a task, with those that were given in their place."""
    return replace(TASKS[task].settings, **{key: value for key, value in given.items() if value is not None})
