"""Numbers as people write them; each closed form is read as Python and held against its value."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from actplot.words.closed_forms import EQUAL, _table, told


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.4142135623730951, "√2"),
        (-0.7071067811865476, "−√2/2"),
        (0.25, "1/4"),
        (0.16666666666666666, "1/6"),
        (1.5707963267948966, "π/2"),
        (-4.71238898038469, "−3π/2"),
        (0.6931471805599453, "ln 2"),
        (0.36787944117144233, "1/e"),
        (0.0, "0"),
        (-1.0, "−1"),
        (2.5, "2.5"),
        (0.01, "0.01"),
        (1.7159, "1.7159"),
        (1.0998393, "1.100"),
        (2.3993573, "2.399"),
        (-1.7580993408473766, "−1.758"),
        (1.41421356, "1.414"),
        (123456.7, "123457"),
        (1000.43217, "1000"),
        (1e-5, "1e−05"),
        (1.23456789e-9, "1.235e−09"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_number_is_told(value: float, text: str) -> None:
    assert told(value) == text


def test_each_closed_form_says_what_it_is_and_none_is_near_another() -> None:
    names = {"sqrt": math.sqrt, "pi": math.pi, "e": math.e, "ln": math.log}
    for value, text in _table():
        formula = re.sub(r"√(\w)", r"sqrt(\1)", text).replace("√(", "sqrt(").replace("π", "pi")
        formula = re.sub(r"ln (\d)", r"ln(\1)", formula).replace("½ ", "1/2*")
        formula = re.sub(r"(\d)(pi|sqrt)", r"\1*\2", formula)
        assert value == pytest.approx(eval(formula, {}, names), rel=1e-15), text
    values = [value for value, _ in _table()]
    assert all(b - a > 1e3 * EQUAL * b for a, b in itertools.pairwise(values))


def test_what_is_only_near_a_closed_form_is_told_in_digits() -> None:
    assert told(math.pi * (1 + 1e-11)) == "3.142"
    assert told(math.pi * (1 + 1e-13)) == "π"
