from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

import actplot.activations  # noqa: F401  (fills the catalogue)
from actplot.activations.declaration import DECLARATIONS, callee
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, names_in
from actplot.formula.parse import parse
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import completed, folded, substitute, with_values
from tests.walking import look_at

X = Name("x")
A = Name("a")
B = Name("b")
INFINITY = Number(math.inf, "inf")


def number(value: float) -> Number:
    return Number(value, f"{value:g}")


# --- substitution ------------------------------------------------------------------------------------------------


def test_names_are_replaced_everywhere_and_all_at_once() -> None:
    tree = parse("-a*x if a < b else clip(b, a, gelu_tanh(x) + leaky_relu(x, alpha=a))", callee)
    swapped = substitute(tree, {"a": B, "b": A})
    assert to_text(swapped) == "-b*x if b < a else clip(a, b, gelu_tanh(x) + leaky_relu(x, alpha=b))"


def test_what_is_shared_stays_shared() -> None:
    shared = Call("exp", (A,))
    tree = substitute(Binary("*", shared, shared), {"a": X})
    assert isinstance(tree, Binary)
    assert tree.left is tree.right == Call("exp", (X,))


def test_a_tree_of_shared_halves_takes_no_time() -> None:
    tree: Node = A
    for _ in range(50):
        tree = Binary("*", tree, tree)  # two to the fiftieth leaves, if they are counted one by one
    assert substitute(tree, {"b": X}) is tree
    assert folded(tree) is tree


def test_what_does_not_change_is_the_same_object() -> None:
    tree = parse("sin(a*x)**2/b + (x if 0 < x <= 1 else elu(x, alpha=2))", callee)
    assert isinstance(tree, Binary)
    assert substitute(tree, {"c": X}) is tree
    assert folded(tree) is tree
    changed = substitute(tree, {"b": X})
    assert isinstance(changed, Binary)
    assert changed.right is tree.right


# --- folding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("x*1", "x"),
        ("1*x", "x"),
        ("1.0*x", "x"),
        ("0*x", "0"),
        ("exp(x)*0", "0"),
        ("x + 0", "x"),
        ("0 + x", "x"),
        ("x - 0", "x"),
        ("0 - x", "-x"),
        ("0 - -x", "x"),
        ("x + -a", "x - a"),
        ("x - -a", "x + a"),
        ("x/1", "x"),
        ("0/2", "0"),
        ("0/a", "0/a"),
        ("0/0", "0/0"),
        ("2/2", "1"),
        ("a/a", "1"),
        ("x/x", "x/x"),
        ("f/f", "f/f"),
        ("x**1", "x"),
        ("x**0", "x**0"),
        ("--x", "x"),
        ("-0", "0"),
        ("1/6", "1/6"),
        ("2*3 + 4", "2*3 + 4"),
        ("(0*x + 1)*sin(1*x)", "sin(x)"),
        ("max(0, 1*x)", "max(0, x)"),
        ("elu(x, alpha=0 + a)", "elu(x, alpha=a)"),
        ("x if 1 < 2 else a", "x"),
        ("x if 2 == 2.0 else a", "x"),
        ("x if 1 > 2 else 0 + a", "a"),
        ("x if 3 > x > 4 else a", "x if 3 > x > 4 else a"),
        ("x if 0 < x < 1 > 2 else a", "a"),
        ("x if 1 < 2 < x else a", "x if 1 < 2 < x else a"),
        ("x if x > 0 else 1*x", "x"),
        ("1 if x > 0 else 1.0", "1"),
        ("a if x > b else a if x == b else 0", "a if x >= b else 0"),
        ("a if x < b else a if b == x else 0", "a if x <= b else 0"),
        ("a if x > b else a if x == 2 else 0", "a if x > b else a if x == 2 else 0"),
        ("a if x > b else 2 if x == b else 0", "a if x > b else 2 if x == b else 0"),
        ("0 if x > b else 1 if x == b else 1", "0 if x > b else 1"),
    ],
)
def test_what_is_plainly_nothing_is_left_out(written: str, left: str) -> None:
    assert to_text(folded(parse(written, callee))) == left


@pytest.mark.parametrize(
    ("operands", "truths"),
    [
        ((X, INFINITY), {"<": True, "<=": True, "!=": True, ">": False, ">=": False, "==": False}),
        ((INFINITY, X), {"<": False, "<=": False, "!=": True, ">": True, ">=": True, "==": False}),
        ((X, number(-math.inf)), {"<": False, "<=": False, "!=": True, ">": True, ">=": True, "==": False}),
        ((number(-math.inf), X), {"<": True, "<=": True, "!=": True, ">": False, ">=": False, "==": False}),
        ((INFINITY, INFINITY), {"<": False, "<=": True, "!=": False, ">": False, ">=": True, "==": True}),
    ],
)
def test_infinity_is_further_out_than_anything(operands: tuple[Node, Node], truths: Mapping[str, bool]) -> None:
    for operator, truth in truths.items():
        assert folded(Choice(Compare((operator,), operands), A, B)) == (A if truth else B)


def test_a_negative_number_is_subtracted() -> None:
    assert folded(Binary("+", X, number(-2))) == Binary("-", X, number(2))
    assert folded(Binary("-", X, Negate(number(2)))) == Binary("+", X, number(2))


