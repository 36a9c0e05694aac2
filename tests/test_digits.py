"""Numbers of many digits against certified balls of another library, and by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint
import pytest

from actplot.arithmetic.digit_functions import DECIMALS, FUNCTIONS, circle, power
from actplot.arithmetic.digit_towers import Tower
from actplot.arithmetic.digits import (
    FEWEST,
    MOST,
    UNORDERED,
    Digits,
    Open,
    compare,
    exactly,
    nearest,
    settle,
    working,
)
from actplot.calculus.differentiate import expanded, lowered
from actplot.formula.evaluate import Algebra, Reading, compiled
from actplot.formula.parse import parse
from tests.walking import DAY, EVERYTHING

FEW = slice(None) if EVERYTHING else slice(DAY % 3, None, 3)  # a third of the points, another one each day
INF, NAN = math.inf, math.nan
TINY = [1e-320, 5e-324, 3e-308, 1e-100, 1.5e-40, 1e-17, 3e-9, 1e-4, 0.003, 0.0123, 0.09, 0.11]
SMALL = [0.3, 0.4999, 0.5, 0.7499999, 0.7500001, 0.99, 1.0, 1.0000000000000002, 1.5, 2.0, math.e, 3.3, 5.0, 7.25]
MIDDLE = [10.0, 12.5, 20.0, 26.5, 27.3, 33.0, 40.0, 99.0, 345.6, 709.8, 800.0]
LARGE = [1e4, 123456.789, 1e6, 98765432.1]
HUGE = [1e15, 1e22, 1.7e308, 1e300, 6381956970095103.0 * 2.0**797]
TURNS = [math.pi * k for k in (0.25, 0.5, 0.75, 1, 1.5, 2, 10, 1000, 123456)] + [22.0, 355.0, 103993.0]


def signed(*groups: Iterable[float]) -> list[float]:
    return [sign * x for group in groups for x in group for sign in (1.0, -1.0)]


ORDINARY = signed(TINY, SMALL, MIDDLE)
NEAR_ONE = [1 + k * 2.0**-52 for k in (-3, -1, 1, 2)] + [1 - 1e-9, 1 + 1e-5, 0.9, 1.1]
DOMAIN: dict[str, list[float]] = {
    "exp": [*ORDINARY, *signed(LARGE)],
    "expm1": [*ORDINARY, *signed(LARGE)],
    "log": [*TINY, *SMALL, *MIDDLE, *LARGE, *HUGE, *NEAR_ONE],
    "log1p": [*TINY, *SMALL, *MIDDLE, *LARGE, *HUGE, *(-x for x in [*TINY, *SMALL[:6]]), -1 + 2.0**-53],
    "sqrt": [*TINY, *SMALL, *MIDDLE, *LARGE, *HUGE],
    "sin": [*ORDINARY, *signed(LARGE, HUGE, TURNS)],
    "cos": [*ORDINARY, *signed(LARGE, HUGE, TURNS)],
    "tan": [*ORDINARY, *signed(LARGE, HUGE, TURNS)],
    "sinh": [*ORDINARY, *signed(LARGE)],
    "cosh": [*ORDINARY, *signed(LARGE)],
    "tanh": [*ORDINARY, *signed(LARGE)],
    "asinh": [*ORDINARY, *signed(LARGE, HUGE)],
    "atan": [*ORDINARY, *signed(LARGE, HUGE)],
    "erf": [*ORDINARY, *signed(LARGE[:2])],
    "erfc": [*ORDINARY, *signed(LARGE[:2])],
}
KNOWN: dict[str, Callable[[flint.arb], flint.arb]] = {name: getattr(flint.arb, name) for name in DOMAIN}


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    with working(40):
        yield


def rational(value: Decimal) -> flint.arb:
    """Return the decimal as a ball, by powers of ten, since most of these are no binary numbers."""
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    whole = flint.arb(flint.fmpz(int("".join(map(str, digits))) * (-1) ** sign))
    ten = flint.arb(10) ** flint.arb(abs(exponent))
    return whole * ten if exponent >= 0 else whole / ten


def number(value: float | Decimal, error: str | Decimal = "0") -> Digits:
    middle, error = Decimal(value), Decimal(error)
    if not error:
        return Digits(middle)
    with working(3000):
        return Digits(middle - error, middle + error)


def read(formula: str) -> Reading[Digits]:
    return compiled(lowered(expanded(parse(formula))), DECIMALS)


def function(name: str) -> Callable[[Digits], Digits]:
    """Return an elementary function of one number; one that is no primitive by its lowered formula."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    reading = read(f"{name}(x)")
    return lambda x: reading({"x": x})


def cases(given: list[Callable[[], object]]) -> list[Callable[[], object]]:
    return given


