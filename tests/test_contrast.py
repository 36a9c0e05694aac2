"""Every shipped look can be read: words, curves, ticks and grids stand out from their ground.

The bounds are those of the WCAG 2.2: 4.5 to 1 for words, 3 to 1 for lines that carry meaning.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import matplotlib
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text

import actplot
from actplot.figures.appearance.looks import applied, find, shipped

WORDS, CURVES, TICKS, GRID = 4.5, 3.0, 2.5, 1.2
NAMES = ("relu", "gelu", "tanh", "sigmoid", "elu", "selu", "softsign", "softplus")
OURS = [style for style in shipped() if style != "tutorial"]  # its colours are those of a first script


def luminance(colour: Any) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(colour: Any, ground: Any) -> float:
    low, high = sorted((luminance(colour), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_defined() -> None:
    assert contrast("white", "black") == pytest.approx(21.0)
    assert contrast("#777777", "white") == pytest.approx(4.478, abs=1e-3)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Figure]:
    return {style: actplot.figure("sigmoid", style=style) for style in shipped()}


@pytest.mark.parametrize("style", shipped())
def test_words_can_be_read(drawn: dict[str, Figure], style: str) -> None:
    figure = drawn[style]
    for axes in figure.axes:
        texts = [text for text in axes.findobj(Text) if isinstance(text, Text)]
        assert len(texts) >= 15
        for text in texts:
            for ground in (axes.get_facecolor(), figure.get_facecolor()):
                assert contrast(text.get_color(), ground) >= WORDS, text
        (formula,) = (patch for patch in axes.patches if isinstance(patch, PathPatch))
        assert contrast(formula.get_facecolor(), figure.get_facecolor()) >= WORDS


@pytest.mark.parametrize("style", shipped())
def test_ticks_frames_and_grids_can_be_seen(drawn: dict[str, Figure], style: str) -> None:
    for axes in drawn[style].axes:
        ground = axes.get_facecolor()
        assert contrast(axes.spines["left"].get_edgecolor(), ground) >= TICKS
        assert contrast(axes.spines["bottom"].get_edgecolor(), ground) >= TICKS
        for axis in (axes.xaxis, axes.yaxis):
            for mark in axis.get_ticklines():
                assert contrast(mark.get_color(), ground) >= TICKS
            for line in axis.get_gridlines():
                assert contrast(line.get_color(), ground) >= GRID
                assert contrast(line.get_color(), ground) < contrast(axes.get_lines()[-1].get_color(), ground) / 1.5


@pytest.mark.parametrize("style", OURS)
@pytest.mark.parametrize("specs", [NAMES, ("identity:alpha=1/2/3/4/5",)], ids=["palette", "ramp"])
def test_curves_and_their_names_can_be_seen(style: str, specs: tuple[str, ...]) -> None:
    figure = actplot.figure(*specs, style=style, derivative=False, size=(8, 6), range=(-2, 2))
    ground = figure.axes[0].get_facecolor()
    lines = [line for axes in figure.axes for line in axes.get_lines() if len(line.get_xdata()) > 2]  # type: ignore[arg-type]
    curves = [line for line in lines if line.get_label() != "_ghosts"]
    assert len({to_rgb(line.get_color()) for line in curves}) == len(NAMES if len(specs) > 1 else range(5))
    for line in curves:
        assert contrast(line.get_color(), ground) >= CURVES, line.get_color()
    words = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    assert len(words) >= 8
    for text in words:
        assert contrast(text.get_color(), ground) >= WORDS, text


@pytest.mark.parametrize("style", shipped())
def test_the_first_curve_can_be_seen_in_every_look(drawn: dict[str, Figure], style: str) -> None:
    for axes in drawn[style].axes:
        curve = max(axes.get_lines(), key=lambda line: len(line.get_xdata()))  # type: ignore[arg-type]
        assert contrast(curve.get_color(), axes.get_facecolor()) >= CURVES


@pytest.mark.parametrize("style", shipped())
def test_a_legend_can_be_read(style: str) -> None:
    figure = actplot.figure("relu", "max(x, 0)", style=style, derivative=False)
    (legend,) = figure.legends
    for text in legend.get_texts():
        assert contrast(text.get_color(), figure.get_facecolor()) >= WORDS


def test_neighbours_of_the_palette_differ_in_grey() -> None:
    with applied(find("light")):
        colours = [entry["color"] for entry in matplotlib.rcParams["axes.prop_cycle"]]
    assert len(colours) == 8
    for one, other in pairwise(colours):
        assert contrast(one, other) > 1.1, (one, other)
