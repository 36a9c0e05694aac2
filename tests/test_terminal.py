"""The chart in the terminal: its size, its ticks, its lines, and what it makes of extreme data."""

from __future__ import annotations

import math
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console

import actplot
from actplot.curves.curve import Curve, common_range, sample, sample_range
from actplot.curves.panels import Content, Track
from actplot.functions.reading import parse_spec
from actplot.terminal import chart
from actplot.terminal.glyphs import COLOURS, MARKS
from actplot.terminal.panel import draw
from actplot.terminal.raster import DOT_BITS, rasterise
from actplot.terminal.scale import XScale, YScale, fit_x, fit_y
from tests.walking import DAY, EVERYTHING, dense

SIZES = [(width, height) for width in (40, 60, 80, 120) for height in (12, 24, 40)]
OPEN, FILLED = "○", "●"
INK = {chr(0x2800 + pattern) for pattern in range(1, 256)} | {OPEN, FILLED}


def curve(
    spec: str, bounds: tuple[float, float] | None = None, samples: int = 500, at_kink: str = "undefined"
) -> Curve:
    activation = parse_spec(spec)
    return sample_range(activation, bounds or activation.declaration.range, samples, at_kink)


def data(x: object, y: object) -> Curve:
    """Return a curve of any numbers, as f and as f'."""
    points, heights = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return Curve(actplot.get("identity"), points, heights, heights)


def lines(*curves: Curve, width: int = 80, height: int = 24, derivative: bool = True, **options: object) -> list[str]:
    text = chart(curves, content=Content(derivative=derivative), width=width, height=height, **options)  # type: ignore[arg-type]
    return text.plain.split("\n")


@cache
def sampled(name: str) -> Curve:
    return curve(name)


@cache
def chart_of(name: str, width: int, height: int, unicode: bool = True) -> list[str]:
    """Return the lines of a chart that tests only look at."""
    return lines(sampled(name), width=width, height=height, unicode=unicode)


def panels(text: list[str]) -> list[list[str]]:
    """Return the cells of each panel: what is right of its axis, as wide as the axis of x."""
    floor = next(line for line in text if "└" in line)
    edge, width = floor.index("└"), len(floor) - floor.index("└") - 1
    found: list[list[str]] = [[]]
    for line in text[: text.index(floor)]:
        if line[edge : edge + 1] in ("│", "┤"):
            found[-1].append(line[edge + 1 :].ljust(width))
        elif found[-1]:
            found.append([])
    return found


def y_ticks(text: list[str]) -> list[list[tuple[int, float]]]:
    """Return the (row, value) of the ticks of each panel."""
    edge = next(line.index("└") for line in text if "└" in line)
    found: list[list[tuple[int, float]]] = [[]]
    row = 0
    for line in text:
        if line[edge : edge + 1] == "┤":
            found[-1].append((row, float(line[:edge])))
        if line[edge : edge + 1] in ("│", "┤"):
            row += 1
        elif row:
            found.append([])
            row = 0
    return found[: len(panels(text))]


def x_ticks(text: list[str]) -> list[tuple[int, float]]:
    """Return the (column, value) of the labelled ticks of x, matched by what stands under the tick."""
    axis, labels = text[-2], text[-1].ljust(200)
    edge = axis.index("└")
    found = []
    for place in (place for place, character in enumerate(axis) if character == "┬"):
        start, stop = place, place + 1
        while start > 0 and labels[start - 1] != " ":
            start -= 1
        while labels[stop] != " ":
            stop += 1
        found.append((place - edge - 1, float(labels[start:stop])))
    return found


def dots(cells: np.ndarray) -> np.ndarray:
    """Return the dots of braille patterns as booleans, shape (4 rows, 2 columns)."""
    rows, columns = cells.shape
    bits = cells[:, None, :, None] & np.array(DOT_BITS, dtype=np.uint8)[None, :, None, :] > 0
    return bits.reshape(4 * rows, 2 * columns)


def is_nice(step: float) -> bool:
    return any(f"{step:.9e}".startswith(digit + "." + "0" * 9) for digit in "125")


# Size


