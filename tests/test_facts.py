"""Facts that are shown are computed; here they are held against values, and against what the literature says."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from typer.testing import CliRunner

from actplot.cli.app import app
from actplot.curves.curve import sample_range
from actplot.curves.marks import features
from actplot.facts.ranges import Point
from actplot.facts.words import fact_lines
from actplot.functions.reading import parse_spec
from actplot.reference.page import information_json
from tests.known import facts_of as of
from tests.known import known_facts
from tests.walking import EVERYTHING, dense
from tests.walking import known as catalogued

MANY = 20_000 if EVERYTHING else 8_000  # of each kind of points
DENSE = pytest.mark.parametrize("name", dense())


@pytest.fixture(autouse=True)
def _computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make what is shown of facts that are computed once for all tests: to compute them takes a tenth of a second."""
    for name in ("actplot.facts.words.facts", "actplot.reference.page.facts"):
        monkeypatch.setattr(name, known_facts)


def known(point: Point | None) -> Point:
    assert point is not None
    return point


@pytest.fixture(scope="module")
def sampled() -> np.ndarray:
    generator = np.random.default_rng(7)
    return np.concatenate([generator.uniform(-50, 50, MANY), generator.normal(0, 2, MANY)])


UNKNOWN_SLOPES = {
    "expcos",
    "sinlu",
    "coslu",
}  # waves that swing ever less, or in one direction: no largest slope is told


@DENSE
def test_no_value_lies_outside_the_range(name: str, sampled: np.ndarray) -> None:
    f, df = catalogued(name)(sampled, "right")
    found = of(name)
    slack = 1e-12 * max(
        [1.0, *(abs(v) for v in (known(found.lowest).value, known(found.highest).value) if math.isfinite(v))]
    )
    assert f.min() >= known(found.lowest).value - slack
    assert f.max() <= known(found.highest).value + slack
    assert (found.steepest is None) == (name in UNKNOWN_SLOPES)
    assert found.steepest is None or np.abs(df).max() <= abs(found.steepest.value) * (1 + 1e-12)


@DENSE
def test_extremes_are_taken_where_they_are_said_to_be(name: str) -> None:
    activation, found = catalogued(name), of(name)
    for point in (known(found.lowest), known(found.highest), *found.minima, *found.maxima):
        if math.isfinite(point.x):
            assert float(activation(point.x)[0]) == point.value
    steepest = found.steepest
    if steepest is not None and math.isfinite(steepest.x):
        sides = [slope for kink in activation.kinks if kink.x == steepest.x for slope in (kink.left, kink.right)]
        assert steepest.value in (*sides, float(activation(steepest.x, "right")[1]))


@DENSE
def test_turning_points_turn(name: str) -> None:
    activation, found = catalogued(name), of(name)
    for points, sign in ((found.minima, 1), (found.maxima, -1)):
        for point in points:
            beside = activation(np.array([point.x - 1e-3, point.x + 1e-3]))[0]
            assert np.all(sign * (beside - point.value) > 0)


@DENSE
def test_zeros_are_zeros(name: str) -> None:
    activation = catalogued(name)
    for low, high in of(name).zeros:
        low, high = max(low, -40.0), min(high, 40.0)
        if low < high:
            inside = np.linspace(low, high, 33)[1:-1]
            assert np.all(activation(inside)[0] == 0)
        else:
            assert abs(float(activation(low)[0])) < 1e-12


@DENSE
def test_monotone_and_symmetry_hold_on_samples(name: str, sampled: np.ndarray) -> None:
    activation, found = catalogued(name), of(name)
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
        assert activation(0.0)[0] != 0 or not np.allclose(activation(-x)[0], -activation(x)[0])


@DENSE
def test_tails_are_as_described(name: str) -> None:
    activation, found = catalogued(name), of(name)
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


