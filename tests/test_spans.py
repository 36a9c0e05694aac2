"""Enclosures hold the truth: values and slopes of formulas over random pieces, held against exact arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from actplot.arithmetic.intervals import Ends, minus, over, plus, raised, times
from actplot.calculus.enclosing import SPANS
from actplot.calculus.pieces import cut
from actplot.calculus.spans import DECIDED, Span, variable
from actplot.formula.evaluate import Program
from actplot.formula.functions import ELEMENTARY
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_spec
from actplot.functions.typed import from_text
from tests.walking import EVERYTHING, dense

COUNT, INSIDE = 300, 6


def pieces(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return pieces of every width, near zero, in the middle and far out, of which some touch zero."""
    rng = np.random.default_rng(seed)
    low = rng.normal(size=COUNT) * 10.0 ** rng.choice([-300, -20, -3, 0, 0, 0, 1, 2, 3, 16, 200], COUNT)
    low[::17] = 0.0
    width = 10.0 ** rng.uniform(-15, 1, COUNT) * np.maximum(np.abs(low), 10.0 ** rng.uniform(-3, 0, COUNT))
    return low, np.maximum(low + width, np.nextafter(low, np.inf))


def span_of(activation: Activation, low: np.ndarray, high: np.ndarray) -> Span:
    with np.errstate(all="ignore"):
        return Program((activation.tree,), SPANS)({"x": variable(low, high)})[0]


ELEMENTS = [f"{name}({', '.join(('x', '0.5*x - 1', '2')[: record.arguments])})" for name, record in ELEMENTARY.items()]
FORMULAS = [
    *ELEMENTS,
    "x/(1 + abs(x))",
    "1/x",
    "x**3 - 2*x",
    "x**(-2)",
    "x**1.5",
    "abs(x)**x",
    "2**x",
    "x*exp(-x**2)",
    "1/(x**2 - 2)",
    "log1p(x) - x",
    "1 if 0 < x < 1 else x**2 if x > 3 else -x",
    "min(max(x, 2*x - 3), sin(x))",
    "sqrt(1 - cos(x))",
    "exp(x)/(1 + exp(x))",
]


@pytest.mark.parametrize("spec", [*FORMULAS, *dense(), "silu:beta=0.01", "laplace:mu=100,sigma=1"])
@pytest.mark.parametrize("seed", [1, 2] if EVERYTHING else [1])
def test_an_enclosure_holds_every_value_and_slope_on_its_piece(spec: str, seed: int) -> None:
    activation = parse_spec(spec)
    low, high = pieces(seed)
    span = span_of(activation, low, high)
    shape = (3, COUNT)
    least, most, is_open = (np.broadcast_to(part, shape)[0] for part in (span.low, span.high, span.open))
    rng = np.random.default_rng(seed + 100)
    share = np.concatenate([np.zeros((1, COUNT)), rng.uniform(size=(INSIDE, COUNT)), np.ones((1, COUNT))])
    x = np.clip(low + (high - low) * share, low, high)
    f, df = activation(x)
    inside = (x > low) & (x < high) & np.isfinite(f)
    assert not np.any(inside & ((f < least) | (f > most)))
    decided = is_open == DECIDED
    assert not np.any(inside & decided & np.isnan(least)), "what has a value there is not said to have none"
    if span.slope is not None:
        steep = inside & decided & np.isfinite(df)
        ends = [np.broadcast_to(end, shape)[0] for end in span.slope]
        assert not np.any(steep & ((df < ends[0]) | (df > ends[1])))


@pytest.mark.parametrize("spec", dense())
def test_where_nothing_is_open_a_formula_is_one_expression(spec: str) -> None:
    """A cubic through four values inside a short piece meets the values between, which it can't across a break."""
    activation = parse_spec(spec)
    rng = np.random.default_rng(5)
    low = np.sort(rng.uniform(-7, 7, COUNT))
    high = low + 1e-3
    span = span_of(activation, low, high)
    decided = np.broadcast_to(span.open, (3, COUNT))[0] == DECIDED
    kinks = np.array([seam.x for seam in activation.seams])
    crossed = np.array([bool(np.any((a < kinks) & (kinks < b))) for a, b in zip(low, high, strict=True)])
    assert not np.any(decided & crossed)
    assert np.all(decided[~crossed]), "and nothing is open where there is no break"


