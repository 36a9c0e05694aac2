"""The pictures of the gallery: one activation with its derivative, in every format asked for."""

from __future__ import annotations

from dataclasses import dataclass

from actplot.activation import Activation
from actplot.curve import sample_range
from actplot.figures.drawing import Drawing
from actplot.figures.export import render
from actplot.figures.looks import find
from actplot.figures.sheet import Sheet
from actplot.registry import get

SAMPLES = 500
DPI = 110  # sharp enough for a page, and the whole catalogue stays small enough to commit


@dataclass(frozen=True)
class Order:
    """What one worker is to draw; plain values, so that it can be sent to another process."""

    name: str
    formats: tuple[str, ...]
    style: str


def draw(order: Order) -> dict[str, bytes]:
    """Return the file names and contents of an order."""
    activation: Activation = get(order.name)
    curve = sample_range(activation, activation.declaration.range, SAMPLES)
    drawn = render(Drawing([curve]), find(order.style), order.formats, Sheet(dpi=DPI))
    return {f"{order.name}.{name}": data for name, data in drawn.items()}
