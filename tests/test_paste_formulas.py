"""Formulas as they are pasted: lines of numpy and torch, signs of print, definitions; nothing is run."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import actplot
from actplot.accuracy.balls import Ball, exactly, precision
from actplot.arithmetic.doubles import Doubles
from actplot.arithmetic.exact import PLAIN
from actplot.calculus.breaks import sites
from actplot.cli.app import app
from actplot.formula import FormulaError, parse
from actplot.formula.plain_text import to_text
from actplot.formula.shorthand import OTHER_NAMES, SHORT_NAMES
from actplot.functions.typed import any_spelling, from_text

X = [-3.5, -2.0, -0.75, -0.0, 0.0, 0.3, 1.0, 2.5, 7.0]

# (what is pasted, the same in the language's own words)
SAME = [
    ("np.maximum(0, x)", "max(0, x)"),
    ("numpy.minimum(x, 1)", "min(x, 1)"),
    ("1/(1+np.exp(-x))", "1/(1 + exp(-x))"),
    ("np.where(x > 0, x, 0.01*x)", "x if x > 0 else 0.01*x"),
    ("torch.where(x >= 0, x, np.where(x < -1, -1, x/2))", "x if x >= 0 else -1 if x < -1 else x/2"),
    ("x*(x > 0)", "x*(1 if x > 0 else 0)"),
    ("(x > 0)*1.0", "(1 if x > 0 else 0)*1.0"),
    ("(x > 0).float()", "1 if x > 0 else 0"),
    ("float(x > 0)", "1 if x > 0 else 0"),
    ("x > 0", "1 if x > 0 else 0"),
    ("(x > -1) & (x < 1)", "1 if -1 < x < 1 else 0"),
    ("(x < -1) | (x > 1)", "0 if -1 <= x <= 1 else 1"),
    ("np.logical_and(x > -1, x < 1)*x", "x*(1 if -1 < x < 1 else 0)"),
    ("np.logical_or(x < -1, x > 1)", "0 if -1 <= x <= 1 else 1"),
    ("torch.where(torch.logical_not(x > 0), 0.1*x, x)", "0.1*x if x <= 0 else x"),
    ("x if x > 1 or x < -1 else 0", "0 if -1 <= x <= 1 else x"),
    ("0 if not x > 0 else x", "x if x > 0 else 0"),
    ("np.tanh(x)", "tanh(x)"),
    ("math.exp(x)", "exp(x)"),
    ("math.sqrt(2/math.pi)*x", "sqrt(2/pi)*x"),
    ("jnp.log1p(jnp.exp(x))", "log1p(exp(x))"),
    ("tf.math.log(1 + tf.exp(x))", "log(1 + exp(x))"),
    ("scipy.special.erf(x)", "erf(x)"),
    ("x*scipy.stats.norm.cdf(x)", "x*Phi(x)"),
    ("norm.cdf(x)", "Phi(x)"),
    ("norm.pdf(x)", "exp(-x**2/2)/sqrt(2*pi)"),
    ("torch.clamp(x, 0, 6)", "clip(x, 0, 6)"),
    ("torch.clamp(x, min=0, max=6)", "clip(x, 0, 6)"),
    ("torch.clamp(x, min=0)", "max(x, 0)"),
    ("np.clip(x, None, 2)", "min(x, 2)"),
    ("x.clamp(min=0)", "max(x, 0)"),
    ("x.pow(2)", "x**2"),
    ("(2*x).tanh()", "tanh(2*x)"),
    ("x.sigmoid()", "sigmoid(x)"),
    ("square(x)", "x**2"),
    ("pow(x, 3)", "x**3"),
    ("torch.pow(x, exponent=3)", "x**3"),
    ("ln(1 + x**2)", "log(1 + x**2)"),
    ("log(1 + x**2, 2)", "log(1 + x**2)/log(2)"),
    ("heaviside(x, 0.5)", "0 if x < 0 else 0.5 if x == 0 else 1"),
    ("heaviside(x)", "step(x)"),
    ("reciprocal(2 + x**2)", "1/(2 + x**2)"),
    ("torch.rsqrt(1 + x**2)", "1/sqrt(1 + x**2)"),
    ("np.hypot(x, 1)", "sqrt(x**2 + 1**2)"),
    ("max(x, 0, 1)", "max(max(x, 0), 1)"),
    ("np.absolute(x)", "abs(x)"),
    ("np.arctan(x)", "atan(x)"),
    ("np.multiply(x, np.add(x, 1))", "x*(x + 1)"),
    (
        "0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * torch.pow(x, 3))))",
        "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
    ),
    ("lambda x: np.maximum(0, x)", "max(0, x)"),
    ("lambda z: z*(z > 0)", "x*(1 if x > 0 else 0)"),
    ("f = lambda t: t**2", "x**2"),
    ("f(x) = x*tanh(x)", "x*tanh(x)"),
    ("f(t) = t*tanh(t)", "x*tanh(x)"),
    ("def f(z): return np.tanh(z)", "tanh(x)"),
    ("def relu(x: float) -> float: return max(0, x)", "max(0, x)"),
    ("return np.tanh(x)", "tanh(x)"),
    ("y = x**2 + 1", "x**2 + 1"),
    ("x²", "x**2"),
    ("x³ − 2·x", "x**3 - 2*x"),
    ("x⁻¹⁰", "x**(-10)"),
    ("x¹²+1", "x**12 + 1"),
    ("√(1+x²)", "sqrt(1 + x**2)"),
    ("√2·x", "sqrt(2)*x"),
    ("∛x", "cbrt(x)"),
    ("|x|", "abs(x)"),
    ("x/(1+|x|)", "x/(1 + abs(x))"),
    ("|x+|x-1||", "abs(x + abs(x - 1))"),
    ("|x|*|x - 1|", "abs(x)*abs(x - 1)"),
    ("x·σ(x)", "x*sigmoid(x)"),
    ("x×Φ(x)", "x*Phi(x)"),
    ("π÷2", "pi/2"),
    ("x if x ≥ 0 else −x", "x if x >= 0 else -x"),
    ("x^2", "x**2"),
    ("-x^2 + 1", "-x**2 + 1"),
    ("2^-x", "2**-x"),
    ("e^-x", "exp(-x)"),
    ("1/(1+e**(-x))", "1/(1 + exp(-x))"),
    ("math.e**x", "exp(x)"),
    ("eˣ", "exp(x)"),
    ("e*x", "exp(1)*x"),
]


@pytest.mark.parametrize(("pasted", "plain"), SAME, ids=[pasted for pasted, _ in SAME])
def test_what_is_pasted_is_the_same_function(pasted: str, plain: str) -> None:
    ours, theirs = actplot.get(plain)(X), actplot.get(pasted)(X)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(mine, other)


def test_parameters_may_be_greek() -> None:
    assert actplot.get("x if x > 0 else α·x:α=0.5")(-2.0)[0] == -1.0
    assert actplot.get("elu:α=2").changed == {"alpha": 2.0}
    assert actplot.get("lambda x: x if x > 0 else λ*x:lambd=0.5")(-2.0)[0] == -1.0
    assert actplot.get("x**e:e=2")(3.0)[0] == 9.0  # e has a value of its own here


def test_a_caret_is_a_power_and_says_so() -> None:
    done = CliRunner().invoke(app, ["x^2 + 1", "--at", "3", "--format", "csv"])
    assert (done.exit_code, done.stderr) == (0, "actplot: '^' is read as **, a power\n")
    assert done.stdout == "name,x,f\nx^2 + 1,3.0,10.0\n"
    assert CliRunner().invoke(app, ["info", "x^2"]).stderr == "actplot: '^' is read as **, a power\n"
    assert actplot.get("x**2").notes == ()


@pytest.mark.parametrize(
    "command",
    [
        ["x^2", "--at", "3", "--format", "csv"],
        ["gallery", "out", "x^2", "--format", "csv"],
        ["check", "x^2", "--range", "1", "2", "--seed", "1"],
        ["signal", "x^2", "--depth", "2", "--width", "2", "--seeds", "1", "--format", "csv"],
        ["train", "spirals", "x^2", *"--depth 1 --hidden 1 --length 1 --seeds 1 --format csv".split()],
    ],
    ids=lambda command: command[0],
)
def test_every_command_says_what_it_read_unless_it_is_to_be_quiet(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, command)
    assert (told.exit_code, told.stderr.splitlines()[0]) == (0, "actplot: '^' is read as **, a power")
    quiet = CliRunner().invoke(app, [*command, "--quiet"])
    assert (quiet.exit_code, quiet.stderr) == (0, "")


@pytest.mark.parametrize(
    "command",
    [
        ["{}", "--at", "-1,0,2", "--at-kink", "right", "--format", "csv", "-d"],
        ["info", "{}"],
        ["check", "{}", "--range", "-1", "1", "--max-ulp", "1e9", "-q"],
        ["gallery", "out", "{}", "--format", "csv", "-q"],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("pasted", ["np.maximum(0, x)", "LeakyReLU(0.2)", "x·σ(x)", r"\max(0, x)", "lambda x: |x|"])
def test_it_works_everywhere_alike(
    command: list[str], pasted: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    done = CliRunner().invoke(app, [word.format(pasted) if word == "{}" else word for word in command])
    assert done.exit_code == 0, done.stderr
    assert "error" not in done.stderr


REFUSED = [
    ("np.foo(x)", 1, "there is no function 'foo'"),
    ("os.system(x)", 1, "no module 'os' is known here; write system() alone"),
    ("np.load('x')", 1, "there is no function 'load'"),
    ("np.exp('x')", 8, "quoted text"),
    ("x.__class__()", 2, "a '.' after a name"),
    ("np.linalg.norm(x)", 1, "there is no function 'linalg.norm'"),
    ("np.where(x, 1, 2)", 10, "this must be a comparison"),
    ("lambda x, y: x + y", 1, "'lambda'"),
    ("lambda t: x + t", 11, "x is not the variable here, t is"),
    ("f(t) = t + sigmod(t)", 12, "did you mean 'sigmoid'?"),
    ("|x", 1, "this | is never closed"),
    ("x + √", 5, "nothing stands under this root"),
    ("√x²", 1, "needs brackets"),
    ("x·∂", 3, "'∂' is not part"),
    ("np.clip(x, 1, 2, 3)", 1, "clip() takes 3 arguments, not 4"),
    ("F.gelu(x, approximate=2)", 11, "approximate"),
    ("nn.ReLU()(x, 2)", 1, "takes one argument"),
    ("x if x > 0 and 1 else 2", 16, "must be a comparison"),
    ("relu()*x", 1, "write relu(x)"),
    ("elu(x, alpha=x)", 8, "may not depend on x"),
    ("elu(x, 'a')", 8, "takes a number for alpha"),
    ("x" + " and x > 1" * 100, 1, "nested too deeply"),
    ("(x>0)" + "&(x>1)" * 200, 1, "nested too deeply"),
    ("max(" + "x, " * 100 + "1)", 1, "nested too deeply"),
    ("x & 1", 5, "must be a comparison"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_what_can_not_be_read_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text, any_spelling)
    assert message in str(caught.value)
    assert caught.value.column == column


def test_a_number_that_is_assigned_is_a_parameter_still() -> None:
    for text in ("alpha=2", "y = 0.5", "beta=1/2/3"):
        with pytest.raises(actplot.ActplotError, match="is no function; write a parameter as"):
            actplot.get(text)


def test_a_branch_that_holds_by_several_conditions_is_not_copied() -> None:
    text = "where((x > 1) | (x < 0), x + " * 12 + "x" + ", x*x)" * 12
    assert actplot.get(text)(2.0)[0] == 26.0
    assert actplot.get(text)(0.5)[0] == 0.25
    assert len(to_text(parse(text, any_spelling))) < 3000


def test_rounding_twice_is_searched_as_quickly_as_once() -> None:
    sites_of = [len(sites(from_text(text).tree)) for text in ("round(x)", "round(round(x))", "floor(floor(x))")]
    assert sites_of == [3, 3, 1]


# Every name that is short for something, or another's other name.
OTHERWISE = {
    **{f"{name}(x)": "abs(x)" for name in ("absolute", "fabs")},
    **{f"{name}(x, 1)": "max(x, 1)" for name in ("maximum", "fmax", "amax")},
    **{f"{name}(x, 1)": "min(x, 1)" for name in ("minimum", "fmin", "amin")},
    **{f"{name}(x, 1, 2)": "clip(x, 1, 2)" for name in ("clamp", "clip_by_value")},
    **{f"{name}(x)": "asinh(x)" for name in ("arcsinh", "arsinh")},
    **{f"{name}(x)": "acosh(x)" for name in ("arccosh", "arcosh")},
    **{f"{name}(x)": "atanh(x)" for name in ("arctanh", "artanh")},
    **{f"{name}(x)": "Phi(x)" for name in ("norm.cdf", "ndtr")},
    **{f"{name}(x)": "round(x)" for name in ("rint", "around")},
    **{"ln(x)": "log(x)", "sgn(x)": "sign(x)", "arctan(x)": "atan(x)", "ceiling(x)": "ceil(x)"},
    **{
        "square(x)": "x**2",
        "pow(x, 3)": "x**3",
        "power(x, 3)": "x**3",
        "pow(x, exponent=3)": "x**3",
        "exp2(x)": "2**x",
    },
    **{"reciprocal(x)": "1/x", "rsqrt(x)": "1/sqrt(x)", "hypot(x, 3)": "sqrt(x**2 + 3**2)"},
    **{"neg(x)": "-x", "negative(x)": "-x", "float(x)": "x", "add(x, 3)": "x + 3", "log(x, 3)": "log(x)/log(3)"},
    **{"subtract(x, 3)": "x - 3", "sub(x, 3)": "x - 3", "multiply(x, 3)": "x*3", "mul(x, 3)": "x*3"},
    **{f"{name}(x, 3)": "x/3" for name in ("divide", "true_divide", "div")},
    **{"clip(x, 3)": "max(x, 3)", "clip(x, None, 3)": "min(x, 3)"},
    **{
        f"clip(x, {name}=3)": "max(x, 3)" for name in ("min", "a_min", "x_min", "clip_value_min", "min_value", "minval")
    },
    **{
        f"clip(x, {name}=3)": "min(x, 3)" for name in ("max", "a_max", "x_max", "clip_value_max", "max_value", "maxval")
    },
    **{"heaviside(x, 3)": "0 if x < 0 else 3 if x == 0 else 1", "norm.pdf(x)": "exp(-x**2/2)/sqrt(2*pi)"},
    **{"max(x, 1, 2)": "max(max(x, 1), 2)", "min(x, 1, 2, 3)": "min(min(min(x, 1), 2), 3)"},
}


def test_every_other_name_is_read_as_what_it_means() -> None:
    assert {text.partition("(")[0] for text in OTHERWISE} >= OTHER_NAMES.keys() | SHORT_NAMES
    assert {text: to_text(parse(text)) for text in OTHERWISE} == OTHERWISE


# --- exactness ---------------------------------------------------------------------------------------------------

TRUE: dict[str, Callable[[Ball], Ball]] = {
    "log2": lambda x: x.log() / exactly(2.0).log(),
    "log10": lambda x: x.log() / exactly(10.0).log(),
    "cbrt": lambda x: abs(x).root(3) * x.sgn(),
    "atanh": lambda x: x.atanh(),
    "acosh": lambda x: x.acosh(),
    "sech": lambda x: x.sech(),
}
WHOLE: dict[str, Callable[[Fraction], int]] = {"floor": math.floor, "ceil": math.ceil, "round": round}
SIZES = [5e-324, 1e-300, 1e-17, 1e-9, 0.1, 0.25, 0.5, 0.75, 1 - 2**-53, 1.0, 1 + 2**-52, 1.5, 2.5, 3.0, 33.3, 1e5]
FAR = [2.0**52 - 0.5, 2.0**52 + 1, 2.0**53 + 2, 1e17, 1e300, 1.7976931348623157e308]


POINTS = [sign * size for size in SIZES + FAR for sign in (1.0, -1.0)]


@pytest.mark.parametrize("name", TRUE)
def test_a_rewritten_function_keeps_every_digit(name: str) -> None:
    judged = 0
    for x, value in zip(POINTS, from_text(f"{name}(x)")(POINTS)[0].tolist(), strict=True):
        with precision(4000):
            true = TRUE[name](exactly(x))
        assert value == float(true.mid()) if true.is_finite() else not math.isfinite(value), x
        judged += true.is_finite()
    assert judged >= 13


@pytest.mark.parametrize("name", WHOLE)
def test_steps_are_the_whole_numbers_that_they_should_be(name: str) -> None:
    for x, value in zip(POINTS, from_text(f"{name}(x)")(POINTS)[0].tolist(), strict=True):
        assert value == float(WHOLE[name](Fraction(x))), x


def test_logaddexp_keeps_every_digit() -> None:
    points = [-1e300, -800.0, -40.0, -1e-9, 0.0, 1e-300, 0.5, 36.0, 800.0, 1e300]
    for other in (0.0, -3.5, 700.0):
        values = from_text("logaddexp(x, a)", {"a": other})(points)[0].tolist()
        for x, value in zip(points, values, strict=True):
            with precision(4000):
                low, high = (exactly(each) for each in sorted((x, other)))
                assert value == float((high + (low - high).exp().log1p()).mid()), (x, other)


def test_steps_are_jumps_at_whole_numbers() -> None:
    for name, at in (("floor", 1.0), ("ceil", 1.0), ("round", 1.5)):
        activation = from_text(f"{name}(x)")
        (kink,) = [kink for kink in activation.kinks if kink.x == at]
        assert kink.jump == {"floor": (0.0, 1.0), "ceil": (1.0, 2.0), "round": (1.0, 2.0)}[name]
        assert (kink.left, kink.right) == (0.0, 0.0)
        assert [seam.x for seam in activation.seams_within(-2.2, 2.2)] == [
            x for x in (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0) if (x % 1 == 0.5) == (name == "round")
        ]
    assert math.isnan(from_text("floor(x)")(1.0)[1])


@pytest.mark.parametrize(("low", "whole"), [(0.25, 2**53), (-0.25, 2**53 - 1), (1.5, 2**53 + 1)])
def test_the_low_half_of_a_double_double_is_rounded_down_too(low: float, whole: int) -> None:
    found = PLAIN.function("floor")(Doubles(np.array([2.0**53]), np.array([low])))
    assert Fraction(float(found.high[0])) + Fraction(float(found.low[0])) == whole
    assert from_text("floor(x)")([-math.inf, math.inf])[0].tolist() == [-math.inf, math.inf]
