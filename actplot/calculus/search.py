"""Find every point at which a formula breaks, and what it does there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from actplot.arrays import numpy as np
from actplot.calculus.breaks import Sites, sites
from actplot.calculus.seams import Seam, seam_at
from actplot.formula.nodes import is_written_in

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.calculus.values import Values
    from actplot.formula.nodes import Node

MOST = 400  # points that are looked at in digits, the nearest to the middle of what is searched
MOST_ANYWHERE = 50  # of all the axis
EFFORT = 120_000  # operations in digits, after which no other point is looked at
EFFORT_ANYWHERE = 60_000
ROUNDED = 8  # units in the last place, within which bounds may not tell where a break is
AXIS = -math.inf, math.inf
SHORT = 600  # nodes of a formula that is found again; to compare longer ones could take longer than the search
KEPT = 512  # searches that are remembered: a function is looked up many times in a process


class Found(NamedTuple):
    """The points at which pieces of a formula meet, in order, and the stretches inside which there are no others."""

    seams: tuple[Seam, ...]
    searched: tuple[tuple[float, float], ...]


_known: dict[tuple[Node, tuple[float, ...], tuple[float, float]], Found] = {}


def search(exact: Values, hints: Iterable[float], within: tuple[float, float] = AXIS) -> Found:
    """Find the points at which pieces of a formula meet.

    Parameters
    ----------
    exact
        What is searched.
    hints
        Points at which pieces are likely to meet, such as the numbers of the formula.
    within
        The part of the axis that is searched.

    """
    asked = exact.tree(0), tuple(hints), within
    if not is_written_in(SHORT, asked[0]):
        return _search(exact, *asked[1:])
    found = _known.get(asked)
    if found is None:
        if len(_known) >= KEPT:
            _known.clear()
        _known[asked] = found = _search(exact, *asked[1:])
    return found


def suspects(exact: Values, x: Array) -> Array:
    """Return those points of shape (n,) at which pieces may meet: what a formula decides by is zero there, or open."""
    from actplot.calculus.values import Values

    met = np.zeros(x.shape, dtype=np.bool_)
    for site in sites(exact.tree(0)):
        (value,) = Values(site)(x, (0,))
        met |= ~(np.abs(value) > 0.0)
    return x[met]


def _search(exact: Values, hints: Iterable[float], within: tuple[float, float]) -> Found:
    where = Sites(sites(exact.tree(0)), exact.effort)
    if not where.trees:
        return Found((), (within,))
    from actplot.calculus.pieces import WIDEST, cut

    pieces = cut([exact.tree(0)], hints, (max(within[0], -WIDEST), min(within[1], WIDEST)))
    most, effort = (MOST_ANYWHERE, EFFORT_ANYWHERE) if within == AXIS else (MOST, EFFORT)
    spots = pieces.breaks()
    unknown = list(pieces.unsearched)
    empty: list[tuple[float, float]] = []  # in which nothing passes zero, however near what bounds it comes
    lost: list[tuple[float, float]] = []  # in which products underflow
    found: dict[float, Seam] = {}
    enough = exact.effort.spent + effort
    for place, (first, last) in enumerate(spots):
        if place == most or exact.effort.spent > enough:
            unknown += spots[place:]
            break
        bounded = pieces.bounded(first, last)
        places = list(where.places(first, last))
        met = [seam for at in places if (seam := seam_at(exact, at, bounded))]
        for seam in met:
            if seam.x not in found or found[seam.x].kind == "smooth":
                found[seam.x] = seam
        if first < last and max(-first, last) <= pieces.lost:
            lost.append((first, last))
        elif not met and first < last:
            (unknown if places else empty).append((first, last))
    unknown += [spot for spot in empty if not any(_is_beside(spot, x) for x in found)]
    unknown += [(low, high) for low, high in lost if any(low <= last and first <= high for first, last in unknown)]
    searched = pieces.known(unknown, within)
    low, high = searched[0][0], searched[-1][1]
    return Found(tuple(found[x] for x in sorted(found) if low <= x <= high), tuple(searched))


def is_inside(low: float, high: float, searched: Iterable[tuple[float, float]]) -> bool:
    """Say whether all from low to high lies inside one stretch, the finite ends of which were not looked at."""
    return any(
        (first < low or first == low == -math.inf) and (high < last or high == last == math.inf)
        for first, last in searched
    )


def _is_beside(spot: tuple[float, float], x: float) -> bool:
    """Say whether a spot is so near to a break that rounding alone has made it one."""
    return max(abs(end - x) for end in spot) <= ROUNDED * math.ulp(x)
