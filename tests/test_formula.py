from __future__ import annotations

import math

import numpy as np
import pytest

import actplot
from actplot.accuracy.balls import exactly, precision, settle
from actplot.accuracy.truth import Truth
from actplot.calculus.differentiate import slope_tree
from actplot.calculus.seams import Kink
from actplot.errors import UsageError, WorldError
from actplot.formula import FormulaError, evaluate_float, names_in, parse
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Number
from actplot.formula.parse import MAX_LENGTH, parse_condition
from actplot.formula.plain_text import to_text
from actplot.functions.activation import Activation
from actplot.functions.typed import any_spelling, from_text
from tests.conftest import at_work
from tests.walking import EVERYTHING, dense, every, look_at

X = Name("x")


def number(text: str) -> Number:
    return Number(float(text), text)


# --- parsing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", X),
        ("  x\n+\t1 ", Binary("+", X, number("1"))),
        ("-x**2", Negate(Binary("**", X, number("2")))),
        ("+x", X),
        ("1.5e-3*.5", Binary("*", number("1.5e-3"), number(".5"))),
        ("clip(x, 0, 1)", Call("clip", (X, number("0"), number("1")))),
        ("elu(x, alpha=0.5)", Call("elu", (X,), (("alpha", number("0.5")),))),
        ("Leaky_ReLU(x)", Call("leaky_relu", (X,))),
        ("lecun_tanh(x, b=2)", Call("stanh", (X,), (("a", Number(2 / 3, repr(2 / 3))), ("b", number("2"))))),
        (
            "x if 0 < x <= 1 else 2",
            Choice(Compare(("<", "<="), (number("0"), X, number("1"))), X, number("2")),
        ),
    ],
)
def test_text_becomes_a_tree(text: str, tree: object) -> None:
    assert parse(text, any_spelling) == tree


