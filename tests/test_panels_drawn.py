"""What a figure shows, read off its artists' data, colours and words: nothing here trusts an id."""

from __future__ import annotations

import math
import re
from html import unescape
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import AxLine, Line2D
from matplotlib.patches import PathPatch
from matplotlib.text import Annotation, Text
from matplotlib.textpath import TextPath
from PIL import Image
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.curve import sample
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.panels import Content

BLUE, WHITE, BLACK, WORDS = "#0072b2", "#ffffff", "#16181d", "#404040"


def lines(axes: Axes) -> list[Line2D]:
    """Return the lines with more points than a straight one needs: the curves."""
    return [line for line in axes.get_lines() if len(points(line)) > 2]


def points(line: Line2D) -> list[tuple[float, float]]:
    x, y = (np.asarray(values, dtype=float).tolist() for values in line.get_data())
    return list(zip(x, y, strict=True))


def circles(axes: Axes) -> list[tuple[float, float, bool]]:
    """Return the circles (x, y, whether its face is filled with the colour of its edge) from below."""
    found = []
    for line in axes.get_lines():
        if line.get_marker() == "o" and len(points(line)) == 1:
            edge, face = to_hex(line.get_markeredgecolor()), to_hex(line.get_markerfacecolor())
            assert face in (edge, to_hex(axes.get_facecolor()))
            found.append((*points(line)[0], face == edge))
    return sorted(found)


def svg_words(*arguments: str) -> list[str]:
    """Return the words of an SVG in the order in which they are drawn; matplotlib notes each as a comment."""
    done = CliRunner().invoke(app, [*arguments, "--format", "svg"])
    assert done.exit_code == 0, done.output
    return re.findall(r"<!-- (.*?) -->", done.stdout)


def told(*arguments: str) -> str:
    """Return what an SVG says to those who can't see it."""
    done = CliRunner().invoke(app, [*arguments, "--format", "svg"])
    (text,) = re.findall(r"<desc[^>]*>(.*?)</desc>", done.stdout)
    return str(text)


# Formulas


def outline(latex: str) -> Any:
    with matplotlib.rc_context({"mathtext.fontset": "cm"}):
        return TextPath((0.0, 0.0), f"${latex}$", size=1, prop=FontProperties(family="DejaVu Sans"))


def strokes(path: Any) -> list[Any]:
    """Return all x and all y of an outline in order of size: glyphs and rules may be drawn in any order."""
    return [np.sort(values) for values in np.transpose(path.vertices[path.codes != path.CLOSEPOLY])]


FORMULAS = {
    "sigmoid": (r"f(x) = \dfrac{1}{1 + e^{-x}}", r"f\,'(x) = f(x)\,(1 - f(x))"),
    "tanh": (r"f(x) = \tanh(x)", r"f\,'(x) = 1 - f(x)^{2}"),
    "relu": (r"f(x) = \max(0,\, x)", r"f\,'(x) = 1\ \mathrm{if}\ x \geq 0,\ \ 0\ \mathrm{otherwise},\ \ x \neq 0"),
    "silu:beta=2": (r"f(x) = x\,\sigma(2\,x)", r"f\,'(x) = \sigma(2\,x)\,(1 + 2\,x\,\sigma(-2\,x))"),
    "stanh": (
        r"f(x) = b\,\tanh(a\,x),\ \ a = 0.67,\ \ b = 1.7159",
        r"f\,'(x) = a\,b\,(1 - \tanh^{2}(a\,x))",
    ),
    "exp(x)/2": (r"f(x) = \dfrac{e^{x}}{2}", r"f\,'(x) = \dfrac{e^{x}}{2}"),
}


@pytest.mark.parametrize("spec", FORMULAS)
def test_each_panel_is_headed_by_its_own_formula(spec: str) -> None:
    figure = actplot.figure(spec, second=True)
    for axes, latex in zip(figure.axes, FORMULAS[spec], strict=False):
        (patch,) = (each for each in axes.patches if isinstance(each, PathPatch))
        drawn, expected = patch.get_path(), outline(latex)
        assert len(drawn) == len(expected), latex
        for ours, theirs in zip(strokes(drawn), strokes(expected), strict=True):
            np.testing.assert_allclose(ours, theirs, atol=0.05)
        right = patch.get_window_extent().x1
        assert right == pytest.approx(axes.get_window_extent().x1, abs=1.0), "it ends at the panel's right edge"
        assert patch.get_window_extent().y0 > axes.get_window_extent().y1, "it stands above the panel"
        assert to_hex(patch.get_facecolor()) == WORDS
    assert not [each for each in figure.axes[2].patches if isinstance(each, PathPatch)], "f″ has no formula"


