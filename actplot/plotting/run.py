"""One run of ``actplot plot``: from what is asked for to the bytes to write. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from actplot.console.files import Data
from actplot.errors import UsageError
from actplot.functions.naming import labelled
from actplot.functions.pairs import find_pair
from actplot.functions.reading import notes, parse_specs
from actplot.plotting.renderings import Renderings
from actplot.plotting.request import Appearance, Request, check
from actplot.plotting.sampled import Sampled

OF_FIGURES = (
    *("--size", "--scale", "--layout", "--equal", "--plain", "--transparent"),
    *("--xlabel", "--ylabel", "--ylim", "--tangent"),
)


@dataclass
class Result:
    """What is to be written: files, standard output, notes; a window to open, and what to do if it can't.

    ``afterwards`` gives the notes that are known only when all has been written.
    """

    files: list[tuple[Path, Data]] = field(default_factory=list)
    stdout: list[Data] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    window: Callable[[], bool] | None = None
    fallback: Callable[[], bytes] = bytes
    afterwards: Callable[[], Iterator[str]] = lambda: iter(())


def run(request: Request, commands: Sequence[str] = ()) -> Result:
    """Do everything but the writing: read what was asked for, sample it, render each output.

    Raises
    ------
    UsageError
        For whatever is wrong with the request.
    WorldError
        For a style sheet that can't be read.

    """
    if (pair := find_pair(request.specs)) is not None:
        if request.jacobian is not None:
            raise UsageError(f"{pair.name} has one output; -d shows both its slopes, in place of --jacobian")
        if request.points.format:
            raise UsageError(f"--dtype is for functions of one input, and {pair.name} has two; leave it out")
        from actplot.plotting.surfaces import SurfaceRenderings

        result = rendered(request, SurfaceRenderings(request, pair))
        result.notes += unused(request, 1, result)
        return result
    if request.jacobian is not None:
        from actplot.plotting.jacobians import JacobianRenderings

        named = parse_specs(request.specs, commands)
        result = rendered(request, JacobianRenderings(request, named, request.jacobian))
        result.notes += notes(named)
        result.notes += unused(request, 1, result)
        return result
    wanted = request.appearance
    activations = labelled(parse_specs(request.specs, commands), wanted.labels)
    check(request, len(activations))
    sampled = Sampled(request.points, activations, wanted.frame.ylim)
    if request.has_tables:
        _ = sampled.rows  # what no rule tells is refused before any of it is written
    renderings = Renderings(request, sampled)
    renderings.notes += notes(activations)
    result = rendered(request, renderings)
    result.afterwards = sampled.left_open
    result.notes += sampled.notes
    if sampled.rounded:
        result.notes += sampled.told(request.content.derivative)
    result.notes += unused(request, len(activations), result)
    return result


def rendered(request: Request, renderings: Renderings) -> Result:
    """Render each output of a request."""
    result = Result(notes=renderings.notes)
    if request.appearance.style != Appearance().style:
        _ = renderings.look  # an unknown one is told even where nothing is drawn
    _add_outputs(request, renderings, result)
    _add_screen(request, renderings, result)
    if not (request.outputs or request.on_screen):
        _show(renderings, result)
    return result


def _add_outputs(request: Request, renderings: Renderings, result: Result) -> None:
    drawn = renderings.figures(request.figure_formats)
    for output in request.outputs:
        data = drawn[output.format] if output.format in drawn else renderings.text(output.format)
        if output.path is None:
            result.stdout.append(data)
        else:
            result.files.append((output.path, data))


def _add_screen(request: Request, renderings: Renderings, result: Result) -> None:
    if request.image:
        result.stdout.append(renderings.picture())
    elif request.terminal:
        result.stdout.append(renderings.chart())
    if request.table:
        result.stdout.append(renderings.table())


def _show(renderings: Renderings, result: Result) -> None:
    """Ask for a window where there is a display, for a chart or values in the terminal where there is none."""
    from actplot.figures import window

    if window.has_display():
        drawing, look, page = renderings.drawing, renderings.look, renderings.request.appearance.page
        result.window = lambda: window.show(drawing, look, page)
        result.fallback = renderings.shown
    else:
        result.stdout.append(renderings.shown())


def unused(request: Request, functions: int, result: Result) -> Iterator[str]:
    """Yield a note for each wish about the look that nothing here can fulfil."""
    has_values = request.has_tables or (request.asks_values and result.window is None)
    charted = request.terminal or not (request.outputs or request.on_screen or has_values)
    figure = bool(request.figure_formats) or request.image or result.window is not None
    given = request.given
    if "--annotate" in given:
        if functions > 1:
            yield "--annotate marks a single function; these share a figure without marks"
        elif "--at" in given:
            yield "--annotate marks a curve over a range; points named with --at are drawn without marks"
        elif not figure:
            yield "--annotate marks a figure; a chart in the terminal or a table has no marks of its own"
    if "--at" in given:
        for name in ("--range", "--samples"):
            if name in given:
                yield f"{name} is for a grid of points, and --at names the points one by one; left out"
    if request.digits is not None and not has_values:
        yield "--digits is for tables, and none is written here; name one with --table or -o FILE.csv"
    if "svg" not in request.figure_formats:
        for name in ("--responsive", "--text"):
            if name in given:
                yield f"{name} is for an SVG, and none is written here; name one with -o FILE.svg"
    if "--dpi" in given and not ("png" in request.figure_formats or request.image):
        yield "--dpi is for a PNG, and none is written here; name one with -o FILE.png"
    in_charts = {"--ylim", *["--tangent"] * (functions == 1)} if charted else set()
    idle = [name for name in OF_FIGURES if name in given - in_charts]
    if idle and not figure:
        yield f"{', '.join(idle)} {'is' if len(idle) == 1 else 'are'} for figures, and none is drawn here"
