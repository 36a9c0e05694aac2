"""Every break of a formula is found, where it is, with what happens there; and no other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import actplot
from actplot.calculus.seams import KINDS, boundless
from actplot.curves.curve import sample_range
from actplot.facts import facts
from actplot.facts.words import fact_lines
from actplot.functions.reading import parse_spec
from actplot.functions.typed import from_text
from tests.known import facts_of
from tests.walking import dense, known, share

Told = tuple[str, float, tuple[float, float], tuple[float, float]]
NAN, INF, PI = math.nan, math.inf, math.pi


def told(text: str, low: float = -INF, high: float = INF) -> list[Told]:
    """Return the kind, the place and the limits of f and f' of every break."""
    return [(s.kind, s.x, s.f, s.df) for s in from_text(text).seams_within(low, high) if s.kind != "smooth"]


# By hand: kind, place, limits of f and of f' on both sides.
BY_HAND: dict[str, list[Told]] = {
    "tribas(x-100.3)": [
        ("kink", 99.3, (0, 0), (0, 1)),
        ("kink", 100.3, (1, 1), (1, -1)),
        ("kink", 101.3, (0, 0), (-1, 0)),
    ],
    "max(0,1-abs(1000*x-333.3))": [
        ("kink", 0.3323, (0, 0), (0, 1000)),
        ("kink", 0.3333, (1, 1), (1000, -1000)),
        ("kink", 0.3343, (0, 0), (-1000, 0)),
    ],
    "tribas((x-10.3)/0.1)": [
        ("kink", 10.2, (0, 0), (0, 10)),
        ("kink", 10.3, (1, 1), (10, -10)),
        ("kink", 10.4, (0, 0), (-10, 0)),
    ],
    "exp(-3000*abs(x))": [("kink", 0, (1, 1), (3000, -3000))],
    "(x**2)**0.5": [("kink", 0, (0, 0), (-1, 1))],
    "(x**4)**0.25": [("kink", 0, (0, 0), (-1, 1))],
    "exp(log(abs(x)))": [("kink", 0, (0, 0), (-1, 1))],
    "(x-1)**2/abs(x-1)": [("kink", 1, (0, 0), (-1, 1))],
    "atan(1/x)": [("jump", 0, (-PI / 2, PI / 2), (-1, -1))],
    "min(1/x,5)": [("pole", 0, (-INF, 5), (-INF, 0)), ("kink", 0.2, (5, 5), (0, -25))],
    "5 if x==1 else x": [("isolated value", 1, (1, 1), (1, 1))],
    "sqrt(x)": [("edge", 0, (NAN, 0), (NAN, INF))],
    "log(x)": [("edge", 0, (NAN, -INF), (NAN, INF))],
    "abs(x-1e-9)": [("kink", 1e-9, (0, 0), (-1, 1))],
    "sqrt(x**4)": [],
    "relu(x-1)*relu(1.005-x)": [
        ("kink", 1, (0, 0), (0, 0.005)),
        ("kink", 1.005, (0, 0), (-0.005, 0)),
    ],
    "abs(x)+1e-12*abs(x-1)": [
        ("kink", 0, (1e-12, 1e-12), (-1.000000000001, 0.999999999999)),
        ("kink", 1, (1, 1), (0.999999999999, 1.000000000001)),
    ],
    "relu(0.000036-(2*x-1.0074)**2)": [
        ("kink", 0.5007, (0, 0), (0, 0.024)),
        ("kink", 0.5067, (0, 0), (-0.024, 0)),
    ],
    "max(0,abs(x-2.5)-1e-5)": [
        ("kink", 2.49999, (0, 0), (-1, 0)),
        ("kink", 2.50001, (0, 0), (0, 1)),
    ],
    "1/x": [("pole", 0, (-INF, INF), (-INF, -INF))],
    "1/x**2": [("pole", 0, (INF, INF), (INF, -INF))],
    "1/(x**2-2)": [
        ("pole", -math.sqrt(2), (INF, -INF), (INF, INF)),
        ("pole", math.sqrt(2), (-INF, INF), (-INF, -INF)),
    ],
    "1/(3-exp(x))": [("pole", math.log(3), (INF, -INF), (INF, INF))],
    "exp(x)/(x-1/3)": [("pole", 1 / 3, (-INF, INF), (-INF, -INF))],
    "x**(1/3)": [("edge", 0, (NAN, 0), (NAN, INF))],
    "max(x,x)": [],
    "relu(relu(x))": [("kink", 0, (0, 0), (0, 1))],
    "max(x, abs(x))": [("kink", 0, (0, 0), (-1, 1))],
    "min(2**x, 2**abs(x))": [],
    "sin(x)/x": [("hole", 0, (1, 1), (0, 0))],
    "sin(1/x)": [("unclear", 0, (NAN, NAN), (NAN, NAN))],
    "abs(3*x-1)": [("kink", 1 / 3, (0, 0), (-3, 3))],
    "sqrt((3*x-1)**2)": [("kink", 1 / 3, (0, 0), (-3, 3))],
    "abs(x**3-2)": [("kink", 2 ** (1 / 3), (0, 0), (-3 * 4 ** (1 / 3), 3 * 4 ** (1 / 3)))],
    "max(0, x**2)": [],
    "abs(exp(x)-1e100)": [("kink", math.log(1e100), (0, 0), (-1e100, 1e100))],
    "max(0.1*x+3, min(0.1*x+5, x/7))": [
        ("kink", 70, (10, 10), (0.1, 1 / 7)),
        ("kink", 350 / 3, (50 / 3, 50 / 3), (1 / 7, 0.1)),
    ],
}