def reach(result: Digits) -> Decimal:
    """Return how far the truth may be from the middle."""
    with working(30):
        return (result.high - result.low) / 2


def size(result: Digits) -> Decimal:
    return max(abs(result.low), abs(result.high))


def holds(result: Digits, truth: flint.arb) -> bool:
    """Say whether the truth, which is known far better than the result, lies between the bounds."""
    low, high = result.low, result.high
    return not (
        (low.is_finite() and bool(truth < rational(low))) or (high.is_finite() and bool(truth > rational(high)))
    )


def precision(x: float, digits: int) -> int:
    """Return enough bits for the truth to be far narrower than the error, whatever cancels in flint."""
    return int(digits * 3.4) + 1300 + 2 * abs(math.frexp(x)[1])


def points(name: str, digits: int) -> list[float]:
    rng = random.Random(f"{name} {digits}")
    low = 0.0 if name in ("log", "sqrt", "log1p") else -1.0
    count = {40: 60, 100: 20}.get(digits, 3)
    fresh = [rng.uniform(30 * low, 30) for _ in range(count)]
    fresh += [rng.choice([low or 1.0, 1.0]) * 10 ** rng.uniform(-30, 1) for _ in range(count)]
    return [*DOMAIN[name], *fresh]


@pytest.mark.parametrize("digits", [40, 100, 400])
@pytest.mark.parametrize("name", DOMAIN)
def test_a_function_of_an_exact_number_is_right_and_known_to_nearly_all_digits(name: str, digits: int) -> None:
    for x in points(name, digits)[FEW]:
        with working(digits):
            result = function(name)(exactly(x))
        with flint.ctx.workprec(precision(x, digits)):
            truth = KNOWN[name](flint.arb(x))
            assert truth.rel_accuracy_bits() > 3.4 * digits
            assert holds(result, truth), (x, result)
        with working(30):
            assert reach(result) <= size(result) * Decimal(10) ** (4 - digits), (x, result)


@pytest.mark.parametrize("name", DOMAIN)
def test_a_function_of_an_inexact_number_covers_all_that_it_may_be(name: str) -> None:
    answered = 0
    for x in points(name, 100)[FEW]:
        for relative in (-70, -30, -9, -3, -1, 0, 1):
            value = Decimal(x)
            error = Decimal(f"1e{relative + value.adjusted()}")
            argument = number(value, error)
            try:
                result = function(name)(argument)
            except Open:
                continue
            assert not result.low.is_nan() or argument.high < 0
            answered += 1
            with flint.ctx.workprec(precision(x, 100)):
                for share in (-1, -0.37, 0.5, 1):
                    place = rational(value) + rational(error) * flint.arb(share)
                    truth = KNOWN[name](place)
                    assert holds(result, truth) or not truth.is_finite(), (x, error, share, result, truth)
    assert answered > (100 if EVERYTHING else 30)


@pytest.mark.parametrize("name", DOMAIN)
def test_a_narrow_ball_stays_narrow(name: str) -> None:
    for x in [0.3, 1.5, 7.25]:
        result = function(name)(number(x, "1e-30"))
        assert 0 < reach(result) < Decimal("1e-26") * (1 + size(result)), (x, result)


def test_the_far_tail_of_erfc_keeps_its_relative_error() -> None:
    for x in [5.0, 8.5, 15.0, 26.0, 40.0, 1e5]:
        result = FUNCTIONS["erfc"](number(x, "1e-30"))
        assert reach(result) < result.low * Decimal("1e-29") * 3 * Decimal(x), (x, result)


def test_ring_operations_are_exact_where_decimals_can_be() -> None:
    half, quarter = exactly(0.5), exactly(0.25)
    for result, value in [
        (half + quarter, "0.75"),
        (half - quarter, "0.25"),
        (half * quarter, "0.125"),
        (half / quarter, "2"),
        (-half, "-0.5"),
        (power(exactly(3.0), exactly(2.0)), "9"),
        (power(exactly(4.0), exactly(0.5)), "2"),
        (power(exactly(4.0), exactly(1.5)), "8"),
        (power(exactly(4.0), exactly(-0.5)), "0.5"),
        (power(exactly(2.0), exactly(-3.0)), "0.125"),
        (power(exactly(-2.0), exactly(3.0)), "-8"),
    ]:
        assert result.exact
        assert result.low == Decimal(value)
    assert not (exactly(1.0) / exactly(3.0)).exact
    assert Fraction(exactly(5e-324).low) == Fraction(5e-324)


