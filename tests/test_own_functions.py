"""Functions of one's own: a file declares them, and everything takes them as it takes the catalogue's."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.cli.options import COMMANDS
from actplot.errors import UsageError
from actplot.functions import own, own_files
from actplot.functions.registry import own_names
from actplot.functions.trained import trained
from actplot.gallery.keys import activation_key
from actplot.gallery.manner import USUAL
from actplot.gallery.pictures import Made, Order, Recipe
from actplot.gallery.workers import work_off
from tests.conftest import Run, clean_environment, one_error_line

FILE = """
[my_act]
formula = "x*sigmoid(beta*x)"
parameters = { beta = 1.5 }
title = "My Act"
range = [-4, 4]
source = "Me & you, 2026"
sentence = "A *steeper* SiLU."
aliases = ["mine"]
bounds = ["beta > 0"]

[pasted]
formula = "np.where(x > 0, x, 0.5*swish(x))"

[third]
formula = "my_act(x) + mine(x, beta=2)"
"""


@pytest.fixture(autouse=True)
def _forgetting() -> Iterator[None]:
    yield
    own.forget(own_names())


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def rows(stdout: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stdout.decode())))


def test_values_and_slopes(run: Run, mine: Path) -> None:
    done = run("my_act", "PASTED", "third", "-d", "--at", "2,-1", "--format", "csv", "--functions", str(mine))
    assert done.stderr == b""
    table = {(row["name"], row["x"]): (float(row["f"]), float(row["df"])) for row in rows(done.stdout)}
    s, t = sigmoid(3.0), sigmoid(4.0)
    assert table["my_act", "2.0"] == pytest.approx((2 * s, s + 3 * s * (1 - s)), rel=1e-15)
    assert table["third", "2.0"] == pytest.approx((2 * s + 2 * t, s + 3 * s * (1 - s) + t + 4 * t * (1 - t)), rel=1e-15)
    u = sigmoid(-1.0)
    assert table["pasted", "2.0"] == (2.0, 1.0)
    assert table["pasted", "-1.0"] == pytest.approx((-0.5 * u, 0.5 * (u - u * (1 - u))), rel=1e-15)


def test_parameters_sweeps_and_formulas(run: Run, mine: Path) -> None:
    spec = ("mine:beta=1/2", "2*my_act(x, beta=3) + 1")
    done = run(*spec, "--at", "1", "--format", "csv", "--functions", str(mine))
    values = [float(row["f"]) for row in rows(done.stdout)]
    assert values == pytest.approx([sigmoid(1), sigmoid(2), 2 * sigmoid(3) + 1], rel=1e-15)
    refused = run("my_act:beta=-1", "--functions", str(mine))
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"beta > 0 must hold" in refused.stderr


def test_every_command_takes_them(run: Run, mine: Path, tmp_path: Path) -> None:
    files = ("--functions", str(mine))
    listed = json.loads(run("list", "--own", "--json", *files).stdout)
    assert [(each["name"], each["aliases"], each["plotted_range"]) for each in listed] == [
        ("my_act", ["mine"], [-4.0, 4.0]),
        ("pasted", [], [-5.0, 5.0]),
        ("third", [], [-5.0, 5.0]),
    ]
    page = run("info", "mine", *files).stdout.decode()
    assert page.startswith("My Act  (my_act)\nA *steeper* SiLU.\n")
    assert "Me & you, 2026" in page
    told = json.loads(run("info", "my_act", "--json", *files).stdout)
    assert (told["family"], told["formula"], told["parameters"]) == ("own", "x*sigmoid(beta*x)", {"beta": 1.5})
    assert b"ok" in run("check", "my_act", "--seed", "1", *files).stdout
    chart = run("my_act", "-d", "--terminal", *files).stdout.decode()
    assert "My Act" in chart
    assert "-4" in chart.splitlines()[-1]
    done = run("gallery", "g", "--only", "own", "--format", "svg,csv", *files)
    assert done.returncode == 0, done.stderr
    assert {"my_act.svg", "pasted.svg", "third.csv", "README.md"} <= {path.name for path in (tmp_path / "g").iterdir()}
    index = (tmp_path / "g/README.md").read_text(encoding="utf-8")
    assert r"A \*steeper\* SiLU." in index
    assert "## Own" in index


def test_where_files_are_found(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    (tmp_path / "actplot.toml").write_text('[far]\nformula = "x"\n')
    (tmp_path / "a/actplot.toml").write_text('[near]\nformula = "2*x"\n[both]\nformula = "1"\n')
    other, last = tmp_path / "other.toml", tmp_path / "last.toml"
    other.write_text('[named]\nformula = "3*x"\n[both]\nformula = "2"\n')
    last.write_text('[both]\nformula = "3"\n')
    environment = {"ACTPLOT_FUNCTIONS": os.pathsep.join([str(other), str(other)])}

    def listed(*files: Path, **extra: str) -> list[str]:
        given = [part for path in files for part in ("--functions", str(path))]
        done = subprocess.run(
            [sys.executable, "-m", "actplot", "list", "--own", "--json", *given],
            cwd=below,
            env=clean_environment(**extra),
            capture_output=True,
            check=True,
        )
        return [f"{each['name']}={each['formula']}" for each in json.loads(done.stdout)]

    assert listed() == ["near=2*x", "both=1"]
    assert sorted(listed(**environment)) == ["both=2", "named=3*x", "near=2*x"]
    assert sorted(listed(last, **environment)) == ["both=3", "named=3*x", "near=2*x"]
    assert sorted(listed(last)) == ["both=3", "near=2*x"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n[gelu]\nformula = "x"', "line 2: gelu is a function already"),
        ('[Swish]\nformula = "x"', "line 1: Swish is a function already"),
        ('[exp]\nformula = "x"', "line 1: exp means something in formulas already"),
        ('[where]\nformula = "x"', "line 1: where means something"),
        ('[e]\nformula = "x"', "line 1: e means something"),
        ('[list]\nformula = "x"', "line 1: list is a command"),
        ('["a b"]\nformula = "x"', "line 1: 'a b' is no name"),
        ('[a]\nformula = "x"\naliases = ["relu"]', "line 1: relu is a function already"),
        ('[a]\nformula = "x"\n\n[b]\nformula = "a(x) + c(x)"', "line 4: b: there is no function 'c'"),
        ('[a]\nformula = "k*x"', "line 1: k*x needs a value for k"),
        ('[a]\nformula = "x"\nparameters = {k = 1}', "line 1: x has no parameter 'k'"),
        ('[a]\nformula = "x +"', "line 1: a: this is not a formula"),
        ('[a]\ntitle = "A"', "line 1: a: it has no formula"),
        ('[a]\nformula = "x"\ncolour = "red"', "line 3: a: there is no key 'colour'"),
        ('[a]\nformula = "x"\n\nrange = [1]', "line 4: a: range is not two numbers"),
        ('[a]\nformula = "x"\nrange = [1, 1]', "line 1: the range 1 1 is none"),
        ('[a]\nformula = 3', "line 2: a: formula is not a text"),
        ('[a]\nformula = "k*x"\n[a.parameters]\nk = true', "line 1: a: parameters are not numbers"),
        ('[a]\nformula = "x"\naliases = "b"', "line 3: a: aliases is not a list"),
        ('[a]\nformula = "x"\n[a]\nformula = "x"', "line 3: "),
        ('[a]\nformula = "x', "line 2: "),
        ('a = 3', "line 1: a stands in no table"),
        ('[a]\nformula = "softplus(x, beta=k)"\nparameters = {k = -1}', "line 1: softplus: beta=-1 is out of bounds"),
        ('[a]\nformula = "k*x"\nparameters = {k = 2}\nbounds = ["k < 1"]', "line 1: a: k=2 is out of bounds"),
        ('[a]\nformula = "k*x"\nparameters = {k = inf}', "line 1: k=inf is not a finite number"),
        ('[a]\nformula = "a(x)"', "line 1: a: there is no function 'a'"),
        ("x" * 1_000_001, "is too long"),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        own_files.load([str(path)], reserved=COMMANDS)
    assert str(caught.value).startswith(f"{path}")
    assert said in str(caught.value)


@pytest.mark.parametrize("command", [("relu",), ("list",), ("info", "relu"), ("gallery", "g"), ("check", "relu")])
def test_a_file_that_cannot_be_read(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for name, code in (("missing.toml", 1), ("pipe", 1), (".", 1), ("bytes.toml", 2)):
        done = run(*command, "--functions", name)
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (code, b"", 1), done
        assert done.stderr.startswith(b"actplot: error: ")
    assert not (tmp_path / "g").exists()


def test_defined_from_python() -> None:
    act = actplot.define("half_act", "x*sigmoid(a*x)", a=2.0, title="Half", range=(-3, 3))
    f, df = act(1.0)
    s = sigmoid(2.0)
    assert (f, df) == pytest.approx((s, s + 2 * s * (1 - s)), rel=1e-15)
    assert actplot.get("HalfAct", a=4.0)(1.0)[0] == pytest.approx(sigmoid(4.0), rel=1e-15)
    assert actplot.get("half_act(x) - x")(1.0)[0] == pytest.approx(s - 1, rel=1e-15)
    assert "half_act" in actplot.names()
    actplot.define("half_act", "x/2")
    assert actplot.get("half_act")(3.0) == (1.5, 0.5)
    with pytest.raises(UsageError, match="relu is a function already"):
        actplot.define("relu", "x")
    with pytest.raises(UsageError, match="two texts"):
        actplot.define("a", 3)  # type: ignore[arg-type]


def test_a_definition_that_fails_leaves_what_was_known() -> None:
    actplot.define("half_act", "x/2")
    with pytest.raises(UsageError):
        actplot.define("half_act", "x +")
    assert actplot.get("half_act")(3.0) == (1.5, 0.5)


def test_copies_say_the_same_even_where_the_name_is_unknown() -> None:
    act = actplot.define("half_act", "x/2")
    copied = pickle.dumps(act)
    assert pickle.loads(copied) == act
    own.forget(["half_act"])
    again = pickle.loads(copied)
    assert again == act
    assert again(3.0) == (1.5, 0.5)


def test_workers_that_start_afresh_know_them() -> None:
    actplot.define("half_act", "x/2")
    actplot.define("whole_act", "half_act(x) + half_act(x)")
    specs = ("whole_act", "1 + half_act(x)")
    orders = [Order(Recipe.of(actplot.get(spec)), {"csv": "a.csv"}, USUAL) for spec in specs]
    here = dict(work_off(orders, 1))
    assert dict(work_off(orders, 2, "spawn", partial(own.add, own.own_declarations()))) == here
    assert all(isinstance(result, Made) for result in here.values())


def test_completion_knows_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "actplot.toml").write_text('[zz_mine]\nformula = "x"\nsentence = "Mine."\n')
    done = run(env={"_ACTPLOT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "actplot plot zz"})
    assert done.stderr == b""
    assert b"zz_mine" in done.stdout


def test_completion_says_nothing_of_a_file_that_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "actplot.toml").write_text("[[[")
    done = run(env={"_ACTPLOT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "actplot plot rel"})
    assert b"relu" in done.stdout
    assert done.stderr == b""


def test_what_is_wrong_with_a_file_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "actplot.toml").write_text('[gelu]\nformula = "x"')
    for command in (("relu",), ("list",), ("info", "relu"), ("gallery", "g"), ("check", "relu")):
        assert one_error_line(run(*command)).endswith(
            "actplot.toml, line 1: gelu is a function already; choose another name\n"
        )


def test_nothing_in_a_file_is_run(run: Run, tmp_path: Path) -> None:
    (tmp_path / "actplot.toml").write_text("[a]\nformula = \"__import__('os').system('touch ran')\"\n")
    done = run("list", "--own")
    assert done.returncode == 2
    assert not (tmp_path / "ran").exists()


def test_without_own_functions_a_run_reads_no_toml(tmp_path: Path) -> None:
    source = (
        "import sys; sys.argv = ['actplot', 'relu', '--table']\nfrom actplot.__main__ import main\n"
        "assert main() == 0\nassert 'tomllib' not in sys.modules and 'actplot.functions.own' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", source], cwd=tmp_path, env=clean_environment(), check=True, capture_output=True
    )


def test_what_a_file_declares_no_more_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "actplot.toml"
    path.write_text('[one]\nformula = "x"\n[two]\nformula = "x"\n')
    own_files.load([])
    assert own_names() == ["one", "two"]
    path.write_text('[two]\nformula = "2*x"\n')
    own_files.load([])
    assert own_names() == ["two"]
    assert actplot.get("two")(1.0) == (2.0, 2.0)
    path.unlink()
    own_files.load([])
    assert own_names() == []


GRADIENT = """
[my_sign]
formula = "sign(x)"
gradient = "sigmoid(k*x)*my_slope(x, k=k) + 0*Swish(x)"
parameters = { k = 4 }