@pytest.mark.parametrize("name", dense())
def test_a_chart_is_never_larger_than_asked(name: str) -> None:
    for width, height in SIZES:
        for unicode in (True, False):
            text = chart_of(name, width, height, unicode)
            assert height - 1 <= len(text) <= height
            assert all(cell_len(line) <= width and line == line.rstrip() for line in text)
            assert unicode or all(line.isascii() for line in text)


@pytest.mark.parametrize("width", [1, 2, 7, 20, 33])
@pytest.mark.parametrize("height", [1, 2, 6, 9])
@pytest.mark.parametrize("unicode", [True, False])
def test_a_chart_shrinks_as_far_as_one_cell(width: int, height: int, unicode: bool) -> None:
    for curves in ([curve("relu")], [curve("gelu"), curve("step"), curve("exponential")]):
        text = lines(*curves, width=width, height=height, unicode=unicode, title="長い題 of a chart")
        assert len(text) <= height
        assert all(cell_len(line) <= width for line in text)


def test_a_console_prints_the_chart_as_it_is() -> None:
    text = chart([curve("gelu")], content=Content(derivative=True), width=80, height=24)
    console = Console(width=80, record=True, color_system=None)
    with console.capture() as capture:
        console.print(text)
    assert capture.get() == text.plain + "\n"


def test_a_chart_without_curves_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one curve"):
        chart([], content=Content(derivative=True), width=80, height=24)


# Lines


@pytest.mark.parametrize("name", dense())
def test_every_column_holds_a_piece_of_the_curve(name: str) -> None:
    drawn = sampled(name)
    for width, height in ((40, 12), (80, 24)):
        for panel in panels(chart_of(name, width, height)):
            x = fit_x(*drawn.span, len(panel[0]))
            poles = {x.column(kink.x) for kink in drawn.kinks if math.isinf(kink.left) or math.isinf(kink.right)}
            for number, column in enumerate(zip(*panel, strict=True)):
                assert number in poles or INK & set(column)


@pytest.mark.parametrize("name", [name for name in dense() if not sampled(name).f_dots])
def test_dots_lie_on_the_function_and_hang_together(name: str) -> None:
    whole = sampled(name)
    x, (y,) = XScale(*whole.span, 70), fit_y([[whole.f_line[1]]], 20)
    drawn = dots(rasterise(x.dots(whole.f_line[0]), y.dots(whole.f_line[1]), x.columns, y.rows))
    at = np.linspace(*whole.span, drawn.shape[1])
    true = y.dots(whole.activation(at)[0])
    ranges = [(int(np.argmax(column)), len(column) - 1 - int(np.argmax(column[::-1]))) for column in drawn.T]
    for column, (top, bottom), height in zip(drawn.T, ranges, true, strict=True):
        assert column[top : bottom + 1].all(), "a hole in a steep part"
        assert top - 1 <= height <= bottom + 1
    for (top, bottom), (next_top, next_bottom) in pairwise(ranges):
        assert max(top, next_top) <= min(bottom, next_bottom) + 1, "two columns that do not touch"


@pytest.mark.parametrize("name", dense())
def test_a_jump_is_never_joined(name: str) -> None:
    drawn = sampled(name)
    for width, height in SIZES if drawn.f_dots or drawn.df_dots else ():
        text = chart_of(name, width, height)
        x = fit_x(*drawn.span, len(panels(text)[0][0]))
        below = drawn.gradient.f_dots if drawn.gradient else drawn.df_dots
        for panel, circles in zip(panels(text), (drawn.f_dots, below), strict=True):
            for at in {dot.x for dot in circles}:
                column = "".join(row[x.column(at)] for row in panel)
                ends = [row for row, character in enumerate(column) if character in (OPEN, FILLED)]
                assert ends, "no circle at the break"
                assert set(column[ends[0] : ends[-1]]) <= {OPEN, FILLED, " "}


def test_the_step_is_two_level_lines() -> None:
    panel = panels(lines(curve("step")))[0]
    middle = len(panel[0]) // 2
    low, high = len(panel) - 1, 0
    assert panel[high][middle] == FILLED
    assert panel[low][middle] == OPEN
    for column in range(len(panel[0])):
        rows = [row for row in range(len(panel)) if panel[row][column] in INK]
        assert rows == ([low] if column < middle else [high] if column > middle else [high, low])