def test_ring_operations_cover_the_truth() -> None:
    rng = random.Random(1)

    def drawn() -> tuple[Digits, list[Fraction]]:
        value = Decimal(rng.choice([-1, 1]) * 10 ** rng.uniform(-3, 3) * rng.choice([1, 1, 1e-300, 1e300]))
        error = Decimal(0) if rng.random() < 0.3 else Decimal(f"1e{value.adjusted() - rng.randrange(1, 50)}")
        return number(value, error), [Fraction(value) + share * Fraction(error) for share in (-1, 0, 1)]

    for digits in (10, 40):
        with working(digits):
            for _ in range(300):
                (a, left), (b, right) = drawn(), drawn()
                for symbol in "+-*/":
                    operation = DECIMALS.operator(symbol)
                    result = operation(a, b)
                    for x in left:
                        for y in right:
                            truth = {"+": x + y, "-": x - y, "*": x * y, "/": x / y}[symbol]
                            assert Fraction(result.low) <= truth <= Fraction(result.high), (symbol, a, b)


def test_a_result_below_every_exponent_is_not_called_exact() -> None:
    least = Digits(Decimal("1e-600000000000000000"))
    product = least * least
    assert product.low == 0 < product.high
    for name in ("sin", "tan", "sinh", "tanh", "atan", "expm1", "log1p", "erf"):
        result = function(name)(least)
        assert least.low / 2 < result.low < result.high < least.low * 2, name
    assert not FUNCTIONS["cos"](least).exact
    assert not function("tanh")(exactly(1e300)).exact
    assert nearest(FUNCTIONS["erfc"](exactly(-1e300))) == 2.0


def test_infinities_and_zeros_are_as_in_ieee_arithmetic() -> None:
    inf, zero, one, nan = exactly(INF), exactly(0.0), exactly(1.0), exactly(NAN)
    for result, expected in [
        (inf + one, INF),
        (inf - inf, NAN),
        (-inf - one, -INF),
        (inf * zero, NAN),
        (inf * -one, -INF),
        (one / zero, INF),
        (-one / zero, -INF),
        (one / exactly(-0.0), INF),
        (-one / -zero, -INF),
        (inf / zero, INF),
        (zero / zero, NAN),
        (one / inf, 0.0),
        (inf / -one, -INF),
        (inf / inf, NAN),
        (nan + one, NAN),
        (nan * inf, NAN),
        (one / nan, NAN),
    ]:
        assert same(nearest(result), expected)
        assert math.isnan(expected) or result.exact


def same(first: float | None, second: float | None) -> bool:
    return repr(first) == repr(second)


def test_what_cannot_be_known_is_open() -> None:
    blurred, wide = number(0.0, "1e-30"), Digits(Decimal(0), Decimal("Infinity"))
    one, zero, inf = exactly(1.0), exactly(0.0), exactly(INF)
    for undecided in cases(
        [
            lambda: one / blurred,
            lambda: blurred / zero,
            lambda: inf * blurred,
            lambda: inf / blurred,
            lambda: one / wide,
            lambda: wide - wide,
            lambda: wide * zero,
            lambda: wide / inf,
            lambda: inf - wide,
            lambda: power(blurred, exactly(-1.0)),
            lambda: power(blurred, exactly(0.3)),
            lambda: FUNCTIONS["log"](blurred),
            lambda: FUNCTIONS["sqrt"](blurred),
            lambda: FUNCTIONS["log1p"](number(-1.0, "1e-30")),
            lambda: function("tan")(number(math.pi / 2, "1e-10")),
        ]
    ):
        with pytest.raises(Open):
            undecided()
    for result in [
        wide + one,
        wide * one,
        wide / one,
        FUNCTIONS["sin"](Digits(Decimal("1e2000"))),
        *(FUNCTIONS[name](wide) for name in ("exp", "expm1", "sin", "cos", "atan", "erf", "erfc", "abs")),
    ]:
        assert nearest(result) is None
    assert reach(power(blurred, exactly(2.0))) < 1


LIMITS = {
    "exp": (0.0, INF),
    "expm1": (-1.0, INF),
    "log": (NAN, INF),
    "log1p": (NAN, INF),
    "sqrt": (NAN, INF),
    "sin": (NAN, NAN),
    "cos": (NAN, NAN),
    "atan": (-math.pi / 2, math.pi / 2),
    "erf": (-1.0, 1.0),
    "erfc": (2.0, 0.0),
    "abs": (INF, INF),
    "sign": (-1.0, 1.0),
}


@pytest.mark.parametrize("name", LIMITS)
def test_functions_have_their_limits_at_the_infinities(name: str) -> None:
    for x, expected in zip((-INF, INF), LIMITS[name], strict=True):
        result = FUNCTIONS[name](exactly(x))
        assert same(nearest(result), expected)
        assert result.exact or math.isnan(expected) or name in ("atan", "expm1", "erf", "erfc")
    assert same(nearest(FUNCTIONS[name](exactly(NAN))), NAN)


