"""``actplot NAME …`` as short for ``actplot plot NAME …``; parameters taken as typed, and shown as written here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from inspect import get_annotations
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from actplot.cli import defaults
from actplot.cli.options import PLACES
from actplot.cli.private import show_as_written, take_as_typed
from actplot.console import output
from actplot.errors import UsageError

DEFAULT_COMMAND = "plot"
SETTINGS = {"help_option_names": ["-h", "--help"]}
NARROW = 58  # columns; what Typer frames needs more
LEAST = 30  # columns in which plain help can be set


class _Plain:
    """What all commands share: parameters as they were typed, and help that fails where nobody can read it.

    Typer prints help itself, and a closed stream takes all.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, to be taken as they were typed."""
        parent: Any = super()
        parameters: list[Any] = parent.get_params(ctx)
        defaults.settable(parameters)
        take_as_typed(parameters)
        show_as_written(parameters)
        return parameters

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help; without the frames where they would leave no room for the names of the options."""
        output.check_stdout()
        ctx.default_map = None  # help is there even where the configuration is wrong
        help_of: Any = super()
        width = shutil.get_terminal_size().columns
        if width >= NARROW:
            help_of.format_help(ctx, formatter)
            return
        formatter.width = max(width - 1, LEAST)
        with _unframed(self, ctx):
            help_of.format_help(ctx, formatter)


class TextCommand(_Plain, TyperCommand):
    """A command whose parameters are texts and flags, read by actplot itself."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse an option that is given twice, of which Typer would drop the first in silence; look up defaults."""
        single = [each for each in self.get_params(ctx) if each.param_type_name == "option"]
        _check_repeated([each for each in single if not (each.is_flag or each.multiple)], args)
        if ctx.resilient_parsing:  # a completion
            return super().parse_args(ctx, args)
        ctx.default_map = configured = defaults.Configured(ctx)
        rest = super().parse_args(ctx, args)
        defaults.check(ctx, defaults.settable(single), configured)
        return rest


class Commands(Mapping[str, Any]):
    """All commands by their names, each made when it is asked for: to make one takes Typer 4 ms."""

    def __iter__(self) -> Iterator[str]:
        """Return the names, in the order of the help."""
        return iter(PLACES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(PLACES)

    def __contains__(self, name: object) -> bool:
        """Say whether there is a command of that name, without making it."""
        return name in PLACES

    def __getitem__(self, name: str) -> Any:
        """Return the command of a name; KeyError where there is none."""
        return _command(name, PLACES[name])


@cache
def _command(name: str, place: str) -> Any:
    """Return a command as Typer makes it of its function."""
    function = getattr(import_module(f"actplot.cli.{place}"), f"{name}_command")
    function.__annotations__ = get_annotations(function, eval_str=True)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(name, cls=TextCommand, context_settings=SETTINGS)(function)
    return typer.main.get_command(alone)


class ShortFormGroup(_Plain, TyperGroup):
    """A group whose default command takes every line that starts with no command and no option of its own."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings that Typer gives a group, but for its commands."""
        super().__init__(**{**settings, "commands": {}})
        self.commands: Any = Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self.commands)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command's name in front where it is missing."""
        own = {option for parameter in self.get_params(ctx) for option in parameter.opts}
        if args and args[0] not in self.commands and args[0].partition("=")[0] not in own:
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the commands, and what the default command's first argument may be."""
        commands = [] if ctx.obj else super().shell_complete(ctx, incomplete)  # what stands before is a name
        return [*commands, *self.commands[DEFAULT_COMMAND].params[0].shell_complete(ctx, incomplete)]


def _check_repeated(options: list[Any], args: list[str]) -> None:
    """Raise UsageError where an option is given twice; what follows one is its value, whatever it looks like."""
    by_name = {name: option for option in options for name in option.opts}
    seen: set[str] = set()
    rest = iter(args)
    for word in rest:
        if word == "--":
            return
        name = word.partition("=")[0] if word.startswith("--") else word[:2]
        if (option := by_name.get(name)) is None:
            continue
        if option.name in seen:
            raise UsageError(f"{name} is given twice; give it once")
        seen.add(option.name)
        apart = word == name
        for _ in range(option.nargs - (not apart)):
            next(rest, None)


@contextmanager
def _unframed(command: Any, ctx: Any) -> Iterator[None]:
    """Have the help of a command set as plain text for once, and leave of its markup what is read."""
    from rich.text import Text

    parts = (command, *command.get_params(ctx), *getattr(command, "commands", {}).values())
    marked = [(part, name, getattr(part, name)) for part in parts for name in ("help", "epilog") if _has(part, name)]
    before = command.rich_markup_mode
    command.rich_markup_mode = None
    for part, name, text in marked:
        setattr(part, name, Text.from_markup(text).plain)
    try:
        yield
    finally:
        command.rich_markup_mode = before
        for part, name, text in marked:
            setattr(part, name, text)


def _has(part: Any, name: str) -> bool:
    return bool(getattr(part, name, None))
