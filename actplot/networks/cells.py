"""Layers and recurrent cells, forward and backward, for many networks at once.

Arrays have the shape (seeds, samples, units), over time (steps, seeds, samples, units), weights (seeds, inputs, units).
The function is that of the state and of the candidate; gates are logistic. Blocks and biases are those of torch: of an
LSTM i, f, g, o; of a GRU r, z, n with h′ = (1 − z)·n + z·h, where many papers have z the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.calculus.plain import FLOATS
from actplot.formula.evaluate import Program
from actplot.functions.activation import Activation
from actplot.networks.weights import Scheme

if TYPE_CHECKING:
    from actplot.arrays import Array

Weights = dict[str, Any]


class Pair:
    """f and f′ in plain float64, on arrays of any shape; at a kink f′ is what torch takes, or half-way of its sides."""

    def __init__(self, activation: Activation) -> None:
        """Take a function."""
        self._f, self._df = (Program([activation.exact.tree(order)], FLOATS, keep=True) for order in (0, 1))
        self._kinks = {
            kink.x: kink.frameworks.get("torch", kink.left + (kink.right - kink.left) / 2) for kink in activation.kinks
        }

    def f(self, x: Array) -> Array:
        """Return f(x)."""
        return _shaped(self._f({"x": x})[0], x)

    def df(self, x: Array) -> Array:
        """Return f′(x)."""
        slopes = _shaped(self._df({"x": x})[0], x)
        for at, slope in self._kinks.items():
            if (met := x == at).any():
                slopes = np.where(met, slope, slopes)
        return slopes

    @property
    def is_flat(self) -> bool:
        """Whether f′ is 0 wherever there is one, so that nothing is learned through it."""
        return not np.nan_to_num(self.df(np.linspace(-30.0, 30.0, 6001) + 1e-4)).any()


def _shaped(values: Array, x: Array) -> Array:
    return values if values.shape == x.shape else np.broadcast_to(values, x.shape).astype(np.float64)


def logistic(x: Array) -> Array:
    """Return 1/(1 + exp(−x)), for any x."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


def outer(x: Array, d: Array) -> Array:
    """Return the sums over time and samples of products: gradients of weights, shape (seeds, inputs, units)."""
    left, right = (np.moveaxis(part, 0, -3) for part in (x, d))
    left, right = (part.reshape(*part.shape[:-3], -1, part.shape[-1]) for part in (left, right))
    return np.asarray(left.swapaxes(-1, -2) @ right)


def through_layers(pair: Pair, layers: Sequence[tuple[Array, Array]], z: Array) -> list[Array]:
    """Return the pre-activations of all layers, of which the first are given; a layer is its weights and biases."""
    sums = [z]
    for weight, bias in layers:
        sums.append(pair.f(sums[-1]) @ weight + bias)
    return sums


def back_through_layers(
    pair: Pair, layers: Sequence[tuple[Array, Array]], sums: Sequence[Array], last: Array
) -> list[Array]:
    """Return the gradients of all pre-activations, of which that of the last is given."""
    found = [last]
    for (weight, _), z in zip(reversed(layers), reversed(sums[:-1]), strict=True):
        found.append(found[-1] @ weight.swapaxes(-1, -2) * pair.df(z))
    return found[::-1]


@dataclass(frozen=True)
class Run:
    """What a pass forward leaves for the pass backward: inputs, all states, and what each step keeps."""

    x: Array
    states: Array
    kept: Sequence[Any]


class Cell:
    """A plain recurrent cell, h′ = f(x·Wx + h·Wh + bx + bh), and what all cells share."""

    parts = 1  # blocks of units
    memory = 1  # arrays of the units' number that make a state; the first of them is the output
    ways = 1  # directions in time

    def __init__(self, pair: Pair, hidden: int) -> None:
        """Take the function and the number of units."""
        self.pair, self.hidden, self.outputs = pair, hidden, hidden * self.ways

    def draw(self, rule: Scheme, sources: Sequence[Any], inputs: int, biased: bool = True) -> Weights:
        """Return the first weights of a network for each source of random numbers."""

        def blocks(name: str, source: Any) -> Array:
            fans = {"x": inputs, "h": self.hidden}[name[1]], self.hidden
            if name[0] == "b":
                drawn = [rule.draw_bias(source, *fans) for _ in range(self.parts)]
            else:
                drawn = [rule.draw(source, *fans, recurrent=name == "Wh") for _ in range(self.parts)]
            return np.concatenate(drawn, axis=1)

        names = ["Wx", "Wh", *(["bx", "bh"] if biased else [])]
        return {name: np.stack([blocks(name, source) for source in sources]) for name in names}

    def forward(self, w: Weights, x: Array, start: Array | None = None) -> tuple[Array, Array, Any]:
        """Return the outputs of all steps, the last state, and what the pass backward needs."""
        states = np.zeros((len(x) + 1, *x.shape[1:-1], self.memory * self.hidden))
        if start is not None:
            states[0] = start
        inner = x @ w["Wx"] + w.get("bx", 0.0)
        kept = []
        for step in range(len(x)):
            own = states[step, ..., : self.hidden] @ w["Wh"] + w.get("bh", 0.0)
            states[step + 1], keep = self._step(inner[step], own, states[step])
            kept.append(keep)
        return states[1:, ..., : self.hidden], states[-1], Run(x, states, kept)

    def backward(self, w: Weights, run: Any, given: Array, last: Array | None = None) -> tuple[Weights, Array, Array]:
        """Return gradients of the weights, of the first state, and of each output through all that follows.

        Parameters
        ----------
        w, run
            Weights, and what the pass forward returned.
        given
            The gradient of each output by itself.
        last
            The gradient of the last state.

        """
        kept = (
            run.kept if self.parts > 1 else self.pair.df(np.stack(run.kept))
        )  # of gated cells each step takes its own
        back = np.zeros_like(run.states[0]) if last is None else last.copy()
        through, turned = np.empty_like(given), w["Wh"].swapaxes(-1, -2)
        d_inner, d_own = [], []
        for step in range(len(given) - 1, -1, -1):
            back[..., : self.hidden] += given[step]
            through[step] = back[..., : self.hidden]
            inner, own, back = self._back(kept[step], back, run.states[step])
            back[..., : self.hidden] += own @ turned
            d_inner.append(inner)
            d_own.append(own)
        of_x, of_h = np.stack(d_inner[::-1]), np.stack(d_own[::-1])
        gradients = {"Wx": outer(run.x, of_x), "Wh": outer(run.states[:-1, ..., : self.hidden], of_h)}
        if "bx" in w:
            gradients |= {"bx": of_x.sum(axis=(0, -2))[..., None, :], "bh": of_h.sum(axis=(0, -2))[..., None, :]}
        return gradients, back, through

    def _step(self, inner: Array, own: Array, state: Array) -> tuple[Array, Any]:
        u = inner + own
        return self.pair.f(u), u

    def _back(self, kept: Any, back: Array, state: Array) -> tuple[Array, Array, Array]:
        d = back * kept
        return d, d, np.zeros_like(back)


