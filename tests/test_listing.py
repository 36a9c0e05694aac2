"""The list of activations: a table in the terminal, a plain line a name in a pipe, families and patterns of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from actplot.activations import FAMILIES
from actplot.activations.declaration import DECLARATIONS
from actplot.activations.pairs import FAMILY, PAIRS
from actplot.functions.registry import names
from tests.conftest import Run, one_error_line
from tests.terminals import on_terminal, without_styles
from tests.walking import every

EVERY = [*every(), *PAIRS]
RADIAL = ["gaussian", "tribas", "sigmoid_derivative", "sech", "mexican_hat", "wave", "gaussian_derivative", "morlet"]
RADIAL += ["expcos", "inverse_multiquadric", "prbf"]


def listed(*arguments: str, width: int = 80) -> str:
    """Return what the command shows on a terminal of some width, without its styles."""
    return without_styles(on_terminal(*arguments, width=width, NO_COLOR="1"))


def piped(run: Run, *arguments: str) -> list[str]:
    done = run("list", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def first_words(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines]


def test_a_terminal_shows_everything_under_families() -> None:
    lines = listed("list").splitlines()
    assert [line.strip() for line in lines[2:] if not line.startswith(" ")] == [*FAMILIES, FAMILY]
    found = [line.split()[0] for line in lines[2:] if re.match(r"  \w", line)]
    assert found == EVERY
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize("width", [36, 40, 59])
def test_a_narrow_terminal_keeps_the_parameters(width: int) -> None:
    text = listed("list", width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    words = set(text.replace(";", " ").replace(",", " ").split())
    assert {"alpha=0.01", "lrelu", "scale=1.0507", "alpha_p=0.8", "lower=-1", "upper=1"} <= words
    assert {*EVERY} <= words


def test_a_pipe_has_a_plain_line_a_name(run: Run) -> None:
    lines = piped(run)
    assert first_words(lines) == EVERY
    assert all(line == line.strip() for line in lines)
    (line,) = (line for line in lines if line.startswith("leaky_relu "))
    sentence = "ReLU with a small slope for negative inputs, so that no unit dies. Also: lrelu, relie, very_leaky_relu"
    assert re.split(r"  +", line) == ["leaky_relu", "alpha=0.01", "rectifiers", sentence]


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("softplus", "beta=1"),
        ("soft_shrink", "lambd=0.5, bias=lambd"),
        ("snake", "a=1, b=a"),
        ("hard_sigmoid", "alpha=0.166667, beta=0.5"),
        ("identity", "alpha=1, beta=0"),
        ("tanh", ""),
    ],
)
def test_list_has_the_defaults_but_for_what_is_off(run: Run, name: str, parameters: str) -> None:
    (line,) = piped(run, name)
    assert re.split(r"  +", line)[:-2] == [name, *([parameters] if parameters else [])]
    (record,) = json.loads("\n".join(piped(run, name, "--json")))
    assert [part.split("=")[0] for part in parameters.split(", ") if part] == [
        key for key, value in record["parameters"].items() if value != "inf"
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["radial"], RADIAL),
        (["Radial", "gelu"], ["gelu", *RADIAL]),
        (["hard_s*"], ["hard_sigmoid", "hard_swish", "hard_shrink"]),
        (["*elu?"], ["relu6", "relu2", "leaky_relu2"]),
        (["*radbas*"], ["gaussian"]),
        (["two inputs"], list(PAIRS)),
        (["[rg]eglu", "SwiGLU"], ["reglu", "geglu", "swiglu"]),
        (["swigluoai", "relu"], ["relu", "swiglu_oai"]),
        (["swish", "ReLU-6", "torch.nn.GELU"], ["relu6", "silu", "gelu"]),
        (["gated", "--used", "onnx"], ["silu", "mish"]),
        (["gated", "--used", "tf"], ["silu"]),
        (["hard", "--used", "PyTorch"], ["hard_tanh", "hard_sigmoid", "hard_swish"]),
    ],
)
def test_families_patterns_and_frameworks_choose(run: Run, arguments: list[str], found: list[str]) -> None:
    assert first_words(piped(run, *arguments)) == found
    records = json.loads("\n".join(piped(run, *arguments, "--json")), parse_constant=pytest.fail)
    assert [record["name"] for record in records] == found


def test_a_framework_has_its_own_names(run: Run) -> None:
    lines = piped(run, "gaussian_gated", "--used", "torch")
    assert first_words(lines) == ["gelu", "gelu_tanh"]
    assert lines[1].endswith(" In torch: torch.nn.GELU(approximate='tanh')")
    shown = listed("list", "gaussian_gated", "--used", "torch")
    assert "in torch" in shown
    assert "torch.nn.GELU(approximate='tanh')" in shown
    for framework in ("torch", "keras", "jax", "onnx", "tensorflow"):
        used = [name for name in names() if framework in DECLARATIONS[name].frameworks]
        assert len(used) > 3
        assert first_words(piped(run, "--used", framework)) == used


def test_the_list_in_json_says_what_is_needed(run: Run) -> None:
    records = json.loads("\n".join(piped(run, "--json")), parse_constant=pytest.fail)
    assert [record["name"] for record in records] == EVERY
    wanted = {"title", "formula", "parameters", "aliases", "source", "sentence", "plotted_range"}
    assert all(record.keys() >= {*wanted, "derivatives" if "inputs" in record else "derivative"} for record in records)
    assert records[-1]["derivatives"] == {"a": "0 if b >= a else 1", "b": "1 if b >= a else 0"}


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["gatd"], "no activation named 'gatd'; did you mean 'gated'?"),
        (["nosuch*"], "no activation matches 'nosuch*'"),
        (["--used", "nosuch"], "no framework named 'nosuch' is known here; choose one of torch, keras,"),
        (["plu", "--used", "torch"], "torch has none of these; 'actplot list --used torch' shows what it has"),
    ],
)
def test_what_names_nothing_is_told(run: Run, arguments: list[str], part: str) -> None:
    done = run("list", *arguments)
    assert done.returncode == 2
    assert part in one_error_line(done)


@pytest.mark.parametrize("spec", ["gelu", "elu:alpha=2", "max(0, x)*x"])
def test_the_plotted_range_and_the_image_are_told_apart(run: Run, spec: str, tmp_path: Path) -> None:
    record = json.loads(run("info", spec, "--json").stdout)
    assert record["plotted_range"] == [-5, 5]
    assert record["facts"]["image"][-1]["high"] == "inf"
    assert "range" not in record.keys() | record["facts"].keys()
    assert "x" in record["derivative"]
    assert record["derivative_latex"]
