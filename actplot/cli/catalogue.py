"""``actplot list`` and ``actplot info``: what there is, and what is known about one."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.options import COMMANDS, FunctionFiles, complete_names, know_functions
from actplot.console import output


def list_command(
    own: Annotated[bool, typer.Option("--own", help="Only the functions of your own.")] = False,
    functions: FunctionFiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List every activation with its parameters and other names, family by family."""
    from actplot.console.screen import Screen
    from actplot.functions.registry import names, own_names
    from actplot.reference.listing import catalogue_json, catalogue_table

    know_functions(functions)
    chosen = own_names() if own else names()

    if as_json:
        output.commit([], catalogue_json(chosen).encode())
        return
    screen = Screen.of_stdout()
    output.commit([], screen.render(catalogue_table(chosen, screen.width, screen.unicode)))


def info_command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME[:PARAM=VALUE,…]",
            help="The activation.",
            autocompletion=complete_names,
            show_default=False,
        ),
    ],
    functions: FunctionFiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show what is known about one activation: formulas, kinks, range, limits, slopes, symmetry, source."""
    from actplot.console.screen import Screen
    from actplot.functions.reading import parse_spec
    from actplot.reference.page import information, information_json

    know_functions(functions)
    activation = parse_spec(name, COMMANDS)
    for line in activation.notes:
        output.note(line)
    if as_json:
        output.commit([], information_json(activation).encode())
        return
    screen = Screen.of_stdout()
    output.commit([], screen.render(information(activation, screen.width, screen.unicode)))
