"""Functions of two inputs over one of them, the other fixed: each such slice is a formula of x like any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from actplot.activations.pairs import FAMILY, FIRST, PAIRS, SECOND, Pair
from actplot.calculus.differentiate import derivative, expanded
from actplot.errors import UsageError
from actplot.formula.nodes import Name, Node
from actplot.formula.parse import parse_reference
from actplot.formula.rewrite import number_node, with_values
from actplot.functions.activation import Activation
from actplot.functions.parametrised import X
from actplot.functions.reading import parse_specs
from actplot.functions.registry import is_name, is_pattern, normalise
from actplot.functions.typed import from_tree
from actplot.words.quoting import shorten

OTHER: Mapping[str, str] = {FIRST: SECOND, SECOND: FIRST}
_KNOWN = {normalise(name): pair for pair in PAIRS.values() for name in (pair.name, *pair.aliases)}


def find_pair(specs: Sequence[str]) -> Pair | None:
    """Return the function of two inputs that is asked for, if one is.

    Raises
    ------
    UsageError
        Where others stand beside it, or it is given parameters.

    """
    found = [(spec, pair) for spec in specs if (pair := _pair(spec.partition(":")[0])) is not None]
    if not found:
        return None
    spec, pair = found[0]
    if len(specs) > 1:
        raise UsageError(f"{pair.name} takes two inputs, so no other function shares its picture; name it alone")
    if ":" in spec:
        raise UsageError(f"{pair.name} takes no parameters; write '{pair.name}', not '{shorten(spec)}'")
    return pair


def parse_functions(specs: Iterable[str], also: Iterable[str] = ()) -> list[Activation | Pair]:
    """Read several specs, as `actplot.functions.reading.parse_specs`, some of which may be functions of two inputs."""
    words, pairs = tuple(also), {spec: find_pair([spec]) for spec in specs}
    if not any(pairs.values()):
        return [*parse_specs(pairs, words)]
    return [each for spec, pair in pairs.items() for each in ([pair] if pair else parse_specs([spec], words))]


def matching_pairs(part: str) -> list[str]:
    """Return the names of functions of two inputs that their family, a name or a pattern stands for."""
    if normalise(part) == normalise(FAMILY):
        return list(PAIRS)
    if is_pattern(part):
        pattern = part.casefold()
        return [name for name, pair in PAIRS.items() if any(fnmatchcase(n, pattern) for n in (name, *pair.aliases))]
    pair = None if is_name(part) else _pair(part)
    return [pair.name] if pair else []


def _pair(text: str) -> Pair | None:
    if (pair := _KNOWN.get(normalise(text))) is not None:
        return pair
    reference = parse_reference(text)
    return _KNOWN.get(normalise(reference.path.rpartition(".")[2])) if reference else None


def sliced(pair: Pair, fixed: str, value: float) -> Activation:
    """Return a function of two inputs over one of them, the other fixed at a finite value."""
    moving = OTHER[fixed]
    tree = with_values(pair.formula, {fixed: number_node(value), moving: Name(X)})
    given = {fixed: f"{value:g}", moving: moving}
    found = from_tree(tree, {}, f"{pair.title}({given[FIRST]}, {given[SECOND]})")
    return replace(found, declaration=replace(found.declaration, axis={"0 < 1": moving}))


def partial(pair: Pair, name: str) -> Node:
    """Return the tree of a partial derivative, in x for its own input and the name of the other, in elementary
    functions.
    """
    return derivative(expanded(with_values(pair.formula, {name: Name(X)})))


def written_partial(pair: Pair, name: str) -> Node:
    """Return the same as it is written, in ``a`` and ``b``."""
    over = from_tree(with_values(pair.formula, {name: Name(X)}), {OTHER[name]: 1.0}, pair.title)
    return with_values(over.derivative, {X: Name(name)})
