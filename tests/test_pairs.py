"""Functions of two inputs: exact at pairs, with maps, slices and both partial derivatives."""

from __future__ import annotations

import json
import math
from itertools import product
from pathlib import Path
from typing import Any

import flint
import numpy as np
import pytest
from matplotlib.text import Text
from typer.testing import CliRunner

import actplot
from actplot.accuracy import pairs as accuracy_of_pairs
from actplot.activations.pairs import PAIRS
from actplot.cli.app import app
from actplot.curves.surfaces import Pairs, Surface
from actplot.errors import UsageError
from actplot.figures.appearance.looks import applied, find
from actplot.figures.surfaces import build_surface, round_levels
from actplot.functions.pairs import find_pair, sliced
from actplot.functions.typed import FormulaActivation
from actplot.tables.boxes import Room
from actplot.tables.pairs import pairs_table

POINTS = (-3.0, -1.0, -0.1, 0.0, 0.7, 2.0, 40.0)
Ball = Any


def sigma(x: Ball) -> Ball:
    return 1 / (1 + (-x).exp())


def quick(b: Ball) -> Ball:
    b = min(b, flint.arb(7))
    return b * sigma(flint.arb(1.702) * b)


# Each gate from its paper, in balls.
GATES = {
    "glu": sigma,
    "bilinear": lambda b: b,
    "reglu": lambda b: max(b, flint.arb(0)),
    "geglu": lambda b: b * (1 + (b / flint.arb(2).sqrt()).erf()) / 2,
    "swiglu": lambda b: b * sigma(b),
    "mishglu": lambda b: b * (1 + b.exp()).log().tanh(),
    "swiglu_oai": quick,
}


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", GATES)
def test_values_and_the_slope_along_the_line_are_the_nearest_to_the_truth(name: str) -> None:
    gate = GATES[name]
    with flint.ctx.workprec(2000):
        for a, b, f, along_a, _ in Pairs(PAIRS[name], POINTS, derivative=True).records():
            clipped = flint.arb(max(min(a, 7.0), -7.0)) + 1 if name == "swiglu_oai" else a
            assert f == float((clipped * gate(flint.arb(b))).mid()), (a, b)
            slope = 0.0 if name == "swiglu_oai" and abs(a) > 7 else float(gate(flint.arb(b)).mid())
            assert along_a == slope, (a, b)


def test_the_slope_along_the_gate_is_that_of_the_gate_times_the_line() -> None:
    for a, b, _, _, along_b in Pairs(PAIRS["swiglu"], POINTS, derivative=True).records():
        with flint.ctx.workprec(2000):
            p = sigma(flint.arb(b))
            assert along_b == float((a * (p + b * p * (1 - p))).mid()), (a, b)


def test_maxout_is_the_larger_and_has_no_slope_where_they_are_equal() -> None:
    for a, b, f, along_a, along_b in Pairs(PAIRS["maxout"], POINTS, derivative=True).records():
        assert f == max(a, b)
        if a == b:
            assert math.isnan(along_a)
            assert math.isnan(along_b)
        else:
            assert (along_a, along_b) == (float(a > b), float(b > a))
    left = list(Pairs(PAIRS["maxout"], (1.0,), "left", derivative=True).records())
    assert left == [(1.0, 1.0, 1.0, 0.0, 0.0)]


def test_a_relu_gate_has_a_corner_at_0_but_where_the_line_is_0() -> None:
    found = {(a, b): along_b for a, b, _, _, along_b in Pairs(PAIRS["reglu"], POINTS, derivative=True).records()}
    assert all(math.isnan(found[a, 0.0]) == (a != 0.0) for a in POINTS)
    assert found[2.0, 0.7] == 2.0


