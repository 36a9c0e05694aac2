"""Functions of one's own: declared by a formula, as the catalogue's are, and known by their names like those."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, SupportsIndex

from actplot.activations.declaration import DECLARATIONS, DEFAULT_RANGE, OWN, Declaration
from actplot.errors import UsageError
from actplot.formula.nodes import Node, names_in
from actplot.formula.parse import Formula, read_formula
from actplot.formula.pen import FormulaError
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import with_values
from actplot.functions.activation import Activation
from actplot.functions.binding import bind
from actplot.functions.gradients import Taken
from actplot.functions.registry import forget_names, is_name
from actplot.functions.spellings import spellings
from actplot.functions.typed import any_spelling, read_text
from actplot.words.arguments import number, pair, text, texts
from actplot.words.quoting import shorten, showable

LONGEST_NAME = 60
LONGEST_TEXT = 300
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")


@dataclass(frozen=True, eq=False)
class OwnDeclaration(Declaration):
    """The declaration of a function that is in no catalogue, but has a name; a copy says the same as what it is of."""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Copy all that it says: another process does not know its name."""
        return _declared, ({part.name: getattr(self, part.name) for part in fields(self)},)

    def taken(self, values: Mapping[str, Node], x: float) -> Mapping[str, float]:
        """Return what frameworks make of the formula at a point."""
        return Taken(with_values(self.formula, values), x)

    def __eq__(self, other: object) -> bool:
        """Say whether both declare the same."""
        return isinstance(other, OwnDeclaration) and all(
            getattr(self, part.name) == getattr(other, part.name) for part in fields(self)
        )

    def __hash__(self) -> int:
        """Return the hash of the name with the formula."""
        return hash((self.name, self.formula_text))


def _declared(said: Mapping[str, Any]) -> OwnDeclaration:
    return OwnDeclaration(**said)


def define(
    name: str,
    formula: str,
    /,
    *,
    title: str = "",
    source: str = "",
    sentence: str = "",
    range: tuple[float, float] = DEFAULT_RANGE,  # noqa: A002  (the word users know it by)
    aliases: Sequence[str] = (),
    bounds: Sequence[str] = (),
    gradient: str = "",
    **parameters: float,
) -> Activation:
    """Give a formula a name, by which everything knows it from then on: ``define("my_act", "x*sigmoid(1.5*x)")``.

    Parameters
    ----------
    name
        A name that no function has yet, of letters, digits and underscores.
    formula
        f in the formula language, in x and in these parameters.
    title, source, sentence
        How people write it, where it comes from, and what it is; the title is the name unless it is given.
    range
        The x range that shows its shape.
    aliases
        Other names.
    bounds
        Conditions that the parameters must meet, such as ``"alpha > 0"``.
    gradient
        What training takes for f', in the formula language, where that is not f': it is drawn and named as such.
    parameters
        The parameters with their defaults.

    Raises
    ------
    UsageError
        For a name that is taken or is none, a formula that can't be read, and whatever else does not fit.

    """
    if not isinstance(name, str) or not isinstance(formula, str):
        raise UsageError("a function is defined by two texts: its name, and its formula")
    told = {"title": title, "source": source, "sentence": sentence, "gradient": gradient}
    said = {
        **{key: text(words, f"{name}: {key}") for key, words in told.items()},
        **{key: texts(words, f"{name}: {key}") for key, words in (("aliases", aliases), ("bounds", bounds))},
        "range": pair(range, f"{name}: range"),
    }
    values = {key: number(value, f"{shorten(name)}: {key}") for key, value in parameters.items()}
    before = [each for each in own_declarations() if each.name == name]
    forget([name for _ in before])  # to define a function again is to change one's mind
    try:
        before = [declare(name, formula, said, values)]
    finally:
        add(before)
    return bind(before[0], {})


