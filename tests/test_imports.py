"""What each mode imports: speed is designed in, and guarded by modules rather than clocks."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import actplot
from tests.conftest import clean_environment

PROBE = """
import sys
sys.argv = ["actplot", *{arguments!r}]
from actplot.__main__ import main
code = main()
loaded = [name for name in {modules!r} if name in sys.modules]
assert code == {code}, code
assert not loaded, loaded
"""


def probe(arguments: list[str], *modules: str, cwd: Path, code: int = 0, **environment: str) -> None:
    source = PROBE.format(arguments=arguments, modules=modules, code=code)
    done = subprocess.run(
        [sys.executable, "-c", source],
        env=clean_environment(**environment),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


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


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["relu", "--help"], ["list", "--json"]])
def test_help_needs_neither_numpy_nor_matplotlib(arguments: list[str], tmp_path: Path) -> None:
    probe(arguments, "numpy", "matplotlib", cwd=tmp_path)


def test_a_mistyped_name_is_told_without_numpy(tmp_path: Path) -> None:
    probe(["sigmod"], "numpy", "matplotlib", cwd=tmp_path, code=2)


def test_without_a_configuration_file_none_is_parsed(tmp_path: Path) -> None:
    for arguments in (["relu", "-d", "--format", "csv"], ["relu", "-o", "a.svg"], ["--help"]):
        probe(arguments, "tomllib", cwd=tmp_path, XDG_CONFIG_HOME=str(tmp_path))


@pytest.mark.parametrize("options", [["--table"], ["--format", "csv"], ["--format", "json"], ["--format", "text"]])
def test_tables_need_no_matplotlib(options: list[str], tmp_path: Path) -> None:
    probe(["relu", "-d", *options], "matplotlib", "PIL", "concurrent.futures", cwd=tmp_path)


def test_only_what_is_asked_for_is_computed(tmp_path: Path) -> None:
    probe(["relu", "-d", "--table"], "actplot.functions.slope", "actplot.functions.difference", cwd=tmp_path)


def test_data_formats_need_no_rich(tmp_path: Path) -> None:
    probe(["relu", "-d", "--format", "csv"], "rich", "matplotlib", cwd=tmp_path)


# What is for functions of several inputs, for lines of networks and for number formats.
SPECIAL = (
    *(f"actplot.{room}.{name}" for room in ("curves", "figures") for name in ("surfaces", "jacobians", "graphs")),
    "actplot.functions.vectors",
    "actplot.arithmetic.formats",
)


def test_a_chart_in_the_terminal_needs_no_matplotlib(tmp_path: Path) -> None:
    unused = ("actplot.figures.build", "actplot.figures.appearance.looks", *SPECIAL)
    probe(["relu", "-d"], "matplotlib", "PIL", *unused, cwd=tmp_path)


def test_saving_needs_no_pyplot(tmp_path: Path) -> None:
    probe(
        ["relu", "-d", "-o", "a.png", "-o", "a.svg", "-o", "a.pdf"],
        "matplotlib.pyplot",
        "tkinter",
        cwd=tmp_path,
    )


TABLES = ("csv", "json", "markdown", "tex", "sentences", "rich", "columns")
OTHERS = (
    "actplot.terminal",
    "actplot.reference.page",
    "actplot.accuracy",
    "actplot.gallery",
    "actplot.plotting.notebook",
)


def test_a_figure_needs_no_table_and_no_other_format(tmp_path: Path) -> None:
    unused = [f"actplot.tables.{name}" for name in TABLES]
    unused += ["actplot.figures.formats.svg", *OTHERS, *SPECIAL, "rich"]
    probe(["relu", "-d", "-o", "a.png"], *unused, cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("csv", {"csv"}),
        ("json", {"json"}),
        ("md", {"markdown", "columns"}),
        ("tex", {"tex", "columns"}),
        ("text", {"sentences"}),
    ],
)
def test_a_table_needs_no_other_format(name: str, needed: set[str], tmp_path: Path) -> None:
    unused = [f"actplot.tables.{other}" for other in TABLES if other not in needed]
    probe(["relu", "-d", "--format", name], *unused, "actplot.figures.build", *OTHERS, cwd=tmp_path)


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
