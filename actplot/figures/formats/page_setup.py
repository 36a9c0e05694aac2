"""What a figure is printed on."""

from __future__ import annotations

from dataclasses import dataclass

POINTS = 72.0  # to an inch
MIN_INCHES, MAX_INCHES = 1.0, 100.0
MIN_DPI, MAX_DPI = 10, 10_000


@dataclass(frozen=True)
class PageSetup:
    """The sheet that a figure is printed on.

    ``size`` is width and height in inches, ``dpi`` the dots per inch of a PNG; None leaves them to the style.
    A transparent sheet has no ground; a responsive SVG takes the width of the page it is put in.
    """

    size: tuple[float, float] | None = None
    dpi: float | None = None
    transparent: bool = False
    responsive: bool = False


PLAIN_PAGE = PageSetup()
