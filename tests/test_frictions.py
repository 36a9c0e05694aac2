"""Small things that stand in the way: what is given twice, missing, unknown or of the wrong type is told."""

from __future__ import annotations

import copy
import pickle
import re
from pathlib import Path

import numpy as np
import pytest

import actplot
from actplot.__main__ import main
from actplot.errors import UsageError
from actplot.terminal.glyphs import RAMP
from tests.conftest import Run, one_error_line
from tests.terminals import on_terminal, without_styles

LINES = [
    (["relu", "--at", "1", "--at", "2", "--table"], "--at is given twice; give it once"),
    (["relu", "--at=1", "--at", "2", "--table"], "--at is given twice"),
    (["relu", "-r", "0", "1", "--range", "1", "2", "--table"], "--range is given twice"),
    (["relu", "-n5", "-n", "6", "--table"], "-n is given twice"),
    (["relu", "--title", "a", "--title", "b", "--table"], "--title is given twice"),
    (["relu", "--scale", "2", "--scale", "3", "--table"], "--scale is given twice"),
    (["check", "relu", "--seed", "1", "--seed", "2"], "--seed is given twice"),
    (["relu", "--at", "1,,2", "--table"], "nothing stands between the commas after '1,'"),
    (["relu", "--style", "nosuch", "--table"], "no style named 'nosuch'"),
    (["relu", "--style", "nosuch", "--format", "csv"], "no style named 'nosuch'"),
    (["elu:alpha=1/2/3", "-n", "1000000", "-o", "a.png"], "3 curves of 1,000,000 points are too many to draw"),
    (
        ["relu", "--at=-5:5:1e-6", "-o", "a.svg"],
        "10,000,000 points are too many to draw; at most 1,000,000 fit",
    ),
    (["relu", "--at=-5:5:1e-6", "--terminal"], "10,000,000 points are too many to draw"),
    (["relu"] * 129 + ["-o", "a.png"], "129 curves in one picture can't be told apart"),
    (["relu", "--title", "t" * 40_000, "-o", "a.png"], "--title: 40,000 letters are too many for a title"),
    (
        ["relu:alpha=0.1", "leaky_relu", "--table"],
        "relu has no parameter 'alpha'; it takes none, and leaky_relu beside it has alpha: write leaky_relu:alpha=…",
    ),
    (["gelu", "relu6:negative_slope=0.1", "Leaky-ReLU:alpha=2", "--table"], "Leaky-ReLU beside it has negative_slope"),
    (["relu", "x*sigmoid(b*x):b=1,c=2", "--table"], "x*sigmoid(b*x) has no parameter 'c'; its parameters: b"),
    (["relu", "b*x", "c*x:c=1", "--table"], "b*x needs a value for b"),
    (["relu", "--nosuch"], "'actplot plot --help' shows what there is"),
    (["gallery", "out", "--nosuch"], "'actplot gallery --help' shows what there is"),
    (["check", "--nosuch"], "'actplot check --help' shows what there is"),
]