def test_a_figure_of_several_functions_has_no_formula() -> None:
    for axes in actplot.figure("relu", "gelu").axes:
        assert not [each for each in axes.patches if isinstance(each, PathPatch)]


# Words


def test_the_words_of_a_figure() -> None:
    expected = """0 0.2 0.4 0.6 0.8 1 $f(x)$ 1 Sigmoid −6 −4 −2 0 2 4 6 $x$ 0 0.1 0.2 0.3 $f\\,'(x)$ Derivative"""
    assert svg_words("sigmoid", "-d") == [*expected.split(), "0.25 at 0"]


def test_the_words_of_a_figure_in_the_tutorials_look() -> None:
    expected = "0 0.2 0.4 0.6 0.8 1 F(x) 1 Sigmoid −6 −4 −2 0 2 4 6 X 0 0.1 0.2 0.3 F′(x) Derivative"
    assert svg_words("sigmoid", "-d", "--style", "tutorial") == [*expected.split(), "0.25 at 0"]


def test_the_words_of_four_panels() -> None:
    figure = actplot.figure("gelu", "gelu_tanh", "relu", second=True, difference=True)
    assert [axes.get_ylabel() for axes in figure.axes] == ["$f(x)$", r"$f\,'(x)$", r"$f\,''(x)$", "difference"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["", "", "", "$x$"]
    assert [axes.get_title("left") for axes in figure.axes] == [
        "GELU, GELU (tanh), ReLU",
        "Derivative",
        "Second derivative",
        "Each minus GELU",
    ]
    figure = actplot.figure("gelu", "gelu_tanh", derivative=False, difference=True)
    assert figure.axes[1].get_title("left") == "GELU (tanh) − GELU"
    figure = actplot.figure("relu", second=True, style="tutorial")
    assert [axes.get_ylabel() for axes in figure.axes] == ["F(x)", "F′(x)", "F″(x)"]
    assert figure.axes[2].get_xlabel() == "X"


def test_a_title_is_above_the_first_panel_alone() -> None:
    figure = actplot.figure("relu", title="Mine")
    assert [axes.get_title("left") for axes in figure.axes] == ["Mine", "Derivative"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(-2.0, "−2"), (0.0, "0"), (-0.25, "−0.25"), (1e-5, "1e−05"), (-4e6, "−4e06"), (123456.0, "123456")],
)
def test_ticks_have_a_true_minus(value: float, text: str) -> None:
    for axes in actplot.figure("relu").axes:
        assert axes.yaxis.get_major_formatter()(value, 0) == text
        assert axes.xaxis.get_major_formatter()(value, 0) == text


# Breaks


@pytest.mark.parametrize(("style", "colour", "ground"), [("light", BLUE, WHITE), ("dark", "#5eb8ff", BLACK)])
def test_circles_are_filled_at_the_value_and_open_at_a_limit(style: str, colour: str, ground: str) -> None:
    above, below = actplot.figure("step", style=style).axes
    assert circles(above) == [(0.0, 0.0, False), (0.0, 1.0, True)]
    assert circles(below) == [(0.0, 0.0, False)]
    faces = {
        points(line)[0][1]: (to_hex(line.get_markerfacecolor()), to_hex(line.get_markeredgecolor()))
        for line in above.get_lines()
        if line.get_marker() == "o"
    }
    assert faces == {0.0: (ground, colour), 1.0: (colour, colour)}