# --- values of parameters ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "formula"),
    [
        ("identity", {}, "x"),
        ("identity", {"alpha": 2}, "2*x"),
        ("identity", {"beta": -2}, "x - 2"),
        ("identity", {"alpha": 0, "beta": 3}, "3"),
        ("step", {}, "1 if x >= 0 else 0"),
        ("step", {"value": 0}, "1 if x > 0 else 0"),
        ("step", {"theta": 2, "value": 0.5}, "1 if x > 2 else 0.5 if x == 2 else 0"),
        ("relu6", {}, "min(max(0, x), 6)"),
        ("relu6", {"n": 1}, "min(max(0, x), 1)"),
        ("softplus", {}, "log1p(exp(beta*x))/beta"),
        ("softplus", {"beta": 1}, "log1p(exp(x))"),
        ("softplus", {"beta": 2, "threshold": 20}, "x if 2*x > 20 else log1p(exp(2*x))/2"),
        ("hard_sigmoid", {}, "clip(x/6 + 1/2, 0, 1)"),
        ("hard_sigmoid", {"alpha": 0.2}, "clip(0.2*x + 1/2, 0, 1)"),
        ("hard_swish", {}, "x*clip(x/6 + 1/2, 0, 1)"),
        ("soft_shrink", {}, "sign(x)*(abs(x) - lambd) if abs(x) > lambd else 0"),
        ("soft_shrink", {"lambd": 0.7}, "sign(x)*(abs(x) - 0.7) if abs(x) > 0.7 else 0"),
        ("soft_shrink", {"bias": 0}, "sign(x)*abs(x) if abs(x) > lambd else 0"),
        ("hard_shrink", {}, "x if abs(x) > lambd else 0"),
        ("hard_shrink", {"bias": 0.25}, "x - sign(x)*0.25 if abs(x) > lambd else 0"),
        ("snake", {}, "x + sin(a*x)**2/a"),
        ("snake", {"a": 2}, "x + sin(2*x)**2/2"),
        ("snake", {"b": 2}, "x + sin(a*x)**2/2"),
        ("sin", {}, "sin(x)"),
        ("sin", {"omega": 30}, "sin(30*x)"),
    ],
)
def test_the_formula_shows_what_is_given(name: str, given: Mapping[str, float], formula: str) -> None:
    declaration = DECLARATIONS[name]
    values = {key: number(value) for key, value in given.items()}
    assert to_text(with_values(declaration.formula, {**declaration.default_trees, **values})) == formula


@pytest.mark.parametrize(
    ("name", "slope"),
    [
        ("relu6", "1 if 0 < x < 6 else 0"),
        ("softplus", "1/(1 + exp(-beta*x))"),
        ("hard_sigmoid", "1/6 if 0 < x/6 + 1/2 < 1 else 0"),
        ("hard_swish", "0 if x/6 + 1/2 < 0 else 1 if x/6 + 1/2 > 1 else 2*(1/6)*x + 1/2"),
        ("snake", "1 + sin(2*a*x)"),
        ("sin", "cos(x)"),
    ],
)
def test_a_declared_slope_is_as_short_at_the_defaults(name: str, slope: str) -> None:
    declaration = DECLARATIONS[name]
    assert to_text(with_values(declaration.read(declaration.slope_text), declaration.default_trees)) == slope


@look_at(DECLARATIONS)
def test_a_formula_of_the_catalogue_holds_nothing_to_leave_out(name: str) -> None:
    declaration = DECLARATIONS[name]
    if not declaration.defaults:
        assert folded(declaration.formula) is declaration.formula
        assert to_text(declaration.formula) == declaration.formula_text
    if declaration.slope_text:
        assert to_text(declaration.read(declaration.slope_text)) == declaration.slope_text


def test_values_are_followed_to_their_end() -> None:
    values = {"a": parse("b + 1"), "b": parse("c*2"), "c": number(3)}
    assert to_text(with_values(parse("a*x"), values)) == "(3*2 + 1)*x"


def test_values_in_a_circle_end_in_a_name() -> None:
    assert with_values(A, {"a": B, "b": A}) == A
    assert with_values(A, {"a": A}) == A


def test_defaults_speak_of_given_values_and_those_of_what_they_like() -> None:
    # b stands for what is given for a, in which the name b is another function's.
    values = completed({"a": parse("2*b")}, {"b": A, "c": B})
    assert {key: to_text(value) for key, value in values.items()} == {"a": "2*b", "b": "2*b", "c": "2*b"}
    assert completed({"b": X}, {"b": A, "c": B}) == {"b": X, "c": X}


# --- declarations ------------------------------------------------------------------------------------------------


def test_a_default_that_is_a_text_has_a_value() -> None:
    assert DECLARATIONS["hard_sigmoid"].parameters == {"alpha": 1 / 6, "beta": 0.5}
    assert DECLARATIONS["soft_shrink"].parameters == {"lambd": 0.5, "bias": 0.5}
    assert DECLARATIONS["softplus"].parameters == {"beta": 1.0, "threshold": math.inf}
    assert DECLARATIONS["snake"].default_trees == {"b": A}


def test_every_formula_of_a_declaration_speaks_of_its_parameters_only() -> None:
    for declaration in DECLARATIONS.values():
        known = {*declaration.parameters, "pi"}
        for condition in declaration.conditions:
            assert names_in(condition) <= known
        for kink in declaration.kinks:
            assert names_in(parse(kink.at)) <= known
            for slope in kink.frameworks.values():
                assert names_in(parse(slope)) <= known
        assert names_in(declaration.formula) <= known | {"x"}
        if declaration.slope_text:
            assert names_in(declaration.read(declaration.slope_text)) <= known | {"x", "f"}


def test_other_spellings_of_parameters_lead_to_parameters() -> None:
    for declaration in DECLARATIONS.values():
        for other, ours in declaration.spelled.items():
            assert other not in declaration.parameters
            assert ours in declaration.parameters
