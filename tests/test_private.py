"""Private names of matplotlib and Typer: in one module each, and nothing but time is lost without them."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer.core
from matplotlib.artist import Artist
from matplotlib.textpath import TextToPath
from PIL import Image

import actplot
from actplot.cli import private as typer_door
from actplot.curves.curve import common_range, sample_range
from actplot.curves.panels import Content
from actplot.figures import private as matplotlib_door
from actplot.figures.appearance.looks import find
from actplot.figures.drawing import Drawing
from actplot.figures.formats.export import render
from actplot.figures.parts import axes as quick_axes
from actplot.functions.reading import parse_specs
from tests.conftest import clean_environment
from tests.walking import look_at

PACKAGE = Path(actplot.__file__).parent
DOORS = {Path(str(door.__file__)) for door in (matplotlib_door, typer_door)}
SOURCES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py")) if path not in DOORS}
LIBRARIES = ("matplotlib", "typer", "click")

# Names without an underscore that are private all the same: Typer's documentation leaves them out, and matplotlib
# makes the renderers and figures itself.
UNDOCUMENTED = {
    "FigureClass",
    "RendererAgg",
    "RendererSVG",
    "coerce",
    "display_type_rich",
    "get_runtime_param",
    "get_usage_pieces",
    "type_descriptor",
}


# ---- nothing but the doors


def is_private(name: str) -> bool:
    return re.fullmatch(r"_[A-Za-z]\w*", name) is not None


# What a class or a module of a library defines, and what its methods keep on themselves.
DEFINED = re.compile(r"(?:self\.|def |^ +)(_[A-Za-z]\w*)", re.MULTILINE)


def names_of(one: type) -> set[str]:
    """Return the private names of a class."""
    return {*DEFINED.findall(inspect.getsource(one)), *filter(is_private, vars(one))} - {"_abc_impl"}  # Python's


@cache
def library_names() -> set[str]:
    """Return the private names of the libraries' loaded modules, those that draw among them."""
    for backend in ("agg", "svg", "pdf"):
        importlib.import_module(f"matplotlib.backends.backend_{backend}")
    modules = [module for name, module in [*sys.modules.items()] if name.partition(".")[0] in LIBRARIES]
    files = {Path(module.__file__) for module in modules if module.__file__ is not None}
    sources = (file.read_text(encoding="utf-8") for file in files if file.suffix == ".py")
    return {name for source in sources for name in DEFINED.findall(source)}


def private_names(tree: ast.AST) -> Iterator[str]:
    """Yield what is private to others and named: as an attribute, in a text that is no keyword's, or in an import."""
    nodes = [*ast.walk(tree)]
    kept = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]
    own = {node.attr for node in kept if ast.unparse(node.value) == "self"}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    labels = {id(node.value) for node in nodes if isinstance(node, ast.keyword)}
    for node in nodes:
        named: list[str] = []
        match node:
            case ast.Attribute(attr=name) if name not in own or name in UNDOCUMENTED:
                named = [name]
            case ast.Constant(str(name)) if name in library_names() - own and id(node) not in labels:
                named = [name]
            case ast.Constant(str(name)) | ast.keyword(str(name)):
                yield from {name} & UNDOCUMENTED
            case ast.ImportFrom(str(module), names) if module.partition(".")[0] != "actplot":
                named = [*module.split("."), *(alias.name for alias in names)]
            case ast.Import(names):
                named = [part for alias in names for part in alias.name.split(".")]
        yield from (name for name in named if is_private(name) or name in UNDOCUMENTED)


@look_at(SOURCES)
def test_nothing_but_the_doors_touches_a_private_name(name: str) -> None:
    tree = ast.parse(SOURCES[name].read_text(encoding="utf-8"))
    assert not set(private_names(tree))


def test_a_private_name_is_found_wherever_it_stands() -> None:
    for line in (
        "axis._update_label_position(renderer)",
        "self._update_label_position(renderer)",
        "getattr(renderer, '_text2path')",
        "vars(Artist)['_update_set_signature_and_docstring']",
        "from typer._coercion import RuntimeParam",
        "import matplotlib._mathtext",
        "from matplotlib.backends.backend_agg import RendererAgg",
        "backend_svg.RendererSVG(1, 2)",
        "pyplot.figure(FigureClass=make)",
        "parameter.get_runtime_param()",
    ):
        assert len([*private_names(ast.parse(line))]) == 1, line
    assert not [*private_names(ast.parse("from actplot.arrays import numpy as np; self._size = '_shared'"))]


