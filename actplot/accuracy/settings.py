"""Which functions are another one at values of their parameters that are not the defaults.

The numbers of the formula are tried first, in every place; least squares in float64 follow from the best of them. What
comes near is rounded to closed forms, and the exact evaluator decides, as it does for scales and shifts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from actplot.accuracy.sameness import Relation, closed, identical
from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.arrays import numpy as np
from actplot.calculus.differentiate import expanded
from actplot.calculus.plain import FLOATS
from actplot.errors import UsageError
from actplot.formula.evaluate import Program
from actplot.formula.nodes import names_in, numbers_in
from actplot.formula.rewrite import with_values
from actplot.functions.binding import bind

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.functions.activation import Activation

PROBES = 60
WIDE = 3.0  # ranges
MOST_NUMBERS = 8  # of the formula that are tried
MOST_TRIED = 1500  # settings of one function's parameters
ROUNDS = 12
POLISHED = 3  # steps without damping, which end at what float64 tells
STEP = 1e-6  # relative: of the differences that least squares go by
HOPELESS = 0.05  # of the height: what is farther off after `PATIENCE` rounds is another function
PATIENCE = 4
NEAR = 1e-8  # of the height: what float64 leaves of the same function
MOST_FOUND = 6
MOST_ALIKE = 3  # settings of one function that no probe tells apart


@dataclass(frozen=True)
class Family:
    """A function with its parameters free: ``program`` takes x and the ``keys``, of which it has ``defaults``."""

    declaration: Declaration
    keys: tuple[str, ...]
    defaults: tuple[float, ...]
    program: Program[Array]

    @classmethod
    def of(cls, declaration: Declaration) -> Family | None:
        """Return a function's settings; None where it has no parameters."""
        follows = {key: tree for key, tree in declaration.default_trees.items() if names_in(tree)}
        keys = tuple(key for key in declaration.parameters if key not in follows)
        if not keys:
            return None
        tree = expanded(with_values(declaration.formula, follows))
        defaults = tuple(declaration.parameters[key] for key in keys)
        return cls(declaration, keys, defaults, Program((tree,), FLOATS))

    def __call__(self, x: Array, settings: Array) -> Array:
        """Return f at points of shape (m,) for settings of shape (n, p); shape (n, m)."""
        at = {key: settings[:, [place]] for place, key in enumerate(self.keys)}
        with np.errstate(all="ignore"):
            (found,) = self.program({"x": x[None, :], **at})
        return np.broadcast_to(np.asarray(found, dtype=np.float64), (len(settings), len(x)))


def at_other_values(activation: Activation) -> list[Relation]:
    """Return the functions that an activation is, exactly, where their parameters have other values."""
    low, high = activation.declaration.range
    spread = np.modf(np.arange(1, PROBES + 1) * 0.6180339887498949)[0]
    wide = np.where(np.arange(PROBES) % 3 == 0, WIDE, 1.0)  # some lie beyond the range, where bounds and tails are
    x = (low + high) / 2 + (high - low) * (spread - 0.5) * wide
    own = activation.exact.plain(x, (0,))[0]
    known = np.isfinite(own)
    if known.sum() < PROBES // 2 or not np.ptp(own[known]) > 0.0:
        return []
    x, own = x[known], own[known]
    numbers = _numbers(activation)
    found: list[Relation] = []
    for declaration in DECLARATIONS.values():
        if declaration.name == activation.name or len(found) == MOST_FOUND:
            continue
        family = Family.of(declaration)
        for values in [] if family is None else _fitted(family, x, own, numbers):
            relation = _settled(activation, declaration, values)
            if relation and relation.activation.changed:
                found.append(relation)
                break
    fewest = min((len(each.activation.changed) for each in found), default=0)
    return [each for each in found if len(each.activation.changed) == fewest]


def _numbers(activation: Activation) -> list[float]:
    """Return the numbers of a formula that a parameter may be, with what they are turned round."""
    given = dict.fromkeys(abs(value) for value in (*numbers_in(activation.tree), *activation.values.values()))
    sizes = [value for value in given if math.isfinite(value)]
    both = [each for size in sizes for each in (size, -size, *([1.0 / size] if size not in (0.0, 1.0) else []))]
    return list(dict.fromkeys(both))[: 3 * MOST_NUMBERS]


