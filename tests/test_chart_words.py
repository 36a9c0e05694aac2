"""What a chart in the terminal says, and which cell belongs to which curve: read by places, written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot import terminal
from actplot.cli.app import app
from actplot.curves.curve import sample_range
from actplot.curves.panels import Content, Track
from actplot.terminal.glyphs import ASCII, UNICODE
from actplot.terminal.panel import draw
from actplot.terminal.raster import rasterise
from actplot.terminal.scale import XScale, fit_y


def chart(*arguments: str, width: int = 60, height: int = 21, ascii_only: bool = False) -> list[str]:
    """Return the lines of a chart; the last of the height is the prompt's."""
    environment = {"COLUMNS": str(width), "LINES": str(height)} | ({"LC_ALL": "C"} if ascii_only else {})
    done = CliRunner().invoke(app, [*arguments, "--terminal", "-q"], env=environment)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def words(lines: list[str]) -> list[str]:
    """Return what stands above the panels: the lines without an axis."""
    return [line.strip() for line in lines if not set(line) & set("│┤└")][:-1]


def test_the_largest_slope_is_told_with_its_value_first() -> None:
    assert words(chart("gelu", "-d")) == ["GELU", "GELU′  derivative, largest slope 1.129 at √2"]
    assert words(chart("sigmoid(1-x)", "-d")) == [
        "sigmoid(1-x)",
        "(sigmoid(1-x))′  derivative, largest slope −1/4 at 1",
    ]
    assert words(chart("relu", "-d")) == ["ReLU", "ReLU′  derivative"]


def test_every_panel_is_named() -> None:
    assert words(chart("tanh", "-d", "--second", height=30)) == [
        "Tanh",
        "Tanh′  derivative, largest slope 1 at 0",
        "Tanh″  second derivative",
    ]
    lines = chart("gelu", "gelu_tanh", "relu", "-d", "--second", "--difference", "--title", "Three", height=40)
    assert words(lines) == [
        "Three",
        "⠒a⠒ GELU   ⠒b⠒ GELU (tanh)   ⠒c⠒ ReLU",
        "f(x)",
        "f′(x)  derivative",
        "f″(x)  second derivative",
        "f(x) − GELU  difference from the first",
    ]
    assert words(chart("gelu", "gelu_tanh", "--difference"))[2] == "GELU (tanh) − GELU  difference from the first"


def test_the_words_in_ascii() -> None:
    lines = chart("elu:alpha=0.5", "gelu", "-d", "--second", ascii_only=True, height=30)
    assert "\n".join(lines).isascii()
    text = [line.strip() for line in lines]
    assert text[0] == "-a- ELU (alpha = 0.5)   -b- GELU"
    assert [line for line in text if "(x)" in line] == ["f(x)", "f'(x)  derivative", 'f"(x)  second derivative']


def test_a_key_that_is_too_long_goes_on_in_the_next_line() -> None:
    assert words(chart("gelu", "gelu_tanh", "relu", width=40))[:2] == ["⠒a⠒ GELU   ⠒b⠒ GELU (tanh)", "⠒c⠒ ReLU"]


def test_a_remark_that_does_not_fit_is_left_out_whole() -> None:
    full = "GELU′  derivative, largest slope 1.129 at √2"
    indent = 7
    assert words(chart("gelu", "-d", width=len(full) + indent))[1] == full
    assert words(chart("gelu", "-d", width=len(full) + indent - 1))[1] == "GELU′"


def ticks(lines: list[str]) -> list[str]:
    return [line.partition("┤")[0].strip() for line in lines if "┤" in line]


def test_the_numbers_at_the_axes() -> None:
    lines = chart("gelu", "-d", "-r", "-4", "4", height=20)
    assert ticks(lines) == ["4", "3", "2", "1", "0", "1.0", "0.5", "0.0"]
    assert lines[-1].split() == ["-4", "-2", "0", "2", "4"]
    lines = chart("exp(x)*1e9", "-r", "0", "3")
    assert ticks(lines) == ["2.0e10", "1.5e10", "1.0e10", "0.5e10", "0"]
    lines = chart("x*1e-7", "-r", "-2e-6", "2e-6")
    assert ticks(lines) == ["2e-13", "1e-13", "0", "-1e-13", "-2e-13"]
    assert lines[-1].split() == ["-2e-6", "-1e-6", "0", "1e-6", "2e-6"]


def cells(lines: list[str]) -> list[str]:
    """Return what is right of the axis of y, a text a row."""
    return [line[line.index(sign) + 1 :] for line in lines for sign in "│┤" if sign in line]


def places(rows: list[str], letter: str) -> list[tuple[int, int]]:
    return [(row, column) for row, line in enumerate(rows) for column, sign in enumerate(line) if sign == letter]


def test_each_curve_has_its_letter_where_it_is() -> None:
    rows = cells(chart("identity", "relu", "0-x", "-r", "-2", "2", height=24))
    centre = max(map(len, rows)) // 2
    (level,) = (number for number, line in enumerate(rows) if line.startswith("⠒⠒"))
    for row, column in places(rows, "a"):
        assert (row > level) == (column < centre), "the identity rises through the middle"
    for row, column in places(rows, "c"):
        assert (row < level) == (column < centre), "and -x falls"
    assert {row for row, column in places(rows, "b") if column < centre - 3} == {level}
    assert all(row < level for row, column in places(rows, "b") if column > centre + 3)
    assert all(len(places(rows, letter)) >= 3 for letter in "abc")


