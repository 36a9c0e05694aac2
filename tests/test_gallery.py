"""The gallery: what the command chooses, draws, leaves as it is and tells; and the one that is committed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actplot.activations import FAMILIES
from actplot.activations.pairs import FAMILY, PAIRS
from actplot.functions.reading import parse_specs
from actplot.functions.registry import is_name
from actplot.gallery.index import INDEX, markdown
from actplot.gallery.ledger import FILE as LEDGER
from actplot.gallery.manner import USUAL
from actplot.gallery.page import PAGE, html
from actplot.gallery.pictures import Order, Recipe
from actplot.gallery.selection import select
from actplot.gallery.workers import Failure, work_off
from tests.conftest import Run, clean_environment, one_error_line
from tests.terminals import on_terminal
from tests.walking import every, look_at

ROOT = Path(__file__).parent.parent
NAMES = every()
SHOWN = [*NAMES, *PAIRS]
INDEXES = {INDEX, PAGE}
OWN = {*INDEXES, LEDGER}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@look_at(SHOWN)
def test_the_project_s_gallery_shows_every_activation(name: str) -> None:
    assert (ROOT / "gallery" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert f"({name}.png)" in (ROOT / "gallery" / INDEX).read_text()


@pytest.mark.parametrize(("name", "make"), [(INDEX, markdown), (PAGE, html)])
def test_the_project_s_gallery_is_what_the_command_writes_now(name: str, make: type[str]) -> None:
    index = make(select(SHOWN), ["png"])  # type: ignore[call-overload]
    assert (ROOT / "gallery" / name).read_text() == index, "run: actplot gallery gallery --force"


def test_the_project_s_gallery_holds_nothing_else_and_is_small() -> None:
    files = [path for path in (ROOT / "gallery").iterdir() if path.name not in (LEDGER, "networks", "frameworks")]
    assert {path.name for path in files} == {*INDEXES, *(f"{name}.png" for name in SHOWN)}
    assert sum(path.stat().st_size for path in files) < 50_000 * len(SHOWN)


def test_a_gallery_in_every_format(run: Run, tmp_path: Path) -> None:
    formats = "png,svg,pdf,csv,json"
    done = run("gallery", "new/out", "--only", "ReLU,step", "--only", "gelu", "--format", formats, "--jobs", "2")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "actplot: wrote 15 files, README.md and index.html in new/out\n"
    files = {path.name for path in (tmp_path / "new/out").iterdir()}
    wanted = {f"{name}.{suffix}" for name in ("relu", "step", "gelu") for suffix in formats.split(",")}
    assert files == wanted | OWN
    index = (tmp_path / "new/out/README.md").read_text()
    for link in re.findall(r"\]\(([\w.]+)\)", index):
        assert link in files
    assert "\\max(0,\\, x)" in index


def test_the_numbers_are_those_of_the_picture(run: Run, tmp_path: Path) -> None:
    assert run("gallery", "out", "relu", "--format", "csv").returncode == 0
    rows = (tmp_path / "out/relu.csv").read_text().splitlines()
    assert rows[0] == "name,x,f,df"
    assert "relu,0.0,0.0," in rows  # the kink, on which no point of the grid falls
    assert len(rows) == 502


def test_the_number_of_jobs_changes_no_byte(run: Run, tmp_path: Path) -> None:
    for jobs in ("1", "3"):
        specs = ("mish", "step", "x*tanh(x)", "elu:alpha=0.5/2")
        assert run("gallery", jobs, *specs, "--format", "png,svg", "--jobs", jobs, "-q").stderr == b""
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_a_format_is_the_same_alone_and_in_company(run: Run, tmp_path: Path) -> None:
    for formats in ("png,svg,pdf", "pdf", "svg"):
        assert run("gallery", formats.replace(",", "-"), "gelu", "--format", formats).returncode == 0
    together = contents(tmp_path / "png-svg-pdf")
    for folder in ("pdf", "svg"):
        alone = contents(tmp_path / folder)
        assert all(data == together[name] for name, data in alone.items() if name not in OWN)


def test_started_afresh_or_copied_the_workers_draw_the_same() -> None:
    activations = parse_specs(["relu", "sigmoid(2*x)", "elu:alpha=0.5", "tanh"])
    orders = [Order(Recipe.of(act), {"csv": "a.csv", "json": "a.json"}, USUAL) for act in activations]
    here = dict(work_off(orders, 1))
    assert dict(work_off(orders, 2, "spawn")) == here
    assert len(here) == 4
    assert not any(isinstance(result, Failure) for result in here.values())


def test_the_style_is_taken(run: Run, tmp_path: Path) -> None:
    for style in ("light", "dark"):
        assert run("gallery", style, "--only", "relu", "--style", style).returncode == 0
    assert (tmp_path / "light/relu.png").read_bytes() != (tmp_path / "dark/relu.png").read_bytes()


def test_what_was_in_the_folder_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("gallery", ".", "--only", "relu").returncode == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("name", sorted(INDEXES))
def test_someone_else_s_index_stays(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("the front page of my project")
    before = contents(tmp_path)
    done = run("gallery", ".", "relu", "--format", "csv")
    assert f"{name} was not written by this gallery (.actplot.json does not name it)" in one_error_line(done)
    assert done.returncode == 1
    assert contents(tmp_path) == before
    assert run("gallery", ".", "relu", "--format", "csv", "--force").returncode == 0


# ---- what is chosen


def test_every_family_can_be_asked_for() -> None:
    chosen = [activation.name for family in FAMILIES for activation in select([], [family])]
    assert sorted(chosen) == sorted(NAMES)
    assert select([], ["Two inputs"]) == select([], [FAMILY]) == [*PAIRS.values()]
    assert select(["swigluoai", "GLU"], ["*eglu"]) == [
        PAIRS[name] for name in ("reglu", "geglu", "seglu", "swiglu_oai", "glu")
    ]
    assert not [family for family in (*FAMILIES, FAMILY) if is_name(family)], "a family may not hide an activation"


def test_patterns_and_names_and_families_add_up() -> None:
    hard = [name for name in NAMES if name.startswith("hard_")]
    assert [act.name for act in select([], ["hard_*"])] == hard
    assert [act.name for act in select([], ["HARD_*,gelu", "Rectifiers"])][: len(hard) + 1] == [*hard, "gelu"]
    assert [act.name for act in select([], ["[rs]elu"])] == [name for name in NAMES if name in ("relu", "selu")]


def test_each_is_chosen_once() -> None:
    titles = [act.title for act in select(["relu", "ReLU", "elu:alpha=0.5/1/2", "elu"], ["rectifier,elu"])]
    assert titles == ["ReLU", "ELU", "ELU (α = 0.5)", "ELU (α = 2)"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--only", "rectifers"], "did you mean 'rectifiers'?"),
        (["--only", "sigmod"], "did you mean 'sigmoid'?"),
        (["sigmod"], "did you mean 'sigmoid'?"),
        (["--only", "hrad_*"], "no activation matches 'hrad_*'"),
        (["x*("], "not a formula"),
        (["elu:alpha=1/b"], "not a number"),
        (["--style", "nosuch", "relu"], "no style named"),
    ],
)
def test_a_wrong_choice_is_told_before_anything_is_made(
    run: Run, tmp_path: Path, arguments: list[str], part: str
) -> None:
    done = run("gallery", "out", *arguments)
    assert part in one_error_line(done)
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


# ---- what is left as it is


def modified(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_what_is_unchanged_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    arguments = ("gallery", "out", "relu", "sigmoid(2*x)", "--format", "csv,json")
    run(*arguments)
    before = modified(tmp_path / "out")
    done = run(*arguments)
    assert done.stderr == b"actplot: 4 files in out unchanged\n"
    assert modified(tmp_path / "out") == before
    done = run(*arguments, "gelu")
    assert done.stderr == b"actplot: wrote 2 files, README.md and index.html in out; 4 unchanged\n"
    done = run(*arguments, "gelu", "--force")
    assert done.stderr == b"actplot: wrote 6 files, README.md and index.html in out\n"


def test_what_is_told_to_be_written_is_what_is_written(run: Run, tmp_path: Path) -> None:
    for formats, told in (("png", "3 figures"), ("csv,svg", "6 files"), ("csv", "3 files")):
        done = run("gallery", formats, "relu", "elu:alpha=0.5/2", "--format", formats)
        assert done.stderr.decode() == f"actplot: wrote {told}, README.md and index.html in {formats}\n"
        written = {path.name for path in (tmp_path / formats).iterdir()} - {LEDGER}
        assert len(written) == int(told.split()[0]) + 2
        assert {"README.md", "index.html"} <= written


@pytest.mark.parametrize("harm", ["changed", "emptied", "removed", "replaced by a folder of links"])
def test_what_was_changed_by_hand_is_drawn_again(run: Run, tmp_path: Path, harm: str) -> None:
    arguments = ("gallery", "out", "relu", "gelu", "--format", "csv", "-q")
    run(*arguments)
    right = contents(tmp_path / "out")
    for name in ("gelu.csv", PAGE):
        path = tmp_path / "out" / name
        if harm == "changed":  # as many bytes, and none the wiser from its time
            stamp = path.stat()
            path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
            os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        elif harm == "emptied":
            path.write_bytes(b"")
        else:
            path.unlink()
        if harm.startswith("replaced"):
            path.symlink_to(tmp_path / f"elsewhere-{name}")
    run(*arguments)
    assert contents(tmp_path / "out") == right


def test_files_of_earlier_runs_stay_and_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("someone else's")
    run("gallery", "out", "relu", "gelu", "elu", "--format", "csv,json", "-q")
    before = contents(tmp_path / "out")
    told = "; 4 files of earlier runs are still there\n"
    for note in ("wrote README.md and index.html in out; 2 unchanged", "2 files in out unchanged"):
        done = run("gallery", "out", "relu", "--format", "csv,json")
        assert done.stderr.decode() == f"actplot: {note}{told}"
    assert contents(tmp_path / "out").keys() == before.keys()
    for name in ("gelu.csv", "elu.csv", "elu.json"):
        (tmp_path / "out" / name).unlink()
    done = run("gallery", "out", "relu", "--format", "csv,json")
    assert done.stderr.endswith(b"; 1 file of earlier runs is still there\n")


def test_an_unchanged_gallery_needs_no_library(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "from actplot.__main__ import main\n"
        "assert main(['gallery', 'out', '--only', 'relu,gelu', '--format', 'csv']) == 0\n"
        "print([m for m in ('numpy', 'matplotlib', 'rich', 'multiprocessing') if m in sys.modules])\n"
    )
    shown = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", source], capture_output=True, cwd=tmp_path, env=clean_environment(), check=True
        )
        shown.append(done.stdout)
    assert b"numpy" in shown[0]
    assert b"multiprocessing" in shown[0]
    assert shown[1] == b"[]\n"


class Copy:
    """A copy of the package whose sources can be edited, and the gallery of some functions that it makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {"relu", "relu6", "leaky_relu", "softplus", "sqrtsoftplus", "mish", "phish"}
        shutil.copytree(ROOT / "actplot", folder / "actplot")  # with what is compiled of the sources that stay
        self.written()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / "actplot" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def written(self) -> set[str]:
        out = self.folder / "out"
        before = modified(out) if out.exists() else {}
        subprocess.run(
            [
                sys.executable,
                "-m",
                "actplot",
                "gallery",
                "out",
                "--only",
                ",".join(self.names),
                "--format",
                "csv",
                "-q",
            ],
            cwd=self.folder,
            env=clean_environment(PYTHONPATH=str(self.folder), PYTHONDONTWRITEBYTECODE="1"),
            check=True,
        )
        return {name.removesuffix(".csv") for name, time in modified(out).items() if before.get(name) != time} - OWN


