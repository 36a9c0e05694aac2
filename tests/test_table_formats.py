"""One table a format, written out by hand: values, undefined slopes, jumps, exponents, and what each must escape."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rich.table import Table
from typer.testing import CliRunner

from actplot.arithmetic import digits
from actplot.cli.app import app
from actplot.console.screen import Screen
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.tables.boxes import Box, Room, boxed
from actplot.tables.graphs import WRITERS, graph_table
from actplot.words.numbers import align
from actplot.words.symbols import latex_number, latex_text

# Leaky ReLU has a kink at 0; this formula has a jump there, an underscore, a bar, a comma and a small slope.
JUMP = "1 if x > beta_1 else max(-1e-5*x, 0):beta_1=0"
KINKED = ["leaky_relu", "hard_tanh:lower=-2", "-d", "--at", "-2,0,1e-5,-30"]


def call(*arguments: str, env: dict[str, str] | None = None) -> str:
    done = CliRunner().invoke(app, list(arguments), env=env)
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return done.stdout


def test_csv() -> None:
    assert call(*KINKED, "--format", "csv") == (
        "name,x,f,df\n"
        "leaky_relu,-2.0,-0.02,0.01\n"
        "leaky_relu,0.0,0.0,\n"
        "leaky_relu,1e-05,1e-05,1.0\n"
        "leaky_relu,-30.0,-0.3,0.01\n"
        "hard_tanh,-2.0,-2.0,\n"
        "hard_tanh,0.0,0.0,1.0\n"
        "hard_tanh,1e-05,1e-05,1.0\n"
        "hard_tanh,-30.0,-2.0,0.0\n"
    )


def test_csv_quotes_what_has_commas() -> None:
    name = '"1 if x > beta_1 else max(-1e-5*x, 0)"'
    assert call(JUMP, "--at", "0,1", "--format", "csv") == f"name,x,f\n{name},0.0,0.0\n{name},1.0,1.0\n"
    text = call("stanh", "stanh:a=1,b=2", "-d", "--at", "0", "--format", "csv")
    assert text == 'name,x,f,df\n"stanh:a=0.67,b=1.7159",0.0,0.0,1.149653\n"stanh:a=1,b=2",0.0,0.0,2.0\n'
    names = [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert names == ["stanh:a=0.67,b=1.7159", "stanh:a=1,b=2"]


def test_json() -> None:
    text = call("leaky_relu", JUMP, "-d", "--at", "-2,0,inf,nan", "--format", "json")
    assert json.loads(text) == {
        "curves": [
            {
                "name": "leaky_relu",
                "parameters": {"alpha": 0.01},
                "x": [-2.0, 0.0, "inf", "nan"],
                "f": [-0.02, 0.0, "inf", "nan"],
                "df": [0.01, None, 1.0, "nan"],
            },
            {
                "name": "1 if x > beta_1 else max(-1e-5*x, 0)",
                "parameters": {"beta_1": 0.0},
                "x": [-2.0, 0.0, "inf", "nan"],
                "f": [2e-5, 0.0, 1.0, "nan"],
                "df": [-1e-5, None, 0.0, "nan"],
            },
        ]
    }
    assert [line[:20] for line in text.splitlines()] == [
        '{"curves": [',
        '{"name": "leaky_relu',
        '{"name": "1 if x > b',
        "]}",
    ]


def test_markdown() -> None:
    assert call(*KINKED, "--format", "md") == (
        "|       x | Leaky ReLU f(x) | Leaky ReLU f′(x) | Hardtanh (lower = -2) f(x) | Hardtanh (lower = -2) f′(x) |\n"
        "| ------: | --------------: | ---------------: | -------------------------: | --------------------------: |\n"
        "|  -2     |          -0.02  |         0.01     |                     -2     |                      0 \\| 1 |\n"
        "|   0     |           0     |        0.01 \\| 1 |                      0     |                       1     |\n"
        "|   1e-05 |           1e-05 |         1        |                      1e-05 |                       1     |\n"
        "| -30     |          -0.3   |         0.01     |                     -2     |                       0     |\n"
    )


def test_markdown_of_one_function_is_headed_by_its_name() -> None:
    assert call("step", "-d", "--at", "-1,0,2", "--format", "md") == (
        "**Step**\n"
        "\n"
        "|  x | f(x) | f′(x) |\n"
        "| -: | ---: | ----: |\n"
        "| -1 |    0 |     0 |\n"
        "|  0 |    1 |  jump |\n"
        "|  2 |    1 |     0 |\n"
    )


def test_markdown_of_narrow_columns_has_a_rule_under_each_heading() -> None:
    """A rule is one dash at the least, or no reader of Markdown sees a table."""
    assert call("identity", "--at", "1,2", "--format", "md") == (
        "**Identity**\n\n|  x | f(x) |\n| -: | ---: |\n|  1 |    1 |\n|  2 |    2 |\n"
    )


def test_markdown_sees_no_marks_in_names() -> None:
    text = call("b_1*x*2:b_1=1", "--at", "1", "--format", "md")
    assert text.splitlines()[0] == r"**b\_1\*x\*2 (b\_1 = 1)**"
    text = call("relu", "--at", "1", "--format", "md", "--title", "a_b |c|\n*d*")
    assert text.splitlines()[0] == r"**a\_b \|c\| \*d\***"
    text = call("x*2*x", "relu", "--at", "1", "--format", "md")
    assert text.splitlines()[0] == r"|  x | x\*2\*x f(x) | ReLU f(x) |"


def test_latex() -> None:
    lines = call("leaky_relu", JUMP, "-d", "--at", "-2,0,2e7,inf,nan", "--format", "tex").splitlines()
    assert len({len(line) for line in lines[15:20]}) == 1, "the source is aligned as well"
    assert [re.sub(" +", " ", line).strip() for line in lines] == [
        r"% \usepackage{booktabs, siunitx}",
        r"% leaky_relu: f(x) = \begin{cases} x & \text{if } x \geq 0 \\ \alpha\,x & \text{otherwise} \end{cases}",
        r"% 1 if x > beta_1 else max(-1e-5*x, 0): f(x) = \begin{cases} 1 & \text{if } x > 0 \\ "
        r"\max(-10^{-5} x,\, 0) & \text{otherwise} \end{cases}",
        r"\begin{tabular}{",
        r"S[table-format=-1e1]",
        r"S[table-format=-1.2e1]",
        r"S[table-format=1.2]",
        r"S[table-format=1e-1]",
        r"S[table-format=-1e-1]",
        r"}",
        r"\toprule",
        r"& \multicolumn{2}{c}{Leaky ReLU} & "
        r"\multicolumn{2}{c}{1 if x $>$ beta\_1 else max(-1e-5*x, 0) ($\beta$\_1 = 0)} \\",
        r"\cmidrule(lr){2-3} \cmidrule(lr){4-5}",
        r"{$x$} & {$f(x)$} & {$f'(x)$} & {$f(x)$} & {$f'(x)$} \\",
        r"\midrule",
        r"-2 & -0.02 & 0.01 & 2e-5 & -1e-5 \\",
        r"0 & 0 & {$0.01 \mid 1$} & 0 & {$-10^{-5} \mid 0$} \\",
        r"2e7 & 2e7 & 1 & 1 & 0 \\",
        r"{$\infty$} & {$\infty$} & 1 & 1 & 0 \\",
        r"{$\mathrm{NaN}$} & {$\mathrm{NaN}$} & {$\mathrm{NaN}$} & {$\mathrm{NaN}$} & {$\mathrm{NaN}$} \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_latex_sets_a_word_as_a_word() -> None:
    lines = call("step", "-d", "--at", "0", "--format", "tex", "--title", "two\nlines").splitlines()
    assert lines[:2] == [r"% \usepackage{booktabs, siunitx}", "% two lines"]
    assert lines[4:7] == ["  S[table-format=1]", "  S[table-format=1]", "  c"]
    assert r"0 & 1 & {jump} \\" in lines


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("a_b & 5% #1 {c} $d$", r"a\_b \& 5\% \#1 \{c\} \$d\$"),
        (r"\x ~ ^", r"\textbackslash{}x \textasciitilde{} \textasciicircum{}"),
        ("α |x| < β′", r"$\alpha$ $|$x$|$ $<$ $\beta$$'$"),
    ],
)
def test_latex_sees_no_marks_in_text(title: str, latex: str) -> None:
    assert latex_text(title) == latex


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("1e-05", "10^{-5}"),
        ("-1e+20", "-10^{20}"),
        ("2.5e-07", r"2.5 \cdot 10^{-7}"),
        ("-12e+03", r"-12 \cdot 10^{3}"),
        ("0.25", "0.25"),
        ("-inf", r"-\infty"),
    ],
)
def test_latex_writes_an_exponent_as_a_power_of_ten(text: str, latex: str) -> None:
    assert latex_number(text) == latex


def test_sentences() -> None:
    assert call(*KINKED, "--format", "text") == (
        "Applying Leaky ReLU on (-2.0) gives -0.02, slope 0.01\n"
        "Applying Leaky ReLU on (0.0) gives 0.0, slope undefined (0.01 from the left, 1.0 from the right)\n"
        "Applying Leaky ReLU on (1e-05) gives 1e-05, slope 1.0\n"
        "Applying Leaky ReLU on (-30.0) gives -0.3, slope 0.01\n"
        "Applying Hardtanh (lower = -2) on (-2.0) gives -2.0, slope undefined (0.0 from the left, 1.0 from the right)\n"
        "Applying Hardtanh (lower = -2) on (0.0) gives 0.0, slope 1.0\n"
        "Applying Hardtanh (lower = -2) on (1e-05) gives 1e-05, slope 1.0\n"
        "Applying Hardtanh (lower = -2) on (-30.0) gives -2.0, slope 0.0\n"
    )


def test_a_sentence_tells_a_pole_as_one() -> None:
    assert call("1/x", "-d", "--at", "0", "--format", "text") == (
        "Applying 1/x on (0.0) gives inf, slope undefined (f has a pole; -inf from the left, -inf from the right)\n"
    )


def test_a_sentence_tells_a_jump_from_left_to_right() -> None:
    assert call("x - 3 if x < 1 else 2*x", "-d", "--at", "1", "--format", "text") == (
        "Applying x - 3 if x < 1 else 2*x on (1.0) gives 2.0, slope undefined "
        "(f jumps from -2.0 to 2.0; 1.0 from the left, 2.0 from the right)\n"
    )
    assert call("relu", "--at", "-0.5,0", "--format", "text", "--title", "Rectifier") == (
        "Applying Rectifier on (-0.5) gives 0.0\nApplying Rectifier on (0.0) gives 0.0\n"
    )
    assert call("relu", "tanh", "--at", "0", "--format", "text", "--title", "Both") == (
        "Applying ReLU on (0.0) gives 0.0\nApplying Tanh on (0.0) gives 0.0\n"
    )


def cells(text: str) -> list[list[str]]:
    """Return the lines of a table, split where two spaces are."""
    return [re.split(r"\s\s+", line.strip()) for line in text.splitlines()]


def test_the_table_of_the_terminal() -> None:
    found = cells(call("leaky_relu", "hard_shrink", "-d", "--at", "-2.5,-.5,0,1e-5", "--table"))
    assert found[:2] == [
        ["Leaky ReLU", "Leaky ReLU", "Hardshrink", "Hardshrink"],
        ["x", "f(x)", "f′(x)", "f(x)", "f′(x)"],
    ]
    assert set(found[2][0]) == {"─"}
    assert found[3:] == [
        ["-2.5", "-0.025", "0.01", "-2.5", "1"],
        ["-0.5", "-0.005", "0.01", "0", "1 | 0"],
        ["0", "0", "0.01 | 1", "0", "0"],
        ["1e-05", "1e-05", "1", "0", "0"],
    ]
    assert call("step", "-d", "--at", "0", "--table").split() == [
        "Step",
        "x",
        "f(x)",
        "f′(x)",
        "─" * 16,
        "0",
        "1",
        "jump",
    ]


def test_the_table_of_one_function_and_in_ascii() -> None:
    found = cells(call("elu:alpha=0.5", "-d", "--at", "0,100", "--table"))
    assert found[:2] == [["ELU (α = 0.5)"], ["x", "f(x)", "f′(x)"]]
    assert found[3:] == [["0", "0", "0.5 | 1"], ["100", "100", "1"]]
    text = call("elu:alpha=0.5", "-d", "--at", "0,100", "--table", env={"LC_ALL": "C"})
    assert text.isascii()
    assert text.splitlines()[0] == "ELU (alpha = 0.5)"
    assert re.findall(r"[\w().'| ]+", text.splitlines()[2]) == [text.splitlines()[2]]
    assert re.split(r"\s*\|\s*", text.splitlines()[2].strip("|").strip()) == ["x", "f(x)", "f'(x)"]
    text = call("elu:alpha=0.5", "--at", "0,100", "--table", "--title", "Hi")
    assert text.splitlines()[0] == "Hi"
    assert "ELU" not in text


@pytest.mark.parametrize(
    ("given", "aligned"),
    [
        (["-1.5", "22", "0.125", "1e-07", "-300"], ["  -1.5  ", "  22    ", "   0.125", "   1e-07", "-300    "]),
        (["0 | 1", "0.5", "-10"], ["  0 | 1", "  0.5  ", "-10    "]),
        (["jump", "0"], ["jump", "   0"]),
        ([], []),
    ],
)
def test_numbers_stand_under_each_other_by_their_points(given: list[str], aligned: list[str]) -> None:
    assert align(given) == aligned


def test_titles_and_headings_and_x_are_bold_in_a_terminal() -> None:
    text = call("relu", "--at", "1", "--table", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"})
    bold = re.findall(r"\x1b\[1m([^\x1b]*)\x1b\[0m", text)
    assert [part.strip() for part in bold if part.strip()] == ["ReLU", "x", "f(x)", "1"]


def test_a_long_table_has_its_heading_again_set_apart() -> None:
    lines = call("identity", "--at", "0:85", "--table").splitlines()
    assert lines[0] == "Identity"
    heads = [number for number, line in enumerate(lines) if line.split() == ["x", "f(x)"]]
    assert heads == [1, 44, 87]
    assert set(lines[2]) == {"─"}
    assert [lines[at + beside] for at in heads[1:] for beside in (-1, 1)] == [""] * 4
    assert [int(line.split()[0]) for line in lines if line.strip() and line.split()[0].isdigit()] == list(range(85))


# ---- panels of given lines: what has no number is left out, and a column without any number too


NAN = math.nan


def given_lines() -> Graph:
    names = Series.of(
        0, "a, b_1", np.array([0.0, 1.0, 2.5]), line=np.array([1e-05, -20.0, math.inf]), dots=np.array([0.5, NAN, 3.0])
    )
    band = Series.of(1, "β|x", np.array([1.0]), dots=np.array([0.25]), band=(np.array([0.125]), np.array([NAN])))
    panels = [GraphPanel("f", "Signal", "layer", "q", [names, band]), GraphPanel("df", "Slope", "step", "g", [names])]
    return Graph("T & Σ", [], panels, ["One.", "Two μ."])


def test_given_lines_in_every_format() -> None:
    graph = given_lines()
    assert WRITERS["csv"](graph) == (
        "panel,name,x,line,dots,low,high\n"
        'f,"a, b_1",0.0,1e-05,0.5,,\n'
        'f,"a, b_1",1.0,-20.0,,,\n'
        'f,"a, b_1",2.5,,3.0,,\n'
        "f,β|x,1.0,,0.25,0.125,\n"
        'df,"a, b_1",0.0,1e-05,0.5,,\n'
        'df,"a, b_1",1.0,-20.0,,,\n'
        'df,"a, b_1",2.5,,3.0,,\n'
    )
    names = '{"name": "a, b_1", "x": [0.0, 1.0, 2.5], "line": [1e-05, -20.0, null], "dots": [0.5, null, 3.0]}'
    band = '{"name": "β|x", "x": [1.0], "dots": [0.25], "low": [0.125]}'
    assert WRITERS["json"](graph) == (
        '{"title": "T & Σ", "sentences": ["One.", "Two μ."], "panels": ['
        f'{{"panel": "f", "title": "Signal", "x": "layer", "lines": [{names}, {band}]}}, '
        f'{{"panel": "df", "title": "Slope", "x": "step", "lines": [{names}]}}]}}\n'
    )
    assert WRITERS["md"](graph) == (
        "**T & Σ**\n\n"
        "| panel |    name |   x |    line | dots |   low |\n"
        "| ----: | ------: | --: | ------: | ---: | ----: |\n"
        "|     f | a, b\\_1 | 0   |   1e-05 | 0.5  |       |\n"
        "|     f | a, b\\_1 | 1   | -20     |      |       |\n"
        "|     f | a, b\\_1 | 2.5 |         | 3    |       |\n"
        "|     f |    β\\|x | 1   |         | 0.25 | 0.125 |\n"
        "|    df | a, b\\_1 | 0   |   1e-05 | 0.5  |       |\n"
        "|    df | a, b\\_1 | 1   | -20     |      |       |\n"
        "|    df | a, b\\_1 | 2.5 |         | 3    |       |\n"
    )
    rows = [r" & a, b\_1 & $0$ & $10^{-5}$ & $0.5$ &  \\", r" & a, b\_1 & $1$ & $-20$ &  &  \\"]
    rows += [r" & a, b\_1 & $2.5$ &  & $3$ &  \\"]
    assert WRITERS["tex"](graph).splitlines() == [
        r"% \usepackage{booktabs}",
        "% T & Σ",
        r"\begin{tabular}{llrrrr}",
        r"\toprule",
        r"panel & name & x & line & dots & low \\",
        r"\midrule",
        *(f"f{row}" for row in rows),
        r"f & $\beta$$|$x & $1$ &  & $0.25$ & $0.125$ \\",
        *(f"df{row}" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
    ]
    assert WRITERS["text"](graph) == "One.\nTwo μ.\n"


def no_more_than(most: int) -> Callable[[Any], bool]:
    """Return what says that a screen has room for tables of so many columns."""
    return lambda table: len(table.columns) <= most


def test_given_lines_in_a_terminal() -> None:
    def shown(unicode: bool, most: int) -> list[str]:
        room = Room(unicode, 80, no_more_than(most))
        return Screen(80, 24, False, unicode, "utf-8").render(*graph_table(given_lines(), room)).decode().splitlines()

    assert shown(True, 9) == [
        "T & Σ",
        "panel   name       x      line   dots     low",
        "─────────────────────────────────────────────",
        "f       a, b_1     0     1e-05    0.5",
        "f       a, b_1     1       -20",
        "f       a, b_1   2.5                3",
        "f       β|x        1             0.25   0.125",
        "df      a, b_1     0     1e-05    0.5",
        "df      a, b_1     1       -20",
        "df      a, b_1   2.5                3",
    ]
    assert shown(False, 9)[1:7] == [
        "+------+--------+-----+---------+------+------+",
        "|panel | name   |   x |    line | dots |   low|",
        "+------+--------+-----+---------+------+------+",
        "|f     | a, b_1 |   0 |   1e-05 |  0.5 |      |",
        "|f     | a, b_1 |   1 |     -20 |      |      |",
        "|f     | a, b_1 | 2.5 |         |    3 |      |",
    ]
    heads = [line.split() for line in shown(True, 4) if line.startswith("panel")]
    assert heads == [["panel", "name", "x", each] for each in ("line", "dots", "low")]


# ---- columns of a terminal's tables


def heads(groups: list[list[str]], most: int) -> list[list[str]]:
    """Return the heads of the tables that groups of columns are divided into, beside a first column."""
    room = Room(True, 80, no_more_than(most))
    boxes = [[Box(name, ["1"]) for name in group] for group in groups]
    shown = boxed("", [Box("x", ["0"])], boxes, room)
    return [[str(column.header) for column in each.columns] for each in shown if isinstance(each, Table)]


def test_a_group_of_columns_is_divided_only_where_it_must_be() -> None:
    assert heads([["a", "b"], ["c", "d"]], 5) == [["x", "a", "b", "c", "d"]]
    assert heads([["a", "b"], ["c", "d"]], 4) == [["x", "a", "b"], ["x", "c", "d"]]
    assert heads([["a", "b", "c"], ["d"]], 3) == [["x", "a", "b"], ["x", "c"], ["x", "d"]]
    assert heads([["a"], ["b", "c", "d"], ["e"]], 3) == [["x", "a"], ["x", "b", "c"], ["x", "d"], ["x", "e"]]
    assert heads([["a"], ["b"]], 1) == [["x", "a"], ["x", "b"]]  # wider than the screen, it is wrapped there


def test_json_has_gradients_where_there_are_any() -> None:
    curves = json.loads(call("sign", "ste_sign", "-d", "--at", "-2,0.5", "--format", "json"))["curves"]
    assert [list(curve) for curve in curves] == [
        ["name", "parameters", "x", "f", "df"],
        ["name", "parameters", "x", "f", "df", "gradient"],
    ]
    assert curves[1]["gradient"] == [0, 1]


def test_a_rule_at_kinks_is_told_and_the_sides_are_not() -> None:
    asked = ("relu", "-d", "--at", "0", "--format", "text")
    assert call(*asked, "--at-kink", "left") == "Applying ReLU on (0.0) gives 0.0, slope 0.0\n"
    assert call(*asked) == "Applying ReLU on (0.0) gives 0.0, slope undefined (0.0 from the left, 1.0 from the right)\n"


def test_latex_has_the_names_of_a_sweep_in_full_and_markdown_what_tells_them_apart() -> None:
    sweep = ("elu:alpha=0.5/1/2", "--at", "1", "--format")
    names = re.findall(r"\\multicolumn\{1\}\{c\}\{(.*?)\}(?: |$)", call(*sweep, "tex"), re.MULTILINE)
    assert names == [rf"ELU ($\alpha$ = {value})" for value in ("0.5", "1", "2")]
    assert call(*sweep, "md").splitlines()[0] == "|  x | α = 0.5 f(x) | α = 1 f(x) | α = 2 f(x) |"


def test_what_no_precision_could_tell_is_unknown_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """tan(atan(x)) - x is 0, which no number of digits can tell from next to nothing; so few of them are tried."""
    monkeypatch.setattr(digits, "MOST", digits.FEWEST)
    words = "actplot: 1/(tan(atan(x))-x): terms cancel so far at {} that no value could be found; none is shown\n"
    done = CliRunner().invoke(app, ["1/(tan(atan(x))-x)", "--at", "3", "--format", "csv"])
    assert (done.stdout.splitlines()[1], done.stderr) == ("1/(tan(atan(x))-x),3.0,nan", words.format("3"))
    done = CliRunner().invoke(app, ["1/(tan(atan(x))-x)", "--at", "-5,3", "--format", "md"])
    assert [line.split()[3] for line in done.stdout.splitlines()[4:]] == ["unknown", "unknown"]
    assert done.stderr == words.format("2 points, 3 among them,")
