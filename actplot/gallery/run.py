"""Draw the gallery, in several processes, and write each file as soon as it is complete."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from actplot import output
from actplot.activation import Activation
from actplot.errors import WorldError
from actplot.figures.looks import find
from actplot.gallery.index import INDEX, markdown
from actplot.gallery.pictures import Order, draw

if TYPE_CHECKING:
    from collections.abc import Callable


def run(
    folder: Path,
    activations: Sequence[Activation],
    formats: tuple[str, ...],
    style: str,
    jobs: int,
    quiet: bool,
) -> None:
    """Write the pictures of the activations and the index into the folder.

    Raises
    ------
    UsageError
        For an unknown style.
    WorldError
        Where the folder can't be made or written.

    """
    find(style)  # before anything is made
    _make(folder)
    orders = [Order(activation.name, formats, style) for activation in activations]
    with _progress(len(orders), quiet) as advance:
        for files in _drawn(orders, min(jobs, len(orders))):
            output.commit([(folder / name, data) for name, data in files.items()])
            advance()
    output.write_file(folder / INDEX, markdown(activations, formats).encode())
    count = len(orders) * len(formats)
    output.note(f"wrote {count} {'figure' if count == 1 else 'figures'} and {INDEX} in {folder}", quiet)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise WorldError(f"cannot make the folder {folder}: a file has that name; choose another") from None
    except OSError as problem:
        raise WorldError(f"cannot make the folder {folder}: {output.reason(problem)}") from None
    except ValueError:
        raise WorldError("cannot make a folder of that name; choose another") from None


def _drawn(orders: Sequence[Order], jobs: int) -> Iterator[dict[str, bytes]]:
    if jobs <= 1:
        yield from map(draw, orders)
        return
    import multiprocessing

    # Started afresh: a copy of this process would inherit its threads' locks.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupt)
    try:
        yield from pool.map(draw, orders)
    except BrokenProcessPool:
        raise WorldError("a process that draws was killed; run the command again, or with --jobs 1") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the main process, which ends the others in good order."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], object]]:
    """Show a progress bar on a terminal; yields what to call after each step."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("drawing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("drawing", total=total)
        yield lambda: bar.advance(task)
