"""Means of f and f′ over a normal input, by quadrature cut where pieces of the function meet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.words.numbers import rounded

if TYPE_CHECKING:
    from actplot.arrays import Array

REACH = 14.0  # standard deviations; beyond them lies 1e-44 of the weight
EDGE = 12.0  # of them; an integrand that is seen as far out as this has no mean
SHELLS = 6  # doublings from half a standard deviation to REACH
NODES = 20  # of a panel: polynomials up to degree 39 are integrated exactly
RESOLVED = 1e-13  # of the largest value on a panel or nearer to 0: what the last two of its 20 coefficients may be
TINY = 5e-324  # less than that is 0
LEAST = 1e-20  # a probability that is smaller comes of values that leave float64
ROUNDS = 40  # of halving; what is not smooth there is as narrow as 1e-12 of a panel
MOST = 400_000  # nodes


@dataclass(frozen=True)
class Moments:
    """Means over x from N(0, q): of f, f², f′ and f′²; and how much that of f² grows with q."""

    mean: float
    square: float
    slope: float
    slope_square: float
    growth: float


class Means:
    """The means of one function over normal inputs of any variance.

    Its values are taken once, on panels that double in width from zero outwards, are cut at every point where pieces
    meet, and are halved until a polynomial follows f and f′ on them; a mean is then a product of weights.
    """

    def __init__(self, activation: Activation, as_learned: bool = False) -> None:
        """Take a function; ``as_learned`` has f′ miss its jumps, as gradients that are passed back do."""
        self.activation = activation
        self._obstacles = (_ALWAYS, {**_ALWAYS, **({} if as_learned else {"jump": _JUMP}), "steep": "f′ is boundless"})
        self._parts: dict[tuple[float, float], Array] = {}

    def at(self, q: float) -> Moments:
        """Return the means for a variance; infinite or NaN ones where there are none."""
        if q == 0.0:
            f, df = self.activation.value_and_slope(0.0)
            return Moments(f, f * f, df, df * df, math.nan)
        if not 0.0 < q < math.inf or self._obstacle(0, q):
            return Moments(*[math.nan] * 5)
        with np.errstate(all="ignore"):
            x, w, f, df = self._nodes(math.sqrt(q))
            z = x / math.sqrt(q)
            weight = np.exp(-0.5 * z * z) * w / math.sqrt(2 * math.pi * q)
            terms = weight * np.stack([f, f * f, df, df * df, z * f * df / math.sqrt(q)])
            far = np.abs(terms[:, np.abs(z) > EDGE]).sum(axis=1)
            found = terms.sum(axis=1)
            found[far > 1e-12 * np.abs(terms).sum(axis=1)] = np.inf
            found[2:] = np.nan if self._obstacle(1, q) else found[2:]
        return Moments(*found.tolist())

    def lacks(self, order: int, q: float = 1.0) -> str | None:
        """Return why f (order 0) or f′ (1) has no mean square, None where it has one."""
        if why := self._obstacle(order, q):
            return why
        moments = self.at(q)
        found = moments.slope_square if order else moments.square
        return None if math.isfinite(found) else f"{'f′' if order else 'f'} has no mean square for normal input"

    def _obstacle(self, order: int, q: float) -> str | None:
        """Return what within reach leaves f or f′ without a mean square that could be told, and where."""
        reach = REACH * math.sqrt(q)
        for seam in self.activation.seams_within(-reach, reach):
            for kind, words in self._obstacles[order].items():
                if kind in (seam.kind, "steep" if any(map(math.isinf, seam.df)) else ""):
                    return f"{words} at {rounded(seam.x)}"
        return None

    def share(self, level: float) -> float:
        """Return the probability that |f′| < level for standard normal input; that it is exactly 0 for level 0."""

        def is_below(slopes: Array) -> Array:
            return np.asarray(np.abs(slopes) < max(level, TINY))

        x, _, _, df = self._nodes(1.0)
        below = is_below(df)
        before = np.flatnonzero(below[1:] != below[:-1])
        low, high, side = x[before], x[before + 1], below[before]
        for _ in range(60 if before.size else 0):  # halvings, to the last digits of float64 arithmetic
            middle = (low + high) / 2
            same = is_below(self.activation.exact.plain(middle, (1,))[0]) == side
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        ends = [-REACH, *low.tolist(), REACH][0 if below[0] else 1 :]
        total = sum(_weight(*part) for part in zip(ends[::2], ends[1::2], strict=False))
        return min(total, 1.0) if total > LEAST else 0.0

    def _nodes(self, deviation: float) -> Array:
        """Return points, weights, f and f′ over `REACH` standard deviations, shape (4, n)."""
        wanted = _intervals(deviation)
        top = np.zeros((2, 1))
        for low, high in sorted(wanted, key=lambda ends: abs(ends[0] + ends[1])):
            if (low, high) not in self._parts:
                self._parts[low, high] = self._computed(low, high, top)
            top = np.fmax(top, np.abs(self._parts[low, high][2:]).max(axis=1, keepdims=True))
        nodes = np.concatenate([self._parts[ends] for ends in wanted], axis=1)
        return np.asarray(nodes[:, np.abs(nodes[0]) <= REACH * deviation])

    def _computed(self, low: float, high: float, top: Array) -> Array:
        """Return the nodes of one interval, panel by panel in the order of x; ``top`` is what f and f′ reach inside."""
        cuts = [seam.x for seam in self.activation.seams_within(low, high) if low < seam.x < high]
        ends = np.array([low, *sorted(cuts), high])
        pending = np.stack([ends[:-1], ends[1:]], axis=1)
        done: list[Array] = []
        points, weights, to_coefficients = _rule()
        count = 0
        for round_ in range(ROUNDS):
            middle, half = pending.mean(axis=1)[:, None], (pending[:, 1] - pending[:, 0])[:, None] / 2
            x = middle + half * points
            f, df = (part.reshape(x.shape) for part in self.activation.exact(x.ravel(), (0, 1), quick=True))
            sizes = np.fmax(np.abs([f, df]).max(axis=2), top)
            bent = (np.abs(np.stack([f, df]) @ to_coefficients).max(axis=2) > RESOLVED * sizes).any(axis=0)
            count += x.size
            if round_ == ROUNDS - 1 or count > MOST:
                bent[:] = False
            done.append(np.stack([x, half * weights, f, df])[:, ~bent])
            if not bent.any():
                break
            left, right = pending[bent, 0], pending[bent, 1]
            pending = np.stack([np.r_[left, (left + right) / 2], np.r_[(left + right) / 2, right]], axis=1)
        panels = np.concatenate(done, axis=1)
        return np.asarray(panels[:, np.argsort(panels[0, :, 0])].reshape(4, -1))


_ALWAYS = {"pole": "f has a pole", "edge": "the domain of f ends", "unclear": "f tends to nothing that is known"}
_JUMP = "f jumps, of which f′ knows nothing,"


def _intervals(deviation: float) -> list[tuple[float, float]]:
    """Return intervals on both sides of 0, the same ones for all deviations between two powers of two."""
    first = math.floor(math.log2(deviation)) - 1
    ends = [0.0, *(2.0**power for power in range(first, first + SHELLS + 1))]
    sides = list(pairwise(ends))
    return [(-high, -low) for low, high in reversed(sides)] + sides


@cache
def _rule() -> tuple[Array, Array, Array]:
    """Return points and weights on [-1, 1], and what gives the last two Legendre coefficients of values there."""
    from numpy.polynomial import legendre

    points, weights = legendre.leggauss(NODES)
    basis = legendre.legvander(points, NODES - 1)[:, -2:]
    return points, weights, basis * weights[:, None] * (np.arange(NODES - 2, NODES) + 0.5)


def _weight(low: float, high: float) -> float:
    """Return the probability that a standard normal variable lies between two numbers."""
    if low > 0.0:
        low, high = -high, -low
    return 0.5 * (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2)))
