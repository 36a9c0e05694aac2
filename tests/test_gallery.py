"""The gallery: the command, its index, and the one that is committed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import actplot
from actplot.gallery.index import markdown
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
NAMES = actplot.names()


@pytest.mark.parametrize("name", NAMES)
def test_the_project_s_gallery_shows_every_activation(name: str) -> None:
    assert (ROOT / "gallery" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert f"({name}.png)" in (ROOT / "gallery" / "README.md").read_text()


def test_the_project_s_gallery_is_what_the_command_writes_now() -> None:
    index = markdown([actplot.get(name) for name in NAMES], ["png"])
    assert (ROOT / "gallery" / "README.md").read_text() == index, "run: actplot gallery gallery"


def test_the_project_s_gallery_holds_nothing_else_and_is_small() -> None:
    files = list((ROOT / "gallery").iterdir())
    assert {path.name for path in files} == {"README.md", *(f"{name}.png" for name in NAMES)}
    assert sum(path.stat().st_size for path in files) < 5_000_000


def test_a_gallery_in_every_format(run: Run, tmp_path: Path) -> None:
    done = run(
        "gallery",
        "new/out",
        "--only",
        "ReLU,step",
        "--only",
        "gelu",
        "--format",
        "png,svg,pdf",
        "--jobs",
        "2",
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "actplot: wrote 9 figures and README.md in new/out\n"
    files = {path.name for path in (tmp_path / "new/out").iterdir()}
    wanted = {f"{name}.{suffix}" for name in ("relu", "step", "gelu") for suffix in ("png", "svg", "pdf")}
    assert files == wanted | {"README.md"}
    index = (tmp_path / "new/out/README.md").read_text()
    for link in re.findall(r"\]\(([\w.]+)\)", index):
        assert link in files
    assert "\\max(0,\\, x)" in index


def test_the_number_of_jobs_changes_no_byte(run: Run, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        arguments = ("gallery", jobs, "--only", "tanh,mish,step", "--format", "png,svg", "--jobs", jobs, "-q")
        assert run(*arguments).stderr == b""
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_the_style_is_taken(run: Run, tmp_path: Path) -> None:
    for style in ("light", "dark"):
        assert run("gallery", style, "--only", "relu", "--style", style).returncode == 0
    assert (tmp_path / "light/relu.png").read_bytes() != (tmp_path / "dark/relu.png").read_bytes()


def test_what_was_in_the_folder_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("gallery", ".", "--only", "relu").returncode == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"
