"""How fast actplot is beside the plainest program for the same job: ``python -m tests.benchmarks.run [ROUNDS]``.

Run it from the project's folder, in an environment that has actplot and its test extra, on a quiet machine. Every
row measures whole processes, ours and a baseline from ``baselines/`` in turn, and compares the medians. pytest does not
collect it. Byte code is made beforehand and kept, as it is in any installation.

The rows of the gallery are `tests.benchmarks.bench_gallery`'s and those of the functions
`tests.benchmarks.bench_functions`'s; both also run on their own.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks import bench_functions, bench_gallery
from tests.benchmarks.measure import Row, command, compare, report

BASELINES = Path(__file__).parent / "baselines"
SCRIPT = Path(sys.executable).with_name("actplot")  # the command that users type
ACTPLOT = (str(SCRIPT),) if SCRIPT.exists() else ("-m", "actplot")
MOST_MEMORY = 150.0  # MiB


@dataclass(frozen=True)
class Pair:
    """A row to measure: what it is called, the two command lines, the bound, and what both find in the environment."""

    what: str
    ours: Sequence[str]
    baseline: Sequence[str]
    bound: float
    environment: Mapping[str, str] = field(default_factory=dict)

    def measure(self, folder: Path, rounds: int) -> Row:
        """Run both in turn in a folder."""
        environment = {"PYTHONPATH": str(BASELINES), **self.environment}
        ours, baseline = (command(line, folder, **environment) for line in (self.ours, self.baseline))
        return compare(self.what, ours, baseline, self.bound, rounds)


def actplot(*arguments: str) -> tuple[str, ...]:
    """Return the command line of actplot."""
    return (*ACTPLOT, *arguments)


def app(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a baseline application."""
    return ("-c", f"from {module} import app; app(prog_name='bare')", *arguments)


def completion(shell: str) -> Pair:
    """Return the completion of ``si`` in a shell."""
    asked = {f"_{name}_COMPLETE": f"complete_{shell}" for name in ("ACTPLOT", "BARE")}
    typed = {"COMP_WORDS": "actplot si", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "actplot si"}
    return Pair(f"completion of a name in {shell} / a bare app's", actplot(), app("bare_app"), 1.10, asked | typed)


PAIRS = (
    Pair(
        "actplot sigmoid -d -o a.png / a pyplot script",
        actplot("sigmoid", "-d", "-o", "a.png"),
        ("-c", "import two_panels"),
        1.05,
    ),
    Pair(
        "actplot relu -d --table / a bare app's",
        actplot("relu", "-d", "--table"),
        app("bare_table", "relu", "-d", "--table"),
        1.10,
    ),
    Pair("actplot --version / a bare app's", actplot("--version"), app("bare_app", "--version"), 1.05),
    completion("bash"),
    completion("zsh"),
    Pair(
        "actplot signal relu gelu sigmoid -o a.png / the same networks in numpy, drawn by pyplot",
        actplot("signal", "relu", "gelu", "sigmoid", "-o", "a.png"),
        ("-c", "import deep_networks"),
        1.0,
    ),
    Pair(
        "a million rows of CSV with f′ / numpy.savetxt",
        actplot("sigmoid", "-d", "-n", "1000000", "-o", "a.csv"),
        ("-c", "import savetxt"),
        0.6,
    ),
)


def peak_memory(arguments: Sequence[str], folder: Path) -> float:
    """Return the largest resident set of a run, in MiB."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def memory(what: str, few: Sequence[str], many: Sequence[str], folder: Path) -> list[Row]:
    """Compare the memory of a short table and a long one, and the latter with what is allowed."""
    small, large = (median(peak_memory(line, folder) for _ in range(3)) for line in (few, many))
    return [
        Row(f"memory of ten million rows / of one, {what}", large, small, 1.05, "M"),
        Row(f"memory of ten million rows / {MOST_MEMORY:g} MiB, {what}", large, MOST_MEMORY, 1.0, "M"),
    ]


def main(rounds: int) -> int:
    """Measure everything, print the table and return how many rows are beyond their bounds."""
    compileall.compile_dir(BASELINES, quiet=1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = [pair.measure(folder, rounds) for pair in PAIRS]
        for what, options in {"printed": ("--format", "csv"), "as a file": ("-o", "a.csv")}.items():
            few, many = (actplot("sigmoid", "-d", "-n", count, *options) for count in ("1000000", "10000000"))
            rows += memory(what, few, many, folder)
        few, many = (actplot("sigmoid", "-d", "--at", f"0:{end}:1", "--format", "csv") for end in ("1e6", "1e7"))
        rows += memory("of --at", few, many, folder)
    functions, table = bench_functions.rows(rounds)
    rows += [*functions, *bench_gallery.rows(min(rounds, 5))]
    beyond = report(rows)
    print("", *table, sep="\n")
    return beyond


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
