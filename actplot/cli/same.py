"""``actplot same``: which named functions a formula equals, or is nearest to."""

from __future__ import annotations

from typing import Annotated

import typer

from actplot.cli.completion import complete_names
from actplot.cli.defaults import NoConfig
from actplot.cli.options import COMMANDS, FunctionFiles, know_functions


def same_command(
    formula: Annotated[
        str,
        typer.Argument(
            metavar="FORMULA|NAME[:PARAM=VALUE,…]",
            help="The formula, or a function by its name.",
            autocompletion=complete_names,
            show_default=False,
        ),
    ],
    functions: FunctionFiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    no_config: NoConfig = False,
) -> None:
    """Tell which named functions a formula equals, exactly or up to scale and shift, or which is nearest.

    Functions with parameters stand at their defaults, or at values that make them the formula exactly.

    Where both sides are one formula they are proved to be the same; elsewhere exact values are compared at hundreds of
    points, over three times the range and far out.
    """
    from rich.text import Text

    from actplot.accuracy.kin import kin, sentences, to_json
    from actplot.console import output
    from actplot.console.screen import Screen
    from actplot.functions.reading import parse_spec
    from actplot.words.quoting import shorten

    know_functions(functions)
    activation = parse_spec(formula, COMMANDS)
    for note in activation.notes:
        output.note(note)
    found = kin(activation, shorten(" ".join(formula.split())))
    if as_json:
        output.commit([], to_json(found).encode())
        return
    screen = Screen.of_stdout()
    output.commit([], screen.render(*(Text(line) for line in sentences(found))))
