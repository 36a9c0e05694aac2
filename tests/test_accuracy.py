"""Every number of the catalogue against certified arithmetic, at fixed points and at fresh ones."""

from __future__ import annotations

import dataclasses
import math
import random
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

import actplot
from actplot.accuracy import compare, points
from actplot.accuracy.balls import settle
from actplot.accuracy.truth import Truth
from actplot.accuracy.ulps import ulps
from actplot.accuracy.zeros import isolated_zeros
from actplot.calculus.differentiate import expanded, slope_tree
from actplot.errors import UsageError
from actplot.formula.nodes import Node
from actplot.formula.rewrite import substitute, with_values
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.registry import find
from actplot.functions.typed import from_text
from tests.walking import EVERYTHING, dense, every, known

if TYPE_CHECKING:
    from actplot.activations.declaration import Declaration
    from actplot.arrays import Array

MAX_ULP = 0.5000001  # the nearest float64; a tie is exactly half a unit off
FRESH = random.SystemRandom().randrange(2**32)
SEEDS = [pytest.param(0, id="fixed"), pytest.param(FRESH, id="fresh")]

NAMES = every()

# Where certified arithmetic says nothing of f': at a tie of the formula's pieces, ...
TIES = {
    "elu": (0.0,),
    "celu": (0.0,),
    "isrlu": (0.0,),
    "xielu": (0.0,),
    "elish": (0.0,),
    "sinc": (0.0,),
    "sparse_plus": (-1.0, 1.0),
    "sqnl": (-2.0, 0.0, 2.0),
}
# ... and where an exponential of an exponential leaves its range.
DOUBLE_EXPONENTIALS = {"tanh_exp", "gelu_tanh", "cloglog", "phish"}
REACH = 600.0

# Functions of which many points, tiny or far out, are read in hundreds of decimals each.
COSTLY = {"log_cosh": 12, "phish": 24, "gelu_tanh": 24, "mish": 2, "tanh_exp": 2, "sin": 3, "snake": 3}


def chosen(activation: Activation, x: Array, stride: int) -> Array:
    """Return the points that an ordinary run has time for: all of them where everything is asked for."""
    return x if EVERYTHING else x[:: stride * COSTLY.get(activation.name, 1)]


def certified(activation: Activation, x: Array) -> tuple[Array, Array]:
    """Return the points at which certified arithmetic must have an answer, and those at which it may."""
    ties = [*TIES.get(activation.name, ()), *(seam.x for seam in activation.seams)]
    may = np.isin(x, ties)
    if activation.name in DOUBLE_EXPONENTIALS:
        may |= np.abs(x) > REACH
    return x[~may], x[may]


def check(activation: Activation, x: Array, seed: int) -> None:
    """Assert that f and f' are the nearest float64 at every point."""
    told = f"{activation.title}, seed {seed}: "
    must, may = certified(activation, x)
    measured, rest = compare(activation, must), compare(activation, may)
    assert max(measured.ulp, rest.ulp) <= MAX_ULP, told + f"{measured} {rest}"
    assert measured.value.open == measured.slope.open == 0, told + str(measured)
    assert activation.exact.open <= {kink.x for kink in activation.kinks}, told + str(activation.exact.open)


