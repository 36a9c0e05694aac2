"""A real window on a virtual screen, where one is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.conftest import Run, clean_environment


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if not shutil.which("Xvfb") or not find_spec("tkinter"):
        pytest.skip("Xvfb or tkinter is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()  # whole: the digits and the end of the line may come one by one
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)


def open_window(display: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "actplot", "relu", "-d"],
        env=clean_environment(DISPLAY=display),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for_window(display: str) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "^actplot$"],
            env={**os.environ, "DISPLAY": display},
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if found:
            return found[0]
        time.sleep(0.1)
    pytest.fail("no window opened")


@pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed")
def test_a_window_opens_and_closing_it_ends_the_command(display: str) -> None:
    process = open_window(display)
    window = wait_for_window(display)
    assert process.poll() is None
    subprocess.run(
        ["xdotool", "windowclose", window],
        env={**os.environ, "DISPLAY": display},
        check=True,
        capture_output=True,
    )
    process.communicate(timeout=20)
    assert process.returncode is not None


@pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed")
def test_q_closes_the_window_and_nothing_is_printed(display: str) -> None:
    process = open_window(display)
    window = wait_for_window(display)
    time.sleep(0.5)
    subprocess.run(
        ["xdotool", "key", "--window", window, "q"],
        env={**os.environ, "DISPLAY": display},
        check=False,
        capture_output=True,
    )
    out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (0, b"", b"")


def test_ctrl_c_closes_the_window(display: str) -> None:
    process = open_window(display)
    time.sleep(4)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_a_display_that_does_not_answer_gets_the_chart(run: Run) -> None:
    done = run("relu", "-d", env={"DISPLAY": ":987"})
    assert done.returncode == 0
    assert done.stderr == b""
    assert "⠒" in done.stdout.decode()


def test_the_chart_can_be_had_on_a_display(run: Run, display: str) -> None:
    done = run("relu", "-d", "--terminal", env={"DISPLAY": display})
    assert done.returncode == 0
    assert "⠒" in done.stdout.decode()
