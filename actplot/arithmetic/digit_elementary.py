"""The transcendental functions of ``Digits``, each with a proved bound of its error.

What is too large or too small for a Decimal is open here; `digit_far` knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, getcontext
from functools import lru_cache

from actplot.arithmetic import digit_series as series
from actplot.arithmetic.digit_contexts import DOWN, FINE, INFINITE, NOUGHT, UP, rounding, unit, working
from actplot.arithmetic.digits import Digits, straddles, undefined, unknown, unusable

Kernel = Callable[[Decimal, int], Decimal]
# A bound of |f(u) - f(v)| for all u within an error of v, from v, the error and f(v).
Spread = Callable[[Decimal, Decimal, Decimal], Decimal]
Function = Callable[..., Digits]

ONE = Decimal(1)
# Beyond these arguments exp and erfc leave the numbers that can be multiplied with each other twenty times.
EXP_END = Decimal("1e17")
ERF_END = Decimal("4e8")
# What is less than exp(-EXP_END * 3 / 4), even if doubled.
TINY = Decimal("1e-32000000000000000")
ANGLE = 1000  # the largest decimal exponent of an angle


def _method(value: Decimal, digits: int) -> Decimal:
    """Return the bound that every kernel keeps."""
    return UP.multiply(value.copy_abs(), unit(digits + 2))


def _least(value: Decimal, error: Decimal) -> Decimal:
    """Return the least size of what lies within the error of the value."""
    return DOWN.subtract(value.copy_abs(), error).max(NOUGHT)


def _exp_above(value: Decimal) -> Decimal:
    """Return a bound of the exponential from above."""
    # Contexts round an exponential to nearest, whatever their rounding.
    return UP.multiply(UP.exp(value), Decimal("1.0000001"))


def _growth(error: Decimal) -> Decimal:
    """Return a bound of exp(error) - 1."""
    return UP.fma(error, error, error) if error <= 1 else _exp_above(error)


def _sech2(value: Decimal, error: Decimal, _: Decimal) -> Decimal:
    return UP.multiply(error, UP.multiply(4, _exp_above(DOWN.multiply(-2, _least(value, error)))).min(ONE))


def _bell(value: Decimal, error: Decimal, _: Decimal) -> Decimal:
    least = FINE.subtract(value.copy_abs(), error).max(NOUGHT, FINE)
    return UP.multiply(error, UP.multiply(Decimal("1.13"), _exp_above(FINE.multiply(least, least.copy_negate()))))


def _witch(value: Decimal, error: Decimal, _: Decimal) -> Decimal:
    least = _least(value, error)
    return UP.divide(error, DOWN.fma(least, least, ONE))


SPREADS: dict[str, Spread] = {
    "exp": lambda _, error, f: UP.multiply(f, _growth(error)),
    "expm1": lambda value, error, _: UP.multiply(_exp_above(value), _growth(error)),
    "sinh": lambda _, error, f: UP.multiply(UP.add(f.copy_abs(), ONE), UP.multiply(error, _exp_above(error))),
    "cosh": lambda _, error, f: UP.multiply(f, UP.multiply(error, _exp_above(error))),
    "tanh": _sech2,
    "asinh": lambda value, error, _: UP.divide(error, _least(value, error).max(ONE)),
    "atan": _witch,
    "erf": _bell,
    "erfc": _bell,
}


def _function(
    name: str,
    kernel: Kernel,
    limits: tuple[Decimal, Decimal],
    zero: Decimal = NOUGHT,
    end: Decimal | None = None,
    width: Decimal = INFINITE,
) -> Function:
    """Return the function of a kernel: its limits, its value at zero, where it reaches its limits, its range."""
    spread = SPREADS[name]

    def function(number: Digits) -> Digits:
        broken = unusable(number)
        if broken is not None:
            return broken
        value, error = number.value, number.error
        digits = getcontext().prec
        if value.is_infinite() or (end is not None and value.copy_abs() > end):
            limit = limits[value > 0]
            if value.is_infinite():
                return Digits(limit)
            doubtful = UP.multiply(4, error) > value.copy_abs()
            return unknown() if doubtful or not limit or limit.is_infinite() else Digits(limit, TINY)
        result = kernel(value, digits) if value else zero
        bound = _method(result, digits) if value else NOUGHT
        if error:
            # Both the value and the truth lie in the range of the function.
            bound = UP.add(bound, spread(value, error, result).min(width))
        return Digits(result, bound) if bound.is_finite() else unknown()

    function.__name__ = name
    function.__doc__ = f"Return the {name} of the number."
    return function


_FALL = INFINITE.copy_negate()
_TWO = Decimal(2)
exp = _function("exp", series.exp_digits, (NOUGHT, INFINITE), ONE, EXP_END)
expm1 = _function("expm1", series.expm1_digits, (-ONE, INFINITE), end=EXP_END)
sinh = _function("sinh", series.sinh_digits, (_FALL, INFINITE), end=EXP_END)
cosh = _function("cosh", series.cosh_digits, (INFINITE, INFINITE), ONE, EXP_END)
tanh = _function("tanh", series.tanh_digits, (-ONE, ONE), end=EXP_END, width=_TWO)
asinh = _function("asinh", series.asinh_digits, (_FALL, INFINITE))
erf = _function("erf", series.erf_digits, (-ONE, ONE), end=ERF_END, width=_TWO)
erfc = _function("erfc", series.erfc_digits, (_TWO, NOUGHT), ONE, ERF_END, _TWO)
_finite_atan = _function("atan", series.atan_digits, (_FALL, INFINITE), width=Decimal(4))


@lru_cache(maxsize=64)
def _circle(digits: int) -> Digits:
    with working(digits):
        value = +series.pi_digits(digits + 10)
    # Half a unit of the last place is 5 * 10**-digits.
    return Digits(value, UP.multiply(Decimal("5.01"), unit(digits)))


def circle() -> Digits:
    """Return pi at the working precision."""
    return _circle(getcontext().prec)


def atan(number: Digits) -> Digits:
    """Return the arc tangent of the number."""
    if not number.value.is_infinite():
        return _finite_atan(number)
    quarter = circle() / Digits(_TWO)
    return quarter if number.value > 0 else -quarter


def _outside(number: Digits) -> Digits | None:
    """Return what the square root and the logarithm have outside their domain and where it is in doubt."""
    broken = unusable(number)
    if broken is not None:
        return broken
    if number.error and number.error > number.value.copy_abs():
        return unknown()
    return undefined() if number.value < 0 else None


def sqrt(number: Digits) -> Digits:
    """Return the square root of the number."""
    outside = _outside(number)
    if outside is not None:
        return outside
    context = getcontext()
    context.clear_flags()
    root = number.value.sqrt()
    bound = rounding(context, root)
    if number.error:
        bound = UP.add(bound, UP.divide(number.error, DOWN.sqrt(DOWN.plus(number.value)) * Decimal("0.999999")))
    return Digits(root, bound)


def _logarithm(number: Digits, argument: Digits, kernel: Kernel) -> Digits:
    """Return the logarithm of the argument, which the kernel takes by the number."""
    outside = _outside(argument)
    if outside is not None:
        return outside
    if straddles(argument):
        return unknown()
    if not argument.value or argument.value.is_infinite():
        return Digits(INFINITE if argument.value else _FALL)
    digits = getcontext().prec
    result = kernel(number.value, digits)
    bound = _method(result, digits)
    if argument.error:
        bound = UP.add(bound, UP.divide(argument.error, DOWN.subtract(argument.value, argument.error)))
    return Digits(result, bound)


def log(number: Digits) -> Digits:
    """Return the natural logarithm of the number."""
    return _logarithm(number, number, series.log_digits)


def log1p(number: Digits) -> Digits:
    """Return the natural logarithm of 1 plus the number."""
    # Cut towards zero, the sum keeps its sign, and is zero only where it is exactly that.
    return _logarithm(number, Digits(DOWN.add(ONE, number.value), number.error), series.log1p_digits)


def _angle(number: Digits) -> Digits | None:
    broken = unusable(number)
    if broken is not None:
        return broken
    if number.value.is_infinite():
        return undefined()
    return unknown() if number.value.adjusted() > ANGLE else None


def _turned(number: Digits, which: int) -> Digits:
    broken = _angle(number)
    if broken is not None:
        return broken
    digits = getcontext().prec
    result, bound = (NOUGHT, ONE)[which], NOUGHT
    if number.value:
        result = series.sin_cos_digits(number.value, digits)[which]
        bound = _method(result, digits)
    return Digits(result, UP.add(bound, number.error.min(_TWO)) if number.error else bound)


def sin(number: Digits) -> Digits:
    """Return the sine of the number."""
    return _turned(number, 0)


def cos(number: Digits) -> Digits:
    """Return the cosine of the number."""
    return _turned(number, 1)


def tan(number: Digits) -> Digits:
    """Return the tangent of the number."""
    broken = _angle(number)
    if broken is not None:
        return broken
    value, error, digits = number.value, number.error, getcontext().prec
    result, bound, cosine = NOUGHT, NOUGHT, ONE
    if value:
        with working(digits + 10):
            sine, cosine = series.sin_cos_digits(value, digits + 2)
            result = sine / cosine
        bound = _method(result, digits)
    if error:
        # tan u - tan v = sin(u - v) / (cos u cos v), and the cosine changes by no more than its argument.
        low = DOWN.multiply(cosine.copy_abs(), Decimal("0.9999999"))
        if low <= error:
            return unknown()
        bound = UP.add(bound, UP.divide(error, DOWN.multiply(low, DOWN.subtract(low, error))))
    return Digits(result, bound)
