"""Figures for Python programs and notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.curves.curve import common_range, sample_range
from actplot.curves.grid import MAX_DRAWN, check_range, check_samples
from actplot.curves.panels import Content
from actplot.figures.appearance.looks import DEFAULT_LOOK, applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Detail, Drawing
from actplot.figures.parts.grid import Layout, check_layout, find_layout
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_specs

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(
    *activations: str | Activation,
    derivative: bool = True,
    second: bool = False,
    difference: bool = False,
    range: tuple[float, float] | None = None,  # noqa: A002  (the word the command line uses)
    samples: int | None = None,
    at_kink: str = "undefined",
    style: str = DEFAULT_LOOK,
    size: tuple[float, float] | None = None,
    title: str | None = None,
    detail: Detail = "calm",
    layout: Layout = "stacked",
) -> Figure:
    """Return a matplotlib Figure of one or more activations, which a notebook shows by itself.

    Parameters
    ----------
    activations
        Names, such as ``"relu"`` or ``"elu:alpha=0.5"``, or what `actplot.get` returns.
    derivative
        Whether f' has a panel under f.
    second, difference
        Whether f'' has a panel, and whether each function minus the first has one.
    range
        The x range; by default the one that shows the shape.
    samples
        The number of evenly spaced points; by default as many as each curve needs.
    at_kink
        What f' is where it does not exist: ``undefined``, ``left``, ``right``, ``mid``, ``torch``,
        ``tensorflow`` or ``jax``.
    style
        A look of actplot's (light, dark, paper, tutorial), of matplotlib's, or an .mplstyle file.
    size
        Width and height in inches.
    title
        Title of the figure.
    detail
        ``plain`` for curves alone, ``calm`` for the usual marks, ``full`` for all of them.
    layout
        Where f' stands: ``stacked`` under f, ``beside`` it, or ``together`` with it in one panel.

    Raises
    ------
    UsageError
        For a name, range, number, style or layout that is not one.

    """
    from actplot.errors import UsageError

    if not activations:
        raise UsageError("there is nothing to draw; name at least one activation")
    content = Content(derivative, second, difference)
    check_layout(find_layout(layout), content)
    bound = [a for each in activations for a in (parse_specs([each]) if isinstance(each, str) else [each])]
    bounds = check_range(*range) if range else common_range(bound)
    count = None if samples is None else check_samples(samples, MAX_DRAWN)
    curves = [sample_range(activation, bounds, count, at_kink) for activation in bound]
    look = find(style)
    with applied(look):
        return build(Drawing(curves, content, title, detail, layout=layout), look, size)
