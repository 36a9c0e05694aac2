"""The tutorials' own sentences: ``Applying Leaky ReLU on (-10.0) gives -0.1``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from actplot.calculus.seams import Kink
from actplot.curves.curve import Curve
from actplot.curves.panels import Quantity
from actplot.functions.naming import titles
from actplot.tables.rows import Layout, Measured, Sampled, measured
from actplot.words.numbers import exact, significant

_CALLED: dict[Quantity, str] = {
    "f": " gives",
    "df": ", slope",
    "gradient": ", gradient in training",
    "d2f": ", second derivative",
}


def sentences_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return a sentence a point; a title takes the place of the name of a single function."""
    own = titles([table.activation for table in tables])
    digits, title = layout.digits, layout.title
    write = exact if digits is None else lambda value: significant(value, digits)
    for place, function in enumerate(measured(tables)):
        name = title if title and len(tables) == 1 else own[place]
        for piece in function.table.pieces():
            parts = [[f"Applying {name} on ({exact(x)})" for x in piece.x.tolist()]]
            for quantity in layout.columns(tables):
                if not function.has(quantity):
                    continue
                called = _CALLED.get(quantity, f", difference from {own[0]}")
                parts.append([f"{called} {text}" for text in _texts(function, piece, quantity, write)])
            yield "".join("".join(sentence) + "\n" for sentence in zip(*parts, strict=True))


def _texts(function: Measured, piece: Curve, quantity: Quantity, write: Callable[[float], str]) -> Iterator[str]:
    values, undefined = function.numbers(piece, quantity)
    kinks = function.kinks(quantity)
    for x, value, gone in zip(piece.x.tolist(), values.tolist(), undefined.tolist(), strict=True):
        if gone and x in kinks:
            yield f"undefined ({_sides(kinks[x], quantity, write)})"
        else:
            yield write(value)


def _sides(kink: Kink, quantity: Quantity, write: Callable[[float], str]) -> str:
    of = {"df": "f", "d2f": "f′"}[quantity]
    jump = f"{of} jumps from {write(kink.jump[0])} to {write(kink.jump[1])}; " if kink.jump else ""
    return f"{jump}{write(kink.left)} from the left, {write(kink.right)} from the right"
