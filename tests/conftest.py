from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# The examples are the same in every run, so that a failure is the change's own; ACTPLOT_FUZZ looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile("searching" if "ACTPLOT_FUZZ" in os.environ else "repeatable")

# Whoever starts the tests in the background has them ignore what ends a program, and their children with them.
for _name in ("SIGINT", "SIGHUP"):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)

# What a terminal, a CI service or a user's shell may have set, and what would change the output.
UNSET = (
    "COLUMNS",
    "LINES",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "FORCE_COLOR",
    "NO_COLOR",
    "PY_COLORS",
    "GITHUB_ACTIONS",
    "CI",
    "PYTHONUNBUFFERED",
    "MPLBACKEND",
    "LC_ALL",
    "ACTPLOT_DEBUG",
    "TERM",
)

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def clean_environment(**extra: str) -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if key not in UNSET}
    return {**environment, "TERM": "xterm-256color", "PYTHONWARNINGS": "error", **extra}


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the real command in a process of its own, in an empty folder."""

    def execute(
        *arguments: str,
        stdin: bytes = b"",
        timeout: float = 60,
        env: dict[str, str] | None = None,
        cwd: Path = tmp_path,
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "actplot", *arguments],
            input=stdin,
            capture_output=True,
            timeout=timeout,
            env=clean_environment(**(env or {})),
            cwd=cwd,
            check=False,
        )

    return execute


def one_error_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """Assert that a run failed with one clear line and nothing on stdout; return the line."""
    text = done.stderr.decode()
    assert text.startswith("actplot: error: "), text
    assert text.count("\n") == 1, text
    assert text.endswith("\n"), text
    assert "Traceback" not in text, text
    assert "should not have happened" not in text, text
    assert done.stdout == b""
    return text
