"""What frameworks have of the catalogue, measured in every format: a page with tables and the most telling pictures.

``python -m actplot.gallery.survey FOLDER [FRAMEWORK]…`` writes it, of torch, jax, keras and mlx where none is named.
What is measured is kept; after Ctrl-C the same command goes on.
"""

from __future__ import annotations

import math
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from actplot import __version__
from actplot.arithmetic.formats import COMMON, FORMATS
from actplot.console import output
from actplot.console.cache import folder
from actplot.console.progress import progress
from actplot.errors import ActplotError, ExitCode, UsageError
from actplot.functions.activation import Activation
from actplot.functions.registry import get, names
from actplot.functions.spellings import Spelling
from actplot.gallery.survey_kept import kept, of_record, to_record
from actplot.implementations.counted import Counted
from actplot.implementations.examine import Examination, examine
from actplot.implementations.measure import Measured
from actplot.implementations.picture import picture
from actplot.implementations.report import Findings, told
from actplot.implementations.target import load

USUAL = ("torch", "jax", "keras", "mlx")
COUNT = 60_000  # inputs of float32 beside those around places where something happens
MOST_PICTURES = 6
TRACE = 0.51  # units: an error that is more than rounding
DRAWN = ("bfloat16", "float32")


@dataclass
class Surveyed:
    """One implementation, and what was found in each format."""

    framework: str
    text: str
    against: Activation
    findings: list[Findings] = field(default_factory=list)

    @property
    def worst(self) -> float:
        """The largest finite error in float32, or the least number where there is none."""
        parts = [each.measured for each in self.findings if each.measured and each.format.name == "float32"]
        counted = [part for measured in parts for part in (measured.value, measured.slope) if part]
        return max((part.normal for part in counted if math.isfinite(part.normal)), default=0.0)


def entries(frameworks: Sequence[str]) -> Iterator[tuple[Spelling, Activation, dict[str, Any]]]:
    """Yield what frameworks spell, each once: the function it should be, and the arguments that make it that."""
    for framework in frameworks:
        seen = set()
        for name in names():
            declaration = get(name).declaration
            for signature in declaration.signatures.get(framework, ()):
                spelling = Spelling(framework, declaration, signature)
                arguments = _arguments(spelling)
                against = get(name, **spelling.preset)
                key = spelling.path, repr(arguments)
                if arguments is None or against.inputs > 1 or key in seen:
                    continue
                seen.add(key)
                yield spelling, against, arguments


def _arguments(spelling: Spelling) -> dict[str, Any] | None:
    """Return what a spelling must be given; None where that is an array, or random in training."""
    key, ours = spelling.declaration.key, spelling.declaration.parameters
    given: dict[str, Any] = {}
    for argument in spelling.signature.arguments:
        if argument.word is not None:
            given[argument.name] = argument.word
        elif argument.default is None and (parameter := key(argument.name)):
            if argument.name == "weight":
                return None
            given[argument.name] = ours[parameter]
    return given


def _text(spelling: Spelling, arguments: Mapping[str, Any]) -> str:
    shown = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    return spelling.path + (f"({shown})" if shown else "")


def survey(frameworks: Sequence[str], quiet: bool = False) -> Iterator[Surveyed]:
    """Yield what is found about each implementation; what can't be called with numbers alone is left out.

    What an earlier survey has kept is not measured again.
    """
    wanted, before = list(entries(frameworks)), 0
    with progress("surveying", len(wanted), quiet) as advance:
        for spelling, against, arguments in wanted:
            module, _, name = spelling.path.rpartition(".")
            with suppress(UsageError):
                target = load(f"{module}:{name}", arguments)
                formats = tuple(FORMATS[each] for each in COMMON)
                found = Surveyed(spelling.framework, _text(spelling, arguments), against)
                examination = Examination(target, against, formats, count=COUNT)
                place = kept(examination, _versions([spelling.framework]))
                found.findings = of_record(place.read())
                before += bool(found.findings)
                if not found.findings:
                    found.findings = list(examine(examination, lambda: None))
                    place.write(to_record(found.findings))
                yield found
            advance(spelling.path)
    if before:
        where = f"to measure them again, delete {folder()}"
        output.note(f"{before:,} of {len(wanted):,} were measured before; {where}", quiet)


def page(
    surveyed: Sequence[Surveyed],
    pictures: Mapping[str, str],
    versions: Mapping[str, str],
    day: str,
    missing: Sequence[str] = (),
) -> str:
    """Return the page: what was measured and how, the pictures, and a table a framework."""
    told_versions = ", ".join(f"{name} {version}" for name, version in versions.items())
    lines = [
        "# Frameworks' activations, measured",
        "",
        f"{told_versions}, on a processor of the {platform.machine()} family, {day}.",
        "",
        *INTRODUCTION.splitlines(),
        "",
    ]
    if missing:
        lines += [f"Not measured, for this run was ended: {', '.join(f'`{text}`' for text in missing)}.", ""]
    lines += [f"![{text}]({name})" for name, text in pictures.items()]
    for framework in dict.fromkeys(each.framework for each in surveyed):
        lines += ["", f"## {framework}", "", f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD)]
        for each in (each for each in surveyed if each.framework == framework):
            first = [f"`{each.text}`", *[""] * len(each.findings)]
            lines += [_row(name, findings) for name, findings in zip(first, each.findings, strict=False)]
    return "\n".join(lines) + "\n"