def test_functions_are_exact_where_they_are_simple() -> None:
    for name, x, expected in [
        *(
            (name, 0.0, 0.0)
            for name in ("expm1", "log1p", "sqrt", "sin", "tan", "sinh", "tanh", "asinh", "atan", "erf")
        ),
        *((name, 0.0, 1.0) for name in ("exp", "cosh", "erfc")),
        ("Phi", 0.0, 0.5),
        ("log", 1.0, 0.0),
        ("log", 0.0, -INF),
        ("log", -0.0, -INF),
        ("log1p", -1.0, -INF),
        ("log", -1e-320, NAN),
        ("log1p", math.nextafter(-1, -2), NAN),
        ("sqrt", -1.0, NAN),
        ("sqrt", 2.25, 1.5),
        ("sign", -3.0, -1.0),
        ("sign", 0.0, 0.0),
        ("abs", -3.0, 3.0),
    ]:
        result = function(name)(exactly(x))
        assert same(nearest(result), expected), (name, x)
        assert math.isnan(expected) or result.exact


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (0.0, 0.0, 1.0),
        (INF, 0.0, 1.0),
        (NAN, 0.0, NAN),
        (2.0, NAN, NAN),
        (0.0, 2.5, 0.0),
        (0.0, 0.3, 0.0),
        (0.0, -0.3, INF),
        (0.0, -2.0, INF),
        (0.0, 1e300, 0.0),
        (-2.0, 0.5, NAN),
        (-2.0, 0.3, NAN),
        (-1.0, 1e300, 1.0),
        (-1.0, 2.0**53 - 1, -1.0),
        (-1.0, 2.0**53, 1.0),
        (INF, 0.3, INF),
        (INF, -0.3, 0.0),
        (-INF, 3.0, -INF),
        (-INF, 0.5, INF),
        (2.0, INF, INF),
        (0.5, INF, 0.0),
        (0.5, -INF, INF),
        (-1.0, INF, 1.0),
        (2.0, 1e300, INF),
        (2.0, -1e300, 0.0),
        (10.0, 22.0, 1e22),
    ],
)
def test_powers_follow_the_conventions_of_numpy(base: float, exponent: float, expected: float) -> None:
    assert same(nearest(power(exactly(base), exactly(exponent))), expected)


def test_powers_cover_the_truth_and_are_narrow() -> None:
    rng = random.Random(2)
    for _ in range(150):
        base = 10 ** rng.uniform(-20, 20)
        exponent = rng.choice([rng.uniform(-50, 50), float(rng.randrange(-1000, 1000)), rng.randrange(99) + 0.5])
        for error in ("0", "1e-45"):
            first = number(base, Decimal(error) * Decimal(base))
            result = power(first, number(exponent, error))
            with working(30):
                assert reach(result) <= size(result) * (Decimal("1e-34") + 50000 * Decimal(error))
            with flint.ctx.workprec(3000):
                for share in (-1, 1):
                    by = flint.arb(share) * rational(Decimal(error))
                    truth = ((flint.arb(base) * (1 + by)).log() * (flint.arb(exponent) + by)).exp()
                    assert holds(result, truth), (base, exponent, result)
    large = power(exactly(-1.0000000000000002), exactly(1e15 + 1))
    with flint.ctx.workprec(400):
        assert holds(large, -(((flint.arb(1.0000000000000002)).log() * flint.arb(1e15 + 1)).exp()))
    assert reach(large) < Decimal("1e-38")


def test_the_circle_is_known_to_the_working_precision() -> None:
    for digits in (20, 40, 99, 640, 1280):
        with working(digits), flint.ctx.workprec(5000):
            assert holds(circle(), flint.arb.pi())
            assert reach(circle()) < Decimal(10) ** (1 - digits)


def test_comparisons_answer_where_certain() -> None:
    one, two, near, nan, inf = exactly(1.0), exactly(2.0), number(1.0, "0.1"), exactly(NAN), exactly(INF)
    assert [compare(one, two), compare(two, one), compare(one, one)] == [-1, 1, 0]
    assert [compare(near, two), compare(two, near), compare(near, near)] == [-1, 1, 0]
    assert [compare(inf, two), compare(-inf, near), compare(inf, inf)] == [1, -1, 0]
    assert [compare(nan, one), compare(one, nan), compare(inf, nan)] == [UNORDERED] * 3
    assert compare(exactly(1.0), Digits(Decimal(1) + Decimal("1e-39"))) == -1
    for second in (one, number(1.05, "0.1"), Digits(Decimal("1.1")), Digits(Decimal(0), Decimal(INF))):
        with pytest.raises(Open):
            compare(near, second)
    assert nearest(FUNCTIONS["sign"](number(0.0, "1e-30"))) is None