@DENSE
def test_smoothness_is_where_difference_quotients_break(name: str) -> None:
    activation, found = catalogued(name), of(name)
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
    assert of("sigmoid").steepest == Point(0.0, 0.25)
    assert of("sigmoid").vanishing == ("left", "right")
    assert of("relu").dead == ("left",)
    assert of("leaky_relu").dead == ()
    assert of("tanh").zero_centred
    assert not of("relu").zero_centred
    assert of("relu").mean == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-6)
    assert of("selu").mean == pytest.approx(0, abs=1e-6), "SELU's constants were chosen so"
    assert known(of("mish").lowest).value == pytest.approx(-0.30884, abs=1e-5)
    assert known(of("silu").steepest).value == pytest.approx(1.09984, abs=1e-5)
    assert known(of("gelu").lowest).value == pytest.approx(-0.16997, abs=1e-5)
    assert of("sin").wave
    assert math.isinf(known(of("gaussian").lowest).x), "it tends to 0 and underflows to it, but is never 0"
    assert math.isinf(known(of("erf").highest).x)
    assert of("gaussian").zeros == ()
    assert of("softplus").monotone == "increasing"
    assert of("hard_tanh").monotone == "non-decreasing"


@DENSE
def test_the_page_and_the_json_tell_the_same(name: str) -> None:
    activation = catalogued(name)
    lines = fact_lines(activation)
    record = json.loads(information_json(activation), parse_constant=lambda word: pytest.fail(word))
    assert record["formula"] == lines["f(x)"]
    assert record["facts"]["monotone"] == lines["monotone"]
    assert len(record["kinks"]) == len(activation.kinks)
    assert all(lines.values())


@DENSE
def test_info_tells_all_there_is(name: str) -> None:
    result = CliRunner().invoke(app, ["info", name])
    assert result.exit_code == 0, result.output
    for label in ("f(x)", "f′(x)", "parameters", "kinks", "range", "max slope", "aliases", "source"):
        assert re.search(rf"^{re.escape(label)} ", result.stdout, re.MULTILINE), label


OSCILLATING = pytest.mark.parametrize("spec", ["sin", "cos", "cos(x)/2+1", "3 - sin(0.1*x)**2"])


@OSCILLATING
def test_a_bounded_wave_is_not_said_to_grow(spec: str) -> None:
    found = of(spec)
    assert (found.left_tail, found.right_tail) == ("oscillates", "oscillates")
    assert found.bounded
    assert fact_lines(parse_spec(spec))["saturates"] == "no: f is bounded and oscillates on both sides"
    record = json.loads(information_json(parse_spec(spec)))["facts"]
    assert record["left_limit"] is None
    assert record["right_tail"] == "oscillates"
    assert record["bounded"] is True


@pytest.mark.parametrize(
    ("spec", "left", "right"),
    [
        ("relu", "limit", "infinite"),
        ("x*sin(x)", "swings", "swings"),
        ("x + sin(x)", "infinite", "infinite"),
        ("sqrt(x)", "undefined", "infinite"),
        ("cos(x)/(1 + x**2)", "limit", "limit"),
        ("sin(exp(x))", "limit", "unclear"),
    ],
)
def test_tails_of_every_kind_are_told_apart(spec: str, left: str, right: str) -> None:
    assert (of(spec).left_tail, of(spec).right_tail) == (left, right)


def test_a_limit_that_infinity_does_not_give_is_found_far_out() -> None:
    assert (of("cos(x)/x + 2").left_limit, of("cos(x)/x + 2").right_limit) == (2.0, 2.0)
    assert (of("x + sin(x)").left_limit, of("x + sin(x)").right_limit) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("spec", "place", "value", "slope"),
    [
        ("sin(x)/x", 0.0, 1.0, 0.0),
        ("(exp(x) - 1)/x", 0.0, 1.0, 0.5),
        ("(x - 1)/(x**2 - 1)", 1.0, 0.5, -0.25),
        ("(1 - cos(x))/x**2", 0.0, 0.5, 0.0),
    ],
)
def test_a_hole_is_told_and_what_f_tends_to_there(spec: str, place: float, value: float, slope: float) -> None:
    (hole,) = of(spec).holes
    assert hole.x == place
    assert (hole.value, hole.slope) == pytest.approx((value, slope), abs=1e-8)
    assert fact_lines(parse_spec(spec))["undefined"].startswith(f"at {place:g}: f tends to {value:g} there")


