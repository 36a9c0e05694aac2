"""What each command line asks for, option by option: what reads it is listened to, and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import actplot
from actplot.activations.pairs import PAIRS
from actplot.arithmetic.formats import FORMATS
from actplot.cli import options
from actplot.cli.app import app
from actplot.cli.implementation import Wishes
from actplot.cli.outputs import deliver
from actplot.console.files import Data
from actplot.console.screen import Screen
from actplot.curves.content import Wanted
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.errors import ActplotError, UsageError
from actplot.figures.drawing import Frame
from actplot.figures.formats.page_setup import PageSetup
from actplot.gallery.manner import Manner
from actplot.gallery.run import Request as Gallery
from actplot.networks.flow import Deep, Recurrent
from actplot.networks.tasks import Settings
from actplot.plotting import renderings
from actplot.plotting.formats import Output
from actplot.plotting.graphs import run_graph
from actplot.plotting.request import Appearance, Points, Request, check
from actplot.plotting.run import Result

Listen = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Have a function do nothing but keep what it is called with, and return what is given here."""

    def listening(place: str, answer: Callable[[], Any] = lambda: None) -> list[tuple[Any, ...]]:
        heard: list[tuple[Any, ...]] = []

        def keep(*given: Any) -> Any:
            heard.append(given)
            return answer()

        monkeypatch.setattr(place, keep)
        return heard

    return listening


def say(*arguments: str) -> tuple[str, str]:
    """Run a command line that is to go well; return what it prints on both streams."""
    done = CliRunner().invoke(app, [*arguments])
    assert (done.exit_code, done.exception) == (0, None), done.exception
    return done.stdout, done.stderr


# What every command that draws has, and what is asked for by it.
DRAWN = [
    *("-o", "a.svg", "-o", "b.csv", "--style", "dark", "--style", "paper", "--size", "6x4.5", "--dpi", "70"),
    *("--scale", "talk", "--title", "Mine", "--transparent", "--responsive", "--text", "--language", "ko", "-q"),
]
OUTPUTS = (Output(Path("a.svg"), "svg"), Output(Path("b.csv"), "csv"))
SHEET = PageSetup((6.0, 4.5), 70.0, transparent=True, responsive=True, scale=1.5, text=True)
LOOK = Appearance(("dark", "paper"), SHEET, "Mine")
NOTHING = Request((), Wanted(), Points(), (), False, False, False, Appearance())


def test_plot(listen: Listen) -> None:
    heard = listen("actplot.plotting.run.run", Result)
    say("relu")
    say(
        *("gelu", "x*2", "-d", "--second", "--difference", "-r", "-1", "2", "-n", "30", "--table", "--digits", "4"),
        *("--terminal", "--image", "--at-kink", "left", "--dtype", "bf16", "--layout", "beside", "--label", "A"),
        *("--label", "B", "--xlabel", "input", "--ylabel", "output", "--ylim", "-3", "4", "--tangent", "0.5"),
        *("--tangent", "1", "--jacobian", "1,2", "--plain", "--equal", *DRAWN),
    )
    say("relu", "--at", "1,-2", "--annotate", "--format", "json", "--dtype", "float64")
    bare, full, other = (request for request, _ in heard)
    assert {commands for _, commands in heard} == {tuple("plot list info same signal train gallery check".split())}
    assert bare == Request(("relu",), Wanted(), Points(), (), False, False, False, Appearance())
    frame = Frame((-3.0, 4.0), "input", "output")
    assert full == Request(
        ("gelu", "x*2"),
        Wanted(derivative=True, second=True, difference=True),
        Points((-1.0, 2.0), 30, None, "left", FORMATS["bfloat16"]),
        OUTPUTS,
        True,
        True,
        True,
        Appearance(("dark", "paper"), SHEET, "Mine", "plain", True, frame, (0.5, 1.0), ("A", "B"), "beside"),
        4,
        (1.0, 2.0),
    )
    assert other.appearance.detail == "full"
    assert other.outputs == (Output(None, "json"),)
    assert other.points.at[:].tolist() == [1.0, -2.0]
    assert other.points.format is None


