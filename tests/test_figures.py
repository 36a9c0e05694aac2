"""Figures by their artists and by the parsed SVG; no pixel baselines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import actplot
from actplot.curve import sample, sample_range
from actplot.errors import UsageError
from actplot.figures.drawing import Drawing
from actplot.figures.export import render
from actplot.figures.looks import applied, find, shipped
from actplot.grid import parse_points
from tests.conftest import Run

NAMES = actplot.names()
SVG = "{http://www.w3.org/2000/svg}"


def line(figure: Figure, gid: str) -> Line2D:
    found = [artist for axes in figure.axes for artist in axes.get_lines() if artist.get_gid() == gid]
    assert len(found) == 1, gid
    return found[0]


def dots(axes: Axes, gid: str) -> dict[tuple[float, float], bool]:
    """Return the circles of a curve: (x, y) -> whether it is filled."""
    return {
        (float(np.asarray(artist.get_xdata())[0]), float(np.asarray(artist.get_ydata())[0])): "-value-"
        in str(artist.get_gid())
        for artist in axes.get_lines()
        if str(artist.get_gid()).startswith(gid + "-") and len(np.asarray(artist.get_xdata())) == 1
    }


def svg_paths(data: bytes, gid: str) -> list[list[tuple[float, float]]]:
    """Return the strokes of a curve in an SVG: one list of points for each time the pen is put down."""
    root = ElementTree.fromstring(data)
    group = root.find(f".//{SVG}g[@id='{gid}']")
    assert group is not None, gid
    path = group.find(f"{SVG}path")
    assert path is not None
    strokes = re.split(r"M", path.attrib["d"])[1:]
    return [[(float(a), float(b)) for a, b in re.findall(r"(-?[\d.]+) (-?[\d.]+)", stroke)] for stroke in strokes]


def svg_of(spec: str, **options: object) -> bytes:
    curve = sample_range(actplot.get(spec), actplot.get(spec).declaration.range, 500)
    return render(Drawing([curve], True), find("light"), ("svg",))["svg"]


@pytest.mark.parametrize("name", NAMES)
def test_panels_are_stacked_and_share_x(name: str) -> None:
    figure = actplot.figure(name)
    above, below = figure.axes
    assert above.get_shared_x_axes().joined(above, below)
    assert above.get_xlim() == below.get_xlim() == actplot.get(name).declaration.range
    assert above.get_position().y0 > below.get_position().y1
    assert above.get_title("left") == actplot.get(name).title
    assert above.get_ylabel()
    assert below.get_ylabel()
    assert below.get_xlabel()


@pytest.mark.parametrize("name", NAMES)
def test_the_curve_drawn_is_the_function(name: str) -> None:
    activation = actplot.get(name)
    figure = actplot.figure(name)
    for gid, which in ((f"f-{name}", 0), (f"df-{name}", 1)):
        x, y = (np.asarray(data, dtype=float) for data in line(figure, gid).get_data())
        kinks = [kink.x for kink in activation.kinks]
        smooth = ~np.isin(x, kinks)
        np.testing.assert_array_equal(y[smooth], activation(x[smooth])[which])
        assert len(x) >= 500
        assert np.all(np.diff(x) >= 0)


@pytest.mark.parametrize("name", NAMES)
def test_kinks_are_vertices_and_jumps_are_gaps(name: str) -> None:
    activation = actplot.get(name)
    figure = actplot.figure(name)
    x, y = (np.asarray(data, dtype=float) for data in line(figure, f"f-{name}").get_data())
    slopes_x, slopes = (np.asarray(data, dtype=float) for data in line(figure, f"df-{name}").get_data())
    for kink in activation.kinks:
        values, ends = y[x == kink.x], slopes[slopes_x == kink.x]
        np.testing.assert_array_equal(ends, [kink.left, np.nan, kink.right])
        if kink.jump:
            np.testing.assert_array_equal(values, [kink.jump[0], np.nan, kink.jump[1]])
        else:
            np.testing.assert_array_equal(values, [float(activation(kink.x)[0])])
    assert np.isnan(y).sum() == sum(kink.jump is not None for kink in activation.kinks)
    assert np.isnan(slopes).sum() == len(activation.kinks)


@pytest.mark.parametrize("name", NAMES)
def test_no_stroke_of_the_svg_crosses_a_break(name: str) -> None:
    activation = actplot.get(name)
    data = svg_of(name)
    jumps = sum(kink.jump is not None for kink in activation.kinks)
    assert len(svg_paths(data, f"f-{name}")) == jumps + 1
    assert len(svg_paths(data, f"df-{name}")) == len(activation.kinks) + 1
    if activation.kinks:  # the corner is a vertex: one stroke of f' ends at the x where the next begins
        strokes = svg_paths(data, f"df-{name}")
        for before, after in pairwise(strokes):
            assert before[-1][0] == pytest.approx(after[0][0], abs=1e-5)


def test_a_jump_has_a_filled_and_an_open_circle() -> None:
    above, below = actplot.figure("step").axes
    assert dots(above, "f-step") == {(0.0, 0.0): False, (0.0, 1.0): True}
    assert dots(below, "df-step") == {(0.0, 0.0): False}
    above, below = actplot.figure("hard_shrink").axes
    assert dots(above, "f-hard_shrink") == {
        (-0.5, -0.5): False,
        (-0.5, 0.0): True,
        (0.5, 0.0): True,
        (0.5, 0.5): False,
    }


def test_a_kink_has_open_circles_in_the_slope_and_its_value_where_a_rule_gives_one() -> None:
    assert dots(actplot.figure("relu").axes[1], "df-relu") == {(0.0, 0.0): False, (0.0, 1.0): False}
    assert dots(actplot.figure("relu", at_kink="right").axes[1], "df-relu") == {
        (0.0, 0.0): False,
        (0.0, 1.0): True,
    }
    middle = dots(actplot.figure("relu", at_kink="mid").axes[1], "df-relu")
    assert middle == {(0.0, 0.0): False, (0.0, 1.0): False, (0.0, 0.5): True}


def test_curves_of_one_name_are_numbered() -> None:
    figure = actplot.figure("elu", "elu:alpha=0.5", "relu", "elu:alpha=2")
    for gid in ("f-elu", "f-elu-2", "f-relu", "f-elu-3", "df-elu-3"):
        line(figure, gid)
    texts = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]  # type: ignore[union-attr]
    assert texts == ["ELU", "ELU (α = 0.5)", "ReLU", "ELU (α = 2)"]


def test_the_tutorial_style_has_the_tutorials_look() -> None:
    with applied(find("tutorial")):
        from actplot.figures.build import build

        curve = sample(actplot.get("relu"), parse_points("-3:5:1"))
        figure = build(Drawing([curve], False), find("tutorial"))
        axes = figure.axes[0]
        drawn = line(figure, "f-relu")
        assert (drawn.get_marker(), drawn.get_linestyle()) == ("o", "-")
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("X", "F(x)")
        assert axes.xaxis.get_gridlines()[0].get_visible()
        np.testing.assert_array_equal(drawn.get_xdata(), np.arange(-3, 5, 1))
        np.testing.assert_array_equal(drawn.get_ydata(), np.maximum(0, np.arange(-3, 5, 1)))


def test_named_points_are_not_joined_across_a_jump() -> None:
    curve = sample(actplot.get("step"), parse_points("-1,-0.5,0.5,1"))
    np.testing.assert_array_equal(curve.f_line[1], [0, 0, np.nan, 1, 1])
    curve = sample(actplot.get("step"), parse_points("-1,0,1"))
    np.testing.assert_array_equal(curve.f_line[1], [0, np.nan, 1, 1])
    curve = sample(actplot.get("hard_shrink"), parse_points("0,0.5,1"))
    np.testing.assert_array_equal(curve.f_line[1], [0, 0, np.nan, 1])
    curve = sample(actplot.get("relu"), parse_points("-1,1"))
    np.testing.assert_array_equal(curve.df_line[1], [0, np.nan, 1])


@pytest.mark.parametrize("style", [*shipped(), "ggplot", "default"])
@pytest.mark.parametrize("format_name", ["png", "svg", "pdf"])
def test_every_look_in_every_format_leaves_no_trace(style: str, format_name: str) -> None:
    before = dict(matplotlib.rcParams)
    curve = sample_range(actplot.get("softmax"), (-6, 6), 50)
    data = render(Drawing([curve], True), find(style), (format_name,))[format_name]
    assert len(data) > 3000
    assert dict(matplotlib.rcParams) == before


def test_looks_differ() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    pictures = [render(Drawing([curve], True), find(style), ("svg",))["svg"] for style in shipped()]
    assert len(set(pictures)) == len(pictures) == 4


def test_a_style_file_of_the_user_s_is_taken(tmp_path: Path) -> None:
    sheet = tmp_path / "thick.mplstyle"
    sheet.write_text('lines.linewidth: 7\n# a remark\naxes.facecolor: "#eeeeee"\n')
    figure = actplot.figure("relu", style=str(sheet))
    assert line(figure, "f-relu").get_linewidth() == 7


def test_bytes_are_the_same_from_run_to_run(run: Run, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        outputs = [part for suffix in ("png", "svg", "pdf") for part in ("-o", f"{folder}/mish.{suffix}")]
        environment = {"PYTHONHASHSEED": "1" if folder == "one" else "2", "SOURCE_DATE_EPOCH": ""}
        assert run("mish", "relu", "-d", *outputs, env=environment).returncode == 0
    for suffix in ("png", "svg", "pdf"):
        one, two = ((tmp_path / folder / f"mish.{suffix}").read_bytes() for folder in ("one", "two"))
        assert one == two


def test_the_user_s_matplotlibrc_changes_nothing(run: Run, tmp_path: Path) -> None:
    plain = run("relu", "-d", "--format", "svg").stdout
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 20\nsvg.fonttype: none\nbackend: nosuch\n")
    done = run("relu", "-d", "--format", "svg")
    assert done.stdout == plain
    assert done.stderr == b""


@pytest.mark.parametrize("title", ["$x_1$ costs 5%", "a_b^c {d}", "two\nlines", "", "back\\slash $", "'\"<&>"])
def test_any_title_is_drawn_as_it_is(title: str) -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    for data in render(Drawing([curve], True, title), find("light"), ("png", "svg", "pdf")).values():
        assert data


def test_size_and_dpi_are_kept() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    data = render(Drawing([curve], True), find("light"), ("png",), (4.0, 3.0), 50.0)["png"]
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (200, 150)
    assert actplot.figure("relu", size=(4, 3)).get_size_inches().tolist() == [4, 3]


@pytest.mark.parametrize(
    "bounds",
    [(-1e300, 1e300), (1e-280, 2e-280), (-1e-280, 1e-280), (0, 1e-280), (1e6, 1e6 + 1e-3), (-1e308, -1e307)],
)
@pytest.mark.parametrize("name", NAMES)
def test_extreme_ranges_draw_or_are_refused(name: str, bounds: tuple[float, float]) -> None:
    try:
        figure = actplot.figure(name, range=bounds, samples=50)
    except UsageError:
        return
    figure.savefig(Path("/dev/null"), format="png")


def test_a_figure_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="name at least one"):
        actplot.figure()
