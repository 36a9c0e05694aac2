"""A function that others wrote, called with care: what it does besides returning values is told."""

from __future__ import annotations

import io
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

from actplot.arrays import numpy as np
from actplot.errors import WorldError
from actplot.implementations.adapters import Adapter, NoGradient
from actplot.implementations.formats import Format
from actplot.implementations.target import said

PATIENCE = 60.0  # seconds that one call may take; a million values take a tenth of one
AT_ONCE = 1_000_000


class _Late(BaseException):
    """The function took too long. No handler for ordinary errors is to swallow it."""


@dataclass
class Trial:
    """Calls of one function in one format.

    ``habits`` collects what it does that no activation should: each is a sentence.
    """

    adapter: Adapter
    format: Format
    habits: dict[str, None] = field(default_factory=dict)
    is_batched: bool = False
    wants_gradient: bool = True

    def values(self, x: Any) -> Any:
        """Return f(x) in the format, for inputs of shape (n,).

        Raises
        ------
        WorldError
            Where it raises, or returns another shape or type.

        """
        return self._called("f", x)

    def slopes(self, x: Any) -> Any | None:
        """Return f'(x) likewise; None where nothing differentiates."""
        if not self.wants_gradient:
            return None
        try:
            return self._called("f′", x)
        except NoGradient:
            return None

    def _called(self, what: str, x: Any) -> Any:
        parts = [self._once(what, x[start : start + AT_ONCE]) for start in range(0, max(len(x), 1), AT_ONCE)]
        return np.concatenate(parts) if len(parts) > 1 else parts[0]

    def once(self, what: str, x: Any) -> Any:
        """Return f or f' in one call, the array as it lies in memory."""
        return self._once(what, x)

    def _once(self, what: str, x: Any) -> Any:
        call = self.adapter.values if what == "f" else self.adapter.slopes
        before = x.tobytes()
        given = x[None] if self.is_batched else x
        with _watched(self.habits):
            try:
                found = call(given)
            except (NoGradient, KeyboardInterrupt):
                raise
            except _Late:
                raise WorldError(f"{what} of {x.size:,} numbers took more than {PATIENCE:.0f} s") from None
            except (Exception, SystemExit) as problem:
                raise WorldError(
                    f"{what} fails for {x.size:,} numbers of {self.format.name}: {said(problem)}"
                ) from None
        if x.tobytes() != before:
            self.habits["it changes its input"] = None
            raise WorldError(
                "it changes its input: what it is called with is not what it was; use no in-place operation"
            )
        found = np.asarray(found)
        if found.shape != given.shape:
            raise WorldError(f"{what} has the shape {found.shape} for inputs of the shape {given.shape}")
        if found.dtype != self.format.dtype:
            raise WorldError(f"{what} is {found.dtype.name} where the inputs are {self.format.name}; --dtype chooses")
        return found[0] if self.is_batched else found


def begin(adapter: Adapter, chosen: Format, wants_gradient: bool = True) -> Trial:
    """Return a trial of a function that could be called, and gives the same twice.

    Raises
    ------
    WorldError
        Where it can't be, or does not.

    """
    trial = Trial(adapter, chosen, wants_gradient=wants_gradient)
    x = np.linspace(-3.0, 3.0, 97).astype(chosen.dtype)
    try:
        first = trial.values(x)
    except WorldError as problem:
        trial.is_batched = True
        try:
            first = trial.values(x)
        except WorldError:
            raise problem from None
        trial.habits["it takes batches only: inputs of two dimensions"] = None
    if first.tobytes() != trial.values(x).tobytes():
        raise WorldError("it gives other values when it is called again; set it to evaluation, or give it a seed")
    return trial


@contextmanager
def _watched(habits: dict[str, None]) -> Iterator[None]:
    """Note what is printed and warned about, and end what takes too long."""
    printed = io.StringIO()
    with warnings.catch_warnings(record=True), redirect_stdout(printed), redirect_stderr(printed), _patience():
        warnings.simplefilter("always")
        try:
            with np.errstate(all="ignore"):
                yield
        finally:
            if printed.getvalue():
                habits["it prints"] = None


@contextmanager
def _patience() -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
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