def test_a_kink_is_sharp() -> None:
    x, (y,) = XScale(-5, 5, 71), fit_y([[curve("relu").f]], 11)
    few = curve("relu", samples=10)  # too few to show the corner, were the kink not a vertex
    drawn = dots(rasterise(x.dots(few.f_line[0]), y.dots(few.f_line[1]), x.columns, y.rows))
    tops = drawn.argmax(axis=0)
    expected = np.rint(y.dots(np.maximum(np.linspace(-5, 5, 142), 0)))
    assert (drawn.sum(axis=0) == 1).all()
    assert (tops == expected).all()


def test_a_peak_between_two_columns_is_not_lost() -> None:
    heights = np.zeros(4001)
    heights[2003] = 1.0
    panel = panels(lines(data(np.linspace(-1, 1, 4001), heights), derivative=False))[0]
    assert INK & set(panel[0])


def test_circles_say_what_the_value_is() -> None:
    undefined, right = (
        "".join(panels(lines(curve("relu", at_kink=convention)))[1]) for convention in ("undefined", "right")
    )
    assert (undefined.count(OPEN), undefined.count(FILLED)) == (2, 0)
    assert (right.count(OPEN), right.count(FILLED)) == (1, 1)


def test_a_filled_circle_hides_an_open_one_in_its_cell() -> None:
    # Beside the exponential, 0 and 1 are one row.
    flat = "".join(panels(lines(curve("relu", at_kink="left"), curve("exponential", (-5, 5))))[1])
    assert (flat.count(OPEN), flat.count(FILLED)) == (0, 1)


def test_a_pole_is_cut_and_growth_is_followed() -> None:
    x = np.linspace(-5, 5, 500)
    pole = lines(curve("1/x"), derivative=False)
    assert max(value for _, value in y_ticks(pole)[0]) <= 10
    for column in zip(*panels(pole)[0], strict=True):
        assert sum(cell in INK for cell in column) < len(column) / 2
    for power in (np.exp(8 * x), (4 * x) ** 8):
        grown = lines(data(x, power), derivative=False)
        assert max(value for _, value in y_ticks(grown)[0]) >= 0.7 * power.max()


def test_a_narrow_bump_is_not_taken_for_a_pole() -> None:
    x = np.linspace(-1000, 1000, 501)
    text = lines(data(x, 0.25 / np.cosh(x / 9) ** 2), derivative=False)
    assert y_ticks(text)[0][0][1] >= 0.2


# Axes


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("bounds", [(-5, 5), (0, 1), (-0.03, 0.07), (100, 137), (-1e300, 1e300), (2e-9, 7e-9)])
def test_ticks_are_nice_numbers_in_their_places(bounds: tuple[float, float], width: int) -> None:
    text = lines(curve("identity", bounds), width=width, derivative=False)
    panel = panels(text)[0]
    columns, rows = x_ticks(text), y_ticks(text)[0]
    assert min(len(columns), len(rows)) >= 2
    for ticks in (columns, rows):
        (steps,) = {f"{abs(b - a):.6e}" for (_, a), (_, b) in pairwise(ticks)}
        assert is_nice(float(steps))
        assert all(abs(value / float(steps) - round(value / float(steps))) < 1e-6 for _, value in ticks)
    assert len({b - a for (a, _), (b, _) in pairwise(rows)}) == 1, "rows at unequal distances"
    low, high = bounds
    for column, value in columns:
        part = (value / 2 - low / 2) / (high / 2 - low / 2)
        assert abs(part * (len(panel[0]) - 0.5) - column - 0.25) <= 0.55
    # The identity passes through (v, v): where a tick of y meets one of x, there is the curve.
    for row, value in rows:
        for column in (column for column, x in columns if x == value):
            assert INK & set(panel[row][max(column - 1, 0) : column + 2])


@pytest.mark.parametrize("name", dense())
def test_labels_are_aligned_and_share_their_decimals(name: str) -> None:
    text = chart_of(name, 80, 24)
    edge = next(line.index("└") for line in text if "└" in line)
    for ticks in y_ticks(text):
        assert len(ticks) >= 2
        (distance,) = {b - a for (a, _), (b, _) in pairwise(ticks)}
        assert distance >= 1
    labels = [line[:edge] for line in text if line[edge : edge + 1] == "┤"]
    assert all(label.endswith(" ") and not label.endswith("  ") for label in labels)
    for panel in (labels[: len(y_ticks(text)[0])], labels[len(y_ticks(text)[0]) :]):
        assert len({len(label.partition(".")[2]) for label in panel}) == 1


