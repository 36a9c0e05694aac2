"""What every figure of a gallery may be asked to be, and whose files a gallery may replace."""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from actplot.curves.content import Wanted
from actplot.figures.formats.page_setup import PageSetup
from actplot.functions.reading import parse_specs
from actplot.gallery.index import INDEX
from actplot.gallery.ledger import FILE as LEDGER
from actplot.gallery.ledger import Ledger
from actplot.gallery.manner import USUAL, Manner
from actplot.gallery.page import PAGE
from actplot.gallery.run import Request
from tests.conftest import Run, one_error_line


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# ---- how functions are shown


def test_all_tables_take_the_range_and_the_second_derivative(run: Run, tmp_path: Path) -> None:
    asked = ("gallery", "out", "x**3", "relu", "-r", "-1", "2", "--second", "--format", "csv,json,md,tex")
    assert run(*asked).stderr == b"actplot: wrote 8 files, README.md and index.html in out\n"
    out = tmp_path / "out"
    rows = list(csv.DictReader((out / "relu.csv").read_text().splitlines()))
    assert list(rows[0]) == ["name", "x", "f", "df", "d2f"]
    assert (float(rows[0]["x"]), float(rows[-1]["x"])) == (-1.0, 2.0)
    assert [row["d2f"] for row in rows if row["x"] == "0.0"] == [""]
    (curve,) = json.loads((out / "relu.json").read_text())["curves"]
    assert (curve["x"][0], curve["x"][-1], curve["d2f"][0]) == (-1.0, 2.0, 0.0)
    assert (out / "relu.md").read_text() == (
        "**ReLU**\n\n"
        "|  x | f(x) |  f′(x) |     f″(x) |\n"
        "| -: | ---: | -----: | --------: |\n"
        "| -1 |    0 |  0     |         0 |\n"
        "|  0 |    0 | 0 \\| 1 | undefined |\n"
        "|  1 |    1 |  1     |         0 |\n"
        "|  2 |    2 |  1     |         0 |\n"
    )
    cube = next(path for path in out.glob("*.tex") if path.name != "relu.tex").read_text()
    assert re.search(r"^ *2 & 8 & 12 & 12 \\\\$", re.sub(" +", " ", cube), re.MULTILINE)
    index = (out / INDEX).read_text()
    assert "f, f′ and f″ from top to bottom" in index
    assert "[md](relu.md) [tex](relu.tex)" in index


def test_all_tables_have_the_gradient_of_training_at_their_own_points(run: Run, tmp_path: Path) -> None:
    """The gradient of the sign is 1 from -1 to 1, and these corners are no points of the grid."""
    done = run("gallery", "out", "ste_sign", "-r", "-2", "2.5", "--format", "csv,json", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = list(csv.DictReader((tmp_path / "out/ste_sign.csv").read_text().splitlines()))
    assert list(rows[0]) == ["name", "x", "f", "df", "gradient"]
    assert [float(row["gradient"]) for row in rows] == [float(abs(float(row["x"])) <= 1) for row in rows]
    (curve,) = json.loads((tmp_path / "out/ste_sign.json").read_text())["curves"]
    assert len(curve["gradient"]) == len(curve["x"]) == len(rows) == 501  # 500, and the jump at 0


def test_a_range_without_integers_still_has_tables(run: Run, tmp_path: Path) -> None:
    assert run("gallery", "out", "identity", "-r", "0.25", "0.75", "--format", "md", "-q").returncode == 0
    rows = (tmp_path / "out/identity.md").read_text().splitlines()[4:]
    assert [row.split("|")[1].strip() for row in rows][::5] == ["0.25", "0.5", "0.75"]


def test_figures_take_size_ground_and_panels(run: Run, tmp_path: Path) -> None:
    asked = ("--size", "3x5", "--transparent", "--second", "-r", "-2", "2", "--format", "png,svg", "-q")
    assert run("gallery", "out", "tanh", *asked).returncode == 0
    with Image.open(tmp_path / "out/tanh.png") as image:
        assert image.size == (330, 550)
        assert image.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 0)
    picture = (tmp_path / "out/tanh.svg").read_text()
    assert 'id="d2f-tanh"' in picture
    assert "for x from -2 to 2" in picture


def test_figures_are_as_large_as_is_asked_for_and_say_where_they_are_not(run: Run, tmp_path: Path) -> None:
    asked = ("--format", "svg", "-q")
    for folder, options in (("usual", ()), ("talk", ("--scale", "talk")), ("number", ("--scale", "1.5"))):
        assert run("gallery", folder, "relu", *options, *asked).returncode == 0
    usual, talk, number = ((tmp_path / name / "relu.svg").read_bytes() for name in ("usual", "talk", "number"))
    assert talk == number
    assert (b"stroke-width: 2" in usual, b"stroke-width: 3" in talk) == (True, True)
    assert (b"stroke-width: 3" in usual, b"stroke-width: 2;" in talk) == (False, False)
    done = run("gallery", "small", "relu", "gelu", "--scale", "poster", "--size", "6x4")
    assert done.stderr.decode().splitlines() == [
        "actplot: gelu, relu: words 5 times as large have no room; they are 1.4 times as large",
        "actplot: wrote 2 figures, README.md and index.html in small",
    ]