def test_signal(listen: Listen) -> None:
    drawn, heard = listen("actplot.plotting.graphs.run_graph", Result), listen("actplot.networks.signal.signal_graph")
    maps = listen("actplot.networks.signal.map_graph")
    say("signal", "relu", "gelu")
    say("signal", "tanh", "--init", "9,0", "--depth", "7", "--width", "5", "--seeds", "3", "--seed", "4", *DRAWN)
    say("signal", "tanh", "--cell", "gru", "--steps", "8", "--width", "5", "--depth", "7", "--terminal")
    say("signal", "tanh", "--cell", "lstm", "--table")
    say("signal", "tanh", "--map", "--init", "lecun", "--title", "Maps", "--image")
    relu, gelu, tanh = map(actplot.get, ("relu", "gelu", "tanh"))
    assert heard == [
        (Deep(256, 50), [relu, gelu], "he", 10, 0, None),
        (Deep(5, 7), [tanh], "9,0", 3, 4, "Mine"),
        (Recurrent("gru", 5, 8), [tanh], "he", 10, 0, None),
        (Recurrent("lstm", 256, 100), [tanh], "he", 10, 0, None),
    ]
    assert maps == [([tanh], "lecun", "Maps")]
    requests = [request for request, _ in drawn]
    assert requests[0] == NOTHING
    assert requests[1] == Request((), Wanted(), Points(), OUTPUTS, False, False, False, LOOK)
    assert [(each.table, each.terminal, each.image) for each in requests[2:]] == [
        (False, True, False),
        (True, False, False),
        (False, False, True),
    ]


def test_train(listen: Listen) -> None:
    drawn = listen("actplot.plotting.graphs.run_graph", lambda: Result(notes=["drawn"]))
    heard = listen("actplot.networks.lessons.lesson", lambda: ("graph", ["told"], False))
    _, notes = say("train", "addition", "relu", "gelu")
    assert notes.splitlines() == ["actplot: told", "actplot: drawn"]
    options = ["--init", "he", "--optimizer", "adam", "--lr", "0.5", "--clip", "2", "--hidden", "6", "--seeds", "3"]
    assert say("train", "sincos", "tanh", "--cell", "gru", *options, "--seed", "4", "--length", "40", *DRAWN)[1] == ""
    say("train", "spirals", "tanh", "--depth", "3", "--image")
    relu, gelu, tanh = map(actplot.get, ("relu", "gelu", "tanh"))
    given = [(task, named, counts, title) for task, named, _, counts, title, _ in heard]
    assert given == [
        ("addition", [relu, gelu], (10, 0), None),
        ("sincos", [tanh], (3, 4), "Mine"),
        ("spirals", [tanh], (10, 0), None),
    ]
    settings: list[Settings] = [each[2] for each in heard]
    chosen = settings[1]
    assert (chosen.cell, chosen.init, chosen.optimizer, chosen.rate, chosen.clip, chosen.hidden) == (
        *("gru", "he", "adam"),
        *(0.5, 2.0, 6),
    )
    assert settings[2].depth == 3
    assert drawn[0] == (NOTHING, "graph")
    assert drawn[1] == (Request((), Wanted(), Points(), OUTPUTS, False, False, False, LOOK), "graph")
    assert drawn[2][0].image


def test_training_that_was_ended_shows_what_there_is_and_ends(listen: Listen) -> None:
    drawn = listen("actplot.plotting.graphs.run_graph", lambda: Result(stdout=[b"a chart\n"]))
    listen("actplot.networks.lessons.lesson", lambda: ("graph", [], True))
    done = CliRunner().invoke(app, ["train", "addition", "relu"])
    assert (done.exit_code, done.stdout) == (130, "a chart\n")
    assert len(drawn) == 1


