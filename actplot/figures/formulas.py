"""The heading of a panel: the title at the left, the formula beside it at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.figures.drawing import Drawing, Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST = 0.7  # of the title's size; a formula that must be smaller to fit is left out


def set_heading(axes: Axes, drawing: Drawing, quantity: Quantity) -> None:
    """Write the title and, for a single function, its formula above a panel."""
    import matplotlib

    title = _title(drawing, quantity)
    left = axes.set_title(title, loc="left")
    if len(drawing.curves) > 1:
        return
    activation = drawing.curves[0].activation
    latex = activation.formula_latex("inline") if quantity == "f" else activation.derivative_latex("inline")
    head = "f(x)" if quantity == "f" else "f\\,'(x)"
    size = float(left.get_fontsize())
    text = f"${head} = {latex}$"
    figure_width = axes.get_figure(root=True).get_size_inches()[0] * 72  # type: ignore[union-attr]
    room = axes.get_position().width * figure_width - _width(title, size, left.get_fontweight()) - 1.5 * size
    needed = _width(text, size)
    scale = min(1.0, room / needed) if needed else 1.0
    if scale >= SMALLEST:
        colour = matplotlib.rcParams["axes.labelcolor"]
        axes.set_title(text, loc="right", fontsize=size * scale, color=colour, fontweight="normal")


def _title(drawing: Drawing, quantity: Quantity) -> str:
    if quantity == "df":
        return "Derivative"
    if drawing.title is not None:
        return literal(drawing.title)
    return literal(drawing.curves[0].activation.title) if len(drawing.curves) == 1 else "Function"


def literal(text: str) -> str:
    """Return text that matplotlib shows as it is: one line, dollar signs and all."""
    return " ".join(text.split()).replace("\\", "\\\u2060").replace("$", r"\$")


def _width(text: str, size: float, weight: str | int = "normal") -> float:
    """Return the width of a text in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    font = FontProperties(size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath="$" in text)
    return float(width)
