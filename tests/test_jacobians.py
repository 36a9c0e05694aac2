"""Jacobians of softmax and its kin: exact at a point, as a table and as a map whose cells say their slopes."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import flint
import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot.activations.vectors import VECTORS
from actplot.cli.app import app
from actplot.curves.jacobians import Jacobian
from actplot.errors import UsageError
from actplot.figures.appearance.looks import applied, find
from actplot.figures.jacobians import build_jacobian
from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.jacobians import jacobian_table

POINTS = ((1.0, 1.75), (0.5, -3.0, 0.25), (0.0, 0.0, 0.0, 0.0), (700.0, -40.0, 699.5), (0.1, 0.2, 0.3, 1e-9, -5.5))
Ball = Any


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def at(name: str, x: tuple[float, ...], rule: str = "undefined") -> Jacobian:
    return Jacobian.of(actplot.get(name), x, rule)


def shares(x: tuple[float, ...], sign: int = 1) -> list[Ball]:
    powers = [(sign * flint.arb(value)).exp() for value in x]
    return [power / sum(powers) for power in powers]


def test_softmax_softmin_and_log_softmax_are_the_nearest_to_the_truth() -> None:
    with flint.ctx.workprec(3000):
        for x in POINTS:
            p, q = shares(x), shares(x, -1)
            found = {name: at(name, x) for name in ("softmax", "softmin", "log_softmax")}
            assert found["softmax"].f.tolist() == [float(each.mid()) for each in p]
            assert found["log_softmax"].f.tolist() == [float(each.log().mid()) for each in p]
            for i, j in product(range(len(x)), repeat=2):
                same = int(i == j)
                assert found["softmax"].df[i, j] == float((p[i] * (same - p[j])).mid()), (x, i, j)
                assert found["softmin"].df[i, j] == float((-q[i] * (same - q[j])).mid()), (x, i, j)
                assert found["log_softmax"].df[i, j] == float((same - p[j]).mid()), (x, i, j)


def test_sparsemax_shares_out_what_takes_part() -> None:
    for x in POINTS:
        exact = sorted(map(Fraction, x), reverse=True)
        count = max(r for r in range(1, len(x) + 1) if 1 + r * exact[r - 1] > sum(exact[:r]))
        level = (sum(exact[:count]) - 1) / count
        found = at("sparsemax", x)
        assert found.f.tolist() == [float(max(Fraction(value) - level, Fraction(0))) for value in x]
        inside = [Fraction(value) > level for value in x]
        for i, j in product(range(len(x)), repeat=2):
            slope = (Fraction(int(i == j)) - Fraction(1, count)) if inside[i] and inside[j] else 0
            assert found.df[i, j] == float(slope), (x, i, j)


def test_entmax_has_the_jacobian_of_its_paper() -> None:
    """With s the roots of the outputs it is diag(s) - s s' / sum(s); the level is found by halving."""
    with flint.ctx.workprec(600):
        for x in POINTS:
            half = [flint.arb(value) / 2 for value in x]
            low, high = flint.arb(max(x)) / 2 - 1, flint.arb(max(x)) / 2
            for _ in range(400):
                middle = ((low + high) / 2).mid()
                total = sum((max(h - middle, flint.arb(0)) ** 2 for h in half), flint.arb(0))
                low, high = (middle, high) if total > 1 else (low, middle)
            s = [max(h - low, flint.arb(0)) for h in half]
            found = at("entmax", x)
            for i, j in product(range(len(x)), repeat=2):
                slope = (s[i] if i == j else 0) - s[i] * s[j] / sum(s)
                assert found.df[i, j] == pytest.approx(float(slope), rel=1e-15, abs=1e-150), (x, i, j)
            np.testing.assert_allclose(found.f, [float(each**2) for each in s], rtol=1e-15, atol=1e-150)