def test_gallery(listen: Listen) -> None:
    heard = listen("actplot.gallery.run.run")
    say("gallery", "out", "relu", "--jobs", "1")
    say(
        *("gallery", "out", "relu", "gelu", "x*2", "--only", "relu,x*", "--format", "svg,csv", "--style", "dark"),
        *("--style", "paper", "-r", "-1", "2", "--second", "--size", "6x4.5", "--scale", "poster", "--transparent"),
        *("--language", "es", "--jobs", "3", "--force", "-q"),
    )
    ((bare,), (full,)) = heard
    relu = actplot.get("relu")
    assert bare == Gallery(Path("out"), [relu], ("png",), Manner(page=PageSetup(dpi=110)), 1)
    assert full.folder == Path("out")
    assert full.formats == ("svg", "csv")
    page = PageSetup((6.0, 4.5), 110, transparent=True, scale=5.0)
    assert full.manner == Manner(("dark", "paper"), Wanted(derivative=True, second=True), (-1.0, 2.0), page, "es")
    assert (full.jobs, full.force, full.quiet) == (3, True, True)


def test_check_of_the_catalogue(listen: Listen) -> None:
    heard = listen("actplot.accuracy.report.measure", list)
    _, notes = say("check", "--seed", "5")
    assert notes == "actplot: seed 5\n"
    options = ["--against", "silu", "--range", "-1", "2", "--atol", "1e-9", "--seed", "6"]
    assert say("check", "gelu", "x*2", *options, "-q")[1] == ""
    assert say("check", "gelu", "--seed", "7", "--json")[1] == ""
    everything, some, _ = heard
    assert [each.name for each in everything[0]] == [*actplot.names(), *PAIRS]
    assert everything[1:] == (5, None, False, None, None)
    gelu, silu = actplot.get("gelu"), actplot.get("silu")
    assert [some[0][0], some[2]] == [gelu, silu]
    assert (len(some[0]), some[1], *some[3:5]) == (2, 6, True, (-1.0, 2.0))
    assert (some[5].absolute, some[5].relative) == (1e-9, 0.0)


def test_check_of_an_implementation(listen: Listen) -> None:
    heard = listen("actplot.cli.check.check_implementation")
    say("check", "numpy:tanh")
    say(
        *("check", "act.py:f", "act.py:g", "--dtype", "f16,bf16", "--gradient", "act.py:slope", "--with", "a=1"),
        *("--with", "b=2", "--device", "cuda", "--max-ulp", "2", "--against", "tanh", "--range", "-1", "2"),
        *("-o", "a.svg", "-o", "b.csv", "--style", "dark", "--json", "-q", "--all-inputs", "--backend", "dask"),
    )
    (first, bare), (names, full) = heard
    assert (first, names) == (["numpy:tanh"], ["act.py:f", "act.py:g"])
    assert bare == Wishes("float32", "auto", (), "cpu", None, None, None, (), (), False, False, False, "loky")
    assert full == Wishes(
        dtype="f16,bf16",
        gradient="act.py:slope",
        arguments=("a=1", "b=2"),
        device="cuda",
        max_ulp="2",
        against="tanh",
        bounds=("-1", "2"),
        outputs=("a.svg", "b.csv"),
        style=("dark",),
        as_json=True,
        quiet=True,
        all_inputs=True,
        backend="dask",
    )


def test_what_is_examined(listen: Listen) -> None:
    heard = listen("actplot.implementations.examine.examine", tuple)
    say("check", "numpy:tanh", "--dtype", "f32")
    options = ["--gradient", "none", "--device", "cuda", "--max-ulp", "2", "--range", "-1", "2"]
    say("check", "numpy:power", "--against", "x**2", "--dtype", "f16,f32", "--with", "x2=2", *options, "-q")
    say("check", "numpy:tanh", "--gradient", "numpy:cosh", "--all-inputs", "--backend", "threading", "-q")
    bare, full, every = (wanted for wanted, _ in heard)
    assert (bare.target.spec, bare.against.name, bare.formats) == ("numpy:tanh", "tanh", (FORMATS["float32"],))
    assert (bare.gradient, bare.wants_gradient, bare.device) == (None, True, "cpu")
    assert (bare.max_ulp, bare.bounds, bare.backend) == (None, None, None)
    assert (full.target.made_with, full.against.name) == ({"x2": 2}, "x**2")
    assert full.formats == (FORMATS["float16"], FORMATS["float32"])
    assert (full.gradient, full.wants_gradient, full.device) == (None, False, "cuda")
    assert (full.max_ulp, full.bounds) == (2.0, (-1.0, 2.0))
    assert (every.gradient.spec, every.wants_gradient, every.backend) == ("numpy:cosh", True, "threading")


