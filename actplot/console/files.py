"""Files that appear whole or not at all: staged beside their destination, on the disk before they take its name."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from actplot.errors import ClosedPipeError, WorldError, reason

if sys.platform != "win32":
    import fcntl

# Bytes to write: all at once, or piece by piece where the whole would fill the memory.
Data = bytes | Iterable[bytes]

# How files are called until they are complete.
_PREFIX, _SUFFIX = ".actplot-", ".tmp"
# What the system answers where a file can't be replaced; it may be written all the same.
_PINNED = (errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES)
# What a file system answers that can't be asked to put a file on its disk.
_UNSETTLED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


def cannot_write(path: Path, problem: OSError) -> WorldError:
    """Return the error that says why a file can't be written."""
    if problem.errno == errno.ENOENT and not path.parent.exists():
        return WorldError(f"cannot write {path}: there is no folder {path.parent}; create it first")
    return WorldError(f"cannot write {path}: {reason(problem)}")


def destination(path: Path) -> Path:
    """Follow links, so that a link stays one and the file it names is replaced."""
    try:
        target = path.resolve() if not is_special(path) and path.is_symlink() else path
        is_folder = target.is_dir()
    except OSError as problem:
        raise cannot_write(path, problem) from None
    except (ValueError, RuntimeError):  # what no name may hold; links in a circle
        raise WorldError("cannot write a file of that name; choose another") from None
    if is_folder:
        raise WorldError(f"cannot write {path}: it is a folder; name a file in it")
    if _is_planted(path):
        raise WorldError(f"cannot write {path}: it is another user's link in a shared folder; name another file")
    return target


def _is_planted(path: Path) -> bool:
    """Say whether a link is one that the system would not follow: another's, where everybody may make files."""
    try:
        link, folder = path.lstat(), path.parent.stat()
    except (OSError, ValueError):
        return False
    shared = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    own = not hasattr(os, "geteuid") or link.st_uid in (os.geteuid(), folder.st_uid)
    return stat.S_ISLNK(link.st_mode) and bool(shared) and not own


def is_special(path: Path) -> bool:
    """Say whether this is a device or a pipe, which can't be replaced by renaming; ValueError for what is no name."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def read_bounded(path: Path, most: int) -> bytes:
    """Return the content of a file; OSError for what is none (a pipe never ends, or never begins) or is too long."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


class Staged:
    """A temporary file beside its destination; locked as long as its process lives, so that `sweep` leaves it."""

    def __init__(self, folder: Path) -> None:
        """Make a file in a folder."""
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
        """Write all data, and set the permissions."""
        for piece in pieces(data):
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
        """Close the file, which unlocks it."""
        os.close(self.descriptor)

    def take_place(self, target: Path) -> None:
        """Become the file of a name; where that can't be, as of a file that is mounted, give it the content instead."""
        try:
            if self.keeps_owner(target):
                os.replace(self.path, target)
                return
        except OSError as problem:
            if problem.errno not in _PINNED or not target.is_file():
                raise
        self._copy_into(target)
        self.path.unlink()

    def keeps_owner(self, target: Path) -> bool:
        """Have the owner of the file that is to be replaced, and say whether that could be."""
        if not hasattr(os, "fchown"):
            return True
        try:
            old, new = target.stat(), os.fstat(self.descriptor)
        except OSError:
            return True
        if (old.st_uid, old.st_gid) == (new.st_uid, new.st_gid):
            return True
        with suppress(OSError):
            os.fchown(self.descriptor, old.st_uid, old.st_gid)
            os.fchmod(self.descriptor, stat.S_IMODE(old.st_mode))  # to change the owner may have cleared some of it
            return True
        return not os.access(target, os.W_OK)

    def _copy_into(self, target: Path) -> None:
        import shutil

        with open(self.path, "rb") as source, open(target, "r+b") as file:
            shutil.copyfileobj(source, file)
            file.truncate()

    def spare(self, target: Path) -> Path | None:
        """Keep the file that is to be replaced under another name; None where there is none, or it can't be kept."""
        kept = self.path.with_name(f"{_PREFIX}old-{self.path.name.removeprefix(_PREFIX)}")
        try:
            os.link(target, kept)
        except OSError:
            return None
        return kept

    def discard(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self.path.unlink()
        with suppress(OSError):
            self.release()


def stage(target: Path, data: Data, settled: bool) -> Staged:
    """Write data beside a file whose place they are to take."""
    temporary: Staged | None = None
    try:
        temporary = Staged(target.parent)
        while temporary.is_lost:
            temporary.release()
            temporary = Staged(target.parent)
        temporary.write(data, _mode(target))
        if settled:
            temporary.settle()
    except BaseException as problem:
        if temporary is not None:
            temporary.discard()
        if isinstance(problem, OSError):
            raise cannot_write(target, problem) from None
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


def write_through(target: Path, data: Data) -> None:
    """Write to a device or a pipe, which nothing can take the place of."""
    try:
        with open(target, "wb") as file:
            file.writelines(pieces(data))
    except BrokenPipeError:
        raise ClosedPipeError(f"the reader of {target} is gone") from None
    except OSError as problem:
        raise cannot_write(target, problem) from None


def settle(paths: Sequence[Path]) -> None:
    """Wait until files that were written are on the disk, where the system can tell."""
    for path in paths:
        _settle(path)
    settle_folders(paths)


def settle_folders(paths: Iterable[Path]) -> None:
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


def pieces(data: Data) -> Iterable[bytes]:
    """Return data piece by piece, none of them empty."""
    return filter(None, (data,) if isinstance(data, bytes) else data)
