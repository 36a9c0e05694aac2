"""The words and formulas of a figure, and what it says to those who can't see it; written by hand."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.curves.curve import sample_range
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from tests.artists import svg_words, told


def outline(latex: str) -> Any:
    with matplotlib.rc_context({"mathtext.fontset": "cm"}):
        return TextPath((0.0, 0.0), f"${latex}$", size=1, prop=FontProperties(family="DejaVu Sans"))


def strokes(path: Any) -> list[Any]:
    """Return all x and all y of an outline in order of size: glyphs and rules may be drawn in any order."""
    return [np.sort(values) for values in np.transpose(path.vertices[path.codes != path.CLOSEPOLY])]


IF, ELSE = r"\mathrm{if}\ ", r"\mathrm{otherwise}"
# What is written above f and above f′: one line, or what stands before a brace, each value and its condition, and what
# is said of all cases.
FORMULAS: dict[str, tuple[list[str], list[str]]] = {
    "sigmoid": ([r"f(x) = \dfrac{1}{1 + e^{-x}}"], [r"f\,'(x) = f(x)\,(1 - f(x))"]),
    "tanh": ([r"f(x) = \tanh(x)"], [r"f\,'(x) = 1 - f(x)^{2}"]),
    "relu": ([r"f(x) = \max(0,\, x)"], [r"f\,'(x) =", "1", IF + "x > 0", "0", ELSE, r",\ \ x \neq 0"]),
    "silu:beta=2": ([r"f(x) = x\,\sigma(2 x)"], [r"f\,'(x) = \sigma(2 x)\,(1 + 2 x\,\sigma(-2 x))"]),
    "stanh": (
        [r"f(x) = 1.7159 \,\tanh(0.67 x)"],
        [r"f\,'(x) = 0.67 \cdot 1.7159\,(1 - \tanh^{2}(0.67 x))"],
    ),
    "softplus": ([r"f(x) = \ln(1 + e^{x})"], [r"f\,'(x) = \dfrac{1}{1 + e^{-x}}"]),
    "softmax:k=3": ([r"f(x) = \dfrac{1}{1 + 2 e^{-x}}"], [r"f\,'(x) = f(x)\,(1 - f(x))"]),
    "xielu": (
        ["f(x) =", "0.8 x^{2} + 0.5 x", IF + "x > 0", "0.8 (e^{x} - 1 - x) + 0.5 x", ELSE],
        [r"f\,'(x) =", "1.6 x + 0.5", IF + "x > 0", "0.8 (e^{x} - 1) + 0.5", ELSE],
    ),
    "exp(x)/2": ([r"f(x) = \dfrac{e^{x}}{2}"], [r"f\,'(x) = \dfrac{e^{x}}{2}"]),
}


def written(axes: Any) -> list[PathPatch]:
    """Return the parts of a panel's formula, from left to right; its brace is the last."""
    return [each for each in axes.patches if isinstance(each, PathPatch)]


def check(axes: Any, expected: list[str]) -> None:
    """Check that a panel's formula has these parts, all on one line but the cases, which a brace holds together."""
    patches = written(axes)
    assert len(patches) == len(expected) + (len(expected) > 1)
    for patch, latex in zip(patches, expected, strict=False):
        drawn, wanted = patch.get_path(), outline(latex)
        assert len(drawn) == len(wanted), latex
        for ours, theirs in zip(strokes(drawn), strokes(wanted), strict=True):
            np.testing.assert_allclose(ours, theirs, atol=0.1)
    if len(expected) > 1:
        brace, cases = patches[-1].get_window_extent(), [patch.get_window_extent() for patch in patches[1:5]]
        assert brace.y0 <= min(case.y0 for case in cases) + 1
        assert brace.y1 >= max(case.y1 for case in cases) - 1
        assert patches[0].get_window_extent().x1 < brace.x0 < brace.x1 < min(case.x0 for case in cases)
        assert cases[0].x0 == pytest.approx(cases[2].x0, abs=1.5), "values begin at one x"
        assert cases[1].x0 == pytest.approx(cases[3].x0, abs=1.5), "conditions too"
        assert max(cases[0].x1, cases[2].x1) < cases[1].x0


@pytest.mark.parametrize("spec", FORMULAS)
def test_each_panel_is_headed_by_its_own_formula(spec: str) -> None:
    figure = actplot.figure(spec, second=True)
    for axes, expected in zip(figure.axes, FORMULAS[spec], strict=False):
        check(axes, expected)
        patch, *_ = written(axes)
        assert patch.get_window_extent().x0 == pytest.approx(axes.get_window_extent().x0, abs=2.0), "from the left on"
        gap = min(each.get_window_extent().y0 for each in written(axes)) - axes.get_window_extent().y1
        assert 0 < gap < 20, "it stands right above the panel"
        assert to_hex(patch.get_facecolor()) == "#404040", "as other words are"
    assert not written(figure.axes[2]), "f″ has no formula"


