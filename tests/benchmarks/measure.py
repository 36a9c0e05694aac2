"""Measure command lines against baselines, in turn, so that whatever else the machine does slows both alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

# Byte code that is not kept would be made again in every run, and more of it for one side than for the other.
_UNSET = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONWARNINGS", "MPLBACKEND", "DISPLAY", "WAYLAND_DISPLAY")

Step = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One comparison: what was measured (medians), in which unit, and the ratio that is allowed."""

    what: str
    ours: float
    baseline: float
    bound: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline it took."""
        return self.ours / self.baseline


def command(arguments: Sequence[str], cwd: object = ".", **environment: str) -> Step:
    """Return a step that runs ``python ARGUMENTS`` in a process of its own."""
    kept = {key: value for key, value in os.environ.items() if key not in _UNSET}

    def step() -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=str(cwd),
            env={**kept, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    return step


def compare(what: str, ours: Step, baseline: Step, bound: float, rounds: int = 5, before: Step = int) -> Row:
    """Time both in turn, once each beforehand to warm the caches; ``before`` runs untimed ahead of ours."""
    times: dict[Step, list[float]] = {ours: [], baseline: []}
    for count in range(rounds + 1):
        for step in (ours, baseline):
            if step is ours:
                before()
            start = time.perf_counter()
            step()
            if count:
                times[step].append(time.perf_counter() - start)
    return Row(what, median(times[ours]), median(times[baseline]), bound)


def report(rows: Sequence[Row]) -> int:
    """Print the rows; return how many are beyond their bounds."""
    width = max(len(row.what) for row in rows)
    print(f"{'what':<{width}} {'ours':>9} {'baseline':>9} {'ratio':>6} {'bound':>6}")
    for row in rows:
        ours, baseline = (f"{value:.3f}".rjust(8) + row.unit for value in (row.ours, row.baseline))
        mark = "" if row.ratio <= row.bound else "  <- beyond"
        print(f"{row.what:<{width}} {ours} {baseline} {row.ratio:6.2f} {row.bound:6.2f}{mark}")
    return sum(row.ratio > row.bound for row in rows)
