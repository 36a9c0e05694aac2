"""Every number of the catalogue against certified arithmetic, at fixed points and at fresh ones."""

from __future__ import annotations

import dataclasses
import math
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

import actplot
from actplot.accuracy import Accuracy, compare, points
from actplot.accuracy.balls import settle
from actplot.accuracy.compare import isolated_zeros, ulps
from actplot.accuracy.truth import Truth
from actplot.activation import Activation
from actplot.calculus.custom import from_text
from actplot.declaration import Declaration

if TYPE_CHECKING:
    from actplot.declaration import Array, Pair

MAX_ULP = 4.0
FRESH = random.SystemRandom().randrange(2**32)
SEEDS = [pytest.param(0, id="fixed"), pytest.param(FRESH, id="fresh")]

NAMES = actplot.names()


def report(measured: Accuracy, seed: int) -> str:
    return f"seed {seed}: {measured}"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", NAMES)
def test_f_and_its_derivative_are_right_to_the_last_digits(name: str, seed: int) -> None:
    activation = actplot.get(name)
    measured = compare(activation, points(activation, seed))
    assert measured.ulp <= MAX_ULP, report(measured, seed)
    assert measured.value.open == measured.slope.open == 0, report(measured, seed)
    assert measured.value.judged > 2000, report(measured, seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_declared_derivative_is_the_derivative_of_the_declared_formula(name: str, seed: int) -> None:
    activation = actplot.get(name)
    truth = Truth(activation.declaration, activation.values)
    rng = np.random.default_rng(seed)
    near, far = rng.uniform(-8, 8, 60), rng.choice([-1.0, 1.0], 20) * 10.0 ** rng.uniform(-10, 3, 20)
    x = np.concatenate([near, far]).tolist()
    low, high = activation.declaration.judged or (-math.inf, math.inf)
    x = [point for point in x if low <= point <= high]
    for point, declared, computed in zip(x, settle(truth.slope, x), settle(truth.computed_slope, x), strict=True):
        assert declared is not None, f"seed {seed}: no f' at {point!r}"
        assert computed is not None, f"seed {seed}: no series at {point!r}"
        assert declared.overlaps(computed), f"seed {seed}: f'({point!r}) is {computed}, not {declared}"


@pytest.mark.parametrize("name", NAMES)
def test_the_sides_of_a_kink_are_the_limits_of_the_formulas(name: str) -> None:
    activation = actplot.get(name)
    truth = Truth(activation.declaration, activation.values)
    for kink in activation.kinks:
        values = kink.jump or (float(activation(kink.x)[0]),) * 2
        for direction, value, slope in ((-math.inf, values[0], kink.left), (math.inf, values[1], kink.right)):
            beside = math.nextafter(kink.x, direction)
            f, df = (float(settle(read, [beside])[0] or math.nan) for read in (truth.value, truth.slope))
            assert f == pytest.approx(value, rel=1e-14, abs=1e-14)
            assert df == pytest.approx(slope, rel=1e-14, abs=1e-14)


def spoiled(name: str, change: Callable[[Array, Array, Array], Pair]) -> Activation:
    """Return an activation whose pair is changed, and whose texts are not."""
    activation = actplot.get(name)
    pair = activation.declaration.pair

    def wrong(x: Array, **parameters: float) -> Pair:
        with np.errstate(over="ignore"):
            return change(x, *pair(x, **parameters))

    return dataclasses.replace(activation, declaration=dataclasses.replace(activation.declaration, pair=wrong))


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_last_digit_of_f_is_seen(name: str) -> None:
    wrong = spoiled(name, lambda x, f, df: (f * (1 + 2e-15), df))
    constant = np.unique(np.abs(actplot.get(name)(np.linspace(-40.0, 40.0, 99))[0])).tolist()
    assert compare(wrong, points(wrong, 0)[::5]).value.ulp > MAX_ULP or constant == [0.0]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_last_digit_of_the_derivative_is_seen(name: str) -> None:
    wrong = spoiled(name, lambda x, f, df: (f, df * (1 + 2e-15)))
    flat = not np.any(actplot.get(name)(np.linspace(-40.0, 40.0, 99), at_kink="left")[1])
    assert compare(wrong, points(wrong, 0)[::5]).slope.ulp > MAX_ULP or flat


def test_a_lost_tail_is_seen() -> None:
    lost = spoiled("gelu", lambda x, f, df: (np.where(x < -8.3, 0.0, f), df))
    assert compare(lost).value.x < -8.3


def test_a_nan_is_seen() -> None:
    assert compare(spoiled("relu", lambda x, f, df: (np.where(x == -1.0, np.nan, f), df))).value.ulp == math.inf


PLANTED = [
    ("sigmoid", "f*(1 + f)"),
    ("tanh", "1 + f**2"),
    ("silu", "sigmoid(beta*x)*(1 - beta*x*sigmoid(-beta*x))"),
    ("gelu", "Phi(x) + x*exp(-x**2)/sqrt(2*pi)"),
    ("softplus", "1/(1 + exp(beta*x))"),
    ("elu", "1 if x > 0 else exp(x) + alpha*0.0000001"),
    ("celu", "1 if x > 0 else exp(x*alpha)/1.0000000000001"),
    ("gaussian", "-x*f"),
]


@pytest.mark.parametrize(("name", "text"), PLANTED, ids=[name for name, _ in PLANTED])
def test_a_wrong_sign_or_constant_in_a_derivative_is_seen(name: str, text: str) -> None:
    activation = actplot.get(name)
    wrong: Declaration = dataclasses.replace(activation.declaration, derivative_text=text)
    truth = Truth(wrong, activation.values)
    (declared,), (computed,) = settle(truth.slope, [-0.75]), settle(truth.computed_slope, [-0.75])
    assert declared is not None
    assert not declared.overlaps(computed)
    assert compare(dataclasses.replace(activation, declaration=wrong)).slope.ulp > MAX_ULP


# --- the instruments ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["silu", "soft_shrink"])
def test_the_points_reach_every_corner_of_float64(name: str) -> None:
    activation = actplot.get(name)
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


def test_points_stay_where_accuracy_is_promised() -> None:
    waves = [actplot.get(name) for name in NAMES if actplot.get(name).declaration.judged]
    assert waves
    for wave in waves:
        low, high = wave.declaration.judged or (0.0, 0.0)
        x = points(wave, 0)
        assert low <= x.min()
        assert x.max() <= high


MAX = 1.7976931348623157e308


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
        (1e-290, 5e-291, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0),
        (1e-280, 0.0, 0.0, math.inf),
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
    truth = Truth(from_text(text).declaration, {})
    x = np.union1d(np.linspace(-9, 9, 400), [3.0])  # 0 is not among them
    values = np.array([float(ball or 0) for ball in settle(truth.value, x.tolist())])
    found = isolated_zeros(truth.value, x, values)
    assert sorted(found) == pytest.approx(zeros, abs=1e-6)


def test_a_textbook_formula_is_caught_out() -> None:
    tanh = actplot.get("tanh")
    quotient = compare(from_text("sinh(x)/cosh(x)"), against=tanh)
    assert quotient.ulp == math.inf
    assert compare(from_text("1 - 1/(1 + exp(x))"), against=actplot.get("sigmoid")).value.ulp > 1e6
    assert compare(from_text("tanh(x)"), against=tanh).ulp <= MAX_ULP