def cases(value: str, condition: str, other: str, *tail: str) -> list[str]:
    return [r"f\,'(x) =", value, IF + condition, other, ELSE, *tail]


# Under each rule at kinks: which branch holds at 0 (of the ReLU), and what is said where none gives the rule's value.
CHOSEN = [
    ("relu", "undefined", cases("1", "x > 0", "0", r",\ \ x \neq 0")),
    ("relu", "right", cases("1", r"x \geq 0", "0")),
    ("relu", "torch", cases("1", "x > 0", "0")),
    ("relu", "mid", cases("1", "x > 0", "0", r",\ \ x \neq 0,\ \ f\,'(0) = 0.5")),
    ("relu6", "left", cases("1", r"0 < x \leq 6", "0")),
    ("relu6", "right", cases("1", r"0 \leq x < 6", "0")),
    ("abs", "undefined", [r"f\,'(x) = \operatorname{sgn}(x),\ \ x \neq 0"]),
    ("abs", "mid", [r"f\,'(x) = \operatorname{sgn}(x)"]),
    ("abs", "left", [r"f\,'(x) = \operatorname{sgn}(x),\ \ x \neq 0,\ \ f\,'(0) = -1"]),
    ("leaky_relu", "right", cases("1", r"x \geq 0", "0.01")),
    ("elu", "undefined", cases("1", "x > 0", "e^{x}")),
    ("isrlu:alpha=4", "undefined", cases("1", r"x \geq 0", r"\frac{1}{\sqrt{1 + 4 x^{2}}^{3}}")),
]


@pytest.mark.parametrize(("spec", "rule", "expected"), CHOSEN)
def test_no_formula_of_a_slope_speaks_against_its_circles(spec: str, rule: str, expected: list[str]) -> None:
    check(actplot.figure(spec, at_kink=rule).axes[1], expected)


@pytest.mark.parametrize("style", ["light", "dark", "tutorial"])
def test_panels_and_formulas_stand_at_one_place_in_every_figure(style: str) -> None:
    """Pages of figures can be flipped: the frames stay, and the formulas have one size and one baseline."""
    boxes, heads = set(), set()
    for name in ("relu", "gelu", "sinc", "selu", "tanh", "softmax", "leaky_relu", "sigmoid"):
        figure = actplot.figure(name, style=style)
        boxes.add(tuple(tuple(round(part, 6) for part in axes.get_position().bounds) for axes in figure.axes))
        for axes in figure.axes:
            transform = written(axes)[0].get_transform()
            (x, y), (right, _) = transform.transform([(0.0, 0.0), (1.0, 0.0)])
            place = axes.get_window_extent()
            if name not in ("sinc", "selu"):  # of more than a line and a half
                heads.add((round(x - place.x0, 3), round(y - place.y1, 3), round(right - x, 3)))
    assert len(boxes) == 1
    assert len(heads) == 1


def test_a_figure_of_several_functions_has_no_formula() -> None:
    for axes in actplot.figure("relu", "gelu").axes:
        assert not [each for each in axes.patches if isinstance(each, PathPatch)]


@pytest.mark.parametrize(("spec", "size"), [("gelu_tanh", (6.4, 5.2)), ("selu", (5.0, 4.0)), ("gelu", (3.2, 3.0))])
def test_no_formula_runs_into_its_title(spec: str, size: tuple[float, float]) -> None:
    figure = actplot.figure(spec, size=size)
    figure.draw_without_rendering()
    shown = 0
    for axes in figure.axes:
        (title,) = (text for text in axes.findobj(Text) if text.get_text() == axes.get_title("left"))
        for patch in written(axes):
            shown += 1
            formula, words = patch.get_window_extent(), title.get_window_extent()
            assert formula.x0 > words.x1 + 5 or formula.y1 < words.y0, "beside the title, or below it"
            assert formula.height > 2
    assert shown >= 1


def test_a_formula_is_a_little_smaller_than_its_title() -> None:
    (patch,) = written(actplot.figure("identity").axes[0])
    height = 0.85 * 12 / 72 * 100 * outline("f(x) = x").get_extents().height
    assert patch.get_window_extent().height == pytest.approx(height)


