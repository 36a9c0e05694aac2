"""What a long run has found so far, kept in the user's folder for such things; the next run goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from actplot.console.files import read_bounded
from actplot.console.output import write_file

MOST = 10_000_000  # bytes of one file


def folder() -> Path | None:
    """Return the folder, which need not be there; None where the user has no home.

    ``actplot`` in ``$XDG_CACHE_HOME``, wherever that is set; else in the place that the system has for such things.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return Path(named, "actplot")
    places = {"win32": os.environ.get("LOCALAPPDATA", "~/AppData/Local"), "darwin": "~/Library/Caches"}
    place = Path(os.path.expanduser(places.get(sys.platform, "~/.cache")))
    return place / "actplot" if place.is_absolute() else None


class Kept:
    """What is known of one question, which holds all that the answer depends on: a file named by its hash."""

    def __init__(self, question: Mapping[str, Any]) -> None:
        """Take the question."""
        self.question = json.loads(json.dumps(question))
        digest = hashlib.sha256(json.dumps(self.question, sort_keys=True).encode()).hexdigest()[:24]
        place = folder()
        self.path = None if place is None else place / f"{digest}.json"

    def read(self) -> dict[str, Any]:
        """Return the answer so far; nothing where there is none, or none that can be read."""
        if self.path is None:
            return {}
        try:
            record = json.loads(read_bounded(self.path, MOST))
            answer = record["answer"] if record["question"] == self.question else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}
        return answer if isinstance(answer, dict) else {}

    def write(self, answer: Mapping[str, Any]) -> None:
        """Keep an answer; a folder that can't be written is no reason to end what takes hours."""
        if self.path is None:
            return
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_file(self.path, json.dumps({"question": self.question, "answer": answer}).encode())
