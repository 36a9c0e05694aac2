"""Slopes are written as people write them, and stay the same function."""

from __future__ import annotations

import re
from functools import reduce

import numpy as np
import pytest

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.calculus.differentiate import derivative
from actplot.calculus.values import Values
from actplot.formula.nodes import Binary, Node
from actplot.formula.parse import parse
from actplot.formula.plain_text import to_text
from actplot.formula.tidying import tidied
from actplot.formula.worked import shown, worked_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("exp(-x)*(-1)/2", "-exp(-x)/2"),
        ("-2*(30*x)*exp(30*x)*30", "-1800*x*exp(30*x)"),
        ("2*(1/6)*x + 1/2", "x/3 + 1/2"),
        ("1/(1 + exp(x))*exp(x)", "exp(x)/(1 + exp(x))"),
        ("0.5*(x**2 + 1)**(-0.5)*(2*x)", "x*(x**2 + 1)**(-0.5)"),
        ("3*x**2/6", "x**2/2"),
        ("sin(x)*2*x/(4*cos(x))", "x*sin(x)/(2*cos(x))"),
        ("x/(1/x)", "x*x"),
        ("1 + -x", "1 - x"),
        ("-x + 1", "1 - x"),
        ("1 - -x", "1 + x"),
        ("-(-x)", "x"),
        ("1 + -2*x", "1 - 2*x"),
        ("-2*x + 1", "1 - 2*x"),
        ("1 - -x/2", "1 + x/2"),
        ("1 + -1*0.1*3*x", "1 - 0.1*3*x"),
        ("2*(-x)*-3", "6*x"),
        ("0.1*3*x", "0.1*3*x"),  # no float64 is exactly that product
        ("x*0", "x*0"),
        ("x/x", "x/x"),  # it has no value at 0
        ("2/4", "1/2"),
        ("0.5/2*x", "0.25*x"),
        ("(3 - 1)*exp(-x)", "2*exp(-x)"),
        ("exp(x) + 3 - 1", "exp(x) + 2"),
        ("x + 1 + 2", "x + 3"),
        ("x + 1 - 3", "x + 1 - 3"),
        ("x - 3 - 1", "x - 3 - 1"),
        ("0.1 + 0.2 + x", "0.1 + 0.2 + x"),
    ],
)
def test_products_and_sums_are_put_in_order(text: str, expected: str) -> None:
    assert to_text(tidied(parse(text))) == expected


@pytest.mark.parametrize("spec", ["silu(2*x)/3", "x*tanh(0.1*x)*7", "-elu(-x/3)", "gaussian(x/7)*x/49", "mish(x)*3/9"])
def test_a_tidy_slope_is_the_same_function(spec: str) -> None:
    tree = actplot.get(spec).exact.tree(0)
    x = np.linspace(-4.9, 5.1, 41)
    plain, tidy = (Values(slope)(x, (0,))[0] for slope in (derivative(tree), tidied(derivative(tree))))
    assert plain.tolist() == tidy.tolist()


def test_what_would_fill_a_page_is_left_as_it_is() -> None:
    tree: Node = reduce(lambda a, b: Binary("+", a, b), [parse("x*2*x")] * 150)
    assert tidied(tree) is tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1 - 0.25)*x", "0.75*x"),
        ("x + 1 - 0.1", "x + 0.9"),
        ("(0.125 + 1/3)/2*x", "11*x/48"),
        ("0.5**2/x", "0.25/x"),
        ("x**2/1**3", "x**2"),
        ("-2/sqrt(1)", "-2"),
        ("x*sqrt(2)", "x*sqrt(2)"),
        ("sqrt(9/4)", "3/2"),
        ("tanh(0) + x/cosh(0)**2", "x"),
        ("tanh(-1.5) + x/cosh(-1.5)**2", "x/cosh(1.5)**2 - tanh(1.5)"),
        ("(1 + exp(x))**(-1.5 - 1)", "(1 + exp(x))**(-2.5)"),
        ("(1 + exp(x))**(-1/2 - 1)", "(1 + exp(x))**(-1.5)"),
        ("1/2 + 1/3", "5/6"),
        ("(1 + exp(x))**(1 - 1)", "1"),
        ("log(x)**(1 - 1)", "log(x)**0"),  # it has no value at -1
        ("0.1*0.1*x", "0.01*x"),
        ("1.0507*1.67326*x", "1.0507*1.67326*x"),  # eleven digits
        ("1 + (x + exp(x))", "1 + x + exp(x)"),
        ("1e300*1e300*x", "1e300*1e300*x"),
        ("x/(1 - 1)", "x/0"),
        ("-2*x/(x**2)**2", "-2/x**3"),
        ("x/x**2", "1/x"),
        ("x/x", "x/x"),  # it has no value at 0
    ],
)
def test_numbers_are_worked_out_as_a_reader_would(text: str, expected: str) -> None:
    assert to_text(worked_out(parse(text))) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 / 3, "1/3"),
        (-1 / 6, "-1/6"),
        (0.125, "0.125"),
        (0.30000000000000004, "0.3"),
        (2.0, "2"),
        (7.25e-9, "7.25e-09"),
    ],
)
def test_a_value_that_six_digits_do_not_tell_is_its_fraction(value: float, expected: str) -> None:
    assert to_text(shown(value)) == expected


def test_no_figure_leaves_arithmetic_to_its_reader() -> None:
    """No sum of two numbers, no power of one, no root of 1, and no sign squared, which is wrong at 0."""
    left = re.compile(
        r"(?<![\w.}])[\d.]+ [+-] [\d.]+(?![\d.]*(\\,|\\ |\s)*[\\a-z(|^])|(?<![\w.)}|])[\d.]+\^\{|sqrt\{1\}"
        r"|sgn\}\(x\)[^+&]*sgn\}\(x\)|\\cosh\^\{2\}\(-|x\\,x(?![\w^])|\^\{0\}"
    )
    written = {}
    for name in DECLARATIONS:
        activation = actplot.get(name)
        for latex in (activation.formula_latex(valued=True), activation.derivative_latex(valued=True)):
            if found := left.search(latex):
                written[name] = found[0], latex
    assert not written