def test_only_what_depends_on_a_change_is_drawn_again(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    assert copy.written() == set()
    copy.edit("activations/rectifiers.py", 'title="ReLU6"', 'title="ReLU six"')
    assert copy.written() == {"relu6"}
    copy.edit("activations/rectifiers.py", '"min(max(0, x), n)"', '"min(max(x, 0), n)"')
    assert copy.written() == {"relu6"}
    copy.edit("activations/rectifiers.py", '"""Rectifiers', '"""\n\n\nRectifiers')  # every line moves
    assert copy.written() == set()
    copy.edit("activations/softplus_like.py", "log1p(exp(beta*x))/beta", "log(1 + exp(beta*x))/beta")
    assert copy.written() == {"softplus", "sqrtsoftplus", "mish"}, "a formula calls it"
    copy.edit("activations/sigmoidal.py", 'title="Sigmoid"', 'title="S"')
    assert copy.written() == {"sqrtsoftplus", "mish"}, "a slope calls it"
    copy.edit("activations/hard.py", 'title="PLU"', 'title="P"')
    assert copy.written() == set()
    for file, old, new in (
        ("tables/csv.py", '["name", "x"', '["name", "at"'),
        ("activations/declaration.py", '"""', '"""The '),
    ):
        copy.edit(file, old, new)
        assert copy.written() == copy.names


def test_the_style_sheet_s_content_counts(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "mine.mplstyle"
    arguments = ("gallery", "out", "relu", "--format", "svg", "--style", "mine.mplstyle")
    sheet.write_text("lines.linewidth: 1\n")
    run(*arguments)
    assert b"unchanged" in run(*arguments).stderr
    sheet.write_text("lines.linewidth: 5\n")
    assert run(*arguments).stderr == b"actplot: wrote 1 figure in out\n"
    sheet.write_text("lines.linewidth: thick\n")
    assert run(*arguments).returncode == 2


# ---- what is told


def test_a_figure_that_fails_stops_no_other(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "import actplot.gallery.pictures as pictures\n"
        "make = pictures.Recipe.make\n"
        "def fail(self):\n"
        "    if self.name in ('gelu', 'tanh'):\n"
        "        raise ZeroDivisionError('by\\nnothing')\n"
        "    return make(self)\n"
        "pictures.Recipe.make = fail\n"
        "from actplot.gallery import run\n"
        "run.IndexOrder.__call__ = lambda self: run.Made({})\n"
        "from actplot.__main__ import main\n"
        "sys.exit(main(['gallery', 'out', '--only', 'relu,gelu,step,tanh,elu', '--format', 'csv', *sys.argv[1:]]))\n"
    )
    for jobs in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", source, "--jobs", jobs],
            capture_output=True,
            cwd=tmp_path,
            env=clean_environment(),
            check=False,
        )
        assert done.returncode == 1
        line = one_error_line(done)
        assert "2 figures failed" in line
        for name in ("gelu", "tanh"):
            assert f"{name} (ZeroDivisionError: by nothing)" in line
        assert {path.name for path in (tmp_path / "out").glob("*.csv")} == {"relu.csv", "step.csv", "elu.csv"}
        shutil.rmtree(tmp_path / "out")


def test_a_long_run_tells_in_a_log_how_far_it_is(run: Run) -> None:
    values = [f"elu:alpha={'/'.join(str(k / 100) for k in range(start, start + 50))}" for start in (2, 52, 102, 152)]
    done = run("gallery", "out", *values, "--format", "csv")
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "actplot: 10% (20 of 200)"
    assert lines[-2:] == ["actplot: 90% (180 of 200)", "actplot: wrote 200 files, README.md and index.html in out"]
    assert len(lines) == 10
    assert run("gallery", "quiet", *values, "--format", "csv", "-q").stderr == b""


def test_a_terminal_sees_a_bar_with_rate_and_remaining_time(tmp_path: Path) -> None:
    shown = on_terminal(
        "gallery", "out", "--only", "hard*,s*", "--format", "csv", cwd=tmp_path, stream="stderr", width=100
    )
    assert "drawing" in shown
    assert re.search(r"\d/s", shown)
    assert re.search(r"\d:\d\d:\d\d", shown)
    chosen = [name for name in SHOWN if name.startswith(("hard", "s"))]
    assert f"wrote {len(chosen)} files" in shown


# ---- functions of two inputs


def test_functions_of_two_inputs_have_pictures_numbers_and_cards(run: Run, tmp_path: Path) -> None:
    done = run("gallery", "out", "geglu", "maxout", "relu", "--format", "png,csv,json,md,tex", "-r", "-2", "2", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    out = tmp_path / "out"
    assert {f"{name}.{suffix}" for name in ("geglu", "maxout", "relu") for suffix in ("png", "csv", "tex")} <= {
        *contents(out)
    }
    rows = (out / "maxout.csv").read_text().splitlines()
    assert rows[0] == "name,a,b,f,df_da,df_db"
    assert len(rows) == 26
    assert "maxout,2.0,-1.0,2.0,1.0,0.0" in rows
    assert "maxout,1.0,1.0,1.0,," in rows
    index = (out / INDEX).read_text()
    assert index.index("## Rectifiers") < index.index("## Two inputs") < index.index("### GEGLU")
    assert "- [Two inputs](#two-inputs)" in index
    assert "f(a, b) = a\\,\\operatorname{GELU}(b)" in index
    assert "\\frac{\\partial f}{\\partial a} = \\operatorname{GELU}(b)" in index
    assert "Functions of two inputs have maps of f" in index
    page = (out / PAGE).read_text()
    assert '<button type="button" value="two_inputs" aria-pressed="false">Two inputs</button>' in page
    assert '<article class="card" id="geglu"' in page
    assert 'aria-label="GEGLU(1, b) over b and its derivative"' in page
    assert "<mfrac><mrow><mo>∂</mo><mi>f</mi></mrow><mrow><mo>∂</mo><mi>b</mi></mrow></mfrac><mo>=</mo>" in page
    again = run("gallery", "out", "geglu", "maxout", "relu", "--format", "png,csv,json,md,tex", "-r", "-2", "2")
    assert again.stderr.decode() == "actplot: 15 files in out unchanged\n"