class LSTM(Cell):
    """Long short-term memory, with a memory that gates keep and add to."""

    parts, memory = 4, 2

    def _step(self, inner: Array, own: Array, state: Array) -> tuple[Array, Any]:
        i, f, g, o = np.split(inner + own, 4, axis=-1)
        i, f, o = logistic(i), logistic(f), logistic(o)
        memory = f * state[..., self.hidden :] + i * self.pair.f(g)
        return np.concatenate([o * self.pair.f(memory), memory], axis=-1), (i, f, g, o, memory)

    def _back(self, kept: Any, back: Array, state: Array) -> tuple[Array, Array, Array]:
        i, f, g, o, memory = kept
        d_out, d_memory = np.split(back, 2, axis=-1)
        d_memory = d_memory + d_out * o * self.pair.df(memory)
        d_i = d_memory * self.pair.f(g) * i * (1 - i)
        d_f = d_memory * state[..., self.hidden :] * f * (1 - f)
        d_o = d_out * self.pair.f(memory) * o * (1 - o)
        joined = np.concatenate([d_i, d_f, d_memory * i * self.pair.df(g), d_o], axis=-1)
        return joined, joined, np.concatenate([np.zeros_like(d_out), d_memory * f], axis=-1)


class GRU(Cell):
    """A gated recurrent unit, in torch's convention."""

    parts = 3

    def _step(self, inner: Array, own: Array, state: Array) -> tuple[Array, Any]:
        (a_r, a_z, a_n), (h_r, h_z, h_n) = (np.split(part, 3, axis=-1) for part in (inner, own))
        r, z = logistic(a_r + h_r), logistic(a_z + h_z)
        u = a_n + r * h_n
        n = self.pair.f(u)
        return (1 - z) * n + z * state, (r, z, u, n, h_n)

    def _back(self, kept: Any, back: Array, state: Array) -> tuple[Array, Array, Array]:
        r, z, u, n, h_n = kept
        d_z = back * (state - n) * z * (1 - z)
        d_n = back * (1 - z) * self.pair.df(u)
        d_r = d_n * h_n * r * (1 - r)
        return np.concatenate([d_r, d_z, d_n], axis=-1), np.concatenate([d_r, d_z, d_n * r], axis=-1), back * z


class BiRNN(Cell):
    """Two plain cells, one of which reads backwards: an axis behind the seeds; outputs and states are side by side."""

    ways = 2

    def draw(self, rule: Scheme, sources: Sequence[Any], inputs: int, biased: bool = True) -> Weights:
        """Return the first weights, of the cell that reads forwards and of the other."""
        ways = [super(BiRNN, self).draw(rule, sources, inputs, biased) for _ in range(self.ways)]
        return {name: np.stack([way[name] for way in ways], axis=1) for name in ways[0]}

    def forward(self, w: Weights, x: Array, start: Array | None = None) -> tuple[Array, Array, Any]:
        """Return the outputs of both at each step, both last states, and what the pass backward needs."""
        first = None if start is None else np.stack(np.split(start, 2, axis=-1), axis=1)
        outputs, last, run = super().forward(w, np.stack([x, x[::-1]], axis=2), first)
        return _both(outputs), np.concatenate([last[:, 0], last[:, 1]], axis=-1), run

    def backward(self, w: Weights, run: Any, given: Array, last: Array | None = None) -> tuple[Weights, Array, Array]:
        """Return gradients as those of one cell."""
        end = None if last is None else np.stack(np.split(last, 2, axis=-1), axis=1)
        there, back = np.split(given, 2, axis=-1)
        gradients, first, through = super().backward(w, run, np.stack([there, back[::-1]], axis=2), end)
        return gradients, np.concatenate([first[:, 0], first[:, 1]], axis=-1), _both(through)


def _both(parts: Array) -> Array:
    """Return side by side what two cells gave at each step, the second of which read backwards."""
    return np.concatenate([parts[:, :, 0], parts[::-1, :, 1]], axis=-1)


CELLS: Mapping[str, type[Cell]] = {"rnn": Cell, "lstm": LSTM, "gru": GRU, "birnn": BiRNN}
