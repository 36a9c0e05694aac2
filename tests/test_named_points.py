"""Points that were named one by one are drawn as points, and joined only where the line is the function."""

from __future__ import annotations

import math

import numpy as np
import pytest
from matplotlib.lines import Line2D

import actplot
from actplot.curves.curve import sample
from actplot.curves.panels import Content
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from tests.conftest import Run

GAP = math.nan


def drawn(name: str, points: list[float], panel: int = 0) -> Line2D:
    look = find("light")
    with applied(look):
        figure = build(Drawing([sample(actplot.get(name), np.array(points))], Content(derivative=True)), look)
    return next(line for line in figure.axes[panel].get_lines() if str(line.get_gid()).startswith(("f-", "df-")))


@pytest.mark.parametrize(
    ("name", "points", "f", "df"),
    [
        # No chord of a curve is the curve.
        ("square", [-2.0, 1.0, 3.0], [4, GAP, 1, GAP, 9], [-4, 2, 6]),
        # The corner of ReLU lies between two points, or at one.
        ("relu", [-2, -1, 1, 2], [0, 0, GAP, 1, 2], [0, 0, GAP, 1, 1]),
        ("relu", [-2, 0, 2], [0, 0, 2], [0, GAP, GAP, GAP, 1]),
        # A jump.
        ("step", [-2, -1, 1, 2], [0, 0, GAP, 1, 1], [0, 0, GAP, 0, 0]),
        # Twice the same, and in any order.
        ("identity", [3, 1, 1, -2], [-2, 1, 1, 3], [1, 1, 1, 1]),
        # A peak that no point has met.
        ("gaussian(9*x)", [-3, 3], [0, GAP, 0], [0, GAP, 0]),
        ("identity", [5], [5], [1]),
    ],
)
def test_neighbours_are_joined_where_the_line_is_the_function(
    name: str, points: list[float], f: list[float], df: list[float]
) -> None:
    activation = actplot.get(name) if name != "square" else actplot.get("x**2")
    curve = sample(activation, np.array(points, dtype=float))
    np.testing.assert_allclose(curve.f_line[1], f, atol=1e-30)
    seen = curve.df_line[1]
    np.testing.assert_allclose(seen[~np.isnan(seen)], [value for value in df if not math.isnan(value)], atol=1e-30)
    assert [*np.isnan(seen)].count(True) == sum(map(math.isnan, df))


def test_no_chord_is_seen_apart_from_the_curve() -> None:
    x, y = sample(actplot.get("sigmoid"), np.arange(-8, 8.1, 0.5)).f_line
    joined = ~np.isnan(y[:-1]) & ~np.isnan(y[1:])
    assert 4 < joined.sum() < 32, "some are, some are not"
    for share in np.linspace(0, 1, 21):
        at = (x[:-1] + share * (x[1:] - x[:-1]))[joined]
        chord = (y[:-1] + share * (y[1:] - y[:-1]))[joined]
        assert np.abs(1 / (1 + np.exp(-at)) - chord).max() < 1 / 500


def test_many_points_of_a_curve_are_its_curve() -> None:
    line = drawn("sin", [*np.arange(-5, 5, 0.02)])
    assert not np.isnan(np.asarray(line.get_ydata(), dtype=float)).any()
    assert line.get_marker() == "None"


def test_points_that_nothing_joins_are_seen_however_many() -> None:
    far = [*np.arange(-100, 101, 1.0)]
    line = drawn("sin", far)
    marks = line.get_markevery()
    assert line.get_marker() == "o"
    assert isinstance(marks, list)
    assert np.asarray(line.get_xdata(), dtype=float)[marks].tolist() == far


def test_a_chart_has_a_circle_for_each(run: Run) -> None:
    done = run("gelu", "--at=-5,-1,0,0.5,4", "--terminal")
    assert done.stdout.decode().count("●") == 5
    assert "●" not in run("identity", "--at=-5,-1,0,0.5,4", "--terminal").stdout.decode()
