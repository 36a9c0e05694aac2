"""The cost of f and f' of every function: ``python -m tests.benchmarks.bench_functions [ROUNDS]``.

Measured are 500 points over the range of a picture, for which each function has a moment, and a million points, for
which the median function has a second. Constants and programs are made once, before anything is measured. The plain
reading in float64 (`Activation.plain`) stands beside as what the digits cost.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

import actplot
from tests.benchmarks.measure import Row

FEW, MANY = 500, 1_000_000
MOST_FOR_FEW = 0.010  # seconds, for every function
MOST_FOR_MANY = 1.0  # seconds, for the median one


@dataclass(frozen=True)
class Cost:
    """What f and f' of one function take, in seconds."""

    name: str
    few: float
    many: float
    plain: float

    @property
    def within(self) -> bool:
        """Whether a picture's points take no more than they may."""
        return self.few <= MOST_FOR_FEW


def seconds(step: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call, after one that warms up."""
    step()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return median(times)


def cost(name: str, rounds: int) -> Cost:
    """Measure one function."""
    activation = actplot.get(name)
    few = np.linspace(*activation.declaration.range, FEW)
    many = np.linspace(-10.0, 10.0, MANY)
    activation(few)
    start = time.perf_counter()
    activation(many)
    once = time.perf_counter() - start
    return Cost(
        name,
        seconds(lambda: activation(few), rounds),
        once,
        seconds(lambda: activation.plain(many), 1),
    )


def costs(rounds: int) -> list[Cost]:
    """Measure every function."""
    return [cost(name, rounds) for name in actplot.names()]


def table(measured: Sequence[Cost]) -> list[str]:
    """Return a line for each function, the most expensive first."""
    lines = [f"{'function':<16} {FEW} points {MANY} points   plain float64"]
    for entry in sorted(measured, key=lambda entry: -entry.many):
        mark = "" if entry.within else f"  <- beyond {1000 * MOST_FOR_FEW:g} ms"
        few, many, plain = (f"{1000 * value:.2f}" for value in (entry.few, entry.many, entry.plain))
        lines.append(f"{entry.name:<16} {few:>7} ms {many:>11} ms {plain:>12} ms{mark}")
    return lines


def rows(rounds: int = 5) -> tuple[list[Row], list[str]]:
    """Return the rows of the slowest function over few points and of the median one over many, and the table."""
    measured = costs(rounds)
    slowest = max(measured, key=lambda entry: entry.few)
    middle = median(entry.many for entry in measured)
    return [
        Row(f"f and f′ at {FEW} points, {slowest.name}, the slowest / 10 ms", slowest.few, MOST_FOR_FEW, 1.0),
        Row(f"f and f′ at {MANY} points, the median / 1 s", middle, MOST_FOR_MANY, 1.0),
    ], table(measured)


if __name__ == "__main__":
    found, lines = rows(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    print(*lines, *(f"{row.what}: {row.ratio:.2f}" for row in found), sep="\n")
    sys.exit(sum(row.ratio > row.bound for row in found))