@pytest.mark.parametrize(
    "manner",
    [
        Manner(("dark",)),
        Manner(wanted=Wanted(derivative=True, second=True)),
        Manner(bounds=(-1.0, 2.0)),
        Manner(page=PageSetup((3.0, 2.0), USUAL.page.dpi)),
        Manner(page=replace(USUAL.page, transparent=True)),
        Manner(page=replace(USUAL.page, scale=1.5)),
    ],
    ids=["style", "second", "range", "size", "ground", "scale"],
)
def test_the_keys_tell_every_manner(tmp_path: Path, manner: Manner) -> None:
    usual = Request(tmp_path, parse_specs(["relu", "step"]))
    other = replace(usual, manner=manner)
    assert not set(usual.keys.values()) & set(other.keys.values())
    shown_otherwise = manner.wanted != USUAL.wanted or manner.bounds is not None
    assert (usual.index_keys != other.index_keys) == shown_otherwise


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([""], "the folder has no name"),
        (["  "], "the folder has no name"),
        (["out", "-r", "2", "1"], "reversed"),
        (["out", "-r", "0", "1e301"], "too wide to draw"),
        (["out", "--size", "3"], "is not WxH"),
        (["out", "--scale", "big"], "--scale: 'big' is no number; write one such as 1.5, or talk or poster"),
        (["out", "--format", "text"], "choose from png, svg, pdf, csv, json, md, tex"),
    ],
)
def test_what_can_not_be_drawn_is_told_before_anything_is_made(
    run: Run, tmp_path: Path, arguments: list[str], part: str
) -> None:
    done = run("gallery", *arguments)
    assert part in one_error_line(done)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


# ---- whose files they are


@pytest.mark.parametrize("name", ["relu.csv", "gelu.csv", INDEX, PAGE])
@pytest.mark.parametrize("kind", ["text", "looks like ours", "a link to nothing", "a pipe", "a folder"])
def test_what_no_gallery_wrote_is_never_replaced(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = out / name
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a link to nothing":
        path.symlink_to(tmp_path / "nowhere")
    else:
        heading = b"# Activation functions and their derivatives\n\nmine"
        path.write_bytes(heading if kind == "looks like ours" else b"mine")
    before = contents(out)
    done = run("gallery", "out", "relu", "gelu", "--format", "csv")
    why = {
        "a pipe": f"cannot write out/{name}: it is not a file",
        "a folder": f"cannot write out/{name}: it is not a file",
    }.get(kind, f"out/{name} was not written by this gallery ({LEDGER} does not name it)")
    assert one_error_line(done).startswith(f"actplot: error: {why}")
    assert done.returncode == 1
    assert contents(out) == before
    assert [each.name for each in out.iterdir()] == [name]
    if kind in ("text", "looks like ours", "a link to nothing"):
        assert run("gallery", "out", "relu", "gelu", "--format", "csv", "--force", "-q").returncode == 0
        assert run("gallery", "out", "relu", "gelu", "--format", "csv", "-q").returncode == 0
        assert b"mine" not in path.read_bytes()


def test_what_is_not_to_be_written_may_be_anyone_s(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gelu.csv").write_text("mine")
    (tmp_path / "relu.png").write_text("mine")
    assert run("gallery", ".", "relu", "--format", "csv", "-q").returncode == 0
    assert (tmp_path / "gelu.csv").read_text() == (tmp_path / "relu.png").read_text() == "mine"
    assert one_error_line(run("gallery", ".", "relu", "gelu", "--format", "csv")).startswith(
        "actplot: error: gelu.csv was"
    )
    assert (tmp_path / "gelu.csv").read_text() == "mine"


def test_what_is_claimed_is_ours_even_if_the_run_is_killed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.claim(["relu.csv", "gelu.csv"])
    (tmp_path / "relu.csv").write_bytes(b"half of a run")
    after = Ledger(tmp_path)
    assert after.strangers(["relu.csv", "gelu.csv"]) == []
    assert not after.is_current("relu.csv", "0" * 64)
    ledger.release()
    assert [Ledger(tmp_path).knows(name) for name in ("relu.csv", "gelu.csv")] == [True, False]
    (tmp_path / "gelu.csv").write_bytes(b"someone else's")
    assert Ledger(tmp_path).strangers(["relu.csv", "gelu.csv"]) == ["gelu.csv"]


def test_what_another_run_claims_meanwhile_is_no_stranger(tmp_path: Path) -> None:
    early = Ledger(tmp_path)
    Ledger(tmp_path).claim(["relu.csv"])
    (tmp_path / "relu.csv").write_bytes(b"of the other run")
    assert early.strangers(["relu.csv"]) == []


def test_a_ledger_that_is_a_pipe_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / LEDGER)
    assert not Ledger(tmp_path).knows("relu.csv")
