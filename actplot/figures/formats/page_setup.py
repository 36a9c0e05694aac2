"""What a figure is printed on."""

from __future__ import annotations

from dataclasses import dataclass

from actplot.errors import UsageError
from actplot.words.arguments import number
from actplot.words.quoting import parse_number, shorten

POINTS = 72.0  # to an inch
MIN_INCHES, MAX_INCHES = 1.0, 100.0
MIN_DPI, MAX_DPI = 10, 10_000
MIN_SCALE, MAX_SCALE = 0.5, 20.0
SCALES = {"talk": 1.5, "poster": 5.0}  # for the back of a room, and for a sheet of three feet by four


@dataclass(frozen=True)
class PageSetup:
    """The sheet that a figure is printed on.

    ``size`` is width and height in inches, ``dpi`` the dots per inch of a PNG; None leaves them to the style.
    A transparent sheet has no ground; a responsive SVG takes the width of the page it is put in. ``scale`` is how many
    times as large as the style has them words, lines, marks and the room around them are; ``text`` leaves the words of
    an SVG to the fonts of its reader. ``standing`` names what is a default of the user's own, rather than of this run.
    """

    size: tuple[float, float] | None = None
    dpi: float | None = None
    transparent: bool = False
    responsive: bool = False
    scale: float = 1.0
    text: bool = False
    standing: frozenset[str] = frozenset()


PLAIN_PAGE = PageSetup()


def read_scale(scale: str | float) -> float:
    """Return how many times as large as usual all is drawn: a number, or the name of a preset.

    Raises
    ------
    UsageError
        For what is neither, and for numbers out of bounds.

    """
    times = SCALES.get(scale, parse_number(scale)) if isinstance(scale, str) else number(scale, "scale")
    if times is None:
        raise UsageError(
            f"--scale: '{shorten(str(scale))}' is no number; write one such as 1.5, or {' or '.join(SCALES)}"
        )
    if not MIN_SCALE <= times <= MAX_SCALE:
        raise UsageError(f"--scale: {times:g} is out of bounds; it is {MIN_SCALE:g} to {MAX_SCALE:g}")
    return times


def check_size(width: float, height: float, said: str) -> tuple[float, float]:
    """Return the size of a figure in inches, of which something was ``said``.

    Raises
    ------
    UsageError
        Where a side is out of bounds.

    """
    if not all(MIN_INCHES <= side <= MAX_INCHES for side in (width, height)):
        raise UsageError(
            f"--size: {shorten(said)} is out of bounds; each side is {MIN_INCHES:g} to {MAX_INCHES:g} inches"
        )
    return width, height
