"""What a survey has measured so far, kept an implementation at a time: a survey that was ended goes on from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any

import actplot
from actplot.arithmetic.formats import FORMATS
from actplot.console.cache import Kept
from actplot.functions.activation import Activation
from actplot.implementations.counted import Counted
from actplot.implementations.examine import Examination
from actplot.implementations.measure import Measured
from actplot.implementations.probes import AtKink, Disagreement, Special
from actplot.implementations.report import Findings

ROOMS = ("accuracy", "arithmetic", "calculus", "formula", "implementations")  # all that measures


def kept(wanted: Examination, versions: dict[str, str]) -> Kept:
    """Return the place of what is known about one implementation: any change of the code that measures is another."""
    question = {
        "survey": [wanted.target.path, wanted.count, [each.name for each in wanted.formats]],
        "against": _text(wanted.against),
        "versions": versions,
        "code": _code(),
        "known": [each.name for each in fields(Counted)],
    }
    return Kept(question)


def _text(activation: Activation) -> list[Any]:
    return [activation.name, repr(activation.tree), dict(activation.values)]


@cache
def _code() -> str:
    """Return the hash of the code that measures."""
    digest = hashlib.sha256()
    root = Path(actplot.__file__).parent
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def to_record(all_findings: Sequence[Findings]) -> dict[str, Any]:
    """Return what was found in every format, as JSON has it."""
    return {"formats": [_findings(findings) for findings in all_findings]}


def _findings(findings: Findings) -> dict[str, Any]:
    measured = findings.measured
    return {
        "format": findings.format.name,
        "framework": findings.framework,
        "bounds": findings.bounds,
        "habits": list(findings.habits),
        "failure": findings.failure,
        "disagreements": [asdict(each) for each in findings.disagreements],
        "specials": [asdict(each) for each in findings.specials],
        "kinks": [asdict(each) for each in findings.kinks],
        "measured": measured
        and {
            "shown": measured.shown,
            "value": measured.value.to_record(),
            "slope": measured.slope and measured.slope.to_record(),
            "exhaustive": measured.exhaustive,
            "tried": measured.tried,
        },
    }


def of_record(record: dict[str, Any]) -> list[Findings]:
    """Return what was recorded; nothing where nothing was."""
    return [_of_findings(each) for each in record.get("formats", ())]


def _of_findings(record: dict[str, Any]) -> Findings:
    chosen, known = FORMATS[record["format"]], record["measured"]
    measured = known and Measured(
        chosen,
        tuple(known["shown"]),
        Counted.of_record(known["value"]),
        Counted.of_record(known["slope"]) if known["slope"] else None,
        known["exhaustive"],
        known["tried"],
    )
    return Findings(
        chosen,
        record["framework"],
        measured,
        tuple(record["bounds"]),
        record["habits"],
        [Disagreement(**each) for each in record["disagreements"]],
        [Special(**each) for each in record["specials"]],
        [AtKink(each["x"], each["slope"], tuple(each["rules"])) for each in record["kinks"]],
        record["failure"],
    )
