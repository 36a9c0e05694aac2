"""Where pieces meet: what is declared is what is found, and what happens there is read in digits."""

from __future__ import annotations

import math

import numpy as np
import pytest

import actplot
from actplot.calculus.seams import Kink
from actplot.functions.activation import Activation
from actplot.functions.slope import derived
from tests.walking import every, look_at

# Several parameter sets wherever a parameter moves or bends a joint.
SETS = [
    *every(),
    "leaky_relu:alpha=1",
    "leaky_relu:alpha=-2",
    "elu:alpha=2",
    "celu:alpha=0.25",
    "selu:alpha=1,scale=1",
    "relu6:n=0.5",
    "plu:alpha=0.5,c=3",
    "hard_tanh:lower=-100,upper=0.125",
    "hard_sigmoid:alpha=0.25",
    "hard_swish:alpha=0.5,beta=0.25",
    "soft_shrink:lambd=2",
    "soft_shrink:lambd=0",
    "hard_shrink:lambd=0",
    "hard_shrink:lambd=1.5,bias=1",
    "threshold:theta=-2,value=7",
    "threshold:theta=1,value=1",
    "step:theta=2,value=0.5",
    "softplus:threshold=20",
    "softplus:beta=2,threshold=10",
    "nlrelu:beta=3",
    "xielu:alpha_p=1,alpha_n=2,beta=0",
]


def shown(kinks: tuple[Kink, ...]) -> list[tuple[float, float, float, tuple[float, float] | None]]:
    return [(kink.x, kink.left, kink.right, kink.jump) for kink in kinks]


@look_at(SETS)
def test_what_frameworks_choose_is_declared_where_pieces_are_found_to_meet(spec: str) -> None:
    activation = actplot.get(spec)
    chosen = {kink.x for kink in activation.kinks if kink.frameworks}
    assert chosen == activation._chosen.keys() & {kink.x for kink in activation.kinks}
    assert activation.changed or activation._chosen.keys() <= {seam.x for seam in activation.seams}


HAND = {
    "relu": [(0.0, 0.0, 1.0, None)],
    "relu6": [(0.0, 0.0, 1.0, None), (6.0, 1.0, 0.0, None)],
    "leaky_relu": [(0.0, 0.01, 1.0, None)],
    "elu": [],
    "elu:alpha=2": [(0.0, 2.0, 1.0, None)],
    "selu": [(0.0, 1.7580993408473766, 1.0507009873554805, None)],
    "celu:alpha=0.3": [],
    "abs": [(0.0, -1.0, 1.0, None)],
    "hard_tanh": [(-1.0, 0.0, 1.0, None), (1.0, 1.0, 0.0, None)],
    "hard_sigmoid": [(-3.0, 0.0, 1 / 6, None), (3.0, 1 / 6, 0.0, None)],
    "hard_swish": [(-3.0, 0.0, -0.5, None), (3.0, 1.5, 1.0, None)],
    "hard_mish": [(-2.0, 0.0, -1.0, None)],
    "tribas": [(-1.0, 0.0, 1.0, None), (0.0, 1.0, -1.0, None), (1.0, -1.0, 0.0, None)],
    "soft_shrink": [(-0.5, 1.0, 0.0, None), (0.5, 0.0, 1.0, None)],
    "soft_shrink:lambd=0": [],
    "hard_shrink": [(-0.5, 1.0, 0.0, (-0.5, 0.0)), (0.5, 0.0, 1.0, (0.0, 0.5))],
    "hard_shrink:lambd=0": [],
    "step": [(0.0, 0.0, 0.0, (0.0, 1.0))],
    "sign": [(0.0, 0.0, 0.0, (-1.0, 1.0))],
    "threshold": [(1.0, 0.0, 1.0, (0.0, 1.0))],
    "softplus:threshold=20": [(20.0, 0.9999999979388464, 1.0, (20.000000002061153, 20.0))],
    "tribas(x-100.3)": [(99.3, 0.0, 1.0, None), (100.3, 1.0, -1.0, None), (101.3, -1.0, 0.0, None)],
    "exp(-3000*abs(x))": [(0.0, 3000.0, -3000.0, None)],
    "(x**2)**0.5": [(0.0, -1.0, 1.0, None)],
    "(x**4)**0.25": [(0.0, -1.0, 1.0, None)],
    "exp(log(abs(x)))": [(0.0, -1.0, 1.0, None)],
    "(x-1)**2/abs(x-1)": [(1.0, -1.0, 1.0, None)],
    "atan(1/x)": [(0.0, -1.0, -1.0, (-math.pi / 2, math.pi / 2))],
    "x/abs(x)": [(0.0, 0.0, 0.0, (-1.0, 1.0))],
    "abs(x-1e-9)": [(1e-9, -1.0, 1.0, None)],
    "max(0.1*x, x)": [(0.0, 0.1, 1.0, None)],
}


@pytest.mark.parametrize("spec", HAND)
def test_the_sides_of_a_kink_are_right_to_the_last_digit(spec: str) -> None:
    assert shown(actplot.get(spec).kinks) == HAND[spec]


def between(activation: Activation, x: float) -> tuple[float, float]:
    f, df = activation(np.array([x]))
    return float(f[0]), float(df[0])


@pytest.mark.parametrize(
    ("spec", "x", "f", "slope"),
    [
        ("hard_shrink:lambd=0", 0.0, 0.0, 1.0),
        ("soft_shrink:lambd=0", 0.0, 0.0, 1.0),
        ("celu:alpha=7", 0.0, 0.0, 1.0),
        ("sinc", 0.0, 1.0, 0.0),
        ("x if x != 0 else 0", 0.0, 0.0, 1.0),
        ("5 if x == 1 else x", 1.0, 5.0, math.nan),
        ("abs(x)**1.5", 0.0, 0.0, 0.0),
        ("sin(x)/x", 0.0, math.nan, math.nan),
    ],
)
def test_where_pieces_meet_smoothly_the_slope_is_that_of_both(spec: str, x: float, f: float, slope: float) -> None:
    assert between(actplot.get(spec), x) == pytest.approx((f, slope), rel=0, abs=0, nan_ok=True)


@pytest.mark.parametrize(("x", "bend"), [(0.0, -1 / 3), (1e-8, -0.3333333333333333), (1e-160, -1 / 3)])
def test_the_second_derivative_of_sinc_is_right_about_zero(x: float, bend: float) -> None:
    assert between(derived(actplot.get("sinc")), x)[1] == bend


def test_a_slope_without_a_limit_is_infinite_on_the_side_where_it_grows() -> None:
    (root,) = actplot.get("sqrt(x)").seams
    assert root.kind == "edge"
    assert math.isnan(root.df[0])
    assert root.df[1] == math.inf
