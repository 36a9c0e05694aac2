"""The cost of f and f' of a million points: ``python -m tests.benchmarks.bench_functions [ROUNDS]``.

Each is compared with as many calls of numpy's ``exp`` as the formula of f has exponentials. Counted is every call of
an elementary function other than those of `CHEAP` (so exp, log, tanh, sin, erf and their like) and every power of x
whose exponent is not a whole number; a call of another activation counts as many as the formula of that
one has; the same call on the same argument counts once. A formula without any is held against one ``exp``.

What is beyond the bound, and why, where numpy's ``exp`` is vectorised (0.85 ms for a million points with AVX-512):

- the floor for everything is 1.6: two arrays written, negative zeros removed, missing values and kinks looked for;
- sigmoid, tanh, softmax, arctan, asinh, selu: a division or a second elementary function comes on top of it;
- isru, isrlu, squareplus, bent_identity: a root and divisions, and the rounding of 1 + αx² is carried along;
- sin, cos, gcu, snake, sinc: numpy's sine costs 3 to 13 times as much as its exponential;
- silu, quick_gelu, gelu_tanh, mish, smish, elish, logish, xielu: two terms of f' cancel on the left, where sums and
  arguments are carried in double-double numbers;
- gelu, laplace, erf, phish, serf: numpy has no erf; a polynomial of 23 terms serves, double-double on the left;
- gaussian, stanh, lisht, tanh_shrink: the rounding of x² or of ax is carried along.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

import actplot
from actplot.declaration import DECLARATIONS
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Node, Number, names_in, walk
from tests.benchmarks.measure import Row

POINTS = 1_000_000
BOUND = 3.0
CHEAP = frozenset({"abs", "sign", "min", "max", "clip", "sqrt"})


def exponentials(formula: Node) -> int:
    """Return how many exponentials a formula has."""
    return sum(_count(node) for node in set(walk(formula)))


def _count(node: Node) -> int:
    match node:
        case Call(function) if function in ELEMENTARY:
            return int(function not in CHEAP)
        case Call(function):
            return exponentials(DECLARATIONS[function].formula)
        case Binary("**", base, exponent) if "x" in names_in(base):
            return int(not (isinstance(exponent, Number) and exponent.value.is_integer()))
    return 0


def seconds(step: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def costs(rounds: int) -> dict[str, tuple[float, int]]:
    """Return the cost of each function as so many of its exponentials, and how many those are."""
    x = np.linspace(-10.0, 10.0, POINTS)
    found = {}
    for name in actplot.names():
        activation = actplot.get(name)
        count = max(1, exponentials(activation.declaration.formula))
        ratios = [seconds(lambda f=activation: f(x)) / seconds(lambda: np.exp(x)) for _ in range(rounds + 1)]  # type: ignore[misc]
        found[name] = (median(ratios[1:]) / count, count)
    return found


def row(rounds: int = 5) -> tuple[Row, list[str]]:
    """Return the row of the most expensive function, and a line for every one beyond the bound."""
    found = costs(rounds)
    worst = max(cost for cost, _ in found.values())
    within = sum(cost <= BOUND for cost, _ in found.values())
    lines = [
        f"  {name}: {cost:.1f} x {count} exp"
        for name, (cost, count) in sorted(found.items(), key=lambda entry: -entry[1][0])
        if cost > BOUND
    ]
    return Row(f"f and f′, {within} of {len(found)} within; the worst / its exps", worst, 1.0, BOUND, "x"), lines


if __name__ == "__main__":
    worst, lines = row(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    print(worst.what, f"{worst.ratio:.1f}", *lines, sep="\n")
