"""The catalogue in words: the list of all activations and the page about one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from actplot.activation import Activation
from actplot.calculus.differentiate import slope_tree
from actplot.declaration import DECLARATIONS, Declaration
from actplot.facts import facts
from actplot.facts.words import PREFIXES, fact_lines
from actplot.formula.nodes import names_in
from actplot.formula.text import to_text
from actplot.letters import ascii_text
from actplot.registry import names
from actplot.tables.numbers import strict

if TYPE_CHECKING:
    from rich.console import RenderableType


def catalogue_json() -> str:
    """Return the catalogue as a JSON array, a record an activation, in its order; infinities are strings."""
    records = [strict(_record(DECLARATIONS[name])) for name in names()]
    lines = (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _record(declaration: Declaration) -> dict[str, object]:
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


def catalogue_table(width: int, unicode: bool) -> RenderableType:
    """Return the catalogue as a table no wider than the screen."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    plain = _plain(unicode)
    narrow, wide = width < 60, width >= 100
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False, width=width)
    table.add_column("name", style="bold", no_wrap=True)
    if not narrow:
        table.add_column("parameters", overflow="fold")
    table.add_column("also called", style="dim", overflow="fold")
    if wide:
        table.add_column("what it is", ratio=1)
    for family, members in groupby(names(), key=lambda name: DECLARATIONS[name].family):
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


def information(activation: Activation, width: int, unicode: bool) -> RenderableType:
    """Return everything known about an activation as a page of labelled lines."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    plain = _plain(unicode)
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold", max_width=max(min(width, 100) - 14, 16))
    for label, value in fact_lines(activation).items():
        grid.add_row(Text(plain(label)), Text(plain(value)))
    heading = Text.assemble((plain(activation.title), "bold"), plain(f"  ({activation.name})"))
    sentence = Text(plain(activation.declaration.sentence))
    return Group(heading, sentence, Text(""), grid)


def information_json(activation: Activation) -> str:
    """Return the same as JSON; infinities and NaN are strings, as in tables."""
    computed = facts(activation)
    record = _record(activation.declaration) | {
        "parameters": dict(activation.values),
        "formula": to_text(activation.formula),
        "derivative": to_text(activation.derivative),
        "latex": activation.formula_latex(),
        "derivative_latex": activation.derivative_latex(),
        "kinks": [
            {"x": kink.x, "slopes": [kink.left, kink.right], "jump": kink.jump, "frameworks": dict(kink.frameworks)}
            for kink in activation.kinks
        ],
        "breaks": [
            {"x": seam.x, "kind": seam.kind, "f": seam.f, "slopes": seam.df}
            for seam in activation.seams
            if seam.kind != "smooth"
        ],
        "facts": asdict(computed) | {"zero_centred": computed.zero_centred, "bounded": computed.bounded},
        "frameworks": {name: PREFIXES[name] + spelling for name, spelling in activation.declaration.frameworks.items()},
    }
    return json.dumps(strict(record), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(unicode: bool) -> Callable[[str], str]:
    return str if unicode else ascii_text
