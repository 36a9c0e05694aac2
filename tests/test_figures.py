"""Figures by their artists and by the parsed SVG; no pixel baselines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import flint
import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.curves.curve import sample, sample_range
from actplot.curves.grid import parse_points
from actplot.curves.panels import Content
from actplot.errors import UsageError
from actplot.figures.appearance.looks import applied, find, shipped
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.formats.export import render
from actplot.figures.formats.page_setup import PageSetup
from actplot.figures.parts.labels import spread
from actplot.functions.slope import derived
from tests.conftest import Run
from tests.walking import dense, every, in_turn, known, look_at, sparse

SVG = "{http://www.w3.org/2000/svg}"


def line(figure: Figure, gid: str) -> Line2D:
    found = [artist for axes in figure.axes for artist in axes.get_lines() if artist.get_gid() == gid]
    assert len(found) == 1, gid
    return found[0]


def end_labels(figure: Figure) -> dict[str, str]:
    """Return the names at the ends of the lines, by the lines' ids, from the lowest to the highest."""
    labels = [text for text in figure.axes[0].texts if str(text.get_gid()).startswith("label-")]
    labels.sort(key=lambda text: text.xyann[1] + text.xy[1] * panel_height(figure))  # type: ignore[attr-defined]
    return {str(text.get_gid()).removeprefix("label-"): text.get_text() for text in labels}


def panel_height(figure: Figure) -> float:
    """Return the height of the first panel in points."""
    return float(figure.axes[0].get_position().height * figure.get_size_inches()[1] * 72)


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


@cache
def figure_of(name: str) -> Figure:
    """Return a figure that tests only look at."""
    return actplot.figure(name)


def svg_of(spec: str, **options: object) -> bytes:
    curve = sample_range(actplot.get(spec), actplot.get(spec).declaration.range, 500)
    return render(Drawing([curve]), find("light"), ("svg",))["svg"]


@pytest.mark.parametrize("name", dense())
def test_panels_are_stacked_and_share_x(name: str) -> None:
    figure = figure_of(name)
    above, below = figure.axes
    assert above.get_shared_x_axes().joined(above, below)
    assert above.get_xlim() == below.get_xlim() == actplot.get(name).declaration.range
    assert above.get_position().y0 > below.get_position().y1
    assert above.get_title("left") == actplot.get(name).title
    assert above.get_ylabel()
    assert below.get_ylabel()
    assert below.get_xlabel()


# A gradient of training stands where f' would.
WITH_SLOPES = [name for name in dense() if not DECLARATIONS[name].gradient_text]


@pytest.mark.parametrize("name", WITH_SLOPES)
def test_the_curve_drawn_is_the_function(name: str) -> None:
    activation = actplot.get(name)
    figure = figure_of(name)
    for gid, which in ((f"f-{name}", 0), (f"df-{name}", 1)):
        x, y = (np.asarray(data, dtype=float) for data in line(figure, gid).get_data())
        kinks = [kink.x for kink in activation.kinks]
        smooth = ~np.isin(x, kinks)
        np.testing.assert_array_equal(y[smooth], activation(x[smooth])[which])
        assert len(x) >= 500
        assert np.all(np.diff(x) >= 0)


@pytest.mark.parametrize("name", WITH_SLOPES)
def test_kinks_are_vertices_and_jumps_are_gaps(name: str) -> None:
    activation = actplot.get(name)
    figure = figure_of(name)
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


@pytest.mark.parametrize("name", sorted({"relu", "hard_shrink", "step", *(set(WITH_SLOPES) & set(sparse()))}))
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
    figure = actplot.figure("elu", "elu:alpha=0.5", "relu", "elu:alpha=2", range=(-5, -1))
    for gid in ("f-elu", "f-elu-2", "f-relu", "f-elu-3", "df-elu-3"):
        line(figure, gid)
    assert end_labels(figure) == {
        "f-elu": "ELU (α = 1)",
        "f-elu-2": "ELU (α = 0.5)",
        "f-relu": "ReLU",
        "f-elu-3": "ELU (α = 2)",
    }


def test_the_tutorial_style_has_the_tutorials_look() -> None:
    with applied(find("tutorial")):
        curve = sample(actplot.get("relu"), parse_points("-3:5:1"))
        figure = build(Drawing([curve], Content()), find("tutorial"))
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