@pytest.mark.parametrize("name", NAMES)
def test_f_and_its_derivative_are_the_nearest_float64_here_and_there(name: str) -> None:
    """Some forty points of every kind, about every seam among them; the dense walk reads hundreds."""
    activation = known(name)
    seams = np.array([seam.x for seam in activation.seams])
    about = np.concatenate([seams, np.nextafter(seams, -np.inf), np.nextafter(seams, np.inf)])
    check(activation, np.union1d(points(activation, 0)[7::331], about), 0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", dense())
def test_f_and_its_derivative_are_the_nearest_float64(name: str, seed: int) -> None:
    activation = known(name)
    x = points(activation, seed)
    assert x.size > 10_000
    check(activation, chosen(activation, x, 8 if seed == 0 else 16), seed)


# --- other parameters --------------------------------------------------------------------------------------------

WITH_PARAMETERS = [name for name in dense() if find(name).parameters]
SETS = 20
FEW = 1  # of them for each seed, in an ordinary run


def drawn(declaration: Declaration, seed: int) -> Iterator[Activation]:
    """Yield the function with legal parameters of any size, again and again."""
    rng = np.random.default_rng([seed, *declaration.name.encode()])
    while True:
        for _ in range(1000):
            sizes = 10.0 ** rng.uniform(-8.0, 8.0, len(declaration.parameters))
            values = (sizes * rng.choice([-1.0, 1.0], sizes.size)).tolist()
            try:
                activation = bind(declaration, dict(zip(declaration.parameters, values, strict=True)))
            except UsageError:
                continue
            break
        else:
            raise AssertionError(f"{declaration.name}: no parameters are within the bounds")
        yield activation


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_they_are_the_nearest_with_parameters_of_any_size(name: str, seed: int) -> None:
    sets = drawn(find(name), seed)
    for _ in range(SETS // 2 if EVERYTHING else FEW + (seed == 0)):
        activation = next(sets)
        check(activation, chosen(activation, points(activation, seed)[::20], 2), seed)


@pytest.mark.parametrize(
    "spec",
    [
        "xielu:alpha_p=1,alpha_n=1,beta=0",
        "snake:a=0.3",
        "silu:beta=1e-6",
        "hard_shrink:lambd=0",
        "soft_shrink:lambd=0",
        "softplus:threshold=20",
        "hard_sigmoid:alpha=0.2,beta=0.5",
        "elu:alpha=1e300",
        "identity:alpha=1e300,beta=-1e-300",
    ],
)
def test_they_are_the_nearest_with_these_parameters(spec: str) -> None:
    activation = actplot.get(spec)
    check(activation, points(activation, 0)[::4], 0)


@pytest.mark.parametrize(("name", "x"), [("logish", -31.179794885771635), ("gelu_tanh", -16.174853463714054)])
def test_they_are_the_nearest_where_much_cancels(name: str, x: float) -> None:
    near = x * (1.0 + np.arange(-50, 51) * 2.0**-52)
    check(known(name), np.union1d(near, [x]), 0)


@pytest.mark.parametrize("name", ["hard_shrink", "soft_shrink"])
def test_a_shrink_by_nothing_is_the_identity(name: str) -> None:
    f, df = actplot.get(name, lambd=0)([-5e-324, 0.0, 5e-324, 3.0])
    assert f.tolist() == [-5e-324, 0.0, 5e-324, 3.0]
    assert df.tolist() == [1.0, 1.0, 1.0, 1.0]


# --- slopes as they are written ----------------------------------------------------------------------------------

WRITTEN = [name for name in NAMES if find(name).slope_text]


def written_slope(activation: Activation, declaration: Declaration) -> Node:
    """Return the slope that a declaration shows, in x alone and elementary functions."""
    return expanded(with_values(substitute(slope_tree(declaration), {"f": declaration.formula}), activation.trees))


def disagreements(activation: Activation, declaration: Declaration, seed: int) -> list[float]:
    """Return the points at which the slope that is written is not the one that is computed."""
    rng = np.random.default_rng(seed)
    size = 10.0 ** rng.uniform(-4, 2, 20)
    x = np.concatenate([rng.uniform(-8, 8, 40), size, -size])
    x = x[~np.isin(x, [seam.x for seam in activation.seams])]
    df = activation(x)[1]
    truth = settle(Truth(written_slope(activation, declaration)).value, x.tolist())
    told = [(at, computed, ball) for at, computed, ball in zip(x.tolist(), df.tolist(), truth, strict=True)]
    assert sum(ball is not None for *_, ball in told) > 60
    return [
        at
        for at, computed, ball in told
        if ball is not None and computed != pytest.approx(float(ball), rel=1e-15, abs=1e-300)
    ]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_slope_that_is_written_is_the_one_that_is_computed(name: str) -> None:
    declaration = find(name)
    assert disagreements(known(name), declaration, 0) == []
    if declaration.parameters:
        for seed, activation in zip((1, 2, FRESH), drawn(declaration, FRESH), strict=False):
            assert disagreements(activation, declaration, seed) == [], f"{activation.title}, seed {seed}"


PLANTED = [
    ("sigmoid", "f*(1 + f)"),
    ("tanh", "1 + f**2"),
    ("silu", "sigmoid(beta*x)*(1 - beta*x*sigmoid(-beta*x))"),
    ("gelu", "Phi(x) + x*exp(-x**2)/sqrt(2*pi)"),
    ("softplus", "1 if beta*x > threshold else 1/(1 + exp(beta*x))"),
    ("elu", "1 if x > 0 else exp(x) + alpha*0.0000001"),
    ("celu", "1 if x > 0 else exp(x*alpha)/1.0000000000001"),
    ("gaussian", "-x*f"),
    ("hard_swish", "0 if alpha*x + beta < 0 else 1 if alpha*x + beta > 1 else 2*alpha*x - beta"),
    ("snake", "1 + b/a*sin(a*x)"),
]


@pytest.mark.parametrize(("name", "text"), PLANTED, ids=[name for name, _ in PLANTED])
def test_a_wrong_sign_or_constant_in_a_slope_that_is_written_is_seen(name: str, text: str) -> None:
    wrong = dataclasses.replace(find(name), slope_text=text)
    assert disagreements(known(name), wrong, 0)


# --- planted errors ----------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Spoiled(Activation):
    """An activation whose numbers are changed, and whose formula is not."""

    change: Callable[[Array, Array, Array], tuple[Array, Array]]

    def _pair(self, x: Array) -> list[Array]:
        return list(self.change(x, *super()._pair(x)))


def spoiled(name: str, change: Callable[[Array, Array, Array], tuple[Array, Array]]) -> Activation:
    activation = known(name)
    return Spoiled(activation.declaration, activation.values, change)


def next_float(values: Array) -> Array:
    """Return the floats that follow, as seen from zero; of infinity, the one before it."""
    with np.errstate(over="ignore"):
        return np.nextafter(values, np.where(np.isinf(values), 0.0, np.copysign(np.inf, values)))


@pytest.mark.parametrize("name", dense())
def test_a_wrong_last_digit_of_f_is_seen(name: str) -> None:
    wrong = spoiled(name, lambda x, f, df: (next_float(f), df))
    measured = compare(wrong, points(wrong, 0)[::100])
    assert measured.value.ulp > MAX_ULP
    assert measured.slope.ulp <= MAX_ULP


@pytest.mark.parametrize("name", dense())
def test_a_wrong_last_digit_of_the_derivative_is_seen(name: str) -> None:
    wrong = spoiled(name, lambda x, f, df: (f, next_float(df)))
    measured = compare(wrong, points(wrong, 0)[50::100])
    assert measured.slope.ulp > MAX_ULP
    assert measured.value.ulp <= MAX_ULP


def test_one_wrong_digit_at_one_point_is_seen() -> None:
    wrong = spoiled("gelu", lambda x, f, df: (np.where(x == -12.5, np.nextafter(f, -1.0), f), df))
    measured = compare(wrong, np.linspace(-20.0, 20.0, 81))
    assert measured.value.x == -12.5
    assert 0.5 < measured.value.ulp < 1.5


def test_a_lost_tail_is_seen() -> None:
    lost = spoiled("gelu", lambda x, f, df: (np.where(x < -8.3, 0.0, f), df))
    assert compare(lost).value.x < -8.3


@pytest.mark.parametrize("name", ["sigmoid", "silu", "mish"])
def test_a_lost_subnormal_number_is_seen(name: str) -> None:
    lost = spoiled(name, lambda x, f, df: (np.where(np.abs(f) < 2.0**-1022, 0.0, f), df))
    measured = compare(lost, np.linspace(-760.0, 10.0, 1541))
    assert measured.value.ulp > 1000
    assert abs(measured.value.true) < 2.0**-1022


def test_a_zero_that_is_missed_is_seen() -> None:
    off = spoiled("sin", lambda x, f, df: (f + 1e-25, df))
    assert compare(off, np.array([math.pi, 22.0, 355.0])).value.ulp > MAX_ULP


def test_a_nan_is_seen() -> None:
    assert compare(spoiled("relu", lambda x, f, df: (np.where(x == -1.0, np.nan, f), df))).value.ulp == math.inf


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sigmoid", "1/(1 + exp(-1.0000000000000002*x))"),
        ("gelu", "x*Phi(x*1.0000000000000002)"),
        ("sin", "sin(x) + 1e-300"),
    ],
)
def test_a_formula_that_is_off_by_its_last_digit_is_seen(name: str, text: str) -> None:
    assert compare(known(name), points(known(name), 0)[::20], against=from_text(text)).ulp > MAX_ULP


