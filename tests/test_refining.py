"""Curves have points where they need them: no peak is missed, no chord is seen, poles leave the picture."""

from __future__ import annotations

import math

import numpy as np
import pytest

import actplot
from actplot.curves.cropping import cropped
from actplot.curves.curve import Curve, resample, sample_range
from actplot.curves.panels import Content, panels
from actplot.figures.drawing import Drawing
from actplot.figures.parts.grid import FigureLayout
from actplot.functions.slope import derived
from tests.conftest import Run
from tests.walking import dense

PIXEL = 1 / 1000  # of the height of a panel
SETS = ("elu:alpha=3", "silu:beta=20", "softplus:beta=30", "laplace:sigma=0.05", "swish:beta=0.1", "snake:a=6")


def over(spec: str, low: float = -5.0, high: float = 5.0, samples: int | None = None) -> Curve:
    return sample_range(actplot.get(spec), (low, high), samples)


@pytest.mark.parametrize(
    ("spec", "order", "top", "place"),
    [
        ("gaussian(30*x)", 0, 1.0, 0.0),
        ("gaussian(30*x)", 1, 30 * math.sqrt(2 / math.e), -1 / (30 * math.sqrt(2))),
        ("sigmoid(200*x)", 1, 50.0, 0.0),
        ("sigmoid(1000*x)", 1, 250.0, 0.0),
        ("gaussian(1e4*(x - 0.123))", 0, 1.0, 0.123),
        ("3 + gaussian(1e5*(x - 2.000517))", 0, 4.0, 2.000517),
        ("max(0, 1 - abs(1000*x - 333.3))", 0, 1.0, 0.3333),
    ],
)
def test_no_peak_is_missed(spec: str, order: int, top: float, place: float) -> None:
    curve = over(spec)
    x, y = (curve.f_line, curve.df_line)[order]
    height = np.nanmax(y) - np.nanmin(y)
    assert np.nanmax(y) == pytest.approx(top, abs=PIXEL * height)
    assert x[np.nanargmax(y)] == pytest.approx(place, abs=1e-3)


@pytest.mark.parametrize("spec", [*dense(), *SETS, "sin(100*x)", "abs(sin(9*x))", "sin(x)**63"])
def test_the_line_is_the_curve(spec: str) -> None:
    activation = actplot.get(spec)
    low, high = activation.declaration.range
    curve = sample_range(activation, (low, high))
    x = np.random.default_rng(3).uniform(low, high, 3000)
    for order, line in enumerate((curve.f_line, curve.df_line)):
        truth = activation.plain(x)[order] if order else activation(x)[0]
        known = np.isfinite(line[1]) & np.append(np.diff(line[0]) > 0, True)
        drawn = np.interp(x, line[0][known], line[1][known])
        beside = np.min(np.abs(x[:, None] - np.array([1e9, *(seam.x for seam in activation.seams)])), axis=1) < 0.03
        off = np.abs(drawn - truth)[~beside & np.isfinite(truth)]
        assert off.max() <= PIXEL * (np.nanmax(line[1]) - np.nanmin(line[1])) + 1e-12


def test_points_are_added_where_they_show_something_and_nowhere_else() -> None:
    plain, steep = over("relu"), over("sigmoid(1000*x)")
    assert len(plain.x) <= 501
    assert np.isin(np.linspace(-5.0, 5.0, 500), steep.x).all()
    added = np.setdiff1d(steep.x, np.linspace(-5.0, 5.0, 500))
    assert 20 < len(added) < 500
    assert np.abs(added).max() < 0.05


@pytest.mark.parametrize("spec", ["x/x", "x - x", "sin(x)**2 + cos(x)**2", "exp(x)/(1 + exp(x))"])
def test_what_rounding_leaves_of_a_level_is_no_peak(spec: str) -> None:
    assert len(over(spec, -700.0, 700.0).x) < 800


def test_evenly_spaced_points_are_had_for_the_asking() -> None:
    assert over("sigmoid(1000*x)", samples=50).x.tolist() == np.linspace(-5.0, 5.0, 50).tolist()


def test_what_can_not_be_drawn_in_full_is_told(run: Run) -> None:
    curve = over("sin(1/x)")
    assert len(curve.x) <= 40_000
    assert curve.unresolved is not None
    low, high = curve.unresolved
    assert -0.02 < low < 0 < high < 0.02
    done = run("sin(1/x)", "-d", "-o", "a.svg")
    assert done.returncode == 0
    assert b"turns too often to be drawn in full" in done.stderr
    assert over("sin(20*x)").unresolved is None


def test_f_second_is_followed_as_well() -> None:
    slope = resample(over("sigmoid(100*x)"), derived(actplot.get("sigmoid(100*x)")))
    assert np.nanmax(slope.df_line[1]) == pytest.approx(1e4 / (6 * math.sqrt(3)), rel=2 * PIXEL)


def test_f_second_has_no_value_where_f_has_none() -> None:
    slope = resample(over("log(x)"), derived(actplot.get("log(x)")))
    assert np.isnan(slope.df[slope.x < 0]).all()
    assert slope.activation(2.0)[1] == -0.25


# Poles, and edges at which there is no bound


