"""Which functions are one up to scale and shift: found by the numbers, told by the declarations."""

from __future__ import annotations

import math

import pytest

from actplot.accuracy.sameness import Relation, Relatives, related
from actplot.functions.reading import get
from actplot.functions.registry import names


def found(g: str, f: str) -> Relation:
    relation = related(get(g), get(f))
    assert relation, (g, f)
    return relation


# By hand: tanh x = 2σ(2x) − 1; ln(1 + eˣ) = −ln σ(−x); cos 2x = 1 − 2 sin²x; and so on.
KNOWN = [
    ("tanh", "sigmoid", (2, 2, 0, -1)),
    ("2*sigmoid(2*x)-1", "tanh", (1, 1, 0, 0)),
    ("sigmoid", "tanh", (0.5, 0.5, 0, 0.5)),
    ("x*sigmoid(1.7*x)", "silu", (1 / 1.7, 1.7, 0, 0)),
    ("x/(1+exp(-1.702*x))", "quick_gelu", (1, 1, 0, 0)),
    ("log(1+exp(x))-log(2)", "shifted_softplus", (1, 1, 0, 0)),
    ("log(1+exp(x))-log(2)", "softplus", (1, 1, 0, -math.log(2))),
    ("log_sigmoid", "softplus", (-1, -1, 0, 0)),
    ("hard_sigmoid", "hard_tanh", (0.5, 1 / 3, 0, 0.5)),
    ("relu6", "hard_tanh", (3, 1 / 3, -1, 3)),
    ("squ", "square", (1, 1, 0.5, -0.25)),
    ("loglog", "cloglog", (-1, -1, 0, 1)),
    ("snake", "cosid", (-0.5, 2, 0, 0.5)),
    ("cosine_unit", "cos", (-1, 1, 0, 1)),
    ("7*exp(3*x) - 2", "exponential", (7, 3, 0, -2)),
    ("-elu(-x/4) + 1", "elu", (-1, -0.25, 0, 1)),
    ("3*max(0, 2*x - 5)", "relu", (6, 1, -2.5, 0)),
    ("2*x + 1", "identity", (2, 1, 0, 1)),
    ("gelu(x - pi)/3", "gelu", (1 / 3, 1, -math.pi, 0)),
    ("tanh(40*x)", "tanh", (1, 40, 0, 0)),
]


@pytest.mark.parametrize(("g", "f", "numbers"), KNOWN, ids=lambda part: part if isinstance(part, str) else "")
def test_scale_and_shift_are_found(g: str, f: str, numbers: tuple[float, ...]) -> None:
    relation = found(g, f)
    assert [each.value for each in (relation.a, relation.b, relation.c, relation.d)] == pytest.approx(
        numbers, rel=1e-12, abs=1e-12
    )
    assert relation.exact == (numbers == (1, 1, 0, 0))
    assert relation.points > 500


@pytest.mark.parametrize("g", ["relu", "tanh", "gelu", "silu", "hard_tanh", "sigmoid", "softplus", "elu", "sin"])
@pytest.mark.parametrize("bump", ["1e-9*x**2", "1e-9*x*sigmoid(3*x)", "1e-9/(1 + x**2)"])
def test_a_function_that_differs_by_a_billionth_is_another(g: str, bump: str) -> None:
    assert found(f"1*{g}(x)", g).exact
    assert related(get(f"{g}(x) + {bump}"), get(g)) is None


@pytest.mark.parametrize(
    ("g", "f"),
    [
        ("leaky_relu", "relu"),
        ("gelu", "gelu_tanh"),
        ("gelu", "quick_gelu"),
        ("mish", "silu"),
        ("relu2", "square"),
        ("erf", "tanh"),
        ("elu:alpha=2", "elu"),
        ("relu6", "relu"),
        ("3 + 0*x", "relu"),
        ("sqrt(-1 - x**2)", "relu"),
        ("max(0, min(x, 1e5))", "relu"),
        ("tanh(x) if x < 30 else 0", "tanh"),
    ],
)
def test_others_are_others(g: str, f: str) -> None:
    assert related(get(g), get(f)) is None


def test_what_is_one_formula_is_proved_and_what_is_not_is_seen() -> None:
    assert found("x*sigmoid(1.7*x)", "silu").proved
    assert found("x*sigmoid(1.7*x)", "silu").formula == "silu(1.7*x)/1.7"
    assert not found("2*sigmoid(2*x)-1", "tanh").proved


def test_a_value_at_a_jump_is_a_convention() -> None:
    assert found("bipolar_step", "step").apart == ()  # both take the upper value at 0
    assert found("sign", "step").apart == (0.0,)
    assert found("ste_heaviside", "step").apart == (0.0,)


def test_every_function_that_is_another_says_so_and_none_says_so_falsely() -> None:
    """Two are told to be the same where both name a third, so each is compared with those that name none."""
    catalogue = [get(name) for name in names()]
    roots = Relatives([each for each in catalogue if not each.declaration.same])
    assert 150 < len(roots.activations) < len(catalogue) - 50
    for activation in catalogue:
        told = activation.declaration.same
        assert [each.activation.name for each in roots.of(activation)] == ([told] if told else []), activation.name
