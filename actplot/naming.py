"""What the curves of one picture or table are called, and what distinguishes them."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.activation import Activation
from actplot.letters import pretty

LEAST_SWEEP = 3  # values; two curves are told apart by name and colour as any two


def swept_parameter(activations: Sequence[Activation]) -> str | None:
    """Return the one parameter in which activations of one name differ, or None where that isn't all."""
    if len(activations) < LEAST_SWEEP or len({activation.name for activation in activations}) > 1:
        return None
    names = [name for name in activations[0].values if len({each.values[name] for each in activations}) > 1]
    return names[0] if len(names) == 1 else None


def labels(activations: Sequence[Activation]) -> list[str]:
    """Return a name for each curve: its title, or in a sweep the value of the parameter."""
    swept = swept_parameter(activations)
    if swept is None:
        return [activation.title for activation in activations]
    return [f"{pretty(swept)} = {activation.values[swept]:g}" for activation in activations]


def heading(activations: Sequence[Activation]) -> str:
    """Return a name for all curves together."""
    if swept_parameter(activations) is not None:
        return activations[0].declaration.title
    return ", ".join(dict.fromkeys(activation.title for activation in activations))