def _fitted(family: Family, x: Array, own: Array, numbers: Sequence[float]) -> list[dict[str, float]]:
    """Return values at which a function is as near to another as float64 tells, the plainest first."""
    tried = np.array(list(islice(_settings(family, numbers), MOST_TRIED)))
    off = _off(family(x, tried), own)
    near = tried[np.flatnonzero(off <= NEAR)[:MOST_ALIKE]]
    if not len(near) and np.isfinite(off).any():
        setting, left = _improved(family, x, own, tried[int(np.argmin(off))])
        near = setting[None, : len(family.keys) if left <= NEAR else 0]
    return [dict(zip(family.keys, setting, strict=True)) for setting in near.tolist() if setting]


def _settings(family: Family, numbers: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """Yield the defaults with numbers of the formula in the place of some, of few first."""
    yield family.defaults
    places = range(len(family.keys))
    for place in places:
        for number in numbers:
            yield tuple(number if at == place else value for at, value in enumerate(family.defaults))
    if len(family.keys) > 1:
        choices = [[default, *numbers] for default in family.defaults]
        yield from product(*choices)


def _off(found: Array, own: Array) -> Array:
    """Return how far values are off at most, of the height; infinite where some are missing."""
    with np.errstate(all="ignore"):
        gap = np.abs(found - own).max(axis=1) / np.ptp(own)
    return np.where(np.isnan(gap), np.inf, gap)


def _improved(family: Family, x: Array, own: Array, setting: Array) -> tuple[Array, float]:
    """Return a setting that least squares lead to, and how far it is off."""
    best, left = setting, float(_off(family(x, setting[None, :]), own)[0])
    damped = 1e-3
    for turn in range(ROUNDS):
        moved = _step(family, x, own, best, damped)
        off = math.inf if moved is None else float(_off(family(x, moved[None, :]), own)[0])
        if moved is not None and off < left:
            best, left, damped = moved, off, damped / 10
        else:
            damped *= 10
        if left <= NEAR * 1e-2 or (turn >= PATIENCE and left > HOPELESS):
            break
    for _ in range(POLISHED if left <= NEAR else 0):
        moved = _step(family, x, own, best, 0.0)
        if moved is not None and _off(family(x, moved[None, :]), own)[0] <= NEAR:
            best = moved
    return best, left


def _step(family: Family, x: Array, own: Array, setting: Array, damped: float) -> Array | None:
    """Return where one step of damped least squares leads; None where it can't be told."""
    free = np.flatnonzero(np.isfinite(setting))
    steps = STEP * np.maximum(np.abs(setting[free]), 1e-3)
    count = len(free)
    around = np.tile(setting, (1 + 2 * count, 1))
    around[1 + np.arange(count), free] += steps
    around[1 + count + np.arange(count), free] -= steps
    values = family(x, around)
    rest, slopes = own - values[0], (values[1 : 1 + count] - values[1 + count :]).T / (2 * steps)
    if not (np.isfinite(slopes).all() and np.isfinite(rest).all()):
        return None
    heights = np.sqrt((slopes * slopes).sum(axis=0))
    held = np.vstack([slopes, np.diag(np.sqrt(damped) * np.maximum(heights, 1e-12))])
    change, *_ = np.linalg.lstsq(held, np.concatenate([rest, np.zeros(count)]), rcond=None)
    moved = setting.copy()
    moved[free] += change
    return moved


def _settled(activation: Activation, declaration: Declaration, values: Mapping[str, float]) -> Relation | None:
    """Return that a function is another at some values, in closed form or as they are; None where it is not."""
    snapped = {key: closed(value).value if math.isfinite(value) else value for key, value in values.items()}
    for given in (snapped, values) if snapped != values else (values,):
        own = {key: value for key, value in given.items() if value != declaration.parameters[key]}
        try:
            relation = identical(activation, bind(declaration, own))
        except UsageError:
            continue
        if relation:
            return relation
    return None
