"""What curves are called: enough to tell them apart, and no more."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.functions import naming
from actplot.functions.reading import parse_specs
from tests.walking import every, look_at


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
        ("soft_shrink:lambd=1", ["Softshrink (λ = 1)"], ["soft_shrink"]),
        (
            "soft_shrink:lambd=1 soft_shrink:threshold=2",
            ["Softshrink (λ = 1)", "Softshrink (λ = 2)"],
            ["soft_shrink:lambd=1", "soft_shrink:lambd=2"],
        ),
        (
            "soft_shrink:bias=0 soft_shrink",
            ["Softshrink (bias = 0)", "Softshrink (bias = 0.5)"],
            ["soft_shrink:bias=0", "soft_shrink:bias=0.5"],
        ),
        (
            "softplus softplus:threshold=20",
            ["Softplus (threshold off)", "Softplus (threshold = 20)"],
            ["softplus", "softplus:threshold=20"],
        ),
        (
            "softplus softplus:beta=2,threshold=20",
            ["Softplus (β = 1, threshold off)", "Softplus (β = 2, threshold = 20)"],
            ["softplus:beta=1", "softplus:beta=2,threshold=20"],
        ),
    ],
)
def test_curves_are_told_apart(specs: str, titles: list[str], names: list[str]) -> None:
    activations = parse_specs(specs.split())
    assert naming.titles(activations) == titles
    assert naming.names(activations) == names


@pytest.mark.parametrize(
    ("specs", "labels"),
    [
        ("elu:alpha=0.5/1/2", ["α = 0.5", "α = 1", "α = 2"]),
        ("leaky_relu:negative_slope=0.1/0.2/0.3", ["α = 0.1", "α = 0.2", "α = 0.3"]),
        ("hard_tanh:max_val=1/2/3", ["upper = 1", "upper = 2", "upper = 3"]),
        ("soft_shrink:lambd=0.5/1/2", ["λ = 0.5", "λ = 1", "λ = 2"]),
        ("snake:a=1/2/3", ["a = 1", "a = 2", "a = 3"]),
        ("softplus softplus:threshold=5 softplus:threshold=20", ["threshold off", "threshold = 5", "threshold = 20"]),
        ("identity:slope=1/2/3", ["α = 1", "α = 2", "α = 3"]),
    ],
)
def test_a_sweep_names_the_one_parameter_that_is_swept(specs: str, labels: list[str]) -> None:
    activations = parse_specs(specs.split())
    assert naming.labels(activations) == labels


@pytest.mark.parametrize(
    ("specs", "expected"),
    [
        ("gelu", ["GELU"]),
        ("relu gelu", ["ReLU and GELU"]),
        ("relu elu selu", ["ReLU, ELU and SELU", "ReLU and 2 more"]),
        ("relu elu selu relu", ["ReLU, ELU and SELU", "ReLU and 2 more"]),
        ("relu elu selu gelu", ["ReLU, ELU, SELU and GELU", "ReLU, ELU and 2 more", "ReLU and 3 more"]),
        ("elu:alpha=1/0.2/0.6", ["ELU, α from 0.2 to 1", "ELU"]),
        ("elu:alpha=0.5/1", ["ELU (α = 0.5) and ELU (α = 1)"]),
        ("softplus softplus:threshold=5 softplus:threshold=20", ["Softplus"]),
    ],
)
def test_a_figure_is_called_by_what_it_compares(specs: str, expected: list[str]) -> None:
    assert naming.headings(parse_specs(specs.split())) == expected


@look_at(every())
def test_alone_everything_has_its_own_name(name: str) -> None:
    activation = actplot.get(name)
    assert naming.titles([activation]) == [activation.title] == [activation.declaration.title]
    assert naming.names([activation]) == [name]


def test_a_name_in_csv_can_be_typed_again() -> None:
    specs = ["relu", "elu:alpha=0.5/1", "softplus", "softplus:threshold=0.5", "snake:a=2/3"]
    done = CliRunner().invoke(app, [*specs, "--at", "-1,1", "--format", "csv"])
    rows = [line.split(",") for line in done.stdout.splitlines()[1:]]
    names = ["relu", "elu:alpha=0.5", "elu:alpha=1", "softplus", "softplus:threshold=0.5", "snake:a=2", "snake:a=3"]
    assert [row[0] for row in rows] == [name for name in names for _ in range(2)]
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