REFUSED = [
    ("", 1, "the formula is empty"),
    (" \n ", 1, "the formula is empty"),
    ("x +", 3, "not a formula"),
    ("x) + (x", 2, "unmatched ')'"),
    ("  (x", 3, "'(' was never closed"),
    ("x x", 3, "not a formula"),
    ("x.__class__", 2, "a '.' after a name"),
    ("().__class__.__bases__", 13, "a '.' after a name"),
    ("lambda: x", 1, "'lambda'"),
    ("x + f'{x}'", 5, "quoted text"),
    ("'x'", 1, "quoted text"),
    ("(a := 1)", 2, "':='"),
    ("x[0]", 2, "a list, tuple or index"),
    ("x, x", 1, "a list, tuple or index"),
    ("[x for x in x]", 1, "is not part"),
    ("ｘ", 1, "is not part"),
    ("x\0", 2, "U+0000"),
    ("\ud800", 1, "U+D800"),
    ("x # a comment", 3, "'#'"),
    ("x + ∂", 5, "'∂' is not part"),
    ("__import__('os')", 1, "there is no function '__import__'"),
    ("_x", 1, "a name is letters"),
    ("a__b", 1, "a name is letters"),
    ("if", 1, "not a formula"),
    ("x if x > 0", 1, "expected 'else'"),
    ("1 + 1e999", 5, "too large"),
    ("9" * 400, 1, "too large"),
    ("0x10", 1, "a number that is not written"),
    ("1_000", 1, "a number that is not written"),
    ("1j", 1, "a number that is not written"),
    ("010", 1, "leading zeros"),
    ("True", 1, "True"),
    ("None*x", 1, "None"),
    ("...", 1, "'...'"),
    ("x if x else 1", 6, "must be a comparison"),
    ("x if x is 1 else 1", 6, "a comparison uses"),
    ("x if x in x else 1", 6, "a comparison uses"),
    ("x and x", 7, "must be a comparison"),
    ("not x", 5, "must be a comparison"),
    ("x // 2", 3, "an operator other than"),
    ("~x", 2, "must be a comparison"),
    ("await x", 1, "is not part"),
    ("sin(*x)", 1, "'*' before an argument"),
    ("sin(**x)", 1, "'*' before an argument"),
    ("(lambda: x)()", 1, "a call of what is not a name"),
    ("1 + sin", 5, "sin is a function; write sin(x)"),
    ("gelu*x", 1, "gelu is a function; write gelu(x)"),
    ("sin(x, x)", 1, "sin() takes one argument, not 2"),
    ("max(x)", 1, "max() takes 2 arguments, not 1"),
    ("sin(x, a=1)", 8, "takes no parameters by name"),
    ("x + sigmod(x)", 5, "there is no function 'sigmod'; did you mean 'sigmoid'"),
    ("eval(x)", 1, "there is no function 'eval'"),
    ("elu(x, 2, 3)", 11, "elu() takes at most 1 parameter"),
    ("elu(x, beta=2)", 8, "elu() has no parameter 'beta'; it has alpha"),
    ("relu(x, beta=2)", 9, "relu() has no parameter 'beta'; it takes none"),
    ("elu(x, alpha=1, alpha=2)", 17, "is given alpha twice"),
    ("elu(x, alpha=x)", 8, "may not depend on x"),
    ("sin(" * 150 + "x" + ")" * 150, 245, "nested too deeply"),
    ("(" * 900 + "x" + ")" * 900, 201, "too many nested parentheses"),
    ("-" * 1900 + "x", 62, "nested too deeply"),
    ("x" + "**x" * 500, 181, "nested too deeply"),
    ("x" * 1_000_000, MAX_LENGTH, "shorten it"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[text[:20] for text, _, _ in REFUSED])
def test_what_is_no_formula_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    with at_work(1.0), pytest.raises(FormulaError) as caught:
        parse(text, any_spelling)
    assert message in str(caught.value)
    assert caught.value.column == column
    assert str(caught.value).endswith(f"(column {column})")
    assert "\n" not in str(caught.value)


def test_only_elementary_functions_may_be_called_without_a_catalogue() -> None:
    with pytest.raises(FormulaError, match="there is no function 'gelu'"):
        parse("gelu(x)")


def test_a_condition_stands_alone() -> None:
    assert parse_condition("0 < alpha <= 1").operators == ("<", "<=")
    with pytest.raises(FormulaError, match="not a comparison"):
        parse_condition("alpha")


def test_constants_are_float_arithmetic() -> None:
    assert evaluate_float(parse("2**-0.5*sqrt(2)"), {}) == pytest.approx(1)
    with pytest.raises(ArithmeticError):
        evaluate_float(parse("9**9**9**9"), {})


@look_at(every())
def test_declared_texts_mention_only_x_f_and_parameters(name: str) -> None:
    declaration = actplot.get(name).declaration
    known = {"x", "pi", *declaration.parameters}
    assert names_in(declaration.formula) <= known
    assert names_in(slope_tree(declaration)) <= known | {"f"}


# --- typed formulas ----------------------------------------------------------------------------------------------


def as_typed(declared: Activation) -> Activation:
    """Return what is typed as the formula is shown."""
    names = names_in(declared.formula)
    return from_text(to_text(declared.formula), {key: v for key, v in declared.values.items() if key in names})


@pytest.mark.parametrize("name", dense())
def test_a_typed_formula_is_the_declared_function(name: str) -> None:
    declared = actplot.get(name)
    typed = as_typed(declared)
    x = np.random.default_rng(7).uniform(-6, 6, 400)
    for of_declared, of_typed in zip(declared(x), typed(x), strict=True):
        np.testing.assert_array_equal(of_typed, of_declared)


@look_at(dense())
def test_the_kinks_of_a_formula_are_the_declared_ones(name: str) -> None:
    declared = actplot.get(name)
    assert as_typed(declared).kinks == declared.kinks


KINKS = [
    ("abs(x)", [Kink(0, -1, 1)]),
    ("max(0.1*x, x)", [Kink(0, 0.1, 1)]),
    ("x*abs(x)", []),
    ("max(0, x) + min(0, 2*expm1(x/2))", []),
    ("abs(x*x)", []),
    ("sqrt(x**2)", [Kink(0, -1, 1)]),
    ("sqrt((x - 0.3)**2)", [Kink(0.3, -1, 1)]),
    ("relu(x) + relu(x - 1)", [Kink(0, 0, 1), Kink(1, 1, 2)]),
    ("hard_shrink(x - 1)", [Kink(0.5, 1, 0, (-0.5, 0)), Kink(1.5, 0, 1, (0, 0.5))]),
    ("x if x > sqrt(2) else 0", [Kink(math.sqrt(2), 0, 1, (0, math.sqrt(2)))]),
    ("sin(x)/x if x != 0 else 1", []),
    ("max(x + 1, 1)", [Kink(0, 0, 1)]),
    ("max(1e-20*x, 0)", [Kink(0, 0, 1e-20)]),
    ("max(x, 1e10)", [Kink(1e10, 0, 1)]),
    ("1/x", [Kink(0, -math.inf, -math.inf, (-math.inf, math.inf))]),
    ("x/abs(x)", [Kink(0, 0, 0, (-1, 1))]),
    ("sqrt(abs(x))", [Kink(0, -math.inf, math.inf)]),
    ("log(x)", []),
    ("min(x**2, 4)", [Kink(-2, 0, -4), Kink(2, 4, 0)]),
    ("5 if x == 0.3 else x", []),
    ("2", []),
]


@pytest.mark.parametrize(("text", "kinks"), KINKS, ids=[text for text, _ in KINKS])
def test_kinks_are_found_with_their_exact_slopes(text: str, kinks: list[Kink]) -> None:
    assert list(from_text(text).kinks) == kinks


def test_every_corner_of_a_wave_is_found_in_the_middle() -> None:
    activation = from_text("abs(sin(x))")
    kinks = [seam.kink for seam in activation.seams_within(-100.0, 100.0) if seam.kink]
    assert len(kinks) == 63
    for kink in kinks:
        assert (kink.left, kink.right) == pytest.approx((-1, 1))
        assert kink.x == pytest.approx(round(kink.x / math.pi) * math.pi, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [
        ("max(0, x) + min(0, 2*expm1(x/2))", 0, 1),
        ("x*abs(x)", 0, 0),
        ("x*sin(x)/x if x != 0 else 0", 0, 1),
        ("sin(x)/x if x != 0 else 1", 0, 0),
        ("x**2 if x < 1 else 2*x - 1", 1, 2),
        ("x**3", 0, 0),
        ("x**0", 0, 0),
        ("2**x", 0, math.log(2)),
        ("x**x", 1, 1),
        ("tanh(1e10*x)", 0, 1e10),
        ("erfc(x)", 0, -2 / math.sqrt(math.pi)),
        ("x*Phi(x)", 0, 0.5),
    ],
)
def test_the_slope_is_right_where_pieces_meet_smoothly(text: str, x: float, slope: float) -> None:
    assert float(from_text(text)(x)[1]) == pytest.approx(slope, rel=1e-9, abs=1e-9)


def test_a_value_apart_from_both_limits_has_no_slope() -> None:
    f, df = from_text("5 if x == 0.3 else x")(0.3)
    assert f == 5
    assert math.isnan(df)


def test_the_branch_not_taken_never_leaks() -> None:
    f, df = from_text("log(x) if x > 0 else exp(1000*x)/x**2 if x < 0 else 0")(np.array([-2.0, 0.5, 3.0]))
    assert np.all(np.isfinite(f))
    assert np.all(np.isfinite(df))


EXACT = [
    # text, x, f, f'
    ("log(1+exp(x))", 800.0, 800.0, 1.0),
    ("log(1+exp(x))", -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
    ("x-tanh(x)", 1e-9, 3.3333333333333338e-28, 1e-18),
    ("(exp(x)-exp(-x))/(exp(x)+exp(-x))", 800.0, 1.0, 0.0),
    ("(exp(x)-1)/x", 1e-10, 1.00000000005, 0.5000000000333333),
    ("sqrt(x**2+1)-x", 1e10, 5e-11, -5e-21),
    ("exp(-x)*exp(-x)", 372.0, 7.559e-324, -1.5e-323),
    ("1-cos(x)", 1e-8, 5e-17, 1e-8),
    ("exp(x)/exp(x)", 1e6, 1.0, 0.0),
    ("(x+1e16)-1e16", 0.1, 0.1, 1.0),
    ("sign(exp(x))", -1e10, 1.0, 0.0),
    ("exp(x)/exp(x+1)", -1e10, 0.36787944117144233, 0.0),
    ("sign(Phi(x-100))", -1e5, 1.0, 0.0),
    ("Phi(sign(Phi(x-100)))", -1e5, 0.8413447460685429, 0.0),
    ("sign(((0.001*pi)**max(x,x))**4)", 1e5, 1.0, 0.0),
    ("expm1(max(Phi(x-2),x+sinh(0.1)))", -1e200, 0.0, 0.0),
    ("2**cos(cosh(x)*x)", -40.0, 1.9753167669648521, -1.2450207469614843e18),
    ("tan(sin(-x))**cos(cosh(x)*x)", -40.0, 0.9238438052617778, 6.7757395657002424e16),
    ("1+x+1e-40", 2.0**-53, 1.0 + 2.0**-52, 1.0),  # just beyond the middle of two floats
    ("1+x-1e-40", 3 * 2.0**-53, 1.0 + 2.0**-52, 1.0),
    ("1+x-1e-40", 2.0**-53, 1.0, 1.0),
    ("(1+x)*(1+1e-40)", 2.0**-53, 1.0 + 2.0**-52, 1.0),
    ("x/2+x*x", 5e-324, 5e-324, 0.5),
    ("x/2-x*x", 1.5e-323, 5e-324, 0.5),
    ("exp(log(x))", 0.0, 0.0, math.nan),
    ("x**1.5*exp(log(x))", 0.0, 0.0, math.nan),
    ("erf((1+2/x)**1.5)", -2.0, 0.0, math.nan),
    ("Phi(exp(x))", 1e200, 1.0, 0.0),
    ("(x+1)**(-2.5)", -1.0, math.inf, math.nan),
    ("x**x", -2.0, 0.25, math.nan),
    ("x**0.044715", 1e-12, 0.2906832451797959, 12997901308.214573),
]


@pytest.mark.parametrize(("text", "x", "f", "df"), EXACT)
def test_a_typed_formula_is_computed_to_its_last_digit(text: str, x: float, f: float, df: float) -> None:
    typed = from_text(text)
    for alone_or_among_others in ([x], [x, 1.25]):
        value, slope = typed(np.array(alone_or_among_others))
        assert value[0] == f
        assert slope[0] == df or (math.isnan(slope[0]) and math.isnan(df))


def test_a_quotient_of_exponentials_is_tanh_everywhere() -> None:
    sizes = np.concatenate([np.geomspace(5e-324, 1e308, 64), np.linspace(0, 800, 401 if EVERYTHING else 51)])
    x = np.concatenate([-sizes, sizes])
    typed, tanh = from_text("(exp(x)-exp(-x))/(exp(x)+exp(-x))"), actplot.get("tanh")
    np.testing.assert_array_equal(typed(x)[0], tanh(x)[0])
    near = x[np.abs(x) < 1e16]  # beyond it the two squares in f' agree to more digits than are ever computed
    np.testing.assert_array_equal(typed(near)[1], tanh(near)[1])
    assert typed.exact.open <= set(x[np.abs(x) >= 1e16].tolist())


def test_the_plain_reading_is_the_textbook_s() -> None:
    f, df = from_text("log(1+exp(x))").plain(np.array([-40.0, 0.5, 800.0]))
    assert f.tolist() == [0.0, math.log(1 + math.exp(0.5)), math.inf]
    assert df[1] == pytest.approx(1 / (1 + math.exp(-0.5)), rel=1e-15)
    assert from_text("sech(2*x)").plain(np.array([0.25]))[0].tolist() == [1 / math.cosh(0.5)]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("log(1+exp(x))", (0, math.inf)),
        ("exp(x)/exp(x)", (1, 1)),
        ("sqrt(x**2+1)-x", (math.inf, 0)),
        ("atan(x)", (-math.pi / 2, math.pi / 2)),
        ("x*sigmoid(1.702*x)", (0, math.inf)),
        ("max(0.1*x, x)", (-math.inf, math.inf)),
        ("1/(1 + exp(-x))", (0, 1)),
        ("sin(x)", (math.nan, math.nan)),
    ],
)
def test_infinities_give_the_limits(text: str, limits: tuple[float, float]) -> None:
    np.testing.assert_array_equal(from_text(text)(np.array([-np.inf, np.inf]))[0], limits)


