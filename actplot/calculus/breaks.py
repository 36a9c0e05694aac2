"""Find where a formula breaks: the exact places at which it becomes another expression, or leaves its domain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, getcontext
from functools import cached_property
from typing import TYPE_CHECKING

from actplot.calculus.differentiate import derivative, lowered
from actplot.calculus.effort import Effort
from actplot.formula.evaluate import Program
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Name, Node, Number, mentions_x, parts
from actplot.formula.rewrite import ZERO, number_node

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits

CERTAIN = 160  # digits in which a place that is a float64 shows: a product of two has 107
FAR = 4  # from one end to the other; what lies farther apart is halved in its size
TINY = Decimal("1e-330")  # nearer to zero than any float64
BESIDE = 1e-30  # nearer to zero than this nothing is told from it by so many digits
HUMPS = 20  # halvings after which what still grows towards a place is no hump
STEPS = 300  # each halves the ends at least, or the size of what lies between
SURE = 60  # digits of a place before anybody asks for more

Place = Callable[[], "Digits"]
Read = Callable[["Digits"], "Digits"]


def sites(tree: Node) -> tuple[Node, ...]:
    """Return everything whose sign a formula in elementary functions decides by, or whose zeros it can't take.

    What is level but for its own steps passes zero nowhere else.
    """
    return tuple(site for node in parts(tree) for site in _of(node) if mentions_x(site) and derivative(site) != ZERO)


def _of(node: Node) -> Iterator[Node]:
    match node:
        case Choice(condition):
            for a, b in zip(condition.operands, condition.operands[1:], strict=False):
                yield Binary("-", a, b)
        case Call("min" | "max", (a, b)):
            yield Binary("-", a, b)
        case Call("abs" | "sign", (a,)) | Binary("/", _, a):
            yield a
        case Call("floor", (a,)):  # it steps where its argument passes a whole number
            yield Call("sin", (Binary("*", Name("pi"), a),))
        case Call("tan", (a,)):
            yield Call("cos", (a,))
        case Call(name, (a,)) if (end := ELEMENTARY[name].domain) is not None:
            yield a if end == 0 else Binary("-", a, number_node(end))
        case Binary("**", a, Number(value)) if value >= 0 and value.is_integer():
            return
        case Binary("**", a, _):
            yield a


class Sites:
    """Formulas that pass zero where others break or turn, in digits."""

    def __init__(self, trees: Sequence[Node], effort: Effort | None = None) -> None:
        """Take formulas in x alone, in elementary functions, and what counts how often they are read."""
        self.trees = trees
        self._effort = effort or Effort()

    @cached_property
    def _programs(self) -> tuple[Read, ...]:
        return tuple(self._program(tree) for tree in self.trees)

    @cached_property
    def _slopes(self) -> tuple[Read, ...]:
        return tuple(self._program(derivative(tree)) for tree in self.trees)

    def _program(self, tree: Node) -> Read:
        from actplot.arithmetic.digit_functions import DECIMALS

        return self._effort.counted(Program((lowered(tree),), DECIMALS))

    def places(self, low: float, high: float) -> Iterator[Place]:
        """Yield where a site passes zero between two points, or, if none does, where one touches it."""
        if low == high:
            yield _fixed(low)
            return
        a, b = Decimal(low), Decimal(high)
        inside = [(read, *_inside(read, low, high)) for read in self._programs]
        for end in dict.fromkeys(end for _, first, last in inside for end in (low, high) if end not in (first, last)):
            yield _fixed(end)
        between = [(read, Decimal(first), Decimal(last)) for read, first, last in inside if first < last]
        passing = [each for each in between if _passes(*each)]
        touching = [] if passing else [i for i, read in enumerate(self._slopes) if _passes(read, a, b)]
        for read, first, last in passing:
            yield _fixed(0.0) if _vanishes(read, first, last) else _exactly(read, _Zero(read, first, last))
        for i in touching:
            if _vanishes(self._programs[i], a, b):
                yield _fixed(0.0)
                continue
            zero = _Zero(self._slopes[i], a, b)
            place = _exactly(self._programs[i], zero)
            if _is_zero(self._programs[i], place, SURE):
                yield place


def _fixed(x: float) -> Place:
    from actplot.arithmetic.digits import exactly

    return lambda: exactly(x)


def _sign(read: Read, x: Digits) -> int | None:
    """Return the sign of a site, 0 where the digits at work can't tell it from zero, None where it has no value."""
    from actplot.arithmetic.digits import Open

    try:
        number = read(x)
    except Open:
        return None
    if number.low.is_nan():
        return None
    return 1 if number.low > 0 else -1 if number.high < 0 else 0


def _passes(read: Read, a: Decimal, b: Decimal) -> bool:
    from actplot.arithmetic.digits import Digits, working

    with working(SURE):
        signs = _sign(read, Digits(a)), _sign(read, Digits(b))
    return (None not in signs and signs[0] != signs[1]) or signs == (0, 0)


