"""What the terminal at the other end can show, and rich renderables turned to bytes for it."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

LARGEST = 1000  # cells; COLUMNS or LINES beyond that are a mistake, and a chart of that size takes minutes


def bound_size() -> None:
    """Keep the environment from giving the screen a size that none has; others than this program read it too."""
    for name in ("COLUMNS", "LINES"):
        with suppress(KeyError):
            try:
                size = int(os.environ.pop(name)[:9])
            except ValueError:
                continue
            if size > 0:
                os.environ[name] = str(min(size, LARGEST))


@dataclass(frozen=True)
class Screen:
    """Width and height in character cells, whether it is a terminal, and whether it has more than ASCII."""

    width: int
    height: int
    terminal: bool
    unicode: bool
    encoding: str

    @classmethod
    def of_stdout(cls) -> Screen:
        """Look at standard output; a pipe counts as 80 × 24 without colours."""
        size = shutil.get_terminal_size((80, 24))
        terminal = bool(sys.stdout and sys.stdout.isatty())
        encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
        return cls(max(size.columns, 1), max(size.lines, 1), terminal, _has_unicode(encoding), encoding)

    def fits(self, part: RenderableType) -> bool:
        """Say whether a renderable is no wider than the screen; a pipe has all the room it wants."""
        return not self.terminal or _needed(part) <= self.width

    def render(self, *parts: RenderableType) -> bytes:
        """Print renderables as this screen shows them; wider ones are never cut, the terminal wraps them."""
        from io import StringIO

        from rich.console import Console

        text = StringIO()
        console = Console(
            file=text,
            width=max([self.width, *(_needed(part) for part in parts)]),
            height=self.height,  # without it, Rich takes a dumb terminal for one of 80 columns
            force_terminal=self.terminal or bool(os.environ.get("FORCE_COLOR")),
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
            safe_box=False,
        )
        for part in parts:
            console.print(part, soft_wrap=False)
        lines = [line.rstrip(" ") for line in text.getvalue().split("\n")]
        return "\n".join(lines).encode(self.encoding, "replace")


def _needed(part: RenderableType) -> int:
    from rich.console import Console
    from rich.measure import Measurement

    wide = Console(width=10_000, height=LARGEST)
    return Measurement.get(wide, wide.options, part).maximum


def _has_unicode(encoding: str) -> bool:
    try:
        "⣿╭′".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    # Python speaks UTF-8 even under LC_ALL=C; the user who set that asked for ASCII.
    return os.environ.get("LC_ALL", "") not in ("C", "POSIX")
