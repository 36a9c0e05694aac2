"""The page and the index of a gallery in the reader's language; the catalogue's own sentences are marked as English."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

import actplot
from actplot.gallery.index import INDEX, markdown
from actplot.gallery.manner import Manner
from actplot.gallery.mathml import to_mathml
from actplot.gallery.page import PAGE, html
from actplot.gallery.run import IndexOrder, Request
from actplot.gallery.selection import select
from actplot.words.languages import Language, speaking

NAMES = ["step", "elu", "ste_sign", "swiglu"]
LEADS: dict[Language, str] = {
    "en": "4 functions, each with its derivative: f and f′ (dashed: the gradient that training takes for it). An open "
    "circle is a value that is not taken. Functions of two inputs have maps of f and of both its slopes over a and b, "
    "and its slices. Drawn by actplot gallery.",
    "ja": "関数 4 個とそれぞれの導関数:f と f′(破線は代わりに学習に使う勾配)。白丸はとらない値。2 入力の関数には "
    "a と b に対する f とその二つの傾きの等高線図、および断面がある。actplot gallery で描画。",
    "es": "4 funciones, cada una con su derivada: f y f′ (a trazos: el gradiente que se usa al entrenar). Un círculo "
    "vacío es un valor que no se toma. Las funciones de dos entradas tienen mapas de f y de sus dos pendientes según "
    "a y b, y sus cortes. Dibujado con actplot gallery.",
}


class Spoken(HTMLParser):
    """Collects what a page says in its own language: texts and labels, but for names, code and formulas."""

    ASIDE = frozenset({"style", "script", "code", "h3", "math", "dd", "svg", "kbd"})

    def __init__(self) -> None:
        super().__init__()
        self.within: list[tuple[str, bool]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("meta", "input"):
            foreign = (
                (tag != "html" and given.get("lang") == "en") or given.get("class") == "files" or tag in self.ASIDE
            )
            self.within.append((tag, foreign or (bool(self.within) and self.within[-1][1])))
        if not (self.within and self.within[-1][1]):
            self.said += [given[name] or "" for name in ("aria-label", "title", "placeholder") if name in given]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.within and self.within[-1][1]):
            self.said.append(data.strip())


def page(language: Language) -> str:
    with speaking(language):
        return html(select(NAMES), ["png"])


def spoken(text: str) -> list[str]:
    reader = Spoken()
    reader.feed(text)
    return reader.said


@pytest.mark.parametrize("language", LEADS)
def test_the_page_begins_in_its_language(language: Language) -> None:
    text = page(language)
    assert f'<html lang="{language}">' in text
    (lead,) = re.findall(r'(?s)<p class="lead">(.*?)</p>', text)
    assert re.sub("<.*?>", "", lead).replace("\n", " ") == LEADS[language]


def test_the_page_says_nothing_in_english_in_korean() -> None:
    # Names, and what is typed: the search's examples, and the command.
    allowed = re.compile(r"relu, smooth, tanh\(x\), 2016|SwiGLU\(1, b\)|SwiGLU|ELU|STE sign|Step")
    said = [allowed.sub("", each) for each in spoken(page("ko"))]
    assert len(said) > 25
    assert {"활성화 함수", "모두 접기", "맞는 것이 없다.", "모두 보기", "함수 4개", "대칭성", "출처"} <= set(said)
    assert [each for each in said if re.search("[A-Za-z]{2,}", each)] == []
    assert len([each for each in spoken(page("en")) if re.search("[A-Za-z]{2,}", each)]) > 25


def test_what_the_catalogue_says_is_marked_as_english() -> None:
    text = page("ja")
    for card in re.findall(r'(?s)<article class="card".*?</article>', text):
        assert card.count('<p lang="en">') == 1
    assert ' lang="en">Exponential linear</button>' in text
    assert '<h2 id="heading-surrogates" lang="en">' in text
    assert page("en").count('lang="en"') == 1


def test_a_card_in_spanish() -> None:
    text = page("es")
    told = dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", re.findall(r'(?s)id="step".*?</article>', text)[0]))
    assert told["límites"] == "0 en −∞, 1 en ∞"
    assert told["forma"] == "salto en 0"
    assert told["simetría"] == "ninguna"
    sign = dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", re.findall(r'(?s)id="ste_sign".*?</article>', text)[0]))
    assert sign["gradiente"].endswith("(gradiente usado al entrenar; la derivada es 0)")
    assert 'aria-label="ELU en png"' in text
    assert "STE sign y su gradiente al entrenar" in text
    assert "<dt>entradas</dt><dd>a, la recta, y b, la puerta</dd>" in text


def test_the_script_speaks_too() -> None:
    text = page("ja")
    assert '"すべて開く" : "すべてたたむ"' in text
    assert '`${cards.length === 1 ? "関数" : "関数"} ${cards.length} 個`' in text
    assert "`${all}のうち ${shown} 個`" in text
    assert not re.search(r"@\w+@", page("en"))


def test_a_formula_s_words_on_the_page() -> None:
    expected = {
        "en": ("if\xa0x≥0", "otherwise", "\xa0\xa0for\xa0x ≠ 0"),
        "ja": ("(x≥0\xa0のとき)", "(それ以外)", "\xa0\xa0x ≠ 0\xa0のとき"),
        "ko": ("(x≥0일\xa0때)", "(그\xa0외)", "\xa0\xa0x ≠ 0일\xa0때"),
        "es": ("si\xa0x≥0", "en\xa0otro\xa0caso", "\xa0\xa0para\xa0x ≠ 0"),
    }
    for language, words in expected.items():
        with speaking(language):  # type: ignore[arg-type]
            root = ET.fromstring(to_mathml(actplot.get("leaky_relu").derivative, "f′", {}, "x ≠ 0"))
        cells = ["".join(cell.itertext()) for cell in root.iter("mtd") if not list(cell.iter("mtable"))]
        assert (cells[1], cells[3]) == words[:2]
        assert "".join(root.itertext()).endswith(words[2])


def test_the_index_in_spanish() -> None:
    with speaking("es"):
        lines = markdown(select(["relu", "step"]), ["png"]).splitlines()
    assert lines[0] == "# Funciones de activación y sus derivadas"
    assert lines[2] == (
        "2 funciones, dibujadas con `actplot gallery`. Cada imagen muestra f arriba y f′ abajo; un círculo vacío es un "
        "valor que no se toma."
    )
    assert "![ReLU y su derivada](relu.png)" in lines
    assert any(line.startswith("`relu` · también llamada `") for line in lines)
    assert r"f(x) = \begin{cases} 1 & \text{si } x \geq 0 \\ 0 & \text{en otro caso} \end{cases}" in lines


def test_the_command_speaks_the_language_and_writes_both_anew_for_another(tmp_path: Path) -> None:
    keys = []
    for language, heading in (("en", "# Activation functions"), ("ko", "# 활성화 함수와 도함수")):
        manner = Manner(language=language)  # type: ignore[arg-type]
        made = IndexOrder((), ("png",), manner)().files
        assert made[INDEX].decode().startswith(heading)
        assert f'<html lang="{language}">' in made[PAGE].decode()
        keys.append(Request(tmp_path, [], ("png",), manner).index_keys)
    assert all(keys[0][name] != keys[1][name] for name in (INDEX, PAGE))
