"""What little networks learn: to add, to turn a sine into a cosine, to part two spirals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.networks.cells import CELLS, Pair, Weights, back_through_layers, logistic, outer, through_layers
from actplot.networks.descent import Batch, Course, Step
from actplot.networks.signal import cell_name, counted, middle, numeral, percent
from actplot.networks.weights import scheme
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.arrays import Array

BITS = 8
LARGEST = 128  # numbers to add are smaller, so that sums have eight bits
NO_LAYERS = "--depth is for spirals; addition and sincos have one cell"
NO_CELL = "--cell is for addition and sincos; spirals has layers, of which --depth tells the number"


@dataclass(frozen=True)
class Settings:
    """What a training is told; tasks have settings of their own as defaults."""

    init: str
    optimizer: str
    rate: float
    blocks: int
    block: int  # steps of the optimizer
    per_block: int  # samples or epochs, by which progress is counted
    samples: int  # of a step
    depth: int  # layers, or steps in time
    hidden: int
    cell: str = "rnn"
    clip: float | None = None


class Task:
    """Something to learn: for each network a source of random numbers for its data, and one for its first weights."""

    settings: Settings
    refused: Mapping[str, str]  # settings that it does not have, each with what is said to those who give it
    w: Weights  # the first ones
    first = 0  # the number of the first place that gradients are shown at
    epoch = 0  # samples of an epoch

    def __init__(self, activation: Activation, settings: Settings, sources: Sequence[Any]) -> None:
        """Take a function and settings, and draw the order of the samples in each epoch."""
        self.rule, self.pair, self.settings = scheme(settings.init, activation), Pair(activation), settings
        orders = [[source.permutation(self.epoch) for _ in range(settings.blocks)] for source in sources]
        self._orders = np.array(orders).swapaxes(0, 1)

    def chosen(self, number: int) -> Array:
        """Return which samples a step learns from, in an order of each network's own, shape (seeds, samples)."""
        size = self.settings.samples
        epoch, place = divmod(number, -(-self.epoch // size))
        return np.asarray(self._orders[epoch][:, place * size : (place + 1) * size])

    def drawn(self, sources: Sequence[Any], inputs: int, outputs: int) -> Array:
        """Return the first weights of a layer of each network."""
        return np.stack([self.rule.draw(source, inputs, outputs) for source in sources])

    def _heading(self, task: str, network: str) -> str:
        return f"{task}, {say().of_units.format(what=network, count=self.settings.hidden)}"

    def written(self, w: Weights) -> tuple[Array, Array, Array] | None:
        """Return a curve that networks write, if they write one: its points, what is written, and the truth."""
        return None


class Addition(Task):
    """Binary addition, bit by bit from the least: eight steps, two inputs, logistic output, no biases.

    The loss is half the squared error, summed over the steps; each sample is a step of the optimizer.
    """

    settings = Settings("normal", "sgd", 0.1, 100, 100, 100, samples=1, depth=BITS, hidden=16)
    refused: Mapping[str, str] = {"depth": NO_LAYERS}

    def __init__(self, activation: Activation, settings: Settings, data: Sequence[Any], first: Sequence[Any]) -> None:
        """Draw the sums of each network."""
        count = settings.blocks * settings.block
        self.pairs = np.stack([source.integers(0, LARGEST, (count, 2)) for source in data], axis=1)
        super().__init__(activation, settings, data)
        self.cell = CELLS[settings.cell](self.pair, settings.hidden)
        cell = self.cell.draw(self.rule, first, 2, biased=False)
        self.w = {**cell, "out": self.drawn(first, self.cell.outputs, 1)}
        self.sample = self._bits(self.pairs[:100].swapaxes(0, 1))

    def batch(self, number: int) -> Batch:
        """Return the bits of one sum for each network."""
        return self._bits(self.pairs[number][:, None])

    @staticmethod
    def _bits(pairs: Any) -> Batch:
        numbers = np.concatenate([pairs, pairs.sum(axis=-1, keepdims=True)], axis=-1)
        bits = (numbers >> np.arange(BITS)[:, None, None, None]) & 1
        return bits[..., :2].astype(np.float64), bits[..., 2:].astype(np.float64)

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients, and which sums are wrong."""
        h, _, run = self.cell.forward(w, x)
        said = logistic(h @ w["out"])
        off = said - y
        d = off * said * (1 - said) / x.shape[2]
        gradients, _, through = self.cell.backward(w, run, d @ w["out"].swapaxes(1, 2))
        wrong = ((said > 0.5) != (y > 0.5)).any(axis=(0, 3)).sum(axis=1)
        loss = 0.5 * (off * off).mean(axis=2).sum(axis=(0, 2))
        return Step(loss, {**gradients, "out": outer(h, d)}, wrong, list(through * x.shape[2]))

    def right(self, w: Weights) -> Array:
        """Return which part of all 16,384 sums each network gets right."""
        x, y = self._bits(np.stack(np.meshgrid(*[np.arange(LARGEST)] * 2), axis=-1).reshape(1, -1, 2))
        found = []
        for seed in range(len(w["out"])):
            h = self.cell.forward({key: part[seed : seed + 1] for key, part in w.items()}, x)[0]
            found.append(((h @ w["out"][seed] > 0.0) == (y > 0.5)).all(axis=(0, 1, 3)).mean())
        return np.array(found)

    def words(self) -> tuple[str, str, str]:
        """Return the heading, what progress is counted in, and what gradients go through."""
        said = say()
        return self._heading(said.learning_to_add, cell_name(self.settings.cell)), said.sample, said.bit

    def told(self, name: str, course: Course) -> str:
        """Return how many networks add, and when they begin to."""
        said, right = say(), self.right(course.weights)
        ends = [self.settings.per_block * (int(np.argmax(row == 0)) + 1) for row in course.wrong if (row == 0).any()]
        clean = (
            said.clean_after.format(samples=f"{np.median(ends):,.0f}", count=len(ends)) if ends else said.clean_never
        )
        words = {"name": name, "init": self.rule.says(), "share": percent(np.median(right)), "clean": clean}
        return said.added.format(right=int((right == 1).sum()), all=len(right), **words)


class SinCos(Task):
    """From a sine to the cosine: one network reads 24 steps, another writes 24, told the cosine before each.

    The loss is the mean squared error; the last fifth of the windows is held out.
    """

    settings = Settings("keras", "adam", 1e-3, 80, 4, 1, samples=16, depth=48, hidden=10)
    refused: Mapping[str, str] = {"depth": NO_LAYERS}
    steps, count, epoch = 24, 76, 60
    starts = (0, 24, 49, 74)

    def __init__(self, activation: Activation, settings: Settings, data: Sequence[Any], first: Sequence[Any]) -> None:
        """Cut the windows, and draw their order in each epoch."""
        super().__init__(activation, settings, data)
        self.reader, self.writer = (CELLS[settings.cell](self.pair, settings.hidden) for _ in range(2))
        read, write = (cell.draw(self.rule, first, 1) for cell in (self.reader, self.writer))
        self.w = {f"r{key}": part for key, part in read.items()} | {f"w{key}": part for key, part in write.items()}
        self.w |= {"out": self.drawn(first, self.writer.outputs, 1), "shift": np.zeros((len(first), 1, 1))}
        x = np.linspace(-3 * math.pi, 3 * math.pi, 100)[:, None]
        windows = np.arange(self.count) + np.arange(self.steps)[:, None]
        self.sine, self.cosine = np.sin(x)[windows], np.cos(x)[windows]
        self.sample = self._windows(np.arange(self.epoch))

    def batch(self, number: int) -> Batch:
        """Return windows of each network's own order."""
        return self._windows(self.chosen(number))

    def _windows(self, chosen: Any) -> Batch:
        every = np.broadcast_to(chosen, (self._orders.shape[1], np.shape(chosen)[-1]))
        return self.sine[:, every], self.cosine[:, every]

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients."""
        _, state, read = self.reader.forward(_part(w, "r"), x)
        told = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
        h, _, written = self.writer.forward(_part(w, "w"), told, state)
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

    def free(self, w: Weights) -> Batch:
        """Return what networks write from the four starts, each step told what was written before, and the truth.

        Shapes are (steps, seeds, 4).
        """
        x, y = self._windows(np.array(self.starts))
        _, state, _ = self.reader.forward(_part(w, "r"), x)
        said, written = np.zeros_like(y[:1]), []
        for _ in range(self.steps):
            h, state, _ = self.writer.forward(_part(w, "w"), said, state)
            said = h @ w["out"] + w["shift"]
            written.append(said[0, ..., 0])
        return np.array(written), y[..., 0]

    def written(self, w: Weights) -> tuple[Array, Array, Array]:
        """Return points, what the median network writes freely, and the cosine, with a gap after each start's."""
        said, truth = self.free(w)
        at = np.add.outer(self.starts, np.append(np.arange(self.steps), self.steps - 0.5)).ravel()
        line, cosine = (
            np.pad(part.T, ((0, 0), (0, 1)), constant_values=np.nan).ravel() for part in (middle(said, 1), truth[:, 0])
        )
        return at, line, cosine

    def words(self) -> tuple[str, str, str]:
        """Return the heading, what progress is counted in, and what gradients go through."""
        said = say()
        return self._heading(said.sine_to_cosine, cell_name(self.settings.cell)), said.epoch, said.step

    def told(self, name: str, course: Course) -> str:
        """Return the errors of networks that are told the cosine before each step, and of those that write freely."""
        said, (free, truth) = say(), self.free(course.weights)
        held_out = self.learn(course.weights, *self._windows(np.arange(self.epoch, self.count))).loss
        errors = course.losses[:, -1], held_out, ((free - truth) ** 2).mean(axis=(0, 2))
        forced, held, freely = (float(middle(part)) for part in errors)
        words = {"forced": numeral(forced), "held": numeral(held), "freely": numeral(freely), "init": self.rule.says()}
        compared = said.which_is_no_worse if freely <= max(forced, held) else said.which_is_worse
        return said.wrote.format(name=name, compared=compared, **words)


def _part(w: Weights, mark: str) -> Weights:
    return {key[1:]: part for key, part in w.items() if key[0] == mark}


class Spirals(Task):
    """Two spirals, told apart by layers of units: two inputs, logistic output, cross-entropy, 32 points a step."""

    settings = Settings("he", "adam", 0.01, 60, 20, 1, samples=32, depth=4, hidden=16)
    refused: Mapping[str, str] = {"cell": NO_CELL}
    first, epoch = 1, 640

    def __init__(self, activation: Activation, settings: Settings, data: Sequence[Any], first: Sequence[Any]) -> None:
        """Draw the points of each network, others to judge it by, and their order."""
        self.sample, self.fresh = (self._spirals(data) for _ in range(2))
        super().__init__(activation, settings, data)
        sizes = [2, *[settings.hidden] * settings.depth, 1]
        self.w = {f"W{n}": self.drawn(first, *sizes[n : n + 2]) for n in range(settings.depth + 1)}
        for n, inputs in enumerate(sizes[:-1]):
            self.w[f"b{n}"] = np.stack([self.rule.draw_bias(source, inputs, sizes[n + 1]) for source in first])

    def _spirals(self, sources: Sequence[Any]) -> Batch:
        side = np.arange(self.epoch) % 2
        turn = 3.5 * math.pi * np.sqrt([source.uniform(0.02, 1.0, self.epoch) for source in sources])
        angle = turn + math.pi * side
        x = np.stack([np.cos(angle), np.sin(angle)], axis=-1) * turn[..., None] / 5.0
        noise = np.stack([source.standard_normal(x.shape[1:]) for source in sources])
        return x + 0.05 * noise, np.broadcast_to(side[:, None].astype(np.float64), (*turn.shape, 1))

    def batch(self, number: int) -> Batch:
        """Return points of each network's own order."""
        chosen: Any = self.chosen(number)[..., None]
        x, y = (np.take_along_axis(part, chosen, axis=1) for part in self.sample)
        return x, y

    def _sums(self, w: Weights, x: Array) -> tuple[list[tuple[Array, Array]], list[Array]]:
        """Return the layers behind the first, and what the inputs of every layer add up to."""
        layers = [(w[f"W{n}"], w[f"b{n}"]) for n in range(1, self.settings.depth + 1)]
        return layers, through_layers(self.pair, layers, x @ w["W0"] + w["b0"])

    def learn(self, w: Weights, x: Array, y: Array) -> Step:
        """Return losses and gradients, and how many points are on the wrong side."""
        layers, sums = self._sums(w, x)
        through = back_through_layers(self.pair, layers, sums, (logistic(sums[-1]) - y) / x.shape[1])
        inputs = [x, *map(self.pair.f, sums[:-1])]
        gradients: Weights = {f"W{n}": inputs[n].swapaxes(1, 2) @ d for n, d in enumerate(through)}
        gradients |= {f"b{n}": d.sum(axis=1, keepdims=True) for n, d in enumerate(through)}
        loss = (np.logaddexp(0.0, sums[-1]) - y * sums[-1]).mean(axis=(1, 2))
        wrong = ((sums[-1] > 0) != (y > 0.5)).sum(axis=(1, 2))
        return Step(loss, gradients, wrong, [d * x.shape[1] for d in through])

    def right(self, w: Weights) -> Array:
        """Return which part of fresh points each network puts on the right side."""
        return np.asarray(1.0 - self.learn(w, *self.fresh).wrong / self.epoch)

    def dead(self, w: Weights) -> Array:
        """Return which part of the units of each network has no slope at any point."""
        _, sums = self._sums(w, self.sample[0])
        return np.asarray(np.mean([(self.pair.df(part) == 0.0).all(axis=1).mean(axis=1) for part in sums[:-1]], axis=0))

    def words(self) -> tuple[str, str, str]:
        """Return the heading, what progress is counted in, and what gradients go through."""
        said = say()
        layers = counted(self.settings.depth, said.layer, said.layers)
        return self._heading(said.two_spirals, layers), said.epoch, said.layer

    def told(self, name: str, course: Course) -> str:
        """Return how many new points are on the right side, and how many units are dead."""
        right, dead = self.right(course.weights), self.dead(course.weights)
        shares = {"median": np.median(right), "worst": right.min(), "dead": dead.mean()}
        shown = {key: percent(share) for key, share in shares.items()}
        return say().parted.format(name=name, init=self.rule.says(), **shown)


TASKS: Mapping[str, Any] = {"addition": Addition, "sincos": SinCos, "spirals": Spirals}
