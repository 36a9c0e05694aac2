"""What tables may be asked for: f″, differences, digits; and that whoever reads them reads what was written."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.functions.own import forget
from actplot.tables.csv import field, rounded
from actplot.words.folding import folded
from actplot.words.numbers import align, short, significant
from actplot.words.quoting import showable
from actplot.words.symbols import latex_text, markdown_literal
from tests.conftest import Run, one_error_line
from tests.terminals import on_terminal, without_styles


def call(*arguments: str, env: dict[str, str] | None = None) -> str:
    done = CliRunner().invoke(app, list(arguments), env=env)
    assert done.exit_code == 0, done.output
    return done.stdout


# ---- digits


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.5, 3, "0.500"),
        (1.0, 3, "1.00"),
        (-1.0, 1, "-1"),
        (0.125, 2, "0.13"),  # a tie: the float64 is 0.125 itself
        (-0.125, 2, "-0.13"),
        (2.5, 1, "3"),
        (2.675, 3, "2.67"),  # no tie: the float64 is below 2.675
        (1.005, 3, "1.00"),
        (1.953125, 6, "1.95313"),
        (0.1, 17, "0.10000000000000001"),
        (9.995, 3, "9.99"),
        (9.9951, 3, "10.0"),
        (99.96, 3, "100"),
        (0.00099996, 4, "0.001000"),
        (12345.678, 3, "12300"),
        (12345.678, 1, "10000"),
        (15.0, 1, "20"),
        (999999.5, 6, "1.00000e+06"),
        (999999.4, 6, "999999"),
        (1234567.0, 3, "1.23e+06"),
        (1234567.0, 7, "1234567"),
        (0.00012345, 2, "0.00012"),
        (0.000012345, 2, "1.2e-05"),
        (5e-324, 3, "4.94e-324"),
        (1.7976931348623157e308, 4, "1.798e+308"),
        (0.0, 5, "0"),
        (-0.0, 5, "0"),
        (math.inf, 5, "inf"),
        (-math.inf, 5, "-inf"),
        (math.nan, 5, "nan"),
    ],
)
def test_digits_are_those_that_schools_teach(value: float, digits: int, text: str) -> None:
    assert significant(value, digits) == text


@given(st.floats(allow_nan=False, allow_infinity=False).filter(bool), st.integers(1, 17))
def test_the_exact_value_is_rounded(value: float, digits: int) -> None:
    wanted = Context(prec=digits, rounding=ROUND_HALF_UP, Emin=-999, Emax=999).plus(Decimal(value))
    assert Decimal(significant(value, digits)) == wanted


@given(st.integers(1, 10**6), st.integers(1, 6))
def test_ties_go_away_from_zero(odd: int, digits: int) -> None:
    """Halves, quarters and so on are float64 themselves, so their ties are true ones."""
    value = odd / 64
    wanted = Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(value))
    assert Decimal(significant(value, digits)) == wanted
    assert Decimal(significant(-value, digits)) == -wanted


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (100.0, "100"), (1e6, "1e+06"), (1.5e-7, "1.5e-07"), (1.953125, "1.95313"), (123456.5, "123457")],
)
def test_six_digits_end_where_zeros_begin(value: float, text: str) -> None:
    assert short(value) == text


# ---- every column in every format, by hand: f = x³ has f′ = 3x² and f″ = 6x; ReLU's f″ is undefined at 0

ASKED = ["x**3", "relu", "-d", "--second", "--difference", "--at", "-0.25,0,10"]


def test_csv() -> None:
    assert call(*ASKED, "--format", "csv") == (
        "name,x,f,df,d2f,difference\n"
        "x**3,-0.25,-0.015625,0.1875,-1.5,0.0\n"
        "x**3,0.0,0.0,0.0,0.0,0.0\n"
        "x**3,10.0,1000.0,300.0,60.0,0.0\n"
        "relu,-0.25,0.0,0.0,0.0,0.015625\n"
        "relu,0.0,0.0,,,0.0\n"
        "relu,10.0,10.0,1.0,0.0,-990.0\n"
    )
    assert call(*ASKED, "--format", "csv", "--digits", "2") == (
        "name,x,f,df,d2f,difference\n"
        "x**3,-0.25,-0.016,0.19,-1.5,0\n"
        "x**3,0.0,0,0,0,0\n"
        "x**3,10.0,1000,300,60,0\n"
        "relu,-0.25,0,0,0,0.016\n"
        "relu,0.0,0,,,0\n"
        "relu,10.0,10,1.0,0,-990\n"
    )
    heads = {"": "name,x,f", "--second": "name,x,f,d2f", "--difference": "name,x,f,difference"}
    for option, head in heads.items():
        options = filter(None, [option])
        assert call("relu", "gelu", *options, "--at", "1", "--format", "csv").splitlines()[0] == head


def test_json() -> None:
    cubes = {"x": [-0.25, 0, 10], "f": [-0.015625, 0, 1000], "df": [0.1875, 0, 300], "d2f": [-1.5, 0, 60]}
    relus = {"x": [-0.25, 0, 10], "f": [0, 0, 10], "df": [0, None, 1], "d2f": [0, None, 0]}
    assert json.loads(call(*ASKED, "--format", "json")) == {
        "curves": [
            {"name": "x**3", "parameters": {}, **cubes, "difference": [0, 0, 0]},
            {"name": "relu", "parameters": {}, **relus, "difference": [0.015625, 0, -990]},
        ]
    }
    assert call("x**3", "--at", "0.5,inf,1", "--format", "json", "--digits", "2") == (
        '{"curves": [\n{"name": "x**3", "parameters": {}, "x": [0.5, "inf", 1.0], "f": [0.13, "inf", 1.0]}\n]}\n'
    )


def test_markdown() -> None:
    assert call("x**3", "relu", "--second", "--difference", "--at=-0.25,0,10", "--format", "md", "--digits", "3") == (
        "|     x | x\\*\\*3 f(x) | x\\*\\*3 f″(x) | ReLU f(x) | ReLU f″(x) | ReLU difference |\n"
        "| ----: | ----------: | -----------: | --------: | ---------: | --------------: |\n"
        "| -0.25 |     -0.0156 |        -1.50 |       0   |          0 |          0.0156 |\n"
        "|  0    |      0      |         0    |       0   |  undefined |          0      |\n"
        "| 10    |   1000      |        60.0  |      10.0 |          0 |       -990      |\n"
    )


def test_latex() -> None:
    lines = call(*ASKED, "--format", "tex", "--digits", "2").splitlines()
    assert [re.sub(" +", " ", line).strip() for line in lines] == [
        r"% \usepackage{booktabs, siunitx}",
        "% x**3: f(x) = x^{3}",
        r"% relu: f(x) = \max(0,\, x)",
        r"\begin{tabular}{",
        "S[table-format=-2.2]",
        "S[table-format=-4.3]",
        "S[table-format=3.2]",
        "S[table-format=-2.1]",
        "S[table-format=2]",
        "S[table-format=1.1]",
        "S[table-format=1]",
        "S[table-format=-3.3]",
        "}",
        r"\toprule",
        r"& \multicolumn{3}{c}{x**3} & \multicolumn{4}{c}{ReLU} \\",
        r"\cmidrule(lr){2-4} \cmidrule(lr){5-8}",
        r"{$x$} & {$f(x)$} & {$f'(x)$} & {$f''(x)$} & {$f(x)$} & {$f'(x)$} & {$f''(x)$} & {difference} \\",
        r"\midrule",
        r"-0.25 & -0.016 & 0.19 & -1.5 & 0 & 0 & 0 & 0.016 \\",
        r"0 & 0 & 0 & 0 & 0 & {$0 \mid 1.0$} & {undefined} & 0 \\",
        r"10 & 1000 & 300 & 60 & 10 & 1.0 & 0 & -990 \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


def test_sentences() -> None:
    assert call(*ASKED, "--format", "text", "--digits", "2") == (
        "Applying x**3 on (-0.25) gives -0.016, slope 0.19, second derivative -1.5\n"
        "Applying x**3 on (0.0) gives 0, slope 0, second derivative 0\n"
        "Applying x**3 on (10.0) gives 1000, slope 300, second derivative 60\n"
        "Applying ReLU on (-0.25) gives 0, slope 0, second derivative 0, difference from x**3 0.016\n"
        "Applying ReLU on (0.0) gives 0, slope undefined (0 from the left, 1.0 from the right), second derivative "
        "undefined (f′ jumps from 0 to 1.0; 0 from the left, 0 from the right), difference from x**3 0\n"
        "Applying ReLU on (10.0) gives 10, slope 1.0, second derivative 0, difference from x**3 -990\n"
    )


def test_the_terminal() -> None:
    """Points stand under points, an e where a point would be; words end where the numbers do."""
    shown = call("x**3", "relu", "-d", "--second", "--difference", "--at=-0.25,0,1e-5,10", "--table")
    assert shown.splitlines() == [
        "                x**3       x**3     x**3     ReLU    ReLU        ReLU          ReLU",
        "     x          f(x)      f′(x)    f″(x)     f(x)   f′(x)       f″(x)    difference",
        "───────────────────────────────────────────────────────────────────────────────────",
        " -0.25     -0.015625     0.1875     -1.5        0       0           0      0.015625",
        "     0             0          0        0        0   0 | 1   undefined             0",
        " 1e-05         1e-15      3e-10    6e-05    1e-05       1           0         1e-05",
        "    10          1000        300       60       10       1           0          -990",
    ]
    assert call("log(x)", "-d", "--at", "-1,0,0.5,1e7", "--table", "--digits", "4").splitlines() == [
        "log(x)",
        "     x        f(x)       f′(x)",
        "──────────────────────────────",
        "    -1   undefined   undefined",
        "     0        -inf   undefined",
        "   0.5     -0.6931       2.000",
        " 1e+07       16.12   1.000e-07",
    ]


@pytest.mark.parametrize(
    ("given_cells", "aligned"),
    [
        (["0.01", "undefined", "1"], ["     0.01", "undefined", "     1   "]),
        (["-inf", "12.5", "nan"], ["-inf", "12.5", " nan"]),
        (["1e-05", "-2.5e-07", "300"], ["  1e-05  ", " -2.5e-07", "300      "]),
    ],
)
def test_words_and_exponents_are_aligned(given_cells: list[str], aligned: list[str]) -> None:
    assert align(given_cells) == aligned


def test_a_rule_at_kinks_is_about_f_prime_alone() -> None:
    text = call("relu", "-d", "--second", "--at", "0", "--at-kink", "torch", "--format", "csv")
    assert text == "name,x,f,df,d2f\nrelu,0.0,0.0,0.0,\n"
    chart = call("relu", "-d", "--second", "--at-kink", "torch", "--terminal")
    assert (chart.count("●"), chart.count("○")) == (1, 2), "f′ is 0 and not 1 there, f″ is nothing"


def test_digits_without_a_table_are_told(run: Run) -> None:
    done = run("relu", "--digits", "3", "-o", "a.svg")
    assert done.stderr.startswith(b"actplot: --digits is for tables")
    assert run("relu", "--digits", "3", "-o", "a.csv").stderr == b""


@pytest.mark.parametrize("at", ["1,0,2", "-1:1:0.25", "-3:3000:1", "0:0.5:1"])
@pytest.mark.parametrize("output", [["--format", "csv"], ["--format", "text"], ["-o", "a.json"], ["--table"]])
def test_what_is_refused_is_refused_before_the_first_byte(run: Run, tmp_path: Path, at: str, output: list[str]) -> None:
    done = run("relu", "abs", "-d", f"--at={at}", "--at-kink", "tensorflow", *output)
    assert one_error_line(done).startswith("actplot: error: abs: what tensorflow takes for f' at x = 0 is not known")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def test_a_rule_that_no_point_asks_for_is_no_error() -> None:
    for at in ("1,2", "0.5:3:1", "-3:3:4"):
        assert call("relu", "abs", "-d", f"--at={at}", "--at-kink", "tensorflow", "--format", "csv")


# ---- nothing is broken inside a number or a word


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("max(-1e-5*x, 0)", 9, ["max(-1e-5", "*x, 0)"]),
        ("max(-1e-5*x, 0)", 5, ["max(-1e-5", "*x,", "0)"]),
        ("x**2-12345.678*tanh(x)", 12, ["x**2", "-12345.678", "*tanh(x)"]),
        ("1e-05+-2*x", 6, ["1e-05", "+-2*x"]),
        ("A title of words", 8, ["A title", "of words"]),
        ("x<=0.5", 3, ["x", "<=0.5"]),
        ("incomprehensibilities", 5, ["incomprehensibilities"]),
        ("", 5, [""]),
    ],
)
def test_formulas_are_folded_at_signs_and_spaces(text: str, width: int, lines: list[str]) -> None:
    assert folded(text, width) == lines


TOKEN = r"\d+\.?\d*(?:e[+-]?\d+)?|\w+|\*\*"


@given(st.lists(st.sampled_from(["x", "-", "+", "*", "(", ")", "1e-5", "12.75", "tanh", ", ", " ", "**", "<="])))
def test_folding_keeps_every_number_and_word(parts: list[str]) -> None:
    text = "".join(parts)
    lines = folded(text, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [token for line in lines for token in re.findall(TOKEN, line)] == re.findall(TOKEN, text)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to pretend")
@pytest.mark.parametrize("columns", [80, 40])
def test_a_table_fits_its_terminal(columns: int) -> None:
    def shown_lines(*arguments: str) -> list[str]:
        return without_styles(on_terminal(*arguments, width=columns, NO_COLOR="1")).splitlines()

    formula = "x*sigmoid(1.702*x) + max(0, x)*exp(-x**2) - 12345.678*tanh(x)"
    lines = shown_lines(formula, "gelu", "-d", "--second", "--difference", "--at=-2,0,1e-7,3", "--table")
    assert max(map(len, lines)) <= columns
    text = "\n".join(lines)
    for number in ("11901.5", "-1681.77", "-12345.2 | -12344.2", "-0.0310229", "1e-07", "-12281.6"):
        assert re.search(rf"(?<!\S){re.escape(number)}(?!\S)", text)
    for word in ("sigmoid(1.702", "max(0", "12345.678", "tanh(x)", "undefined", "difference"):
        assert word in text
    one = shown_lines(formula, "-d", "--second", "--at", "1", "--table")
    assert max(map(len, one)) <= columns
    assert one[0].startswith("x*sigmoid(1.702*x)")


# ---- what others read

NASTY = [
    "a|b",
    "`code` ``",
    "*a* **b** _c_ __d__",
    "<b>bold</b> <!-- x",
    "[a](b) ![c](d) ][",
    "~~gone~~",
    "$x$ $$y$$",
    "&lt; &amp; &#42;",
    "\\ \\| \\\\",
    "# one",
    "- one",
    "1. one",
    "> quoted",
    "---",
    "| : |",
    ":-:",
    "@someone #12",
    "  spaces  ",
    "a\nb\r\nc",
    "===",
]


def shown_by_markdown(text: str) -> tuple[str, list[list[str]]]:
    """Return the bold heading and the cells of the only table, as a reader of GitHub's Markdown sees them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 1
    assert not {"html_block", "heading_open", "bullet_list_open", "blockquote_open", "hr", "code_block"} & {*kinds}
    rows: list[list[str]] = []
    heading = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "strong_open", "strong_close", "text_special"}
            said = "".join(child.content for child in children)
            if before is not None and before.type == "paragraph_open":
                heading += said
            else:
                rows[-1].append(said)
    return heading, rows