def test_of_two_logits_they_are_the_curves() -> None:
    assert {*VECTORS} == {name for name in actplot.names() if actplot.get(name).axis != "x"}
    for name, gap in product(VECTORS, (-2.5, -0.75, 0.0, 0.5, 1.25)):
        found, curve = at(name, (gap, 0.0)), actplot.get(name).value_and_slope(gap)
        assert (found.f[0], found.df[0, 0]) == curve, (name, gap)


def test_at_the_edge_of_taking_part_both_sides_are_told() -> None:
    """The gaps of 0.25 are 0.75 and 0.25, which make 1: a sparsemax lets it in as others fall, or as it rises."""
    x, third = (1.0, 0.5, 0.25), 1 / 3
    found = at("sparsemax", x)
    assert np.isnan(found.df).all()
    assert found.f.tolist() == [0.75, 0.25, 0.0]
    left, right = at("sparsemax", x, "left").df, at("sparsemax", x, "right").df
    np.testing.assert_allclose(left, [[2 * third, -third, 0], [-third, 2 * third, 0], [-third, -third, 0]], rtol=1e-15)
    np.testing.assert_allclose(right, [[0.5, -0.5, -third], [-0.5, 0.5, -third], [0, 0, 2 * third]], rtol=1e-15)
    smooth = at("entmax", (1.0, -1.0, -1.0))  # at its edge, where the root of an output is 0
    assert smooth.df.tolist() == [[0.0] * 3] * 3
    with pytest.raises(UsageError, match="torch"):
        _ = at("sparsemax", x, "torch").df
    table = run("sparsemax", "--jacobian", "1,0.5,0.25")
    assert "0.666667 | 0.5" in table
    assert run("sparsemax", "--jacobian", "1,0.5,0.25", "--format", "csv").splitlines()[1] == "sparsemax,1,1.0,0.75,,,"


def test_the_formats_of_tables() -> None:
    p = 0.7310585786300049
    csv = run("softmax", "--jacobian", "1 2", "--format", "csv").splitlines()
    assert csv[0] == "name,output,x,f,df_dx1,df_dx2"
    assert csv[2] == f"softmax,2,2.0,{p},-0.19661193324148185,0.19661193324148185"
    (record,) = json.loads(run("nn.Softmax()", "--jacobian", "1,2", "--format", "json"))["jacobians"]
    assert (record["name"], record["x"], record["f"][1]) == ("softmax", [1, 2], p)
    assert record["df"] == [[0.19661193324148185, -0.19661193324148185], [-0.19661193324148185, 0.19661193324148185]]
    (gap,) = json.loads(run("sparsemax", "--jacobian", "1,0", "--format", "json"))["jacobians"]
    assert gap["df"][0] == [None, None]
    (deep,) = json.loads(run("log_softmax", "--jacobian=1e308,-1e308", "--format", "json"))["jacobians"]
    assert deep["f"] == [0, "-inf"]
    assert run("softmax", "--jacobian", "0,0", "--format", "text").splitlines()[0] == (
        "Applying Softmax on (0.0, 0.0) gives output 1 0.5, slope 0.25 along x1, -0.25 along x2"
    )
    markdown = run("softmax", "--jacobian", "0,0", "--format", "md").splitlines()
    assert markdown[0] == "**Jacobian of Softmax at (0, 0)**"
    assert markdown[4] == "| 0 | f₁ = 0.5 |   0.25 |  -0.25 |".replace("| 0 ", "|  0 ")
    tex = run("softmax", "--jacobian", "0,0", "--format", "tex").splitlines()
    assert tex[0] == r"% \usepackage{booktabs}"
    assert tex[2:4] == [r"\begin{tabular}{rrrr}", r"\toprule"]
    assert tex[5:7] == [r"\midrule", r"$0$ & $f_{1} = 0.5$ & $0.25$ & $-0.25$ \\"]
    assert tex[8:] == [r"\bottomrule", r"\end{tabular}"]
    rounded = run("softmax", "--jacobian", "1,2", "--digits", "3", "--format", "csv").splitlines()[1]
    assert rounded == "softmax,1,1.0,0.269,0.197,-0.197"


