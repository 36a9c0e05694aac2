"""An entry of a gallery's indexes and its thumbnail, written by hand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.curves.content import Wanted
from actplot.curves.curve import sample_range
from actplot.functions.activation import Activation
from actplot.functions.reading import parse_specs
from actplot.gallery.index import markdown
from actplot.gallery.manner import Manner
from actplot.gallery.mathml import to_mathml
from actplot.gallery.names import stem
from actplot.gallery.page import html
from actplot.gallery.selection import select
from actplot.gallery.thumbnail import thumbnail

WHAT = (
    "drawn by `actplot gallery`. Each picture shows f above and f′ below; an open circle is a value that is not taken."
)
NAMES = "also called `lrelu`, `relie`, `very_leaky_relu` · Maas, Hannun & Ng 2013; Graham 2014"
README = r"""# Activation functions and their derivatives

3 functions, WHAT

- [Rectifiers](#rectifiers)
- [Exponential linear](#exponential-linear)
- [Formula](#formula)

## Rectifiers

### Leaky ReLU (α = 0.1)

ReLU with a small slope for negative inputs, so that no unit dies.

![Leaky ReLU (α = 0.1) and its derivative](leaky_relu.svg)

```math
f(x) = \begin{cases} x & \text{if } x \geq 0 \\ 0.1\,x & \text{otherwise} \end{cases}
```

```math
f'(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0.1 & \text{otherwise} \end{cases},\ \ x \neq 0
```

`leaky_relu` · alpha = 0.1 · NAMES · [png](leaky_relu.png) [svg](leaky_relu.svg)

## Exponential linear

### ELU (α = 2)

Saturates at −α on the left and so pulls the mean activation towards 0; f′ is continuous at α = 1.

![ELU (α = 2) and its derivative](elu-alpha=2.svg)

```math
f(x) = \begin{cases} x & \text{if } x > 0 \\ 2\,(e^{x} - 1) & \text{otherwise} \end{cases}
```

```math
f'(x) = \begin{cases} 1 & \text{if } x > 0 \\ 2\,e^{x} & \text{otherwise} \end{cases},\ \ x \neq 0
```

`elu` · alpha = 2 · Clevert, Unterthiner & Hochreiter 2016 · [png](elu-alpha=2.png) [svg](elu-alpha=2.svg)

## Formula

### x\*2\*x

A formula of one's own.

![x\*2\*x and its derivative](MARKED.svg)

```math
f(x) = x \cdot 2\,x
```

```math
f'(x) = 2 x + 2 x
```

`x*2*x` · [png](MARKED.png) [svg](MARKED.svg)
"""


def test_the_index_that_a_forge_shows() -> None:
    """The formula comes first and is shown last: in no family of the catalogue."""
    text = markdown(select(["x*2*x", "elu:alpha=2", "leaky_relu"]), ["png", "svg"])
    assert re.sub(r"x-2-x-[0-9a-f]{10}", "MARKED", text) == README.replace("WHAT", WHAT).replace("NAMES", NAMES)


def test_the_index_of_one_function_without_pictures() -> None:
    lines = markdown([actplot.get("relu")], ["csv"]).splitlines()
    assert lines[2].startswith("1 function, drawn by")
    assert not [line for line in lines if line.startswith("![")]
    assert lines[-1].endswith(" · Fukushima 1969; Nair & Hinton 2010 · [csv](relu.csv)")


def card(spec: str, formats: list[str]) -> ET.Element:
    (text,) = re.findall(r"<article.*?</article>", html(select([spec]), formats), re.DOTALL)
    return ET.fromstring(text.replace("&#x2061;", "").replace("&#x2062;", "").replace("&#xa0;", " "))


def text_of(element: ET.Element | None) -> str:
    assert element is not None
    return unescape("".join(element.itertext()))


def test_a_card_of_the_page() -> None:
    found = card("leaky_relu", ["svg", "csv"])
    assert found.get("id") == "leaky_relu"
    assert text_of(found.find(".//h3")) == "Leaky ReLU (α = 0.1) leaky_relu"
    assert text_of(found.find(".//p")) == "ReLU with a small slope for negative inputs, so that no unit dies."
    formulas = [text_of(each) for each in found.findall(".//math")]
    assert formulas == ["f(x)={xif x≥00.1xotherwise", "f′(x)={1if x>00.1otherwise  for x ≠ 0"]
    assert [
        (text_of(name), text_of(told))
        for name, told in zip(found.findall(".//dt"), found.findall(".//dd"), strict=True)
    ] == [
        ("limits", "−∞ at −∞, ∞ at ∞"),
        ("shape", "kink at 0"),
        ("symmetry", "neither"),
        ("parameters", "α = 0.1"),
        ("also called", "lrelu, relie, very_leaky_relu"),
        (
            "known as",
            "torch.nn.LeakyReLU, "
            "keras.activations.leaky_relu(negative_slope=0.2), keras.layers.LeakyReLU(negative_slope=0.3), "
            "tf_keras.layers.LeakyReLU(alpha=0.3), "
            "tf.nn.leaky_relu(alpha=0.2), jax.nn.leaky_relu, ONNX LeakyRelu, mlx.nn.leaky_relu",
        ),
        ("source", "Maas, Hannun & Ng 2013; Graham 2014"),
    ]
    assert [(link.get("href"), link.text) for link in found.findall(".//p/a")] == [
        ("leaky_relu.svg", "svg"),
        ("leaky_relu.csv", "csv"),
    ]
    (shot,) = (link for link in found.findall(".//a") if link.get("class") == "shot")
    assert shot.get("href") == "leaky_relu.svg"


@pytest.mark.parametrize(
    ("spec", "shape", "limits", "symmetry"),
    [
        ("hard_shrink", "jump at -0.5, 0.5", "−∞ at −∞, ∞ at ∞", "odd"),
        ("sin", "no kink", "none at −∞, none at ∞", "odd"),
        ("hard_tanh", "kink at -1, 1", "−1 at −∞, 1 at ∞", "odd"),
        ("gaussian", "no kink", "0 at −∞, 0 at ∞", "even"),
        ("step(x) + relu(x - 1)", "jump at 0; kink at 1", "0 at −∞, ∞ at ∞", "neither"),
    ],
)
def test_what_a_card_says(spec: str, shape: str, limits: str, symmetry: str) -> None:
    found = card(spec, ["png"])
    said = {
        text_of(name): text_of(told) for name, told in zip(found.findall(".//dt"), found.findall(".//dd"), strict=True)
    }
    assert (said["shape"], said["limits"], said["symmetry"]) == (shape, limits, symmetry)


def test_a_card_tells_every_other_name() -> None:
    found = card("sigmoid", ["png"])
    said = {
        text_of(name): text_of(told) for name, told in zip(found.findall(".//dt"), found.findall(".//dd"), strict=True)
    }
    assert said["also called"] == "logistic, logsig, expit"
    assert "parameters" not in said


def test_the_search_finds_a_card_by_all_that_it_says() -> None:
    words = str(card("leaky_relu", ["png"]).get("data-words"))
    for part in (
        "leaky_relu",
        "leaky relu",
        "rectifiers",
        "lrelu",
        "no unit dies",
        "alpha*x",
        "torch.nn",
        "maas",
        "α = 0.1",
    ):
        assert part in words
    assert words == words.lower()


THUMBNAILS = {
    "step": (
        '<path class="axis" d="M0 102H180M90 0V108"/>'
        '<path class="df" d="M6 102L90 102M90 102L174 102"/>'
        '<path class="f" d="M6 102L90 102M90 6L174 6"/>'
        '<circle class="df limit" cx="90" cy="102" r="2.6"/>'
        '<circle class="f limit" cx="90" cy="102" r="2.6"/>'
        '<circle class="f value" cx="90" cy="6" r="2.6"/>'
    ),
    "relu": (
        '<path class="axis" d="M0 102H180M90 0V108"/>'
        '<path class="df" d="M6 102L90 102M90 82.8L174 82.8"/>'
        '<path class="f" d="M6 102L90 102L174 6"/>'
        '<circle class="df limit" cx="90" cy="102" r="2.6"/>'
        '<circle class="df limit" cx="90" cy="82.8" r="2.6"/>'
    ),
    "identity": (
        '<path class="axis" d="M0 54H180M90 0V108"/>'
        '<path class="df" d="M6 44.4L174 44.4"/>'
        '<path class="f" d="M6 102L174 6"/>'
    ),
    "x*0": (
        '<path class="axis" d="M0 54H180M90 0V108"/>'
        '<path class="df" d="M6 54L174 54"/>'
        '<path class="f" d="M6 54L174 54"/>'
    ),
}


# The numbers beside and below the panel, and where they stand: x from -5 to 5 is 6 to 174.
FIVES = {"−4": "22.8", "−2": "56.4", "0": "90", "2": "123.6", "4": "157.2"}
TICKS = {
    "step": (
        {"0.0": "102", "0.2": "82.8", "0.4": "63.6", "0.6": "44.4", "0.8": "25.2", "1.0": "6"},
        FIVES,
    ),
    "relu": ({"0": "102", "1": "82.8", "2": "63.6", "3": "44.4", "4": "25.2", "5": "6"}, FIVES),
    "identity": ({"−4": "92.4", "−2": "73.2", "0": "54", "2": "34.8", "4": "15.6"}, FIVES),
    "x*0": ({"−1.0": "102", "−0.5": "78", "0.0": "54", "0.5": "30", "1.0": "6"}, FIVES),
}


@pytest.mark.parametrize("spec", THUMBNAILS)
def test_a_thumbnail(spec: str) -> None:
    (activation,) = parse_specs([spec])
    drawn = thumbnail(sample_range(activation, activation.declaration.range, 181), "A label")
    beside, below = TICKS[spec]
    lines = "".join([*(f"M0 {y}H180" for y in beside.values()), *(f"M{x} 0V108" for x in below.values())])
    rows = "".join(f'<text x="-3" y="{y}" dy=".35em">{text}</text>' for text, y in beside.items())
    columns = "".join(f'<text x="{x}" y="118">{text}</text>' for text, x in below.items())
    assert drawn == (
        '<svg viewBox="-32 -4 217 125" role="img" aria-label="A label">'
        f'<path class="grid" d="{lines}"/><g class="y">{rows}</g><g class="x">{columns}</g>{THUMBNAILS[spec]}</svg>'
    )


@pytest.mark.parametrize(
    ("spec", "file", "alpha"),
    [
        ("leaky_relu", "leaky_relu", "0.1"),
        ("LReLU", "leaky_relu", "0.1"),
        ("leaky_relu:alpha=0.01", "leaky_relu-alpha=0.01", "0.01"),
        ("LeakyReLU(0.01)", "leaky_relu-alpha=0.01", "0.01"),
        ("torch.nn.LeakyReLU", "leaky_relu-alpha=0.01", "0.01"),
        ("leaky_relu:alpha=0.3", "leaky_relu-alpha=0.3", "0.3"),
    ],
)
def test_what_was_typed_is_drawn_and_a_bare_name_has_a_telling_value_in_every_file(
    tmp_path: Path, spec: str, file: str, alpha: str
) -> None:
    """The slope 0.01 of Leaky ReLU is hidden by the axis, so for its bare name a gallery takes another."""
    done = CliRunner().invoke(app, ["gallery", str(tmp_path), spec, "--format", "svg,csv,json", "-q"])
    assert done.exit_code == 0, done.output
    picture = (tmp_path / f"{file}.svg").read_text()
    title = f"Leaky ReLU (α = {alpha})" if alpha != "0.01" else "Leaky ReLU"
    assert f'<title id="actplot-title">{title}</title>' in picture
    last = float(alpha) * -5
    assert f"The function goes from {last:g} to 5." in picture
    _, first, *_ = (tmp_path / f"{file}.csv").read_text().splitlines()
    name, x, y, slope = first.split(",")
    assert (name, float(x), float(y), float(slope)) == ("leaky_relu", -5.0, last, float(alpha))
    assert f'"alpha": {alpha}' in (tmp_path / f"{file}.json").read_text()
    assert f"alpha = {alpha}" in (tmp_path / "README.md").read_text()
    page = (tmp_path / "index.html").read_text()
    assert f"α = {alpha}" in page
    assert f'<article class="card" id="{file}"' in page


def test_a_telling_value_and_one_that_was_typed_stand_side_by_side() -> None:
    both = select(["leaky_relu", "leaky_relu:alpha=0.01"])
    assert {stem(each): dict(each.values) for each in both if isinstance(each, Activation)} == {
        "leaky_relu": {"alpha": 0.1},
        "leaky_relu-alpha=0.01": {"alpha": 0.01},
    }
    for chosen in (select([], ["leaky_*"]), select([], ["lrelu"]), select([], ["rectifiers"]), select(["lrelu"])):
        found = [one for one in chosen if isinstance(one, Activation) and one.name == "leaky_relu"]
        assert [dict(one.values) for one in found] == [{"alpha": 0.1}]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (
            "1 if x <= 1 else 2 if x == 3 else 3 if x >= 4 else 4 if x != 5 else 6",
            "f(x)={1if x≤12if x=33if x≥44if x≠56otherwise",
        ),
        ("1 if 0 < x < 1 else 0", "f(x)={1if 0<x<10otherwise"),
        ("hard_tanh(x, lower=-2, upper=3)", "f(x)=Hardtanhlower=−2,upper=3(x)"),
        ("abs(x)*2*pi", "f(x)=|x|⋅2π"),
        ("asinh(x) - erf(x) + sign(x)", "f(x)=arsinh(x)−erf(x)+sgn(x)"),
        ("2.5e-7*x", "f(x)=2.5⋅10−7x"),
        ("exp(x/2)", "f(x)=exp(x2)"),
    ],
)
def test_mathml_reads_as_a_typed_formula(formula: str, expected: str) -> None:
    element = ET.fromstring(re.sub("&#x206[12];|&#xa0;", "", to_mathml(actplot.get(formula).formula, "f")))
    assert text_of(element) == expected.replace("if ", "if")


@pytest.mark.parametrize(
    ("formula", "kind", "rows"),
    [
        (
            "3/(cosh(1.2345678*x) + cosh(2.2345678*x) + cosh(3.2345678*x))",
            "rows",
            [["cosh(1.2345678x)+cosh(2.2345678x)"], ["+cosh(3.2345678x)"]],
        ),
        (
            "sqrt(cosh(1.2345678*x)*cosh(2.2345678*x)*cosh(3.2345678*x))",
            "rows",
            [["cosh(1.2345678x)cosh(2.2345678x)"], ["⋅cosh(3.2345678x)"]],
        ),
        (
            "sinh(1.2345678*x) + 1.234567890123 if x > 1.2345678 else 1",
            "cases",
            [["sinh(1.2345678x)+1.234567890123"], ["ifx>1.2345678"], ["1"], ["otherwise"]],
        ),
        (
            "sinh(1.2345678*x) if x > 1.2345678 else 1",
            "cases",
            [["sinh(1.2345678x)", "ifx>1.2345678"], ["1", "otherwise"]],
        ),
    ],
)
def test_what_is_too_wide_for_a_card_is_set_in_rows_where_it_stands(
    formula: str, kind: str, rows: list[list[str]]
) -> None:
    element = ET.fromstring(re.sub("&#x206[12];|&#xa0;", "", to_mathml(actplot.get(formula).formula, "f")))
    (table,) = element.iter("mtable")
    assert table.get("class") == kind
    assert [[text_of(cell) for cell in row] for row in table] == rows


def test_a_condition_that_has_no_room_beside_a_formula_stands_below_it() -> None:
    formula = actplot.get("sinh(1.2345678*x) + cosh(1.2345678*x)").formula
    element = ET.fromstring(re.sub("&#x206[12];|&#xa0;", "", to_mathml(formula, "f", None, "x ∉ {-40, 40}")))
    rows = element.findall("mtable/mtr")
    assert [text_of(row) for row in rows] == ["f(x)=sinh(1.2345678x)+cosh(1.2345678x)", "forx ∉ {-40, 40}"]


def test_mathml_in_full() -> None:
    drawn = to_mathml(actplot.get("a_b*x + lambd:a_b=2,lambd=1").formula, "f′", {"lambd": "-1.5"}, "x ≠ 0")
    assert drawn == (
        '<math displaystyle="true"><mrow>'
        "<mrow><msup><mi>f</mi><mo>′</mo></msup><mo>&#x2061;</mo>"
        "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>"
        "<mo>=</mo>"
        "<mrow><mrow><msub><mi>a</mi><mi>b</mi></msub><mo>&#x2062;</mo><mi>x</mi></mrow><mo>+</mo>"
        "<mrow><mo>(</mo><mrow><mo>−</mo><mn>1.5</mn></mrow><mo>)</mo></mrow></mrow>"
        "<mtext>&#xa0;&#xa0;for&#xa0;x ≠ 0</mtext>"
        "</mrow></math>"
    )


def test_a_gradient_of_training_is_drawn_and_named_where_its_figure_has_it() -> None:
    """From −2 to 2 is 6 to 174, and from −1 to 1 is 102 to 6: the gradient is 1 from 48 to 132 and else 0."""
    trained = parse_specs(["ste_sign"])
    drawn = thumbnail(sample_range(trained[0], (-2, 2), 181), "A label")
    assert '<path class="df taken" d="M6 54L48 54M48 6L132 6M132 54L174 54"/>' in drawn
    circles = re.findall(r'circle class="df (\w+)" cx="(\d+)" cy="(\d+)"', drawn)
    assert sorted(circles) == [
        ("limit", "132", "54"),
        ("limit", "48", "54"),
        ("value", "132", "6"),
        ("value", "48", "6"),
    ]
    text = markdown(trained, ["png"])
    assert "shows f above and f′ below, or the gradient that training takes for it; an open" in text
    assert "![STE sign and its gradient in training](ste_sign.png)" in text
    said = "1 if abs(x) <= 1 else 0 (gradient used in training; the derivative is 0)"
    assert said in re.sub(r"\\([^a-z])|&(lt|#60);", lambda found: found[1] or "<", text)
    assert 'aria-label="STE sign and its gradient in training"' in html(trained, ["png"])
    assert "(dashed: the gradient that training takes for it). An open" in html(trained, ["png"])
    assert "training" not in html(select(["relu"]), ["png"]) + markdown(select(["relu"]), ["png"])


def test_a_gradient_of_training_stands_above_the_second_derivative() -> None:
    text = markdown(select(["ste_sign"]), ["png"], Manner(wanted=Wanted(derivative=True, second=True)))
    assert "![STE sign and its gradient in training and second derivative](ste_sign.png)" in text
