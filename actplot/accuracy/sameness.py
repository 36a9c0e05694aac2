"""Whether two functions are one up to scale and shift, and with which numbers: g(x) = a·f(b·x + c) + d.

Prints propose the numbers, least squares make them precise, closed forms make them exact, and the exact evaluator
decides at many points. A function that differs by 1e-9 is another one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from actplot.accuracy.agreement import FAINT, SAME
from actplot.accuracy.prints import Numbers, Print, Prints
from actplot.arrays import numpy as np
from actplot.calculus.differentiate import expanded
from actplot.calculus.values import Values
from actplot.formula.nodes import Call, Name, Node
from actplot.formula.parse import parse
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import folded, substitute
from actplot.formula.scalar import evaluate_float
from actplot.formula.tidying import tidied
from actplot.functions.activation import Activation

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

EQUAL = 4e-16  # relative: two float64 that are rounded from one number, or next to each other
MOST_SETTLED = 40  # values that digits decide
MOST_ENDS = 60  # of a wave, the points at which pieces meet are compared near zero only
ROUNDED = 1e-12  # relative: what numbers that are rounded to float64 leave
SNAPPED = 2e-11  # relative: a number as near to a closed form is taken for it, and then tried
LARGEST = 2000  # denominator of a fraction that is a closed form
FITTED = 1e-8  # relative: what least squares in float64 leave of functions that are the same
ROUNDS = 8
ALLOWED = (1.0, 3e-2, 1e-3, 1e-5, 1e-6)  # how far off, relative, each round may be: each squares what is left
# What fractions are multiplied by: as formulas.
UNITS = ("1", "pi", "1/pi", "log(2)", "sqrt(2)", "sqrt(pi)", "1/sqrt(pi)", "sqrt(2*pi)", "1/sqrt(2*pi)", "sqrt(3)")


@dataclass(frozen=True)
class Constant:
    """A number and the formula that gives it exactly, or its digits."""

    value: float
    text: str

    @cached_property
    def tree(self) -> Node:
        """The formula, parsed."""
        return parse(self.text)


@dataclass(frozen=True)
class Relation:
    """g(x) = a·f(b·x + c) + d, as far as was looked.

    Attributes
    ----------
    activation
        f.
    a, b, c, d
        The numbers.
    formula
        The right side in the formula language, f by its name.
    points
        At how many points both sides were compared.
    within
        The relative difference that would have been seen.
    proved
        Whether both sides are the same formula, so that nothing rests on points.
    apart
        Where f and g jump and their values at the jump differ: a convention, not another function.

    """

    activation: Activation
    a: Constant
    b: Constant
    c: Constant
    d: Constant
    formula: str
    points: int
    within: float
    proved: bool
    apart: tuple[float, ...]

    @property
    def exact(self) -> bool:
        """Whether g is f itself, with no scale and no shift."""
        return (self.a.value, self.b.value, self.c.value, self.d.value) == (1.0, 1.0, 0.0, 0.0)


class Relatives:
    """Several functions, among which those are found that another is the same as."""

    def __init__(self, activations: Sequence[Activation]) -> None:
        """Compute what is needed to tell them apart."""
        self.activations = tuple(activations)
        self._prints = Prints(activations)

    def of(self, activation: Activation) -> list[Relation]:
        """Return the functions that this one is the same as up to scale and shift, itself left out."""
        own = Print.of(activation)
        found = []
        for row, proposals in self._prints.proposals(own).items():
            other = self.activations[row]
            if other is not activation and (relation := _related(own, other, proposals)):
                found.append(relation)
        return found


def related(activation: Activation, other: Activation) -> Relation | None:
    """Return how one function is another up to scale and shift; None where it is not."""
    return next(iter(Relatives([other]).of(activation)), None)


def identical(activation: Activation, other: Activation) -> Relation | None:
    """Return that one function is another with no scale and no shift; None where it is not."""
    one, nothing = Constant(1.0, "1"), Constant(0.0, "0")
    return _verified(activation, other, (one, one, nothing, nothing))


def _related(own: Print, other: Activation, proposals: Sequence[Numbers]) -> Relation | None:
    """Return the plainest relation that holds."""
    fitted = [fit for b, c in proposals if (fit := _fitted(own, other, b, c))]
    near: list[tuple[float, ...]] = [(1.0, 1.0, 0.0, 0.0)]
    for fit in sorted(fitted, key=_plainness):
        if not any(np.allclose(fit, each, rtol=1e-7, atol=1e-9) for each in near[1:]):
            near.append(fit)
    for numbers in near if fitted else []:
        for constants in _constants(numbers):
            if relation := _verified(own.activation, other, constants):
                return relation
    return None


def _plainness(numbers: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d = numbers
    return b < 0.0, abs(c) > 1e-7, round(abs(c) + abs(math.log(abs(b))), 7), a < 0.0, abs(d)


def _fitted(own: Print, other: Activation, b: float, c: float) -> tuple[float, ...] | None:
    """Return a, b, c, d by least squares in float64; None where they do not fit."""
    at = own.probes if own.is_rigid else np.union1d(own.probes, own.x[8:-8:16])
    g = own.activation.exact.plain(at, (0,))[0]
    best: tuple[float, tuple[float, ...]] = math.inf, ()
    for step in range(ROUNDS):
        f, slope = other.exact.plain(b * at + c, (0, 1))
        with np.errstate(all="ignore"):
            held = np.isfinite(f) & np.isfinite(slope) & np.isfinite(g) & (np.abs(f) < 1e6) & (np.abs(g) < 1e6)
            if held.sum() < len(at) // 4 or not np.ptp(f[held]) > 0.0 or not np.ptp(g[held]) > 0.0:
                return None
            (a, d), *_ = np.linalg.lstsq(np.column_stack([f, np.ones_like(f)])[held], g[held], rcond=None)
            rest = g - a * f - d
            off = float(np.sort(np.abs(rest[held]))[: -2 or None].max() / np.ptp(g[held]))
            settled = off < FITTED and off > 0.5 * best[0]
            if off < best[0]:
                best = off, (float(a), b, c, float(d))
            if own.is_rigid or settled or off > ALLOWED[min(step, len(ALLOWED) - 1)]:
                break
            parts = np.column_stack([f, a * slope * at, a * slope, np.ones_like(f)])
            change, *_ = np.linalg.lstsq(parts[held], rest[held], rcond=None)
        b, c = b + float(change[1]), c + float(change[2])
        if not (math.isfinite(b) and math.isfinite(c)) or b == 0.0:
            break
    return best[1] if best[0] < FITTED and best[1][0] != 0.0 else None


def _constants(numbers: Sequence[float]) -> Iterator[tuple[Constant, ...]]:
    """Yield the numbers in closed form, and as they are where that is different."""
    snapped = tuple(closed(value) for value in numbers)
    yield snapped
    digits = tuple(Constant(value, repr(value)) if abs(value) > SNAPPED else Constant(0.0, "0") for value in numbers)
    if any(one.value != other.value for one, other in zip(snapped, digits, strict=True)):
        yield digits


def closed(value: float) -> Constant:
    """Return the plainest fraction, or multiple of a common constant, that a number is within rounding."""
    if abs(value) < SNAPPED:
        return Constant(0.0, "0")
    for number, head in ((value, ""), (1.0 / value, "1/")):
        short = f"{number:.5g}"
        if abs(float(short) - number) <= SNAPPED * abs(number):
            sign = "-" if number < 0 and head else ""
            text = short.removeprefix("-") if sign else short
            return Constant(1.0 / float(short) if head else float(short), f"{sign}{head}{text}")
    for most in (100, LARGEST):
        for unit in UNITS if most < LARGEST else UNITS[:1]:
            size = _unit(unit)
            fraction = Fraction(value / size).limit_denominator(most)
            if fraction and abs(float(fraction) * size - value) <= SNAPPED * abs(value):
                return Constant(float(fraction) * size, _written(fraction, unit))
    return Constant(value, repr(value))


@cache
def _unit(text: str) -> float:
    """Return the value of one of the `UNITS`."""
    return evaluate_float(parse(text), {})


def _written(fraction: Fraction, unit: str) -> str:
    if unit == "1":
        return str(fraction)
    top, below = abs(fraction.numerator), fraction.denominator
    head, sign = ("-" if fraction < 0 else ""), "*"
    body = unit if top == 1 else f"{top}{sign}{unit}" if not unit.startswith("1/") else f"{top}/{unit[2:]}"
    return head + body + (f"/{below}" if below > 1 else "")


def _verified(activation: Activation, other: Activation, constants: tuple[Constant, ...]) -> Relation | None:
    """Return the relation if no point speaks against it."""
    a, b, c, d = constants
    inner = folded(substitute(parse("b*x + c"), {"b": b.tree, "c": c.tree}))
    outer = substitute(parse("a*y + d"), {"a": a.tree, "d": d.tree, "y": substitute(other.tree, {"x": inner})})
    tree = expanded(folded(outer))
    made = Values(tree)
    x, jumps = _points(activation, other, b.value, c.value)
    ours, theirs = activation.exact(x, (0,), quick=True)[0], made(x, (0,), quick=True)[0]
    unlike = np.flatnonzero(_differ(ours, theirs, d.value))
    # What double-doubles leave open is settled, for a few points; where more differ there is nothing to settle.
    few, more = unlike[:MOST_SETTLED], unlike[MOST_SETTLED:]
    if more.size and _differ(ours[more], theirs[more], d.value, _steep(activation, x[more]), ROUNDED).any():
        return None
    ours[few], theirs[few] = activation.exact(x[few], (0,))[0], made(x[few], (0,))[0]
    within = SAME
    if _differ(ours, theirs, d.value).any():
        within = ROUNDED
        if _differ(ours, theirs, d.value, _steep(activation, x), ROUNDED).any():
            return None
    at = activation.exact(jumps, (0,))[0], made(jumps, (0,))[0]
    apart = tuple(float(p) for p, one, two in zip(jumps, *at, strict=True) if one != two and (one == one or two == two))
    proved = not apart and tidied(tree) == tidied(activation.tree)
    return Relation(other, a, b, c, d, _formula(other, constants), len(x), within, proved, apart)


def _steep(activation: Activation, x: Array) -> Array:
    """Return what a function's size is to have beside it, where numbers that are rounded move x by an ulp or so."""
    with np.errstate(all="ignore"):
        steep = np.abs(activation.exact.plain(x, (1,))[0] * x) * 8e-16 / ROUNDED
    return np.where(np.isfinite(steep), steep, 0.0)


