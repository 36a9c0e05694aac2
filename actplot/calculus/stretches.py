"""Stretches of the axis: pairs of ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array


def touching(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches, those that touch made one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(stretches):
        if merged and merged[-1][1] >= low:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def anchor(stretch: tuple[float, float]) -> float:
    """Return the point of a stretch that is nearest to zero, or of the size of 1 where zero is left out."""
    if stretch[0] < 0.0 < stretch[1]:
        return 0.0
    return math.copysign(min(max(1.0, min(map(abs, stretch))), max(map(abs, stretch))), sum(map(np.sign, stretch)))


def between(stretches: Iterable[tuple[float, float]], within: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield what is left out between stretches, and before and after them."""
    edges = [within[0], *(end for stretch in stretches for end in stretch), within[1]]
    yield from zip(edges[::2], edges[1::2], strict=True)


def among(stretch: tuple[float, float], known: Iterable[tuple[float, float]]) -> bool:
    """Say whether a stretch lies in one of several."""
    return any(first <= stretch[0] and stretch[1] <= last for first, last in known)


def spread(low: float, high: float, count: int) -> Array:
    """Return points between two, evenly spaced, or in their size where that differs much."""
    if low * high > 0 and max(low / high, high / low) > 4:
        sizes = np.exp(np.linspace(math.log(abs(low)), math.log(abs(high)), count).clip(max=709.78))
        placed: Array = np.clip(np.sort(np.copysign(sizes, low)), low, high)
        return placed
    return np.linspace(low, high, count)
