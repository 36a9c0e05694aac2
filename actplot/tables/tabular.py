r"""A LaTeX ``tabular`` with the rules of booktabs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PACKAGES = r"% \usepackage{booktabs}"


def tabular(told: str, heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 0) -> str:
    """Return the table, with what it needs and what it shows in comments above it.

    Parameters
    ----------
    told
        What it shows.
    heads, rows
        Cells as LaTeX.
    words
        How many columns, from the left, hold words; numbers end where others do.

    """
    kinds = "l" * words + "r" * (len(heads) - words)
    head, *body = [" & ".join(row) + r" \\" for row in (heads, *rows)]
    lines = [PACKAGES, f"% {told}", rf"\begin{{tabular}}{{{kinds}}}", r"\toprule", head, r"\midrule", *body]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])
