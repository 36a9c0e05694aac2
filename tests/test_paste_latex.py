"""LaTeX of the common kind is read as the formula it sets; what is not clear is refused at its column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import actplot
from actplot.cli.app import app
from actplot.errors import UsageError
from actplot.formula import FormulaError, names_in, parse, to_latex
from actplot.formula.plain_text import to_text
from actplot.functions.typed import any_spelling, from_text
from tests.walking import dense, examples, look_at

X = [-3.5, -1.0, -0.75, 0.0, 0.3, 1.0, 2.5]

# (what is pasted, how it prints in the language's own words)
READ = [
    (r"\frac{1}{1+e^{-x}}", "1/(1 + exp(-x))"),
    (r"\max(0, x)", "max(0, x)"),
    (r"x\,\sigma(x)", "x*sigmoid(x)"),
    (r"\begin{cases} x & x > 0 \\ 0.01x & x \leq 0 \end{cases}", "x if x > 0 else 0.01*x"),
    (r"\begin{cases} x & \text{if } x \ge 0 \\ e^x-1 & \text{otherwise} \end{cases}", "x if x >= 0 else exp(x) - 1"),
    (r"\begin{cases} 0, & x < -1 \\ x, & 1 < x \\ 1 & \text{else} \end{cases}", "0 if x < -1 else x if 1 < x else 1"),
    (r"\begin{cases} 1 & 0 < x \\ 2 & x < -1 \end{cases}", "1 if 0 < x else 2 if x < -1 else 0/0"),
    (r"\left\{\begin{array}{ll} x & x>0 \\ 0 & \text{otherwise}\end{array}\right.", "x if x > 0 else 0"),
    (r"f(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}", "(exp(x) - exp(-x))/(exp(x) + exp(-x))"),
    (r"\mathrm{GELU}(x) = x\,\Phi(x)", "x*Phi(x)"),
    (r"\sigma(z) = \frac{1}{1+e^{-z}}", "1/(1 + exp(-x))"),
    (r"f(x) = x\sigma(x) = \frac{x}{1+e^{-x}}.", "x/(1 + exp(-x))"),
    (r"$\sqrt{1+x^2}$", "sqrt(1 + x**2)"),
    (r"\[\sqrt[3]{x}\]", "cbrt(x)"),
    (r"\sqrt[4]{1+x^2}", "(1 + x**2)**(1/4)"),
    (r"\tanh x", "tanh(x)"),
    (r"\tanh^2(x)", "tanh(x)**2"),
    (r"\tanh^{-1}(x/4)", "atanh(x/4)"),
    (r"\ln(1+e^{x})", "log(1 + exp(x))"),
    (r"\log_2(1+x^2)", "log2(1 + x**2)"),
    (r"\log_{10}(1+x^2)", "log10(1 + x**2)"),
    (r"\frac12 x^2", "1/2*x**2"),
    (r"\dfrac{x}{1+|x|}", "x/(1 + abs(x))"),
    (r"\left|x\right|", "abs(x)"),
    (r"\left|x - |x|\right|", "abs(x - abs(x))"),
    (r"\left( x \right)^2", "x**2"),
    (r"x \cdot \tanh(\ln(1+e^{x}))", "x*tanh(log(1 + exp(x)))"),
    (r"\operatorname{ReLU}(x)", "relu(x)"),
    (r"\mathrm{leaky\_relu}(x)", "leaky_relu(x)"),
    (r"\operatorname{arsinh} x", "asinh(x)"),
    (r"\sin 2x", "sin(2*x)"),
    (r"\sin x \cos x", "sin(x)*cos(x)"),
    (r"\sin^2 x", "sin(x)**2"),
    (r"2x(x+1)\,", "2*x*(x + 1)"),
    (r"x(1-x)e^{-x^2}", "x*(1 - x)*exp(-x**2)"),
    (r"\min\{\max\{0,x\},6\}", "min(max(0, x), 6)"),
    (r"\frac{x}{2}\left(1+\mathrm{erf}\left(\frac{x}{\sqrt{2}}\right)\right)", "x/2*(1 + erf(x/sqrt(2)))"),
    (
        r"0.5x\left(1+\tanh\left[\sqrt{\frac{2}{\pi}}(x+0.044715x^3)\right]\right)",
        "0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
    ),
    (r"x\,\mathbb{1}_{x>0}", "x*(1 if x > 0 else 0)"),
    (r"\lfloor x \rfloor + \lceil x \rceil", "floor(x) + ceil(x)"),
    (r"-x^{2}", "-x**2"),
    (r"e^{-x}", "exp(-x)"),
    (r"\exp\left(-\frac{x^2}{2}\right)", "exp(-x**2/2)"),
    (r"\operatorname{ELU}_{\alpha=2}(x)", "elu(x, alpha=2)"),
    (r"x > 0 \land x < 1 \; ", "(1 if x < 1 else 0) if x > 0 else 0"),
    (r"\begin{cases} 1 & x > 0 \\ 2 & x \ge 0 \end{cases}", "1 if x > 0 else 2 if x >= 0 else 0/0"),
    (r"\begin{cases} 1 & x > 0 \\ 2 & 0 < x \end{cases}", "1 if x > 0 else 2 if 0 < x else 0/0"),
    (r"\begin{cases} 1 & x > 0 \\ 2 & 0 \ge x \end{cases}", "1 if x > 0 else 2"),
]


@pytest.mark.parametrize(("latex", "text"), READ, ids=[latex for latex, _ in READ])
def test_latex_is_the_formula_that_it_sets(latex: str, text: str) -> None:
    activation = actplot.get(latex)
    assert activation.title == text
    for ours, theirs in zip(activation(X), from_text(text)(X), strict=True):
        np.testing.assert_array_equal(ours, theirs)


# What has several spellings: the formula, and how it is written.
SPELLINGS: dict[str, list[str]] = {
    "x*2": [*(rf"x {sign} 2" for sign in (r"\cdot", r"\times", r"\ast", r"\bullet")), *(r"x\,· 2", r"x\,× 2")],
    "x/2": [r"x \div 2", *(rf"{command}{{x}}{{2}}" for command in (r"\frac", r"\tfrac", r"\dfrac"))],
    "x - 2": [r"x\,− 2"],
    "1 if x <= 2 else 0": [*(rf"x {sign} 2" for sign in (r"\le", r"\leq", r"\leqslant", r"\,≤"))],
    "1 if x >= 2 else 0": [*(rf"x {sign} 2" for sign in (r"\ge", r"\geq", r"\geqslant", r"\,≥"))],
    "1 if x != 2 else 0": [*(rf"x {sign} 2" for sign in (r"\ne", r"\neq", r"\,≠"))],
    "1 if x < 2 else 0": [
        r"x \lt 2",
        r"\mathbb{1}_{x<2}",
        r"\mathbb{1}[x<2]",
        r"\mathrm{I}(x<2)",
        r"\mathbf{1}\{x<2\}",
    ],
    "1 if x > 2 else 0": [r"x \gt 2"],
    "(1 if x < 1 else 0) if x > 0 else 0": [
        *(rf"x > 0 {word} x < 1" for word in (r"\land", r"\wedge", r"\text{and}", r"\text{ and }"))
    ],
    "floor(x)": [r"\lfloor x \rfloor", r"\,⌊x⌋", r"\left\lfloor x \right\rfloor"],
    "ceil(x)": [r"\lceil x \rceil", r"\,⌈x⌉"],
    "abs(x)": [r"\lvert x \rvert", r"\vert x \vert", r"\mid x \mid", r"\,|x|", r"\big|x\big|"],
    "2*(x + 1)": [r"2(x+1)\,", r"2[x+1]\,", r"2{x+1}\,", r"2\{x+1\}", r"2\left[x+1\right]", r"2\Bigl(x+1\Bigr)"],
    "x if x > 0 else 1": [
        *(rf"\begin{{{name}}} x & x>0 \\ 1 & \text{{else}} \end{{{name}}}" for name in ("cases", "dcases", "rcases")),
        r"\begin{array}{ll} x & x>0 \\ 1 & \text{else} \end{array}",
        *(
            rf"\begin{{cases}} x & \text{{{word}}} x>0 \\ 1 & \text{{else}} \end{{cases}}"
            for word in ("if", "for", "when", "where", "If:", "for ")
        ),
        *(
            rf"\begin{{cases}} x & x>0 \\ 1 & \text{{{word}}} \end{{cases}}"
            for word in ("otherwise", "else", "elsewhere", "Otherwise")
        ),
        r"\begin{cases} x, & x>0 \\ 1, & x \le 0 \end{cases}",
        r"\begin{cases} x; \text{if } x>0 \\ 1; \text{otherwise} \end{cases}",
    ],
    "asinh(x)": [r"\operatorname{arsinh}(x)", r"\sinh^{-1}(x)", r"\sinh^{-1} x"],
    "acosh(x)": [r"\operatorname{arcosh}(x)", r"\cosh^{-1}(x)"],
    "atanh(x)": [r"\operatorname{artanh}(x)", r"\tanh^{-1}(x)"],
    "atan(x)": [r"\arctan(x)", r"\tan^{-1}(x)"],
    "sigmoid(x)": [r"\operatorname{sigm}(x)", r"\sigma(x)", r"\sigma\left(x\right)"],
    "log(x)": [r"\ln x", r"\log x", r"\ln(x)"],
    "max(x, 2)": [r"\max(x, 2)", r"\max\{x, 2\}", r"\max[x, 2]"],
    "min(x, 2)": [r"\min(x, 2)"],
    "Phi(x)": [r"\Phi(x)"],
    **{
        f"{name}(x)": [rf"\{name}(x)", rf"\{name} x", rf"\{name}{{x}}"]
        for name in ("sin", "cos", "tan", "cosh", "sinh")
    },
}
GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa mu nu xi pi rho sigma tau upsilon phi chi psi omega"
CAPITALS = "Gamma Delta Theta Lambda Omega"


def test_every_spelling_of_a_thing_is_read() -> None:
    read = {text: [to_text(parse(latex, any_spelling)) for latex in written] for text, written in SPELLINGS.items()}
    assert read == {text: [text] * len(written) for text, written in SPELLINGS.items()}


def test_every_greek_letter_is_read_by_its_name() -> None:
    names = {rf"\{name}": name for name in f"{GREEK} {CAPITALS}".split()}
    names |= {rf"\var{name}": name for name in "epsilon theta rho sigma phi".split()} | {r"\lambda": "lambd"}
    assert {letter: to_text(parse(f"x{letter}", any_spelling)) for letter in names} == {
        letter: f"x*{name}" for letter, name in names.items()
    }


def test_parameters_keep_their_letters() -> None:
    activation = actplot.get(r"\begin{cases} x & x > 0 \\ \alpha_n(e^x-1) & x \le 0 \end{cases}:alpha_n=2")
    assert activation.title == "x if x > 0 else alpha_n*(exp(x) - 1) (α_n = 2)"
    assert actplot.get(r"\lambda x:lambd=3")(2.0)[0] == 6.0
    assert actplot.get(r"\sigma\,x:sigma=3")(2.0)[0] == 6.0


@look_at(dense())
def test_our_own_latex_reads_back(name: str) -> None:
    activation = actplot.get(name)
    latex = activation.formula_latex()
    given = {key: value for key, value in activation.values.items() if key in names_in(activation.formula)}
    read = from_text(latex if "\\" in latex else f"{latex}\\,", given)
    for ours, theirs in zip(activation(X), read(X), strict=True):
        np.testing.assert_array_equal(ours, theirs)


WORDS = [
    *("scale*(x + 1)", "scale**2*(x + 1)", "scale**2*x", "x*scale**2", "scale*x + scale", "scale**2 + (x + 1)*scale"),
    *("scale*(x/2 + 1)", "gain_p*(x + 1)", "gain_p**2*x", "scale*gain_p", "scale*sin(x)", "scale*(1 if x > 0 else 2)"),
]


@pytest.mark.parametrize("text", WORDS)
def test_parameters_that_are_words_read_back(text: str) -> None:
    given = {name: value for name, value in {"scale": 1.5, "gain_p": -0.75}.items() if name in text}
    read = from_text(to_latex(parse(text, any_spelling)) + r"\,", given)
    for ours, theirs in zip(from_text(text, given)(X), read(X), strict=True):
        np.testing.assert_array_equal(ours, theirs)


REFUSED = [
    (r"\frac{1}{", 9, "this { is never closed"),
    (r"\frac{1}", 8, "something is missing"),
    (r"x + \foo{x}", 5, r"\foo can't be read here"),
    (r"\sin x y", 8, "where the argument of sin ends is not clear"),
    (r"\tanh x (1+x)", 9, "put it in brackets"),
    (r"\tanh", 5, "something is missing"),
    (r"\tanh + x", 1, "tanh needs an argument"),
    (r"\frac{x}{2} x^10", 15, "write ^{10}"),
    (r"x\, 2", 5, r"write \cdot before it"),
    (r"x^{-x", 3, "this { is never closed"),
    (r"x^\,-x", 5, "braces are missing before this -"),
    (r"\max(0, x", 5, "this ( is never closed"),
    (r"x) \cdot 2", 2, "nothing opens before this )"),
    (r"\left|x", 6, "this | is never closed"),
    (r"\begin{cases} x & x > 0", 15, "these cases have no end"),
    (r"\begin{matrix} x \end{matrix}", 1, "can't be read; cases can"),
    (r"\begin{cases} x \\ 2 & x < 0 \end{cases}", 15, "a row without a condition stands last"),
    (r"\tanh^n(x)", 1, "what is raised here is not clear"),
    (r"\text{what is this?}", 1, "this text can't be read"),
    (r"\sigmod(x)\,", 1, r"\sigmod can't be read here"),
    (r"x\,\mathrm{sigmod}(x)", 4, "did you mean 'sigmoid'?"),
    (r"\int_0^x t\,dt", 1, r"\int can't be read here"),
    (r"x\,\infty", 4, r"\infty can't be read here"),
    ("{" * 100 + r"\alpha" + "}" * 100, 81, "nested too deeply"),
]


@pytest.mark.parametrize(("latex", "column", "message"), REFUSED, ids=[latex[:30] for latex, _, _ in REFUSED])
def test_what_is_not_clear_is_refused_at_its_column(latex: str, column: int, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(latex, any_spelling)
    assert message in str(caught.value)
    assert caught.value.column == column


def test_the_command_line_reads_latex() -> None:
    done = CliRunner().invoke(app, [r"\frac{1}{1+e^{-x}}", "--at", "0", "--format", "csv", "-d"])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "name,x,f,df\n1/(1 + exp(-x)),0.0,0.5,0.25\n", "")


PIECES = [
    *(r"\frac", r"\sqrt", r"\max", r"\tanh", r"\sigma", r"\left", r"\right", r"\begin{cases}", r"\end{cases}", r"\\"),
    *(r"\cdot", r"\,", r"\text{if}", r"\text{otherwise}", r"\mathrm{ReLU}", r"\alpha", r"\{", r"\}", r"\le", r"\foo"),
    *(
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "|",
        "^",
        "_",
        "&",
        "x",
        "e",
        "1",
        "2.5",
        "+",
        "-",
        "*",
        "/",
        "=",
        ",",
        "<",
        " ",
        "$",
    ),
]


@examples(3000)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_latex_is_read_or_refused_in_one_line(latex: str) -> None:
    problem: UsageError | None = None
    try:
        assert to_text(parse(latex, any_spelling))
        actplot.get(latex)
    except UsageError as refused:
        problem = refused
    assert problem is None or "\n" not in str(problem)
    if isinstance(problem, FormulaError):
        assert 1 <= problem.column <= max(len(latex), 1)