# ---- what can't be asked for together, and what comes of wishes that nothing here fulfils

SUFFIXES = ".png .svg .pdf .csv .json .md .tex .txt"
TOO_MUCH = "--table, --terminal and --image print on standard output too; write the other output to a file"
REFUSED = {
    "relu --difference": "--difference needs two functions or more; name another",
    "relu -d --equal": "--equal is for a single panel; leave out -d, --second and --difference",
    "relu --second --equal": "--equal is for a single panel; leave out -d, --second and --difference",
    "relu gelu --difference --equal": "--equal is for a single panel; leave out -d, --second and --difference",
    "relu --dtype f16 --second": "--dtype shows f and f′; leave out --second, --difference and --tangent",
    "relu gelu --dtype f16 --difference": "--dtype shows f and f′; leave out --second, --difference and --tangent",
    "relu --dtype f16 --tangent 1": "--dtype shows f and f′; leave out --second, --difference and --tangent",
    "relu --dtype f16,bf16": "--dtype: a picture has one number format; name one",
    "relu --plain --annotate": "--plain and --annotate exclude each other; give one of them",
    "relu --layout together": "--layout together draws f′ in the panel of f; add -d or --second",
    "relu --layout beside": "--layout beside draws f′ to the right of f; add -d, --second or --difference",
    "relu --table --format csv": TOO_MUCH,
    "relu --terminal --format csv": TOO_MUCH,
    "relu --image --format png": TOO_MUCH,
    "relu --at nan,inf --terminal": "none of the points is finite; there is nothing to draw",
    "relu --at @nosuch --table": "cannot read nosuch: no such file or directory",
    "relu --at-kink nowhere --table --at 1": "no rule at kinks named 'nowhere'; choose one of undefined, left, right, "
    "mid, torch, tensorflow, jax",
    "relu --style nosuch --table": "no style named 'nosuch'; choose one of dark, light, paper, tutorial, or name an "
    ".mplstyle file",
    "relu -o a.svg -o ./a.svg": "the same output is named twice; name each once",
    "relu -o - --format csv -o /dev/stdout": "the same output is named twice; name each once",
    "relu -o - --format csv -o /dev/fd/1": "the same output is named twice; name each once",
    "relu -o - --format csv -o /proc/self/fd/1": "the same output is named twice; name each once",
    "relu -o a": f"'a' has no suffix to say its format; use {SUFFIXES}, or say which with --format",
    "relu -o a.doc": f"'a.doc' has the suffix .doc, which is no format here; use {SUFFIXES}, or say which with "
    "--format",
    "relu -o -": "--output - needs --format; choose one of png svg pdf csv json md tex text",
    "relu -o out/": "'out/' is a folder; name a file in it",
    "relu -o a.svg --format csv": "nothing is written as csv: the suffixes decide; add -o - or drop --format",
    "relu --format yaml": "no format named 'yaml'; choose one of png svg pdf csv json md tex text",
    "swiglu --jacobian 1,2": "swiglu has one output; -d shows both its slopes, in place of --jacobian",
    "swiglu --dtype f16": "--dtype is for functions of one input, and swiglu has two; leave it out",
    "swiglu --second --label A --xlabel x --ylabel y --ylim 0 1 --layout beside --equal --plain": "swiglu takes two "
    "inputs and has maps, to which --second, --label, --xlabel, --ylabel, --ylim, --layout, --equal, --plain is "
    "nothing; leave it out",
    "swiglu --annotate --tangent 1": "swiglu takes two inputs and has maps, to which --tangent, --annotate is nothing; "
    "leave it out",
    "swiglu -n 101 --table": "101 points along each of two inputs make too many pairs (at most 100 points); name fewer",
    "swiglu --at 1,nan --table": "swiglu takes two inputs, which must be finite numbers; leave out inf and nan",
    "softmax relu --jacobian 1,2": "--jacobian is for one function at one point; name it alone",
    "softmax --jacobian 1,2 --second --difference --at 1 -r 0 1 -n 3 --tangent 1 --label A --xlabel x --ylabel y "
    "--ylim 0 1": "a Jacobian is at one point, to which --second, --difference, --at, --range, --samples, --tangent, "
    "--label, --xlabel, --ylabel, --ylim is nothing; leave it out",
    "signal relu --cell gru --map": "--cell and --map exclude each other; give one of them",
    "signal relu --depth 0": "--depth: 0 is out of bounds; it is 1 to 100,000",
    "signal relu --width 100001": "--width: 100001 is out of bounds; it is 1 to 100,000",
    "signal relu --steps 1.5": "--steps: '1.5' is not a whole number",
    "signal relu --seeds 0": "--seeds: 0 is out of bounds; it is 1 to 100,000",
    "signal relu --seed -1": "--seed: -1 is out of bounds; it is 0 to 9,223,372,036,854,775,808",
    "train sums relu": "no task named 'sums'; choose one of addition, sincos, spirals",
    "train addition relu --hidden 10001": "--hidden: 10001 is out of bounds; it is 1 to 10,000",
    "train spirals relu --depth 1001": "--depth: 1001 is out of bounds; it is 1 to 1,000",
    "train addition relu --length 0": "--length: 0 is out of bounds; it is 1 to 10,000,000",
    "train addition relu --lr 0": "--lr: 0 is out of bounds; it is a number above 0",
    "train addition relu --clip inf": "--clip: inf is out of bounds; it is a number above 0",
    "relu --size 6": "--size: '6' is not WxH; write inches such as 6x4",
    "relu --dpi 9": "--dpi: 9 is out of bounds; it is 10 to 10000",
    "relu --digits 0": "--digits: 0 is not a whole number from 1 to 17",
    "relu --digits 1.5": "--digits: 1.5 is not a whole number from 1 to 17",
    "relu --samples 2.5": "--samples: '2.5' is not a whole number",
    "relu --tangent x": "--tangent: 'x' is not a number",
    "relu --ylim 1 0": "--ylim 1 0 is reversed; write --ylim 0 1",
}


