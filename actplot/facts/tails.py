"""What a function does far out, where its value at infinity need not tell: sin has none, and sin(x)/x tends to 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array

NEAR, *FAR = (30.0, 1e4, 1e8, 1e12)  # windows that begin here and are as wide as they are far
POINTS = 2001  # random ones: multiples of any number fall into step with some wave
DECADES = 10.0  # what tends to a limit or to infinity changes by more from one window to the next
STEADY = 0.02  # of the spread: the ends of a wave are met in each window as nearly

# A finite limit, ±infinity, a wave of steady height, one of growing height, no value, none of these.
KINDS = ("limit", "infinite", "oscillates", "swings", "undefined", "unclear")


@dataclass(frozen=True)
class Tail:
    """What happens far out on one side: one of `KINDS`, and the limit where there is one, finite or infinite."""

    kind: str
    limit: float | None = None


@dataclass(frozen=True)
class _Window:
    """The least and the largest value far out."""

    low: float
    high: float

    @property
    def spread(self) -> float:
        return self.high - self.low


def tail(function: Callable[[Array], Array], side: float) -> Tail:
    """Return what a function does towards -inf (side -1) or inf (side 1)."""
    end = float(function(np.array([side * math.inf]))[0])
    if not math.isnan(end):
        return Tail("limit" if math.isfinite(end) else "infinite", end)
    windows = [_window(function, side * start) for start in FAR]
    if any(window is None for window in windows):
        nothing = _window(function, side * NEAR) is None and windows[-1] is None
        return Tail("undefined" if nothing else "unclear")
    return _judged(*(window for window in windows if window is not None))


def _window(function: Callable[[Array], Array], start: float) -> _Window | None:
    """Return the extremes among scattered points between start and twice as far; None where there is no value."""
    values = function(start + start * np.random.default_rng(POINTS).random(POINTS))
    values = values[~np.isnan(values)]
    return _Window(float(values.min()), float(values.max())) if values.size else None


def _judged(near: _Window, far: _Window, farthest: _Window) -> Tail:
    for sign in (1.0, -1.0):
        first, second, third = (min(sign * w.low, sign * w.high) for w in (near, far, farthest))
        if third == math.inf or third > DECADES * second > DECADES**2 * max(first, 0.0) > 0.0:
            return Tail("infinite", sign * math.inf)
    if not all(map(math.isfinite, (farthest.low, farthest.high))):
        return Tail("unclear")
    if DECADES**2 * farthest.spread <= DECADES * far.spread <= near.spread:
        return Tail("limit", _met(farthest))
    if farthest.spread > DECADES * far.spread > DECADES**2 * near.spread:
        return Tail("swings")
    drift = max(abs(a - b) for w in (near, far) for a, b in ((w.low, farthest.low), (w.high, farthest.high)))
    rounding = 1e-6 * max(abs(farthest.low), abs(farthest.high))
    return Tail("oscillates" if rounding < farthest.spread and drift <= STEADY * farthest.spread else "unclear")


def _met(window: _Window) -> float:
    """Return the middle of a narrow window, to the digits that it fixes."""
    middle = (window.low + window.high) / 2
    if abs(middle) <= window.spread:
        return 0.0
    return round(middle, max(0, math.floor(-math.log10(window.spread)) - 1)) if window.spread else middle
