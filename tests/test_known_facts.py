"""The page about a function, line by line, for functions that every textbook has; written by hand."""

from __future__ import annotations

import json
import re

import pytest

import actplot
from actplot.facts import facts
from actplot.facts.words import fact_lines
from actplot.reference.page import information_json

BOTH = "on the left and the right"

# The labels of the page, and what stands there; formulas, names and sources are tested elsewhere.
PAGES: dict[str, dict[str, str | None]] = {
    "relu": {
        "f(x)": "max(0, x)",
        "f′(x)": "1 if x > 0 else 0   for x ≠ 0",
        "LaTeX": r"\max(0,\, x)",
        "parameters": "none",
        "in general": None,
        "certainty": "proved: range, zeros, extrema, monotone, max slope, smoothness; the rest is seen on samples",
        "aliases": "poslin, rectifier",
        "frameworks": "torch.nn.ReLU\nkeras.activations.relu\nkeras.layers.ReLU\ntf.nn.relu\njax.nn.relu\nONNX Relu\n"
        "mlx.nn.relu",
        "kinks": "at 0: slope 0 on the left, 1 on the right (taken as: torch 0, tensorflow 0, jax 0)",
        "smoothness": "f has a kink",
        "range": "[0, ∞)",
        "limits": "0 at −∞, ∞ at ∞",
        "max slope": "1 for x > 0",
        "zeros": "x ≤ 0",
        "extrema": "none",
        "monotone": "non-decreasing",
        "symmetry": "neither",
        "mean output": "0.399 for standard normal input: not zero-centred",  # 1/sqrt(2 pi)
        "saturates": "on the left",
        "gradients": "exactly 0 far out on the left: units can die",
    },
    "leaky_relu": {
        "parameters": "alpha = 0.01\nalso written negative_slope for alpha",
        "kinks": "at 0: slope 0.01 on the left, 1 on the right (taken as: torch 0.01, tensorflow 0.01, jax 1)",
        "smoothness": "f has a kink",
        "range": "(−∞, ∞)",
        "limits": "−∞ at −∞, ∞ at ∞",
        "max slope": "1 for x > 0",
        "zeros": "0",
        "extrema": "none",
        "monotone": "increasing",
        "symmetry": "neither",
        "mean output": "0.395 for standard normal input: not zero-centred",  # 0.99/sqrt(2 pi)
        "saturates": "no: f grows without limit on both sides",
        "gradients": "never vanish in a tail",
    },
    "sigmoid": {
        "f′(x)": "f*(1 - f)",
        "kinks": "none",
        "smoothness": "smooth: it has derivatives of every order",
        "range": "(0, 1)",
        "limits": "0 at −∞, 1 at ∞",
        "max slope": "0.25 at x = 0",
        "zeros": "none",
        "extrema": "none",
        "monotone": "increasing",
        "symmetry": "neither",
        "mean output": "0.5 for standard normal input: not zero-centred",
        "saturates": BOTH,
        "gradients": f"can vanish {BOTH}",
    },
    "tanh": {
        "kinks": "none",
        "smoothness": "smooth: it has derivatives of every order",
        "range": "(-1, 1)",
        "limits": "−1 at −∞, 1 at ∞",
        "max slope": "1 at x = 0",
        "zeros": "0",
        "extrema": "none",
        "monotone": "increasing",
        "symmetry": "odd",
        "mean output": "0 for standard normal input: zero-centred",
        "saturates": BOTH,
        "gradients": f"can vanish {BOTH}",
    },
    "step": {
        "parameters": "theta = 0, value = 1\nalso written threshold for theta",
        "kinks": "at 0: f jumps from 0 to 1; slope 0 on the left, 0 on the right",
        "smoothness": "f jumps",
        "range": "{0, 1}",
        "limits": "0 at −∞, 1 at ∞",
        "max slope": "0 for x ≠ 0",
        "zeros": "x < 0",
        "extrema": "none",
        "monotone": "non-decreasing",
        "symmetry": "neither",
        "mean output": "0.5 for standard normal input: not zero-centred",
        "saturates": BOTH,
        "gradients": f"exactly 0 far out {BOTH}: units can die",
        "frameworks": "mlx.nn.step",
    },
    "softplus": {
        "parameters": "beta = 1, threshold off  (beta > 0)",
        "kinks": "none",
        "smoothness": "smooth: it has derivatives of every order",
        "range": "(0, ∞)",
        "limits": "0 at −∞, ∞ at ∞",
        "max slope": "1 far out",
        "zeros": "none",
        "extrema": "none",
        "monotone": "increasing",
        "symmetry": "neither",
        "mean output": "0.806 for standard normal input: not zero-centred",
        "saturates": "on the left",
        "gradients": "can vanish on the left",
    },
    "gelu": {
        "kinks": "none",
        "smoothness": "smooth: it has derivatives of every order",
        "range": "[-0.169971, ∞)",
        "limits": "0 at −∞, ∞ at ∞",
        "max slope": "1.1289 at x = 1.41421",  # at sqrt(2)
        "zeros": "0",
        "extrema": "minimum -0.169971 at -0.751792",
        "monotone": "no",
        "symmetry": "neither",
        "mean output": "0.282 for standard normal input: not zero-centred",  # 1/(2 sqrt(pi))
        "saturates": "on the left",
        "gradients": "can vanish on the left",
    },
    "hard_tanh": {
        "kinks": "at -1: slope 0 on the left, 1 on the right (taken as: torch 0, tensorflow 1, jax 1)\n"
        "at 1: slope 1 on the left, 0 on the right (taken as: torch 0, tensorflow 1, jax 1)",
        "parameters": "lower = -1, upper = 1  (lower < upper)\nalso written min_val for lower, max_val for upper",
        "smoothness": "f has a kink",
        "range": "[-1, 1]",
        "limits": "−1 at −∞, 1 at ∞",
        "max slope": "1 for -1 < x < 1",
        "zeros": "0",
        "extrema": "none",
        "monotone": "non-decreasing",
        "symmetry": "odd",
        "mean output": "0 for standard normal input: zero-centred",
        "saturates": BOTH,
        "gradients": f"exactly 0 far out {BOTH}: units can die",
    },
    "sin": {
        "kinks": "none",
        "smoothness": "smooth: it has derivatives of every order",
        "range": "[-1, 1]",
        "limits": "none at −∞, none at ∞",
        "max slope": "1 at x = 0",
        "zeros": "without end",
        "extrema": "without end",
        "monotone": "no",
        "symmetry": "odd",
        "mean output": "0 for standard normal input: zero-centred",
        "saturates": "no: f is bounded and oscillates on both sides",
        "gradients": "never vanish in a tail, though f′ passes 0 again and again",
    },
    "softsign": {
        "kinks": "none",
        "smoothness": "C¹: f′ is continuous, f″ is not",
        "range": "(-1, 1)",
        "limits": "−1 at −∞, 1 at ∞",
        "max slope": "1 at x = 0",
        "zeros": "0",
        "extrema": "none",
        "monotone": "increasing",
        "symmetry": "odd",
        "mean output": "0 for standard normal input: zero-centred",
        "saturates": BOTH,
        "gradients": f"can vanish {BOTH}",
    },
    "gaussian": {
        "range": "(0, 1]",
        "limits": "0 at −∞, 0 at ∞",
        "extrema": "maximum 1 at 0",
        "monotone": "no",
        "symmetry": "even",
        "mean output": "0.577 for standard normal input: not zero-centred",  # 1/sqrt(3)
    },
    "min(0, -x)": {
        "kinks": "at 0: slope 0 on the left, -1 on the right (taken as: torch -0.5, tensorflow 0, jax -0.5)",
        "range": "(−∞, 0]",
        "limits": "0 at −∞, −∞ at ∞",
        "max slope": "-1 for x > 0",
        "zeros": "x ≤ 0",
        "monotone": "non-increasing",
        "mean output": "-0.399 for standard normal input: not zero-centred",
        "saturates": "on the left",
        "gradients": "exactly 0 far out on the left: units can die",
        "source": "typed just now",
        "aliases": "none",
    },
    "2 - 3*x": {
        "range": "(−∞, ∞)",
        "limits": "∞ at −∞, −∞ at ∞",
        "max slope": "-3 everywhere",
        "zeros": "0.666667",
        "monotone": "decreasing",
        "symmetry": "neither",
        "gradients": "never vanish in a tail",
    },
    "max(x - 1, 0) + exp(-1/(1 + x**2))*0": {"zeros": "x ≤ 1", "max slope": "1 for x > 1"},
    "abs(x)*x*x": {"smoothness": "C²: f″ is continuous, f‴ is not", "symmetry": "even", "extrema": "minimum 0 at 0"},
    "1/(x - 2)": {
        "kinks": "at 2: a pole, f tends to −∞ on the left, ∞ on the right",
        "smoothness": "f has a pole",
        "range": "(−∞, 0) and (0, ∞)",
        "max slope": "unbounded, beside x = 2",
        "mean output": "none",
    },
    "sqrt(x)": {
        "edges": "at 0: the domain ends; f tends to 0 there, f′ to ∞",
        "range": "[0, ∞)",
        "saturates": "no; f is undefined far out on the left",
    },
    "(x**2 - 1)/(x - 1)": {
        "undefined": "at 1: f tends to 2 there, f′ to 1",
        "smoothness": "smooth: it has derivatives of every order; undefined at 1",
        "range": "(−∞, 2) and (2, ∞)",
        "zeros": "-1",
    },
    "7 if x == 2 else x": {"isolated": "at 2: f has a value of its own, though it tends to 2"},
    "floor(x**2)": {
        "range": "within [0, ∞)",
        "max slope": "0 wherever f′ exists",
        "zeros": "-1 < x < 1",
        "extrema": "not known: there are too many breaks or turns",
        "smoothness": "f jumps",
    },
    "floor(x)*sin(pi*x)": {"limits": "none at −∞, none at ∞", "range": "(−∞, ∞)", "max slope": "unbounded"},
    "round(x) - floor(x)": {
        "limits": "none at −∞, none at ∞",
        "range": "{0, 1}",
        "max slope": "0 wherever f′ exists",
        "saturates": "no: f is bounded and oscillates on both sides",
    },
    "floor(x)*sin(x) + abs(x - 1)": {"limits": "not known at −∞, none at ∞"},
    "x - floor(x)": {"limits": "none at −∞, none at ∞", "range": "[0, 1)", "max slope": "1 wherever f′ exists"},
    "x*floor(1/x)": {
        "range": "{0} and (0.5, ∞)",
        "limits": "∞ at −∞, 0 at ∞",
        "searched": "from −∞ to -0.034668 and from 0.034668 to ∞; there are too many breaks elsewhere",
    },
    "2 + sin(x)": {"zeros": "none", "extrema": "without end", "range": "[1, 3]"},
    "atan(x)*sin(x)": {"range": "(-1.5708, 1.5708)"},
    "cos(x)*sin(pi*x)*sin(x)": {"range": "within [-1, 1]"},  # all between -1/2 and 1/2, neither of which is taken
    "exp(-x**2/2)*sin(x)": {"zeros": "not known: there are too many breaks or turns"},
    "exp(-x**2)*(sin(x) - x/2)": {"zeros": "not known: there are too many breaks or turns"},  # three
    "sign(floor(x/3))*abs(x)": {"zeros": "0 ≤ x < 3", "monotone": "non-decreasing", "max slope": "1 for x < 0"},
    "log(1 + x**2)/(1 + abs(sign(x - 2)))": {"max slope": "0.5 at x = 1"},
    "abs(sign(x - 2)) - sin(x)": {"range": "{-0.909297} and [0, 2]"},
    "1/x": {"symmetry": "odd", "mean output": "none"},
    "exp(x**2)": {"mean output": "none"},
    "cosh(10*x)": {"mean output": "5.18e+21 for standard normal input: not zero-centred"},  # exp(50)
    "1/sqrt(abs(x))": {"mean output": "1.72 for standard normal input: not zero-centred"},  # Γ(1/4)/(2^(1/4)·√π)
    "max(0, sin(x))": {"zeros": "without end", "extrema": "without end", "range": "[0, 1]"},
    "x*sin(x)": {"saturates": "no: f swings ever wider on both sides", "symmetry": "even"},
    "elu:alpha=2": {
        "kinks": "at 0: slope 2 on the left, 1 on the right (taken as: torch 2, tensorflow 2, jax 2)",
        "parameters": "alpha = 2",
        "range": "(-2, ∞)",
        "limits": "−2 at −∞, ∞ at ∞",
        "max slope": "2 beside x = 0",
    },
    "hard_tanh:lower=2,upper=5": {
        "zeros": "none",
        "range": "[2, 5]",
        "symmetry": "neither",
        "limits": "2 at −∞, 5 at ∞",
    },
    "x**3 - 3*x": {"zeros": "-1.73205, 0, 1.73205", "extrema": "minimum -2 at 1, maximum 2 at -1"},
    "sqrt(0 - 1 - x*x)": {
        "range": "none: f is undefined everywhere",
        "max slope": "none",
        "zeros": "none",
        "monotone": "no",
        "saturates": "no: f is undefined far out on both sides",
    },
    "sin(1/x)": {"isolated": "at 0: f tends to nothing that could be told"},
    "sin(exp(x))": {"saturates": "on the left; f has no limit that is known on the right"},
    "sigmoid(max(0, x))": {"gradients": "exactly 0 far out on the left: units can die; vanish on the right"},
    "x*(x - 1)/(x*(x - 1))": {"smoothness": "smooth: it has derivatives of every order; undefined at 0, 1"},
    "softplus:beta=2": {"in general": "x if beta*x > threshold else log1p(exp(beta*x))/beta"},
    "snake:a=2": {"parameters": "a = 2, b = a  (a > 0, b > 0)"},
    "relu6": {"zeros": "x ≤ 0", "range": "[0, 6]", "limits": "0 at −∞, 6 at ∞"},
    "hard_shrink": {"zeros": "-0.5 ≤ x ≤ 0.5", "symmetry": "odd"},
}


