"""Points where f' does not exist, and the rules that give it a value there all the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from actplot.errors import UsageError

if TYPE_CHECKING:
    from actplot.calculus.values import Values
    from actplot.formula.nodes import Node


@dataclass(frozen=True)
class Kink:
    """A point where f' does not exist.

    Attributes
    ----------
    x
        The point.
    left, right
        The limits of f' on either side.
    jump
        The limits of f on either side, where f jumps.
    frameworks
        What f' is there in a framework, by its name, as far as that is known.

    """

    x: float
    left: float
    right: float
    jump: tuple[float, float] | None = None
    frameworks: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Hole:
    """A point where f is undefined, and what f and f' tend to there from both sides."""

    x: float
    value: float
    slope: float


@dataclass(frozen=True)
class Seam:
    """A point at which pieces of a function meet: a kink, a hole, or a smooth passage.

    ``slope`` is f' at a smooth passage, which neither piece need give by itself.
    """

    x: float
    kink: Kink | None = None
    slope: float | None = None
    hole: Hole | None = None


def seams_at(
    exact: Values, places: Sequence[Node], frameworks: Sequence[Mapping[str, float]] | None = None
) -> tuple[Seam, ...]:
    """Return what happens at points that are given as formulas without x, in the order of x.

    Infinite places are left out, and of several that coincide all but one.
    """
    found: dict[float, Seam] = {}
    for place, known in zip(places, frameworks or [{}] * len(places), strict=True):
        meeting = exact.meeting(place)
        if meeting is None or meeting.x in found:
            continue
        x, at, (below, above), (left, right) = meeting
        torn = below != above and not (math.isnan(below) or math.isnan(above))
        if not torn and math.isnan(left) and math.isnan(right):
            continue  # no precision tells what happens here
        if at is not None and not math.isfinite(at) and (math.isnan(below) or math.isnan(above)):
            found[x] = Seam(x, slope=math.nan)  # a domain ends here, without a value
            continue
        if torn or left != right:
            found[x] = Seam(x, Kink(x, left, right, (below, above) if torn else None, known))
        elif at is None or at == below:
            found[x] = Seam(x, slope=left)
        elif not math.isnan(at):
            found[x] = Seam(x, slope=math.nan)  # a value apart from both limits
        elif math.isfinite(below) and math.isfinite(left):
            found[x] = Seam(x, hole=Hole(x, below, left))
    return tuple(found[x] for x in sorted(found))


Rule: TypeAlias = Callable[[Kink], float]


def _as_in(framework: str) -> Rule:
    def rule(kink: Kink) -> float:
        try:
            return kink.frameworks[framework]
        except KeyError:
            known = ", ".join(kink.frameworks) or "none"
            raise UsageError(
                f"what {framework} takes for f' at x = {kink.x:g} is not known; use undefined, left, right or mid "
                f"(known here: {known})"
            ) from None

    return rule


FRAMEWORKS = ("torch", "tensorflow", "jax")

AT_KINK: dict[str, Rule] = {
    "undefined": lambda kink: math.nan,
    "left": lambda kink: kink.left,
    "right": lambda kink: kink.right,
    "mid": lambda kink: kink.left + (kink.right - kink.left) / 2,
    **{framework: _as_in(framework) for framework in FRAMEWORKS},
}


def find_rule(name: str) -> Rule:
    """Return the rule of a name.

    Raises
    ------
    UsageError
        Where there is none of that name.

    """
    try:
        return AT_KINK[name]
    except KeyError:
        raise UsageError(f"no rule at kinks named '{name[:60]}'; choose one of {', '.join(AT_KINK)}") from None