@pytest.mark.parametrize("title", NASTY)
def test_markdown_shows_a_title_as_it_is(title: str) -> None:
    text = call("abs", "-d", "--at", "0,1", "--format", "md", f"--title={title}")
    heading, rows = shown_by_markdown(text)
    assert heading == " ".join(title.split())
    assert rows == [["x", "f(x)", "f′(x)"], ["0", "0", "-1 | 1"], ["1", "1", "1"]]


FORMULAS = ["|x|", "x*2*x", "b_1*c_1*x:b_1=1,c_1=2", "x<1", "-x", "x**2", "a if x < 0 else b:a=1,b=2", "max(x, -x)"]


def test_markdown_has_a_table_whatever_the_names_are() -> None:
    text = call(*FORMULAS[:4], *FORMULAS[5:], "-d", "--at", "0,1", "--format", "md", "--difference")
    _, rows = shown_by_markdown(text)
    assert {len(row) for row in rows} == {1 + 3 * 7 - 1}
    assert rows[0][1:4] == ["|x| f(x)", "|x| f′(x)", "x*2*x f(x)"]
    for formula in FORMULAS:
        heading, rows = shown_by_markdown(call("--at", "1", "--format", "md", "--", formula))
        assert heading.startswith(formula.split(":")[0])
        assert rows[0] == ["x", "f(x)"]


