"""The facts about an activation, as a record."""

from __future__ import annotations

import math
from dataclasses import dataclass

from actplot.calculus.seams import Hole
from actplot.facts.ranges import Interval, Point

CENTRED = 1e-3  # a mean output as small leaves the next layer centred


@dataclass(frozen=True)
class Facts:
    """Facts about an activation with its parameters.

    Attributes
    ----------
    lowest, highest
        Infimum and supremum of f, None where they are not known, or f is undefined everywhere; ``x`` is infinite, or
        that of a hole, where they are approached and not taken.
    image
        The values that f takes, from below: intervals with the gaps between them.
    filled
        Whether f takes all of them; else its values lie within.
    left_limit, right_limit
        Of f at -inf and inf; None where there is none.
    left_tail, right_tail
        What f does there, in a word of `actplot.tails.KINDS`.
    steepest
        The largest |f'|, with its sign; infinite values and places as above. Of equal slopes it is a positive one.
        None where it is not known, or f has no slope.
    steepest_on
        The ends of an interval on which f' is as large, equal for a point.
    steepest_ends
        Whether it is known that the interval ends there.
    holes
        Where f has no value though it tends to one.
    zeros
        Points and intervals (equal ends for points) on which f is 0.
    minima, maxima
        Turning points of f.
    zeros_are, extrema_are
        ``all`` of them, or left out: ``endless``, as is seen on samples, or ``unknown``.
    monotone
        ``increasing``, ``non-decreasing``, ``decreasing``, ``non-increasing`` or ``no``.
    symmetry
        ``odd``, ``even`` or ``neither``.
    mean
        Of f(x) where x is a standard normal variable; None where f has none, or it is beyond float64.
    saturates
        The sides (``left``, ``right``) on which f tends to a finite limit.
    vanishing
        The sides on which f' tends to 0, so that gradients can vanish.
    dead
        The sides on which f' is exactly 0 from some point on, so that units can die.
    smoothness
        ``pole``, ``jump``, ``kink``, ``C¹``, ``C²`` or ``smooth``.
    proved
        The facts that follow from enclosures of f and its derivatives over all of float64; the others are seen on
        samples, in part at least.
    searched
        The stretches inside which every break is found.

    """

    lowest: Point | None
    highest: Point | None
    image: tuple[Interval, ...]
    filled: bool
    left_limit: float | None
    right_limit: float | None
    left_tail: str
    right_tail: str
    steepest: Point | None
    steepest_on: tuple[float, float] | None
    steepest_ends: bool
    holes: tuple[Hole, ...]
    zeros: tuple[tuple[float, float], ...]
    minima: tuple[Point, ...]
    maxima: tuple[Point, ...]
    zeros_are: str
    extrema_are: str
    monotone: str
    symmetry: str
    mean: float | None
    saturates: tuple[str, ...]
    vanishing: tuple[str, ...]
    dead: tuple[str, ...]
    smoothness: str
    proved: tuple[str, ...]
    searched: tuple[tuple[float, float], ...]

    @property
    def zero_centred(self) -> bool:
        """Whether the outputs average 0 for standard normal input."""
        return self.mean is not None and abs(self.mean) < CENTRED

    @property
    def bounded(self) -> bool | None:
        """Whether all values lie between two numbers; None where that is not known."""
        if any(end and math.isinf(end.value) for end in (self.lowest, self.highest)):
            return False
        if not self.image:
            return False
        bounds = [end for part in self.image for end in (part.low, part.high)]
        return all(map(math.isfinite, bounds)) or None

    @property
    def wave(self) -> bool:
        """Whether f turns without end."""
        return self.extrema_are == "endless"