def test_a_divisor_beyond_float64_leaves_no_slope() -> None:
    assert from_text("1/(1 + exp(-x))")(-1000.0) == (0, 0)


def test_the_slope_at_infinity_is_that_of_the_piece_there() -> None:
    np.testing.assert_array_equal(from_text("max(0.1*x, x)")(np.array([-np.inf, np.inf]))[1], (0.1, 1))


NOWHERE = [-math.inf, -1e308, -1.0, -0.0, 0.0, 5e-324, 1.0, 1e308, math.inf, math.nan]
NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1/x", [0, -1e-308, -1, INF, INF, INF, 1, 1e-308, 0, NAN]),
        ("log(x)", [NAN, NAN, NAN, -INF, -INF, -1074 * math.log(2), 0, 308 * math.log(10), INF, NAN]),
        ("sqrt(x)", [NAN, NAN, NAN, 0, 0, 2.0**-537, 1, 1e154, INF, NAN]),
        ("x**0.5", [NAN, NAN, NAN, 0, 0, 2.0**-537, 1, 1e154, INF, NAN]),
        ("x**x", [0, 0, -1, 1, 1, 1, 1, INF, INF, NAN]),
        ("9**9**9**9", [INF] * 9 + [NAN]),
        ("tan(x)", [NAN, 0.5086861259107568, -math.tan(1), 0, 0, 5e-324, math.tan(1), -0.5086861259107568, NAN, NAN]),
        ("1/0", [INF] * 9 + [NAN]),
        ("exp(exp(x))", [1, 1, math.exp(math.exp(-1)), math.e, math.e, math.e, math.exp(math.e), INF, INF, NAN]),
    ],
)
def test_what_has_no_value_is_silent(text: str, values: list[float]) -> None:
    f, df = from_text(text)(np.array(NOWHERE))
    np.testing.assert_allclose(f, values, rtol=1e-15, atol=0)
    assert not np.any(np.isnan(f) & ~np.isnan(df)), "where there is no value there is no slope"