@pytest.mark.parametrize("text", BY_HAND)
def test_what_happens_at_a_break_is_what_the_calculus_says(text: str) -> None:
    found, expected = told(text), BY_HAND[text]
    assert [kind for kind, *_ in found] == [kind for kind, *_ in expected]
    for (_, x, f, df), (_, place, values, slopes) in zip(found, expected, strict=True):
        assert x == pytest.approx(place, rel=1e-15, abs=0)
        assert f == pytest.approx(values, rel=1e-14, nan_ok=True)
        assert df == pytest.approx(slopes, rel=2e-9, nan_ok=True), "the constants are rounded"


WAVES: dict[str, tuple[float, float, list[tuple[float, float, float]]]] = {
    "max(0,sin(2*pi*x))": (-1.1, 1.1, [(n / 2, *((0, 2 * PI) if n % 2 == 0 else (-2 * PI, 0))) for n in range(-2, 3)]),
    "max(0,sin(x**2))": (
        0.1,
        2.6,
        [(math.sqrt(PI), -2 * math.sqrt(PI), 0), (math.sqrt(2 * PI), 0, 2 * math.sqrt(2 * PI))],
    ),
    "sqrt(1-cos(x))": (-1, 7, [(0, -math.sqrt(0.5), math.sqrt(0.5)), (2 * PI, -math.sqrt(0.5), math.sqrt(0.5))]),
    "max(sin(x),0.999999)": (
        1,
        2,
        [(math.asin(0.999999), 0, 1.414213e-3), (PI - math.asin(0.999999), -1.414213e-3, 0)],
    ),
    "max(sin(x), cos(x))": (
        0,
        4,
        [(PI / 4, -math.sqrt(0.5), math.sqrt(0.5)), (5 * PI / 4, -math.sqrt(0.5), math.sqrt(0.5))],
    ),
}


@pytest.mark.parametrize("text", WAVES)
def test_the_kinks_of_a_wave_are_found_in_the_range_that_is_drawn(text: str) -> None:
    low, high, expected = WAVES[text]
    found = told(text, low, high)
    assert [kind for kind, *_ in found] == ["kink"] * len(expected)
    for (_, x, _, df), (place, left, right) in zip(found, expected, strict=True):
        assert x == pytest.approx(place, rel=1e-15 if place != math.asin(0.999999) else 1e-12, abs=1e-300)
        assert df == pytest.approx((left, right), rel=1e-6)


def test_too_many_breaks_are_told_with_the_range_in_which_all_were_found() -> None:
    wave = from_text("max(0,sin(x))")
    ((low, high),) = wave.searched
    assert -1000 < low < -20
    assert 20 < high < 1000
    inside = [n * PI for n in range(-400, 400) if low < n * PI < high]
    assert [seam.x for seam in wave.seams] == pytest.approx(inside, rel=1e-15)
    assert [seam.x for seam in wave.seams_within(3000, 3010)] == pytest.approx([n * PI for n in (955, 956, 957, 958)])
    assert "too many breaks beyond" in fact_lines(wave)["searched"]


def test_a_break_knows_whether_it_stands_on_a_float64() -> None:
    places = {
        "abs(x)": True,
        "abs(x - 0.3)": True,
        "abs(3*x - 1)": False,
        "abs(x**2 - 2)": False,
        "abs(exp(x) - 1)": True,
    }
    assert {text: {seam.exact for seam in from_text(text).seams} for text in places} == {
        text: {exact} for text, exact in places.items()
    }


