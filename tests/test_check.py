"""``actplot check``: the accuracy of the whole catalogue, by the command."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot.accuracy.agreement import Agreement
from actplot.accuracy.compare import Accuracy, Tolerance, Worst
from actplot.accuracy.report import read_bound, read_seed, read_tolerance, to_json, to_table, verdict
from actplot.cli.app import app
from actplot.console.screen import Screen
from actplot.errors import UsageError
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


def test_the_record_has_the_seed_and_the_bound_and_points_of_the_range() -> None:
    command = ["check", "identity", "--range", "1", "1.5", "--seed", "5", "--json"]
    record = json.loads(CliRunner().invoke(app, [*command, "--max-ulp", "2"]).stdout)
    assert (record["seed"], record["max_ulp"]) == (5, 2.0)
    assert 1.0 <= record["functions"][0]["f"]["x"] <= 1.5
    assert json.loads(CliRunner().invoke(app, command).stdout)["max_ulp"] == 1.0


# ---- the report, of measurements that are made up


def measured(f: float = 0.75, df: float = 2.5, judged: int = 90, **more: object) -> Accuracy:
    value = Worst(f, -3.0, 0.25, 0.5, 1e-9, 0.002, judged, 4)
    return Accuracy("a|b", 100, value, Worst(df, 1.5, math.nan, math.inf, 0.0, 0.0, 91, 5), **more)  # type: ignore[arg-type]


def test_the_table_of_a_check() -> None:
    found = [measured(), measured(0.5, 1.0), measured(judged=0)]
    shown = Screen(80, 24, False, True, "utf-8").render(to_table(found, 1.0)).decode().splitlines()
    assert shown[0].split() == ["points", "f", "ULP", "at", "x", "f′", "ULP", "at", "x"]
    assert [line.split() for line in shown[2:]] == [
        ["a|b", "100", "0.75", "-3", "2.5", "1.5", "over"],
        ["a|b", "100", "0.5", "-3", "1", "1.5", "ok"],
        ["a|b", "100", "none", "judged", "2.5", "1.5", "over"],
    ]
    assert "f' ULP" in Screen(80, 24, False, False, "ascii").render(to_table(found, 1.0, unicode=False)).decode()


def test_the_record_of_a_check() -> None:
    apart = Agreement(0.5, 2.0, 0.25, 3.0, np.zeros(0))
    record = json.loads(to_json([measured(agreement=apart), measured()], 2.5, 7))
    assert (record["seed"], record["max_ulp"]) == (7, 2.5)
    first, second = record["functions"]
    assert "agreement" not in second
    assert first == {
        "name": "a|b",
        "points": 100,
        "passed": True,
        "f": {
            **{"ulp": 0.75, "x": -3.0, "got": 0.25, "true": 0.5},
            **{"absolute": 1e-9, "relative": 0.002, "judged": 90, "undecided": 4},
        },
        "df": {
            **{"ulp": 2.5, "x": 1.5, "got": "nan", "true": "inf"},
            **{"absolute": 0.0, "relative": 0.0, "judged": 91, "undecided": 5},
        },
        "agreement": {
            "same": False,
            "absolute": {"difference": 0.5, "x": 2.0},
            "relative": {"difference": 0.25, "x": 3.0},
        },
    }


def test_verdicts_in_words() -> None:
    apart, same = Agreement(0.5, 2.0, 0.25, 3.0, np.zeros(0)), Agreement(0.0, math.nan, 0.0, math.nan, np.zeros(0))
    assert verdict(measured(agreement=apart), "gelu") == (
        "a|b is another function than gelu: the largest differences are 0.5 at x = 2 and, in proportion, 25 % at x = 3."
    )
    assert verdict(measured(agreement=same), "gelu") == (
        "a|b is the same function as gelu; in float64 it is off by at most 1e-09, and by at most 0.2 % of the value, "
        "near x = -3."
    )
    assert verdict(measured(judged=0, agreement=same), "gelu") == (
        "a|b could not be judged: gelu has no value wherever it was looked at."
    )
    assert verdict(measured(), "gelu") == ""


def test_what_passes_a_bound_and_what_a_tolerance() -> None:
    assert measured(2.0, 2.5).passes(2.5)
    assert not measured(2.6, 2.5).passes(2.5)
    assert not measured(2.0, 2.6).passes(2.5)
    assert not measured(judged=0).passes(9.0)
    assert measured().passes(None)  # there is no bound, and all is within the tolerance
    outside = replace(measured().slope, within=False)
    assert not replace(measured(), slope=outside).passes(None)
    assert not replace(measured(), value=outside).passes(None)
    assert read_tolerance(None, None) is None
    assert read_tolerance("1e-9", None) == Tolerance(1e-9, 0.0)
    assert read_tolerance(None, "0.5") == Tolerance(0.0, 0.5)
    assert (read_bound("0.5"), read_seed("0"), read_seed("4294967295")) == (0.5, 0, 2**32 - 1)
    with pytest.raises(UsageError, match="from 0 to 4294967295"):
        read_seed("4294967296")
    assert len({read_seed(None) for _ in range(5)}) > 1
