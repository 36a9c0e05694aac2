"""What is shown beside f: the curves of f'' and of the differences, made before any panel is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actplot.curves.curve import Curve, resample
from actplot.curves.panels import Content


@dataclass(frozen=True)
class Wanted:
    """What is asked for beside f: f', f'', and each function minus the first."""

    derivative: bool = False
    second: bool = False
    difference: bool = False


def made(curves: Sequence[Curve], wanted: Wanted) -> Content:
    """Return what is wanted beside the curves, sampled where they are; one curve alone has no difference."""
    second: Sequence[Curve] = ()
    difference: Sequence[Curve] = ()
    if wanted.second:
        from actplot.functions.slope import derived

        free = [replace(curve, at_kink="undefined") for curve in curves]  # a rule at kinks is about f'
        second = [resample(curve, derived(curve.activation)) for curve in free]
    if wanted.difference:
        from actplot.functions import difference as differences

        first = curves[0].activation
        difference = [resample(curve, differences.difference(curve.activation, first)) for curve in curves[1:]]
    return Content(wanted.derivative, second, difference)
