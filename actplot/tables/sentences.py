"""The tutorials' own sentences: ``Applying Leaky ReLU on (-10.0) gives -0.1``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actplot.calculus.seams import Kink
from actplot.functions.naming import titles
from actplot.tables.rows import Sampled
from actplot.words.numbers import exact


def sentences_text(tables: Sequence[Sampled], derivative: bool, title: str | None = None) -> Iterator[str]:
    """Return a sentence a point; a title takes the place of the name of a single function."""
    for table, own in zip(tables, titles([table.activation for table in tables]), strict=True):
        name = title if title and len(tables) == 1 else own
        kinks = {kink.x: kink for kink in table.activation.kinks}
        for piece in table.pieces():
            lines = []
            taken = piece.gradient.f if derivative and piece.gradient else None
            values = (column.tolist() for column in (piece.x, piece.f, piece.df, piece.undefined))
            for number, (x, f, slope, undefined) in enumerate(zip(*values, strict=True)):
                sentence = f"Applying {name} on ({exact(x)}) gives {exact(f)}"
                if derivative and undefined and x in kinks:
                    sentence += f", slope undefined ({_sides(kinks[x])})"
                elif derivative:
                    sentence += f", slope {exact(slope)}"
                if taken is not None:
                    sentence += f", gradient in training {exact(float(taken[number]))}"
                lines.append(sentence + "\n")
            yield "".join(lines)


def _sides(kink: Kink) -> str:
    jump = f"f jumps from {exact(kink.jump[0])} to {exact(kink.jump[1])}; " if kink.jump else ""
    return f"{jump}{exact(kink.left)} from the left, {exact(kink.right)} from the right"
