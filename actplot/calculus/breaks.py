"""Find where a formula breaks: the points at which one of its decisions changes, and what it does there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.calculus.decisions import DecidedFormula
from actplot.calculus.values import Values
from actplot.formula.rewrite import number_node
from actplot.kinks import Kink, Seam, seams_at

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.declaration import Array

MIDDLE = 100.0  # within it every break is found that lies further than a grid step from the next
_STEPS = 20_000
_FAR_STEPS = 10  # grid points a decade beyond it and around zero
_MOST_FAR = 32  # more breaks than this beyond the middle are the oscillations of a wave, not pieces
_MOST_EXACT = 100  # candidates that are read in digits, the nearest to zero
_MOST = 1000  # and so are more than this within it; those nearest to zero are kept

_TIE = 1e-9  # a tie that is no wider, for the size of x, is rounding
_AGREE = 1e-11  # limits that differ by no more, for what goes on nearby, are equal
_BEYOND = 1e12  # a value so many times larger than what goes on nearby is a pole, missed by rounding
_BESIDE = 2.0**-17  # where central differences are good to eleven digits


@dataclass(frozen=True)
class _Limits:
    """Of f and f' on one side of each break, shape (n,)."""

    value: Array
    slope: Array


def find_breaks(exact: Values, hints: Iterable[float] = ()) -> tuple[Seam, ...]:
    """Find the points at which pieces of a formula meet, in the order of x.

    Parameters
    ----------
    exact
        What is searched.
    hints
        Points at which a break is likely, such as the constants that the formula mentions.

    """
    formula = DecidedFormula(exact.tree(0), exact.tree(1))
    with np.errstate(all="ignore"):
        at = _candidates(formula, _grid(hints))
        if not at.size:
            return ()
        near = sorted(at.tolist(), key=abs)[:_MOST_EXACT]
        met = {seam.x: seam for seam in seams_at(exact, [number_node(x) for x in near])}
        judged = {seam.x: seam for seam in _judged(formula, at)}
    # Where a break lies between two floats, digits see no more than one of its sides there.
    for x, seam in met.items():
        told = seam.kink or seam.hole or math.isnan(seam.slope or 0.0)
        if told or x not in judged or not (judged[x].kink or math.isnan(judged[x].slope or 0.0)):
            judged[x] = seam
    return tuple(judged[x] for x in sorted(judged))


def _judged(formula: DecidedFormula, at: Array) -> Iterator[Seam]:
    """Yield the candidates at which something happens, as float64 arithmetic sees it."""
    f, _, _ = formula(at)
    size, steepness = _scale(formula, at)
    left, right = (_limits(formula, at, direction, size) for direction in (-1.0, 1.0))
    jumps = ~_agree(left.value, right.value, size)
    bends = ~_agree(left.slope, right.slope, steepness)
    open_ended = np.isnan(left.value) | np.isnan(right.value)
    for i, x in enumerate(at.tolist()):
        values = float(left.value[i]), float(right.value[i])
        slopes = float(left.slope[i]), float(right.slope[i])
        if open_ended[i]:
            continue  # digits alone can tell what a hole is
        elif jumps[i] or (bends[i] and not any(map(math.isnan, slopes))):
            yield Seam(x, Kink(x, *slopes, values if jumps[i] else None))
        elif not bends[i]:
            continues = bool(_agree(f[i], left.value[i], size[i]))
            yield Seam(x, slope=_middle(*slopes) if continues else math.nan)


def _agree(a: Array, b: Array, scale: Array) -> npt.NDArray[np.bool_]:
    close = np.abs(a - b) <= _AGREE * np.maximum(np.maximum(np.abs(a), np.abs(b)), scale)
    return np.asarray((a == b) | (close & np.isfinite(a) & np.isfinite(b)))


def _middle(a: float, b: float) -> float:
    return a if a == b else a + (b - a) / 2


def _grid(hints: Iterable[float]) -> Array:
    """Return the points between which decisions are compared, sorted."""
    middle = np.linspace(-MIDDLE, MIDDLE, _STEPS + 1)
    near = 10.0 ** np.linspace(-30.0, -2.0, 28 * _FAR_STEPS)
    far = 10.0 ** np.linspace(2.0, 308.0, 306 * _FAR_STEPS)
    given = np.array([hint for hint in hints if math.isfinite(hint)], dtype=np.float64)
    return np.unique(np.concatenate([middle, near, -near, far, -far, given]) + 0.0)


@dataclass(frozen=True)
class _Bracket:
    """Two points between which a decision changes, and the tie between them where the grid has one."""

    site: int
    low: float
    high: float
    tie: float | None
    left: int
    right: int


