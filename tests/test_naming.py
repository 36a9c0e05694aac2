"""What curves are called: enough to tell them apart, and no more."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import actplot
from actplot import naming
from actplot.cli.app import app
from actplot.specs import parse_specs


@pytest.mark.parametrize(
    ("specs", "titles", "names"),
    [
        ("relu", ["ReLU"], ["relu"]),
        ("elu:alpha=0.5", ["ELU (α = 0.5)"], ["elu"]),
        ("elu:alpha=0.5 elu", ["ELU (α = 0.5)", "ELU (α = 1)"], ["elu:alpha=0.5", "elu:alpha=1"]),
        ("relu elu", ["ReLU", "ELU"], ["relu", "elu"]),
        (
            "hard_tanh hard_tanh:upper=2",
            ["Hardtanh (upper = 1)", "Hardtanh (upper = 2)"],
            ["hard_tanh:upper=1", "hard_tanh:upper=2"],
        ),
        ("a*x:a=2 a*x:a=3", ["a*x (a = 2)", "a*x (a = 3)"], ["a*x:a=2", "a*x:a=3"]),
        ("relu relu", ["ReLU", "ReLU"], ["relu", "relu"]),
    ],
)
def test_curves_are_told_apart(specs: str, titles: list[str], names: list[str]) -> None:
    activations = parse_specs(specs.split())
    assert naming.titles(activations) == titles
    assert naming.names(activations) == names


@pytest.mark.parametrize("name", actplot.names())
def test_alone_everything_has_its_own_name(name: str) -> None:
    activation = actplot.get(name)
    assert naming.titles([activation]) == [activation.title] == [activation.declaration.title]
    assert naming.names([activation]) == [name]


def test_a_name_in_csv_can_be_typed_again() -> None:
    done = CliRunner().invoke(app, ["relu", "elu:alpha=0.5/1", "--at", "-1", "--format", "csv"])
    rows = [line.split(",") for line in done.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == ["relu", "elu:alpha=0.5", "elu:alpha=1"]
    for name, x, f in rows:
        assert actplot.get(name).value_and_slope(float(x))[0] == float(f)


@pytest.mark.parametrize(
    ("spec", "primes", "expected"),
    [
        ("relu", "′", "ReLU′"),
        ("elu:alpha=2", "″", "ELU″ (α = 2)"),
        ("sin(x)/x", "′", "(sin(x)/x)′"),
        ("sin(x)/x", "", "sin(x)/x"),
    ],
)
def test_primes_stand_behind_the_whole(spec: str, primes: str, expected: str) -> None:
    assert naming.primed(actplot.get(spec), primes) == expected
