"""Waves: functions that oscillate, for signals and periodic data."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from actplot._lazy import numpy as np
from actplot.activations._stable import fine_product, horner, pieces
from actplot.declaration import activation

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair


JUDGED = (-50.0, 50.0)  # farther out a wave is steeper in x than float64 is fine


@activation(
    "sin(x)",
    "cos(x)",
    title="Sin",
    symbol=r"\sin",
    range=(-7, 7),
    judged=JUDGED,
    source="Lapedes & Farber 1987; Sitzmann, Martel, Bergman, Lindell & Wetzstein 2020",
)
def sin(x: Array) -> Pair:
    """A pure wave; networks of it represent sounds, images and the solutions of differential equations."""
    with np.errstate(invalid="ignore"):  # there is no limit at infinity
        return np.sin(x), np.cos(x)


@activation(
    "cos(x)",
    "-sin(x)",
    title="Cos",
    symbol=r"\cos",
    range=(-7, 7),
    judged=JUDGED,
    source="Rahimi & Recht 2007",
)
def cos(x: Array) -> Pair:
    """The even wave, the feature of random Fourier features."""
    with np.errstate(invalid="ignore"):  # there is no limit at infinity
        return np.cos(x), -np.sin(x)


@activation(
    "sin(x)/x if x != 0 else 1",
    "(cos(x) - sin(x)/x)/x if x != 0 else 0",
    title="Sinc",
    range=(-15, 15),
    judged=JUDGED,
    source="Elwasif & Fausett 1996",
)
def sinc(x: Array) -> Pair:
    """A wave that fades: 1 at zero, where its formula is 0/0, and zero at every other multiple of π."""
    return pieces(x, (-1.5, 1.5), _sinc_away, _sinc_near, _sinc_away)


def _sinc_near(x: Array) -> Pair:
    square = x * x
    return horner(square, _SINC), x * horner(square, _SINC_SLOPE)


def _sinc_away(x: Array) -> Pair:
    held = np.clip(x, -1e300, 1e300)  # a wave has no limit at infinity, its quotient by x has
    value = np.sin(held) / x
    return value, (np.cos(held) - value) / x


# Maclaurin's series in x²: (-1)ⁿ/(2n + 1)! and, for the slope over x, its derivative.
_SINC = [(-1) ** n / math.factorial(2 * n + 1) for n in range(13)]
_SINC_SLOPE = [(-1) ** n * 2 * n / math.factorial(2 * n + 1) for n in range(1, 14)]


@activation(
    "x + sin(a*x)**2/a",
    "1 + sin(2*a*x)",
    title="Snake",
    bounds=("a > 0",),
    range=(-6, 6),
    judged=JUDGED,
    source="Ziyin, Hartwig & Ueda 2020",
)
def snake(x: Array, *, a: float = 1.0) -> Pair:
    """The identity with a ripple, which lets a network go on with a period beyond its data."""
    endless = np.isinf(x)  # there f has a limit, its slope has none
    phase = a * np.where(endless, np.nan, np.clip(x, -1e300, 1e300))
    wave, double = np.sin(phase), np.sin(2.0 * phase)
    square = wave * wave
    ripple, slope = square, double
    if math.frexp(a)[0] != 0.5:  # the phase is rounded, unless a is a power of two
        error = np.where(np.abs(x) < 1e9, fine_product(np.clip(x, -1e9, 1e9), a)[1], 0.0)
        ripple, slope = square + error * double, double + 2.0 * error * (1.0 - 2.0 * square)
    return x + np.where(endless, 0.0, ripple if a == 1.0 else ripple / a), 1.0 + slope


@activation(
    "x*cos(x)",
    "cos(x) - x*sin(x)",
    title="GCU",
    range=(-8, 8),
    judged=JUDGED,
    source="Noel, Arunkumar, Trivedi & Dutta 2021",
)
def gcu(x: Array) -> Pair:
    """The growing cosine unit: with its many zeros, one neuron can learn XOR."""
    with np.errstate(invalid="ignore"):  # there is no limit at infinity
        wave = np.cos(x)
        return x * wave, wave - x * np.sin(x)