def test_what_swings_beside_a_point_has_no_hole_of_a_value_there() -> None:
    assert of("x*sin(1/x)").holes == ()
    assert of("sin(1/x)").holes == ()
    (hole,) = of("sin(30*x)/x").holes
    assert hole.value == pytest.approx(30.0, abs=1e-4)
    assert fact_lines(parse_spec("sin(x)/abs(x)"))["range"] == "(-1, 1)"


def test_a_function_with_a_hole_has_the_facts_of_the_one_without() -> None:
    holed, whole = fact_lines(parse_spec("sin(x)/x")), fact_lines(parse_spec("sinc"))
    for label in ("limits", "max slope", "zeros", "monotone", "symmetry", "mean output", "saturates", "gradients"):
        assert holed[label] == whole[label], label
    assert whole["range"] == "[-0.217234, 1]"
    assert holed["range"] == "[-0.217234, 1)", "1 is approached and not taken"
    assert of("x**3/x").zeros == ()
    assert of("x**3/x").minima == ()


@pytest.mark.parametrize(
    "spec",
    [
        "sin(x)/x",
        "(1-cos(x))/x",
        "sqrt(x)",
        "log(x)",
        "1/x",
        "x/abs(x)",
        "sin(x)/abs(x)",
        "x*sin(1/x)",
        "log(x)/x",
        "x/x",
        "sin(exp(x))",
        "tan(x)",
        "sqrt(0-1-x*x)",
    ],
)
def test_no_fact_is_ever_nan(spec: str) -> None:
    lines = fact_lines(parse_spec(spec))
    assert not [label for label, text in lines.items() if "nan" in text.split()]
    assert '"nan"' not in json.dumps(json.loads(information_json(parse_spec(spec)))["facts"])


@pytest.mark.parametrize(
    ("spec", "where"),
    [
        ("relu", "1 for x > 0"),
        ("elu", "1 for x ≥ 0"),
        ("hard_sigmoid", "0.166667 for -3 < x < 3"),
        ("tribas", "1 for -1 < x < 0"),
        ("identity", "1 everywhere"),
        ("step", "0 for x ≠ 0"),
        ("selu", "1.7581 beside x = 0"),
        ("sigmoid", "0.25 at x = 0"),
        ("softplus", "1 far out"),
        ("log(1+exp(x))", "1 far out"),
        ("x + sqrt(x**2 + 1e-4)", "2 far out"),
        ("cos", "1 at x = -1.5708"),
        ("exp(x)", "unbounded"),
    ],
)
def test_the_largest_slope_is_said_to_be_where_it_is_taken(spec: str, where: str) -> None:
    assert fact_lines(parse_spec(spec))["max slope"] == where


@pytest.mark.parametrize("bounds", [(0.0, 1000.0), (-10.0, 100.0), (40.0, 1000.0)])
@pytest.mark.parametrize("spec", ["log(1+exp(x))", "softplus", "sqrt(x**2+1)+x"])
def test_rounding_on_a_level_is_no_steepest_point(spec: str, bounds: tuple[float, float]) -> None:
    assert features(sample_range(parse_spec(spec), bounds, 500)).steepest is None


def test_a_top_that_falls_on_both_sides_is_a_steepest_point() -> None:
    for spec, bounds, place in (("sigmoid", (-0.1, 0.1), 0.0), ("gelu", (-5.0, 5.0), math.sqrt(2.0))):
        top = features(sample_range(parse_spec(spec), bounds, 500)).steepest
        assert top is not None
        assert top.x == pytest.approx(place, abs=1e-6)