def test_titles_of_one_s_own_are_read_as_they_are() -> None:
    """A function of one's own may be called anything; its column has a head, and its row a name."""
    titles = ["| : |", ":-:", "`x` *y* __z__", "a\n|b\u202e", "50% & $5 #1_{x} ~^\\", "-"]
    for number, title in enumerate(titles):
        actplot.define(f"mine_{number}", f"{number}*x", title=title)
    try:
        names = [f"mine_{number}" for number in range(len(titles))]
        _, rows = shown_by_markdown(call(*names, "--at", "0,1", "--format", "md"))
        shown = ["| : |", ":-:", "`x` *y* __z__", "a |b�", "50% & $5 #1_{x} ~^\\", "-"]
        assert rows[0] == ["x", *(f"{title} f(x)" for title in shown)]
        assert rows[2] == ["1", "0", "1", "2", "3", "4", "5"]
        text = call(*names, "--at", "1", "--format", "tex")
        (heads,) = [line for line in text.splitlines() if "multicolumn" in line]
        assert r"{50\% \& \$5 \#1\_\{x\} \textasciitilde{}\textasciicircum{}\textbackslash{}}" in heads
        assert heads.count(" & ") == len(titles)
        assert "\u202e" not in text + call(*names, "--at", "1", "--table") + call(
            *names, "--at", "1", "--format", "text"
        )
        assert [
            row["name"] for row in csv.DictReader(io.StringIO(call(*names, "--at", "1", "--format", "csv")))
        ] == names
    finally:
        forget([f"mine_{number}" for number in range(len(titles))])


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_is_itself_in_a_cell_of_markdown(text: str) -> None:
    line = " ".join(showable(text).split())
    _, rows = shown_by_markdown(f"| {markdown_literal(line)} | b |\n| -: | -: |\n| {markdown_literal(line)} | 1 |\n")
    assert rows == [[line, "b"], [line, "1"]]


