from __future__ import annotations

import gc
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

from tests.processes import READ_LATE, nursery, run_fresh
from tests.walking import EVERYTHING, told

# The examples are the same in every run, so that a failure is the change's own; ACTPLOT_FUZZ looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile("searching" if EVERYTHING else "repeatable")


def pytest_report_header() -> str:
    return told()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.verbosity < 0:  # such a run has no header
        terminalreporter.write_line(told())


def pytest_collection_finish() -> None:
    """Leave all that was imported and collected out of every search for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


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
    "ACTPLOT_STYLE",
    "ACTPLOT_SIZE",
    "ACTPLOT_DPI",
    "ACTPLOT_LANGUAGE",
    "ACTPLOT_SCALE",
    "TERM",
)


@contextmanager
def at_work(seconds: float) -> Iterator[None]:
    """Stop what takes more than so many seconds of the processor's time, however busy the machine is."""

    def ring(_number: int, _frame: object) -> None:
        raise AssertionError(f"it takes more than {seconds} seconds of work")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


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
    """Run the real command in a process of its own, in an empty folder.

    It is forked from one in which everything is imported, but for where it is to be ``fresh``, or the environment
    is one that may be read before the run begins. Statements to be executed ``before`` can sabotage it.
    """

    def execute(
        *arguments: str,
        stdin: bytes = b"",
        timeout: float = 60,
        env: dict[str, str] | None = None,
        cwd: Path = tmp_path,
        fresh: bool = False,
        before: str = "",
    ) -> subprocess.CompletedProcess[bytes]:
        whence = None if fresh or not READ_LATE.issuperset(env or ()) else nursery()
        begin = run_fresh if whence is None else whence.run
        return begin(arguments, stdin, timeout, clean_environment(**(env or {})), cwd, before)

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
