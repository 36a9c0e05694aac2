"""Formulas as they are shown: read again, with the eyes of a reader, they are the function."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import actplot
from actplot.activations.declaration import DECLARATIONS
from actplot.formula import parse, to_latex
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number
from actplot.formula.scalar import evaluate_float
from actplot.functions.typed import any_spelling
from actplot.words import symbols
from tests.walking import dense, look_at, share

CHOICE = r",\ \ "
TOKENS = re.compile(
    r"(?P<if>\\ \\mathrm\{if\}\\ )|(?P<next>,\\ \\ )|(?P<otherwise>\\ \\mathrm\{otherwise\})"
    r"|(?P<space>\\,| )|(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
    r"|(?P<open>\\left\(|\()|(?P<close>\\right\)|\))"
    r"|(?P<word>\\(?:operatorname|mathrm)\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+|[a-zA-Z])|(?P<sign>[-+|^_{}<>=,])"
)
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\leq": lambda a, b: a <= b,
    r"\geq": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    r"\neq": lambda a, b: a != b,
}
OPERATORS = {entry.latex: name for name, entry in ELEMENTARY.items() if entry.latex}
ACTIVATIONS = {declaration.symbol: name for name, declaration in DECLARATIONS.items()}


def real(compute: Callable[[], complex]) -> float:
    """Return a number, or NaN where there is no real one, as in a row of cases that is not this one."""
    try:
        value = compute()
    except (ValueError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(value, complex) else value


class Reader:
    """Reads LaTeX as people do, and says what it comes to."""

    def __init__(self, text: str, values: Mapping[str, float], f: float = math.nan) -> None:
        self.tokens = [(match.lastgroup, match[0]) for match in TOKENS.finditer(text)]
        assert "".join(token for _, token in self.tokens) == text
        self.letters = {symbols.latex(name).partition("_")[0]: value for name, value in values.items()}
        self.letters |= {symbols.latex(name): value for name, value in values.items()}
        self.letters |= {r"\pi": math.pi, "e": math.e}
        self.f = f
        self.spaced = False

    def peek(self) -> tuple[str | None, str]:
        while self.tokens and self.tokens[0][0] == "space":
            self.tokens.pop(0)
            self.spaced = True
        return self.tokens[0] if self.tokens else (None, "")

    def take(self, text: str | None = None) -> str:
        _, token = self.peek()
        assert text is None or token == text, (text, self.tokens)
        self.tokens.pop(0)
        self.spaced = False
        return token

    def whole(self) -> float:
        value = self.choice()
        assert not self.peek()[0]
        return value

    def choice(self) -> float:
        value = self.sum()
        chosen: float | None = None
        while self.peek()[0] == "if":
            self.take()
            if self.condition() and chosen is None:
                chosen = value
            assert self.take() == CHOICE
            value = self.sum()
        if self.peek()[0] == "otherwise":
            self.take()
        return value if chosen is None else chosen

    def condition(self) -> bool:
        left, holds = self.sum(), True
        while self.peek()[1] in COMPARE:
            compare = COMPARE[self.take()]
            right = self.sum()
            holds, left = holds and compare(left, right), right
        return holds

    def sum(self) -> float:
        total = -self.product() if self.peek()[1] == "-" and self.take() else self.product()
        while self.peek()[1] in ("+", "-"):
            total += self.product() if self.take() == "+" else -self.product()
        return total

    def product(self) -> float:
        value = self.power()
        while self.multiplied():
            if self.peek()[1] == r"\cdot":
                self.take()
            value *= self.power()
        return value

    def multiplied(self) -> bool:
        """Return whether a factor follows: there is a space before each."""
        kind, token = self.peek()
        return self.spaced and token not in COMPARE and (kind in ("number", "open", "word") or token == "|")

    def power(self) -> float:
        value = self.base()
        if self.peek()[1] != "^" or not self.take():
            return value
        exponent = self.group()
        return real(lambda: value**exponent)

    def group(self) -> float:
        self.take("{")
        value = self.choice()
        self.take("}")
        return value

    def brackets(self) -> list[float]:
        assert self.peek()[0] == "open"
        self.take()
        values = [self.choice()]
        while self.peek()[1] == ",":
            self.take()
            values.append(self.choice())
        assert self.peek()[0] == "close"
        self.take()
        return values

    def base(self) -> float:
        kind, token = self.peek()
        if kind == "open":
            (value,) = self.brackets()
            return value
        self.take()
        match kind, token:
            case "number", _:
                return float(token)
            case _, "|":
                value = abs(self.choice())
                self.take("|")
                return value
            case _, r"\frac":
                above, below = self.group(), self.group()
                assert self.peek()[1] != "^"  # the power of what?
                return above / below if below else math.nan  # in a row of cases that is not this one
            case _, r"\sqrt":
                under = self.group()
                return real(lambda: math.sqrt(under))
        assert kind == "word", token
        index = ""
        if self.peek()[1] == "_":
            self.take()
            self.take("{")
            while self.peek()[1] != "}":
                index += self.take()
            self.take("}")
        exponent = self.group() if self.peek()[1] == "^" and token in OPERATORS and self.take() else 1.0
        # A letter and a bracket are multiplied with a space between them; without one the letter is a function.
        if self.peek()[0] != "open" or self.spaced:
            return self.letters[f"{token}_{{{index}}}" if index else token]
        arguments = self.brackets()
        if token == "f":
            return self.f
        if token in OPERATORS:
            tree = Call(OPERATORS[token], tuple(Number(value, repr(value)) for value in arguments), ())
            return real(lambda: evaluate_float(tree, {}) ** exponent)
        given = dict(re.findall(r"([^=,]+)=([^,]+)", index))
        names = {symbols.latex(name): name for name in DECLARATIONS[ACTIVATIONS[token]].parameters}
        called = actplot.get(ACTIVATIONS[token], **{names[key]: float(value) for key, value in given.items()})
        return called.value_and_slope(arguments[0])[0]


POINTS = [-3.7, -1.0, -0.4, 0.3, 1.0, 2.6, 7.1]


@look_at(dense())
def test_the_latex_of_a_function_is_read_as_the_function(name: str) -> None:
    activation = actplot.get(name)
    for x in POINTS:
        values = {**activation.values, "x": x}
        f, df = activation.value_and_slope(x)
        assert Reader(activation.formula_latex("inline"), values).whole() == pytest.approx(f, rel=1e-9, abs=1e-12)
        if not math.isnan(df):
            text = re.sub(r",\\ \\ x \\(neq|notin).*", "", activation.derivative_latex("inline"))
            slope = Reader(text, values, f).whole()
            assert slope == pytest.approx(df, rel=1e-9, abs=1e-12)


NUMBERS = st.sampled_from(["0.5", "2", "3"]).map(lambda text: Number(float(text), text))
LEAVES = NUMBERS | st.sampled_from([Name("x"), Name("x"), Name("alpha")])


def nodes(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(lambda base, power: Binary("**", base, power), inner, st.sampled_from([Number(2.0, "2"), Name("x")])),
        st.builds(
            lambda name, argument: Call(name, (argument,), ()),
            st.sampled_from(["abs", "sqrt", "exp", "expm1", "log1p", "sin", "tanh", "atan"]),
            inner,
        ),
        st.builds(lambda a, b: Call("max", (a, b), ()), inner, inner),
        st.builds(
            lambda sign, a, b, then, otherwise: Choice(Compare((sign,), (a, b)), then, otherwise),
            st.sampled_from(["<", "<=", ">", ">="]),
            *[inner] * 4,
        ),
    )


@settings(max_examples=share(3000))
@given(st.recursive(LEAVES, nodes, max_leaves=10), st.sampled_from([0.31, 1.7]))
def test_the_latex_of_any_formula_is_read_as_the_formula(tree: Node, x: float) -> None:
    values = {"x": x, "alpha": 0.7}
    try:
        expected = evaluate_float(tree, values)
    except (ArithmeticError, ValueError):
        return
    if not math.isfinite(expected) or isinstance(expected, complex):
        return
    text = to_latex(tree, "inline", symbol=lambda name: DECLARATIONS[name].symbol)
    try:
        found = Reader(text, values).whole()
    except (ArithmeticError, ValueError):
        return  # beyond what plain floats hold on the way
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9), text


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("(x/2)**2", r"\left(\frac{x}{2}\right)^{2}"),
        (
            "(1 if x < 0 else 2)**2",
            r"\left(\begin{cases} 1 & \text{if } x < 0 \\ 2 & \text{otherwise} \end{cases}\right)^{2}",
        ),
        ("sin(x)**2", r"\sin^{2}(x)"),
        ("exp(x)**2", r"(e^{x})^{2}"),
        ("exp(x/2)", r"\exp\left(\frac{x}{2}\right)"),
        ("-x/2", r"-\frac{x}{2}"),
        ("2*x*3", r"2 x \cdot 3"),
        ("x - (1 - x)", "x - (1 - x)"),
        ("x*-2", r"x\,(-2)"),
        ("1e-05*x", r"10^{-5} x"),
        ("2.5e3*x", r"2.5 \cdot 10^{3} x"),
        ("x - 1.0e-7", "x - 10^{-7}"),
    ],
)
def test_what_needs_brackets_has_them(formula: str, expected: str) -> None:
    assert to_latex(parse(formula, any_spelling)) == expected


# How the elementary functions look, by hand.
LOOKS = {
    **{f"{name}(x)": rf"\{name}(x)" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{
        f"{name}(x)": rf"\operatorname{{{name}}}(x)"
        for name in ("cbrt", "floor", "ceil", "round", "sech", "erf", "erfc")
    },
    **{f"a{name}(x)": rf"\operatorname{{ar{name}}}(x)" for name in ("sinh", "cosh", "tanh")},
    "sign(x)": r"\operatorname{sgn}(x)",
    "atan(x)": r"\arctan(x)",
    "Phi(x)": r"\Phi(x)",
    "abs(x)": "|x|",
    "sqrt(x)": r"\sqrt{x}",
    "exp(x)": "e^{x}",
    "expm1(x)": "e^{x} - 1",
    "log(x)": r"\ln(x)",
    "log1p(x)": r"\ln(1 + x)",
    "log1p(-x)": r"\ln(1 - x)",
    "log1p(x - 3)": r"\ln(1 + x - 3)",
    "log2(x)": r"\log_{2}(x)",
    "log10(x)": r"\log_{10}(x)",
    "min(x, a)": r"\min(x,\, a)",
    "max(x, a)": r"\max(x,\, a)",
    "clip(x, a, b)": r"\operatorname{clip}(x,\, a,\, b)",
    "logaddexp(x, a)": r"\operatorname{logaddexp}(x,\, a)",
}


def test_every_elementary_function_has_its_look() -> None:
    assert {text.partition("(")[0] for text in LOOKS} == set(ELEMENTARY)
    assert {text: to_latex(parse(text)) for text in LOOKS} == LOOKS
