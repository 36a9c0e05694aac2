"""Words of formulas, tables, Jacobians and axes in four languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.curves.jacobians import Jacobian
from actplot.figures.parts.cases import set_formula
from actplot.figures.parts.maths import split, wrap
from actplot.formula.latex import Dialect
from actplot.functions.registry import get
from actplot.words.languages import LANGUAGES, Language, say, speaking
from tests.artists import said_in, svg_words, told
from tests.test_fonts import install as install  # a fixture

CASES = {
    "en": r"\begin{cases} x & \text{if } x > 0 \\ \alpha\,(e^{x} - 1) & \text{otherwise} \end{cases}",
    "ja": r"\begin{cases} x & ( x > 0 \text{ のとき} ) \\ \alpha\,(e^{x} - 1) & ( \text{それ以外} ) \end{cases}",
    "ko": r"\begin{cases} x & ( x > 0 \text{일 때} ) \\ \alpha\,(e^{x} - 1) & ( \text{그 외} ) \end{cases}",
    "es": r"\begin{cases} x & \text{si } x > 0 \\ \alpha\,(e^{x} - 1) & \text{en otro caso} \end{cases}",
}
INLINE = {
    "en": r"x\ \mathrm{if}\ x > 0,\ \ \alpha\,(e^{x} - 1)\ \mathrm{otherwise}",
    "ja": r"x\ (x > 0\ \text{のとき}),\ \ \alpha\,(e^{x} - 1)\ (\text{それ以外})",
    "ko": r"x\ (x > 0\text{일 때}),\ \ \alpha\,(e^{x} - 1)\ (\text{그 외})",
    "es": r"x\ \mathrm{si}\ x > 0,\ \ \alpha\,(e^{x} - 1)\ \mathrm{en\ otro\ caso}",
}


def inside(*words: str) -> str:
    """Return what a command prints, run in this process."""
    done = CliRunner().invoke(app, [*words, "-q"])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cases_of_a_formula(language: Language) -> None:
    dialects: tuple[tuple[Dialect, dict[str, str]], ...] = (("cases", CASES), ("inline", INLINE))
    with speaking(language):
        for dialect, expected in dialects:
            assert get("elu").formula_latex(dialect) == expected[language]


def test_the_cases_of_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.figures.parts import cases

    monkeypatch.setattr(cases, "extent", lambda formula: (1.0, 0.2, 0.8))
    rows = {
        "en": [(r"\mathrm{if}", r"\ ", "x > 0"), (r"\mathrm{otherwise}",)],
        "ja": [("( x > 0", r"\ ", r"\text{のとき}", ")"), ("(", r"\text{それ以外}", ")")],
        "ko": [("( x > 0", r"\text{일 때}", ")"), ("(", r"\text{그 외}", ")")],
        "es": [(r"\mathrm{si}", r"\ ", "x > 0"), (r"\mathrm{en\ otro\ caso}",)],
    }
    for language, expected in rows.items():
        parts = [part for part, _, _ in set_formula("f(x) =", CASES[language]).parts]
        assert [parts[2], parts[4]] == expected


def test_a_long_formula_is_broken_at_spaces_and_never_before_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.figures.parts import maths

    monkeypatch.setattr(maths, "formula_width", lambda formula, size: float(len("".join(formula))))
    rows = wrap(("f(x) =", *split(INLINE["ko"])), 1.0, 12.0)
    assert ["".join(row) for row in rows][:2] == [r"f(x) =x\ ", r"(x > 0\text{일 때}),\ \ "]


TABLE = ("leaky_relu", "step", "-d", "--difference", "--at", "0", "--format", "md")
CELLS = {"en": "jump", "ja": "不連続", "ko": "불연속", "es": "salto"}
HEADS = {"en": "difference", "ja": "差", "ko": "차이", "es": "diferencia"}


def test_heads_and_cells_of_tables() -> None:
    for language in LANGUAGES:
        words = ("--language", language)
        table = inside(*TABLE, *words)
        assert f" {CELLS[language]} |" in table
        assert f"Step {HEADS[language]} |" in table
    korean = inside("bent_identity", "sign", "-d", "--at", "0,nan", "--table", "--language", "ko")
    assert not re.search("undefined|jump", korean)
    assert "gradiente al entrenar" in inside("ste_heaviside", "-d", "--at", "0", "--format", "md", "--language", "es")


def test_a_latex_table_sets_words_of_any_language() -> None:
    assert r"& {no definida} \\" in inside("sqrt(x)", "-d", "--at", "0", "--format", "tex", "--language", "es")
    assert "% XeLaTeX or LuaLaTeX" in inside(*TABLE[:-1], "tex", "--language", "ko")
    assert "% XeLaTeX or LuaLaTeX" not in inside(*TABLE[:-1], "tex", "--language", "es")


JACOBIANS = {
    "en": "Applying Sparsemax on (1.0, 2.0) gives output 1 0.0, slope undefined along x1, undefined along x2",
    "ja": "Sparsemax に (1.0, 2.0) を入れると 1 番目の出力は 0.0、傾き x1 方向 定義されない, x2 方向 定義されない",
    "ko": "Sparsemax에 (1.0, 2.0)을(를) 적용하면 1번째 출력은 0.0, 기울기 x1 방향 정의되지 않음, x2 방향 정의되지 않음",
    "es": "Aplicar Sparsemax a (1.0, 2.0) da la salida 1: 0.0, pendiente no definida según x1, no definida según x2",
}
NAMED = {
    "en": "Jacobian of Softmax at (0, 0)",
    "ja": "(0, 0) での Softmax のヤコビ行列",
    "ko": "(0, 0)에서 Softmax의 야코비 행렬",
    "es": "Jacobiano de Softmax en (0, 0)",
}


def test_jacobians() -> None:
    for language in LANGUAGES:
        words = ("--language", language)
        assert inside("sparsemax", "--jacobian", "1,2", "--format", "text", *words).startswith(JACOBIANS[language])
        assert NAMED[language] in inside("softmax", "--jacobian", "0,0", "--format", "md", *words)
    with speaking("es"):
        assert Jacobian.of(get("softmax"), (0.0, 0.0)).description == (
            "Jacobiano de Softmax en (0, 0): cuánto cambia cada salida con cada entrada. f₁ es 0.5, sus pendientes son "
            "0.25, -0.25. f₂ es 0.5, sus pendientes son -0.25, 0.25."
        )


def test_a_jacobian_is_english_where_no_font_has_the_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from actplot.figures import build

    note = "no font here has Korean letters, which show as boxes; install Noto Sans CJK"
    monkeypatch.setattr(build, "fit_fonts", lambda words: note if re.search("[가-힣]", words) else None)
    target = str(tmp_path / "a.svg")
    done = CliRunner().invoke(app, ["softmax", "--jacobian", "0,0", "-o", target, "--text", "--language", "ko"])
    assert done.exit_code == 0
    assert done.stderr.count("the figure's own words are in English; install Noto Sans CJK") == 1
    assert NAMED["en"] in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_what_x_is_and_the_format_of_numbers() -> None:
    said = said_in(actplot.figure("softmax:k=3", "sigmoid", language="es"))
    assert "x o x₁ de 3 logits, los demás en 0" in said
    rounded = ("elu", "--dtype", "float16", "--at", "1", "--format", "text", "--language")
    assert inside(*rounded, "es").startswith("Aplicar ELU en float16 a (1.0)")
    assert inside(*rounded, "ja").startswith("ELU(float16) に (1.0)")
    names = [
        inside("elu", "--dtype", "float16", "--at", "1", "--format", "csv", "--language", each) for each in LANGUAGES
    ]
    assert len(set(names)) == 1  # for programs


def test_the_derivatives_of_several_functions(tmp_path: Path) -> None:
    for language, expected in (("en", ", their derivative"), ("es", ", sus derivadas"), ("ja", "、それらの導関数")):
        path = tmp_path / f"{language}.svg"
        inside("relu", "tanh", "-d", "-o", str(path), "--language", language)
        assert expected in path.read_text(encoding="utf-8")


# Lower-case words of three letters and more; names of functions in titles are none.
LOWER = re.compile(r"(?<![\w\\])[a-z]{3,}(?![\w(])")
LOOKED_AT = (
    ("elu", "-d", "--second"),
    ("leaky_relu", "step", "tanh", "-d", "--difference"),
    ("softmax:k=3", "sigmoid", "-d"),
    ("elu:alpha=0.5/1/2", "-d", "--layout", "together"),
    ("sinc", "-d", "--annotate", "--tangent", "0"),
    ("approx_sign", "-d"),
    ("relu", "-d", "--dtype", "float16"),
    ("swiglu", "-d"),
    ("softmax", "--jacobian", "0,0"),
)


def test_no_figure_says_an_english_word_in_korean(request: pytest.FixtureRequest) -> None:
    with speaking("ko"):
        request.getfixturevalue("install")("Squares", say().letters)
    for arguments in LOOKED_AT:
        spoken = (*arguments, "--language", "ko")
        said = [*svg_words(*spoken), told(*spoken)]
        assert re.search("[가-힣]", said[-1]), arguments
        assert [words for words in said if LOWER.search(words)] == [], arguments


def test_what_is_written_in_a_language_can_be_pasted() -> None:
    points = [-7.0, -1.5, -0.5, 0.0, 0.25, 0.5, 2.0, 7.0]
    for language in LANGUAGES:
        for name in ("step", "hardshrink", "elu:alpha=2", "hard_sigmoid", "leaky_relu"):
            activation = actplot.get(name)
            with speaking(language):
                text = activation.formula_latex(valued=True)
            assert name == "hard_sigmoid" or r"\begin{cases}" in text
            given = "" if r"\alpha" not in text else f":alpha={activation.values['alpha']}"
            read = actplot.get(f"f(x) = {text}{given}")
            assert read(points)[0].tolist() == activation(points)[0].tolist(), (language, name)
