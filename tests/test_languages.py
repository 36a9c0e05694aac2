"""What is said in figures, charts and sentences, in four languages."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.words.languages import LANGUAGES, Language, Words, find_language, say, speaking, spoken
from tests.artists import said_in
from tests.conftest import Run
from tests.walking import look_at

OTHERS: tuple[Language, ...] = ("ja", "ko", "es")
NAMES = [field.name for field in fields(Words)]
# English words of figures; none is Spanish.
ENGLISH = re.compile(
    r"\b(the|from|at|derivative|slope|second|difference|each|and|more|max|min|with|of|goes|turns)\b", re.IGNORECASE
)


def words_of(language: Language) -> Words:
    with speaking(language):
        return say()


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", OTHERS)
@look_at(NAMES)
def test_a_sentence_holds_what_the_english_one_holds(name: str, language: Language) -> None:
    ours, english = getattr(words_of(language), name), getattr(words_of("en"), name)
    assert places(ours) == places(english)
    if re.search("[a-z]", re.sub(r"\{\w+\}", "", english)):
        assert ours != english


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_no_word_is_left_in_english(language: Language) -> None:
    for name in NAMES:
        bare = re.sub(r"\{\w+\}", "", getattr(words_of(language), name))
        assert not re.findall(r"[A-Za-z]{2,}", bare), name


def test_every_word_is_said_somewhere() -> None:
    package = Path(actplot.__file__).parent
    sources = "".join(
        path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.parent.name != "languages"
    )
    assert [name for name in NAMES if not re.search(rf"(said|say\(\))\.{name}\b", sources)] == []


def test_a_language_is_spoken_inside_its_block_alone() -> None:
    assert spoken() == "en"
    with speaking("ko"):
        assert say().derivative == "도함수"
        with speaking("es"):
            assert say().derivative == "Derivada"
        assert spoken() == "ko"
    assert say().derivative == "Derivative"


SENTENCES = {
    "en": "Applying Leaky ReLU on (-10.0) gives -0.1, slope 0.01\n"
    "Applying Leaky ReLU on (0.0) gives 0.0, slope undefined (0.01 from the left, 1.0 from the right)\n",
    "ja": "Leaky ReLU に (-10.0) を入れると -0.1、傾き 0.01\n"
    "Leaky ReLU に (0.0) を入れると 0.0、傾き 定義されない(左から 0.01、右から 1.0)\n",
    "ko": "Leaky ReLU에 (-10.0)을(를) 적용하면 -0.1, 기울기 0.01\n"
    "Leaky ReLU에 (0.0)을(를) 적용하면 0.0, 기울기 정의되지 않음 (왼쪽에서 0.01, 오른쪽에서 1.0)\n",
    "es": "Aplicar Leaky ReLU a (-10.0) da -0.1, pendiente 0.01\n"
    "Aplicar Leaky ReLU a (0.0) da 0.0, pendiente no definida (0.01 por la izquierda, 1.0 por la derecha)\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences(language: Language, run: Run) -> None:
    done = run("leaky_relu", "-d", "--at=-10,0", "--format", "text", "--language", language)
    assert done.stdout.decode() == SENTENCES[language]


def test_a_jump_and_a_difference(run: Run) -> None:
    done = run("relu", "step", "-d", "--difference", "--at", "0", "--format", "text", "--language", "es")
    assert done.stdout.decode().splitlines()[1] == (
        "Aplicar Step a (0.0) da 1.0, pendiente no definida (f salta de 0.0 a 1.0; 0.0 por la izquierda, 0.0 por la "
        "derecha), diferencia con ReLU 1.0"
    )


def test_a_chart(run: Run) -> None:
    text = run("gelu", "-d", "--second", "--terminal", "--language", "es").stdout.decode()
    assert "GELU′  derivada, pendiente máxima 1.129 en √2" in text
    assert "GELU″  segunda derivada" in text
    korean = run("gelu", "tanh", "-d", "--difference", "--terminal", "--language", "ko").stdout.decode()
    assert "도함수" in korean
    assert "첫 함수와의 차이" in korean


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("gelu",), {"Derivada", "máx f′ = 1.129 en x = √2"}),
        (("relu", "elu", "selu"), {"ReLU, ELU y SELU", "Derivada"}),
        (("elu:alpha=0.5", "elu:alpha=1", "elu:alpha=2"), {"ELU, α de 0.5 a 2"}),
    ],
)
def test_a_figure_in_spanish(names: tuple[str, ...], expected: set[str]) -> None:
    said = said_in(actplot.figure(*names, language="es"))
    assert expected <= set(said)
    assert not [words for words in said if ENGLISH.search(words)]


def test_every_mark_of_a_figure_in_spanish() -> None:
    made = actplot.figure("gelu", "tanh", second=True, difference=True, language="es")
    assert {"Derivada", "Segunda derivada", "Tanh − GELU"} <= set(said_in(made))
    made = actplot.figure("sinc", detail="full", tangents=[1.0], language="es")
    said = said_in(made)
    assert any(re.fullmatch(r"−?[\d.]+ en −?[\d.]+", words) for words in said)
    assert not [words for words in said if ENGLISH.search(words)]
    made = actplot.figure("relu", tangents=[0.0], language="es")
    assert "sin pendiente en x = 0: 0 por la izquierda, 1 por la derecha" in said_in(made)


def test_without_a_font_the_words_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.figures import build

    note = "no font here has Japanese letters, which show as boxes; install Noto Sans CJK"
    monkeypatch.setattr(build, "fit_fonts", lambda words: note if re.search("[぀-ヿ一-鿿]", words) else None)
    assert "Derivative" in said_in(actplot.figure("gelu", language="ja"))
    monkeypatch.setattr(build, "fit_fonts", lambda words: None)
    said = said_in(actplot.figure("gelu", language="ja"))
    assert {"導関数", "最大 f′ = 1.129(x = √2)"} <= set(said)


def test_an_svg_is_described_in_the_language(run: Run, tmp_path: Path) -> None:
    assert run("relu", "-d", "-o", "a.svg", "--language", "es").returncode == 0
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "Gráfica de ReLU, su derivada, para x de -5 a 5." in text
    assert "Tiene un vértice en 0, de pendiente 0 a pendiente 1." in text


def test_a_gallery_and_its_keys(run: Run, tmp_path: Path) -> None:
    first = run("gallery", "g", "relu", "--format", "svg")
    again = run("gallery", "g", "relu", "--format", "svg", "--language", "es")
    assert first.returncode == again.returncode == 0
    assert "Derivada" in (tmp_path / "g/relu.svg").read_text(encoding="utf-8") or "su derivada" in (
        tmp_path / "g/relu.svg"
    ).read_text(encoding="utf-8")


def test_the_locale_and_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("relu", "--at", "1", "--format", "text", env={"ACTPLOT_LANGUAGE": "ko"}).stdout.decode()
    assert told == "ReLU에 (1.0)을(를) 적용하면 1.0\n"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert find_language("auto") == "en"
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert find_language("auto") == "es"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert find_language("auto") == "en"
    assert find_language(" JA ") == "ja"
    with pytest.raises(UsageError, match="there is no 'fr'; choose one of en, ja, ko, es, or auto"):
        find_language("fr")


DEEP = ("signal", "relu", "--depth", "2", "--width", "4", "--seeds", "1")
TOLD = {  # what becomes of the gradient, what a layer keeps, the state of a cell with gates
    "en": (
        "ReLU with He's init: gradients keep their size over 2 layers (",
        "ReLU with He's init: any variance stays; at q = 1 a layer multiplies squared gradients by 1.",
        "gates have no theory line.",
    ),
    "ja": (
        "ReLU(He の初期値):2 層で勾配の大きさは変わらない(1 個のネットワークで",
        "ReLU(He の初期値):どの分散も保たれる。q = 1 で 1 層は勾配の二乗を 1 倍にする。",
        "ゲートのあるものに理論の線はない。",
    ),
    "ko": (
        "ReLU (He 초기화): 2개 층에서 기울기의 크기가 그대로이다 (1 신경망에서",
        "ReLU (He 초기화): 어떤 분산도 유지된다. q = 1에서 한 층은 기울기의 제곱을 1배로 만든다.",
        "게이트가 있으면 이론 선은 없다.",
    ),
    "es": (
        "ReLU con inicialización de He: los gradientes conservan su tamaño en 2 capas (de ",
        "ReLU con inicialización de He: cualquier varianza se conserva; en q = 1 una capa multiplica los gradientes al "
        "cuadrado por 1.",
        "con puertas no hay línea teórica.",
    ),
}


def inside(*words: str) -> str:
    """Return what a command prints, run in this process."""
    done = CliRunner().invoke(app, [*words, "-q"])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_becomes_of_a_signal() -> None:
    cell = ("signal", "tanh", "--cell", "gru", "--steps", "3", "--width", "4", "--seeds", "2")
    for language, (deep, map_of, gates) in TOLD.items():
        end = ("--format", "text", "--language", language)
        assert inside(*DEEP, *end).startswith(deep)
        assert map_of in inside(*DEEP, "--map", *end)
        assert gates in inside(*cell, *end)


# The first words of each task, and how a step is told beside another function.
LEARNED = {
    "ja": ("個のネットワークのうち", "各ステップの前に正解を教えると", "新しい点のうち", "Step は勾配を伝えない。"),
    "ko": ("16,384쌍을 모두 맞게", "매 시점 전에 정답을", "새 점을 중앙값 신경망은", "Step: 기울기가 있는 곳마다 0"),
    "es": ("suman bien los 16 384 pares", "si conoce el coseno", "la red mediana pone", "Step no deja pasar ningún"),
}


def test_what_networks_learn(run: Run) -> None:
    for language, (*tasks, flat) in LEARNED.items():
        for task, words in zip(("addition", "sincos", "spirals"), tasks, strict=True):
            names = ("tanh", "step") if task == "spirals" else ("tanh",)
            few = ("--length", "1", "--seeds", "2", "--format", "json")
            data = json.loads(inside("train", task, *names, *few, "--language", language))
            said = [data["title"], *data["sentences"], *(panel["title"] for panel in data["panels"])]
            assert any(words in sentence for sentence in said)
            assert any(flat in sentence for sentence in said) == (len(names) > 1)
            assert language != "es" or not [sentence for sentence in said if ENGLISH.search(sentence)]
    assert b"name another function" in run("train", "addition", "step", "--language", "ja").stderr


def test_a_picture_of_given_lines_is_made_again_where_no_font_has_the_letters(run: Run, tmp_path: Path) -> None:
    before = (
        "from actplot.figures import build\n"
        "note = 'no font here has Japanese letters, which show as boxes; install Noto Sans CJK'\n"
        "build.fit_fonts = lambda words: note if any(letter > '\\u3000' for letter in words) else None\n"
    )
    for names, english in ((DEEP, "Size of the signal"), (("swiglu",), "gate at a = 1")):
        picture = ("-o", "a.svg", "--text", "--language")
        done = run(*names, *picture, "ja", before=before)
        assert done.returncode == 0
        assert "the figure's own words are in English; install" in done.stderr.decode()
        assert english in (tmp_path / "a.svg").read_text(encoding="utf-8")
        assert run(*names, *picture, "es").returncode == 0
        assert english not in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_map_of_two_inputs(run: Run) -> None:
    done = run("swiglu", "-d", "--at", "1", "--format", "text", "--language", "es")
    assert done.stdout.decode() == (
        "Aplicar SwiGLU a (1.0, 1.0) da 0.7310585786300049, pendiente 0.7310585786300049 en la dirección a, "
        "0.9276705118714867 en la dirección b\n"
    )
