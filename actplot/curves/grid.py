"""From what the user asked for to the points on the x axis."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actplot.arrays import numpy as np
from actplot.errors import UsageError
from actplot.words.quoting import parse_number, shorten

if TYPE_CHECKING:
    from actplot.arrays import Array

DEFAULT_SAMPLES = 500
MAX_POINTS = 10_000_000  # a table of as many rows is 600 MB of text; more is a slip of the finger
MAX_DRAWN = 1_000_000  # points of one curve in a figure; no screen or page has as many columns
MAX_TOGETHER = 2 * MAX_DRAWN  # of all curves; a million take 150 MB
MAX_CURVES = 128
MAX_TANGENTS = 20
TABLE_POINTS = 11  # rows of a table whose range holds no integer, or too many


@dataclass(frozen=True)
class Spaced:
    """Evenly spaced points that are made where they are asked for, ``first + i·step``; the last may be given."""

    first: float
    step: float
    count: int
    last: float | None = None

    def __len__(self) -> int:
        """Return the number of points."""
        return self.count

    def __getitem__(self, part: slice) -> Array:
        """Return the points of a slice without a step."""
        start, stop, _ = part.indices(self.count)
        scale = 1.0 if math.isfinite(self.count * self.step) else 0.25  # products that leave float64 on the way
        points = (np.arange(start, stop, dtype=np.float64) * (scale * self.step) + scale * self.first) / scale
        if self.last is not None and start < stop == self.count:
            points[-1] = self.last
        return points


def holds(points: Array | Spaced, x: float) -> bool:
    """Say whether a number is among points."""
    if not isinstance(points, Spaced):
        return bool((points == x).any())
    steps = (x - points.first) / points.step if points.step else 0.0
    place = round(steps) if 0.0 <= steps < points.count else 0
    near = points[max(place - 2, 0) : place + 3]
    return bool((near == x).any() or (points[points.count - 1 : points.count] == x).any())


def check_range(low: float, high: float, option: str = "--range") -> tuple[float, float]:
    """Return the range where it is one; the option is what it was given to.

    Raises
    ------
    UsageError
        For a NaN or infinite end, or a range that is reversed or empty.

    """
    told = f"{'the range' if option == '--range' else option} {low:g} {high:g}"
    if not (math.isfinite(low) and math.isfinite(high)):
        raise UsageError(f"{told} is not finite; give two ordinary numbers")
    if low == high:
        raise UsageError(f"{told} is empty; the first end must be less than the second")
    if low > high:
        raise UsageError(f"{told} is reversed; write {option} {high:g} {low:g}")
    return low, high


def check_drawn(points: int, curves: int) -> None:
    """Refuse more than a picture can hold: points of one curve, points of all, or curves.

    Raises
    ------
    UsageError
        With what there may be at most.

    """
    if curves > MAX_CURVES:
        raise UsageError(f"{curves} curves in one picture can't be told apart; at most {MAX_CURVES} fit")
    if points > MAX_DRAWN:
        raise UsageError(
            f"{points:,} points are too many to draw; at most {MAX_DRAWN:,} fit a curve (a table has room)"
        )
    if points * curves > MAX_TOGETHER:
        raise UsageError(f"{curves} curves of {points:,} points are too many to draw; at most {MAX_TOGETHER:,} fit")


def check_tangents(points: Iterable[float]) -> tuple[float, ...]:
    """Return where tangents are asked for.

    Raises
    ------
    UsageError
        For too many of them, and for a point that is not finite.

    """
    found = tuple(point + 0.0 for point in points)
    if len(found) > MAX_TANGENTS:
        raise UsageError(f"{len(found)} tangents in one picture can't be told apart; at most {MAX_TANGENTS} fit")
    for point in found:
        if not math.isfinite(point):
            raise UsageError(f"--tangent: {point:g} is not finite; give an ordinary number")
    return found


def nothing_finite() -> UsageError:
    """Return the error that says that no point can be drawn."""
    return UsageError("none of the points is finite; there is nothing to draw")


def check_samples(samples: int, limit: int = MAX_POINTS) -> int:
    """Return the number of samples where it is a sane one."""
    if samples < 2:
        raise UsageError(f"{samples} samples make no curve; --samples must be at least 2")
    if samples > limit:
        raise UsageError(f"{samples} samples are too many; --samples may be at most {limit:,}")
    return samples


def linspace(low: float, high: float, samples: int) -> Array:
    """Return evenly spaced points from low to high, both included, for any finite ends."""
    if math.isfinite(high - low):
        return np.linspace(low, high, samples)
    # The width is beyond float64: halve everything, then double.
    return 2.0 * np.linspace(low / 2.0, high / 2.0, samples)


def spaced(low: float, high: float, samples: int) -> Array | Spaced:
    """Return the points of `linspace`, unmade where no step of theirs leaves the ordinary numbers."""
    step = (high - low) / (samples - 1)
    if step == 0.0 or math.isinf(step):
        return linspace(low, high, samples)
    return Spaced(low, step, samples, high)


def integers(low: float, high: float) -> Spaced | None:
    """Return the integers of a range, or None where there are none or more than a table can hold."""
    first, last = math.ceil(low), math.floor(high)
    if last < first or last - first >= MAX_POINTS or max(-first, last) > 2**53:
        return None
    return Spaced(first, 1.0, last - first + 1)


def parse_points(text: str, origin: str = "--at") -> Array | Spaced:
    """Read points: numbers and ``start:stop:step`` ranges (half open), split by commas or white space.

    Raises
    ------
    UsageError
        Where there are none, where one is malformed, or where they would not fit in memory.

    """
    parts = text.replace(",", " ").split()
    if parts and (missing := re.search(r",\s*,", text)):
        before = text[: missing.start() + 1]
        last = before.splitlines()[-1]
        raise UsageError(f"{_at_line(origin, before)}: nothing stands between the commas after '{shorten(last)}'")
    if not parts:
        raise UsageError(f"{origin} has no points; give numbers such as 1,-10,0 or a range such as -3:5:1")
    if not any(":" in part for part in parts):
        try:
            if "_" not in text:
                return np.array(parts, dtype=np.float64)
        except ValueError:
            pass  # found again below, by name
    pieces = [_piece(part, origin) for part in parts] if origin.startswith("--") else list(_read_lines(text, origin))
    count = sum(len(piece) for piece in pieces)
    if count > MAX_POINTS:
        raise UsageError(f"{origin} asks for {count} points; at most {MAX_POINTS:,} fit")
    return pieces[0] if len(pieces) == 1 else np.concatenate([piece[:] for piece in pieces])


def _read_lines(text: str, origin: str) -> Iterator[Spaced]:
    """Yield the points of a text of several lines, each of which is told where it is wrong."""
    for number, line in enumerate(text.splitlines(), start=1):
        place = f"{origin}, line {number}"
        yield from (_piece(part, place) for part in line.replace(",", " ").split())


def _at_line(origin: str, before: str) -> str:
    """Return where something is wrong, after what stands before it: the option, or a line of a file."""
    return origin if origin.startswith("--") else f"{origin}, line {len(before.splitlines())}"


def _piece(part: str, origin: str) -> Spaced:
    return _arange(part, origin) if ":" in part else Spaced(_number(part, origin), 0.0, 1)


def _number(text: str, origin: str) -> float:
    number = parse_number(text)
    if number is None:
        raise UsageError(f"{origin}: '{shorten(text)}' is not a number; write points as 1,-10,0 or -3:5:1")
    return number


def _arange(text: str, origin: str) -> Spaced:
    parts = text.split(":")
    if len(parts) not in (2, 3):
        raise UsageError(f"{origin}: '{shorten(text)}' is not a range; write START:STOP:STEP")
    start, stop, step = (_number(part, origin) for part in (*parts, "1")[:3])
    if not all(math.isfinite(value) for value in (start, stop, step)):
        raise UsageError(f"{origin}: the range '{shorten(text)}' is not finite")
    if step == 0:
        raise UsageError(f"{origin}: the step of '{shorten(text)}' is zero; it would never end")
    count = math.ceil(stop / step - start / step) if abs(stop / step - start / step) < 2**53 else math.inf
    if count <= 0:
        hint = "the range is empty" if start == stop else "its step leads away from the end"
        raise UsageError(f"{origin}: '{shorten(text)}' has no points; {hint}")
    if count > MAX_POINTS:
        raise UsageError(f"{origin}: '{shorten(text)}' has too many points; at most {MAX_POINTS:,} fit")
    if math.isfinite(stop - start):
        count = math.ceil((stop - start) / step)  # what numpy's arange holds
    return Spaced(start, (start + step) - start, int(count))
