"""Curves and panels of a figure by their data and colours: names, differences, ramps, sizes, limits."""

from __future__ import annotations

import math
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from PIL import Image
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.curves.curve import sample
from actplot.curves.panels import Content
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.parts.labels import spread
from tests.artists import lines, points, svg_words, value_at

VALUES_AT_ONE = {"ReLU": 1.0, "Tanh": math.tanh(1.0), "Gaussian": math.exp(-1.0), "Softsign": 0.5}


def test_each_name_has_the_colour_and_the_height_of_its_curve() -> None:
    axes = actplot.figure("relu", "tanh", "gaussian", "softsign", range=(-2, 1), derivative=False).axes[0]
    by_colour = {line.get_color(): line for line in lines(axes) if line.get_linestyle() == "-"}
    assert len(by_colour) == len(axes.texts) == 4
    for text in axes.texts:
        assert isinstance(text, Annotation)
        nearest = min(by_colour, key=lambda colour: math.dist(to_rgb(colour), to_rgb(text.get_color())))
        assert value_at(by_colour.pop(nearest), 1.0) == pytest.approx(VALUES_AT_ONE[text.get_text()])
        low, high = axes.get_ylim()
        assert text.xy[0] == 1.0
        assert low + text.xy[1] * (high - low) == pytest.approx(VALUES_AT_ONE[text.get_text()])


def legend(figure: Figure) -> dict[str, Any]:
    (found,) = figure.legends
    named = zip(found.get_texts(), found.legend_handles, strict=True)
    return {text.get_text(): handle.get_color() for text, handle in named if isinstance(handle, Line2D)}


def test_a_legend_names_each_curve_by_its_colour() -> None:
    long = "0.5*(x + sqrt(x**2 + 4))*exp(-x**2/1000)" + "*(1 + 0*x)" * 4
    specs = {"3*tanh(x)": 3 * math.tanh(1.0), "relu": 1.0, long: 1.616416}
    figure = actplot.figure(*specs, range=(-2, 1), derivative=False)
    named = legend(figure)
    assert list(named) == ["3*tanh(x)", "ReLU", long]
    by_colour = {line.get_color(): line for line in lines(figure.axes[0]) if line.get_linestyle() == "-"}
    for colour, value in zip(named.values(), specs.values(), strict=True):
        assert value_at(by_colour[colour], 1.0) == pytest.approx(value, abs=1e-6)


def test_every_difference_is_taken_from_the_first() -> None:
    axes = actplot.figure("relu", "identity", "x**2", range=(-2, -1), derivative=False, difference=True).axes[1]
    found = {round(points(line)[0][1], 9): round(points(line)[-1][1], 9) for line in lines(axes)}
    assert found == {-2.0: -1.0, 4.0: 1.0}, "relu is 0 here, so each is itself"
    axes = actplot.figure("identity", "relu", "abs", range=(-2, -1), derivative=False, difference=True).axes[1]
    assert sorted(points(line)[0][1] for line in lines(axes)) == [2.0, 4.0]


def test_a_curve_keeps_its_colour_from_panel_to_panel() -> None:
    figure = actplot.figure("identity", "x**2", "3 - x", range=(-2, -1), second=True, difference=True)
    starts: list[dict[float, Any]] = [
        {round(points(line)[0][1], 6): line.get_color() for line in lines(axes)} for axes in figure.axes
    ]
    first, second, third = (starts[0][height] for height in (-2.0, 4.0, 5.0))
    assert len({first, second, third}) == 3
    assert (starts[1][1.0], starts[1][-4.0], starts[1][-1.0]) == (first, second, third)
    assert starts[2][2.0] == second
    assert (starts[3][6.0], starts[3][7.0]) == (second, third)


@pytest.mark.parametrize(("style", "low"), [("light", 0.0), ("dark", 0.38)])
def test_a_sweep_climbs_an_even_ramp_in_the_order_of_its_values(style: str, low: float) -> None:
    axes = actplot.figure("identity:alpha=3/1/2/4", derivative=False, style=style).axes[0]
    high = 0.58 if style == "light" else 1.0
    colours = matplotlib.colormaps["viridis"]
    found = {round(value_at(line, 1.0), 6): line.get_color() for line in lines(axes)}
    for step, slope in enumerate((1.0, 2.0, 3.0, 4.0)):
        assert found[slope] == pytest.approx(colours(low + step * (high - low) / 3), abs=0.01)


