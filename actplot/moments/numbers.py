"""What a function does to a normal signal and its gradient, in numbers and in words: the lines of ``info --signal``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from actplot.curves.marks import SATURATED
from actplot.functions.activation import Activation
from actplot.moments.critical import LARGEST, Critical, critical
from actplot.moments.gaussian import Means, Moments
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
AGREE = 1e-9


@dataclass(frozen=True)
class Numbers:
    """What is known for standard normal input; ``lacks`` says why f and f′ have no mean square, where they have none.

    The gains make the mean square of a signal, of a gradient, or the variance of a signal 1.
    """

    moments: Moments
    lacks: tuple[str | None, str | None]
    torch_gain: float | None
    dead: float
    saturated: float
    critical: Critical | None

    @property
    def gains(self) -> dict[str, float | None]:
        """The factors on weights of variance 1/n, None where there is none."""
        means = self.moments
        of = {"forward": means.square, "backward": means.slope_square, "normalising": means.square - means.mean**2}
        return {name: 1 / math.sqrt(square) if 0.0 < square < math.inf else None for name, square in of.items()}


def numbers(activation: Activation) -> Numbers:
    """Return what a function does to standard normal input."""
    means = Means(activation)
    lacks = means.lacks(0), means.lacks(1)
    known = TORCH_GAINS.get(activation.name)
    undefined = lacks[0] is not None and not math.isfinite(means.at(1.0).mean)
    return Numbers(
        moments=means.at(1.0),
        lacks=lacks,
        torch_gain=known(activation) if known else None,
        dead=math.nan if undefined else means.share(0.0),
        saturated=math.nan if undefined else means.share(SATURATED),
        critical=None if any(lacks) else critical(means),
    )


def lines(found: Numbers) -> dict[str, str]:
    """Return the numbers in words, a labelled line each."""
    means, (no_f, no_slope), gains = found.moments, found.lacks, found.gains
    forward, backward = (_gain(gains[name]) for name in ("forward", "backward"))
    signal = no_f or f"E[f] = {_number(means.mean)}, E[f²] = {_number(means.square)}"
    gradient = no_slope or f"E[f′] = {_number(means.slope)}, E[f′²] = {_number(means.slope_square)}"
    named = [f"{forward} forward, 1/√E[f²]", f"{backward} backward, 1/√E[f′²]", _torch(found)]
    shares = f"{found.dead:.3%} dead (f′ = 0), {found.saturated:.3%} saturated (|f′| < {SATURATED:g})"
    return {
        "for x ~ N(0, 1)": f"{signal}\n{gradient}",
        "gains": "\n".join(named),
        "1/std of f": _gain(gains["normalising"]),
        "units": "unknown" if math.isnan(found.dead) else shares.replace(".000%", "%"),
        "critical": no_f or no_slope or _critical(found.critical),
    }


def record(found: Numbers) -> dict[str, object]:
    """Return the numbers for JSON."""
    known = found.critical
    return {
        **{name: value if math.isfinite(value) else None for name, value in asdict(found.moments).items()},
        "gains": found.gains | {"torch": found.torch_gain},
        "dead": None if math.isnan(found.dead) else found.dead,
        "saturated": None if math.isnan(found.saturated) else found.saturated,
        "critical": asdict(known) | {"stable": known.stable} if known else None,
        "reasons": {"f": found.lacks[0], "df": found.lacks[1]},
    }


def _number(value: float) -> str:
    return rounded(0.0 if abs(value) < 1e-15 else value, DIGITS)


def _gain(value: float | None) -> str:
    return "none" if value is None else _number(value)


def _torch(found: Numbers) -> str:
    if found.torch_gain is None:
        return "torch's calculate_gain has none for it"
    forward = found.gains["forward"]
    same = forward is not None and math.isclose(forward, found.torch_gain, rel_tol=AGREE)
    return f"{told(found.torch_gain, 6)} in torch's calculate_gain{', the same' if same else ', which is another'}"


def _critical(known: Critical | None) -> str:
    if known is None:
        return f"none with q* up to {LARGEST:g}: the variance of the biases would be negative"
    text = f"σ_w² = {_number(known.weight)}, σ_b² = {_number(known.bias)}"
    if known.everywhere:
        return f"{text}: any q stays as it is"
    text += f" at q* = {_number(known.q)}"
    if known.marginal:
        return f"{text}: stable for no {'smaller' if known.q > 1.0 else 'larger'} q*"
    if known.stable:
        return f"{text}: stable, a change of q shrinks to {rounded(abs(known.pull))} of itself in a layer"
    return f"{text}: unstable, a change of q grows {rounded(abs(known.pull))}-fold in a layer"