@look_at(SOURCES)
def test_no_subclass_overrides_or_hides_a_private_name(name: str) -> None:
    parts = ("actplot", *Path(name).with_suffix("").parts)
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    for one in vars(module).values():
        if isinstance(one, type) and one.__module__ == module.__name__:
            bases = [base for base in one.__mro__ if base.__module__.partition(".")[0] in LIBRARIES]
            for base in bases:
                assert not names_of(one) & names_of(base), (one, base)


# ---- the same figures and the same words without them

LINES = (
    ["relu", "--plain", "-o", "plain.png", "-o", "plain.svg", "-o", "plain.pdf"],
    ["gelu", "-d", "-o", "derivative.png"],
    ["relu", "gelu", "silu", "-d", "--second", "-o", "overlay.svg"],
    ["elu:alpha=0.5/1/2", "-d", "-o", "sweep.png"],
    ["x*sigmoid(1.702*x) + 0*x*x*x*x*x*x*x*x*x*x", "relu", "-o", "legend.svg"],
    ["mish", "-d", "--annotate", "-o", "annotate.png", "-o", "annotate.svg"],
    ["tanh", "-d", "--style", "dark", "--title", "Dark $1", "-o", "dark.svg"],
    ["step", "-d", "--at", "-3:4:1", "--style", "tutorial", "--size", "4x3", "-o", "points.png"],
    ["gallery", "out", "selu", "--format", "png,svg", "-q", "--jobs", "1"],
    ["relu", "gelu", "-d", "--table", "-r", "-3", "3"],
    ["relu", "-d", "--format", "csv", "--at=-1,0,2"],
    ["leaky_relu:alpha=0.2", "-d", "--format", "text", "-n", "3"],
    ["gelu", "-d", "--terminal"],
    ["list"],
    ["info", "gelu", "--json"],
    ["check", "relu", "-q", "--seed", "1", "--range", "-1", "1"],
    ["--version"],
)
SCRIPT = """
import json, sys
from actplot.cli import private as typer_door
from actplot.figures import private as matplotlib_door

if sys.argv[1] == "shut":
    typer_door.ALLOWED = matplotlib_door.ALLOWED = False

from actplot.__main__ import main

codes = [int(main(line)) for line in json.loads(sys.argv[2])]
print(codes, file=sys.stderr)

from matplotlib.lines import Line2D

words = len(Line2D.set.__doc__ or ""), "pydantic" in sys.modules
print(*words, file=sys.stderr)
"""