def test_the_terminal_has_the_table_and_no_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    for way in ((), ("--table",), ("--terminal",)):
        lines = run("softmax:k=3", "--jacobian=1,2,3", *way).splitlines()
        assert lines[0] == "Jacobian of Softmax at (1, 2, 3)"
        assert lines[1].split() == ["x", "f", "∂f/∂x₁", "∂f/∂x₂", "∂f/∂x₃"]
        assert lines[5].split() == ["3", "f₃", "=", "0.665241", "-0.059892", "-0.162803", "0.222695"]


def test_the_map_says_its_slopes(tmp_path: Path) -> None:
    with applied(find("light")):
        figure = build_jacobian(at("softmax", (-1.0, 2.0)), None, None)
        (axes,) = figure.axes
        words = {text.get_gid(): text.get_text() for text in axes.texts}
        assert words["cell-1-2-words"] == "−0.04518"
        assert [label.get_text() for label in axes.get_xticklabels()] == ["∂/∂x₁\nx₁ = −1", "∂/∂x₂\nx₂ = 2"]
        assert [label.get_text() for label in axes.get_yticklabels()] == ["f₁ = 0.04743", "f₂ = 0.9526"]
        same, other = (axes.patches[place].get_facecolor() for place in (0, 1))
        assert same == axes.patches[3].get_facecolor()
        assert same != other
        assert figure.texts[0].get_text() == "Jacobian of Softmax at (−1, 2)"
    names = [str(tmp_path / f"a.{suffix}") for suffix in ("svg", "pdf", "png", "csv")]
    run("entmax", "--jacobian", "1,2,2.5", *(part for name in names for part in ("-o", name)))
    assert "Jacobian of 1.5-Entmax at (1, 2, 2.5)" in Path(names[0]).read_text(encoding="utf-8")
    assert all(Path(name).stat().st_size > 100 for name in names)
    assert "f₁ is 0.04743, its slopes are 0.04518, -0.04518." in at("softmax", (-1.0, 2.0)).description


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("relu", "--jacobian", "1,2"), "relu has no Jacobian to show; --jacobian is for softmax, "),
        (("softmax:k=5", "--jacobian", "1,2"), "softmax has 5 logits where k is that, and --jacobian names 2"),
        (("swiglu", "--jacobian", "1,2"), "-d shows both its slopes"),
        (("softmax", "softmin", "--jacobian", "1,2"), "name it alone"),
        (("softmax", "--jacobian", "1"), "names 1 logit; give 2 to 12"),
        (("softmax", "--jacobian", "0:13:1"), "names 13 logits; give 2 to 12"),
        (("softmax", "--jacobian", "1,inf"), "not finite"),
        (("softmax", "--jacobian", "1,x"), "--jacobian: 'x' is not a number"),
        (
            tuple(
                "softmax --jacobian 1,2 --at 3 -r 0 1 -n 5 --xlabel a --ylabel b --ylim 0 1 --label c --tangent 1 "
                "--difference --second".split()
            ),
            "--second, --difference, --at, --range, --samples, --tangent, --label, --xlabel, --ylabel, --ylim is",
        ),
        (("softmax", "--jacobian", "1,2", "--at-kink", "nowhere"), "nowhere"),
    ],
)
def test_what_has_no_jacobian_is_told(arguments: tuple[str, ...], message: str) -> None:
    done = CliRunner().invoke(app, list(arguments))
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


def test_slopes_of_huge_gaps_are_exact() -> None:
    found = at("softmax", (0.0, 740.0))
    with flint.ctx.workprec(200):
        p, q = shares((0.0, 740.0))
        assert found.df[0, 0] == float((p * q).mid())
    assert found.df[0, 0] > 0.0
    assert math.isclose(found.f[1], 1.0)


def test_columns_that_do_not_fit_follow_below() -> None:
    first = Box("x", ["1", "2"], is_bold=True)
    others = [[Box(name, ["3", "4"])] for name in "abcde"]

    def fits(table: Any) -> bool:
        return len(table.columns) <= 3

    room = Room(True, 80, fits)
    title, *tables = boxed("Title", [first], others, room)
    heads = [[str(column.header) for column in table.columns] for table in tables if hasattr(table, "columns")]
    assert heads == [["x", "a", "b"], ["x", "c", "d"], ["x", "e"]]
    assert str(title) == "Title"


