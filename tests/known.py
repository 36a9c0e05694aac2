"""What many tests ask of the same functions, computed once in a process."""

from __future__ import annotations

from functools import cache

from actplot.facts import facts
from actplot.facts.record import Facts
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_spec

_FACTS: dict[tuple[str, tuple[tuple[str, float], ...]], Facts] = {}


@cache
def facts_of(spec: str) -> Facts:
    """Return the facts of a name or a formula."""
    return known_facts(parse_spec(spec))


def known_facts(activation: Activation) -> Facts:
    """Return the facts of an activation, as ``facts`` does."""
    key = activation.name, tuple(activation.values.items())
    if key not in _FACTS:
        _FACTS[key] = facts(activation)
    return _FACTS[key]
