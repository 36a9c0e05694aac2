"""What the package brings along and what it leaves alone: its wheel, its imports, the network, the user's texts."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

import actplot
from tests.conftest import Run, clean_environment, one_error_line
from tests.walking import look_at

ROOT = Path(__file__).parents[1]
PACKAGE = Path(actplot.__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SOURCES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def trees() -> dict[str, ast.Module]:
    """Return what each module says."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in SOURCES.items()}


def python(
    code: str, *arguments: str, cwd: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-B", "-c", code, *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=clean_environment(**environment),
        check=False,
        timeout=120,
    )


# ---- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=clean_environment(), timeout=120)
    (built,) = folder.iterdir()
    return zipfile.ZipFile(built)


def test_the_wheel_contains_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    ours = {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    about = f"actplot-{actplot.__version__}.dist-info"
    assert set(wheel.namelist()) == {path.relative_to(PACKAGE.parent).as_posix() for path in ours} | {
        f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    }


def test_the_wheel_installs_one_command(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    told = wheel.read(entry_points).decode().split()
    assert told == ["[console_scripts]", "actplot", "=", "actplot.__main__:program"]


def test_the_package_is_text() -> None:
    for path in PACKAGE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.suffix in {".py", ".mplstyle", ".css", ".html", ".js", ".typed"}, path
            path.read_text(encoding="utf-8")


# ---- imports

# Imports every module of the package, and prints what that changed.
IMPORTS = """
import os, signal, sys, threading, warnings, locale, logging

def state():
    return {
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "hooks": (sys.excepthook, sys.displayhook, sys.unraisablehook, threading.excepthook),
        "path": list(sys.path),
        "threads": threading.active_count(),
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": list(warnings.filters),
        "logging": (logging.root.level, list(logging.root.handlers)),
        "recursion": sys.getrecursionlimit(),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
    }

def watch(event, arguments):
    written = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if written or event.split(".")[0] in TOUCHING or event in ("os.mkdir", "os.remove", "os.rename", "os.system"):
        print(event, arguments, file=sys.stderr)

TOUCHING = {"socket", "subprocess", "urllib", "http", "ftplib", "smtplib", "tempfile", "shutil", "winreg"}
before = state()
sys.addaudithook(watch)
import importlib, pkgutil
import actplot
found = [name for _, name, _ in pkgutil.walk_packages(actplot.__path__, "actplot.")]
for name in found:
    if name not in sys.argv[1:]:
        importlib.import_module(name)
for what, was in before.items():
    if state()[what] != was:
        print(what, "changed", file=sys.stderr)
print(len(found), *sorted({name.split(".")[0] for name in sys.modules} - sys.stdlib_module_names))
"""


def test_importing_all_of_it_changes_nothing_and_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = ["actplot." + name.removesuffix(".py").replace("/", ".") for name in SUBCLASSES]
    done = python(IMPORTS, *heavy, cwd=tmp_path, HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")
    count, *loaded = done.stdout.decode().split()
    assert int(count) >= len(SOURCES) - 1  # the package itself is not in its own list
    assert not set(loaded) & {"numpy", "matplotlib", "rich", "flint", "PIL", "textual_image"}
    assert not list(tmp_path.iterdir())


# They define subclasses of matplotlib's classes; what draws imports them inside its functions.
SUBCLASSES = {
    "figures/formats/glyphs.py": "matplotlib",
    "figures/formats/renderer.py": "matplotlib",
    "figures/parts/axes.py": "matplotlib",
    "figures/parts/ticks.py": "matplotlib",
}


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top level names of what is imported anywhere inside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _at_the_top(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported when the module is: not inside a function, nor for type checkers only."""
    for statement in tree.body:
        for_types = isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"
        if not for_types and not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield from _imported(statement)


def _foreign(names: Iterator[str]) -> set[str]:
    return set(names) - sys.stdlib_module_names - {"actplot", "__future__"}


# What need not be declared, for what is declared can't be without it.
BROUGHT = {"pillow": "matplotlib"}


def _distribution(module: str) -> str:
    return {"flint": "python-flint", "PIL": "pillow", "ml_dtypes": "ml_dtypes"}.get(module, module.replace("_", "-"))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in requirements}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    imported = {_distribution(name) for tree in trees().values() for name in _foreign(_imported(tree))}
    extras = PROJECT["optional-dependencies"]
    needed = _names(PROJECT["dependencies"])
    declared = needed | _names([line for extra in extras if extra not in ("test", "dev") for line in extras[extra]])
    assert declared - {"actplot"} <= imported | {text.strip("'") for _, text in LOADED_BY_NAME}
    assert imported <= declared | BROUGHT.keys()
    for name, by in BROUGHT.items():
        assert by in needed
        assert name in _names(metadata.requires(by) or [])


@look_at(SOURCES)
def test_a_module_imports_others_packages_only_where_it_uses_them(name: str) -> None:
    allowed = {"typer"} if name.startswith("cli/") else {SUBCLASSES[name]} if name in SUBCLASSES else set()
    assert _foreign(_at_the_top(trees()[name])) <= allowed


# The command that needs an extra, and the module that the extra brings.
ALL_INPUTS = ["check", "numpy:tanh", "--against", "tanh", "--dtype", "float32", "--all-inputs"]
EXTRAS = {
    "check": (["check", "relu", "-q"], "flint"),
    "cluster": (ALL_INPUTS, "joblib"),
    "image": (["relu", "--image"], "textual_image"),
}


def test_every_extra_is_tried_without() -> None:
    assert EXTRAS.keys() == PROJECT["optional-dependencies"].keys() - {"test", "dev"}


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_that_is_not_installed_is_named(extra: str, tmp_path: Path) -> None:
    arguments, module = EXTRAS[extra]
    code = (
        "import sys; sys.modules[sys.argv[1]] = None; from actplot.__main__ import main; sys.exit(main(sys.argv[2:]))"
    )
    done = python(code, module, *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert f"pip install 'actplot[{extra}]'" in one_error_line(done)


# ---- nothing is evaluated

FORBIDDEN_MODULES = set(
    "asyncio asyncore code codeop cffi ctypes dbm ftplib http imaplib imp marshal nntplib pickle poplib pty requests "
    "runpy shelve smtplib socket socketserver ssl subprocess telnetlib urllib webbrowser xmlrpc".split()
)
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
FORBIDDEN_IN_OS = re.compile(r"os\.(system|popen|exec\w+|spawn\w+|posix_spawn\w*|startfile|fork\w*)")
# Each is a name of the package's own, numpy, or an implementation that a user named.
LOADED_BY_NAME = {
    ("cli/group.py", "f'actplot.cli.{place}'"),
    ("__init__.py", "_HOME[name]"),
    ("arrays.py", "self.__name__"),
    ("activations/__init__.py", "f'{__name__}.{name}'"),
    ("gallery/pictures.py", "module"),
    ("tables/__init__.py", "f'actplot.tables.{module}'"),
    ("words/languages/__init__.py", "f'{__name__}.{_MODULES[language or _spoken.get()]}'"),
    *(("implementations/adapters.py", f"'{name}'") for name in ("torch", "jax", "jax.experimental", "tensorflow")),
    ("implementations/adapters.py", "'mlx.core'"),
    *(("implementations/sweep.py", f"'{name}'") for name in ("joblib", "distributed", "ray.util.joblib")),
    ("implementations/target.py", "name"),  # what a user named, to be measured
    ("gallery/survey.py", "name"),  # likewise
}


@look_at(SOURCES)
def test_no_module_can_evaluate_run_or_download(name: str) -> None:
    assert not set(_imported(trees()[name])) & FORBIDDEN_MODULES
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.Name | ast.Attribute):
            written = ast.unparse(node)
            assert written.removeprefix("builtins.") not in FORBIDDEN_CALLS, written
            assert not FORBIDDEN_IN_OS.fullmatch(written), written
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            assert (name, ast.unparse(node.args[0])) in LOADED_BY_NAME


SPELLS = [
    "__import__('os').mkdir('pwned')",
    "open('pwned', 'w')",
    "(lambda: open('pwned', 'w'))()",
    "[open('pwned', 'w') for _ in [x]]",
    "x.__class__.__mro__[1].__subclasses__()",
    "f\"{open('pwned', 'w')}\"",
    "$(touch pwned)",
    "`touch pwned`",
    "relu; touch pwned",
    "relu | touch pwned",
    "{x.__class__}",
    "%(pwned)s",
    "@pwned",
    "!touch pwned",
    "\\write18{touch pwned}",
]


# Runs many command lines, each of which is to be refused.
REFUSED = """
import json, sys
from actplot.__main__ import main
for line in json.load(sys.stdin):
    assert main(line) in (1, 2), line
"""


def test_a_text_is_never_run(tmp_path: Path) -> None:
    places: list[Callable[[str], list[str]]] = [
        lambda spell: [spell, "--table"],
        lambda spell: ["relu", "--at", spell, "--table"],
        lambda spell: ["info", f"elu:alpha={spell}"],
        lambda spell: ["relu", "--style", spell, "-o", "a.png"],
    ]
    lines = [place(spell) for place in places for spell in SPELLS]
    done = python(REFUSED, cwd=tmp_path, stdin=json.dumps(lines).encode())
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.count(b"actplot: error: ") == done.stderr.count(b"\n") == len(lines)
    assert not list(tmp_path.iterdir())


def test_a_title_is_never_run(run: Run, tmp_path: Path) -> None:
    title = " ".join(SPELLS)
    done = run("relu", "-d", "--title", title, *(word for suffix in WRITTEN for word in ("-o", f"a.{suffix}")))
    assert (done.returncode, done.stderr) == (0, b"")
    assert {path.name for path in tmp_path.iterdir()} == {f"a.{suffix}" for suffix in WRITTEN}


# ---- nothing is called

# Runs what it reads in a process in which whatever reaches out, or starts a program, ends it. One is let through:
# before the first figure on a machine matplotlib asks fontconfig where the fonts are.
CUT_OFF = """
import os, sys

def watch(event, arguments):
    is_font_search = event == "subprocess.Popen" and arguments[0] == "fc-list"
    if event in REACHING and not is_font_search:
        os.write(2, f"{event} {arguments}\\n".encode())
        os._exit(99)

REACHING = {
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "urllib.Request"),
    *("http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open"),
}
sys.addaudithook(watch)
exec(sys.stdin.read())
"""

WRITTEN = ("png", "svg", "pdf", "csv", "json", "md", "tex", "txt")
COMMANDS = [
    ["--help"],
    ["--version"],
    ["relu", "-d"],
    [
        "relu",
        "elu:alpha=1/2/3",
        "x*sigmoid(x)",
        "-d",
        "--second",
        "--difference",
        "--annotate",
        "--title",
        "https://x.test",
    ],
    ["relu", "-d", "--table"],
    ["gelu", "-d", *(word for suffix in WRITTEN for word in ("-o", f"a.{suffix}"))],
    ["list"],
    ["list", "--json"],
    ["info", "gelu"],
    ["same", "x*sigmoid(1.7*x)"],
    ["signal", "gelu", "--depth", "3", "--width", "8", "-o", "a.svg"],
    ["train", "addition", "tanh", "--length", "100", "--seeds", "2", "-o", "a.svg"],
    ["check", "relu", "--seed", "1", "-q"],
    ["gallery", "out", "relu", "gelu", "silu", "--format", "png,svg,csv", "--jobs", "2"],
]


def test_no_command_reaches_the_network_or_starts_a_program(tmp_path: Path) -> None:
    one_by_one = f"from actplot.__main__ import main\nprint([int(main(arguments)) for arguments in {COMMANDS!r}])"
    done = python(CUT_OFF, cwd=tmp_path, stdin=one_by_one.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines()[-1] == str([0] * len(COMMANDS))


def test_every_command_is_tried_cut_off() -> None:
    from actplot.cli.options import COMMANDS as ALL

    assert set(ALL) <= {arguments[0] for arguments in COMMANDS} | {"plot"}


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_reaching_out_would_be_seen(code: str, tmp_path: Path) -> None:
    done = python(CUT_OFF, cwd=tmp_path, stdin=code.encode())
    assert done.returncode == 99


def test_no_page_or_picture_loads_anything(run: Run, tmp_path: Path) -> None:
    assert run("gallery", "out", "relu", "--format", "svg", "-q").returncode == 0
    loading = re.compile(
        r"""(?:src|href|action|data)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import|fetch\("""
    )
    for path in (tmp_path / "out").iterdir():
        assert not loading.search(path.read_text(encoding="utf-8")), path
