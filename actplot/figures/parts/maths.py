"""Formulas as outlines: parsed once, whatever the size and however many formats they are written in.

As text, a formula would be parsed again by the renderer of each format, which is most of the cost of a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from actplot.arrays import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from actplot.figures.formats.glyphs import Letters, Placed

Formula: TypeAlias = tuple[str, ...]  # its pieces in LaTeX, left to right; one that comes again is parsed once
SPACE = "\\ "
TEXT = r"\text{"  # begins words in letters that fonts of mathematics do not have
COMMA = ","
TIMES = r"\,"  # the space between two factors
# A name in upright letters that follows a number, from which TeX itself would keep it apart.
_OPERATOR = re.compile(r"(?<=\d) (?=\\(?:operatorname|mathrm|max|min|ln|log|exp|arctan|tanh?|sinh?|cosh?)(?![a-z]))")
_SPACED = r"\\,"
CLEAR = 2.0  # points between a denominator and the panel


def split(latex: str) -> Formula:
    """Return the pieces between the spaces and words that stand in no group, and those: ``if`` and ``otherwise``."""
    pieces, start, depth = [], 0, 0
    for match in re.finditer(r"\\text\{[^{}]*\}|[{}]|\\left(?![a-z])|\\right(?![a-z])|(?:\\ )+|\\.", latex):
        depth += {"{": 1, r"\left": 1, "}": -1, r"\right": -1}.get(match[0], 0)
        if match[0].startswith((SPACE, TEXT)) and not depth:
            pieces += [latex[start : match.start()], match[0]]
            start = match.end()
    return tuple(piece for piece in (*pieces, latex[start:]) if piece)


def formula_width(formula: Formula, size: float) -> float:
    """Return the width in points of a formula."""
    return _outline(formula).right * size


def heights(rows: Sequence[Formula], size: float) -> list[float]:
    """Return how far above a panel each row's baseline stands, from the lowest, which comes last, to the first; and
    the top of all.
    """
    import matplotlib

    # On the title's baseline, or higher where a denominator would reach into the panel.
    found: list[float] = []
    top = float(matplotlib.rcParams["axes.titlepad"]) - CLEAR
    for row in reversed(rows):
        outline = _outline(row)
        found.append(max(top + CLEAR + outline.depth * size, 0.0 if found else top + CLEAR))
        top = found[-1] + outline.top * size
    return [*found, top]


def wrap(formula: Formula, size: float, width: float, fine: bool = False) -> list[Formula]:
    """Return the rows of a formula that is broken after its spaces or before a plus or minus that stands in no group.

    A ``fine`` one is broken between factors too. What can't be broken may be too wide.
    """
    rows: list[list[str]] = [[]]
    for index, piece in enumerate(formula):
        if piece.startswith(SPACE):
            rows[-1] += [piece] if rows[-1] else []
            continue
        for number, term in enumerate(_terms(piece, fine)):
            row = rows[-1]
            joined = [*row[:-1], row[-1] + term] if number and row else [*row, term]
            may_break = number or formula[index - 1].startswith(SPACE)
            if row and may_break and formula_width(tuple(joined), size) > width:
                rows.append([term.replace(TIMES, r"\cdot ", 1) if term.startswith(TIMES) else term])
            else:
                row[:] = joined
    return [tuple(row) for row in rows]


def _terms(piece: str, fine: bool) -> list[str]:
    """Return the terms of a piece of a formula, or its factors, each from the second on beginning with its sign."""
    terms, start, depth = [], 0, 0
    for match in re.finditer(r"\\.|[{(\[]|[})\]]|(?<=\S) [+-] ", piece):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(match[0], 0)
        if (match[0][-2:] in ("+ ", "- ") or (fine and match[0] == TIMES)) and not depth:
            terms.append(piece[start : match.start()])
            start = match.start()
    return [*terms, piece[start:]]


def extent(formula: Formula) -> tuple[float, float, float]:
    """Return how far a formula of size 1 reaches to the right of, below and above the start of its baseline."""
    outline = _outline(formula)
    return outline.right, outline.depth, outline.top


def write_formula(axes: Axes, rows: Sequence[Formula], size: float, gid: str, *, at_left: bool = False) -> None:
    """Write the rows of a formula above a panel, from its left edge on or ending at its right."""
    *above, _ = heights(rows, size)
    for number, (row, height) in enumerate(zip(reversed(rows), above, strict=True)):
        name = f"{gid}-{number + 1}" if number else gid
        write_at(axes, row, size, (0.0 if at_left else -formula_width(row, size), height), name, at_left=at_left)


def write_at(
    axes: Axes, part: Formula | Path, size: float, place: tuple[float, float], gid: str, *, at_left: bool = True
) -> None:
    """Write a part of a formula, or an outline, so many points from a panel's upper left corner, or its right one."""
    import matplotlib
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D, ScaledTranslation

    path = _outline(part).path if isinstance(part, tuple) else part
    inches: Any = axes.figure.dpi_scale_trans
    corner: Any = axes.transAxes
    where = Affine2D().scale(size / 72).translate(place[0] / 72, place[1] / 72) + inches
    where += ScaledTranslation(0.0 if at_left else 1.0, 1.0, corner)
    colour = matplotlib.rcParams["axes.labelcolor"]
    patch = PathPatch(path, facecolor=colour, linewidth=0, clip_on=False, transform=where, gid=gid)
    axes.add_artist(patch)


