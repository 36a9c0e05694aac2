"""What is too much is refused in one line, before it takes the memory; what only looks like much is done."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import actplot
from actplot.formula.nodes import is_written_in
from actplot.gallery.keys import style_key
from tests.conftest import Run, clean_environment, one_error_line

MEMORY = 500 * 2**20  # bytes
SWEEP = "elu:alpha=" + "/".join(str(n) for n in range(1, 65))


def nested(formula: str, times: int) -> str:
    text = "x"
    for _ in range(times):
        text = formula.format(text)
    return text


def bounded(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command, and end it where it works for more than ten seconds; assert how much memory it took."""
    source = (
        "import pathlib, resource, sys; from actplot.__main__ import main; code = main(sys.argv[1:]); "
        "pathlib.Path('peak').write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        capture_output=True,
        cwd=folder,
        env=clean_environment(**environment),
        check=False,
        timeout=100,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (10, 10)),
    )
    assert done.returncode >= 0, "it worked for ten seconds"
    assert int((folder / "peak").read_text()) * 1024 < MEMORY
    (folder / "peak").unlink()
    return done


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([SWEEP, "-d", "-n", "1000000", "-o", "f.png"], "64 curves of 1,000,000 points are too many to draw"),
        (["gelu", "-d", "--at=-5:5:1e-6", "-o", "a.svg"], "10,000,000 points are too many to draw"),
        (["relu", "--title", "x" * 40_000, "-o", "t.png"], "40,000 letters are too many for a title"),
        ([*[SWEEP] * 8, "-o", "a.png"], "512 curves in one picture can't be told apart"),
        (["info", nested("mish({})", 16)], "parts, too many to be searched"),
        ([nested("round({} + 0.1)", 16), "-d", "-o", "a.png"], "operations; at most 200 can be computed"),
        (["info", nested("round({} + 0.1)", 16)], "operations; at most 200 can be computed"),
        (["info", "**".join("x" * 20)], "second derivative has 452 parts, too many to be searched"),
        (["relu", "--at", "inf"], "none of the points is finite"),
        (["relu", "--at", "nan,inf", "-d", "--terminal"], "none of the points is finite"),
    ],
)
def test_too_much_is_refused_in_one_line(tmp_path: Path, arguments: list[str], part: str) -> None:
    done = bounded(tmp_path, *arguments)
    assert done.returncode == 2
    assert part in one_error_line(done)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_space_is_no_list_of_points(tmp_path: Path) -> None:
    (tmp_path / "points").write_bytes(b"1" * 200_000_000)
    done = bounded(tmp_path, "relu", "--at", "@points")
    assert "none of the points is finite" in one_error_line(done)


@pytest.mark.parametrize(
    "arguments",
    [
        ["relu", "--title", "x" * 1000, "-o", "t.png"],
        ["relu", "--title", "word " * 200, "-o", "t.svg"],
        ["relu", "-d", "--at=-1e308:1e308:1e305"],
        [nested("round({})", 30), "-d"],
        ["info", nested("round({})", 30)],
        [nested("mish({})", 16), "-d"],
        [nested("floor({}/2)", 30), "-d", "-o", "a.png"],
        ["gallery", "out", nested("logaddexp({}, 1)", 12), "--format", "csv", "--jobs", "1"],
        ["**".join("x" * 8), "-d", "-o", "a.png"],
        ["**".join("x" * 20), "-d", "--table"],
        ["info", nested("logaddexp({}, 1)", 12)],
    ],
)
def test_what_looks_like_much_is_done(tmp_path: Path, arguments: list[str]) -> None:
    done = bounded(tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    assert b"warn" not in done.stderr.lower()


@pytest.mark.parametrize("warnings", ["error", "default"])
def test_a_function_as_large_as_float64_beside_a_pole(tmp_path: Path, warnings: str) -> None:
    done = bounded(tmp_path, "1e308*x", "tan(x)", "-d", PYTHONWARNINGS=warnings)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_whole_number_is_not_rounded_again() -> None:
    once, often = (actplot.get(nested("round({})", times)) for times in (1, 20))
    x = np.linspace(-3.0, 3.0, 241)
    assert np.array_equal(often(x)[0], np.round(x) + 0.0)
    assert once.tree == often.tree
    assert actplot.get("floor(x/2 + ceil(x))")(0.5)[0] == 1.0


def test_a_tree_is_counted_as_it_would_be_written() -> None:
    tree = actplot.get(nested("mish({})", 16)).exact.tree(1)
    assert not is_written_in(100_000, tree)
    assert is_written_in(3, actplot.get("x + 1").tree)
    assert not is_written_in(2, actplot.get("x + 1").tree)


# ---- style sheets


CYCLES = [
    ("cycler('color', ['r'])*10000000", "s.mplstyle: axes.prop_cycle has 10,000,000 entries; at most 1,000 fit"),
    ("cycler('color', ['r']*10000000)", "has 10,000,000 entries"),
    ("cycler('color', 'r'*10000000)", "has 10,000,000 entries"),
    ("cycler('color', ['r', 'g']*50)*cycler('linewidth', [1, 2]*50)", "has 10,000 entries"),
    ("cycler('color', ['r']*9**9**9)", "is not made of plain lists"),
]


@pytest.mark.parametrize(("cycle", "part"), CYCLES)
def test_a_cycle_of_properties_is_measured_before_it_is_made(tmp_path: Path, cycle: str, part: str) -> None:
    (tmp_path / "s.mplstyle").write_text(f"axes.prop_cycle: {cycle}  # a word")
    done = bounded(tmp_path, "relu", "gelu", "--style", "s.mplstyle", "-o", "a.png")
    assert done.returncode == 2
    assert part in one_error_line(done)


@pytest.mark.parametrize(
    "cycle",
    [
        'cycler("color", ["#ff0000", "0000ff"])',
        "cycler('color', 'rgb') + cycler(linestyle=['-', (0, (1, 2)), '--'])",
        "cycler('color', ['r', 'g'])*cycler('linewidth', [1, 2.5])",
    ],
)
def test_other_cycles_are_drawn(tmp_path: Path, cycle: str) -> None:
    (tmp_path / "s.mplstyle").write_text(f"axes.prop_cycle: {cycle}  # 'a' word")
    done = bounded(tmp_path, "relu", "gelu", "--style", "s.mplstyle", "-o", "a.png")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "sheet",
    [
        "lines.linewidth: 0.001\naxes.prop_cycle: cycler('linestyle', ['--'])\nlines.dashed_pattern: 0.001, 0.001",
        "axes.prop_cycle: cycler('linestyle', [(0, (0.001, 0.001))])",
    ],
)
def test_dashes_too_fine_to_be_drawn_are_told(tmp_path: Path, sheet: str) -> None:
    (tmp_path / "s.mplstyle").write_text(sheet)
    done = bounded(tmp_path, "relu", "gelu", "-d", "--style", "s.mplstyle", "-o", "a.png")
    assert "0.001 is too small; it is 0, or 0.05 and more" in one_error_line(done)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The folder of the user's own style sheets."""
    folder = tmp_path / "conf/stylelib"
    folder.mkdir(parents=True)
    return folder


