"""What ``actplot signal`` shows: the panels, and the sentences under them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.console.warned import without_warnings
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.functions.activation import Activation
from actplot.functions.naming import labels
from actplot.networks.cells import CELLS, Pair
from actplot.networks.flow import Deep, Flow, Recurrent, flows
from actplot.networks.gaussian import Means
from actplot.networks.theory import correlations, fixed
from actplot.networks.weights import Scheme, scheme
from actplot.words.languages import say
from actplot.words.numbers import rounded

if TYPE_CHECKING:
    from actplot.arrays import Array

WIDE = 30.0  # a signal whose largest value is more than so many times its least one is shown by its logarithm
SAME = 0.01  # a change that is smaller is told as none
POINTS = 81  # of a map
WIDTH = 256  # of its layers, where a rule depends on it


def signal_graph(
    network: Deep | Recurrent, activations: Sequence[Activation], init: str, seeds: int, seed: int, title: str | None
) -> Graph:
    """Return signal and gradient from place to place: the layers of deep networks, or the steps of recurrent ones.

    Raises
    ------
    UsageError
        For an init that a function does not have, and for what would take too much.

    """
    rules = [scheme(init, activation) for activation in activations]
    found = flows(network, activations, rules, seeds, seed)

    def graph() -> Graph:
        said, named = say(), labels(activations)
        ran = counted(seeds, said.network, said.networks)
        if isinstance(network, Deep):
            what, place, over = said.signal_size, said.layer, counted(network.depth, said.layer, said.layers)
            words = {rule.says() for rule in rules}
            heading = f"{what}, {words.pop() if len(words) == 1 else f'--init {init}'}"
        else:
            what, place, over = said.state_size, said.step, counted(network.steps, said.step, said.steps)
            heading = f"{what}, {cell_name(network.kind)}"
        shown = said.shown_theory if found[0].in_theory else said.shown_networks
        told = [_told(*each, network.places, place, over) for each in zip(named, rules, found, strict=True)]
        told.append(shown.format(networks=ran, width=network.width))
        panels = flow_panels(named, network.places, found, what, place)
        return Graph(title or heading, activations, panels, told, graph)

    return graph()


def cell_name(kind: str) -> str:
    """Return what a cell is called."""
    name = kind.upper().replace("BI", "Bi")
    return say().gates.format(cell=name) if CELLS[kind].parts > 1 else name


def counted(number: int, one: str, many: str) -> str:
    """Return a number of things in words."""
    return f"1 {one}" if number == 1 else many.format(count=number)


def flow_panels(named: Sequence[str], x: Array, found: Sequence[Flow], what: str, place: str) -> list[GraphPanel]:
    """Return the panels of root mean squares: the signal above, the gradient below."""
    signals: list[Series] = []
    gradients: list[Series] = []
    with np.errstate(all="ignore"):
        for index, flow in enumerate(found):
            for series, line, runs in (
                (signals, flow.signal, flow.signals),
                (gradients, flow.gradient, flow.gradients),
            ):
                dots = np.sqrt(runs.mean(axis=0)) if flow.in_theory else None
                band = np.sqrt(runs.min(axis=0)), np.sqrt(runs.max(axis=0))
                series.append(Series.of(index, named[index], x, line=np.sqrt(line), dots=dots, band=band))
    sizes = np.concatenate([each.heights for each in signals])
    sizes = sizes[np.isfinite(sizes) & (sizes > 0.0)]
    is_wide = bool(sizes.size) and bool(sizes.max() > WIDE * sizes.min())
    said = say()
    return [
        GraphPanel("signal", what, place, said.rms, signals, is_wide),
        GraphPanel("gradient", said.gradient_size.format(place=place), place, said.rms, gradients, log=True),
    ]


def _told(name: str, rule: Scheme, flow: Flow, places: Array, place: str, over: str) -> str:
    """Return what happens to the gradient and the signal, by theory and in networks."""
    said = say()
    with np.errstate(all="ignore"):
        gradient, first, last = (math.sqrt(part) for part in (flow.gradient[0], flow.signal[0], flow.signal[-1]))
        runs = np.sqrt(flow.gradients[:, 0])
    if gradient == 0.0:
        return said.passes_nothing.format(name=name)
    ran = ""
    if np.isfinite(runs).all():
        networks = counted(len(runs), said.network, said.networks)
        ran = said.in_networks.format(low=numeral(runs.min()), high=numeral(runs.max()), networks=networks)
    return said.flow.format(
        name=name,
        init=rule.says(),
        gradients=said.gradients_gone_by_theory if ran and not math.isfinite(gradient) else changed(gradient),
        places=over,
        runs=ran,
        first=numeral(first),
        last=numeral(last),
        lost=_lost(flow, places, place),
    )


def changed(factor: float) -> str:
    """Return how many times larger or smaller gradients become."""
    said = say()
    if not math.isfinite(factor):
        return said.gradients_gone
    if abs(factor - 1.0) < SAME:
        return said.gradients_kept
    return (said.gradients_shrunk if factor < 1.0 else said.gradients_grown).format(factor=numeral(factor))


def numeral(value: float) -> str:
    """Return a number in two or three digits, an exponent without zeros in front; or that it is none."""
    if not math.isfinite(value):
        return say().no_number
    if 1e3 <= value < 1e5:
        return f"{value:.0f}"
    return re.sub(r"e([-+])0?", r"e\1", rounded(float(value), 2 if not 1.0 <= value < 1e5 else 3)).replace("e+", "e")


def percent(share: float) -> str:
    """Return a share in percent, which is 100 for all alone."""
    return numeral(100 * float(share) if share == 1 else min(100 * float(share), 99.9))


def middle(values: Array, axis: int = 0) -> Array:
    """Return the median over networks, of those that are numbers."""
    with without_warnings():
        return np.asarray(np.nanmedian(np.where(np.isfinite(values), values, np.nan), axis=axis))


def _lost(flow: Flow, places: Array, place: str) -> str:
    """Return where the signal is no ordinary number any more, if there is such a place."""
    broken, unknown = ~np.isfinite(flow.signals), ~np.isfinite(flow.signal)
    if broken.any():
        first, counts = places[broken.any(axis=0)][0], {"count": int(broken.any(axis=1).sum()), "all": len(broken)}
        return say().lost_in.format(place=place, number=f"{first:g}", **counts)
    return say().lost_by_theory.format(place=place, number=f"{places[unknown][0]:g}") if unknown.any() else ""


def map_graph(activations: Sequence[Activation], init: str, title: str | None) -> Graph:
    """Return the maps of a layer, q → q′ of a variance and c → c′ of a correlation, with what stays as it is."""
    rules = [scheme(init, activation) for activation in activations]
    layers = [
        (Means(each, as_learned=True), *rule.scaled(WIDTH)) for each, rule in zip(activations, rules, strict=True)
    ]
    kept = [fixed(*layer) for layer in layers]
    at = [min(points or (1.0,), key=lambda point: abs(math.log(point))) for points in kept]
    top = max([2.0, *(1.5 * q for points in kept for q in points or ())])
    q, c = np.linspace(0.0, top, POINTS), np.linspace(0.0, 1.0, POINTS)
    above = [np.array([np.nan, *(weight * means.at(x).square + bias for x in q[1:])]) for means, weight, bias in layers]
    below = [
        correlations(Pair(each).f, *layer[1:], point, c)
        for each, layer, point in zip(activations, layers, at, strict=True)
    ]

    def graph() -> Graph:
        said, named = say(), labels(activations)
        upper, lower, told = [], [], []
        for index, name in enumerate(named):
            near = [int(np.abs(q - point).argmin()) for point in kept[index] or ()]
            dots = np.where(np.isin(np.arange(POINTS), near), above[index], np.nan)
            upper.append(Series.of(index, name, q, line=above[index], dots=dots))
            lower.append(Series.of(index, name, c, line=below[index]))
            stay = said.one_stays.format(q=" / ".join(rounded(point, 4) for point in kept[index] or ()))
            what = said.any_stays if kept[index] is None else stay if kept[index] else said.none_stays
            factor = layers[index][1] * layers[index][0].at(at[index]).slope_square
            words = {"kept": what, "q": rounded(at[index], 4), "factor": rounded(factor, 4)}
            told.append(said.map_told.format(name=name, init=rules[index].says(), **words))
        upper.append(Series.of(len(named), said.unchanged, q, line=q))
        lower.append(Series.of(len(named), said.unchanged, c, line=c))
        panels = [
            GraphPanel("variance", said.variance_map, "q", "q′", upper),
            GraphPanel("correlation", said.correlation_map, "c", "c′", lower),
        ]
        return Graph(title or said.variance_map, activations, panels, told, graph)

    return graph()
