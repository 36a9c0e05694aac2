"""One implementation beside the function that it should be: every format, every kind of call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from actplot.arithmetic.formats import Format
from actplot.errors import UsageError, WorldError
from actplot.functions.activation import Activation
from actplot.functions.reading import get
from actplot.implementations.adapters import choose
from actplot.implementations.inputs import DENSE, inputs
from actplot.implementations.measure import BLOCK, Judge, Progress, measure
from actplot.implementations.probes import disagreements, kinks, specials
from actplot.implementations.report import Findings
from actplot.implementations.sweep import Sweep
from actplot.implementations.target import Target
from actplot.implementations.trial import begin
from actplot.words.quoting import shorten

LAYOUT_INPUTS = 100_000
WIDER = 3.0


@dataclass(frozen=True)
class Examination:
    """What is to be examined, and how."""

    target: Target
    against: Activation
    formats: tuple[Format, ...]
    gradient: Target | None = None
    wants_gradient: bool = True
    device: str = "cpu"
    max_ulp: float | None = None
    count: int = DENSE
    bounds: tuple[float, float] | None = None
    backend: str | None = None  # of joblib, for all inputs of float32

    @property
    def shown(self) -> tuple[float, float]:
        """The x range of the picture: wider than that which shows the shape, for errors are in tails."""
        low, high = self.against.declaration.range
        middle, half = (low + high) / 2, (high - low) / 2
        return self.bounds or (middle - WIDER * half, middle + WIDER * half)

    @cached_property
    def sweeps(self) -> dict[str, Sweep]:
        """The formats all of whose inputs are asked for though they are many."""
        return {each.name: Sweep(self, each) for each in self.formats if each.bits == 32 and self.backend}

    @property
    def blocks(self) -> int:
        """How many blocks of inputs there are, for a progress bar."""
        sampled = (each for each in self.formats if each.name not in self.sweeps)
        blocks = sum(-(-self.count // BLOCK) if each.bits == 32 else 1 for each in sampled)
        return blocks + sum(len(sweep.left) for sweep in self.sweeps.values())

    def judge(self, chosen: Format) -> Judge:
        """Return the exact function beside its implementation in a format.

        Raises
        ------
        WorldError
            Where it can't be called there.

        """
        gradient = self.gradient.function if self.gradient else None
        adapter = choose(self.target.function, chosen, self.device, gradient)
        return Judge(begin(adapter, chosen, self.wants_gradient), self.against, self.shown)


def guess(target: Target) -> Activation:
    """Return the function that a framework's name means.

    Raises
    ------
    UsageError
        Where it is not known.

    """
    for path in (target.path, target.path.rpartition(".")[2]):
        try:
            return get(path)
        except UsageError:
            continue
    raise UsageError(f"what {shorten(target.spec)} should be is not known; name the function with --against")


def examine(wanted: Examination, advance: Progress) -> Iterator[Findings]:
    """Yield what is found, format by format; one that the implementation does not take is told as such."""
    for chosen in wanted.formats:
        bounds = (wanted.max_ulp,) * 2 if wanted.max_ulp is not None else chosen.max_ulp
        findings = Findings(chosen, "", bounds=(bounds[0], bounds[1]))
        try:
            judge = wanted.judge(chosen)
            trial = judge.trial
            findings.framework = trial.adapter.framework
            if sweep := wanted.sweeps.get(chosen.name):
                findings.measured = sweep.run(str(wanted.backend), advance)
            else:
                findings.measured = measure(judge, wanted.count, wanted.bounds, advance)
            if findings.measured.tried < 1.0:
                yield findings
                raise KeyboardInterrupt
            findings.disagreements = disagreements(trial, wanted.against, inputs(chosen, (), LAYOUT_INPUTS))
            findings.specials = specials(trial, wanted.against)
            findings.kinks = kinks(trial, wanted.against)
            findings.habits = list(trial.habits)
        except WorldError as problem:
            findings.failure = str(problem)
        yield findings