INTRODUCTION = """\
`python -m actplot.gallery.survey gallery/frameworks` makes this page; `actplot check torch.nn.functional:gelu`
measures one function.

Formats of 16 bits are tried with every input there is; float32 with some 100,000 chosen ones and float64 with those by
which the catalogue is checked, so that errors there may be larger elsewhere. Errors are the distance of what comes from
the exact value at the same input, in units in the last place (ULP) of the format there; ∞ stands for an infinity or NaN
where a number is due. Slopes come from the framework's own differentiation, which in jax is one compiled program; at
kinks none is judged.

The last column says on which stretch 0 comes though ordinary numbers of the format are due (up to which x, at how many
inputs), where signs are wrong or a result is not finite, at which x a result depends on the layout of the array (alone,
strided, shuffled, a short array), and what comes of infinities."""
HEAD = ("function", "format", "f: ULP", "at x", "f′: ULP", "at x", "what else")


def _row(name: str, findings: Findings) -> str:
    cells = [name, findings.format.name]
    measured = findings.measured
    if findings.failure or measured is None:
        return f"| {' | '.join([*cells, *'––––', findings.failure.replace('|', ' ')])} |"
    for counted in (measured.value, measured.slope):
        cells += _cells(counted)
    return f"| {' | '.join([*cells, '; '.join(_remarks(findings, measured))])} |"


def _cells(counted: Counted | None) -> list[str]:
    if counted is None or not counted.judged:
        return ["–", "–"]
    error = "∞" if math.isinf(counted.worst) else f"{counted.worst:.{2 if counted.worst < 1e4 else 1}g}"
    return [error, told(counted.x) if counted.worst > TRACE else ""]


def _remarks(findings: Findings, measured: Measured) -> Iterator[str]:
    """Yield what the numbers do not say, as short as can be."""
    for name, counted in (("f", measured.value), ("f′", measured.slope)):
        if counted is None:
            continue
        if counted.broken:
            yield f"{name} ∞ or NaN from x = {told(counted.broken_at)} on ({counted.broken:,})"
        for side, (low, high, count) in sorted(counted.lost.items()):
            beyond, end = (f"x < {told(high)}", low) if side < 0 else (f"x > {told(low)}", high)
            yield f"{name} 0 for {beyond}, due to {told(end)} ({count:,})"
        if counted.signs:
            yield f"{name} of the wrong sign at {told(counted.sign_at[0])} ({counted.signs:,})"
        if counted.flushes:
            yield f"{name} has no subnormals"
    if findings.disagreements:
        yield " and ".join(f"{each.quantity} by layout at {told(each.x)}" for each in findings.disagreements)
    yield from (f"f({told(each.x)}) = {told(each.got)}" for each in findings.specials if not each.agrees)
    yield from (f"f′ = {told(kink.slope)} at the kink {told(kink.x)}" for kink in findings.kinks if not kink.rules)


def write(folder: Path, surveyed: Sequence[Surveyed], frameworks: Sequence[str]) -> None:
    """Write the page and its pictures."""
    from actplot.figures.appearance.looks import DEFAULT_LOOK, find
    from actplot.figures.formats.export import render
    from actplot.figures.formats.page_setup import PLAIN_PAGE
    from actplot.figures.importing import import_matplotlib

    import_matplotlib()
    files: list[tuple[Path, bytes]] = []
    pictures: dict[str, str] = {}
    worst = {each.against.name: each for each in sorted(surveyed, key=lambda each: each.worst)}  # one a function
    for each in sorted(worst.values(), key=lambda each: -each.worst)[:MOST_PICTURES]:
        drawn = picture(each.text, each.against, [found for found in each.findings if found.format.name in DRAWN])
        if drawn:
            name = f"{each.framework}_{each.against.name}.png"
            files.append((folder / name, render(drawn, find(DEFAULT_LOOK), ("png",), PLAIN_PAGE, [])["png"]))
            pictures[name] = f"The errors of {each.text} over x"
    versions = _versions(frameworks)
    known = {each.text for each in surveyed}
    missing = [text for each, _, given in entries(frameworks) if (text := _text(each, given)) not in known]
    text = page(surveyed, pictures, versions, f"{datetime.now(UTC):%-d %B %Y}", missing)
    folder.mkdir(parents=True, exist_ok=True)
    output.commit([*files, (folder / "README.md", text.encode())])


def _versions(frameworks: Sequence[str]) -> dict[str, str]:
    """Return what measures and what is measured, by name; keras computes with TensorFlow."""
    below = ["tensorflow"] if "keras" in frameworks and _is_here("tensorflow") else []
    names_of_all = dict.fromkeys(("numpy", *frameworks, *below))
    return {"actplot": __version__} | {name: metadata.version(name) for name in names_of_all}


def main(arguments: Sequence[str]) -> int:
    """Measure, and write what is found; Ctrl-C writes what is known by then."""
    surveyed: list[Surveyed] = []
    is_whole = False
    try:
        if not arguments:
            raise UsageError("no folder is named; write python -m actplot.gallery.survey FOLDER")
        frameworks = arguments[1:] or [name for name in USUAL if _is_here(name)]
        with suppress(KeyboardInterrupt):
            surveyed.extend(survey(frameworks))  # a list keeps what it has got when this is ended
            is_whole = True
        write(Path(arguments[0]), surveyed, frameworks)
    except ActplotError as problem:
        output.error(str(problem))
        return problem.exit_code
    return ExitCode.OK if is_whole else ExitCode.INTERRUPTED


def _is_here(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