def declare(name: str, formula: str, said: Mapping[str, Any], parameters: Mapping[str, float]) -> OwnDeclaration:
    """Return the declaration of a function of one's own, checked; it may call all that is known so far.

    Raises
    ------
    UsageError
        With the reason why it can't be.

    """
    for word in (name, *said.get("aliases", ())):
        check_name(word)
    for key in parameters:
        if not _NAME.fullmatch(key) or key in ("x", "f", "pi"):
            raise UsageError(f"{name}: a parameter can't be called '{shorten(key)}'; use letters and digits")
    values = {key: float(value) + 0.0 for key, value in parameters.items()}
    gradient = said.get("gradient", "")
    only_there = _names(gradient) - _names(formula)
    read = _read(name, formula, {key: value for key, value in values.items() if key not in only_there})
    words = {key: showable(said.get(key, "")).strip() for key in ("title", "source", "sentence")}
    if any(len(each) > LONGEST_TEXT for each in words.values()):
        raise UsageError(f"{name}: its title, source or sentence is longer than {LONGEST_TEXT} letters; shorten it")
    own = OwnDeclaration(
        name=name,
        title=words["title"] or name,
        formula_text="",
        parameters=values,
        bounds=tuple(said.get("bounds", ())),
        aliases={alias: {} for alias in said.get("aliases", ())},
        range=_checked(said.get("range", DEFAULT_RANGE)),
        sentence=words["sentence"] or "A function of one's own.",
        source=words["source"],
        symbol=r"\mathrm{" + name.replace("_", r"\_") + "}",
        family=OWN,
    )
    own = replace(own, formula_text=_as_catalogued(own, formula, read))
    if gradient:
        taken = _read(f"{name}, gradient", gradient, {key: values[key] for key in values if key in _names(gradient)})
        own = replace(own, gradient_text=_as_catalogued(own, gradient, taken))
    bind(own, {})  # the defaults must be within the bounds
    return own


def _read(name: str, text: str, values: Mapping[str, float]) -> Formula:
    try:
        return read_text(text, values)
    except FormulaError as problem:
        raise UsageError(f"{name}: {problem}") from None


def _names(text: str) -> frozenset[str]:
    """Return the names in a formula; none of what is no formula, which is told where it is read."""
    try:
        return frozenset(names_in(read_formula(text, any_spelling).tree)) if text else frozenset()
    except UsageError:
        return frozenset()


def _checked(ends: Sequence[float]) -> tuple[float, float]:
    low, high = (float(end) for end in ends)
    if not -math.inf < low < high < math.inf:
        raise UsageError(f"the range {low:g} {high:g} is none; give two ordinary numbers, the lower first")
    return low, high


def _as_catalogued(declaration: Declaration, text: str, read: Formula) -> str:
    """Return a text that says the same where it is read as the catalogue's are: it may call by other names."""
    shown = " ".join(text.split())
    try:
        is_same = read.plain and declaration.read(shown) == read.tree
    except UsageError:
        is_same = False
    return shown if is_same else to_text(read.tree)


def check_name(name: str) -> None:
    """Refuse what is no name, and a name that something has already."""
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise UsageError(f"'{shorten(str(name))}' is no name; use letters, digits and single underscores between them")
    if is_name(name):
        raise UsageError(f"{name} is a function already; choose another name")
    if name in ("x", "e", "f", "pi") or _is_of_the_language(name) or any(spellings(name)):
        raise UsageError(f"{name} means something in formulas already; choose another name")


def _is_of_the_language(name: str) -> bool:
    """Say whether a formula may call this name though no activation has it."""
    for arguments in ("x", "x, x", "x > 0, x, x"):
        try:
            read_formula(f"{name}({arguments})")
        except UsageError:
            continue
        return True
    return False


def own_declarations() -> tuple[OwnDeclaration, ...]:
    """Return all functions of one's own that are known."""
    return tuple(each for each in DECLARATIONS.values() if isinstance(each, OwnDeclaration))


def add(declarations: Iterable[OwnDeclaration]) -> None:
    """Make functions of one's own known by their names."""
    DECLARATIONS.update({declaration.name: declaration for declaration in declarations})
    forget_names()


def forget(names: Iterable[str]) -> None:
    """Make functions of one's own unknown again."""
    for name in names:
        DECLARATIONS.pop(name, None)
    forget_names()
