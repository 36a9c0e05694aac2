"""``actplot same``, and what ``actplot info`` says of it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

import actplot
from actplot.accuracy import kin
from actplot.accuracy.settings import at_other_values
from actplot.cli.app import app
from tests.conftest import Run, one_error_line


def printed(*arguments: str) -> str:
    """Return what the command prints, in this process: what it keeps of the catalogue serves the next."""
    done = CliRunner().invoke(app, list(arguments))
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


SAID = [
    ("2*sigmoid(2*x)-1", "2*sigmoid(2*x)-1 is tanh exactly; no difference at "),
    ("x/(1+exp(-1.702*x))", "x/(1+exp(-1.702*x)) is quick_gelu exactly; proved"),
    ("log(1+exp(x))-log(2)", "log(1+exp(x))-log(2) is shifted_softplus and psoftplus:alpha=1 exactly;"),
    ("x*sigmoid(1.7*x)", "x*sigmoid(1.7*x) is silu:beta=1.7 exactly; proved"),
    ("x/(1 + exp(-3.4*x/2))", "x/(1 + exp(-3.4*x/2)) is silu:beta=1.7 exactly; proved"),
    ("max(0.3*x, x)", "max(0.3*x, x) is leaky_relu:alpha=0.3, "),
    ("min(max(x, 0), 8)", "min(max(x, 0), 8) is relu6:n=8 exactly;"),
    ("clip(x, -2, 3)", "clip(x, -2, 3) is hard_tanh:lower=-2,upper=3 exactly; proved"),
    ("x if x > 0 else 2*exp(x) - 2", "x if x > 0 else 2*exp(x) - 2 is elu:alpha=2"),
    ("log(1 + exp(3*x))/3", "log(1 + exp(3*x))/3 is softplus:beta=3 exactly;"),
    ("elu(x - 1) - 3", "elu(x - 1) - 3 is elu up to shift: elu(x - 1) - 3; proved"),
    ("sin(30*x)", "sin(30*x) is sin:omega=30 exactly;"),
    ("sign", "sign is bipolar_step, ste_sign, approx_sign and swish_sign exactly, but for the value at x = 0;"),
    ("mish", "mish is none of the named functions, not even up to scale and shift."),
]


@pytest.mark.parametrize(("formula", "said"), SAID, ids=[formula for formula, _ in SAID])
def test_what_a_formula_is_stands_in_the_first_sentence(formula: str, said: str) -> None:
    assert printed("same", formula).startswith(said)


def test_what_is_none_has_a_nearest() -> None:
    assert printed("same", "relu(x)+1e-9*x**2").splitlines() == [
        "relu(x)+1e-9*x**2 is none of the named functions, not even up to scale and shift.",
        "Nearest from -5 to 5 is relu: at most 2.5e-08 apart, at x = 5.",  # 25 · 1e-9
    ]
    data = json.loads(printed("same", "relu(x)+1e-9*x**2", "--json"))
    assert data["same"] == []
    assert data["nearest"] == {
        "name": "relu",
        "difference": pytest.approx(2.5e-8, rel=1e-7),
        "x": 5,
        "range": [-5, 5],
    }


def test_beside_a_pole_nothing_is_nearest() -> None:
    """What one alone has a pole beside is as far apart as one likes."""
    assert kin._nearest(actplot.get("1/x"), [actplot.get("tanh")]) is None
    near = kin._nearest(actplot.get("1/x"), [actplot.get("1/x + 0.5")])
    assert near is not None
    assert near.difference == pytest.approx(0.5)


def test_what_a_program_reads() -> None:
    data = json.loads(printed("same", "x*sigmoid(1.7*x)", "--json", "--no-config"))
    assert data["function"] == "x*sigmoid(1.7*x)"
    assert data["nearest"] is None
    exact, first = data["same"][0], next(each for each in data["same"] if not each["exact"])
    assert (exact["name"], exact["parameters"], exact["exact"]) == ("silu", {"beta": 1.7}, True)
    assert (first["name"], first["formula"]) == ("silu", "silu(1.7*x)/1.7")
    assert first["a"] == {"value": pytest.approx(1 / 1.7), "text": "1/1.7"}
    assert first["b"] == {"value": 1.7, "text": "1.7"}
    assert (first["exact"], first["proved"], first["other_value_at"]) == (False, True, [])
    assert {each["name"] for each in data["same"]} >= {"silu", "quick_gelu", "e_swish", "pstanh"}


def test_functions_of_your_own_are_compared_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[my_act]\nformula = "x*erf(x)**2"\n', encoding="utf-8")
    said = run("same", "--functions", "own.toml", "3*x*erf(x)**2").stdout.decode()
    assert said.startswith("3*x*erf(x)**2 is my_act up to scale: 3*my_act(x); ")
    assert b"none of the named" in run("same", "3*x*erf(x)**2").stdout


def test_what_is_no_function_is_told_in_a_line(run: Run) -> None:
    done = run("same", "sigmod")
    assert done.returncode == 2
    assert "did you mean 'sigmoid'?" in one_error_line(done)


@pytest.mark.parametrize("formula", ["1/x", "sqrt(-1 - x**2)", "3 + 0*x", "round(1000*x)", "exp(exp(exp(x)))", "x**x"])
def test_anything_has_an_answer(formula: str) -> None:
    assert printed("same", formula)


def test_info_tells_what_a_function_is_the_same_as() -> None:
    def said(name: str) -> str:
        return " ".join(printed("info", name).split())

    assert "same as sigmoid up to scale and shift: 2*sigmoid(2*x) - 1; no difference at " in said("tanh")
    assert "same as tanh, stanh, bipolar_sigmoid, " in said("sigmoid")
    assert "same as elu exactly; no difference at " in said("celu")
    assert "same as elu up to scale: 2*elu(0.5*x); " in said("celu:alpha=2")
    assert "same as" not in said("mish")
    assert "same as" not in said("mpelu:alpha=2")  # a corner at 0, which no ELU of α = 1 has
    data = json.loads(printed("info", "cosine_unit", "--json"))
    assert (data["same"]["name"], data["same"]["formula"]) == ("sin", "sin(x - pi/2) + 1")
    data = json.loads(printed("info", "sin", "--json"))
    assert data["same"] is None
    assert "cos" in data["also_same"]


def test_values_of_parameters_are_found_by_fitting_too() -> None:
    """No number of these formulas is the value: 9^(x/3) is exp(2 log(3)/3 x), and 1/7 is no short decimal."""
    for formula, name, value in (
        ("x*9**(x/3)/(1 + 9**(x/3))", "silu", 2 * math.log(3) / 3),
        ("where(x > 0, x, x/7)", "leaky_relu", 1 / 7),
    ):
        found = {each.activation.name: each for each in at_other_values(actplot.get(formula))}
        (changed,) = found[name].activation.changed.values()
        assert changed == pytest.approx(value, rel=1e-12)


def test_what_is_near_at_some_values_is_not_taken_for_the_same() -> None:
    for formula in ("x*sigmoid(2*x) + 1e-9*x", "elu(x) + 1e-10*x**2", "mish(x)*1.0000001"):
        assert at_other_values(actplot.get(formula)) == []


def test_what_is_told_can_be_typed_back() -> None:
    said = printed("same", "max(0.3*x, x)")
    spec = said.partition(" is ")[2].partition(",")[0]
    table = printed(spec, "--at", "-2,5", "--format", "csv")
    assert table.splitlines()[1:] == ["leaky_relu,-2.0,-0.6", "leaky_relu,5.0,5.0"]
