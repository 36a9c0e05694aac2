"""``actplot plot``: figures, charts and tables of one or more functions."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.options import (
    COMMANDS,
    complete_names,
    read_at,
    read_dpi,
    read_range,
    read_samples,
    read_size,
    read_title,
)
from actplot.console import output


def plot_command(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME[:PARAM=VALUE,…]…",
            help="Activations, in any spelling; several share one figure.",
            autocompletion=complete_names,
            show_default=False,
        ),
    ],
    derivative: Annotated[
        bool, typer.Option("--derivative", "-d", help="Add f′ in a panel under f, sharing the x axis.")
    ] = False,
    second: Annotated[bool, typer.Option("--second", help="Add f″ in a panel of its own.")] = False,
    difference: Annotated[
        bool, typer.Option("--difference", help="Add a panel of each function minus the first.")
    ] = False,
    bounds: Annotated[
        tuple[str, str] | None,
        typer.Option("--range", "-r", metavar="MIN MAX", help="The x range; by default one that shows the shape."),
    ] = None,
    samples: Annotated[
        str | None,
        typer.Option("--samples", "-n", metavar="N", help="Points of the linspace grid (default 500)."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="POINTS",
            help="Exact points in place of a grid: 1,-10,0; -3:5:1 (half open); @FILE or - for standard input.",
        ),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write a file; may be repeated. The suffix decides: png svg pdf, csv json md tex txt. "
            "- is standard output and needs --format.",
        ),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="F", help="png svg pdf csv json md tex text; alone it means standard output."),
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Print a value table in the terminal.")] = False,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Draw in the terminal even where a window could open.")
    ] = False,
    image: Annotated[
        bool,
        typer.Option("--image", help=r"The real figure, where the terminal shows pictures (extra: actplot\[image])."),
    ] = False,
    at_kink: Annotated[
        str,
        typer.Option(
            "--at-kink",
            metavar="RULE",
            help="f′ where it does not exist: undefined, left, right, mid, or as torch, tensorflow or jax has it.",
        ),
    ] = "undefined",
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="S",
            help="light, dark, paper, tutorial, a matplotlib style or an .mplstyle file.",
        ),
    ] = "light",
    layout: Annotated[
        str,
        typer.Option("--layout", metavar="L", help="f′ stacked under f, beside it, or together with it in one panel."),
    ] = "stacked",
    size: Annotated[str | None, typer.Option("--size", metavar="WxH", help="Size of the figure in inches.")] = None,
    dpi: Annotated[str | None, typer.Option("--dpi", metavar="DPI", help="Dots per inch of a PNG.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of the figure or table.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Curves alone, without marks and shades.")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Mark all that is known: slanted asymptotes, extrema, corners.")
    ] = False,
    equal: Annotated[bool, typer.Option("--equal", help="One scale for both axes: slope 1 rises at 45°.")] = False,
    transparent: Annotated[bool, typer.Option("--transparent", help="No ground behind the figure.")] = False,
    responsive: Annotated[
        bool, typer.Option("--responsive", help="An SVG without a size of its own, for web pages.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes on standard error.")] = False,
) -> None:
    """Show functions and their derivatives: a window, a chart in the terminal, files or value tables.

    A NAME may be a formula of one's own: [b]actplot 'x*sigmoid(beta*x):beta=2'[/b].

    A parameter may take several values, a curve each: [b]actplot elu:alpha=0.5/1/2[/b].
    """
    from actplot.curves.panels import Content
    from actplot.errors import UsageError
    from actplot.figures.formats.page_setup import PageSetup
    from actplot.figures.parts.grid import find_layout
    from actplot.plotting.formats import plan_outputs
    from actplot.plotting.request import Appearance, Points, Request
    from actplot.plotting.run import run

    if plain and annotate:
        raise UsageError("--plain and --annotate exclude each other; give one of them")

    request = Request(
        specs=tuple(names),
        content=Content(derivative, second, difference),
        points=Points(read_range(bounds), read_samples(samples), read_at(at), at_kink),
        outputs=plan_outputs(outputs or [], format_name),
        table=table,
        terminal=terminal,
        image=image,
        appearance=Appearance(
            style,
            PageSetup(read_size(size), read_dpi(dpi), transparent, responsive),
            read_title(title),
            "plain" if plain else "full" if annotate else "calm",
            equal,
            find_layout(layout),
        ),
    )
    result = run(request, COMMANDS)
    for line in result.notes:
        output.note(line, quiet)
    output.commit(result.files, *result.stdout)
    if result.window is not None and not result.window():
        output.commit([], result.fallback())
    for line in result.afterwards():
        output.note(line, quiet)