def perform(folder: Path, doors: str) -> tuple[bytes, list[str]]:
    """Run all the lines in one process, and return what it printed on each stream."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, doors, json.dumps(LINES)],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    return done.stdout, done.stderr.decode().splitlines()


def pixels(data: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(data)))


def test_with_the_doors_shut_every_command_does_the_same(tmp_path: Path) -> None:
    printed, notes = perform(tmp_path / "open", "open")
    printed_shut, notes_shut = perform(tmp_path / "shut", "shut")
    assert notes[:-1] == notes_shut[:-1] == [str([0] * len(LINES))]
    assert printed == printed_shut
    files = [path.relative_to(tmp_path / "open") for path in (tmp_path / "open").rglob("*") if path.is_file()]
    assert len(files) == 16
    for file in files:
        ours, theirs = ((tmp_path / doors / file).read_bytes() for doors in ("open", "shut"))
        if file.suffix == ".png":
            assert np.array_equal(pixels(ours), pixels(theirs)), file
        if file.name != ".actplot.json":
            assert ours == theirs, file
    # What the doors are for has been done in one run, and not in the other.
    tables, pydantic = notes[-1].split()
    tables_shut, pydantic_shut = notes_shut[-1].split()
    assert int(tables) < 200 < 1000 < int(tables_shut)
    assert pydantic == "False"
    assert pydantic_shut == str(hasattr(typer.core.TyperOption, "get_runtime_param"))


def test_help_can_be_read_with_the_door_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from actplot.cli.app import app

    monkeypatch.setattr(typer_door, "ALLOWED", False)
    for command in ("plot", "list", "info", "gallery", "check"):
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0
        assert f"actplot {command}" in done.output or f"root {command}" in done.output
        assert "--help" in done.output


# ---- a version in which something is missing


def test_texts_are_shared_with_a_renderer_that_has_such() -> None:
    class Renderer:
        _text2path = TextToPath()

    class Wrapper:
        _renderer: Any

    class Texts(TextToPath): ...

    texts, wrapper = Texts(), Wrapper()
    wrapper._renderer = renderer = Renderer()
    matplotlib_door.share_texts(wrapper, texts)
    assert renderer._text2path is texts


@pytest.mark.parametrize("own", [None, "of another class"])
def test_a_renderer_without_texts_of_the_kind_is_left_as_it_is(own: Any) -> None:
    class Renderer:
        _text2path = own

    renderer = Renderer()
    matplotlib_door.share_texts(renderer, TextToPath())
    assert renderer._text2path is own
    bare = object()
    matplotlib_door.share_texts(bare, TextToPath())


@pytest.mark.parametrize("step", [None, "another kind"])
def test_artists_that_describe_themselves_otherwise_are_left_alone(step: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "_update_set_signature_and_docstring"
    if step is None:
        monkeypatch.delattr(Artist, name)
    else:
        monkeypatch.setattr(Artist, name, step)
    with matplotlib_door.without_property_tables():
        assert vars(Artist).get(name) is step
    assert vars(Artist).get(name) is step


def test_artists_describe_themselves_again_afterwards() -> None:
    name = "_update_set_signature_and_docstring"
    before = vars(Artist)[name]
    with matplotlib_door.without_property_tables():
        assert vars(Artist)[name] is not before
    assert vars(Artist)[name] is before


def test_a_parameter_of_another_typer_is_left_as_it_is() -> None:
    class Parameter:
        metavar = None
        param_type_name = "option"

    class Changed:
        def coerce(self, value: object) -> object:
            return value

    one = Parameter()
    typer_door.take_as_typed([one])
    typer_door.show_as_written([one])
    assert vars(one) == {}


@pytest.mark.parametrize("changed", ["renamed", "called otherwise", "gone"])
def test_a_typer_that_converts_otherwise_converts_itself(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = type(sys)("typer._coercion")
    if changed != "gone":
        method = "convert" if changed == "renamed" else "coerce"
        module.RuntimeParam = type("RuntimeParam", (), {method: lambda self, value: value})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "typer._coercion", module)
    typer_door._coerces_values.cache_clear()
    try:
        assert not typer_door._coerces_values()
    finally:
        typer_door._coerces_values.cache_clear()


# ---- ticks that are drawn together need no private name


@pytest.mark.parametrize(
    ("specs", "more"),
    [
        (["relu"], {"detail": "plain"}),
        (["gelu"], {}),
        (["relu", "gelu", "silu"], {}),
        (["elu:alpha=0.5/1/2"], {}),
        (["mish"], {"detail": "full", "title": "Mish"}),
    ],
    ids=["plain", "derivative", "overlay", "sweep", "annotate"],
)
@pytest.mark.parametrize("look", ["light", "dark", "tutorial"])
def test_ticks_drawn_one_by_one_make_the_same_picture(
    look: str, specs: list[str], more: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    activations = parse_specs(specs)
    curves = [sample_range(one, common_range(activations), 300) for one in activations]
    drawing = Drawing(curves, Content(derivative=True), **more)
    together = render(drawing, find(look), ("png", "svg"))
    monkeypatch.setattr(quick_axes, "draw_ticks_together", lambda axes: None)
    apart = render(drawing, find(look), ("png", "svg"))
    assert apart["svg"] != together["svg"]
    assert np.array_equal(pixels(apart["png"]), pixels(together["png"]))
    words = [sorted(re.findall(rb"<!-- (.*?) -->", one["svg"])) for one in (together, apart)]
    assert words[0] == words[1] != []
