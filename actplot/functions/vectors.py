"""The outputs of a function of all logits at a point, and their slopes: each is a formula of x like any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, reduce

from actplot.activations.vectors import COUNT, GAP, OTHER, OWN, VECTORS, Vector
from actplot.arrays import numpy as np
from actplot.calculus.differentiate import expanded
from actplot.calculus.values import Values
from actplot.errors import UsageError
from actplot.formula.evaluate import ARITHMETIC, compiled
from actplot.formula.nodes import Binary, Name, Node
from actplot.formula.parse import parse
from actplot.formula.rewrite import folded, number_node, substitute
from actplot.functions.activation import Activation
from actplot.functions.parametrised import X

Members = frozenset[int]  # the places of the inputs that take part


def vector_of(activation: Activation, count: int) -> Vector:
    """Return the function of ``count`` logits that an activation shows as one of them moves.

    Raises
    ------
    UsageError
        Where it shows none, or of another number of logits.

    """
    found = VECTORS.get(activation.name)
    if found is None:
        raise UsageError(f"{activation.name} has no Jacobian to show; --jacobian is for {', '.join(VECTORS)}")
    for key in activation.changed:
        if activation.values[key] != count:
            raise UsageError(
                f"{activation.name} has {activation.values[key]:g} logits where {key} is that, and --jacobian names "
                f"{count}; leave out {key}"
            )
    return found


@dataclass(frozen=True)
class AtPoint:
    """A function of several logits near some; equal ``x`` share an output."""

    vector: Vector
    x: tuple[float, ...]

    @cached_property
    def members(self) -> Members:
        """The places of the inputs that take part."""
        return frozenset(place for place, reach in enumerate(self._reaches) if reach < 1)

    @cached_property
    def edge(self) -> Members:
        """The places of those that would take part if they were larger by anything at all."""
        return frozenset(place for place, reach in enumerate(self._reaches) if reach == 1)

    @cached_property
    def _reaches(self) -> list[Fraction]:
        exact = [Fraction(value) for value in self.x]
        if not self.vector.reach:
            return [Fraction(0)] * len(exact)
        reach = _reach(self.vector.reach)
        return [sum((reach(above - own) for above in exact if above > own), Fraction(0)) for own in exact]

    def value(self, place: int) -> float:
        """Return an output, the float64 nearest to the truth."""
        return self._pair(place, place, self.members)[0]

    def slopes(self, place: int, moving: int) -> tuple[float, float]:
        """Return the slope of an output as one input moves, from the left and from the right."""
        # As an input of those that take part falls the others gain, and those at the edge come in.
        left = self.members | self.edge if moving in self.members else self.members
        right = self.members | {moving} if moving in self.edge else self.members
        return self._pair(place, moving, left)[1], self._pair(place, moving, right)[1]

    def _pair(self, place: int, moving: int, members: Members) -> tuple[float, float]:
        if place not in members or moving not in members | {place}:
            own = self._pair(place, place, members)[0] if place in members else 0.0
            return own, 0.0
        return _pair(self, place, moving, members)

    def tree(self, place: int, moving: int, members: Members) -> Node:
        """Return the formula of an output in one input, x, the others at their values."""
        inputs = {k: Name(X) if k == moving else number_node(value) for k, value in enumerate(self.x)}
        output, terms = self.vector.trees

        def summed(term: Node) -> Node:
            parts = [substitute(term, {OWN: inputs[place], OTHER: inputs[k]}) for k in sorted(members)]
            return reduce(lambda left, right: Binary("+", left, right), parts)

        sums = {name: summed(term) for name, term in terms.items()}
        return folded(substitute(output, {**sums, OWN: inputs[place], COUNT: number_node(float(len(members)))}))


@lru_cache(maxsize=1024)
def _pair(at: AtPoint, place: int, moving: int, members: Members) -> tuple[float, float]:
    values = Values(expanded(at.tree(place, moving, members)))
    f, df = values(np.array([at.x[moving]]))
    return float(f[0]), float(df[0])


def _reach(text: str) -> Callable[[Fraction], Fraction]:
    """Return a formula in the gap, read over fractions, in which nothing is rounded."""
    read = compiled(parse(text), _Fractions())
    return lambda gap: read({GAP: gap})


class _Fractions:
    """The algebra of fractions, for formulas of arithmetic alone."""

    def number(self, value: float) -> Fraction:
        return Fraction(value)

    def pi(self) -> Fraction:
        raise NotImplementedError

    def operator(self, symbol: str) -> Callable[[Fraction, Fraction], Fraction]:
        apply: Callable[[Fraction, Fraction], Fraction] = ARITHMETIC[symbol]
        return apply

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Fraction, ...],
        then: Callable[[], Fraction],
        otherwise: Callable[[], Fraction],
    ) -> Fraction:
        raise NotImplementedError

    def function(self, name: str) -> Callable[..., Fraction]:
        raise NotImplementedError


def check_logits(x: Sequence[float], most: int) -> tuple[float, ...]:
    """Return the logits of a point where they are some.

    Raises
    ------
    UsageError
        For fewer than two, more than so many, or what is not finite.

    """
    if not 2 <= len(x) <= most:
        raise UsageError(f"--jacobian names {len(x)} logit{'s' * (len(x) != 1)}; give 2 to {most}, such as 1,2,3")
    if not all(map(np.isfinite, x)):
        raise UsageError("--jacobian has a logit that is not finite; give ordinary numbers")
    return tuple(float(value) + 0.0 for value in x)
