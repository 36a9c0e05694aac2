"""What an activation declares about itself: its formula, and what the formula can't say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, SupportsIndex

from actplot.activations.signatures import Signature, own_signature, read_signatures
from actplot.formula.callees import Callee, Given
from actplot.formula.nodes import Compare, Node, Number
from actplot.formula.parse import parse, parse_condition
from actplot.formula.scalar import evaluate_float

DEFAULT_RANGE = (-5.0, 5.0)
OWN = "own"  # the family of functions that are in no table of this folder
OFF = Number(math.inf, "inf")  # the default of a threshold that is never reached; no formula can write it


@dataclass(frozen=True)
class KinkText:
    """A point where f' may not exist, as a formula in the parameters, and what frameworks take for f' there."""

    at: str
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
    formula_text
        f in the formula language.
    slope_text
        f' in the formula language, with ``f`` for f(x), where a person writes it better than the rules of the
        calculus do; empty elsewhere.
    parameters
        Names and defaults, in order.
    defaults
        The defaults that are texts: what stands in the formula, exactly, for a parameter that is not given.
    bounds
        Conditions that the parameters must meet, in the formula language.
    kinks
        What frameworks take for f' where it does not exist; the points themselves are found.
    aliases
        Other names, each with the parameters it stands for.
    range
        An x range that shows the shape.
    sentence
        One sentence about it.
    source
        The paper and year it comes from.
    symbol
        Its LaTeX operator inside other formulas.
    family
        The module of the catalogue that holds it.
    frameworks
        How frameworks spell it, by the framework's name: a name with its arguments in order. An argument has a
        number by default, or must be given; one that names a word, ``approximate='tanh'``, must be that word.
        Several spellings are split by semicolons, and what differs there without an argument follows a colon.
    spelled
        Other names of parameters, as frameworks have them, and the names they have here.
    disputed
        Whether frameworks disagree about what its name means so widely that even our own name for it is noted.
    shown
        Values for a gallery's picture, where the defaults would hide what is particular to the function.
    same
        The function that it is, up to a scale and a shift of x and of f, where that has a name of its own.
    gradient_text
        What training takes for f', in the formula language, where that is not f': a straight-through or surrogate
        gradient; empty elsewhere.
    is_common
        Whether frameworks or courses have it; the others are named in papers and collections only.
    inputs
        How many inputs it has, of which x is one or a difference of two: a formula in the parameters.
    axis
        What x is, where it is not simply x: words for each condition on the parameters, of which the first that
        holds counts; a parameter in braces stands for its value.

    """

    name: str
    title: str
    formula_text: str
    slope_text: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[str, ...] = ()
    kinks: tuple[KinkText, ...] = ()
    aliases: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    range: tuple[float, float] = DEFAULT_RANGE
    sentence: str = ""
    source: str = ""
    symbol: str = r"\mathrm{f}"
    family: str = ""
    frameworks: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    disputed: bool = False
    shown: Mapping[str, float] = field(default_factory=dict)
    same: str = ""
    gradient_text: str = ""
    is_common: bool = True
    inputs: str = "1"
    axis: Mapping[str, str] = field(default_factory=dict)

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Copy a declaration of the catalogue as a reference to it: there is one of each."""
        if DECLARATIONS.get(self.name) is self:
            return _declared, (self.name,)
        return super().__reduce_ex__(protocol)

    @cached_property
    def formula(self) -> Node:
        """The tree of f."""
        return self.read(self.formula_text)

    @cached_property
    def conditions(self) -> tuple[Compare, ...]:
        """The bounds, parsed."""
        return tuple(parse_condition(text) for text in self.bounds)

    @cached_property
    def default_trees(self) -> Mapping[str, Node]:
        """The defaults that are texts, parsed."""
        return {key: _default(text) for key, text in self.defaults.items()}

    def default_values(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the defaults of all parameters, those that follow from others by the values given."""
        texts = self.default_trees
        return {
            key: evaluate_float(texts[key], values) if key in texts else default
            for key, default in self.parameters.items()
        }

    @cached_property
    def signatures(self) -> Mapping[str, tuple[Signature, ...]]:
        """The frameworks' spellings, parsed."""
        return {framework: read_signatures(text) for framework, text in self.frameworks.items()}

    @cached_property
    def signature(self) -> Signature:
        """How it is called here."""
        return own_signature(self.name, tuple(self.parameters))

    def key(self, name: str) -> str | None:
        """Return the parameter of a name that it has here or in a framework; None where there is none."""
        return name if name in self.parameters else self.spelled.get(name)

    def taken(self, values: Mapping[str, Node], x: float) -> Mapping[str, float] | None:
        """Return what frameworks take for f' at a point; nothing here, where ``kinks`` says it of the named points."""
        return None

    def read(self, text: str) -> Node:
        """Return the tree of a formula in these parameters; their names come before those of activations."""
        return parse(text, lambda name, *given: None if name in self.parameters else callee(name, *given))


