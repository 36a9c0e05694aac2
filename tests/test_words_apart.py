"""No words of a figure lie on one another or out of it, whatever the look, the size, the names and the range."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.patches import PathPatch

import actplot
from actplot.curves.curve import sample_range
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from tests.overlaps import overlaps, struck
from tests.walking import in_turn, sparse

SIXTEEN = "relu gelu silu mish elu selu celu softplus softsign tanh sigmoid hard_sigmoid hard_swish hard_tanh".split()
SIXTEEN += ["relu6", "leaky_relu"]
LONG = "A long title that goes on about the Gaussian error linear unit and about everything else under the sun"
SMALL, LARGE = (2.0, 1.5), (33.0, 47.0)
VARIED = ("gelu", "selu", "smish", "sinc", "xielu")
WAYS: list[dict[str, Any]] = [
    {"size": size, "style": style}
    for size in (SMALL, (3.5, 2.6), (3.0, 8.0), (12.0, 2.0), LARGE)
    for style in ("light", "paper", "tutorial")
]


def formulas(figure: Any) -> list[int]:
    """Return how many parts the formula above each panel has: rows, or what stands at and behind a brace, and that."""
    return [sum(isinstance(patch, PathPatch) for patch in axes.patches) for axes in figure.axes]


@pytest.mark.parametrize(("name", "style"), in_turn(sparse(), ["light", "dark", "paper", "tutorial"], 1))
def test_all_over_the_catalogue_words_are_apart_and_no_formula_is_lost(name: str, style: str) -> None:
    figure = actplot.figure(name, style=style, detail="full" if style == "dark" else "calm")
    assert not overlaps(figure)
    # A slanted line through an extremum may leave its words no other place.
    assert not [each for each in struck(figure) if "on slant-" not in each]
    assert all(formulas(figure))


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (SIXTEEN, {"style": "paper"}),
        (SIXTEEN, {}),
        (SIXTEEN, {"size": (3.5, 2.6), "derivative": False}),
        (SIXTEEN[:5], {"size": SMALL, "derivative": False}),
        (SIXTEEN[:5], {"size": SMALL}),
        (["gelu", "gelu_tanh", "relu"], {"second": True, "difference": True, "size": (3.0, 3.0)}),
        (["sinc"], {"detail": "full"}),
        (["sinc"], {"detail": "full", "size": (3.0, 8.0)}),
        (["sigmoid"], {"range": (100, 200)}),
        (["tanh"], {"range": (1e6, 1e6 + 1)}),
        (["tanh"], {"range": (-1e-9, 1e-9)}),
        (["gelu"], {"title": LONG}),
        (["gelu"], {"title": LONG, "size": SMALL}),
        (["gelu"], {"title": LONG.replace(" ", ""), "size": (4.0, 3.0), "second": True}),
        *(
            ([name], {**way, "detail": "full"})
            for name, way in in_turn(["gelu", "selu", "smish", "sinc", "xielu"], WAYS, 1)
        ),
        *(([name], {"size": (12.0, 2.0), "second": True}) for name in ("gelu_tanh", "sigmoid")),
    ],
    ids=str,
)
def test_words_are_apart(names: list[str], options: dict[str, Any]) -> None:
    assert not overlaps(actplot.figure(*names, **options))


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (["gelu"], {"detail": "full", "tangents": [1.0]}),
        (["gelu"], {"detail": "full", "tangents": [1.0], "scale": 2.0}),
        (["tanh"], {"detail": "full", "tangents": [1.0], "scale": 2.0}),
        (["mish"], {"detail": "full", "scale": 2.0}),
        (["sigmoid", "tanh", "softsign"], {"scale": 2.0}),
        (["1/x", "tan(x)", "relu", "1/(x-2)**2"], {}),
    ],
    ids=str,
)
def test_no_words_stand_on_lines(names: list[str], options: dict[str, Any]) -> None:
    figure = actplot.figure(*names, **options)
    assert not overlaps(figure)
    assert not struck(figure)


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("gelu", {}, {"f′(1) = 1.083", "max f′ = 1.129 at x = √2"}),
        ("mish", {"scale": 2.0}, {"f′(1) = 1.049", "max f′ = 1.088 at x = 1.491"}),  # one goes aside for the other
    ],
)
def test_marks_that_share_a_side_both_have_their_words(name: str, options: dict[str, Any], words: set[str]) -> None:
    below = actplot.figure(name, detail="full", tangents=[1.0], **options).axes[1]
    assert words <= {text.get_text() for text in below.texts}


def test_a_wide_formula_stands_below_its_title_with_the_values_of_its_parameters() -> None:
    assert formulas(actplot.figure("smish", style="paper")) == [1, 1]
    assert formulas(actplot.figure("selu", size=(3.5, 3.6))) == [6, 7]
    assert formulas(actplot.figure("gelu_tanh", size=(2.8, 5.0), style="paper")) == [1, 3]


def words(axes: Any) -> list[str]:
    axis = axes.xaxis
    return axis.get_major_formatter().format_ticks(axis.get_majorticklocs())  # type: ignore[no-any-return]


def test_ticks_far_from_zero_have_the_digits_that_tell_them_apart() -> None:
    shown = words(actplot.figure("tanh", range=(1e6, 1e6 + 1)).axes[-1])
    assert shown == ["1000000", "1000000.2", "1000000.4", "1000000.6", "1000000.8", "1000001"]
    assert words(actplot.figure("tanh", range=(-4, 4)).axes[-1]) == ["−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"]


def test_ticks_that_would_touch_are_fewer() -> None:
    shown = words(actplot.figure("tanh", range=(-1e-9, 1e-9)).axes[-1])
    assert shown == ["−1e−09", "−5e−10", "0", "5e−10", "1e−09"]


def test_the_extrema_nearest_to_zero_have_their_words() -> None:
    axes = actplot.figure("sinc", detail="full").axes[0]
    shown = {text.get_text() for text in axes.texts}
    assert {"1 at 0", "−0.217 at −4.49", "−0.217 at 4.49", "0.128 at −7.73", "0.128 at 7.73"} <= shown


def notes_of(*names: str, size: tuple[float, float] | None = None, title: str | None = None) -> list[str]:
    curves = [sample_range(actplot.get(name), (-5.0, 5.0), 50) for name in names]
    notes: list[str] = []
    with applied(find("light")):
        build(Drawing(curves, title=title), find("light"), size, notes=notes)
    return notes


def test_what_has_no_room_is_told_in_one_note() -> None:
    assert notes_of("gelu") == []
    assert notes_of("gelu", title=LONG) == []
    assert notes_of("gelu", size=SMALL) == ["the figure has no room for the formula of f′; --size gives it room"]
    assert notes_of(*SIXTEEN[:5], size=SMALL) == []
    assert notes_of("gelu", title=LONG * 9) == ["the figure has no room for the end of the title; --size gives it room"]


def test_a_long_title_is_whole_and_no_smaller_in_two_lines() -> None:
    axes = actplot.figure("gelu", title=LONG).axes[0]
    assert axes.get_title("left").split() == LONG.split()
    (title,) = (text for text in axes.get_children() if getattr(text, "get_text", str)() == axes.get_title("left"))
    assert axes.get_title("left").count("\n") == 1
    assert title.get_fontsize() == 12  # type: ignore[attr-defined]


def test_a_title_is_never_smaller_than_six_points_and_its_end_is_marked() -> None:
    axes = actplot.figure("gelu", title=LONG, size=SMALL).axes[0]
    (title,) = (text for text in axes.get_children() if getattr(text, "get_text", str)() == axes.get_title("left"))
    assert title.get_fontsize() >= 6.0  # type: ignore[attr-defined]
    assert axes.get_title("left").endswith("…")
