"""What costs much is bounded by counting, and what can be decided exactly is decided."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

import actplot
from actplot.accuracy.balls import exactly as ball
from actplot.accuracy.balls import precision
from actplot.arithmetic import digit_kernels as kernels
from actplot.arithmetic.digit_functions import DECIMALS
from actplot.arithmetic.digits import Digits, exactly, working
from actplot.arithmetic.intervals import Ends, plus, share, softened
from actplot.calculus import breaks, narrow, search
from actplot.errors import UsageError
from actplot.formula.evaluate import evaluate
from actplot.formula.nodes import Call, Number
from actplot.formula.parse import parse
from tests.test_bounds import nested

EVERYWHERE = (-math.inf, math.inf)


def test_sums_of_what_is_huge_need_no_order() -> None:
    tower = actplot.get("**".join("x" * 8))
    assert tower([2.5, 5.0, 1e300])[1].tolist() == [math.inf] * 3
    assert not tower.left_open
    down = actplot.get("-(x**x**x**x) - x**x**x**x**x")
    assert down(9.0) == (-math.inf, -math.inf)
    with working(40):
        one = Digits(Decimal(1))
        huge = [evaluate(parse(text), {"x": exactly(9.0)}, DECIMALS) for text in ("x**x**x**x", "x**x**x**x + 1")]
        assert (huge[0] + huge[1]).low > 0
        assert (one / (huge[0] + huge[1])).high < Decimal("1e-1000")


def test_logaddexp_is_smooth_and_its_slope_is_a_share() -> None:
    deep = actplot.get(nested("logaddexp({}, 1)", 16))
    assert breaks.sites(deep.tree) == ()
    assert deep.searched == EVERYWHERE
    both = actplot.get("logaddexp(x, 1 - x)")
    with precision(200):
        wanted = [float((ball(x) - ball(0.5)).tanh().mid()) for x in (-300.0, 0.0, 0.5, 0.75, 3.0, 900.0)]
    assert both([-300.0, 0.0, 0.5, 0.75, 3.0, 900.0])[1].tolist() == wanted


def test_bounds_of_logaddexp_hold_the_truth_and_no_more() -> None:
    pairs = [(-700.0, 3.0), (3.0, 3.0), (-0.7, -0.69), (300.0, -300.0), (0.1, 40.0), (-5e-324, 0.0)]
    low, high = softened(*(np.array(side) for side in zip(*pairs, strict=True)))
    shares = share(Ends(*(np.array([u - v for u, v in pairs]),) * 2))
    with precision(4000):
        for i, (u, v) in enumerate(pairs):
            top = max(u, v)
            true = ball(top) + (ball(min(u, v)) - ball(top)).exp().log1p()
            assert ball(low[i]) <= true <= ball(high[i])
            assert high[i] - low[i] <= 16 * max(math.ulp(top), math.ulp(1.0))
            portion = 1 / (1 + ball(v - u).exp())
            assert ball(shares.low[i]) <= portion <= ball(shares.high[i])
    assert softened(np.array([40.0]), np.array([0.0])).low[0] == 40.0


def test_an_end_that_was_rounded_outward_stays() -> None:
    one, tiny = (Ends(np.array([part]), np.array([part])) for part in (1.0, 1e-20))
    assert [part[0] for part in plus(one, tiny)] == [1.0, math.nextafter(1.0, 2.0)]
    assert [part[0] for part in plus(one, Ends(-tiny.low, -tiny.low))] == [math.nextafter(1.0, 0.0), 1.0]


def test_a_softplus_is_proved_to_be_above_x() -> None:
    act = actplot.get("max(x, softplus(x))")
    assert (act.searched, act.kinks) == (EVERYWHERE, ())
    for text in ("log(1 + exp(2*x))", "log(exp(2*x) + 1)", "log1p(exp(2*x))"):
        assert narrow.narrowed(parse(text)) == Call("logaddexp", (parse("2*x"), Number(0.0, "0")))


def test_parts_without_x_are_the_numbers_that_they_are() -> None:
    assert narrow.narrowed(parse("x + (sin(pi) + exp(0)*cos(0) - 1/4)")) == parse("x + 0.75")
    assert narrow.narrowed(parse("x*sqrt(2) + 0.1*3")) == parse("x*sqrt(2) + 0.1*3")  # no float64
    assert narrow.narrowed(parse("x + 1/0")) == parse("x + 1/0")


@pytest.mark.parametrize(
    "text",
    [
        "max(sin(gelu((x)/(1e-3))), sigmoid((sigmoid(7))-((x)/(x))))",
        "round(sin(x)*x)",
    ],
)
def test_a_search_ends_by_the_work_that_it_was(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "EFFORT_ANYWHERE", 8000)
    act = actplot.get(text)
    assert act.searched != EVERYWHERE
    assert 8000 < act.exact.effort.spent < 60_000
    low, high = act.searched
    assert all(low <= seam.x <= high for seam in act.seams)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("floor(cos(x))", {0.0: 1, 3.0: -1}),
        ("ceil(sin(pi) + x)", {0.0: 0, 1.0: 1, 1.5: 2}),
        ("x*ceil(sin(pi) + x)", {0.0: 0, 1.0: 1, -2.5: 5}),
        ("floor(2*cos(pi*x/3))", {0.0: 2, 1.0: 1, 2.0: -1, 3.0: -2, 4.0: -1, 5.0: 1, 6.0: 2}),
        ("floor(2*sin(pi*x/6))", {0.0: 0, 1.0: 1, 3.0: 2, 7.0: -1, 9.0: -2, -1.0: -1}),
        ("floor(sin(pi*x) + pi*x/pi)", {1.0: 1, 2.5: 3}),
        ("floor(2*sin(pi/2 - pi*x))", {1.0: -2, 1 / 2: 0}),
        ("1 if pi*x > 2*pi - pi else 0", {1.0: 0, 1.5: 1}),
    ],
)
def test_what_is_exact_decides_at_a_jump(text: str, values: dict[float, float]) -> None:
    act = actplot.get(text)
    assert {x: float(act(x)[0]) for x in values} == values
    assert not act.left_open


def test_what_no_digits_decide_is_told_and_nothing_else() -> None:
    root = actplot.get("floor(cbrt(x))")
    assert math.isnan(root(8.0)[0])
    assert root.left_open == {8.0}  # though it is the place of a jump, where there is no slope in any case
    bounded = actplot.get("ceil(erf(x))")
    bounded.exact.limit(math.inf, 0)
    bounded.exact(np.array([0.0, 1.0]))
    assert not bounded.exact.open


def test_kernels_of_many_digits_are_those_of_the_library() -> None:
    for digits in (100, 300, 700):
        with working(digits + 40):
            points = [Decimal(size).exp() / 7 for size in (-60, -30, -3, 1, 4)]
        for x in points:
            for at in (x, -x):
                _agree(kernels.exp, Decimal.exp, at, digits)
            _agree(kernels.log, Decimal.ln, x, digits)
            with working(digits):
                near = 1 + x.scaleb(-20)
            _agree(kernels.log, Decimal.ln, near, digits)
    with working(300):
        assert kernels.monotone(kernels.exp, Digits(Decimal(0))).exact
        assert kernels.monotone(kernels.log, Digits(Decimal(1))).exact
        assert not kernels.monotone(kernels.exp, Digits(Decimal("1e-2000"))).exact


def _agree(ours, theirs, x: Decimal, digits: int) -> None:  # type: ignore[no-untyped-def]
    with working(digits):
        found, wanted = ours(x), theirs(x)
        assert abs(found - wanted) <= abs(wanted).scaleb(4 - digits), (ours, x)


def test_a_narrow_number_is_read_at_one_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with working(60):
        x = Decimal(2).sqrt()
        narrow_number = Digits(x, x + Decimal("1e-50"))
        for kernel, true in ((kernels.exp, Decimal.exp), (kernels.log, Decimal.ln), (Decimal.sqrt, Decimal.sqrt)):
            found = kernels.monotone(kernel, narrow_number)
            with working(80):
                assert found.low < true(narrow_number.low) < true(narrow_number.high) < found.high
            assert found.high - found.low < Decimal("1.1e-49")
        assert kernels.monotone(kernels.atan, -narrow_number).high < 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Softplus(beta=1.0, threshold=inf)", "softplus"),
        ("torch.nn.Softplus(1.0, math.inf)", "softplus"),
        ("ELU(alpha=None)", "elu"),
    ],
)
def test_print_outs_with_words_are_read(text: str, told: str) -> None:
    found = actplot.get(text)
    assert found.name == told
    assert found(1.0) == actplot.get(told)(1.0)


def test_what_can_not_be_infinite_is_told_so() -> None:
    for text in ("Hardtanh(min_val=-inf, max_val=1.0)", "LeakyReLU(negative_slope=nan)", "Softplus(threshold=-inf)"):
        with pytest.raises(UsageError, match="it must be a finite number"):
            actplot.get(text)
