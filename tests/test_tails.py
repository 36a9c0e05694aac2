"""Lost tails: stretches on which 0 comes; none of them where the exact value goes through zero."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np

from actplot.implementations.report import sentences
from actplot.implementations.tails import BESIDE, joined, stretches, tails
from tests.test_implementations import found, gelu, gelu_slope, narrow


def test_a_single_zero_beside_a_zero_of_the_slope_is_no_tail() -> None:
    def slope(x: Any) -> Any:
        return np.where(np.abs(x + 0.7518) < 1e-3, 0.0, gelu_slope(x))  # four numbers of float16

    def cut(x: Any) -> Any:
        return np.where(x < -4.0, 0.0, slope(x))

    tail = "float16: f′ is 0 for x < -4.004, though it is not to x = -4.523 (134 inputs)"
    for function, told in ((slope, []), (cut, [tail])):
        findings = found(narrow(gelu), "gelu", "float16", narrow(function))
        assert [line for line in sentences(findings) if "is 0 for" in line] == told
        assert findings.measured is not None
        assert findings.measured.slope is not None
        assert findings.measured.slope.worst > 100


def test_tails_are_the_same_however_the_inputs_are_cut() -> None:
    x = np.array([*range(-20, 0), *range(1, 41)], dtype=np.float64)
    due = np.where(x < -15, -1.0, np.where(x == -15, 0.0, np.where(x < 30, 1.0, -1.0)))
    due[x == 20] = math.nan
    # Left of 0 a zero of f at -15 among what is lost; right of it one at 29.5, and a longer stretch around what is not
    # known at 20, which is beside one that is shorter.
    lost = (np.isin(x, [-17, -16, -14, -13, -12]) | ((x > 14) & (x < 26)) | (x > 26)) & ~np.isnan(due)
    lost[np.isin(x, [-6, -5, -4, -2])] = True
    expected = {-1: (-6.0, -4.0, 3), 1: (15.0, 25.0, 10)}
    shuffled = random.Random(1)
    for trial in range(40):
        cuts = sorted({0, len(x), *(shuffled.randrange(1, len(x)) for _ in range(trial // 4))})
        parts = list(pairwise(cuts))
        shuffled.shuffle(parts)
        known: list[Any] = []
        for start, stop in parts:
            before, after = max(start - BESIDE, 0), min(stop + BESIDE, len(x))
            tried, way = slice(start - before, stop - before), slice(None)
            if shuffled.random() < 0.5:  # downwards
                tried, way = slice(after - stop, after - start), slice(None, None, -1)
            more = stretches(x[before:after][way], due[before:after][way], lost[start:stop][way], tried)
            known = joined([*known, *more])
        told = {side: (each.low, each.high, each.size) for side, each in tails(known).items()}
        assert told == expected, cuts
        assert 2 <= len(known) <= 2 * len(parts)


def test_what_is_lost_in_the_truth_is_not_blamed_on_others() -> None:
    def tanh_shrink(x: Any) -> Any:
        u = np.where(np.abs(x) < 0.02, x, 0.0)
        return np.where(np.abs(x) < 0.02, u**3 / 3 - 2 * u**5 / 15 + 17 * u**7 / 315, x - np.tanh(x))

    findings = found(narrow(tanh_shrink), "tanh_shrink", "bfloat16", narrow(lambda x: np.tanh(x) ** 2))
    assert findings.passed, sentences(findings)
    measured = findings.measured
    assert measured is not None
    assert measured.slope is not None
    assert max(measured.value.worst, measured.slope.worst) < 0.51
    assert min(measured.value.judged, measured.slope.judged) > 30_000
