"""What it takes to add an activation: one declaration, and everything else knows it."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import clean_environment, one_error_line

ROOT = Path(__file__).parents[1]
FAMILY = "sigmoidal"
DECLARATION = """
    activation("penalized_tanh", "tanh(x) if x > 0 else alpha*tanh(x)", alpha=0.25, title="Penalized tanh",
        source="Xu, Huang & Li 2016", sentence="tanh with a shallower negative side."),
)
"""

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Run the command of a copy of the package whose catalogue has one declaration more."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "actplot", folder / "actplot", ignore=shutil.ignore_patterns("__pycache__"))
    family = folder / "actplot" / "activations" / f"{FAMILY}.py"
    before, end, after = family.read_text().rpartition("\n)\n")
    assert (end, after) == ("\n)\n", "")
    family.write_text(before + DECLARATION)

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", "import sys; sys.argv[0] = 'actplot'; from actplot.__main__ import main; sys.exit(main())"]
            + list(arguments),
            capture_output=True,
            timeout=60,
            env=clean_environment(PYTHONPATH=str(folder), COLUMNS="100", **environment),
            cwd=folder,
            check=False,
        )

    return run


def shown(done: subprocess.CompletedProcess[bytes]) -> str:
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_a_new_activation_is_listed_in_its_family(command: Command) -> None:
    lines = shown(command("list")).splitlines()
    place = next(number for number, line in enumerate(lines) if line.split()[:1] == ["penalized_tanh"])
    assert lines[place].split()[1] == "alpha=0.25"
    families = [line.strip() for line in lines[:place] if line and not line.startswith(" ")]
    assert families[-1] == FAMILY
    record = json.loads(shown(command("list", "--json")))
    (own,) = (entry for entry in record if entry["name"] == "penalized_tanh")
    assert own["formula"] == "tanh(x) if x > 0 else alpha*tanh(x)"
    assert own["parameters"] == {"alpha": 0.25}
    assert own["derivative"]


def test_a_kink_that_is_not_declared_is_found(command: Command) -> None:
    text = shown(command("info", "penalized_tanh"))
    assert "Penalized tanh  (penalized_tanh)\ntanh with a shallower negative side.\n" in text
    assert "at 0: slope 0.25 on the left, 1 on the right\n" in text
    assert "f has a kink" in text
    assert "(-0.25, 1)" in text
    assert "for x ≠ 0" in text
    assert "Xu, Huang & Li 2016" in text
    (kink,) = json.loads(shown(command("info", "penalized_tanh:alpha=0.5", "--json")))["kinks"]
    assert (kink["x"], kink["slopes"], kink["jump"]) == (0.0, [0.5, 1.0], None)
    assert json.loads(shown(command("info", "penalized_tanh:alpha=1", "--json")))["kinks"] == []


def test_a_new_activation_s_table_has_the_exact_slopes(command: Command) -> None:
    points = "-2,-1e-300,0,0.5,3"
    rows = list(csv.DictReader(io.StringIO(shown(command("penalized_tanh", "-d", "--at", points, "--format", "csv")))))
    for row in rows:
        x = float(row["x"])
        side = 1.0 if x > 0 else 0.25
        assert float(row["f"]) == pytest.approx(side * math.tanh(x), rel=1e-15)
        if x != 0:
            assert float(row["df"]) == pytest.approx(side / math.cosh(x) ** 2, rel=1e-15)
    assert rows[2] == {"name": "penalized_tanh", "x": "0.0", "f": "0.0", "df": ""}
    sides = [shown(command("penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", rule)) for rule in ("left", "right")]
    assert [text.split(",")[-1].strip() for text in sides] == ["0.25", "1.0"]


def test_what_frameworks_take_at_a_found_kink_is_not_known(command: Command) -> None:
    done = command("penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", "torch")
    assert "what torch takes for f' at x = 0 is not known" in one_error_line(done)


def test_a_new_activation_is_certified(command: Command) -> None:
    record = json.loads(shown(command("check", "penalized_tanh", "--json", "-q")))
    (measured,) = record["functions"]
    assert measured["passed"]
    assert record["max_ulp"] == 1
    assert measured["f"]["undecided"] == measured["df"]["undecided"] == 0


def test_a_new_activation_is_in_the_gallery(command: Command) -> None:
    done = command("gallery", "out", "--only", FAMILY, "--format", "svg,csv", "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    # The copy's folder is where the command ran.
    page = shown(command("gallery", "out", "--only", "penalized_tanh", "--format", "json", "-q"))
    assert page == ""


def test_a_new_activation_is_completed_and_called_by_formulas(command: Command) -> None:
    line = "actplot penal"
    offered = command(_ACTPLOT_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="1").stdout.decode()
    assert offered.split() == ["penalized_tanh"]
    values = shown(command("2*penalized_tanh(x, alpha=0.5)", "--at=-1", "--format", "csv"))
    assert float(values.splitlines()[1].rpartition(",")[2]) == pytest.approx(-math.tanh(1.0))
    assert "did you mean 'penalized_tanh'?" in one_error_line(command("penalised_tahn"))