@pytest.mark.parametrize(("style", "format_name"), in_turn([*shipped(), "ggplot", "default"], ["png", "svg", "pdf"], 1))
def test_every_look_in_every_format_leaves_no_trace(style: str, format_name: str) -> None:
    before = dict(matplotlib.rcParams)
    curve = sample_range(actplot.get("softmax"), (-6, 6), 50)
    data = render(Drawing([curve]), find(style), (format_name,))[format_name]
    assert len(data) > 3000
    assert dict(matplotlib.rcParams) == before


def test_looks_differ() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    pictures = [render(Drawing([curve]), find(style), ("svg",))["svg"] for style in shipped()]
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
    plain = run("relu", "-d", "--format", "svg", fresh=True).stdout
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 20\nsvg.fonttype: none\nbackend: nosuch\n")
    done = run("relu", "-d", "--format", "svg", fresh=True)  # it would be read with matplotlib
    assert done.stdout == plain
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("$x_1$ costs 5%", "$x_1$ costs 5%"),
        ("a_b^c {d}", "a_b^c {d}"),
        ("two\nlines", "two lines"),
        ("", "ReLU"),
        ("back\\slash $", "back\\slash $"),
        ("'\"<&>", "'\"<&>"),
    ],
)
def test_any_title_is_drawn_as_it_is(title: str, shown: str) -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    pictures = render(Drawing([curve], title=title), find("light"), ("svg", "pdf"))
    assert ElementTree.fromstring(pictures["svg"])[0].text == shown
    assert pictures["pdf"].startswith(b"%PDF")
    heading = actplot.figure("relu", title=title).axes[0].get_title("left")
    assert heading.replace("\\$", "$").replace("\u2060", "") == (shown if title else "")


def test_size_and_dpi_are_kept() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    data = render(Drawing([curve]), find("light"), ("png",), PageSetup((4.0, 3.0), 50.0))["png"]
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (200, 150)
    assert actplot.figure("relu", size=(4, 3)).get_size_inches().tolist() == [4, 3]


EXTREMES = [(-1e300, 1e300), (1e-280, 2e-280), (-1e-280, 1e-280), (0, 1e-280), (1e6, 1e6 + 1e-3), (-1e308, -1e307)]


@pytest.mark.parametrize(("name", "bounds"), in_turn(dense(), EXTREMES, 1))
def test_extreme_ranges_draw_or_are_refused(name: str, bounds: tuple[float, float]) -> None:
    try:
        figure = actplot.figure(name, range=bounds, samples=50)
    except UsageError:
        return
    figure.savefig(Path("/dev/null"), format="png", dpi=20)


def test_a_figure_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="name at least one"):
        actplot.figure()


def test_labels_stand_in_the_order_of_the_lines_and_apart() -> None:
    figure = actplot.figure("gaussian", "relu", "tanh", "exponential", "softsign", range=(-2, 1))
    assert list(end_labels(figure).values()) == ["Gaussian", "Softsign", "Tanh", "ReLU", "Exponential"]
    heights = sorted(
        text.xyann[1] + text.xy[1] * panel_height(figure)  # type: ignore[attr-defined]
        for text in figure.axes[0].texts
        if str(text.get_gid()).startswith("label-")
    )
    assert min(b - a for a, b in pairwise(heights)) > 11  # points: the font's ten, and some
    for text in figure.axes[0].texts:
        if str(text.get_gid()).startswith("label-"):
            own = np.array(to_rgb(line(figure, str(text.get_gid()).removeprefix("label-")).get_color()))
            darker = np.array(to_rgb("#262626")) - own  # the way to the colour of words
            part = np.array(to_rgb(text.get_color())) - own
            np.testing.assert_allclose(np.cross(part, darker), 0.0, atol=1e-9)
            assert 0 <= part @ darker < 0.5 * (darker @ darker), "more of its line than of the words"


@pytest.mark.parametrize("wanted", [[5, 5, 5], [0, 0, 100], [3, 1, 2], [-50, 200], [10], [0, 12, 24, 36]])
def test_labels_are_spread_within_bounds_and_order(wanted: list[float]) -> None:
    placed = spread(wanted, 12.0, 0.0, 100.0)
    assert all(0 <= place <= 100 for place in placed)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], -index))
    assert all(placed[b] - placed[a] >= 12 - 1e-9 for a, b in pairwise(order))


def test_a_legend_serves_where_labels_can_not() -> None:
    same = actplot.figure("relu", "max(x, 0)")
    assert same.legends
    assert not end_labels(same)
    assert not actplot.figure("relu", "x**2").legends


