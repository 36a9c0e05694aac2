"""Strict JSON: every digit, null where a slope is undefined, infinities and NaN as strings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from actplot.curve import Curve
from actplot.tables.numbers import is_undefined, strict


def to_json(curves: Sequence[Curve], derivative: bool, title: str | None = None) -> str:
    """Return ``{"curves": [{"name", "parameters", "x": […], "f": […], "df": […]}]}``, a curve a line."""
    return '{"curves": [\n' + ",\n".join(json.dumps(_curve(c, derivative), allow_nan=False) for c in curves) + "\n]}\n"


def _curve(curve: Curve, derivative: bool) -> dict[str, object]:
    x = curve.x.tolist()
    record: dict[str, object] = {
        "name": curve.activation.name,
        "parameters": dict(curve.activation.values),
        "x": strict(x),
        "f": strict(curve.f.tolist()),
    }
    if derivative:
        slopes = zip(x, curve.df.tolist(), strict=True)
        record["df"] = [None if is_undefined(at, slope) else strict(slope) for at, slope in slopes]
    return record
