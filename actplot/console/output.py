"""The only writer of standard output, standard error and files.

Everything is rendered to bytes first. Files are staged beside their destination and renamed when all of them
are complete and on the disk, so a failed run leaves no new file and no damaged old one, and neither does a power cut.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from actplot.errors import ClosedPipeError, WorldError
from actplot.words.quoting import printable

if sys.platform != "win32":
    import fcntl

# Bytes to write: all at once, or piece by piece where the whole would fill the memory.
Data = bytes | Iterable[bytes]

# How files are called until they are complete.
_PREFIX, _SUFFIX = ".actplot-", ".tmp"
# What a file system answers that can't be asked to put a file on its disk.
_UNSETTLED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


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
    staged: list[tuple[_Staged, Path]] = []
    renamed: list[Path] = []
    try:
        with _pipe_errors():
            special = []
            for path, data in files:
                target = _destination(path)
                if _is_special(target):
                    special.append((target, data))
                else:
                    staged.append((_stage(target, data, settled), target))
            for target, data in special:
                _write_through(target, data)
            for printed in stdout:
                for piece in _pieces(printed):
                    write_stdout(piece)
            while staged:
                temporary, target = staged[0]
                try:
                    os.replace(temporary.path, target)
                except OSError as problem:
                    raise _cannot_write(target, problem) from None
                temporary.release()
                staged.pop(0)
                renamed.append(target)
        if settled:
            _settle_folders(renamed)
    finally:
        for temporary, _ in staged:
            temporary.discard()


def settle(paths: Sequence[Path]) -> None:
    """Wait until files that were written are on the disk, where the system can tell."""
    for path in paths:
        _settle(path)
    _settle_folders(paths)


def _settle_folders(paths: Iterable[Path]) -> None:
    """Wait until the names of files are on the disk."""
    for folder in dict.fromkeys(path.parent for path in paths):
        _settle(folder)


def _settle(path: Path) -> None:
    """Wait for a file or a folder; where that can't be had it is no failure, for everything stands in its place."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed runs have left in a folder; those of living runs are locked."""
    if sys.platform == "win32":
        return  # nothing tells there whose they are
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(descriptor)


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all."""
    commit([(path, data)])


def _pieces(data: Data) -> Iterable[bytes]:
    return filter(None, (data,) if isinstance(data, bytes) else data)


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


def reason(problem: OSError) -> str:
    """Return the operating system's reason as part of a sentence."""
    text = os.strerror(problem.errno) if problem.errno else str(problem)
    return text[:1].lower() + text[1:]


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


def _cannot_write(path: Path, problem: OSError) -> WorldError:
    if problem.errno == errno.ENOENT and not path.parent.exists():
        return WorldError(f"cannot write {path}: there is no folder {path.parent}; create it first")
    return WorldError(f"cannot write {path}: {reason(problem)}")


def _destination(path: Path) -> Path:
    """Follow links, so that a link stays one and the file it names is replaced."""
    try:
        target = path.resolve() if not _is_special(path) and path.is_symlink() else path
        if target.is_dir():
            raise WorldError(f"cannot write {path}: it is a folder; name a file in it")
    except OSError as problem:
        raise _cannot_write(path, problem) from None
    except (ValueError, RuntimeError):  # what no name may hold; links in a circle
        raise WorldError("cannot write a file of that name; choose another") from None
    return target


def _is_special(path: Path) -> bool:
    """Say whether this is a device or a pipe, which can't be replaced by renaming; ValueError for what is no name."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


class _Staged:
    """A temporary file beside its destination; locked as long as its process lives, so that `sweep` leaves it."""

    def __init__(self, folder: Path) -> None:
        import tempfile  # 4 ms that runs without files need not spend

        self.descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        self.path = Path(name)
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks: nobody sweeps there either
                fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    @property
    def is_lost(self) -> bool:
        """Whether it was swept in the instant before it was locked."""
        return os.fstat(self.descriptor).st_nlink == 0

    def write(self, data: Data, mode: int) -> None:
        for piece in _pieces(data):
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(self.descriptor, rest) :]
        os.chmod(self.path, mode)

    def settle(self) -> None:
        """Have the content on the disk, unless the file system knows no such thing."""
        try:
            os.fsync(self.descriptor)
        except OSError as problem:
            if problem.errno not in _UNSETTLED:
                raise

    def release(self) -> None:
        os.close(self.descriptor)

    def discard(self) -> None:
        with suppress(OSError):
            self.path.unlink()
        with suppress(OSError):
            self.release()


def _stage(target: Path, data: Data, settled: bool) -> _Staged:
    temporary: _Staged | None = None
    try:
        temporary = _Staged(target.parent)
        while temporary.is_lost:
            temporary.release()
            temporary = _Staged(target.parent)
        temporary.write(data, _mode(target))
        if settled:
            temporary.settle()
    except BaseException as problem:
        if temporary is not None:
            temporary.discard()
        if isinstance(problem, OSError):
            raise _cannot_write(target, problem) from None
        raise
    return temporary


def _mode(target: Path) -> int:
    """Return the permissions of the file to be replaced, or those that a new file gets."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _write_through(target: Path, data: Data) -> None:
    try:
        with open(target, "wb") as file:
            file.writelines(_pieces(data))
    except BrokenPipeError:
        raise ClosedPipeError(f"the reader of {target} is gone") from None
    except OSError as problem:
        raise _cannot_write(target, problem) from None
