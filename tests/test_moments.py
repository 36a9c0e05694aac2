"""What functions do to a normal signal: means, gains, critical weights, against closed forms and a table."""

from __future__ import annotations

import json
import math
import re

import pytest

import actplot
from actplot.networks.gaussian import Means
from actplot.networks.numbers import numbers
from actplot.networks.theory import Critical, critical
from tests.conftest import Run
from tests.walking import dense

# name, E f, E f², E f′, E f′²: quadrature in 25 digits of mpmath, to 12 digits
TABLE = """
relu .398942280401 .5 .5 .5
leaky_relu .394952857597 .50005 .505 .50005
relu6 .398942280245 .499999998075 .499999999013 .499999999013
relu2 .5 1.5 .797884560803 2
elu .160520572267 .644945417493 .761578291865 .668102001223
selu 0 1 .985231116186 1.07157499246
gelu .282094791774 .42522148257 .5 .455850865649
gelu_tanh .282038588079 .425193711033 .5 .455817845963
quick_gelu .282330552813 .421952806897 .5 .449549200479
silu .206620964142 .355775519817 .5 .379482351633
mish .240403888375 .452342192376 .563747557288 .479083758374
hard_swish .166216700656 .331567375138 .5 .358531517179
softplus .806059183347 .921245908859 .5 .293379035858
sigmoid .5 .293379035858 .206620964142 .0448362413502
tanh 0 .394294490398 .605705509602 .464402902448
erf 0 .464559054398 .651470015871 .569410034734
hard_tanh 0 .516058550962 .682689492137 .682689492137
softsign 0 .183014021267 .412755100339 .227671340422
arctan 0 .449700916435 .655679542419 .5
sin 0 .432332358382 .606530659713 .567667641618
gaussian .57735026919 .4472135955 0 .3577708764
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
# name, forward gain, 1/std, backward gain
GAINS = """
relu 1.41421356237 1.71285855045 1.41421356237
elu 1.2451983007 1.27084341785 1.22342855755
gelu 1.5335304412 1.70092624336 1.48111441271
silu 1.67653247033 1.7871872221 1.62332025795
mish 1.48684758127 1.5920253811 1.44475523255
sigmoid 1.84622854534 4.80131337204 4.72264608594
tanh 1.59253741972 1.59253741972 1.46741359163
softsign 2.33753336311 2.33753336311 2.09578060894
"""


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_means_agree_with_the_table_to_ten_digits(row: list[str]) -> None:
    found = Means(actplot.get(row[0])).at(1.0)
    expected = [float(number) for number in row[1:]]
    assert [found.mean, found.square, found.slope, found.slope_square] == pytest.approx(expected, rel=1e-10, abs=1e-11)


@pytest.mark.parametrize("line", GAINS.strip().splitlines())
def test_gains_agree_with_the_table_to_ten_digits(line: str) -> None:
    name, forward, normalising, backward = line.split()
    gains = numbers(actplot.get(name))["gains"]
    assert gains["forward"] == pytest.approx(float(forward), rel=1e-10)
    assert gains["normalising"] == pytest.approx(float(normalising), rel=1e-10)
    assert gains["backward"] == pytest.approx(float(backward), rel=1e-10)


@pytest.mark.parametrize("q", [1e-14, 3e-5, 0.3, 2.0, 77.0, 1e6])
def test_means_agree_with_closed_forms_at_any_variance(q: float) -> None:
    assert Means(actplot.get("relu")).at(q).square == pytest.approx(q / 2, rel=1e-13)
    erf = Means(actplot.get("erf")).at(q)
    assert erf.square == pytest.approx(2 / math.pi * math.asin(2 * q / (1 + 2 * q)), rel=1e-11)
    assert erf.slope_square == pytest.approx(4 / math.pi / math.sqrt(1 + 4 * q), rel=1e-11)
    gelu = Means(actplot.get("gelu")).at(q)
    bend = math.asin(q / (1 + q)) / 2 + q / ((1 + q) * math.sqrt(1 + 2 * q))
    assert gelu.mean == pytest.approx(q / math.sqrt(2 * math.pi * (1 + q)), rel=1e-11)
    assert gelu.square == pytest.approx(q * (0.25 + bend / math.pi), rel=1e-11)
    hard = Means(actplot.get("hard_tanh")).at(q)
    assert hard.slope_square == pytest.approx(math.erf(1 / math.sqrt(2 * q)), rel=1e-11)
    if q < 1000.0:  # a wave that turns thousands of times has more panels than there may be
        wave = Means(actplot.get("sin")).at(q)
        assert wave.square == pytest.approx(-math.expm1(-2 * q) / 2, rel=1e-11)
        assert wave.growth == pytest.approx(math.exp(-2 * q), rel=1e-11, abs=1e-12)


def test_the_variance_grows_as_its_differences_say() -> None:
    means = Means(actplot.get("mish"))
    difference = (means.at(1.001).square - means.at(0.999).square) / 0.002
    assert means.at(1.0).growth == pytest.approx(difference, rel=1e-6)


# name, q*, σ_w², σ_b², to the digits that are known
CRITICAL = """
tanh 1 2.1533026489 .150964629379
erf 1 1.75620368276 .184139677807
elu 1 1.49677743544 .0346602520092
selu 1 .933205801778 .066794198222
silu 14.32017362 1.98800468 .55514317
gelu 3.56155281 1.98305826 .17292239
gelu_tanh 3.55677284 1.98288824 .17289520
mish 1.67016913 2.01352407 .09452179
hard_swish 4.80385595 1.97328958 .50714585
"""


def known(name: str) -> Critical:
    found = critical(Means(actplot.get(name)))
    assert found is not None
    return found


@pytest.mark.parametrize("line", CRITICAL.strip().splitlines())
def test_critical_points_agree_with_the_table_to_eight_digits(line: str) -> None:
    name, q, weight, bias = line.split()
    found = known(name)
    assert [found.q, found.weight, found.bias] == pytest.approx(
        [float(q), float(weight), float(bias)], rel=1e-10, abs=6e-9
    )
    assert found.stable == (found.q == 1.0)


def test_the_critical_point_of_gelu_is_a_closed_form() -> None:
    assert known("gelu").q == pytest.approx((math.sqrt(17) + 3) / 2, rel=1e-10)


def test_how_critical_points_pull() -> None:
    assert known("tanh").pull == pytest.approx(0.3914654434, rel=1e-9)
    assert known("erf").pull == pytest.approx(1 / 3, rel=1e-10)
    assert known("leaky_relu:negative_slope=0.5").everywhere
    assert known("leaky_relu:negative_slope=0.5").weight == pytest.approx(1.6, rel=1e-12)
    assert not known("x**3").stable  # E f² = 15 q³ and E f′² = 27 q², so the variance grows 5/3 times as fast
    assert known("x**3").pull == pytest.approx(5 / 3, rel=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "softplus"])
def test_some_have_no_critical_point(name: str) -> None:
    assert critical(Means(actplot.get(name))) is None


def test_dead_and_saturated_units() -> None:
    def tail(x: float) -> float:
        return 0.5 * math.erfc(x / math.sqrt(2))

    assert numbers(actplot.get("relu"))["dead"] == pytest.approx(0.5, rel=1e-12)
    assert numbers(actplot.get("hard_tanh"))["dead"] == pytest.approx(2 * tail(1.0), rel=1e-12)
    assert numbers(actplot.get("gelu"))["dead"] == 0.0
    where = math.acosh(10.0)  # 1/cosh² is 0.01
    assert numbers(actplot.get("tanh"))["saturated"] == pytest.approx(2 * tail(where), rel=1e-11)
    assert numbers(actplot.get("x + 1"))["saturated"] == 0.0
    where = math.acosh(5.0) * 2  # σ′ = 1/(4 cosh²(x/2))
    assert numbers(actplot.get("sigmoid"))["saturated"] == pytest.approx(2 * tail(where), rel=1e-11)


@pytest.mark.parametrize(
    ("spec", "order", "why"),
    [
        ("step", 1, "f jumps, of which f′ knows nothing, at 0"),
        ("hard_shrink", 1, "f jumps, of which f′ knows nothing, at -0.5"),
        ("sqrt(abs(x))", 1, "f′ is boundless at 0"),
        ("1/x", 0, "f has a pole at 0"),
        ("log(x)", 0, "the domain of f ends at 0"),
        ("exp(x**2/3)", 0, "f has no mean square for normal input"),
    ],
)
def test_what_has_no_mean_is_refused_with_the_reason(spec: str, order: int, why: str) -> None:
    assert Means(actplot.get(spec)).lacks(order) == why
    assert numbers(actplot.get(spec))["critical"] is None
    assert numbers(actplot.get(spec))["slope_square"] is None


def test_a_jump_leaves_the_signal_its_numbers() -> None:
    found = numbers(actplot.get("sign"))
    assert found["gains"] == {
        "forward": pytest.approx(1.0),
        "backward": None,
        "normalising": pytest.approx(1.0),
        "torch": None,
    }
    assert found["dead"] == pytest.approx(1.0)


def test_what_is_narrow_is_not_missed() -> None:
    width = 1e-3
    found = Means(actplot.get(f"exp(-((x - 1)/{width})**2/2)")).at(1.0)
    # the product of two normal densities is one
    spread = 1 + width**2
    assert found.mean == pytest.approx(width / math.sqrt(spread) * math.exp(-0.5 / spread), rel=1e-10)


def test_torch_has_gains_of_its_own() -> None:
    gains = {
        name: numbers(actplot.get(name))["gains"]["torch"] for name in ("tanh", "selu", "gelu", "leaky_relu:alpha=0.2")
    }
    assert gains == {
        "tanh": 5 / 3,
        "selu": 0.75,
        "gelu": None,
        "leaky_relu:alpha=0.2": pytest.approx(math.sqrt(2 / 1.04)),
    }


def test_info_tells_them_when_asked(run: Run) -> None:
    told = run("info", "tanh", "--signal").stdout.decode()
    assert "E[f′] = 0.6057055096, E[f′²] = 0.4644029024" in told
    assert "5/3 in torch's calculate_gain, which is another" in told
    assert "σ_w² = 2.153302649, σ_b² = 0.1509646294 at q* = 1: stable" in " ".join(told.split())
    data = json.loads(run("info", "selu", "--signal", "--json").stdout)["signal"]
    assert data["square"] == pytest.approx(1.0, rel=1e-12)
    assert data["gains"]["torch"] == 0.75
    assert "signal" not in json.loads(run("info", "selu", "--json").stdout)
    assert b"biases would be negative" in b" ".join(run("info", "sigmoid", "--signal").stdout.split())


@pytest.mark.parametrize("name", dense())
def test_a_function_of_the_catalogue_has_numbers_or_a_reason(name: str) -> None:
    found = numbers(actplot.get(name))
    no_f, no_slope = found["reasons"].values()
    assert no_f is None
    assert no_slope is None or re.search("jumps|is boundless", no_slope)
    assert 0.0 <= found["dead"] <= found["saturated"] <= 1.0
    assert found["square"] > found["mean"] ** 2
    known = found["critical"]
    if no_slope is None and known and not known["everywhere"]:
        q, means = known["q"], Means(actplot.get(name))
        assert known["weight"] * means.at(q).square + known["bias"] == pytest.approx(q, rel=1e-9)