[plain]
formula = "x"
"""


def test_a_gradient_of_one_s_own_is_drawn_and_is_no_derivative(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "g.toml"
    path.write_text('[my_slope]\nformula = "1 - sigmoid(k*x)"\nparameters = {k = 1}\n' + GRADIENT)
    done = run("my_sign", "plain", "-d", "--at", "0.25,-1", "--format", "csv", "--functions", str(path))
    assert done.stderr == b""
    table = {(row["name"], row["x"]): row for row in rows(done.stdout)}
    s = sigmoid(1.0)
    assert table["my_sign", "0.25"]["df"] == "0.0"
    assert float(table["my_sign", "0.25"]["gradient"]) == pytest.approx(s * (1 - s), rel=1e-15)
    assert table["plain", "-1.0"]["gradient"] == ""
    swept = run("my_sign:k=1/2/3", "-d", "--at", "0", "--format", "csv", "--functions", str(path))
    assert [float(row["gradient"]) for row in rows(swept.stdout)] == [0.25, 0.25, 0.25]
    page = run("info", "my_sign", "--functions", str(path)).stdout.decode()
    assert "gradient used in training; the derivative is 0" in " ".join(page.split())
    chart = run("my_sign", "-d", "--terminal", "--functions", str(path)).stdout.decode()
    assert "gradient used in training" in chart
    own_files.load([str(path)])
    panels = [axes.get_title(loc="left") for axes in actplot.figure("my_sign").axes]
    assert panels == ["my_sign", "Gradient used in training; the derivative is 0"]
    before = activation_key(actplot.get("my_sign"))
    path.write_text(path.read_text().replace("1 - sigmoid(k*x)", "2 - sigmoid(k*x)"))
    own_files.load([str(path)])
    assert activation_key(actplot.get("my_sign")) != before, "a gallery draws what its gradient calls anew"


def test_a_gradient_is_checked_where_it_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "g.toml"
    for gradient, said in (
        ('"k*x"', "line 1: k*x needs a value for k"),
        ('"x +"', "line 1: a, gradient: this is not a formula"),
        ('"nosuch(x)"', "line 1: a, gradient: there is no function 'nosuch'"),
        ("3", "line 3: a: gradient is not a text"),
    ):
        path.write_text(f'[a]\nformula = "x"\ngradient = {gradient}\n')
        with pytest.raises(UsageError) as caught:
            own_files.load([str(path)])
        assert said in str(caught.value)
    path.write_text('[a]\nformula = "x"\ngradient = "x"\nparameters = {k = 1}\n')
    with pytest.raises(UsageError, match="x has no parameter 'k'"):
        own_files.load([str(path)])
    act = actplot.define("my_ste", "sign(x)", gradient="1 if abs(x) <= c else 0", c=2.0)
    taken = trained(act)
    assert taken is not None
    assert taken([1.5, 2.5])[0].tolist() == [1.0, 0.0]
    assert trained(actplot.get("my_ste", c=1.0))(1.5)[0] == 0.0  # type: ignore[misc]
    with pytest.raises(UsageError, match="gradient=3 is not a text"):
        actplot.define("my_ste", "sign(x)", gradient=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "command",
    [
        ["same", "mine"],
        ["signal", "mine", "--depth", "2", "--width", "2", "--seeds", "1", "--format", "csv"],
        ["train", "spirals", "mine", *"--depth 1 --hidden 1 --length 1 --seeds 1 --format csv".split()],
    ],
    ids=lambda command: command[0],
)
def test_what_learns_and_compares_takes_them_too(
    command: list[str], mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, command).exit_code != 0, "nobody knows it yet"
    done = CliRunner().invoke(app, [*command, "--functions", str(mine)])
    assert done.exit_code == 0, done.stderr
