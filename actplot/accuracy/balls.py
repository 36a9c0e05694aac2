"""Formulas over balls: every value comes with a proved bound on its error (python-flint's ``arb``).

A ball is a midpoint and a radius; arithmetic on balls at any working precision encloses the exact value.
Reading a formula at more and more bits until the ball is small gives the truth to as many digits as wanted,
with nothing to trust but the formula's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from actplot.errors import WorldError
from actplot.formula.evaluate import ARITHMETIC, COMPARE, Algebra, compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.parse import parse

Ball: TypeAlias = Any  # python-flint has no type hints; this is its arb

# Working precisions in bits, and how many points are worth them. 128 settle ordinary points, 1280 what cancels
# down to the smallest float64 (1 - f where f is near 1), the rest products of several of the largest.
PRECISIONS = {128: None, 320: None, 1280: None, 3072: 2000, 8192: 100}
RELATIVE_BITS = 80  # a settled ball is known 27 bits beyond float64, half a unit to 1e-8 ...
NEGLIGIBLE = -1150  # ... or has a radius below this power of two, far below half the smallest float64

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


class Undecided(ArithmeticError):
    """A comparison of two balls that overlap; more bits may decide it."""


def flint() -> Any:
    """Return the python-flint module.

    Raises
    ------
    WorldError
        Where it is not installed.

    """
    try:
        import flint
    except ImportError:
        raise WorldError("python-flint is not installed; install it with: pip install 'actplot[check]'") from None
    return flint


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Set the working precision of all ball arithmetic inside the block."""
    with flint().ctx.workprec(bits):
        yield


def exactly(value: float) -> Ball:
    """Return a float64 as a ball of radius 0."""
    return flint().arb(value)


def certainly(operators: Sequence[str], operands: Sequence[Ball]) -> bool:
    """Decide a chained comparison of balls.

    Raises
    ------
    Undecided
        Where the balls overlap.

    """
    for symbol, a, b in zip(operators, operands, operands[1:], strict=False):
        if COMPARE[symbol](a, b):  # for balls: true only where it is true of all their points
            continue
        if COMPARE[_OPPOSITE[symbol]](a, b):
            return False
        raise Undecided(f"{a} {symbol} {b}")
    return True


class _Balls:
    """The algebra of balls."""

    def number(self, value: float) -> Ball:
        return exactly(value)

    def pi(self) -> Ball:
        return flint().arb.pi()

    def operator(self, symbol: str) -> Callable[[Ball, Ball], Ball]:
        return _power if symbol == "**" else ARITHMETIC[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Ball, ...],
        then: Callable[[], Ball],
        otherwise: Callable[[], Ball],
    ) -> Ball:
        return then() if certainly(operators, operands) else otherwise()

    def function(self, name: str) -> Callable[..., Ball]:
        return meant(name, self) or _OWN.get(name) or getattr(flint().arb, ELEMENTARY[name].ball or name)


# flint's own sign of what is no number lies between -1 and 1.
_OWN: dict[str, Callable[[Ball], Ball]] = {"sign": lambda u: u if u.is_nan() else u.sgn()}


def meant(name: str, algebra: Algebra[Any]) -> Callable[..., Any] | None:
    """Return a function that is short for others as those others; None for one that has a meaning of its own."""
    if not ELEMENTARY[name].meaning:
        return None
    read = compiled(parse(ELEMENTARY[name].meaning), algebra)
    return lambda *arguments: read(dict(zip("uvw", arguments, strict=False)))


def _power(base: Ball, exponent: Ball) -> Ball:
    power = base**exponent if not base.is_nan() else base
    if power.is_nan() and exponent.is_exact() and exponent.is_integer() and 1 <= exponent <= 64:
        # A ball around zero has no logarithm, but it has products.
        power = base
        for _ in range(int(exponent.unique_fmpz()) - 1):
            power = power * base
    return power


BALLS: Algebra[Ball] = _Balls()


def is_settled(ball: Ball) -> bool:
    """Say whether a ball is small enough to judge a float64 by."""
    return bool(
        ball.rel_accuracy_bits() >= RELATIVE_BITS or (ball.is_finite() and ball.rad() < flint().arb(2) ** NEGLIGIBLE)
    )


def settle(read: Callable[[float], Ball], points: Sequence[float]) -> list[Ball | None]:
    """Read a function at every point with as many bits as each needs.

    Returns one ball for each point, or None where even the highest precision leaves the value open: where it
    does not exist (ln of a negative number), where a comparison is between equal inexact values, or where it
    is the exponential of an exponential of something huge. Where many points are left for the highest
    precisions, only some, evenly chosen, are tried.
    """
    found: list[Ball | None] = [None] * len(points)
    left = list(range(len(points)))
    for bits, most in PRECISIONS.items():
        unsettled = []
        left = left[:: 1 + len(left) // most] if most else left
        with precision(bits):
            for i in left:
                try:
                    ball = read(points[i])
                except (ArithmeticError, ValueError):  # undecided, or a series with nothing to divide by
                    ball = None
                if ball is not None and is_settled(ball):
                    found[i] = ball
                else:
                    unsettled.append(i)
        left = unsettled
        if not left:
            break
    return found
