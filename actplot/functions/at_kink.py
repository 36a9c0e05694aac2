"""The rules that give f' a value where it does not exist."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from actplot.calculus.seams import Kink
from actplot.errors import UsageError
from actplot.words.arguments import choice

Rule: TypeAlias = Callable[[Kink], float]


def _as_in(framework: str) -> Rule:
    def rule(kink: Kink) -> float:
        try:
            return kink.frameworks[framework]
        except KeyError as problem:
            known = ", ".join(kink.frameworks) or "none"
            part = problem.args[0]  # of the formula; the framework itself where nothing is known of the whole
            why = "" if part == framework else f" because of {part}"
            raise UsageError(
                f"what {framework} takes for f' at x = {kink.x:g} is not known{why}; use undefined, left, right or mid "
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


_SHORT = {"pytorch": "torch", "tf": "tensorflow", "keras": "tensorflow"}


def find_rule(name: str) -> Rule:
    """Return the rule of a name.

    Raises
    ------
    UsageError
        Where there is none of that name.

    """
    return AT_KINK[choice(_SHORT.get(name, name) if isinstance(name, str) else name, AT_KINK, "rule at kinks")]