def test_a_sheet_of_the_user_s_that_nobody_asks_for_is_not_read(run: Run, library: Path) -> None:
    (library / "text.mplstyle").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(library / "pipe.mplstyle")
    (library / "folder.mplstyle").mkdir()
    environment = {"MPLCONFIGDIR": str(library.parent)}
    for style in ("light", "ggplot"):
        done = run("relu", "-d", "-o", "a.png", "--style", style, env=environment, timeout=30)
        assert (done.returncode, done.stderr) == (0, b"")
    for style, part in (("text", "it is not text"), ("pipe", "it is not a file"), ("folder", "it is not a file")):
        done = run("relu", "-o", "a.png", "--style", style, env=environment, timeout=30)
        assert part in one_error_line(done)


def test_a_sheet_of_the_user_s_has_a_name_of_its_own(run: Run, tmp_path: Path, library: Path) -> None:
    environment = {"MPLCONFIGDIR": str(library.parent)}
    for name in ("ggplot", "thick"):
        (library / f"{name}.mplstyle").write_text("lines.linewidth: 15")
    for name, style in (("a", "ggplot"), ("b", "thick"), ("c", "default")):
        done = run("relu", "-o", f"{name}.png", "--style", style, env=environment)
        assert (done.returncode, done.stderr) == (0, b"")
    assert run("relu", "-o", "d.png", "--style", "ggplot").returncode == 0
    a, b, c, d = ((tmp_path / f"{name}.png").read_bytes() for name in "abcd")
    assert a == d
    assert b != c


def test_a_gallery_sees_what_a_sheet_of_the_user_s_says(run: Run, library: Path) -> None:
    line, environment = ("gallery", "out", "relu", "--style", "mine"), {"MPLCONFIGDIR": str(library.parent)}
    for width, told in ((1, b"wrote 1 figure"), (1, b"unchanged"), (9, b"wrote 1 figure")):
        (library / "mine.mplstyle").write_text(f"lines.linewidth: {width}")
        done = run(*line, env=environment)
        assert told in done.stderr, done.stderr
    assert style_key("ggplot") != style_key("bmh")


@pytest.mark.parametrize("kind", ["no text", "pipe"])
def test_settings_of_the_current_folder_are_not_read(run: Run, tmp_path: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(tmp_path / "matplotlibrc")
    else:
        (tmp_path / "matplotlibrc").write_bytes(b"\xff\xfe")
    for line in (["relu", "-o", "a.png"], ["relu", "-o", "a.svg", "--style", "ggplot"], ["gallery", "out", "relu"]):
        done = run(*line, fresh=True, timeout=60)
        assert done.returncode == 0, done.stderr
    assert Path.cwd() != tmp_path


def test_an_address_is_a_path_like_any_other(run: Run, tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/a.mplstyle"  # nobody answers there
    (tmp_path / "http:/127.0.0.1:9").mkdir(parents=True)
    (tmp_path / "http:/127.0.0.1:9/a.mplstyle").write_text("lines.linewidth: 7")
    done = run("relu", "-o", "a.png", "--style", address)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "no such file" in one_error_line(run("relu", "-o", "a.png", "--style", "http://127.0.0.1:9/b.mplstyle"))
