"""Where panels and cells stand, what each shows, and what its curves are called; read off the artists."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.figures.appearance.looks import shipped
from tests.artists import lines, points, value_at
from tests.overlaps import boxes, overlaps
from tests.test_contrast import contrast
from tests.walking import dense, in_turn

SEVEN = "relu gelu silu mish elu selu celu".split()
NINE = "elu:alpha=0.2/0.4/0.6/0.8/1/1.2/1.4/1.6/1.8"
TEN = "elu:alpha=1/2/3/4/5/6/7/8/9/10"
TWELVE = [*SEVEN, *"tanh sigmoid softsign softplus erf".split()]


def box(axes: Axes) -> tuple[float, float, float, float]:
    return tuple(round(part, 6) for part in axes.get_position().extents)  # type: ignore[return-value]


def curves(axes: Axes) -> list[Line2D]:
    """Return the curves in colour: those that are no grey."""
    return [line for line in lines(axes) if str(line.get_label()) != "_ghosts"]


def ghosts(axes: Axes) -> list[Line2D]:
    return [line for line in lines(axes) if str(line.get_label()) == "_ghosts"]


@cache
def drawn(*specs: str, **options: Any) -> Any:
    """Return a figure that several tests look at, and none changes."""
    return actplot.figure(*specs, **options)


def cells(*specs: str, panels: int, **options: Any) -> list[list[Axes]]:
    axes = drawn(*specs, **options).axes
    return [axes[start : start + panels] for start in range(0, len(axes), panels)]


VALUES = {  # f(-1), f′(-1)
    "ReLU": (0.0, 0.0),
    "ELU": (math.exp(-1) - 1, math.exp(-1)),
    "Tanh": (-math.tanh(1), 1 - math.tanh(1) ** 2),
    "Softsign": (-0.5, 0.25),
    "Identity": (-1.0, 1.0),
    "Gaussian": (math.exp(-1), 2 * math.exp(-1)),
}


@pytest.mark.parametrize("style", shipped())
def test_each_of_six_functions_has_a_cell_in_its_colour_and_the_others_behind_it(style: str) -> None:
    names = "relu elu tanh softsign identity gaussian".split()
    found = cells(*names, panels=2, style=style)
    assert len(found) == 6
    colours = set()
    for (title, (f, df)), (upper, lower) in zip(VALUES.items(), found, strict=True):
        assert upper.get_title("left") == title
        for axes, value in ((upper, f), (lower, df)):
            (own,) = curves(axes)
            assert value_at(own, -1.0) == pytest.approx(value, abs=1e-3)
            assert own.get_linestyle() == "-"
            colours.add(to_rgb(own.get_color()))
            (others,) = ghosts(axes)
            assert others.get_zorder() < own.get_zorder()
            red, green, blue = to_rgb(others.get_color())
            assert max(red, green, blue) - min(red, green, blue) < 0.05, "grey"
            at = [y for x, y in points(others) if x == pytest.approx(-1.0, abs=0.02)]
            wanted = [pair[axes is lower] for name, pair in VALUES.items() if name != title]
            for each in wanted:
                assert min(abs(each - y) for y in at) < 0.02, (title, each)
    assert len(colours) == 6


def test_no_colour_comes_twice_however_many_functions() -> None:
    found = cells(*TWELVE, panels=1, derivative=False)
    colours = [to_rgb(curves(axes)[0].get_color()) for (axes,) in found]
    assert len(set(colours)) == 12


def test_cells_share_their_axes_and_number_the_outer_ones_alone() -> None:
    found = cells(*SEVEN, panels=2)
    for panel in (0, 1):
        assert len({cell[panel].get_ylim() for cell in found}) == 1
        assert len({cell[panel].get_xlim() for cell in found}) == 1
        sizes = {(round(b[2] - b[0], 4), round(b[3] - b[1], 4)) for b in (box(cell[panel]) for cell in found)}
        assert len(sizes) == 1
    lefts = {box(cell[0])[0] for cell in found}
    for cell in found:
        upper, lower = cell
        assert box(upper)[0] == box(lower)[0]
        assert box(lower)[3] < box(upper)[1]
        numbered = lower.yaxis.get_tick_params()["labelleft"]
        assert numbered == (box(lower)[0] == min(lefts))
        assert bool(lower.get_ylabel()) == numbered
        below = [other for other in found if box(other[0])[0] == box(upper)[0] and box(other[0])[3] < box(lower)[1]]
        assert lower.xaxis.get_tick_params()["labelbottom"] == (not below)
        assert not upper.xaxis.get_tick_params()["labelbottom"]


def test_five_functions_share_a_panel_and_nine_values_do_too() -> None:
    assert len(actplot.figure(*SEVEN[:5]).axes) == 2
    assert len(actplot.figure(*SEVEN[:6]).axes) == 12
    assert len(drawn(NINE).axes) == 2
    swept = cells(TEN, panels=2)
    assert [upper.get_title("left") for upper, _ in swept] == [f"α = {n}" for n in range(1, 11)]


def title_of(figure: Any) -> str:
    (title,) = figure.texts
    return str(title.get_text())


def test_cells_have_a_title_that_names_as_many_functions_as_fit() -> None:
    assert title_of(drawn(*SEVEN)) == "ReLU, GELU, SiLU, Mish, ELU, SELU and CELU"
    assert title_of(actplot.figure(*SEVEN, size=(3.0, 4.0))) == "ReLU, GELU, SiLU and 4 more"
    assert title_of(actplot.figure(*SEVEN, title="Mine")) == "Mine"
    assert title_of(drawn(TEN)) == "ELU, α from 1 to 10"


@pytest.mark.parametrize(("layout", "style"), in_turn(["stacked", "beside", "together"], shipped(), 1))
def test_no_words_of_cells_lie_on_one_another(layout: Any, style: str) -> None:
    figure = actplot.figure(*TWELVE, style=style, layout=layout)
    assert len(boxes(figure)) >= 12 + 3 + 5
    assert not overlaps(figure)


@pytest.mark.parametrize("size", [(2.0, 1.5), (3.5, 2.6), (12.0, 3.0), (3.0, 9.0)])
def test_cells_of_any_size_are_legible_or_told_in_one_note(size: tuple[float, float], tmp_path: Any) -> None:
    wide, high = size
    arguments = [*SEVEN, "-d", "--size", f"{wide}x{high}", "-o", str(tmp_path / "a.png")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert len(done.stderr.splitlines()) <= 1
    figure = actplot.figure(*SEVEN, size=size)
    sizes = [float(text.get_fontsize()) for text in figure.findobj(Text) if isinstance(text, Text)]
    assert min(sizes) >= 6.0
    assert min(min(b[2] - b[0], b[3] - b[1]) for b in map(box, figure.axes)) > 0
    if not done.stderr:
        assert not overlaps(figure)


def named(axes: Axes) -> dict[str, Annotation]:
    return {text.get_text(): text for text in axes.texts if isinstance(text, Annotation)}


def test_curves_that_end_as_one_are_named_where_they_are_apart() -> None:
    axes = actplot.figure("relu", "elu", "selu").axes[0]
    assert named(axes).keys() == {"ReLU", "ELU", "SELU"}
    for text in named(axes).values():
        assert text.xy[0] < 0, "from 0 on they are nearly one"


def distance(line: Line2D, place: Any) -> float:
    """Return how far a drawn curve is from a box, in pixels."""
    assert line.axes is not None
    drawn = line.axes.transData.transform(np.array(points(line)))
    drawn = drawn[np.isfinite(drawn).all(axis=1)]
    across = np.maximum(np.maximum(place.x0 - drawn[:, 0], drawn[:, 0] - place.x1), 0)
    up = np.maximum(np.maximum(place.y0 - drawn[:, 1], drawn[:, 1] - place.y1), 0)
    return float(np.hypot(across, up).min())


@pytest.mark.parametrize(
    ("specs", "options"),
    [
        ("relu elu selu", {}),
        ("sigmoid tanh softsign", {}),
        ("sigmoid tanh softsign", {"style": "paper"}),
        ("relu elu", {"layout": "beside"}),
        ("sigmoid tanh", {"layout": "together"}),
        ("elu:alpha=0.5/1.5/3", {"style": "dark"}),
    ],
)
def test_a_name_inside_a_panel_is_nearer_to_its_curve_than_to_any_other(specs: str, options: Any) -> None:
    figure = actplot.figure(*specs.split(), **options)
    figure.draw_without_rendering()
    seen = 0
    for axes in figure.axes:
        whole = {str(line.get_gid()): line for line in curves(axes) if not str(line.get_label()).startswith("_")}
        for text in named(axes).values():
            own = whole[str(text.get_gid()).removeprefix("label-")]
            place = text.get_window_extent()
            if place.x0 > axes.get_window_extent().x1:
                continue
            seen += 1
            nearest = distance(own, place)
            for other in (line for line in whole.values() if line is not own):
                assert distance(other, place) > nearest + 2, (text.get_text(), other.get_label())
            assert contrast(text.get_color(), axes.get_facecolor()) >= 4.5
    assert seen >= 2


def test_curves_that_are_nowhere_apart_are_named_in_a_key_in_the_order_of_the_command_line() -> None:
    figure = actplot.figure("elu:alpha=1.8/0.2/0.4/0.6/0.8/1/1.2/1.4/1.6")
    assert not [text for axes in figure.axes for text in axes.texts]
    (key,) = figure.legends
    assert [text.get_text() for text in key.get_texts()] == [
        f"α = {value:g}" for value in (1.8, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6)
    ], "as they were typed, and as the title has them, wherever the curves are"
    assert not overlaps(figure)


def test_a_key_that_is_higher_than_its_panel_is_on_no_other_words() -> None:
    for names in (["x*sigmoid(beta*x):beta=1/2/5/10/50"], ["relu", "gelu", "silu", "mish", "elu"]):
        figure = actplot.figure(*names, size=(2.0, 1.5))
        assert len(figure.legends) == 1
        assert not overlaps(figure)
        assert figure.axes[1].get_title("left") == "f′"


def test_the_second_derivative_has_the_frame_of_the_others() -> None:
    usual = [box(axes) for axes in actplot.figure("gelu", second=True, style="paper").axes]
    figure = actplot.figure("softcap", second=True, style="paper")
    assert [box(axes) for axes in figure.axes] == usual
    low, high = figure.axes[2].get_ylim()
    ticks = [tick for tick in figure.axes[2].get_yticks() if low <= tick <= high]
    assert ticks == pytest.approx([-0.02, 0.0, 0.02]), "0.025 would take a sign more than there is room for"


def test_panels_beside_one_another_are_of_one_height() -> None:
    left, right = actplot.figure("gelu", layout="beside").axes
    assert (box(left)[1], box(left)[3]) == (box(right)[1], box(right)[3])
    assert box(left)[2] < box(right)[0]
    assert value_at(curves(left)[0], 0.0) == pytest.approx(0.0, abs=1e-4)
    assert value_at(curves(right)[0], 0.0) == pytest.approx(0.5)
    assert left.get_xlabel() == right.get_xlabel() == "$x$"
    assert right.yaxis.get_tick_params()["labelleft"]


def test_f_and_its_slope_together_are_told_apart_by_colour_and_name() -> None:
    (axes,) = actplot.figure("leaky_relu:alpha=0.1", layout="together").axes
    f, df = curves(axes)
    assert value_at(f, -1.0) == pytest.approx(-0.1)
    assert value_at(df, -1.0) == pytest.approx(0.1)
    assert f.get_color() != df.get_color()
    assert named(axes).keys() == {"f", "f′"}
    (axes,) = actplot.figure("gelu", layout="together", second=True).axes
    assert named(axes).keys() >= {"f", "f′", "f″"} or len(axes.figure.legends[0].get_texts()) == 3


def test_several_functions_together_have_a_colour_each_and_a_dash_for_their_slopes() -> None:
    for style in shipped():
        (axes,) = actplot.figure("sigmoid", "tanh", layout="together", style=style).axes
        shown = {str(line.get_label()): line for line in curves(axes) if not str(line.get_label()).startswith("_")}
        assert list(shown) == ["Sigmoid", "Tanh", "Sigmoid′", "Tanh′"]
        for name in ("Sigmoid", "Tanh"):
            assert shown[name].get_color() == shown[f"{name}′"].get_color()
            assert (shown[name].get_linestyle(), shown[f"{name}′"].get_linestyle()) == ("-", "--")
        assert shown["Sigmoid"].get_color() != shown["Tanh"].get_color()


def test_a_difference_keeps_its_panel_when_f_and_its_slope_are_together() -> None:
    first, second = actplot.figure("gelu", "relu", layout="together", difference=True).axes
    assert len([line for line in curves(first) if not str(line.get_label()).startswith("_")]) == 4
    assert second.get_title("left") == "ReLU − GELU"


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["--layout", "together"], "--layout together draws f′ in the panel of f; add -d or --second"),
        (["--layout", "beside"], "--layout beside draws f′ to the right of f; add -d, --second or --difference"),
        (["-d", "--layout", "round"], "no layout named 'round'; choose one of stacked, beside, together"),
    ],
)
def test_a_layout_that_makes_no_sense_is_told_in_a_line(arguments: list[str], wrong: str) -> None:
    done = CliRunner().invoke(app, ["relu", *arguments, "--format", "svg"])
    assert isinstance(done.exception, UsageError)
    assert str(done.exception) == wrong


def test_a_chart_in_the_terminal_says_that_it_has_no_layout() -> None:
    done = CliRunner().invoke(app, ["relu", "-d", "--terminal", "--layout", "beside"])
    assert done.stderr == ("actplot: --layout is for figures, and none is drawn here\n")


def test_every_id_of_an_svg_of_cells_is_its_own() -> None:
    done = CliRunner().invoke(app, [*SEVEN, "-d", "--difference", "--format", "svg"])
    ids = [part.split('"')[0] for part in done.stdout.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) > 50


def frame(name: str, style: str) -> list[float]:
    """Return the size of a figure, and where its panels stand."""
    figure = actplot.figure(name, style=style)
    return [*figure.get_size_inches(), *(edge for axes in figure.axes for edge in axes.get_position().bounds)]


def test_the_panels_of_a_gallery_stand_at_one_place() -> None:
    """A page that is turned moves nothing but the curve, whatever formula stands above it."""
    names = ["gelu", "hard_elish", "lsptlu", "entmax", "reltanh", "prbf", "soft_relu", "ste_sign", "sqnl"]
    names += ["triple_state_swish", "sigmoid_algebraic", "smooth_step", *dense()[:3]]
    styles = ["light", "paper", "dark"]
    first = {style: frame("relu", style) for style in styles}
    for name, style in in_turn(names, styles, 1):
        assert frame(name, style) == pytest.approx(first[style], abs=1e-9), (name, style)


def test_a_solid_curve_hides_no_dashed_one() -> None:
    """CELU with its defaults is ELU, which has a dash in the paper look."""
    axes = actplot.figure("relu", "leaky_relu", "elu", "selu", "celu", style="paper").axes[0]
    kinds = {str(line.get_gid()): line.get_linestyle() for line in axes.get_lines()}
    assert (kinds["f-elu"], kinds["f-celu"]) == ("-.", "-")
    left = next(line for line in axes.get_lines() if str(line.get_gid()) == "f-celu")
    assert not any(-4.9 < x < -0.5 and math.isfinite(y) for x, y in points(left)), "dashes take its place"


@pytest.mark.parametrize("scale", [1.0, "talk", 2.0])
def test_words_beside_a_panel_stay_out_of_the_one_on_its_left(scale: float | str) -> None:
    figure = actplot.figure("gelu", layout="beside", scale=scale)
    FigureCanvasAgg(figure).draw()  # type: ignore[no-untyped-call]
    left, right = figure.axes
    words = [right.yaxis.label, *(label for label in right.get_yticklabels() if label.get_text())]
    assert min(each.get_window_extent().x0 for each in words) > left.get_window_extent().x1


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_map_grows_in_all_its_words_and_lines(scale: float) -> None:
    figure = actplot.figure("swiglu", scale=scale)
    (title,) = (text for text in figure.texts if text.get_text() == "SwiGLU")
    usual = actplot.figure("swiglu")
    (small,) = (text for text in usual.texts if text.get_text() == "SwiGLU")
    assert float(title.get_fontsize()) == pytest.approx(scale * float(small.get_fontsize()))
    lines = [each.axes[-1].get_lines()[-1].get_linewidth() for each in (figure, usual)]
    assert lines[0] == pytest.approx(scale * lines[1])
