"""The catalogue in words: the list of all activations and the page about one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from actplot.activation import Activation, Kink
from actplot.declaration import DECLARATIONS, Declaration
from actplot.facts import Extreme, facts
from actplot.letters import ascii_text
from actplot.registry import names
from actplot.tables.numbers import rounded

if TYPE_CHECKING:
    from rich.console import RenderableType


def catalogue_json() -> str:
    """Return the catalogue as a JSON array, a record an activation, in the order of the catalogue."""
    records = [_record(DECLARATIONS[name]) for name in names()]
    return "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"


def _record(declaration: Declaration) -> dict[str, object]:
    return {
        "name": declaration.name,
        "title": declaration.title,
        "family": declaration.family,
        "formula": declaration.formula_text,
        "derivative": declaration.derivative_text,
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
    narrow = width < 60
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, show_edge=not unicode, pad_edge=False, width=width)
    table.add_column("name", style="bold", no_wrap=True)
    if not narrow:
        table.add_column("parameters", overflow="fold")
    table.add_column("also called", style="dim", overflow="fold")
    if width >= 100:
        table.add_column("what it is", ratio=1)
    for name in names():
        declaration = DECLARATIONS[name]
        given = ", ".join(f"{key}={value:.6g}" for key, value in declaration.parameters.items())
        cells = [name, *([] if narrow else [given]), ", ".join(declaration.aliases)]
        table.add_row(*(Text(plain(cell)) for cell in cells), *([plain(declaration.sentence)] if width >= 100 else []))
    return table


def information(activation: Activation, width: int, unicode: bool) -> RenderableType:
    """Return everything known about an activation as a page of labelled lines."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    plain = _plain(unicode)
    declaration = activation.declaration
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold", max_width=max(min(width, 100) - 14, 16))
    for label, value in _facts(activation).items():
        grid.add_row(Text(plain(label)), Text(plain(value)))
    heading = Text.assemble((plain(activation.title), "bold"), plain(f"  ({declaration.name})"))
    sentence = Text(plain(declaration.sentence))
    return Group(heading, sentence, Text(""), grid)


def _facts(activation: Activation) -> dict[str, str]:
    declaration = activation.declaration
    computed = facts(activation)
    lines = {
        "f(x)": declaration.formula_text,
        "f′(x)": declaration.derivative_text,
        "LaTeX": activation.formula_latex(),
        "parameters": _parameters(activation),
        "kinks": "\n".join(_kink(kink) for kink in activation.kinks) or "none",
        "range": _range(computed.lowest, computed.highest),
        "max slope": _slope(computed.steepest),
        "aliases": ", ".join(declaration.aliases) or "none",
        "source": declaration.source,
    }
    return lines


def _parameters(activation: Activation) -> str:
    bounds = activation.declaration.bounds
    lines = [f"{key} = {value:.10g}" for key, value in activation.values.items()]
    return ", ".join(lines) + (f"  ({', '.join(bounds)})" if bounds else "") if lines else "none"


def _kink(kink: Kink) -> str:
    slopes = f"slope {rounded(kink.left)} on the left, {rounded(kink.right)} on the right"
    if kink.jump:
        return f"at {rounded(kink.x)}: f jumps from {rounded(kink.jump[0])} to {rounded(kink.jump[1])}; {slopes}"
    return f"at {rounded(kink.x)}: {slopes}"


def _range(lowest: Extreme, highest: Extreme) -> str:
    left = "(−∞" if math.isinf(lowest.value) else f"{'(' if math.isinf(lowest.x) else '['}{rounded(lowest.value)}"
    right = "∞)" if math.isinf(highest.value) else f"{rounded(highest.value)}{')' if math.isinf(highest.x) else ']'}"
    return f"{left}, {right}"


def _slope(steepest: Extreme) -> str:
    if math.isinf(steepest.value):
        return "unbounded"
    where = "far out" if math.isinf(steepest.x) else f"at x = {rounded(steepest.x)}"
    return f"{rounded(steepest.value)} {where}"


def _plain(unicode: bool) -> Callable[[str], str]:
    return str if unicode else ascii_text