@dataclass(frozen=True)
class _Outline:
    """The outline of a formula of size 1 whose baseline starts at the origin, and how far it reaches."""

    path: Letters
    right: float
    depth: float
    top: float


def _outline(formula: Formula) -> _Outline:
    import matplotlib

    from actplot.figures.formats.glyphs import Letters

    family, fontset = tuple(matplotlib.rcParams["font.family"]), str(matplotlib.rcParams["mathtext.fontset"])
    vertices: list[Any] = []
    codes: list[Any] = []
    start = 0.0
    letters: list[Placed] = []
    bars: list[Sequence[float]] = []
    for piece in formula:
        path, width = _piece(piece, family, fontset)
        vertices.append(path.vertices + np.array([start, 0.0]))
        codes.append(path.codes)
        letters += [replace(letter, x=letter.x + start) for letter in path.letters]
        bars += [(bar[0] + start, *bar[1:]) for bar in path.bars]
        start += width
    ends: Any = np.concatenate(vertices)
    low, high = float(ends[:, 1].min()), float(ends[:, 1].max())
    # Of the control points: the curves' own ends would be found one by one.
    path = Letters(ends, np.concatenate(codes), letters, bars)
    return _Outline(path, float(ends[:, 0].max()), -low, high)


@lru_cache(maxsize=256)
def _piece(text: str, family: tuple[str, ...], fontset: str) -> tuple[Letters, float]:
    """Return the outline of a piece of a formula and its width, for one family and font set of mathematics."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path

    from actplot.figures.formats.glyphs import Letter, Letters, Placed

    if text.startswith(TEXT):
        return _words(text.removeprefix(TEXT).removesuffix("}"), family)
    font, mathematics = FontProperties(family=list(family), size=1.0), f"${_OPERATOR.sub(_SPACED, text)}$"
    width, _, _ = text_to_path.get_text_width_height_descent(mathematics, font, True)
    placed, outlines, rectangles = cast("tuple[Any, Any, Any]", text_to_path.get_glyphs_mathtext(font, mathematics))
    em = text_to_path.FONT_SCALE
    shapes = {name: Letter(name, Path(ends / em, how)) for name, (ends, how) in outlines.items()}
    letters = [Placed(shapes[name], float(x) / em, float(y) / em, float(size)) for name, x, y, size in placed]
    corners = [(np.array(ends) / em, how) for ends, how in rectangles]
    drawn = [(_scaled(each), each.letter.path.codes) for each in letters]
    parts: Any = zip((np.empty((0, 2)), np.empty(0, Path.code_type)), *drawn, *corners, strict=True)
    vertices, codes = map(np.concatenate, parts)
    bars = [(*ends[0], *(ends[2] - ends[0])) for ends, _ in corners]
    return Letters(vertices, codes, letters, bars), float(width)


def _words(text: str, family: tuple[str, ...]) -> tuple[Letters, float]:
    """Return the outline of words in the fonts of all other words, and its width."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import text_to_path

    from actplot.figures.formats.glyphs import Letter, Letters, Placed

    font = FontProperties(family=list(family), size=1.0)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    vertices, codes = text_to_path.get_text_path(font, text)
    ends = np.array(vertices) / text_to_path.FONT_SCALE
    whole = Letter(f"words-{text.encode().hex()}", Path(ends, codes))
    return Letters(ends, np.array(codes, Path.code_type), [Placed(whole, 0.0, 0.0, 1.0)]), float(width)


def _scaled(placed: Placed) -> Any:
    """Return the ends of a letter's strokes where it is placed."""
    ends: Any = placed.letter.path.vertices
    return ends * placed.size + [placed.x, placed.y]