@pytest.mark.parametrize("spec", PAGES)
def test_the_page_says(spec: str) -> None:
    lines = fact_lines(actplot.get(spec))
    assert {label: lines.get(label) for label in PAGES[spec]} == PAGES[spec]


def test_of_many_kinks_the_nearest_twelve_are_listed() -> None:
    """The sum of abs(x - n) for n from 1 on: each kink makes the slope steeper by 2."""
    for count, more in ((12, []), (13, ["and 1 more, farther out"]), (15, ["and 3 more, farther out"])):
        lines = fact_lines(actplot.get("+".join(f"abs(x - {n})" for n in range(1, count + 1))))["kinks"].splitlines()
        slopes = [2 * n - count for n in range(13)]
        expected = [
            f"at {n}: slope {slopes[n - 1]} on the left, {slopes[n]} on the right "
            f"(taken as: torch {slopes[n] - 1}, tensorflow {slopes[n] - 1}, jax {slopes[n]})"
            for n in range(1, 13)
        ]
        assert lines == expected + more


def test_where_breaks_were_searched_for_is_told_where_there_are_too_many() -> None:
    told = fact_lines(actplot.get("max(0, sin(x))"))["searched"]
    found = re.fullmatch(r"from (-\d+\.?\d*) to (\d+\.?\d*); there are too many breaks beyond", told)
    assert found
    assert float(found[1]) < -30 < 30 < float(found[2])
    assert "searched" not in fact_lines(actplot.get("sin"))


@pytest.mark.parametrize(
    ("formula", "line", "centred"),
    [
        ("tanh(x) + 0.05", "0.05 for standard normal input: not zero-centred", False),
        ("x - 0.0011", "-0.0011 for standard normal input: not zero-centred", False),
        ("x + 0.0009", "0 for standard normal input: zero-centred", True),
    ],
)
def test_an_output_is_zero_centred_within_a_thousandth(formula: str, line: str, centred: bool) -> None:
    activation = actplot.get(formula)
    assert fact_lines(activation)["mean output"] == line
    assert facts(activation).zero_centred is centred
    assert json.loads(information_json(activation))["facts"]["zero_centred"] is centred