def test_extremes_never_raise() -> None:
    low, high, blurred = exactly(1.0), exactly(2.0), number(1.5, "1")
    assert FUNCTIONS["min"](high, low).low == 1
    assert FUNCTIONS["max"](low, high).low == 2
    assert FUNCTIONS["max"](low, exactly(INF)).low == INF
    assert nearest(read("clip(x, 1, 2)")({"x": exactly(5.0)})) == 2
    assert abs(number(-1.0, "2")).high == 3
    assert abs(number(-1.0, "2")).low == 0
    for name in ("min", "max"):
        for first, second in [(blurred, low), (low, blurred), (blurred, number(2.0, "0.25"))]:
            result = FUNCTIONS[name](first, second)
            for one in (first.low, first.high):
                for other in (second.low, second.high):
                    truth = min(one, other) if name == "min" else max(one, other)
                    assert result.low <= truth <= result.high
        assert same(nearest(FUNCTIONS[name](blurred, exactly(NAN))), NAN)


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [
        ("0.1", "0", 0.1),
        ("0.1", "1e-30", 0.1),
        ("-0", "0", 0.0),
        ("0", "1e-400", 0.0),
        ("0", "1e-300", None),
        ("-1e-400", "1e-401", 0.0),
        ("5e-324", "1e-324", 5e-324),
        ("2.4703282292062327e-324", "1e-325", None),
        ("1e-310", "1e-330", 1e-310),
        ("1e400", "1", INF),
        ("-1e999999999999", "1e999999998000", -INF),
        ("1.7976931348623157e308", "1e290", 1.7976931348623157e308),
        ("1.7976931348623159e308", "1e292", None),
        ("9007199254740993", "0", 9007199254740992.0),
        ("9007199254740995", "0", 9007199254740996.0),
        ("9007199254740993", "1e-2000", None),
        ("9007199254740993.1", "1e-2", 9007199254740994.0),
        ("Infinity", "0", INF),
        ("NaN", "0", NAN),
        ("1", "Infinity", None),
    ],
)
def test_nearest_answers_where_the_error_decides(value: str, error: str, expected: float | None) -> None:
    assert same(nearest(number(Decimal(value), error)), expected)


def test_an_end_is_not_rounded_across_the_middle_of_two_floats() -> None:
    with localcontext() as context:
        context.prec = 200
        beside = 9007199254740993 + Decimal("1e-100")
    assert nearest(number(beside, "1e-101")) == 9007199254740994.0
    assert nearest(number(beside, "2e-100")) is None


def test_settling_takes_the_digits_that_it_needs() -> None:
    one = exactly(1.0)
    exp, log = FUNCTIONS["exp"], FUNCTIONS["log"]
    assert settle(lambda x: (one + x) - one, 1e-300) == 1e-300
    assert settle(lambda x: log(exp(x)), 1e-200) == 1e-200
    assert settle(lambda x: exp(x) / (one + exp(x)), 1e10) == 1.0
    assert same(settle(log, -1.0), NAN)
    assert settle(lambda x: x / exactly(0.0), 1.0) == INF
    assert settle(FUNCTIONS["sign"], -2.0) == -1.0
    # The difference is zero: enough digits round it to that, but none show that it is.
    assert settle(lambda x: log(exp(x)) - x, 1.0) == 0.0
    assert settle(lambda x: FUNCTIONS["sign"](log(exp(x)) - x), 1.0) is None
    # The truth lies in the middle of two floats, and the root is not known to be exact.
    middle = settle(lambda x: x + exp(log(one + one + one)), 2.0**53 + 2)
    assert middle in (2.0**53 + 4, 2.0**53 + 6)
    used: list[int] = []

    def counted(x: Digits) -> Digits:
        with localcontext() as context:
            used.append(context.prec)
        return (one + x) - one

    assert settle(counted, 1e-250) == 1e-250
    assert used[0] == FEWEST
    assert used[-1] <= MOST
    assert all(first < second for first, second in pairwise(used))


def test_choices_are_lazy_and_chained() -> None:
    algebra: Algebra[Digits] = DECIMALS
    one, two, three, blurred, nan = exactly(1.0), exactly(2.0), exactly(3.0), number(2.0, "1"), exactly(NAN)

    def never() -> Any:
        raise AssertionError

    def chosen(operators: str, *operands: Digits, yes: bool) -> bool:
        result = algebra.choose(
            tuple(operators.split()), operands, (lambda: one) if yes else never, never if yes else (lambda: two)
        )
        return (result is one) == yes

    assert chosen("<", one, two, yes=True)
    assert chosen("< <=", one, two, two, yes=True)
    assert chosen("< <", one, three, two, yes=False)
    assert chosen("== !=", one, one, two, yes=True)
    assert chosen("> >=", blurred, exactly(0.5), one, yes=False)
    for symbol in ("<", "<=", ">", ">=", "=="):
        assert chosen(symbol, nan, one, yes=False)
    assert chosen("!=", nan, one, yes=True)
    with pytest.raises(Open):
        chosen("< <", one, blurred, two, yes=True)


