"""The characters and colours that charts are made of, for screens with Unicode and for those without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.terminal.raster import DOT_BITS
from actplot.words.symbols import ascii_text

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.terminal.raster import Cells

    Characters = npt.NDArray[np.str_]

# From the 256 colours whose numbers mean the same everywhere: each at least 3 to 1 on black and on white.
COLOURS = tuple(f"color({number})" for number in (33, 202, 28, 135, 161, 30, 131, 62))
# The same for a sweep, in the order of the figures' ramp: from violet over blue and green to amber.
RAMP = tuple(f"color({number})" for number in (92, 62, 26, 31, 30, 29, 28, 64, 100, 136))
AXIS = "dim"
NAME = "bold"
# Set into the lines of an overlay here and there, for screens and eyes without colour; o is an open circle.
MARKS = "abcdefghijklmnpqrstuvwxyz"

_BRAILLE = 0x2800


@dataclass(frozen=True)
class Glyphs:
    """One alphabet of the chart.

    ``draw`` turns braille patterns into characters, ``text`` rewrites a title.
    """

    open_dot: str
    filled_dot: str
    side: str
    tick_y: str
    corner: str
    floor: str
    tick_x: str
    zero_x: str
    zero_y: str
    prime: str
    ellipsis: str
    sample: str
    adds_up: bool
    draw: Callable[[Cells], Characters]
    text: Callable[[str], str]


def _braille(cells: Cells) -> Characters:
    return (cells.astype(np.uint32) + _BRAILLE).view("<U1")


def _ascii(cells: Cells) -> Characters:
    return _ascii_patterns()[cells]


@cache
def _ascii_patterns() -> Characters:
    """Return the ASCII character that looks most like each of the 256 braille patterns."""
    patterns = np.arange(256)[:, None, None]
    dots = patterns & np.array(DOT_BITS) > 0
    rows = np.arange(len(DOT_BITS))
    counts = dots.sum(axis=1)
    centres = (dots * rows[:, None]).sum(axis=1) / np.maximum(counts, 1)
    used = dots.any(axis=2)
    height = np.where(used, rows, -1).max(axis=1) - np.where(used, rows, 9).min(axis=1) + 1
    centre = (used * rows).sum(axis=1) / np.maximum(used.sum(axis=1), 1)
    level = np.select([centre < 0.75, centre > 2.25], ["'", "_"], "-")
    lean = np.where(counts.all(axis=1), centres[:, 1] - centres[:, 0], 0.0)
    steep = np.select([lean < -0.75, lean > 0.75], ["/", "\\"], "|")
    return np.where(height >= 3, steep, level)


def _plain(text: str) -> str:
    return text


UNICODE = Glyphs(
    open_dot="○",
    filled_dot="●",
    side="│",
    tick_y="┤",
    corner="└",
    floor="─",
    tick_x="┬",
    zero_x="┊",
    zero_y="┈",
    prime="′",
    ellipsis="…",
    sample="⠒{}⠒",
    adds_up=True,
    draw=_braille,
    text=_plain,
)
ASCII = Glyphs(
    open_dot="o",
    filled_dot="*",
    side="|",
    tick_y="+",
    corner="+",
    floor="-",
    tick_x="+",
    zero_x=":",
    zero_y=".",
    prime="'",
    ellipsis="...",
    sample="-{}-",
    adds_up=False,
    draw=_ascii,
    text=ascii_text,
)
