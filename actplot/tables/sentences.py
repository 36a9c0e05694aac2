"""The tutorials' own sentences: ``Applying Leaky ReLU on (-10.0) gives -0.1``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from actplot.calculus.seams import Kink
from actplot.curves.curve import Curve
from actplot.curves.panels import Quantity
from actplot.functions.naming import titles
from actplot.functions.parametrised import X
from actplot.tables.rows import Layout, Measured, Sampled, measured
from actplot.words.languages import say
from actplot.words.numbers import Writer, exact, writer


def sentences_text(tables: Sequence[Sampled], layout: Layout) -> Iterator[str]:
    """Return a sentence a point; a title takes the place of the name of a single function."""
    own = titles([table.activation for table in tables])
    title, said = layout.title, say()
    called = {
        "f": said.gives,
        "df": said.slope,
        "gradient": said.gradient,
        "d2f": said.second,
        "difference": said.difference_from,
    }
    write = writer(layout.digits, exact)
    for place, function in enumerate(measured(tables)):
        name = title if title and len(tables) == 1 else own[place]
        over = "" if function.activation.axis == X else f" = {function.activation.axis}"
        for piece in function.table.pieces():
            parts = [[said.applying.format(name=name, x=exact(x) + over) for x in piece.x.tolist()]]
            for quantity in layout.columns(tables):
                if not function.has(quantity):
                    continue
                texts = _texts(function, piece, quantity, write)
                parts.append([called[quantity].format(value=text, name=own[0]) for text in texts])
            yield "".join("".join(sentence) + "\n" for sentence in zip(*parts, strict=True))


def _texts(function: Measured, piece: Curve, quantity: Quantity, write: Writer) -> Iterator[str]:
    values, undefined = function.numbers(piece, quantity)
    kinks = function.kinks(quantity)
    for x, value, gone in zip(piece.x.tolist(), values.tolist(), undefined.tolist(), strict=True):
        if gone and x in kinks:
            yield say().undefined.format(sides=_sides(kinks[x], quantity, write))
        else:
            yield write(value)


def _sides(kink: Kink, quantity: Quantity, write: Writer) -> str:
    of = {"df": "f", "d2f": "f′"}[quantity]
    said = say()
    jump = said.jump if kink.jump and all(map(math.isfinite, kink.jump)) else said.pole
    torn = jump.format(name=of, low=write(kink.jump[0]), high=write(kink.jump[1])) if kink.jump else ""
    return torn + said.sides.format(left=write(kink.left), right=write(kink.right))
