"""Being told to end: at once, but for the moment in which files are half there."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class _Terminated(BaseException):
    """The process was asked to end: on the way out, what is half there is put in order."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def in_order() -> Iterator[None]:
    """See SIGTERM and a closed terminal as exceptions while files are written, and end of them afterwards.

    Whoever started us may have a rule of its own. Outside of this block the system ends the program, even in the
    middle of a computation that no exception could break off.
    """

    def unwind(number: int, _frame: object) -> None:
        restore()  # told so twice, we end where we are
        raise _Terminated(number)

    def restore() -> None:
        with suppress(ValueError):
            for each in ours:
                signal.signal(each, signal.SIG_DFL)

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in signals if signal.getsignal(number) == signal.SIG_DFL]
    try:
        with suppress(ValueError):  # not the main thread: signals are not for us
            for number in ours:
                signal.signal(number, unwind)
        yield
    except _Terminated as received:
        restore()
        signal.raise_signal(received.number)  # whoever sent it sees that it was obeyed
        raise SystemExit(128 + received.number) from None
    finally:
        restore()
