"""``actplot gallery``: activations with their derivatives as files, and an index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from actplot.cli.completion import complete_gallery_formats, complete_names, complete_only
from actplot.cli.defaults import NoConfig
from actplot.cli.options import FunctionFiles, know_functions, read_range, read_size
from actplot.cli.outputs import Language, Quiet, Scale, Style


def gallery_command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder to write to; made if it is missing.")],
    specs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME[:PARAM=VALUE/VALUE,…]]…",
            help="What to export: names, formulas such as 'x*sigmoid(x)', sweeps such as elu:alpha=0.5/1/2; "
            "by default every activation.",
            autocompletion=complete_names,
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="NAMES",
            help="Only these: names, patterns such as 'hard_*' and families such as rectifiers or gated (the headings "
            "of actplot list), split by commas; may be repeated.",
            autocompletion=complete_only,
        ),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="F,…",
            help="Formats of the files: png, svg, pdf, csv, json, md, tex.",
            autocompletion=complete_gallery_formats,
        ),
    ] = "png",
    style: Style = None,
    bounds: Annotated[
        tuple[str, str] | None,
        typer.Option("--range", "-r", metavar="MIN MAX", help="One x range for all; by default each shows its shape."),
    ] = None,
    second: Annotated[bool, typer.Option("--second", help="Add f″: a panel, in tables a column.")] = False,
    size: Annotated[str | None, typer.Option("--size", metavar="WxH", help="Size of the figures in inches.")] = None,
    scale: Scale = None,
    transparent: Annotated[bool, typer.Option("--transparent", help="No ground behind the figures.")] = False,
    language: Language = None,
    jobs: Annotated[
        str | None,
        typer.Option("--jobs", metavar="N", help="Figures drawn at a time; by default one a core."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write every file anew, in place of what no gallery wrote too.")
    ] = False,
    functions: FunctionFiles = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Export activations with their derivatives, and an index of them as README.md and index.html.

    What is in DIR already and made from the same things is left as it is; what a gallery did not write is never
    replaced without --force.
    """
    from actplot.activations.pairs import Pair
    from actplot.console import output
    from actplot.curves.content import Wanted
    from actplot.errors import UsageError
    from actplot.figures.formats.page_setup import PageSetup, read_scale
    from actplot.functions.reading import notes
    from actplot.gallery.manner import DPI, USUAL, Manner
    from actplot.gallery.run import Request, run
    from actplot.gallery.selection import read_formats, read_jobs, select
    from actplot.words.languages import find_language

    if not folder.strip():
        raise UsageError("the folder has no name; write . for this one, or a name such as pictures")
    know_functions(functions)
    chosen = select(specs or [], only or [])
    page = PageSetup(read_size(size), DPI, transparent, scale=read_scale(1.0 if scale is None else scale))
    manner = Manner(
        tuple(style or ()) or USUAL.style,
        Wanted(derivative=True, second=second),
        read_range(bounds),
        page,
        find_language(language or "en"),
    )
    request = Request(Path(folder), chosen, read_formats(formats), manner, read_jobs(jobs), force, quiet)
    for line in notes(each for each in chosen if not isinstance(each, Pair)):
        output.note(line, quiet)
    run(request)
