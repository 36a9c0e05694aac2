"""``actplot NAME …`` as short for ``actplot plot NAME …``; parameters taken as typed, and shown as written here."""

from __future__ import annotations

import shutil
from typing import Any

from typer.core import TyperCommand, TyperGroup

from actplot.cli import defaults
from actplot.cli.private import show_as_written, take_as_typed
from actplot.console import output
from actplot.errors import UsageError

DEFAULT_COMMAND = "plot"
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
        if width < NARROW:
            formatter.width = max(width - 1, LEAST)
            _unframe(self, ctx)
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


class ShortFormGroup(_Plain, TyperGroup):
    """A group whose default command takes every line that starts with no command and no option of its own."""

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


def _unframe(command: Any, ctx: Any) -> None:
    """Have the help of a command set as plain text, and leave of its markup what is read."""
    from rich.text import Text

    command.rich_markup_mode = None
    for part in (command, *command.get_params(ctx), *getattr(command, "commands", {}).values()):
        for text in ("help", "epilog"):
            if getattr(part, text, None):
                setattr(part, text, Text.from_markup(getattr(part, text)).plain)
