"""The page of a gallery: complete in itself, the same bytes every time, and alive in a real browser."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from actplot.activations.declaration import DECLARATIONS
from actplot.activations.pairs import PAIRS
from actplot.calculus.differentiate import slope_tree
from actplot.curves.curve import sample_range
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_spec, parse_specs
from actplot.gallery.mathml import to_mathml
from actplot.gallery.page import PAGE, html
from actplot.gallery.selection import select
from actplot.gallery.thumbnail import HEIGHT, WIDTH, thumbnail
from tests.walking import every, known, look_at

NAMES = every()
SHOWN = [*NAMES, *PAIRS]


@pytest.fixture(scope="module")
def page() -> str:
    """The project's own page, which another test holds to be what the command writes."""
    return (Path(__file__).parents[1] / "gallery" / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cards(page: str) -> dict[str, str]:
    """The card of each function."""
    return dict(re.findall(r'(?s)<article class="card" id="([^"]*)".*?(?=<a class="shot")(.*?)</article>', page))


@cache
def shown() -> dict[str, Activation]:
    """Return each function with the parameters that a gallery shows it with."""
    return {each.name: each for each in select(NAMES) if isinstance(each, Activation)}


def thumb(name: str) -> ET.Element:
    activation = parse_spec(name)
    return ET.fromstring(thumbnail(sample_range(activation, activation.declaration.range, WIDTH + 1), "label"))


class Reader(HTMLParser):
    """Checks that elements are nested properly and collects what the tests ask for."""

    VOID = frozenset({"meta", "input", "link", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert not reader.open
    return reader


def test_every_activation_has_a_card_with_both_formulas(page: str) -> None:
    tags = read(page).tags
    assert [given["id"] for tag, given in tags if tag == "article"] == SHOWN
    assert sum(tag == "math" for tag, _ in tags) == 2 * len(NAMES) + 3 * len(PAIRS)
    assert {given["href"] for tag, given in tags if tag == "a"} >= {f"{name}.png" for name in SHOWN}


@look_at(NAMES)
def test_a_card_says_where_the_formula_of_the_slope_holds(name: str, cards: dict[str, str]) -> None:
    activation = shown()[name]
    formulas = re.findall("<math.*?</math>", cards[name])
    spoken = ["".join(ET.fromstring(formula).itertext()).replace("\xa0", " ") for formula in formulas]
    assert "for x" not in spoken[0]
    condition = activation.slope_condition
    assert spoken[1].endswith(f"  for {condition}") if condition else "for x" not in spoken[1]
    assert name != "relu" or condition == "x ≠ 0"


def test_ids_are_unique_and_what_is_referred_to_exists(page: str) -> None:
    tags = read(page).tags
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(set(ids)) == len(ids)
    for _, given in tags:
        for attribute in ("aria-labelledby", "aria-controls"):
            assert given.get(attribute) is None or given[attribute] in ids


def test_the_page_stands_alone(page: str) -> None:
    for tag, given in read(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "base")
        assert "src" not in given
        assert not re.match(r"[a-z]+:|//", given.get("href") or "")
    assert "http" not in page.replace("http-equiv", "")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_the_page_says_what_it_is_to_those_who_can_t_see_it(page: str) -> None:
    tags = read(page).tags
    assert dict(tags)["html"]["lang"] == "en"
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for tag, given in tags:
        if tag == "svg":
            assert given.get("aria-hidden") == "true" or (given["role"] == "img" and given["aria-label"])


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 6_000 * len(NAMES)


def test_a_formula_s_signs_are_text_and_not_markup() -> None:
    page = html(parse_specs(["1 if x<2 else x", "elu:alpha=0.5/2"]), ["csv"])
    tags = read(page).tags
    cards = [given for tag, given in tags if tag == "article"]
    assert [card["id"] for card in cards][:2] == ["elu-alpha=0.5", "elu-alpha=2"]
    assert page.count("1 if x&lt;2 else x") >= 4
    assert "x<2" not in page


@look_at(NAMES)
def test_mathml_is_well_formed_and_fractions_and_powers_have_two_parts(name: str) -> None:
    activation, declaration = known(name), DECLARATIONS[name]
    written = [("f", activation.formula), ("f′", activation.derivative)]
    for head, tree in (*written, ("f", declaration.formula), ("f′", slope_tree(declaration))):
        root = ET.fromstring(to_mathml(tree, head))
        assert root.tag == "math"
        for element in root.iter():
            if element.tag in ("mfrac", "msup", "msub"):
                assert len(element) == 2, ET.tostring(element)


def text(spec: str) -> str:
    activation = parse_spec(spec)
    root = ET.fromstring(to_mathml(activation.formula, "f", activation.letters))
    return "".join(root.itertext()).replace("\u2061", "").replace("\u2062", "").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("relu", "f(x)=max(0,x)"),
        ("softplus", "f(x)=ln(1+eβx)β"),
        ("leaky_relu:alpha=0.2", "f(x)={xif x≥00.2xotherwise"),
        ("silu", "f(x)=xσ(βx)"),
        ("x - (x - 1)", "f(x)=x−(x−1)"),
        ("-(x + 1)*2", "f(x)=−(x+1)⋅2"),
        ("(x + 1)**2", "f(x)=(x+1)2"),
        ("gelu", "f(x)=xΦ(x)"),
        ("log1p(x - 1)", "f(x)=ln(1+x−1)"),
        ("identity", "f(x)=x"),
        ("identity:alpha=2", "f(x)=2x"),
        ("softplus:threshold=20", "f(x)={xif βx>20ln(1+eβx)βotherwise"),
        ("soft_shrink", "f(x)={sgn(x)(|x|−λ)if |x|>λ0otherwise"),
        ("hard_sigmoid", "f(x)=clip(x6+12,0,1)"),
        ("a**2*x:a=-2", "f(x)=(−2)2x"),
        ("x*a:a=-2", "f(x)=x(−2)"),
        ("x - a:a=-2", "f(x)=x−(−2)"),
        ("snake:a=0.5", "f(x)=x+sin2(0.5x)0.5"),
    ],
)
def test_mathml_reads_as_the_formula(spec: str, expected: str) -> None:
    assert text(spec) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("elu", "α = 1"),
        ("softplus", "β = 1"),
        ("softplus:threshold=20", "β = 1, threshold = 20"),
        ("identity", None),
        ("identity:beta=0.5", "β = 0.5"),
        ("soft_shrink", "λ = 0.5"),
        ("soft_shrink:bias=0", "λ = 0.5, bias = 0"),
        ("tanh", None),
        ("x*a:a=2", "a = 2"),
    ],
)
def test_a_card_has_the_parameters_that_stand_in_its_formula(spec: str, expected: str | None) -> None:
    found = re.findall("<dt>parameters</dt><dd>(.*?)</dd>", html([parse_spec(spec)], ["png"]))
    assert found == ([expected] if expected else [])


