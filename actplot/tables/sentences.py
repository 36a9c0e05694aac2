"""The tutorials' own sentences: ``Applying Leaky ReLU on (-10.0) gives -0.1``."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.curve import Curve
from actplot.tables.numbers import exact, is_undefined


def to_sentences(curves: Sequence[Curve], derivative: bool, title: str | None = None) -> str:
    """Return a sentence a point; a title takes the place of the name of a single function."""
    lines = []
    for curve in curves:
        name = title if title and len(curves) == 1 else curve.activation.title
        kinks = {kink.x: kink for kink in curve.activation.kinks}
        for x, f, slope in zip(curve.x.tolist(), curve.f.tolist(), curve.df.tolist(), strict=True):
            sentence = f"Applying {name} on ({exact(x)}) gives {exact(f)}"
            if derivative and is_undefined(x, slope) and x in kinks:
                sides = f"{exact(kinks[x].left)} from the left, {exact(kinks[x].right)} from the right"
                sentence += f", slope undefined ({sides})"
            elif derivative:
                sentence += f", slope {exact(slope)}"
            lines.append(sentence)
    return "\n".join(lines) + "\n"
