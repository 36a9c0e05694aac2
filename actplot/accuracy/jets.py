"""Formulas over Taylor series of balls: f, f' and f'' at a point, certified, from the text of f alone.

A jet is a power series in x - x₀ cut after the square (python-flint's ``arb_series``); its coefficients are
f(x₀), f'(x₀) and f''(x₀)/2, each a ball.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeAlias

from actplot.accuracy.balls import BALLS, Ball, Undecided, certainly, exactly, flint, meant
from actplot.formula.evaluate import ARITHMETIC, Algebra

Jet: TypeAlias = Any  # python-flint's arb_series

ORDER = 3


def series(*coefficients: Ball) -> Jet:
    """Return the jet of these coefficients; the rest are 0."""
    return flint().arb_series(list(coefficients), prec=ORDER)


def variable(x: float) -> Jet:
    """Return the jet of x itself at a point."""
    return series(exactly(x), exactly(1.0))


class _Jets:
    """The algebra of jets. At a kink there is no jet: Undecided, or balls that stay wide."""

    def number(self, value: float) -> Jet:
        return series(exactly(value))

    def pi(self) -> Jet:
        return series(BALLS.pi())

    def operator(self, symbol: str) -> Callable[[Jet, Jet], Jet]:
        return _power if symbol == "**" else ARITHMETIC[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Jet, ...],
        then: Callable[[], Jet],
        otherwise: Callable[[], Jet],
    ) -> Jet:
        for a, b in pairwise(operands):
            if not _is_constant(a - b) and a[0].overlaps(b[0]):
                raise Undecided("a tie at one point is where two pieces meet")
        return then() if certainly(operators, [jet[0] for jet in operands]) else otherwise()

    def function(self, name: str) -> Callable[..., Jet]:
        return _OWN.get(name) or meant(name, self) or getattr(flint().arb_series, name)


def _is_constant(jet: Jet) -> bool:
    return all(jet[k].is_zero() for k in range(1, ORDER))


def _power(base: Jet, exponent: Jet) -> Jet:
    if _is_constant(exponent):
        return base ** exponent[0]
    return (exponent * base.log()).exp()


def _starting(value: Ball, jet: Jet) -> Jet:
    """Return the jet with a value that was computed without cancellation."""
    return series(value, *(jet[k] for k in range(1, ORDER)))


def _sign(u: Jet) -> Jet:
    if u[0].contains(0) and not _is_constant(u):
        raise Undecided(f"sign of {u[0]}")
    return series(u[0] if u[0].is_nan() else u[0].sgn())


def _floor(u: Jet) -> Jet:
    whole = u[0].floor()
    if not whole.is_exact() or (whole == u[0] and not _is_constant(u)):
        raise Undecided(f"floor of {u[0]}")
    return series(whole)


def _max(u: Jet, v: Jet) -> Jet:
    if u[0] > v[0]:
        return u
    if u[0] < v[0]:
        return v
    # Where the two meet, f' (if there is one) is that of u or of v, so it lies in the hull of both.
    return series(u[0].max(v[0]), *(u[k].union(v[k]) for k in range(1, ORDER)))


def _min(u: Jet, v: Jet) -> Jet:
    return -_max(-u, -v)


def _cosh(u: Jet) -> Jet:
    return (u.exp() + (-u).exp()) / 2


def _sinh(u: Jet) -> Jet:
    return _starting(u[0].sinh(), (u.exp() - (-u).exp()) / 2)


def _asinh(u: Jet) -> Jet:
    return _starting(u[0].asinh(), (u + (u * u + 1).sqrt()).log())


_OWN: dict[str, Callable[..., Jet]] = {
    "abs": lambda u: _max(u, -u),
    "sign": _sign,
    "min": _min,
    "floor": _floor,
    "max": _max,
    "expm1": lambda u: _starting(u[0].expm1(), u.exp()),
    "log1p": lambda u: _starting(u[0].log1p(), (1 + u).log()),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda u: _starting(u[0].tanh(), _sinh(u) / _cosh(u)),
    "asinh": _asinh,
}

JETS: Algebra[Jet] = _Jets()