# The least and the most that each can be, by hand.
BOUNDS = {
    **dict.fromkeys(("sin", "cos", "tanh", "erf"), (-1.0, 1.0)),
    **{"exp": (0.0, math.inf), "expm1": (-1.0, math.inf), "sqrt": (0.0, math.inf), "cosh": (1.0, math.inf)},
    **{"sech": (0.0, 1.0), "erfc": (0.0, 2.0), "atan": (-math.pi / 2, math.pi / 2)},
}


def test_an_enclosure_reaches_the_bounds_of_a_function_and_goes_no_farther() -> None:
    low, high = np.array([-1e17, -800.0, -1e-9, 1.0, 0.0]), np.array([1e17, -700.0, 1e-9, 2.0, 800.0])
    for name, (least, most) in BOUNDS.items():
        span = span_of(from_text(f"{name}(x)"), low, high)
        found = [np.broadcast_to(end, (3, 5))[0] for end in (span.low, span.high)]
        reached = float(np.nanmin(found[0])), float(np.nanmax(found[1]))
        further = 2.0**-52 if name == "atan" else 0.0  # its ends are irrational: they lie between two floats
        assert least - further <= reached[0] <= least + 1e-14, name
        assert reached[1] <= most + further, name
        assert reached[1] >= most - 1e-14 or most == math.inf, name


def test_an_enclosure_of_a_power_is_as_narrow_as_the_power() -> None:
    low, high = np.array([-0.5, 0.5, -1.0]), np.array([0.5, 1.0, -0.5])
    for power, least, most in (
        (2, [0.0, 0.25, 0.25], [0.25, 1.0, 1.0]),
        (3, [-0.125, 0.125, -1.0], [0.125, 1.0, -0.125]),
        (4, [0.0, 0.0625, 0.0625], [0.0625, 1.0, 1.0]),
    ):
        span = span_of(from_text(f"x**{power}"), low, high)
        assert span.low[0] == pytest.approx(least, abs=1e-14)
        assert span.high[0] == pytest.approx(most, abs=1e-14)


def test_pieces_leave_no_gap() -> None:
    for spec in ("relu", "abs(3*x-1)", "max(sin(x), cos(x))", "tan(x)"):
        found = cut([parse_spec(spec).tree], [1.0, 3.0], (-20.0, 20.0))
        assert found.low[0] == -20.0
        assert found.high[-1] == 20.0
        np.testing.assert_array_equal(found.low[1:], found.high[:-1])
        assert found.unsearched == ()
        assert found.anchors == (0.0,)
    assert cut([parse_spec("relu").tree], [], (1000.0, 4000.0)).anchors == (2500.0,)


def test_ties_over_a_whole_stretch_are_no_breaks() -> None:
    for text in ("max(x, x)", "min(2**x, 2**abs(x))", "max(0, sign(x) - 1)", "max(sin(x), sin(x))"):
        assert [seam for seam in from_text(text).seams if seam.kind != "smooth"] == []


NUMBERS = [0.1, 0.2, -0.3, 1.0, 3.0, 1e16, 7e-3, -1e-20, 0.5]


@pytest.mark.parametrize("a", NUMBERS)
@pytest.mark.parametrize("b", NUMBERS)
def test_bounds_of_arithmetic_hold_the_exact_result(a: float, b: float) -> None:
    first, second = Fraction(a), Fraction(b)
    ends = [Ends(np.array([x]), np.array([x])) for x in (a, b)]
    for operation, exact in ((plus, first + second), (times, first * second), (over, first / second)):
        low, high = (Fraction(float(end[0])) for end in operation(*ends))
        assert low <= exact <= high
        assert (low == high) <= (low == exact), "and what is exact need not be wide"
        assert high - low <= abs(exact) * Fraction(2) ** -51


def test_what_infinite_bounds_leave_open_may_be_anything() -> None:
    def ends(low: float, high: float) -> Ends:
        return Ends(np.array([low]), np.array([high]))

    def told(found: Ends) -> tuple[float, float]:
        return float(found.low[0]), float(found.high[0])

    everything = (-math.inf, math.inf)
    with np.errstate(all="ignore"):
        assert told(plus(ends(-math.inf, 1.0), ends(math.inf, math.inf))) == everything
        assert told(minus(ends(math.inf, math.inf), ends(math.inf, math.inf))) == everything
        assert told(over(ends(1.0, 1.0), ends(-1.0, 2.0))) == everything
    low, high = told(raised(ends(-3.0, 2.0), 4))
    assert low == 0.0
    assert 81.0 <= high < 81.001
