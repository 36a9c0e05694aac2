"""A figure without a ground: what is open is open on any."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

import actplot
from actplot.curves.curve import sample_range
from actplot.curves.panels import Content
from actplot.figures.appearance.looks import applied, find
from actplot.figures.build import build
from actplot.figures.drawing import Drawing
from actplot.figures.formats.clear import clear
from actplot.figures.formats.export import render
from actplot.figures.formats.page_setup import PageSetup

DPI = 144  # two pixels to a point


def pixels(look: str, *names: str, transparent: bool) -> Any:
    drawing = Drawing([sample_range(one, (-5, 5)) for one in map(actplot.get, names)], Content(derivative=True))
    data = render(drawing, find(look), ("png",), PageSetup(dpi=DPI, transparent=transparent))["png"]
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"), dtype=float)


def places(look: str, *names: str) -> list[tuple[float, float, float]]:
    """Return middles and radii in pixels, from the upper left, of the open circles."""
    style = find(look)
    drawing = Drawing([sample_range(one, (-5, 5)) for one in map(actplot.get, names)], Content(derivative=True))
    with applied(style):
        figure = build(drawing, style)
        figure.set_dpi(DPI)
        height = figure.bbox.height
        found = []
        for axes in figure.axes:
            for line in axes.get_lines():
                if line.get_marker() == "o" and line.get_markerfacecolor() == axes.get_facecolor():
                    ((x, y),) = axes.transData.transform(line.get_xydata())
                    found.append((float(x), float(height - y), float(line.get_markersize()) * DPI / 144))
    return found


@pytest.mark.parametrize("look", ["light", "dark", "paper"])
def test_on_the_style_s_own_ground_nothing_is_seen_of_it(look: str) -> None:
    """Circles, words and lines are the same to the eye as over white discs and boxes."""
    names = ("gelu",) if look == "light" else ("step",)
    clear_one, whole = pixels(look, *names, transparent=True), pixels(look, *names, transparent=False)
    share = clear_one[:, :, 3:] / 255
    ground = whole[0, 0, :3]
    seen = clear_one[:, :, :3] * share + ground * (1 - share)
    off = np.abs(seen - whole[:, :, :3]).max(axis=2)
    assert (off > 48).sum() < 40, "but for half a pixel at the ends of what is cut"
    assert (off > 24).mean() < 1e-4


def test_circles_are_holes_through_all_that_is_drawn() -> None:
    seen = pixels("light", "relu", "sign", transparent=True)
    middles = [place for place in places("light", "relu", "sign") if place[2] < 6]
    assert len(middles) > 3
    for x, y, radius in middles:
        inside = seen[round(y) - 1 : round(y) + 2, round(x) - 1 : round(x) + 2, 3]
        assert inside.max() == 0, (x, y)
        assert seen[round(y), round(x + radius), 3] > 200, "its rim is there"


def test_nothing_is_filled_with_the_ground() -> None:
    one = actplot.get("step")
    drawing = Drawing([sample_range(one, (-5, 5))], Content(derivative=True), detail="full")
    text = render(drawing, find("light"), ("svg",), PageSetup(transparent=True))["svg"].decode()
    assert "#ffffff" not in text
    assert "#ffffff" in render(drawing, find("light"), ("svg",))["svg"].decode()


def test_a_line_beside_a_circle_reaches_its_rim() -> None:
    seen = pixels("light", "step", transparent=True)
    open_ones = places("light", "step")
    x, y, radius = open_ones[0]  # the limit from the left, at the height of 0
    assert seen[round(y), round(x - radius - 2), 3] == 255
    assert seen[round(y), round(x), 3] == 0


def test_one_path_cuts_all_that_is_below() -> None:
    look = find("light")
    drawing = Drawing([sample_range(actplot.get(name), (-5, 5)) for name in ("relu", "elu", "sign")])
    with applied(look):
        figure = build(drawing, look)
        clear(figure)
        for axes in figure.axes:
            clips: list[Any] = [line.get_clip_path() for line in axes.get_lines() if line.get_clip_on()]
            assert len({id(clip.get_transformed_path_and_affine()[0]) for clip in clips}) == 1
            marks = [line for line in axes.get_lines() if not line.get_clip_on()]
            assert all(len(np.asarray(line.get_xdata())) == 1 for line in marks)


def test_the_same_bytes_come_out_again() -> None:
    drawing = Drawing([sample_range(actplot.get("step"), (-5, 5))], Content(derivative=True))
    first, second = (
        render(drawing, find("light"), ("png", "svg", "pdf"), PageSetup(transparent=True)) for _ in range(2)
    )
    assert first == second
    assert len(re.findall(rb"/Subtype /Type3", first["pdf"])) == 0