def test_a_formula_that_would_be_too_small_is_left_out_and_a_note_says_so() -> None:
    curve = sample_range(actplot.get("+".join(f"tanh(1.2345*{n}*x)" for n in range(45))), (-1.0, 0.0), 50)
    notes: list[str] = []
    with applied(find("light")):
        figure = build(Drawing([curve]), find("light"), notes=notes)
    assert not [each for axes in figure.axes for each in axes.patches if isinstance(each, PathPatch)]
    assert notes == [
        "the figure has no room for the end of the title, the formula of f and the formula of f′; --size gives it room"
    ]


def test_the_words_of_a_figure() -> None:
    expected = """0 0.2 0.4 0.6 0.8 1 $f(x)$ 1 Sigmoid −5 −4 −3 −2 −1 0 1 2 3 4 5 $x$ 0 0.1 0.2 0.3 $f\\,'(x)$"""
    told = ["|f′| &lt; 0.01", "→ 0", "→ 0", "Derivative", "max f′ = 1/4 at x = 0"]
    assert svg_words("sigmoid", "-d") == [*expected.split(), *told]


def test_the_words_of_a_figure_in_the_tutorials_look() -> None:
    expected = "0 0.2 0.4 0.6 0.8 1 F(x) 1 Sigmoid −5 −4 −3 −2 −1 0 1 2 3 4 5 X 0 0.1 0.2 0.3 F′(x)"
    told = ["|f′| &lt; 0.01", "→ 0", "→ 0", "Derivative", "max f′ = 1/4 at x = 0"]
    assert svg_words("sigmoid", "-d", "--style", "tutorial") == [*expected.split(), *told]


def test_the_words_of_four_panels() -> None:
    figure = actplot.figure("gelu", "gelu_tanh", "relu", second=True, difference=True)
    assert [axes.get_ylabel() for axes in figure.axes] == ["$f(x)$", r"$f\,'(x)$", r"$f\,''(x)$", "difference"]
    assert [axes.get_xlabel() for axes in figure.axes] == ["", "", "", "$x$"]
    assert [axes.get_title("left") for axes in figure.axes] == [
        "GELU, GELU (tanh) and ReLU",
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


@pytest.mark.parametrize(
    ("value", "text"),
    [(-2.0, "−2"), (0.0, "0"), (-0.25, "−0.25"), (1e-5, "1e−05"), (-4e6, "−4e06"), (123456.0, "123456")],
)
def test_ticks_have_a_true_minus(value: float, text: str) -> None:
    for axes in actplot.figure("relu").axes:
        assert axes.yaxis.get_major_formatter()(value, 0) == text
        assert axes.xaxis.get_major_formatter()(value, 0) == text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["sigmoid", "-d"],
            "Graph of Sigmoid, its derivative, for x from -5 to 5. The function goes from 0.00669 to 0.993. "
            "It tends to 0. It tends to 1. Its largest slope is 1/4 at 0.",
        ),
        (
            ["relu", "-r", "-5", "3"],
            "Graph of ReLU, for x from -5 to 3. The function goes from 0 to 3. "
            "It has a corner at 0, from slope 0 to slope 1.",
        ),
        (
            ["hard_shrink", "-d", "--second"],
            "Graph of Hardshrink, its derivative, its second derivative, for x from -5 to 5. "
            "The function goes from -5 to 5. It jumps from -0.5 to 0 at -0.5. It jumps from 0 to 0.5 at 0.5.",
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


def test_labels_stand_at_the_middle_of_their_axes() -> None:
    figure = actplot.figure("relu")
    figure.draw_without_rendering()
    for axes in figure.axes:
        panel, label = axes.get_window_extent(), axes.yaxis.label.get_window_extent()
        assert (label.y0 + label.y1) / 2 == pytest.approx((panel.y0 + panel.y1) / 2, abs=2)
        assert label.x1 < panel.x0
    label = figure.axes[1].xaxis.label.get_window_extent()
    assert (label.x0 + label.x1) / 2 == pytest.approx((panel.x0 + panel.x1) / 2, abs=2)
    assert label.y1 < panel.y0


@pytest.mark.parametrize("name", ["b_silu", "calu", "elu", "sigmoid", "softcap", "ste_sign", "spike_atan", "dorefa"])
def test_words_at_levels_and_bands_leave_the_curve_free(name: str) -> None:
    axes = actplot.figure(name).axes[0]
    curve = next(line for line in axes.get_lines() if str(line.get_gid()).startswith("f-"))
    across, up = axes.transData.transform(np.column_stack(curve.get_data())).T
    found = [text for text in axes.texts if str(text.get_gid()).startswith(("level-", "saturated-words"))]
    assert found
    for text in found:
        box = text.get_window_extent()
        x = np.linspace(box.x0, box.x1, 50)
        y = np.interp(x, across, up)
        assert not np.any((y > box.y0 + 1) & (y < box.y1 - 1)), text.get_text()
