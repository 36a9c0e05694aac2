"""The looks: style sheets shipped with the package, matplotlib's own, or a file of the user's."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from actplot.errors import UsageError, WorldError
from actplot.output import reason

DEFAULT_LOOK = "light"


@dataclass(frozen=True)
class Labels:
    """The words at the axes of a figure."""

    x: str = "$x$"
    f: str = "$f(x)$"
    df: str = r"$f\,'(x)$"
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


_LABELS = {"tutorial": Labels("X", "F(x)", "F′(x)", "F″(x)")}


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
    if style.endswith(".mplstyle"):
        _check_sheet(Path(style))
        return Look(style, (style,))
    matplotlib_setup()
    from matplotlib import style as styles

    if style == "default" or style in styles.available:
        return Look(style, () if style == "default" else (style,))
    near = get_close_matches(style, [*own, *styles.available], n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(own)}, or name an .mplstyle file"
    raise UsageError(f"no style named '{style[:60]}'; {hint}")


def _check_sheet(path: Path) -> None:
    """Read a style sheet as matplotlib will, turning its log lines into one error."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not a style sheet; it is not text") from None
    except (OSError, ValueError) as problem:
        raise WorldError(f"cannot read the style sheet {path}: {_reason(problem)}") from None
    matplotlib_setup()
    import matplotlib

    problems: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: problems.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("matplotlib")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matplotlib.rc_params_from_file(path, use_default_template=False)
    except Exception as problem:
        problems.append(str(problem))
    finally:
        logger.removeHandler(handler)
        matplotlib_setup()
    if problems:
        number = re.search(r"line (\d+)", problems[0])
        lines = text.splitlines()
        at = int(number[1]) if number else 0
        setting = f", line {at}: '{lines[at - 1].strip()[:60]}'" if 0 < at <= len(lines) else ""
        raise UsageError(f"{path}{setting} is not a setting that matplotlib understands; correct the style sheet")


def _reason(problem: Exception) -> str:
    return reason(problem) if isinstance(problem, OSError) else "there can be no file of that name"


def matplotlib_setup() -> None:
    """Keep matplotlib's own log lines (an unwritable cache folder, say) off the terminal."""
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)


@contextmanager
def applied(look: Look) -> Iterator[None]:
    """Draw and save under a look, starting from matplotlib's defaults; the caller's settings come back after.

    The user's matplotlibrc is left out on purpose: a figure is the same on every machine.
    """
    matplotlib_setup()
    import matplotlib
    from matplotlib import style as styles

    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with styles.context(list(look.sheets), after_reset=True):
            matplotlib.rcParams.update(_FIXED)
            yield


# What no style may change: the files would differ from run to run, lose vertices or need other programs.
_FIXED: Any = {
    "svg.hashsalt": "actplot",
    "path.simplify": False,
    "text.usetex": False,
    "savefig.bbox": None,
    "axes.unicode_minus": True,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}
