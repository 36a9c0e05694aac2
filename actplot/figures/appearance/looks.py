"""The looks: style sheets shipped with the package, matplotlib's own, or a file of the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from actplot.console.warned import without_warnings
from actplot.errors import ActplotError, UsageError
from actplot.figures.appearance.stylesheet import SUFFIX, check_sheet, sheet_folders
from actplot.figures.importing import matplotlib_alone, without_users_styles
from actplot.words.arguments import parts, path
from actplot.words.languages import say
from actplot.words.quoting import shorten

DEFAULT_LOOK = "light"
BESIDE = " + "  # between the names of several styles
PACKAGE = Path(str(resources.files("actplot"))) / "styles"


@dataclass(frozen=True)
class Labels:
    """The letters at the axes of a figure."""

    x: str = "$x$"
    f: str = "$f(x)$"
    df: str = r"$f\,'(x)$"
    d2f: str = r"$f\,''(x)$"

    def of(self, quantity: str) -> str:
        """Return the label of a panel's y axis: a letter, or a word for what has none."""
        words = {"gradient": say().a_gradient, "difference": say().difference.lower()}
        return words[quantity] if quantity in words else str(getattr(self, quantity))


@dataclass(frozen=True)
class Look:
    """A style, or several: its name, the sheets to apply in turn, its labels, and whether the user wrote one."""

    name: str
    sheets: tuple[Path, ...]
    labels: Labels = Labels()

    is_written_by_user: bool = False


_LABELS = {"tutorial": Labels("X", "F(x)", "F′(x)", d2f="F″(x)")}


def shipped() -> list[str]:
    """Return the names of the package's own looks."""
    return sorted(path.stem for path in PACKAGE.glob(f"*{SUFFIX}"))


def find(style: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> Look:
    """Return a look by name: the package's, matplotlib's, or the path of an .mplstyle file.

    Of several the later ones hold, wherever two say something of the same setting.

    Raises
    ------
    UsageError
        For an unknown name, or a file that is not a style sheet.
    WorldError
        For a file that can't be read.

    """
    if not isinstance(style, (str, os.PathLike)):
        looks = [_find(path(each, "style")) for each in parts(style, "style", "the name of a style")]
        if not looks:
            raise UsageError("style names none; leave it out, or name one")
        named = [look.labels for look in looks if look.labels != Labels()]
        sheets = tuple(sheet for look in looks for sheet in look.sheets)
        by_user = any(look.is_written_by_user for look in looks)
        return Look(BESIDE.join(look.name for look in looks), sheets, named[-1] if named else Labels(), by_user)
    return _find(path(style, "style"))


def _find(style: str) -> Look:
    own = shipped()
    if style in own:
        return Look(style, (PACKAGE / f"{style}{SUFFIX}",), _LABELS.get(style, Labels()))
    if style.endswith(SUFFIX):
        check_sheet(Path(style))
        return Look(style, (Path(style),), is_written_by_user=True)
    if style == "default":
        return Look(style, ())
    built_in, users = sheet_folders()
    if (sheet := _in(built_in, style)) is not None:
        return Look(style, (sheet,))
    if (sheet := _in(users, style)) is not None:
        check_sheet(sheet)
        return Look(style, (sheet,), is_written_by_user=True)
    available = sorted({path.stem for folder in (built_in, users) for path in folder.glob(f"[!_]*{SUFFIX}")})
    near = get_close_matches(style, [*own, *available], n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(own)}, or name an .mplstyle file"
    raise UsageError(f"no style named '{shorten(style)}'; {hint}")


def _in(folder: Path, style: str) -> Path | None:
    """Return the style sheet of a name in a folder, if it is there."""
    sheet = folder / f"{style}{SUFFIX}"
    with suppress(ValueError):  # what no file can be called
        if os.sep not in style and os.path.lexists(sheet):
            return sheet
    return None


@contextmanager
def applied(look: Look) -> Iterator[None]:
    """Draw and save under a look, starting from matplotlib's defaults; the caller's settings come back after.

    Other threads wait for their turn.

    The user's matplotlibrc is left out on purpose: a figure is the same on every machine.

    Raises
    ------
    UsageError
        Where matplotlib fails at what a user's style sheet asks for.

    """
    with matplotlib_alone():
        import matplotlib

        with without_users_styles():
            from matplotlib import style as styles

        with matplotlib.rc_context(), without_warnings(), styles.context(list(look.sheets), after_reset=True):
            matplotlib.rcParams.update(_FIXED)
            try:
                yield
            except (ActplotError, OSError, MemoryError):
                raise
            except Exception as problem:
                if not look.is_written_by_user:
                    raise
                # Settings that matplotlib accepts one by one, and can't draw with.
                why = shorten(" ".join(str(problem).split()) or type(problem).__name__, 150)
                raise UsageError(f"{look.name}: matplotlib can't draw with it ({why}); correct it") from problem


# What no style may change: the files would differ from run to run, lose vertices, need other programs, or run code
# that the style sheet names.
_FIXED: Any = {
    "svg.hashsalt": "actplot",
    "pdf.fonttype": 42,  # TrueType; many a publisher takes nothing else
    "path.simplify": False,
    "text.usetex": False,
    "savefig.bbox": None,
    "axes.unicode_minus": True,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "figure.hooks": [],
    "path.effects": [],
}