@look_at(NAMES)
def test_a_thumbnail_stays_in_its_frame_and_is_light(name: str, cards: dict[str, str]) -> None:
    (drawn,) = re.findall("<svg.*?</svg>", cards[name])
    root = ET.fromstring(drawn)
    steep = any(math.isinf(seam.df[1]) for seam in shown()[name].seams)  # the frame cuts its slope
    assert len(drawn) < 4500
    left, above, width, height = map(float, str(root.get("viewBox")).split())
    for text in root.iter("text"):  # numbers have room: a sign is no wider than 5 units
        x, y, wide = float(str(text.get("x"))), float(str(text.get("y"))), 5 * len(text.text or "")
        assert x < 0 or (left <= x - wide / 2 and x + wide / 2 <= left + width + 4)
        assert x > 0 or left <= x - wide
        assert above <= y <= above + height
    assert len(root.findall("g/text")) >= 4
    for path in root.findall("path"):
        for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", path.get("d") or ""):
            assert -1 <= float(x) <= WIDTH + 1
            assert steep or -1 <= float(y) <= HEIGHT + 1


def test_a_thumbnail_lifts_the_pen_at_a_jump_and_keeps_a_corner() -> None:
    drawn = {path.get("class"): path.get("d") or "" for path in thumb("step").findall("path")}
    assert drawn["f"].count("M") == 2
    assert [circle.get("class") for circle in thumb("step").findall("circle")].count("f limit") == 1
    corner = {path.get("class"): path.get("d") or "" for path in thumb("relu").findall("path")}["f"]
    assert corner.count("L") == 2
    assert 8 < {path.get("class"): path.get("d") or "" for path in thumb("tanh").findall("path")}["f"].count("L") < 60


