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

import pytest

from tests.conftest import clean_environment, one_error_line

ROOT = Path(__file__).parents[1]
FAMILY = "sigmoidal"
DECLARATION = """
    activation("penalized_tanh", "tanh(x) if x > 0 else alpha*tanh(x)", alpha=0.25, title="Penalized tanh",
        source="Xu, Huang & Li 2016", sentence="tanh with a shallower negative side."),
)
"""

ENTRY = "import sys; sys.argv[0] = 'actplot'; from actplot.__main__ import main; sys.exit(main())"


class Copy:
    """A copy of the package whose catalogue has one declaration more, and its command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "actplot", folder / "actplot", ignore=shutil.ignore_patterns("__pycache__"))
        family = folder / "actplot" / "activations" / f"{FAMILY}.py"
        before, end, after = family.read_text().rpartition("\n)\n")
        assert (end, after) == ("\n)\n", "")
        family.write_text(before + DECLARATION)

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", ENTRY, *arguments],
            capture_output=True,
            timeout=60,
            env=clean_environment(PYTHONPATH=str(self.folder), COLUMNS="100", **environment),
            cwd=self.folder,
            check=False,
        )


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


def shown(done: subprocess.CompletedProcess[bytes]) -> str:
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_a_new_activation_is_listed_in_its_family(command: Copy) -> None:
    lines = shown(command("list")).splitlines()
    place = next(number for number, line in enumerate(lines) if line.split()[:1] == ["penalized_tanh"])
    assert lines[place].split()[1] == "alpha=0.25"
    assert lines[place].split()[2] == FAMILY
    record = json.loads(shown(command("list", "--json")))
    (own,) = (entry for entry in record if entry["name"] == "penalized_tanh")
    assert own["formula"] == "tanh(x) if x > 0 else alpha*tanh(x)"
    assert own["parameters"] == {"alpha": 0.25}
    assert own["derivative"]


def test_a_kink_that_is_not_declared_is_found(command: Copy) -> None:
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


def test_a_new_activation_s_table_has_the_exact_slopes(command: Copy) -> None:
    points = "-2,-1e-300,0,0.5,3"
    rows = list(csv.DictReader(io.StringIO(shown(command("penalized_tanh", "-d", "--at", points, "--format", "csv")))))
    for row in rows:
        x = float(row["x"])
        side = 1.0 if x > 0 else 0.25
        assert float(row["f"]) == pytest.approx(side * math.tanh(x), rel=1e-15)
        if x != 0:
            assert float(row["df"]) == pytest.approx(side / math.cosh(x) ** 2, rel=1e-15)
    assert rows[2] == {"name": "penalized_tanh", "x": "0.0", "f": "0.0", "df": ""}
    for rule, slope in (("left", "0.25"), ("right", "1.0")):
        text = shown(command("penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", rule))
        assert text.splitlines()[1].split(",")[-1] == slope


def test_what_frameworks_take_at_a_found_kink_is_not_known(command: Copy) -> None:
    done = command("penalized_tanh", "-d", "--at", "0", "--format", "csv", "--at-kink", "torch")
    assert done.returncode == 2
    assert b"penalized_tanh: what torch takes for f' at x = 0 is not known" in done.stderr


def test_a_new_activation_is_certified(command: Copy) -> None:
    record = json.loads(shown(command("check", "penalized_tanh", "--json", "-q")))
    (measured,) = record["functions"]
    assert measured["passed"]
    assert record["max_ulp"] == 1
    assert measured["f"]["undecided"] == measured["df"]["undecided"] == 0


def test_a_new_activation_is_in_the_gallery(command: Copy) -> None:
    assert shown(command("gallery", "out", "penalized_tanh", "tanh", "--format", "svg,csv", "-q")) == ""
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
    line = "actplot penal"
    offered = command(_ACTPLOT_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="1").stdout.decode()
    assert offered.split() == ["penalized_tanh"]
    values = shown(command("2*penalized_tanh(x, alpha=0.5)", "--at=-1", "--format", "csv"))
    assert float(values.splitlines()[1].rpartition(",")[2]) == pytest.approx(-math.tanh(1.0))
    assert "did you mean 'penalized_tanh'?" in one_error_line(command("penalised_tahn"))
