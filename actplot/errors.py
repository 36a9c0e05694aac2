"""What can go wrong, and the exit code that says so."""

import os
from enum import IntEnum


class ExitCode(IntEnum):
    """The process exit codes of the command line."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class ActplotError(Exception):
    """An error with a one-line message for the user: what is wrong; what to do."""

    exit_code = ExitCode.FAILURE


class UsageError(ActplotError, ValueError):
    """The request itself is wrong: an unknown name, a bad number, options that exclude each other."""

    exit_code = ExitCode.USAGE


class ClosedPipeError(ActplotError):
    """The reader of standard output is gone, as after ``| head``; nobody needs to be told."""

    exit_code = ExitCode.BROKEN_PIPE


class WorldError(ActplotError, OSError):
    """The request was fine and the world failed it: a full disk, a missing folder, no display."""

    exit_code = ExitCode.FAILURE


def reason(problem: OSError) -> str:
    """Return the operating system's reason as part of a sentence."""
    text = os.strerror(problem.errno) if problem.errno else str(problem)
    return text[:1].lower() + text[1:]
