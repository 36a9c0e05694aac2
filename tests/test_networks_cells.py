"""Recurrent cells: forward and backward against torch where it is installed, and against finite differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import actplot
from actplot.networks.cells import CELLS, Pair
from actplot.networks.weights import scheme

INPUTS, HIDDEN, STEPS, SAMPLES, SEEDS = 3, 5, 6, 4, 2


def made(kind: str, name: str) -> tuple[Any, dict[str, Any], Any, Any, Any, Any]:
    """Return a cell, its weights, inputs, a first state, and the gradients that come from above."""
    activation = actplot.get(name)
    cell = CELLS[kind](Pair(activation), HIDDEN)
    sources = [np.random.default_rng([3, seed]) for seed in range(SEEDS)]
    weights = cell.draw(scheme("1,0.3", activation), sources, INPUTS)
    source = np.random.default_rng(4)
    x = source.standard_normal((STEPS, SEEDS, SAMPLES, INPUTS))
    start = source.standard_normal((SEEDS, SAMPLES, cell.memory * cell.ways * HIDDEN))
    given = source.standard_normal((STEPS, SEEDS, SAMPLES, cell.outputs))
    return cell, weights, x, start, given, source


@pytest.mark.parametrize("name", ["tanh", "sin", "gelu", "leaky_relu"])
@pytest.mark.parametrize("kind", CELLS)
def test_gradients_are_those_of_finite_differences(kind: str, name: str) -> None:
    cell, weights, x, start, given, source = made(kind, name)
    last = source.standard_normal(start.shape)

    def loss(w: dict[str, Any], first: Any) -> Any:
        outputs, ends, _ = cell.forward(w, x, first)
        return (outputs * given).sum(axis=(0, 2, 3)) + (ends * last).sum(axis=(1, 2))

    gradients, first, _ = cell.backward(weights, cell.forward(weights, x, start)[2], given, last)
    for key, weight in weights.items():
        way = source.standard_normal(weight.shape)
        moved = [loss({**weights, key: weight + size * way}, start) for size in (1e-5, -1e-5)]
        slopes = (gradients[key] * way).reshape(SEEDS, -1).sum(axis=1)
        assert (moved[0] - moved[1]) / 2e-5 == pytest.approx(slopes, rel=2e-6, abs=2e-6), key
    way = source.standard_normal(start.shape)
    moved = [loss(weights, start + size * way) for size in (1e-5, -1e-5)]
    assert (moved[0] - moved[1]) / 2e-5 == pytest.approx((first * way).sum(axis=(1, 2)), rel=2e-6, abs=2e-6)


@pytest.mark.parametrize("kind", CELLS)
def test_what_passes_through_later_steps_is_counted(kind: str) -> None:
    cell, weights, x, start, given, _ = made(kind, "tanh")
    given[:] = 0.0
    given[-1, ..., :HIDDEN] = 1.0
    _, _, through = cell.backward(weights, cell.forward(weights, x, start)[2], given)
    assert (through[-1, ..., :HIDDEN] == 1.0).all()
    assert np.abs(through[0, ..., :HIDDEN]).max() > 0.0


def test_a_kink_has_the_slope_that_torch_takes() -> None:
    pair = Pair(actplot.get("relu"))
    assert pair.df(np.array([[-1.0, 0.0], [1.0, 2.0]])).tolist() == [[0.0, 0.0], [1.0, 1.0]]
    assert pair.f(np.array([-1.0, 0.5])).tolist() == [0.0, 0.5]
    assert Pair(actplot.get("tribas")).df(np.array([0.0, -1.0])).tolist() == [0.0, 0.5]
    assert Pair(actplot.get("2*x")).df(np.zeros((2, 3))).tolist() == [[2.0] * 3] * 2
    assert Pair(actplot.get("sign")).is_flat
    assert not Pair(actplot.get("hard_tanh")).is_flat


@pytest.mark.parametrize("kind", CELLS)
def test_cells_are_torch_s(kind: str) -> None:
    torch = pytest.importorskip("torch")
    cell, weights, x, start, given, _ = made(kind, "tanh")
    outputs, _, run = cell.forward(weights, x, start)
    gradients, first, _ = cell.backward(weights, run, given)
    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "birnn": torch.nn.RNN}[kind]
    ours = {"Wx": "weight_ih_l0", "Wh": "weight_hh_l0", "bx": "bias_ih_l0", "bh": "bias_hh_l0"}

    def ways(parts: dict[str, Any], seed: int) -> dict[str, Any]:
        """Return what torch calls the weights of a seed, whose second axis may be the way in time."""
        if kind != "birnn":
            return {ours[key]: part[seed].T.squeeze() for key, part in parts.items()}
        marks = ("", "_reverse")
        return {ours[key] + marks[way]: part[seed, way].T.squeeze() for key, part in parts.items() for way in (0, 1)}

    for seed in range(SEEDS):
        theirs = layer(INPUTS, HIDDEN, bidirectional=kind == "birnn").double()
        with torch.no_grad():
            for name, weight in ways(weights, seed).items():
                getattr(theirs, name).copy_(torch.tensor(weight))
        parts = [torch.tensor(part) for part in np.split(start[seed], cell.memory * cell.ways, axis=-1)]
        state = [part.clone().requires_grad_() for part in parts]
        joined = (state[0][None], state[1][None]) if kind == "lstm" else torch.stack(state)
        found, _ = theirs(torch.tensor(x[:, seed]), joined)
        assert found.detach().numpy() == pytest.approx(outputs[:, seed], abs=1e-13)
        (found * torch.tensor(given[:, seed])).sum().backward()
        for name, gradient in ways(gradients, seed).items():
            assert getattr(theirs, name).grad.numpy() == pytest.approx(gradient, abs=1e-11), name
        ends = np.concatenate([part.grad.numpy() for part in state], axis=-1)
        assert ends == pytest.approx(first[seed], abs=1e-11)
