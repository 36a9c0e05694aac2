"""Facts that are shown are computed; here they are held against values, and against what the literature says."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import actplot
from actplot.describe import fact_lines, information_json
from actplot.facts import Facts, facts
from actplot.specs import parse_spec

NAMES = actplot.names()
EVERY = pytest.mark.parametrize("name", NAMES)
FACTS: dict[str, Facts] = {}


def of(name: str) -> Facts:
    """Compute the facts of a name once for all tests."""
    if name not in FACTS:
        FACTS[name] = facts(parse_spec(name))
    return FACTS[name]


@pytest.fixture(scope="module")
def sampled() -> np.ndarray:
    generator = np.random.default_rng(7)
    return np.concatenate([generator.uniform(-50, 50, 20_000), generator.normal(0, 2, 20_000)])


@EVERY
def test_no_value_lies_outside_the_range(name: str, sampled: np.ndarray) -> None:
    f, df = actplot.get(name)(sampled, "right")
    found = of(name)
    slack = 1e-12 * max([1.0, *(abs(v) for v in (found.lowest.value, found.highest.value) if math.isfinite(v))])
    assert f.min() >= found.lowest.value - slack
    assert f.max() <= found.highest.value + slack
    assert np.abs(df).max() <= abs(found.steepest.value) * (1 + 1e-12)


@EVERY
def test_extremes_are_taken_where_they_are_said_to_be(name: str) -> None:
    activation, found = actplot.get(name), of(name)
    for point in (found.lowest, found.highest, *found.minima, *found.maxima):
        if math.isfinite(point.x):
            assert float(activation(point.x)[0]) == point.value
    if math.isfinite(found.steepest.x):
        sides = [slope for kink in activation.kinks if kink.x == found.steepest.x for slope in (kink.left, kink.right)]
        assert found.steepest.value in (*sides, float(activation(found.steepest.x, "right")[1]))


@EVERY
def test_turning_points_turn(name: str) -> None:
    activation, found = actplot.get(name), of(name)
    for points, sign in ((found.minima, 1), (found.maxima, -1)):
        for point in points:
            beside = activation(np.array([point.x - 1e-3, point.x + 1e-3]))[0]
            assert np.all(sign * (beside - point.value) > 0)


@EVERY
def test_zeros_are_zeros(name: str) -> None:
    activation = actplot.get(name)
    for low, high in of(name).zeros:
        low, high = max(low, -40.0), min(high, 40.0)
        if low < high:
            inside = np.linspace(low, high, 33)[1:-1]
            assert np.all(activation(inside)[0] == 0)
        else:
            assert abs(float(activation(low)[0])) < 1e-12


@EVERY
def test_monotone_and_symmetry_hold_on_samples(name: str, sampled: np.ndarray) -> None:
    activation, found = actplot.get(name), of(name)
    x = np.sort(sampled)
    f = activation(x)[0]
    slack = 4 * np.spacing(np.abs(f[1:]))
    steps = np.diff(f)
    if found.monotone in ("increasing", "non-decreasing"):
        assert np.all(steps >= -slack)
    elif found.monotone in ("decreasing", "non-increasing"):
        assert np.all(steps <= slack)
    else:
        assert np.any(steps > slack)
        assert np.any(steps < -slack)
    x = np.abs(x[x != 0])
    sign = {"odd": -1.0, "even": 1.0}.get(found.symmetry)
    if sign is not None:
        np.testing.assert_allclose(activation(-x)[0], sign * activation(x)[0], rtol=1e-12, atol=1e-300)
    else:
        assert not np.allclose(activation(-x)[0], activation(x)[0])
        assert not np.allclose(activation(-x)[0], -activation(x)[0])


@EVERY
def test_tails_are_as_described(name: str) -> None:
    activation, found = actplot.get(name), of(name)
    far = {"left": -1e5, "right": 1e5}
    for side, x in far.items():
        f, df = (float(part) for part in activation(x))
        limit = found.left_limit if side == "left" else found.right_limit
        if side in found.saturates:
            assert f == pytest.approx(limit, abs=2e-5)
        if side in found.vanishing:
            assert abs(df) < 0.005
        if side in found.dead:
            assert df == 0
            assert side in found.vanishing


@EVERY
def test_smoothness_is_where_difference_quotients_break(name: str) -> None:
    activation, found = actplot.get(name), of(name)
    assert (found.smoothness == "jump") == any(kink.jump for kink in activation.kinks)
    assert (found.smoothness in ("jump", "kink")) == bool(activation.kinks)
    if found.smoothness in ("C²", "smooth"):
        x = np.linspace(-6, 6, 24_001) + 1e-5
        bends = np.diff(activation(x)[1]) / np.diff(x)
        assert np.max(np.abs(np.diff(bends))) < 0.02 * max(1.0, np.max(np.abs(bends))), "f'' is continuous"


@pytest.mark.parametrize(
    ("name", "smoothness"),
    [
        ("step", "jump"),
        ("relu", "kink"),
        ("elu", "C¹"),
        ("elu:alpha=0.5", "kink"),
        ("celu:alpha=0.5", "C¹"),
        ("relu2", "C¹"),
        ("softsign", "C¹"),
        ("sqnl", "C¹"),
        ("isrlu", "C²"),
        ("gelu", "smooth"),
        ("sinc", "smooth"),
        ("x*abs(x)", "C¹"),
        ("x**2*abs(x)", "C²"),
    ],
)
def test_smoothness_known_from_the_calculus(name: str, smoothness: str) -> None:
    assert of(name).smoothness == smoothness


def test_facts_known_from_the_literature() -> None:
    assert of("sigmoid").steepest == actplot.features.Point(0.0, 0.25)
    assert of("sigmoid").vanishing == ("left", "right")
    assert of("relu").dead == ("left",)
    assert of("leaky_relu").dead == ()
    assert of("tanh").zero_centred
    assert not of("relu").zero_centred
    assert of("relu").mean == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-6)
    assert abs(of("selu").mean) < 1e-6, "SELU's constants were chosen so"
    assert of("mish").lowest.value == pytest.approx(-0.30884, abs=1e-5)
    assert of("silu").steepest.value == pytest.approx(1.09984, abs=1e-5)
    assert of("gelu").lowest.value == pytest.approx(-0.16997, abs=1e-5)
    assert of("sin").wave
    assert math.isinf(of("gaussian").lowest.x), "it tends to 0 and underflows to it, but is never 0"
    assert math.isinf(of("erf").highest.x)
    assert of("gaussian").zeros == ()
    assert of("softplus").monotone == "increasing"
    assert of("hard_tanh").monotone == "non-decreasing"


@EVERY
def test_the_page_and_the_json_tell_the_same(name: str) -> None:
    activation = actplot.get(name)
    lines = fact_lines(activation)
    record = json.loads(information_json(activation), parse_constant=lambda word: pytest.fail(word))
    assert record["formula"] == lines["f(x)"]
    assert record["facts"]["monotone"] == lines["monotone"]
    assert len(record["kinks"]) == len(activation.kinks)
    assert all(lines.values())
