"""What is called proved of a function holds wherever exact arithmetic looks."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from actplot.errors import UsageError
from actplot.facts import facts
from actplot.facts.record import Facts
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.registry import find
from tests.walking import DAY, EVERYTHING, PARTS, dense, share

SEEDS = range(share(20)) if EVERYTHING else [DAY // PARTS % 20]  # other ones whenever a function comes again
ULP = 2.3e-16


def drawn(name: str, seed: int) -> Activation:
    """Return the function with legal parameters from a thousandth to a thousand; its defaults where it has none."""
    declaration = find(name)
    rng = np.random.default_rng([seed, *name.encode()])
    for _ in range(1000):
        sizes = 10.0 ** rng.uniform(-3.0, 3.0, len(declaration.parameters))
        values = (sizes * rng.choice([-1.0, 1.0, 1.0], sizes.size)).round(4).tolist()
        try:
            return bind(declaration, dict(zip(declaration.parameters, values, strict=True)))
        except UsageError:
            continue
    raise AssertionError(f"{name}: no parameters are within the bounds")


def points(activation: Activation, found: Facts) -> np.ndarray:
    """Return points of every scale that the parameters set, dense about everything that was found."""
    rng = np.random.default_rng(11)
    sizes = [1.0, *(size for value in activation.values.values() if value for size in (abs(value), 1 / abs(value)))]
    places = [0.0, *(seam.x for seam in activation.seams), *(point.x for point in (*found.minima, *found.maxima))]
    places += [end for zero in found.zeros for end in zero if math.isfinite(end)]
    spread = [size * rng.normal(size=200) * 10.0 ** rng.uniform(-2, 2, 200) for size in sizes if math.isfinite(size)]
    about = [x + max(abs(x), 1.0) * rng.normal(size=40) * 10.0 ** rng.uniform(-12, 0, 40) for x in places[:40]]
    return np.unique(np.concatenate([*spread, *about, places]))


def sets() -> Iterator[tuple[str, int]]:
    for name in dense():
        yield from ((name, seed) for seed in (SEEDS if find(name).parameters else SEEDS[:1]))


@pytest.mark.parametrize(("name", "seed"), list(sets()))
def test_proved_facts_hold_wherever_exact_arithmetic_looks(name: str, seed: int) -> None:
    activation = drawn(name, seed)
    found = facts(activation)
    x = points(activation, found)
    f, df = activation(x)
    known = ~np.isnan(f)
    if "range" in found.proved:
        inside = np.zeros(x.shape, np.bool_)
        for part in found.image:
            inside |= (f >= part.low) & (f <= part.high)
        assert np.all(inside | ~known), activation.title
        for part in found.image:  # and it is no wider than the function
            for end in (part.low, part.high):
                assert not math.isfinite(end) or np.abs(f - end).min() <= 0.2 * max(abs(end), np.nanmax(np.abs(f)))
    if "monotone" in found.proved:
        with np.errstate(invalid="ignore"):  # between two infinities
            steps = np.nan_to_num(np.diff(f[known]))
        assert found.monotone not in ("increasing", "non-decreasing") or np.all(steps >= 0)
        assert found.monotone not in ("decreasing", "non-increasing") or np.all(steps <= 0)
        jumps = any(seam.kind == "jump" for seam in activation.seams)  # too small for samples to see, it may be
        assert found.monotone != "no" or jumps or (np.any(steps > 0) and np.any(steps < 0))
    if "zeros" in found.proved and not found.wave:
        told = [*found.zeros, *((seam.x, seam.x) for seam in activation.seams if seam.kind in ("jump", "pole"))]
        met = known & (f != 0)  # far out a value may underflow
        places, signs = x[met], np.sign(f[met])
        for at in np.flatnonzero(signs[:-1] != signs[1:]).tolist():
            assert any(low <= places[at + 1] and places[at] <= high for low, high in told)
        for low, high in found.zeros:
            if low == high and math.isfinite(low):
                around = activation([math.nextafter(low, -math.inf), low, math.nextafter(low, math.inf)])[0]
                assert around.min() <= 0 <= around.max() or np.nanmin(np.abs(around)) == 0
    if "extrema" in found.proved and not found.wave:
        for extrema, sign in ((found.minima, 1), (found.maxima, -1)):
            for point in extrema:
                step = 1e-4 * max(abs(point.x), 1e-3)
                beside = activation([point.x - step, point.x + step])[0]
                assert np.all(sign * (beside - point.value) >= 0)
    if "steepest" in found.proved and found.steepest is not None:
        assert np.nanmax(np.abs(df), initial=0.0) <= abs(found.steepest.value)
