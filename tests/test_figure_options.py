"""What people ask of a figure's size, words and range: the scale, labels, limits, tangents, several style sheets."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from typer.testing import CliRunner

import actplot
from actplot.__main__ import main
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.figures.appearance.looks import applied, find
from tests.artists import beside, marked, points, said_in, told
from tests.conftest import Run, one_error_line


def curve(axes: Axes) -> Line2D:
    """Return the line with the most points."""
    return max(axes.get_lines(), key=lambda line: len(points(line)))


def straight(axes: Axes, width: float) -> list[tuple[tuple[float, float], float]]:
    """Return a point and the slope of each thin solid line through the panel, those of the axes left out."""
    found = []
    for line in axes.get_lines():
        (x, y), more = points(line)[0], points(line)[1:]
        if len(more) == 1 and line.get_linestyle() == "-" and line.get_linewidth() == pytest.approx(width):
            (x1, y1) = more[0]
            found.append(((x, y), (y1 - y) / (x1 - x)))
    return found


def lengths(figure: Figure) -> dict[str, float]:
    """Return sizes in points of one of each kind of thing in a figure."""
    axes = figure.axes[-1]
    tick = axes.xaxis.get_major_ticks(1)[0]
    spine = axes.spines["left"]
    circle = next(line for line in axes.get_lines() if line.get_marker() == "o")
    beside = next(text for text in axes.texts if text.get_text() == "1")
    patch: Any = beside.get_bbox_patch()
    return {
        "label": float(axes.xaxis.label.get_fontsize()),
        "number": float(tick.label1.get_fontsize()),
        "words": float(beside.get_fontsize()),
        "indent": abs(float(beside.xyann[0])),  # type: ignore[attr-defined]
        "pad": float(patch.get_boxstyle().pad * beside.get_fontsize()),
        "curve": float(curve(axes).get_linewidth()),
        "circle": float(circle.get_markersize()),
        "edge": float(circle.get_markeredgewidth()),
        "tick": float(tick.tick1line.get_markersize()),
        "tick width": float(tick.tick1line.get_markeredgewidth()),
        "grid": float(tick.gridline.get_linewidth()),
        "frame": float(spine.get_linewidth()),
    }


# What all is 5 times as large as on a page 5 times smaller.


@pytest.mark.parametrize("scale", [2.0, 5.0, "poster"])
def test_words_lines_marks_and_ticks_grow_together(scale: float | str) -> None:
    factor = 5.0 if scale == "poster" else float(scale)
    usual = lengths(actplot.figure("relu", size=(6.6, 9.4)))
    large = lengths(actplot.figure("relu", size=(6.6 * factor, 9.4 * factor), scale=scale))
    assert usual["curve"] == 2.0
    assert usual["number"] == 9.0
    assert large == pytest.approx({what: factor * length for what, length in usual.items()})


def test_a_poster_is_a_page_seen_from_nearer() -> None:
    """The panels, the curves and the words stand at the same places of the sheet."""
    page, poster = actplot.figure("gelu", size=(6.6, 9.4)), actplot.figure("gelu", size=(33, 47), scale="poster")
    for small, large in zip(page.axes, poster.axes, strict=True):
        assert large.get_position().bounds == pytest.approx(small.get_position().bounds, abs=0.01)
        assert large.get_ylim() == pytest.approx(small.get_ylim())
        assert marked(large) == marked(small)


def test_lines_of_an_inset_are_thinner_too() -> None:
    figure = actplot.figure("relu", size=(2, 1.5))
    found = lengths(figure) if any(text.get_text() == "1" for text in figure.axes[-1].texts) else None
    factor = float(figure.axes[0].xaxis.label.get_fontsize()) / 10.0
    assert found is None
    assert factor == pytest.approx(6.0 / 8.5), "words at marks are as small as can be read"
    assert curve(figure.axes[0]).get_linewidth() == pytest.approx(2.0 * factor)


def test_a_sheet_without_a_size_grows_with_its_words() -> None:
    assert actplot.figure("gelu", scale=1.5).get_size_inches() == pytest.approx([6.4, 5.2]), "there is room"
    figure = actplot.figure("gelu", scale=5)
    width, height = figure.get_size_inches()
    assert width / height == pytest.approx(6.4 / 5.2)
    assert height * 72 / 50 == pytest.approx(1.15 * 21.2), "lines of its words of 50 points, with an eighth to spare"
    assert figure.axes[0].xaxis.label.get_fontsize() == pytest.approx(50.0)


def test_words_that_have_no_room_shrink_and_it_is_told(run: Run, tmp_path: Path) -> None:
    done = run("gelu", "-d", "--size", "6x4", "--scale", "poster", "-o", "a.png")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[0] == (
        "actplot: words 5 times as large have no room; they are 1.4 times as large"
    )


def test_small_words_are_allowed_where_they_are_asked_for() -> None:
    figure = actplot.figure("gelu", size=(6.4, 5.2), scale=0.5)
    assert figure.axes[0].xaxis.label.get_fontsize() == pytest.approx(5.0)
    assert curve(figure.axes[0]).get_linewidth() == pytest.approx(1.0)


def test_widths_of_a_cycle_are_scaled(tmp_path: Path) -> None:
    sheet = tmp_path / "s.mplstyle"
    sheet.write_text("axes.prop_cycle: cycler('color', ['r', 'b']) + cycler('linewidth', [1, 3])\n")
    figure = actplot.figure("relu", "tanh", style=["light", str(sheet)], scale=2, size=(12, 10))
    widths = [line.get_linewidth() for line in figure.axes[0].get_lines() if len(points(line)) > 9]
    assert sorted({*widths}) == pytest.approx([2.0, 6.0])


# Limits and words of the axes.


def test_the_panel_of_f_has_the_limits_that_are_asked_for_and_no_marks_beyond() -> None:
    figure = actplot.figure("gelu", ylim=(0.5, 2.0), detail="full")
    assert figure.axes[0].get_ylim() == (0.5, 2.0)
    assert all(0.5 <= point[1] <= 2.0 for point in marked(figure.axes[0]).values())
    assert figure.axes[1].get_ylim() == actplot.figure("gelu", detail="full").axes[1].get_ylim()
    assert "−0.170 at −0.752" in marked(actplot.figure("gelu", detail="full").axes[0])
    circles = [
        line for line in actplot.figure("sign", ylim=(-2.0, 0.5)).axes[0].get_lines() if line.get_marker() == "o"
    ]
    assert sorted(points(circle)[0] for circle in circles) == [(0.0, -1.0), (0.0, 0.0)]


def test_a_curve_seen_from_near_is_no_polygon() -> None:
    """Between two points it is a quarter of a pixel of what is shown off its chord at most."""
    near = curve(actplot.figure("softplus", ylim=(0.0, 0.02), range=(-50, 50)).axes[0])
    x, y = (np.asarray(part, dtype=float) for part in near.get_data())
    seen = (y[:-1] < 0.02) & (y[1:] < 0.02)
    middle = (x[:-1] + x[1:]) / 2
    off = np.abs(np.log1p(np.exp(middle)) - (y[:-1] + y[1:]) / 2)[seen]
    assert off.max() < 0.02 / 2000


def test_the_chart_takes_the_limits(run: Run) -> None:
    text = run("gelu", "--ylim", "0", "9", "--terminal").stdout.decode()
    assert "8 ┤" in text
    assert "8 ┤" not in run("gelu", "--terminal").stdout.decode()


def test_words_at_the_axes_are_shown_as_written() -> None:
    figure = actplot.figure("gelu", second=True, xlabel="input $z$", ylabel="")
    assert figure.axes[-1].get_xlabel() == r"input \$z\$"
    assert [axes.get_ylabel() for axes in figure.axes] == ["", r"$f\,'(x)$", r"$f\,''(x)$"]


def test_long_words_at_the_axes_shrink_and_then_end_early() -> None:
    figure = actplot.figure("gelu", xlabel="pre-activation of the hidden unit " * 4, size=(6.4, 5.2))
    label = figure.axes[-1].xaxis.label
    figure.draw_without_rendering()
    panel = figure.axes[-1].bbox
    assert 6.0 <= float(label.get_fontsize()) < 10.0
    assert label.get_window_extent().width <= panel.width * 1.01
    notes = told_notes("--xlabel", "w" * 900)
    assert notes == ["the figure has no room for the end of the words at the x axis; --size gives it room"]


def told_notes(*arguments: str) -> list[str]:
    from typer.testing import CliRunner

    from actplot.cli.app import app

    done = CliRunner().invoke(app, ["gelu", "-d", *arguments, "--format", "svg"])
    assert done.exit_code == 0
    return [line.removeprefix("actplot: ") for line in done.stderr.splitlines()]


# Names of curves.


def test_a_label_stands_wherever_the_name_would() -> None:
    figure = actplot.figure("relu", "gelu", labels=["Baseline", "Ours"], difference=True)
    assert {"Baseline", "Ours"} <= set(said_in(figure))
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "Baseline and Ours",
        "Derivative",
        "Ours − Baseline",
    ]
    assert told("relu", "gelu", "--label", "Baseline", "--label", "Ours").startswith("Graph of Baseline and Ours")


@pytest.mark.parametrize(
    ("format_name", "parts"),
    [
        ("csv", ["\nBaseline,", "\n0.5,"]),
        ("json", ['"label": "Baseline"', '"name": "elu"', '"label": "0.5"']),
        ("md", ["Baseline f(x)", "0.5 f(x)"]),
        ("tex", ["{Baseline}", "% 0.5: f(x)"]),
        ("text", ["Applying Baseline on"]),
    ],
)
def test_tables_call_curves_by_their_labels(run: Run, format_name: str, parts: list[str]) -> None:
    done = run("elu:alpha=1/2/0.5", *("--label", "Baseline", "--label", "b", "--label", "0.5"), "--format", format_name)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert all(part in text for part in parts), text[:400]


def test_a_sweep_keeps_its_colours_under_labels() -> None:
    plain = actplot.figure("elu:alpha=0.5/1/2")
    named = actplot.figure("elu:alpha=0.5/1/2", labels=["a", "b", "c"])
    colours = [[to_hex(line.get_color()) for line in figure.axes[0].get_lines()] for figure in (plain, named)]
    assert colours[0] == colours[1]
    assert {text.get_text() for text in named.axes[0].texts} == {"a", "b", "c"}


# Tangents.


def test_a_tangent_touches_f_and_its_slope_is_a_point_of_the_derivative() -> None:
    figure = actplot.figure("sigmoid", tangents=[0.0])
    (((x, y), slope),) = [line for line in straight(figure.axes[0], 1.2) if line[1]]
    assert y + slope * (0.0 - x) == pytest.approx(0.5)
    assert slope == pytest.approx(0.25)
    assert marked(figure.axes[1])["f′(0) = 1/4"] == (0.0, 0.25)
    assert any(points(line) == [(0.0, 0.25)] for line in figure.axes[1].get_lines())
    assert any(points(line) == [(0.0, 0.5)] for line in figure.axes[0].get_lines())


def test_without_a_panel_for_it_the_slope_is_told_at_the_point() -> None:
    axes = actplot.figure("identity:slope=3", derivative=False, tangents=[1.0, -2.0]).axes[0]
    assert marked(axes) == {"slope 3 at x = 1": (1.0, 3.0), "slope 3 at x = −2": (-2.0, -6.0)}


def test_at_a_corner_there_is_a_tangent_from_each_side() -> None:
    figure = actplot.figure("leaky_relu:alpha=0.5", tangents=[0.0])
    lines = [line for line in straight(figure.axes[0], 1.2) if line[0] == (0.0, 0.0)]
    assert sorted(slope for _, slope in lines) == pytest.approx([0.5, 1.0])
    ends = [points(line)[1][0] for line in figure.axes[0].get_lines() if line.get_linewidth() == pytest.approx(1.2)]
    assert sorted(ends) == [-5.0, 5.0]
    assert "no slope at x = 0: 1/2 from the left, 1 from the right" in marked(figure.axes[0])
    assert not any("f′(0)" in words for words in marked(figure.axes[1]))


@pytest.mark.parametrize(
    ("formula", "x", "words"),
    [
        ("step", "0", "Step: no tangent at x = 0: f jumps there"),
        ("1/x", "0", "1/x: no tangent at x = 0: f has no value there"),
        ("sin(x)/x", "0", "sin(x)/x: no tangent at x = 0: f has no value there"),
    ],
)
def test_where_there_is_no_tangent_a_note_says_why(run: Run, formula: str, x: str, words: str) -> None:
    done = run(formula, "-d", "--tangent", x, "-o", "a.svg")
    assert done.returncode == 0
    assert f"actplot: {words}" in done.stderr.decode().splitlines()
    assert "tangent-" not in (done.stdout.decode())


def test_an_upright_tangent_is_drawn() -> None:
    axes = actplot.figure("cbrt(x)", tangents=[0.0]).axes[0]
    upright = [line for line in axes.get_lines() if points(line)[0][0] == points(line)[-1][0] == 0.0]
    assert any(line.get_linewidth() == pytest.approx(1.2) for line in upright)
    assert "upright tangent at x = 0" in marked(axes)


def test_steep_tangents_end_somewhere() -> None:
    figure = actplot.figure("1e200*x", tangents=[1.0])
    figure.draw_without_rendering()
    assert all(
        math.isfinite(y) for line in figure.axes[0].get_lines() for _, y in points(line) if len(points(line)) == 2
    )


def test_tangents_of_several_functions_have_their_colours_and_no_words() -> None:
    figure = actplot.figure("tanh", "sin(x)", tangents=[1.0])
    for axes in figure.axes:
        colours = {to_hex(line.get_color()) for line in axes.get_lines() if len(points(line)) > 20}
        dots = [to_hex(line.get_color()) for line in axes.get_lines() if len(points(line)) == 1]
        assert {*dots} == colours
        assert not any("slope" in text.get_text() or "f′(" in text.get_text() for text in axes.texts)


@pytest.mark.parametrize(("name", "x"), [("elu", -1.0), ("sigmoid", -1.5), ("sigmoid", 1.5), ("gaussian", 0.5)])
def test_words_at_a_tangent_leave_the_curve_free(name: str, x: float) -> None:
    figure = actplot.figure(name, tangents=[x])
    figure.draw_without_rendering()
    (words,) = [text for text in figure.axes[1].texts if text.get_text().startswith("f′(")]
    box = words.get_window_extent()
    seen = figure.axes[1].transData.transform(points(curve(figure.axes[1])))
    inside = (seen > [box.x0, box.y0]).all(axis=1) & (seen < [box.x1, box.y1]).all(axis=1)
    assert not inside.any()


def test_an_svg_tells_of_tangents_in_words() -> None:
    assert "Its tangent at 0 has slope 1/4." in told("sigmoid", "--tangent", "0")
    words = told("leaky_relu:alpha=0.5", "--tangent", "0")
    assert "It has no slope at x = 0: 1/2 from the left, 1 from the right." in words


def test_a_chart_tells_the_slope(run: Run) -> None:
    assert "slope 1/4 at x = 0" in run("sigmoid", "-d", "--tangent", "0", "--terminal").stdout.decode()
    assert "slope 1/4 at x = 0" in run("sigmoid", "--tangent", "0", "--terminal").stdout.decode()


def test_each_of_many_functions_has_its_tangent_in_its_cell() -> None:
    """The slopes at 0 are 1/4, 1, 1, 1, 1/2, 2/sqrt(pi) and, of ReLU, 0 from the left and 1 from the right."""
    slopes = {"sigmoid": 0.25, "tanh": 1.0, "sin": 1.0, "asinh": 1.0, "silu": 0.5, "erf": 2 / math.sqrt(math.pi)}
    names = ["sigmoid", "tanh", "sin", "asinh(x)", "silu", "erf", "relu"]
    figure = actplot.figure(*names, tangents=[0.0], ylim=(-2, 2))
    for cell, name in enumerate(names):
        above, below = figure.axes[2 * cell : 2 * cell + 2]
        lines = [line for line in above.get_lines() if line.get_label() == "_tangent"]
        steep = [(d - b) / (c - a) for (a, b), (c, d) in map(points, lines)]
        dots = [line for line in below.get_lines() if str(line.get_gid()).startswith("tangent-df-")]
        if name == "relu":
            assert (sorted(steep), dots) == ([0.0, 1.0], [])
        else:
            heights = [y for dot in dots for _, y in points(dot)]
            assert [*steep, *heights] == pytest.approx([slopes[name.removesuffix("(x)")]] * 2), name


def test_together_the_derivative_has_a_point_and_no_tangent() -> None:
    (axes,) = actplot.figure("tanh", tangents=[0.0], layout="together").axes
    drawn = {str(line.get_gid()): len(points(line)) for line in axes.get_lines() if "tangent" in str(line.get_gid())}
    assert drawn == {"tangent-f-tanh-1": 2, "tangent-f-tanh-1-point": 1, "tangent-df-tanh-1-point": 1}


def test_words_at_a_tangent_go_before_others() -> None:
    """Both points are the top of the hill; above it there is room for one."""
    (words,) = [text for text in beside(actplot.figure("sigmoid", tangents=[0.0]).axes[1]) if "f′(" in text.get_text()]
    assert words.get_text() == "f′(0) = 1/4"
    assert (words.xy, words.xyann) == ((0.0, 0.25), (0, 5.0))


# Several style sheets.


def test_of_several_styles_the_later_ones_hold(tmp_path: Path) -> None:
    big, thin = tmp_path / "big.mplstyle", tmp_path / "thin.mplstyle"
    big.write_text("lines.linewidth: 5\nfont.size: 14\n")
    thin.write_text("lines.linewidth: 0.5\n")
    figure = actplot.figure("gelu", style=["dark", str(big), str(thin)])
    assert to_hex(figure.get_facecolor()) == "#16181d"
    assert figure.axes[0].xaxis.label.get_fontsize() == 14.0
    assert curve(figure.axes[0]).get_linewidth() == 0.5
    assert curve(actplot.figure("gelu", style=["dark", str(thin), str(big)]).axes[0]).get_linewidth() == 5.0
    assert to_hex(actplot.figure("gelu", style=["dark", "light"]).get_facecolor()) == "#ffffff"


def test_one_style_of_several_that_has_words_of_its_own_keeps_them() -> None:
    assert find(["tutorial", "dark"]).labels.x == "X"
    assert find(["dark", "light"]).labels == find("light").labels
    with applied(find(["tutorial", "dark"])):
        assert matplotlib.rcParams["lines.marker"] == "o"


def test_each_of_several_sheets_is_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.mplstyle").write_text("lines.linewidth: 3\n")
    (tmp_path / "bad.mplstyle").write_text("grid.alpha: 7\n")
    (tmp_path / "worse.mplstyle").write_text("font.size: 0\n")
    for styles, part in [
        (("worse.mplstyle", "good.mplstyle"), "worse.mplstyle: font.size: 0 is out of bounds"),
        (("good.mplstyle", "bad.mplstyle"), "good.mplstyle + bad.mplstyle: matplotlib can't draw with it"),
        (("dark", "nosuch"), "no style named 'nosuch'"),
        (("dark", "missing.mplstyle"), "cannot read the style sheet missing.mplstyle"),
    ]:
        done = run("relu", "-d", *(word for style in styles for word in ("--style", style)), "-o", "a.png")
        assert part in one_error_line(done)
        assert not (tmp_path / "a.png").exists()


# What can't be.

WRONG = [
    *((["--scale", text], f"--scale: {told} is out of bounds; it is 0.5 to 20") for text, told in [
        ("nan", "nan"), ("inf", "inf"), ("0", "0"), ("-1", "-1"), ("1e9", "1e+09"), ("0.4999", "0.4999"),
    ]),
    (["--scale", ""], "--scale: '' is no number; write one such as 1.5, or talk or poster"),
    (["--scale", "\x1b[31m"], "is no number"),
    (["--scale", "Poster"], "--scale: 'Poster' is no number"),
    (["--ylim", "1", "1"], "--ylim 1 1 is empty"),
    (["--ylim", "2", "1"], "--ylim 2 1 is reversed; write --ylim 1 2"),
    (["--ylim", "nan", "1"], "--ylim nan 1 is not finite"),
    (["--ylim", "0", "inf"], "--ylim 0 inf is not finite"),
    (["--ylim", "0", "1e301"], "--ylim 0 1e+301 is too wide to draw"),
    (["--ylim", "1", "1.00000000000001"], "is too narrow to draw"),
    (["--ylim", "", "1"], "--ylim: '' is not a number"),
    (["--ylim", "\x00", "1"], "is not a number"),
    (["--tangent", "nan"], "--tangent: nan is not finite"),
    (["--tangent", "-inf"], "--tangent: -inf is not finite"),
    (["--tangent", "1e9"], "--tangent 1e+09 is outside the range -5 5"),
    (["--tangent", ""], "--tangent: '' is not a number"),
    (["--tangent", "5.0000001"], "is outside the range -5 5; give a point in it, or another --range"),
    (["--tangent", "1"] * 21, "21 tangents in one picture can't be told apart"),
    (["--label", ""], "--label is empty; a curve needs a name"),
    (["--label", " \t "], "--label is empty"),
    (["--label", "a", "--label", "b"], "--label: 2 labels for 1 curve; give one for each, in their order"),
    (["--label", "a" * 1001], "--label: 1,001 letters are too many for a label; at most 1,000 fit"),
    (["--xlabel", "a" * 1001], "--xlabel: 1,001 letters are too many for a label"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "part"), WRONG, ids=[repr(" ".join(line))[:30] for line, _ in WRONG])
def test_a_wrong_option_is_told_in_one_line(
    arguments: list[str],
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["gelu", "-d", *arguments, "-o", "a.png"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("actplot: error: ")
    assert captured.err.count("\n") == 1
    assert "\x1b" not in captured.err
    assert part in captured.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ["\x1b[31m red", "a\x00b", "two\nlines", "$\\frac$", "\udcff", "字", "%s {}"])
def test_words_of_any_kind_are_drawn(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = ("--xlabel", words, "--ylabel", words, "--label", words, "--quiet")
    for more in (["-o", "a.png", "-o", "a.svg", "-o", "a.pdf"], ["--terminal"], ["--table"]):
        assert main(["gelu", "-d", *given, *more]) == 0
    assert b"\x1b" not in (tmp_path / "a.svg").read_bytes()


@pytest.mark.parametrize("scale", [math.nan, 0.0, -1, 1e9, "nosuch"])
def test_python_is_told_of_a_wrong_scale(scale: float | str) -> None:
    with pytest.raises(UsageError, match="--scale"):
        actplot.figure("relu", scale=scale)


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["--scale", "2", "--table"], "--scale is for figures, and none is drawn here"),
        (["--xlabel", "a", "--ylabel", "b", "--ylim", "0", "1", "--tangent", "1", "--format", "csv"],
         "--xlabel, --ylabel, --ylim, --tangent are for figures, and none is drawn here"),
        (["--size", "3x3", "--terminal"], "--size is for figures, and none is drawn here"),
        (["--dpi", "50", "-o", "a.svg"], "--dpi is for a PNG, and none is written here; name one with -o FILE.png"),
        (["--dpi", "50", "--size", "3x3", "-o", "a.png"], None),
        (["--ylim", "0", "1", "--tangent", "1", "--terminal"], None),
        (["--at", "1,2", "--digits", "3"], None),
        (["--at", "1,2", "--ylim", "0", "1"], "--ylim is for figures, and none is drawn here"),
        (["--text", "-o", "a.png"], "--text is for an SVG, and none is written here; name one with -o FILE.svg"),
        (["--text", "--scale", "2", "-o", "a.svg"], None),
        (["--equal", "--plain", "--transparent", "--terminal"],
         "--equal, --plain, --transparent are for figures, and none is drawn here"),
        (["tanh", "--tangent", "1", "--terminal"], "--tangent is for figures, and none is drawn here"),
        (["--at", "1,2", "-r", "0", "3", "--table"],
         "--range is for a grid of points, and --at names the points one by one; left out"),
        (["--at", "1,2", "-n", "9", "--format", "csv"],
         "--samples is for a grid of points, and --at names the points one by one; left out"),
    ],
)  # fmt: skip
def test_what_nothing_here_can_show_is_told(run: Run, arguments: list[str], note: str | None) -> None:
    done = run("relu", *arguments)
    assert done.returncode == 0
    assert done.stderr.decode() == (f"actplot: {note}\n" if note else "")


def test_nothing_is_told_of_a_standing_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SIZE", "3x3"), ("DPI", "50"), ("SCALE", "2")):
        monkeypatch.setenv(f"ACTPLOT_{name}", value)
    done = CliRunner().invoke(app, ["relu", "--table"])
    assert (done.exit_code, done.stderr) == (0, "")
    done = CliRunner().invoke(app, ["relu", "--table", "--dpi", "50"])
    assert done.stderr.startswith("actplot: --dpi is for a PNG")


def test_a_terminal_shows_the_values_at_a_few_points_and_a_chart_of_many() -> None:
    for arguments, head in (
        (["relu", "-d", "--at", "1,2"], ["x", "f(x)", "f′(x)"]),
        (["swiglu", "--at", "1,2"], ["a", "b"]),
    ):
        lines = CliRunner().invoke(app, arguments).stdout.splitlines()
        assert any(line.split()[: len(head)] == head for line in lines), lines
    for arguments in (["relu", "--at=-5:5:0.1"], ["relu", "--at", "1,2", "--terminal"]):
        assert "┤" in CliRunner().invoke(app, arguments).stdout