def test_parameters_are_bound_by_name() -> None:
    typed, declared = from_text("x*sigmoid(beta*x)", {"beta": 2}), actplot.get("silu", beta=2)
    np.testing.assert_allclose(typed(np.linspace(-5, 5, 50)), declared(np.linspace(-5, 5, 50)), rtol=1e-12)
    assert typed.title == "x*sigmoid(beta*x) (β = 2)"


@pytest.mark.parametrize(
    ("text", "parameters", "message"),
    [
        ("x*beta", {}, 'x*beta needs a value for beta; write "x*beta:beta=2"'),
        ("x*beta + alpha", {"beta": 1.0}, "needs a value for alpha"),
        ("x", {"beta": 1.0}, "has no parameter 'beta'"),
        ("x", {"x": 1.0}, "has no parameter 'x'"),
        ("x*pi", {"pi": 3.0}, "has no parameter 'pi'"),
        ("x*a", {"a": math.inf}, "not a finite number"),
        ("x*(1 - f)", {}, "f is the formula itself"),
        ("celu(x, alpha=-1)", {}, "alpha > 0 must hold"),
    ],
)
def test_bad_parameters_are_refused(text: str, parameters: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_text(text, parameters)
    assert message in str(caught.value)


LONG = [
    "mish(" * 50 + "x" + ")" * 50,
    "**".join(["x"] * 4),
    "+".join(f"abs(sin({k}*x))" for k in range(1, 50 if EVERYTHING else 25)),
    "max(" * 50 + "x" + ", sin(x))" * 50,
    "9" + "**9" * 50,
    "exp(" * 50 + "x" + ")" * 50,
]


@pytest.mark.parametrize("text", LONG, ids=[text[:12] for text in LONG])
def test_a_long_formula_takes_a_moment_and_no_more(text: str) -> None:
    with at_work(20.0):
        typed = from_text(text)
        typed(np.linspace(-5, 5, 500 if EVERYTHING else 25))
        settle(Truth(typed.tree).slope, [-1.5, 0.5, 1e308])


# --- certified arithmetic ----------------------------------------------------------------------------------------


def certified(text: str, x: float) -> float | None:
    (ball,) = settle(Truth(from_text(text).tree).value, [x])
    return float(ball) if ball is not None else None


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("x - tanh(x)", 1e-100, 0.0),  # 1e-300/3, below what is told from zero
        ("(x - tanh(x))*1e200", 1e-100, 1e-100 / 3),
        ("exp(x)/(1 + exp(x))", 1e308, 1.0),
        ("sinh(x)/cosh(x)", -1e308, -1.0),
        ("log1p(exp(x))", 1e308, 1e308),
        ("x*(1 - tanh(x))", 1e308, 0.0),
        ("sin(x)", 1e308, 0.4533964905016491),
        ("log(x)", -1.0, None),
        ("1/x", 0.0, None),
        ("exp(exp(exp(x)))", 1e308, None),
        ("x if x != 0.1 else 7", 0.1, 7.0),
        ("1 if sqrt(2)**2 == 2 else 0", 1.0, None),
        ("(-x**2)**3", 2.0, -64.0),
        ("tanh(gelu(x))**2", -1e200, 0.0),
    ],
)
def test_balls_settle_where_there_is_a_value(text: str, x: float, value: float | None) -> None:
    found = certified(text, x)
    assert found == value if value is None else found == pytest.approx(value, rel=1e-15, abs=1e-299)


def test_a_literal_is_its_float64() -> None:
    with precision(200):
        assert Truth(from_text("0.1*x").tree).value(1.0) == exactly(0.1)


def test_a_jet_at_a_kink_is_no_derivative() -> None:
    truth = Truth(from_text("max(0.1*x, x)").tree)
    assert settle(truth.slope, [0.0]) == [None]
    left, right = settle(truth.slope, [-1.0, 1.0])
    assert (left, right) == (exactly(0.1), exactly(1.0))


def test_a_hole_has_no_derivative_either() -> None:
    assert settle(Truth(from_text("sin(x)/x").tree).slope, [0.0]) == [None]


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "flint", None)
    with pytest.raises(WorldError, match=r"pip install 'actplot\[check\]'"):
        exactly(1.0)
