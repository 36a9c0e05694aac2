"""Double-doubles, plain and with exponents of their own, against certified balls: within bounds that are small."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from actplot.arithmetic.doubles import Doubles, constant, fast_two_sum, select, two_product, two_sum
from actplot.arithmetic.exact import PLAIN, SCALED
from actplot.arithmetic.scaled import Scaled, lifted
from actplot.functions.typed import from_text

DIGITS = 2.0**-70  # what every function keeps, relative
WIDE = 2000  # bits of the truth

Numbers = Any
rng = np.random.default_rng(20)


def truth(name: str, u: Any) -> Any:
    return getattr(u, name)()


def parts(number: Numbers) -> tuple[Any, Any, Any]:
    """Return value and error of each number as exact fractions of powers of two, as balls."""
    value, exponent = (number, None) if isinstance(number, Doubles) else (number.value, number.exponent)
    shape = np.broadcast_shapes(value.high.shape, () if exponent is None else exponent.shape)
    high = np.broadcast_to(value.high, shape)
    low = np.broadcast_to(0.0 if value.low is None else value.low, shape)
    error = np.broadcast_to(0.0 if value.error is None else value.error, shape)
    scale = [0] * high.size if exponent is None else np.broadcast_to(exponent, shape).tolist()
    return high, low, [*zip(error.tolist(), scale, strict=True)]


def check(name: str, number: Numbers, expected: list[Any], sharp: float | None) -> None:
    """Compare results with balls; where nothing is claimed nothing is compared."""
    high, low, errors = parts(number)
    judged = 0
    with flint.ctx.workprec(WIDE):
        for h, s, (error, exponent), ball in zip(high.tolist(), low.tolist(), errors, expected, strict=True):
            if not math.isfinite(error) or not ball.is_finite():
                continue
            judged += 1
            unit = flint.arb(2) ** exponent
            distance = abs((flint.arb(h) + flint.arb(s)) * unit - ball)
            assert distance <= flint.arb(error) * unit * 1.001 + flint.arb(2) ** -5000, (
                name,
                h,
                float(distance),
                error,
            )
            if sharp is not None:
                assert flint.arb(error) * unit <= abs(ball) * sharp + flint.arb(2) ** -900, (name, h, error)
    assert judged > len(expected) // 2, f"{name} claims next to nothing"


def balls(name: str, u: list[Any]) -> list[Any]:
    with flint.ctx.workprec(WIDE):
        return [truth(name, ball) for ball in u]


def exactly(number: Numbers) -> list[Any]:
    high, low, errors = parts(number)
    with flint.ctx.workprec(WIDE):
        return [
            (flint.arb(h) + flint.arb(s)) * flint.arb(2) ** exponent
            for h, s, (_, exponent) in zip(high.tolist(), low.tolist(), errors, strict=True)
        ]


def spread(low: float, high: float, n: int = 250) -> Any:
    return rng.uniform(low, high, n)


def sizes(low: float, high: float, n: int = 250, signed: bool = True) -> Any:
    found = 2.0 ** rng.uniform(low, high, n)
    return found * rng.choice([-1.0, 1.0], n) if signed else found


HALVES = np.arange(-80.0, 80.5, 0.5)

DOMAINS: dict[str, Any] = {
    "exp": [spread(-600, 600), spread(-2, 2), sizes(-100, 0), HALVES, np.round(spread(-800, 800)) * math.log(2.0)],
    "expm1": [spread(-600, 600), spread(-2, 2), sizes(-100, 0), HALVES],
    "log": [
        sizes(-890, 890, signed=False),
        1.0 + spread(-0.4, 0.5),
        1.0 + sizes(-52, -1),
        2.0 ** np.arange(-30.0, 30.0),
    ],
    "log1p": [sizes(-100, 100, signed=False), spread(-0.999, 2.0), sizes(-100, -1)],
    "sqrt": [sizes(-890, 890, signed=False), np.arange(0.0, 40.0)],
    "sin": [spread(-30, 30), sizes(-100, 20), spread(-1e6, 1e6), HALVES],
    "cos": [spread(-30, 30), sizes(-100, 20), spread(-1e6, 1e6), HALVES],
    "atan": [spread(-30, 30), sizes(-100, 300), HALVES],
    "erf": [spread(-6, 6), sizes(-100, 3), HALVES],
    "erfc": [spread(-6, 6), spread(0, 20), spread(13, 15), sizes(-100, 3)],
}


@pytest.mark.parametrize("lower", ["exact", "double-double"])
@pytest.mark.parametrize("name", DOMAINS)
def test_a_function_is_right_to_seventy_bits_and_says_so(name: str, lower: str) -> None:
    x = np.concatenate(DOMAINS[name])
    u = Doubles(x, None if lower == "exact" else np.spacing(x) * rng.uniform(-0.5, 0.5, x.size))
    u = u if name != "log1p" else select(u.high > -0.9995, u, constant(0.5))
    # Waves lose digits as x grows, and of a logarithm beside 1 the low half of x is all there is.
    smallest = 2.0**-62 if name in ("sin", "cos") else None if (name, lower) == ("log", "double-double") else DIGITS
    with np.errstate(all="ignore"):
        check(name, PLAIN.function(name)(u), balls(name, exactly(u)), smallest)
        check(name, SCALED.function(name)(lifted(u)), balls(name, exactly(u)), smallest)


FAR: dict[str, Any] = {
    "exp": (-400, 21), "expm1": (-2000, 21), "log": (-3000, 3000), "log1p": (-3000, 3000), "sqrt": (-3000, 3000),
    "sin": (-3000, 19), "cos": (-3000, 19), "atan": (-3000, 3000), "erf": (-3000, 4), "erfc": (-3000, 9),
}  # fmt: skip


@pytest.mark.parametrize("name", FAR)
def test_a_function_keeps_its_digits_far_beyond_float64(name: str) -> None:
    exponent = np.linspace(FAR[name][0], FAR[name][1], 400).astype(np.int64)
    signs = 1.0 if name in ("log", "log1p", "sqrt") else rng.choice([-1.0, 1.0], exponent.size)
    u = Scaled(Doubles(rng.uniform(0.5, 1.0, exponent.size) * signs), exponent)
    with np.errstate(all="ignore"):
        check(name, SCALED.function(name)(u), balls(name, exactly(u)), 2.0**-60 if name in ("sin", "cos") else DIGITS)


@pytest.mark.parametrize("tier", [PLAIN, SCALED], ids=["plain", "scaled"])
@pytest.mark.parametrize("symbol", ["+", "-", "*", "/"])
def test_operations_stay_within_their_bounds(tier: Any, symbol: str) -> None:
    a, b = (sizes(-200, 200, 2000) for _ in range(2))
    a[:500] = b[:500] * (1.0 + rng.integers(-3, 4, 500) * 2.0**-52)  # these cancel
    u, v = (
        Doubles(x, np.spacing(x) * rng.uniform(-0.5, 0.5, x.size), np.abs(x) * 2.0 ** rng.uniform(-110, -90, x.size))
        for x in (a, b)
    )
    with np.errstate(all="ignore"):
        found = tier.operator(symbol)(tier.lift(u), tier.lift(v))
    high, low, errors = parts(found)
    with flint.ctx.workprec(WIDE):
        for k, (x, y) in enumerate(zip(exactly(u), exactly(v), strict=True)):
            error, exponent = errors[k]
            unit = flint.arb(2) ** exponent
            got = flint.arb(high[k] * 1.0) + flint.arb(low[k] * 1.0)
            # The truth lies anywhere in the operands' own bounds: at their ends, too.
            for x_end in (x - flint.arb(float(u.error[k])), x + flint.arb(float(u.error[k]))):  # type: ignore[index]
                for y_end in (y - flint.arb(float(v.error[k])), y + flint.arb(float(v.error[k]))):  # type: ignore[index]
                    real = {"+": x_end + y_end, "-": x_end - y_end, "*": x_end * y_end, "/": x_end / y_end}[symbol]
                    assert abs(got * unit - real) <= flint.arb(error) * unit * 1.0001, (symbol, a[k], b[k])


def test_sums_and_products_of_float64_lose_nothing() -> None:
    a, b = sizes(-30, 30, 400), sizes(-30, 30, 400)
    for x, y, total, rest in zip(a, b, *two_sum(a, b), strict=True):
        assert Fraction(x) + Fraction(y) == Fraction(total) + Fraction(rest)
    larger, smaller = np.where(np.abs(a) > np.abs(b), (a, b), (b, a))
    for x, y, total, rest in zip(larger, smaller, *fast_two_sum(larger, smaller), strict=True):
        assert Fraction(x) + Fraction(y) == Fraction(total) + Fraction(rest)
    for x, y, product, rest in zip(a, b, *two_product(Doubles(a), Doubles(b)), strict=True):
        left = Fraction(x) * Fraction(y) - Fraction(product) - Fraction(rest)
        assert abs(left) <= abs(Fraction(product)) / 2**103


@pytest.mark.parametrize(
    ("high", "low", "error", "nearest"),
    [
        (1.0, 0.0, 2.0**-60, 1.0),
        (1.0, 2.0**-54, 2.0**-60, 1.0),
        (1.0, 2.0**-53, 2.0**-300, None),  # halfway, and it takes but a trace to go up
        (1.0, 2.0**-53, 2.0**-103 / 1.001, None),
        (1.0, 2.0**-53 * 0.999, 2.0**-70, 1.0),
        (1.0, 0.0, 2.0**-52, None),
        (0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 2.0**-1074, None),
    ],
)
def test_a_number_is_rounded_only_where_its_bound_decides(
    high: float, low: float, error: float, nearest: float | None
) -> None:
    number = Doubles(np.array([high]), np.array([low]), np.array([error]))
    for kind in (number, lifted(number)):
        got, certain = kind.rounded()
        assert bool(certain[0]) == (nearest is not None)
        assert nearest is None or got[0] == nearest


@pytest.mark.parametrize(
    ("mantissa", "exponent", "nearest"),
    [
        (0.5, -1073, 5e-324),
        (0.5, -1074, None),  # half of the smallest, with a trace to either side
        (0.75, -1074, 5e-324),
        (0.5 + 2.0**-40, -1074, 5e-324),
        (0.5, -1100, 0.0),
        (0.5, -5000, 0.0),
        (-0.5, -1073, -5e-324),
        (1.0 - 2.0**-53, -1022, None),
        (1.0 - 2.0**-52, -1022, 2.225073858507201e-308),
        (1.0 - 2.0**-52, -1021, 2.2250738585072014e-308 * 2.0 * (1.0 - 2.0**-52)),
        (0.5, 1024, 2.0**1023),
        (0.5, 1025, math.inf),
        (-0.5, 4000, -math.inf),
    ],
)
def test_rounding_reaches_through_the_subnormals_to_zero_and_to_infinity(
    mantissa: float, exponent: int, nearest: float | None
) -> None:
    number = Scaled(Doubles(np.array([mantissa]), None, np.array([2.0**-100])), np.array([exponent]))
    got, certain = number.rounded()
    assert bool(certain[0]) == (nearest is not None)
    assert nearest is None or got[0] == nearest


def test_what_has_no_value_is_missing_and_what_is_not_known_is_open() -> None:
    u = lifted(Doubles(np.array([-1.0, 0.0, 4.0, 0.0]), None, np.array([0.0, 0.0, 0.0, 1e-20])))
    with np.errstate(all="ignore"):
        for name, at_four in (("log", math.log(4.0)), ("sqrt", 2.0)):
            got, certain = SCALED.function(name)(u).rounded()
            assert math.isnan(got[0])
            assert certain[0]
            assert got[2] == at_four
            assert not certain[3]
        got, certain = (lifted(constant(1.0)) / u).rounded()
    assert certain.tolist() == [True, False, True, False]


@pytest.mark.parametrize("tier", [PLAIN, SCALED], ids=["plain", "scaled"])
def test_a_decision_between_what_can_not_be_told_apart_leaves_only_those_points_open(tier: Any) -> None:
    near = Doubles(np.array([-1.0, 0.0, 1.0, 1e-30]), None, np.array([0.0, 0.0, 0.0, 1e-20]))
    zero, one = tier.number(0.0), tier.number(1.0)
    chosen = tier.choose((">=",), (tier.lift(near), zero), lambda: one, lambda: zero)
    value, certain = chosen.rounded()
    assert certain.tolist() == [True, True, True, False]
    assert value[:3].tolist() == [0.0, 1.0, 1.0]
    larger, sure = tier.function("max")(tier.lift(near), zero).rounded()
    assert sure[:3].all()
    assert larger[:3].tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("tier", [PLAIN, SCALED], ids=["plain", "scaled"])
@pytest.mark.parametrize("n", [0.0, 1.0, 2.0, 3.0, 7.0, -1.0, -2.0, 0.5, -0.5, 1.5, 0.1, 40.0])
def test_powers_are_right(tier: Any, n: float) -> None:
    x = np.concatenate([sizes(-10, 10, 100, signed=n == n // 1), [1.0, 2.0, 3.0]])
    with np.errstate(all="ignore"):
        found = tier.operator("**")(tier.lift(Doubles(x)), tier.number(n))
    with flint.ctx.workprec(WIDE):
        expected = [flint.arb(value) ** flint.arb(n) for value in x.tolist()]
    check(f"x**{n}", select_all(found, x), expected, DIGITS)


@pytest.mark.parametrize("tier", [PLAIN, SCALED], ids=["plain", "scaled"])
def test_a_power_keeps_its_digits_beside_points_that_have_none(tier: Any) -> None:
    with np.errstate(all="ignore"):
        base, exponent = (tier.lift(Doubles(np.array(each))) for each in ([2.0, -1.0, 3.0], [0.1, 0.1, 0.1]))
        found = tier.operator("**")(base, exponent)
    nearest, certain = found.rounded()
    assert certain[[0, 2]].all()
    assert math.isnan(nearest[1]) or not certain[1]
    assert nearest[[0, 2]].tolist() == [1.0717734625362931, 1.1161231740339044]


def select_all(number: Numbers, x: Any) -> Numbers:
    """Return a constant as an array, so that it can be compared point by point."""
    tier = PLAIN if isinstance(number, Doubles) else SCALED
    return tier.select(np.ones(x.shape, dtype=np.bool_), number, number)


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("x if x**x == x else x**(-1.5)", -1.0, -1.0),  # (-1)**(-1) is -1; the other branch has no value there
        ("1 if x - expm1(x)**0.5 <= 0.5 else log(-x)", 1e200, 1.0),
        ("exp(log(x)**3 if expm1(sin(x)) != x else acosh(x)**1.5)", 1e-300, 0.0),  # they differ by x*x/2
    ],
)
def test_a_choice_that_is_not_certain_is_open_though_a_branch_is_missing(text: str, x: float, value: float) -> None:
    values = from_text(text).exact
    points = np.array([-40.0, x, 3.0])  # beside points of the other branch
    assert values(points, (0,))[0][1] == value


def test_points_of_every_size_are_right_side_by_side() -> None:
    x = np.array([-1e5, -800.0, -744.5, 0.0, 1.0, 700.0, 709.5, 710.0, 800.0, 1e5])
    powers = [0.0, 0.0, 5e-324, 1.0, 2.718281828459045, 1.0142320547350045e304, 1.3549863193146328e308]
    powers += [math.inf] * 3
    for f in ("exp(x)", "exp(x/3 + 2*x/3)"):
        assert from_text(f)(x)[0].tolist() == powers
        assert from_text(f)(x[3:])[0].tolist() == powers[3:]  # none of them is tiny
    x = np.array([0.0, 5e-324, 2.0, 1e308])
    assert from_text("log(x)")(x)[0].tolist() == [-math.inf, -744.4400719213812, 0.6931471805599453, 709.1962086421661]
    assert np.isnan(from_text("log(x)")(np.array([-1.0, 2.0]))[0]).tolist() == [True, False]
