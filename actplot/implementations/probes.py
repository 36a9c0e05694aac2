"""Calls of another kind: one by one, strided, shuffled, in small numbers; zeros, infinities, NaN; kinks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actplot.arrays import numpy as np
from actplot.errors import UsageError, WorldError
from actplot.functions.activation import Activation
from actplot.functions.at_kink import AT_KINK, find_rule
from actplot.implementations.trial import Trial

LENGTH = 4099  # numbers of the calls that are compared; not a multiple of any processor's vector
SINGLE = 300  # of them are tried one by one
LONGEST_PIECE = 17  # numbers, more than a processor's vector holds
PIECES = 16
SPECIAL = (-math.inf, -0.0, 0.0, math.inf, math.nan)


@dataclass(frozen=True)
class Disagreement:
    """Two calls that give different bits for the same input."""

    quantity: str
    layout: str
    x: float
    one: float
    other: float


@dataclass(frozen=True)
class Special:
    """A value at an input that is no ordinary number, beside the one that is due."""

    x: float
    got: float
    due: float

    @property
    def agrees(self) -> bool:
        """Whether it is the same number; a NaN is due for a NaN, and zeros are alike."""
        return self.got == self.due or (math.isnan(self.got) and math.isnan(self.due))


@dataclass(frozen=True)
class AtKink:
    """The slope that is taken where there is none, and the rules that would take it."""

    x: float
    slope: float
    rules: tuple[str, ...]


def disagreements(trial: Trial, activation: Activation, x: Any) -> list[Disagreement]:
    """Call with the same inputs in several layouts; return the first input of each at which the bits differ."""
    near = np.array([seam.x for seam in activation.seams if math.isfinite(seam.x)] or [0.0])
    few = x[:: max(len(x) // LENGTH, 1)][:LENGTH]
    with np.errstate(all="ignore"):
        chosen = np.concatenate([few, near.astype(x.dtype), np.linspace(-8, 8, 257).astype(x.dtype)])
    chosen = chosen[np.isfinite(chosen.astype(np.float64))]
    found = []
    for what in ("f", "f′"):
        if what == "f′" and trial.slopes(chosen[:1]) is None:
            continue
        whole = trial.once(what, chosen)
        for layout, other in _layouts(trial, what, chosen):
            differ = _bits(whole) != _bits(other)
            differ &= ~(np.isnan(whole.astype(np.float64)) & np.isnan(other.astype(np.float64)))
            if differ.any():
                place = int(np.argmax(differ))
                found.append(Disagreement(what, layout, *(float(each[place]) for each in (chosen, whole, other))))
                break
    return found


def _bits(values: Any) -> Any:
    return np.ascontiguousarray(values).view(f"uint{8 * values.itemsize}")


def _layouts(trial: Trial, what: str, x: Any) -> Iterator[tuple[str, Any]]:
    whole = trial.once(what, x)
    apart = max(len(x) // SINGLE, 1)
    yield (
        "one by one",
        _with(whole, slice(None, None, apart), [trial.once(what, x[i : i + 1]) for i in range(0, len(x), apart)]),
    )
    wide = np.empty(2 * len(x), dtype=x.dtype)
    wide[::2] = wide[1::2] = x
    yield "strided", trial.once(what, wide[::2])
    order = np.random.default_rng(1).permutation(len(x))
    back = np.empty_like(order)
    back[order] = np.arange(len(x))
    yield "shuffled", trial.once(what, x[order])[back]
    ends = x[-LONGEST_PIECE * PIECES :]
    for count in range(1, LONGEST_PIECE + 1):
        pieces = [trial.once(what, ends[i : i + count]) for i in range(0, PIECES * count, count)]
        yield f"{count} at a time", _with(whole, slice(len(x) - len(ends), len(x) - len(ends) + PIECES * count), pieces)


def _with(whole: Any, where: slice, pieces: list[Any]) -> Any:
    """Return results with some of them replaced."""
    changed = whole.copy()
    changed[where] = np.concatenate(pieces)
    return changed


def specials(trial: Trial, activation: Activation) -> list[Special]:
    """Return f at zeros, infinities and NaN, beside the limits."""
    with np.errstate(all="ignore"):
        # A format may have no infinity.
        x = np.array([each for each in SPECIAL if trial.format.has_infinity or not math.isinf(each)])
        got = trial.values(x.astype(trial.format.dtype)).astype(np.float64)
    due = trial.format.nearest(activation(x)[0])
    return [Special(*map(float, each)) for each in zip(x, got, due, strict=True)]


def kinks(trial: Trial, activation: Activation) -> list[AtKink]:
    """Return the slope that is taken at each kink that is a number of the format."""
    found = []
    for kink in activation.kinks:
        x = np.array([kink.x]).astype(trial.format.dtype)
        if float(x[0]) != kink.x or (slopes := trial.slopes(x)) is None:
            continue
        slope = float(slopes[0])
        rules = []
        for name in AT_KINK:
            try:
                if math.isclose(find_rule(name)(kink), slope, rel_tol=0.01, abs_tol=0.01):
                    rules.append(name)
            except (UsageError, WorldError):
                continue
        found.append(AtKink(kink.x, slope, tuple(rules)))
    return found
