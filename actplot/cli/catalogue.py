"""``actplot list`` and ``actplot info``: what there is, and what is known about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from actplot.cli.completion import complete_framework, complete_names, complete_what
from actplot.cli.options import COMMANDS, FunctionFiles, know_functions
from actplot.console import output

if TYPE_CHECKING:
    from actplot.functions.activation import Activation


def list_command(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|FAMILY|PATTERN]…",
            help="What to list: names, families such as gated, patterns such as '*elu*'; by default everything.",
            autocompletion=complete_what,
            show_default=False,
        ),
    ] = None,
    used: Annotated[
        str | None,
        typer.Option(
            "--used",
            metavar="FRAMEWORK",
            help="Only what torch, keras, tensorflow, jax, flax, onnx, paddle or mlx has, and what it is called there.",
            autocompletion=complete_framework,
        ),
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="Only the functions of your own.")] = False,
    functions: FunctionFiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List activations with their parameters and other names, family by family; in a pipe, one a line."""
    from actplot.console.screen import Screen
    from actplot.reference.listing import catalogue_json, catalogue_lines, catalogue_table, select

    know_functions(functions)
    chosen, framework = select(what or [], used, own)
    if as_json:
        output.commit([], catalogue_json(chosen).encode())
        return
    screen = Screen.of_stdout()
    if screen.terminal:
        output.commit([], screen.render(catalogue_table(chosen, framework, screen.width, screen.unicode)))
    else:
        text = "".join(f"{line}\n" for line in catalogue_lines(chosen, framework, screen.unicode))
        output.commit([], text.encode(screen.encoding, "replace"))


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
    signal: Annotated[
        bool,
        typer.Option("--signal", help="Add what it does to a normal signal: means, gains, dead units, criticality."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show what is known about one activation: formulas, kinks, range, limits, slopes, symmetry, source."""
    from actplot.console.screen import Screen
    from actplot.functions.pairs import find_pair
    from actplot.functions.reading import parse_spec
    from actplot.reference.page import information, information_json

    know_functions(functions)
    if (pair := find_pair([name])) is not None:
        from actplot.reference.pairs import pair_information, pair_json

        screen = Screen.of_stdout()
        page = screen.render(pair_information(pair, screen.width, screen.unicode))
        output.commit([], pair_json(pair).encode() if as_json else page)
        return
    activation = parse_spec(name, COMMANDS)
    for line in activation.notes:
        output.note(line)
    words, data = _signal(activation) if signal else ({}, {})
    if as_json:
        output.commit([], information_json(activation, data).encode())
        return
    screen = Screen.of_stdout()
    output.commit([], screen.render(information(activation, screen.width, screen.unicode, words)))


def _signal(activation: Activation) -> tuple[dict[str, str], dict[str, object]]:
    """Return what a function does to a normal signal, as lines and as data."""
    from actplot.networks.numbers import lines, numbers

    found = numbers(activation)
    return lines(found), {"signal": found}
