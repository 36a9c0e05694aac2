"""What a gallery promises: keys that tell every change, indexes that come last, pictures of what they are named."""

from __future__ import annotations

import importlib.metadata
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import actplot
from actplot.console import output
from actplot.errors import UsageError, WorldError
from actplot.functions.reading import parse_specs
from actplot.gallery import keys
from actplot.gallery.index import INDEX
from actplot.gallery.ledger import FILE as LEDGER
from actplot.gallery.manner import USUAL, Manner
from actplot.gallery.names import Shown
from actplot.gallery.page import PAGE
from actplot.gallery.pictures import Order, Recipe
from actplot.gallery.run import Request, run
from actplot.gallery.selection import read_formats, read_jobs, select
from tests.walking import every, sparse

NAMES = every()
GALLERY = Path(__file__).parent.parent / "gallery"
ROOMS = sorted(
    path.name
    for path in keys.PACKAGE.iterdir()
    if path.is_dir() and path.name not in ("activations", "styles", "__pycache__")
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package that keys are made from."""
    copy = tmp_path / "actplot"
    shutil.copytree(keys.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "PACKAGE", copy)
    keys.package_key.cache_clear()
    yield copy
    keys.package_key.cache_clear()


def fresh_key() -> str:
    keys.package_key.cache_clear()
    return keys.package_key()


def test_the_key_of_the_package_covers_every_room(package: Path) -> None:
    seen = {fresh_key()}
    assert fresh_key() in seen
    for room in [*ROOMS, "."]:
        path = min((package / room).glob("*.py"))
        path.write_text(path.read_text() + "\n")
        key = fresh_key()
        assert key not in seen, f"{room} may change without a trace"
        seen.add(key)
    (package / "gallery" / "page.css").write_text("")
    assert fresh_key() not in seen


def test_what_has_a_key_of_its_own_is_left_out_of_the_package_s(package: Path) -> None:
    before = fresh_key()
    for name in ("activations/hard.py", "styles/dark.mplstyle"):
        (package / name).write_text("")
    (package / "formula" / "__pycache__").mkdir()
    (package / "formula" / "__pycache__" / "parse.pyc").write_bytes(b"compiled")
    assert fresh_key() == before


@pytest.mark.parametrize("library", ["numpy", "matplotlib", "pillow"])
def test_the_key_of_the_package_covers_the_libraries(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = fresh_key(), importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: real(name) + "1" * (name == library))
    changed = fresh_key()
    monkeypatch.undo()
    assert changed != before
    assert fresh_key() == before


def test_the_key_of_the_package_covers_this_one_s_and_python_s_version(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {fresh_key()}
    monkeypatch.setattr(actplot, "__version__", "99")
    seen.add(fresh_key())
    monkeypatch.setattr("sys.version", "99")
    seen.add(fresh_key())
    monkeypatch.undo()
    assert len(seen) == 3
    assert fresh_key() in seen


def test_a_file_s_key_tells_its_function_parameters_format_and_style(tmp_path: Path) -> None:
    def made_from(*specs: str, style: str = "light", formats: tuple[str, ...] = ("png", "csv")) -> list[str]:
        return list(Request(tmp_path, parse_specs(specs), formats, Manner((style,))).keys.values())

    found = [
        *made_from("elu"),
        *made_from("elu:alpha=2", "relu", "x*2", "x*3"),
        *made_from("elu", style="dark"),
        *made_from("a*x:a=1", "a*x:a=2"),
    ]
    assert len(set(found)) == len(found) == 16
    assert made_from("elu") == made_from("elu:alpha=1")[:2] != made_from("selu")


def test_the_indexes_key_tells_which_functions_and_formats(tmp_path: Path) -> None:
    def made_from(*specs: str, formats: tuple[str, ...] = ("png",)) -> set[str]:
        return set(Request(tmp_path, parse_specs(specs), formats).index_keys.values())

    found = [made_from("elu"), made_from("elu", "relu"), made_from("relu", "elu"), made_from("elu", formats=("csv",))]
    assert len(set().union(*found)) == 8


def test_the_indexes_are_written_when_all_that_they_link_to_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[set[str]] = []
    commit = output.commit

    def noted(files: list[tuple[Path, bytes]], *more: bytes, settled: bool = True) -> None:
        written.append({path.name for path, _ in files})
        commit(files, *more, settled=settled)

    monkeypatch.setattr(output, "commit", noted)
    run(Request(tmp_path / "out", parse_specs(["relu", "step", "x*2"]), ("csv",), quiet=True))
    claim, *tables, indexes, ledger = written
    assert claim == {LEDGER}
    assert len(tables) == 3
    assert all(name.endswith(".csv") for names in tables for name in names)
    assert (indexes, ledger) == ({INDEX, PAGE}, {LEDGER})


def grey(data: bytes) -> np.ndarray:
    """Return a picture in grey, small enough to compare it with many."""
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("L").resize((176, 143), Image.Resampling.BOX), dtype=float)


@pytest.fixture(scope="module")
def committed() -> dict[str, np.ndarray]:
    return {name: grey((GALLERY / f"{name}.png").read_bytes()) for name in NAMES}


@pytest.mark.parametrize("name", sorted({"relu", "gelu", *sparse()}))
def test_a_committed_picture_is_of_the_function_that_it_is_named_after(
    committed: dict[str, np.ndarray], name: str
) -> None:
    """The shapes are compared, as other versions of matplotlib may draw a pixel otherwise."""
    (activation,) = select([name])
    (data,) = Order(Recipe.of(activation), {"png": "a.png"}, USUAL)().files.values()
    drawn = grey(data)
    distance = {other: float(np.abs(drawn - picture).mean()) for other, picture in committed.items()}
    assert min(distance, key=lambda other: distance[other]) == name
    assert distance[name] < 1.0


def told(capsys: pytest.CaptureFixture[str], folder: Path, specs: list[str], **wanted: Any) -> str:
    """Run a gallery of tables, and return its note without the folder's name."""
    request = Request(folder, parse_specs(specs), wanted.pop("formats", ("csv",)), **wanted)
    run(request)
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err.replace(str(folder), "OUT")


def test_what_was_done_is_told_and_what_is_there_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, two = tmp_path / "out", ["relu", "step"]
    assert told(capsys, out, two) == "actplot: wrote 2 files, README.md and index.html in OUT\n"
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert told(capsys, out, two) == "actplot: 2 files in OUT unchanged\n"
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before
    assert told(capsys, out, [*two, "tanh"]) == "actplot: wrote 1 file, README.md and index.html in OUT; 2 unchanged\n"
    (out / "step.csv").write_text("mine")
    assert told(capsys, out, [*two, "tanh"]) == "actplot: wrote 1 file in OUT; 2 unchanged\n"
    assert (out / "step.csv").read_text().startswith("name,x,f,df\n")
    (out / PAGE).unlink()
    assert told(capsys, out, [*two, "tanh"]) == "actplot: wrote README.md and index.html in OUT; 3 unchanged\n"
    note = "actplot: wrote README.md and index.html in OUT; 1 unchanged; 2 files of earlier runs are still there\n"
    assert told(capsys, out, ["relu"]) == note
    note = "actplot: wrote 2 files, README.md and index.html in OUT; 1 file of earlier runs is still there\n"
    assert told(capsys, out, two, force=True) == note
    assert told(capsys, out, ["tanh"], quiet=True) == ""


def test_a_picture_is_told_as_a_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    note = told(capsys, out, ["relu"], formats=("svg",))
    assert note == "actplot: wrote 1 figure, README.md and index.html in OUT\n"
    assert told(capsys, out, ["relu"], formats=("svg",)) == "actplot: 1 figure in OUT unchanged\n"


@pytest.mark.parametrize(
    "damage",
    [
        '{"format": 2, "files": {FILES}}',
        '{"files": {FILES}}',
        "[]",
        '{"format": 1, "files": {"relu.csv": ["00", "00"]}}',
        '{"format": 1, "files": {"relu.csv": []}}',
        "",
    ],
)
def test_a_ledger_that_is_none_of_ours_names_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    out = tmp_path / "out"
    told(capsys, out, ["relu"])
    files = (out / LEDGER).read_text().partition('"files": ')[2].rstrip("}\n")
    (out / LEDGER).write_text(damage.replace("FILES", files.lstrip("{")))
    before = {path: path.read_bytes() for path in out.iterdir()}
    if "relu.csv" not in damage:
        with pytest.raises(WorldError, match=r"README.md and 2 other files were not written by this gallery"):
            told(capsys, out, ["relu"])
        assert {path: path.read_bytes() for path in out.iterdir()} == before
    note = "actplot: wrote 1 file, README.md and index.html in OUT\n"
    assert told(capsys, out, ["relu"], force=True) == note
    assert told(capsys, out, ["relu"]) == "actplot: 1 file in OUT unchanged\n"


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("png", ("png",)),
        ("SVG, csv,svg,", ("svg", "csv")),
        ("pdf,json,png", ("pdf", "json", "png")),
        ("tex,md", ("tex", "md")),
    ],
)
def test_formats_are_taken_once_each_in_their_order(text: str, formats: tuple[str, ...]) -> None:
    assert read_formats(text) == formats


