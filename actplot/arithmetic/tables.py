"""The constants and tables behind the elementary functions, made from square roots when they are first needed."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from actplot.arithmetic.doubles import Doubles, constant
from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array

STEPS = 1024  # of the table of powers, from 1 to 2
ANGLES = 1024  # of the table of sines, around the circle
DIGITS = 70

_LN2 = (
    "0.69314718055994530941723212145817656807550013436025525412068000949339362196969471560586332699641868"
    "7542001481020570685734"
)
_PI = (
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706"
    "7982148086513282306647093844609550582231725359408128481117450284102701938521"
)


def halves_of(number: Decimal) -> tuple[float, float]:
    """Return a decimal number as the sum of two float64."""
    high = float(number)
    return high, float(number - Decimal(high))


@cache
def quotient(above: int, below: int) -> Doubles:
    """Return a fraction, to all the digits of a double-double."""
    with localcontext() as context:
        context.prec = DIGITS
        return constant(*halves_of(Decimal(above) / below))


LN2 = halves_of(Decimal(_LN2))
PI = halves_of(Decimal(_PI))


class Table(NamedTuple):
    """Double-doubles to choose from."""

    high: Array
    low: Array


@cache
def split_constant(name: str) -> tuple[float, ...]:
    """Return a step as a sum of float64, all but the last so short that their multiples are exact."""
    with localcontext() as context:
        context.prec = 120
        number, bits, count = {
            "ln2/steps": (Decimal(_LN2) / STEPS, 31, 2),
            "ln2": (Decimal(_LN2), 21, 5),
            "angle": (2 * Decimal(_PI) / ANGLES, 24, 4),
        }[name]
        pieces = []
        for _ in range(count):
            mantissa, exponent = math.frexp(float(number))
            piece = math.ldexp(math.trunc(math.ldexp(mantissa, bits)), exponent - bits)
            pieces.append(piece)
            number -= Decimal(piece)
    return (*pieces, float(number))


@cache
def powers_of_two() -> Table:
    """Return 2**(j/STEPS) for j from 0 to STEPS - 1."""
    found = constant(1.0, 0.0)
    found.low = np.zeros(1)
    with localcontext() as context:
        context.prec = DIGITS
        root, roots = Decimal(2), []
        for _ in range(STEPS.bit_length() - 1):
            root = root.sqrt()
            roots.append(root)
        for root in reversed(roots):  # the smallest step first: each doubles the length of the table
            found = _joined(found, found * constant(*halves_of(root)))
    return _table(found)


@cache
def sines_and_cosines() -> tuple[Table, Table]:
    """Return the sines and the cosines of j·2π/ANGLES for j from 0 to ANGLES - 1."""
    sine, cosine = constant(0.0), constant(1.0)
    sine.low, cosine.low = np.zeros(1), np.zeros(1)
    with localcontext() as context:
        context.prec = DIGITS
        turns = [(Decimal(0), Decimal(-1)), (Decimal(1), Decimal(0))]  # half a turn and a quarter
        while len(turns) < ANGLES.bit_length() - 1:
            half = turns[-1][1] / 2
            turns.append(((Decimal("0.5") - half).sqrt(), (Decimal("0.5") + half).sqrt()))
        for s, c in reversed(turns):
            by_sine, by_cosine = constant(*halves_of(s)), constant(*halves_of(c))
            turned = sine * by_cosine + cosine * by_sine
            sine, cosine = _joined(sine, turned), _joined(cosine, cosine * by_cosine - sine * by_sine)
    return _table(sine), _table(cosine)


def _joined(first: Doubles, second: Doubles) -> Doubles:
    return Doubles(np.concatenate([first.high, second.high]), np.concatenate([_low(first), _low(second)]))


def _low(number: Doubles) -> Array:
    return np.zeros_like(number.high) if number.low is None else number.low


def _table(number: Doubles) -> Table:
    return Table(number.high, _low(number))


class Centre(NamedTuple):
    """The points about which exp(x²)·erfc(x) is developed, and its Taylor coefficients there, order by order."""

    x: Array
    lead: tuple[Table, ...]
    rest: tuple[Array, ...]


OCTAVE = 32  # centres from one power of two of x + 2 to the next
OCTAVES = 3  # from x = 0 to 14
LEADING = 6  # coefficients that are double-doubles
ORDERS = 16


@cache
def scaled_erfc() -> Centre:
    """Return the development of exp(x²)·erfc(x) about centres from 0 to 14, those near 0 closer to one another.

    Its derivative is 2x times itself less 2/√π, so one coefficient gives the next; and from one centre the series leads
    to the one below, in which direction errors die out. The first is far out, where the asymptotic series is exact.
    """
    centres = [
        Decimal(2**octave) * 2 * (1 + Decimal(2 * j + 1) / (2 * OCTAVE)) - 2
        for octave in range(OCTAVES)
        for j in range(OCTAVE)
    ]
    with localcontext() as context:
        context.prec = 100  # far out each coefficient is the difference of two that are 2x² times as large
        slope = 2 / Decimal(_PI).sqrt()
        at = Decimal(14)
        row = _coefficients(at, _asymptote(at), slope)
        rows = []
        for number in reversed(range(len(centres))):
            context.prec = 60 + 20 * (number // OCTAVE)
            row = _coefficients(centres[number], sum_of(row, centres[number] - at), slope)
            at = centres[number]
            rows.append(row[:ORDERS])
        columns = list(zip(*reversed(rows), strict=True))
        lead = tuple(
            Table(*(np.array(part) for part in zip(*map(halves_of, column), strict=True)))
            for column in columns[:LEADING]
        )
        rest = tuple(np.array([float(number) for number in column]) for column in columns[LEADING:])
    return Centre(np.array([float(centre) for centre in centres]), lead, rest)


def _asymptote(x: Decimal) -> Decimal:
    """Return exp(x²)·erfc(x) from far out."""
    total, term = Decimal(0), 1 / (x * Decimal(_PI).sqrt())
    for n in range(160):
        total += term
        term *= -(2 * n + 1) / (2 * x * x)
    return total


def _coefficients(at: Decimal, value: Decimal, slope: Decimal) -> list[Decimal]:
    """Return the Taylor coefficients of exp(x²)·erfc(x), given its value."""
    twice = 2 * at
    found = [value, twice * value - slope]
    for n in range(1, 29):
        found.append((twice * found[n] + 2 * found[n - 1]) / (n + 1))
    return found


def sum_of(coefficients: list[Decimal], step: Decimal) -> Decimal:
    """Return a polynomial at a point."""
    total = Decimal(0)
    for coefficient in reversed(coefficients):
        total = total * step + coefficient
    return total