def test_circles_of_other_functions() -> None:
    above, below = actplot.figure("hard_shrink").axes
    assert circles(above) == [(-0.5, -0.5, False), (-0.5, 0.0, True), (0.5, 0.0, True), (0.5, 0.5, False)]
    assert circles(below) == [(-0.5, 0.0, False), (-0.5, 1.0, False), (0.5, 0.0, False), (0.5, 1.0, False)]
    assert circles(actplot.figure("relu", at_kink="torch").axes[1]) == [(0.0, 0.0, True), (0.0, 1.0, False)]
    assert circles(actplot.figure("sign").axes[0]) == [(0.0, -1.0, False), (0.0, 0.0, True), (0.0, 1.0, False)]


def test_circles_have_the_colour_of_their_curve() -> None:
    axes = actplot.figure("gelu", "step", range=(-2, 2)).axes[0]
    (step,) = (line for line in lines(axes) if points(line)[0][1] == 0.0 and points(line)[-1][1] == 1.0)
    rings = [line for line in axes.get_lines() if line.get_marker() == "o"]
    assert [line.get_color() for line in rings] == [step.get_color()] * 2


# Limits and marks


def dashed(axes: Axes) -> list[float]:
    """Return the heights of the dashed lines that cross a whole panel."""
    found = []
    for line in axes.get_lines():
        x, y = (np.asarray(values, dtype=float) for values in line.get_data())
        if line.get_linestyle() == "--" and x.tolist() == [0.0, 1.0] and y[0] == y[1]:
            found.append(float(y[0]))
    return sorted(found)


@pytest.mark.parametrize(
    ("spec", "heights", "words"),
    [
        ("tanh", [-1.0, 1.0], {-1.0: "−1", 1.0: "1"}),
        ("sigmoid", [0.0, 1.0], {1.0: "1"}),
        ("stanh", [-1.7159, 1.7159], {-1.7159: "−1.72", 1.7159: "1.72"}),
        ("elu:alpha=2", [-2.0], {-2.0: "−2"}),
        ("3 - sigmoid(x)/2", [2.5, 3.0], {2.5: "2.5", 3.0: "3"}),
        ("hard_tanh", [], {}),
        ("identity", [], {}),
    ],
)
def test_limits_are_dashed_at_their_heights_and_told(spec: str, heights: list[float], words: dict[float, str]) -> None:
    axes = actplot.figure(spec).axes[0]
    assert dashed(axes) == heights
    assert {text.xy[1]: text.get_text() for text in axes.texts if isinstance(text, Annotation)} == words


def test_a_limit_is_told_at_the_side_from_which_the_curve_is_far() -> None:
    below, above = beside(actplot.figure("tanh").axes[0])
    assert (below.xy, below.xyann, below.get_ha(), below.get_va()) == ((1.0, -1.0), (-4, 3), "right", "bottom")
    assert (above.xy, above.xyann, above.get_ha(), above.get_va()) == ((0.0, 1.0), (4, -3), "left", "top")


def beside(axes: Axes) -> list[Any]:
    """Return the words that stand beside a point, in the order in which they were written."""
    return [text for text in axes.texts if isinstance(text, Annotation)]


def slants(axes: Axes) -> set[tuple[float, float]]:
    """Return the slopes of the slanted lines through the panel, and their heights at x = 0."""
    found = set()
    straight: list[Any] = [line for line in axes.get_lines() if isinstance(line, AxLine)]
    for line in straight:
        if line.get_linestyle() == "--":
            x, y = line.get_xy1()
            found.add((round(line.get_slope(), 5), round(y - line.get_slope() * x, 5)))
    return found


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("silu", {(1.0, 0.0)}),
        ("log_cosh", {(1.0, -0.69315), (-1.0, -0.69315)}),
        ("bent_identity", {(1.5, -0.5), (0.5, -0.5)}),
        ("tanh_shrink", {(1.0, -1.0), (1.0, 1.0)}),
        ("leaky_relu", set()),
    ],
)
def test_slanted_asymptotes_stand_where_they_belong(spec: str, expected: set[tuple[float, float]]) -> None:
    assert slants(actplot.figure(spec, detail="full").axes[0]) == expected
    assert slants(actplot.figure(spec).axes[0]) == set()


def marked(axes: Axes) -> dict[str, tuple[float, float]]:
    """Return the words that stand at a point of the panel, and the point."""
    return {text.get_text(): text.xy for text in axes.texts if isinstance(text, Annotation) and text.xycoords == "data"}


