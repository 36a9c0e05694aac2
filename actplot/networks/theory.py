"""Mean field theory, of networks of endless width: critical weights, variances and gradients, the maps of a layer."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.networks.gaussian import Means

if TYPE_CHECKING:
    from actplot.arrays import Array

LARGEST, LEAST = 24.0, 1e-3  # q* is looked for between them; sigmoid has one beyond, with weights that nobody takes
STEPS = 48  # of a factor from 1 up, and from 1 down
SAME = 1e-11  # relative
SEARCHED = 200  # variances from a thousandth to a thousand, between which fixed points are looked for
APART, REACH = 0.05, 8.0  # standard deviations: between the points of a mean over two inputs, and to the last of them


@dataclass(frozen=True)
class Critical:
    """A critical initialisation: σ_w², σ_b², the variance q that stays as it is, and whether all do.

    ``pull`` is the derivative of the next variance by the last one at q; below 1 a variance nearby comes back to q. Of
    a marginal one none is stable with a smaller q (or a larger one, where q < 1).
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

    def point(q: float) -> Critical:
        found = means.at(q)
        if not found.slope_square > 0.0:
            return Critical(math.inf, -math.inf, q, math.nan)
        weight = 1.0 / found.slope_square
        return Critical(weight, q - weight * found.square, q, weight * found.growth)

    def is_stable(q: float) -> bool:
        return point(q).bias >= 0.0 and abs(point(q).pull) <= 1.0

    near = [point(q) for q in (0.25, 1.0, 4.0)]
    if all(abs(each.bias) <= SAME * each.q and abs(each.weight - near[1].weight) <= SAME for each in near):
        return Critical(near[1].weight, 0.0, 1.0, 1.0, everywhere=True)
    if is_stable(1.0):
        return near[1]
    for end in (LARGEST, LEAST):
        for before, after in pairwise(end ** (step / STEPS) for step in range(STEPS + 1)):
            if is_stable(after):
                found = point(_boundary(is_stable, before, after))
                return replace(found, bias=max(found.bias, 0.0), marginal=True)
    possible = [found for power in range(-6, 5) if (found := point(2.0**power)).bias >= 0.0]
    return min(possible, key=lambda found: abs(math.log(found.q)), default=None)


def _boundary(holds: Callable[[float], bool], outside: float, inside: float) -> float:
    """Return the last number at which something holds, on the way from where it does to where it does not."""
    while (middle := (outside + inside) / 2) not in (outside, inside):
        outside, inside = (outside, middle) if holds(middle) else (middle, inside)
    return inside


def passed(means: Means, weight: float, bias: float, q: float, count: int) -> Array:
    """Return what so many layers meet, the first of them the variance q: q, E[f²] and σ_w²·E[f′²], shape (3, count)."""
    rows = []
    for _ in range(count):
        found = means.at(q)
        rows.append((q, found.square, weight * found.slope_square))
        q = weight * found.square + bias
    return np.array(rows).T


def products(factors: Array) -> Array:
    """Return the product of all factors from each place on, 1 behind the last."""
    with np.errstate(all="ignore"):
        return np.append(np.cumprod(factors[::-1])[::-1], 1.0)


def fixed(means: Means, weight: float, bias: float) -> list[float] | None:
    """Return the variances that stay as they are, from a thousandth to a thousand; None where all do."""

    def gap(q: float) -> float:
        return weight * means.at(q).square + bias - q

    def has_turned(before: float, q: float) -> bool:
        return gap(q) * before <= 0.0

    known = [(q, gap(q)) for q in np.geomspace(1e-3, 1e3, SEARCHED).tolist()]
    if all(abs(away) <= 1e-9 * q for q, away in known):
        return None
    found = []
    for (low, below), (high, above) in pairwise(known):
        if below and -math.inf < below * above <= 0.0:
            found.append(_boundary(partial(has_turned, below), low, high))
    return found


def correlations(f: Callable[[Array], Array], weight: float, bias: float, q: float, c: Array) -> Array:
    """Return the correlation of two pre-activations after a layer, for each correlation before it, at variance q.

    It is a sum over a grid of two normal variables, right to about four digits.
    """
    z = np.arange(-REACH, REACH + APART / 2, APART) + APART / 3  # of two kinks at 0 none lies on the grid
    share = np.exp(-0.5 * z * z)
    share /= share.sum()
    with np.errstate(all="ignore"):
        one = f(math.sqrt(q) * z)
        others = (f(math.sqrt(q) * (each * z[:, None] + math.sqrt(1 - each * each) * z)) for each in c.tolist())
        shared = np.array([(share * one) @ (other @ share) for other in others])
        return np.asarray((weight * shared + bias) / (weight * (share @ one**2) + bias))
