"""Stretches of inputs at which 0 comes though a number is due: found in parts, put together in any order."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Flags = npt.NDArray[np.bool_]

LEAST = 2  # inputs: one alone is an error like others
BESIDE = 2  # inputs on each side of a part tell on which the exact value goes through zero, be it at one of them


class Stretch(NamedTuple):
    """Neighbouring inputs at which 0 comes, ``size`` of them from ``low`` to ``high``.

    ``below`` and ``above`` are the inputs next to a stretch that reaches an end of its part, NaN at other ends;
    ``turns`` says that the exact value goes through zero at the stretch, where 0 is no lost tail.
    """

    low: float
    high: float
    size: int
    below: float = math.nan
    above: float = math.nan
    turns: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no other part can have more of it."""
        return math.isnan(self.below) and math.isnan(self.above)


def stretches(x: Array, due: Array, lost: Flags, tried: slice) -> list[Stretch]:
    """Return the stretches of a part of the inputs that matter.

    Parameters
    ----------
    x
        The inputs in their order, upwards or downwards, shape (n,): those of the part and, where there are any,
        `BESIDE` on each side of it.
    due
        The exact values there, NaN where there is none.
    lost
        Whether 0 comes in place of a number, for the inputs of the part.
    tried
        Where the part is among the inputs.

    """
    if not lost.any():
        return []
    flags, own = np.zeros(len(x), dtype=np.bool_), np.zeros(len(x), dtype=np.bool_)
    flags[tried], own[tried] = lost, True
    known = np.flatnonzero(~np.isnan(due) | ~own)
    order = known[::-1] if x[0] > x[-1] else known
    x, due, flags, own = x[order], due[order], flags[order], own[order]
    turns = np.concatenate([[0], np.cumsum(_turns(due))])
    found = []
    for side in (-1, 1):
        ends = np.flatnonzero(np.diff(flags & (side * x > 0.0), prepend=False, append=False))
        for start, stop in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
            below = float(x[start - 1]) if start and not own[start - 1] else math.nan
            above = float(x[stop]) if stop < len(x) and not own[stop] else math.nan
            turning = bool(turns[stop + 1] > turns[start])
            found.append(Stretch(float(x[start]), float(x[stop - 1]), stop - start, below, above, turning))
    return joined(found)


def joined(parts: Iterable[Stretch]) -> list[Stretch]:
    """Put together what goes on in another part; of the whole ones the longest on each side of 0 is kept."""
    found: list[Stretch] = []
    for part in sorted(parts):
        last = found[-1] if found else None
        if last and (last.above == part.low or last.high == part.below):
            found[-1] = Stretch(
                last.low, part.high, last.size + part.size, last.below, part.above, last.turns or part.turns
            )
        else:
            found.append(part)
    longest = tails(each for each in found if each.is_whole).values()
    return [each for each in found if not each.is_whole or each in longest]


def tails(found: Iterable[Stretch]) -> dict[int, Stretch]:
    """Return the longest stretch left of 0 and right of it, by the sign; none where the exact value goes through 0."""
    longest: dict[int, Stretch] = {}
    for each in found:
        side = -1 if each.high < 0.0 else 1
        if not each.turns and each.size > (longest[side].size if side in longest else LEAST - 1):
            longest[side] = each
    return longest


def _turns(due: Array) -> Flags:
    """Return whether the sign changes before each of n values and after the last, shape (n + 1,).

    Zeros, and values that are not known, have the sign of the one before, and of the one after: either may turn.
    """
    signs = np.sign(np.nan_to_num(due))
    places = np.arange(len(signs))
    before = signs[np.maximum.accumulate(np.where(signs != 0.0, places, 0))]
    after = signs[np.minimum.accumulate(np.where(signs != 0.0, places, len(signs) - 1)[::-1])[::-1]]
    turned: Flags = (before[1:] * before[:-1] < 0.0) | (after[1:] * after[:-1] < 0.0)
    return np.concatenate([[False], turned, [False]])
