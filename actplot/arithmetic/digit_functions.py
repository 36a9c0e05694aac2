"""The functions of ``Digits`` by name, and the algebra that reads formulas over them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import MAX_PREC, ROUND_CEILING, ROUND_FLOOR, Context, Decimal, getcontext
from fractions import Fraction
from functools import partial

from actplot.arithmetic import digit_kernels as kernels
from actplot.arithmetic.digit_angles import HALF, Angle
from actplot.arithmetic.digit_kernels import GUARD, monotone
from actplot.arithmetic.digit_towers import TINY, Tower, exp, log, scaled
from actplot.arithmetic.digits import INFINITE, ONE, UNDEFINED, UNORDERED, ZERO, Digits, Open, compare, exactly, working
from actplot.formula.evaluate import ARITHMETIC, COMPARE

Branch = Callable[[], Digits]
FAINT = Digits(-TINY, TINY)
MULTIPLIED = 1000  # the largest exponent that is multiplied out
ANGLE = 1000  # the largest decimal exponent of an angle


def circle() -> Digits:
    """Return pi at the working precision."""
    with working(getcontext().prec + GUARD):
        return Angle(kernels.around(kernels.pi()), Fraction(1))


def _like_itself(function: Callable[[Digits], Digits], number: Digits) -> Digits:
    """Return the value of a function that is like its argument near zero."""
    return number * (ONE + FAINT) if isinstance(number, Tower) and number.vanishing else function(number)


def _expm1(number: Digits) -> Digits:
    return exp(number) - ONE if number.low > 1 else monotone(kernels.expm1, number)


def _log1p(number: Digits) -> Digits:
    whole = ONE + number
    return monotone(kernels.log1p, number) if number.low < 1 and whole.low > 0 else log(whole)


def _sqrt(number: Digits) -> Digits:
    if isinstance(number, Tower):
        return scaled(_sqrt(number.factor), number.log * HALF)
    if number.low < 0 <= number.high:
        raise Open
    return monotone(Decimal.sqrt, number)


def _turned(which: int, number: Digits) -> Digits:
    """Return the sine, 0, or the cosine, 1."""
    if which and number.exact and not number.low:
        return ONE
    if isinstance(number, Angle) and (found := number.turned(1 - which)) is not number:
        return found
    width = number.high - number.low
    if width > 2 or number.low.adjusted() > ANGLE:
        return Digits(Decimal(-1), Decimal(1))
    with working(getcontext().prec + GUARD):
        # Neither changes by more than its argument.
        return UNDEFINED if width.is_nan() else kernels.around(kernels.sin_cos(number.low)[which], width)


def _erf(number: Digits) -> Digits:
    vanishing = isinstance(number, Tower) and number.vanishing
    return number * (ONE + FAINT) / (_sqrt(circle()) * HALF) if vanishing else monotone(kernels.erf, number)


def _erfc(number: Digits) -> Digits:
    digits, square = getcontext().prec, number.high * number.high
    if not (number.low > 0 and number.low * number.low > digits):
        # The difference loses what erfc is below 1.
        with working(digits + 2 + (int(square.min(digits)) // 2 if number.high > 0 else 0)):
            return ONE - _erf(number)
    # The exponential turns the size of its argument into lost digits.
    with working(digits + 4 + min(max(square.adjusted(), 0), 40)):
        bell = exp(-(number * number))
    return bell * monotone(kernels.scaled_erfc, number)


def _sign(number: Digits) -> Digits:
    factor = number.factor if isinstance(number, Tower) else number
    return Digits(factor.low.compare(ZERO.low), factor.high.compare(ZERO.low))


def _floor(number: Digits) -> Digits:
    """Return the largest whole number that is not above."""
    low, high = (end.to_integral_value(ROUND_FLOOR) for end in (number.low, number.high))
    if low != high and not low.is_nan():
        raise Open
    return Digits(low)


def _extreme(wanted: int, pick: Callable[[Decimal, Decimal], Decimal], first: Digits, second: Digits) -> Digits:
    """Return the number whose order is the wanted one."""
    try:
        order = compare(first, second)
    except Open:
        return Digits(pick(first.low, second.low), pick(first.high, second.high))
    return UNDEFINED if order is UNORDERED else first if order == wanted else second


def _whole_power(base: Digits, n: int) -> Digits:
    if n < 2:
        return base if n else ONE
    half = _whole_power(base, n // 2)
    return half * half * base if n % 2 else half * half


def _negative_power(base: Digits, exponent: Digits) -> Digits:
    """Return the power of a negative base."""
    if base.high > -INFINITE and exponent.low.to_integral_value(ROUND_CEILING) > exponent.high:
        return UNDEFINED
    if not exponent.exact:
        raise Open
    size = power(-base, exponent)
    # The parity needs every digit; infinity counts as even.
    return -size if Context(MAX_PREC, traps=[]).remainder(exponent.low, 2).copy_abs() == 1 else size


def power(base: Digits, exponent: Digits) -> Digits:
    """Return the power, by the conventions of ``numpy.power`` at 0 and at the infinities."""
    if base.low.is_nan() or exponent.low.is_nan():
        return UNDEFINED
    if exponent.exact and exponent.low.copy_abs() <= MULTIPLIED:
        whole = exponent.low.to_integral_value(ROUND_FLOOR)
        if whole == exponent.low:
            size = _whole_power(base, abs(int(whole)))
            return ONE / size if whole < 0 else size
        if whole + HALF.low == exponent.low and base.high > -INFINITE:
            return power(_sqrt(base), Digits(2 * exponent.low))  # exact where the root is
    side = compare(base, ZERO)
    if side == 0:
        return ZERO if compare(exponent, ZERO) > 0 else Digits(INFINITE)
    if side < 0:
        return _negative_power(base, exponent)
    if base.exact and base.low == 1:
        return ONE
    with working(getcontext().prec + 8 + min(max(exponent.high.adjusted(), 0), 20)):
        return exp(log(base) * exponent)


FUNCTIONS: dict[str, Callable[..., Digits]] = {
    "abs": abs,
    "sign": _sign,
    "min": partial(_extreme, -1, min),
    "max": partial(_extreme, 1, max),
    "floor": _floor,
    "exp": exp,
    "expm1": partial(_like_itself, _expm1),
    "log": log,
    "log1p": partial(_like_itself, _log1p),
    "sqrt": _sqrt,
    "sin": partial(_like_itself, partial(_turned, 0)),
    "cos": partial(_turned, 1),
    "atan": partial(_like_itself, partial(monotone, kernels.atan)),
    "erf": _erf,
    "erfc": _erfc,
}


class Decimals:
    """The algebra of ``Digits``, for formulas."""

    number = staticmethod(exactly)
    pi = staticmethod(circle)
    operator = staticmethod({**ARITHMETIC, "**": power}.__getitem__)
    function = staticmethod(FUNCTIONS.__getitem__)

    def choose(
        self, operators: tuple[str, ...], operands: tuple[Digits, ...], then: Branch, otherwise: Branch
    ) -> Digits:
        """Return the branch that the chained comparison takes; raise ``Open`` where that is not decided."""
        links = zip(operators, operands, operands[1:], strict=False)
        return then() if all(COMPARE[symbol](compare(a, b), 0) for symbol, a, b in links) else otherwise()


DECIMALS = Decimals()
