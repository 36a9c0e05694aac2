"""Which named functions a function equals, or which it is nearest to: in sentences and as data."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.accuracy.sameness import ROUNDED, Relation, Relatives, identical, related
from actplot.accuracy.settings import at_other_values
from actplot.activations.declaration import DECLARATIONS
from actplot.arrays import numpy as np
from actplot.functions.activation import Activation
from actplot.functions.naming import listed
from actplot.functions.registry import get
from actplot.words.numbers import exact, rounded, strict

if TYPE_CHECKING:
    from actplot.arrays import Array

GRID = 1001
PROBES = 32
CLOSER = 40  # parts of the step around the largest difference


@dataclass(frozen=True)
class Nearest:
    """The function nearest to another over a range, with the largest difference and where it is."""

    name: str
    difference: float
    x: float
    range: tuple[float, float]


@dataclass(frozen=True)
class Kin:
    """What a function is the same as, plainest first, and what it is nearest to where it is nothing's."""

    title: str
    relations: tuple[Relation, ...]
    nearest: Nearest | None


def kin(activation: Activation, title: str) -> Kin:
    """Compare a function with all that have a name, at their defaults and at the values that a name stands for."""
    others = [get(name) for name in DECLARATIONS]
    others += [get(alias) for each in DECLARATIONS.values() for alias, values in each.aliases.items() if values]
    others = [each for each in others if (each.name, dict(each.values)) != (activation.name, dict(activation.values))]
    relations = Relatives(others).of(activation)
    relations += _outright(activation, [each for each in others if all(each is not it.activation for it in relations)])
    if not any(each.exact and each.activation.declaration.is_common for each in relations):
        known = {each.activation.name for each in relations if each.exact}
        relations += [each for each in at_other_values(activation) if _name(each) not in known]
    plain = {each.activation.name for each in relations if not each.activation.changed}
    chosen = [each for each in relations if each.exact or not each.activation.changed or _name(each) not in plain]
    chosen.sort(key=_plainness)
    return Kin(title, tuple(chosen), None if chosen else _nearest(activation, others))


def _plainness(relation: Relation) -> tuple[bool, bool, int, bool]:
    """Return what findings are told by: those that are exact, that frameworks have, that need no values."""
    activation = relation.activation
    if not relation.exact:
        return True, False, 0, _names_another(relation)
    return False, not activation.declaration.is_common, len(activation.changed), _names_another(relation)


def _name(relation: Relation) -> str:
    return relation.activation.name


def _names_another(relation: Relation) -> bool:
    return bool(relation.activation.declaration.same)


def _outright(activation: Activation, others: Sequence[Activation]) -> list[Relation]:
    """Return the functions that are this one with no scale and no shift, be they too steep or too long for prints."""
    x = np.linspace(*activation.declaration.range, PROBES)
    own = activation.exact.plain(x, (0,))[0]
    size = 1e-9 * (1.0 + float(np.max(np.abs(own), initial=0.0, where=np.isfinite(own))))
    near = [each for each in others if _gap(own, each.exact.plain(x, (0,))[0]).max() <= size]
    return [relation for each in near if (relation := identical(activation, each))]


def _nearest(activation: Activation, others: Sequence[Activation]) -> Nearest | None:
    """Return the function whose largest difference on the range is the least; values are compared as they are."""
    low, high = activation.declaration.range
    x = np.linspace(low, high, GRID)
    own = activation.exact.plain(x, (0,))[0]
    best: tuple[float, Activation, float] | None = None
    for other in others:
        gap = _gap(own, other.exact.plain(x, (0,))[0])
        if best is None or gap.max() < best[0]:
            best = float(gap.max()), other, float(x[gap.argmax()])
    if best is None or not math.isfinite(best[0]):
        return None
    _, other, at = best
    if _poles(activation, low, high) != _poles(other, low, high):
        return None  # beside a pole that one alone has they are as far apart as one likes
    step = (high - low) / (GRID - 1)
    x = np.unique(np.clip(np.append(at + step * np.linspace(-1.0, 1.0, 2 * CLOSER + 1), at), low, high))
    gap = _gap(*(each.exact(x, (0,), quick=True)[0] for each in (activation, other)))
    return Nearest(other.name, float(gap.max()), float(x[gap.argmax()]), (low, high))


def _poles(activation: Activation, low: float, high: float) -> set[float]:
    return {seam.x for seam in activation.seams_within(low, high) if seam.kind == "pole"}


