"""What was found out about an implementation, in words, as a table and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arithmetic.formats import Format
from actplot.functions.activation import Activation
from actplot.implementations.counted import SHARES, Counted
from actplot.implementations.measure import Measured, passes
from actplot.implementations.probes import AtKink, Disagreement, Special
from actplot.words.numbers import MOST_DIGITS, exact, rounded, strict

if TYPE_CHECKING:
    from rich.table import Table

DIGITS = 4
NEARLY_ALL = 0.99  # of all inputs; more would be rounded to all


def told(value: float) -> str:
    """Return a number with the digits that tell it from its neighbours at a glance."""
    return rounded(value, DIGITS)


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with the digits that tell them apart, where they differ."""
    both = [(rounded(one, digits), rounded(other, digits)) for digits in range(DIGITS, MOST_DIGITS + 1)]
    return next((each for each in both if each[0] != each[1]), both[0])


@dataclass
class Findings:
    """All that is known about an implementation in one format."""

    format: Format
    framework: str
    measured: Measured | None = None
    bounds: tuple[float, float] = (1.0, 4.0)
    habits: Sequence[str] = ()
    disagreements: Sequence[Disagreement] = ()
    specials: Sequence[Special] = ()
    kinks: Sequence[AtKink] = ()
    failure: str = ""

    @property
    def passed(self) -> bool:
        """Whether the errors are within the bounds, and every call gives the same."""
        return bool(
            not self.failure
            and self.measured
            and passes(self.measured, self.bounds)
            and not self.disagreements
            and not self.measured.value.broken
            and not (self.measured.slope and self.measured.slope.broken)
        )


def sentences(findings: Findings) -> list[str]:
    """Return what is remarkable, a sentence each, worst things first."""
    return [f"{findings.format.name}: {line}" for line in _sentences(findings)]


def _sentences(findings: Findings) -> Iterator[str]:
    if findings.failure:
        yield findings.failure
        return
    measured = findings.measured
    if measured is None:
        return
    if measured.tried < 1.0:
        yield f"ended when {100 * measured.tried:.2g} % of its inputs were tried"
    parts = {"f": measured.value} | ({"f′": measured.slope} if measured.slope else {})
    for (name, counted), bound in zip(parts.items(), findings.bounds, strict=False):
        if counted.worst > bound and not (math.isinf(counted.worst) and counted.broken):
            got, due = told_apart(counted.got, counted.true)
            yield f"{name} is off by {_units(counted.worst)} ULP: {got} for {due} at x = {told(counted.x)}"
        yield from _about(name, counted)
    for found in findings.disagreements:
        one, other, x = exact(found.one), exact(found.other), exact(found.x)
        yield f"vector and scalar code disagree: {found.quantity}({x}) is {one} in one call and {other} {found.layout}"
    for special in findings.specials:
        if not special.agrees:
            got, due = told_apart(special.got, special.due)
            yield f"f({rounded(special.x)}) is {got}, not {due}"
    for kink in findings.kinks:
        rules = " or ".join(kink.rules)
        known = f"as --at-kink {rules} does" if rules else "which no rule at kinks does"
        yield f"at the kink x = {rounded(kink.x)} it takes f′ = {rounded(kink.slope)}, {known} (a convention, no error)"
    yield from findings.habits
    if measured.slope is None:
        yield "no gradient was judged; name one with --gradient MODULE:FUNCTION"
    if not findings.passed and all(part.unnoticed for part in parts.values()):
        relative, absolute = findings.format.tolerance
        yield f"the tolerance of torch.testing ({relative:g} relative, {absolute:g} absolute) notices none of this"


