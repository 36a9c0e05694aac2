"""Recurrent cells, forward and backward in time, for many networks at once.

Arrays over time have the shape (steps, seeds, samples, units), weights (seeds, inputs, units). The function is that of
the state and of the candidate; gates are logistic. Blocks and biases are those of torch: of an LSTM i, f, g, o; of a
GRU r, z, n with h′ = (1 − z)·n + z·h, where many papers have z the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.networks.fast import Pair
from actplot.networks.weights import Scheme

if TYPE_CHECKING:
    from actplot.arrays import Array

Weights = dict[str, Any]


def logistic(x: Array) -> Array:
    """Return 1/(1 + exp(−x)), for any x."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


def outer(x: Array, d: Array) -> Array:
    """Return the sums over time and samples of products: gradients of weights, shape (seeds, inputs, units)."""
    left, right = (np.moveaxis(part, 1, 0).reshape(part.shape[1], -1, part.shape[-1]) for part in (x, d))
    return np.asarray(left.swapaxes(1, 2) @ right)


@dataclass(frozen=True)
class Run:
    """What a pass forward leaves for the pass backward: inputs, all states, and what each step keeps."""

    x: Array
    states: Array
    kept: Sequence[Any]


class Cell:
    """A plain recurrent cell, h′ = f(x·Wx + h·Wh + b), and what all cells share."""

    parts = 1  # blocks of units
    memory = 1  # arrays of the units' number that make a state; the first of them is the output

    def __init__(self, pair: Pair, hidden: int) -> None:
        """Take the function and the number of units."""
        self.pair = pair
        self.hidden = hidden

    @property
    def outputs(self) -> int:
        """The number of outputs."""
        return self.hidden

    def draw(self, scheme: Scheme, sources: Sequence[Any], inputs: int, biased: bool = True) -> Weights:
        """Return the first weights of a network for each source of random numbers."""
        sizes = {"Wx": inputs, "Wh": self.hidden}

        def blocks(name: str, source: Any) -> Array:
            fans = sizes[f"W{name[1]}"], self.hidden
            if name[0] == "b":
                return np.concatenate([scheme.draw_bias(source, *fans) for _ in range(self.parts)])[None]
            turned = name == "Wh"
            return np.concatenate([scheme.draw(source, *fans, recurrent=turned) for _ in range(self.parts)], axis=1)

        names = ["Wx", "Wh", *(["bx", "bh"] if biased else [])]
        drawn = [{name: blocks(name, source) for name in names} for source in sources]
        return {name: np.stack([each[name] for each in drawn]) for name in names}

    def forward(self, w: Weights, x: Array, start: Array | None = None) -> tuple[Array, Run]:
        """Return the outputs of all steps, and the run."""
        steps, seeds, samples, _ = x.shape
        states = np.zeros((steps + 1, seeds, samples, self.memory * self.hidden))
        if start is not None:
            states[0] = start
        inner = x @ w["Wx"] + w.get("bx", 0.0)
        kept = []
        for step in range(steps):
            own = states[step, ..., : self.hidden] @ w["Wh"] + w.get("bh", 0.0)
            states[step + 1], keep = self._step(inner[step], own, states[step])
            kept.append(keep)
        return states[1:, ..., : self.hidden], Run(x, states, kept)

    def backward(self, w: Weights, run: Run, given: Array, last: Array | None = None) -> tuple[Weights, Array, Array]:
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
        kept = self._prepared(run.kept)
        back = np.zeros_like(run.states[0]) if last is None else last.copy()
        through, turned = np.empty_like(given), w["Wh"].swapaxes(1, 2)
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
            gradients |= {"bx": of_x.sum(axis=(0, 2))[:, None], "bh": of_h.sum(axis=(0, 2))[:, None]}
        return gradients, back, through

    def _step(self, inner: Array, own: Array, state: Array) -> tuple[Array, Any]:
        u = inner + own
        return self.pair.f(u), u

    def _prepared(self, kept: Sequence[Any]) -> Sequence[Any]:
        return list(self.pair.df(np.stack(kept)))

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

    def _prepared(self, kept: Sequence[Any]) -> Sequence[Any]:
        return kept

    def _back(self, kept: Any, back: Array, state: Array) -> tuple[Array, Array, Array]:
        i, f, g, o, memory = kept
        d_out, d_memory = np.split(back, 2, axis=-1)
        d_memory = d_memory + d_out * o * self.pair.df(memory)
        d = [
            d_memory * self.pair.f(g) * i * (1 - i),
            d_memory * state[..., self.hidden :] * f * (1 - f),
            d_memory * i * self.pair.df(g),
            d_out * self.pair.f(memory) * o * (1 - o),
        ]
        joined = np.concatenate(d, axis=-1)
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

    def _prepared(self, kept: Sequence[Any]) -> Sequence[Any]:
        return kept

    def _back(self, kept: Any, back: Array, state: Array) -> tuple[Array, Array, Array]:
        r, z, u, n, h_n = kept
        d_z = back * (state - n) * z * (1 - z)
        d_n = back * (1 - z) * self.pair.df(u)
        d_r = d_n * h_n * r * (1 - r)
        return np.concatenate([d_r, d_z, d_n], axis=-1), np.concatenate([d_r, d_z, d_n * r], axis=-1), back * z


class BiRNN:
    """Two plain cells, one of which reads backwards; a state is what each of them has at last."""

    memory = 2

    def __init__(self, pair: Pair, hidden: int) -> None:
        """Take the function and the number of units of each."""
        self.cell, self.hidden, self.outputs = Cell(pair, hidden), hidden, 2 * hidden

    def draw(self, scheme: Scheme, sources: Sequence[Any], inputs: int, biased: bool = True) -> Weights:
        """Return the first weights."""
        ways = {mark: self.cell.draw(scheme, sources, inputs, biased) for mark in "<>"}
        return {name + mark: part for mark, drawn in ways.items() for name, part in drawn.items()}

    def forward(self, w: Weights, x: Array, start: Array | None = None) -> tuple[Array, tuple[Run, Run]]:
        """Return the outputs of both at each step, and the runs."""
        starts = (None, None) if start is None else np.split(start, 2, axis=-1)
        there, run = self.cell.forward(_of(w, ">"), x, starts[0])
        back, run_back = self.cell.forward(_of(w, "<"), x[::-1], starts[1])
        return np.concatenate([there, back[::-1]], axis=-1), (run, run_back)

    def backward(
        self, w: Weights, run: tuple[Run, Run], given: Array, last: Array | None = None
    ) -> tuple[Weights, Array, Array]:
        """Return gradients as those of one cell."""
        ends = (None, None) if last is None else np.split(last, 2, axis=-1)
        there, back = np.split(given, 2, axis=-1)
        one, first, through = self.cell.backward(_of(w, ">"), run[0], there, ends[0])
        two, last_first, through_back = self.cell.backward(_of(w, "<"), run[1], back[::-1], ends[1])
        gradients = {f"{name}>": part for name, part in one.items()} | {f"{name}<": part for name, part in two.items()}
        starts = np.concatenate([first, last_first], axis=-1)
        return gradients, starts, np.concatenate([through, through_back[::-1]], axis=-1)


def _of(w: Weights, mark: str) -> Weights:
    return {name[:-1]: part for name, part in w.items() if name[-1] == mark}


CELLS: Mapping[str, Any] = {"rnn": Cell, "lstm": LSTM, "gru": GRU, "birnn": BiRNN}