@pytest.mark.parametrize(
    ("size", "dpi", "pixels"), [("4x3", "50", (200, 150)), ("3X4", "100", (300, 400)), ("2.5×2", "40", (100, 80))]
)
def test_a_size_is_width_by_height(size: str, dpi: str, pixels: tuple[int, int], tmp_path: Any) -> None:
    done = CliRunner().invoke(app, ["relu", "--size", size, "--dpi", dpi, "-q", "-o", str(tmp_path / "a.png")])
    assert done.exit_code == 0, done.output
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == pixels


def test_panels_are_as_high_as_what_they_show_deserves() -> None:
    heights = [axes.get_position().height for axes in actplot.figure("relu").axes]
    assert heights[0] / heights[1] == pytest.approx(1.5)
    assert actplot.figure("relu", derivative=False).get_size_inches().tolist() == pytest.approx([6.4, 0.75 * 5.2])
    assert actplot.figure("relu", second=True).get_size_inches().tolist() == pytest.approx([6.4, 1.32 * 5.2])


def test_named_points_have_room_for_their_markers(tmp_path: Any) -> None:
    words = svg_words("identity", "--at", "0,10", "--style", "tutorial")
    assert words[-3:] == ["10", "F(x)", "Identity"]


@pytest.mark.parametrize(
    ("formula", "limits"),
    [
        ("x + 5", (-0.7, 10.7)),  # seven hundredths of the height on either side
        ("0*x", (-0.2, 0.2)),
        ("0*x + 3", (-0.6, 3.6)),
        ("0*x - 2", (-2.4, 0.4)),
        ("0*x + 1/2", (-0.2, 0.7)),
        ("sqrt(0 - 1 - x*x)", (-1.0, 1.0)),
        ("0*x + 1 + 1e-12*x", (-0.2, 1.2)),  # but for digits that no tick can tell a constant
    ],
)
def test_a_panel_shows_all_of_its_curve_and_some_room(formula: str, limits: tuple[float, float]) -> None:
    axes = actplot.figure(formula, derivative=False, range=(-5, 5)).axes[0]
    assert axes.get_ylim() == pytest.approx(limits, abs=1e-9)


def named(*points: float, style: str = "light") -> Line2D:
    """Return the curve of ReLU through named points."""
    look = find(style)
    with applied(look):
        curve = sample(actplot.get("relu"), np.array(points))
        (line,) = lines(build(Drawing([curve], Content()), look).axes[0])
    return line


def test_named_points_are_circles_up_to_a_hundred() -> None:
    line = named(2.0, -1.0, 3.0, 0.0)
    assert (line.get_marker(), line.get_linestyle()) == ("o", "-")
    assert points(line) == [(-1.0, 0.0), (0.0, 0.0), (2.0, 2.0), (3.0, 3.0)]
    assert line.axes is not None
    assert line.axes.get_xlim() == pytest.approx((-1.16, 3.16)), "a twenty-fifth of the width on either side"
    assert named(*range(100)).get_marker() == "o"
    assert named(*range(101)).get_marker() == "None"
    assert lines(actplot.figure("relu").axes[0])[0].get_marker() == "None"


def test_a_single_point_stands_in_the_middle() -> None:
    look = find("light")
    with applied(look):
        curve = sample(actplot.get("identity"), np.array([4.0]))
        axes = build(Drawing([curve], Content()), look).axes[0]
    assert sum(axes.get_xlim()) / 2 == pytest.approx(4.0)
    assert axes.get_xlim()[1] - 4.0 == pytest.approx(2.0 * 1.08)


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([20.0, 50.0, 52.0], [20.0, 46.0, 56.0]),  # apart about their middle
        ([50.0, 50.0], [55.0, 45.0]),  # of equals the first is above
        ([40.0, 55.0, 52.0], [39.0, 59.0, 49.0]),  # two that were moved push a third
        ([1.0, 2.0, 3.0], [0.0, 10.0, 20.0]),
        ([99.0, 100.0], [90.0, 100.0]),
    ],
)
def test_names_are_moved_as_little_as_keeps_them_apart(wanted: list[float], placed: list[float]) -> None:
    assert spread(wanted, 10.0, 0.0, 100.0) == pytest.approx(placed)


def test_a_legend_has_as_many_columns_as_fit() -> None:
    sweep = "elu:alpha=1/2/3/4/5/6/7/8/9"  # one line where x is positive
    figure = actplot.figure(sweep, derivative=False, size=(6.4, 1.8), range=(1, 2))
    figure.draw_without_rendering()
    (found,) = figure.legends
    assert len({round(text.get_window_extent().x0) for text in found.get_texts()}) == 3
    assert len({round(text.get_window_extent().y0) for text in found.get_texts()}) == 3
    assert max(text.get_window_extent().x1 for text in found.get_texts()) <= figure.bbox.x1