@pytest.mark.parametrize("name", PAIRS)
def test_maps_show_the_values_and_their_slopes(name: str) -> None:
    surface = Surface(PAIRS[name], (-5, 5), derivative=True)
    f, along_a, along_b = (each.values for each in surface.maps)
    rows, columns = (0, 33, 120, 160, 240), (10, 77, 199)
    known = {
        (a, b): values
        for a, b, *values in Pairs(PAIRS[name], surface.points[[*rows, *columns]].tolist(), derivative=True).records()
    }
    for i, j in product(rows, columns):
        exact = dict(zip(("f", "a", "b"), known[float(surface.points[j]), float(surface.points[i])], strict=True))
        assert f[i, j] == pytest.approx(exact["f"], rel=1e-12, abs=1e-14)
        for slope, key in ((along_a, "a"), (along_b, "b")):
            assert math.isnan(exact[key]) or slope[i, j] == pytest.approx(exact[key], rel=1e-11, abs=1e-13)


def test_slices_are_the_gate_at_1_and_the_line_at_1() -> None:
    gate, line = Surface(PAIRS["geglu"], (-5, 5)).slices
    assert (gate.activation.axis, line.activation.axis) == ("b", "a")
    assert gate.activation(2.0)[0] == actplot.get("gelu")(2.0)[0]
    assert line.activation(3.0)[0] == 3 * 0.8413447460685429
    assert gate.activation.title == "GEGLU(1, b)"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("glu", []),
        ("reglu", [([-5, 1.18, 5], [0, 0, 0])]),
        ("maxout", [([-5, 1.18, 5], [-5, 1.18, 5])]),
    ],
)
def test_lines_of_kinks_go_from_edge_to_edge(name: str, lines: list[Any]) -> None:
    found = Surface(PAIRS[name], (-5, 5)).kinks
    assert len(found) == len(lines)
    for line, expected in zip(found, lines, strict=True):
        np.testing.assert_allclose(line, expected, atol=0.01)


def drawn(name: str, derivative: bool = False) -> Any:
    look = find("light")
    with applied(look):
        return build_surface(Surface(PAIRS[name], (-5, 5), derivative), None, None)


def test_a_figure_has_the_map_and_two_slices_and_with_the_derivative_two_maps_more() -> None:
    three = drawn("swiglu").axes
    assert [axes.get_xlabel() for axes in three] == ["a", "b", "a"]
    five = drawn("swiglu", derivative=True).axes
    titles = [axes.get_title(loc="left") for axes in five]
    assert titles[:3] == ["SwiGLU(a, b)", "∂f/∂a", "∂f/∂b"]
    assert titles[3:] == ["gate at a = 1: SwiGLU(1, b)", "line at b = 1: SwiGLU(a, 1)"]
    assert all(len(axes.collections) >= 2 for axes in five[:3])


def test_contours_stand_at_round_values_and_are_numbered() -> None:
    assert round_levels(np.array([-25.0, 24.9])).tolist() == [-25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25]
    assert round_levels(np.array([-0.27, 4.96])).tolist() == [-0.5, *(0.5 * step for step in range(11))]
    numbers = {text.get_text() for text in drawn("bilinear").axes[0].texts}
    assert {"−5", "0", "5"} <= numbers
    assert numbers <= {str(5 * step).replace("-", "−") for step in range(-5, 6)}


def test_the_values_of_contours_are_whole_and_apart() -> None:
    for name in ("swiglu", "bilinear"):
        figure = drawn(name, derivative=True)
        figure.draw_without_rendering()
        for axes in figure.axes[:3]:
            inside = axes.get_window_extent()
            boxes = [text.get_window_extent() for text in axes.texts]
            assert len(boxes) >= 1
            for box in boxes:
                assert inside.x0 <= box.x0 < box.x1 <= inside.x1
                assert inside.y0 <= box.y0 < box.y1 <= inside.y1


def test_what_a_panel_shows_is_told_in_its_width() -> None:
    with applied(find("light")):
        figure = build_surface(Surface(PAIRS["bilinear"], (-5, 5), False), (4.0, 3.0), None)
    figure.draw_without_rendering()
    for axes in figure.axes:
        named = axes.get_title("left")
        (title,) = (each for each in axes.get_children() if isinstance(each, Text) and each.get_text() == named)
        assert title.get_window_extent().x1 <= axes.get_window_extent().x1 + 4  # whole pixels


