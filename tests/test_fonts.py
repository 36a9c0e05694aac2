"""A title in any script is shown by a font that has its letters, or a note names the script and what to install."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from matplotlib import font_manager
from matplotlib.textpath import TextPath

import actplot
from actplot.curves.curve import sample_range
from actplot.figures.appearance.fonts import fit_fonts
from actplot.figures.appearance.looks import applied, find
from actplot.figures.drawing import Drawing
from actplot.figures.formats.export import render
from actplot.figures.formats.glyphs import FINE
from actplot.words.languages import say, speaking

Installer = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Installer]:
    """Leave a machine with matplotlib's own fonts, to which a test adds fonts that matplotlib does not know of."""
    manager = font_manager.fontManager
    before = list(manager.ttflist)
    own = str(Path(matplotlib.get_data_path()))
    manager.ttflist[:] = [entry for entry in before if entry.fname.startswith(own)]
    found: list[str] = []
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda *_, **__: found)

    def add(name: str, letters: str, style: str = "Regular", drawn: bool = True) -> None:
        path = tmp_path / f"{name}-{style}.ttf"
        _write(path, name, letters, style, drawn)
        found.append(str(path))

    yield add
    manager.ttflist[:] = before
    manager.addfont(font_manager.findfont("DejaVu Sans"))  # which forgets what was found
    manager.ttflist[:] = before


def _write(path: Path, name: str, letters: str, style: str, drawn: bool) -> None:
    """Write a font whose letters are all squares, a fifth of an em wider in bold; or have no outline at all."""
    names = [".notdef", *dict.fromkeys(f"u{ord(letter):X}" for letter in letters)]
    width = 1000 if style == "Regular" else 1200
    pen = TTGlyphPen(None)
    if drawn:
        pen.moveTo((0, 0))
        for corner in ((0, 900), (900, 900), (900, 0)):
            pen.lineTo(corner)
        pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": name, "styleName": style, "psName": name.replace(" ", "") + style})
    builder.setupOS2(usWeightClass=400 if style == "Regular" else 700)
    builder.setupPost()
    builder.save(path)


def families(title: str, style: str = "light") -> tuple[list[str], str | None]:
    with applied(find(style)):
        note = fit_fonts(title)
        return list(matplotlib.rcParams["font.family"]), note


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("게루 GELU", "no font here has Korean letters, which show as boxes; install Noto Sans CJK"),
        ("活性化関数 ガ", "no font here has Japanese letters, which show as boxes; install Noto Sans CJK"),
        ("激活函数", "no font here has Chinese letters, which show as boxes; install Noto Sans CJK"),
        ("कार्य", "no font here has Devanagari letters, which show as boxes; install Noto Sans Devanagari"),
        ("🦜 GELU", "no font here has emoji, which show as boxes; install Noto Emoji"),
        (
            "激活 🦜",
            "no font here has Chinese letters and emoji, which show as boxes; install Noto Emoji and Noto Sans CJK",
        ),
    ],
)
def test_a_script_that_no_font_has_is_named_with_what_to_install(install: Installer, title: str, note: str) -> None:
    assert families(title) == (["DejaVu Sans"], note)


@pytest.mark.parametrize("title", ["Größe α ∑", "دالة", "функция", "GELU\ufe0f \u200d"])
def test_what_the_style_has_itself_needs_no_other_font(install: Installer, title: str) -> None:
    install("Everything", title)
    assert families(title) == (["DejaVu Sans"], None)


def test_a_font_that_was_installed_after_matplotlib_looked_is_found(install: Installer) -> None:
    install("Hangul Squares", "게루")
    assert families("게루 GELU") == (["DejaVu Sans", "Hangul Squares"], None)


def test_each_script_has_its_own_font_and_as_few_as_it_takes(install: Installer) -> None:
    install("A Han", "激")
    install("Han and Hangul", "激게루")
    install("Kana", "ガ")
    assert families("激게루ガ") == (["DejaVu Sans", "Han and Hangul", "Kana"], None)


def test_a_font_with_characters_but_no_outlines_shows_nothing(install: Installer) -> None:
    install("Coloured", "🦜", drawn=False)
    chosen, note = families("🦜")
    assert chosen == ["DejaVu Sans"]
    assert note is not None


def test_the_font_is_bold_where_the_title_is(install: Installer) -> None:
    install("Hangul Squares", "게루")
    install("Hangul Squares", "게루", "Bold")
    with applied(find("light")):
        assert fit_fonts("게루") is None
        font = font_manager.FontProperties(weight=matplotlib.rcParams["axes.titleweight"], size=10)
        assert TextPath((0.0, 0.0), "게루", prop=font).get_extents().x1 == pytest.approx(12 + 9, abs=0.1)


def test_letters_that_only_the_plain_weight_has_are_drawn_in_it(install: Installer) -> None:
    install("Hangul Squares", "게루")
    install("Hangul Squares", "게", "Bold")
    with applied(find("light")):
        assert fit_fonts("게루") is None
        assert matplotlib.rcParams["axes.titleweight"] == "normal"
        assert fit_fonts("게") is None


def test_a_figure_is_drawn_with_the_letters_and_without_a_note(install: Installer) -> None:
    install("Hangul Squares", "게루")
    curve = sample_range(actplot.get("relu"), (-5, 5), 50)
    for look in ("light", "paper"):
        notes: list[str] = []
        drawn: Any = render(Drawing([curve], title="게루"), find(look), ("svg", "pdf", "png"), notes=notes)
        assert notes == []
        assert b"HangulSquares" in drawn["svg"]
        assert b"LastResort" not in drawn["svg"]


def test_a_figure_in_python_has_the_letters_too(install: Installer) -> None:
    install("Hangul Squares", "게루")
    axes = actplot.figure("relu", title="게루").axes[0]
    (title,) = (text for text in axes.get_children() if getattr(text, "get_text", str)() == "게루")
    assert title.get_fontfamily() == ["DejaVu Sans", "Hangul Squares"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("title", "chosen"), [("関数 ガ", "Sans CJK JP"), ("게루 活", "Sans CJK KR"), ("激活函数", "Sans CJK SC")]
)
def test_chinese_signs_have_the_shapes_that_readers_of_the_script_know(
    install: Installer, title: str, chosen: str
) -> None:
    for region in ("HK", "JP", "KR", "SC"):
        install(f"Sans CJK {region}", "関数ガ게루活激函")
    assert families(title) == (["DejaVu Sans", chosen], None)


def test_words_in_a_formula_are_drawn_by_the_font_of_other_words(install: Installer) -> None:
    with speaking("ja"):
        install("Squares", say().letters)
        drawing = Drawing((sample_range(actplot.get("elu"), (-2, 2), 21),), title="ガ")
        with applied(find("light")):
            svg = render(drawing, find("light"), ("svg",))["svg"].decode()
    # Each letter is a square of 0.9 em, the next one an em after it, in the units of `FINE`.
    side, step = round(0.9 * FINE), FINE
    square = f"v-{side}h{side}v{side}h-{side}z"
    assert f"{square}m{step} 0{square}m{step} 0{square}" in svg  # のとき
    assert f"{square}m{step} 0{square}m{step} 0{square}m{step} 0{square}" in svg  # それ以外
    assert f"m{step} 0{square}" * 4 not in svg