def test_the_algebra_has_constants_and_functions() -> None:
    assert nearest(DECIMALS.number(INF)) == INF
    assert nearest(DECIMALS.pi()) == math.pi
    assert nearest(DECIMALS.operator("**")(exactly(2.0), exactly(10.0))) == 1024.0
    assert nearest(DECIMALS.function("cos")(exactly(0.0))) == 1.0
    with flint.ctx.workprec(20000):
        for x in (-38.0, -1e4, 0.7, 12.0):
            truth = (-flint.arb(x) / flint.arb(2).sqrt()).erfc() / 2
            result = function("Phi")(exactly(x))
            assert holds(result, truth)
            assert reach(result) < result.low * Decimal("1e-28")


def settled(formula: str, x: float) -> float | None:
    reading = read(formula)
    return settle(lambda number: reading({"x": number}), x)


# The truth to the right and to the left of every ordinary exponential; a string is a formula in floats.
FAR: dict[str, tuple[float | str, float | str]] = {
    "exp(x)": (INF, 0.0),
    "-exp(x)": (-INF, 0.0),
    "exp(x)/(1 + exp(x))": (1.0, 0.0),
    "exp(x)/(1 + exp(x))**2": (0.0, 0.0),
    "exp(-x)/(1 + exp(-x))**2": (0.0, 0.0),
    "1/(1 + exp(-x))": (1.0, 0.0),
    "1 - 1/(1 + exp(-x))": (0.0, 1.0),
    "x/(1 + exp(-x))": ("x", 0.0),
    "x*exp(-x)/(1 + exp(-x))**2": (0.0, 0.0),
    "1/(1 + exp(-x)) + x*exp(-x)/(1 + exp(-x))**2": (1.0, 0.0),
    "x*exp(x)/(1 + exp(x))": ("x", 0.0),
    "log(1 + exp(x))": ("x", 0.0),
    "log1p(exp(x)) - x": (0.0, "-x"),
    "x*tanh(log(1 + exp(x)))": ("x", 0.0),
    "(exp(x) - exp(-x))/(exp(x) + exp(-x))": (1.0, -1.0),
    "4*exp(2*x)/(exp(2*x) + 1)**2": (0.0, 0.0),
    "log(exp(x))": ("x", "x"),
    "exp(x)*exp(-x)": (1.0, 1.0),
    "sqrt(exp(x)*exp(-x))": (1.0, 1.0),
    "sqrt(exp(x))*exp(-x/2)": (1.0, 1.0),
    "exp(x) - exp(x)": (0.0, 0.0),
    "3*exp(x) - exp(x)": (INF, 0.0),
    "exp(x) - 3*exp(x)": (-INF, 0.0),
    "(3*exp(x) - exp(x))/exp(x)": (2.0, 2.0),
    "(exp(x) + exp(x))/exp(x)": (2.0, 2.0),
    "exp(x + 1)/exp(x) - expm1(1)": (1.0, 1.0),
    "exp(x)**2/exp(2*x)": (1.0, 1.0),
    "exp(x)**0.3/exp(0.3*x)": (1.0, 1.0),
    "exp(x)**-1.5*exp(1.5*x)": (1.0, 1.0),
    "(-exp(x))**3": (-INF, 0.0),
    "exp(x)**0": (1.0, 1.0),
    "2**x/2**(x + 1)": (0.5, 0.5),
    "1**exp(x)": (1.0, 1.0),
    "2**exp(x)": (INF, 1.0),
    "0.5**exp(x)": (0.0, 1.0),
    "0**exp(x)": (0.0, 0.0),
    "exp(-exp(-x))*exp(-x)": (0.0, 0.0),
    "exp(x)*exp(-exp(x))": (0.0, 0.0),
    "exp(exp(x) - x)": (INF, INF),
    "exp(exp(exp(x)))/(1 + exp(exp(exp(x))))": (1.0, 1 / (1 + math.exp(-1))),
    "sinh(x)/cosh(x)": (1.0, -1.0),
    "2*sinh(x)*exp(-abs(x))": (1.0, -1.0),
    "2*cosh(x)*exp(-abs(x))": (1.0, 1.0),
    "log(cosh(x))": ("abs(x)", "abs(x)"),
    "1/cosh(x)": (0.0, 0.0),
    "expm1(x)/exp(x)": (1.0, -INF),
    "expm1(exp(x))/exp(x)": (INF, 1.0),
    "log1p(exp(x))/exp(x)": (0.0, 1.0),
    "sinh(exp(x))/exp(x)": (INF, 1.0),
    "tanh(exp(x))/exp(x)": (0.0, 1.0),
    "tanh(-exp(x))": (-1.0, 0.0),
    "asinh(exp(x))/exp(x)": (0.0, 1.0),
    "asinh(-exp(x))": ("-x", 0.0),
    "atan(exp(x))*2/pi": (1.0, 0.0),
    "atan(exp(x))/exp(x)": (0.0, 1.0),
    "erf(exp(x))": (1.0, 0.0),
    "erf(exp(x))/exp(x)": (0.0, 2 / math.sqrt(math.pi)),
    "erfc(exp(x))": (0.0, 1.0),
    "erfc(-exp(x))": (2.0, 1.0),
    "cosh(exp(x))": (INF, 1.0),
    "cos(exp(-abs(x)))": (1.0, 1.0),
    "sin(exp(-abs(x)))*exp(abs(x))": (1.0, 1.0),
    "tan(exp(-abs(x)))*exp(abs(x))": (1.0, 1.0),
    "sqrt(exp(x))": (INF, 0.0),
    "sqrt(-exp(x))": (NAN, NAN),
    "log(-exp(x))": (NAN, NAN),
    "sign(exp(x) - exp(-x))": (1.0, -1.0),
    "sign(-exp(x))": (-1.0, -1.0),
    "abs(-exp(x))/exp(x)": (1.0, 1.0),
    "max(exp(x), exp(-x))*min(exp(x), exp(-x))": (1.0, 1.0),
    "max(exp(x), 1)": (INF, 1.0),
    "min(-exp(x), x)": (-INF, "x"),
    "clip(exp(x), 0.25, 4)": (4.0, 0.25),
    "1 if exp(x) > 1e300 else 2": (1.0, 2.0),
    "1 if -exp(x) < 0 < exp(x) else 2": (1.0, 1.0),
    "erfc(abs(x))*exp(x*x)*abs(x)*sqrt(pi)": (1.0, 1.0),
    "x*erfc(x)": (0.0, "2*x"),
    "x*Phi(x)": ("x", 0.0),
    "x*exp(-x*x/2)": (0.0, 0.0),
}


