"""The catalogue against what the literature says: formulas written a second time, defaults, published values."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

import actplot
from actplot.arithmetic import tables
from actplot.errors import UsageError
from actplot.functions.registry import find
from tests import from_papers
from tests.walking import every, in_turn, known, look_at

inf, nan, e, pi = math.inf, math.nan, math.e, math.pi
exp, tanh, erf, log, sqrt = math.exp, math.tanh, math.erf, math.log, math.sqrt


def sigma(x: float) -> float:
    return 1 / (1 + exp(-x))


def softplus(x: float) -> float:
    return log(1 + exp(x))


def normal_cdf(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


def plu(x: float) -> float:
    return max(0.1 * (x + 1) - 1, min(0.1 * (x - 1) + 1, x))


def shares(logits: tuple[float, ...], power: float) -> float:
    """Return the first share of what is left of each logit above a level, to a power, where all shares make 1."""
    low, high = min(logits) - 1.0, max(logits)
    for _ in range(80):
        level = (low + high) / 2
        total = sum(max(logit - level, 0.0) ** power for logit in logits)
        low, high = (level, high) if total > 1.0 else (low, level)
    return float(max(logits[0] - low, 0.0) ** power)


# Every activation with its defaults, written from its source as plainly as Python allows.
FORMULAS: dict[str, Callable[[float], float]] = {
    "identity": lambda x: x,
    "step": lambda x: 1 if x >= 0 else 0,
    "sign": lambda x: (x > 0) - (x < 0),
    "abs": abs,
    "satlin": lambda x: clip(x, 0, 1),
    "tribas": lambda x: max(0, 1 - abs(x)),
    "relu": lambda x: max(0, x),
    "relu6": lambda x: min(max(0, x), 6),
    "relu2": lambda x: max(0, x) ** 2,
    "leaky_relu": lambda x: x if x >= 0 else 0.01 * x,
    "prelu": lambda x: x if x >= 0 else 0.25 * x,
    "rrelu": lambda x: x if x >= 0 else (1 / 8 + 1 / 3) / 2 * x,
    "threshold": lambda x: x if x > 1 else 0,
    "elu": lambda x: x if x > 0 else exp(x) - 1,
    "celu": lambda x: max(0, x) + min(0, exp(x) - 1),
    "selu": lambda x: 1.0507009873554805 * (x if x > 0 else 1.6732632423543772 * (exp(x) - 1)),
    "plu": plu,
    "isrlu": lambda x: x if x >= 0 else x / sqrt(1 + x**2),
    "nlrelu": lambda x: log(1 + max(0, x)),
    "xielu": lambda x: 0.8 * x**2 + 0.5 * x if x > 0 else 0.8 * (exp(x) - 1 - x) + 0.5 * x,
    "hard_tanh": lambda x: clip(x, -1, 1),
    "hard_sigmoid": lambda x: clip(x / 6 + 0.5, 0, 1),
    "sparse_sigmoid": lambda x: clip((x + 1) / 2, 0, 1),
    "hard_swish": lambda x: x * clip(x + 3, 0, 6) / 6,
    "hard_mish": lambda x: x * clip(x + 2, 0, 2) / 2,
    "soft_shrink": lambda x: math.copysign(max(abs(x) - 0.5, 0), x),
    "hard_shrink": lambda x: x if abs(x) > 0.5 else 0,
    "tanh_shrink": lambda x: x - tanh(x),
    "sigmoid": sigma,
    "log_sigmoid": lambda x: log(sigma(x)),
    "tanh": tanh,
    "stanh": lambda x: 1.7159 * tanh(0.67 * x),
    "softsign": lambda x: x / (1 + abs(x)),
    "arctan": math.atan,
    "asinh": math.asinh,
    "erf": erf,
    "laplace": lambda x: (1 + erf((x - 0.707107) / (0.282095 * sqrt(2)))) / 2,
    "isru": lambda x: x / sqrt(1 + x**2),
    "sqnl": lambda x: math.copysign(abs(x) - x**2 / 4 if abs(x) < 2 else 1, x),
    "cloglog": lambda x: 1 - exp(-exp(x)),
    "softplus": softplus,
    "sqrtsoftplus": lambda x: sqrt(softplus(x)),
    "squareplus": lambda x: (x + sqrt(x**2 + 4)) / 2,
    "sparse_plus": lambda x: 0 if x < -1 else x if x > 1 else (x + 1) ** 2 / 4,
    "log_cosh": lambda x: log(math.cosh(x)),
    "bent_identity": lambda x: (sqrt(x**2 + 1) - 1) / 2 + x,
    "silu": lambda x: x * sigma(x),
    "gelu": lambda x: x * normal_cdf(x),
    "gelu_tanh": lambda x: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))),
    "quick_gelu": lambda x: x * sigma(1.702 * x),
    "mish": lambda x: x * tanh(softplus(x)),
    "tanh_exp": lambda x: x * tanh(exp(x)),
    "lisht": lambda x: x * tanh(x),
    "serf": lambda x: x * erf(softplus(x)),
    "smish": lambda x: x * tanh(log(1 + sigma(x))),
    "logish": lambda x: x * log(1 + sigma(x)),
    "phish": lambda x: x * tanh(x * normal_cdf(x)),
    "elish": lambda x: x * sigma(x) if x >= 0 else (exp(x) - 1) * sigma(x),
    "snake": lambda x: x + math.sin(x) ** 2,
    "gcu": lambda x: x * math.cos(x),
    "gaussian": lambda x: exp(-(x**2)),
    "sin": math.sin,
    "cos": math.cos,
    "exponential": exp,
    "sinc": lambda x: math.sin(x) / x if x else 1,
    "softmax": lambda x: exp(x) / (exp(x) + 1),
    "log_softmax": lambda x: log(exp(x) / (exp(x) + 1)),
    "softmin": lambda x: exp(-x) / (exp(-x) + 1),
    "sparsemax": lambda x: shares((x, 0.0), 1.0),
}
COMMON = frozenset(FORMULAS)  # what frameworks and courses have
FORMULAS |= {**from_papers.FORMULAS, "entmax": lambda x: shares((x / 2, 0.0), 2.0)}

DEFAULTS: dict[str, dict[str, float]] = {
    **from_papers.DEFAULTS,
    "lisht": {"alpha": 1},
    "identity": {"alpha": 1, "beta": 0},
    "step": {"theta": 0, "value": 1},
    "relu6": {"n": 6},
    "hard_sigmoid": {"alpha": 1 / 6, "beta": 0.5},
    "hard_swish": {"alpha": 1 / 6, "beta": 0.5},
    "sin": {"omega": 1},
    "leaky_relu": {"alpha": 0.01},
    "prelu": {"alpha": 0.25},
    "rrelu": {"lower": 1 / 8, "upper": 1 / 3},
    "threshold": {"theta": 1, "value": 0},
    "elu": {"alpha": 1},
    "celu": {"alpha": 1},
    "selu": {"alpha": 1.6732632423543772, "scale": 1.0507009873554805},
    "plu": {"alpha": 0.1, "c": 1},
    "isrlu": {"alpha": 1},
    "nlrelu": {"beta": 1},
    "xielu": {"alpha_p": 0.8, "alpha_n": 0.8, "beta": 0.5},
    "hard_tanh": {"lower": -1, "upper": 1},
    "soft_shrink": {"lambd": 0.5, "bias": 0.5},
    "hard_shrink": {"lambd": 0.5, "bias": 0},
    "stanh": {"a": 0.67, "b": 1.7159},
    "laplace": {"mu": 0.707107, "sigma": 0.282095},
    "isru": {"alpha": 1},
    "softplus": {"beta": 1, "threshold": inf},
    "squareplus": {"b": 4},
    "silu": {"beta": 1},
    "snake": {"a": 1, "b": 1},
    "softmax": {"k": 2},
    "log_softmax": {"k": 2},
    "softmin": {"k": 2},
    "sparsemax": {"k": 2},
    "entmax": {"k": 2},
}

ALIASES = {
    **from_papers.ALIASES,
    "identity": ("linear", "purelin"),
    "step": ("heaviside", "binary_step", "hardlim"),
    "sign": ("hardlims",),
    "tribas": ("triangular", "hat", "tent", "mrelu"),
    "relu": ("poslin", "rectifier"),
    "relu6": ("relu_n",),
    "relu2": ("squared_relu",),
    "leaky_relu": ("lrelu", "relie", "very_leaky_relu"),
    "threshold": ("thresholded_relu", "trelu"),
    "hard_tanh": ("satlins", "clamped"),
    "hard_swish": ("hard_silu",),
    "sigmoid": ("logistic", "logsig", "expit"),
    "tanh": ("tansig",),
    "stanh": ("lecun_tanh",),
    "softsign": ("elliotsig",),
    "arctan": ("atan",),
    "asinh": ("arcsinh",),
    "silu": ("swish",),
    "gelu": ("gelu_erf",),
    "gelu_tanh": ("gelu_new", "sielu"),
    "quick_gelu": ("gelu_quick", "gelu_sigmoid"),
    "tanh_exp": ("telu",),
    "gaussian": ("radbas",),
}


def test_the_catalogue_has_these_names() -> None:
    assert sorted(actplot.names()) == sorted(FORMULAS)
    assert len(FORMULAS) == len(actplot.names())
    assert [name for name in actplot.names() if find(name).is_common] == [n for n in actplot.names() if n in COMMON]
    assert len(COMMON) == 69


@look_at(every())
def test_the_values_are_those_of_the_formula_in_the_literature(name: str) -> None:
    x = np.concatenate([np.linspace(-6.4, 6.4, 129), np.random.default_rng(67).uniform(-9, 9, 200)])
    expected = np.array([FORMULAS[name](point) for point in x.tolist()], dtype=np.float64)
    np.testing.assert_allclose(known(name)(x)[0], expected, rtol=1e-11, atol=1e-14)


@look_at(every())
def test_the_defaults_are_those_of_the_literature(name: str) -> None:
    assert dict(known(name).values) == DEFAULTS.get(name, {})


@look_at(every())
def test_every_alias_is_known(name: str) -> None:
    for alias in ALIASES.get(name, ()):
        assert actplot.get(alias).name == name


def test_lecun_s_tanh_is_the_scaled_tanh_with_his_constants() -> None:
    assert dict(actplot.get("lecun_tanh").values) == {"a": 2 / 3, "b": 1.7159}
    assert actplot.get("lecun_tanh")(1.0)[0] == pytest.approx(1, abs=1e-5)  # what they were chosen for


# x, f(x), f'(x); None where nothing is claimed. Values from the papers, or worked out by hand.
VALUES = [
    ("elu", -1e-8, -9.99999995e-9, 0.99999999),
    ("selu", -1e-8, -1.758099332057e-8, 1.758099323),
    ("selu", -3.0, -1.6705687287671118, 0.0875305),
    ("selu", 1.0, 1.0507009873554805, 1.0507009873554805),
    ("gelu", 0.0, 0.0, 0.5),
    ("gelu", 1.0, 0.8413447460685429, 1.0833154705876863),
    ("gelu", -1.0, -0.15865525393145707, -0.08331547058768628),
    ("gelu", -10.0, -7.619853024160526e-23, -7.618400096464814e-22),
    ("silu", 1.0, 0.7310585786300049, 0.9276705118714867),
    ("mish", 1.0, 0.8650983882673103, 1.0490362200997922),
    ("softplus", 0.0, log(2), 0.5),
    ("softplus", 800.0, 800.0, 1.0),
    ("softplus", -700.0, exp(-700), exp(-700)),
    ("sqrtsoftplus", -1400.0, exp(-700), exp(-700) / 2),
    ("sigmoid", 0.0, 0.5, 0.25),
    ("sigmoid", -700.0, exp(-700), exp(-700)),
    ("sigmoid", 40.0, 1.0, exp(-40)),
    ("log_sigmoid", 40.0, -exp(-40), exp(-40)),
    ("tanh", 30.0, 1.0, 4 * exp(-60)),
    ("hard_sigmoid", 0.0, 0.5, 1 / 6),
    ("hard_sigmoid", -2.5, 1 / 12, 1 / 6),
    ("hard_swish", -1.5, -0.375, 0.0),
    ("hard_swish", 1.5, 1.125, 1.0),
    ("hard_mish", -1.0, -0.5, 0.0),
    ("tanh_shrink", 1e-5, 1e-15 / 3, 1e-10),
    ("log_cosh", 1e-8, 5e-17, 1e-8),
    ("log_cosh", 1e300, 1e300, 1.0),
    ("squareplus", 0.0, 1.0, 0.5),
    ("squareplus", -1e200, 1e-200, None),
    ("isru", 1e300, 1.0, None),
    ("bent_identity", 1e-10, 1e-10, 1.0),
    ("gelu_tanh", 1e300, 1e300, 1.0),
    ("gelu_tanh", -1e300, 0.0, 0.0),
    ("xielu", 1.0, 1.3, 2.1),
    ("cloglog", 0.0, 1 - 1 / e, 1 / e),
    ("cloglog", 6.0, 1.0, exp(6 - 403.4287934927351)),
    ("gaussian", 1.0, 1 / e, -2 / e),
    ("sinc", 0.0, 1.0, 0.0),
    ("sinc", 1e-5, 1 - 1e-10 / 6, -1e-5 / 3),
    ("sinc", pi / 2, 2 / pi, -((2 / pi) ** 2)),
    ("gcu", pi, -pi, -1.0),
    ("snake", pi / 2, pi / 2 + 1, 1.0),
    ("laplace", 0.707107, 0.5, 1 / (0.282095 * sqrt(2 * pi))),
    ("softmax", 0.0, 1 / 2, 1 / 4),
    ("softmax:k=3", 0.0, 1 / 3, 2 / 9),
    ("log_softmax:k=3", 0.0, -log(3), 2 / 3),
    ("exponential", 1.0, e, e),
    ("relu2", 3.0, 9.0, 6.0),
    ("sqnl", 1.0, 0.75, 0.5),
    ("sparse_plus", 0.0, 0.25, 0.5),
    ("nlrelu", e - 1, 1.0, 1 / e),
]


@pytest.mark.parametrize(("name", "x", "f", "df"), VALUES)
def test_published_values_hold(name: str, x: float, f: float, df: float | None) -> None:
    value, slope = known(name)(x)
    assert value == pytest.approx(f, rel=1e-9, abs=0)
    if df is not None:
        assert slope == pytest.approx(df, rel=2e-6, abs=0)


# f and f' at -inf and at +inf.
LIMITS: dict[str, tuple[float, float, float, float]] = {
    "silu": (0, 0, inf, 1),
    "gelu": (0, 0, inf, 1),
    "gelu_tanh": (0, 0, inf, 1),
    "mish": (0, 0, inf, 1),
    "elish": (0, 0, inf, 1),
    "smish": (0, 0, inf, 0.6),
    "logish": (0, 0, inf, log(2)),
    "phish": (0, 0, inf, 1),
    "lisht": (inf, -1, inf, 1),
    "log_cosh": (inf, -1, inf, 1),
    "softplus": (0, 0, inf, 1),
    "squareplus": (0, 0, inf, 1),
    "bent_identity": (-inf, 0.5, inf, 1.5),
    "asinh": (-inf, 0, inf, 0),
    "isru": (-1, 0, 1, 0),
    "arctan": (-pi / 2, 0, pi / 2, 0),
    "xielu": (inf, -0.3, inf, inf),
    "exponential": (0, 0, inf, inf),
    "sinc": (0, 0, 0, 0),
    "gaussian": (0, 0, 0, 0),
    "log_softmax": (-inf, 1, 0, 0),
    "cloglog": (0, 0, 1, 0),
}


@pytest.mark.parametrize("name", LIMITS)
def test_at_infinity_there_are_the_limits(name: str) -> None:
    left, left_slope, right, right_slope = LIMITS[name]
    f, df = known(name)([-inf, inf])
    np.testing.assert_allclose(f, [left, right], rtol=1e-15)
    np.testing.assert_allclose(df, [left_slope, right_slope], rtol=1e-15)


def largest(name: str, low: float, high: float, which: int = 0, sign: float = 1.0) -> tuple[float, float]:
    """Return where f (or f') is largest (or smallest), and how large."""
    x = np.linspace(low, high, 200_001)
    y = sign * known(name)(x)[which]
    return float(x[np.argmax(y)]), float(sign * y.max())


def test_published_extrema_hold() -> None:
    assert largest("silu", 0, 5, which=1) == pytest.approx((2.3994, 1.0998393), abs=1e-4)
    assert largest("silu", -5, 0, sign=-1) == pytest.approx((-1.2785, -0.2784645), abs=1e-4)
    assert largest("gelu", -5, 0, sign=-1) == pytest.approx((-0.7518, -0.1699712), abs=1e-4)
    assert largest("gelu", 0, 5, which=1) == pytest.approx((sqrt(2), 1.1289), abs=1e-4)
    assert largest("mish", -5, 0, sign=-1) == pytest.approx((-1.1924, -0.3088), abs=1e-3)


@pytest.mark.parametrize(("name", "at", "difference"), [("gelu_tanh", 2.70, 4.73e-4), ("quick_gelu", 2.27, 2.03e-2)])
def test_the_approximations_of_gelu_are_as_far_off_as_their_sentences_say(
    name: str, at: float, difference: float
) -> None:
    x = np.linspace(0, 6, 60_001)
    error = np.abs(known(name)(x)[0] - actplot.get("gelu")(x)[0])
    assert error.max() == pytest.approx(difference, rel=5e-3)
    assert x[np.argmax(error)] == pytest.approx(at, abs=0.02)
    sentence = known(name).declaration.sentence
    assert f"{at:.2f}" in sentence
    assert any(float(word) == pytest.approx(difference, rel=1e-2) for word in _numbers(sentence))


def _numbers(text: str) -> list[str]:
    words = [word.strip(".,;|") for word in text.split()]
    return [word for word in words if word.replace(".", "").replace("e-", "").isdigit()]


def within_bounds(name: str, parameters: dict[str, float]) -> bool:
    try:
        actplot.get(name, **parameters)
    except actplot.ActplotError:
        return False
    return True


PARAMETERS = [f"{name}:{parameter}" for name, defaults in DEFAULTS.items() for parameter in defaults]


@pytest.mark.parametrize(("spec", "value"), in_turn(PARAMETERS, (-2.0, 0.0, 1e-6, 0.3, 2.0, 7.5, 1e6), 1))
def test_other_parameters_give_no_warning_and_no_nan(spec: str, value: float) -> None:
    name, _, parameter = spec.partition(":")
    parameters = {parameter: value}
    if not within_bounds(name, parameters):
        return
    activation = actplot.get(name, **parameters)
    edge = np.finfo(np.float64).max
    x = np.array(
        [-inf, -edge, -1e160, -1e4, -750.0, -1.0, -1e-9, -5e-324, 0, 5e-324, 1e-9, 1, 750, 1e4, 1e160, edge, inf]
    )
    with np.errstate(all="raise", under="ignore"):
        f, df = activation(x, at_kink="left")
    at_infinity_too = activation.declaration.family != "periodic"
    assert not np.isnan(f if at_infinity_too else f[1:-1]).any()
    assert not np.isnan(df if at_infinity_too else df[1:-1]).any()


# A function with parameters, x, f, f'; None where nothing is claimed. Worked out by hand, or as frameworks document it.
WITH_PARAMETERS = [
    ("identity:alpha=2,beta=-3", 5.0, 7.0, 2.0),
    ("linear:slope=2,offset=-3", 5.0, 7.0, 2.0),
    ("step:theta=2", 1.999, 0.0, 0.0),
    ("step:theta=2", 2.0, 1.0, None),
    ("step:theta=2,value=0.5", 2.0, 0.5, None),
    ("heaviside:value=0.5", 0.0, 0.5, None),
    ("relu6:n=20", 12.0, 12.0, 1.0),
    ("relu_n:n=1", 12.0, 1.0, 0.0),
    ("hard_sigmoid", 1.0, 2 / 3, 1 / 6),
    ("hard_sigmoid:alpha=0.2,beta=0.5", 1.0, 0.7, 0.2),
    ("hard_sigmoid:slope=0.2,offset=0.5", -2.6, 0.0, 0.0),
    ("hard_sigmoid:alpha=0.2,beta=0.5", 2.4, 0.98, 0.2),
    ("hard_swish", 1.0, 2 / 3, 5 / 6),
    ("hard_swish:alpha=0.2,beta=0.5", 1.0, 0.7, 0.9),
    ("hard_swish:alpha=0.2,beta=0.5", 2.6, 2.6, 1.0),
    ("softplus:threshold=20", 20.0, 20.000000002061153, None),
    ("softplus:threshold=20", 20.5, 20.5, 1.0),
    ("softplus:beta=2,threshold=20", 10.1, 10.1, 1.0),
    ("softplus:beta=2,threshold=20", 9.9, log(1 + exp(19.8)) / 2, 1 / (1 + exp(-19.8))),
    ("soft_shrink:lambd=1", 3.0, 2.0, 1.0),
    ("soft_shrink:lambd=1", -3.0, -2.0, 1.0),
    ("soft_shrink:lambd=1.5,bias=1.5", 2.0, 0.5, 1.0),
    ("hard_shrink:lambd=1.5,bias=0", 2.0, 2.0, 1.0),
    ("hard_shrink:lambd=1.5,bias=1.5", -2.0, -0.5, 1.0),  # the examples of ONNX's Shrink
    ("hard_shrink:lambd=1.5,bias=1.5", 1.0, 0.0, 0.0),
    ("soft_shrink:lambd=0.5,bias=0", 2.0, 2.0, 1.0),
    ("snake:a=2", pi / 4, pi / 4 + 0.5, 1.0),
    ("snake:a=2,b=4", pi / 4, pi / 4 + 0.25, 1.0),
    ("snake:a=2,b=4", pi / 8, pi / 8 + 0.125, 1.5),
    ("sin:omega=30", 0.01, math.sin(0.3), 30 * math.cos(0.3)),
    ("sin:frequency=30", 0.01, math.sin(0.3), 30 * math.cos(0.3)),
    ("leaky_relu:negative_slope=0.2", -3.0, -0.6, 0.2),
    ("prelu:init=0.5", -3.0, -1.5, 0.5),
    ("hard_tanh:min_val=-2,max_val=3", -4.0, -2.0, 0.0),
    ("hard_tanh:min_val=-2,max_val=3", 2.5, 2.5, 1.0),
    ("threshold:threshold=0.5,value=-7", 0.5, -7.0, None),
    ("threshold:alpha=2", 2.5, 2.5, 1.0),
    ("soft_shrink:threshold=1", 3.0, 2.0, 1.0),
    ("hard_shrink:threshold=1", 0.75, 0.0, 0.0),
    ("selu:gamma=2,alpha=1", 3.0, 6.0, 2.0),
    ("stanh:scale_a=1,scale_b=2", 0.0, 0.0, 2.0),
    ("elu:alpha=1e300", -1e-8, -9.99999995e291, 9.9999999e299),
    ("elu:alpha=1e-8", -1.0, -6.321205588285577e-9, 3.6787944117144233e-9),
    ("silu:beta=1e300", -1e-300, -1e-300 / (1 + e), 0.07232948812851325),
    ("isru:alpha=1e300", 1.0, 1e-150, 0.0),
    ("leaky_relu:alpha=-1e300", -2.0, 2e300, -1e300),
]


@pytest.mark.parametrize(("spec", "x", "f", "df"), WITH_PARAMETERS)
def test_parameters_do_what_they_are_for(spec: str, x: float, f: float, df: float | None) -> None:
    value, slope = actplot.get(spec)(x)
    assert value == pytest.approx(f, rel=1e-14, abs=0)
    if df is not None:
        assert slope == pytest.approx(df, rel=1e-14, abs=1e-300)


def test_a_default_that_follows_another_parameter_follows_it() -> None:
    assert actplot.get("snake", a=3).values["b"] == 3
    assert actplot.get("soft_shrink", lambd=2).values["bias"] == 2
    assert actplot.get("soft_shrink", lambd=2, bias=1).values["bias"] == 1
    assert actplot.get("hard_shrink", lambd=2).values["bias"] == 0


def test_a_threshold_makes_softplus_linear_beyond_it_by_a_jump() -> None:
    for beta, threshold in ((1.0, 20.0), (2.0, 20.0), (4.0, 2.0)):
        (kink,) = actplot.get("softplus", beta=beta, threshold=threshold).kinks
        assert kink.x == threshold / beta
        assert kink.jump == pytest.approx((log(1 + exp(threshold)) / beta, kink.x), rel=1e-15)
        assert (kink.left, kink.right) == pytest.approx((1 / (1 + exp(-threshold)), 1.0), rel=1e-15)
        assert kink.jump is not None
        assert kink.jump[0] > kink.jump[1]
    assert actplot.get("softplus").kinks == ()


@pytest.mark.parametrize("threshold", [-1000.0, -1e300, 1000.0, 1e300])
def test_softplus_takes_a_threshold_of_any_size(threshold: float) -> None:
    f, df = actplot.get("softplus", threshold=threshold)(np.array([-1.0, 1.0]))
    expected = np.array([-1.0, 1.0]) if threshold < 0 else np.log1p(np.exp([-1.0, 1.0]))
    np.testing.assert_allclose(f, expected, rtol=1e-15)
    assert np.all(np.isfinite(df))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("threshold", {"theta": 1, "threshold": 2}),
        ("threshold", {"alpha": 1, "threshold": 1}),
        ("leaky_relu", {"alpha": 0.1, "negative_slope": 0.1}),
        ("hard_tanh", {"lower": -1, "min_val": -2}),
        ("hard_sigmoid", {"alpha": 0.2, "slope": 0.2}),
        ("sin", {"omega": 1, "frequency": 2}),
    ],
)
def test_two_spellings_of_one_parameter_are_refused(name: str, given: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="is another name of"):
        actplot.get(name, **given)