def test_extrema_corners_and_the_largest_slope_are_marked_where_they_are() -> None:
    above, below = actplot.figure("x**3 - 3*x", range=(-2, 2), detail="full").axes
    spots = marked(above)
    assert sorted(spots) == ["2 at −1", "−2 at 1"]
    assert spots["2 at −1"] == pytest.approx((-1.0, 2.0))
    assert spots["−2 at 1"] == pytest.approx((1.0, -2.0))
    heights = {text.get_text(): (text.xyann[1], text.get_va()) for text in beside(above)}
    assert heights == {"2 at −1": (5.0, "bottom"), "−2 at 1": (-5.0, "top")}, "above a hill and below a valley"
    dots = sorted(points(line)[0] for line in above.get_lines() if len(points(line)) == 1)
    np.testing.assert_allclose(dots, [(-1.0, 2.0), (1.0, -2.0)], atol=1e-6)
    assert not marked(below)
    below = actplot.figure("stanh").axes[1]
    ((words, place),) = marked(below).items()
    assert words == "1.15 at 0"
    assert place == pytest.approx((0.0, 0.67 * 1.7159))
    below = actplot.figure("sigmoid(1 - x)").axes[1]
    ((words, place),) = marked(below).items()
    assert words == "−0.25 at 1"
    assert place == pytest.approx((1.0, -0.25))
    corners = actplot.figure("relu6", detail="full").axes[0]
    dots = [points(line)[0] for line in corners.get_lines() if len(points(line)) == 1]
    assert dots == [(0.0, 0.0), (6.0, 6.0)]


def test_what_is_nearly_flat_is_shaded_from_end_to_end() -> None:
    """The slope of the sigmoid is 0.01 at ±4.59512, that of tanh at ±2.99322."""
    for name, end, inner in (("sigmoid", 6.0, 4.59512), ("tanh", 5.0, 2.99322)):
        for axes in actplot.figure(name).axes:
            shades = [patch for patch in axes.patches if not isinstance(patch, PathPatch)]
            spans = sorted((box.x0, box.x1) for box in (patch.get_extents() for patch in shades))
            to_data = axes.transData.inverted()
            found = [(to_data.transform((a, 0))[0], to_data.transform((b, 0))[0]) for a, b in spans]
            assert found[0] == pytest.approx((-end, -inner), abs=0.03)
            assert found[1] == pytest.approx((inner, end), abs=0.03)
            assert [patch.get_alpha() for patch in shades] == [0.07, 0.07]


def test_a_hole_is_no_turning_point_and_no_steepest_one() -> None:
    assert not [text for text in svg_words("sin(x)/x", "-d", "--annotate") if "nan" in text]
    assert "nan" not in told("sin(x)/x", "-d")
    assert "nan" not in told("x*tanh(x)/x", "-d")


# Several functions


def value_at(line: Line2D, x: float) -> float:
    xs, ys = (np.asarray(values, dtype=float) for values in line.get_data())
    return float(np.interp(x, xs, ys))


VALUES_AT_ONE = {"ReLU": 1.0, "Tanh": math.tanh(1.0), "Sigmoid": 1 / (1 + math.exp(-1.0)), "Softsign": 0.5}


def test_each_name_has_the_colour_and_the_height_of_its_curve() -> None:
    axes = actplot.figure("relu", "tanh", "sigmoid", "softsign", range=(-2, 1), derivative=False).axes[0]
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
    specs = {"3*tanh(x)": 3 * math.tanh(1.0), "relu": 1.0, "0.5*(x + sqrt(x**2 + 4))*exp(-x**2/1000)": 1.616416}
    figure = actplot.figure(*specs, range=(-2, 1), derivative=False)
    named = legend(figure)
    assert list(named) == ["3*tanh(x)", "ReLU", "0.5*(x + sqrt(x**2 + 4))*exp(-x**2/1000)"]
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


# The sheet


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


