"""The errors of an implementation over x, under f and f'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.functions.activation import Activation
from actplot.implementations.counted import COLUMNS
from actplot.implementations.measure import Measured
from actplot.implementations.report import Findings, sentences

if TYPE_CHECKING:
    from actplot.arrays import Array

Known = Sequence[tuple[Findings, Measured]]

LEAST = 2.0**-4  # units; a logarithm has no 0
MOST = 1e12  # what is infinite or lost altogether stands at the top
EACH = 2  # sentences of each format


def picture(spec: str, against: Activation, all_findings: Sequence[Findings], title: str | None = None) -> Graph | None:
    """Return f and f' with the largest error in each column below; None where nothing was measured."""
    known = [(each, each.measured) for each in all_findings if each.measured]
    if not known:
        return None
    low, high = known[0][1].shown
    x = np.linspace(low, high, 2 * COLUMNS + 1)[1::2]
    exact = against(x)
    panels = [_curve("f", against.title, "f(x)", x, exact[0], known), _errors("f", x, known)]
    if any(measured.slope for _, measured in known):
        panels += [_curve("df", "Derivative", "f′(x)", x, exact[1], known), _errors("df", x, known)]
    told = [line for each, _ in known for line in sentences(each)[:EACH]]
    return Graph(title or f"{spec} and {against.title}", [against] * (1 + len(known)), panels, told)


def _curve(key: str, title: str, label: str, x: Array, exact: Array, known: Known) -> GraphPanel:
    """Return the exact curve, and over it what came in each format."""
    series = [Series.of(0, "exact", x, line=exact)]
    for index, (findings, measured) in enumerate(known, start=1):
        counted = measured.value if key == "f" else measured.slope
        if counted is not None:
            series.append(Series.of(index, findings.format.name, x, line=counted.heights))
    return GraphPanel(key, title, "x", label, series)


def _errors(quantity: str, x: Array, known: Known) -> GraphPanel:
    series = []
    for index, (findings, measured) in enumerate(known, start=1):
        counted = measured.value if quantity == "f" else measured.slope
        if counted is not None:
            heights = np.clip(counted.columns, LEAST, MOST)
            heights[np.isnan(counted.heights)] = np.nan
            series.append(Series.of(index, findings.format.name, x, line=heights))
    name = "f" if quantity == "f" else "f′"
    return GraphPanel(f"{quantity}-error", f"Error of {name}", "x", "ULP", series, log=True)
