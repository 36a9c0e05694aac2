"""The options of every command that draws, and what becomes of a result: one place for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from actplot.cli.completion import complete_format, complete_language, complete_names, complete_scale, complete_style
from actplot.cli.defaults import Standing
from actplot.cli.options import read_dpi, read_size, read_words
from actplot.console import output

if TYPE_CHECKING:
    from actplot.figures.formats.page_setup import PageSetup
    from actplot.plotting.request import Request
    from actplot.plotting.run import Result

Names: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME[:PARAM=VALUE,…]…",
        help="Activations or formulas; several share one figure.",
        autocompletion=complete_names,
        show_default=False,
    ),
]
Seed: TypeAlias = Annotated[str, typer.Option("--seed", metavar="N", help="Seed of all random numbers.")]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write a file; may be repeated. The suffix decides: png svg pdf, csv json md tex txt. "
        "- is standard output and needs --format.",
    ),
]
Format: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="F",
        help="png svg pdf csv json md tex text; alone it means standard output. CSV has a row for each x of each line: "
        "its panel, its name, and what is known of line, dots, low and high.",
        autocompletion=complete_format,
    ),
]
Table: TypeAlias = Annotated[bool, typer.Option("--table", help="Print the numbers in the terminal.")]
Terminal: TypeAlias = Annotated[
    bool, typer.Option("--terminal", help="Draw in the terminal even where a window could open.")
]
Image: TypeAlias = Annotated[
    bool,
    typer.Option("--image", help=r"The real figure, where the terminal shows pictures (extra: actplot\[image])."),
]
Style: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--style",
        metavar="S",
        help="light (the default), dark, paper, tutorial, a matplotlib style or an .mplstyle file; may be "
        "repeated: where two say something of the same, the later one holds.",
        show_default=False,
        autocompletion=complete_style,
    ),
]
Size: TypeAlias = Annotated[str | None, typer.Option("--size", metavar="WxH", help="Size of the figure in inches.")]
Dpi: TypeAlias = Annotated[str | None, typer.Option("--dpi", metavar="DPI", help="Dots per inch of a PNG.")]
Scale: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--scale",
        metavar="X",
        help="Words, lines and marks X times as large: a number, talk (1.5) or poster (5). They shrink to fit "
        "--size; without it the figure grows to hold them.",
        autocompletion=complete_scale,
    ),
]
Title: TypeAlias = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Title of the figure or table.")]
Transparent: TypeAlias = Annotated[bool, typer.Option("--transparent", help="No ground behind the figure.")]
Responsive: TypeAlias = Annotated[
    bool, typer.Option("--responsive", help="An SVG without a size of its own, for web pages.")
]
Text: TypeAlias = Annotated[
    bool,
    typer.Option("--text", help="The words of an SVG as text, in the fonts of its reader; formulas stay drawn."),
]
Language: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="L",
        help="Of words in figures, charts and sentences: en (the default), ja, ko, es, or auto for the locale's.",
        autocompletion=complete_language,
        show_default=False,
    ),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress bar.")]


def page_setup(
    size: str | None, dpi: str | None, transparent: bool, responsive: bool, scale: str | None, text: bool
) -> PageSetup:
    """Return what a figure is printed on, of the options above."""
    from actplot.figures.formats.page_setup import PageSetup, read_scale

    given = {"size": size, "dpi": dpi, "scale": scale}
    standing = frozenset(name for name, each in given.items() if isinstance(each, Standing))
    times = read_scale(1.0 if scale is None else scale)
    return PageSetup(read_size(size), read_dpi(dpi), transparent, responsive, times, text, standing)


def graph_request(
    outputs: list[str] | None,
    format_name: str | None,
    screen: tuple[bool, bool, bool],
    style: list[str] | None,
    page: tuple[str | None, str | None, bool, bool, str | None, bool],
    title: str | None,
) -> Request:
    """Return the request of the options above; ``screen`` is table, terminal and image, ``page`` what is printed on."""
    from actplot.plotting.formats import plan_outputs
    from actplot.plotting.graphs import graph_request as request
    from actplot.plotting.request import Appearance

    appearance = Appearance(tuple(style or ()) or Appearance().style, page_setup(*page), read_words(title, "--title"))
    return request(plan_outputs(outputs or [], format_name), *screen, appearance)


def deliver(result: Result, quiet: bool) -> None:
    """Write what is to be written, open the window if there is one, and tell the notes."""
    for line in result.notes:
        output.note(line, quiet)
    output.commit(result.files, *result.stdout)
    output.tell_written([path for path, _ in result.files], quiet)
    if result.window is not None and not result.window():
        output.commit([], result.fallback())
    for line in result.afterwards():
        output.note(line, quiet)
