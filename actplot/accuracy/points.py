"""Where to look for lost digits: points that reach every corner of float64."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.formula.nodes import Call, Compare, Node, children, names_in, parts
from actplot.formula.scalar import evaluate_float

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.functions.activation import Activation

DEFAULT_COUNT = 2000

_MIDDLE = 50.0  # here activations do what they are known for ...
_STEP = 0.0199  # ... and an error within 0.01 of any point is met
_PARTS = 64  # an interval is cut at many points at once: a call costs more than its points
_ROUNDS = 10  # from a twentieth to the float; beside 0 to the twentieth digit
_MOST_ENDS = 300  # a wave has no end of zeros; those nearest to 0 are looked at
# Where tails round to 0 or 1 or underflow: exp(-x²), tanh and 1 - exp(-x) near 18 to 42, squares of
# exponentials near 350, exponentials near 700 to 750.
_BANDS = ((17.0, 42.0), (340.0, 390.0), (690.0, 760.0))


def points(activation: Activation, seed: int, n: int = DEFAULT_COUNT) -> Array:
    """Return the points at which an activation is to be judged, sorted, without repetition.

    Every binade of both signs (subnormals too) gives one random point. A grid covers the middle, ``n``/2 more are
    drawn over its logarithms and where tails end; and every kink, every end of a piece, every zero of f and f' and
    a few round numbers bring the floats around them.

    Parameters
    ----------
    activation
        The function, with its parameters.
    seed
        Of the random numbers: the same seed gives the same points.
    n
        How many random points there are besides those of the binades.

    Returns
    -------
    Array
        Finite float64 points of shape (m,).

    """
    rng = np.random.default_rng(seed)
    drawn = np.concatenate([_binades(rng), *_random(rng, n)])
    ends = sorted({*_ends(activation), *_zeros(activation)}, key=abs)[:_MOST_ENDS]
    special = {*_round_numbers(), *ends}
    both = np.concatenate([drawn, np.fromiter(_around(special), dtype=np.float64)])
    return np.unique(both[np.isfinite(both)])


def _binades(rng: np.random.Generator) -> Array:
    """Return a random point of every binade of both signs, from the smallest subnormal up."""
    exponents = np.arange(-1074, 1024)
    digits = np.ldexp(1.0, np.minimum(exponents + 1074, 52))  # a subnormal must not be rounded up to the next binade
    positive, negative = (
        np.ldexp(np.floor(digits * (1.0 + rng.random(exponents.size))) / digits, exponents) for _ in range(2)
    )
    return np.concatenate([positive, -negative])


def _random(rng: np.random.Generator, n: int) -> Iterator[Array]:
    """Yield a grid over the middle, and random points: n/4 logarithmic, n/4 where tails end."""
    yield np.arange(-_MIDDLE, _MIDDLE, _STEP) + rng.uniform(0.0, _STEP)
    logarithmic = 10.0 ** rng.uniform(-9.0, 3.0, n // 4)
    yield logarithmic * rng.choice([-1.0, 1.0], logarithmic.size)
    for low, high in _BANDS:
        band = rng.uniform(low, high, n // (4 * len(_BANDS)))
        yield band * rng.choice([-1.0, 1.0], band.size)


def _round_numbers() -> Iterator[float]:
    for size in (0.0, 5e-324, sys.float_info.min, 1e-100, 1e-16, 1e-8, 1e20, 1e160, sys.float_info.max):
        yield from (size, -size)
    yield from (k / 2 for k in range(-100, 101))


def _ends(activation: Activation) -> Iterator[float]:
    """Yield where pieces meet and every constant that a piece of the formula ends at."""
    yield from (seam.x for seam in activation.seams)
    for node in parts(activation.tree):
        if isinstance(node, Compare) or (isinstance(node, Call) and node.function in {"min", "max", "clip"}):
            for value in _constants(children(node)):
                yield from (value, -value)


def _constants(nodes: Iterable[Node]) -> Iterator[float]:
    for node in nodes:
        if "x" not in names_in(node):
            try:
                yield evaluate_float(node, {})
            except (ArithmeticError, ValueError, KeyError, AttributeError):
                continue  # a constant that has no value, or needs an activation, ends no piece of interest


def _zeros(activation: Activation) -> Iterator[float]:
    """Yield the zeros of f and f' in the middle, bisected to the float."""
    grid = np.linspace(-_MIDDLE, _MIDDLE, 2001) + 1e-3  # off the round numbers, where zeros are
    for order in (0, 1):

        def side(x: Array, order: int = order) -> Array:
            return np.sign(activation.exact(x, (order,), quick=True)[0])

        sign = side(grid)
        at = np.flatnonzero(sign[:-1] * sign[1:] < 0)
        before, low, high, cuts = sign[at, np.newaxis], grid[at], grid[at + 1], np.arange(1, _PARTS) / _PARTS
        for _ in range(_ROUNDS if at.size else 0):
            inner = low[:, np.newaxis] + (high - low)[:, np.newaxis] * cuts
            same = side(inner.ravel()).reshape(inner.shape) == before
            edges = np.column_stack([low, inner, high])
            piece = np.cumprod(same, axis=1).sum(axis=1, keepdims=True)  # the first that ends at another sign
            low, high = (np.take_along_axis(edges, piece + end, axis=1)[:, 0] for end in (0, 1))
        yield from low.tolist()


def _around(centres: Iterable[float]) -> Iterator[float]:
    """Yield every centre, its next-door floats, and points that approach it from both sides."""
    for centre in centres:
        yield centre
        below = above = centre
        for _ in range(3):
            below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
            yield from (below, above)
        for power in range(4, 53, 6):
            step = math.ldexp(max(1.0, abs(centre)), -power)
            yield from (centre - step, centre + step)