DECLARATIONS: dict[str, Declaration] = {}


def _declared(name: str) -> Declaration:
    return DECLARATIONS[name]


def callee(name: str, positional: Sequence[Given], named: Mapping[str, Given]) -> Callee | None:
    """Return what a formula may call by this canonical name, or None where there is no such activation."""
    declaration = DECLARATIONS.get(name)
    if declaration is None:
        return None
    return Callee(name, declaration.signature.bound(name, declaration.key, positional, named))


def kink(at: float | str, **frameworks: float | str) -> KinkText:
    """Declare a point where f' may not exist: a number or a formula in the parameters.

    ``frameworks`` says what f' is at the point in torch, tensorflow or jax, for those of which it is known.
    """
    return KinkText(str(at), {name: str(slope) for name, slope in frameworks.items()})


def activation(
    name: str,
    formula: str,
    /,
    *,
    title: str,
    source: str,
    sentence: str,
    slope: str = "",
    kinks: tuple[KinkText, ...] = (),
    aliases: tuple[str, ...] | Mapping[str, Mapping[str, float]] = (),
    bounds: tuple[str, ...] = (),
    range: tuple[float, float] = DEFAULT_RANGE,  # noqa: A002  (the word users know it by)
    symbol: str | None = None,
    frameworks: Mapping[str, str] | None = None,
    spelled: Mapping[str, str] | None = None,
    disputed: bool = False,
    shown: Mapping[str, float] | None = None,
    same: str = "",
    gradient: str = "",
    inputs: str = "1",
    axis: Mapping[str, str] | None = None,
    **parameters: float | str,
) -> Declaration:
    """Declare an activation; see `Declaration` for the meaning of the arguments.

    The other keyword arguments are the parameters with their defaults: a number, or a text that stands in the
    formula where the parameter is not given. Such a text is a number written exactly (``"1/6"``), a formula in
    parameters before it, or ``"inf"`` for a threshold that is off.
    """
    operator = rf"\operatorname{{{title}}}" if title.isalpha() else rf"\mathrm{{{title}}}".replace(" ", r"\,")
    values: dict[str, float] = {}
    for key, default in parameters.items():
        values[key] = evaluate_float(_default(default), values) if isinstance(default, str) else float(default)
    return Declaration(
        name=name,
        title=title,
        formula_text=formula,
        slope_text=slope,
        parameters=values,
        defaults={key: default for key, default in parameters.items() if isinstance(default, str)},
        bounds=bounds,
        kinks=kinks,
        aliases=dict(aliases) if isinstance(aliases, Mapping) else {alias: {} for alias in aliases},
        range=range,
        sentence=sentence,
        source=source,
        symbol=symbol or operator,
        frameworks=dict(frameworks or {}),
        spelled=dict(spelled or {}),
        disputed=disputed,
        shown=dict(shown or {}),
        same=same,
        gradient_text=gradient,
        inputs=inputs,
        axis=dict(axis or {}),
    )


def _default(text: str) -> Node:
    return OFF if text == OFF.text else parse(text)


def symbol_of(name: str) -> str:
    """Return the LaTeX operator of an activation, by its name."""
    return DECLARATIONS[name].symbol
