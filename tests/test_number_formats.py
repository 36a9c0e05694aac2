"""Functions over the numbers of a format: values rounded once, steps drawn as steps, what under- and overflows."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from fractions import Fraction
from pathlib import Path

import flint
import ml_dtypes
import numpy as np
import pytest

import actplot
from actplot.arithmetic.formats import FORMATS
from actplot.curves.staircase import staircase
from actplot.functions.rounding import Lost, lost, rounded_to
from tests.conftest import Run, one_error_line

LEAST = 2.0**-24  # number of float16
ROOT = math.floor(2.0**-12.5 * 2**23) / 2**23  # the number of float16 below the root of half of it


def gelus(x: float) -> list[Fraction]:
    """Return GELU and its slope from balls of 400 bits, by their definitions."""
    at = flint.arb(x)
    below = (-at / flint.arb(2).sqrt()).erfc() / 2
    density = (-at * at / 2).exp() / (2 * flint.arb.pi()).sqrt()
    found = []
    for ball in (at * below, below + at * density):
        man, exponent = ball.mid().man_exp()
        found.append(Fraction(int(man)) * Fraction(2) ** int(exponent))
    return found


def numbers(bits: int, dtype: type) -> list[float]:
    every = np.arange(2**bits, dtype=f"uint{bits}").view(dtype).astype(np.float64)
    return sorted({float(x) for x in every if math.isfinite(x)})


def test_every_number_of_a_small_format_is_rounded_once() -> None:
    every = numbers(8, ml_dtypes.float8_e4m3fn)
    assert len(every) == 253
    exactly = [Fraction(x) for x in every]
    f, df = rounded_to(actplot.get("gelu"), FORMATS["float8_e4m3fn"])(np.array(every))
    with flint.ctx.workprec(400):
        for x, *got in zip(every, f.tolist(), df.tolist(), strict=True):
            for found, exact in zip(got, gelus(x), strict=True):
                place = bisect_left(exactly, exact)
                nearest = min(exactly[max(place - 1, 0) : place + 1], key=lambda each: abs(each - exact))
                assert found == nearest, x  # none is in the middle of two


def test_what_is_in_the_middle_but_for_a_trace_goes_to_the_right_side() -> None:
    # gelu(x) is x/2 + x²/√(2π) + …, whose first term is in the middle of two subnormals here.
    tiny = 2.0**-133
    f, df = rounded_to(actplot.get("gelu"), FORMATS["bfloat16"])(np.array([5 * tiny, -5 * tiny, 7 * tiny]))
    assert f.tolist() == [3 * tiny, -2 * tiny, 4 * tiny]
    assert df.tolist() == [0.5, 0.5, 0.5]
    # An exact middle goes to the even one.
    half, _ = rounded_to(actplot.get("x/2"), FORMATS["bfloat16"])(np.array([5 * tiny, -5 * tiny, 7 * tiny]))
    assert half.tolist() == [2 * tiny, -2 * tiny, 4 * tiny]


def test_a_number_holds_to_the_middle_between_it_and_the_next() -> None:
    curve = staircase(rounded_to(actplot.get("identity"), FORMATS["float8_e4m3fn"]), (0.99, 1.3), None, "undefined")
    assert curve.x.tolist() == [1.0, 1.125, 1.25]
    assert curve.span == (0.99, 1.3)
    x, y = curve.f_line
    assert x.tolist() == [0.99, 1.0625, 1.0625, 1.1875, 1.1875, 1.3]
    assert y.tolist() == [1.0, 1.0, 1.125, 1.125, 1.25, 1.25]
    x, y = curve.df_line  # steps of one height are one
    assert (x.tolist(), y.tolist()) == ([0.99, 1.3], [1.0, 1.0])


def steps(spec: str, quantity: str, at_kink: str = "undefined") -> list[list[float]]:
    curve = staircase(rounded_to(actplot.get(spec), FORMATS["float8_e5m2"]), (-3.0, 3.0), None, at_kink)
    x, y = curve.f_line if quantity == "f" else curve.df_line
    return [[round(float(a), 4), float(b)] for a, b in zip(x, y, strict=True)]


def test_the_pen_is_lifted_where_the_function_jumps_and_nowhere_else() -> None:
    lifted = [x for x, y in steps("heaviside", "f") if math.isnan(y)]
    assert lifted == pytest.approx([0.0], abs=0.001)  # a step beside 0 is narrower than that
    assert [y for _, y in steps("heaviside", "f") if not math.isnan(y)] == [0.0, 0.0, 1.0, 1.0]
    assert [y for _, y in steps("relu", "df", "right") if not math.isnan(y)] == [0.0, 0.0, 1.0, 1.0]
    assert len([y for _, y in steps("relu", "df", "right") if math.isnan(y)]) == 1
    assert not [y for _, y in steps("gelu", "f") + steps("gelu", "df") if math.isnan(y)]
    # A kink between two numbers of the format.
    x = [x for x, y in steps("0 if x < 1.1 else 1", "f") if math.isnan(y)]
    assert x == [1.125]  # from 1 to 1.25 there is none: the middle


@pytest.mark.parametrize(
    ("spec", "dtype", "order", "stretches"),
    [
        # ln 65520 = 11.09 and the next number; -25 ln 2 = -17.329 and the next.
        ("exponential", "float16", 0, [(-math.inf, -17.34375, 0.0), (11.09375, math.inf, math.inf)]),
        ("exponential", "float8_e4m3fn", 0, [(-math.inf, -7.0, 0.0), (6.5, math.inf, math.nan)]),
        ("relu", "float16", 0, []),
        # 256² is 65536; the square of 2^-12.5 is half the least number.
        (
            "x**2",
            "float16",
            0,
            [(-math.inf, -256.0, math.inf), (-ROOT, -LEAST, 0.0), (LEAST, ROOT, 0.0), (256.0, math.inf, math.inf)],
        ),
        ("x**2", "bfloat16", 1, [(-math.inf, -(2.0**127), -math.inf), (2.0**127, math.inf, math.inf)]),
        ("1/x", "float16", 0, [(-(2.0**-16), -LEAST, -math.inf), (LEAST, 2.0**-16, math.inf)]),
    ],
)
def test_what_a_format_has_no_number_for(
    spec: str, dtype: str, order: int, stretches: list[tuple[float, float, float]]
) -> None:
    found = lost(rounded_to(actplot.get(spec), FORMATS[dtype]), order)
    assert [(each.low, each.high) for each in found] == [(low, high) for low, high, _ in stretches]
    assert str([each.becomes for each in found]) == str([becomes for *_, becomes in stretches])


def test_what_is_said_of_it() -> None:
    assert Lost(-math.inf, -5.5, 0.0).words == "underflows to 0 for x ≤ -5.5"
    assert Lost(11.0, math.inf, math.inf).words == "overflows to inf for x ≥ 11"
    assert Lost(1.0, 2.0, -math.inf).words == "overflows to -inf from x = 1 to 2"
    assert Lost(1.0, 1.0, math.nan).words == "overflows to NaN, for the format has no infinity, at x = 1"


def test_tables_and_notes(run: Run) -> None:
    done = run("exponential", "--dtype", "f16", "-d", "--at", "0.1,1,12", "--format", "csv")
    assert done.returncode == 0, done.stderr
    # exp(0.0999755859375) = 1.10514… between 1.1044921875 and 1.10546875; e between 2.716796875 and 2.71875.
    assert done.stdout.decode().splitlines() == [
        "name,x,f,df",
        "exponential in float16,0.0999755859375,1.10546875,1.10546875",
        "exponential in float16,1.0,2.71875,2.71875",
        "exponential in float16,12.0,inf,inf",
    ]
    notes = done.stderr.decode().splitlines()
    assert "actplot: 0.1 is no number of float16 and is taken as 0.0999755859375" in notes
    assert "actplot: Exponential in float16: f overflows to inf for x ≥ 11.0938" in notes
    assert "actplot: Exponential in float16: f′ underflows to 0 for x ≤ -17.3438" in notes
    (curve,) = json.loads(run("exponential", "--dtype", "f16", "--at", "1", "--format", "json", "-q").stdout)["curves"]
    assert curve == {"name": "exponential", "dtype": "float16", "parameters": {}, "x": [1.0], "f": [2.71875]}


def test_figures_and_charts(run: Run, tmp_path: Path) -> None:
    done = run("elu:alpha=0.5", "--dtype", "e4m3", "-d", "-q", "-o", "a.svg", "--text", "-o", "b.csv")
    assert done.returncode == 0, done.stderr
    words = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "ELU (α = 0.5) in float8_e4m3fn" in words
    assert "The exact f′, rounded; steps have slope 0" in words
    values = [float(line.split(",")[2]) for line in (tmp_path / "b.csv").read_text().splitlines()[1:]]
    assert set(values) <= set(numbers(8, ml_dtypes.float8_e4m3fn))
    chart = run("elu", "--dtype", "e4m3", "-d", "--terminal", "-q").stdout.decode()
    assert "ELU in float8_e4m3fn\n" in chart
    assert "ELU′ in float8_e4m3fn  the exact f′, rounded; steps have slope 0\n" in chart
    plain = run("elu", "-d", "--terminal", "-q").stdout
    assert run("elu", "-d", "--terminal", "-q", "--dtype", "float64").stdout == plain


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["relu", "--dtype", "int8"], "--dtype: there is no 'int8'"),
        (["relu", "--dtype", "bf16,f16"], "a picture has one number format"),
        (["relu", "gelu", "--dtype", "bf16", "--difference"], "leave out --second, --difference and --tangent"),
        (["swiglu", "--dtype", "bf16"], "--dtype is for functions of one input, and swiglu has two"),
    ],
)
def test_what_cannot_be_asked_for(arguments: list[str], words: str, run: Run) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in one_error_line(done)
