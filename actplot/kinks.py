"""Points where f' does not exist, and the rules that give it a value there all the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from actplot.errors import UsageError


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
