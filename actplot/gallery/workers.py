"""Several processes that each work off many orders; one that dies takes nothing with it but the order in its hands."""

from __future__ import annotations

import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from actplot.errors import ActplotError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# multiprocessing is imported inside: a run that has nothing to draw starts no process.

T = TypeVar("T")
AHEAD = 2  # orders a worker holds, so that it need not wait for the next one

# A copy of this process has matplotlib in memory already. Elsewhere than on Linux system libraries forbid copies.
METHOD = "fork" if sys.platform == "linux" else "spawn"


@dataclass(frozen=True)
class Failure:
    """Why an order came to nothing."""

    reason: str


def work_off(
    orders: Sequence[Callable[[], T]], jobs: int, method: str = METHOD, prepare: Callable[[], object] = int
) -> Generator[tuple[int, T | Failure], None, None]:
    """Yield the place and the result of each order, as soon as it is there.

    Parameters
    ----------
    orders
        What to call; picklable where the method is ``spawn``.
    jobs
        How many processes; with one, the work is done in this process.
    method
        How processes are started.
    prepare
        What each of them calls first, picklable where the method is ``spawn``; by default nothing of note.

    Close the generator (`contextlib.closing`) to end the processes early.

    """
    jobs = min(jobs, len(orders))
    if jobs <= 1:
        for place, order in enumerate(orders):
            yield place, _attempt(order)
        return
    crew: _Crew[T] = _Crew(orders, method, prepare)
    try:
        yield from crew.run(jobs)
    finally:
        crew.dismiss()


def _attempt(order: Callable[[], T]) -> T | Failure:
    try:
        return order()
    except ActplotError as problem:
        return Failure(str(problem))
    except Exception as problem:
        return Failure(" ".join(f"{type(problem).__name__}: {problem}".split())[:200])


@dataclass(eq=False)
class _Worker:
    process: Any
    connection: Connection
    held: deque[int] = field(default_factory=deque)


class _Crew(Generic[T]):
    def __init__(self, orders: Sequence[Callable[[], T]], method: str, prepare: Callable[[], object]) -> None:
        import multiprocessing

        self._orders = orders
        self._method = method
        self._prepare = prepare
        self._context: Any = multiprocessing.get_context(method)
        self._waiting = deque(range(len(orders)))
        self._workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[tuple[int, T | Failure]]:
        from multiprocessing.connection import wait

        with suppress(OSError):  # the system has no more processes: those that are there do the work
            for _ in range(jobs):
                self._hire()
        while self._workers:
            ready = wait([worker.connection for worker in self._workers])
            for worker in [worker for worker in self._workers if worker.connection in ready]:
                try:
                    result = worker.connection.recv()
                except (EOFError, OSError):
                    yield from self._replace(worker)
                    continue
                place = worker.held.popleft()
                self._hand_out(worker)
                yield place, result
        while self._waiting:  # nobody is left
            place = self._waiting.popleft()
            yield place, _attempt(self._orders[place])

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        # A copy of this process holds our ends too, and as long as it does nobody sees that we are gone.
        inherited = [ours, *(worker.connection for worker in self._workers)] if self._method == "fork" else []
        process = self._context.Process(
            target=_serve, args=(self._prepare, self._orders, theirs, inherited), daemon=True
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # numpy's idle threads may be copied; no lock is theirs
            try:
                process.start()
            except OSError:
                ours.close()
                raise
            finally:
                theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._hand_out(worker)

    def _hand_out(self, worker: _Worker) -> None:
        while self._waiting and len(worker.held) < AHEAD:
            worker.held.append(self._waiting.popleft())
            with suppress(OSError):  # it has died: the next read says so
                worker.connection.send(worker.held[-1])
        if not worker.held:
            self._let_go(worker)

    def _replace(self, worker: _Worker) -> Iterator[tuple[int, Failure]]:
        """Take back what a dead worker held, but for the order that it died of."""
        lost = worker.held.popleft()
        self._waiting.extendleft(reversed(worker.held))
        self._let_go(worker)
        if self._waiting:
            with suppress(OSError):
                self._hire()
        yield lost, Failure("the process that drew it was killed")

    def _let_go(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


def _serve(
    prepare: Callable[[], object],
    orders: Sequence[Callable[[], T]],
    connection: Connection,
    inherited: Sequence[Connection],
) -> None:
    """Work off orders by their places until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the main process, which ends the others
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and callable(signal.getsignal(number)):  # a rule of the main process's
            signal.signal(number, signal.SIG_DFL)
    for other in inherited:
        other.close()
    prepare()
    with suppress(EOFError, OSError):
        while True:
            connection.send(_attempt(orders[connection.recv()]))