def test_a_map_of_two_values_has_no_contours_but_says_them() -> None:
    axes = drawn("maxout", derivative=True).axes[1]
    assert sorted((text.get_text(), *text.get_position()) for text in axes.texts) == [
        ("0", pytest.approx(-1.67, abs=0.1), pytest.approx(1.67, abs=0.1)),
        ("1", pytest.approx(1.67, abs=0.1), pytest.approx(-1.67, abs=0.1)),
    ]
    ground, other = axes.collections[0].get_facecolor().tolist()
    assert ground == [1.0, 1.0, 1.0, 1.0]  # a slope of 0 has no colour
    assert other != ground
    assert [line.get_label() for line in axes.get_lines() if line.get_label() == "kink"] == ["kink"]


def test_python_has_the_same_figure() -> None:
    assert len(actplot.figure("swiglu").axes) == 5
    figure = actplot.figure("GLU", derivative=False, range=(-2, 2), title="Mine", size=(6, 4))
    assert [axes.get_xlim() for axes in figure.axes] == [(-2, 2)] * 3
    assert "Mine" in {text.get_text() for text in figure.texts}
    with pytest.raises(UsageError, match="name it alone"):
        actplot.figure("swiglu", "relu")


def test_the_formats_of_figures_are_written(tmp_path: Path) -> None:
    paths = [tmp_path / f"map.{suffix}" for suffix in ("png", "svg", "pdf")]
    run("swiglu", "-d", *(part for path in paths for part in ("-o", str(path))))
    assert [path.read_bytes()[:4] for path in paths] == [b"\x89PNG", b"<?xm", b"%PDF"]
    svg = paths[1].read_text()
    assert "Map of SwiGLU(a, b), ∂f/∂a and ∂f/∂b for a and b from -5 to 5." in svg
    run("swiglu", "-d", "-o", str(tmp_path / "again.svg"))
    assert (tmp_path / "again.svg").read_text() == svg


def test_the_terminal_shows_the_slices() -> None:
    lines = run("swiglu", "-d", "--terminal").splitlines()
    assert any("SwiGLU(1, b)  over b" in line for line in lines)
    assert any("SwiGLU(a, 1)  over a" in line for line in lines)
    assert any("∂f/∂b" in line for line in lines)
    assert len(lines) <= 24