def test_colours_of_eight_curves_differ_also_in_grey() -> None:
    for style in ("light", "dark", "paper"):
        names = ["relu", "gelu", "silu", "mish", "tanh", "sigmoid", "elu", "selu", "softsign"]
        figure = actplot.figure(*names, style=style)
        looks = [(line(figure, f"f-{name}").get_color(), line(figure, f"f-{name}").get_linestyle()) for name in names]
        assert len(set(map(str, looks))) == len(names)


def test_a_sweep_has_an_ordered_ramp_and_its_values_as_labels() -> None:
    figure = actplot.figure("elu:alpha=2/0.5/1", range=(-5, -1))
    assert list(end_labels(figure).values()) == ["α = 2", "α = 1", "α = 0.5"]
    assert figure.axes[0].get_title("left") == "ELU, α from 0.5 to 2"
    greys = [
        float(np.dot(matplotlib.colors.to_rgb(line(figure, key).get_color()), (0.3, 0.59, 0.11)))
        for key in ("f-elu-2", "f-elu-3", "f-elu")
    ]
    assert greys == sorted(greys)


def marks(axes: Axes) -> set[str]:
    artists = [*axes.get_lines(), *axes.patches, *axes.texts]
    return {str(artist.get_gid()) for artist in artists if artist.get_gid()}


def test_the_largest_slope_is_marked_with_its_value() -> None:
    for name, words in (("sigmoid", "max f′ = 1/4 at x = 0"), ("gelu", "max f′ = 1.129 at x = √2")):
        axes = actplot.figure(name).axes[1]
        assert [text.get_text() for text in axes.texts if text.get_gid() == "steepest-words"] == [words]
    assert "steepest" not in marks(actplot.figure("relu").axes[1])
    assert "steepest" not in marks(actplot.figure("exponential").axes[1])


def test_saturated_regions_are_shaded_and_limits_are_dashed() -> None:
    figure = actplot.figure("sigmoid")
    assert {"saturated-f-1", "saturated-f-2", "asymptote-1", "asymptote-2", "level-1"} <= marks(figure.axes[0])
    shade = next(patch for patch in figure.axes[1].patches if patch.get_gid() == "saturated-df-2")
    start = shade.get_extents().transformed(figure.axes[1].transData.inverted()).x0
    assert start == pytest.approx(4.585, abs=0.03)
    assert "saturated-f-1" not in marks(actplot.figure("identity").axes[0])
    assert "asymptote-1" not in marks(actplot.figure("relu").axes[0]), "relu is 0, it does not tend to it"


def test_plain_removes_every_mark_and_full_adds_all() -> None:
    plain = {gid for axes in actplot.figure("mish", detail="plain").axes for gid in marks(axes)}
    assert plain == {"f-mish", "df-mish", "formula-f", "formula-df"}
    full = {gid for axes in actplot.figure("mish", detail="full").axes for gid in marks(axes)}
    assert {"slant-1", "extremum-1", "extremum-1-words", "steepest"} <= full
    assert "corner-1" in marks(actplot.figure("relu", detail="full").axes[0])


@pytest.mark.parametrize("name", sparse())
def test_the_second_derivative_is_the_slope_of_the_first(name: str) -> None:
    activation = actplot.get(name)
    figure = actplot.figure(name, second=True)
    assert len(figure.axes) == 3
    x, y = (np.asarray(data, dtype=float) for data in line(figure, f"d2f-{name}").get_data())
    step = 1e-5
    away = np.ones_like(x, dtype=bool)
    for kink in derived(activation).kinks:
        away &= np.abs(x - kink.x) > 2 * step
    difference = (activation(x[away] + step, "right")[1] - activation(x[away] - step, "right")[1]) / (2 * step)
    np.testing.assert_allclose(y[away], difference, rtol=1e-5, atol=2e-5)  # a corner of f″ at 0 leaves 1.5e-5
    assert np.isnan(y).sum() >= len([kink for kink in activation.kinks if x[0] <= kink.x <= x[-1]])