@pytest.mark.parametrize("name", ["-x", "+x", "-x*(x, 1)", "=1+1", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_a_spreadsheet_takes_a_name_for_text(name: str) -> None:
    (row,) = csv.reader(io.StringIO(field(name) + ",-1.5", newline=""))
    assert row == ["'" + name, "-1.5"]


@pytest.mark.parametrize("name", ["relu", "x - 1", "a,b", 'say "x"', "two\nlines", "1 - x", ""])
def test_other_names_come_back_as_they_are(name: str) -> None:
    (row,) = csv.reader(io.StringIO(field(name) + ",1", newline=""))
    assert row == [name, "1"]


def test_a_formula_with_a_sign_in_front_in_csv() -> None:
    text = call("--at", "2", "-d", "--format", "csv", "--", "-x*min(x, 3)", "x - 1")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["name"] for row in rows] == ["'-x*min(x, 3)", "x - 1"]
    assert [row["f"] for row in rows] == ["-4.0", "1.0"]
    assert json.loads(call("--at", "2", "--format", "json", "--", "-x"))["curves"][0]["name"] == "-x"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (r"& % $ # _ { } ~ ^ \ ", r"\& \% \$ \# \_ \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{} "),
        ("ReLU − GELU × 2·x", r"ReLU $-$ GELU $\times$ 2$\cdot$x"),
        ("δ Ω ς λ Α é", r"$\delta$ $\Omega$ $\varsigma$ $\lambda$ Α é"),
        ("x--1 ``a`` ''", r"x-{}-1 \textasciigrave{}{}\textasciigrave{}a\textasciigrave{}{}\textasciigrave{} '{}'"),
        ("a – b — “c”", "a -- b --- ``c''"),
    ],
)
def test_latex_sees_no_marks_in_text(text: str, latex: str) -> None:
    assert latex_text(text) == latex


