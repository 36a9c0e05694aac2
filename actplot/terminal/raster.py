"""Polylines as braille dots: thin where they run, whole where they climb, broken where the pen is lifted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.terminal.scale import DOT_COLUMNS, DOT_ROWS

if TYPE_CHECKING:
    import numpy.typing as npt

    from actplot.arrays import Array

    Cells = npt.NDArray[np.uint8]

# Braille numbers its dots down the left column, then down the right one; the last row was added later.
DOT_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def rasterise(x: Array, y: Array, columns: int, rows: int) -> Cells:
    """Draw a polyline given in dots from the top left corner, NaN where the pen is lifted.

    Returns the braille pattern of every cell, shape (rows, columns). What is above or below the cells is cut
    off; a line that would cross them all between two neighbouring points is a pole and is not drawn.
    """
    height, width = rows * DOT_ROWS, columns * DOT_COLUMNS
    # One more row takes the ends of runs that reach the bottom; differences down a column sum to its dots.
    changes = np.zeros((height + 1, width), dtype=np.int64)
    for piece in _pieces(y, height):
        at, top, bottom = _runs(x[piece], y[piece], height)
        seen = (bottom >= 0) & (top < height)
        at, top, bottom = at[seen], top[seen].clip(0), bottom[seen].clip(None, height - 1)
        changes[top, at] += 1
        changes[bottom + 1, at] -= 1
    dots = changes.cumsum(axis=0)[:height] > 0
    cells = dots.reshape(rows, DOT_ROWS, columns, DOT_COLUMNS).astype(np.uint8)
    patterns: Cells = np.einsum("ricj,ij->rc", cells, np.array(DOT_BITS, dtype=np.uint8))
    return patterns


def _pieces(y: Array, height: int) -> Iterator[slice]:
    """Return the parts of a polyline between which the pen is lifted."""
    drawn = ~np.isnan(y)
    with np.errstate(invalid="ignore"):  # NaN is on neither side
        above, below = y < -0.5, y > height - 0.5
    crossing = (above[:-1] & below[1:]) | (below[:-1] & above[1:])
    joined = drawn[:-1] & drawn[1:] & ~crossing
    starts = np.flatnonzero(drawn & np.append(True, ~joined))
    stops = np.flatnonzero(drawn & np.append(~joined, True)) + 1
    return map(slice, starts.tolist(), stops.tolist())


def _runs(x: Array, y: Array, height: int) -> tuple[npt.NDArray[np.int64], ...]:
    """Return the columns of one piece with the top and bottom dot of each."""
    nearest = np.rint(x).astype(np.int64)
    at = np.arange(nearest[0], nearest[-1] + 1)
    level = np.rint(np.interp(at, x, y)).astype(np.int64)
    top, bottom = _with_peaks(level, nearest - nearest[0], np.rint(y).astype(np.int64))
    # Where one column ends far from where the next begins, both reach out to the middle between them.
    falls, rises = top[1:] > bottom[:-1] + 1, bottom[1:] < top[:-1] - 1
    new_top, new_bottom = top.copy(), bottom.copy()
    middle = (bottom[:-1] + top[1:]) // 2
    np.maximum.at(new_bottom, np.flatnonzero(falls), middle[falls])
    np.minimum.at(new_top, np.flatnonzero(falls) + 1, middle[falls] + 1)
    middle = (top[:-1] + bottom[1:]) // 2
    np.maximum.at(new_bottom, np.flatnonzero(rises) + 1, middle[rises])
    np.minimum.at(new_top, np.flatnonzero(rises), middle[rises] + 1)
    return at, new_top, new_bottom


def _with_peaks(
    level: npt.NDArray[np.int64], column: npt.NDArray[np.int64], sample: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the top and bottom dot of every column, so that no peak is lost between two columns."""
    highest, lowest = level.copy(), level.copy()
    np.minimum.at(highest, column, sample)
    np.maximum.at(lowest, column, sample)
    around = np.pad(level, 1, mode="edge")
    peak = highest < np.minimum(around[:-2], around[2:])
    pit = lowest > np.maximum(around[:-2], around[2:])
    top = np.where(peak, highest, np.where(pit, lowest, level))
    bottom = np.where(pit, lowest, np.where(peak, highest, level))
    return top, bottom