@pytest.mark.parametrize("formula", FAR)
def test_formulas_keep_their_values_where_exponentials_leave_the_decimals(formula: str) -> None:
    for size in (1e17, 1e19, 1e20, 1e100, 8e307, 1.7e308):
        for x, expected in zip((size, -size), FAR[formula], strict=True):
            truth = eval(expected, {"x": x, "abs": abs}) if isinstance(expected, str) else expected
            found = settled(formula, x)
            # This difference has no digits to tell by where the exponential is just within reach.
            if formula != "exp(x) - exp(x)" or size > 1e17:
                assert same(found, truth + 0.0), x


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("exp(x - exp(x))", 0.0),
        ("1 - exp(-exp(x))", 1.0),
        ("exp(-exp(x))*exp(x)", 0.0),
        ("tanh(exp(x))", 1.0),
        ("x*tanh(exp(x)) - x", 0.0),
        ("tanh(exp(x)) + x*exp(x)/cosh(exp(x))**2", 1.0),
        ("exp(exp(x))/(1 + exp(exp(x)))", 1.0),
        ("exp(-exp(x))/(1 + exp(-exp(x)))**2", 0.0),
        ("log(1 + exp(exp(x)))/exp(x)", 1.0),
        ("erfc(exp(x))*x", 0.0),
        ("exp(exp(exp(x)))/(1 + exp(exp(exp(x))))", 1.0),
        ("exp(-exp(x)) + x*(exp(-exp(x))*exp(x))", 0.0),  # two parts that both vanish
    ],
)
def test_double_exponentials_are_no_guess(formula: str, expected: float) -> None:
    for x in (100.0, 650.0, 700.0, 709.0, 1e4, 1e20, 1.7e308):
        assert settled(formula, x) == expected, x


def test_what_leaves_the_decimals_is_neither_infinite_nor_zero() -> None:
    exp, inf, zero, one, nan = FUNCTIONS["exp"], exactly(INF), exactly(0.0), exactly(1.0), exactly(NAN)
    huge, vanishing = exp(exactly(1e300)), exp(exactly(-1e300))
    vast = Digits(Decimal("1e600000000000000000"))
    assert compare(vast * vast, vast) == 1
    assert compare(huge, vast) == compare(vast, vanishing) == 1
    assert [compare(inf, huge), compare(huge, inf), compare(-inf, huge)] == [1, -1, -1]
    assert [compare(huge, huge), compare(-huge, huge), compare(-vanishing, -huge)] == [0, -1, 1]
    assert [compare(vanishing, zero), compare(zero, vanishing), compare(-vanishing, zero)] == [1, -1, -1]
    assert [compare(huge, nan), compare(nan, vanishing)] == [UNORDERED] * 2
    for result, expected in [
        (inf * vanishing, INF),
        (huge - inf, -INF),
        (-huge / zero, -INF),
        (vanishing / zero, INF),
        (vanishing / inf, 0.0),
        (inf / -vanishing, -INF),
        (zero * huge, 0.0),
        (zero / vanishing, 0.0),
        (huge * nan, NAN),
        (huge - huge, 0.0),
        (vanishing / vanishing, 1.0),
        (power(zero, huge), 0.0),
        (power(zero, -huge), INF),
    ]:
        assert same(nearest(result), expected)
        assert math.isnan(expected) or result.exact
    for beside in (
        one + vanishing,
        vast - vanishing,
        number(0.0, "1e-30") + vanishing,
        (huge + one) / huge,
        huge / (huge - one),
        (huge + exp(exactly(5e299))) / huge,
        function("tanh")(vanishing) / vanishing,
    ):
        assert 0 < reach(beside) < Decimal("1e-29") * (1 + size(beside))
    assert isinstance(zero + vanishing, Tower)
    assert nearest(-huge + vast) == -INF
    assert nearest(FUNCTIONS["erfc"](exactly(1e300))) == 0.0