def test_a_long_sum_is_set_in_rows_and_what_fills_a_page_as_text() -> None:
    rows = "+".join(f"{number}.25*x**{number}" for number in range(2, 9))
    page = html(parse_specs([rows, "*".join(["(tanh(x)+x)"] * 40)]), ["png"])
    formulas = [ET.fromstring(formula) for formula in re.findall("<math.*?</math>", page)]
    assert len(formulas[0].findall("mtable/mtr")) >= 2
    said = "".join(formulas[0].itertext()).replace("\u2061", "").replace("\u2062", "")
    assert said == "f(x)=" + rows.replace("*x**", "x")
    assert "<code>f(x) = (tanh(x) + x)" in page
    assert "f′(x) fills pages; the files have its values" in page


def test_a_sketch_opens_a_picture_where_there_is_one() -> None:
    for formats, opened in ((["csv", "svg"], "svg"), (["csv", "json"], "csv"), (["md", "pdf", "png"], "pdf")):
        assert f'<a class="shot" href="relu.{opened}">' in html(parse_specs(["relu"]), formats)


def test_everything_is_there_without_scripts(page: str) -> None:
    tags = read(page).tags
    assert not [given for _, given in tags if given.get("class") == "card" and "hidden" in given]
    (tools,) = (given for _, given in tags if given.get("class") == "tools")
    assert "hidden" in tools, "the search is not offered where it can't work"


# ---- in a browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=5000 --window-size=1200,900 --dump-dom"
).split()
browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")

# What is run in the page, at its end; what it returns is left in the document's title.
PROBE = "<script>document.title = JSON.stringify((() => {{ {script} }})())</script>"
STATE = """
const state = () => ({
  cards: [...document.querySelectorAll(".card:not([hidden])")].map((card) => card.id),
  sections: document.querySelectorAll("main section:not([hidden])").length,
  count: document.getElementById("shown-count").textContent,
  empty: !document.getElementById("nothing-found").hidden,
  focus: document.activeElement.id,
  hash: location.hash,
  ground: getComputedStyle(document.body).backgroundColor,
});
const key = (name) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true}));
const type = (text) => {
  const box = document.activeElement;
  box.value = text;
  box.dispatchEvent(new InputEvent("input", {bubbles: true}));
};
"""


def visit(folder: Path, page: str, script: str = "return state();", address: str = "", *flags: str) -> Any:
    """Open the page in a browser, run a script in it, and return what it returns."""
    assert CHROMIUM is not None
    file = folder / "page.html"
    file.write_text(page.replace("</body>", PROBE.format(script=STATE + script) + "</body>"))
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, f"{file.as_uri()}{address}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    title = re.search("<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title, done.stdout[:500]
    return json.loads(unescape(title[1]))


@browser
def test_an_address_opens_a_search(page: str, tmp_path: Path) -> None:
    found = visit(tmp_path, page, address="#q=maas+hannun")
    assert found["cards"] == ["leaky_relu"]
    assert found["count"] == f"1 of {len(SHOWN)} functions"
    assert found["sections"] == 1


@browser
def test_the_page_filters_as_one_types_and_is_used_by_keyboard(page: str, tmp_path: Path) -> None:
    script = """
    const steps = [state()];
    key("/"); steps.push(state());
    type("tanh"); steps.push(state());
    type("no such thing"); steps.push(state());
    key("Escape"); steps.push(state());
    document.querySelector(".chips button").click(); steps.push(state());
    return steps;
    """
    first, slash, typed, empty, cleared, family = visit(tmp_path, page, script)
    assert first["cards"] == SHOWN
    assert slash["focus"] == "search-box"
    assert set(typed["cards"]) >= {"tanh", "hard_tanh", "mish"}
    assert "relu" not in typed["cards"]
    assert typed["hash"] == "#q=tanh"
    assert empty["cards"] == []
    assert empty["empty"]
    assert cleared["cards"] == SHOWN
    assert family["sections"] == 1
    assert family["hash"].startswith("#family=")


@browser
def test_the_exact_name_is_found_first(page: str, tmp_path: Path) -> None:
    names = ["elu", "tanh", "ReLU", "hard_tanh", "hard tanh", "expit", "gaussian", "sin", "gelu_new"]
    wanted = ["elu", "tanh", "relu", "hard_tanh", "hard_tanh", "sigmoid", "gaussian", "sin", "gelu_tanh"]
    script = f'key("/"); return {json.dumps(names)}.map((name) => {{ type(name); return state().cards[0]; }});'
    assert visit(tmp_path, page, script) == wanted


