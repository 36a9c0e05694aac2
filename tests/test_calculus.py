"""The derivative as a formula agrees with certified series, which know no rules; text, tree and text are one."""

from __future__ import annotations

import numpy as np
import pytest

import actplot
from actplot.accuracy import points
from actplot.accuracy.balls import settle
from actplot.accuracy.truth import Truth
from actplot.calculus.differentiate import derivative, expanded, lowered, slope_tree
from actplot.formula import parse
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Name, Node, calls_in, walk
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import substitute, with_values
from actplot.functions.activation import Activation
from actplot.functions.difference import difference
from actplot.functions.registry import find
from actplot.functions.slope import derived
from actplot.functions.typed import any_spelling, from_text, from_tree
from tests.walking import dense, every, known, look_at

NAMES = every()
X = np.array([-2.7, -1.3, -0.4, 0.21, 0.6, 1.7, 2.9])

CALLS = [
    f"{name}({', '.join(['x**2/3 + 0.1', '0.7', '1.5'][: function.arguments])})"
    for name, function in ELEMENTARY.items()
    if name != "clip"
]
FORMULAS = [
    *CALLS,
    *(call.replace("x**2/3 + 0.1", "x") for call in CALLS if not call.startswith(("log", "sqrt", "log1p"))),
    "clip(x, -1, 0.5*x + 1)",
    "x + 2",
    "3 - x",
    "x*x*x",
    "(x + 1)/(x**2 + 2)",
    "2/(x**2 + 1)",
    "x/3",
    "-x**3",
    "x**4",
    "(x**2 + 1)**0.5",
    "2**x",
    "(x**2 + 1)**x",
    "x if x > 0.5 else x**2",
    "(x + 3)**(2 if x > 0.5 else -1)",
    "sigmoid(sin(x))",
    "elu(x**2 - 1, alpha=0.5)*x",
    "leaky_relu(x)",
    "3*pi",
]


def by_series(tree: Node, order: int = 1) -> np.ndarray:
    """Return f' (or f'') at X, from certified Taylor series of f; NaN where there is none."""
    truth = Truth(expanded(tree))
    read = (truth.value, truth.slope, truth.curvature)[order]
    return np.array([np.nan if ball is None else float(ball) for ball in settle(read, X.tolist())])


@pytest.mark.parametrize("text", FORMULAS)
def test_the_derivatives_of_a_formula_are_those_of_its_series(text: str) -> None:
    tree, typed = parse(text, any_spelling), from_text(text)
    expected = by_series(tree)
    assert np.isfinite(expected).sum() >= 2
    known = np.isfinite(expected)
    by_rule = from_tree(derivative(tree), {}, "slope")(X)[0]
    np.testing.assert_allclose(by_rule[known], expected[known], rtol=3e-16, atol=0)
    f, df = typed(X, "right")
    np.testing.assert_array_equal(df, np.where(np.isnan(f), np.nan, by_rule))
    expected = by_series(tree, 2)
    known = np.isfinite(expected)
    bend = derived(typed)(X, "right")[1]
    np.testing.assert_allclose(bend[known], expected[known], rtol=3e-16, atol=0)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_double_doubles_read_is_the_same_function(text: str) -> None:
    tree = expanded(parse(text, any_spelling))
    primitive = {"abs", "sign", "min", "max", "floor", "exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "atan"}
    assert calls_in(lowered(tree)) <= primitive | {"erf", "erfc"}
    np.testing.assert_allclose(by_series(lowered(tree), 0), by_series(tree, 0), rtol=3e-16, atol=0)


NEAR_ONE = [name for name, function in ELEMENTARY.items() if function.complement]


@pytest.mark.parametrize("text", ["1 - {}(x)", "{}(x) - 1", "1 + {}(x)", "{}(x) + 1", "log({}(x))"])
def test_what_double_doubles_read_beside_one_is_the_same_function(text: str) -> None:
    assert {"exp", "cosh", "tanh", "erf"} <= set(NEAR_ONE)
    for name in NEAR_ONE:
        tree = parse(text.format(name))
        assert calls_in(lowered(tree)).isdisjoint({"tanh", "cosh", "sinh"})
        np.testing.assert_allclose(by_series(lowered(tree), 0), by_series(tree, 0), rtol=3e-16, atol=0)


@pytest.mark.parametrize("name", [name for name, function in ELEMENTARY.items() if function.exact])
def test_what_double_doubles_read_keeps_its_digits_near_zero_and_far_out(name: str) -> None:
    text = f"{name}({', '.join(['x', '1'][: ELEMENTARY[name].arguments])})"
    tree, typed = parse(text), from_text(text)
    for x in (-800.0, -300.0, -1e-3, -1e-200, 1e-300, 1e-9, 0.3, 40.0, 800.0):
        f = typed(np.array([x, 0.5]))[0][0]
        (ball,) = settle(Truth(tree).value, [x])
        assert ball is not None
        assert f == float(ball)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("1 if x > 0 else -1", "0"),
        ("x if x > 1 else x + 2", "1"),
        ("max(x, x + 1)", "1"),
        ("max(0, x)**2", "2*max(0, x) if x >= 0 else 0"),
        ("relu(x)*2", "2 if x >= 0 else 0"),
        ("x*max(0, x)", "max(0, x) + (x if x >= 0 else 0)"),
        ("sigmoid(x)*min(0, x)", "sigmoid(x)*(1 - sigmoid(x))*min(0, x) + (0 if x >= 0 else sigmoid(x))"),
    ],
)
def test_a_choice_in_a_slope_is_written_plainly(text: str, slope: str) -> None:
    tree = parse(text, any_spelling)
    assert to_text(derivative(tree)) == slope
    np.testing.assert_allclose(from_tree(derivative(tree), {}, "slope")(X)[0], from_text(text)(X)[1], rtol=1e-12)