def test_labels_of_x_are_centred_on_their_ticks() -> None:
    *_, axis, labels = lines(curve("identity", (-100, 300)), derivative=False)
    digits = [(match.start() + match.end() - 1) // 2 for match in re.finditer(r"\d+", labels)]
    assert digits == [place for place, character in enumerate(axis) if character == "┬"]


@pytest.mark.parametrize("half", [1.0, 3.0, 5.0])
def test_a_symmetric_range_has_zero_in_its_middle(half: float) -> None:
    for columns in range(8, 200):
        x = fit_x(-half, half, columns)
        assert x.columns <= columns
        assert x.columns % 2 == 1
        assert x.zero == x.columns // 2


def test_a_constant_shows_zero_and_one() -> None:
    (ticks,) = y_ticks(lines(data(np.linspace(-5, 5, 50), np.ones(50)), derivative=False))
    assert ticks[0][1] == 1.0
    assert ticks[-1][1] == 0.0


def test_axes_are_dim_and_curves_are_not() -> None:
    text = chart([curve("tanh")], content=Content(derivative=True), width=80, height=24)
    styled = {
        style: "".join(text.plain[s.start : s.end] for s in text.spans if s.style == style)
        for style in ("dim", COLOURS[0])
    }
    assert {"┊", "┈", "│", "┤", "┬"} <= set(styled["dim"])
    assert not INK & set(styled["dim"])
    assert set(styled[COLOURS[0]]) <= INK


# Titles, keys, marks


def test_the_panels_are_named() -> None:
    text = "\n".join(lines(curve("leaky_relu:alpha=0.2")))
    assert "Leaky ReLU (α = 0.2)\n" in text
    assert "Leaky ReLU′ (α = 0.2)  derivative\n" in text
    plain = "\n".join(lines(curve("leaky_relu:alpha=0.2"), unicode=False))
    assert "Leaky ReLU' (alpha = 0.2)  derivative\n" in plain


def test_a_title_and_captions_find_their_places() -> None:
    text = lines(curve("relu"), title="Two\nwords", captions={"f": "never negative", "df": "largest slope 1"})
    assert text[0].strip() == "Two words"
    assert text[1].strip() == "ReLU  never negative"
    assert sum(line.strip() == "ReLU′  largest slope 1" for line in text) == 1
    assert "derivative" not in "".join(text)
    narrow = lines(curve("relu"), width=20, captions={"df": "a caption that is too long"})
    assert sum(line.strip() == "ReLU′" for line in narrow) == 1


@pytest.mark.parametrize("unicode", [True, False])
def test_an_overlay_tells_its_curves_apart_without_colour(unicode: bool) -> None:
    specs = ["gelu", "silu", "mish", "relu", "elu", "tanh", "sigmoid", "softplus"]
    bounds = common_range([parse_spec(spec) for spec in specs])
    curves = [curve(spec, bounds) for spec in specs]
    text = lines(*curves, width=120, height=40, unicode=unicode)
    key = text[0]
    body = "\n".join(line for line in text[1:] if "(x)" not in line)
    for mark, drawn in zip(MARKS, curves, strict=False):
        assert f"{mark}⠒ {drawn.activation.title}" in key or f"{mark}- {drawn.activation.title}" in key
        assert mark in body


def test_curves_that_coincide_take_turns() -> None:
    same = [curve("relu") for _ in range(3)]
    text = chart(same, content=Content(), width=80, height=24)
    assert set("abc") <= set("".join(panels(text.plain.split("\n"))[0]))
    used = {str(span.style) for span in text.spans}
    assert set(COLOURS[:3]) <= used


def test_an_overlay_shows_all_ranges() -> None:
    ticks = x_ticks(lines(curve("relu", (-1, 1)), curve("gelu", (2, 10))))
    assert ticks[0][1] <= 0
    assert ticks[-1][1] == 10


def test_colours_differ_and_are_readable_on_black_and_on_white() -> None:
    def luminance(style: str) -> float:
        triplet = Color.parse(style).get_truecolor()
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in triplet)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert len(set(COLOURS)) == 8
    for style in COLOURS:
        assert 1.05 / (luminance(style) + 0.05) >= 3.0
        assert (luminance(style) + 0.05) / 0.05 >= 3.0