def test_latex_says_where_it_needs_another_engine() -> None:
    engine = "% XeLaTeX or LuaLaTeX, and a font that has the letters of the names"
    assert engine not in call("relu", "elu:alpha=2", "--at", "1", "--format", "tex")
    assert engine not in call("relu", "--at", "1", "--format", "tex", "--title", "日本語")  # a comment


TURNED = "a\u202eb\u2066c\u200fd\x1b[31me\x07f\u200bg\u2028h\U000e0041i"
SEEN = "a�b�c�d�[31me�f�g h�i"


@pytest.mark.parametrize("output", [["--table"], ["--terminal"], *(["--format", f] for f in ("md", "tex", "text"))])
def test_what_turns_or_hides_writing_is_shown_not_sent(output: list[str]) -> None:
    text = call("relu", "--at", "1,2", "--title", TURNED, *output)
    assert SEEN in text.replace("\\[", "[")
    assert not set(text) & set(TURNED) - set(SEEN)


def test_json_holds_nothing_but_ascii() -> None:
    text = call("σ(x)*β:β=2", "--at", "1", "--format", "json")
    assert text.isascii()
    assert json.loads(text)["curves"][0]["name"] == "σ(x)*β"


def test_joiners_of_scripts_and_emoji_stay() -> None:
    assert showable("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"


@pytest.mark.parametrize("digits", [1, 3, 6, 15, 17])
def test_many_numbers_are_rounded_as_one_is(digits: int) -> None:
    """The decimal module rounds the exact value, a tie away from zero; among them ties, and neighbours of ties."""
    rng = np.random.default_rng(7)
    ties = np.array([0.5, 2.5, 0.125, 0.375, 1.0625, 1234.5, 99.95, 0.25, 3.5, 1e5 + 0.5, 7.0, 2.0**-20, 0.0, -0.0])
    values = np.concatenate(
        [rng.normal(size=300), 10.0 ** rng.uniform(-12, 12, 300), ties, np.nextafter(ties, 9), -ties]
    )
    told = rounded(values, digits)
    for value, text in zip(values.tolist(), told, strict=True):
        assert Decimal(text) == Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(value)), value
        figures = text.partition("e")[0].lstrip("-").replace(".", "").lstrip("0")
        assert value == 0 or len(figures) == digits or (abs(value) >= 10**digits and "e" not in text)
    assert rounded(np.array([np.inf, -np.inf]), digits) == ["inf", "-inf"]
