"""The looks: style sheets shipped with the package, matplotlib's own, or a file of the user's."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from actplot.errors import ActplotError, UsageError
from actplot.figures.appearance.stylesheet import SUFFIX, check_sheet
from actplot.figures.importing import matplotlib_setup
from actplot.words.quoting import shorten

DEFAULT_LOOK = "light"


@dataclass(frozen=True)
class Labels:
    """The words at the axes of a figure."""

    x: str = "$x$"
    f: str = "$f(x)$"
    df: str = r"$f\,'(x)$"
    gradient: str = "gradient"
    d2f: str = r"$f\,''(x)$"
    difference: str = "difference"

    def of(self, quantity: str) -> str:
        """Return the label of a panel's y axis."""
        return str(getattr(self, quantity))


@dataclass(frozen=True)
class Look:
    """A style: its name, the style sheets to apply in turn, and its axis labels."""

    name: str
    sheets: tuple[str, ...]
    labels: Labels = Labels()

    @property
    def is_written_by_user(self) -> bool:
        """Whether it is a file that the user named."""
        return self.name.endswith(SUFFIX)


_LABELS = {"tutorial": Labels("X", "F(x)", "F′(x)", d2f="F″(x)")}


def shipped() -> list[str]:
    """Return the names of the package's own looks."""
    folder = resources.files("actplot.styles")
    return sorted(
        entry.name.removesuffix(".mplstyle") for entry in folder.iterdir() if entry.name.endswith(".mplstyle")
    )


def find(style: str) -> Look:
    """Return a look by name: the package's, matplotlib's, or the path of an .mplstyle file.

    Raises
    ------
    UsageError
        For an unknown name, or a file that is not a style sheet.
    WorldError
        For a file that can't be read.

    """
    own = shipped()
    if style in own:
        sheet = str(resources.files("actplot.styles") / f"{style}.mplstyle")
        return Look(style, (sheet,), _LABELS.get(style, Labels()))
    if style.endswith(SUFFIX):
        check_sheet(Path(style))
        return Look(style, (style,))
    matplotlib_setup()
    from matplotlib import style as styles

    if style == "default" or style in styles.available:
        return Look(style, () if style == "default" else (style,))
    near = get_close_matches(style, [*own, *styles.available], n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(own)}, or name an .mplstyle file"
    raise UsageError(f"no style named '{style[:60]}'; {hint}")


@contextmanager
def applied(look: Look) -> Iterator[None]:
    """Draw and save under a look, starting from matplotlib's defaults; the caller's settings come back after.

    The user's matplotlibrc is left out on purpose: a figure is the same on every machine.

    Raises
    ------
    UsageError
        Where matplotlib fails at what a user's style sheet asks for.

    """
    matplotlib_setup()
    import matplotlib
    from matplotlib import style as styles

    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with styles.context(list(look.sheets), after_reset=True):
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
    "path.simplify": False,
    "text.usetex": False,
    "savefig.bbox": None,
    "axes.unicode_minus": True,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "figure.hooks": [],
    "path.effects": [],
}