def _gap(first: Array, second: Array) -> Array:
    """Return how far values are apart: nothing where both are missing, infinitely where one is."""
    with np.errstate(all="ignore"):
        gap = np.abs(first - second)
    alike = (first == second) | (np.isnan(first) & np.isnan(second))
    return np.where(alike, 0.0, np.where(np.isnan(gap), np.inf, gap))


def sentences(found: Kin) -> list[str]:
    """Return what was found, a sentence a finding."""
    if not found.relations:
        return [f"{found.title} is none of the named functions, not even up to scale and shift.", *_near(found)]
    exact: dict[str, list[str]] = {}
    for relation in found.relations:
        if relation.exact:
            exact.setdefault(certainty(relation), []).append(_with_values(relation))
    lines = [f"{found.title} is {listed(names)} exactly{seen}." for seen, names in exact.items()]
    others = [each for each in found.relations if not each.exact]
    told = [each for each in others if not _names_another(each)] or others[: not lines]
    for relation in told:
        words = f"{_with_values(relation)} {up_to(relation)}: {relation.formula}{certainty(relation)}"
        lines.append(f"{found.title} is {words}.")
    if names := [_with_values(each) for each in others if each not in told]:
        lines.append(f"Up to scale and shift it is also {listed(names)}.")
    return lines


def _near(found: Kin) -> list[str]:
    near = found.nearest
    if near is None:
        return []
    low, high = (rounded(end) for end in near.range)
    apart = f"at most {rounded(near.difference, 3)} apart, at x = {rounded(near.x)}"
    return [f"Nearest from {low} to {high} is {near.name}: {apart}."]


def _with_values(relation: Relation) -> str:
    values = ",".join(f"{key}={exact(value).removesuffix('.0')}" for key, value in relation.activation.changed.items())
    return f"{relation.activation.name}:{values}" if values else relation.activation.name


def up_to(relation: Relation) -> str:
    """Return in words what keeps two functions apart."""
    scaled = (relation.a.value, relation.b.value) != (1.0, 1.0)
    shifted = (relation.c.value, relation.d.value) != (0.0, 0.0)
    words = " and ".join(word for word, is_so in (("scale", scaled), ("shift", shifted)) if is_so)
    return f"up to {words}" if words else "exactly"


def certainty(relation: Relation) -> str:
    """Return what the finding rests on."""
    but = "".join(f", but for the value at x = {rounded(x)}" for x in relation.apart)
    if relation.proved:
        return f"{but}; proved, for the formula is the same"
    seen = f"no difference above {rounded(ROUNDED)} of the values" if relation.within == ROUNDED else "no difference"
    return f"{but}; {seen} at {relation.points} points"


def record(relation: Relation) -> dict[str, object]:
    """Return a finding as data."""
    numbers = {"a": relation.a, "b": relation.b, "c": relation.c, "d": relation.d}
    return {
        "name": relation.activation.name,
        "parameters": dict(relation.activation.values),
        "formula": relation.formula,
        **{key: {"value": each.value, "text": each.text} for key, each in numbers.items()},
        "exact": relation.exact,
        "proved": relation.proved,
        "points": relation.points,
        "within": relation.within,
        "other_value_at": list(relation.apart),
    }


def to_json(found: Kin) -> str:
    """Return everything that was found."""
    near = found.nearest
    data = {
        "function": found.title,
        "same": [record(relation) for relation in found.relations],
        "nearest": near and {"name": near.name, "difference": near.difference, "x": near.x, "range": list(near.range)},
    }
    return json.dumps(strict(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def declared(activation: Activation) -> Relation | None:
    """Return how a function is the one that its declaration names; None where it names none, or has other values."""
    same = activation.declaration.same
    return related(activation, get(same)) if same else None


def page_line(activation: Activation, relation: Relation | None) -> dict[str, str]:
    """Return the line of a page: what a function is the same as, or which others are the same as it."""
    if relation:
        formula = "" if relation.exact else f": {relation.formula}"
        words = f"{_name(relation)} {up_to(relation)}{formula}{certainty(relation)}"
    else:
        words = f"{listed(names)} up to scale and shift" if (names := followers(activation)) else ""
    return {"same as": words} if words else {}


def followers(activation: Activation) -> list[str]:
    """Return the functions whose declarations name this one."""
    return [] if activation.changed else [each.name for each in DECLARATIONS.values() if each.same == activation.name]
