"""What one layer makes of a variance and of the correlation of two inputs: the maps of mean field theory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.functions.activation import Activation
from actplot.functions.naming import labels
from actplot.moments.gaussian import Means
from actplot.networks.fast import Pair
from actplot.networks.weights import Scheme, scheme
from actplot.words.numbers import rounded

if TYPE_CHECKING:
    from actplot.arrays import Array

POINTS = 81
FINE = 2000  # among which fixed points are looked for
WIDTH = 256  # of layers whose rule depends on it
STEP = 0.05  # standard deviations between the points of a mean over two inputs
REACH = 8.0


def map_graph(activations: Sequence[Activation], init: str, title: str | None) -> Graph:
    """Return the maps q → q′ and c → c′, each with the line on which nothing changes."""
    named, schemes = labels(activations), [scheme(init, activation) for activation in activations]
    found = [Means(activation, as_learned=True) for activation in activations]
    rules = [_rule(means, rule) for means, rule in zip(found, schemes, strict=True)]
    fixed = [_fixed(means, rule) for means, rule in zip(found, rules, strict=True)]
    top = max([2.0, *(1.5 * q for each in fixed for q in each or ())])
    q, c = np.linspace(0.0, top, POINTS), np.linspace(0.0, 1.0, POINTS)
    variances, correlations, sentences = [], [], []
    for index, (means, rule, points) in enumerate(zip(found, rules, fixed, strict=True)):
        line = np.array([np.nan, *(_next(means, rule, value) for value in q[1:])])
        near = np.array([np.abs(q - point).argmin() for point in points or ()], dtype=int)
        dots = np.full(POINTS, np.nan)
        dots[near] = line[near]
        variances.append(Series.of(index, named[index], q, line=line, dots=dots))
        at = min(points or (), key=lambda point: abs(math.log(point)), default=1.0)
        correlations.append(Series.of(index, named[index], c, line=correlation_map(activations[index], rule, at, c)))
        factor = rounded(rule[0] * means.at(at).slope_square, 4)
        sentences.append(
            f"{named[index]} with {schemes[index].words}: {_kept(points)}; at q = {rounded(at, 4)} a layer "
            f"multiplies squared gradients by {factor}."
        )
    same = len(activations)
    panels = [
        GraphPanel("variance", "Variance", "q", "q′", [*variances, Series.of(same, "unchanged", q, line=q)]),
        GraphPanel(
            "correlation",
            "Correlation of two inputs",
            "c",
            "c′",
            [*correlations, Series.of(same, "unchanged", c, line=c)],
        ),
    ]
    return Graph(title or "Variance from layer to layer", activations, panels, sentences)


def _kept(points: Sequence[float] | None) -> str:
    if points is None:
        return "any variance stays"
    shown = " and ".join(rounded(point, 4) for point in points)
    return f"the variance {shown} stays" if points else "no variance above 0 stays"


def _rule(means: Means, rule: Scheme) -> tuple[float, float]:
    weight, bias = rule.variances(WIDTH, WIDTH)
    return WIDTH * weight, bias


def _next(means: Means, rule: tuple[float, float], q: float) -> float:
    return rule[0] * means.at(q).square + rule[1]


def _fixed(means: Means, rule: tuple[float, float]) -> list[float] | None:
    """Return the variances that stay as they are, from a thousandth to a thousand; None where all do."""
    q = np.geomspace(1e-3, 1e3, FINE // 10)
    gaps = np.array([_next(means, rule, value) - value for value in q])
    if np.all(np.abs(gaps) <= 1e-9 * q):
        return None
    found = []
    for (low, below), (high, above) in pairwise(zip(q.tolist(), gaps.tolist(), strict=True)):
        if below * above > 0.0 or not math.isfinite(below + above):
            continue
        for _ in range(60):
            middle = (low + high) / 2
            same = (_next(means, rule, middle) - middle > 0.0) == (below > 0.0)
            low, high = (middle, high) if same else (low, middle)
        found.append((low + high) / 2)
    return found


def correlation_map(activation: Activation, rule: tuple[float, float], q: float, c: Array) -> Array:
    """Return the correlation of two pre-activations after a layer, for each correlation before it, at variance q.

    It is a sum over a grid of two normal variables, right to about four digits.
    """
    pair = Pair(activation)
    z = np.arange(-REACH, REACH + STEP / 2, STEP) + STEP / 3  # of two kinks at 0 none lies on the grid
    weights = np.exp(-0.5 * z * z)
    weights /= weights.sum()
    with np.errstate(all="ignore"):
        f = pair.f(math.sqrt(q) * z)
        shared = []
        for each in c.tolist():
            other = pair.f(math.sqrt(q) * (each * z[:, None] + math.sqrt(1 - each * each) * z))
            shared.append(float((weights * f) @ (other @ weights)))
        return np.asarray((rule[0] * np.array(shared) + rule[1]) / (rule[0] * float(weights @ (f * f)) + rule[1]))
