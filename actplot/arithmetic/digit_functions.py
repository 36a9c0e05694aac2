"""The functions of ``Digits`` by name, and the algebra that reads formulas over them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal, getcontext
from functools import reduce

from actplot.arithmetic.digit_contexts import INFINITE, NOUGHT, UP, working
from actplot.arithmetic.digit_elementary import TINY
from actplot.arithmetic.digit_far import (
    asinh,
    atan,
    circle,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    expm1,
    log,
    log1p,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from actplot.arithmetic.digit_towers import Tower, spoiled
from actplot.arithmetic.digits import Digits, Open, compare, exactly, straddles, undefined, unknown, unusable

__all__ = ["DECIMALS", "FUNCTIONS", "Decimals", "circle", "power"]

ZERO = Digits(NOUGHT)
ONE = Digits(Decimal(1))
HALF = Digits(Decimal("0.5"))
MULTIPLIED = 1000  # the largest exponent that is multiplied out


def absolute(number: Digits) -> Digits:
    """Return the size of the number."""
    return abs(number)


def sign(number: Digits) -> Digits:
    """Return -1, 0 or 1; raise ``Open`` where the sign is not decided."""
    if number.value.is_nan() and not number.error:
        return undefined()
    return Digits(Decimal(compare(number, ZERO)))


def _seen(number: Digits) -> Digits:
    """Return the number as it looks beside ordinary ones."""
    return Digits(NOUGHT, TINY) if isinstance(number, Tower) and number.vanishing else number


def _extreme(first: Digits, second: Digits, wanted: int) -> Digits:
    broken = spoiled(first, second)
    if broken is not None:
        return broken
    try:
        return first if compare(first, second) in (wanted, 0) else second
    except Open:
        # The truth is one or the other, and neither is infinite here.
        first, second = _seen(first), _seen(second)
        if unusable(first, second) is not None:
            return unknown()
    gap = UP.subtract(first.value, second.value).copy_abs()
    error = first.error.max(UP.add(gap, second.error))
    return Digits(first.value, error) if error.is_finite() else unknown()


def minimum(*numbers: Digits) -> Digits:
    """Return the least of the numbers, with an error that covers all it may be where that is open."""
    return reduce(lambda first, second: _extreme(first, second, -1), numbers)


def maximum(*numbers: Digits) -> Digits:
    """Return the largest of the numbers, with an error that covers all it may be where that is open."""
    return reduce(lambda first, second: _extreme(first, second, 1), numbers)


def normal(number: Digits) -> Digits:
    """Return the probability that a standard normal variable is below the number."""
    # A few digits more make up for what the far tail does with the rounding of its argument.
    digits = getcontext().prec
    size = number.value.adjusted() if number.value.is_finite() else 0
    with working(digits + 5 + 2 * min(max(size, 0), 20)):
        return erfc(-number / sqrt(Digits(Decimal(2)))) * HALF


def _multiplied(base: Digits, exponent: int) -> Digits:
    result, square = None, base
    while True:
        if exponent % 2:
            result = square if result is None else result * square
        exponent //= 2
        if not exponent:
            return ONE if result is None else result
        square = square * square


def _by_logarithm(base: Digits, exponent: Digits) -> Digits:
    """Return the power of a positive base."""
    digits = getcontext().prec
    with working(20):
        size = (log(base) * exponent).value
    # The exponential turns the size of its argument into lost digits.
    lost = min(max(size.adjusted() + 1, 0), 20) if size.is_finite() else 0
    with working(digits + 4 + lost):
        return exp(log(base) * exponent)


def _infinite_power(base: Digits, exponent: Digits) -> Digits:
    try:
        side = compare(absolute(base), ONE)
    except Open:
        return unknown()
    if side == 0:
        return ONE
    return Digits(INFINITE) if (side > 0) == (exponent.value > 0) else ZERO


def _is_whole(exponent: Digits) -> bool | None:
    """Say whether a finite exponent is an integer, None where that is open."""
    if not exponent.error:
        return exponent.value == exponent.value.to_integral_value()
    with working(3000):
        low, high = exponent.value - exponent.error, exponent.value + exponent.error
        least, most = (end.to_integral_value(ROUND_FLOOR) for end in (low, high))
    return None if least != most or least == low else False


def _negative_power(base: Digits, exponent: Digits) -> Digits:
    """Return the power of a negative base."""
    whole = _is_whole(exponent)
    if whole is None:
        return unknown()
    if not whole and not base.value.is_infinite():
        return undefined()
    size = _by_logarithm(-base, exponent)
    # The parity needs every digit; a number that ends in zeros before the point is even.
    digits, ending = exponent.value.as_tuple()[1:]
    if not whole or int(ending) > 0:
        return size
    with working(len(digits) + 2):
        return -size if exponent.value % 2 else size


def _tower_power(base: Digits, exponent: Tower) -> Digits:
    """Return the power with a huge or a vanishing exponent."""
    try:
        if compare(base, ZERO) < 0:
            # A vanishing exponent is no integer; of a huge one, the parity is not known.
            return undefined() if exponent.vanishing and not base.value.is_infinite() else unknown()
    except Open:
        return unknown()
    return exp(log(base) * exponent)


def power(base: Digits, exponent: Digits) -> Digits:
    """Return the power, by the conventions of ``numpy.power`` at 0 and at the infinities."""
    broken = spoiled(base, exponent)
    if broken is not None:
        return broken
    if isinstance(exponent, Tower):
        return _tower_power(base, exponent)
    if exponent.value.is_infinite():
        return _infinite_power(base, exponent)
    if not exponent.error:
        doubled = 2 * exponent.value
        if doubled.copy_abs() <= 2 * MULTIPLIED and doubled == doubled.to_integral_value():
            count = int(doubled)
            if count % 2 == 0:
                size = _multiplied(base, abs(count) // 2)
                return ONE / size if count < 0 else size
            if base.value != INFINITE.copy_negate():
                # Products of the root keep an exact power exact: 4**1.5 is 8.
                size = _multiplied(sqrt(base), abs(count))
                return ONE / size if count < 0 else size
    if isinstance(base, Tower):
        return _negative_power(base, exponent) if base.negative else _by_logarithm(base, exponent)
    if straddles(base):
        return unknown()
    if not base.value:
        if straddles(exponent):
            return unknown()
        return ZERO if exponent.value > 0 else Digits(INFINITE)
    return _by_logarithm(base, exponent) if base.value > 0 else _negative_power(base, exponent)


def clip(number: Digits, low: Digits, high: Digits) -> Digits:
    """Return the number, or the bound that it is beyond."""
    return minimum(maximum(number, low), high)


FUNCTIONS: dict[str, Callable[..., Digits]] = {
    "abs": absolute,
    "sign": sign,
    "min": minimum,
    "max": maximum,
    "clip": clip,
    "exp": exp,
    "expm1": expm1,
    "log": log,
    "log1p": log1p,
    "sqrt": sqrt,
    "sin": sin,
    "cos": cos,
    "tan": tan,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "asinh": asinh,
    "atan": atan,
    "erf": erf,
    "erfc": erfc,
    "Phi": normal,
}

OPERATORS: dict[str, Callable[[Digits, Digits], Digits]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": power,
}

# What ``compare`` answers where the comparison holds.
HOLDS: dict[str, tuple[int, ...]] = {
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
    "==": (0,),
    "!=": (-1, 1, 2),
}


class Decimals:
    """The algebra of ``Digits``, for formulas."""

    def number(self, value: float) -> Digits:
        """Return the constant, exactly."""
        return exactly(value)

    def pi(self) -> Digits:
        """Return pi at the working precision."""
        return circle()

    def operator(self, symbol: str) -> Callable[[Digits, Digits], Digits]:
        """Return one of ``+ - * / **``."""
        return OPERATORS[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Digits, ...],
        then: Callable[[], Digits],
        otherwise: Callable[[], Digits],
    ) -> Digits:
        """Return the branch that the chained comparison takes; raise ``Open`` where no link of it decides."""
        undecided: Open | None = None
        for symbol, first, second in zip(operators, operands, operands[1:], strict=False):
            try:
                holds = compare(first, second) in HOLDS[symbol]
            except Open as error:
                undecided = error
            else:
                if not holds:
                    return otherwise()
        if undecided is not None:
            raise undecided
        return then()

    def function(self, name: str) -> Callable[..., Digits]:
        """Return an elementary function."""
        return FUNCTIONS[name]


DECIMALS = Decimals()
