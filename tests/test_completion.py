"""What shells offer in the place of names, parameters and values."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run, clean_environment


def offered(run: Run, *words: str) -> list[str]:
    """Return what bash is offered for the last word."""
    asked = {
        "_ACTPLOT_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(("actplot", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = run(env=asked)
    assert done.stderr == b""
    return done.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("relu --style d", "dark dark_background", "light ggplot"),
        ("relu --style = tut", "tutorial", "light"),
        ("plot relu --style gg", "ggplot", "light"),
        ("gallery out --style p", "paper", "png"),
        ("relu --at-kink t", "torch tensorflow", "jax tanh"),
        ("relu --scale p", "poster", "talk paper"),
        ("relu --format p", "png pdf", "svg"),
        ("gallery out --format png,s", "png,svg", "svg png,tex"),
        ("gallery out --only g", "gated gaussian_gated gelu", "relu"),
        ("gallery out --only relu,ga", "relu,gated relu,gaussian", "relu,relu gated"),
        ("check gelu --against ge", "gelu gelu_tanh", "relu"),
        ("check gelu --against elu : a", "alpha=1", "abs"),
        ("Ge", "Gelu Gelu_tanh", "gelu silu"),
        ("Leaky", "Leaky_relu", "leaky_relu"),
        ("relu Leaky-R", "Leaky-Relu", "relu"),
        ("swi", "swish", "silu"),
        ("elu :", "alpha=1", "plot list relu"),
        ("elu : al", "alpha=1", "alpha"),
        ("elu:al", "elu:alpha=1", "alpha=1"),
        ("relu elu :", "alpha=1", "relu"),
        ("info hard_tanh : upper = 2,", "2,lower=-1", "2,upper=1 lower=-1"),
        ("softplus : th", "threshold=", "threshold=inf"),
        ("gallery out elu : a", "alpha=1", "abs"),
        ("list ga", "gated gaussian", "relu"),
        ("list --used t", "torch tensorflow", "jax"),
    ],
)
def test_values_are_offered(run: Run, words: str, wanted: str, unwanted: str) -> None:
    found = set(offered(run, *words.split(" ")))
    assert set(wanted.split()) <= found
    assert not found & set(unwanted.split())


@pytest.mark.parametrize("words", ["x*sigmoid(x):", "nosuch : a", "relu :", "relu --title a", "relu --style nosuch"])
def test_nothing_is_offered_where_nothing_is_known(run: Run, words: str) -> None:
    assert offered(run, *words.split(" ")) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("actplot Ge", "Gelu"),
        ("actplot elu:", "alpha=1"),
        ("actplot relu --style d", "dark"),
        ("actplot gallery out --only g", "gated"),
        ("actplot info soft", "softmax"),
        ("actplot Swig", "Swiglu"),
        ("actplot info crel", "crelu"),
    ],
)
def test_other_shells_are_answered_a_line_an_offer(run: Run, shell: str, line: str, wanted: str) -> None:
    asked = {"_ACTPLOT_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = run(env={**asked, "_TYPER_COMPLETE_ARGS": line})
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert wanted in text
    typed = line.rpartition(" ")[2]
    if shell == "fish":
        assert all(offer.startswith(typed) for offer in text.splitlines()), "a remark is never broken into lines"


@pytest.mark.parametrize(
    "line", ["actplot relu --style d", "actplot elu:", "actplot gallery out --only g", "actplot list --used t"]
)
def test_nothing_heavy_is_imported_to_offer_something(line: str, tmp_path: Path) -> None:
    source = (
        "import sys\nfrom actplot.__main__ import main\nmain([])\n"
        "loaded = {'numpy', 'matplotlib', 'tomllib'} & set(sys.modules)\nassert not loaded, loaded"
    )
    asked = {"_ACTPLOT_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run(
        [sys.executable, "-c", source],
        env=clean_environment(**asked, _TYPER_COMPLETE_ARGS=line),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


LINES = (
    ("actplot elu:al", "actplot elu:alpha=1 "),
    ("actplot elu:", "actplot elu:alpha=1 "),
    ("actplot Quick", "actplot Quick_gelu "),
    ("actplot relu --style tut", "actplot relu --style tutorial "),
    ("actplot relu --style=tut", "actplot relu --style=tutorial "),
    ("actplot check gelu --against leaky_relu:", "actplot check gelu --against leaky_relu:alpha=0.01 "),
)


def test_bash_itself_completes(tmp_path: Path) -> None:
    command = tmp_path / "actplot"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m actplot "$@"\n')
    command.chmod(0o755)
    script = subprocess.run(
        [sys.executable, "-m", "actplot"],
        env=clean_environment(_ACTPLOT_COMPLETE="source_bash"),
        capture_output=True,
        check=False,
        timeout=60,
    ).stdout
    (tmp_path / "rc").write_bytes(script + b"\nPS1='ready> '\n")
    environment = clean_environment(PATH=f"{tmp_path}:{os.environ['PATH']}", INPUTRC="/dev/null", HISTFILE="", PS1="")
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(tmp_path)
        os.execvpe("bash", ["bash", "--noprofile", "--rcfile", "rc", "-i"], environment)
    try:
        wait_for(terminal, b"ready> ")
        for typed, completed in LINES:
            os.write(terminal, typed.encode() + b"\t")
            assert completed.encode() in wait_for(terminal, completed.encode())
            os.write(terminal, b"\x15")  # the line is taken back
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def wait_for(terminal: int, wanted: bytes, seconds: float = 30) -> bytes:
    """Return what a terminal shows, when it shows what is waited for or the time is up."""
    shown, end = b"", time.monotonic() + seconds
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
    return shown
