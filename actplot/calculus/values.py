"""The numbers of a formula: f and its derivatives, computed in ever more digits and rounded once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from actplot.arrays import numpy as np
from actplot.calculus.differentiate import derivative, expanded, lowered
from actplot.calculus.effort import Effort
from actplot.calculus.narrow import narrowed
from actplot.formula.evaluate import Program
from actplot.formula.nodes import mentions_x

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits
    from actplot.arrays import Array
    from actplot.formula.nodes import Node

QUICKLY = 16  # values of a block that are settled in digits all the same: single points, such as a zero at a kink
ENOUGH = 45  # bits: float32 has 24, and whether it is rounded up or down is seen 20 further on
NOUGHT = 2.0**-200  # an error that matters to no number of float32, the least of which is 2**-149
BLOCK = 4000  # points: as many stay in a processor's cache from step to step
NEAR = (800.0, 1000.0, 1300.0)  # where exponentials have long reached 0 or left float64
FAR = tuple(10.0**power for power in range(200, 306, 21))  # where a tail that has a limit has reached it
SETTLED = 3  # of them: the last ones agree
MOST_BEYOND = 64  # points at which f is beyond float64 and no digits tell its slope; others there are not tried
NEARER = 0.8  # from the first to the last of the near ones, what falls as 1/x comes nearer by 0.62


def constant(formula: Node) -> float:
    """Return the float64 nearest to a formula without x; NaN where it has no value."""
    from actplot.arithmetic.digit_functions import DECIMALS
    from actplot.arithmetic.digits import settle

    read: Program[Digits] = Program((lowered(expanded(formula)),), DECIMALS)
    found = settle(lambda _: read({})[0], 0.0)
    return math.nan if found is None else found + 0.0


class Values:
    """A formula in x alone, written out in elementary functions, as numbers.

    Every value is the float64 nearest to the truth, which the bounds of `actplot.arithmetic` prove; 0 is positive. NaN
    stands where the formula has no value, and where none could be found out: `open` holds those points, and `lost` the
    ones among them at which it is f itself that is not known.
    """

    def __init__(self, formula: Node) -> None:
        """Take the tree of f; its derivatives follow when they are asked for."""
        self.trees = {0: formula}  # by the order of the derivative
        self.open: set[float] = set()
        self.lost: set[float] = set()
        self.effort = Effort()  # of all that is read in digits
        self._programs: dict[object, Program[Any]] = {}
        self._read: dict[int, Callable[[Digits], Digits]] = {}
        self._limits: dict[tuple[float, int], float] = {}
        self._moves: dict[int, bool] = {}  # whether f or a derivative depends on x
        self._level: dict[int, float | None] = {}  # the values of what does not
        self._beyond = 0  # such points so far

    def tree(self, order: int) -> Node:
        """Return the tree of a derivative; f itself is number 0."""
        if order not in self.trees:
            self.trees[order] = derivative(narrowed(self.tree(order - 1)))
        return self.trees[order]

    def __call__(
        self, x: Array, orders: Sequence[int] = (0, 1), quick: bool = False, sure: bool = False
    ) -> list[Array]:
        """Return f and its derivatives of some orders at finite points, shape (n,).

        What double-doubles leave open is settled in digits; where many values are wanted ``quick``, some of it is, and
        the rest is what they come to, or float64 arithmetic where that is nothing: NaN where they are to be
        ``sure`` and digits that float32 has are lost.
        """
        found = [np.empty_like(x) for _ in orders]
        with np.errstate(all="ignore"):
            for start in range(0, len(x), BLOCK):
                block = slice(start, start + BLOCK)
                self._fill(x[block], orders, [part[block] for part in found], quick, sure)
        return found

    def _fill(self, x: Array, orders: Sequence[int], out: Sequence[Array], quick: bool, sure: bool) -> None:
        from actplot.arithmetic.doubles import Doubles
        from actplot.arithmetic.exact import PLAIN, SCALED
        from actplot.arithmetic.scaled import lifted

        numbers = self._program(PLAIN, orders)({"x": Doubles(x)})
        left = np.zeros(x.shape, dtype=np.bool_)
        certain = []
        for number, part in zip(numbers, out, strict=True):
            nearest, decided = number.rounded()
            np.add(nearest, 0.0, out=part)
            certain.append(np.broadcast_to(decided, x.shape))
            left |= ~certain[-1]
        if not left.any():
            return
        again = np.flatnonzero(left)
        numbers = self._program(SCALED, orders)({"x": lifted(Doubles(x[again]))})
        for order, number, part, was in zip(orders, numbers, out, certain, strict=True):
            nearest, decided = (np.broadcast_to(found, again.shape) for found in number.rounded())
            fresh = ~was[again]
            part[again] = np.where(fresh, nearest + 0.0, part[again])
            hard = again[fresh & ~decided]
            if hard.size:
                if quick:
                    likely = np.where(fresh & ~decided, nearest, 0.0)[np.searchsorted(again, hard)]
                    part[hard] = np.where(~np.isfinite(likely), self.plain(x[hard], (order,))[0], likely)
                    if sure:
                        known = number.known_to(ENOUGH, NOUGHT, again.shape)[np.searchsorted(again, hard)]
                        part[hard[~known & np.isfinite(likely)]] = np.nan
                        hard = hard[~known]
                    hard = hard[:: -(-hard.size // QUICKLY) or 1]
                beyond = np.isinf(out[0][hard]) if order and not orders[0] else np.zeros(hard.shape, np.bool_)
                part[hard] = [
                    self.settled(point, order, lost)
                    for point, lost in zip(x[hard].tolist(), beyond.tolist(), strict=True)
                ]

    def least(self, x: Array) -> Array:
        """Return how large |f| is at least, by the bounds of double-doubles; 0 where it may be nothing or undefined."""
        from actplot.arithmetic.doubles import Doubles
        from actplot.arithmetic.exact import SCALED
        from actplot.arithmetic.scaled import lifted

        with np.errstate(all="ignore"):
            (number,) = self._program(SCALED, (0,))({"x": lifted(Doubles(x))})
            return np.broadcast_to(number.least(), x.shape)

    def settled(self, x: float, order: int, beyond: bool = False) -> float:
        """Return one value, in as many digits as it takes; NaN where it stays open.

        The slope of an f that is ``beyond`` float64 is worth ever fewer digits, the more such slopes have stayed open.
        """
        from actplot.arithmetic.digits import FEWEST, MOST, settle

        if order not in self._moves:
            self._moves[order] = mentions_x(self.tree(order))
        if not self._moves[order] and order not in self._level:
            self._level[order] = settle(self.read(order), x)
        found = None
        if not self._moves[order]:
            found = self._level[order]
        elif not beyond or self._beyond < MOST_BEYOND:
            found = settle(self.read(order), x, max(FEWEST, MOST >> self._beyond) if beyond else MOST)
        if found is None:
            self._beyond += beyond
            self.open.add(x)
            if not order:
                self.lost.add(x)
            return math.nan
        return found + 0.0

    def read(self, order: int) -> Callable[[Digits], Digits]:
        """Return f or a derivative in as many digits as are at work."""
        from actplot.arithmetic.digit_functions import DECIMALS

        if order not in self._read:
            self._read[order] = self.effort.counted(Program((lowered(self.tree(order)),), DECIMALS))
        return self._read[order]

    def _program(self, tier: Any, orders: Sequence[int]) -> Program[Any]:
        key = tier, tuple(orders)
        if key not in self._programs:
            trees = [lowered(self.tree(order)) for order in orders]
            self._programs[key] = Program(trees, tier, keep=True)
        return self._programs[key]

    def limit(self, side: float, order: int) -> float:
        """Return what f or a derivative tends to at an infinity; NaN where that is not known.

        That is what values a little way out agree on, if float64 arithmetic farther out does not object; else what
        float64 makes of infinity itself, if the values are on their way there; else what values far out tell.
        """
        from actplot.calculus.far import is_borne_out

        sign = math.copysign(1.0, side)
        if (sign, order) not in self._limits:
            with np.errstate(all="ignore"):
                end = self._limit(sign, order) + 0.0
                self._limits[sign, order] = end if is_borne_out(end, self, sign, order) else math.nan
        return self._limits[sign, order]

    def _limit(self, sign: float, order: int) -> float:
        near = self._known(sign * np.array(NEAR), order)
        plain = self.plain(sign * np.array([*FAR, math.inf]), (order,))[0]
        settled = float(near[-1])
        silent = np.isfinite(settled) & ~np.isfinite(plain)  # whatever overflows can say nothing of a finite limit
        if np.all(near == settled) and np.all((plain == settled) | silent):
            return settled
        if not math.isnan(end := float(plain[-1])) and _approaches(near, end):
            return end
        far = self._known(sign * np.array(FAR), order)
        if np.all(far[-SETTLED:] == far[-1]):
            return float(far[-1])
        size = np.diff(np.abs(far))
        if np.all(size < 0.0):
            return 0.0
        return (
            math.copysign(math.inf, far[-1])
            if np.all(size > 0.0) and _approaches(far, far[-1] * math.inf)
            else math.nan
        )

    def _known(self, x: Array, order: int) -> Array:
        """Return values in order; where the last is not known the others tell nothing, and are NaN too."""
        asked = set(self.open), set(self.lost)
        last = self(x[-1:], (order,))[0]
        found = np.full(x.shape, np.nan) if np.isnan(last[0]) else np.append(self(x[:-1], (order,))[0], last)
        self.open, self.lost = asked  # nobody asks for these points
        return found

    def plain(self, x: Array, orders: Sequence[int] = (0, 1)) -> list[Array]:
        """Return the same in plain float64 arithmetic, as a textbook's formula is usually computed: fast, not exact."""
        from actplot.calculus.plain import FLOATS

        key = "plain", tuple(orders)
        if key not in self._programs:
            self._programs[key] = Program([self.tree(order) for order in orders], FLOATS)
        with np.errstate(all="ignore"):
            found = self._programs[key]({"x": x})
        return [np.broadcast_to(part, x.shape).astype(np.float64) for part in found]

    @cached_property
    def work(self) -> int:
        """The number of different operations of f."""
        from actplot.calculus.plain import FLOATS

        return len(Program((self.trees[0],), FLOATS))


def _approaches(values: Array, end: float) -> bool:
    """Say whether values come ever nearer to a number, or to an infinity."""
    if math.isinf(end):
        return bool(np.all(np.sign(values) == math.copysign(1.0, end)) and np.all(np.diff(np.abs(values)) > 0.0))
    distance = np.abs(values - end)
    return bool(np.all(np.diff(distance) < 0.0) and distance[-1] < NEARER * distance[0])
