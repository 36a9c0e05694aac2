"""Which weights and biases keep a gradient's size in depth: the critical initialisation of mean field theory."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from actplot.moments.gaussian import Means

LARGEST = 24.0  # q* is looked for up to here; sigmoid has one beyond, with weights that nobody takes
STEPS = 48  # of a factor from 1 up to there, and from 1 down to 1/1000
LEAST = 1e-3
SAME = 1e-11  # relative


@dataclass(frozen=True)
class Critical:
    """A critical initialisation.

    Attributes
    ----------
    weight, bias
        Variances: of a weight times the number of inputs, and of a bias.
    q
        The variance of pre-activations that stays as it is.
    pull
        The derivative of the next variance by the last one at q; below 1 the variance comes back to q.
    everywhere
        Whether any variance stays as it is.
    marginal
        Whether there is no stable one with a smaller q; from here on there is.

    """

    weight: float
    bias: float
    q: float
    pull: float
    everywhere: bool = False
    marginal: bool = False

    @property
    def stable(self) -> bool:
        """Whether a variance near q comes back to it."""
        return not self.everywhere and not self.marginal and abs(self.pull) < 1.0


def critical(means: Means) -> Critical | None:
    """Return the critical initialisation with q = 1, or the nearest stable one; None where biases would be imaginary.

    It is σ_w² = 1/E[f′²] and σ_b² = q − σ_w²·E[f²], which can't be negative. Of several a stable one is taken, q = 1
    first, then the least that is larger, then the largest that is smaller; an unstable one where there is no other.
    """
    near = [_point(means, q) for q in (0.25, 1.0, 4.0)]
    if all(_is_same(point.bias, 0.0, point.q) and _is_same(point.weight, near[1].weight, 1.0) for point in near):
        return Critical(near[1].weight, 0.0, 1.0, 1.0, everywhere=True)

    def slack(q: float) -> float:
        point = _point(means, q)
        return min(point.bias, 1.0 - abs(point.pull)) if math.isfinite(point.bias + point.pull) else -math.inf

    if slack(1.0) >= 0.0:
        return near[1]
    for ratio in (LARGEST ** (1 / STEPS), LEAST ** (1 / STEPS)):
        grid = [ratio**step for step in range(STEPS + 1)]
        for before, after in pairwise(grid):
            if slack(after) >= 0.0:
                q = _root(slack, before, after)
                point = _point(means, q)
                return Critical(point.weight, max(point.bias, 0.0), q, point.pull, marginal=True)
    possible = [point for power in range(-6, 5) if (point := _point(means, 2.0**power)).bias >= 0.0]
    return min(possible, key=lambda point: abs(math.log(point.q)), default=None)


def _point(means: Means, q: float) -> Critical:
    found = means.at(q)
    if not found.slope_square > 0.0:
        return Critical(math.inf, -math.inf, q, math.nan)
    weight = 1.0 / found.slope_square
    return Critical(weight, q - weight * found.square, q, weight * found.growth)


def _root(slack: Callable[[float], float], below: float, above: float) -> float:
    """Return where it becomes possible, between a variance at which it is not and one at which it is."""
    while True:
        middle = (below + above) / 2
        if middle in (below, above):
            return above
        below, above = (below, middle) if slack(middle) >= 0.0 else (middle, above)


def _is_same(value: float, other: float, scale: float) -> bool:
    return abs(value - other) <= SAME * abs(scale)
