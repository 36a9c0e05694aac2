"""Tidy CSV: a row a point, every digit."""

from __future__ import annotations

from collections.abc import Sequence

from actplot.curve import Curve
from actplot.tables.numbers import exact, is_undefined


def to_csv(curves: Sequence[Curve], derivative: bool, title: str | None = None) -> str:
    """Return CSV with the header ``name,x,f`` or ``name,x,f,df``; an undefined slope is an empty field."""
    lines = ["name,x,f,df" if derivative else "name,x,f"]
    for curve in curves:
        name = _field(curve.activation.name)
        if derivative:
            rows = zip(curve.x.tolist(), curve.f.tolist(), curve.df.tolist(), strict=True)
            lines += [f"{name},{exact(x)},{exact(f)},{'' if is_undefined(x, df) else exact(df)}" for x, f, df in rows]
        else:
            lines += [f"{name},{exact(x)},{exact(f)}" for x, f in zip(curve.x.tolist(), curve.f.tolist(), strict=True)]
    return "\n".join(lines) + "\n"


def _field(text: str) -> str:
    """Quote a field as RFC 4180 asks, where it needs it."""
    if any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