def test_the_formats_of_tables_where_a_slope_is_missing_and_where_digits_are_few() -> None:
    """At (1, -0.5, 0) the third logit is about to take part in a sparsemax, and the second is far from it."""
    edge, few = ("sparsemax", "--jacobian", "1,-0.5,0", "--format"), ("softmax", "--jacobian", "1.23456,2", "--digits")
    assert run(*edge, "csv").splitlines() == [
        "name,output,x,f,df_dx1,df_dx2,df_dx3",
        "sparsemax,1,1.0,1.0,,0.0,",
        "sparsemax,2,-0.5,0.0,0.0,0.0,0.0",
        "sparsemax,3,0.0,0.0,,0.0,",
    ]
    assert run(*edge, "json") == (
        '{"jacobians": [\n{"name": "sparsemax", "x": [1.0, -0.5, 0.0], "f": [1.0, 0.0, 0.0], '
        '"df": [[null, 0.0, null], [0.0, 0.0, 0.0], [null, 0.0, null]]}\n]}\n'
    )
    first, second, _ = run(*edge, "text").splitlines()
    on = "Applying Sparsemax on (1.0, -0.5, 0.0) gives output"
    assert first == f"{on} 1 1.0, slope undefined along x1, 0.0 along x2, undefined along x3"
    assert second == f"{on} 2 0.0, slope 0.0 along x1, 0.0 along x2, 0.0 along x3"
    assert run(*edge, "md") == (
        "**Jacobian of Sparsemax at (1, -0.5, 0)**\n\n"
        "|    x |      f |    ∂f/∂x₁ | ∂f/∂x₂ |    ∂f/∂x₃ |\n"
        "| ---: | -----: | --------: | -----: | --------: |\n"
        "|  1   | f₁ = 1 |  0.5 \\| 0 |      0 | 0 \\| -0.5 |\n"
        "| -0.5 | f₂ = 0 |   0       |      0 |  0        |\n"
        "|  0   | f₃ = 0 | -0.5 \\| 0 |      0 | 0 \\| 0.5  |\n"
    )
    assert run(*edge, "tex").splitlines() == [
        r"% \usepackage{booktabs}",
        "% Jacobian of Sparsemax at (1, -0.5, 0)",
        r"\begin{tabular}{rrrrr}",
        r"\toprule",
        r"$x$ & $f$ & $\partial f/\partial x_{1}$ & $\partial f/\partial x_{2}$ & $\partial f/\partial x_{3}$ \\",
        r"\midrule",
        r"$1$ & $f_{1} = 1$ & $0.5 \mid 0$ & $0$ & $0 \mid -0.5$ \\",
        r"$-0.5$ & $f_{2} = 0$ & $0$ & $0$ & $0$ \\",
        r"$0$ & $f_{3} = 0$ & $-0.5 \mid 0$ & $0$ & $0 \mid 0.5$ \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]
    assert run(*few, "2", "--table").splitlines()[3:5] == [  # the point has the digits that it was asked for with
        "1.23456   f₁ = 0.32     0.22    -0.22",
        "      2   f₂ = 0.68    -0.22     0.22",
    ]
    assert run(*few, "2", "--format", "json").splitlines()[1] == (
        '{"name": "softmax", "x": [1.23456, 2.0], "f": [0.32, 0.68], "df": [[0.22, -0.22], [-0.22, 0.22]]}'
    )
    assert run(*few, "2", "--format", "tex", "--title", "A & B").splitlines()[1] == r"% A \& B"


def test_inputs_and_outputs_stand_out_and_slopes_do_not() -> None:
    room = Room(True, 80, lambda _table: True)
    _, table = jacobian_table(at("softmax", (1.0, 2.0)), None, room)
    assert [column.style for column in table.columns] == ["bold", "bold", "", ""]  # type: ignore[union-attr]
