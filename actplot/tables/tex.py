r"""A LaTeX ``tabular`` as journals set it: rules of booktabs, numbers in siunitx's columns, by their points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from actplot.functions.naming import names
from actplot.functions.parametrised import X
from actplot.tables.columns import BETWEEN, Column, columns
from actplot.tables.rows import Layout, Sampled
from actplot.words.symbols import has_foreign_letters, latex_number, latex_text

PACKAGES = r"% \usepackage{booktabs, siunitx}"
ENGINE = "% XeLaTeX or LuaLaTeX, and a font that has the letters of the names"
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?")


def tex_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return functions side by side as a LaTeX tabular, with what it needs and the formulas in comments above it."""
    built = columns(tables, layout, full=True)
    activations = [table.activation for table in tables]
    lines = [PACKAGES]
    if has_foreign_letters("".join("".join([column.title, column.head, *column.cells]) for column in built)):
        lines.append(ENGINE)
    if layout.title:
        lines.append("% " + " ".join(layout.title.split()))
    lines += [
        f"% {name}: f(x) = {activation.formula_latex()}"
        for name, activation in zip(names(activations), activations, strict=True)
    ]
    lines += [r"\begin{tabular}{", *(f"  {_kind(column.cells)}" for column in built), "}", r"\toprule"]
    if len(tables) > 1:
        lines += _groups(built)
    lines += [" & ".join(_head(column.head) for column in built) + r" \\", r"\midrule"]
    cells = [_aligned([_cell(cell) for cell in column.cells]) for column in built]
    lines += [" & ".join(row) + r" \\" for row in zip(*cells, strict=True)]
    lines += [r"\bottomrule", r"\end{tabular}"]
    yield "\n".join(lines) + "\n"


def _kind(cells: Sequence[str]) -> str:
    """Return the column's letter, with the room that its numbers take; words alone are centred."""
    found = [match.groups("") for cell in cells if (match := _NUMBER.fullmatch(cell.strip()))]
    if not found:
        return "c"
    signs, whole, decimals, exponents = zip(*found, strict=True)
    room = f"{'-' * any(signs)}{max(map(len, whole))}"
    if places := max(map(len, decimals)):
        room += f".{places}"
    powers = [int(exponent) for exponent in exponents if exponent]
    if powers:
        room += f"e{'-' * (min(powers) < 0)}{max(len(str(abs(power))) for power in powers)}"
    return f"S[table-format={room}]"


def _groups(built: Sequence[Column]) -> list[str]:
    """Return the row of the functions' names over their columns, and the rules under them."""
    names_row, rules, start = [""], [], 2
    for place, group in groupby(built, key=lambda column: column.place):
        if place < 0:
            continue
        members = list(group)
        end = start + len(members) - 1
        names_row.append(rf"\multicolumn{{{len(members)}}}{{c}}{{{latex_text(members[0].title)}}}")
        rules.append(rf"\cmidrule(lr){{{start}-{end}}}")
        start = end + 1
    return [" & ".join(names_row) + r" \\", " ".join(rules)]


def _head(head: str) -> str:
    """Return the head of a column; siunitx leaves what stands in braces as it is."""
    if "(" not in head and head != X:
        return f"{{{latex_text(head)}}}"
    return "{$" + head.replace("″", "''").replace("′", "'") + "$}"


def _cell(cell: str) -> str:
    """Return a number as siunitx reads it, and what is none in braces."""
    body = cell.strip()
    if match := _NUMBER.fullmatch(body):
        exponent = match[4]
        return cell.replace(f"e{exponent}", f"e{int(exponent)}", 1) if exponent else cell
    parts = [latex_number(part) if _is_mathematics(part) else _word(part) for part in body.split(BETWEEN)]
    if len(parts) == 1 and not _is_mathematics(body):
        return f"{{{body}}}"
    return "{$" + r" \mid ".join(parts) + "$}"


def _word(part: str) -> str:
    r"""Return a word amid mathematics; ``\mathrm`` has no spaces and few letters."""
    return rf"\mathrm{{{part}}}" if part.isascii() and part.isalpha() else rf"\mbox{{{part}}}"


def _is_mathematics(part: str) -> bool:
    return part.lstrip("-") in ("inf", "nan") or _NUMBER.fullmatch(part) is not None


def _aligned(cells: Sequence[str]) -> list[str]:
    width = max(map(len, cells), default=0)
    return [f"{cell:>{width}}" for cell in cells]
