"""Code of others, run with care: what it prints is kept from the streams, and what takes too long is ended."""

from __future__ import annotations

import io
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout

from actplot.arrays import numpy as np
from actplot.errors import WorldError

PATIENCE = 60.0  # seconds that one call may take; a million values take a tenth of one


class _Late(BaseException):
    """The function took too long. No handler for ordinary errors is to swallow it."""


PASSING = (KeyboardInterrupt, _Late)  # what no code that is called may swallow


@contextmanager
def watched(what: str, habits: dict[str, None] | None = None) -> Iterator[None]:
    """Run code of others; ``what`` names the call, and ``habits`` takes note of one that prints.

    Raises
    ------
    WorldError
        Where it takes longer than `PATIENCE`.

    """
    printed = io.StringIO()
    try:
        with _alone(printed), np.errstate(all="ignore"):
            yield
    except _Late:
        raise WorldError(f"{what} took more than {PATIENCE:g} s") from None
    finally:
        if printed.getvalue() and habits is not None:
            habits["it prints"] = None


@contextmanager
def _alone(printed: io.StringIO) -> Iterator[None]:
    """Take over what belongs to the whole process; of several threads only the main one may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    streams = redirect_stdout(printed), redirect_stderr(printed)
    with warnings.catch_warnings(), streams[0], streams[1], in_this_folder(), _patience():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def in_this_folder() -> Iterator[None]:
    """Come back to the current folder, wherever code of others goes: what a user has named is found from it."""
    try:
        here = os.getcwd()
    except OSError:  # it is gone
        yield
        return
    with chdir(here):
        yield


@contextmanager
def _patience() -> Iterator[None]:
    """Ring when the time is over, where the system has timers."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
