"""Signal and gradient layer by layer: by mean field theory, and in random networks that are run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.errors import UsageError
from actplot.functions.activation import Activation
from actplot.moments.gaussian import Means
from actplot.networks.cells import CELLS
from actplot.networks.fast import Pair
from actplot.networks.weights import Scheme

if TYPE_CHECKING:
    from actplot.arrays import Array

MOST_BYTES = 1e9
MOST_SECONDS = 3600.0
PER_WEIGHT = 2.5e-8  # seconds, to draw a weight and to use it both ways


@dataclass(frozen=True)
class Flow:
    """Mean squares layer by layer, the gradient's as a part of that at the last layer.

    Attributes
    ----------
    signal, gradient
        By theory, or the means of networks where there is none; shape (depth + 1,).
    signals, gradients
        Of networks, shape (seeds, depth + 1).
    in_theory
        Whether there is a theory.

    """

    signal: Array
    gradient: Array
    signals: Array
    gradients: Array
    in_theory: bool = True


def check_work(kept: float, seconds: float, what: str) -> None:
    """Refuse what takes more than a gigabyte or an hour.

    Raises
    ------
    UsageError
        With the number, and what to lower.

    """
    if kept > MOST_BYTES:
        raise UsageError(f"that takes {kept / 1e9:,.1f} GB of memory, and 1 is allowed; lower {what}")
    if seconds > MOST_SECONDS:
        raise UsageError(f"that takes about {seconds / 3600:,.1f} hours, and 1 is allowed; lower {what}")


def theory(activation: Activation, scheme: Scheme, width: int, depth: int) -> tuple[Array, Array]:
    """Return the variance of pre-activations at each layer, and the gradient's mean square beside the last one's."""
    means = Means(activation, as_learned=True)
    weight, bias = scheme.variances(width, width)
    signal, factors = [scheme.start], []
    for _ in range(depth):
        found = means.at(signal[-1])
        factors.append(width * weight * found.slope_square)
        signal.append(width * weight * found.square + bias)
    with np.errstate(all="ignore"):
        gradient = np.append(np.cumprod(factors[::-1])[::-1], 1.0)
    return np.array(signal), gradient


def flows(
    activations: Sequence[Activation], schemes: Sequence[Scheme], width: int, depth: int, seeds: int, seed: int
) -> list[Flow]:
    """Return what theory says and what random networks do; the same draws serve every function.

    Raises
    ------
    UsageError
        Where it would take more than a gigabyte or an hour.

    """
    weights = float(width) * width * depth
    check_work(8 * weights, PER_WEIGHT * weights * seeds * (1 + len(activations)) / 2, "--width, --depth or --seeds")
    pairs = [Pair(activation) for activation in activations]
    found = np.full((len(pairs), seeds, 2, depth + 1), np.nan)
    with np.errstate(all="ignore"):
        for number in range(seeds):
            source = np.random.default_rng([seed, number])
            draws = [
                Scheme("", lambda inputs, outputs: (1 / inputs, 1.0)).draw(source, width, width) for _ in range(depth)
            ]
            shifts = source.standard_normal((depth, width))
            ends = source.standard_normal((2, width))
            for place, (pair, scheme) in enumerate(zip(pairs, schemes, strict=True)):
                variances = scheme.variances(width, width)
                scale, shift = math.sqrt(width * variances[0]), math.sqrt(variances[1])
                found[place, number] = _run(
                    pair, [ends[0] * math.sqrt(scheme.start), ends[1]], draws, scale, shift * shifts
                )
    expected = [theory(a, scheme, width, depth) for a, scheme in zip(activations, schemes, strict=True)]
    return [Flow(*said, each[:, 0], each[:, 1]) for said, each in zip(expected, found, strict=True)]


def _run(pair: Pair, ends: Sequence[Array], draws: Sequence[Array], scale: float, shifts: Array) -> Array:
    """Return the mean squares of pre-activations and of gradients in one network, shape (2, depth + 1)."""
    passed = [ends[0]]
    for weights, shift in zip(draws, shifts, strict=True):
        passed.append(pair.f(passed[-1]) @ weights * scale + shift)
    back = [ends[1]]
    for weights, z in zip(reversed(draws), reversed(passed[:-1]), strict=True):
        back.append(weights @ back[-1] * scale * pair.df(z))
    sizes = [(part * part).mean() for part in back]
    return np.array([[(z * z).mean() for z in passed], (np.array(sizes) / sizes[0])[::-1]])


def time_flows(
    activations: Sequence[Activation],
    schemes: Sequence[Scheme],
    kind: str,
    sizes: tuple[int, int],
    seeds: int,
    seed: int,
) -> list[Flow]:
    """Return the sizes of states step by step, and of the gradient of the last one by each, of recurrent networks.

    Inputs are normal; ``sizes`` are units, which are as many as inputs, and steps. Of cells that read both ways it is
    the one that reads forwards.

    Raises
    ------
    UsageError
        Where it would take more than a gigabyte or an hour.

    """
    width, steps = sizes
    weights = 2.0 * width * width * CELLS[kind].memory * 4
    work = PER_WEIGHT * weights * seeds * len(activations) * (1 + steps / 10)
    check_work(8 * weights + 200.0 * steps * width, work, "--width, --steps or --seeds")
    found = np.full((len(activations), seeds, 2, steps), np.nan)
    with np.errstate(all="ignore"):
        for place, (activation, scheme) in enumerate(zip(activations, schemes, strict=True)):
            cell = CELLS[kind](Pair(activation), width)
            for number in range(seeds):
                source = np.random.default_rng([seed, number])
                x = source.standard_normal((steps, 1, 1, width))
                given = np.zeros((steps, 1, 1, cell.outputs))
                given[-1, ..., :width] = source.standard_normal(width)
                w = cell.draw(scheme, [source], width)
                outputs, run = cell.forward(w, x)
                passed = cell.backward(w, run, given)[2]
                squares = [(part[..., :width] ** 2).mean(axis=(1, 2, 3)) for part in (outputs, passed)]
                found[place, number] = squares[0], squares[1] / squares[1][-1]
        means = found.mean(axis=1)
    return [
        Flow(mean[0], mean[1], each[:, 0], each[:, 1], in_theory=False) for mean, each in zip(means, found, strict=True)
    ]
