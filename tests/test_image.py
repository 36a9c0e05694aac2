"""``--image`` on a terminal that answers as one with pictures, on one that does not, and in a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.conftest import Run, clean_environment

SIXEL = {b"\x1b[c": b"\x1b[?62;4;6;22c", b"\x1b[16t": b"\x1b[6;20;10t", b"\x1b[14t": b"\x1b[4;480;800t"}
PLAIN = {b"\x1b[c": b"\x1b[?6c"}


def on_terminal(answers: dict[bytes, bytes], cwd: Path) -> tuple[int, bytes, bytes]:
    """Run ``actplot relu -d --image`` on a pseudo-terminal that answers queries; return code, output and notes."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 80, 800, 600))
    process = subprocess.Popen(
        [sys.executable, "-m", "actplot", "relu", "-d", "--image"],
        stdin=follower,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=clean_environment(COLUMNS="80", LINES="30"),
        cwd=cwd,
        start_new_session=True,
    )
    os.close(follower)
    seen, answered = b"", 0
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        ready, _, _ = select.select([leader], [], [], 0.1)
        if ready:
            try:
                seen += os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
        elif process.poll() is not None:
            break
        for query, answer in answers.items():
            if query in seen[answered:]:
                answered = len(seen)
                os.write(leader, answer)
    _, notes = process.communicate(timeout=10)
    os.close(leader)
    return process.returncode, seen, notes


def test_a_sixel_terminal_gets_the_figure(tmp_path: Path) -> None:
    code, seen, notes = on_terminal(SIXEL, tmp_path)
    assert (code, notes) == (0, b"")
    assert b"\x1bP" in seen, "the start of sixel data"
    assert "⠒".encode() not in seen


def test_a_plain_terminal_gets_the_chart_and_a_note(tmp_path: Path) -> None:
    code, seen, notes = on_terminal(PLAIN, tmp_path)
    assert code == 0
    assert "⠒".encode() in seen
    assert notes.decode().startswith("actplot: this terminal shows no pictures")
    assert notes.count(b"\n") == 1


def test_a_pipe_gets_the_chart_and_a_note(run: Run) -> None:
    done = run("relu", "-d", "--image")
    assert done.returncode == 0
    assert "⠒" in done.stdout.decode()
    assert done.stderr.count(b"\n") == 1
    assert run("relu", "-d", "--image", "-q").stderr == b""


def test_without_the_extra_one_line_names_it(tmp_path: Path) -> None:
    source = (
        "import sys; sys.modules['textual_image'] = None\n"
        "from actplot.__main__ import main\n"
        "sys.exit(main(['relu', '--image']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        env=clean_environment(),
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode() == (
        "actplot: error: textual-image is not installed; install it with: pip install 'actplot[image]'\n"
    )


def test_nothing_asks_the_terminal_unless_told_to() -> None:
    source = "import sys; from actplot.__main__ import main; main(['relu']); assert 'textual_image' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, env=clean_environment(), timeout=60)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of POSIX")