def test_as_many_breaks_are_found_as_are_looked_at() -> None:
    assert len(from_text("ceil(x)*x").seams) == 50  # pieces that touch at a break are one site, and looked at once


@pytest.mark.parametrize(
    ("text", "of_f", "of_slope"),
    [
        ("1/x", (True, True), (True, False)),
        ("1/x**2", (False, True), (True, True)),
        ("log(x)", (True, False), (False, True)),
        ("sqrt(x)", (False, False), (False, True)),
        ("sin(1/x)", (True, True), (True, True)),  # what swings may grow
        ("abs(x)", (False, False), (False, False)),
    ],
)
def test_what_grows_beside_a_break_has_no_bound(
    text: str, of_f: tuple[bool, bool], of_slope: tuple[bool, bool]
) -> None:
    """The pairs are downwards and upwards."""
    seams = from_text(text).seams
    assert (boundless(seams, 0), boundless(seams, 1)) == (of_f, of_slope)


@pytest.mark.parametrize("place", [0.3, 1 / 3, -7.77, 1e-5, 123456.789, -1e9])
@pytest.mark.parametrize("width", [1e-6, 1e-3, 0.1, 1.0, 40.0])
def test_triangles_of_every_width_and_place_have_their_slopes(place: float, width: float) -> None:
    found = [s for s in from_text("tribas((x-p)/w)", {"p": place, "w": width}).seams if s.kind != "smooth"]
    assert [s.kind for s in found] == ["kink"] * 3
    assert [s.x for s in found] == pytest.approx([place - width, place, place + width], rel=1e-15)
    for seam, slopes in zip(found, ((0, 1 / width), (1 / width, -1 / width), (-1 / width, 0)), strict=True):
        assert seam.df == pytest.approx(slopes)


TERMS = {
    "kink": "abs(x - {})",
    "jump": "(1 if x > {} else 0)",
    "pole": "1/(x - {})",
    "hole": "sin(x - {0})/(x - {0})",
    "edge": "sqrt(x - {})",
    "isolated value": "(7 if x == {} else 0)",
}


@st.composite
def broken(draw: st.DrawFn) -> dict[float, str]:
    """Draw up to four places, as near to each other as a millionth of their scale, and a kind of break for each."""
    scale = 10.0 ** draw(st.floats(-6, 6))
    first = draw(st.floats(-1, 1))
    steps = draw(st.lists(st.floats(-6, 0).map(lambda power: 10.0**power), min_size=0, max_size=3))
    places = [first * scale]
    for step in steps:
        places.append(places[-1] + step * scale)
    kinds = [kind for kind in KINDS if kind not in ("edge", "unclear")]
    told = {x: draw(st.sampled_from(kinds)) for x in places}
    if draw(st.booleans()):  # nothing is left of the end of a domain
        told[min(told)] = "edge"
    return told


@settings(max_examples=share(500), deadline=None)
@given(broken())
def test_breaks_of_every_kind_are_found_wherever_they_are(breaks: dict[float, str]) -> None:
    text = " + ".join(TERMS[kind].format(f"({x!r})") for x, kind in breaks.items())
    found = {x: kind for kind, x, *_ in told(text)}
    assert found == breaks