@pytest.mark.parametrize(
    ("arguments", "above", "below"),
    [
        (("step",), "●", "○"),
        (("0-step(x)",), "○", "●"),
        (("1 if x > 0 else 0",), "○", "●"),
        (("relu", "-d"), "○", "○"),
        (("relu", "-d", "--at-kink", "right"), "●", "○"),
        (("relu", "-d", "--at-kink", "torch"), "○", "●"),
    ],
)
def test_the_circles_of_a_jump(arguments: tuple[str, ...], above: str, below: str) -> None:
    found = [sign for row in cells(chart(*arguments)) for sign in row if sign in "○●"]
    assert found == [above, below]


def test_nothing_stands_between_the_circles_of_a_jump() -> None:
    rows = cells(chart("step"))
    (column,) = {row.index(sign) for row in rows for sign in "○●" if sign in row}
    first, last = (number for number, row in enumerate(rows) if "●" in row or "○" in row)
    assert all(row[column : column + 1] in ("", " ") for row in rows[first + 1 : last])
    assert first == 0
    assert last > 10


def test_a_chart_of_one_point_and_of_none() -> None:
    assert chart("identity", "--at", "2")[-1].split() == ["1.6", "1.8", "2.0", "2.2", "2.4"]
    assert ticks(chart("x*0 + 3", "-r", "0", "1"))[-1] == "0"


def test_a_cell_of_two_curves_holds_the_dots_of_both_where_dots_add_up() -> None:
    x, (y,) = XScale(0.0, 1.0, 4), fit_y([[np.array([0.0, 1.0])]], 5)
    unit = 1.0 / (y.rows - 1) / 4  # of a dot
    ends = np.array([0.0, 1.0])
    tracks = [Track(str(n), n, "", (ends, np.full(2, n * unit)), (), ends) for n in (0, 1)]
    row = y.row(0.0)
    assert row is not None
    assert y.row(unit) == row
    assert draw(tracks, x, y, UNICODE).characters[row, 0] == "⠛", "the upper two of four"
    assert draw(tracks[:1], x, y, UNICODE).characters[row, 0] == "⠒"
    assert draw(tracks[1:], x, y, UNICODE).characters[row, 0] == "⠉"
    assert draw(tracks, x, y, ASCII).characters[row, 0] == "-"


def test_names_are_bold_and_remarks_are_quiet() -> None:
    curve = sample_range(actplot.get("relu"), (-1.0, 1.0), 50)
    text = terminal.chart([curve], content=Content(derivative=True), width=60, height=20, title="Mine")
    styled: dict[str, set[str]] = {}
    for span in text.spans:
        styled.setdefault(str(span.style), set()).add(text.plain[span.start : span.end])
    assert styled["bold"] == {"Mine", "ReLU", "ReLU′"}
    assert "derivative" in styled["dim"]
    assert set(styled) == {"bold", "dim", "color(33)"}


@pytest.mark.parametrize(
    ("heights", "patterns"),
    [
        ((0.0, 9.0), [0x47, 0xB1, 0x18]),  # five dots down the left column, five down the right one
        ((9.0, 0.0), [0xB8, 0x4E, 0x03]),
        ((4.0, 4.0), [0x00, 0x09, 0x00]),
        ((3.0, 4.0), [0x40, 0x08, 0x00]),
        ((2.0, 4.0), [0x44, 0x08, 0x00]),
        ((-0.4, 11.4), [0x47, 0xA3, 0xB8]),
        ((-0.6, 11.6), [0x00, 0x00, 0x00]),  # from beyond one edge to beyond the other: a pole
        ((-30.0, 4.0), [0xB8, 0x08, 0x00]),
    ],
)
def test_a_steep_stroke_is_shared_by_its_columns(heights: tuple[float, float], patterns: list[int]) -> None:
    assert rasterise(np.array([0.0, 1.0]), np.array(heights), 1, 3)[:, 0].tolist() == patterns


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [
        (0x09, "'"),  # both dots of the first row
        (0x12, "-"),
        (0x24, "-"),
        (0xC0, "_"),
        (0x01, "'"),
        (0x80, "_"),
        (0x1B, "'"),  # the upper two rows
        (0x47, "|"),  # all of the left column
        (0xB8, "|"),
        (0xFF, "|"),
        (0x07, "|"),  # three dots of it
        (0x5C, "/"),  # the lower two at the left, the upper two at the right
        (0xA3, "\\"),
        (0x50, "/"),  # one dot each, two rows apart
        (0x82, "\\"),
        (0x11, "'"),  # too level to lean
    ],
)
def test_the_ascii_sign_that_looks_most_like_a_pattern(pattern: int, sign: str) -> None:
    assert str(ASCII.draw(np.array([[pattern]], dtype=np.uint8))[0, 0]) == sign


@pytest.mark.parametrize("end", [1.0, 5e307, 1.7e308])
def test_a_range_of_any_width_has_its_points_in_their_columns(end: float) -> None:
    x = XScale(-end, end, 11)
    assert [x.column(part * end) for part in (-1.0, -0.5, 0.0, 0.5, 1.0)] == [0, 2, 5, 8, 10]
    assert x.zero == 5


@pytest.mark.parametrize(
    ("heights", "labels"),
    [
        ((0.0, 1.0), ["1.0", "0.5", "0.0"]),
        ((0.4, 0.4), ["1.0", "0.5", "0.0"]),
        ((-2.0, -2.0), ["1", "0", "-1", "-2"]),
        ((0.1, 1.0), ["1.0", "0.5", "0.0"]),  # zero is near
        ((10.0, 11.0), ["11.0", "10.5", "10.0"]),  # zero is far
        ((-1.0, -0.1), ["0.0", "-0.5", "-1.0"]),
    ],
)
def test_a_window_reaches_to_zero_where_that_is_near(heights: tuple[float, float], labels: list[str]) -> None:
    (scale,) = fit_y([[np.array(heights)]], 9)
    assert [label for _, label in scale.ticks] == labels
