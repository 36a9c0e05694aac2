"""Formulas that nobody would write: every number is the nearest float64 all the same, or it is told that it is open."""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from actplot.accuracy.balls import Ball, exactly, flint, precision, settle
from actplot.accuracy.truth import Truth
from actplot.calculus.values import Values
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, names_in, parts
from actplot.formula.parse import parse
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import number_node
from actplot.functions.activation import Activation
from actplot.functions.typed import from_tree
from tests.walking import DAY, EVERYTHING, share

FORMULAS = 2000
GROUP = 50
GROUPS = range(share(FORMULAS // GROUP)) if EVERYTHING else [DAY % (FORMULAS // GROUP)]  # other ones each day
DEPTH = 4
SLACK = 1e-7  # of a unit in the last place, beside the half of one that rounding takes

X = Name("x")
CONSTANTS = (0.5, 1.0, 2.0, 3.0, 10.0, 0.1, 0.044715, 1e-3, 100.0)
EXPONENTS = (2.0, 2.0, 3.0, 0.5, 4.0, 1.5, 7.0)


class Grower:
    """Grows trees of the formula language, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        """Start from a seed."""
        self.random = random.Random(seed)

    def formula(self) -> Node:
        """Return a tree in which x occurs."""
        while True:
            tree = self.tree(DEPTH)
            if "x" in names_in(tree) and tree != X:
                return tree

    def tree(self, depth: int) -> Node:
        """Return a tree of at most this depth."""
        if depth == 0 or self.random.random() < 0.1:
            return self.leaf()
        kind = self.random.choices(("operator", "power", "call", "choice", "minus"), (9, 2, 9, 2, 1))[0]
        if kind == "operator":
            return Binary(self.random.choice("++--***//"), self.tree(depth - 1), self.tree(depth - 1))
        if kind == "power":
            return Binary("**", self.tree(depth - 1), self.exponent(depth - 1))
        if kind == "call":
            name = self.random.choice(list(ELEMENTARY))
            return Call(name, tuple(self.tree(depth - 1) for _ in range(ELEMENTARY[name].arguments)))
        if kind == "choice":
            symbol = self.random.choice(("<", "<=", ">", ">=", "==", "!="))
            condition = Compare((symbol,), (self.tree(depth - 1), self.leaf()))
            return Choice(condition, self.tree(depth - 1), self.tree(depth - 1))
        return Negate(self.tree(depth - 1))

    def exponent(self, depth: int) -> Node:
        """Return a number of either sign, or now and then any tree."""
        if self.random.random() < 0.2:
            return self.tree(depth)
        return number_node(self.random.choice(EXPONENTS) * self.random.choice((1.0, 1.0, -1.0)))

    def leaf(self) -> Node:
        """Return x or a number."""
        kind = self.random.random()
        if kind < 0.65:
            return X
        return Name("pi") if kind > 0.97 else number_node(self.random.choice(CONSTANTS))

    def points(self) -> list[float]:
        """Return points of all sizes, those among them at which formulas are special."""
        special = [0.0, 1e-300, 1e-12, 0.5, 1.0, 2.0, 40.0, 1e5, 1e200]
        drawn = [self.random.uniform(-5, 5) for _ in range(6)]
        sizes = [self.random.choice((-1, 1)) * 10 ** self.random.uniform(-9, 3) for _ in range(3)]
        return sorted({*special, *(-x + 0.0 for x in special), *drawn, *sizes})


@dataclass
class Tally:
    """What became of the points."""

    compared: int = 0
    open: int = 0
    undecided: int = 0
    wrong: list[str] = field(default_factory=list)


def is_nearest(got: float, truth: Ball) -> bool:
    """Say whether a float64 is the one nearest to the truth."""
    with precision(2400):
        middle = truth.mid()
        if math.isinf(got):
            edge = exactly(sys.float_info.max) + exactly(2.0**970 * (1 - SLACK))
            return bool(middle * exactly(math.copysign(1.0, got)) >= edge)
        half_below, half_above = ((exactly(got) + _neighbour(got, side)) / 2 for side in (-math.inf, math.inf))
        slack = (half_above - half_below) * exactly(SLACK)
        return bool(half_below - slack <= middle) and bool(middle <= half_above + slack)


def _neighbour(x: float, side: float) -> Any:
    following = math.nextafter(x, side)
    return exactly(math.copysign(2.0, side)) * exactly(2.0**1023) if math.isinf(following) else exactly(following)


def judge(tree: Node, points: list[float], tally: Tally) -> None:
    """Set f and f' at the points against certified values."""
    activation = from_tree(tree, {}, "random")
    exact = activation.exact
    truth = Truth(exact.tree(0))
    found = exact(np.array(points))
    for order, read in enumerate((truth.value, truth.slope)):
        for x, got, ball in zip(points, found[order].tolist(), settle(read, points), strict=True):
            if ball is None or not ball.is_finite():
                tally.undecided += 1
            elif math.isnan(got) and x in exact.open:
                tally.open += 1
            elif math.isnan(got) and order and is_continued(activation, x, ball):
                tally.compared += 1
            elif math.isnan(got) and order and has_power_without_slope(exact.tree(0), x):
                tally.undecided += 1
            elif math.isnan(got) or not is_nearest(got, ball):
                mark = "'" * order
                tally.wrong.append(f"f{mark}({x!r}) = {got!r}, not {ball.str(20)}: {to_text(tree)}")
            else:
                tally.compared += 1


def is_continued(activation: Activation, x: float, slope: Ball) -> bool:
    """Say whether f' is known where pieces meet that don't have it there themselves, or does not exist."""
    found = float(activation(x)[1])
    return (
        x in {seam.x for seam in activation.seams if seam.kind != "smooth"}
        if math.isnan(found)
        else is_nearest(found, slope)
    )


def has_power_without_slope(tree: Node, x: float) -> bool:
    """Say whether a power with x in its exponent, or a root, has a base that is not positive.

    Such a power is exp(exponent * log(base)) and has no slope there, though in effect the exponent (x/x, x - x) may be
    a whole number, or the base stay 0.
    """
    for node in parts(tree):
        if isinstance(node, Binary) and node.operator == "**":
            whole = isinstance(node.right, Number) and node.right.value.is_integer()
            if not whole and not float(Values(node.left)(np.array([x]), (0,))[0][0]) > 0.0:
                return True
    return False


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [("x**(x/x)", -2.0, True), ("x**(x/x)", 2.0, False), ("1 + (x - x)**0.5", 3.0, True), ("x**3", -2.0, False)],
)
def test_powers_without_a_slope_are_told_from_others(text: str, x: float, expected: bool) -> None:
    assert has_power_without_slope(parse(text), x) == expected


@pytest.mark.parametrize("group", GROUPS)
def test_every_number_of_a_random_formula_is_the_nearest_or_open(group: int) -> None:
    grower, tally = Grower(group), Tally()
    for _ in range(GROUP):
        judge(grower.formula(), grower.points(), tally)
    assert not tally.wrong, "\n".join(tally.wrong)
    assert tally.compared > GROUP * 15
    assert tally.open < tally.compared / 100


def test_every_kind_of_formula_grows() -> None:
    grower = Grower(0)
    text = " ".join(to_text(grower.formula()) for _ in range(400))
    assert all(f"{name}(" in text for name in ELEMENTARY)
    assert all(f" {symbol} " in text for symbol in ("+", "-", "<", "<=", ">", ">=", "==", "!=", "if", "else"))
    assert all(symbol in text for symbol in ("*", "/", "**", "pi", "-x"))


@pytest.mark.parametrize(
    ("got", "above", "nearest"),
    [
        (1.0, 0.0, True),
        (1.0, 2.0**-53, True),
        (1.0, 2.0**-53 * 1.001, False),
        (1.0, -(2.0**-54), True),
        (1.0, -(2.0**-54) * 1.001, False),  # below a power of two the floats lie twice as dense
        (0.0, 2.0**-1074, False),
        (math.inf, 0.0, False),
    ],
)
def test_the_nearest_float64_is_told_from_its_neighbours(got: float, above: float, nearest: bool) -> None:
    with precision(2400):
        truth = exactly(1.0 if math.isinf(got) else got) + exactly(above)
        assert is_nearest(got, truth) == nearest
        assert is_nearest(-got, -truth) == nearest


def test_an_infinity_stands_for_what_rounds_to_it() -> None:
    with precision(2400):
        edge = exactly(sys.float_info.max) + flint().arb(2) ** 970
        assert is_nearest(math.inf, edge)
        assert is_nearest(sys.float_info.max, edge)
        assert not is_nearest(math.inf, edge - flint().arb(2) ** 960)
        assert not is_nearest(sys.float_info.max, edge + flint().arb(2) ** 960)