# Words for those who can't see it


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["sigmoid", "-d"],
            "Graph of Sigmoid, its derivative, for x from -6 to 6. The function goes from 0.00247 to 0.998. "
            "It tends to 0. It tends to 1. Its largest slope is 0.25 at 0.",
        ),
        (
            ["relu", "-r", "-5", "3"],
            "Graph of ReLU, for x from -5 to 3. The function goes from 0 to 3. "
            "It has a corner at 0, from slope 0 to slope 1.",
        ),
        (
            ["hard_shrink", "-d", "--second"],
            "Graph of Hardshrink, its derivative, its second derivative, for x from -3 to 3. "
            "The function goes from -3 to 3. It jumps from -0.5 to 0 at -0.5. It jumps from 0 to 0.5 at 0.5.",
        ),
        (
            ["step", "1 - x", "-d", "-r", "-2", "4"],
            "Graph of Step and 1 - x, their derivative, for x from -2 to 4. Step goes from 0 to 1. "
            "It jumps from 0 to 1 at 0. 1 - x goes from 3 to -3.",
        ),
        (
            ["x**3 - 3*x", "-r", "-2", "2.5"],
            "Graph of x**3 - 3*x, for x from -2 to 2.5. The function goes from -2 to 8.12. "
            "It turns at -1, where it is 2. It turns at 1, where it is -2.",
        ),
        (
            ["(x**2 - 1)/(x - 1)", "-r", "-2", "3"],
            "Graph of (x**2 - 1)/(x - 1), for x from -2 to 3. The function goes from -1 to 4. "
            "It has no value at 1, where it tends to 2.",
        ),
    ],
)
def test_a_figure_is_told_in_sentences(arguments: list[str], expected: str) -> None:
    assert told(*arguments) == expected


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("$x_1$ costs 5%", "$x_1$ costs 5%"),
        ("a_b^c {d}", "a_b^c {d}"),
        ("two\nlines", "two lines"),
        ("'\"&", "'\"&"),
        ("Größe α", "Größe α"),
    ],
)
def test_a_title_is_drawn_as_it_is(title: str, drawn: str) -> None:
    arguments = ["relu", "-r", "0", "1", "--title", title, "--format", "svg"]
    *_, (words, glyphs) = re.findall(
        r"<!-- (.*?) -->(.*?)(?=<!--|$)", CliRunner().invoke(app, arguments).stdout, re.DOTALL
    )
    assert unescape(words) == drawn
    fonts = set(re.findall(r'<use xlink:href="#([A-Za-z]+)', glyphs))
    assert fonts == {"DejaVuSans"}, "none of mathematics"


@pytest.mark.parametrize(("spec", "size"), [("gelu_tanh", (6.4, 5.2)), ("selu", (5.0, 4.0)), ("gelu", (3.2, 3.0))])
def test_no_formula_runs_into_its_title(spec: str, size: tuple[float, float]) -> None:
    figure = actplot.figure(spec, size=size)
    figure.draw_without_rendering()
    shown = 0
    for axes in figure.axes:
        (title,) = (text for text in axes.findobj(Text) if text.get_text() == axes.get_title("left"))
        for patch in (each for each in axes.patches if isinstance(each, PathPatch)):
            shown += 1
            assert patch.get_window_extent().x0 > title.get_window_extent().x1 + 5
            assert patch.get_window_extent().height > 5
    assert shown >= 1


def test_a_formula_is_as_large_as_its_title_where_there_is_room() -> None:
    """The capital height of the title and that of the formula's digits are about the same."""
    (patch,) = (each for each in actplot.figure("identity").axes[0].patches if isinstance(each, PathPatch))
    assert patch.get_window_extent().height == pytest.approx(12 / 72 * 100 * outline("f(x) = x").get_extents().height)


def test_a_formula_that_would_be_too_small_is_left_out() -> None:
    figure = actplot.figure("+".join(f"exp({n}*x)" for n in range(20)), range=(-1, 0))
    assert not [each for axes in figure.axes for each in axes.patches if isinstance(each, PathPatch)]


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


def test_named_points_are_circles_and_joined_up_to_a_hundred() -> None:
    line = named(2.0, -1.0, 3.0, 0.5)
    assert (line.get_marker(), line.get_linestyle()) == ("o", "-")
    assert points(line) == [(-1.0, 0.0), (0.5, 0.5), (2.0, 2.0), (3.0, 3.0)]
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
