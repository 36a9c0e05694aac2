"""The command as a user types it: outputs, formats, streams."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import actplot
from actplot.__main__ import main
from actplot.cli.app import app
from actplot.facts.words import fact_lines
from tests.conftest import Run, clean_environment
from tests.walking import dense

# What the Korean page prints for its two functions, with its own spelling of their names.
TUTORIAL_RELU = """\
Applying Relu on (1.0) gives 1.0
Applying Relu on (-10.0) gives 0.0
Applying Relu on (0.0) gives 0.0
Applying Relu on (15.0) gives 15.0
Applying Relu on (-20.0) gives 0.0
"""
TUTORIAL_LEAKY = """\
Applying Leaky Relu on (1.0) gives 1.0
Applying Leaky Relu on (-10.0) gives -0.1
Applying Leaky Relu on (0.0) gives 0.0
Applying Leaky Relu on (15.0) gives 15.0
Applying Leaky Relu on (-20.0) gives -0.2
"""
POINTS = "1,-10,0,15,-20"


def call(*arguments: str) -> str:
    """Run in this process; return stdout of a run that must succeed."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    ("name", "spelling", "page"),
    [("relu", "Relu", TUTORIAL_RELU), ("leaky_relu", "Leaky Relu", TUTORIAL_LEAKY)],
)
def test_the_tutorials_output_comes_out_to_the_letter(name: str, spelling: str, page: str) -> None:
    assert call(name, "--at", POINTS, "--format", "text", "--title", spelling) == page
    # Without a title the name is spelled as its authors spell it; every other letter is the page's.
    assert call(name, "--at", POINTS, "--format", "text") == page.replace("Relu", "ReLU")


def test_sentences_add_the_slope() -> None:
    text = call("leaky_relu", "-d", "--at", "-10,0", "--format", "text")
    assert text.splitlines() == [
        "Applying Leaky ReLU on (-10.0) gives -0.1, slope 0.01",
        "Applying Leaky ReLU on (0.0) gives 0.0, slope undefined (0.01 from the left, 1.0 from the right)",
    ]


@pytest.mark.parametrize("name", dense())
def test_csv_and_json_carry_every_digit(name: str) -> None:
    activation = actplot.get(name)
    points = "-745.13,-3,-1e-300,0,1e-17,0.1,0.3333333333333333,3,1e200"
    text = call(name, "-d", "--at", points, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    trained = ["gradient"] if activation.declaration.gradient_text else []
    assert list(rows[0]) == ["name", "x", "f", "df", *trained]
    record = json.loads(
        call(name, "-d", "--at", points, "--format", "json"), parse_constant=lambda word: pytest.fail(word)
    )["curves"][0]
    assert record["name"] == name
    words = {key: value if math.isfinite(value) else repr(value) for key, value in activation.values.items()}
    assert record["parameters"] == words
    for index, point in enumerate(points.split(",")):
        f, df = activation.value_and_slope(float(point))
        assert rows[index]["name"] == name
        for kind, value in (("x", float(point)), ("f", f), ("df", df)):
            if kind == "df" and math.isnan(value) and any(k.x == float(point) for k in activation.kinks):
                assert rows[index]["df"] == ""
                assert record["df"][index] is None
            else:
                assert repr(float(rows[index][kind])) == repr(value)
                assert repr(float(record[kind][index])) == repr(value)


def test_infinities_and_nan_are_words() -> None:
    assert call("relu", "-d", "--at", "inf,-inf,nan", "--format", "csv").splitlines()[1:] == [
        "relu,inf,inf,1.0",
        "relu,-inf,0.0,0.0",
        "relu,nan,nan,nan",
    ]
    record = json.loads(call("relu", "-d", "--at", "inf,-inf,nan", "--format", "json"))["curves"][0]
    assert record == {
        "name": "relu",
        "parameters": {},
        "x": ["inf", "-inf", "nan"],
        "f": ["inf", 0.0, "nan"],
        "df": [1.0, 0.0, "nan"],
    }


def test_without_derivative_there_is_no_column_for_it() -> None:
    assert call("relu", "--at", "1", "--format", "csv") == "name,x,f\nrelu,1.0,1.0\n"
    assert "df" not in json.loads(call("relu", "--at", "1", "--format", "json"))["curves"][0]


def test_several_functions_follow_each_other() -> None:
    text = call("Leaky-ReLU:alpha=0.2", "ReLU", "--at", "-1", "--format", "csv", "-q")
    assert text == "name,x,f\nleaky_relu,-1.0,-0.2\nrelu,-1.0,0.0\n"


def test_points_default_to_the_integers_of_the_range() -> None:
    rows = call("identity", "--format", "csv", "--range", "-2.5", "3").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["-2.0", "-1.0", "0.0", "1.0", "2.0", "3.0"]
    assert len(call("identity", "--format", "csv", "-n", "7").splitlines()) == 8


def test_points_are_read_as_numpy_arange_does() -> None:
    rows = call("identity", "--format", "csv", "--at", "-3:5:1").splitlines()[1:]
    assert [float(row.split(",")[1]) for row in rows] == [-3, -2, -1, 0, 1, 2, 3, 4]
    rows = call("identity", "--format", "csv", "--at", "1:-1:-0.5,7").splitlines()[1:]
    assert [float(row.split(",")[1]) for row in rows] == [1, 0.5, 0, -0.5, 7]


def test_points_come_from_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "points.txt").write_text("1, -10\n0\t15\n\n-20\n")
    for arguments, stdin in ((("--at", "@points.txt"), b""), (("--at", "-"), b"1 -10 0,15,-20")):
        done = run("relu", "--format", "text", "--title", "Relu", *arguments, stdin=stdin)
        assert done.stdout.decode() == TUTORIAL_RELU
        assert done.stderr == b""