@browser
def test_the_exact_name_is_found_before_longer_ones(tmp_path: Path) -> None:
    longer_first = html(parse_specs(["tanh_shrink", "relu6", "relu", "gelu_tanh", "tanh", "leaky_relu"]), ["png"])
    assert visit(tmp_path, longer_first, address="#q=relu")["cards"][:2] == ["relu", "relu6"]
    assert visit(tmp_path, longer_first, address="#q=tanh")["cards"][0] == "tanh"


@browser
def test_what_begins_as_the_search_comes_next_and_all_goes_back_to_its_place(page: str, tmp_path: Path) -> None:
    script = """
    const steps = [];
    key("/"); type("soft"); steps.push(state());
    key("Escape"); steps.push(state());
    return steps;
    """
    typed, cleared = visit(tmp_path, page, script)
    begins = [name.startswith("soft") for name in typed["cards"]]
    assert begins[0]
    assert not all(begins)
    assert cleared["cards"] == SHOWN


FOLDS = """
const open = () => [...document.querySelectorAll("details")].map((family) => family.open);
const all = document.getElementById("fold-all");
"""


@browser
def test_families_are_folded_one_by_one_and_all_together_and_a_search_opens_them(page: str, tmp_path: Path) -> None:
    script = f"""{FOLDS}
    const steps = [open()];
    all.click(); steps.push(open()); const said = [all.textContent, all.getAttribute("aria-pressed")];
    key("/"); type("gelu"); steps.push(open());
    key("Escape"); steps.push(open());
    all.click(); steps.push(open());
    return [steps, said];
    """
    (first, folded, searched, back, unfolded), said = visit(tmp_path, page, script)
    families = page.count("<details open>")
    assert families > 10
    assert first == unfolded == searched == [True] * families
    assert folded == back == [False] * families
    assert said == ["Unfold all", "true"]


# A page in a frame as wide as a telephone, which tells its parent what it measures.
# What is near the top was fitted as it came into sight; for the rest it is told that it is about to be printed.
MEASURE = """<script>setTimeout(() => parent.postMessage(JSON.stringify({
  width: innerWidth,
  first: cards.filter((card) => card.getBoundingClientRect().top < innerHeight)
    .flatMap((card) => [...card.querySelectorAll(".formula")])
    .filter((f) => f.scrollWidth > f.clientWidth + 1).length,
  told: dispatchEvent(new Event("beforeprint")),
  cut: [...document.querySelectorAll(".formula")].filter((f) => f.scrollWidth > f.clientWidth + 1)
    .map((f) => f.closest(".card").id),
  out: [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest(".sr, .skip, svg")).map((e) => e.tagName),
  least: Math.min(...[...document.querySelectorAll(".formula")].map((f) => parseFloat(f.style.fontSize) || 1)),
}), "*"), 500)</script>"""


@browser
def test_no_formula_is_cut_off_and_nothing_sticks_out(page: str, tmp_path: Path) -> None:
    widths = (390, 768, 1200)
    (tmp_path / "framed.html").write_text(page.replace("</body>", MEASURE + "</body>"))
    frames = "".join(
        f'<iframe src="framed.html" style="width:{width}px;height:900px;border:0"></iframe>' for width in widths
    )
    frame = (
        f'<!doctype html><title>[]</title><body style="margin:0">{frames}'
        '<script>addEventListener("message", (told) => { document.title = JSON.stringify('
        "[...JSON.parse(document.title), JSON.parse(told.data)]); })</script></body>"
    )
    (tmp_path / "outer.html").write_text(frame)
    assert CHROMIUM is not None
    all_in_sight = f"--window-size={sum(widths) + 50},900"
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [CHROMIUM, *FLAGS, all_in_sight, profile, (tmp_path / "outer.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    found = re.search("<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert found
    measured = sorted(json.loads(unescape(found[1])), key=lambda frame: frame["width"])
    assert [frame["width"] for frame in measured] == [*widths]
    for frame in measured:
        assert (frame["first"], frame["cut"], frame["out"]) == (0, [], [])
        assert frame["least"] >= 0.5, "small print is no formula"


@browser
def test_the_page_is_light_or_dark_as_the_system_is_and_can_be_switched(page: str, tmp_path: Path) -> None:
    switch = 'const before = state(); document.getElementById("theme-switch").click(); return [before, state()];'
    light, switched = visit(tmp_path, page, switch)
    (tmp_path / "other").mkdir()
    dark = visit(tmp_path / "other", page, "return state();", "", "--blink-settings=preferredColorScheme=0")
    assert light["ground"] != dark["ground"]
    assert switched["ground"] == dark["ground"]
