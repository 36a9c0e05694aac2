"""How much work it has been to read formulas in digits, counted rather than timed, so that every run ends alike."""

from __future__ import annotations

from collections.abc import Callable
from decimal import getcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actplot.arithmetic.digits import Digits
    from actplot.formula.evaluate import Program

PLAIN = 40  # digits of an operation that counts as one
GROWTH = 1.5  # the work grows as this power of the digits: a product as their square, much around it not at all


class Effort:
    """A sum of operations in digits."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.spent = 0.0

    def counted(self, program: Program[Digits]) -> Callable[[Digits], Digits]:
        """Return a formula in x, each reading of which counts by its operations and the digits at work."""

        def read(x: Digits) -> Digits:
            self.spent += len(program) * (getcontext().prec / PLAIN) ** GROWTH
            return program({"x": x})[0]

        return read
