"""What it takes to add an activation: one declaration, and everything else knows it."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import clean_environment

ROOT = Path(__file__).parents[1]
FAMILY = "sigmoidal"
DECLARATION = """
    activation("penalized_tanh", "tanh(x) if x > 0 else alpha*tanh(x)", alpha=0.25, title="Penalized tanh",
        source="Xu, Huang & Li 2016", sentence="tanh with a shallower negative side."),
)
"""

# All the lines that are asked below, run one after the other in one process.
LINES: dict[str, list[str]] = {
    "list": ["list"],
    "list of records": ["list", "--json"],
    "info": ["info", "penalized_tanh"],
    "info of 0.5": ["info", "penalized_tanh:alpha=0.5", "--json"],
    "info of 1": ["info", "penalized_tanh:alpha=1", "--json"],
    "values": ["penalized_tanh", "-d", "--at", "-2,-1e-300,0,0.5,3", "--format", "csv"],
    "left": ["penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", "left"],
    "right": ["penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", "right"],
    "torch": ["penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", "torch"],
    "check": ["check", "penalized_tanh", "--json", "-q"],
    "gallery": ["gallery", "out", "penalized_tanh", "tanh", "--format", "svg,csv", "-q"],
    "formula": ["2*penalized_tanh(x, alpha=0.5)", "--at=-1", "--format", "csv"],
    "mistyped": ["penalised_tahn"],
}
ENTRY = """
import contextlib, io, json, sys
from actplot.__main__ import main
done = {}
for name, line in json.loads(sys.argv[1]).items():
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code = main(line)
    out.flush()
    done[name] = int(code), out.buffer.getvalue().decode(), errors.getvalue()
print(json.dumps(done))
"""
COMPLETED = "import sys; sys.argv[0] = 'actplot'; from actplot.__main__ import main; sys.exit(main([]))"


class Copy:
    """A copy of the package whose catalogue has one declaration more, and what its command prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "actplot", folder / "actplot")  # with what is compiled of the sources that stay
        family = folder / "actplot" / "activations" / f"{FAMILY}.py"
        before, end, after = family.read_text().rpartition("\n)\n")
        assert (end, after) == ("\n)\n", "")
        family.write_text(before + DECLARATION)
        self.done: dict[str, list[Any]] = json.loads(self.python(ENTRY, json.dumps(LINES)))

    def python(self, source: str, *arguments: str, **environment: str) -> str:
        """Run a program that uses the copy, and return what it prints."""
        return subprocess.run(
            [sys.executable, "-c", source, *arguments],
            capture_output=True,
            timeout=60,
            env=clean_environment(PYTHONPATH=str(self.folder), COLUMNS="100", **environment),
            cwd=self.folder,
            check=True,
        ).stdout.decode()

    def __call__(self, name: str) -> str:
        """Return what a line printed that went well."""
        code, out, errors = self.done[name]
        assert (code, errors) == (0, "")
        return str(out)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


def test_a_new_activation_is_listed_in_its_family(command: Copy) -> None:
    lines = command("list").splitlines()
    place = next(number for number, line in enumerate(lines) if line.split()[:1] == ["penalized_tanh"])
    assert lines[place].split()[1] == "alpha=0.25"
    assert lines[place].split()[2] == FAMILY
    record = json.loads(command("list of records"))
    (own,) = (entry for entry in record if entry["name"] == "penalized_tanh")
    assert own["formula"] == "tanh(x) if x > 0 else alpha*tanh(x)"
    assert own["parameters"] == {"alpha": 0.25}
    assert own["derivative"]


def test_a_kink_that_is_not_declared_is_found(command: Copy) -> None:
    text = command("info")
    assert "Penalized tanh  (penalized_tanh)\ntanh with a shallower negative side.\n" in text
    assert "at 0: slope 0.25 on the left, 1 on the right\n" in text
    assert "f has a kink" in text
    assert "(-0.25, 1)" in text
    assert "for x ≠ 0" in text
    assert "Xu, Huang & Li 2016" in text
    (kink,) = json.loads(command("info of 0.5"))["kinks"]
    assert (kink["x"], kink["slopes"], kink["jump"]) == (0.0, [0.5, 1.0], None)
    assert json.loads(command("info of 1"))["kinks"] == []


def test_a_new_activation_s_table_has_the_exact_slopes(command: Copy) -> None:
    rows = list(csv.DictReader(io.StringIO(command("values"))))
    for row in rows:
        x = float(row["x"])
        side = 1.0 if x > 0 else 0.25
        assert float(row["f"]) == pytest.approx(side * math.tanh(x), rel=1e-15)
        if x != 0:
            assert float(row["df"]) == pytest.approx(side / math.cosh(x) ** 2, rel=1e-15)
    assert rows[2] == {"name": "penalized_tanh", "x": "0.0", "f": "0.0", "df": ""}
    for rule, slope in (("left", "0.25"), ("right", "1.0")):
        assert command(rule).splitlines()[1].split(",")[-1] == slope


def test_what_frameworks_take_at_a_found_kink_is_not_known(command: Copy) -> None:
    code, out, errors = command.done["torch"]
    assert (code, out) == (2, "")
    assert "penalized_tanh: what torch takes for f' at x = 0 is not known" in errors


def test_a_new_activation_is_certified(command: Copy) -> None:
    record = json.loads(command("check"))
    (measured,) = record["functions"]
    assert measured["passed"]
    assert record["max_ulp"] == 1
    assert measured["f"]["undecided"] == measured["df"]["undecided"] == 0


def test_a_new_activation_is_in_the_gallery(command: Copy) -> None:
    assert command("gallery") == ""
    out = command.folder / "out"
    assert (out / "penalized_tanh.csv").read_text().startswith("name,x,f,df\npenalized_tanh,-5.0,")
    assert "Penalized tanh" in (out / "penalized_tanh.svg").read_text()
    assert "### Penalized tanh\n\ntanh with a shallower negative side.\n" in (out / "README.md").read_text()
    page = (out / "index.html").read_text()
    (card,) = re.findall('<article class="card" id="penalized_tanh".*?</article>', page, re.DOTALL)
    assert "<dd>kink at 0</dd>" in card
    assert "<dd>α = 0.25</dd>" in card
    assert card.count("<math") == 2


def test_a_new_activation_is_completed_and_called_by_formulas(command: Copy) -> None:
    asked = {"_ACTPLOT_COMPLETE": "complete_bash", "COMP_WORDS": "actplot penal", "COMP_CWORD": "1"}
    offered = command.python(COMPLETED, **asked)
    assert offered.split() == ["penalized_tanh"]
    values = command("formula")
    assert float(values.splitlines()[1].rpartition(",")[2]) == pytest.approx(-math.tanh(1.0))
    code, out, errors = command.done["mistyped"]
    assert (code, out) == (2, "")
    assert errors.startswith("actplot: error: ")
    assert errors.count("\n") == 1
    assert "did you mean 'penalized_tanh'?" in errors
