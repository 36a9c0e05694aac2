"""Tens of thousands of texts: each is a formula or a FormulaError, and nothing else ever happens."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import actplot
from actplot.accuracy.balls import Ball, exactly, precision, settle
from actplot.accuracy.truth import Truth
from actplot.accuracy.ulps import ulps
from actplot.errors import UsageError
from actplot.formula import FormulaError, names_in, parse
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Number
from actplot.functions.typed import any_spelling, from_text
from tests.test_fuzz_cli import PASTED
from tests.walking import examples

NODES = (Binary, Call, Choice, Compare, Name, Negate, Number)

WORDS = [
    *("x", "f", "pi", "alpha", "sin(", "max(", "clip(", "elu(", "swish(", "Phi(", "relu", "eval(", "__class__"),
    *("if", "else", "lambda", "and", "not", "is", "in", "for", "None", "True", "await", "yield", "import", "def"),
    *("0", "1", "2.5", "1e-3", "1e999", "0x1f", "1_0", "3j", ".5", "5.", "010", "'a'", 'f"{x}"', "b'x'"),
    *("+", "-", "*", "/", "**", "//", "%", "@", "<", "<=", "==", "!=", ">=", ">", "=", ":=", "^", "~", "&", "|"),
    *("(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "#", "\\", "\n", "\t", "\0", " ", "²", "β", "−", "\ud800", "!"),
]


def read(text: str) -> None:
    try:
        tree = parse(text, any_spelling)
    except FormulaError as refused:
        column, message = refused.column, str(refused)
    else:
        assert isinstance(tree, NODES)
        return
    assert 1 <= column <= max(len(text), 1)
    assert "\n" not in message


@examples(9000)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_words_of_the_language_in_any_order(words: list[str]) -> None:
    read("".join(words))


@examples(5000)
@given(st.lists(st.sampled_from(WORDS), max_size=15))
def test_words_of_the_language_with_spaces(words: list[str]) -> None:
    read(" ".join(words))


@examples(4000)
@given(st.text(max_size=40))
def test_any_text_at_all(text: str) -> None:
    read(text)


@examples(300)
@given(st.sampled_from(WORDS), st.integers(1, 3000), st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_endless_repetition(head: str, times: int, middle: str, tail: str) -> None:
    read(head * times + middle + tail * times)


# --- texts that are formulas -------------------------------------------------------------------------------------

ONE = [name for name, function in ELEMENTARY.items() if function.arguments == 1] + ["relu", "silu", "hard_swish"]


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, smaller, st.sampled_from("+-*/"), smaller),
        st.builds("{}({})".format, st.sampled_from(ONE), smaller),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), smaller, smaller),
        st.builds("clip({}, {}, {})".format, smaller, smaller, smaller),
        st.builds("elu({}, alpha={})".format, smaller, st.sampled_from(["0.5", "1", "2"])),
        st.builds("(-{})".format, smaller),
        st.builds("({})**{}".format, smaller, st.sampled_from(["2", "3", "0", "1", "(-1)", "0.5", "(1/3)"])),
        st.builds("2**({})".format, smaller),
        st.builds(
            "({} if {} {} {} else {})".format,
            smaller,
            smaller,
            st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
            smaller,
            smaller,
        ),
    )


FORMULAS = st.recursive(st.sampled_from(["x", "x", "x", "pi", "1", "2", "0.5", "1.702"]), _larger, max_leaves=8)
POINTS = [-2.7182, -0.7312, 0.4321, 1.9345, -1.0, 0.0, 0.5, 1.0, 2.0]


@examples(3000)
@given(FORMULAS)
def test_every_formula_of_the_grammar_is_read(text: str) -> None:
    assert names_in(parse(text, any_spelling)) <= {"x", "pi"}


def is_nearest(got: float, true: Ball) -> bool:
    """Say whether no float64 is nearer; half way between two there are two that are."""
    with precision(160):
        high = float(true)
        low = float(true - exactly(high)) if math.isfinite(high) else 0.0
    return float(ulps(np.array([got]), np.array([high]), np.array([low]))[0]) <= 0.5 + 1e-9


@examples(700)
@given(FORMULAS)
def test_the_numbers_of_a_typed_formula_are_the_certified_ones(text: str) -> None:
    activation = from_text(text)
    truth = Truth(activation.tree)
    f, df = activation(np.array(POINTS))
    kinks = {kink.x: kink for kink in activation.kinks}
    for i, (value, slope) in enumerate(zip(settle(truth.value, POINTS), settle(truth.slope, POINTS), strict=True)):
        x = POINTS[i]
        if x in activation.exact.open:
            continue  # which of two equal pieces holds, digits can't tell
        assert value is None or is_nearest(f[i], value), f"{text} at {x}"
        if (kink := kinks.get(x)) is not None:
            assert math.isnan(df[i])
            assert kink.left != kink.right or kink.jump
            continue
        if np.any(np.isnan(activation(x + np.array([-1e-9, 1e-9]))[0])):
            continue  # at the end of its domain a function has a slope on one side only
        assert slope is None or is_nearest(df[i], slope), f"slope of {text} at {x}"


@examples(200)
@given(FORMULAS)
def test_every_formula_can_be_drawn(text: str) -> None:
    activation = from_text(text)
    f, df = activation(np.array([-math.inf, -1e308, -2.5, 0.0, 5e-324, 3.0, math.inf, math.nan]))
    assert f.shape == df.shape == (8,)
    assert [kink.x for kink in activation.kinks] == sorted({kink.x for kink in activation.kinks})


told: Counter[bool] = Counter()  # how many of the lines that are pasted are functions


@examples(100)
@given(st.lists(PASTED, min_size=10, max_size=10))
def test_what_is_pasted_is_a_function_or_told_and_most_of_it_is_one(texts: list[str]) -> None:
    for text in texts:
        try:
            activation = actplot.get(text)
        except UsageError:
            told[False] += 1
        else:
            assert activation(np.array([0.5, -2.0]))[0].shape == (2,)
            told[True] += 1
    assert told[False] <= told[True] or told.total() < 100
