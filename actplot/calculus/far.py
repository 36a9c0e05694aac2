"""What is seen far out of a formula that waves or steps: at chosen points it may seem to have a limit, and has none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.calculus.differentiate import lowered
from actplot.calculus.enclosing import SPANS
from actplot.calculus.pieces import WIDEST
from actplot.calculus.spans import variable
from actplot.formula.evaluate import Program, compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Call, mentions_x, parts

if TYPE_CHECKING:
    from actplot.arrays import Array
    from actplot.calculus.values import Values
    from actplot.formula.nodes import Node

NEAR, FAR = (1e3, 1e5), (1e9, 1e12)  # scattered points lie between these; beyond, every float64 is a whole number
SCATTERED = 16
NEARER = 0.8  # from the first to the second, what falls as slowly as 1/log(x) comes nearer by half
WINDOWS = (1e4, 1e8, 1e12)
WIDTH = 1.001
MANY = 20.0  # a wave or steps over so much, from end to end, come back; over less there are a few
HUGE = 1e300  # bounds as large leave float64


def returns(tree: Node) -> bool:
    """Say whether something in a formula may take the same values again and again."""
    calls = [part for part in parts(lowered(tree)) if isinstance(part, Call) and mentions_x(part)]
    inner = [
        call.arguments[0] for call in calls if ELEMENTARY[call.function].shape == "wave" or call.function == "floor"
    ]
    ends = np.array([-WIDEST, 0.0, WIDEST])
    with np.errstate(all="ignore"):
        spans = Program(inner, SPANS)({"x": variable(ends[:-1], ends[1:])})
        wide = [np.nanmax(span.high, initial=0.0) - np.nanmin(span.low, initial=0.0) > MANY for span in spans]
    return any(wide)


def is_borne_out(end: float, values: Values, side: float, order: int) -> bool:
    """Say whether an end that f or a derivative is said to tend to at an infinity is one, between waves and steps too.

    Parameters
    ----------
    end
        What it is said to tend to.
    values
        The numbers of f.
    side
        -1 or 1.
    order
        That of the derivative, 0 for f itself.

    """
    if math.isnan(end) or not returns(values.tree(order)):
        return True
    if math.isinf(end):
        return _grows(values.tree(order), side, math.copysign(1.0, end))
    shares = np.arange(SCATTERED) * math.sqrt(2.0) % 1.0
    scattered: list[Array] = [np.array(side * low * (high / low) ** shares) for low, high in (NEAR, FAR)]
    near, far = (values(x, (order,))[0] for x in scattered)
    first, last = np.max(np.abs(near - end)), np.max(np.abs(far - end))
    return bool(last <= max(NEARER * first, math.ulp(end)))


def _grows(tree: Node, side: float, way: float) -> bool:
    """Say whether bounds on whole windows move ever farther away: what comes back between its waves has none."""
    low = np.array(WINDOWS)
    ends = np.sort([side * low, side * WIDTH * low], axis=0)
    with np.errstate(all="ignore"):
        span = compiled(tree, SPANS)({"x": variable(ends[0], ends[1])})
    bounds = np.broadcast_to(span.low if way > 0 else -span.high, (3, low.size))[0]
    return bool(np.all(bounds > 0) and np.all((np.diff(bounds) > 0) | (bounds[1:] > HUGE)))