def test_every_output_in_one_run(run: Run, tmp_path: Path) -> None:
    files = [f"out.{suffix}" for suffix in ("png", "svg", "pdf", "csv", "json", "md", "tex", "txt")]
    done = run("gelu", "-d", *(part for file in files for part in ("-o", file)))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    starts = [
        b"\x89PNG\r\n",
        b"<?xml",
        b"%PDF-",
        b"name,x,f,df",
        b'{"curves"',
        b"**GELU**",
        b"% \\usepackage{booktabs, siunitx}\n% gelu:",
        b"Applying GELU",
    ]
    for file, start in zip(files, starts, strict=True):
        assert (tmp_path / file).read_bytes().startswith(start)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


@pytest.mark.parametrize("format_name", ["png", "svg", "pdf", "csv", "json", "md", "tex", "text"])
def test_a_file_a_dash_and_a_redirect_agree(run: Run, tmp_path: Path, format_name: str) -> None:
    written = run("elu:alpha=0.5", "-d", "-o", "file", "--format", format_name)
    assert written.returncode == 0, written.stderr
    dash = run("elu:alpha=0.5", "-d", "-o", "-", "--format", format_name)
    alone = run("elu:alpha=0.5", "-d", "--format", format_name)
    assert (tmp_path / "file").read_bytes() == dash.stdout == alone.stdout
    assert len(dash.stdout) > 100


def test_a_chart_is_drawn_where_no_window_can_open(run: Run) -> None:
    done = run("relu", "--derivative")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    lines = done.stdout.decode().splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert any("\u2800" <= c <= "\u28ff" for c in done.stdout.decode())
    assert b"\x1b" not in done.stdout
    assert run("relu", "--derivative", "--terminal").stdout == done.stdout


def test_an_ascii_locale_gets_ascii(run: Run) -> None:
    for environment in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}):
        for arguments in (
            ("relu", "-d"),
            ("elu:alpha=0.5", "-d", "--table"),
            ("info", "elu:alpha=0.5"),
            ("list",),
        ):
            done = run(*arguments, env=environment)
            assert done.returncode == 0, done.stderr
            assert done.stdout.isascii(), arguments
            assert b"?" not in done.stdout, arguments


