"""Runs of the command, each in a process of its own.

To import what a run needs takes a third of a second, the run itself a tenth of that. So the runs are forked from a
process in which everything is imported: they have their own streams, folder, exit code and end all the same.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path

# Read when a run begins; whatever else is in an environment may be read when something is imported.
READ_LATE = frozenset(
    {
        *("COLUMNS", "LINES", "_ACTPLOT_COMPLETE", "_TYPER_COMPLETE_ARGS", "COMP_WORDS", "COMP_CWORD"),
        *("ACTPLOT_STYLE", "ACTPLOT_SIZE", "ACTPLOT_DPI", "XDG_CONFIG_HOME"),
        *("ACTPLOT_LANGUAGE", "ACTPLOT_SCALE", "ACTPLOT_FUNCTIONS", "_TYPER_COMPLETE_FISH_ACTION", "MPLCONFIGDIR"),
        *("TERM", "NO_COLOR", "DISPLAY"),
        "PYTHONIOENCODING",  # see ``live``
    }
)

# What some command imports, beside the modules of the package.
WANTED = (
    "flint",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.style",
    "multiprocessing.pool",
    "rich.console",
    "rich.progress",
    "rich.table",
    "typer.rich_utils",
)


# What ``python -m actplot`` does, after something else.
MAIN = "\nimport sys\nfrom actplot.__main__ import program\nsys.exit(program())\n"


def run_fresh(
    arguments: tuple[str, ...], stdin: bytes, timeout: float, env: dict[str, str], cwd: Path, before: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a new interpreter, after some statements if there are any."""
    return subprocess.run(
        [sys.executable, *(["-c", before + MAIN] if before else ["-m", "actplot"]), *arguments],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env=env,
        cwd=cwd,
        check=False,
    )


@cache
def nursery() -> Nursery | None:
    """Return whence runs are forked, where that is safe; it ends with this process."""
    if sys.platform != "linux":
        return None
    from tests.conftest import clean_environment

    made = Nursery(clean_environment(MATPLOTLIBRC=os.devnull))  # as the command imports matplotlib
    atexit.register(made.close)
    return made


class Nursery:
    """A process in which everything is imported, and from which the runs are forked."""

    def __init__(self, env: dict[str, str]) -> None:
        self.door, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.processes", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=env,
                cwd=Path(__file__).parents[1],
            )

    def close(self) -> None:
        self.door.close()
        self.process.wait(30)

    def run(
        self,
        arguments: tuple[str, ...],
        stdin: bytes,
        timeout: float,
        env: dict[str, str],
        cwd: Path,
        before: str = "",
        terminal: str = "",
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the command in a fork, as ``run_fresh`` does in a new interpreter; one stream may be a terminal."""
        order = {"arguments": arguments, "env": env, "cwd": str(cwd), "before": before}
        in_reader, in_writer = os.pipe()
        out_reader, out_writer = pty.openpty() if terminal == "stdout" else os.pipe()
        error_reader, error_writer = pty.openpty() if terminal == "stderr" else os.pipe()
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(order).encode())
            file.seek(0)
            theirs = [in_reader, out_writer, error_writer]
            socket.send_fds(self.door, [b"run"], [file.fileno(), *theirs])
        for descriptor in theirs:
            os.close(descriptor)
        child = int(self.door.recv(32))
        late = threading.Event()

        def kill() -> None:
            late.set()
            os.kill(child, signal.SIGKILL)

        clock = threading.Timer(timeout, kill)
        clock.start()
        try:
            collected = [Collected(out_reader), Collected(error_reader)]
            with open(in_writer, "wb") as pipe:
                pipe.write(stdin)
            out, errors = (stream.all() for stream in collected)
            code = int(self.door.recv(32))
        finally:
            clock.cancel()
        command = ["actplot", *arguments]
        if late.is_set():
            raise subprocess.TimeoutExpired(command, timeout, out, errors)
        return subprocess.CompletedProcess(command, code, out, errors)


class Collected(threading.Thread):
    """All that comes out of a pipe."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(daemon=True)
        self.descriptor = descriptor
        self.data = b""
        self.start()

    def run(self) -> None:
        with (
            open(self.descriptor, "rb", buffering=0) as pipe,
            suppress(OSError),
        ):  # the other end of a terminal is closed
            while piece := pipe.read(65536):
                self.data += piece

    def all(self) -> bytes:
        self.join()
        return self.data


# ---- the process itself


def serve(door: socket.socket) -> None:
    """Fork a run for each order, until the door is closed."""
    import actplot

    with importlib.import_module("actplot.figures.importing").without_users_styles():
        for name in (*(found.name for found in pkgutil.walk_packages(actplot.__path__, "actplot.")), *WANTED):
            importlib.import_module(name)
        warm_up()
    gc.freeze()  # what is here is left where it is, so that a fork does not copy it
    while True:
        message, descriptors, _, _ = socket.recv_fds(door, 8, 4)
        if not message:
            return
        child = os.fork()
        if not child:
            door.close()
            live(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        door.send(str(child).encode())
        door.send(b"%4d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def warm_up() -> None:
    """Do once what most runs do, so that what is made once in a process is there: commands, fonts, tables of digits."""
    main = importlib.import_module("actplot.__main__").main
    list(importlib.import_module("actplot.cli.group").Commands().values())
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout, before = nowhere, sys.stdout
        for line in ("relu -d --table", "info gelu", f"gelu relu -d -q -o {folder}/a.png -o {folder}/a.svg"):
            assert main(line.split()) == 0
        sys.stdout = before


def live(order: int, *streams: int) -> None:
    """Be the run that was ordered, and end with it."""
    code = 1
    try:
        with open(order, encoding="utf-8") as file:
            wanted = json.load(file)
        for descriptor, stream in enumerate(streams):
            os.dup2(stream, descriptor)
            os.close(stream)
        os.chdir(wanted["cwd"])
        os.environ.clear()
        os.environ.update(wanted["env"])
        # New streams, as the interpreter makes when it begins: the old ones know what stood behind them before.
        encoding, _, errors = wanted["env"].get("PYTHONIOENCODING", sys.stdout.encoding).partition(":")
        sys.stdin = open(0, encoding=encoding, errors=errors or "strict", closefd=False)
        sys.stdout = open(1, "w", encoding=encoding, errors=errors or "strict", closefd=False)
        sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace", buffering=1, closefd=False)
        main = importlib.import_module("actplot.__main__")
        sys.argv = [str(main.__file__), *wanted["arguments"]]
        exec(wanted["before"], {})
        code = main.main()
        sys.stdout.flush()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt), socket.socket(fileno=int(sys.argv[1])) as from_the_tests:
        serve(from_the_tests)