def test_the_difference_is_each_minus_the_first() -> None:
    figure = actplot.figure("gelu", "gelu_tanh", difference=True)
    x, y = (np.asarray(data, dtype=float) for data in line(figure, "difference-gelu_tanh").get_data())
    with flint.ctx.workprec(200):
        two, cubic = flint.arb(2), flint.arb(0.044715)
        for at, gap in zip(map(flint.arb, x.tolist()), y.tolist(), strict=True):
            gates = ((two / flint.arb.pi()).sqrt() * (at + cubic * at**3)).tanh(), (at / two.sqrt()).erf()
            assert gap == float(at / 2 * (gates[0] - gates[1])), "rounded once"
    np.testing.assert_allclose(y, actplot.get("gelu_tanh")(x)[0] - actplot.get("gelu")(x)[0], atol=1e-15, rtol=0)
    assert np.max(np.abs(y)) == pytest.approx(4.73e-4, rel=0.01)
    figure = actplot.figure("gelu", "step", difference=True)
    jump = np.asarray(line(figure, "difference-step").get_ydata(), dtype=float)
    assert np.isnan(jump).sum() == 1
    with pytest.raises(UsageError):
        actplot.figure("gelu", second=True, range=(0, 0))


def test_an_svg_tells_what_it_shows() -> None:
    data = svg_of("step")
    root = ElementTree.fromstring(data)
    assert root.attrib["role"] == "img"
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Step")
    assert description.tag == f"{SVG}desc"
    assert "jumps from 0 to 1 at 0" in str(description.text)
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert data.count(b"<title") == 1
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("spec", ["gelu", "relu", "sigmoid", "tan(x)", "hard_shrink", "sinc"])
def test_every_id_of_an_svg_is_its_own(spec: str) -> None:
    ids = [element.attrib["id"] for element in ElementTree.fromstring(svg_of(spec)).iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids) > 20


def test_a_responsive_svg_has_no_size_of_its_own() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    fixed, free = (
        ElementTree.fromstring(
            render(Drawing([curve]), find("light"), ("svg",), PageSetup(responsive=responsive))["svg"]
        )
        for responsive in (False, True)
    )
    assert {"width", "height"} <= fixed.attrib.keys()
    assert not {"width", "height"} & free.attrib.keys()
    assert free.attrib["viewBox"] == fixed.attrib["viewBox"]


def test_a_transparent_sheet_has_no_ground() -> None:
    from io import BytesIO

    from PIL import Image

    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    for transparent, alpha in ((False, 255), (True, 0)):
        data = render(Drawing([curve]), find("light"), ("png",), PageSetup(transparent=transparent))["png"]
        pixel = Image.open(BytesIO(data)).convert("RGBA").getpixel((2, 2))
        assert isinstance(pixel, tuple)
        assert pixel[3] == alpha


def test_a_pole_is_cut_and_not_followed() -> None:
    axes = actplot.figure("1/x", range=(-1, 1)).axes[0]
    low, high = axes.get_ylim()
    assert high - low < 1000
    low, high = actplot.figure("exponential").axes[0].get_ylim()
    assert high > np.exp(3) * 0.99


def test_equal_scales_make_slope_one_rise_at_45_degrees() -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    with applied(find("light")):
        figure = build(Drawing([curve], Content(), equal=True), find("light"))
        figure.draw_without_rendering()
        (x0, y0), (x1, y1) = figure.axes[0].transData.transform([(0, 0), (1, 1)])
        assert x1 - x0 == pytest.approx(y1 - y0)


@pytest.mark.parametrize("title", ["活性化関数", "функция", "دالة التنشيط", "활성화 함수"])
def test_titles_in_any_script_make_one_note_at_most(title: str) -> None:
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    notes: list[str] = []
    assert render(Drawing([curve], title=title), find("light"), ("png",), notes=notes)["png"]
    assert len(notes) <= 1
    assert all("no font here has" in note for note in notes)


def test_a_title_in_latin_needs_no_note() -> None:
    notes: list[str] = []
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    render(Drawing([curve], title="Überraschung é ñ ø α"), find("light"), ("png",), notes=notes)
    assert notes == []


def shared(figure: Figure, key: str) -> list[Line2D]:
    return [line for line in figure.axes[0].get_lines() if str(line.get_gid()).startswith(f"{key}-shared-")]