# --- the instruments ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["silu", "soft_shrink"])
def test_the_points_reach_every_corner_of_float64(name: str) -> None:
    activation = known(name)
    x = points(activation, 1)
    exponents = {sign: set(np.frexp(x[np.sign(x) == sign])[1].tolist()) for sign in (-1.0, 1.0)}
    assert exponents[1.0] == exponents[-1.0] == set(range(-1073, 1025))
    assert {0.0, 5e-324, 1.7976931348623157e308} <= set(np.abs(x).tolist())
    assert np.sum(np.abs(x) < 50) > 1000
    for kink in activation.kinks:
        assert {math.nextafter(kink.x, -9), kink.x, math.nextafter(kink.x, 9)} <= set(x.tolist())


def test_the_same_seed_gives_the_same_points() -> None:
    tanh = actplot.get("tanh")
    np.testing.assert_array_equal(points(tanh, 5), points(tanh, 5))
    assert set(points(tanh, 5)) != set(points(tanh, 6))


def test_points_of_a_wave_reach_every_corner_too() -> None:
    for name in ("sin", "cos", "gcu", "snake", "sinc"):
        x = points(known(name), 0)
        assert x.min() == -sys.float_info.max
        assert x.max() == sys.float_info.max


MAX = sys.float_info.max


@pytest.mark.parametrize(
    ("got", "high", "low", "error"),
    [
        (1.0, 1.0, 0.0, 0.0),
        (1.0 + 2**-52, 1.0, 0.0, 1.0),
        (1.0, 1.0, 2**-54, 0.25),
        (1.0 - 2**-53, 1.0, -(2**-60), 1.0 - 2**-7),  # below a power of two the units are half as large
        (-3.0, 3.0, 0.0, 6 * 2.0**51),
        (math.nan, 1.0, 0.0, math.inf),
        (math.inf, 1.0, 0.0, math.inf),
        (math.inf, MAX, 0.0, 1.0),
        (math.inf, math.inf, 0.0, 0.0),
        (MAX, math.inf, 0.0, 1.0),
        (-math.inf, math.inf, 0.0, math.inf),
        (1e-290, 5e-291, 0.0, 5e-291 / 2.0**-1017),
        (0.0, 0.0, 0.0, 0.0),
        (1e-280, 0.0, 0.0, 1e-280 / 5e-324),
        (0.0, 2e-290, 0.0, 2e-290 / 2.0**-1015),
    ],
)
def test_errors_count_units_in_the_last_place(got: float, high: float, low: float, error: float) -> None:
    assert ulps(np.array([got]), np.array([high]), np.array([low])).tolist() == pytest.approx([error], rel=1e-12)


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("cos(x)", [-2.5 * math.pi, -1.5 * math.pi, -0.5 * math.pi, 0.5 * math.pi, 1.5 * math.pi, 2.5 * math.pi]),
        ("1 + sin(x)", [-2.5 * math.pi, -0.5 * math.pi, 1.5 * math.pi]),  # touches
        ("x - 3", [3.0]),
        ("x*exp(-x)", []),  # at zero itself no allowance is needed
        ("x if x > 1 else -1", []),  # a jump is no zero
        ("max(x - 1, 0)", []),  # zeros that fill an interval are not isolated
        ("exp(x)", []),
    ],
)
def test_isolated_zeros_are_found(text: str, zeros: list[float]) -> None:
    truth = Truth(from_text(text).tree)
    x = np.union1d(np.linspace(-9, 9, 400), [3.0])  # 0 is not among them
    values = np.array([float(ball or 0) for ball in settle(truth.value, x.tolist())])
    found = isolated_zeros(truth.value, x, values)
    assert sorted(found) == pytest.approx(zeros, abs=1e-6)


def test_a_textbook_formula_is_caught_out() -> None:
    tanh = actplot.get("tanh")
    quotient = compare(from_text("sinh(x)/cosh(x)"), against=tanh)
    assert quotient.ulp == math.inf
    assert compare(from_text("1 - 1/(1 + exp(x))"), against=actplot.get("sigmoid")).value.ulp > 1e6
    assert compare(from_text("tanh(x)"), against=tanh).value.ulp <= 2


def test_a_typed_formula_is_measured_in_plain_float64_with_its_allowances() -> None:
    shifted = from_text("sin(x - 1)")
    x = np.union1d(np.linspace(0.5, 1.5, 101), [math.nextafter(1.0, 2.0), 1.0 + 2.0**-40])
    assert compare(shifted, x).value.ulp < 2  # at the zero beside 1 the rounding of x is no fault of the formula's
    assert compare(shifted, x).value.judged == x.size
    faint = from_text("exp(-x)*exp(-x)")
    assert compare(faint, np.array([334.0, 340.0, 372.0])).value.ulp < 8
    assert compare(from_text("exp(-x)*exp(-x)"), np.array([372.5]), against=faint).value.ulp == 0
