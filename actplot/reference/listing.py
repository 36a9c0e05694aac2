"""The list of activations, as a table, as plain lines and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from actplot.activations.declaration import DECLARATIONS, DEFAULT_RANGE, Declaration
from actplot.activations.pairs import FAMILY, FIRST, PAIRS, SECOND, Pair
from actplot.calculus.differentiate import slope_tree
from actplot.errors import UsageError
from actplot.formula.nodes import names_in
from actplot.formula.plain_text import to_text
from actplot.functions.pairs import matching_pairs, written_partial
from actplot.functions.registry import families, is_pattern, matching, names, own_names, resolve
from actplot.functions.spellings import find_framework, shown_spellings
from actplot.words.numbers import strict
from actplot.words.quoting import shorten
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.console import RenderableType


NARROW, WIDE = 60, 100  # columns; where other names have a column of their own, and where sentences have one


def select(what: Sequence[str], used: str | None, own: bool = False) -> tuple[list[str], str]:
    """Return the names to list, in the order of the catalogue, and the framework that has them (empty for none).

    Parameters
    ----------
    what
        Names, families and patterns; everything, if there are none.
    used
        A framework.
    own
        Whether only functions of one's own are listed.

    Raises
    ------
    UsageError
        For what names nothing, and for an unknown framework.

    """
    framework = find_framework(used) if used is not None else ""
    every = own_names() if own else [*names(), *PAIRS]
    wanted = {name for part in what for name in _expanded(part)} if what else set(every)
    chosen = [name for name in every if name in wanted]
    if framework:
        chosen = [name for name in chosen if name in DECLARATIONS and framework in DECLARATIONS[name].frameworks]
    if framework and not chosen:
        raise UsageError(f"{framework} has none of these; 'actplot list --used {framework}' shows what it has")
    return chosen, framework


def _expanded(part: str) -> list[str]:
    """Return the names that one word stands for."""
    found = matching(part) + matching_pairs(part)
    if not found and is_pattern(part):
        raise UsageError(f"no activation matches '{shorten(part)}'; 'actplot list' shows them all")
    return found or [resolve(part, also=[*families(), FAMILY]).declaration.name]


def catalogue_json(chosen: Sequence[str]) -> str:
    """Return a part of the catalogue as a JSON array, a record an activation; infinities are strings."""
    records = [strict(record_of(DECLARATIONS[n]) if n in DECLARATIONS else pair_record(PAIRS[n])) for n in chosen]
    lines = (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def record_of(declaration: Declaration) -> dict[str, object]:
    """Return what a declaration says, for JSON."""
    return {
        "name": declaration.name,
        "title": declaration.title,
        "family": declaration.family,
        "formula": declaration.formula_text,
        "derivative": declaration.slope_text or to_text(slope_tree(declaration)),
        "parameters": dict(declaration.parameters),
        "aliases": list(declaration.aliases),
        "plotted_range": list(declaration.range),
        "sentence": declaration.sentence,
        "source": declaration.source,
    }


def pair_record(pair: Pair) -> dict[str, object]:
    """Return what is declared of a function of two inputs, for JSON."""
    return {
        "name": pair.name,
        "title": pair.title,
        "family": FAMILY,
        "inputs": 2,
        "formula": to_text(pair.formula),
        "derivatives": {name: to_text(written_partial(pair, name)) for name in (FIRST, SECOND)},
        "parameters": {},
        "aliases": list(pair.aliases),
        "plotted_range": list(DEFAULT_RANGE),
        "sentence": pair.sentence,
        "source": pair.source,
    }


class Entry(NamedTuple):
    """What a list says of a function: its parameters with their defaults, and its other names."""

    name: str
    family: str
    defaults: str
    others: str
    sentence: str


def _entry(name: str, framework: str) -> Entry:
    declaration = DECLARATIONS.get(name)
    if declaration is None:
        pair = PAIRS[name]
        return Entry(name, FAMILY, "", ", ".join(pair.aliases), pair.sentence)
    others = ", ".join(_other_names(declaration, framework))
    return Entry(name, declaration.family, _defaults(declaration), others, declaration.sentence)


def catalogue_lines(chosen: Sequence[str], framework: str, unicode: bool) -> list[str]:
    """Return a plain line for each name, in columns: its parameters, its family, what it is and its other names."""
    plain = plain_words(unicode)
    rows = []
    for entry in (_entry(name, framework) for name in chosen):
        called = f" {'In ' + framework if framework else 'Also'}: {entry.others}" if entry.others else ""
        rows.append((entry.name, entry.defaults, entry.family, plain(entry.sentence + called)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def catalogue_table(chosen: Sequence[str], framework: str, width: int, unicode: bool) -> RenderableType:
    """Return the chosen part of the catalogue as a table no wider than the screen, under the names of families."""
    from rich import box
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    plain = plain_words(unicode)
    narrow, wide = width < NARROW, width >= WIDE
    called = f"in {framework}" if framework else "also called"
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False, width=width)
    if narrow:
        table.add_column(f"name: parameters; {called}", overflow="fold")
    else:
        table.add_column("name", style="bold", no_wrap=True)
        table.add_column("parameters", overflow="fold")
        table.add_column(called, style="dim", overflow="fold")
    if wide:
        table.add_column("what it is", ratio=1)
    for family, members in groupby((_entry(name, framework) for name in chosen), key=lambda entry: entry.family):
        table.add_row(Text(family, style="dim italic"))  # as gallery --only takes it
        for entry in members:
            cells = [entry.defaults, entry.others]
            if narrow:
                table.add_row(Text(f"  {entry.name}", style="bold"))
                if details := "; ".join(filter(None, cells)):
                    table.add_row(Padding(Text(plain(details)), (0, 0, 0, 4)))
                continue
            more = [plain(entry.sentence)] if wide else []
            table.add_row(*(Text(plain(cell)) for cell in (f"  {entry.name}", *cells)), *more)
    return table


def _other_names(declaration: Declaration, framework: str) -> list[str]:
    """Return the other names of a function, or what it is called in a framework."""
    if not framework:
        return list(declaration.aliases)
    return list(shown_spellings(declaration)[framework])


def _defaults(declaration: Declaration) -> str:
    """Return the parameters with their defaults, but for those that are off."""
    shown = {key: f"{value:.6g}" for key, value in declaration.parameters.items() if math.isfinite(value)}
    follow = {key: text for key, text in declaration.defaults.items() if names_in(declaration.default_trees[key])}
    return ", ".join(f"{key}={text}" for key, text in (shown | follow).items())


def plain_words(unicode: bool) -> Callable[[str], str]:
    """Return what makes words fit a screen: nothing, or ASCII in their place."""
    return str if unicode else ascii_text