def test_a_latin_1_terminal_gets_no_traceback(run: Run) -> None:
    done = run("elu:alpha=0.5", "-d", env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("width", ["30", "40", "80", "200"])
def test_narrow_terminals_are_served(run: Run, width: str) -> None:
    for arguments in (("gelu", "relu", "-d"), ("relu", "-d", "--table"), ("info", "selu")):
        done = run(*arguments, env={"COLUMNS": width})
        assert done.returncode == 0, done.stderr
        if arguments[0] != "info":
            longest = max(map(len, done.stdout.decode().splitlines()))
            assert longest <= int(width), arguments


def test_a_table_prints_both_slopes_at_a_kink() -> None:
    assert "0 | 1" in call("relu", "-d", "--table")
    assert re.search(r"0 +0.5\n", call("relu", "-d", "--table", "--at-kink", "mid") + "\n")


def test_no_colour_in_a_pipe_or_where_it_is_unwanted(run: Run) -> None:
    colour = re.compile(rb"\x1b\[[0-9;]*3[0-9]")
    assert b"\x1b" not in run("gelu", "relu", "-d").stdout
    assert colour.search(run("gelu", "relu", "-d", env={"FORCE_COLOR": "1"}).stdout)
    assert not colour.search(run("gelu", "relu", "-d", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout)


def test_help_and_version_answer_everywhere(run: Run) -> None:
    for arguments in (
        ("-h",),
        ("--help",),
        ("plot", "-h"),
        ("relu", "-h"),
        ("list", "-h"),
        ("info", "-h"),
        ("gallery", "-h"),
    ):
        done = run(*arguments)
        assert done.returncode == 0, arguments
        assert b"Usage: actplot" in done.stdout
    assert run("--version").stdout.decode() == f"actplot {actplot.__version__}\n"
    assert b"Usage: actplot" in run().stdout


def help_text(run: Run, *arguments: str, columns: int = 80) -> str:
    done = run(*arguments, "--help", env={"COLUMNS": str(columns)})
    assert done.returncode == 0
    return done.stdout.decode()


def test_help_shows_what_is_typed_and_no_types(run: Run) -> None:
    for command in ("", "plot", "list", "info", "gallery", "check"):
        shown = help_text(run, *([command] if command else []))
        assert "<bool>" not in shown
        assert "list[" not in shown
        assert "{" not in shown
        assert "[b]" not in shown
    assert "Usage: actplot plot [OPTIONS] NAME[:PARAM=VALUE,…]… " in help_text(run, "plot")
    assert "pip install 'actplot[check]'" in help_text(run, "check")


def test_help_of_plot_tells_of_formulas_and_sweeps(run: Run) -> None:
    shown = help_text(run, "plot")
    for example in ("x*sigmoid(beta*x):beta=2", "elu:alpha=0.5/1/2"):
        assert example in shown
        assert run(example, "--format", "csv", "--at", "1").returncode == 0


@pytest.mark.parametrize("columns", [1, 40, 57, 58, 200])
def test_help_never_cuts_the_name_of_an_option(run: Run, columns: int) -> None:
    import typer

    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        shown = help_text(run, name, columns=columns)
        assert "[b]" not in shown
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("-") or re.search(rf"{option}\b", shown), (name, option)


def test_every_option_has_help() -> None:
    import typer

    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        assert command.help
        for parameter in command.params:
            assert parameter.help, (command.name, parameter.name)


def test_an_option_may_come_before_the_name() -> None:
    assert call("--range", "-1", "1", "relu", "--format", "csv") == call(
        "plot", "relu", "--format", "csv", "-r", "-1", "1"
    )


@pytest.mark.parametrize(
    ("spec", "formula", "parameters", "general"),
    [
        ("softplus", "log1p(exp(beta*x))/beta", "beta = 1, threshold off  (beta > 0)", True),
        (
            "softplus:threshold=20",
            "x if beta*x > threshold else log1p(exp(beta*x))/beta",
            "beta = 1, threshold = 20  (beta > 0)",
            False,
        ),
        ("hard_sigmoid", "clip(x/6 + 1/2, 0, 1)", "alpha = 1/6, beta = 1/2  (alpha > 0)", True),
        ("identity", "x", "alpha = 1, beta = 0", True),
        ("identity:slope=2,offset=1", "alpha*x + beta", "alpha = 2, beta = 1", False),
        ("snake:a=2", "x + sin(a*x)**2/a", "a = 2, b = a  (a > 0, b > 0)", True),
        ("tanh", "tanh(x)", "none", False),
        ("a*x:a=2", "a*x", "a = 2", False),
    ],
)
def test_info_tells_the_parameters_and_the_formula_that_has_all_of_them(
    spec: str, formula: str, parameters: str, general: bool
) -> None:
    lines = fact_lines(actplot.get(spec))
    assert lines["f(x)"] == formula
    assert lines["parameters"].splitlines()[0] == parameters
    assert lines.get("in general") == (actplot.get(spec).declaration.formula_text if general else None)


def test_info_knows_what_frameworks_call_a_parameter() -> None:
    assert "alpha = 0.01\nalso written negative_slope for alpha" in fact_lines(actplot.get("leaky_relu")).values()
    shown = call("info", "hard_tanh")
    assert re.search(
        r"parameters +lower = -1, upper = 1  \(lower < upper\)\n +also written min_val for lower, max_v", shown
    )
    assert call("info", "leaky_relu:negative_slope=0.2") == call("info", "leaky_relu:alpha=0.2")


def test_a_threshold_that_is_off_is_a_word_in_json() -> None:
    for arguments in (["info", "softplus", "--json"], ["softplus", "--at", "1", "--format", "json"]):
        record = json.loads(call(*arguments), parse_constant=pytest.fail)
        record = record.get("curves", [record])[0]
        assert record["parameters"] == {"beta": 1.0, "threshold": "inf"}


def test_a_sweep_by_a_framework_s_name_is_named_as_here(run: Run, tmp_path: Path) -> None:
    done = run("leaky_relu:negative_slope=0.1/0.2/0.3", "-o", "sweep.svg", "-o", "sweep.csv")
    assert done.returncode == 0
    names = [line.split(",")[0] for line in (tmp_path / "sweep.csv").read_text().splitlines()[1:]]
    assert list(dict.fromkeys(names)) == [f"leaky_relu:alpha={value}" for value in (0.1, 0.2, 0.3)]
    drawn = (tmp_path / "sweep.svg").read_text()
    assert [f"α = {value}" in drawn for value in (0.1, 0.2, 0.3)] == [True] * 3
    assert "negative_slope" not in drawn


def test_info_knows_what_the_page_says_of_sigmoid() -> None:
    text = call("info", "sigmoid")
    assert re.search(r"max slope +0\.25 at x = 0\n", text)
    assert re.search(r"range +\(0, 1\)\n", text)
    assert re.search(r"max slope +1\.1289 at x = 1\.41421\n", call("info", "gelu"))


def complete(line: str) -> str:
    words = line.split(" ")
    environment = clean_environment(_ACTPLOT_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv[0] = 'actplot'; from actplot.__main__ import main; main()",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout


def test_completion_knows_names_in_the_short_form_too() -> None:
    assert {"leaky_relu"} <= set(complete("actplot leak").split())
    assert {"list", "gallery", "gelu"} <= set((complete("actplot l") + complete("actplot g")).split())
    assert {"selu", "sigmoid", "softmax"} <= set(complete("actplot plot s").split())
    assert {"tanh"} <= set(complete("actplot relu tan").split())
    assert "--derivative" in complete("actplot relu --der")
    assert "gelu" in complete("actplot info ge")


def test_main_returns_the_exit_code() -> None:
    assert main(["nosuch"]) == 2
    assert main(["--version"]) == 0


def test_a_long_table_repeats_its_header() -> None:
    lines = call("relu", "tanh", "-d", "--table", "--range", "-60", "60").splitlines()
    heads = [number for number, line in enumerate(lines) if "f′(x)" in line]
    assert len(heads) == 4
    assert max(b - a for a, b in itertools.pairwise(heads)) <= 45
    assert len([line for line in call("relu", "--table", "-n", "30").splitlines() if "f(x)" in line]) == 1


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["relu", "gelu", "--annotate", "-o", "a.svg"], "--annotate marks a single function"),
        (["elu:alpha=1/2", "--annotate", "-o", "a.svg"], "--annotate marks a single function"),
        (["relu", "--at", "1,2", "--annotate", "-o", "a.svg"], "--annotate marks a curve over a range"),
        (["relu", "--terminal", "--annotate"], "--annotate marks a figure"),
        (["relu", "--responsive", "-o", "a.png"], "--responsive is for an SVG"),
        (["relu", "--responsive", "--table"], "--responsive is for an SVG"),
        (["relu", "--annotate", "--responsive", "-o", "a.svg"], None),
        (["relu", "--annotate", "--responsive", "--terminal", "-o", "a.png", "-o", "b.svg"], None),
    ],
)
def test_a_wish_that_nothing_fulfils_is_told_once(run: Run, arguments: list[str], note: str | None) -> None:
    done = run(*arguments)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 0
    assert [line.startswith(f"actplot: {note}") for line in lines] == ([True] if note else [])
    assert run(*arguments, "--quiet").stderr == b""


def test_words_at_the_axes_are_those_that_were_asked_for() -> None:
    plain = call("relu", "--text", "--format", "svg")
    assert "xlabel" not in plain
    assert "ylabel" not in plain
    named = call("relu", "--text", "--format", "svg", "--xlabel", "input of it", "--ylabel", "what comes out")
    assert "input of it" in named
    assert "what comes out" in named