# What the facts are, by hand; the labels are those of the page.
FACTS = {
    "tribas(x-100.3)": {"range": "[0, 1]", "max slope": "1 for 99.3 < x < 100.3"},
    "min(1/x,5)": {"range": "(−∞, 0) and (0, 5]"},
    "abs(x-1e-9)": {"extrema": "minimum 0 at 1e-09", "range": "[0, ∞)"},
    "laplace:mu=100,sigma=1": {"max slope": "0.398942 at x = 100", "monotone": "increasing", "range": "(0, 1)"},
    "silu:beta=0.01": {"extrema": "minimum -27.8465 at -127.846", "max slope": "1.09984 at x = 239.936"},
    "hard_tanh:lower=-100,upper=100": {
        "range": "[-100, 100]",
        "monotone": "non-decreasing",
        "max slope": "1 for -100 < x < 100",
    },
    "threshold:theta=100": {"zeros": "x ≤ 100", "range": "{0} and (100, ∞)", "max slope": "1 for x > 100"},
    "step": {"zeros": "x < 0", "range": "{0, 1}", "max slope": "0 for x ≠ 0", "monotone": "non-decreasing"},
    "sign": {"zeros": "0", "range": "{-1, 0, 1}", "monotone": "non-decreasing"},
    "hard_shrink": {"zeros": "-0.5 ≤ x ≤ 0.5", "range": "(−∞, -0.5) and {0} and (0.5, ∞)"},
    "1/x**2": {"max slope": "unbounded, beside x = 0", "range": "(0, ∞)", "smoothness": "f has a pole"},
    "x**(1/3)": {"max slope": "unbounded, beside x = 0", "range": "[0, ∞)", "monotone": "increasing"},
    "tan(x)": {"max slope": "unbounded, beside x = -1.5708", "range": "(−∞, ∞)"},
    "5 if x==1 else x": {"range": "(−∞, 1) and (1, ∞)", "monotone": "no", "zeros": "0"},
    "sin(1/x)": {"range": "[-1, 1]"},
    "gelu": {"range": "[-0.169971, ∞)", "extrema": "minimum -0.169971 at -0.751792"},
    "relu6": {"range": "[0, 6]", "zeros": "x ≤ 0", "max slope": "1 for 0 < x < 6"},
    "x**3 - 3*x": {"extrema": "minimum -2 at 1, maximum 2 at -1", "zeros": "-1.73205, 0, 1.73205", "monotone": "no"},
    "1e-20*sin(x)": {"range": "[-1e-20, 1e-20]"},
    "ceil(x)*x": {"certainty": "seen on samples", "range": "within [0, ∞)"},
    "(x**2-1)/(x-1)": {"max slope": "1 everywhere"},
    "log(x)": {
        "certainty": "proved: range, zeros, extrema, monotone, max slope, smoothness; the rest is seen on samples"
    },
    "1000*tanh(x/1000)": {"range": "(-1000, 1000)", "max slope": "1 at x = 0", "zeros": "0"},
}


@pytest.mark.parametrize("spec", FACTS)
def test_facts_known_by_hand(spec: str) -> None:
    lines = fact_lines(parse_spec(spec))
    assert {label: lines[label] for label in FACTS[spec]} == FACTS[spec]


# Enclosures of this stay too wide at the last float64: the exponential of an exponential times infinity.
CUT_SHORT = {"colu"}


@pytest.mark.parametrize("name", dense())
def test_whatever_is_found_by_search_is_found_everywhere(name: str) -> None:
    activation = known(name)
    whole = activation.searched == ((-INF, INF),)
    assert whole == (name not in CUT_SHORT)
    assert whole == ("smoothness" in facts_of(name).proved)


def test_steps_at_the_ends_of_what_is_searched_are_found() -> None:
    """A step at a point where a stretch with another step begins, or ends, and three beside one that is rounded."""
    found = {seam.x: seam.kind for seam in from_text("floor(3*x + 0.5) if -1 < x < 1 else 0").seams}
    sixths = [-1.0, -5 / 6, -0.5, -1 / 6, 1 / 6, 0.5, 5 / 6, 1.0]
    assert sorted(found) == pytest.approx(sixths, rel=1e-15)
    assert set(found.values()) == {"jump"}
    assert [kink.x for kink in known("dorefa").kinks] == pytest.approx([1 / 6, 1 / 2, 5 / 6], rel=1e-15)


def test_an_isolated_value_is_drawn_apart_from_the_curve() -> None:
    curve = sample_range(from_text("5 if x==1 else x"), (-3.0, 3.0), 7)
    assert [(dot.x, dot.y, dot.filled) for dot in curve.f_dots] == [(1.0, 1.0, False), (1.0, 5.0, True)]
    x, f = curve.f_line
    assert f[x == 1.0] == pytest.approx([1.0, NAN, 1.0], nan_ok=True), "no spike, but a hole in the line"


def test_a_kink_that_is_lost_in_the_rounding_of_its_slopes_is_a_kink() -> None:
    found = told("abs(x) + abs(x - 0.001) + 1/(x - 0.001000001)")
    assert [(kind, x) for kind, x, *_ in found] == [("kink", 0.0), ("kink", 0.001), ("pole", 0.001000001)]
    assert found[1][3][0] == found[1][3][1], "beside so steep a pole float64 holds no difference of 2"


