"""The transcendental functions of ``Digits``, at and beyond the ends of Decimal's exponents too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from actplot.arithmetic import digit_elementary as near
from actplot.arithmetic.digit_contexts import DOWN, UP
from actplot.arithmetic.digit_elementary import ERF_END, EXP_END, TINY, circle
from actplot.arithmetic.digit_towers import Tower, blurred, raised
from actplot.arithmetic.digits import Digits, undefined, unknown

__all__ = [
    "asinh",
    "atan",
    "circle",
    "cos",
    "cosh",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "log",
    "log1p",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
]

Function = Callable[[Digits], Digits]

ONE = Digits(Decimal(1))
TWO = Digits(Decimal(2))
HALF = Digits(Decimal("0.5"))


def _signed(size: Digits, number: Tower) -> Digits:
    return -size if number.negative else size


def _limit(number: Tower) -> Digits:
    return _signed(blurred(ONE, TINY), number)


def _nearly_one(number: Tower) -> Digits:
    return blurred(ONE, TINY)


def _itself(number: Tower) -> Digits:
    return number.nudged(TINY)


def _expm1(number: Digits) -> Digits:
    return raised(number) - ONE


def _sinh(number: Digits) -> Digits:
    return (raised(number) - raised(-number)) * HALF


def _cosh(number: Digits) -> Digits:
    return (raised(number) + raised(-number)) * HALF


def _logarithm(number: Tower) -> Digits:
    return undefined() if number.negative else number.logarithm


def _logarithm_beside_one(number: Tower) -> Digits:
    return blurred(_logarithm(number), TINY)


def _root(number: Tower) -> Digits:
    return undefined() if number.negative else raised(number.logarithm * HALF)


def _asinh(number: Tower) -> Digits:
    return _signed(blurred(number.logarithm + near.log(TWO), TINY), number)


def _atan(number: Tower) -> Digits:
    return _signed(blurred(circle() * HALF, TINY), number)


def _slight_erf(number: Tower) -> Digits:
    return number.nudged(TINY) * TWO / near.sqrt(circle())


def _erfc(number: Digits) -> Digits:
    """Return the complementary error function by the first terms of its expansion at infinity."""
    if isinstance(number, Tower):
        negative, rest = number.negative, TINY
    else:
        negative = number.value < 0
        least = DOWN.subtract(number.value.copy_abs(), number.error)
        square = DOWN.multiply(least, least)
        rest = UP.divide(1, DOWN.multiply(square, square)).max(TINY)
    if negative:
        return blurred(TWO, TINY)
    # The factor beside the first term is 1 - 1/(2x**2) + ..., and its logarithm -1/(2x**2) to within 1/x**4.
    power = number * number
    size = power + log(number) + HALF * near.log(circle()) + HALF / power
    return raised(blurred(-size, rest))


# Above every Decimal, or below; by name.
HUGE: dict[str, Callable[[Tower], Digits]] = {
    "exp": raised,
    "expm1": _expm1,
    "log": _logarithm,
    "log1p": _logarithm_beside_one,
    "sqrt": _root,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _limit,
    "asinh": _asinh,
    "atan": _atan,
    "erf": _limit,
    "erfc": _erfc,
}
VANISHING: dict[str, Callable[[Tower], Digits]] = {
    **dict.fromkeys(("expm1", "log1p", "sin", "tan", "sinh", "tanh", "asinh", "atan"), _itself),
    **dict.fromkeys(("exp", "cos", "cosh", "erfc"), _nearly_one),
    "log": _logarithm,
    "sqrt": _root,
    "erf": _slight_erf,
}
# What leaves the ordinary numbers at ordinary arguments, and where.
GROWING: dict[str, tuple[Function, Decimal]] = {
    "exp": (raised, EXP_END),
    "expm1": (_expm1, EXP_END),
    "sinh": (_sinh, EXP_END),
    "cosh": (_cosh, EXP_END),
    "erfc": (_erfc, ERF_END),
}


def _far(name: str, number: Digits) -> Digits:
    """Return what the ordinary function leaves open."""
    if isinstance(number, Tower):
        known = (VANISHING if number.vanishing else HUGE).get(name)
        return unknown() if known is None else known(number)
    if name not in GROWING or not (number.value.is_finite() and number.error.is_finite()):
        return unknown()
    function, end = GROWING[name]
    beyond = UP.multiply(4, number.error) <= number.value.copy_abs() and number.value.copy_abs() > end
    return function(number) if beyond else unknown()


def _reaching(name: str) -> Function:
    """Return the function of that name, for all numbers."""
    ordinary: Function = getattr(near, name)

    def function(number: Digits) -> Digits:
        result = ordinary(number)
        return _far(name, number) if result.error and result.value.is_nan() else result

    function.__name__ = name
    function.__doc__ = ordinary.__doc__
    return function


exp = _reaching("exp")
expm1 = _reaching("expm1")
log = _reaching("log")
log1p = _reaching("log1p")
sqrt = _reaching("sqrt")
sin = _reaching("sin")
cos = _reaching("cos")
tan = _reaching("tan")
sinh = _reaching("sinh")
cosh = _reaching("cosh")
tanh = _reaching("tanh")
asinh = _reaching("asinh")
atan = _reaching("atan")
erf = _reaching("erf")
erfc = _reaching("erfc")
