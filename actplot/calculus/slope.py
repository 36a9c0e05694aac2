"""The derivative of an activation as an activation of its own, so that f'' is its slope."""

from __future__ import annotations

from dataclasses import replace

from actplot._lazy import numpy as np
from actplot.activation import Activation
from actplot.calculus.custom import FormulaActivation, from_tree
from actplot.calculus.differentiate import derivative, substitute
from actplot.formula.nodes import Node
from actplot.kinks import Kink


def slope_tree(activation: Activation) -> Node:
    """Return f' as a formula in x and the parameters alone."""
    declaration = activation.declaration
    if not declaration.derivative_text:  # a typed formula declares none
        return derivative(declaration.formula)
    return substitute(declaration.derivative, {"f": declaration.formula})


def derived(activation: Activation) -> FormulaActivation:
    """Return x -> (f'(x), f''(x)), with the kinks of f'."""
    slope = from_tree(slope_tree(activation), activation.values, f"{activation.title}′")
    known = {kink.x for kink in slope.kinks}
    # Where f' has no value it has no slope either, even if both sides agree (as for a step).
    more = [kink.x for kink in activation.kinks if kink.x not in known]
    curvature = slope(np.array(more), "right")[1].tolist() if more else []
    added = [Kink(x, bend, bend) for x, bend in zip(more, curvature, strict=True)]
    kinks = sorted((*slope.kinks, *added), key=lambda kink: kink.x)
    return replace(slope, breaks=replace(slope.breaks, kinks=tuple(kinks)))
