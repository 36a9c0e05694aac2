"""Circles, limits, marks and shades of a figure: where they stand, and what is written beside them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

import actplot
from tests.artists import beside, circles, dashed, lines, marked, points, slants, svg_words, told

BLUE, ORANGE, WHITE, BLACK = "#0072b2", "#d55e00", "#ffffff", "#16181d"


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


def rings(axes: Axes, place: tuple[float, float]) -> list[tuple[str, bool, float]]:
    """Return the circles at a place from the lowest up: colour, whether filled, and the whole width in points."""
    found = []
    for line in sorted((each for each in axes.get_lines() if points(each) == [place]), key=Line2D.get_zorder):
        edge, face = to_hex(line.get_markeredgecolor()), to_hex(line.get_markerfacecolor())
        found.append((edge, face == edge, line.get_markersize() + line.get_markeredgewidth()))
    return found


def test_circles_of_several_curves_at_one_place_stand_inside_one_another() -> None:
    above, below, _ = actplot.figure("step", "sign", difference=True).axes
    for axes, place, expected in (
        (above, (0.0, 1.0), [(ORANGE, False), (BLUE, True)]),  # the value of Step on the limit of Sign
        (above, (0.0, 0.0), [(BLUE, False), (ORANGE, True)]),
        (below, (0.0, 0.0), [(BLUE, False), (ORANGE, False)]),
    ):
        (*outer, outer_size), (*inner, inner_size) = rings(axes, place)
        assert [tuple(outer), tuple(inner)] == expected
        edge = 2 * 0.75 * axes.get_lines()[-1].get_markeredgewidth()
        assert outer_size - inner_size > edge, "the edge of the outer one is seen all around"
    ((*alone, size),) = rings(above, (0.0, -1.0))
    assert (alone, size) == ([ORANGE, False], inner_size), "one that stands alone has the size of the inner one"


def test_no_circle_of_many_at_one_place_is_huge() -> None:
    many = [f"{n}*step(x)" for n in range(1, 6)]
    found = rings(actplot.figure(*many).axes[0], (0.0, 0.0))
    sizes = [size for _, _, size in found]
    assert len(sizes) == 5
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 5
    assert sizes[0] < 20


LEFT, RIGHT, WHOLE = (0.0, 0.5), (0.5, 1.0), (0.0, 1.0)


@pytest.mark.parametrize(
    ("spec", "parts", "words"),
    [
        ("tanh", {-1.0: LEFT, 1.0: RIGHT}, {-1.0: "−1", 1.0: "1"}),
        ("sigmoid", {0.0: LEFT, 1.0: RIGHT}, {1.0: "1"}),
        ("stanh", {-1.7159: LEFT, 1.7159: RIGHT}, {-1.7159: "−1.7159", 1.7159: "1.7159"}),
        ("elu:alpha=2", {-2.0: LEFT}, {-2.0: "−2"}),
        ("3 - sigmoid(x)/2", {2.5: RIGHT, 3.0: LEFT}, {2.5: "2.5", 3.0: "3"}),
        ("gaussian", {0.0: WHOLE}, {}),
        ("1 - gaussian(x)", {1.0: WHOLE}, {1.0: "1"}),
        ("hard_tanh", {}, {}),
        ("identity", {}, {}),
    ],
)
def test_limits_are_dashed_on_their_side_and_told(
    spec: str, parts: dict[float, tuple[float, float]], words: dict[float, str]
) -> None:
    axes = actplot.figure(spec, derivative=False).axes[0]
    assert dashed(axes) == parts
    levels = {text.xy[1]: text.get_text() for text in beside(axes) if "<" not in text.get_text()}
    assert levels == words


def test_a_half_of_a_limit_begins_at_zero_or_in_the_middle() -> None:
    assert dashed(actplot.figure("sigmoid", range=(-4, 12)).axes[0]) == {0.0: (0.0, 0.25), 1.0: (0.25, 1.0)}
    assert dashed(actplot.figure("sigmoid", range=(1, 6)).axes[0]) == {1.0: (0.5, 1.0)}


def test_a_limit_is_told_on_its_side_at_the_end_from_which_the_curve_is_far() -> None:
    below, above = beside(actplot.figure("tanh").axes[0])
    assert (below.xy, below.xyann, below.get_ha(), below.get_va()) == ((0.5, -1.0), (-4, 3), "right", "bottom")
    assert (above.xy, above.xyann, above.get_ha(), above.get_va()) == ((0.5, 1.0), (4, -3), "left", "top")
    assert [text.get_fontsize() for text in (below, above)] == [8.5, 8.5], "smaller than the ticks' ten points"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("silu", {(1.0, 0.0): (0, 5)}),
        ("log_cosh", {(1.0, -0.69315): (0, 5), (-1.0, -0.69315): (-5, 0)}),
        ("bent_identity", {(1.5, -0.5): (0, 5), (0.5, -0.5): (-5, 0)}),
        ("tanh_shrink", {(1.0, -1.0): (0, 5), (1.0, 1.0): (-5, 0)}),
        ("x + gaussian(x)", {(1.0, 0.0): (-5, 5)}),
        ("leaky_relu", {}),
    ],
)
def test_slanted_asymptotes_stand_where_they_belong(
    spec: str, expected: dict[tuple[float, float], tuple[float, float]]
) -> None:
    assert slants(actplot.figure(spec, detail="full", range=(-5, 5)).axes[0]) == expected
    assert slants(actplot.figure(spec, range=(-5, 5)).axes[0]) == {}


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
    assert not [words for words in marked(below) if " at " in words]
    for spec, words, place in (
        ("stanh", "max f′ = 1.150 at x = 0", (0.0, 0.67 * 1.7159)),
        ("sigmoid(1 - x)", "min f′ = −1/4 at x = 1", (1.0, -0.25)),
        ("gelu", "max f′ = 1.129 at x = √2", (1.4142135623730951, 1.1289042)),
        ("silu", "max f′ = 1.100 at x = 2.399", (2.3993573, 1.0998393)),
        ("softmax:k=3", "max f′ = 1/4 at x = ln 2", (0.6931471805599453, 0.25)),
        ("erf", "max f′ = 2/√π at x = 0", (0.0, 1.1283791670955126)),
        ("snake", "max f′ = 2 at x = π/4", (0.7853981633974483, 2.0)),
        ("gaussian", "max f′ = √(2/e) at x = −√2/2", (-0.7071067811865476, 0.8577638849607068)),
    ):
        assert marked(actplot.figure(spec).axes[1])[words] == pytest.approx(place, abs=1e-6)
    corners = actplot.figure("relu6", detail="full").axes[0]
    dots = [points(line)[0] for line in corners.get_lines() if len(points(line)) == 1]
    assert dots == [(0.0, 0.0), (6.0, 6.0)]


def test_what_is_nearly_flat_is_shaded_from_end_to_end() -> None:
    """The slope of the sigmoid is 0.01 at ±4.59512, that of tanh at ±2.99322."""
    for name, end, inner in (("sigmoid", 5.0, 4.59512), ("tanh", 5.0, 2.99322)):
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


@pytest.mark.parametrize(("spec", "end"), [("sigmoid", 1), ("sigmoid(1 - x)", 0)])
def test_a_panel_makes_room_for_words_on_their_side_alone(spec: str, end: int) -> None:
    bare, marked_too = (
        actplot.figure(spec, range=(-6, 6), detail=detail).axes[1].get_ylim() for detail in ("plain", "calm")
    )
    height = bare[1] - bare[0]
    assert marked_too[1 - end] == bare[1 - end]
    assert abs(marked_too[end] - bare[end]) > 0.08 * height
    assert (marked_too[end] > bare[end]) == bool(end)


def test_the_panel_of_the_slope_always_holds_zero_and_marks_one() -> None:
    for spec in ("x + 5 + tanh(x)/9", "identity", "relu", "2*x + sin(x)/3", "tanh", "sigmoid", "-3*x"):
        below = actplot.figure(spec).axes[1]
        low, high = below.get_ylim()
        assert low < 0.0 < high
        ones = [line for line in below.get_lines() if points(line) == [(0.0, 1.0), (1.0, 1.0)]]
        assert len(ones) == (spec not in ("sigmoid", "-3*x"))
        assert all(line.get_linestyle() == "-" and (line.get_alpha() or 1.0) < 0.5 for line in ones)
    assert actplot.figure("x + 5 + tanh(x)/9", "x", derivative=True).axes[1].get_ylim()[0] < 0.0


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("relu", [("0", "left", 0.0), ("1", "right", 1.0)]),
        ("leaky_relu", [("0.01", "left", 0.01), ("1", "right", 1.0)]),
        ("hard_sigmoid", [("0", "left", 0.0), ("0", "right", 0.0), ("1/6", "center", 1 / 6)]),
        ("gelu", [("→ 0", "left", 0.0), ("→ 1", "right", 1.0)]),
        ("tanh_exp", [("→ 0", "left", 0.0), ("→ 1", "right", 1.0)]),
        ("elu", [("1", "right", 1.0), ("→ 0", "left", 0.0)]),
        ("exp(x)", [("→ 0", "left", 0.0)]),
        ("sin", []),
    ],
)
def test_each_plateau_and_limit_of_the_slope_is_told_on_its_own_side(
    spec: str, expected: list[tuple[str, str, float]]
) -> None:
    axes = actplot.figure(spec).axes[1]
    told = [text for text in beside(axes) if " at " not in text.get_text() and "<" not in text.get_text()]
    assert sorted((text.get_text(), text.get_ha()) for text in told) == [(words, side) for words, side, _ in expected]
    low, high = axes.get_xlim()
    for text in told:
        (height,) = {height for words, side, height in expected if (words, side) == (text.get_text(), text.get_ha())}
        at = {"left": low, "right": high, "center": 0.0}[text.get_ha()]
        assert text.xy == pytest.approx((at, height), abs=0.04)


def test_the_shade_is_explained_once_within_it() -> None:
    specs = ["softmax", "sigmoid(x + 2)", "sigmoid", "tanh", "softplus", "step"]
    for spec, derivative in (*((spec, True) for spec in specs), ("sigmoid", False)):
        figure = actplot.figure(spec, derivative=derivative)
        figure.draw_without_rendering()
        *others, last = figure.axes
        assert not [text for axes in others for text in axes.texts if "<" in text.get_text()]
        (words,) = (text for text in last.texts if "<" in text.get_text())
        assert words.get_text() == "|f′| < 0.01"
        box = words.get_window_extent()
        shades = [patch.get_window_extent() for patch in last.patches if not isinstance(patch, PathPatch)]
        assert any(
            each.x0 <= box.x0 and box.x1 <= each.x1 and each.y0 <= box.y0 and box.y1 <= each.y1 for each in shades
        )
        middle = (box.x0 + box.x1) / 2
        around = next(each.width for each in shades if each.x0 < middle < each.x1)
        assert around == pytest.approx(max(each.width for each in shades)), "the broadest"
    for small in ("relu2", "gelu"):
        assert not [
            t for axes in actplot.figure(small, size=(2.0, 1.5)).axes for t in axes.texts if "<" in t.get_text()
        ]


def test_what_is_flat_all_over_is_shaded_all_over_up_to_its_jump() -> None:
    for axes in actplot.figure("step").axes:
        shades = [patch for patch in axes.patches if not isinstance(patch, PathPatch)]
        to_data = axes.transData.inverted()
        ends = [
            [to_data.transform((end, 0))[0] for end in (box.x0, box.x1)] for box in (s.get_extents() for s in shades)
        ]
        assert sum(b - a for a, b in ends) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("specs", "span", "expected"),
    [
        (["sin"], (-7, 7), "−2π −3π/2 −π −π/2 0 π/2 π 3π/2 2π"),
        (["x + sin(2*x)**2/2", "cos"], (-10, 10), "−3π −2π −π 0 π 2π 3π"),
        (["sinc"], (-40, 40), "−12π −8π −4π 0 4π 8π 12π"),
        (["sin"], (-1, 1), None),
        (["sin(pi*x)"], (-7, 7), None),
        (["sin(x**2)"], (-7, 7), None),
        (["sin", "tanh"], (-7, 7), None),
        (["tanh"], (-7, 7), None),
    ],
)
def test_waves_tick_at_multiples_of_pi(specs: list[str], span: tuple[float, float], expected: str | None) -> None:
    axes = actplot.figure(*specs, range=span).axes[1]
    low, high = axes.get_xlim()
    ticks = [float(tick) for tick in axes.xaxis.get_majorticklocs() if low <= tick <= high]
    words = [axes.xaxis.get_major_formatter()(tick, 0) for tick in ticks]
    if expected is None:
        assert not [each for each in words if "π" in each]
        return
    assert " ".join(words) == expected
    assert ticks == pytest.approx([math.pi * multiple(word) for word in words])


def multiple(word: str) -> float:
    """Return how many times π a label says."""
    count = word.replace("−", "-").replace("/2", "").replace("π", "")
    return float({"": "1", "-": "-1"}.get(count, count)) / (2 if "/2" in word else 1)
