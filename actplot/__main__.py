"""The entry point: runs the command line and turns whatever happens into an exit code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

# Everything else is imported inside, where Ctrl-C and failures are already taken care of.

MANY = 200_000  # objects; a figure makes 150,000, nearly all of them while it imports


def program() -> int:
    """Be a process of its own: run the command line, and return its exit code with nothing left to do but end.

    A search for garbage costs a figure a tenth of its time, and one more at the end of the process a sixth. There is
    none worth finding among so few objects, and what is left at the end goes back to the system as it is.
    """
    import gc

    gc.set_threshold(MANY)
    code = main()
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with the given arguments (by default the process's) and return its exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    from actplot.console import output
    from actplot.errors import ActplotError, ClosedPipeError, ExitCode, reason

    _restore_sigpipe()
    try:
        from actplot.cli import run

        code = run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except ClosedPipeError as problem:
        _abandon_stdout()
        return problem.exit_code
    except ActplotError as problem:
        output.error(str(problem))
        return problem.exit_code
    except BrokenPipeError:
        _abandon_stdout()
        return ExitCode.BROKEN_PIPE
    except MemoryError:
        output.error("there is not enough memory for this; ask for fewer points or a smaller picture")
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        output.error(f"{where}{reason(problem)}")
        _abandon_stdout()
    except Exception as problem:
        if os.environ.get("ACTPLOT_DEBUG"):
            raise
        summary = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
        output.error(f"this should not have happened ({summary}); please report it, with the command you typed")
    return ExitCode.FAILURE


def _restore_sigpipe() -> None:
    """Die quietly when the reader of a pipe goes away, as every other program in a pipe does."""
    import signal

    if hasattr(signal, "SIGPIPE"):
        with suppress(ValueError):  # not the main thread: a program that embeds us keeps its own rule
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _abandon_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not fail again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(program())