@pytest.mark.parametrize("text", ["abs(x*sin(x*x))", "max(0, x**3*sin(x*x)*x)", "abs(sin(x*x)*x**9)"])
def test_products_that_underflow_beside_zero_hide_nothing_beyond(text: str) -> None:
    activation = from_text(text)
    places = [math.sqrt(k * math.pi) for k in range(1, 8)]
    kinks = [seam.x for seam in activation.seams_within(-5.0, 5.0) if seam.kind == "kink" and seam.x]
    assert kinks == pytest.approx([*(-x for x in reversed(places)), *places], abs=1e-14)
    ((low, high),) = activation.searched
    assert low < -5.0
    assert high > 5.0


def test_a_zero_far_from_the_middle_of_all_numbers_is_found() -> None:
    zeros = facts(from_text("x/sqrt(1 + x**2) + 1/2")).zeros
    assert zeros == ((-math.sqrt(1 / 3), -math.sqrt(1 / 3)),)


def test_a_turn_is_found_beside_a_break() -> None:
    steepest = facts(from_text("x**2*(2 - abs(x)) if abs(x) <= 1 else abs(x)")).steepest
    assert steepest is not None
    assert steepest.value == 4 / 3


def test_steps_at_places_that_are_no_float64_are_all_found() -> None:
    """Three roundings step at one place there, of which bounds tell no one apart from its neighbours."""
    activation = parse_spec("round(3*clip(x, 0, 1))/3")
    jumps = [(seam.x, seam.kind, *seam.f) for seam in activation.seams]
    assert jumps == [(1 / 6, "jump", 0.0, 1 / 3), (0.5, "jump", 1 / 3, 2 / 3), (0.8333333333333334, "jump", 2 / 3, 1.0)]
    assert activation.searched == ((-math.inf, math.inf),)


def test_a_place_is_found_beyond_a_hump_that_is_higher_than_what_lies_about_it() -> None:
    seams = {seam.x: seam.f for seam in actplot.get("floor(x**2)").seams_within(-1.5, 1.5)}
    root = math.sqrt(2.0)
    assert seams == {-root: (2.0, 1.0), -1.0: (1.0, 0.0), 1.0: (0.0, 1.0), root: (1.0, 2.0)}


def test_breaks_that_gather_at_zero_are_found_from_outside() -> None:
    activation = from_text("x*floor(1/x)")
    (_, low), (high, _) = activation.searched
    assert activation.searched[0][0] == -INF
    assert activation.searched[1][1] == INF
    assert -0.1 < low < 0 < high < 0.1
    found = [seam.x for seam in activation.seams if seam.kind == "jump" and not low <= seam.x <= high]
    assert found == pytest.approx([*(-1 / n for n in range(1, 29)), *(1 / n for n in range(28, 0, -1))], rel=1e-15)


def test_an_end_of_what_was_searched_was_not_looked_at() -> None:
    """12.5 is the first jump beyond what is searched of the whole axis; a range that ends there has it."""
    activation = from_text("round(x) - floor(x)")
    (_, high) = activation.searched[-1]
    assert high in [seam.x for seam in activation.seams_within(high - 0.75, high)]


@pytest.mark.parametrize("text", ["sign(floor(x/3))*abs(x)", "1/(1 + abs(floor(x/3)))"])
def test_a_step_in_a_sign_breaks_at_its_own_places_alone(text: str) -> None:
    assert all(seam.x % 3 == 0 for seam in from_text(text).seams_within(-4.0, 4.0))


@pytest.mark.parametrize(
    ("formula", "breaks", "others"),
    [
        ("floor(x)", [26.0, 100.0, 1e6, 1e300], [26.5, 99.75, 1e6 + 0.5]),
        ("round(x) - floor(x)", [100.0, 100.5, 1e15], [100.25]),
        ("abs(x - floor(x) - 1/2)", [1000.0, 1000.5], [1000.25]),
        ("abs(sin(x))", [], [1000.0, 1e6]),  # no float64 but 0 is a multiple of pi
    ],
)
def test_beyond_what_was_searched_a_slope_is_undefined_where_there_is_none(
    formula: str, breaks: list[float], others: list[float]
) -> None:
    activation = actplot.get(formula)
    assert np.isnan(activation(breaks)[1]).all()
    assert np.isfinite(activation(others)[1]).all()
    assert np.isfinite(activation(breaks, at_kink="left")[1]).all()


def test_of_many_such_points_those_that_nobody_looked_at_have_no_slope_either() -> None:
    activation = actplot.get("floor(x)")
    f, df = activation(np.arange(1000.0, 1700.0, 0.5))
    assert np.array_equal(f, np.repeat(np.arange(1000.0, 1700.0), 2))
    assert np.isnan(df[::2]).all()
    assert (df[1::2] == 0.0).all()
