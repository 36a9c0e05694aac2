"""Give an activation's parameters their values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from actplot.activations.declaration import Declaration
from actplot.errors import UsageError
from actplot.formula.scalar import condition_holds, evaluate_float
from actplot.functions.activation import Activation
from actplot.words.arguments import number


class ParameterError(UsageError):
    """A parameter that a function does not have."""

    def __init__(self, message: str, parameter: str) -> None:
        """Take the message, and the parameter as it was spelled."""
        super().__init__(message)
        self.parameter = parameter


def bind(declaration: Declaration, given: Mapping[str, float], notes: tuple[str, ...] = ()) -> Activation:
    """Give the parameters values, by their names here or in a framework.

    Raises
    ------
    UsageError
        For a parameter that the activation does not have or that is given twice, or a value outside its bounds.

    """
    name = declaration.name
    named: dict[str, float] = {}
    for spelled, value in given.items():
        key = declaration.key(spelled)
        if key is None:
            known = ", ".join(declaration.parameters)
            hint = f"it has {known}" if known else "it takes none"
            raise ParameterError(f"{name} has no parameter '{spelled}'; {hint}", spelled)
        if key in named:
            raise UsageError(f"{name}: {spelled} is another name of {key}; give one of them")
        found = number(value, f"{name}: {spelled}")
        if key in declaration.defaults and found == declaration.parameters[key] == math.inf:
            continue  # a threshold that is off stays off
        if not math.isfinite(found):
            raise UsageError(f"{name}: {spelled}={found:g} is out of bounds; it must be a finite number")
        named[key] = found + 0.0  # equal values make equal activations: there is one zero
    known_values = {key: value for key, value in declaration.parameters.items() if key not in declaration.defaults}
    values = {**known_values, **named}
    for key, tree in declaration.default_trees.items():
        if key not in named:
            values[key] = evaluate_float(tree, values)
    values = {key: values[key] for key in declaration.parameters}
    for text, condition in zip(declaration.bounds, declaration.conditions, strict=True):
        if not condition_holds(condition, values):
            at = ", ".join(f"{key}={values[key]:g}" for key in values if key in text)
            raise UsageError(f"{name}: {at} is out of bounds; {text} must hold")
    return Activation(declaration, values, notes=notes)
