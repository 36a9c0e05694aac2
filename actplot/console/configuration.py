"""What users have set once for all runs: the folder of their configuration, and the defaults of options in it."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from actplot.console.toml_files import line_of, read_toml
from actplot.errors import UsageError
from actplot.words.quoting import did_you_mean, nearest_words, shorten

FILE = "config.toml"
TABLE = "defaults"


class Setting(NamedTuple):
    """A default: the texts that it stands for on the command line, the folder of its file, and where it is said."""

    texts: tuple[str, ...]
    folder: Path
    origin: str


def folder() -> Path | None:
    """Return the user's folder for this program, which need not be there; None where the user has no home.

    ``actplot`` in ``$XDG_CONFIG_HOME``, wherever that is set; else in the place that the system has for such folders.
    """
    home = os.environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(home):
        return Path(home, "actplot")
    if sys.platform in ("win32", "darwin"):
        from typer import get_app_dir

        return Path(get_app_dir("actplot"))
    place = Path(os.path.expanduser("~/.config/actplot"))
    return place if place.is_absolute() else None


def defaults(names: Collection[str], several: Collection[str] = ()) -> dict[str, Setting]:
    """Return what the configuration file says of options; nothing, where there is no such file.

    Parameters
    ----------
    names
        The options that may have a default.
    several
        Those among them that may have a list of them.

    Raises
    ------
    WorldError
        Where the file can't be read.
    UsageError
        Where it says what can't be; it names the line.

    """
    place = folder()
    if place is None or not os.path.lexists(place / FILE):
        return {}
    path = place / FILE
    text, content = read_toml(path, "configuration file", "--no-config leaves it aside")
    for name, said in content.items():
        if name != TABLE or not isinstance(said, dict):
            line = line_of(text, rf"\[*[ \t]*[\"']?{re.escape(name)}\b")
            raise UsageError(f"{path}, line {line}: '{shorten(name)}' is not known here; write a table [{TABLE}]")
    heading = re.search(rf"^[ \t]*\[[ \t]*{TABLE}", text, re.MULTILINE)
    found = {}
    for name, value in content.get(TABLE, {}).items():
        origin = f"{path}, line {line_of(text, _KEY.format(re.escape(name)), heading.end() if heading else 0)}"
        if name not in names:
            hint = did_you_mean(nearest_words(name, names)) or f"there are {', '.join(names)}"
            raise UsageError(f"{origin}: no option '{shorten(name)}' has a default; {hint}")
        is_list = name in several and isinstance(value, list) and value
        found[name] = Setting(
            tuple(_text(each, name, origin) for each in (value if is_list else [value])), place, origin
        )
    return found


_KEY = r"(?:defaults[ \t]*\.[ \t]*)?[\"']?{}[\"']?\s*="


def _text(value: object, name: str, origin: str) -> str:
    """Return a value as it is typed on the command line."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf:
        return f"{value}"
    raise UsageError(f"{origin}: {name} is neither a text in quotes nor a number")
