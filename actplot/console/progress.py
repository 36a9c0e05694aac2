"""How far a long run is, on standard error: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from actplot.console import output

LONG = 200  # steps; a shorter run needs no lines in a log
LINES = 10


class Advance(Protocol):
    """What is called after each step, with a word about it if there is one."""

    def __call__(self, told: str = "") -> None:
        """Show that a step is done."""


@contextmanager
def progress(what: str, total: int, quiet: bool) -> Iterator[Advance]:
    """Show the progress of what is being done; yields what to call after each step."""
    if quiet or total == 0 or sys.stderr is None:
        yield lambda told="": None
    elif sys.stderr.isatty():
        with _bar(what, total) as advance:
            yield advance
    else:
        yield _log(total)


@contextmanager
def _bar(what: str, total: int) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}", style="progress.data.speed")
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    # No thread of its own: workers are copies of this process, and a copied lock may be held for ever.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=total, rate="")
        bar.refresh()

        def advance(told: str = "") -> None:
            bar.advance(task)
            speed = bar.tasks[task].speed
            bar.update(task, rate=told or (f"{speed:.1f}/s" if speed else ""), refresh=True)

        yield advance


def _log(total: int) -> Advance:
    """Write a line for each tenth of a long run."""
    done = 0

    def advance(told: str = "") -> None:
        nonlocal done
        done += 1
        tenth = LINES * done // total
        if total >= LONG and done < total and tenth > LINES * (done - 1) // total:
            output.note(f"{100 * tenth // LINES}% ({done} of {total}){told and f', {told}'}")

    return advance
