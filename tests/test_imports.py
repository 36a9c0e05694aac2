"""What each mode imports: speed is designed in, and guarded by modules rather than clocks."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

import actplot
from tests.conftest import clean_environment
from tests.walking import look_at

PROBE = """
import json, sys
from actplot.__main__ import main
codes = [int(main(line)) for line in json.loads(sys.argv[1])]
print("\\n", json.dumps([codes, sorted(sys.modules)]))
"""


@cache
def loaded(*lines: str, codes: tuple[int, ...] = (0,)) -> frozenset[str]:
    """Return what is imported when the command has run these lines, in a folder of its own without settings."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", PROBE, json.dumps([line.split() for line in lines])],
            env=clean_environment(XDG_CONFIG_HOME=folder),
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    ended, modules = json.loads(done.stdout.splitlines()[-1])
    assert tuple(ended) == codes
    return frozenset(modules)


SEARCHES = """
import gc, sys
searches = []
gc.callbacks.append(lambda phase, about: searches.append(phase))
sys.argv = ["actplot", "relu", "-d", "-o", "a.png"]
from actplot.__main__ import program
searches.clear()
code = program()
assert code == 0, code
assert not searches, searches
assert gc.get_freeze_count() > 100_000, "what is left at the end is not looked at again"
"""


def test_a_figure_takes_no_time_to_look_for_garbage(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SEARCHES], env=clean_environment(), cwd=tmp_path, check=False)
    assert done.returncode == 0


def test_help_and_a_mistyped_name_need_neither_numpy_nor_matplotlib() -> None:
    lines = ("--version", "--help", "relu --help", "list --json", "sigmod")
    assert not {"numpy", "matplotlib", "tomllib"} & loaded(*lines, codes=(0, 0, 0, 0, 2))


@look_at(["relu -d --table", *(f"relu -d --format {name}" for name in ("csv", "json", "text"))])
def test_tables_need_no_matplotlib(line: str) -> None:
    assert not {"matplotlib", "PIL", "concurrent.futures"} & loaded(line)


def test_only_what_is_asked_for_is_computed() -> None:
    assert not {"actplot.functions.slope", "actplot.functions.difference"} & loaded("relu -d --table")


def test_data_formats_need_no_rich_and_without_a_configuration_file_none_is_parsed() -> None:
    assert not {"rich", "tomllib"} & loaded("relu -d --format csv")


# What is for functions of several inputs, for lines of networks and for number formats.
SPECIAL = (
    *(f"actplot.{room}.{name}" for room in ("curves", "figures") for name in ("surfaces", "jacobians", "graphs")),
    "actplot.functions.vectors",
    "actplot.arithmetic.formats",
)


def test_a_chart_in_the_terminal_needs_no_matplotlib() -> None:
    unused = ("actplot.figures.build", "actplot.figures.appearance.looks", *SPECIAL)
    assert not {"matplotlib", "PIL", *unused} & loaded("relu -d")


def test_saving_needs_no_pyplot() -> None:
    assert not {"matplotlib.pyplot", "tkinter", "tomllib"} & loaded("relu -d -o a.png -o a.svg -o a.pdf")


TABLES = ("csv", "json", "markdown", "tex", "sentences", "rich", "columns")
OTHERS = (
    "actplot.terminal",
    "actplot.reference.page",
    "actplot.accuracy",
    "actplot.gallery",
    "actplot.plotting.notebook",
)


def test_a_figure_needs_no_table_and_no_other_format() -> None:
    unused = {f"actplot.tables.{name}" for name in TABLES} | {"actplot.figures.formats.svg", "rich"}
    assert not {*unused, *OTHERS, *SPECIAL} & loaded("relu -d -o a.png")


NEEDED = {
    "csv": {"csv"},
    "json": {"json"},
    "md": {"markdown", "columns"},
    "tex": {"tex", "columns"},
    "text": {"sentences"},
}


@look_at(NEEDED)
def test_a_table_needs_no_other_format(name: str) -> None:
    unused = {f"actplot.tables.{other}" for other in set(TABLES) - NEEDED[name]}
    there = loaded(f"relu -d --format {name}")
    assert not {*unused, "actplot.figures.build", *OTHERS} & there
    assert {f"actplot.tables.{own}" for own in NEEDED[name]} <= there


def test_the_package_imports_nothing_heavy(tmp_path: Path) -> None:
    source = "import actplot, sys; assert not {'numpy', 'matplotlib', 'rich', 'typer'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", source], check=True, cwd=tmp_path, env=clean_environment(), timeout=60)


def test_the_package_offers_what_it_says() -> None:
    import actplot

    for name in actplot.__all__:
        assert getattr(actplot, name) is not None
    assert "get" in dir(actplot)
    with pytest.raises(AttributeError, match="nosuch"):
        actplot.nosuch  # noqa: B018


# From the top down: nothing may import from a room above its own.
ROOMS = (
    "cli networks plotting gallery reference figures terminal tables implementations accuracy curves "
    "facts functions calculus activations arithmetic formula console words"
).split()


def test_no_room_imports_from_a_room_above() -> None:
    package = Path(actplot.__file__).parent
    rooms = {path.parent.name for path in package.glob("*/*.py")}
    assert rooms == set(ROOMS), "a room has its place in the order and its line in the README"
    arrows = set()
    for path in package.rglob("*/*.py"):
        here = path.relative_to(package).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("actplot"):
                module = (node.module or "").split(".")
                there = [module[1]] if len(module) > 1 else [alias.name for alias in node.names]
                arrows |= {(here, room) for room in there if room in ROOMS and room != here}
    assert len(arrows) > 40
    assert not [(here, there) for here, there in arrows if ROOMS.index(here) > ROOMS.index(there)]