def in_x(activation: Activation, tree: Node) -> Node:
    """Return a tree with the values of the parameters, and with f written out."""
    return with_values(substitute(tree, {"f": activation.declaration.formula}), activation.trees)


@look_at(dense())
def test_the_derivative_by_rule_is_the_one_computed(name: str) -> None:
    activation = known(name)
    by_rule = from_tree(in_x(activation, derivative(activation.declaration.formula)), {}, "slope")(X)[0]
    np.testing.assert_array_equal(by_rule, activation(X)[1])


@look_at(dense())
def test_the_derivative_that_is_shown_is_the_one_computed(name: str) -> None:
    activation = known(name)
    shown = from_tree(in_x(activation, activation.derivative), {}, "slope")(X)[0]
    np.testing.assert_array_equal(shown, activation(X)[1])


@look_at(NAMES)
def test_what_is_computed_calls_no_activation(name: str) -> None:
    tree = known(name).tree
    assert calls_in(tree) <= set(ELEMENTARY)
    assert all(part.id in {"x", "pi"} for part in walk(tree) if isinstance(part, Name))


@look_at(NAMES)
def test_a_formula_printed_and_read_again_is_the_same_tree(name: str) -> None:
    declaration = find(name)
    for tree in (declaration.formula, slope_tree(declaration)):
        assert declaration.read(to_text(tree)) == tree
    for tree in (known(name).formula, known(name).derivative):
        assert parse(to_text(tree), any_spelling) == tree


@pytest.mark.parametrize(
    "text",
    ["-(x + 1)", "(-x)**2", "-x**2", "x - (1 - x)", "x/(2*x)", "2**(3**x)", "(2**3)**x", "(x if x > 0 else 1) + 1"],
)
def test_brackets_survive(text: str) -> None:
    tree = parse(text, any_spelling)
    assert parse(to_text(tree), any_spelling) == tree


@look_at(dense())
def test_f_of_the_derived_activation_is_the_slope(name: str) -> None:
    activation = known(name)
    np.testing.assert_array_equal(derived(activation)(X)[0], activation(X)[1])


@pytest.mark.parametrize("name", dense())
def test_the_second_derivative_is_the_nearest_float64(name: str) -> None:
    activation = known(name)
    x = points(activation, 0)[::200]
    x = x[(np.abs(x) < 300) & ~np.isin(x, [seam.x for seam in activation.seams])]
    found = derived(activation)(x)[1]
    truth = settle(Truth(activation.tree).curvature, x.tolist())
    for at, got, ball in zip(x.tolist(), found.tolist(), truth, strict=True):
        assert ball is None or got == pytest.approx(float(ball), rel=2.3e-16, abs=5e-324), at


def test_the_second_derivative_of_sinc_keeps_its_digits_at_zero() -> None:
    bend = derived(actplot.get("sinc"))
    assert bend(0.0)[1] == -1 / 3
    assert bend(1e-8)[1] == -0.3333333333333333
    assert bend(np.array([-1e-8, 0.0, 1e-300]))[1].tolist() == [-0.3333333333333333, -1 / 3, -1 / 3]


def test_a_difference_is_rounded_once() -> None:
    x = np.array([-40.0, 1e-9, 0.5, 30.0])
    gap = difference(actplot.get("softplus"), actplot.get("relu"))(x)
    expected = from_text("log(1+exp(x))-max(0,x)")(x)
    np.testing.assert_array_equal(gap[0], expected[0])
    np.testing.assert_array_equal(gap[1], expected[1])
    assert gap[0][3] == pytest.approx(9.357622968839299e-14, rel=1e-15)


def test_a_difference_keeps_the_kinks_that_do_not_cancel() -> None:
    gap = difference(actplot.get("relu"), actplot.get("leaky_relu"))
    assert [(kink.x, kink.left, kink.right) for kink in gap.kinks] == [(0.0, -0.01, 0.0)]
    gap = difference(actplot.get("step"), actplot.get("relu"))
    assert [kink.jump for kink in gap.kinks] == [(0.0, 1.0)]
    assert difference(actplot.get("relu"), actplot.get("relu")).kinks == ()
    assert gap.title == "Step − ReLU"


@pytest.mark.parametrize(
    ("style", "ground", "line"),
    [("light", "#ffffff", 2.0), ("dark", "#16181d", 2.0), ("paper", "#ffffff", 1.2), ("tutorial", "#ffffff", 1.5)],
)
def test_looks_serve_matplotlib_too(style: str, ground: str, line: float) -> None:
    import matplotlib.style
    from matplotlib.colors import to_hex

    with matplotlib.style.context(f"actplot.styles.{style}"):
        settings = matplotlib.rcParams
        assert (to_hex(settings["figure.facecolor"]), settings["lines.linewidth"]) == (ground, line)
