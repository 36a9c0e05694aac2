"""How figures are drawn: once for all formats, ticks together, panels again; none of it may be seen."""

from __future__ import annotations

import io
from typing import Any

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from matplotlib import style as styles
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import actplot
from actplot.curves.content import Wanted, made
from actplot.curves.curve import sample_range
from actplot.curves.panels import Content, panels
from actplot.figures.appearance.looks import applied, find, shipped
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.formats.export import render
from actplot.figures.formats.page_setup import PageSetup
from actplot.figures.formats.png import encode
from actplot.figures.parts.axes import draw_ticks_together
from actplot.figures.parts.blank import Wiped, blank
from actplot.figures.parts.grid import Grid
from actplot.figures.parts.headings import _formula
from actplot.figures.parts.maths import _outline, split
from tests.walking import DAY, EVERYTHING, dense, in_turn, sparse


def drawing(*names: str, content: Content = Content(derivative=True), **more: Any) -> Drawing:  # noqa: B008
    activations = [actplot.get(name) for name in names]
    return Drawing([sample_range(one, one.declaration.range, 300) for one in activations], content, **more)


# The panels are drawn in once more.


@pytest.fixture(scope="module")
def wiped() -> Wiped:
    return Wiped()


@pytest.mark.parametrize("name", sorted({"relu", "gelu", "step", "softmax", "exponential", *sparse()}))
def test_used_panels_are_as_good_as_new(wiped: Wiped, name: str) -> None:
    one, look, formats, sheet = drawing(name), find("light"), ("png", "svg"), PageSetup(dpi=50)
    assert render(one, look, formats, sheet, make_blank=wiped) == render(one, look, formats, sheet)


def test_used_panels_forget_everything() -> None:
    makers = Wiped()
    one = drawing("relu")
    fresh = render(one, find("light"), ("svg",))
    several = drawing("relu", "gelu", "elu", title="Three of a kind", detail="full")
    bends = made(drawing("tanh").curves, Wanted(derivative=True, second=True))
    for other, look, sheet in [
        (drawing("gelu", detail="full"), "light", PageSetup()),
        (several, "light", PageSetup()),
        (drawing("tanh", equal=True), "light", PageSetup()),
        (drawing("tanh"), "dark", PageSetup()),
        (drawing("tanh"), "light", PageSetup(size=(3, 3))),
        (drawing("tanh"), "light", PageSetup(transparent=True)),
        (drawing("tanh", content=bends), "light", PageSetup()),
        (drawing("step"), "light", PageSetup()),
    ]:
        render(other, find(look), ("svg",), sheet, make_blank=makers)
        assert render(one, find("light"), ("svg",), make_blank=makers) == fresh


def test_used_panels_stand_where_new_ones_do() -> None:
    """How many ticks fit, and so how wide their labels are, depends on where the panels stand."""
    makers, look = Wiped(), find("light")
    with applied(look):
        build(drawing("relu", "x*1000"), look, make_blank=makers)
        places = [axes.get_position().bounds for axes in makers(look, None, Grid(("f", "df"))).axes]
        assert places == [axes.get_position().bounds for axes in blank(look, None, Grid(("f", "df"))).axes]


# All formats are drawn at once.


@pytest.mark.parametrize(("name", "look"), in_turn(["selu"], shipped(), 1))
def test_a_format_s_bytes_do_not_depend_on_the_others(name: str, look: str) -> None:
    one, formats = drawing(name), ("png", "svg", "pdf")
    together = render(one, find(look), formats, PageSetup(dpi=90))
    for name in formats:
        assert render(one, find(look), (name,), PageSetup(dpi=90))[name] == together[name]


@pytest.mark.parametrize("dpi", [50, 100, 150])
def test_the_picture_is_what_matplotlib_makes_of_it(dpi: int) -> None:
    """But for words, which we draw as outlines."""
    one, look = drawing("softplus"), find("light")
    ours = render(one, look, ("png",), PageSetup(dpi=dpi))["png"]
    theirs = io.BytesIO()
    with applied(look):
        figure = build(one, look)
        figure.savefig(theirs, dpi=dpi)
        box = figure.axes[0].get_position()
    pixels, expected = (np.asarray(Image.open(file).convert("RGB")).astype(int) for file in (io.BytesIO(ours), theirs))
    assert pixels.shape == expected.shape
    apart = np.abs(pixels - expected).max(axis=2)
    height, width = apart.shape
    rows = slice(int((1 - box.y1) * height) + 1, int((1 - box.y0) * height) - 1)
    columns = slice(int(box.x0 * width) + 1, int(0.8 * width))  # beyond it are words
    assert apart[rows, columns].max() < 40
    assert (apart > 100).mean() < 0.005


# The PNG is Pillow's.


