"""``actplot gallery``: every activation with its derivative, and an index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def gallery_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; made if it is missing.")],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAMES", help="Only these activations, split by commas; may be repeated."),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="F,…", help="Formats of the figures: png, svg, pdf.")
    ] = "png",
    style: Annotated[str, typer.Option("--style", metavar="S", help="The look of the figures.")] = "light",
    jobs: Annotated[
        str | None,
        typer.Option("--jobs", metavar="N", help="Figures drawn at a time; by default one a core."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress bar.")] = False,
) -> None:
    """Export every activation with its derivative, and an index (README.md) of them."""
    from actplot.gallery.run import run
    from actplot.gallery.selection import read_formats, read_jobs, select

    run(folder, select(only or []), read_formats(formats), style, read_jobs(jobs), quiet)
