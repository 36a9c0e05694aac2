"""Write a formula as LaTeX.

Two dialects: ``cases`` writes piecewise formulas in the ``cases`` environment of LaTeX, ``inline`` on one
line, in the subset that matplotlib's mathtext can set.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Literal

from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Node
from actplot.formula.notation import CHOICE, Between, Notation
from actplot.words import symbols
from actplot.words.languages import say

Dialect = Literal["cases", "inline"]

_SYMBOL = {"pi": r"\pi"}
_WORD_AT_END = re.compile(r"\\mathrm\{\w+\}(_\{\w+\})?(?P<raised>\^\{[^{}]*\})?$")
_BETWEEN: Mapping[Between, str] = {"dot": r" \cdot ", "number": " ", "letters": r"\,"}


def to_latex(
    node: Node,
    dialect: Dialect = "cases",
    values: Mapping[str, str] | None = None,
    symbol: Callable[[str], str] = lambda name: rf"\operatorname{{{name}}}".replace("_", r"\_"),
) -> str:
    """Return the formula as LaTeX, without dollar signs.

    Parameters
    ----------
    node
        The tree.
    dialect
        How piecewise formulas are written.
    values
        Text to print instead of a parameter's letter, for example ``{"alpha": "0.2"}``.
    symbol
        The LaTeX operator of an activation that the formula calls, by its name.

    """
    notation = _Cases if dialect == "cases" else _Inline
    return notation(values or {}, symbol).text(node)


class _Latex(Notation):
    comparisons: ClassVar[Mapping[str, str]] = {
        "<": "<",
        "<=": r"\leq",
        ">": ">",
        ">=": r"\geq",
        "==": "=",
        "!=": r"\neq",
    }
    tall = (r"\frac", "^", r"\left")

    def __init__(self, values: Mapping[str, str], symbol: Callable[[str], str]) -> None:
        super().__init__(values)
        self._symbol = symbol

    def number(self, text: str) -> str:
        return text

    def letter(self, name: str) -> str:
        return _SYMBOL.get(name) or symbols.latex(name)

    def f_of_x(self) -> str:
        return "f(x)"

    def bracketed(self, text: str) -> str:
        high = any(sign in text for sign in (r"\frac", r"\begin", r"\sqrt", r"\left("))
        return rf"\left({text}\right)" if high else f"({text})"

    def negative(self, text: str) -> str:
        return f"-{text}"

    def sum(self, left: str, sign: str, right: str) -> str:
        return f"{left} {sign} {right}"

    def product(self, left: str, right: str, between: Between) -> str:
        # A word before a bracket, or a raised one, would be read as a function.
        word = _WORD_AT_END.search(left)
        called = word is not None and (word["raised"] or right.startswith(("(", r"\left(")))
        return f"{left}{_BETWEEN['dot' if called else between]}{right}"

    def starts_with_digit(self, text: str) -> bool:
        return text[0].isdigit()

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def root(self, text: str) -> str:
        return rf"\sqrt{{{text}}}"

    def absolute(self, text: str) -> str:
        return f"|{text}|"

    def function(self, name: str) -> str:
        return ELEMENTARY[name].latex if name in ELEMENTARY else self._symbol(name)

    def indexed(self, name: str, pairs: Sequence[tuple[str, str]]) -> str:
        inside = r",\, ".join(f"{letter}={value}" for letter, value in pairs)
        return f"{name}_{{{inside}}}"

    def applied(self, name: str, arguments: Sequence[str]) -> str:
        return name + self.bracketed(r",\, ".join(arguments))

    def sign(self, text: str) -> str:
        return text

    def compared(self, operands: Sequence[str], signs: Sequence[str]) -> str:
        return operands[0] + "".join(f" {sign} {operand}" for sign, operand in zip(signs, operands[1:], strict=True))


class _Cases(_Latex):
    def cases(self, rows: Sequence[tuple[str, str]], last: str) -> str:
        told = [(value, self.said(say().case_when, condition)) for value, condition in rows]
        told.append((last, self.said(say().case_else)))
        body = r" \\ ".join(f"{value} & {' '.join(when)}" for value, when in told)
        return rf"\begin{{cases}} {body} \end{{cases}}"

    def words(self, text: str) -> str:
        return rf"\text{{{text}}}"


class _Inline(_Latex):
    loosest_choice = CHOICE

    def cases(self, rows: Sequence[tuple[str, str]], last: str) -> str:
        told = [(value, self.said(say().case_when, condition)) for value, condition in rows]
        told.append((last, self.said(say().case_else)))
        return r",\ \ ".join(rf"{value}\ {''.join(when)}" for value, when in told)

    def words(self, text: str) -> str:
        return upright(text)


def upright(words: str) -> str:
    r"""Return words as mathtext sets them: upright letters, or ``\text`` for those that its own fonts do not have."""
    body = words.strip()
    before, after = (r"\ " * (len(words) - len(part)) for part in (words.lstrip(), words.rstrip()))
    inner = body.replace(" ", r"\ ")
    return before + (rf"\mathrm{{{inner}}}" if body.isascii() else rf"\text{{{body}}}") + after
