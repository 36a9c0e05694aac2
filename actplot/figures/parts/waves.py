"""Ticks of waves at multiples of π, where they turn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from actplot.curves.curve import Curve
from actplot.figures.appearance.sizes import size_of
from actplot.figures.parts.layout import panel_size
from actplot.formula.nodes import Call, Node, names_in, parts
from actplot.formula.scalar import evaluate_float
from actplot.functions.activation import Activation
from actplot.functions.called import is_called

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WAVES = ("sin", "cos")
MOST_TICKS = 9
WIDEST = 3.0  # of the font size, from one label to the next
FINEST = 12  # a wave's frequency is a multiple of one over it, or it turns elsewhere
LONGEST = 64  # times π; farther out numbers are told


def tick_x(axes: Axes, curves: Sequence[Curve]) -> None:
    """Tick the x axis at multiples of π for waves alone that are seen over a period, as usual for others."""
    from matplotlib.ticker import MultipleLocator

    from actplot.figures.parts.ticks import Apart, set_ticks

    low, high = axes.get_xlim()
    width, _ = panel_size(axes)
    size = size_of("xtick.labelsize")
    most = min(MOST_TICKS, width / (WIDEST * size))
    steps = (part for part in (0.5, 1, 2, 4, 8, 16) if (high - low) / (part * math.pi) <= most)
    waves = 2 * math.pi <= high - low and max(abs(low), abs(high)) <= LONGEST * math.pi
    step = next(steps, None) if waves and all(_is_wave(curve.activation) for curve in curves) else None
    if step:
        axes.xaxis.set_major_locator(MultipleLocator(step * math.pi))
        axes.xaxis.set_major_formatter(_multiple)
    elif not isinstance(axes.xaxis.get_major_locator(), Apart):  # of a wave that was drawn in these panels before
        set_ticks(axes)


def _multiple(value: float, position: float = 0.0) -> str:
    """Return a multiple of π/2 as people write it."""
    halves = round(2 * value / math.pi)
    count, below = (abs(halves), "/2") if halves % 2 else (abs(halves) // 2, "")
    return ("−" if halves < 0 else "") + f"{count if count > 1 else ''}π{below}" if halves else "0"


def _is_wave(activation: Activation) -> bool:
    """Say whether a formula has sines and cosines, and all of them turn at multiples of π."""
    found = [] if is_called(activation) else list(_frequencies(activation.tree))
    return bool(found) and all(each and math.isclose(each * FINEST, round(each * FINEST)) for each in found)


def _frequencies(tree: Node) -> Iterator[float]:
    """Yield the frequency of each sine and cosine of x; 0 for what is no multiple of x but for a shift."""
    for node in parts(tree):
        if isinstance(node, Call) and node.function in WAVES and "x" in names_in(node):
            try:
                at = [evaluate_float(node.arguments[0], {"x": x}) for x in (0.0, 1.0, 2.0)]
            except (ArithmeticError, ValueError):
                at = [0.0, 0.0, 0.0]
            yield at[1] - at[0] if at[0] == 0.0 and math.isclose(at[2], 2 * at[1]) else 0.0
