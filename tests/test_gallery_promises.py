"""What a gallery promises: keys that tell every change, indexes that come last, pictures of what they are named."""

from __future__ import annotations

import importlib.metadata
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import actplot
from actplot.console import output
from actplot.functions.reading import parse_specs
from actplot.gallery import keys
from actplot.gallery.index import INDEX
from actplot.gallery.ledger import FILE as LEDGER
from actplot.gallery.page import PAGE
from actplot.gallery.pictures import Order, Recipe
from actplot.gallery.run import Request, run

NAMES = actplot.names()
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
        return list(Request(tmp_path, parse_specs(specs), formats, style).keys.values())

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

    def noted(files: list[tuple[Path, bytes]], *more: bytes) -> None:
        written.append({path.name for path, _ in files})
        commit(files, *more)

    monkeypatch.setattr(output, "commit", noted)
    run(Request(tmp_path / "out", parse_specs(["relu", "step", "x*2"]), ("csv",), quiet=True))
    *tables, indexes, ledger = written
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


@pytest.mark.parametrize("name", NAMES if "ACTPLOT_FUZZ" in os.environ else sorted({"relu", "gelu", *NAMES[::5]}))
def test_a_committed_picture_is_of_the_function_that_it_is_named_after(
    committed: dict[str, np.ndarray], name: str
) -> None:
    """The shapes are compared, as other versions of matplotlib may draw a pixel otherwise."""
    (data,) = Order(Recipe.of(actplot.get(name)), {"png": "a.png"}, "light")().values()
    drawn = grey(data)
    distance = {other: float(np.abs(drawn - picture).mean()) for other, picture in committed.items()}
    assert min(distance, key=lambda other: distance[other]) == name
    assert distance[name] < 1.0