def test_a_curve_upon_another_is_dashes_between_which_the_other_is_seen() -> None:
    figure = actplot.figure("relu", "gelu", range=(-5, 5))
    upper = line(figure, "f-gelu")
    left, right = shared(figure, "f-gelu")
    assert not shared(figure, "f-relu")
    for dashes in (left, right):
        assert dashes.get_color() == upper.get_color()
        assert dashes.get_linestyle() == "--"
    whole = actplot.figure("gelu", range=(-5, 5))
    x, y = (np.asarray(values) for values in line(whole, "f-gelu").get_data())
    drawn = np.isin(x, np.asarray(upper.get_xdata())[~np.isnan(np.asarray(upper.get_ydata(), dtype=float))])
    for dashes in (left, right):
        ends = np.asarray(dashes.get_xdata())[[0, -1]]
        assert np.all(np.isin(ends, np.asarray(upper.get_xdata())))
        drawn |= (x >= ends[0]) & (x <= ends[1])
    assert drawn.all()  # nothing is lost between the solid line and the dashes
    apart = np.abs(y - np.maximum(x, 0.0))
    seen = np.asarray(left.get_xdata())[-1], np.asarray(right.get_xdata())[0]
    assert apart[(x > seen[0] + 0.1) & (x < seen[1] - 0.1)].min() < 0.02 < apart.max()  # they cross at 0, undashed


@pytest.mark.parametrize("names", [("sigmoid", "identity"), ("step", "identity"), ("relu",)])
def test_curves_that_only_cross_stay_solid(names: tuple[str, ...]) -> None:
    figure = actplot.figure(*names, range=(-3, 3))
    assert not [line for line in figure.axes[0].get_lines() if "-shared-" in str(line.get_gid())]


def test_the_third_curve_upon_two_leaves_room_for_both() -> None:
    figure = actplot.figure("relu", "abs", "identity", range=(0.5, 3))
    dashes = [shared(figure, f"f-{name}")[0] for name in ("abs", "identity")]
    patterns = [line._unscaled_dash_pattern[1] for line in dashes]  # type: ignore[attr-defined]
    assert [pattern[1] / pattern[0] for pattern in patterns] == [1.0, 2.0]


ODD_TITLES = (
    "a\ufeffb",
    "\ufeff",
    "a\0b",
    "\0",
    "a\ud800",
    "\udcff",
    "\uffff",
    "x" * 1000,
    "a\n" * 500,
    "$" * 99,
    "",
)


@pytest.mark.parametrize(
    ("title", "style"), in_turn(ODD_TITLES, ["light", "tutorial"], 1), ids=lambda word: ascii(word[:9])
)
def test_a_figure_for_python_can_be_saved_whatever_its_title(title: str, style: str) -> None:
    figure = actplot.figure("relu", title=title, style=style)
    for format_name in ("png", "svg", "pdf"):
        file = BytesIO()
        figure.savefig(file, format=format_name)
        assert len(file.getvalue()) > 5000
        if format_name == "svg":
            ElementTree.fromstring(file.getvalue())


@pytest.mark.parametrize(("size", "count"), [((6.4, 5.2), 0), ((4.0, 3.0), 0), ((3.0, 2.0), 1)])
def test_panels_that_are_too_low_are_told(size: tuple[float, float], count: int) -> None:
    notes: list[str] = []
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    render(Drawing([curve]), find("light"), ("svg",), PageSetup(size=size), notes)
    assert len(notes) == count
    assert all("inches high; --size" in note for note in notes)


@pytest.mark.parametrize(
    ("formula", "holes"),
    [
        ("sin(x)/x", [(0.0, 1.0)]),
        ("(x**2 - 1)/(x - 1)", [(1.0, 2.0)]),
        ("x*(x - 0.5)/(x*(x - 0.5))", [(0.0, 1.0), (0.5, 1.0)]),
        ("x + 1", []),
        ("1/x", []),
    ],
)
def test_a_hole_is_an_open_circle_and_no_stroke_passes_it(formula: str, holes: list[tuple[float, float]]) -> None:
    curve = sample_range(actplot.get(formula), (-3.0, 3.0), 100)
    assert [(hole.x, round(hole.value, 6)) for hole in curve.holes] == holes
    figure = actplot.figure(formula, derivative=True, range=(-3, 3))
    circles = {(x, round(y, 6)) for x, y in dots(figure.axes[0], f"f-{curve_key(formula)}")}
    for x, value in holes:
        assert (x, value) in circles
        across, y = (np.asarray(part, dtype=float) for part in curve.f_line)
        assert np.isnan(y[across == x]).sum() == 1
        assert f"has no value at {x:g}" in render(Drawing([curve]), find("light"), ("svg",))["svg"].decode()


def curve_key(formula: str) -> str:
    return "".join(c if c.isalnum() or c in "_-." else "_" for c in formula)


@look_at(every())
def test_the_catalogue_has_no_holes(name: str) -> None:
    assert sample_range(known(name), (-5.0, 5.0), 101).holes == ()