def _differ(
    ours: Array, theirs: Array, shift: float, room: Array | float = 0.0, relative: float = EQUAL
) -> npt.NDArray[np.bool_]:
    """Say where values differ by more than their rounding, or one is missing, or infinite, alone."""
    with np.errstate(all="ignore"):
        size = np.abs(theirs - shift) + abs(shift) + np.abs(ours) + room
        alike: npt.NDArray[np.bool_] = (
            (ours == theirs) | (np.isnan(ours) & np.isnan(theirs)) | (np.abs(ours - theirs) <= relative * size)
        ) | (np.maximum(np.abs(ours), np.abs(theirs)) < FAINT)
    return ~alike


def _points(activation: Activation, other: Activation, b: float, c: float) -> tuple[Array, Array]:
    """Return the points to compare at, and the jumps, at which values are a convention."""
    low, high = activation.declaration.range
    seams = sorted(activation.seams, key=lambda seam: abs(seam.x))[:MOST_ENDS]
    jumps = np.array([seam.x for seam in seams if seam.kind in ("jump", "isolated value")])
    theirs = sorted((seam.x - c) / b for seam in other.seams)
    ends = np.array([*(seam.x for seam in seams), *sorted(theirs, key=abs)[:MOST_ENDS]])
    far = np.concatenate([np.geomspace(1e-6, 1e3, 91), [1e4, 1e5, 1e6]])
    steps = np.array([1e-9, 1e-6, 1e-3, 0.1]) * max(high - low, 1e-3)
    beside = (ends[:, None] + np.concatenate([-steps, steps])).ravel()
    x = np.concatenate([np.linspace(2 * low - high, 2 * high - low, 601), far, -far, beside])
    if ends.size:  # what stands at a break itself is another matter, and rounding may put a point on its other side
        x = x[(np.abs(x[:, None] - ends) > 1e-12 * (1.0 + np.abs(ends))).all(axis=1)]
    return np.unique(x), jumps


def _formula(other: Activation, constants: tuple[Constant, ...]) -> str:
    """Return a·f(b·x + c) + d as it is typed, with what is nothing left out."""
    a, b, c, d = constants
    named = tuple((key, parse(repr(value))) for key, value in other.changed.items())
    inner = tidied(folded(substitute(parse("b*x + c"), {"b": b.tree, "c": c.tree})))
    call = Call(other.name, (inner,), named)
    outer = substitute(parse("a*y + d"), {"a": a.tree, "d": d.tree, "y": Name("y")})
    return to_text(substitute(tidied(folded(outer)), {"y": call}))
