"""One run of ``actplot plot``: from what was asked for to the bytes to write. Nothing here writes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from actplot import figures
from actplot.activation import Activation
from actplot.curve import Curve, common_range, sample, sample_range
from actplot.errors import UsageError
from actplot.figures.drawing import Detail, Drawing
from actplot.figures.formats.sheet import PLAIN_SHEET, Sheet
from actplot.formats import Output
from actplot.grid import (
    DEFAULT_SAMPLES,
    MAX_DRAWN,
    TABLE_POINTS,
    Spaced,
    check_samples,
    integers,
    spaced,
)
from actplot.kinks import find_rule
from actplot.output import Data
from actplot.panels import Content, Quantity
from actplot.screen import Screen
from actplot.specs import parse_specs
from actplot.tables import STREAMS
from actplot.tables.numbers import rounded
from actplot.tables.rows import Rows

if TYPE_CHECKING:
    from actplot.declaration import Array
    from actplot.figures.appearance.looks import Look

MAX_PRINTED = 10_000  # rows; a table that is laid out cell by cell takes half a second a thousand


@dataclass(frozen=True)
class Points:
    """Which x: a range and a number of samples, or points named one by one; and the rule at kinks."""

    bounds: tuple[float, float] | None = None
    samples: int | None = None
    at: Array | Spaced | None = None
    at_kink: str = "undefined"


@dataclass(frozen=True)
class Appearance:
    """How a figure looks."""

    style: str = "light"
    sheet: Sheet = PLAIN_SHEET
    title: str | None = None
    detail: Detail = "calm"
    equal: bool = False


@dataclass(frozen=True)
class Job:
    """What one command line asks for."""

    specs: tuple[str, ...]
    content: Content
    points: Points
    outputs: tuple[Output, ...]
    table: bool
    terminal: bool
    image: bool
    appearance: Appearance


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


def run(job: Job, commands: Sequence[str] = ()) -> Result:
    """Do everything but the writing.

    Raises
    ------
    UsageError
        For whatever is wrong with the request.
    WorldError
        For a style sheet that can't be read.

    """
    work = _Work(job, parse_specs(job.specs, commands))
    if job.content.difference and len(work.activations) < 2:
        raise UsageError("--difference needs two functions or more; name another")
    tables = job.table or any(output.format not in figures.FORMATS for output in job.outputs)
    if tables and (job.content.second or job.content.difference):
        raise UsageError("--second and --difference are drawn; a table has f and, with --derivative, f′")
    if job.appearance.equal and (job.content.derivative or job.content.second or job.content.difference):
        raise UsageError("--equal is for a single panel; leave out -d, --second and --difference")
    find_rule(job.points.at_kink)  # a wrong one is told even where no kink is met
    result = Result(notes=work.notes, afterwards=work.left_open)
    to_stdout = [output for output in job.outputs if output.path is None]
    on_screen = job.table or job.terminal or job.image
    if to_stdout and on_screen:
        raise UsageError(
            "--table, --terminal and --image print on standard output too; write the other output to a file"
        )
    if to_stdout and to_stdout[0].format in ("png", "pdf") and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(f"a {to_stdout[0].format} is not for the terminal; use -o FILE, or redirect it")
    drawn = work.figures(tuple(dict.fromkeys(o.format for o in job.outputs if o.format in figures.FORMATS)))
    for output in job.outputs:
        data = drawn[output.format] if output.format in drawn else work.text(output.format)
        if output.path is None:
            result.stdout.append(data)
        else:
            result.files.append((output.path, data))
    if job.image:
        result.stdout.append(work.picture())
    elif job.terminal:
        result.stdout.append(work.chart())
    if job.table:
        result.stdout.append(work.table())
    if not (job.outputs or on_screen):
        _show(work, result)
    result.notes += _unused(job, work, figure=bool(drawn) or job.image or result.window is not None)
    return result


def _unused(job: Job, work: _Work, figure: bool) -> Iterator[str]:
    """Yield a note for each wish about the look that nothing here can fulfil."""
    if job.appearance.detail == "full":
        if len(work.activations) > 1:
            yield "--annotate marks a single function; these share a figure without marks"
        elif job.points.at is not None:
            yield "--annotate marks a curve over a range; points named with --at are drawn without marks"
        elif not figure:
            yield "--annotate marks a figure; a chart in the terminal or a table has no marks of its own"
    if job.appearance.sheet.responsive and all(output.format != "svg" for output in job.outputs):
        yield "--responsive is for an SVG, and none is written here; name one with -o FILE.svg"


def _show(work: _Work, result: Result) -> None:
    """Ask for a window where there is a display, for a chart in the terminal where there is none."""
    from actplot.figures import window

    if window.has_display():
        drawing, look, size = work.drawing, work.look, work.job.appearance.sheet.size
        result.window = lambda: window.show(drawing, look, size)
        result.fallback = work.chart
    else:
        result.stdout.append(work.chart())


class _Work:
    """The curves and pictures of a job, each made once and only when something needs it."""

    def __init__(self, job: Job, activations: list[Activation]) -> None:
        self.job = job
        self.activations = activations
        self.notes: list[str] = []

    @cached_property
    def bounds(self) -> tuple[float, float]:
        return self.job.points.bounds or common_range(self.activations)

    @cached_property
    def curves(self) -> list[Curve]:
        """The curves to draw."""
        points = self.job.points
        if points.at is not None:
            return [sample(activation, points.at, points.at_kink) for activation in self.activations]
        count = check_samples(points.samples or DEFAULT_SAMPLES, MAX_DRAWN)
        return [sample_range(activation, self.bounds, count, points.at_kink) for activation in self.activations]

    @cached_property
    def rows(self) -> list[Rows]:
        """What to print as tables."""
        points = self.job.points
        at = self._table_points() if points.at is None else points.at
        return [Rows(activation, at, points.at_kink) for activation in self.activations]

    def _table_points(self) -> Array | Spaced:
        if self.job.points.samples is not None:
            return spaced(*self.bounds, self.job.points.samples)
        whole = integers(*self.bounds)
        if whole is None:
            low, high = self.bounds
            self.notes.append(
                f"the range {low:g} {high:g} has no integers that fit a table; "
                f"took {TABLE_POINTS} evenly spaced points (--at and -n choose others)"
            )
            return spaced(low, high, TABLE_POINTS)
        return whole

    def left_open(self) -> Iterator[str]:
        """Yield a note for each function some of whose values no precision could tell."""
        for activation in self.activations:
            if points := activation.left_open:
                where = f"{min(points, key=abs):g}"
                where = f"{len(points)} points, {where} among them" if len(points) > 1 else where
                yield f"{activation.title}: terms cancel so far at {where} that no value could be found; none is shown"

    @cached_property
    def look(self) -> Look:
        from actplot.figures.appearance.looks import find

        return find(self.job.appearance.style)

    @cached_property
    def drawing(self) -> Drawing:
        wanted = self.job.appearance
        return Drawing(self.curves, self.job.content, wanted.title, wanted.detail, wanted.equal)

    def figures(self, formats: tuple[str, ...]) -> dict[str, bytes]:
        if not formats:
            return {}
        from actplot.figures.formats.export import render
        from actplot.figures.importing import import_matplotlib

        import_matplotlib()

        return render(self.drawing, self.look, formats, self.job.appearance.sheet, self.notes)

    def text(self, format_name: str) -> Iterator[bytes]:
        """Return a table in pieces, each made when it is about to be written."""
        pieces = STREAMS[format_name](self.rows, self.job.content.derivative, self.job.appearance.title)
        return (piece.encode("utf-8", "replace") for piece in pieces)

    @cached_property
    def screen(self) -> Screen:
        return Screen.of_stdout()

    def chart(self) -> bytes:
        from actplot.terminal import chart

        screen = self.screen
        drawn = chart(
            self.curves,
            content=self.job.content,
            width=screen.width,
            height=max(screen.height - 1, 1),  # the prompt that follows must not push the title out
            title=self.job.appearance.title,
            unicode=screen.unicode,
            captions=self._captions(),
        )
        return screen.render(drawn)

    def picture(self) -> bytes:
        """Return the figure as the terminal shows pictures, or the chart where it shows none."""
        from actplot.terminal.picture import can_show, picture

        if can_show():
            try:
                return self.screen.render(picture(self.figures(("png",))["png"], self.screen.width))
            except (ArithmeticError, ValueError, OSError):  # a terminal that does not know its own size, say
                pass
        self.notes.append("this terminal shows no pictures (kitty and sixel terminals do); drew the chart")
        return self.chart()

    def _captions(self) -> dict[Quantity, str]:
        """Return the remarks of the chart: the largest slope of a single function, as the figure marks it."""
        from actplot.features import features

        steepest = features(self.curves[0]).steepest if len(self.curves) == 1 else None
        if steepest is None:
            return {}
        return {"df": f"derivative, largest slope {rounded(steepest.value, 3)} at {rounded(steepest.x, 3)}"}

    def table(self) -> bytes:
        from actplot.tables.rich import to_rich

        count = len(self.rows[0].points)
        if count > MAX_PRINTED:
            raise UsageError(
                f"a table of {count:,} rows is too long for the terminal (at most {MAX_PRINTED:,}); use --format csv"
            )
        derivative, title, unicode = self.job.content.derivative, self.job.appearance.title, self.screen.unicode
        made = to_rich(self.rows, derivative, title, unicode)
        if len(self.rows) > 1 and not self.screen.fits(made):  # one under another, where side by side is too wide
            return self.screen.render(*(to_rich([row], derivative, None, unicode) for row in self.rows))
        return self.screen.render(made)
