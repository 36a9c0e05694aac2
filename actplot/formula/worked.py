"""A formula whose numbers are worked out as its reader would: 1 - 0.25 is 0.75, and (1/8 + 1/3)/2 is 11/48.

What is made is to be looked at: numbers count as they are written, not as the float64 nearest to them.
"""

from __future__ import annotations

import math
from fractions import Fraction

from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Name, Negate, Node, Number, calls_in, is_written_in, parts
from actplot.formula.rewrite import ONE, ZERO, folded, number_node, rewritten
from actplot.formula.tidying import MOST, Product, tidied

DIGITS = 6  # of a number that is shown
LARGEST = 100  # of what stands below the bar of a fraction
HIGHEST = 10  # the exponent of a number that is raised
_EVEN = ("cosh", "sech", "cos")
_ODD = ("tanh", "sinh", "erf", "atan", "asinh", "sin", "tan", "cbrt")
_KNOWN = {**dict.fromkeys((*_ODD, "expm1", "log1p"), ZERO), **dict.fromkeys((*_EVEN, "exp"), ONE)}  # at 0


def shown(value: float) -> Node:
    """Return how a parameter's value is written: in six digits, or as the fraction that it is if they are too few."""
    if math.isfinite(value) and float(f"{value:.{DIGITS}g}") != value:
        near = Fraction(value).limit_denominator(LARGEST)
        if near and float(near) == value:
            return _fraction(near)
    return number_node(value, f"{abs(value):g}")


def worked_out(node: Node) -> Node:
    """Return a formula with its numbers worked out where that leaves few digits, or a fraction of small numbers."""
    return folded(tidied(rewritten(node, _rule), _Written)) if is_written_in(MOST, node) else node


def _rule(node: Node) -> Node:
    """Return a node over parts that are worked out."""
    match node:
        case Binary("+", a, Binary("+" | "-" as sign, b, c)):  # a + (b - c) needs no brackets
            return _rule(Binary(sign, _rule(Binary("+", a, b)), c))
        case Binary("+" | "-" as outer, Binary("+" | "-" as inner, a, b), c):
            one, other = _constant(b), _constant(c)
            if one is not None and other is not None:
                total = (one if inner == "+" else -one) + (other if outer == "+" else -other)
                last = _number(total, (b, c), mixed=True)
                return folded(Binary("+", a, last)) if last else node
        case Binary("**", base, Number(value=0)) if _is_everywhere(base):
            return ONE
        case Binary("**", Binary("**", base, Number(a)), Number(b)) if _is_small(a) and _is_small(b):
            return Binary("**", base, number_node(a * b))
        case Binary(operator, a, b):
            left, right = _constant(a), _constant(b)
            if left is not None and right is not None and (value := _reckoned(operator, left, right)) is not None:
                return _number(value, (a, b), mixed=operator in "+-") or node
        case Call(name, (argument,), ()) if (value := _constant(argument)) is not None:
            return _called(node, name, argument, value)
    return node


def _constant(node: Node) -> Fraction | None:
    """Return the number that a node is, as its digits have it; None for what is more than a number or a fraction."""
    match node:
        case Number(value, text):
            return Fraction(text) if math.isfinite(value) else None
        case Negate(operand):
            return None if (inner := _constant(operand)) is None else -inner
        case Binary("/", Number(text=above), Number(value, below)) if value:
            return Fraction(above) / Fraction(below)
        case _:
            return None


def _reckoned(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
        case _ if right.denominator == 1 and abs(right) <= HIGHEST and left:
            return left ** int(right)
        case _:
            return None


def _called(node: Node, name: str, argument: Node, value: Fraction) -> Node:
    """Return what a function is at 0, or the root of a square; at a negative number an even or odd one at its size."""
    if value == 0:
        return _KNOWN.get(name, node)
    if name == "sqrt" and value > 0:
        root = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
        return (_number(root, (argument,)) or node) if root**2 == value else node
    if value < 0 and name in (*_EVEN, *_ODD):
        positive = Call(name, (_negated(argument),))
        return positive if name in _EVEN else Negate(positive)
    return node


def _is_small(exponent: float) -> bool:
    return exponent.is_integer() and 0 < exponent <= HIGHEST


def _is_everywhere(node: Node) -> bool:
    """Say whether a formula plainly has a value at every x."""
    divides = any(isinstance(part, Binary) and part.operator in ("/", "**") for part in parts(node))
    return not divides and all(name in ELEMENTARY and ELEMENTARY[name].domain is None for name in calls_in(node))


def _number(value: Fraction, written: tuple[Node, ...], mixed: bool = False) -> Node | None:
    """Return a number that was reckoned from others: a decimal if one of them was; None if it would be long.

    A ``mixed`` number, 3 + 1/2 say, is a decimal too.
    """
    if (decimal := _decimal(abs(value))) and (
        value.denominator == 1 or (mixed and abs(value) > 1) or any(map(_is_decimal, written))
    ):
        return number_node(float(value), decimal)
    return _fraction(value) if value.denominator <= LARGEST and abs(value.numerator) <= LARGEST else None


def _decimal(value: Fraction) -> str:
    """Return a number in few digits; nothing where that would not be the same."""
    if value >= 10**DIGITS:
        return ""
    text = f"{float(value):.{DIGITS}g}"
    return text if "e" not in text and Fraction(text) == value else ""


def _is_decimal(node: Node) -> bool:
    return any(isinstance(part, Number) and not part.text.isdigit() for part in parts(node))


def _fraction(value: Fraction) -> Node:
    over = number_node(float(abs(value.numerator)))
    size = over if value.denominator == 1 else Binary("/", over, number_node(float(value.denominator)))
    return Negate(size) if value < 0 else size


def _negated(node: Node) -> Node:
    return node.operand if isinstance(node, Negate) else Negate(node)


class _Written(Product):
    """A product whose numbers count as they are written, and in which x over a power of x is a lower power."""

    def node(self) -> Node | None:
        """Return the product, None where its numbers make none that is written in a few signs."""
        above, below = self.factors
        for place, factor in enumerate(below):
            match factor:
                case Binary("**", Name(name), Number(power)) if (
                    power > 1 and power.is_integer() and Name(name) in above
                ):
                    above.remove(Name(name))
                    below[place] = folded(Binary("**", Name(name), number_node(power - 1)))
        return super().node()

    def value(self, number: Number) -> Fraction:
        """Return a number's absolute value."""
        return abs(Fraction(number.text))

    def written(self, value: Fraction) -> Number | None:
        """Return a number that is written in few digits."""
        return Number(float(value), decimal) if (decimal := _decimal(value)) else None
