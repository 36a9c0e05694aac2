"""What ``actplot signal`` shows: the panels, and the sentences under them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.curves.graphs import Graph, GraphPanel, Series
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.functions.naming import labels
from actplot.networks.cells import CELLS
from actplot.networks.depth import Flow, flows, time_flows
from actplot.networks.weights import scheme
from actplot.words.numbers import rounded
from actplot.words.quoting import shorten

if TYPE_CHECKING:
    from actplot.arrays import Array

WIDE = 30.0  # a signal whose largest value is more than so many times its least one is shown by its logarithm
SAME = 0.01  # a change that is smaller is told as none


def depth_graph(
    activations: Sequence[Activation], init: str, width: int, depth: int, seeds: int, seed: int, title: str | None
) -> Graph:
    """Return signal and gradient over the layers of deep networks."""
    schemes = [scheme(init, activation) for activation in activations]
    found = flows(activations, schemes, width, depth, seeds, seed)
    named = labels(activations)
    layers = np.arange(depth + 1.0)
    where = f"over {depth} layer{'s'[: depth > 1]}"
    sentences = [_told(name, rule.words, where, flow) for name, rule, flow in zip(named, schemes, found, strict=True)]
    words = {rule.words for rule in schemes}
    ran = f"{seeds} network{'s'[: seeds > 1]} {width} wide"
    return Graph(
        title or f"Size of the signal, {words.pop() if len(words) == 1 else f'--init {init}'}",
        activations,
        flow_panels(named, layers, found, "layer"),
        [*sentences, f"Lines: mean field theory. Dots and bands: {ran}, root mean square and range."],
    )


def time_graph(
    activations: Sequence[Activation],
    init: str,
    kind: str,
    sizes: tuple[int, int],
    seeds: int,
    seed: int,
    title: str | None,
) -> Graph:
    """Return signal and gradient over the steps of recurrent networks of so many units and steps."""
    if kind not in CELLS:
        raise UsageError(f"--cell: '{shorten(kind)}' is none; choose one of {', '.join(CELLS)}")
    schemes = [scheme(init, activation) for activation in activations]
    found = time_flows(activations, schemes, kind, sizes, seeds, seed)
    named, steps = labels(activations), np.arange(1.0, sizes[1] + 1)
    told = [
        _told(name, rule.words, f"over {sizes[1]} steps", flow)
        for name, rule, flow in zip(named, schemes, found, strict=True)
    ]
    cell = {"rnn": "RNN", "birnn": "BiRNN"}.get(kind, f"{kind.upper()}, gates logistic")
    shown = (
        f"Lines and bands: {seeds} networks of {sizes[0]} units that read normal inputs, root mean square and range."
    )
    return Graph(
        title or f"Size of the state, {cell}", activations, flow_panels(named, steps, found, "step"), [*told, shown]
    )


def flow_panels(named: Sequence[str], x: Array, found: Sequence[Flow], over: str) -> list[GraphPanel]:
    """Return the panels of root mean squares: the signal above, the gradient below."""

    def panel(key: str, title: str, label: str, log: bool) -> GraphPanel:
        parts = [(getattr(flow, key), getattr(flow, f"{key}s"), flow.in_theory) for flow in found]
        series = [_series(index, named[index], x, *part) for index, part in enumerate(parts)]
        return GraphPanel(key, title, over, label, series, log)

    sizes = np.concatenate([flow.signals.ravel() for flow in found] + [flow.signal for flow in found])
    sizes = sizes[np.isfinite(sizes) & (sizes > 0.0)]
    is_wide = bool(sizes.size) and math.sqrt(sizes.max() / sizes.min()) > WIDE
    last = f"Size of the gradient, 1 at the last {over}"
    return [
        panel("signal", "Size of the signal", "root mean square", is_wide),
        panel("gradient", last, "root mean square", True),
    ]


def _series(index: int, name: str, x: Array, said: Array, runs: Array, in_theory: bool) -> Series:
    with np.errstate(all="ignore"):
        low, high = (np.sqrt(part) for part in (runs.min(axis=0), runs.max(axis=0)))
        dots = np.sqrt(runs.mean(axis=0)) if in_theory else None
        return Series.of(index, name, x, line=np.sqrt(said), dots=dots, band=(low, high))


def _told(name: str, init: str, where: str, flow: Flow) -> str:
    """Return what happens to the gradient and the signal, by theory and in networks."""
    with np.errstate(all="ignore"):
        gradient, signal = math.sqrt(flow.gradient[0]), math.sqrt(flow.signal[-1])
        runs = np.sqrt(flow.gradients[:, 0])
    if gradient == 0.0:
        return f"{name} passes no gradient: its slope is 0 wherever it has one, and nothing below it learns."
    text = f"{name} with {init}: {changed('gradients', gradient)} {where}"
    if np.isfinite(runs).all():
        text += f" ({short(runs.min())} to {short(runs.max())} in {len(runs)} network{'s'[: len(runs) > 1]})"
    end = short(signal) if math.isfinite(signal) else "what is no number"
    text += f", the signal goes from {short(math.sqrt(flow.signal[0]))} to {end}"
    return "; ".join([text, *_lost(flow)]) + "."


def changed(what: str, factor: float) -> str:
    """Return how many times larger or smaller something becomes."""
    if not math.isfinite(factor):
        return f"{what} leave float64"
    if abs(factor - 1.0) < SAME:
        return f"{what} keep their size"
    return f"{what} shrink to {short(factor)}" if factor < 1.0 else f"{what} grow {short(factor)}-fold"


def short(value: float) -> str:
    """Return a factor in two or three digits, an exponent without zeros in front."""
    return re.sub(r"e([-+])0?", r"e\1", rounded(float(value), 2 if not 1.0 <= value < 1e5 else 3)).replace("e+", "e")


def _lost(flow: Flow) -> Iterator[str]:
    """Yield where the signal is no ordinary number any more."""
    broken = ~np.isfinite(flow.signals)
    if broken.any():
        first = int(np.argmax(broken.any(axis=0)))
        yield f"it is not finite from layer {first} on in {int(broken.any(axis=1).sum())} of {len(broken)} networks"
    elif not np.isfinite(flow.signal).all():
        yield f"by theory it is not finite from layer {int(np.argmin(np.isfinite(flow.signal)))} on"
