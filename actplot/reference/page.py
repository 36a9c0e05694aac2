"""The page about one activation: everything known about it, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from actplot.accuracy.kin import declared, followers, page_line
from actplot.accuracy.kin import record as told_of
from actplot.facts import facts
from actplot.facts.words import MOST_WRITTEN, fact_lines
from actplot.formula.nodes import is_written_in
from actplot.formula.plain_text import to_text
from actplot.functions.activation import Activation
from actplot.functions.spellings import shown_spellings
from actplot.reference.labelled import page
from actplot.reference.listing import record_of
from actplot.words.numbers import strict

if TYPE_CHECKING:
    from rich.console import RenderableType


def information(
    activation: Activation, width: int, unicode: bool, more: Mapping[str, str] | None = None
) -> RenderableType:
    """Return everything known about an activation as a page of labelled lines, and after it ``more`` of them."""
    told = page_line(activation, declared(activation))
    lines = fact_lines(activation) | told | dict(more or {})
    return page(activation.title, activation.name, activation.declaration.sentence, lines, width, unicode)


def information_json(activation: Activation, more: Mapping[str, object] | None = None) -> str:
    """Return the same as JSON; infinities and NaN are strings, as in tables."""
    computed, slope, relation = facts(activation), activation.slope_formula(), declared(activation)
    record = record_of(activation.declaration) | {
        "parameters": dict(activation.values),
        "inputs": activation.inputs,
        "axis": activation.axis,
        "formula": to_text(activation.formula),
        "derivative": to_text(slope) if is_written_in(MOST_WRITTEN, slope) else None,
        "gradient": activation.declaration.gradient_text or None,
        "latex": activation.formula_latex(),
        "derivative_latex": activation.derivative_latex(),
        "kinks": [
            {"x": kink.x, "slopes": [kink.left, kink.right], "jump": kink.jump, "frameworks": dict(kink.frameworks)}
            for kink in activation.kinks
        ],
        "breaks": [
            {"x": seam.x, "kind": seam.kind, "f": seam.f, "slopes": seam.df}
            for seam in activation.seams
            if seam.kind != "smooth"
        ],
        "facts": asdict(computed) | {"zero_centred": computed.zero_centred, "bounded": computed.bounded},
        "frameworks": {name: list(texts) for name, texts in shown_spellings(activation.declaration).items()},
        "same": relation and told_of(relation),
        "also_same": followers(activation),
        **(more or {}),
    }
    return json.dumps(strict(record), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
