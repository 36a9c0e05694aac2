"""The speed of the gallery: ``python -m tests.benchmarks.bench_gallery [ROUNDS]`` from the project's folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import Row, command, compare, report

ROOT = Path(__file__).parent.parent.parent
DRAW = ("-m", "actplot", "gallery", "out", "--format", "png,svg")
TABLE = ("-m", "actplot", "relu", "-d", "--table")

# What someone would write who has the functions and needs the pictures.
PLAIN_LOOP = """
import os
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import actplot

os.makedirs("plain", exist_ok=True)
for name in actplot.names():
    activation = actplot.get(name)
    x = np.linspace(*activation.declaration.range, 500)
    f, df = activation(x)
    figure, (upper, lower) = plt.subplots(2, 1)
    upper.plot(x, f)
    upper.set_title(name)
    lower.plot(x, df)
    lower.set_title(f"{name}, derivative")
    figure.savefig(f"plain/{name}.png", dpi=100)
    figure.savefig(f"plain/{name}.svg")
    plt.close(figure)
"""


def rows(rounds: int) -> list[Row]:
    """Measure everything in a folder of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "actplot", folder / "actplot")
        out = folder / "out"
        again = command(DRAW, folder)
        whole = compare(
            "the whole catalogue in png and svg / a plain pyplot loop",
            again,
            command(("-c", PLAIN_LOOP), folder),
            bound=0.35,
            rounds=rounds,
            before=lambda: shutil.rmtree(out, ignore_errors=True),
        )
        table = command(TABLE, folder)
        unchanged = compare("the same again, nothing changed / one value table", again, table, bound=1.3, rounds=rounds)
        family = folder / "actplot" / "activations" / "rectifiers.py"
        text = family.read_text()

        def change() -> None:
            """Change one declaration, in every round to something else."""
            titles = 'title="ReLU6"', 'title="ReLU 6"'
            old, new = titles if titles[0] in family.read_text() else titles[::-1]
            family.write_text(family.read_text().replace(old, new))

        assert 'title="ReLU6"' in text
        figure = command(("-m", "actplot", "relu6", "-d", "-o", "a.png", "-o", "a.svg"), folder)
        one = compare("one declaration changed / that figure alone", again, figure, 1.6, rounds=rounds, before=change)
        return [whole, unchanged, one]


if __name__ == "__main__":
    sys.exit(report(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