def test_all_of_float64_has_values() -> None:
    assert actplot.get("softplus")(np.array([800.0, -40.0]))[0].tolist() == [800.0, 4.248354255291589e-18]
    assert actplot.get("tanh_shrink")(1e-9)[0] == 3.3333333333333338e-28
    assert actplot.get("gelu")(-38.0)[0] == pytest.approx(-1.09e-314, rel=1e-2)
    assert actplot.get("cos")(1e300)[0] == pytest.approx(-0.5753861119575491, rel=1e-15)
    assert actplot.get("sigmoid")(-745.0)[0] == 5e-324


# --- the tables behind the elementary functions ------------------------------------------------------------------


def test_the_tables_are_good_to_a_hundred_bits() -> None:
    flint = pytest.importorskip("flint")
    arb = flint.arb
    powers, (sines, cosines) = tables.powers_of_two(), tables.sines_and_cosines()
    with flint.ctx.workprec(200):
        for j in range(tables.STEPS):
            relative = (arb(powers.high[j]) + arb(powers.low[j])) / arb(2) ** (arb(j) / tables.STEPS) - 1
            assert abs(relative) < arb(2) ** -98
        for j in range(tables.ANGLES):
            angle = arb(2 * j) / tables.ANGLES
            assert abs(arb(sines.high[j]) + arb(sines.low[j]) - angle.sin_pi()) < arb(2) ** -98
            assert abs(arb(cosines.high[j]) + arb(cosines.low[j]) - angle.cos_pi()) < arb(2) ** -98


