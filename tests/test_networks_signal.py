"""How a signal and its gradient fare in deep networks: theory against closed forms, networks against theory."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.figures.appearance.looks import applied, find
from actplot.figures.dispatch import build_any
from actplot.networks.cells import Pair
from actplot.networks.flow import Deep, Flow, Recurrent, flows
from actplot.networks.signal import map_graph, numeral, percent, signal_graph
from actplot.networks.theory import correlations
from actplot.networks.weights import Scheme, scheme
from tests.conftest import Run, one_error_line


def deep(name: str, rule: str | Scheme, width: int, depth: int, seeds: int, seed: int = 0) -> Flow:
    """Return what becomes of signal and gradient of one function in deep networks."""
    activation = actplot.get(name)
    return flows(Deep(width, depth), [activation], [_rule(rule, name)], seeds, seed)[0]


def expected(name: str, rule: str | Scheme, depth: int = 50) -> tuple[np.ndarray, np.ndarray]:
    """Return what theory says of layers 256 wide."""
    return Deep(256, depth).theory(actplot.get(name), _rule(rule, name))


def _rule(rule: str | Scheme, name: str) -> Scheme:
    return scheme(rule, actplot.get(name)) if isinstance(rule, str) else rule


def last(name: str, init: str, depth: int = 50) -> tuple[float, float]:
    """Return the variance after so many layers, and how large the gradient is at the first."""
    signal, gradient = expected(name, init, depth)
    return float(signal[-1]), math.sqrt(gradient[0])


@pytest.mark.parametrize(
    ("name", "init", "signal", "gradient"),
    [
        ("gelu", "he", 3e-14, 2.4e-7),
        ("silu", "he", 3e-15, 6.6e-8),
        ("mish", "he", 8e-7, 1.3e-3),
        ("elu", "he", 34, 19),
        ("selu", f"{9 / 16},0", 0.024, 0.196),
    ],
)
def test_common_mistakes_cost_what_they_are_known_to(name: str, init: str, signal: float, gradient: float) -> None:
    found = last(name, init)
    assert found[0] == pytest.approx(signal, rel=0.04)
    assert found[1] == pytest.approx(gradient, rel=0.04)


def test_a_gain_of_five_thirds_makes_gradients_of_tanh_explode() -> None:
    signal, gradient = expected("tanh", f"{25 / 9},0")
    assert signal[-1] == pytest.approx(1.178, abs=1e-3)
    assert gradient[30] == pytest.approx(1.2098**20, rel=2e-3)


def test_what_keeps_its_size() -> None:
    assert last("relu", "he") == pytest.approx((1.0, 1.0), rel=1e-12)
    assert last("erf", "critical") == pytest.approx((1.0, 1.0), rel=1e-8)
    assert last("gelu", "critical") == pytest.approx(((math.sqrt(17) + 3) / 2, 1.0), rel=1e-6)
    assert last("selu", "lecun") == pytest.approx((1.0, 1.07157499246**25), rel=1e-9)


def test_a_signal_that_is_gone_stays_gone() -> None:
    assert last("0*x", "he") == (0.0, 0.0)
    signal, _ = expected("x + 1", Scheme(str, lambda inputs, outputs: (0.0, 0.0)), 2)
    assert signal.tolist() == [1.0, 0.0, 0.0]


def test_a_step_passes_no_gradient() -> None:
    signal, gradient = last("sign", "lecun")
    assert signal == pytest.approx(1.0)
    assert gradient == 0.0


def within_noise(flow: Flow, slack: float) -> None:
    """Hold that networks lie within four standard errors of the theory, and what they differ from endless ones by."""
    for said, runs in ((flow.signal, flow.signals), (flow.gradient, flow.gradients)):
        error = runs.std(axis=0, ddof=1) / math.sqrt(len(runs))
        assert np.all(np.abs(runs.mean(axis=0) - said) <= 4 * error + said * slack)
        assert np.all(error <= 0.2 * said)


NAMES = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "tanh", "erf", "sin"]


@pytest.mark.parametrize("name", NAMES)
def test_networks_lie_within_their_own_noise_of_the_theory(name: str) -> None:
    within_noise(deep(name, "critical", 256, 8, 16, 1), 8 / 256)  # a layer of that width differs by about 1/256


def test_networks_lie_within_their_own_noise_of_the_theory_in_time() -> None:
    for place, name in enumerate(NAMES):
        kind, rule = ("rnn", "birnn")[place % 2], ("lecun", "torch", "0.5,0.2")[place % 3]
        activation = actplot.get(name)
        (flow,) = flows(Recurrent(kind, 256, 10), [activation], [scheme(rule, activation)], 16, 2)
        assert flow.in_theory
        within_noise(flow, 10 / 256)


def test_the_theory_of_a_linear_cell_is_a_closed_form() -> None:
    found = Recurrent("rnn", 32, 7).theory(actplot.get("identity"), scheme("0.25,0.1", actplot.get("relu")))
    assert found is not None
    signal, gradient = found
    # q grows by a quarter of itself a step: (1 + h²)/4 + 2/10
    assert signal == pytest.approx([0.45 * (1 - 0.25**n) / 0.75 for n in range(1, 8)], rel=1e-12)
    assert gradient == pytest.approx([0.25**n for n in range(6, -1, -1)], rel=1e-12)


def test_the_theory_of_erf_in_time_is_a_closed_form() -> None:
    found = Recurrent("birnn", 32, 4).theory(actplot.get("erf"), scheme("1.5,0.1", actplot.get("relu")))
    assert found is not None
    squares, factors = [0.0], []
    for _ in range(4):
        q = 1.5 * (1 + squares[-1]) + 0.2
        squares.append(2 / math.pi * math.asin(2 * q / (1 + 2 * q)))
        factors.append(1.5 * 4 / math.pi / math.sqrt(1 + 4 * q))
    assert found[0] == pytest.approx(squares[1:], rel=1e-11)
    # the gradient of the last state by the first goes through all steps but the first
    assert found[1] == pytest.approx([math.prod(factors[step + 1 :]) for step in range(4)], rel=1e-11)


@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_gates_have_no_theory_and_say_so(kind: str, run: Run) -> None:
    (flow,) = flows(Recurrent(kind, 8, 3), [actplot.get("tanh")], [scheme("he", actplot.get("tanh"))], 2, 0)
    assert not flow.in_theory
    assert flow.signal == pytest.approx(flow.signals.mean(axis=0))
    shown = run("signal", "tanh", "--cell", kind, "--steps", "3", "--width", "8", "--seeds", "2").stdout.decode()
    assert "gates have no theory line" in " ".join(shown.split())


def test_a_network_s_gradients_are_those_of_finite_differences() -> None:
    rule = Scheme(str, lambda inputs, outputs: (1.5 / inputs, 0.1))
    flow = deep("tanh", rule, 3, 2, 1, 7)
    source = np.random.default_rng([7, 0])
    start, end = source.standard_normal((2, 3))
    layers = [(source.standard_normal((3, 3)) * math.sqrt(0.5), source.standard_normal(3) * math.sqrt(0.1))]
    layers += [(source.standard_normal((3, 3)) * math.sqrt(0.5), source.standard_normal(3) * math.sqrt(0.1))]

    def loss(z: np.ndarray) -> float:
        for weight, bias in layers:
            z = np.tanh(z) @ weight + bias
        return float(z @ end)

    nudges = 1e-6 * np.eye(3)
    slopes = np.array([(loss(start + nudge) - loss(start - nudge)) / 2e-6 for nudge in nudges])
    assert flow.gradients[0, 0] == pytest.approx((slopes**2).mean() / (end**2).mean(), rel=1e-7)


def test_more_seeds_begin_as_fewer_do() -> None:
    few, more = (deep("relu", "he", 16, 3, seeds, 5).signals for seeds in (2, 4))
    assert (few == more[:2]).all()


def test_functions_together_are_what_they_are_alone() -> None:
    both = [actplot.get(name) for name in ("relu", "tanh")]
    for rule in ("he", "gain"):
        found = flows(Deep(16, 3), both, [scheme(rule, each) for each in both], 2, 5)
        for name, flow in zip(("relu", "tanh"), found, strict=True):
            assert (flow.signals == deep(name, rule, 16, 3, 2, 5).signals).all()


def test_rules_of_init() -> None:
    activation, source = actplot.get("tanh"), np.random.default_rng(0)

    def size(rule: str, inputs: int = 400, outputs: int = 100) -> float:
        return float(scheme(rule, activation).draw(source, inputs, outputs).var()) * inputs

    assert size("he") == pytest.approx(2, rel=0.03)
    assert size("xavier") == pytest.approx(1.6, rel=0.03)
    assert size("lecun") == pytest.approx(1, rel=0.03)
    assert size("torch") == pytest.approx(1 / 3, rel=0.03)
    assert size("gain") == pytest.approx(1 / 0.394294490398, rel=0.03)
    assert size("critical") == pytest.approx(2.1533026489, rel=0.03)
    assert size("0.5, 2") == pytest.approx(0.5, rel=0.03)
    assert scheme("0.5, 2", activation).draw_bias(source, 9, 4000).var() == pytest.approx(2, rel=0.1)
    turned = scheme("keras", activation).draw(source, 6, 6, recurrent=True)
    assert turned @ turned.T == pytest.approx(np.eye(6), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        ("relu", "hee", "did you mean 'he'"),
        ("relu", "1,-1", "choose one of he, xavier"),
        ("sigmoid", "critical", "Sigmoid has no critical init"),
        ("step", "critical", "f jumps"),
        ("1/x", "gain", "f has a pole at 0"),
    ],
)
def test_rules_that_are_none(name: str, rule: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        scheme(rule, actplot.get(name))


def test_what_would_take_too_much_is_refused_with_the_number(run: Run) -> None:
    for options, message in (
        (("--width", "4000"), "that takes 6.4 GB of memory, and 1 is allowed; lower --width"),
        (("--width", "1000", "--seeds", "100000"), "hours, and 1 is allowed"),
        (("--width", "1", "--depth", "100000", "--seeds", "100000"), "that takes 160.0 GB of memory"),
        (("--cell", "rnn", "--steps", "100000"), "GB of memory, and 1 is allowed; lower --width, --steps"),
        (("--cell", "rnn", "--width", "1", "--steps", "1000", "--seeds", "100000"), "that takes 1.6 GB of memory"),
        (("--cell", "rnn", "--width", "1000", "--steps", "1000", "--seeds", "5000"), "hours, and 1 is allowed"),
        (("--depth", "2.5"), "--depth: '2.5' is not a whole number"),
        (("--seeds", "0"), "--seeds: 0 is out of bounds; it is 1 to 100,000"),
        (("--depth", "many"), "'many' is not a number"),
        (("--depth", "0"), "--depth: 0 is out of bounds"),
    ):
        done = run("signal", "relu", *options)
        assert done.returncode == 2
        assert message in one_error_line(done)


SMALL = ("--depth", "6", "--width", "16", "--seeds", "3")


def test_the_chart_and_its_sentences(run: Run) -> None:
    shown = run("signal", "gelu", "relu", *SMALL).stdout.decode()
    assert shown.count("┤") >= 4
    assert "GELU with He's init: gradients shrink to" in shown
    assert "ReLU with He's init: gradients keep their size over 6 layers" in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_files_of_every_format_are_the_same_in_every_run(run: Run, tmp_path: Path) -> None:
    names = [f"a.{suffix}" for suffix in ("png", "svg", "pdf", "csv", "json", "md", "tex", "txt")]
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        run("signal", "gelu", "tanh", *SMALL, *[part for name in names for part in ("-o", name)], cwd=folder)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    rows = list(csv.DictReader(io.StringIO((tmp_path / "one" / "a.csv").read_text())))
    assert [rows[0][key] for key in ("panel", "name", "x", "line", "dots")] == [
        "signal",
        "GELU",
        "0.0",
        "1.0",
        rows[0]["dots"],
    ]
    assert len(rows) == 2 * 2 * 7
    data = json.loads((tmp_path / "one" / "a.json").read_text())
    assert data["panels"][1]["lines"][1]["line"][-1] == 1.0
    assert "gradients shrink to" in (tmp_path / "one" / "a.svg").read_text()
    assert "gradients shrink to" in (tmp_path / "one" / "a.txt").read_text()


def test_a_function_that_leaves_float64_is_told_by_its_layer(run: Run) -> None:
    told = b" ".join(run("signal", "exp(x)", *SMALL, "--init", "9,0").stdout.split())
    assert b"it is not finite from layer" in told
    # exp of a normal variable of variance 90, and exp of that
    steps = "--cell", "rnn", "--steps", "5", "--width", "16", "--seeds", "3"
    told = b" ".join(run("signal", "exp(x)", *steps, "--init", "90,0").stdout.split())
    assert b"it is not finite from step 2 on in 3 of 3 networks" in told
    told = b" ".join(run("signal", "1/x", *SMALL).stdout.split())
    assert b"by theory it is not finite from layer 1 on" in told
    told = b" ".join(run("signal", "sign", *SMALL).stdout.split())
    assert b"Sign passes no gradient: its slope is 0 wherever it has one" in told


def test_the_map_of_correlations_is_the_closed_form_of_relu() -> None:
    c = np.array([0.0, 0.3, 0.7, 0.99, 1.0])
    known = (np.sqrt(1 - c * c) + (math.pi - np.arccos(c)) * c) / math.pi
    assert correlations(Pair(actplot.get("relu")).f, 2.0, 0.0, 1.0, c) == pytest.approx(known, abs=3e-4)
    known = np.arcsin(2 * c / 3) / math.asin(2 / 3)
    assert correlations(Pair(actplot.get("erf")).f, 1.0, 0.0, 1.0, c) == pytest.approx(known, abs=1e-10)


def test_maps_find_the_variances_that_stay() -> None:
    graph = map_graph([actplot.get(name) for name in ("tanh", "relu", "gelu")], "he", None)
    tanh, relu, gelu = graph.sentences
    assert relu.startswith(
        "ReLU with He's init: any variance stays; at q = 1 a layer multiplies squared gradients by 1."
    )
    assert "no variance above 0 stays" in gelu
    assert "the variance 0.618 stays" in tanh
    line = graph.panels[0].series[0]
    assert np.nanmax(np.abs(line.line[np.isfinite(line.dots)] - 0.618)) < 0.03
    assert graph.panels[1].series[1].line[0] == pytest.approx(1 / math.pi, abs=3e-4)


def test_gradients_through_time_shrink_as_weights_say() -> None:
    # states of a linear network pass gradients back through a random matrix of radius 1/2
    activation = actplot.get("identity")
    (flow,) = flows(Recurrent("rnn", 64, 21), [activation], [scheme("0.25,0", activation)], 4, 0)
    assert math.sqrt(flow.gradient[0]) == pytest.approx(0.5**20, rel=0.5)
    assert flow.gradients[:, -1] == pytest.approx(np.ones(4))
    assert flow.signals.shape == (4, 21)
    assert flow.signal[-1] == pytest.approx(0.25 / (1 - 0.25), rel=0.15)  # inputs add a quarter a step


def test_a_memory_with_logistic_gates_forgets_half_a_step() -> None:
    activation = actplot.get("tanh")
    (flow,) = flows(Recurrent("gru", 8, 11), [activation], [scheme("1e-8,0", activation)], 2, 0)
    assert np.sqrt(flow.gradients[:, 0]) == pytest.approx(0.5**10, rel=1e-3)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru", "birnn"])
def test_the_chart_through_time(cell: str, run: Run) -> None:
    done = run("signal", "tanh", "--cell", cell, "--steps", "9", "--width", "12", "--seeds", "2")
    assert done.returncode == 0
    assert "Tanh with He's init: gradients" in done.stdout.decode()
    assert "over 9 steps" in " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--cell", "lst"), "--cell: none is named 'lst'; did you mean 'lstm'?"),
        (("--cell", "rnn", "--map"), "--cell and --map exclude each other"),
        (("--cell", "lstm", "--width", "9000"), "GB of memory, and 1 is allowed"),
        (("--init", "hee"), "did you mean 'he'?"),
    ],
)
def test_what_signal_refuses(options: tuple[str, ...], message: str, run: Run) -> None:
    done = run("signal", "tanh", *options)
    assert done.returncode == 2
    assert message in one_error_line(done)


def test_maps_are_drawn_over_axes_of_their_own(run: Run) -> None:
    shown = run("signal", "tanh", "--map").stdout.decode()
    assert shown.count("└") == 2
    assert "unchanged" in shown
    assert run("signal", "tanh", "--map", "-o", "a.svg").returncode == 0


def test_layers_are_counted_in_whole_numbers(run: Run) -> None:
    done = run("signal", "relu", "--depth", "3", "--width", "8", "--seeds", "2", "--terminal")
    floor = next(line for line in reversed(done.stdout.decode().splitlines()) if line.strip()[:1] == "0")
    assert floor.split() == ["0", "1", "2", "3"]
    graph, look = signal_graph(Deep(8, 3), [actplot.get("relu")], "he", 2, 0, None), find("light")
    with applied(look):
        figure = build_any(graph, look)
        below = figure.axes[1]
        assert [tick for tick in below.get_xticks() if 0 <= tick <= 3] == [0, 1, 2, 3]
        low, high = below.get_ylim()
        assert 3 <= sum(low <= tick <= high for tick in below.get_yticks()) <= 7, "less than a decade, and no crowd"


def test_wide_letters_are_wrapped_by_what_they_take_up(run: Run) -> None:
    for width in (80, 40):
        words = ("signal", "gelu", *SMALL, "--language", "ja", "--terminal")
        lines = run(*words, env={"COLUMNS": str(width)}).stdout.decode().splitlines()
        assert max(map(cell_len, lines)) <= width
        assert "…" not in "".join(lines[-3:])


def test_how_numbers_are_told() -> None:
    assert [percent(share) for share in (1.0, 0.99999, 0.5, 0.00061, 0.0)] == ["100", "99.9", "50", "0.061", "0"]
    told = [numeral(value) for value in (2.4e-7, 0.3141, 31.41, 2260.3, 3e12, math.nan)]
    assert told == ["2.4e-7", "0.31", "31.4", "2260", "3e12", "no number"]


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["--steps", "7", "--depth", "3"], "--steps is for networks through time; name one with --cell"),
        (["--map", "--depth", "3"], "--map shows one layer; --depth is left out"),
        (["--map", "--seeds", "3", "--width", "9"], "--map shows one layer; --width, --seeds are left out"),
        (["--cell", "rnn", "--depth", "3", "--steps", "3"],
         "rnn has steps in time, of which --steps tells the number; --depth is left out"),
        (["--cell", "rnn", "--steps", "3"], None),
    ],
)  # fmt: skip
def test_what_nothing_here_asks_for_is_told(arguments: list[str], note: str | None) -> None:
    few = [] if "--map" in arguments else ["--seeds", "2", "--width", "8"]
    done = CliRunner().invoke(app, ["signal", "relu", *few, *arguments, "--table"])
    assert done.exit_code == 0
    told = [line for line in done.stderr.splitlines() if "--" in line]
    assert told == ([f"actplot: {note}"] if note else [])
