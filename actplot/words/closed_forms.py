"""Numbers as people write them: √2, π/2, ln 2 and 1/6 for what equals them, digits for the rest."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from actplot.words.numbers import rounded

EQUAL = 1e-12  # relative: what float64 arithmetic leaves of a closed form
DIGITS = 4  # of a number that has none


def told(value: float, digits: int = DIGITS) -> str:
    """Return the closed form of a number, all its digits where six are enough, or so many digits, zeros among them."""
    sign, size = ("−" if value < 0 else ""), abs(value)
    if not math.isfinite(value):
        return sign + ("∞" if math.isinf(value) else "nan")
    return sign + (_closed(size) or _in_digits(size, digits))


def _closed(size: float) -> str:
    table = _table()
    place = bisect_left(table, (size * (1 - EQUAL), ""))
    return next((text for value, text in table[place : place + 1] if abs(value - size) <= EQUAL * size), "")


def _in_digits(size: float, digits: int) -> str:
    short = rounded(size)
    if abs(float(short) - size) <= EQUAL * size:
        return short.replace("e-", "e−")
    if digits <= math.log10(size) < 6:
        return f"{size:.0f}"
    return f"{size:#.{digits}g}".removesuffix(".").replace("e-", "e−")


@cache
def _table() -> list[tuple[float, str]]:
    """Return the closed forms in the order of their values."""
    return sorted(_forms())


def _forms() -> Iterator[tuple[float, str]]:
    for below, most in ((2, 3), (3, 5), (4, 3), (6, 5), (8, 7)):
        yield from ((n / below, f"{n}/{below}") for n in range(1, most + 1) if math.gcd(n, below) == 1)
    for unit, sign in ((math.sqrt(2), "√2"), (math.sqrt(3), "√3"), (math.pi, "π")):
        for below, numerators in ((1, (1, 2, 3, 4)), (2, (1, 3, 5)), (3, (1, 2, 4)), (4, (1, 3)), (6, (1, 5))):
            for n in numerators:
                yield unit * n / below, (f"{n}" if n > 1 else "") + sign + (f"/{below}" if below > 1 else "")
    for unit, sign in ((math.log(2), "ln 2"), (math.log(3), "ln 3"), (math.log(2 + math.sqrt(3)), "ln(2 + √3)")):
        yield from ((unit, sign), (unit / 2, f"½ {sign}"))
    yield from (
        (math.log(1 + math.sqrt(2)), "ln(1 + √2)"),
        (math.e, "e"),
        (1 / math.e, "1/e"),
        (math.exp(-0.5), "1/√e"),
        (math.sqrt(2 / math.e), "√(2/e)"),
        (1 / math.pi, "1/π"),
        (2 / math.pi, "2/π"),
        (math.sqrt(math.pi), "√π"),
        (1 / math.sqrt(math.pi), "1/√π"),
        (2 / math.sqrt(math.pi), "2/√π"),
        (math.sqrt(2 / math.pi), "√(2/π)"),
        (math.sqrt(math.pi / 2), "√(π/2)"),
        (1 / math.sqrt(2 * math.pi), "1/√(2π)"),
        ((1 + math.sqrt(5)) / 2, "(1 + √5)/2"),
        (math.sqrt(5), "√5"),
    )
