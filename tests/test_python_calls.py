"""Calls from Python: whatever is handed over, the documented error alone comes out, in one line with the reason."""

from __future__ import annotations

import copy
import datetime
import decimal
import fractions
import logging
import math
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text

import actplot
from actplot.activations.pairs import PAIRS
from actplot.calculus import values
from actplot.calculus.differentiate import derivative
from actplot.curves.surfaces import Surface
from actplot.errors import ActplotError, UsageError
from actplot.figures.appearance.looks import find
from actplot.figures.drawing import Frame
from actplot.formula.parse import parse
from actplot.functions.own import forget
from actplot.functions.reading import parse_sweep
from actplot.functions.registry import own_names
from actplot.plotting import notebook
from actplot.words.languages import spoken


class Broken:
    """Nothing can be done with it."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("broken")

    def __float__(self) -> float:
        raise RuntimeError("broken")

    def __index__(self) -> int:
        raise RuntimeError("broken")

    def __iter__(self) -> Iterator[Any]:
        raise RuntimeError("broken")

    def __repr__(self) -> str:
        raise RuntimeError("broken")


# Wrong wherever they stand.
ODD: list[Any] = [
    *(1j, 10**5000, object(), Broken(), [Broken()], len, int, sys, ..., NotImplemented, b"relu"),
    *(np.array(1j), np.array([1j]), np.complex64(1 + 1j), np.datetime64("2020-01-01"), np.array([None])),
    *([None], [object()], [[1], [1, 2]], {1j: 2}, {object()}, datetime.date(2020, 1, 1), decimal.Decimal("sNaN")),
    *(count(), lambda x: x, actplot.Activation, fractions.Fraction(10**400)),
]
NO_NUMBER = [*ODD, "x", "", "1.5", [1.0, 2.0], (), np.array(["1"]), range(3)]
NO_NUMBERS = [*ODD, "x", "12", 5, 1.5, math.nan, ["1", "2"], [1, 1j], [1, None], range(10**12)]
NO_PAIR = [*NO_NUMBERS, "", [], [1], (1, 2, 3), (2, 1), (1, 1), (math.nan, 1), (0, math.inf), (10**400, 1)]
NO_TEXT = [*ODD, np.array(["x", "y"]), 5, 1.5, math.nan, True, (), ["x"]]
NO_WORD = [*NO_TEXT, None, "", "nosuch", "a\nb", "\0", "\udcff", "x" * 9999]
NO_NAME = [each for each in [*NO_WORD, "x+" * 3000, "(" * 3000, 0, [5]] if not callable(each)]
NO_TEXTS = [*ODD, 5, 1.5, "abc", None, True, [5], ["x", 5], range(10**12)]
NO_SWITCH = [*ODD, "x", "True", "", None, 5, math.nan, [], np.array([True, False])]
NO_POINTS = [*ODD, "x", "1.5", "", None, [1, None], ["1"], [10**400], np.array(["1"]), range(10**12)]


@pytest.fixture(autouse=True)
def forget_what_is_defined() -> Iterator[None]:
    """Leave no function behind: other tests walk all that there are."""
    yield
    forget(own_names())


RELU, MINE = actplot.get("relu"), actplot.get("x*sigmoid(b*x):b=2")


def figure(name: str) -> Callable[[Any], Any]:
    return lambda value: actplot.figure("relu", **{name: value})


def define(name: str) -> Callable[[Any], Any]:
    return lambda value: actplot.define("ours", "b*x", **{"b": 2.0, name: value})


CALLS: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
    "get": (actplot.get, [*NO_NAME, len]),
    "get alpha": (lambda value: actplot.get("elu", alpha=value), [*NO_NUMBER, None, math.nan, -math.inf]),
    "get beside a colon": (lambda value: actplot.get("elu:alpha=2", alpha=value), [*NO_NUMBER, None]),
    "get of a print-out": (lambda value: actplot.get("LeakyReLU(0.2)", negative_slope=value), [*NO_NUMBER, None]),
    "get of a formula": (lambda value: actplot.get("b*x", b=value), [*NO_NUMBER, None, math.inf]),
    "call": (RELU, NO_POINTS),
    "call of a formula": (MINE, NO_POINTS),
    "at_kink": (lambda value: RELU(0.0, at_kink=value), NO_WORD),
    "at_kink of a formula": (lambda value: MINE(0.0, at_kink=value), NO_WORD),
    "plain": (RELU.plain, NO_POINTS),
    "value_and_slope": (RELU.value_and_slope, [*NO_NUMBER, None]),
    "seams_within": (lambda value: RELU.seams_within(-1.0, value), [*NO_NUMBER, None]),
    "formula_latex": (RELU.formula_latex, NO_WORD),
    "derivative_latex": (RELU.derivative_latex, NO_WORD),
    "derivative_latex at kinks": (lambda value: RELU.derivative_latex(at_kink=value), NO_WORD),
    "slope_formula": (RELU.slope_formula, NO_WORD),
    "Activation": (lambda value: actplot.Activation(value, {}), [*NO_WORD, "relu", RELU]),
    "Activation's values": (lambda value: actplot.Activation(RELU.declaration, value), [*NO_WORD, {"a": 1.0}]),
    "Activation's label": (lambda value: actplot.Activation(RELU.declaration, {}, label=value), NO_TEXT),
    "define": (
        lambda value: actplot.define(value, "x"),
        [*NO_TEXT, None, "", "a\nb", "\0", "x" * 61, "relu", "9", "exp", "a b"],
    ),
    "define formula": (lambda value: actplot.define("ours", value), NO_NAME),
    "define title": (define("title"), [*NO_TEXT, None, "x" * 301]),
    "define source": (define("source"), [*NO_TEXT, None]),
    "define sentence": (define("sentence"), [*NO_TEXT, None]),
    "define range": (define("range"), [*NO_PAIR, None]),
    "define aliases": (define("aliases"), [*NO_TEXTS, ["relu"], [""]]),
    "define bounds": (define("bounds"), [*NO_TEXTS, ["nosuch"], ["b > 5"], [""]]),
    "define parameters": (define("b"), [*NO_NUMBER, None, math.nan]),
    "figure": (actplot.figure, NO_NAME),
    "figure of two": (lambda value: actplot.figure("relu", value), [*NO_NAME, "swiglu"]),
    "figure of pairs": (lambda value: actplot.figure("swiglu", range=value), NO_PAIR),
    "figure derivative": (figure("derivative"), NO_SWITCH),
    "figure second": (figure("second"), NO_SWITCH),
    "figure difference": (figure("difference"), NO_SWITCH),
    "figure range": (figure("range"), NO_PAIR),
    "figure samples": (figure("samples"), [*NO_NUMBER, 5.0, -1, 0, 1, 10**9]),
    "figure at_kink": (figure("at_kink"), NO_WORD),
    "figure style": (figure("style"), [*NO_WORD, [], [""], ["light", 5], "a.mplstyle/\n"]),
    "figure size": (figure("size"), [*NO_NUMBERS, (1e9, 1e9), (0, 1), (-1, -1), (10**400, 1), "6x4", (4, "x")]),
    "figure scale": (figure("scale"), [*ODD, "x", "", [1.0], None, 0, -1, math.nan]),
    "figure title": (figure("title"), [*NO_TEXT, "x" * 1001]),
    "figure labels": (figure("labels"), [*NO_TEXTS, ["a", "b"], [""], ["x" * 1001]]),
    "figure xlabel": (figure("xlabel"), [*NO_TEXT, "x" * 1001]),
    "figure ylabel": (figure("ylabel"), [*NO_TEXT, "x" * 1001]),
    "figure ylim": (figure("ylim"), NO_PAIR),
    "figure tangents": (figure("tangents"), [*NO_NUMBERS, None, [math.nan], [math.inf], range(21)]),
    "figure detail": (figure("detail"), NO_WORD),
    "figure layout": (figure("layout"), NO_WORD),
    "figure language": (figure("language"), [*NO_WORD, "fr"]),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_wrong_raises_the_documented_error_in_one_line(name: str) -> None:
    call, wrong = CALLS[name]
    assert len(wrong) >= 29
    for value in wrong:
        try:
            call(value)
        except ActplotError as refused:
            told = str(refused) if isinstance(refused, UsageError) or callable(value) else ""
            assert told == told.strip() != ""
            assert told.isprintable(), told
            assert len(told) < 400, told
        except BaseException as other:
            pytest.fail(f"{name} of {type(value).__name__}: {other!r}")
        else:
            pytest.fail(f"{name} took {type(value).__name__} {str(value)[:50]}")


def test_the_reason_names_the_argument_and_the_value() -> None:
    for call, words in (
        (lambda: actplot.get("elu", alpha="x"), "elu: alpha='x' is not a number"),
        (lambda: actplot.get("elu", alpha=10**400), "is too large for float64"),
        (lambda: actplot.get("elu", alpha=math.inf), "elu: alpha=inf is out of bounds; it must be a finite number"),
        (lambda: RELU("abc"), "x must be a number or an array of numbers, not 'abc'"),
        (lambda: RELU(0.0, at_kink=5), "no rule at kinks named 5; choose one of undefined, left, right, mid"),  # type: ignore[arg-type]
        (lambda: actplot.figure("relu", style=None), "style=None is not the name of a style"),  # type: ignore[arg-type]
        (lambda: actplot.figure("relu", size=(1e9, 1e9)), "each side is 1 to 100 inches"),
        (lambda: actplot.figure("relu", size=5), "size=5 is not two numbers"),  # type: ignore[arg-type]
        (lambda: actplot.figure("relu", detail="all"), "no detail named 'all'; choose one of plain, calm, full"),  # type: ignore[arg-type]
        (lambda: actplot.figure(*["elu"] * 129), "129 curves in one picture can't be told apart"),
        (lambda: actplot.figure(5), "a function is named by a text, such as 'gelu', or is a callable, not int"),  # type: ignore[arg-type]
        (lambda: actplot.figure(), "there is nothing to draw"),
    ):
        with pytest.raises(UsageError) as refused:
            call()
        assert words in str(refused.value)


def test_numbers_of_every_type_are_numbers() -> None:
    points: list[Any] = [
        np.float32(2),
        np.int8(2),
        np.array(2),
        2,
        fractions.Fraction(2),
        decimal.Decimal(2),
        np.array(2, dtype=object),
    ]
    for point in points:
        assert RELU(point) == (2.0, 1.0)
        assert RELU.plain(point) == (2.0, 1.0)
        assert actplot.get("elu", alpha=point).values == {"alpha": 2.0}
    assert RELU(True) == (1.0, 1.0)
    np.testing.assert_array_equal(RELU([[1, -2], [points[4] / 4, 4.0]])[0], [[1.0, 0.0], [0.5, 4.0]])
    assert RELU([])[0].shape == (0,)
    assert RELU.seams_within(0, 0)[0].x == 0.0
    assert RELU.seams_within(math.nan, 1.0) == ()


def test_a_threshold_that_is_off_may_be_said_to_be_off() -> None:
    plain = actplot.get("softplus")
    for same in (actplot.get("softplus:threshold=inf"), actplot.get("softplus", threshold=math.inf)):
        assert same == plain
        assert same(50.0) == plain(50.0) == (50.0, 1.0)
    assert actplot.get("softplus:threshold=inf", threshold=1).values == {"beta": 1.0, "threshold": 1.0}
    sweep = parse_sweep("softplus:threshold=1/inf")
    assert [each.changed for each in sweep] == [{"threshold": 1.0}, {}]
    for wrong in ("softplus:threshold=-inf", "softplus:threshold=nan", "softplus:beta=inf", "elu:alpha=inf"):
        with pytest.raises(UsageError):
            actplot.get(wrong)


def test_a_style_may_be_a_path(tmp_path: Path) -> None:
    sheet = tmp_path / "mine.mplstyle"
    sheet.write_text("figure.facecolor: 123456")
    styles: list[Any] = [sheet, [sheet], ["dark", str(sheet)]]
    for style in styles:
        shown = actplot.figure("relu", style=style, derivative=False, samples=3)
        assert shown.get_facecolor() == pytest.approx((0x12 / 255, 0x34 / 255, 0x56 / 255, 1.0))


def test_functions_of_every_kind_are_copied_compared_and_hashed() -> None:
    kinds: list[Callable[[], actplot.Activation]] = [
        lambda: actplot.get("elu:alpha=2"),
        lambda: actplot.get("x*sigmoid(b*x):b=2"),
        lambda: actplot.define("ours", "b*x", b=3),
    ]
    made = [make() for make in kinds]
    for make, activation in zip(kinds, made, strict=True):
        again = [make(), copy.copy(activation), copy.deepcopy(activation), pickle.loads(pickle.dumps(activation))]
        for other in again:
            assert other == activation
            assert hash(other) == hash(activation)
            np.testing.assert_array_equal(other([-1.5, 0.25]), activation([-1.5, 0.25]))
        assert [other for other in made if other == activation] == [activation]
    assert len({*made, *(make() for make in kinds)}) == 3


def in_threads(work: Callable[[int], Any], threads: int = 8) -> list[Any]:
    """Return what each of several threads comes to that begin together, be it an error."""
    start = threading.Barrier(threads)

    def begin(number: int) -> Any:
        start.wait(timeout=60)
        try:
            return work(number)
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def test_figures_of_eight_threads_are_each_their_own_and_leave_everything_as_it_was() -> None:
    def state() -> tuple[Any, ...]:
        loggers = [logging.getLogger(name) for name in ("matplotlib", "fontTools")]
        return dict(matplotlib.rcParams), [(each.level, each.handlers) for each in loggers], list(warnings.filters)

    def draw(number: int) -> Any:
        return actplot.figure("relu", "gelu", style=styles[number % 4], title=f"No. {number}", size=(4, 3), samples=9)

    styles = ["light", "dark", "paper", "ggplot"]
    alone = [draw(number).get_facecolor() for number in range(4)]
    assert len({*alone}) > 1
    before, interval = state(), sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        drawn = in_threads(draw)
    finally:
        sys.setswitchinterval(interval)
    assert [each for each in drawn if isinstance(each, Exception)] == []
    assert [each.get_facecolor() for each in drawn] == alone * 2
    words = [[text.get_text() for text in each.findobj(Text)] for each in drawn]
    assert [any(f"No. {number}" in text for text in words[number]) for number in range(8)] == [True] * 8
    assert state() == before


def test_threads_that_ask_for_a_derivative_together_do_not_shift_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(2)

    def late(tree: Any) -> Any:
        found = derivative(tree)
        if tree is activation.exact.tree(0):
            together.wait(timeout=60)
        return found

    activation = actplot.get("x**3")
    monkeypatch.setattr(values, "derivative", late)
    assert in_threads(lambda _: activation.exact.tree(1), 2) == [parse("3*x**2")] * 2
    assert activation.exact(np.array([5.0]), (2,))[0] == 30.0


# ---- what a call of `figure` draws: what builds it is listened to


DRAW: Any = actplot.figure  # of whatever types


def test_each_argument_is_told_by_its_own_name() -> None:
    wrong = "derivative second difference range samples style size scale title labels xlabel ylabel ylim tangents"
    for name in [*wrong.split(), "language"]:
        with pytest.raises(UsageError, match=rf"^{name}=3\.5j is "):
            DRAW("relu", **{name: 3.5j})
    for name, called in {"at_kink": "rule at kinks", "detail": "detail", "layout": "layout"}.items():
        with pytest.raises(UsageError, match=rf"^no {called} named 3\.5j; choose one of "):
            DRAW("relu", **{name: 3.5j})
    with pytest.raises(UsageError, match=r"^--ylim 2 1 is reversed; write --ylim 1 2$"):
        actplot.figure("relu", ylim=(2, 1))


def test_every_argument_of_a_figure_reaches_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[Any, ...]] = []
    for name in ("build", "build_surface"):
        monkeypatch.setattr(notebook, name, lambda *given, **more: heard.append((*given, more, spoken())))
    actplot.figure("relu")
    actplot.figure(
        "relu",
        "gelu",
        derivative=False,
        second=True,
        difference=True,
        range=(-1, 2),
        samples=30,
        at_kink="left",
        style=["dark", "paper"],
        size=(6, 4.5),
        scale="talk",
        title="Mine",
        labels=["A", "B"],
        xlabel="in",
        ylabel="out",
        ylim=(-3, 4),
        tangents=[0.5, 1],
        detail="full",
        layout="beside",
        language="ko",
    )
    actplot.figure("maxout")
    asked: dict[str, Any] = {"range": (-1, 2), "samples": 30, "at_kink": "left", "size": (6, 4.5), "scale": 2}
    actplot.figure("maxout", derivative=False, title="Mine", style="dark", language="es", **asked)
    (bare, look, sheet, more, language), (full, dark, own_sheet, own, korean), surface, own_surface = heard
    assert [curve.activation.name for curve in bare.curves] == ["relu"]
    assert (bare.content.derivative, bare.content.second, bare.content.difference) == (True, (), ())
    assert (bare.title, bare.detail, bare.frame, bare.tangents, bare.layout) == (None, "calm", Frame(), (), "stacked")
    assert bare.curves[0].span == (-5.0, 5.0)
    assert (look, sheet, more, language) == (find("light"), None, {"scale": 1.0}, "en")
    assert [curve.activation.title for curve in full.curves] == ["A", "B"]
    for curve in full.curves:
        assert (curve.span, curve.at_kink) == ((-1.0, 2.0), "left")
        assert 30 <= len(curve.x) < 40
    assert not full.content.derivative
    assert (len(full.content.second), len(full.content.difference)) == (2, 1)
    assert (full.title, full.detail, full.tangents, full.layout) == ("Mine", "full", (0.5, 1.0), "beside")
    assert full.frame == Frame((-3.0, 4.0), "in", "out")
    assert (dark, own_sheet, own, korean) == (find(["dark", "paper"]), (6.0, 4.5), {"scale": 1.5}, "ko")
    maxout = PAIRS["maxout"]
    parts = [[getattr(each[0], field.name) for field in fields(Surface)] for each in (surface, own_surface)]
    assert parts == [
        [maxout, (-5.0, 5.0), True, "undefined", None, None],
        [maxout, (-1.0, 2.0), False, "left", "Mine", 30],
    ]
    assert surface[1:] == (None, None, 1.0, {}, "en")
    assert own_surface[1:] == ((6.0, 4.5), None, 2.0, {}, "es")
