"""The only writer of standard output, standard error and files.

Everything is rendered to bytes first. Files are staged beside their destination and renamed when all of them
are complete and on the disk, so a failed run leaves no new file and no damaged old one, and neither does a power cut.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from actplot.console.ending import in_order
from actplot.console.files import (
    Data,
    Staged,
    cannot_write,
    destination,
    is_special,
    pieces,
    settle_folders,
    stage,
    write_through,
)
from actplot.errors import ClosedPipeError, WorldError, reason
from actplot.words.quoting import printable


def error(message: str) -> None:
    """Write one error line on stderr."""
    _stderr(f"actplot: error: {message}")


def note(message: str, quiet: bool = False) -> None:
    """Write one line on stderr about what was done or decided, unless asked to be quiet."""
    if not quiet:
        _stderr(f"actplot: {message}")


def _stderr(line: str) -> None:
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "ascii"
    line = printable(line)  # it may quote the name of a file: escapes, ends of lines
    with suppress(OSError, ValueError):  # where even stderr is gone there is nobody left to tell
        sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()


def commit(files: Sequence[tuple[Path, Data]], *stdout: Data, settled: bool = True) -> None:
    """Write all files and standard output, or none of the files.

    Parameters
    ----------
    files, stdout
        What to write.
    settled
        Whether to wait until the files are on the disk; who does not calls `settle` when all is written.

    Raises
    ------
    WorldError
        Where a file or standard output can't be written.
    ClosedPipeError
        Where the reader of standard output is gone.

    """
    with in_order() if files else nullcontext():
        _commit(files, stdout, settled)


def _commit(files: Sequence[tuple[Path, Data]], stdout: Sequence[Data], settled: bool) -> None:
    staged: list[tuple[Staged, Path]] = []
    renamed: list[Path] = []
    kept: list[tuple[Path, bool, Path | None]] = []
    done = False
    try:
        with _pipe_errors():
            special = []
            for path, data in files:
                target = destination(path)
                if is_special(target):
                    special.append((target, data))
                else:
                    staged.append((stage(target, data, settled), target))
            for target, data in special:
                write_through(target, data)
            for printed in stdout:
                for piece in pieces(printed):
                    write_stdout(piece)
            while staged:
                temporary, target = staged[0]
                old = temporary.spare(target) if len(files) > 1 else None
                kept.append((target, target.exists(), old))
                try:
                    temporary.take_place(target)
                except OSError as problem:
                    if old is None:
                        kept.pop()
                    raise cannot_write(target, problem) from None
                temporary.release()
                staged.pop(0)
                renamed.append(target)
            done = True
        if settled:
            settle_folders(renamed)
    finally:
        for target, was_there, old in reversed(kept):
            _tidy(target, was_there, old, done)
        for temporary, _ in staged:
            temporary.discard()


def tell_written(paths: Sequence[Path], quiet: bool = False) -> None:
    """Say on a terminal which files were written; logs and programs know what they asked for."""
    if paths and sys.stderr is not None and sys.stderr.isatty():
        *first, last = map(str, dict.fromkeys(paths))
        note(f"wrote {', '.join(first)} and {last}" if first else f"wrote {last}", quiet)


def _tidy(target: Path, was_there: bool, old: Path | None, done: bool) -> None:
    """Forget what a file was or, where not all are done, make it that again."""
    with suppress(OSError):
        if old is not None and done:
            old.unlink()
        elif old is not None:
            os.replace(old, target)
            old.unlink(missing_ok=True)  # two names of one file are left as they are
        elif not done and not was_there:
            target.unlink()


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all."""
    commit([(path, data)])


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output, all of them.

    Raises
    ------
    WorldError
        Where it is closed or full.
    ClosedPipeError
        Where its reader is gone.

    """
    check_stdout()
    try:
        sys.stdout.flush()
        descriptor = _descriptor()
        if descriptor is None:  # a stand-in for stdout, in tests and in programs that embed this one
            sys.stdout.buffer.write(data)
            return
        # Past Python's buffer: what it could not write it would try again, and fail again, at exit.
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BrokenPipeError:
        raise ClosedPipeError("the reader of standard output is gone") from None
    except OSError as problem:
        raise WorldError(f"cannot write to standard output: {reason(problem)}") from None


def check_stdout() -> None:
    """Raise WorldError where standard output is closed, for those who print on it by other means."""
    if sys.stdout is None:
        raise WorldError("standard output is closed; open it, or name a file with -o")


def _descriptor() -> int | None:
    try:
        return sys.stdout.fileno()
    except (OSError, ValueError):
        return None


@contextmanager
def _pipe_errors() -> Iterator[None]:
    """See a closed pipe as an exception: dying of the signal would leave staged files behind."""
    try:
        previous = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    except (AttributeError, ValueError):  # no such signal on this system, or not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGPIPE, previous)