@pytest.mark.parametrize("text", ["", " , ", "yaml", "png,text"])
def test_what_is_no_format_of_a_gallery_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="choose from png, svg, pdf, csv, json, md, tex"):
        read_formats(text)


def test_the_number_of_processes() -> None:
    assert (read_jobs("1"), read_jobs("256")) == (1, 256)
    assert 1 <= read_jobs(None) <= (os.cpu_count() or 1)
    for text in ("0", "257", "1.5", "-1", "two", "nan"):
        with pytest.raises(UsageError, match="is not a whole number from 1 to 256"):
            read_jobs(text)


def test_what_fails_is_told_five_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Recipe.make

    def fail(recipe: Recipe) -> Shown:
        if recipe.name != "relu":
            raise ZeroDivisionError("by\nnothing")
        return make(recipe)

    specs = ["relu", "elu", "selu", "tanh", "step", "gelu", "silu", "mish"]
    request = Request(tmp_path / "out", parse_specs(specs), ("csv",), quiet=True)
    run(request)  # the indexes are there: only the tables are made anew
    for name in specs:
        (tmp_path / "out" / f"{name}.csv").unlink()
    monkeypatch.setattr(Recipe, "make", fail)
    with pytest.raises(WorldError) as caught:
        run(request)
    why = "(ZeroDivisionError: by nothing)"
    named = ", ".join(f"{name} {why}" for name in specs[1:6])
    assert str(caught.value) == f"7 figures failed: {named} and 2 more; the others are in {tmp_path / 'out'}"
    assert sorted(path.name for path in (tmp_path / "out").glob("*.csv")) == ["relu.csv"]


@pytest.mark.parametrize("name", [INDEX, PAGE])
def test_an_index_of_someone_else_s_is_not_replaced(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("the front page of my project")
    request = Request(tmp_path, parse_specs(["relu"]), ("csv",), quiet=True)
    with pytest.raises(WorldError, match=f"{name} was not written by this gallery"):
        run(request)
    assert [each.name for each in tmp_path.iterdir()] == [name]
    run(replace(request, force=True))
    path.write_text("ours, changed by hand")
    run(request)
    assert "ReLU" in path.read_text()
