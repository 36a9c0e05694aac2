"""The list of all activations, as a table and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from actplot.activations.declaration import DECLARATIONS, Declaration
from actplot.calculus.differentiate import slope_tree
from actplot.formula.nodes import names_in
from actplot.formula.plain_text import to_text
from actplot.words.numbers import strict
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    from rich.console import RenderableType


def catalogue_json(names: Sequence[str]) -> str:
    """Return activations as a JSON array, a record an activation, in their order; infinities are strings."""
    records = [strict(record_of(DECLARATIONS[name])) for name in names]
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
        "range": list(declaration.range),
        "sentence": declaration.sentence,
        "source": declaration.source,
    }


def catalogue_table(names: Sequence[str], width: int, unicode: bool) -> RenderableType:
    """Return activations as a table no wider than the screen."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain = plain_words(unicode)
    narrow, wide = width < 60, width >= 100
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False, width=width)
    table.add_column("name", style="bold", no_wrap=True)
    if not narrow:
        table.add_column("parameters", overflow="fold")
    table.add_column("also called", style="dim", overflow="fold")
    if wide:
        table.add_column("what it is", ratio=1)
    for family, members in groupby(names, key=lambda name: DECLARATIONS[name].family):
        table.add_row(Text(family, style="dim italic"))  # as gallery --only takes it
        for name in members:
            declaration = DECLARATIONS[name]
            cells = [f"  {name}", *([] if narrow else [_defaults(declaration)]), ", ".join(declaration.aliases)]
            table.add_row(*(Text(plain(cell)) for cell in cells), *([plain(declaration.sentence)] if wide else []))
    return table


def _defaults(declaration: Declaration) -> str:
    """Return the parameters with their defaults, but for those that are off."""
    shown = {key: f"{value:.6g}" for key, value in declaration.parameters.items() if math.isfinite(value)}
    follow = {key: text for key, text in declaration.defaults.items() if names_in(declaration.default_trees[key])}
    return ", ".join(f"{key}={text}" for key, text in (shown | follow).items())


def plain_words(unicode: bool) -> Callable[[str], str]:
    """Return what makes words fit a screen: nothing, or ASCII in their place."""
    return str if unicode else ascii_text
