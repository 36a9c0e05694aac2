"""The derivative as a formula agrees with the derivative by dual numbers; text, tree and text are one."""

from __future__ import annotations

import numpy as np
import pytest

import actplot
from actplot.calculus.custom import any_spelling, from_text, from_tree
from actplot.calculus.difference import difference
from actplot.calculus.differentiate import derivative
from actplot.calculus.slope import derived, slope_tree
from actplot.formula import parse
from actplot.formula.functions import ELEMENTARY
from actplot.formula.text import to_text
from actplot.registry import find

NAMES = actplot.names()
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
    "sigmoid(sin(x))",
    "elu(x**2 - 1, alpha=0.5)*x",
    "leaky_relu(x)",
    "3*pi",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_both_derivatives_of_a_formula_agree(text: str) -> None:
    tree = parse(text, any_spelling)
    by_rule = from_tree(derivative(tree), {}, "slope")(X)[0]
    np.testing.assert_allclose(by_rule, from_text(text)(X, "right")[1], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("1 if x > 0 else -1", "0"),
        ("x if x > 1 else x + 2", "1"),
        ("max(x, x + 1)", "1"),
        ("max(0, x)**2", "2*max(0, x) if x >= 0 else 0"),
        ("relu(x)*2", "0 if x < 0 else 2"),
        ("x*max(0, x)", "max(0, x) + (x if x >= 0 else 0)"),
        ("sigmoid(x)*min(0, x)", "sigmoid(x)*(1 - sigmoid(x))*min(0, x) + (0 if x >= 0 else sigmoid(x))"),
    ],
)
def test_a_choice_in_a_slope_is_written_plainly(text: str, slope: str) -> None:
    tree = parse(text, any_spelling)
    assert to_text(derivative(tree)) == slope
    np.testing.assert_allclose(from_tree(derivative(tree), {}, "slope")(X)[0], from_text(text)(X)[1], rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_the_derivative_by_rule_is_the_one_declared(name: str) -> None:
    declaration = find(name)
    values = dict(declaration.parameters)
    by_rule = from_tree(derivative(declaration.formula), values, "slope")(X)[0]
    np.testing.assert_allclose(by_rule, actplot.get(name)(X)[1], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_a_formula_printed_and_read_again_is_the_same_tree(name: str) -> None:
    declaration = find(name)
    for tree in (declaration.formula, declaration.derivative, slope_tree(actplot.get(name))):
        assert parse(to_text(tree), any_spelling) == tree


@pytest.mark.parametrize(
    "text",
    ["-(x + 1)", "(-x)**2", "-x**2", "x - (1 - x)", "x/(2*x)", "2**(3**x)", "(2**3)**x", "(x if x > 0 else 1) + 1"],
)
def test_brackets_survive(text: str) -> None:
    tree = parse(text, any_spelling)
    assert parse(to_text(tree), any_spelling) == tree


@pytest.mark.parametrize("name", NAMES)
def test_f_of_the_derived_activation_is_the_slope(name: str) -> None:
    activation = actplot.get(name)
    np.testing.assert_allclose(derived(activation)(X)[0], activation(X)[1], rtol=1e-11, atol=1e-13)


def test_a_difference_keeps_the_kinks_that_do_not_cancel() -> None:
    gap = difference(actplot.get("relu"), actplot.get("leaky_relu"))
    assert [(kink.x, kink.left, kink.right) for kink in gap.kinks] == [(0.0, -0.01, 0.0)]
    gap = difference(actplot.get("step"), actplot.get("relu"))
    assert [kink.jump for kink in gap.kinks] == [(0.0, 1.0)]
    assert difference(actplot.get("relu"), actplot.get("relu")).kinks == ()
    assert gap.title == "Step − ReLU"


@pytest.mark.parametrize("style", ["light", "dark", "paper", "tutorial"])
def test_looks_serve_matplotlib_too(style: str) -> None:
    import matplotlib.style

    with matplotlib.style.context(f"actplot.styles.{style}"):
        pass
