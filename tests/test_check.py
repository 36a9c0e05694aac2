"""``actplot check``: the accuracy of the whole catalogue, by the command."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from tests.conftest import Run, one_error_line
from tests.walking import DAY, EVERYTHING, in_turn

NARROW = ("--range", "-1", "1")  # fewer points
MAX_ULP = 0.5000001  # the nearest float64
KINDS = [["relu", "asinh"], ["selu", "sin"]]
PLACES = [-49.3, -2.718, 0.6931, 17.17, 37.2, 49.9]


def test_functions_of_every_kind_are_rounded_to_the_nearest_float64(run: Run) -> None:
    names = actplot.names() if EVERYTHING else [*KINDS[DAY % 2], "gelu"]
    done = run("check", *names, "--json", "--max-ulp", str(MAX_ULP), timeout=1200)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert [function["name"] for function in record["functions"]] == names
    for function in record["functions"]:
        assert function["passed"]
        assert function["f"]["ulp"] <= MAX_ULP, (record["seed"], function)
        assert function["df"]["ulp"] <= MAX_ULP, (record["seed"], function)
        assert function["f"]["judged"] > 5000
        assert function["f"]["undecided"] == 0


def test_what_is_left_open_is_told(run: Run) -> None:
    record = json.loads(run("check", "celu", "--json", "-q").stdout)["functions"][0]
    assert record["passed"]
    assert record["f"]["undecided"] == 0
    assert record["df"]["undecided"] <= 1  # at 0, where the pieces meet


def test_a_function_with_parameters_is_measured_with_them(run: Run) -> None:
    done = run("check", "snake:a=0.3", "elu:alpha=1e300", "--json", "-q", "--max-ulp", str(MAX_ULP), *NARROW)
    assert done.returncode == 0
    assert all(function["passed"] for function in json.loads(done.stdout)["functions"])


def test_the_same_seed_measures_the_same(run: Run) -> None:
    first, second = (run("check", "gelu", "--seed", "7", *NARROW) for _ in range(2))
    assert first.stdout == second.stdout
    assert first.stderr == b"actplot: seed 7\n"
    assert run("check", "gelu", "--seed", "7", "-q", *NARROW).stderr == b""


def test_a_bound_that_is_not_met_is_exit_1(run: Run) -> None:
    done = run("check", "gelu", "--seed", "7", "--max-ulp", "0.1", "-q", *NARROW)
    assert done.returncode == 1
    assert b"over" in done.stdout
    assert done.stderr.decode().startswith("actplot: error: 1 of 1 over 0.1 ULP: gelu")


@pytest.mark.parametrize(
    ("formula", "against", "near"),
    [
        ("sinh(x)/cosh(x)", "tanh", 710),
        ("x*Phi(x)*1.0000000000001", "gelu", 1),
        ("log(1 + exp(x))", None, -35),
        ("(exp(x) - 1)/(exp(x) + 1)", None, 710),
    ],
)
def test_a_textbook_formula_is_shown_to_break(formula: str, against: str | None, near: int) -> None:
    options = [*(["--against", against] if against else []), "--range", str(near - 1), str(near + 1)]
    result = CliRunner().invoke(app, ["check", formula, "--json", "-q", *options])
    record = json.loads(result.stdout)["functions"][0]
    assert not record["passed"]
    assert record["name"] == formula


@pytest.mark.parametrize(
    ("formula", "against"), [("exp(x)", "exponential"), ("atan(x)", "arctan"), ("max(0, x)", "relu")]
)
def test_a_good_formula_passes(formula: str, against: str) -> None:
    result = CliRunner().invoke(app, ["check", formula, "--against", against, "--max-ulp", "4", "--json", "-q"])
    assert json.loads(result.stdout)["functions"][0]["passed"]


def test_a_formula_may_be_good_and_its_derivative_not() -> None:
    result = CliRunner().invoke(app, ["check", "1/(1+exp(-x))", "--against", "sigmoid", "--json", "-q"])
    function = json.loads(result.stdout)["functions"][0]
    assert function["f"]["ulp"] <= 4
    assert function["df"]["ulp"] == "inf"  # exp(-x)/(1 + exp(-x))**2, beyond -355 infinity over infinity
    assert function["df"]["x"] < -350


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--max-ulp", "0"], "not a positive number"),
        (["--max-ulp", "many"], "not a positive number"),
        (["--seed", "-1"], "not a whole number"),
        (["--seed", "0.5"], "not a whole number"),
        (["relu", "--rtol", "-1"], "--rtol: '-1' is not a number from 0"),
        (["relu", "--atol", "nan"], "--atol: 'nan' is not a number from 0"),
        (["relu", "--range", "3", "1"], "--range"),
        (["nosuch"], "no activation named 'nosuch'"),
        (["--against", "nosuch"], "no activation named"),
        (["x +"], "not a formula"),
    ],
)
def test_bad_requests_are_told_in_one_line(run: Run, arguments: list[str], part: str) -> None:
    done = run("check", *arguments)
    assert part in one_error_line(done)
    assert done.returncode == 2


def checked(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", *arguments, "-q", "--seed", "3"])
    return result.exit_code, " ".join(result.stdout.split()), str(result.exception or "")


def test_a_run_in_which_nothing_could_be_judged_is_no_success() -> None:
    code, out, problem = checked("sin(x)", "--against", "x/0")
    assert code == 1
    assert "nothing could be judged" in problem
    assert "sin(x) could not be judged: x/0 has no value wherever it was looked at." in out


def test_digits_that_are_lost_read_differently_from_another_function() -> None:
    code, out, _ = checked("x*0.5*(1+erf(x/sqrt(2)))", "--against", "gelu", "--range", "-9", "-5")
    assert code == 1
    assert "is the same function as gelu; in float64 it is off by at most" in out
    code, out, _ = checked("x*sigmoid(1.7*x)", "--against", "quick_gelu", "--range", "-5", "5")
    assert code == 1
    assert "is another function than quick_gelu: the largest differences are 0.000303607 at x = " in out
    assert "at x = -1.41" in out or "at x = 1.41" in out


@pytest.mark.parametrize(
    ("place", "width"), in_turn(["-7777.7", "-340.2", "-49.99", "0.005", "3.14", "777.7", "9999.0"], [0.01, 1.0], 1)
)
def test_a_bump_is_found_wherever_it_is(place: str, width: float) -> None:
    code, out, _ = checked(f"x + 1e-3*exp(-((x-({place}))/{width})**2)", "--against", "identity")
    assert code == 1
    assert f"is another function than identity: the largest differences are 0.001 at x = {float(place):g} and" in out


@pytest.mark.parametrize("place", PLACES if EVERYTHING else PLACES[DAY % 3 :: 3])
def test_a_small_error_near_any_point_of_the_middle_is_found(place: float) -> None:
    planted = f"tanh(x)*((1 + 1e-13) if {place - 0.01!r} < x < {place + 0.01!r} else 1)"
    record = json.loads(CliRunner().invoke(app, ["check", planted, "--against", "tanh", "--json", "-q"]).stdout)
    function = record["functions"][0]
    assert function["f"]["ulp"] > 100
    assert abs(function["f"]["x"] - place) <= 0.01
    assert not function["agreement"]["same"]
    assert function["agreement"]["relative"]["difference"] == pytest.approx(1e-13, rel=1e-3)


def test_tolerances_and_a_range_are_for_people_with_a_formula_of_their_own() -> None:
    formula = ["x*Phi(x)", "--against", "gelu", "--range", "-3", "3"]
    assert checked(*formula, "--atol", "1e-15", "--rtol", "1e-12")[0] == 0
    assert checked(*formula, "--atol", "1e-30")[0] == 1
    assert checked("x*sigmoid(1.7*x)", "--against", "quick_gelu", "--atol", "1e-3", "--range", "-5", "5")[0] == 0
    assert checked("x*sigmoid(1.7*x)", "--against", "quick_gelu", "--atol", "3e-4", "--range", "-5", "5")[0] == 1
    assert checked("x*sigmoid(1.7*x)", "--against", "quick_gelu", "--atol", "3e-4", "--range", "0", "0.1")[0] == 0


def test_slopes_beside_a_kink_are_judged() -> None:
    """A kink that lies right but bends wrongly is told: the reading of the slopes is the only thing that differs."""
    record = json.loads(CliRunner().invoke(app, ["check", "relu", "--json", "-q"]).stdout)["functions"][0]
    assert record["passed"]
    wrong = json.loads(
        CliRunner()
        .invoke(app, ["check", "max(0, x)", "--against", "max(0, x) + max(0, 1e-9*x)", "--json", "-q"])
        .stdout
    )["functions"][0]
    assert wrong["df"]["ulp"] > 1e6


def test_the_first_five_that_fail_are_named() -> None:
    command = ["check", *"identity square abs relu gelu silu".split(), "--against", "tanh", "--range", "1", "1.5", "-q"]
    problem = CliRunner().invoke(app, command).exception
    assert str(problem) == ("6 of 6 over 1 ULP: identity, square, abs, relu, gelu and 1 more; the table shows where")
    five = str(CliRunner().invoke(app, [word for word in command if word != "silu"]).exception)
    assert five == "5 of 5 over 1 ULP: identity, square, abs, relu, gelu; the table shows where"
