"""What an activation declares about itself, and the decorator that takes the declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from actplot.formula.nodes import Compare, Node
from actplot.formula.parse import Callee, parse, parse_condition

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[np.float64]
    Pair: TypeAlias = tuple[Array, Array]
    PairFunction: TypeAlias = Callable[..., Pair]

DEFAULT_RANGE = (-5.0, 5.0)


@dataclass(frozen=True)
class KinkText:
    """A point where f' does not exist, as formulas in the parameters.

    ``left`` and ``right`` are the limits of f' from either side; ``jump`` holds the limits of f itself where
    f is discontinuous there, ``frameworks`` what frameworks take for f' at the point, as far as that is known.
    """

    at: str
    left: str
    right: str
    jump: tuple[str, str] | None = None
    frameworks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Declaration:
    """One activation function: everything the rest of the program knows about it.

    Attributes
    ----------
    name
        Canonical name, snake case.
    title
        How people write it, for figures.
    pair
        ``pair(x, **parameters) -> (f(x), f'(x))`` over a float64 array of any shape.
    formula_text, derivative_text
        f and f' in the formula language.
    parameters
        Names and defaults, in order.
    bounds
        Conditions that the parameters must meet, in the formula language.
    kinks
        Where f' does not exist or f jumps.
    aliases
        Other names, each with the parameters it stands for.
    range
        An x range that shows the shape.
    judged
        The x range in which full accuracy is promised; None for all of float64.
    sentence
        One sentence about it.
    source
        The paper and year it comes from.
    symbol
        Its LaTeX operator inside other formulas.
    family
        The module of the catalogue that holds it.
    frameworks
        How frameworks spell it, with what differs there, by the framework's name.
    shown
        Values for a gallery's picture, where the defaults would hide what is particular to the function.

    """

    name: str
    title: str
    pair: PairFunction
    formula_text: str
    derivative_text: str
    parameters: Mapping[str, float]
    bounds: tuple[str, ...]
    kinks: tuple[KinkText, ...]
    aliases: Mapping[str, Mapping[str, float]]
    range: tuple[float, float]
    judged: tuple[float, float] | None
    sentence: str
    source: str
    symbol: str
    family: str
    frameworks: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def formula(self) -> Node:
        """The tree of f."""
        return parse(self.formula_text, callee)

    @cached_property
    def derivative(self) -> Node:
        """The tree of f', in which the name ``f`` stands for f(x)."""
        return parse(self.derivative_text, callee)

    @cached_property
    def conditions(self) -> tuple[Compare, ...]:
        """The bounds, parsed."""
        return tuple(parse_condition(text) for text in self.bounds)


DECLARATIONS: dict[str, Declaration] = {}


def callee(name: str) -> Callee | None:
    """Return what a formula may call by this canonical name, or None where there is no such activation."""
    declaration = DECLARATIONS.get(name)
    return Callee(name, declaration.parameters, {}) if declaration else None


def kink(
    at: float | str,
    left: float | str,
    right: float | str,
    jump: tuple[float | str, float | str] | None = None,
    **frameworks: float | str,
) -> KinkText:
    """Declare a kink at a point, with the slopes on both sides; numbers or formulas in the parameters.

    ``frameworks`` says what f' is at the point in torch, tensorflow or jax, for those of which it is known.
    """
    limits = (str(jump[0]), str(jump[1])) if jump else None
    return KinkText(str(at), str(left), str(right), limits, {name: str(slope) for name, slope in frameworks.items()})


def activation(
    formula: str,
    derivative: str,
    *,
    title: str,
    source: str,
    kinks: tuple[KinkText, ...] = (),
    aliases: tuple[str, ...] | Mapping[str, Mapping[str, float]] = (),
    bounds: tuple[str, ...] = (),
    range: tuple[float, float] = DEFAULT_RANGE,  # noqa: A002  (the word users know it by)
    judged: tuple[float, float] | None = None,
    symbol: str | None = None,
    frameworks: Mapping[str, str] | None = None,
    shown: Mapping[str, float] | None = None,
) -> Callable[[PairFunction], PairFunction]:
    """Register the decorated pair ``x -> (f(x), f'(x))`` under its function's name.

    The function's keyword-only arguments are the parameters, its docstring is the one sentence. See
    `Declaration` for the meaning of the arguments.
    """

    def register(pair: PairFunction) -> PairFunction:
        name = pair.__name__.rstrip("_")  # abs_ and its like step aside for Python's own names
        operator = rf"\operatorname{{{title}}}" if title.isalpha() else rf"\mathrm{{{title}}}".replace(" ", r"\,")
        DECLARATIONS[name] = Declaration(
            name=name,
            title=title,
            pair=pair,
            formula_text=formula,
            derivative_text=derivative,
            parameters=dict(getattr(pair, "__kwdefaults__", None) or {}),
            bounds=bounds,
            kinks=kinks,
            aliases=dict(aliases) if isinstance(aliases, Mapping) else {alias: {} for alias in aliases},
            range=range,
            judged=judged,
            sentence=" ".join((pair.__doc__ or "").split()),
            source=source,
            symbol=symbol or operator,
            family=pair.__module__.rpartition(".")[2],
            frameworks=dict(frameworks or {}),
            shown=dict(shown or {}),
        )
        return pair

    return register