def _candidates(formula: DecidedFormula, grid: Array) -> Array:
    """Return the points at which a decision changes, sorted."""
    _, _, signs = formula(grid)
    brackets = [bracket for site, sign in enumerate(signs) for bracket in _changes(grid, site, sign)]
    brackets.sort(key=lambda bracket: min(abs(bracket.low), abs(bracket.high)))
    middle = [bracket for bracket in brackets if abs(bracket.low) <= MIDDLE]
    brackets = (middle if len(brackets) - len(middle) > _MOST_FAR else brackets)[:_MOST]
    if not brackets:
        return np.empty(0)
    site = np.array([b.site for b in brackets])
    low, high = np.array([b.low for b in brackets]), np.array([b.high for b in brackets])
    # From either end as far as the decision is what it is there.
    left, right = np.array([b.left for b in brackets]), np.array([b.right for b in brackets])
    after_low = np.array([b.high if b.tie is None else b.tie for b in brackets])
    before_high = np.array([b.low if b.tie is None else b.tie for b in brackets])
    from_left = _bisect(formula, site, left, low, after_low).tolist()
    from_right = _bisect(formula, site, right, high, before_high).tolist()
    return _merged(sorted(_meeting(a, b) for a, b in zip(from_left, from_right, strict=True)))


def _changes(grid: Array, site: int, sign: npt.NDArray[np.int8]) -> Iterator[_Bracket]:
    """Yield the brackets of one decision along the grid; a tie as narrow as rounding counts as one point."""
    ends = np.flatnonzero(np.diff(sign)).tolist()
    x, s = grid.tolist(), sign.tolist()
    k = 0
    while k < len(ends):
        i, after = ends[k], ends[k] + 1
        j = ends[k + 1] if k + 1 < len(ends) else -1
        if s[after] == 0 and j >= 0 and x[j] - x[after] <= _TIE * max(1.0, abs(x[j])):
            tie = 0.0 if x[after] <= 0.0 <= x[j] else x[after]
            yield _Bracket(site, x[i], x[j + 1], tie, s[i], s[j + 1])
            k += 2
        else:
            yield _Bracket(site, x[i], x[after], None, s[i], s[after])
            k += 1


def _bisect(
    formula: DecidedFormula,
    site: npt.NDArray[np.int_],
    sign: npt.NDArray[np.int_],
    near: Array,
    far: Array,
) -> Array:
    """Return for each bracket the last float from near towards far at which the decision is the sign."""
    a, b = _rank(near), _rank(far)
    column = np.arange(site.size)
    for _ in range(64):
        middle = a // 2 + b // 2 + (a % 2 + b % 2) // 2
        _, _, signs = formula(_of_rank(middle))
        same = np.stack(signs)[site, column] == sign
        a, b = np.where(same, middle, a), np.where(same, b, middle)
    return _of_rank(a)


def _rank(x: Array) -> npt.NDArray[np.int64]:
    """Return the place of each float64 among all of them: bisection takes 64 steps between any two."""
    bits = (x + 0.0).view(np.int64)
    return np.where(bits >= 0, bits, np.iinfo(np.int64).min - bits)


def _of_rank(rank: npt.NDArray[np.int64]) -> Array:
    return np.where(rank >= 0, rank, np.iinfo(np.int64).min - rank).view(np.float64)


def _meeting(a: float, b: float) -> float:
    """Return where pieces meet that reach as far as a and b: the roundest float between, or of these."""
    first, last = math.nextafter(a, b), math.nextafter(b, a)
    return _roundest(first, last) if a < first <= last < b else _roundest(a, b)


def _roundest(a: float, b: float) -> float:
    """Return the float of the fewest decimal digits between two, both included."""
    low, high = min(a, b), max(a, b)
    if low <= 0.0 <= high:
        return 0.0
    middle = low + (high - low) / 2
    for digits in range(17):
        rounded = float(f"{middle:.{digits}e}")
        if low <= rounded <= high:
            return rounded
    return low


def _merged(points: list[float]) -> Array:
    """Return sorted points with one in place of several that differ by rounding alone."""
    merged: list[float] = []
    for point in points:
        if merged and point - merged[-1] <= 1e-14 * abs(point):
            merged[-1] = _roundest(merged[-1], point)
        else:
            merged.append(point)
    return np.array(merged)


def _limits(formula: DecidedFormula, at: Array, direction: float, size: Array) -> _Limits:
    """Return the limits of f and f' at each break from one side.

    The decisions are those that are taken a little to that side; f is evaluated at the break itself.
    """
    gap = np.diff(at) / 2
    room = np.append(np.inf, gap) if direction < 0 else np.append(gap, np.inf)
    scale = np.maximum(np.abs(at), 1.0)
    _, _, signs = formula(at + direction * np.minimum(2.0**-20 * scale, room))
    value, slope, _ = formula(at, signs)
    # A root of a square has no slope at the point where it touches zero, but it has beside it.
    _, beside, _ = formula(at + direction * np.minimum(2.0**-26 * scale, room))
    slope = np.where(np.isnan(slope) & np.isfinite(value), beside, slope)
    pole = np.abs(value) > _BEYOND * size
    infinite = np.copysign(np.inf, value), np.copysign(np.inf, slope)
    return _Limits(np.where(pole, infinite[0], value) + 0.0, np.where(pole, infinite[1], slope) + 0.0)


def _scale(formula: DecidedFormula, at: Array) -> tuple[Array, Array]:
    """Return how large f and f' are around each break."""
    step = np.maximum(np.abs(at), 1.0)[:, None] * np.array([-0.37, -0.0113, 0.0127, 0.41])
    f, df, _ = formula((at[:, None] + step).ravel())
    size, steepness = (
        np.where(np.isfinite(part), np.abs(part), 0.0).reshape(step.shape).max(axis=1) for part in (f, df)
    )
    return size, steepness
