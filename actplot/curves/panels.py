"""The panels of a picture, whoever draws it: f, f', f'' and the differences of several functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from actplot.arrays import numpy as np
from actplot.curves.curve import Curve, Dot, Line
from actplot.functions import called, trained
from actplot.functions.activation import Activation
from actplot.functions.called import has_slope
from actplot.functions.naming import either, labels, primed, swept_parameter, titles
from actplot.words.languages import say

if TYPE_CHECKING:
    from actplot.arrays import Array

Quantity = Literal["f", "df", "gradient", "d2f", "difference"]

Poles = Mapping[float, tuple[float, float]]  # where a curve grows without bound, and its limits on both sides
Drawn = tuple[Line, Sequence[Dot], "Array", Poles]  # a line, its circles, what it should reach, and where it can't

_APART = ("gradient", "difference")  # what never shares a panel with f
_PRIMES = {"f": "", "df": "′", "gradient": "", "d2f": "″", "difference": ""}


@dataclass(frozen=True)
class Content:
    """Which panels a picture has beside f: f', f'', and each function minus the first.

    ``second`` has a curve for each function, whose slope is f''; ``difference`` has one for each but the first. Where
    they are empty the panel is left out.
    """

    derivative: bool = False
    second: Sequence[Curve] = ()
    difference: Sequence[Curve] = ()


@dataclass(frozen=True)
class Track:
    """What one curve puts into one panel.

    ``key`` names it in an SVG, ``index`` is its place among the curves, ``heights`` are what the panel should reach,
    ``quantity`` is what it shows, which in a panel of several is not that of the panel, and ``poles`` are where it
    grows without bound.
    """

    key: str
    index: int
    title: str
    line: Line
    dots: Sequence[Dot]
    heights: Array
    quantity: Quantity = "f"
    poles: Poles = field(default_factory=dict)

    @property
    def apart(self) -> list[int]:
        """The indices of the points of the line that nothing joins to a neighbour."""
        known = np.concatenate([[False], np.isfinite(self.line[1]), [False]])
        return list(np.flatnonzero(known[1:-1] & ~known[:-2] & ~known[2:]).tolist())


@dataclass(frozen=True)
class Panel:
    """One panel: which quantity it shows, the curves in it, and what is to be said of it where its name misleads."""

    quantity: Quantity
    tracks: Sequence[Track]
    words: str = ""

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What its curves show, each once."""
        return tuple(dict.fromkeys(track.quantity for track in self.tracks)) or (self.quantity,)

    @property
    def primes(self) -> str:
        """The marks that say which derivative this is."""
        return _PRIMES[self.quantity]


def panels(curves: Sequence[Curve], content: Content) -> list[Panel]:
    """Return the panels from top to bottom."""
    keys = _keys(curves)
    shown_as = labels([curve.activation for curve in curves])
    gradients = {index: curve.gradient for index, curve in enumerate(curves) if curve.gradient}
    shown: list[tuple[Quantity, Mapping[int, Drawn]]] = [
        ("f", {index: _f(curve) for index, curve in enumerate(curves)})
    ]
    if content.derivative:
        slopes = {
            index: _df(curve)
            for index, curve in enumerate(curves)
            if index not in gradients and has_slope(curve.activation)
        }
        taken = {index: _f(curve) for index, curve in gradients.items()}
        shown += [("df", slopes), ("gradient", taken)]
    if content.second:
        shown.append(("d2f", {index: _df(bend) for index, bend in enumerate(content.second)}))
    built: list[Panel] = []
    for quantity, drawn in shown:
        tracks = [
            Track(f"{quantity}-{keys[index]}", index, shown_as[index], line, dots, heights, quantity, poles)
            for index, (line, dots, heights, poles) in drawn.items()
        ]
        if tracks:
            built.append(Panel(quantity, tracks, _words(quantity, [curves[t.index].activation for t in tracks])))
    lost = called.without_slope([curve.activation for curve in curves])
    if lost and content.derivative:
        built[0] = replace(built[0], words="; ".join([built[0].words, *lost]))
    if content.difference:
        named = titles([curve.activation for curve in curves])
        tracks = [
            Track(
                f"difference-{keys[index]}",
                index,
                f"{named[index]} − {named[0]}",
                line,
                dots,
                heights,
                "difference",
                poles,
            )
            for index, (line, dots, heights, poles) in enumerate(map(_f, content.difference), start=1)
        ]
        built.append(Panel("difference", tracks))
    return built


def _f(curve: Curve) -> Drawn:
    return curve.f_line, curve.f_dots, curve.f_heights, curve.poles(0)


def _df(curve: Curve) -> Drawn:
    return curve.df_line, curve.df_dots, curve.df_heights, curve.poles(1)


def _words(quantity: Quantity, activations: Sequence[Activation]) -> str:
    """Return what is to be said of a panel whose name misleads, or whose values nobody vouches for."""
    if quantity == "gradient":
        return either(sorted({trained.words(each) for each in activations}))
    said = {"f": called.caveats, "df": called.slope_caveats}.get(quantity)
    words = list(said(activations)) if said else []
    if quantity == "df" and any(each.dtype != "float64" for each in activations):
        words.append(say().rounded_slope)
    return "; ".join(words)


def together(shown: Sequence[Panel], curves: Sequence[Curve]) -> list[Panel]:
    """Return the panels with f and its derivatives in one; differences and gradients of training keep theirs."""
    activations = [curve.activation for curve in curves]
    swept = swept_parameter(activations) is not None
    merged = []
    for panel in shown:
        for track in panel.tracks if panel.quantity not in _APART else ():
            letter = f"f{panel.primes}"
            alone = f"{letter}, {track.title}" if swept else primed(activations[track.index], panel.primes)
            merged.append(replace(track, title=alone if len(curves) > 1 else letter))
    words = "; ".join(panel.words for panel in shown if panel.words and panel.quantity not in _APART)
    return [Panel("f", merged, words), *(panel for panel in shown if panel.quantity in _APART)]


def _keys(curves: Sequence[Curve]) -> list[str]:
    """Return a name for each curve, numbered from the second of a name on."""
    seen: Counter[str] = Counter()
    keys = []
    for curve in curves:
        name = _plain(curve.activation.name)
        seen[name] += 1
        keys.append(f"{name}-{seen[name]}" if seen[name] > 1 else name)
    return keys


def _plain(name: str) -> str:
    """Return a name that may stand in an id: a formula's signs become underscores."""
    return "".join(c if c.isalnum() or c in "_-." else "_" for c in name)