# Extreme data


def extreme() -> Iterator[tuple[str, Curve]]:
    x = np.linspace(-5, 5, 500)
    with np.errstate(all="ignore"):
        yield "values up to 1e308", data(x, x / 5 * 1.7e308)
        yield "a constant 1e308", data(x, np.full(500, 1e308))
        yield "a range of 1e-300", data(x * 1e-300, x * 1e-300)
        yield "the smallest range", data([0, 5e-324], [0, 5e-324])
        yield "the widest range", data(np.linspace(-1, 1, 500) * sys.float_info.max, np.tanh(x))
        yield "a range beyond float64", data(np.linspace(-1, 1, 500) * 1e308, np.linspace(-1, 1, 500) * 1e308)
        yield (
            "a range far from zero",
            data(np.linspace(1e6, 1e6 + 1e-9, 500), np.linspace(1e6, 1e6 + 1e-9, 500)),
        )
        yield "nothing but NaN", data(x, x * np.nan)
        yield "no points", data([], [])
        yield "no finite point", data([np.nan, np.inf], [1, 1])
        yield "one point", data([2], [3])
        yield "the largest point", data([sys.float_info.max], [-sys.float_info.max])
        yield "infinities", data(x, np.where(x > 4, np.inf, np.where(x < -4, -np.inf, x)))
        yield "a spike", data(x, np.where(np.arange(500) == 250, 1e300, np.sin(x)))
        yield "holes", data(x, np.where(np.arange(500) % 3 == 0, np.nan, x))
        yield "tiny and huge", data(x, np.where(x > 0, 1e308, 1e-308))
        yield "subnormal", data(x, x * 1e-310)


EXTREME = dict(extreme())


@pytest.mark.parametrize("what", EXTREME)
def test_extreme_data_make_a_quiet_chart(what: str) -> None:
    given = EXTREME[what]
    _ = given.f_line, given.df_line
    for width, height in [(20, 12), (1, 1), *(SIZES if EVERYTHING else SIZES[DAY % 3 :: 3])]:
        for unicode in (True, False):
            with np.errstate(all="raise"), warnings.catch_warnings():
                warnings.simplefilter("error")
                alone = lines(given, width=width, height=height, unicode=unicode)
                overlay = lines(curve("gelu"), given, width=width, height=height, unicode=unicode)
            for text in (alone, overlay):
                assert len(text) <= height
                assert all(len(line) <= width and line == line.rstrip() for line in text)