def _inside(read: Read, low: float, high: float) -> tuple[float, float]:
    """Return the ends of a stretch, each moved inside by a float64 where a site is zero at it: it may be so again."""
    first = math.nextafter(low, high) if _is_certainly_zero(read, low) else low
    last = math.nextafter(high, low) if _is_certainly_zero(read, high) else high
    return first, last


def _is_certainly_zero(read: Read, x: float) -> bool:
    """Say whether a site is zero at a float64; beside zero powers of x are as small as nothing."""
    return BESIDE < abs(x) < math.inf and _is_zero(read, _fixed(x), CERTAIN)


def _is_zero(read: Read, place: Place, digits: int) -> bool:
    from actplot.arithmetic.digits import working

    with working(digits):
        return _sign(read, place()) == 0


def _vanishes(read: Read, a: Decimal, b: Decimal) -> bool:
    """Say whether a site is zero at x = 0, between two points."""
    return a < 0 < b and _is_zero(read, _fixed(0.0), CERTAIN)


def _exactly(read: Read, zero: Place) -> Place:
    """Return a place as the float64 that it is, or as it stands."""
    from actplot.arithmetic.digits import working

    with working(SURE):
        number = zero()
        nearest = float((number.low + number.high) / 2) + 0.0
    return _fixed(nearest) if _is_zero(read, _fixed(nearest), CERTAIN) else zero


class _Zero:
    """A zero of a site between two points, to as many digits as are at work."""

    def __init__(self, read: Read, low: Decimal, high: Decimal) -> None:
        self._read = read
        self._ends = low, high
        self._near = low, high  # the same, once the zero is known to some digits
        self._pole = False  # whether the sign changes at a pole, of which the reciprocal has a zero
        self._known: dict[int, Digits] = {}

    def __call__(self) -> Digits:
        """Return the place."""
        digits = getcontext().prec
        if digits not in self._known:
            self._known[digits] = self._found(digits)
        return self._known[digits]

    def _value(self, x: Decimal) -> tuple[Decimal, bool]:
        """Return the site, and whether it may be zero."""
        from actplot.arithmetic.digits import Digits, Open

        try:
            number = self._read(Digits(x))
        except Open:  # some sign inside can't be told, so near is x to the zero
            return Decimal(0), True
        middle = (number.low + number.high) / 2
        return 1 / middle if self._pole and middle else middle, number.low <= 0 <= number.high

    def _found(self, digits: int) -> Digits:
        """Narrow the ends by Ridders' method (1979) until the site can't be told from zero, or x no longer moves."""
        from actplot.arithmetic.digits import Digits, working

        with working(digits + 25):
            a, u, b, v = self._bracket()
            x = before = a
            grown = 0
            for _ in range(STEPS):
                apart = a * b > 0 and max(a / b, b / a) > FAR
                middle = (a * b).sqrt().copy_sign(a) if apart else (a + b) / 2
                w, zero = self._value(middle)
                if not self._pole and abs(w) > max(abs(u), abs(v)):  # a hump beside the place, or a pole
                    if grown < HUMPS:
                        grown += 1
                        a, u, b, v = (middle, w, b, v) if (w > 0) == (u > 0) else (a, u, middle, w)
                        continue
                    self._pole = True
                    u, v, w = 1 / u, 1 / v, 1 / w
                root = (w * w - u * v).sqrt()
                if zero or not root:
                    x = middle
                    break
                if apart:
                    a, u, b, v = (middle, w, b, v) if (w > 0) == (u > 0) else (a, u, middle, w)
                    continue
                x = middle + (middle - a) * (w if u > v else -w) / root
                y, zero = self._value(x)
                if zero or abs(x - before) < abs(x).scaleb(-digits):
                    break
                before = x
                if (w > 0) != (y > 0):
                    a, u, b, v = (middle, w, x, y) if middle < x else (x, y, middle, w)
                else:
                    a, u, b, v = (a, u, x, y) if (u > 0) != (y > 0) else (x, y, b, v)
            room = abs(x).scaleb(-digits)
            self._near = x - room, x + room
            return Digits(x - room, x + room)

    def _bracket(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Return two ends, each with its value, that the site passes zero between: the nearest that are known."""
        for a, b in (self._near, self._ends):
            (u, nil), (v, none) = self._value(a), self._value(b)
            if not (nil or none) and (u > 0) != (v > 0):
                break
        if a < 0 < b:  # on one side of zero the size can be halved
            for tiny in (-TINY, TINY):
                w, nought = self._value(tiny)
                if not nought and tiny < 0 and (w > 0) != (u > 0):
                    return a, u, tiny, w
                if not nought and tiny > 0 and (w > 0) != (v > 0):
                    return tiny, w, b, v
        return a, u, b, v
