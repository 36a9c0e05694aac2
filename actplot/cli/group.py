"""``actplot NAME …`` as short for ``actplot plot NAME …``."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

DEFAULT_COMMAND = "plot"


class ShortFormGroup(TyperGroup):
    """A group whose default command takes every line that starts with no command and no option of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command's name in front where it is missing."""
        own = {option for parameter in self.get_params(ctx) for option in parameter.opts}
        if args and args[0] not in self.commands and args[0].partition("=")[0] not in own:
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the commands, and what the default command's first argument may be."""
        names = self.commands[DEFAULT_COMMAND].params[0]
        return [*super().shell_complete(ctx, incomplete), *names.shell_complete(ctx, incomplete)]