@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(4)).flatmap(
        lambda shape: arrays.arrays(np.uint8, shape, elements=st.integers(0, 255))
    ),
    st.booleans(),
    st.floats(10, 1200),
)
def test_a_png_holds_the_pixels(pixels: Any, opaque: bool, dpi: float) -> None:
    if opaque:
        pixels[:, :, 3] = 255
    image = Image.open(io.BytesIO(encode(pixels, dpi)))
    image.load()
    assert image.mode == ("RGB" if (pixels[:, :, 3] == 255).all() else "RGBA")
    assert np.array_equal(np.asarray(image.convert("RGBA")), pixels)
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)


# Ticks are drawn together.


def picture(together: bool, **setting: Any) -> Any:
    figure = Figure(figsize=(4, 3))
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    if together:
        draw_ticks_together(axes)
    axes.plot([0.0, 1.7, 2.9], [3.0, 1.2, 2.2])
    for name, value in setting.items():
        getattr(axes, name)(**value)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


@pytest.mark.parametrize(
    "style", ["default", *styles.available[0 if EVERYTHING else DAY % 4 :: 1 if EVERYTHING else 4]]
)
def test_ticks_drawn_together_look_as_they_did(style: str) -> None:
    with matplotlib.rc_context(), styles.context(style, after_reset=True):
        assert np.array_equal(picture(together=True), picture(together=False))


SETTINGS: dict[str, dict[str, Any]] = {
    "turned": {"tick_params": {"axis": "x", "labelrotation": 30, "colors": "red", "length": 12}},
    "other sides": {"tick_params": {"top": True, "labeltop": True, "right": True, "bottom": False}},
    "few": {"set_xticks": {"ticks": [0.0, 2.0, 99.0], "labels": ["a", "b", "never"]}},
    "none": {"set_xticks": {"ticks": []}},
    "minor": {"minorticks_on": {}, "grid": {"which": "both", "linestyle": ":"}},
    "downwards": {"invert_yaxis": {}},
    "logarithmic": {"set_yscale": {"value": "log"}},
    "far": {"set_xlim": {"left": 1e7, "right": 1e7 + 1}},  # matplotlib writes an offset
    "label": {"set_xlabel": {"xlabel": "below the numbers"}},
    "hidden": {"set_axis_off": {}},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_ticks_drawn_together_do_what_they_are_told(name: str) -> None:
    with matplotlib.rc_context(), styles.context("default", after_reset=True):
        assert np.array_equal(picture(together=True, **SETTINGS[name]), picture(together=False, **SETTINGS[name]))


# Formulas are set in pieces.


@pytest.mark.parametrize(
    ("latex", "pieces"),
    [
        ("x", ("x",)),
        (r"1\ \mathrm{if}\ x < 0", ("1", r"\ ", r"\mathrm{if}", r"\ ", "x < 0")),
        (r"\frac{1\ \mathrm{if}\ a}{2},\ \ b", (r"\frac{1\ \mathrm{if}\ a}{2},", r"\ \ ", "b")),
        (r"x \notin \{0, 1\}\ y", (r"x \notin \{0, 1\}", r"\ ", "y")),
    ],
)
def test_a_formula_falls_apart_at_its_outer_spaces(latex: str, pieces: tuple[str, ...]) -> None:
    assert split(latex) == pieces


@pytest.mark.parametrize("name", dense())
def test_the_pieces_of_a_formula_stand_where_they_would_in_the_whole(name: str) -> None:
    one = drawing(name)
    with applied(find("light")):
        for panel in panels(one.curves, one.content):
            if panel.quantity == "gradient":
                continue  # no formula stands above it
            formula = _formula(one, panel.quantity)
            parts, whole = _outline(formula), _outline(("".join(formula),))
            assert np.shape(parts.path.vertices) == np.shape(whole.path.vertices)
            # matplotlib rounds each piece's sizes to a hundredth of the font's, and takes a minus after a space for
            # a difference.
            apart = 0.35 * sum(piece.startswith("-") for piece in formula[2:])
            assert parts.right + apart == pytest.approx(whole.right, abs=0.01 * len(formula))
            assert parts.depth == pytest.approx(whole.depth, abs=0.01)


# Small figures hold together.


@pytest.mark.parametrize(("name", "size"), in_turn(sparse(), [(3.0, 2.4), (4.0, 3.0), (6.4, 5.2)], 1))
def test_nothing_runs_into_anything_in_a_small_figure(name: str, size: tuple[float, float]) -> None:
    one = drawing(name, detail="full")
    with applied(find("light")):
        figure = build(one, find("light"), size)
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        for axes in figure.axes:
            panel = axes.get_window_extent()
            label = axes.yaxis.label.get_window_extent()
            ticks = [text.get_window_extent() for text in axes.get_yticklabels() if text.get_text()]
            shown = [box for box in ticks if panel.y0 - 1 <= (box.y0 + box.y1) / 2 <= panel.y1 + 1]
            assert label.x0 >= 0
            assert all(label.x1 <= box.x0 + 1 for box in shown)
            for text in axes.texts:
                if str(text.get_gid()).endswith("-words"):
                    words = text.get_window_extent()
                    assert panel.y0 - 1 <= words.y0
                    assert words.y1 <= panel.y1 + 1
