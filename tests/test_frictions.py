"""Small things that stand in the way: what is given twice, missing, unknown or of the wrong type is told."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest

import actplot
from actplot.__main__ import main
from actplot.errors import UsageError

LINES = [
    (["relu", "--at", "1", "--at", "2", "--table"], "--at is given twice; give it once"),
    (["relu", "--at=1", "--at", "2", "--table"], "--at is given twice"),
    (["relu", "-r", "0", "1", "--range", "1", "2", "--table"], "--range is given twice"),
    (["relu", "-n5", "-n", "6", "--table"], "-n is given twice"),
    (["relu", "--title", "a", "--title", "b", "--table"], "--title is given twice"),
    (["relu", "--scale", "2", "--scale", "3", "--table"], "--scale is given twice"),
    (["check", "relu", "--seed", "1", "--seed", "2"], "--seed is given twice"),
    (["relu", "--at", "1,,2", "--table"], "nothing stands between the commas after '1,'"),
    (["relu", "--style", "nosuch", "--table"], "no style named 'nosuch'"),
    (["relu", "--style", "nosuch", "--format", "csv"], "no style named 'nosuch'"),
    (["elu:alpha=1/2/3", "-n", "1000000", "-o", "a.png"], "3 curves of 1,000,000 points are too many to draw"),
    (
        ["relu", "--at=-5:5:1e-6", "-o", "a.svg"],
        "10,000,000 points are too many to draw; at most 1,000,000 fit",
    ),
    (["relu", "--at=-5:5:1e-6", "--terminal"], "10,000,000 points are too many to draw"),
    (["relu"] * 129 + ["-o", "a.png"], "129 curves in one picture can't be told apart"),
    (["relu", "--title", "t" * 40_000, "-o", "a.png"], "--title: 40,000 letters are too many for a title"),
    (["relu", "--nosuch"], "'actplot plot --help' shows what there is"),
    (["gallery", "out", "--nosuch"], "'actplot gallery --help' shows what there is"),
    (["check", "--nosuch"], "'actplot check --help' shows what there is"),
]


@pytest.mark.parametrize(("line", "part"), LINES, ids=[" ".join(line)[:40] for line, _ in LINES])
def test_a_slip_is_told_in_one_line(
    line: list[str],
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(line) == 2
    assert list(tmp_path.iterdir()) == []
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("actplot: error: ")
    assert captured.err.count("\n") == 1
    assert part in captured.err


FINE = [
    ["relu", "--title", "--title", "--at", "1", "--format", "csv"],
    ["relu", "-d", "-d", "--at", "1", "--format", "csv"],
    ["relu", "--at", "1, 2,\n3,", "--format", "csv"],
    ["relu", "-d", "--at", "0", "--at-kink", "pytorch", "--format", "csv"],
    ["relu", "--at=-1e308:1e308:1e305", "--format", "csv"],
    ["relu", "--style", "dark", "--at", "1", "--format", "csv"],
]


@pytest.mark.parametrize("line", FINE, ids=[" ".join(line)[:40] for line in FINE])
def test_what_is_clear_is_done(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("name,x,f")
    assert captured.err == ""


def test_a_range_wider_than_float64_has_its_points(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relu", "--at=-1e308:1e308:5e307", "--format", "csv"]) == 0
    assert [line.split(",")[1] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "-1e+308",
        "-5e+307",
        "0.0",
        "5e+307",
    ]


@pytest.mark.parametrize("x", [10**400, 1j, np.array([1j]), "abc", None, [[1], [1, 2]], object()])
def test_points_of_a_wrong_type_raise_the_documented_error(x: object) -> None:
    with pytest.raises(UsageError, match="x must be a number or an array of numbers"):
        actplot.get("relu")(x)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["x", None, [1.0], b"1"])
def test_parameters_of_a_wrong_type_raise_the_documented_error(value: object) -> None:
    with pytest.raises(UsageError, match=r"elu: alpha=.* is not a number"):
        actplot.get("elu", alpha=value)  # type: ignore[arg-type]


@pytest.mark.parametrize("spec", [5, None, b"relu", ["relu"]])
def test_a_name_of_a_wrong_type_raises_the_documented_error(spec: object) -> None:
    with pytest.raises(UsageError, match="a function is named by a text, such as 'gelu', not by "):
        actplot.get(spec)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spec", ["gelu", "elu:alpha=2", "x*sigmoid(x)", "x**k:k=3", "np.maximum(0, x)", r"\max(0, x)", "LeakyReLU(0.2)"]
)
def test_functions_are_copied_compared_and_hashed_by_what_they_are(spec: str) -> None:
    activation = actplot.get(spec)
    expected = activation([-1.5, 0.25])
    for other in (actplot.get(spec), copy.copy(activation), pickle.loads(pickle.dumps(activation))):
        assert other == activation
        assert hash(other) == hash(activation)
        np.testing.assert_array_equal(other([-1.5, 0.25]), expected)
    assert copy.deepcopy(activation) == activation
    assert len({activation, actplot.get(spec), actplot.get("tanh")}) == 2


def test_functions_that_differ_are_unequal() -> None:
    specs = ["elu", "elu:alpha=2", "celu", "x**k:k=3", "x**k:k=2", "x*x", "x**2"]
    assert len({actplot.get(spec) for spec in specs}) == len(specs)
