"""Functions that are trained with a gradient which is not their derivative: it is drawn, and never called f'."""

from __future__ import annotations

import csv
import io
import json

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text
from typer.testing import CliRunner

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.cli.app import app
from actplot.curves.curve import sample_range
from actplot.curves.panels import Content, panels
from actplot.functions.trained import trained, words

TRAINED = sorted(name for name, declared in DECLARATIONS.items() if declared.gradient_text)

# What a gradient is at some points, from the papers and not from the declarations.
EXPECTED = {
    "ste_sign": {-1.5: 0.0, -1.0: 1.0, 0.25: 1.0, 1.0: 1.0, 1.01: 0.0},
    "ste_heaviside": {-1.5: 0.0, 0.25: 1.0, 1.01: 0.0},
    "ste_tern": {-1.5: 0.0, 0.0: 1.0, 1.01: 0.0},
    "approx_sign": {-1.5: 0.0, -0.5: 1.0, 0.0: 2.0, 0.75: 0.5, 2.0: 0.0},
    "swish_sign": {0.0: 5.0, 0.5: -0.0846, 20.0: 0.0},
    "dorefa": {-0.1: 0.0, 0.5: 1.0, 1.1: 0.0},
    "spike_fast_sigmoid": {0.0: 1.0, 0.04: 0.25, -0.12: 0.0625},
    "spike_atan": {0.0: 1.0, 1 / np.pi: 0.5, -2 / np.pi: 0.2},
    "spike_sigmoid": {0.0: 1.0, 0.25: 4 * np.e / (1 + np.e) ** 2},
    "spike_triangle": {0.0: 1.0, 0.25: 0.75, -2.0: 0.0},
    "sugar": {0.0: 0.9175, -1.67: 1 / (1 + np.exp(1.67)), 40.0: 1.0},
}


def call(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_gradient_has_values_here() -> None:
    assert set(EXPECTED) == set(TRAINED)


@pytest.mark.parametrize("name", TRAINED)
def test_a_gradient_has_the_values_of_its_paper(name: str) -> None:
    taken = trained(actplot.get(name))
    assert taken is not None
    for x, value in EXPECTED[name].items():
        assert float(taken(x)[0]) == pytest.approx(value, abs=5e-5), x


@pytest.mark.parametrize("name", TRAINED)
def test_a_gradient_is_none_of_the_derivative(name: str) -> None:
    activation = actplot.get(name)
    taken = trained(activation)
    assert taken is not None
    x = np.linspace(-2.0, 2.0, 101) + 0.001
    assert not np.allclose(taken(x)[0], activation(x)[1])
    flat = name != "sugar"
    assert words(activation) == "gradient used in training; the derivative is " + ("0" if flat else "another")


def test_other_functions_have_none() -> None:
    assert trained(actplot.get("relu")) is None
    curve = sample_range(actplot.get("relu"), (-1.0, 1.0), 11)
    assert curve.gradient is None


@pytest.mark.parametrize("name", TRAINED)
def test_the_second_panel_is_the_gradient(name: str) -> None:
    curve = sample_range(actplot.get(name), (-2.0, 2.0), 101)
    shown = panels([curve], Content(derivative=True))
    assert [panel.quantity for panel in shown] == ["f", "gradient"]
    assert shown[1].words.startswith("gradient used in training; ")
    assert shown[1].primes == ""


def test_beside_a_function_with_a_derivative_each_has_a_panel_of_its_own() -> None:
    curves = [sample_range(actplot.get(name), (-2.0, 2.0), 101) for name in ("ste_sign", "hard_tanh")]
    shown = panels(curves, Content(derivative=True))
    assert [panel.quantity for panel in shown] == ["f", "df", "gradient"]
    assert [[track.index for track in panel.tracks] for panel in shown] == [[0, 1], [1], [0]]


def test_a_figure_says_what_its_second_panel_is() -> None:
    figure = actplot.figure("ste_sign")
    texts = " ".join(text.get_text() for text in figure.findobj(Text))
    assert "used in training" in texts.replace("\n", " ").lower()
    assert "f\\,'" not in texts
    plt.close(figure)


def test_a_chart_says_so() -> None:
    chart = call("ste_sign", "-d")
    assert "gradient used in training; the derivative is 0" in chart
    assert "f′" not in chart


def test_tables_have_it_beside_the_derivative() -> None:
    rows = list(csv.DictReader(io.StringIO(call("ste_sign", "relu", "-d", "--at", "0.5,3", "--format", "csv"))))
    assert [(row["name"], row["df"], row["gradient"]) for row in rows] == [
        ("ste_sign", "0.0", "1.0"),
        ("ste_sign", "0.0", "0.0"),
        ("relu", "1.0", ""),
        ("relu", "1.0", ""),
    ]
    first, second = json.loads(call("ste_sign", "relu", "-d", "--at", "0.5,3", "--format", "json"))["curves"]
    assert (first["df"], first["gradient"]) == ([0.0, 0.0], [1.0, 0.0])
    assert "gradient" not in second


def test_info_says_so() -> None:
    lines = " ".join(call("info", "spike_triangle").split())
    assert "gradient max(0, 1 - abs(x)) (gradient used in training; the derivative is 0)" in lines
    assert json.loads(call("info", "spike_triangle", "--json"))["gradient"] == "max(0, 1 - abs(x))"
    assert json.loads(call("info", "relu", "--json"))["gradient"] is None


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_a_chart_names_it_at_any_width(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "gradient used in training" in call("spike_atan", "-d", "--terminal").lower()
