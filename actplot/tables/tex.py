r"""A LaTeX ``tabular`` that needs no package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actplot.functions.naming import names, titles
from actplot.tables.columns import JUMP, Column, columns
from actplot.tables.rows import Sampled
from actplot.words.symbols import latex_number, latex_text


def tex_text(tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> Iterator[str]:
    """Return functions side by side as a LaTeX tabular, with the formulas in a comment above it."""
    built = columns(tables, derivative)
    several = len(tables) > 1
    activations = [table.activation for table in tables]
    lines = [
        f"% {name}: f(x) = {activation.formula_latex()}"
        for name, activation in zip(names(activations), activations, strict=True)
    ]
    if title:
        lines.insert(0, "% " + " ".join(title.split()))
    lines += [rf"\begin{{tabular}}{{{'r' * len(built)}}}", r"\hline"]
    if several:
        span = 2 if derivative else 1
        groups = [rf"\multicolumn{{{span}}}{{c}}{{{latex_text(title)}}}" for title in titles(activations)]
        lines.append(" & ".join(["", *groups]) + r" \\")
    lines += [" & ".join(_head(column) for column in built) + r" \\", r"\hline"]
    lines += [" & ".join(_cell(cell) for cell in row) + r" \\" for row in zip(*(c.cells for c in built), strict=True)]
    lines += [r"\hline", r"\end{tabular}"]
    yield "\n".join(lines) + "\n"


def _head(column: Column) -> str:
    return f"${column.quantity.replace('′', chr(39))}$"


def _cell(cell: str) -> str:
    """Set a number in math mode, a power of ten in place of an e, keeping the alignment of the source."""
    body = cell.strip()
    if body == JUMP:
        return cell
    inside = " \\mid ".join(latex_number(part) for part in body.split(" | "))
    return cell.replace(body, f"${inside}$", 1)
