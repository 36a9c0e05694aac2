"""Functions of several logits, shown as curves: what x stands for is said wherever it is shown."""

from __future__ import annotations

import json
import math

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app

TWO, MORE = "x₁ − x₂", "x₁ of 5 logits, the others at 0"
KIN = ("softmax", "log_softmax", "softmin", "sparsemax", "entmax")


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", KIN)
def test_of_two_logits_x_is_their_difference_and_of_more_the_first(name: str) -> None:
    assert actplot.get(name).axis == TWO
    assert actplot.get(name, k=5).axis == MORE


def test_of_other_functions_x_is_x() -> None:
    others = {name for name in actplot.names() if actplot.get(name).axis != "x"} - {*KIN}
    assert not others
    assert actplot.get("softmax(x)").axis == "x"  # a formula in x is one of x


def test_the_slope_of_a_softmax_of_two_is_p_times_1_minus_p() -> None:
    for difference in (-3.0, -0.25, 0.0, 1.0, 2.5):
        p, slope = actplot.get("softmax").value_and_slope(difference)
        first, second = math.exp(1.5 + difference), math.exp(1.5)
        assert math.isclose(p, first / (first + second), rel_tol=1e-15)
        assert math.isclose(slope, p * (1 - p), rel_tol=1e-14)


@pytest.mark.parametrize(("spec", "words"), [("softmax", TWO), ("sparsemax:k=5", MORE)])
def test_the_axis_says_what_x_is(spec: str, words: str) -> None:
    figure = actplot.figure(spec)
    assert figure.axes[-1].get_xlabel() == words
    assert words in run(spec, "-d", "--terminal").splitlines()[0]


def test_words_of_ones_own_come_first() -> None:
    assert actplot.figure("softmax", xlabel="logit").axes[-1].get_xlabel() == "logit"


def test_functions_with_different_axes_name_each() -> None:
    assert actplot.figure("softmax", "relu").axes[-1].get_xlabel() == f"x or {TWO}"
    sweep = actplot.figure("softmax:k=2/5/9").axes[-1].get_xlabel()
    assert sweep == "x₁ of k logits, the others at 0"
    assert actplot.figure("relu", "gelu").axes[-1].get_xlabel() == "$x$"


def test_tables_name_the_column_of_points() -> None:
    assert run("softmax", "--at", "1", "--format", "md").splitlines()[2].startswith(f"| {TWO} |")
    assert "{x$_1$ $-$ x$_2$} & {$f(x)$}" in run("softmax", "--at", "1", "--format", "tex")
    assert TWO in run("softmax", "--at", "1", "--table")
    assert run("softmax", "--at", "0", "--format", "text") == f"Applying Softmax on (0.0 = {TWO}) gives 0.5\n"
    assert run("softmax", "--at", "0", "--format", "csv") == "name,x,f\nsoftmax,0.0,0.5\n"


def test_json_names_the_axis_where_it_is_not_x() -> None:
    softmax, relu = json.loads(run("softmax", "relu", "--at", "0", "--format", "json"))["curves"]
    assert softmax["axis"] == TWO
    assert "axis" not in relu


def test_info_says_how_many_inputs_there_are() -> None:
    assert f"inputs       5; x is {MORE}" in run("info", "softmin:k=5")
    assert "inputs " not in run("info", "relu")
    record = json.loads(run("info", "entmax", "--json"))
    assert (record["inputs"], record["axis"]) == (2, TWO)
    assert json.loads(run("info", "relu", "--json"))["inputs"] == 1


def test_a_screen_without_subscripts_has_plain_digits() -> None:
    from actplot.words.symbols import ascii_text

    assert ascii_text(TWO) == "x1 - x2"


def test_an_svg_is_described_by_its_own_axis() -> None:
    assert f"for {TWO} from -5 to 5" in run("softmax", "--format", "svg").replace("−5", "-5")
