"""The algebra of double-doubles: what a formula needs to be read over either kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from actplot.arithmetic import circular, elementary, scaled
from actplot.arithmetic.doubles import Doubles, constant, select, two_sum
from actplot.arithmetic.error_function import erf_near, scaled_complement
from actplot.arithmetic.scaled import Scaled, choose, lifted
from actplot.arithmetic.tables import PI
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arithmetic.doubles import Flags

# Either kind; a tier below works with one of them throughout.
Number: TypeAlias = Any

PI_ERROR = 2.0**-107
MOST_SQUARINGS = 1024  # a larger whole exponent goes through the logarithm
ERF_NEAR = 1 / 8

_HOLDS: dict[str, Callable[[Any], Any]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}


class Tier:
    """The algebra over one kind of number.

    ``lift`` makes it of plain double-doubles, ``lower`` plain ones of it, ``select`` takes one or the other by a
    mask, and ``own`` holds its functions.
    """

    def __init__(
        self,
        lift: Callable[[Doubles], Number],
        lower: Callable[[Number], Doubles],
        select: Callable[[Flags, Number, Number], Number],
        own: dict[str, Callable[[Number], Number]],
    ) -> None:
        """Complete the functions by those that both kinds have in common."""
        self.lift, self.lower, self.select = lift, lower, select
        common = ("abs", "sign", "min", "max", "floor", "erf", "erfc")
        self._functions: dict[str, Callable[..., Number]] = {
            **own,
            **{name: getattr(self, f"_{name}") for name in common},
        }
        self._operators: dict[str, Callable[[Number, Number], Number]] = {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": self._times,
            "/": self._over,
            "**": self._power,
        }

    def number(self, value: float) -> Number:
        """Return the constant."""
        return self.lift(constant(value))

    def pi(self) -> Number:
        """Return the circle constant."""
        return self.lift(constant(*PI, PI_ERROR))

    def operator(self, symbol: str) -> Callable[[Number, Number], Number]:
        """Return one of ``+ - * / **``."""
        return self._operators[symbol]

    def function(self, name: str) -> Callable[..., Number]:
        """Return a primitive function."""
        return self._functions[name]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Number, ...],
        then: Callable[[], Number],
        otherwise: Callable[[], Number],
    ) -> Number:
        """Return the branch that the comparison takes at each point; nothing is known where it is not decided."""
        holds, certain = np.ones(1, dtype=np.bool_), np.ones(1, dtype=np.bool_)
        for symbol, a, b in zip(operators, operands, operands[1:], strict=False):
            sign, decided = _compared(a, b)
            holds, certain = holds & _HOLDS[symbol](sign), certain & decided
        if not certain.all():
            return self.select(holds, then(), otherwise()).opened(~certain)
        if holds.all():
            return then()
        return self.select(holds, then(), otherwise()) if holds.any() else otherwise()

    def _abs(self, u: Number) -> Number:
        return u.absolute()

    def _sign(self, u: Number) -> Number:
        decided = u.decided()
        found = self.lift(Doubles(np.sign(u.high)))
        return found if decided.all() else found.with_error(np.where(decided, 0.0, np.inf))

    def _floor(self, u: Number) -> Number:
        """Return the largest whole number that is not above; nothing is known where that is not decided."""
        plain = self.lower(u)
        whole = np.floor(plain.high)
        if plain.low is None:
            found = Doubles(whole)
        else:  # of a whole high half the low one decides
            found = Doubles(*two_sum(whole, np.where(whole == plain.high, np.floor(plain.low), 0.0)))
        number = self.lift(found)
        rest = u - number
        left = self.number(1.0) - rest
        sure = rest.decided() & (rest.high >= 0.0) & left.decided() & (left.high > 0.0)
        return number if sure.all() else number.with_error(np.where(sure, 0.0, np.inf))

    def _max(self, a: Number, b: Number) -> Number:
        sign, certain = _compared(a, b)
        larger = self.select(sign >= 0, a, b)
        if certain.all():
            return larger
        # The larger of two that can't be told apart is one of them, and no farther off than the other.
        gap = (a - b).absolute()
        both = larger + self.select(certain, self.number(0.0), self._around(gap))
        return self.select(certain, larger, both)

    def _around(self, gap: Number) -> Number:
        """Return zero, as uncertain as a gap is wide."""
        plain = gap if isinstance(gap, Doubles) else gap.value
        wide = Doubles(np.zeros_like(plain.high), None, plain.size + (0.0 if plain.error is None else plain.error))
        return wide if isinstance(gap, Doubles) else Scaled(wide, gap.exponent, gap.missing)

    def _min(self, a: Number, b: Number) -> Number:
        return -self._max(-a, -b)

    def _times(self, a: Number, b: Number) -> Number:
        for factor, other in ((a, b), (b, a)):
            scale = _power_of_two(factor)
            if scale:
                return other.times(scale)
        return a * b

    def _over(self, a: Number, b: Number) -> Number:
        scale = _power_of_two(b)
        return a.times(1.0 / scale) if scale else a / b

    def _power(self, base: Number, exponent: Number) -> Number:
        """Return a power, with numpy's conventions: anything to the 0th is 1."""
        n = _plain_number(exponent)
        if n is None:
            return self._general_power(base, exponent)
        if n == 0.5:
            return self._functions["sqrt"](base)
        if n == -0.5:
            return self.number(1.0) / self._functions["sqrt"](base)
        if n != math.floor(n):
            return (
                self._functions["exp"](exponent * self._functions["log"](base)) if n < 0 else self._root(base, exponent)
            )
        if abs(n) > MOST_SQUARINGS:
            grown = self._functions["exp"](exponent * self._functions["log"](base.absolute()))
            return self.select(base.high < 0.0, -grown, grown) if n % 2 else grown
        power = self._whole_power(base, int(abs(n)))
        return self.number(1.0) / power if n < 0 else power

    def _root(self, base: Number, exponent: Number) -> Number:
        """Return a broken positive power, which is zero at zero."""
        zero = (base.high == 0.0) & base.decided()
        if not zero.any():
            return self._functions["exp"](exponent * self._functions["log"](base))
        held = self.select(zero, self.number(1.0), base)
        return self.select(zero, self.number(0.0), self._functions["exp"](exponent * self._functions["log"](held)))

    def _whole_power(self, base: Number, n: int) -> Number:
        result = None
        while n:
            if n & 1:
                result = base if result is None else result * base
            n >>= 1
            if n:
                base = base * base
        return self.number(1.0) if result is None else result

    def _general_power(self, base: Number, exponent: Number) -> Number:
        ordinary = base.decided() & (base.high > 0.0)
        held = base if ordinary.all() else self.select(ordinary, base, self.number(1.0))
        found = self._functions["exp"](exponent * self._functions["log"](held))
        return found if ordinary.all() else found.with_error(np.where(ordinary, 0.0, np.inf))

    def _tail(self, size: Number) -> Number:
        """Return erfc of what is not negative."""
        return self._functions["exp"](-(size * size)) * self.lift(scaled_complement(self.lower(size)))

    def _erfc(self, u: Number) -> Number:
        tail = self._tail(u.absolute())
        left = u.high < 0.0
        return self.select(left, self.number(2.0) - tail, tail) if left.any() else tail

    def _erf(self, u: Number) -> Number:
        size = u.absolute()
        plain = self.lower(size)
        near = plain.high <= ERF_NEAR
        close = u * self.lift(erf_near(select(near, plain, constant(0.0)))) if near.any() else None
        if close is not None and near.all():
            return close
        found = self.number(1.0) - self._tail(size)
        signed = self.select(u.high < 0.0, -found, found)
        return signed if close is None else self.select(near, close, signed)


