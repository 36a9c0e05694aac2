"""Figures for Python programs and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from actplot.curves.content import Wanted, made
from actplot.curves.curve import common_range, sample_range
from actplot.curves.grid import MAX_DRAWN, check_drawn, check_range, check_samples, check_tangents
from actplot.curves.surfaces import BOTH, Surface
from actplot.errors import UsageError
from actplot.figures.appearance.looks import DEFAULT_LOOK, applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Detail, Drawing, Frame, find_detail
from actplot.figures.formats.page_setup import check_size, read_scale
from actplot.figures.parts.grid import FigureLayout, check_layout, find_layout
from actplot.figures.surfaces import build_surface
from actplot.functions.activation import Activation
from actplot.functions.at_kink import find_rule
from actplot.functions.naming import labelled
from actplot.functions.pairs import find_pair
from actplot.functions.reading import parse_specs
from actplot.implementations.callables import get
from actplot.words.arguments import numbers, pair, shown, switch, text, texts, whole
from actplot.words.languages import Language, find_language, speaking
from actplot.words.quoting import labels as as_labels
from actplot.words.quoting import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(
    *activations: str | Activation | Callable[..., Any],
    derivative: bool = True,
    second: bool = False,
    difference: bool = False,
    range: tuple[float, float] | None = None,  # noqa: A002  (the word the command line uses)
    samples: int | None = None,
    at_kink: str = "undefined",
    style: str | PathLike[str] | Sequence[str | PathLike[str]] = DEFAULT_LOOK,
    size: tuple[float, float] | None = None,
    scale: float | str = 1.0,
    title: str | None = None,
    labels: Sequence[str] = (),
    xlabel: str | None = None,
    ylabel: str | None = None,
    ylim: tuple[float, float] | None = None,
    tangents: Sequence[float] = (),
    detail: Detail = "calm",
    layout: FigureLayout = "stacked",
    language: Language = "en",
) -> Figure:
    """Return a matplotlib Figure of one or more activations, which a notebook shows by itself.

    Parameters
    ----------
    activations
        Names, such as ``"relu"`` or ``"elu:alpha=0.5"``, or what `actplot.get` returns; or one function of two
        inputs, such as ``"swiglu"``, which has maps. A callable of numpy's, torch's, jax's or Python's numbers is
        sampled, and differentiated by its framework where there is one; the figure says that its accuracy is unknown.
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
        A look of actplot's (light, dark, paper, tutorial), of matplotlib's, or an .mplstyle file; or several, of
        which the later ones hold wherever two say something of the same setting.
    size
        Width and height in inches.
    scale
        How many times as large as the style has them words, lines and marks are, or ``talk`` or ``poster``; less
        where a ``size`` has no room for them.
    title
        Title of the figure.
    labels
        What the curves are called, one for each.
    xlabel, ylabel
        Words at the axes of x and of f.
    ylim
        The y range of f.
    tangents
        Points of the range at which f has its tangent drawn.
    detail
        ``plain`` for curves alone, ``calm`` for the usual marks, ``full`` for all of them.
    layout
        Where f' stands: ``stacked`` under f, ``beside`` it, or ``together`` with it in one panel.
    language
        Of the words in the figure: ``en``, ``ja``, ``ko`` or ``es``.

    Raises
    ------
    UsageError
        For a name, range, number, text, style or layout that is not one.
    WorldError
        For a callable that takes no arrays, or not like a function: the message says what it does.

    """
    if not activations:
        raise UsageError("there is nothing to draw; name at least one activation")
    find_rule(at_kink)
    wanted = Wanted(switch(derivative, "derivative"), switch(second, "second"), switch(difference, "difference"))
    check_layout(find_layout(layout), wanted)
    span = None if range is None else check_range(*pair(range, "range"))
    count = None if samples is None else check_samples(whole(samples, "samples"), MAX_DRAWN)
    sheet = None if size is None else check_size(*pair(size, "size"), shown(size))
    look, times, spoken = find(style), read_scale(scale), find_language(language)
    heading, below, beside = (
        _words(each, name) for each, name in ((title, "title"), (xlabel, "xlabel"), (ylabel, "ylabel"))
    )
    frame = Frame(None if ylim is None else check_range(*pair(ylim, "ylim"), "--ylim"), below, beside)
    given, points, much = texts(labels, "labels"), check_tangents(numbers(tangents, "tangents")), find_detail(detail)
    named = [each for each in activations if isinstance(each, str)]
    if len(named) == len(activations) and (both := find_pair(named)) is not None:
        surface = Surface(both, span or BOTH, wanted.derivative, at_kink, heading, count)
        with applied(look), speaking(spoken):
            return build_surface(surface, sheet, None, times)
    bound = [a for each in activations for a in (parse_specs([each]) if isinstance(each, str) else [get(each)])]
    check_drawn(count or 0, len(bound))
    bounds = span or common_range(bound)
    bound = labelled(bound, as_labels(given))
    curves = [sample_range(activation, bounds, count, at_kink, frame.ylim) for activation in bound]
    content = made(curves, wanted)
    with applied(look), speaking(spoken):
        drawing = Drawing(curves, content, heading, much, frame=frame, tangents=points, layout=layout)
        return build(drawing, look, sheet, scale=times)


def _words(said: str | None, name: str) -> str | None:
    return None if said is None else words(text(said, name), f"--{name}")
