"""What each command line asks for, option by option: what reads it is listened to, and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import actplot
from actplot.activations.pairs import PAIRS
from actplot.arithmetic.formats import FORMATS
from actplot.cli.app import app
from actplot.cli.implementation import Wishes
from actplot.curves.content import Wanted
from actplot.figures.drawing import Frame
from actplot.figures.formats.page_setup import PageSetup
from actplot.gallery.manner import Manner
from actplot.gallery.run import Request as Gallery
from actplot.networks.flow import Deep, Recurrent
from actplot.networks.tasks import Settings
from actplot.plotting.formats import Output
from actplot.plotting.request import Appearance, Points, Request
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
    say("check", "numpy:tanh", "--dtype", "f32", "--backend", "threading")
    options = ["--gradient", "none", "--device", "cuda", "--max-ulp", "2", "--range", "-1", "2"]
    say("check", "numpy:power", "--against", "x**2", "--dtype", "f16,f32", "--with", "x2=2", *options, "-q")
    say("check", "numpy:tanh", "--gradient", "numpy:cosh", "--all-inputs", "--backend", "threading", "-q")
    bare, full, every = (wanted for wanted, _ in heard)
    assert (bare.target.spec, bare.against.name, bare.formats) == ("numpy:tanh", "tanh", (FORMATS["float32"],))
    assert (bare.gradient, bare.wants_gradient, bare.device) == (None, True, "cpu")
    assert (bare.max_ulp, bare.bounds, bare.backend) == (None, None, None)  # a backend is for all inputs
    assert (full.target.made_with, full.against.name) == ({"x2": 2}, "x**2")
    assert full.formats == (FORMATS["float16"], FORMATS["float32"])
    assert (full.gradient, full.wants_gradient, full.device) == (None, False, "cuda")
    assert (full.max_ulp, full.bounds) == (2.0, (-1.0, 2.0))
    assert (every.gradient.spec, every.wants_gradient, every.backend) == ("numpy:cosh", True, "threading")