def test_a_tower_of_which_too_little_is_known_is_open() -> None:
    exp, log = FUNCTIONS["exp"], FUNCTIONS["log"]
    blurred, ball = number(1e20, "1e5"), number(0.0, "1e-30")
    huge, tower = exp(blurred), exp(exp(exactly(1e20)))
    twin = exp(number(1e20, "1e5"))
    for undecided in cases(
        [
            lambda: huge - twin,
            lambda: huge * ball,
            lambda: ball / (exactly(1.0) / huge),
            lambda: huge / ball,
            lambda: tower - exp(exp(number(1e20, "1"))),
            lambda: power(-huge, exactly(2.0) + ball),
            lambda: power(number(1.0, "1e-30"), tower),
            lambda: power(exactly(-2.0), huge),
            lambda: log(exactly(1.0) / huge + ball),
            lambda: compare(huge, twin),
            lambda: compare(exactly(1.0) / huge, ball),
            lambda: function("tan")(tower),
        ]
    ):
        with pytest.raises(Open):
            undecided()
    for result in [
        exp(number(1e20, "1e20")),
        exp(number(0.0, "1e30")),
        huge / twin,
        FUNCTIONS["sin"](tower),
        FUNCTIONS["cos"](tower),
    ]:
        assert not isinstance(result, Tower)
        assert nearest(result) is None
    # What is open of one is certain of others.
    assert nearest(huge + twin) == INF
    assert nearest(huge / (huge + exactly(1.0))) == 1.0
    assert nearest(tower / (exactly(1.0) + tower)) == 1.0
    assert nearest(ball / huge) == 0.0
    for name in ("min", "max"):
        assert nearest(FUNCTIONS[name](huge, twin)) == INF
        assert size(FUNCTIONS[name](ball, exactly(1.0) / huge)) < Decimal("1e-29")


def covers(result: Digits, truth: flint.arb) -> bool:
    """Say whether the truth may be what the number says."""
    if not isinstance(result, Tower):
        return holds(result, truth)
    if bool(truth < 0) if result.factor.low > 0 else bool(truth > 0):
        return False
    log = FUNCTIONS["log"](abs(result))
    return isinstance(log, Tower) or holds(log, abs(truth).log())


def test_operations_on_towers_cover_the_truth() -> None:
    rng = random.Random(3)
    towers = 0

    def drawn() -> tuple[Digits, flint.arb]:
        size = rng.choice([10 ** rng.uniform(16.8, 18.5), 10 ** rng.uniform(17, 40), 1e18, 2e17, 1.0, 1e-20])
        value = Decimal(rng.choice([-1, 1]) * size)
        error = rng.choice([Decimal(0), Decimal(f"1e{value.adjusted() - rng.randrange(1, 45)}")])
        share = Decimal(str(rng.uniform(-1, 1)))
        return number(value, error), rational(value) + rational(error) * rational(share)

    names = [name for name in DOMAIN if name not in ("sin", "cos", "tan")]
    with flint.ctx.workprec(1000):
        for _ in range(400):
            pool = [drawn() for _ in range(3)]
            for _ in range(12):
                (a, x), (b, y) = rng.choice(pool), rng.choice(pool)
                name = rng.choice([*"+-*/" * 3, "exp", "exp", "exp", *names])
                try:
                    result = function(name)(a) if name in DOMAIN else DECIMALS.operator(name)(a, b)
                except Open:
                    continue
                if name in DOMAIN:
                    truth = KNOWN[name](x)
                else:
                    truth = x + y if name == "+" else x - y if name == "-" else x * y if name == "*" else x / y
                if not truth.is_finite() or truth.rel_accuracy_bits() < 300:
                    continue
                assert covers(result, truth), (name, a, b, result, truth)
                pool.append((result, truth))
                towers += isinstance(result, Tower)
    assert towers > 500