def _about(name: str, counted: Counted) -> Iterator[str]:
    """Yield what is remarkable about f or f'."""
    if counted.broken:
        at = rounded(counted.broken_at, DIGITS)
        yield f"{name} is infinite or NaN at {counted.broken:,} inputs where it is finite, the first at x = {at}"
    for side, (low, high, count) in sorted(counted.lost.items()):
        beyond = f"x < {rounded(high, DIGITS)}" if side < 0 else f"x > {rounded(low, DIGITS)}"
        end = low if side < 0 else high
        yield f"{name} is 0 for {beyond}, though it is not to x = {rounded(end, DIGITS)} ({count:,} inputs)"
    if counted.signs:
        x, got, size = counted.sign_at
        due = math.copysign(size, -got)
        yield (
            f"{name} has the wrong sign at {counted.signs:,} inputs: {rounded(got, DIGITS)} for "
            f"{rounded(due, DIGITS)} at x = {rounded(x, DIGITS)}"
        )
    if counted.is_cut:
        yield f"{name} is cut off rather than rounded: no result is farther from 0 than the exact value"
    if counted.flushes:
        yield (
            f"{name} is 0 where it should be subnormal ({counted.flushed:,} inputs); "
            f"the largest error elsewhere is {_units(counted.normal)} ULP"
        )


def to_table(all_findings: Sequence[Findings], unicode: bool) -> Table:
    """Return two rows a format: how many results, the largest error and where, and the shares beyond ½, 1 and 4."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from actplot.words.symbols import ascii_text

    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False)
    for head in ("", "", "inputs", "max ULP", "at x", "got", "true", "> ½", "> 1", "> 4", ""):
        table.add_column(head if unicode else ascii_text(head), justify="right" if head else "left", no_wrap=True)
    for findings in all_findings:
        measured = findings.measured
        rows = [("f", measured.value)] if measured else []
        rows += [("f′", measured.slope)] if measured and measured.slope else []
        for number, (name, counted) in enumerate(rows):
            verdict = Text("ok", style="green") if findings.passed else Text("over", style="bold red")
            table.add_row(
                findings.format.name if not number else "",
                name if unicode else ascii_text(name),
                f"{counted.judged:,}",
                _units(counted.worst),
                told(counted.x),
                *told_apart(counted.got, counted.true),
                *(_share(counted.share(units)) for units in SHARES),
                verdict if not number else "",
            )
    return table


def _units(error: float) -> str:
    if math.isinf(error):
        return "∞"
    return f"{error:.3g}" if error < 1e4 else f"{error:.1e}".replace("e+0", "e").replace("e+", "e")


def _share(part: float) -> str:
    if part >= NEARLY_ALL:
        return "100 %" if part == 1.0 else f"> {100 * NEARLY_ALL:g} %"
    return f"{100 * part:.2g} %" if part else "0"


def to_json(spec: str, against: Activation, all_findings: Sequence[Findings]) -> str:
    """Return everything; infinities and NaN are strings."""
    record = {
        "target": spec,
        "against": against.name,
        "parameters": dict(against.values),
        "passed": all(findings.passed for findings in all_findings),
        "formats": [
            {
                "dtype": findings.format.name,
                "framework": findings.framework,
                "passed": findings.passed,
                "max_ulp": list(findings.bounds),
                "failure": findings.failure or None,
                "every_input": bool(findings.measured and findings.measured.exhaustive),
                "tried": findings.measured.tried if findings.measured else 0.0,
                "f": _counted(findings.measured.value if findings.measured else None),
                "df": _counted(findings.measured.slope if findings.measured else None),
                "calls_that_disagree": [vars(found) for found in findings.disagreements],
                "special": [vars(found) for found in findings.specials],
                "kinks": [vars(found) for found in findings.kinks],
                "habits": list(findings.habits),
            }
            for findings in all_findings
        ],
    }
    return json.dumps(strict(record), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _counted(counted: Counted | None) -> dict[str, object] | None:
    if counted is None:
        return None
    return {
        "judged": counted.judged,
        "ulp": counted.worst,
        "x": counted.x,
        "got": counted.got,
        "true": counted.true,
        "ulp_without_subnormals": counted.normal,
        "above": {str(units): number for units, number in counted.above.items()},
        "wrong_signs": counted.signs,
        "not_finite": counted.broken,
        "lost_tails": [
            {"side": "left" if side < 0 else "right", "from": low, "to": high, "inputs": count}
            for side, (low, high, count) in sorted(counted.lost.items())
        ],
        "flushes_subnormals": counted.flushes,
        "passes_torch_testing": counted.unnoticed,
    }