Tell = Callable[..., list[str]]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Return the notes of a command line or, where it is refused, the reason alone; the commands are made once."""
    monkeypatch.chdir(tmp_path)
    command = get_command(app)

    def told(*arguments: str) -> list[str]:
        try:
            command(args=[*arguments], prog_name="actplot", standalone_mode=False)
        except ActplotError as problem:
            assert capsys.readouterr() == ("", "")
            return [str(problem)]
        return capsys.readouterr().err.splitlines()

    return told


def test_what_is_refused_and_in_which_words(tell: Tell, tmp_path: Path) -> None:
    for line, words in REFUSED.items():
        assert tell(*line.split()) == [words], line
    assert tell("relu", "-o", "") == ["--output has an empty file name; name a file such as relu.png"]
    assert not list(tmp_path.iterdir())


def test_wishes_that_nothing_fulfils_are_told(tell: Tell) -> None:
    figures = "for figures, and none is drawn here"
    svg = "is for an SVG, and none is written here; name one with -o FILE.svg"
    one_by_one = "is for a grid of points, and --at names the points one by one; left out"
    all_of_figures = "--scale 2 --layout beside --plain --transparent --xlabel a --ylabel b --ylim 0 1 --tangent 1"
    told = {
        "relu --table -r 0 1": [],
        "relu --at 1 -r 0 1 -n 3 --table": [f"--range {one_by_one}", f"--samples {one_by_one}"],
        "relu --digits 3 --terminal": [
            "--digits is for tables, and none is written here; name one with --table or -o FILE.csv"
        ],
        "relu --digits 3 --table --at 1": [],
        "relu --text --responsive --table --at 1": [f"--responsive {svg}", f"--text {svg}"],
        f"relu -d {all_of_figures} --table --at 1": [
            f"--scale, --layout, --plain, --transparent, --xlabel, --ylabel, --ylim, --tangent are {figures}"
        ],
        "relu --equal --table --at 1": [f"--equal is {figures}"],
        "relu --ylim 0 1 --tangent 1": [],  # the chart has them
        "relu gelu --tangent 1": [f"--tangent is {figures}"],
        "relu gelu --annotate": ["--annotate marks a single function; these share a figure without marks"],
        "relu --annotate --at 1,2": [
            "--annotate marks a curve over a range; points named with --at are drawn without marks"
        ],
        "relu --annotate": ["--annotate marks a figure; a chart in the terminal or a table has no marks of its own"],
        "relu -r 0.25 0.75 --table": [
            "the range 0.25 0.75 has no integers that fit a table; took 11 evenly spaced points (--at and -n choose "
            "others)"
        ],
        "relu --dtype f16 --at 0.1,0.5 --table": ["0.1 is no number of float16 and is taken as 0.0999755859375"],
        "relu --dtype f16 --at 0.1,0.3 --table": [
            "0.1 is no number of float16 and is taken as 0.0999755859375; 1 more likewise"
        ],
        "swiglu --at 1,2 --terminal": ["--at is for tables; pictures show the whole range"],
        "swiglu --at 1,2 --scale 2 --table": [f"--scale is {figures}"],
        "softmax --jacobian 1,2 --text --table": [f"--text {svg}"],
    }
    for line, notes in told.items():
        assert tell(*line.split()) == [f"actplot: {note}" for note in notes], line
    assert tell("relu", "--annotate", "--at", "1,2", "-q") == []


def test_what_given_lines_say_is_told_where_nothing_shows_it() -> None:
    x = np.array([0.0, 1.0])
    panels = [GraphPanel("f", "Signal", "layer", "q", [Series.of(0, "ReLU", x, line=x)])]
    graph = Graph("Lines", [actplot.get("relu")], panels, ["One.", "Two."])

    def notes(*outputs: Output, table: bool = False, terminal: bool = False, image: bool = False) -> list[str]:
        return run_graph(replace(NOTHING, outputs=outputs, table=table, terminal=terminal, image=image), graph).notes

    assert notes() == notes(terminal=True) == []  # under the chart
    assert notes(table=True) == ["One.", "Two."]
    assert notes(Output(Path("a.csv"), "csv")) == notes(Output(None, "json")) == ["One.", "Two."]
    assert notes(Output(Path("a.csv"), "csv"), terminal=True) == []
    assert notes(Output(None, "text")) == []  # they are all of it
    assert notes(Output(Path("a.txt"), "text")) == ["One.", "Two."]
    words = replace(NOTHING, table=True, appearance=Appearance(page=PageSetup(text=True)))
    assert run_graph(words, graph).notes == [
        "--text is for an SVG, and none is written here; name one with -o FILE.svg",
        *("One.", "Two."),
    ]
    shown, *told = notes(image=True)
    assert (shown, told) == (
        "this terminal shows no pictures (kitty and sixel terminals do); drew the chart",
        ["One.", "Two."],
    )


def test_charts_leave_a_line_for_the_prompt(monkeypatch: pytest.MonkeyPatch, tell: Tell) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr("actplot.console.output.commit", lambda _files, *stdout: shown.extend(stdout))
    monkeypatch.setattr(Screen, "of_stdout", lambda: Screen(60, 24, True, True, "utf-8"))
    small = ("--depth", "1", "--width", "2", "--seeds", "1")
    for line in (["relu"], ["gelu", "-d"], ["swiglu", "-d"], ["signal", "relu", *small]):
        tell(*line, "-q")
        lines = shown.pop().splitlines()
        assert 20 < len(lines) <= 23, line
    assert not shown


def test_figures_are_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for name in ("png", "pdf"):
        with pytest.raises(UsageError, match=rf"^a {name} is not for the terminal; use -o FILE, or redirect it$"):
            check(replace(NOTHING, outputs=(Output(None, name),)), 1)
    for name in ("svg", "csv", "json", "md", "tex", "text"):
        check(replace(NOTHING, outputs=(Output(None, name),)), 1)
    check(replace(NOTHING, outputs=(Output(Path("a.png"), "png"),)), 1)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    check(replace(NOTHING, outputs=(Output(None, "png"),)), 1)


def test_tables_have_the_length_that_is_said(monkeypatch: pytest.MonkeyPatch, tell: Tell) -> None:
    monkeypatch.setattr(renderings, "MAX_PRINTED", 3)
    monkeypatch.setattr(renderings, "MAX_ALIGNED", 3)
    assert tell("relu", "--at", "1,2,3", "--table") == tell("relu", "--at", "1,2,3", "--format", "md") == []
    assert tell("relu", "--at", "1,2,3,4", "--format", "csv") == []
    assert tell("relu", "--at", "1,2,3,4", "--table") == [
        "a table of 4 rows is too long for the terminal (at most 3); use --format csv"
    ]
    for name in ("md", "tex"):
        assert tell("relu", "--at", "1,2,3,4", "--format", name) == [
            f"a {name} table of 4 rows is too long for a page (at most 3); use csv"
        ]


def test_points_come_from_files_and_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tell: Tell
) -> None:
    def rows(at: str, given: bytes = b"") -> list[str]:
        done = CliRunner().invoke(app, ["identity", "--at", at, "--format", "csv"], input=given)
        return [row.split(",")[1] for row in done.stdout.splitlines()[1:]] or [str(done.exception)]

    (tmp_path / "points").write_bytes(b"\xef\xbb\xbf1,2\n 3\t4")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert rows("-", b"1 2\n-3") == ["1.0", "2.0", "-3.0"]
    assert rows("@points") == ["1.0", "2.0", "3.0", "4.0"]
    assert rows("@bytes") == ["bytes is not text; points are numbers split by white space or commas"]
    assert rows("@a\0b") == ["--at: there can be no file of that name"]
    assert rows("@.") == ["cannot read .: is a directory"]
    monkeypatch.setattr(options, "MAX_TEXT", 3)
    assert rows("-", b"1,2") == ["1.0", "2.0"]
    assert rows("-", b"1,23") == ["standard input is too long; at most 10,000,000 points fit"]
    monkeypatch.setattr("sys.stdin", None)
    assert tell("relu", "--at", "-", "--table") == ["standard input is closed; give the points as 1,2,3 or @FILE"]


def test_what_was_made_is_delivered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened: list[bool] = []

    def window(is_there: bool) -> Callable[[], bool]:
        def show() -> bool:
            opened.append(is_there)
            return is_there

        return show

    def made(**more: Any) -> Result:
        files: list[tuple[Path, Data]] = [(tmp_path / "a.csv", b"x")]
        return Result(files, [b"one\n", b"two\n"], ["first"], afterwards=lambda: iter(["last"]), **more)

    deliver(made(), quiet=False)
    assert (tmp_path / "a.csv").read_bytes() == b"x"
    assert capsys.readouterr() == ("one\ntwo\n", "actplot: first\nactplot: last\n")
    deliver(made(window=window(True), fallback=lambda: b"chart\n"), quiet=True)
    assert capsys.readouterr() == ("one\ntwo\n", "")
    deliver(made(window=window(False), fallback=lambda: b"chart\n"), quiet=True)
    assert capsys.readouterr() == ("one\ntwo\nchart\n", "")
    assert opened == [True, False]
