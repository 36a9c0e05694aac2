"""A formula as a person would write it: products with one number in front, sums without double signs.

What is written is the same function with the same domain: numbers are multiplied where that is exact, and nothing that
mentions x is cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial, reduce
from math import gcd

from actplot.formula.nodes import Binary, Name, Negate, Node, Number, is_written_in
from actplot.formula.rewrite import ONE, number_node, rewritten

WHOLE = 1e6  # a number of more digits than six is not written in full
MOST = 400  # nodes
LONGEST = 8  # signs of a number that is the product of others


def tidied(node: Node, product: type[Product] | None = None) -> Node:
    """Return a formula with its products and sums put in order; one that would fill a page is left as it is.

    ``product`` is what reads the numbers in products and writes what they come to; by default their exact values count.
    """
    return rewritten(node, partial(_rule, product or Product)) if is_written_in(MOST, node) else node


def _rule(product: type[Product], node: Node) -> Node:
    match node:
        case Binary("*" | "/") | Negate():
            found = product()
            found.take(node)
            return found.node() or node
        case Binary("+" | "-", a, b) if (summed := _summed(node.operator, a, b)) is not None:
            return summed
        case Binary("+", a, b) if (taken := _without_sign(b)) is not None:
            return Binary("-", a, taken)
        case Binary("-", a, b) if (taken := _without_sign(b)) is not None:
            return Binary("+", a, taken)
        case Binary("+", a, b) if (taken := _without_sign(a)) is not None:
            return Binary("-", b, taken)
        case _:
            return node


def _summed(sign: str, a: Node, b: Node) -> Node | None:
    """Return what two whole numbers come to, or one and that at the end of a sum; None where that is not positive."""
    match a, b:
        case Number(one), Number(other) if one.is_integer() and other.is_integer():
            whole = one + other if sign == "+" else one - other
            return Number(whole, f"{whole:g}") if 0 < whole < WHOLE else None
        case Binary("+", first, Number() as last), Number() if (total := _summed(sign, last, b)) is not None:
            return Binary("+", first, total)
        case _:
            return None


def _without_sign(node: Node) -> Node | None:
    """Return a product without the minus sign before it; None where there is none."""
    match node:
        case Negate(inner):
            return inner
        case Binary("*" | "/" as operator, a, b) if (taken := _without_sign(a)) is not None:
            return b if operator == "*" and taken == ONE else Binary(operator, taken, b)
        case _:
            return None


@dataclass
class Product:
    """A product over another, their numbers apart."""

    negative: bool = False
    numbers: list[Fraction] = field(default_factory=lambda: [Fraction(1), Fraction(1)])
    factors: tuple[list[Node], list[Node]] = field(default_factory=lambda: ([], []))

    def take(self, node: Node, below: bool = False) -> None:
        """Multiply by a factor, or divide by it."""
        match node:
            case Number(value) if value == value and abs(value) not in (0.0, float("inf")):
                self.numbers[below] *= self.value(node)
                self.negative ^= value < 0
            case Negate(inner):
                self.negative ^= True
                self.take(inner, below)
            case Binary("*", a, b):
                self.take(a, below)
                self.take(b, below)
            case Binary("/", a, b):
                self.take(a, below)
                self.take(b, not below)
            case _:
                self.factors[below].append(node)

    def node(self) -> Node | None:
        """Return the product, None where its numbers make none that is written in a few signs."""
        over, under = self.numbers
        if over.denominator == under.denominator == 1:
            common = gcd(over.numerator, under.numerator)
            over, under = over / common, under / common
        elif self.written(over / under):
            over, under = over / under, Fraction(1)
        above, below = self.written(over), self.written(under)
        if above is None or below is None:
            return None
        # Parameters and x come before calls, as people write them.
        first, last = ([f for f in self.factors[0] if isinstance(f, Name) is plain] for plain in (True, False))
        leading, *others = [*([above] if above != ONE else []), *first, *last] or [ONE]
        top = _multiplied([Negate(leading) if self.negative else leading, *others])
        bottom = _multiplied([*([below] if below != ONE else []), *self.factors[1]])
        return top if bottom == ONE else Binary("/", top, bottom)

    def value(self, number: Number) -> Fraction:
        """Return a number's absolute value."""
        return Fraction(abs(number.value))

    def written(self, value: Fraction) -> Number | None:
        """Return a number that stands for exactly this, in a few signs."""
        size = float(value)
        if Fraction(size) != value:
            return None
        node = number_node(size)
        return node if isinstance(node, Number) and len(node.text) <= LONGEST else None


def _multiplied(factors: list[Node]) -> Node:
    return reduce(lambda a, b: Binary("*", a, b), factors) if factors else ONE
