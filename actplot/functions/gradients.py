"""What frameworks take for the slope of a formula at a point: automatic differentiation by the rules that each has.

The formula is read as it stands, over float64 numbers with their slopes. Where its operations have a slope, that is the
same for all; they differ where two arguments tie, at the zero of abs, and at the kinks of functions of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from actplot.activations.declaration import DECLARATIONS
from actplot.formula.evaluate import ARITHMETIC, COMPARE, compiled
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Call, Name, Node
from actplot.formula.parse import parse
from actplot.formula.scalar import evaluate_float
from actplot.functions.binding import bind


@dataclass(frozen=True)
class Ties:
    """A framework's rules where its operations have no slope.

    Attributes
    ----------
    first
        The share of the first argument in the slope of max and min, where both are equal.
    abs_at_zero
        The slope of abs at 0.
    clip_passes
        Whether clip hands the slope on at its limits, or is a min of a max, and shares it as they do.

    """

    first: float
    abs_at_zero: float
    clip_passes: bool


# As their sources have it: torch's derivatives.yaml, TensorFlow's math_grad.py, jax's lax.py and numpy's clip there.
TIES = {"torch": Ties(0.5, 0.0, True), "tensorflow": Ties(1.0, 0.0, True), "jax": Ties(0.5, 1.0, False)}


class UnknownSlopeError(LookupError):
    """What a framework takes for some part of a formula is not known; the message names the part."""


@dataclass(frozen=True)
class Taken(Mapping[str, float]):
    """What each framework takes for f' of a formula at a point, found when it is asked for.

    A KeyError is raised for what is not known; it names the part of the formula that it is about.
    """

    tree: Node
    x: float

    def __getitem__(self, framework: str) -> float:
        """Return the slope in a framework."""
        if framework not in TIES:
            raise KeyError(framework)
        try:
            return slope_in(framework, self.tree, self.x)
        except UnknownSlopeError as problem:
            raise KeyError(str(problem)) from None

    def __iter__(self) -> Iterator[str]:
        """Yield the frameworks of which it is known."""
        for framework in TIES:
            try:
                self[framework]
            except KeyError:
                continue
            yield framework

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)


def slope_in(framework: str, tree: Node, x: float) -> float:
    """Return what a framework makes of the slope of a formula in x alone.

    Raises
    ------
    UnknownSlopeError
        Where a part has a kink there of which its choice is not known, or arithmetic with infinities decides.

    """
    try:
        slope = compiled(tree, _Duals(framework))({"x": Dual(x, 1.0)}).slope
    except (ArithmeticError, ValueError):
        slope = math.nan
    if not math.isfinite(slope):
        raise UnknownSlopeError("a part without a finite slope there")
    return slope + 0.0


@dataclass(frozen=True)
class Dual:
    """A number and its slope."""

    value: float
    slope: float

    def __neg__(self) -> Dual:
        """Return the negative."""
        return Dual(-self.value, -self.slope)


class _Duals:
    """The algebra of numbers with slopes, by the rules of one framework."""

    def __init__(self, framework: str) -> None:
        self._framework = framework
        self._ties = TIES[framework]

    def number(self, value: float) -> Dual:
        return Dual(value, 0.0)

    def pi(self) -> Dual:
        return Dual(math.pi, 0.0)

    def operator(self, symbol: str) -> Callable[[Dual, Dual], Dual]:
        return _OPERATORS[symbol]

    def choose(
        self,
        operators: tuple[str, ...],
        operands: tuple[Dual, ...],
        then: Callable[[], Dual],
        otherwise: Callable[[], Dual],
    ) -> Dual:
        values = [operand.value for operand in operands]
        holds = all(COMPARE[symbol](a, b) for symbol, a, b in zip(operators, values, values[1:], strict=False))
        # What is not taken has a share of 0 in the slope, and 0 times what is not finite is nothing that is known.
        left = (otherwise if holds else then)()
        if not math.isfinite(left.slope):
            raise ArithmeticError
        return (then if holds else otherwise)()

    def function(self, name: str) -> Callable[..., Dual]:
        own: dict[str, Callable[..., Dual]] = {
            "max": lambda u, v: self._larger(u, v, u.value - v.value),
            "min": lambda u, v: self._larger(u, v, v.value - u.value),
            "clip": self._clip,
            "abs": self._abs,
            "logaddexp": _logaddexp,
        }
        if name in own:
            return own[name]
        record = ELEMENTARY.get(name)
        if record is None:
            return lambda u, **parameters: self._activation(name, u, parameters)
        if not record.slope:
            read = compiled(parse(record.meaning), self)
            return lambda *arguments: read(dict(zip("uvw", arguments, strict=False)))
        value, slope = Call(name, (Name("u"),)), parse(record.slope)
        return lambda u: Dual(
            evaluate_float(value, {"u": u.value}),
            evaluate_float(slope, {"u": u.value}) * u.slope,
        )

    def _larger(self, u: Dual, v: Dual, lead: float) -> Dual:
        """Return the argument that leads; where none does, the first with its share of both slopes."""
        if lead:
            return u if lead > 0 else v
        return Dual(u.value, self._ties.first * u.slope + (1.0 - self._ties.first) * v.slope)

    def _clip(self, u: Dual, low: Dual, high: Dual) -> Dual:
        if self._ties.clip_passes:
            return low if u.value < low.value else high if u.value > high.value else u
        raised = self._larger(u, low, u.value - low.value)
        return self._larger(raised, high, high.value - raised.value)

    def _abs(self, u: Dual) -> Dual:
        sign = math.copysign(1.0, u.value) if u.value else self._ties.abs_at_zero
        return Dual(abs(u.value), sign * u.slope)

    def _activation(self, name: str, u: Dual, parameters: Mapping[str, Dual]) -> Dual:
        """Return a function of the catalogue, at whose kinks a framework takes what is declared."""
        activation = bind(DECLARATIONS[name], {key: value.value for key, value in parameters.items()})
        value, slope = activation.value_and_slope(u.value)
        for kink in activation.kinks:
            if kink.x == u.value:
                if self._framework not in kink.frameworks:
                    raise UnknownSlopeError(f"{name} at {kink.x:g}")
                slope = kink.frameworks[self._framework]
        return Dual(value, slope * u.slope)


def _times(u: Dual, v: Dual) -> Dual:
    return Dual(u.value * v.value, u.slope * v.value + u.value * v.slope)


def _over(u: Dual, v: Dual) -> Dual:
    return Dual(u.value / v.value, (u.slope - u.value / v.value * v.slope) / v.value)


def _power(u: Dual, v: Dual) -> Dual:
    value = math.pow(u.value, v.value)
    slope = v.value * math.pow(u.value, v.value - 1.0) * u.slope if v.value else 0.0
    return Dual(value, slope + (value * math.log(u.value) * v.slope if v.slope else 0.0))


def _logaddexp(u: Dual, v: Dual) -> Dual:
    share = 1.0 / (1.0 + math.exp(v.value - u.value))
    value = max(u.value, v.value) + math.log1p(math.exp(-abs(u.value - v.value)))
    return Dual(value, share * u.slope + (1.0 - share) * v.slope)


def _linear(symbol: str) -> Callable[[Dual, Dual], Dual]:
    apply = ARITHMETIC[symbol]
    return lambda u, v: Dual(apply(u.value, v.value), apply(u.slope, v.slope))


_OPERATORS: dict[str, Callable[[Dual, Dual], Dual]] = {
    "+": _linear("+"),
    "-": _linear("-"),
    "*": _times,
    "/": _over,
    "**": _power,
}