def test_the_shape_of_extreme_data_is_the_shape_of_ordinary_data() -> None:
    x = np.linspace(-5, 5, 500)
    ordinary = panels(lines(data(x, np.tanh(x)), derivative=False))[0]
    for scale in (2.0**1000, 2.0**-960):
        scaled = panels(lines(data(x, np.tanh(x) * scale), derivative=False))[0]
        assert "".join(scaled).count(" ") > 0
        columns = {len(panel[0]) for panel in (ordinary, scaled)}
        assert all(INK & set(column) for column in zip(*scaled, strict=True)), columns
        assert not INK & set(scaled[0][: len(scaled[0]) // 2])
        assert not INK & set(scaled[-1][len(scaled[0]) // 2 + 1 :])


def test_a_range_far_from_zero_is_labelled_with_its_ends() -> None:
    text = lines(curve("relu", (1e6, 1e6 + 1e-9)), derivative=False)
    assert text[-1].split() == ["1000000", "1000000.000000001"]


def test_named_points_are_joined_in_order_of_x() -> None:
    panel = panels(lines(sample(actplot.get("identity"), np.array([3.0, -3.0, 0.0])), derivative=False))[0]
    assert all(INK & set(column) for column in zip(*panel, strict=True))


# Scales on their own


@pytest.mark.parametrize("rows", range(2, 41))
def test_a_window_holds_all_values_on_its_rows(rows: int) -> None:
    generator = np.random.default_rng(rows)
    for _ in range(50):
        values = generator.normal(generator.normal(0, 10), 10 ** generator.uniform(-4, 4), 20)
        (scale,) = fit_y([[np.clip(values, -49, 49)]], rows)
        dot = np.rint(scale.dots(np.clip(values, -49, 49)))
        assert dot.min() >= 0
        assert dot.max() < 4 * scale.rows
        assert rows - 1 <= scale.rows <= rows


def test_panels_share_the_rows_fairly() -> None:
    for rows in range(4, 60):
        f, df = fit_y([[curve("gelu").f], [curve("gelu").df]], rows)
        assert rows - 1 <= f.rows + df.rows <= rows
        assert abs(f.rows - df.rows) <= 4


def test_a_tick_stands_in_the_middle_of_its_row() -> None:
    (scale,) = fit_y([[np.array([-0.3, 6.2])]], 11)
    for row, label in scale.ticks:
        assert scale.row(float(label)) == row
        assert scale.dots(np.array(float(label))) == pytest.approx(4 * row + 1, abs=1e-9)
    assert isinstance(scale, YScale)


def test_a_panel_draws_what_it_is_given() -> None:
    from actplot.terminal.glyphs import ASCII

    x, (y,) = fit_x(-1, 1, 21), fit_y([[np.array([-1.0, 1.0])]], 9)
    grid = draw(
        [Track("f", 0, "", (np.array([-1.0, 1.0]), np.array([1.0, 1.0])), (), np.array([-1.0, 1.0]))], x, y, ASCII
    )
    assert "".join(grid.characters[y.row(1.0)]) == "-" * x.columns


# Cost


def test_importing_the_module_is_cheap() -> None:
    source = "import actplot.terminal, sys; assert not {'numpy', 'matplotlib', 'rich'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)


# How it looks


RELU_80 = """
       ReLU
    5 ┤                                   ┊                                ⢀⡠⠔
      │                                   ┊                             ⣀⠤⠊⠁
    4 ┤                                   ┊                         ⢀⡠⠔⠉
      │                                   ┊                      ⣀⠔⠊⠁
    3 ┤                                   ┊                  ⢀⡠⠒⠉
      │                                   ┊               ⣀⠔⠊⠁
    2 ┤                                   ┊           ⢀⡠⠒⠉
      │                                   ┊        ⣀⠔⠊⠁
    1 ┤                                   ┊    ⢀⠤⠒⠉
      │                                   ┊ ⡠⠔⠊⠁
    0 ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠉┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
       ReLU′  derivative
  1.0 ┤                                   ○⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
      │
      │
      │
  0.5 ┤
      │
      │
      │
  0.0 ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒○┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
      └┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬──────┬
      -5     -4     -3     -2     -1      0      1      2      3      4      5
"""

RELU_40 = """
      ReLU
   5 ┤                ┊              ⢀⠔
     │                ┊             ⡠⠊
   4 ┤                ┊           ⢀⠜
     │                ┊          ⡰⠁
   3 ┤                ┊        ⡠⠊
     │                ┊      ⢀⠔⠁
   2 ┤                ┊     ⡠⠃
     │                ┊   ⢀⠎
   1 ┤                ┊ ⢀⠔⠁
     │                ┊⡠⠊
   0 ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠊┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
      ReLU′  derivative
 1.0 ┤                ○⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
     │
     │
     │
 0.5 ┤
     │
     │
     │
 0.0 ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒○┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
     └┬───────────────┬───────────────┬
     -5               0               5
"""

SHRINK_60_ASCII = """
        Hardshrink
       |                        :                  ___---
     2 +                        :          ___---'''
       |                        :   o_---'''
     0 +..................._*-------*....................
       |           ___---'''    :
    -2 +   ___---'''            :
       |-'''                    :
        Hardshrink'  derivative
   1.0 +--------------------o   :   o--------------------
       |                        :
       |                        :
   0.5 +                        :
       |                        :
       |                        :
   0.0 +....................o-------o....................
       ++-------+-------+-------+-------+-------+-------+
       -3      -2      -1       0       1       2       3
"""


@pytest.mark.parametrize(("width", "expected"), [(80, RELU_80), (40, RELU_40)])
def test_relu_looks_like_this(width: int, expected: str) -> None:
    assert "\n" + "\n".join(lines(curve("relu"), width=width)) + "\n" == expected


def test_hard_shrink_in_ascii_looks_like_this() -> None:
    text = lines(curve("hard_shrink", (-3.0, 3.0)), width=60, height=18, unicode=False)
    assert "\n" + "\n".join(text) + "\n" == SHRINK_60_ASCII