def test_tables_have_a_column_for_each_input() -> None:
    assert run("bilinear", "-d", "--at", "2,-3", "--format", "csv").splitlines() == [
        "name,a,b,f,df_da,df_db",
        "bilinear,2.0,2.0,4.0,2.0,2.0",
        "bilinear,2.0,-3.0,-6.0,-3.0,2.0",
        "bilinear,-3.0,2.0,-6.0,2.0,-3.0",
        "bilinear,-3.0,-3.0,9.0,-3.0,-3.0",
    ]
    assert run("reglu", "-d", "--at", "1,0", "--format", "csv").splitlines()[2] == "reglu,1.0,0.0,0.0,0.0,"
    assert run("maxout", "--at", "1,2", "--format", "csv").splitlines()[0] == "name,a,b,f"
    (record,) = json.loads(run("reglu", "-d", "--at", "0,1", "--format", "json"))["surfaces"]
    assert record["name"] == "reglu"
    assert (record["a"], record["b"]) == ([0, 0, 1, 1], [0, 1, 0, 1])
    assert (record["f"], record["df_da"], record["df_db"]) == ([0, 0, 0, 1], [0, 1, 0, 1], [0, 0, None, 1])
    assert run("maxout", "-d", "--at", "3", "--format", "text") == (
        "Applying Maxout on (3.0, 3.0) gives 3.0, slope undefined along a, undefined along b\n"
    )
    assert "| 3 | 3 |" in run("maxout", "--at", "3", "--format", "md").replace("  ", " ").replace("  ", " ")
    assert run("maxout", "--at", "3", "--format", "tex").splitlines() == [
        r"% \usepackage{booktabs}",
        "% Maxout: f(a, b) = max(a, b)",
        r"\begin{tabular}{rrr}",
        r"\toprule",
        r"$a$ & $b$ & $f(a, b)$ \\",
        r"\midrule",
        r"$3$ & $3$ & $3$ \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]
    assert len(run("swiglu", "--format", "csv").splitlines()) == 26
    assert "f(a, b)" in run("swiglu", "--table")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["swiglu", "relu"], "name it alone"),
        (["swiglu:beta=2"], "takes no parameters"),
        (["swiglu", "--second"], "--second"),
        (
            "glu --annotate --equal --layout beside --xlabel a --ylabel b --ylim 0 1 --label c --tangent 1 "
            "--difference --second".split(),
            "--second, --difference, --tangent, --label, --xlabel, --ylabel, --ylim, --layout, --equal, --annotate is",
        ),
        (["glu", "--plain"], "to which --plain is nothing; leave it out"),
        (["glu", "--at", "inf", "--table"], "finite numbers"),
        (["glu", "-n", "101", "--format", "csv"], "at most 100 points"),
        (["glu", "--at-kink", "nowhere", "--table"], "nowhere"),
        (["info", "crelu"], "relu(x) and relu(-x); name one of them"),
    ],
)
def test_what_two_inputs_do_not_have_is_refused(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


@pytest.mark.parametrize("text", ["swiglu", "SwiGLU", "SWIGLU", "nn.SwiGLU()"])
def test_any_spelling_finds_it(text: str) -> None:
    assert find_pair([text]) is PAIRS["swiglu"]


def test_other_functions_are_no_pairs() -> None:
    assert find_pair(["relu", "max(x, 1)", "x*sigmoid(beta*x):beta=2"]) is None
    assert not PAIRS.keys() & {*actplot.names()}


def test_info_says_what_it_is() -> None:
    page = run("info", "glu")
    assert "inputs       2: a, the line, and b, the gate" in page
    assert "a*sigmoid(b)" in page
    assert "x*sigmoid(x)   over x = a = b" in page
    record = json.loads(run("info", "maxout", "--json"))
    assert (record["inputs"], record["kinks"]) == (2, {"a": [1], "b": [1]})
    assert json.loads(run("info", "glu", "--json"))["derivatives"]["a"] == "sigmoid(b)"


def test_crelu_is_two_curves() -> None:
    rows = run("crelu", "--at", "-2,3", "--format", "csv").splitlines()
    assert rows == ["name,x,f", "relu(x),-2.0,0.0", "relu(x),3.0,3.0", "relu(-x),-2.0,2.0", "relu(-x),3.0,0.0"]


def test_check_judges_the_value_and_both_slopes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_of_pairs, "EACH", 20)
    report = json.loads(run("check", "reglu", "relu", "--json", "--seed", "1"))["functions"]
    assert [(each["name"], each["passed"]) for each in report] == [
        ("reglu over a", True),
        ("reglu over b", True),
        ("relu", True),
    ]
    assert all(each["f"]["ulp"] <= 0.5 and each["df"]["ulp"] <= 0.5 for each in report)
    assert report[1]["f"]["judged"] > 100
    assert "geglu over b" in run("check", "GEGLU", "--range", "-1", "1")
    with pytest.raises(UsageError, match="glu takes two inputs and is checked against itself"):
        CliRunner().invoke(app, ["check", "glu", "--against", "relu"], catch_exceptions=False)


def test_check_finds_one_number_that_is_two_units_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_of_pairs, "EACH", 20)
    honest = sliced

    class Off(FormulaActivation):
        def _pair(self, x: Any) -> list[Any]:
            f, df = super()._pair(x)
            return [f, np.where(np.abs(x) == x.max(), df * (1 + 2**-51), df)]

    def planted(pair: Any, fixed: str, value: float) -> Any:
        line = honest(pair, fixed, value)
        return Off(line.declaration, line.values) if (fixed, value) == ("a", 8.5) else line

    monkeypatch.setattr(accuracy_of_pairs, "sliced", planted)
    over_a, over_b = accuracy_of_pairs.compare_pair(PAIRS["bilinear"], seed=2)
    assert over_a.passes(1.0)
    assert not over_b.passes(1.0)
    assert over_b.value.ulp <= 0.5