def _compared(a: Number, b: Number) -> tuple[Any, Flags]:
    """Return the sign of a - b, and where it is certain."""
    if isinstance(a, Doubles) and a.low is b.low is a.error is b.error is None:
        sign = np.greater(a.high, b.high).astype(np.int8) - np.less(a.high, b.high)
        return sign, ~(np.isnan(a.high) | np.isnan(b.high))
    difference = a - b
    return np.sign(difference.high), difference.decided()


def _plain_number(u: Number) -> float | None:
    """Return the float64 that a number is at all points, or None where it is none."""
    plain = u if isinstance(u, Doubles) else u.value
    if not (u.constant and plain.error is None and (plain.low is None or plain.low[0] == 0.0)):
        return None
    return (
        float(plain.high[0])
        if isinstance(u, Doubles)
        else float(np.ldexp(plain.high[0], np.clip(u.exponent[0], -3000, 3000)))
    )


def _power_of_two(u: Number) -> float | None:
    """Return a power of two from 1/1024 to 1024, perhaps negative, that a number is at all points."""
    number = _plain_number(u) if u.constant else None
    return number if number and abs(math.frexp(number)[0]) == 0.5 and 1 / 1024 <= abs(number) <= 1024 else None


PLAIN = Tier(
    lambda value: value,
    lambda value: value,
    select,
    {
        "exp": elementary.exp,
        "expm1": elementary.expm1,
        "log": elementary.log,
        "log1p": elementary.log1p,
        "sqrt": elementary.sqrt,
        "sin": circular.sin,
        "cos": circular.cos,
        "atan": circular.atan,
    },
)
SCALED = Tier(
    lifted,
    lambda value: value.plain(),
    choose,
    {name: getattr(scaled, name) for name in ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "atan")},
)