@pytest.mark.parametrize(
    ("spec", "order", "low", "high"),
    [
        ("1/x**2", 0, 0.04, 25.0),  # on a twentieth of the width x is within 0.25 of the pole, where f is 16
        ("1/x", 0, -5.5, 5.5),
        ("1/x**4", 0, 0.0016, 330.0),
        ("log(x)", 0, -3.0, math.log(5.0)),
        ("sqrt(x)", 1, 0.2, 1.5),
        ("tan(x)", 0, -20.0, 20.0),
    ],
)
def test_a_pole_leaves_the_picture_and_the_shape_stays(spec: str, order: int, low: float, high: float) -> None:
    curve = over(spec)
    heights, line = ((curve.f_heights, curve.f_line), (curve.df_heights, curve.df_line))[order]
    assert low <= heights.min() < heights.max() <= high
    beyond = 0.3 * (heights.max() - heights.min())  # the line goes on outside the picture
    assert np.nanmax(line[1]) > heights.max() + beyond or np.nanmin(line[1]) < heights.min() - beyond


def test_the_line_reaches_the_edge_of_the_domain() -> None:
    x, y = over("sqrt(x)").f_line
    drawn = x[np.isfinite(y)]
    assert drawn.min() == 0.0
    x, y = over("log(x)").f_line
    assert x[np.isfinite(y)].min() < 0.02
    assert np.nanmin(y) < over("log(x)").f_heights.min()


def test_a_pole_has_no_circle_and_a_dashed_line() -> None:
    from actplot.figures.appearance.looks import applied, find
    from actplot.figures.build import build

    for spec, order, places in (("1/x**2", 0, [0.0]), ("tan(x)", 0, [-1.5 * math.pi, -0.5 * math.pi])):
        curve = over(spec, -5.0, 0.5)
        assert not curve.f_dots
        look = find("light")
        with applied(look):
            figure = build(Drawing([curve]), look)
        upright = [
            line
            for line in figure.axes[order].get_lines()
            if str(line.get_linestyle()) == "--" and len(set(np.asarray(line.get_xdata()).tolist())) == 1
        ]
        assert [line.get_xdata()[0] for line in upright] == pytest.approx(places)  # type: ignore[index]
        low, high = figure.axes[order].get_ylim()
        assert high - low < 100


@pytest.mark.parametrize(
    ("specs", "layout", "places"),
    [
        (("x**x", "1/x"), "stacked", [[0.0], [0.0]]),
        (("x**x", "1/x"), "together", [[0.0]]),
        (("1/x",), "together", [[0.0]]),
        (("1/(x - 1)", "relu", "1/(x + 2)"), "beside", [[-2.0, 1.0], [-2.0, 1.0]]),
        (("1/(x - 1)", *"relu elu selu gelu silu".split()), "stacked", [[1.0], [1.0], *[[]] * 10]),  # cells
    ],
)
def test_every_curve_of_a_figure_leaves_it_at_its_poles_beside_a_dashed_line(
    specs: tuple[str, ...], layout: FigureLayout, places: list[list[float]]
) -> None:
    figure = actplot.figure(*specs, layout=layout)
    for axes, poles in zip(figure.axes, places, strict=True):
        low, high = axes.get_ylim()
        upright = [line for line in axes.get_lines() if str(line.get_gid()).startswith("pole-")]
        assert [float(np.ravel(line.get_xdata())[0]) for line in upright] == poles
        assert all(line.get_linestyle() == "--" for line in upright)
        curves = [line for line in axes.get_lines() if len(np.atleast_1d(line.get_xdata())) > 2]
        for pole in poles:
            beside = [
                y
                for line in curves
                for x, y in zip(np.asarray(line.get_xdata()), np.asarray(line.get_ydata()), strict=True)
                if abs(x - pole) < 1e-9 and np.isfinite(y)
            ]
            assert [y for y in beside if not low <= y <= high], "however high the panel is, the curve is not cut in it"


def test_cropping_counts_widths_and_not_points() -> None:
    x = np.concatenate(
        [np.linspace(-1.0, -0.002, 500), np.geomspace(0.0001, 0.001, 1000), np.linspace(0.002, 1.0, 500)]
    )
    y = np.where(np.abs(x) < 0.01, 1e6, 1.0)
    assert cropped(x, y, (False, True)) == (1.0, 1.0)
    assert cropped(x, y, (False, False)) == (1.0, 1e6)
    assert cropped(x, np.full(len(x), np.nan), (True, True)) is None
    line = np.linspace(0.0, 100.0, 101)
    assert cropped(line, line, (True, False)) == pytest.approx((0.0, 100.0), abs=1.0)


def test_a_picture_of_panels_reaches_what_stands_apart() -> None:
    (f, _) = panels([over("100 if x == 1 else x")], Content(derivative=True))
    assert f.tracks[0].heights.max() == 100.0


def test_panels_show_the_curves_that_they_are_given() -> None:
    curves, second, difference = [over("relu"), over("tanh")], [over("sin"), over("cos")], [over("gelu")]
    *_, bends, gaps = panels(curves, Content(derivative=True, second=second, difference=difference))
    assert [panel.quantity for panel in (bends, gaps)] == ["d2f", "difference"]
    assert [track.line for track in bends.tracks] == [curve.df_line for curve in second]
    assert [(track.index, track.title) for track in gaps.tracks] == [(1, "Tanh − ReLU")]
    assert gaps.tracks[0].line is difference[0].f_line