def test_every_format_of_a_table_of_two_inputs() -> None:
    twice = ("maxout", "-d", "--at", "1,-2.5", "--format")
    rows = ["maxout,1.0,1.0,1.0,,", "maxout,1.0,-2.5,1.0,1.0,0.0", "maxout,-2.5,1.0,1.0,0.0,1.0"]
    assert run(*twice, "csv").splitlines() == ["name,a,b,f,df_da,df_db", *rows, "maxout,-2.5,-2.5,-2.5,,"]
    assert run(*twice, "json") == (
        '{"surfaces": [\n{"name": "maxout", "a": [1.0, 1.0, -2.5, -2.5], "b": [1.0, -2.5, 1.0, -2.5], '
        '"f": [1.0, 1.0, 1.0, -2.5], "df_da": [null, 1.0, 0.0, null], "df_db": [null, 0.0, 1.0, null]}\n]}\n'
    )
    assert run(*twice, "md") == (
        "**Maxout**\n\n"
        "|    a |    b | f(a, b) |     ∂f/∂a |     ∂f/∂b |\n"
        "| ---: | ---: | ------: | --------: | --------: |\n"
        "|  1   |  1   |     1   | undefined | undefined |\n"
        "|  1   | -2.5 |     1   |         1 |         0 |\n"
        "| -2.5 |  1   |     1   |         0 |         1 |\n"
        "| -2.5 | -2.5 |    -2.5 | undefined | undefined |\n"
    )
    assert run(*twice, "tex").splitlines() == [
        r"% \usepackage{booktabs}",
        "% Maxout: f(a, b) = max(a, b)",
        r"\begin{tabular}{rrrrr}",
        r"\toprule",
        r"$a$ & $b$ & $f(a, b)$ & $\partial f/\partial a$ & $\partial f/\partial b$ \\",
        r"\midrule",
        r"$1$ & $1$ & $1$ & undefined & undefined \\",
        r"$1$ & $-2.5$ & $1$ & $1$ & $0$ \\",
        r"$-2.5$ & $1$ & $1$ & $0$ & $1$ \\",
        r"$-2.5$ & $-2.5$ & $-2.5$ & undefined & undefined \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]
    assert run(*twice, "text").splitlines()[1:3] == [
        "Applying Maxout on (1.0, -2.5) gives 1.0, slope 1.0 along a, 0.0 along b",
        "Applying Maxout on (-2.5, 1.0) gives 1.0, slope 0.0 along a, 1.0 along b",
    ]


def test_few_digits_are_for_values_and_a_title_is_for_tables_too() -> None:
    few = ("bilinear", "--at", "1.23456", "-d", "--digits", "2", "--title", "Mine & yours")
    assert run(*few, "--table").splitlines() == [
        "Mine & yours",
        "      a         b   f(a, b)   ∂f/∂a   ∂f/∂b",
        "───────────────────────────────────────────",
        "1.23456   1.23456       1.5     1.2     1.2",
    ]
    assert run(*few, "--format", "csv").splitlines()[1] == "bilinear,1.23456,1.23456,1.5,1.2,1.2"
    assert '"a": [1.23456], "b": [1.23456], "f": [1.5], "df_da": [1.2]' in run(*few, "--format", "json")
    assert run(*few, "--format", "text").startswith("Applying Mine & yours on (1.23456, 1.23456) gives 1.5, slope 1.2 ")
    assert run(*few, "--format", "md").splitlines()[4] == "| 1.23456 | 1.23456 |     1.5 |   1.2 |   1.2 |"
    assert run(*few, "--format", "tex").splitlines()[1] == r"% Mine \& yours: f(a, b) = a*b"


def test_inputs_stand_out_and_values_do_not() -> None:
    table = Pairs(PAIRS["maxout"], [1.0], derivative=True)
    _, shown = pairs_table(table, None, Room(True, 80, lambda _table: True))
    assert [column.style for column in shown.columns] == ["bold", "bold", "", "", ""]  # type: ignore[union-attr]
