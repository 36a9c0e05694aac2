"""What a figure shows, read off its artists' data, colours and words: nothing here trusts an id."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from typer.testing import CliRunner

from actplot.cli.app import app


def lines(axes: Axes) -> list[Line2D]:
    """Return the lines with more points than a straight one needs: the curves."""
    return [line for line in axes.get_lines() if len(points(line)) > 2]


def points(line: Line2D) -> list[tuple[float, float]]:
    x, y = (np.asarray(values, dtype=float).tolist() for values in line.get_data())
    return list(zip(x, y, strict=True))


def circles(axes: Axes) -> list[tuple[float, float, bool]]:
    """Return the circles (x, y, whether its face is filled with the colour of its edge) from below."""
    found = []
    for line in axes.get_lines():
        if line.get_marker() == "o" and len(points(line)) == 1:
            edge, face = to_hex(line.get_markeredgecolor()), to_hex(line.get_markerfacecolor())
            assert face in (edge, to_hex(axes.get_facecolor()))
            found.append((*points(line)[0], face == edge))
    return sorted(found)


def svg_words(*arguments: str) -> list[str]:
    """Return the words of an SVG in the order in which they are drawn; matplotlib notes each as a comment."""
    done = CliRunner().invoke(app, [*arguments, "--format", "svg"])
    assert done.exit_code == 0, done.output
    return re.findall(r"<!-- (.*?) -->", done.stdout)


def told(*arguments: str) -> str:
    """Return what an SVG says to those who can't see it."""
    done = CliRunner().invoke(app, [*arguments, "--format", "svg"])
    (text,) = re.findall(r"<desc[^>]*>(.*?)</desc>", done.stdout)
    return str(text)


def value_at(line: Line2D, x: float) -> float:
    xs, ys = (np.asarray(values, dtype=float) for values in line.get_data())
    return float(np.interp(x, xs, ys))


def dashed(axes: Axes) -> dict[float, tuple[float, float]]:
    """Return the heights of the level dashed lines, and where they begin and end, in parts of the panel's width."""
    found = {}
    for line in axes.get_lines():
        x, y = (np.asarray(values, dtype=float) for values in line.get_data())
        if line.get_linestyle() == "--" and len(x) == 2 and y[0] == y[1]:
            found[float(y[0])] = (round(float(x[0]), 6), round(float(x[1]), 6))
    return found


def beside(axes: Axes) -> list[Any]:
    """Return the words that stand beside a point, in the order in which they were written."""
    return [text for text in axes.texts if isinstance(text, Annotation)]


def slants(axes: Axes) -> dict[tuple[float, float], tuple[float, float]]:
    """Return the slopes of the slanted lines in the panel, with their heights at x = 0, and from where to where."""
    found = {}
    for line in axes.get_lines():
        if line.get_linestyle() == "--" and len(points(line)) == 2:
            (a, b), (c, d) = points(line)
            if a != c and b != d:
                slope = (d - b) / (c - a)
                found[round(slope, 5), round(b - slope * a, 5)] = (a, c)
    return found


def marked(axes: Axes) -> dict[str, tuple[float, float]]:
    """Return the words that stand at a point of the panel, and the point."""
    return {text.get_text(): text.xy for text in axes.texts if isinstance(text, Annotation) and text.xycoords == "data"}


def said_in(figure: Any) -> list[str]:
    """Return all words of a figure but its formulas and numbers."""
    from matplotlib.text import Text

    texts = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    plain = [text.replace("\u2060", "") for text in texts if "$" not in text]
    return [
        text for text in plain if text.strip() and not text.replace("−", "-").replace(".", "").lstrip("-").isdigit()
    ]
