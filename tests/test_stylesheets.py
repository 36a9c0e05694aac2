"""Style sheets that users write: each gives a figure, or one line that names the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import actplot
from actplot.errors import UsageError
from actplot.figures.appearance import stylesheet
from actplot.gallery.keys import style_key
from tests.conftest import Run, one_error_line

BOTH = ("-o", "a.png", "-o", "a.svg", "-o", "a.pdf")
SHEET = "s.mplstyle"

REFUSED = [
    ("figure.figsize: 0, 0", "figure.figsize: 0 is out of bounds; it is 1 to 100"),
    ("figure.figsize: -3, 4", "out of bounds"),
    ("figure.figsize: nan, 4", "out of bounds"),
    ("figure.figsize: 4, inf", "out of bounds"),
    ("figure.figsize: 1e9, 1e9", "out of bounds"),
    ("font.size: 1e300", "font.size: 1e+300 is out of bounds"),
    ("font.size: nan", "out of bounds"),
    ("font.size: 0", "out of bounds"),
    ("figure.dpi: 0", "figure.dpi: 0 is out of bounds; it is 10 to 10000"),
    ("savefig.dpi: 1e9", "out of bounds"),
    ("savefig.dpi: nan", "out of bounds"),
    ("lines.linewidth: nan", "lines.linewidth: nan is out of bounds"),
    ("lines.markersize: 1e300", "out of bounds"),
    ("axes.titlesize: 1e300", "out of bounds"),
    ("path.sketch: nan, nan, nan", "out of bounds"),
    ("axes.prop_cycle: cycler('color', [])", "axes.prop_cycle is empty"),
    ("axes.prop_cycle: cycler('linewidth', [1, 1e300])", "out of bounds"),
    ("axes.prop_cycle: cycler('linewidth', [1e-9]) + cycler('linestyle', ['--'])", "1e-09 is too small"),
    ("lines.dashed_pattern: 1e-9, 1e-9", "too small"),
    ("grid.alpha: 7", "matplotlib can't draw with it (alpha (7.0) is outside 0-1 range)"),
    ("font.style: nonsense", "matplotlib can't draw with it"),
    ("lines.marker: $\\frac$", "matplotlib can't draw with it"),
    ("figure.subplot.left: 0.99", "matplotlib can't draw with it"),
    ("backend: nonsense", "line 1: 'backend: nonsense' is not a setting"),
    ("mathtext.fontset: nonsense", "not a setting"),
    ("lines.linewidth: 1\nlines.linewidth: 2", "line 2"),
]
DRAWN = [
    "",
    "savefig.format: gif",
    "font.family: NoSuchFont",
    "font.family:",
    "axes.formatter.use_locale: True",
    "path.sketch: 1, 100, 2",
    "path.effects: [withStroke()]",
    "pdf.fonttype: 42",
    "text.usetex: True",
    "text.latex.preamble: \\nonsense",
    "mathtext.fontset: custom",
    "image.lut: 100000",
    "axes.prop_cycle: cycler('linestyle', ['-', ':'])",
]


@pytest.mark.parametrize(("sheet", "part"), REFUSED)
def test_a_sheet_that_nothing_can_be_drawn_with_is_told(run: Run, tmp_path: Path, sheet: str, part: str) -> None:
    (tmp_path / SHEET).write_text(sheet)
    done = run("relu", "gelu", "-d", "--style", SHEET, *BOTH)
    line = one_error_line(done)
    assert done.returncode == 2
    assert line.startswith(f"actplot: error: {SHEET}")
    assert part in line
    assert [path.name for path in tmp_path.iterdir()] == [SHEET]


@pytest.mark.parametrize("sheet", DRAWN)
def test_other_sheets_give_a_figure_and_nothing_is_printed(run: Run, tmp_path: Path, sheet: str) -> None:
    (tmp_path / SHEET).write_text(sheet)
    done = run("relu", "gelu", "-d", "--style", SHEET, *BOTH)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert all((tmp_path / name).stat().st_size > 5000 for name in ("a.png", "a.svg", "a.pdf"))


def test_what_is_no_file_is_not_read(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mplstyle")
    (tmp_path / "folder.mplstyle").mkdir()
    (tmp_path / "zero.mplstyle").symlink_to("/dev/zero")
    for name in ("pipe", "folder", "zero"):
        for line in (["relu", "-o", "a.png"], ["gallery", "out", "relu"]):
            done = run(*line, "--style", f"{name}.mplstyle")
            assert done.returncode == 1
            assert f"cannot read the style sheet {name}.mplstyle: it is not a file" in one_error_line(done)


def test_a_sheet_is_read_no_farther_than_one_can_be_long(run: Run, tmp_path: Path) -> None:
    with open(tmp_path / SHEET, "wb") as file:
        file.truncate(10**12)  # a hole, which takes no room on the disk and none in memory unless it is read
    for line in (["relu", "-o", "a.png"], ["gallery", "out", "relu"]):
        done = run(*line, "--style", SHEET)
        assert done.returncode == 2
        assert f"{SHEET} is not a style sheet; it is longer than" in one_error_line(done)


def test_a_long_sheet_can_be_read(tmp_path: Path) -> None:
    text = "# a word\n".ljust(stylesheet.LONGEST, "#")
    (tmp_path / SHEET).write_text(text)
    assert stylesheet.read_sheet(tmp_path / SHEET) == text.encode()
    assert style_key(str(tmp_path / SHEET)) != style_key(str(tmp_path / "other.mplstyle"))


def test_a_sheet_runs_no_code(tmp_path: Path) -> None:
    from matplotlib import rcParams

    from actplot.figures.appearance.looks import applied, find

    (tmp_path / SHEET).write_text("figure.hooks: os:abort")
    with applied(find(str(tmp_path / SHEET))):
        assert rcParams["figure.hooks"] == []


def test_a_fault_of_ours_is_not_blamed_on_a_sheet() -> None:
    from actplot.figures.appearance.looks import applied, find

    with pytest.raises(ZeroDivisionError), applied(find("light")):
        raise ZeroDivisionError


def test_python_is_told_too(tmp_path: Path) -> None:
    (tmp_path / SHEET).write_text("grid.alpha: 7")
    with pytest.raises(UsageError, match="can't draw with it"):
        actplot.figure("relu", style=str(tmp_path / SHEET))
