"""The Typer application and its commands."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from actplot import __version__
from actplot.cli.completion import ASKED, joined_words
from actplot.cli.group import SETTINGS, ShortFormGroup
from actplot.console import output
from actplot.console.screen import bound_size
from actplot.errors import ExitCode, UsageError
from actplot.words.quoting import shorten

LONGEST = 300  # characters of Typer's own messages; they quote what was typed in full
NO_COMPLETION = f"{ASKED} is set, and not as the completion of a shell sets it; unset it"
_COMPLETIONS = re.compile(r"((source|complete)_(bash|zsh|fish|powershell|pwsh))?")
_MINUS_FORMULA = re.compile(r"-\s*(x\b|pi\b|\(|\w+\(|[\d.]+\s*[*/+])")

app = typer.Typer(
    name="actplot",
    cls=ShortFormGroup,
    context_settings=SETTINGS,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog="[b]actplot NAME …[/b] is short for [b]actplot plot NAME …[/b]; see [b]actplot plot --help[/b].",
)


def _version(wanted: bool) -> None:
    if wanted:
        output.commit([], f"actplot {__version__}\n".encode())
        raise typer.Exit()


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Show any neural-network activation function and its derivative, exactly, in one command.

    Try [b]actplot relu --derivative[/b], [b]actplot gelu -d -o gelu.png[/b] or [b]actplot tanh -d --table[/b].
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the application with these arguments and return its exit code.

    Raises
    ------
    ActplotError
        For whatever is wrong with the command line or the world.

    """
    bound_size()
    _check_completion()
    _spare_strict_streams()
    taken = joined_words()
    try:
        code = app(args=list(arguments), prog_name="actplot", standalone_mode=False, obj=taken)
    except Exception as problem:
        # Typer's own errors about options and arguments, which it would print as a panel of several lines.
        describe = getattr(problem, "format_message", None)
        if describe is None and os.environ.get(ASKED):
            raise UsageError(NO_COMPLETION) from None
        if describe is None:
            raise
        raise UsageError(
            _one_line(describe(), _minus_hint(arguments) or f"'{_page(problem)} --help' shows what there is")
        ) from None
    return code if isinstance(code, int) else ExitCode.OK


def _check_completion() -> None:
    """Refuse what no shell's completion asks for, in one line; Typer's own answers are of several kinds."""
    if not _COMPLETIONS.fullmatch(os.environ.get(ASKED, "")):
        raise UsageError(NO_COMPLETION)


def _spare_strict_streams() -> None:
    """Let help, which Typer prints, put a question mark for a letter that standard output does not have."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _one_line(message: str, hint: str) -> str:
    text = shorten(" ".join(message.split()).rstrip("."), LONGEST)
    return f"{text[:1].lower()}{text[1:]}; {hint}"


def _page(problem: Exception) -> str:
    """Return the command that an error of Typer's is about."""
    context = getattr(problem, "ctx", None)
    return getattr(context, "command_path", None) or "actplot"


def _minus_hint(arguments: Sequence[str]) -> str | None:
    """Return how to type a formula that was taken for options, where there is one."""
    formula = next((argument for argument in arguments if _MINUS_FORMULA.match(argument)), None)
    return (
        None if formula is None else f'a formula that begins with a minus stands last: actplot -- "{shorten(formula)}"'
    )
