"""What was measured, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from actplot.accuracy.agreement import Agreement
from actplot.accuracy.compare import Accuracy, Tolerance, Worst, compare
from actplot.accuracy.pairs import compare_pair
from actplot.activations.pairs import Pair
from actplot.console.progress import progress
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.words.numbers import rounded, strict
from actplot.words.quoting import parse_number, shorten
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.table import Table

LARGEST_SEED = 2**32 - 1


def read_bound(text: str) -> float:
    """Return the bound of ``--max-ulp``."""
    number = parse_number(text)
    if number is None or not number > 0:
        raise UsageError(f"--max-ulp: '{shorten(text)}' is not a positive number")
    return number


def read_seed(text: str | None) -> int:
    """Return the seed, a fresh one where none is given."""
    if text is None:
        return secrets.randbelow(LARGEST_SEED)
    number = parse_number(text)
    if number is None or number != number // 1 or not 0 <= number <= LARGEST_SEED:
        raise UsageError(f"--seed: '{shorten(text)}' is not a whole number from 0 to {LARGEST_SEED}")
    return int(number)


def read_tolerance(absolute: str | None, relative: str | None) -> Tolerance | None:
    """Return what ``--atol`` and ``--rtol`` ask for, None where neither is given."""
    numbers = []
    for option, text in (("--atol", absolute), ("--rtol", relative)):
        number = parse_number(text) if text is not None else 0.0
        if number is None or not (0 <= number < math.inf):
            raise UsageError(f"{option}: '{shorten(text or '')}' is not a number from 0")
        numbers.append(number)
    return None if absolute is relative is None else Tolerance(*numbers)


def measure(
    functions: Sequence[Activation | Pair],
    seed: int,
    against: Activation | None,
    quiet: bool = False,
    within: tuple[float, float] | None = None,
    tolerance: Tolerance | None = None,
) -> list[Accuracy]:
    """Measure each function, along both its inputs where it has two, with a progress bar on a terminal.

    Raises
    ------
    WorldError
        Where python-flint is not installed.

    """
    measured = []
    with progress("checking", len(functions), quiet or len(functions) < 2) as advance:
        for each in functions:
            if isinstance(each, Pair):
                measured += compare_pair(each, seed=seed, within=within, tolerance=tolerance)
            else:
                measured.append(compare(each, seed=seed, against=against, within=within, tolerance=tolerance))
            advance()
    return measured


def to_table(measured: Sequence[Accuracy], bound: float | None, unicode: bool = True) -> Table:
    """Return a row a function: points, the largest errors of f and f' and where they are, and the verdict."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False)
    heads = ("", "points", "f ULP", "at x", "f′ ULP", "at x", "")
    for head in heads:
        table.add_column(head if unicode else ascii_text(head), justify="left" if not head else "right", no_wrap=True)
    for accuracy in measured:
        passed = accuracy.passes(bound)
        verdict = Text("ok" if passed else "over", style="green" if passed else "bold red")
        cells = [*_cells(accuracy.value), *_cells(accuracy.slope)]
        table.add_row(Text(accuracy.name), str(accuracy.points), *cells, verdict)
    return table


def _cells(worst: Worst) -> tuple[str, str]:
    if not worst.judged:
        return "none judged", ""
    return f"{worst.ulp:.3g}", rounded(worst.x)


def to_json(measured: Sequence[Accuracy], bound: float | None, seed: int) -> str:
    """Return everything that was measured; infinities and NaN are strings."""
    record = {
        "seed": seed,
        "max_ulp": bound,
        "functions": [
            {
                "name": accuracy.name,
                "points": accuracy.points,
                "passed": accuracy.passes(bound),
                "f": _worst(accuracy.value),
                "df": _worst(accuracy.slope),
                **({"agreement": _agreement(accuracy.agreement)} if accuracy.agreement else {}),
            }
            for accuracy in measured
        ],
    }
    return json.dumps(strict(record), indent=1, allow_nan=False) + "\n"


def _worst(worst: Worst) -> dict[str, object]:
    return {
        "ulp": worst.ulp,
        "x": worst.x,
        "got": worst.got,
        "true": worst.true,
        "absolute": worst.absolute,
        "relative": worst.relative,
        "judged": worst.judged,
        "undecided": worst.open,
    }


def _agreement(found: Agreement) -> dict[str, object]:
    return {
        "same": found.same,
        "absolute": {"difference": found.absolute, "x": found.at},
        "relative": {"difference": found.relative, "x": found.relative_at},
    }


def verdict(accuracy: Accuracy, judge: str) -> str:
    """Return in words how a function stands to the one that it is set against."""
    found = accuracy.agreement
    if found is None:
        return ""
    name = shorten(accuracy.name)
    if not found.same:
        return (
            f"{name} is another function than {judge}: the largest differences are {rounded(found.absolute)} at "
            f"x = {rounded(found.at)} and, in proportion, {rounded(100 * found.relative, 3)} % at "
            f"x = {rounded(found.relative_at)}."
        )
    worst = accuracy.value
    if not worst.judged:
        return f"{name} could not be judged: {judge} has no value wherever it was looked at."
    share = f"{rounded(100 * worst.relative, 3)} % of the value"
    lost = f"in float64 it is off by at most {rounded(worst.absolute, 3)}, and by at most {share}"
    return f"{name} is the same function as {judge}; {lost}, near x = {rounded(worst.x)}."
