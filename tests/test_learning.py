"""Little networks that learn: gradients, data, what they come to, and what is said of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import actplot
from actplot.errors import WorldError
from actplot.networks.cells import Pair
from actplot.networks.descent import Course, Optimizer, check, train
from actplot.networks.lessons import lesson, settled
from actplot.networks.tasks import TASKS, Addition, SinCos
from tests.conftest import Run, one_error_line
from tests.walking import EVERYTHING


def sources(seeds: int, use: int, seed: int = 0) -> list[Any]:
    return [np.random.default_rng([seed, number, use]) for number in range(seeds)]


def made(name: str, spec: str, seeds: int, **given: Any) -> tuple[Any, Any]:
    settings = settled(name, given)
    return TASKS[name](actplot.get(spec), settings, sources(seeds, 1), sources(seeds, 0)), settings


def taught(name: str, spec: str, seeds: int, **given: Any) -> tuple[Any, Course]:
    task, settings = made(name, spec, seeds, **given)
    optimizer = Optimizer(settings.optimizer, settings.rate, settings.clip)
    blocks = [range(n * settings.block, (n + 1) * settings.block) for n in range(settings.blocks)]
    with np.errstate(all="ignore"):
        return task, train(task.learn, task.w, optimizer, blocks, task.batch, task.sample, lambda told: None)


CASES = [
    *((name, spec, {"cell": cell}) for name in ("addition", "sincos") for cell in ("rnn", "lstm", "gru", "birnn")
      for spec in ("tanh", "relu")),
    *(("spirals", spec, {"depth": depth}) for depth in (1, 6) for spec in ("gelu", "hard_tanh")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spec", "given"), CASES)
def test_gradients_of_every_task_are_those_of_finite_differences(name: str, spec: str, given: dict[str, Any]) -> None:
    task, _ = made(name, spec, 3, **given)
    assert check(task.learn, task.w, task.batch(0), 0) < 1e-6


def test_a_wrong_gradient_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    task, _ = made("addition", "tanh", 2)
    right = Pair.df
    monkeypatch.setattr(Pair, "df", lambda self, x: right(self, x) * 1.0001)
    with pytest.raises(WorldError, match=r"gradients differ from finite differences by .* nothing is trained"):
        check(task.learn, task.w, task.batch(0), 0)


def test_the_sums_are_bits_from_the_least_on() -> None:
    task, _ = made("addition", "tanh", 2)
    task.pairs[0] = [[3, 5], [127, 127]]
    x, y = task.batch(0)
    assert x.shape == (8, 2, 1, 2)
    assert x[:, 0, 0].T.tolist() == [[1, 1, 0, 0, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0, 0, 0]]
    assert y[:, 0, 0, 0].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert y[:, 1, 0, 0].tolist() == [0, 1, 1, 1, 1, 1, 1, 1]
    assert task.pairs.shape == (10_000, 2, 2)
    assert task.pairs.min() == 0
    assert task.pairs.max() == 127


def test_one_step_of_addition_by_hand() -> None:
    """The forward pass, the loss and plain descent, written out with loops."""
    task, _ = made("addition", "tanh", 1)
    w = task.w
    x, y = task.batch(0)
    wx, wh, out = w["Wx"][0], w["Wh"][0], w["out"][0]
    z, loss = np.zeros(16), 0.0
    for step in range(8):
        z = np.tanh(x[step, 0, 0] @ wx + z @ wh)
        said = 1 / (1 + np.exp(-(z @ out)[0]))
        loss += 0.5 * (said - y[step, 0, 0, 0]) ** 2
    assert task.learn(w, x, y).loss[0] == pytest.approx(loss, rel=1e-13)


def test_a_network_that_adds_is_told_from_one_that_does_not() -> None:
    task, course = taught("addition", "tanh", 4, init="lecun", blocks=20)
    right = task.right(course.weights)
    assert np.median(right) > 0.99
    first = [int(np.argmax(row == 0)) for row in course.wrong if (row == 0).any()]
    assert len(first) >= 3
    assert np.median(first) < 16
    assert task.right({key: part * 0 for key, part in course.weights.items()}).max() == pytest.approx(1 / 16384)


# name, init, how many of 20 networks add all pairs right at least, and at most
ROWS = [("sigmoid", "normal", 17, 20), ("tanh", "normal", 0, 3), ("relu", "normal", 0, 1), ("tanh", "lecun", 18, 20)]


@pytest.mark.parametrize(("spec", "init", "least", "most"), ROWS if EVERYTHING else ROWS[-1:])
def test_how_many_of_twenty_networks_learn_to_add(spec: str, init: str, least: int, most: int) -> None:
    task, course = taught("addition", spec, 20, init=init, blocks=100 if EVERYTHING else 40)
    assert least <= (task.right(course.weights) == 1).sum() <= most


def test_a_cosine_is_learned_and_harder_to_write_freely() -> None:
    task, course = taught("sincos", "tanh", 4)
    said, truth = task.free(course.weights)
    freely = np.median(((said - truth) ** 2).mean(axis=(0, 2)))
    forced = np.median(course.losses[:, -1])
    assert forced < 0.01
    assert forced < freely < 0.3
    assert truth[:, 0, 0] == pytest.approx(np.cos(np.linspace(-3 * np.pi, 3 * np.pi, 100))[:24], abs=1e-12)


def test_the_last_fifth_of_the_windows_is_held_out() -> None:
    task, _ = made("sincos", "tanh", 2)
    assert isinstance(task, SinCos)
    assert task.epoch == 60
    sizes = [task.batch(place)[0].shape[2] for place in range(4)]
    assert sizes == [16, 16, 16, 12]
    seen = np.concatenate([task.batch(place)[0][0, 0, :, 0] for place in range(4)])
    assert sorted(seen.tolist()) == sorted(task.sine[0, :60, 0].tolist())


def test_spirals_are_parted_and_dead_units_counted() -> None:
    task, course = taught("spirals", "relu", 4)
    assert np.median(task.right(course.weights)) > 0.95
    assert 0.0 < task.dead(course.weights).mean() < 0.5
    smooth, course = taught("spirals", "tanh", 2, blocks=5)
    assert smooth.dead(course.weights).max() == 0.0


def test_runs_that_diverge_are_counted() -> None:
    from contextlib import nullcontext

    activations = [actplot.get("x**3")]
    settings = settled("spirals", {"rate": 10.0, "optimizer": "sgd", "blocks": 3})
    graph, _, _ = lesson("spirals", activations, settings, (3, 0), None,
                   lambda what, total: nullcontext(lambda told: None))  # fmt: skip
    assert "3 of 3 diverged, the first by epoch" in graph.sentences[0]
    assert "nothing is learned. 3 of 3" in graph.sentences[0]
    assert not any(word in graph.sentences[0] for word in ("inf", "nan", "no number", "%"))
    (series,) = graph.panels[0].series
    assert not np.isinf([series.low, series.high]).any()


def test_optimizers() -> None:
    w = {"a": np.array([[[1.0, 2.0]], [[3.0, 4.0]]])}
    Optimizer("sgd", 0.5, None).move(w, {"a": np.ones((2, 1, 2))})
    assert w["a"].ravel().tolist() == [0.5, 1.5, 2.5, 3.5]
    # 3, 4 has the norm 5, and is clipped to 1; 0.3, 0.4 is left as it is
    Optimizer("sgd", 1.0, 1.0).move(w, {"a": np.array([[[3.0, 4.0]], [[0.3, 0.4]]])})
    assert w["a"].ravel() == pytest.approx([-0.1, 0.7, 2.2, 3.1])
    adam, w = Optimizer("adam", 0.1, None), {"a": np.zeros((1, 1, 2))}
    for gradient in ([2.0, -3.0], [4.0, -3.0]):
        adam.move(w, {"a": np.array([[gradient]])})
    second = 0.1 * (0.58 / 0.19) / (0.019996 / 0.001999) ** 0.5  # by hand: means 0.58 of 0.19, squares 0.019996
    assert w["a"].ravel() == pytest.approx([-0.1 - second, 0.2], rel=1e-5)


SMALL = ("--length", "200", "--seeds", "3", "-q")


def test_the_same_seed_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    words = ("train", "addition", "tanh", *SMALL, "-o", "a.csv", "-o", "a.svg")
    for folder, seed in (("one", "5"), ("two", "5"), ("other", "6")):
        (tmp_path / folder).mkdir()
        done = run(*words, "--seed", seed, cwd=tmp_path / folder)
        assert (done.returncode, done.stderr) == (0, b"")
    for name in ("a.csv", "a.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        assert (tmp_path / "one" / name).read_bytes() != (tmp_path / "other" / name).read_bytes()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "one" / "a.csv").read_text())))
    assert [row["x"] for row in rows if row["panel"] == "loss"] == ["100.0", "200.0"]
    assert [row["x"] for row in rows if row["panel"] == "gradient"] == [f"{bit}.0" for bit in range(8)]


def test_more_networks_begin_as_fewer_do() -> None:
    few, more = (taught("addition", "tanh", seeds, blocks=1)[1].losses for seeds in (2, 3))
    assert few == pytest.approx(more[:2], rel=1e-12)


@pytest.mark.parametrize("task", TASKS)
def test_charts_say_what_was_learned(task: str, run: Run) -> None:
    done = run("train", task, "tanh", "relu", "--length", "2", "--seeds", "2")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert max(map(len, shown.splitlines())) <= 80
    words = " ".join(shown.split())
    for name in ("Tanh", "ReLU"):
        assert f"{name}, " in words
    place = {"addition": "bit", "sincos": "step", "spirals": "layer"}[task]
    assert f"The gradient at the first {place}, divided by that at the last:" in words
    assert "gradients agree with finite differences to" in done.stderr.decode()


def test_ctrl_c_shows_what_there_is(run: Run) -> None:
    before = (
        "from actplot.networks import descent as learning\n"
        "move = learning.Optimizer.move\n"
        "def stop(self, w, gradients):\n"
        "    move(self, w, gradients)\n"
        "    if self._count > 250: raise KeyboardInterrupt\n"
        "learning.Optimizer.move = stop\n"
    )
    done = run("train", "addition", "tanh", "--seeds", "2", "--format", "csv", before=before)
    assert done.returncode == 130
    assert [line.split(b",")[2] for line in done.stdout.splitlines() if line.startswith(b"loss")] == [
        b"100.0",
        b"200.0",
    ]
    assert b"Stopped by Ctrl-C" in done.stderr
    done = run("train", "addition", "tanh", before=before.replace("250", "20"))
    assert (done.returncode, done.stdout) == (130, b"")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("adition tanh", "no task named 'adition'; did you mean 'addition'?"),
        ("chess tanh", "no task named 'chess'; choose one of addition, sincos, spirals"),
        ("addition tnah", "did you mean 'tanh'"),
        ("addition step", "Step passes no gradient: its slope is 0 wherever it has one; name another function"),
        ("addition tanh --cell lst", "--cell: none is named 'lst'; did you mean 'lstm'?"),
        ("spirals tanh --cell lstm", "--cell is for addition and sincos"),
        ("addition tanh --depth 3", "--depth is for spirals"),
        ("addition tanh --optimizer rms", "--optimizer: none is named 'rms'; choose one of sgd, adam"),
        ("addition tanh --lr 0", "--lr: 0 is out of bounds; it is a number above 0"),
        ("addition tanh --clip x", "--clip: 'x' is not a number"),
        ("addition tanh --init hee", "did you mean 'he'"),
        ("addition tanh --init xavierian", "no rule named 'xavierian'; choose one of he, xavier, lecun"),
        ("addition tanh --hidden 4000 --seeds 100", "GB of memory, and 1 is allowed; lower --hidden"),
        ("addition tanh --hidden 300 --length 10000000 --seeds 1", "hours, and 1 is allowed"),
    ],
)
def test_what_is_refused(words: str, message: str, run: Run) -> None:
    done = run("train", *words.split())
    assert done.returncode == 2
    assert message in one_error_line(done)


def test_a_step_beside_others_is_told_and_left_out(run: Run) -> None:
    done = run("train", "addition", "sign", "tanh", "--length", "100", "--seeds", "2")
    assert done.returncode == 0
    assert "Sign passes no gradient" in " ".join(done.stdout.decode().split())


def test_settings_of_the_tutorial_are_the_defaults() -> None:
    settings = Addition.settings
    assert (settings.init, settings.optimizer, settings.rate, settings.hidden) == ("normal", "sgd", 0.1, 16)
    assert settings.blocks * settings.block == 10_000
    task, _ = made("addition", "tanh", 1)
    assert {key: part.shape for key, part in task.w.items()} == {"Wx": (1, 2, 16), "Wh": (1, 16, 16), "out": (1, 16, 1)}
