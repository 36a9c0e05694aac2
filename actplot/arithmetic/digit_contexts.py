"""Decimal contexts: of the working precision, and for bounds that must never come out too small or too large."""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Context, Decimal, Inexact, localcontext
from functools import lru_cache

NOUGHT = Decimal(0)
INFINITE = Decimal("Infinity")
NAN = Decimal("NaN")
# No rounding is larger where a result falls below the smallest normal exponent.
LEAST = Decimal((0, (1,), MIN_EMIN))
SUBNORMAL = MIN_EMIN + 10**6


def with_rounding(digits: int, rounding: str) -> Context:
    """Return a context of that many digits, with no bounds on exponents, that raises nothing."""
    return Context(
        prec=digits, rounding=rounding, Emin=MIN_EMIN, Emax=MAX_EMAX, capitals=1, clamp=0, flags=[], traps=[]
    )


# Bounds need few digits, but must never come out too small: UP is for what must be large, DOWN for what must be small.
UP = with_rounding(9, ROUND_UP)
DOWN = with_rounding(9, ROUND_DOWN)
# An exponent of e is worth its digits before the point too.
FINE = with_rounding(40, ROUND_DOWN)


@lru_cache(maxsize=512)
def _nearest_context(digits: int) -> Context:
    return with_rounding(digits, ROUND_HALF_EVEN)


def working(digits: int) -> AbstractContextManager[Context]:
    """Return a context manager under which operations carry that many digits, with no bounds on exponents."""
    return localcontext(_nearest_context(digits))


@lru_cache(maxsize=1024)
def unit(digits: int) -> Decimal:
    """Return ten to the power of minus ``digits``."""
    return Decimal((0, (1,), -digits))


@lru_cache(maxsize=512)
def _half_unit(digits: int) -> Decimal:
    return Decimal((0, (5,), -digits))


def rounding(context: Context, value: Decimal) -> Decimal:
    """Return a bound of what the last operation of the context lost, its flags cleared before."""
    if not context.flags[Inexact]:
        return NOUGHT
    if value.adjusted() < SUBNORMAL or not value:
        return LEAST
    return UP.multiply(value.copy_abs(), _half_unit(context.prec))
