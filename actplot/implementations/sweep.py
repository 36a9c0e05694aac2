"""All inputs of a format, in chunks over the cores or a cluster; what is known is kept, and the next run goes on."""

from __future__ import annotations

import hashlib
import logging
import sys
import time
import warnings
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import fields, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actplot import __version__
from actplot.arithmetic.formats import Format
from actplot.arrays import numpy as np
from actplot.console.cache import Kept
from actplot.errors import UsageError, WorldError
from actplot.implementations.adapters import FRAMEWORKS
from actplot.implementations.counted import Counted
from actplot.implementations.measure import Measured, Progress
from actplot.implementations.tails import BESIDE
from actplot.implementations.target import Target, said
from actplot.words.quoting import shorten

if TYPE_CHECKING:
    from actplot.implementations.examine import Examination

CHUNK = 2**20  # inputs
OFTEN = 5.0  # seconds between two times that what is known is kept
MISSING = "joblib is not installed; install it with: pip install 'actplot[cluster]'"


def _dask() -> None:
    import_module("distributed").Client()
    logging.getLogger("distributed").setLevel(logging.ERROR)  # it tells of workers that take long to end


def _ray() -> None:
    import_module("ray.util.joblib").register_ray()
    sys.modules["ray"].init(logging_level="ERROR", log_to_driver=False, ignore_reinit_error=True)


# What joblib needs before it knows a backend, and computes there: the cluster that settings name, or a local one.
PREPARED: dict[str, Callable[[], object]] = {"dask": _dask, "ray": _ray}

Found = tuple[int, Counted, Counted | None]


class Sweep:
    """All inputs of a format within the range of an examination, in chunks, some of which are done."""

    def __init__(self, wanted: Examination, chosen: Format) -> None:
        """Read what earlier runs have found."""
        self.wanted, self.format = wanted, chosen
        self.kept = Kept(_question(wanted, chosen))
        self.chunks = _chunks(chosen, wanted.bounds)
        answer = self.kept.read()
        self.done = set(answer.get("done", ())) & set(self.chunks)
        self.value, self.slope = (Counted.of_record(answer.get(name)) for name in ("f", "df"))

    @property
    def left(self) -> list[int]:
        """The chunks that are not done."""
        return [chunk for chunk in self.chunks if chunk not in self.done]

    @property
    def told(self) -> str:
        """Say what earlier runs have done; nothing where there was none."""
        done, all_of_it = len(self.done), len(self.chunks)
        return f"{done:,} of {all_of_it:,} parts were measured before; delete {self.kept.path} to begin anew"

    def run(self, backend: str, advance: Progress) -> Measured:
        """Measure what is left, on a backend that is prepared; Ctrl-C ends it with what is known, which is kept."""
        last = time.monotonic()
        try:
            with warnings.catch_warnings(), closing(self._found(backend)) as found:
                warnings.simplefilter("ignore")  # of joblib, about work that Ctrl-C has left undone
                for chunk, value, slope in found:
                    self.value.add(value)
                    self.slope.add(slope or Counted())
                    self.done.add(chunk)
                    if time.monotonic() - last > OFTEN:
                        self._keep()
                        last = time.monotonic()
                    advance()
        except KeyboardInterrupt:
            if not self.done:
                raise
        finally:
            self._keep()
        tried = len(self.done) / max(len(self.chunks), 1)
        slope_if_any = self.slope if self.slope.judged else None
        return Measured(self.format, self.wanted.shown, self.value, slope_if_any, tried == 1.0, tried)

    def _found(self, backend: str) -> Generator[Found, None, None]:
        """Yield what is known of each chunk that is left as soon as it is."""
        joblib = import_module("joblib")
        wanted = replace(self.wanted)  # without what it has computed
        with joblib.parallel_config(backend=backend, n_jobs=-1):
            try:
                parallel, at_once = joblib.Parallel(return_as="generator_unordered"), len(self.chunks) or 1
            except ValueError:  # ray gives whole lists only
                parallel, at_once = joblib.Parallel(), 2 * joblib.effective_n_jobs(-1)
            left = self.left
            for start in range(0, len(left), at_once):
                part = left[start : start + at_once]
                yield from parallel(joblib.delayed(_measured)(wanted, self.format, chunk, CHUNK) for chunk in part)

    def _keep(self) -> None:
        answer = {"done": sorted(self.done), "f": self.value.to_record(), "df": self.slope.to_record()}
        if self.done:
            self.kept.write(answer)


