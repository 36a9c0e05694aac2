"""The ledger: a hidden file in a gallery's folder that says what each of its files was made from.

It holds, for each file, the key of what it was made from and the hash of its bytes. A file is left as it is only
where both still agree, and one that the ledger does not name is someone else's. A ledger that is lost, damaged or
someone else's names none.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from actplot.console import output
from actplot.console.files import read_bounded

FILE = ".actplot.json"
MOST = 2**28  # bytes of a file of ours
_FORMAT = 1
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._=-]*")
_HASH = re.compile(r"[0-9a-f]{64}")

Record = tuple[str, str]  # the key, and the hash of the bytes
_CLAIM: Record = ("0" * 64, "0" * 64)  # of a file that is about to be written


class Ledger:
    """The ledger of one folder, as it was when the run began and with what the run has written since."""

    def __init__(self, folder: Path) -> None:
        """Read the ledger of a folder, which need not exist."""
        self._folder = folder
        self._records = _read(folder / FILE)
        self._claimed: frozenset[str] = frozenset()

    def is_current(self, name: str, key: str) -> bool:
        """Say whether a file was made from this key and is still what was written."""
        record = self._records.get(name)
        if record is None or record[0] != key:
            return False
        try:
            return _hash(read_bounded(self._folder / name, MOST)) == record[1]
        except OSError:
            return False

    def knows(self, name: str) -> bool:
        """Say whether a file of this name was written by us, whatever has become of it."""
        return name in self._records

    def strangers(self, names: Iterable[str]) -> list[str]:
        """Return which of these are there and were not written by us, nor by another run meanwhile."""
        found = sorted(name for name in names if not self.knows(name) and os.path.lexists(self._folder / name))
        if found:
            self._records = _read(self._folder / FILE) | self._records
        return [name for name in found if not self.knows(name)]

    def claim(self, names: Iterable[str]) -> None:
        """Note that files are about to be written, so that a run that is killed knows them for its own.

        Raises
        ------
        WorldError
            Where the ledger can't be written.

        """
        self._claimed = frozenset(names)
        self._records = dict.fromkeys(self._claimed, _CLAIM) | self._records
        self.save()

    def others(self, names: Collection[str]) -> int:
        """Return how many files beside these were written by us and are still there."""
        return sum((self._folder / name).exists() for name in self._records.keys() - {*names})

    def note(self, name: str, key: str, data: bytes) -> None:
        """Note what a file was made from."""
        self._records[name] = (key, _hash(data))

    def release(self) -> None:
        """Write the ledger when all is done; what was claimed and is not there is forgotten."""
        self._claimed = frozenset()
        self.save()

    def save(self) -> None:
        """Write the ledger, beside what another gallery in the same folder has noted meanwhile.

        Raises
        ------
        WorldError
            Where it can't be written.

        """
        known = _read(self._folder / FILE) | self._records
        present = {
            name: known[name] for name in sorted(known) if name in self._claimed or (self._folder / name).exists()
        }
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(record)}" for name, record in present.items())
        text = f'{{"format": {_FORMAT}, "files": {{\n{lines}\n}}}}\n'
        output.write_file(self._folder / FILE, text.encode())


def _read(path: Path) -> dict[str, Record]:
    """Return the records of a ledger; none where it is missing, damaged or not one of ours."""
    with suppress(OSError, ValueError, RecursionError):
        content = json.loads(read_bounded(path, MOST))
        if isinstance(content, dict) and content.get("format") == _FORMAT and isinstance(content.get("files"), dict):
            return {
                name: (record[0], record[1])
                for name, record in content["files"].items()
                if _NAME.fullmatch(name) and _is_record(record)
            }
    return {}


def _is_record(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(part, str) and _HASH.fullmatch(part) for part in value)
    )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