@pytest.mark.parametrize(("line", "part"), LINES, ids=[" ".join(line)[:40] for line, _ in LINES])
def test_a_slip_is_told_in_one_line(
    line: list[str],
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(line) == 2
    assert list(tmp_path.iterdir()) == []
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("actplot: error: ")
    assert captured.err.count("\n") == 1
    assert part in captured.err


FINE = [
    ["relu", "--title", "--title", "--at", "1", "--format", "csv"],
    ["relu", "-d", "-d", "--at", "1", "--format", "csv"],
    ["relu", "--at", "1, 2,\n3,", "--format", "csv"],
    ["relu", "-d", "--at", "0", "--at-kink", "pytorch", "--format", "csv"],
    ["relu", "--at=-1e308:1e308:1e305", "--format", "csv"],
    ["relu", "--style", "dark", "--at", "1", "--format", "csv"],
]


@pytest.mark.parametrize("line", FINE, ids=[" ".join(line)[:40] for line in FINE])
def test_what_is_clear_is_done(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("name,x,f")
    assert captured.err == ""


def test_a_range_wider_than_float64_has_its_points(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relu", "--at=-1e308:1e308:5e307", "--format", "csv"]) == 0
    assert [line.split(",")[1] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "-1e+308",
        "-5e+307",
        "0.0",
        "5e+307",
    ]


@pytest.mark.parametrize("x", [10**400, 1j, np.array([1j]), "abc", None, [[1], [1, 2]], object()])
def test_points_of_a_wrong_type_raise_the_documented_error(x: object) -> None:
    with pytest.raises(UsageError, match="x must be a number or an array of numbers"):
        actplot.get("relu")(x)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["x", None, [1.0], b"1"])
def test_parameters_of_a_wrong_type_raise_the_documented_error(value: object) -> None:
    with pytest.raises(UsageError, match=r"elu: alpha=.* is not a number"):
        actplot.get("elu", alpha=value)


@pytest.mark.parametrize("spec", [5, None, b"relu", ["relu"]])
def test_a_name_of_a_wrong_type_raises_the_documented_error(spec: object) -> None:
    with pytest.raises(UsageError, match="a function is named by a text, such as 'gelu', or is a callable, not "):
        actplot.get(spec)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spec", ["gelu", "elu:alpha=2", "x*sigmoid(x)", "x**k:k=3", "np.maximum(0, x)", r"\max(0, x)", "LeakyReLU(0.2)"]
)
def test_functions_are_copied_compared_and_hashed_by_what_they_are(spec: str) -> None:
    activation = actplot.get(spec)
    expected = activation([-1.5, 0.25])
    for other in (actplot.get(spec), copy.copy(activation), pickle.loads(pickle.dumps(activation))):
        assert other == activation
        assert hash(other) == hash(activation)
        np.testing.assert_array_equal(other([-1.5, 0.25]), expected)
    assert copy.deepcopy(activation) == activation
    assert len({activation, actplot.get(spec), actplot.get("tanh")}) == 2


def test_functions_that_differ_are_unequal() -> None:
    specs = ["elu", "elu:alpha=2", "celu", "x**k:k=3", "x**k:k=2", "x*x", "x**2"]
    assert len({actplot.get(spec) for spec in specs}) == len(specs)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("1\n2\nabc\n", "line 3: 'abc' is not a number"),
        ("1,2\n\n\n3,4x,5\n", "line 4: '4x' is not a number"),
        ("1\r\n2\r\n1_0\r\n", "line 3: '1_0' is not a number"),
        ("0:1:0.5\n1:2:0\n", "line 2: the step of '1:2:0' is zero"),
        ("1,2\n3,,4\n", "line 2: nothing stands between the commas after '3,'"),
        ("1,\n,4\n", "line 1: nothing stands between the commas after '1,'"),
    ],
)
def test_a_bad_number_in_a_file_is_told_with_its_line(run: Run, tmp_path: Path, content: str, part: str) -> None:
    (tmp_path / "points").write_bytes(content.encode())
    for points, stdin, name in (("@points", b"", "points"), ("-", content.encode(), "standard input")):
        done = run("relu", "--at", points, "--format", "csv", stdin=stdin)
        assert done.returncode == 2
        assert f"error: {name}, {part}" in one_error_line(done)


@pytest.mark.parametrize("line", ["list hard", "info gelu", "relu gelu silu mish -d --table", "relu -d"])
def test_a_dumb_terminal_has_as_many_columns_as_another(line: str, tmp_path: Path) -> None:
    shown = on_terminal(*line.split(), cwd=tmp_path, width=100, NO_COLOR="1")
    dumb = on_terminal(*line.split(), cwd=tmp_path, width=100, TERM="dumb")
    plain = [row.rstrip() for row in without_styles(shown).splitlines()]
    assert [row.rstrip() for row in dumb.splitlines()] == plain


def test_a_terminal_is_told_what_was_written_in_one_line(run: Run, tmp_path: Path) -> None:
    def told(*arguments: str) -> str:
        return on_terminal("relu", *arguments, cwd=tmp_path, stream="stderr")

    assert told("-o", "a.csv") == "actplot: wrote a.csv\n"
    assert told("-o", "a.svg", "-o", "b.csv", "-o", "c.tex") == "actplot: wrote a.svg, b.csv and c.tex\n"
    assert told("-o", "a.csv", "--quiet") == ""
    assert told("--format", "csv") == ""
    assert run("relu", "-o", "a.csv").stderr == b""


def colours_of(shown: str) -> dict[str, str]:
    """Return the colour of each name in the key of a chart."""
    key = shown.splitlines()[0]
    return {name: number for number, name in re.findall(r"\x1b\[38;5;(\d+)m\S+\x1b\[0m (\S+ = \S+|\w+)", key)}


def test_a_sweep_in_the_terminal_has_the_ramp(tmp_path: Path) -> None:
    shown = on_terminal("elu:alpha=2/0.5/1", cwd=tmp_path, FORCE_COLOR="1")
    ramp = re.findall(r"\d+", " ".join(RAMP))
    assert colours_of(shown) == {"α = 0.5": ramp[0], "α = 1": ramp[4], "α = 2": ramp[-1]}
    others = colours_of(on_terminal("elu", "gelu", "silu", cwd=tmp_path, FORCE_COLOR="1"))
    assert others == {"ELU": "33", "GELU": "202", "SiLU": "28"}


def test_the_ramp_stands_out_from_black_and_from_white() -> None:
    levels = (0, 95, 135, 175, 215, 255)

    def linear(part: int) -> float:
        share = levels[part] / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    for code in re.findall(r"\d+", " ".join(RAMP)):
        number = int(code) - 16
        red, green, blue = linear(number // 36), linear(number // 6 % 6), linear(number % 6)
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (luminance + 0.05) >= 3
        assert (luminance + 0.05) / 0.05 >= 3