def prepare(backend: str) -> None:
    """Have joblib know where chunks are to be tried.

    Raises
    ------
    UsageError
        Where it knows no such place.
    WorldError
        Where joblib, or what the backend needs, is not installed, or does not start.

    """
    try:
        joblib = import_module("joblib")
    except ImportError:
        raise WorldError(MISSING) from None
    try:
        PREPARED.get(backend, int)()
    except ImportError as problem:
        needed = (problem.name or backend).partition(".")[0]
        raise WorldError(
            f"--backend {backend} needs {needed}, which is not installed; install it with: pip install {needed}"
        ) from None
    except Exception as problem:
        raise WorldError(f"--backend {backend} can't be started: {said(problem)}") from None
    try:
        with joblib.parallel_config(backend=backend):
            pass
    except ValueError:
        unknown = f"--backend: joblib knows no '{shorten(backend)}'"
        raise UsageError(f"{unknown}; choose loky, threading, dask or ray") from None


def _measured(wanted: Examination, chosen: Format, chunk: int, size: int) -> Found:
    """Return what is known of one chunk; this is what workers are sent."""
    first, last = chunk * size, (chunk + 1) * size
    ranges = ((max(first - BESIDE, 0), first), (first, last), (last, min(last + BESIDE, 2**chosen.bits)))
    before, own, after = (_inputs(chosen, start, stop, wanted.bounds) for start, stop in ranges)
    tried = slice(len(before), len(before) + len(own))
    return (chunk, *_judge(wanted, chosen).counted(np.concatenate([before, own, after]), tried))


@lru_cache(maxsize=4)
def _judge(wanted: Examination, chosen: Format) -> Any:
    return wanted.judge(chosen)


def _inputs(chosen: Format, first: int, last: int, bounds: tuple[float, float] | None) -> Any:
    """Return the finite inputs that are in range, from some bits up to others."""
    bits = np.arange(first, last, dtype=np.uint64)
    x = bits.astype(chosen.unsigned).view(chosen.dtype)
    low, high = bounds or (-chosen.maximum, chosen.maximum)
    return x[(x >= low) & (x <= high)]


def _chunks(chosen: Format, bounds: tuple[float, float] | None) -> list[int]:
    """Return the chunks that have inputs in range; within each of them numbers go one way."""
    low, high = bounds or (-chosen.maximum, chosen.maximum)
    chunks = np.arange(2**chosen.bits // CHUNK, dtype=np.uint64)
    with np.errstate(all="ignore"):
        ends = [
            (chunks * CHUNK + end).astype(chosen.unsigned).view(chosen.dtype).astype(np.float64)
            for end in (0, CHUNK - 1)
        ]
    meets = (np.fmin(*ends) <= high) & (np.fmax(*ends) >= low) & np.isfinite(ends[0])
    return [int(chunk) for chunk in chunks[meets]]


def _question(wanted: Examination, chosen: Format) -> dict[str, Any]:
    """Return all that the answer depends on."""
    targets = [target for target in (wanted.target, wanted.gradient) if target]
    modules = [target.module.partition(".")[0] for target in targets]
    versions = {name: getattr(sys.modules.get(name), "__version__", "") for name in (*modules, "numpy", *FRAMEWORKS)}
    return {
        "targets": [[target.spec, repr(sorted(target.made_with.items())), _source(target)] for target in targets],
        "gradient": wanted.wants_gradient,
        "against": [wanted.against.name, dict(wanted.against.values)],
        "dtype": chosen.name,
        "device": wanted.device,
        "range": [wanted.bounds, wanted.shown],
        "chunk": CHUNK,
        "known": [each.name for each in fields(Counted)],
        "versions": {"actplot": __version__, **versions},
    }


def _source(target: Target) -> str:
    """Return the hash of the file in which the function is; nothing where it has none."""
    path = target.module if target.module.endswith(".py") else getattr(sys.modules.get(target.module), "__file__", None)
    with suppress(OSError, TypeError):
        return hashlib.sha256(Path(str(path)).read_bytes()).hexdigest()
    return ""
