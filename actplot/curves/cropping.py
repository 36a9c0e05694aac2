"""Which heights of a curve are worth showing: the rule that figures, terminal charts and sketches share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from actplot.arrays import Array

BEYOND = 0.05  # of the width of a curve, on which what grows without bound is left to leave the picture
OPENING = 0.25  # of the height of the rest, through which it is seen to leave

# Whether a curve grows without bound somewhere inside its range: downwards, upwards.
Boundless = tuple[bool, bool]


def cropped(x: Array, y: Array, boundless: Boundless) -> tuple[float, float] | None:
    """Return the lowest and highest value of one curve that a picture should reach, None where there is none.

    Parameters
    ----------
    x, y
        The curve, shape (n,), in the order of x; NaN where it is lifted.
    boundless
        Where it grows without bound, a picture shows what it does on nineteen twentieths of its width.

    """
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    if not y.size:
        return None
    low, high = float(y.min()), float(y.max())
    if not any(boundless) or y.size < 3:
        return low, high
    steps = np.diff(x)
    widths = np.concatenate([[0.0], steps]) + np.concatenate([steps, [0.0]])
    order = np.argsort(y, kind="stable")
    share = np.cumsum(widths[order])
    ends = np.searchsorted(share, share[-1] * np.array([BEYOND, 1.0 - BEYOND])).clip(max=y.size - 1)
    least, most = y[order][ends].tolist()
    down, up = boundless
    bottom, top = least if down else low, most if up else high
    room = OPENING * (top - bottom)
    return max(low, bottom - room) if down else low, min(high, top + room) if up else high
