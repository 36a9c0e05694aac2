"""The command on a terminal that a test pretends to be."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import clean_environment
from tests.processes import nursery


def on_terminal(
    *arguments: str, cwd: Path | None = None, stream: str = "stdout", width: int = 80, **environment: str
) -> str:
    """Return what the command shows where one of its streams is a terminal of some width."""
    environment = clean_environment(COLUMNS=str(width), **environment)
    if (whence := nursery()) is not None and "FORCE_COLOR" not in environment:  # which is read when Typer is imported
        done = whence.run(arguments, b"", 60, environment, cwd or Path.cwd(), terminal=stream)
        assert done.returncode == 0
        return (done.stdout if stream == "stdout" else done.stderr).decode().replace("\r\n", "\n")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "actplot", *arguments],
        stdout=follower if stream == "stdout" else subprocess.DEVNULL,
        stderr=follower if stream == "stderr" else subprocess.DEVNULL,
        env=environment,
        cwd=cwd,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            shown += os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
    os.close(leader)
    assert process.wait(timeout=60) == 0
    return shown.decode().replace("\r\n", "\n")


def without_styles(shown: str) -> str:
    """Return what a terminal shows as plain text."""
    return re.sub(r"\x1b\[[\d;]*m", "", shown)
