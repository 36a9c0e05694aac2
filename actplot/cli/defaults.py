"""Options that may have a default of the user's own: in the environment, or in the configuration file.

What is on the command line counts first, then the environment, then the file, then what is built in. An option is a
line in `DEFAULTS`; its variable, its place in the file and its errors follow.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from actplot.cli.options import read_dpi, read_size
from actplot.console import configuration
from actplot.errors import ActplotError
from actplot.figures.formats.page_setup import read_scale
from actplot.words.languages import find_language


def _check_style(name: str) -> None:
    from actplot.figures.appearance.looks import find

    find(name)


@dataclass(frozen=True)
class Default:
    """How the default of an option is checked, on what ending its value is a file beside the configuration, and
    whether there may be several.
    """

    check: Callable[[str], object]
    suffix: str | None = None
    several: bool = False


DEFAULTS: Mapping[str, Default] = {
    "style": Default(_check_style, ".mplstyle", several=True),
    "size": Default(read_size),
    "dpi": Default(read_dpi),
    "scale": Default(read_scale),
    "language": Default(find_language),
}

NoConfig = Annotated[
    bool,
    typer.Option(
        "--no-config",
        help="Leave the configuration file aside. Its table [b]\\[defaults][/b] says what counts where the command line"
        f' and the environment do not: {", ".join(DEFAULTS)}, each a line such as [b]style = "dark"[/b]; '
        r'several styles are [b]style = \["dark", "mine.mplstyle"][/b], and in ACTPLOT_STYLE they are split by '
        f"[b]{os.pathsep}[/b], as folders are in PATH. The file is "
        "actplot/config.toml in XDG_CONFIG_HOME or ~/.config, on macOS in ~/Library/Application Support, on Windows in "
        "%APPDATA%.",
    ),
]


class Standing(str):
    """The text of an option that was not given on the command line: where it is idle there is nothing to tell."""


def variable(name: str) -> str:
    """Return the environment variable that holds an option's default."""
    return f"ACTPLOT_{name.upper()}"


def settable(parameters: list[Any]) -> list[Any]:
    """Return the options among parameters that may have a default, each with its variable."""
    found = [each for each in parameters if each.param_type_name == "option" and each.name in DEFAULTS]
    for option in found:
        option.envvar, option.show_envvar = variable(option.name), True
        if option.multiple:
            option.value_from_envvar = partial(_listed, variable(option.name))
    return found


def _listed(name: str, _context: Any) -> list[str] | None:
    """Return the parts of a variable that holds several; Typer splits at spaces, which a path may have."""
    return [part for part in os.environ.get(name, "").split(os.pathsep) if part] or None


class Configured(MutableMapping[str, Any]):
    """The defaults of the configuration file, which is read when an option asks for one."""

    def __init__(self, context: Any) -> None:
        """Take the context of the command, whose options may have said to leave the file aside."""
        self._context = context
        self._repeatable = {each.name for each in context.command.params if getattr(each, "multiple", False)}
        self._read: dict[str, configuration.Setting] | None = None

    @property
    def settings(self) -> dict[str, configuration.Setting]:
        """What the file says."""
        if self._context.params.get("no_config"):
            return {}
        if self._read is None:
            self._read = configuration.defaults(DEFAULTS, [name for name, each in DEFAULTS.items() if each.several])
        return self._read

    def __getitem__(self, name: str) -> Any:
        """Return the text of an option's default, or a list of them where it may be repeated."""
        if name not in DEFAULTS:
            raise KeyError(name)
        setting = self.settings[name]
        suffix = DEFAULTS[name].suffix
        texts = [
            str(setting.folder / Path(text).expanduser()) if suffix and text.endswith(suffix) else text
            for text in setting.texts
        ]
        return texts if name in self._repeatable else texts[-1]

    def __setitem__(self, name: str, value: Any) -> None:
        """Do nothing: a file is what it is."""

    def __delitem__(self, name: str) -> None:
        """Do nothing, likewise."""

    def __iter__(self) -> Iterator[str]:
        """Yield the options that have a default."""
        return iter(self.settings)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.settings)


def check(context: Any, options: list[Any], configured: Configured) -> None:
    """Check the values that are not from the command line, and mark single ones as standing.

    Raises
    ------
    ActplotError
        With the place that a wrong one comes from.

    """
    for option in options:
        source = context.get_parameter_source(option.name).name
        if source not in ("ENVIRONMENT", "DEFAULT_MAP"):
            continue
        origin = variable(option.name) if source == "ENVIRONMENT" else configured.settings[option.name].origin
        try:
            given = context.params[option.name]
            for text in given if option.multiple else [given]:
                DEFAULTS[option.name].check(text)
        except ActplotError as problem:
            raise type(problem)(f"{origin}: {problem}") from None
        if not option.multiple:
            context.params[option.name] = Standing(given)
