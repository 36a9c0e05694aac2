"""``actplot plot``: figures, charts and tables of one or more functions."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.completion import complete_dtype, complete_format, complete_names, complete_rule
from actplot.cli.defaults import NoConfig
from actplot.cli.options import (
    COMMANDS,
    FunctionFiles,
    know_functions,
    read_at,
    read_digits,
    read_dtype,
    read_labels,
    read_logits,
    read_range,
    read_samples,
    read_tangents,
    read_words,
    read_ylim,
)
from actplot.cli.outputs import (
    Dpi,
    Image,
    Language,
    Outputs,
    Quiet,
    Responsive,
    Scale,
    Size,
    Style,
    Terminal,
    Text,
    Title,
    Transparent,
    deliver,
    page_setup,
)


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
    second: Annotated[bool, typer.Option("--second", help="Add f″: a panel, in tables a column (d2f).")] = False,
    difference: Annotated[
        bool, typer.Option("--difference", help="Add each function minus the first: a panel, in tables a column.")
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
    outputs: Outputs = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="F",
            help="png svg pdf csv json md tex text; alone it means standard output. CSV has the columns name, x, f, "
            "df, d2f, difference, as asked for; a name that begins with =, +, - or @ has an apostrophe before it, so "
            "that spreadsheets take it for text. JSON has the same keys. LaTeX needs booktabs and siunitx.",
            autocompletion=complete_format,
        ),
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Print a value table in the terminal.")] = False,
    digits: Annotated[
        str | None,
        typer.Option(
            "--digits", metavar="N", help="Significant digits of the values in tables; by default all that matter."
        ),
    ] = None,
    terminal: Terminal = False,
    image: Image = False,
    at_kink: Annotated[
        str,
        typer.Option(
            "--at-kink",
            metavar="RULE",
            help="f′ where it does not exist: undefined, left, right, mid, or as torch, tensorflow or jax has it; "
            "for a formula, what differentiating it there gives.",
            autocompletion=complete_rule,
        ),
    ] = "undefined",
    dtype: Annotated[
        str | None,
        typer.Option(
            "--dtype",
            metavar="F",
            help="Show the function over the numbers of a format, each result rounded once: bfloat16, float16, "
            "float32, float8_e4m3fn, float8_e5m2. Notes say where it under- or overflows.",
            autocompletion=complete_dtype,
        ),
    ] = None,
    style: Style = None,
    layout: Annotated[
        str,
        typer.Option("--layout", metavar="L", help="f′ stacked under f, beside it, or together with it in one panel."),
    ] = "stacked",
    size: Size = None,
    dpi: Dpi = None,
    scale: Scale = None,
    title: Title = None,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            "--label",
            metavar="NAME",
            help="What a curve is called wherever its name stands, in tables too; one for each curve, in their order.",
        ),
    ] = None,
    xlabel: Annotated[str | None, typer.Option("--xlabel", metavar="TEXT", help="Words at the x axis.")] = None,
    ylabel: Annotated[
        str | None, typer.Option("--ylabel", metavar="TEXT", help="Words at the y axis of f; other panels keep theirs.")
    ] = None,
    ylim: Annotated[
        tuple[str, str] | None,
        typer.Option("--ylim", metavar="LOW HIGH", help="The y range of f; other panels keep theirs."),
    ] = None,
    tangents: Annotated[
        list[str] | None,
        typer.Option(
            "--tangent",
            metavar="X",
            help="The tangent of f at X, and its slope in the panel of f′; at a kink, one from each side. "
            "May be repeated.",
        ),
    ] = None,
    jacobian: Annotated[
        str | None,
        typer.Option(
            "--jacobian",
            metavar="X1,X2,…",
            help="Of softmax and its kin: how much each output moves with each input where they are these.",
        ),
    ] = None,
    language: Language = None,
    plain: Annotated[bool, typer.Option("--plain", help="Curves alone, without marks and shades.")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Mark all that is known: slanted asymptotes, extrema, corners.")
    ] = False,
    equal: Annotated[bool, typer.Option("--equal", help="One scale for both axes: slope 1 rises at 45°.")] = False,
    transparent: Transparent = False,
    responsive: Responsive = False,
    text: Text = False,
    functions: FunctionFiles = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Show functions and their derivatives: a window, a chart in the terminal, files or value tables.

    A NAME may be a formula of one's own: [b]actplot 'x*sigmoid(beta*x):beta=2'[/b].

    A parameter may take several values, a curve each: [b]actplot elu:alpha=0.5/1/2[/b].

    Differentiating a formula, torch and jax share the slope where max or min tie, and TensorFlow gives it to the first
    argument; abs has slope 0 at 0, in jax 1; a condition has the slope of the branch it takes, and a named function the
    one that the framework takes for it. [b]actplot info[/b] tells what comes of it.
    """
    from actplot.curves.content import Wanted
    from actplot.errors import UsageError
    from actplot.figures.drawing import Frame
    from actplot.figures.parts.grid import find_layout
    from actplot.plotting.formats import plan_outputs
    from actplot.plotting.request import Appearance, Points, Request
    from actplot.plotting.run import run
    from actplot.words.languages import find_language, speaking

    know_functions(functions)
    if plain and annotate:
        raise UsageError("--plain and --annotate exclude each other; give one of them")

    request = Request(
        specs=tuple(names),
        content=Wanted(derivative, second, difference),
        points=Points(read_range(bounds), read_samples(samples), read_at(at), at_kink, read_dtype(dtype)),
        outputs=plan_outputs(outputs or [], format_name),
        table=table,
        terminal=terminal,
        image=image,
        appearance=Appearance(
            tuple(style or ()) or Appearance().style,
            page_setup(size, dpi, transparent, responsive, scale, text),
            read_words(title, "--title"),
            "plain" if plain else "full" if annotate else "calm",
            equal,
            Frame(read_ylim(ylim), read_words(xlabel, "--xlabel"), read_words(ylabel, "--ylabel")),
            read_tangents(tangents),
            read_labels(labels),
            find_layout(layout),
        ),
        digits=read_digits(digits),
        jacobian=read_logits(jacobian),
    )
    with speaking(find_language(language or "en")):
        deliver(run(request, COMMANDS), quiet)
