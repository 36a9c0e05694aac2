"""Formulas and words in an SVG and a PDF: small, exact, and letters where letters are asked for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import actplot
from actplot.curves.curve import sample_range
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.formats.export import render
from actplot.figures.formats.page_setup import PageSetup
from tests.conftest import Run

LETTER = re.compile(r"e[0-9a-f]{5,8}")  # the id of one
SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


def drawing(name: str, **more: Any) -> Drawing:
    one = actplot.get(name)
    return Drawing([sample_range(one, one.declaration.range)], **more)


def picture(name: str, look: str = "light", **sheet: Any) -> str:
    return render(drawing(name), find(look), ("svg",), PageSetup(**sheet))["svg"].decode()


def decoded(path: str) -> list[tuple[float, float]]:
    """Return all points of a path as the SVG standard reads it: ends, and control points of curves."""
    at, start, control = np.zeros(2), np.zeros(2), np.zeros(2)
    found: list[Any] = []
    for command, text in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
        if command == "z":
            at = start
        while numbers:
            if command in "hv":
                step = np.array([numbers.pop(0), 0.0] if command == "h" else [0.0, numbers.pop(0)])
                at = at + step
                found.append(at)
                continue
            count = {"m": 1, "M": 1, "l": 1, "t": 1, "q": 2, "c": 3}[command]
            points = [at * (command != "M") + [numbers.pop(0), numbers.pop(0)] for _ in range(count)]
            if command == "t":
                points = [2 * at - control, *points]
            control = points[-2] if len(points) > 1 else points[-1]
            found += points
            at = points[-1]
            start = at if command in "mM" else start
    return [(float(x), float(y)) for x, y in found]


def transform(text: str) -> tuple[np.ndarray[Any, Any], float]:
    shift = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", text)
    scale = re.search(r"scale\(([-\d.]+)\)", text)
    moved = np.array([float(part) for part in shift.groups()]) if shift else np.zeros(2)
    return moved, float(scale[1]) if scale else 1.0


def formula_points(root: Any, gid: str) -> np.ndarray[Any, Any]:
    """Return the points of a formula, in points from the upper left of the picture."""
    drawn = [each for each in root.iter(f"{SVG}path") if LETTER.fullmatch(str(each.get("id")))]
    outlines = {each.get("id"): decoded(each.get("d")) for each in drawn}
    (group,) = [each for each in root.iter(f"{SVG}g") if each.get("id") == gid]

    def within(part: Any) -> Iterator[np.ndarray[Any, Any]]:
        for each in part:
            if each.tag == f"{SVG}g":
                shift, scale = transform(each.get("transform"))
                yield np.concatenate(list(within(each))) * scale + shift
            elif each.tag == f"{SVG}use":
                yield np.add(outlines[each.get(LINK)[1:]], [float(each.get("x", 0)), float(each.get("y", 0))])
            elif each.tag == f"{SVG}path":
                yield np.array(decoded(each.get("d")))

    return np.concatenate(list(within(group)))


@pytest.mark.parametrize(
    ("name", "look"), [("gelu", "light"), ("mish", "paper"), ("selu", "dark"), ("softmax", "default")]
)
def test_a_formula_is_drawn_as_in_every_other_format(name: str, look: str) -> None:
    """Each point of each outline is within eight thousandths of an em of where the outlines of a PNG have it."""
    style = find(look)
    root = ElementTree.fromstring(picture(name, look))
    with applied(style):
        figure = build(drawing(name), style)
        figure.set_dpi(72)
        for gid in ("formula-f", "formula-df"):
            patches = [p for axes in figure.axes for p in axes.patches if p.get_gid() == gid]
            assert len(patches) == 1
            path: Any = patches[0].get_transform().transform_path(patches[0].get_path())
            wanted = path.vertices[path.codes != path.CLOSEPOLY] * [1, -1] + [0, figure.bbox.height]
            found = formula_points(root, gid)
            near = 0.008 * 12  # of the size of the largest of these formulas, in points
            for some, others in ((wanted, found), (found, wanted)):
                for point in some:
                    assert np.abs(others - point).max(axis=1).min() < near


@pytest.mark.parametrize(
    ("name", "most", "parts"), [("gelu", 5200, 2), ("mish", 8000, 2), ("sigmoid", 3500, 2), ("relu", 6800, 1 + 7)]
)
def test_formulas_are_small(name: str, most: int, parts: int) -> None:
    """As single paths they took 37,000 bytes (sigmoid) to 97,000 (Mish) a figure."""
    groups = re.findall(r'<g id="formula-.*?</g>\s*</g>', picture(name), re.DOTALL)
    assert len(groups) == parts, "cases have a brace, and a part each for what stands before and behind it"
    letters = groups if parts == 2 else groups[:-1]  # a brace is one path, which is in no group of letters
    assert 500 < sum(map(len, letters)) < most


@pytest.mark.parametrize("name", ["gelu", "mish", "smish"])
def test_every_letter_is_defined_once_and_before_it_is_used(name: str) -> None:
    text = picture(name)
    ids = Counter(re.findall(r' id="([^"]+)"', text))
    assert set(ids.values()) == {1}
    for use in re.finditer(r'href="#([^"]+)"', text):
        assert 0 < text.index(f'id="{use[1]}"') < use.start()


def test_one_letter_has_one_outline_in_every_figure() -> None:
    """Figures stand side by side in pages, where an id is a picture's own only by what it names."""
    outlines: dict[str, set[str]] = {}
    for name, look in [("gelu", "light"), ("mish", "dark"), ("relu", "paper"), ("tanh", "light")]:
        for letter, path in re.findall(r'<path id="(e[0-9a-f]{5,8})" d="([^"]+)"', picture(name, look)):
            outlines.setdefault(letter, set()).add(path)
    assert len(outlines) > 20
    assert {len(paths) for paths in outlines.values()} == {1}


def test_words_are_text_on_request_and_formulas_stay_outlines() -> None:
    root = ElementTree.fromstring(picture("gelu", text=True))
    words = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert {"GELU", "Derivative", "max f′ = 1.129 at x = √2", "−4", "→ 1"} <= {*words}
    assert not any("$" in each for each in words)
    assert all("sans-serif" in each.get("style", "") for each in root.iter(f"{SVG}text"))
    assert not [*ElementTree.fromstring(picture("gelu")).iter(f"{SVG}text")]
    assert len([each for each in root.iter(f"{SVG}g") if str(each.get("id")).startswith("formula-")]) == 2


def test_words_as_text_are_safe_in_xml(run: Run) -> None:
    done = run("gelu", "--text", "--title", "<&> ]]> $x$ \"'", "--format", "svg")
    root = ElementTree.fromstring(done.stdout)
    assert "<&> ]]> $x$ \"'" in ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert run("gelu", "--text", "--title", "<&> ]]> $x$ \"'", "--format", "svg").stdout == done.stdout


def test_a_pdf_has_truetype_fonts(run: Run) -> None:
    data = run("gelu", "-d", "--format", "pdf").stdout
    assert data.count(b"/Subtype /CIDFontType2") > 0
    assert b"/Subtype /Type3" not in data
    assert run("gelu", "-d", "--format", "pdf").stdout == data
