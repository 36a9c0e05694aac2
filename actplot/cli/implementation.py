"""``actplot check MODULE:FUNCTION``: an implementation by others beside the function that it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from actplot.cli.options import COMMANDS, read_range
from actplot.cli.outputs import graph_request

if TYPE_CHECKING:
    from actplot.implementations.examine import Examination
    from actplot.implementations.report import Findings
    from actplot.plotting.request import Request

NO_PAGE: Any = (None, None, False, False, None, False)


class Wishes(NamedTuple):
    """What the command line says about an implementation."""

    dtype: str
    gradient: str
    arguments: tuple[str, ...]
    device: str
    max_ulp: str | None
    against: str | None
    bounds: tuple[str, str] | None
    outputs: tuple[str, ...]
    style: tuple[str, ...]
    as_json: bool
    quiet: bool
    all_inputs: bool
    backend: str


def check_implementation(names: Sequence[str], wishes: Wishes) -> None:
    """Import a function, measure it, and print what is found; it is run because the user named it.

    Ctrl-C ends the measurement; what is known by then is shown.

    Raises
    ------
    UsageError
        For what can't be asked for.
    WorldError
        Where it can't be imported or called, or an error is over its bound.

    """
    from actplot.accuracy.report import read_bound
    from actplot.arithmetic.formats import read_formats
    from actplot.console import output
    from actplot.errors import UsageError, WorldError
    from actplot.functions.reading import parse_spec
    from actplot.implementations.examine import Examination, guess
    from actplot.implementations.sweep import prepare
    from actplot.implementations.target import load, read_arguments

    if len(names) > 1:
        raise UsageError("check takes one implementation at a time; name one MODULE:FUNCTION")
    request = graph_request(list(wishes.outputs), None, (False, False, False), list(wishes.style), NO_PAGE, None)
    formats = read_formats(wishes.dtype)
    if wishes.all_inputs and not any(each.bits == 32 for each in formats):
        raise UsageError("--all-inputs is for float32: narrower formats are tried in full, and float64 never can be")
    bound = None if wishes.max_ulp is None else read_bound(wishes.max_ulp)
    bounds, arguments = read_range(wishes.bounds), read_arguments(wishes.arguments)
    if bounds and (empty := [each.name for each in formats if not each.has_number(*bounds)]):
        low, high = bounds
        raise UsageError(f"no number of {' or '.join(empty)} is from {low:g} to {high:g}; choose another --range")
    against = parse_spec(wishes.against, COMMANDS) if wishes.against else None
    own = load(wishes.gradient, {}) if wishes.gradient not in ("auto", "none") else None
    target = load(names[0], arguments)
    if against is None:
        against = guess(target)
        output.note(f"compared with {against.name}, which {target.path} is known as", wishes.quiet)
    wanted = Examination(
        target,
        against,
        tuple(formats),
        own,
        wishes.gradient != "none",
        wishes.device,
        bound,
        bounds=bounds,
        backend=wishes.backend if wishes.all_inputs else None,
    )
    if wanted.backend:
        prepare(wanted.backend)
    for sweep in wanted.sweeps.values():
        output.note(sweep.told, wishes.quiet or not sweep.done)
    found, is_complete = _examined(wanted, wishes.quiet)
    failures = [findings.failure for findings in found if findings.failure]
    if wishes.as_json or len(failures) < len(found):
        _show(request, wanted, found, wishes)
    elif failures:
        raise WorldError(f"{target.spec} can't be judged: {failures[0]}")
    if not is_complete:
        for sweep in wanted.sweeps.values():
            output.note(f"what is known is in {sweep.kept.path}; the same command goes on from there", wishes.quiet)
        raise KeyboardInterrupt
    over = [findings.format.name for findings in found if not findings.passed]
    if over:
        raise WorldError(f"{target.spec} is not {against.name} in {', '.join(over)}; the report says where")


def _examined(wanted: Examination, quiet: bool) -> tuple[list[Findings], bool]:
    """Return what was found, and whether nobody ended the search."""
    from actplot.console.progress import progress
    from actplot.implementations.examine import examine

    found: list[Findings] = []
    try:
        with progress("checking", wanted.blocks, quiet) as advance:
            for findings in examine(wanted, advance):
                found += [findings]
    except KeyboardInterrupt:
        return found, False
    return found, True


def _show(request: Request, wanted: Examination, found: Sequence[Findings], wishes: Wishes) -> None:
    """Write the report, and the picture to files and to a terminal."""
    from actplot.console import output
    from actplot.console.screen import Screen
    from actplot.implementations import report
    from actplot.implementations.picture import picture
    from actplot.plotting.graphs import run_graph
    from actplot.terminal.graphs import graph_chart

    graph = picture(wanted.target.spec, wanted.against, found)
    files = []
    if graph and request.outputs:
        result = run_graph(request, graph)
        files = result.files
        for line in result.notes:
            output.note(line, wishes.quiet or line in graph.sentences)
    if wishes.as_json:
        output.commit(files, report.to_json(wanted.target.spec, wanted.against, found).encode())
        return
    from rich.text import Text

    screen = Screen.of_stdout()
    lines = [Text(line) for findings in found for line in report.sentences(findings)]
    shown: list[Any] = [report.to_table(found, screen.unicode), *lines]
    if graph and screen.terminal:
        shown.append(graph_chart(replace(graph, sentences=()), screen.width, screen.height - 1, screen.unicode))
    output.commit(files, screen.render(*shown))
