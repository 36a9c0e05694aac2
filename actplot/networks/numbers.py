"""What a function does to a normal signal and its gradient, in numbers and in words: the lines of ``info --signal``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from actplot.curves.marks import SATURATED
from actplot.functions.activation import Activation
from actplot.networks.gaussian import Means
from actplot.networks.theory import LARGEST, critical
from actplot.words.closed_forms import told
from actplot.words.numbers import rounded

DIGITS = 10
# What torch.nn.init.calculate_gain returns, for those of its names that are functions; it refuses all others.
TORCH_GAINS: Mapping[str, Callable[[Activation], float]] = {
    "identity": lambda activation: 1.0,
    "sigmoid": lambda activation: 1.0,
    "tanh": lambda activation: 5 / 3,
    "relu": lambda activation: math.sqrt(2.0),
    "leaky_relu": lambda activation: math.sqrt(2.0 / (1.0 + float(activation(-1.0)[0]) ** 2)),
    "selu": lambda activation: 0.75,
}


def numbers(activation: Activation) -> dict[str, Any]:
    """Return what a function does to standard normal input, ready for JSON; None for what there is not.

    These are the means of f, f², f′ and f′²; gains, the factors on weights of variance 1/n that make 1 the mean square
    of a signal, that of a gradient and the variance of a signal, and torch's; shares of dead and of saturated units;
    the critical initialisation; and the reasons why f or f′ has no mean square.
    """
    means = Means(activation)
    lacks, found = (means.lacks(0), means.lacks(1)), means.at(1.0)
    squares = {"forward": found.square, "backward": found.slope_square, "normalising": found.square - found.mean**2}
    gains = {name: 1 / math.sqrt(square) if 0.0 < square < math.inf else None for name, square in squares.items()}
    torch, known = TORCH_GAINS.get(activation.name), None if any(lacks) else critical(means)
    is_unknown = lacks[0] is not None and not math.isfinite(found.mean)
    return {
        **{name: value if math.isfinite(value) else None for name, value in asdict(found).items()},
        "gains": {**gains, "torch": torch(activation) if torch else None},
        "dead": None if is_unknown else means.share(0.0),
        "saturated": None if is_unknown else means.share(SATURATED),
        "critical": asdict(known) | {"stable": known.stable} if known else None,
        "reasons": {"f": lacks[0], "df": lacks[1]},
    }


def lines(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the numbers in words, a labelled line each."""
    (no_f, no_slope), gains = found["reasons"].values(), found["gains"]
    signal = no_f or f"E[f] = {_number(found['mean'])}, E[f²] = {_number(found['square'])}"
    gradient = no_slope or f"E[f′] = {_number(found['slope'])}, E[f′²] = {_number(found['slope_square'])}"
    ours = f"{_number(gains['forward'])} forward, 1/√E[f²]\n{_number(gains['backward'])} backward, 1/√E[f′²]"
    if gains["torch"] is None:
        theirs = "torch's calculate_gain has none for it"
    else:
        same = gains["forward"] is not None and math.isclose(gains["forward"], gains["torch"])
        theirs = f"{told(gains['torch'], 6)} in torch's calculate_gain, {'the same' if same else 'which is another'}"
    units = "unknown"
    if found["dead"] is not None:
        units = f"{found['dead']:.3%} dead (f′ = 0), {found['saturated']:.3%} saturated (|f′| < {SATURATED:g})"
    return {
        "for x ~ N(0, 1)": f"{signal}\n{gradient}",
        "gains": f"{ours}\n{theirs}",
        "1/std of f": _number(gains["normalising"]),
        "units": units.replace(".000%", "%"),
        "critical": no_f or no_slope or _critical(found["critical"]),
    }


def _number(value: float | None) -> str:
    return "none" if value is None else rounded(0.0 if abs(value) < 1e-15 else value, DIGITS)


def _critical(known: Mapping[str, Any] | None) -> str:
    if known is None:
        return f"none with q* up to {LARGEST:g}: the variance of the biases would be negative"
    text = f"σ_w² = {_number(known['weight'])}, σ_b² = {_number(known['bias'])}"
    if known["everywhere"]:
        return f"{text}: any q stays as it is"
    text += f" at q* = {_number(known['q'])}"
    if known["marginal"]:
        return f"{text}: stable for no {'smaller' if known['q'] > 1.0 else 'larger'} q*"
    pull = rounded(abs(known["pull"]))
    if known["stable"]:
        return f"{text}: stable, a change of q shrinks to {pull} of itself in a layer"
    return f"{text}: unstable, a change of q grows {pull}-fold in a layer"
