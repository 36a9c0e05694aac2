"""The page about a function of two inputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from actplot.activations.declaration import symbol_of
from actplot.activations.pairs import FIRST, SECOND, Pair
from actplot.calculus.seams import Seam
from actplot.formula.latex import to_latex
from actplot.formula.nodes import Name
from actplot.formula.plain_text import to_text
from actplot.formula.rewrite import with_values
from actplot.functions.pairs import sliced, written_partial
from actplot.functions.parametrised import X
from actplot.reference.labelled import page
from actplot.reference.listing import pair_record
from actplot.words.numbers import rounded

if TYPE_CHECKING:
    from rich.console import RenderableType


def pair_lines(pair: Pair) -> dict[str, str]:
    """Return what is known about a function of two inputs, a labelled line each."""
    same = to_text(with_values(pair.formula, {FIRST: Name(X), SECOND: Name(X)}))
    gated = {"where a = b": f"{same}   over x = a = b, which is a function of one input, not {pair.title}"}
    kinks = _kinks(pair)
    off = "   off the kinks" if kinks else ""
    return {
        "f(a, b)": to_text(pair.formula),
        "∂f/∂a": to_text(written_partial(pair, FIRST)) + off,
        "∂f/∂b": to_text(written_partial(pair, SECOND)) + off,
        "LaTeX": _latex(pair),
        "parameters": "none",
        "inputs": "2: a, the line, and b, the gate" if pair.gated else "2: a and b",
        "at a = 1": f"{to_text(sliced(pair, FIRST, 1.0).formula)}   over x = b",
        "at b = 1": f"{to_text(sliced(pair, SECOND, 1.0).formula)}   over x = a",
        "kinks": "; ".join(kinks) or "none",
        **(gated if pair.gated else {}),
        "aliases": ", ".join(pair.aliases) or "none",
        "source": pair.source,
    }


def _kinks(pair: Pair) -> list[str]:
    """Return where slopes break on both slices."""
    return [
        f"at {moving} = {rounded(seam.x)} where {fixed} = 1"
        for fixed, moving in ((FIRST, SECOND), (SECOND, FIRST))
        for seam in _seams(pair, fixed)
    ]


def _seams(pair: Pair, fixed: str) -> list[Seam]:
    return [seam for seam in sliced(pair, fixed, 1.0).seams if seam.kink]


def _latex(pair: Pair) -> str:
    return to_latex(pair.formula, "cases", {}, symbol_of)


def pair_information(pair: Pair, width: int, unicode: bool) -> RenderableType:
    """Return everything known about a function of two inputs as a page of labelled lines."""
    return page(pair.title, pair.name, pair.sentence, pair_lines(pair), width, unicode)


def pair_json(pair: Pair) -> str:
    """Return the same as JSON."""
    kinks = {moving: [seam.x for seam in _seams(pair, fixed)] for fixed, moving in ((SECOND, FIRST), (FIRST, SECOND))}
    record = pair_record(pair) | {"latex": _latex(pair), "kinks": kinks}
    return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