def test_the_constants_are_good_to_all_their_digits() -> None:
    flint = pytest.importorskip("flint")
    arb = flint.arb
    with flint.ctx.workprec(300):
        assert abs(arb(tables.LN2[0]) + arb(tables.LN2[1]) - arb(2).log()) < arb(2) ** -106
        assert abs(arb(tables.PI[0]) + arb(tables.PI[1]) - arb.pi()) < arb(2) ** -105
        for name, whole in {
            "ln2/steps": arb(2).log() / tables.STEPS,
            "ln2": arb(2).log(),
            "angle": 2 * arb.pi() / tables.ANGLES,
        }.items():
            pieces = tables.split_constant(name)
            assert abs(sum(map(arb, pieces)) - whole) < arb(2) ** -112
            assert all(math.frexp(piece)[0] * 2**32 % 1 == 0 for piece in pieces[:-1])


def test_the_development_of_the_error_function_is_its_taylor_series(monkeypatch: pytest.MonkeyPatch) -> None:
    flint = pytest.importorskip("flint")
    arb, table = flint.arb, tables.scaled_erfc()
    monkeypatch.setattr(flint.ctx, "cap", tables.ORDERS)  # the length of a series
    with flint.ctx.workprec(400):
        for j in range(0, len(table.x), 5):
            x = flint.arb_series([arb(table.x[j]), 1], prec=tables.ORDERS)
            series = (x * x).exp() * x.erfc()
            for n, lead in enumerate(table.lead):
                relative = (arb(lead.high[j]) + arb(lead.low[j])) / series[n] - 1
                assert abs(relative) < arb(2) ** -100
            for n, rest in enumerate(table.rest, start=tables.LEADING):
                assert abs(arb(rest[j]) / series[n] - 1) < arb(2) ** -52
