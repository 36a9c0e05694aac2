"""Write a formula as MathML, which browsers set as mathematics and screen readers read aloud."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import ClassVar

from actplot.activations.declaration import DECLARATIONS
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Node
from actplot.formula.notation import PRODUCT, SUM, Between, Notation
from actplot.words.languages import say
from actplot.words.symbols import GREEK

WIDE = 42  # signs in a row of a card
SPACED = frozenset("+−=≠<≤>≥")  # operators with space about them, as wide as another sign
# Beside a name of several letters another one needs room, or both are read as one word.
_BEGINS_AS_WORD = re.compile(r"(?:<\w+>)*<mi>\w\w")
_ENDS_AS_WORD = re.compile(r"\w\w</mi>(?:</\w+>)*$")
_LETTERS = {**GREEK, "lambda": "λ", "pi": "π", "Phi": "Φ"}
_INDENT = '<mspace width="1.5em"/>'
_OF = "<mo>&#x2061;</mo>"  # invisible, but read aloud, as is the sign of multiplication
_BETWEEN: Mapping[Between, str] = {"dot": "<mo>⋅</mo>", "number": "<mo>&#x2062;</mo>", "letters": "<mo>&#x2062;</mo>"}


def to_mathml(
    node: Node,
    head: str,
    values: Mapping[str, str] | None = None,
    condition: str = "",
    inputs: Sequence[str] = ("x",),
) -> str:
    """Return ``head = formula, condition`` as a ``math`` element.

    Parameters
    ----------
    node
        The tree.
    head
        What the formula is: ``f``, ``f′`` or, of several inputs, ``∂f/∂a``.
    values
        Text to print instead of a parameter's letter, for example ``{"alpha": "0.2"}``.
    condition
        When the formula holds, as `Activation.slope_condition` has it: ``x ≠ 0``; empty for always.
    inputs
        What f and f′ are functions of.

    """
    notation = _MathML(values or {})
    above, slash, below = head.partition("/")
    letter = f"<msup><mi>f</mi><mo>{head[1:]}</mo></msup>" if head[1:] else "<mi>f</mi>"
    named = notation.applied(letter, [notation.letter(each) for each in inputs])
    if slash:
        named = "".join(f"<mrow><mo>∂</mo><mi>{part[1:]}</mi></mrow>" for part in (above, below))
        named = f"<mfrac>{named}</mfrac>"
    told = say().holds_for.replace("{condition}", "\0")
    holds = [f"<mtext>{_kept(f'  {told}')}</mtext>".replace("\0", escape(condition))] if condition else []
    defined = named + "<mo>=</mo>"
    whole = notation.text(node)
    rows = [defined + whole] if _fits(defined + whole) else _rows(defined, node, notation)
    if holds and _fits(rows[-1] + holds[0]):
        rows[-1] += holds.pop()
    return f'<math displaystyle="true">{_stacked([*rows, *holds])}</math>'


def _rows(defined: str, node: Node, notation: Notation) -> list[str]:
    """Return the rows of a sum that is too wide for one, each but the first with its sign and set in."""
    rows = [defined]
    for sign, term in _terms(node):
        written = notation.text(term, PRODUCT if sign else SUM)
        signed = f"<mo>{sign.replace('-', '−')}</mo>{written}" if sign else written
        if sign and not _fits(rows[-1] + signed):
            rows.append(_INDENT + signed)
        else:
            rows[-1] += signed
    return rows


def _terms(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the terms of a sum with the signs before them; the first has none."""
    if isinstance(node, Binary) and node.operator in ("+", "-"):
        yield from _terms(node.left)
        yield node.operator, node.right
    else:
        yield "", node


def _stacked(rows: Sequence[str]) -> str:
    """Return rows under one another, as browsers break no formula into lines."""
    if len(rows) == 1:
        return _row(*rows)
    lines = "".join(f"<mtr><mtd>{_row(row)}</mtd></mtr>" for row in rows)
    return f'<mtable class="rows" displaystyle="true">{lines}</mtable>'


def _fits(text: str) -> bool:
    """Return whether a text fits in a row of a card."""
    seen = len(re.sub("<[^>]*>|&#x206[12];", "", text))
    return 2 * seen <= WIDE or _signs(ET.fromstring(f"<mrow>{text}</mrow>")) <= WIDE


def _signs(element: ET.Element) -> float:
    """Return how many signs are side by side in an element; those of an index or an exponent are smaller."""
    parts = [_signs(part) for part in element]
    if element.tag == "mfrac":
        return max(parts)
    if element.tag == "mtable":
        rows = ([_signs(cell) for cell in row] for row in element)
        columns: Iterator[tuple[float, ...]] = zip(*rows, strict=True)
        return sum(max(column) for column in columns)
    if element.tag in ("msup", "msub"):
        return parts[0] + 0.7 * parts[1]
    text = (element.text or "").strip("\u2061\u2062")
    return sum(parts) + len(text) + (text in SPACED)


class _MathML(Notation):
    comparisons: ClassVar[Mapping[str, str]] = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
    tall = ("<mfrac>", "<msup>", "<msqrt>", "<mtable")

    def number(self, text: str) -> str:
        digits = f"<mn>{escape(text.removeprefix('-'))}</mn>"
        return self.negative(digits) if text.startswith("-") else digits

    def letter(self, name: str) -> str:
        head, _, index = name.partition("_")
        letter = f"<mi>{escape(_LETTERS.get(head, head))}</mi>"
        return f"<msub>{letter}<mi>{escape(index)}</mi></msub>" if index else letter

    def f_of_x(self) -> str:
        return self.applied(self.letter("f"), [self.letter("x")])

    def bracketed(self, text: str) -> str:
        return _row("<mo>(</mo>", text, "<mo>)</mo>")

    def negative(self, text: str) -> str:
        return _row("<mo>−</mo>", text)

    def sum(self, left: str, sign: str, right: str) -> str:
        signed = f"<mo>{sign.replace('-', '−')}</mo>{right}"
        return _row(left, signed) if _fits(left + signed) else _stacked([left, signed])

    def product(self, left: str, right: str, between: Between) -> str:
        words = between == "letters" and (_BEGINS_AS_WORD.match(right) or _ENDS_AS_WORD.search(left))
        if not _fits(left + right):
            return _stacked([left, _BETWEEN["dot"] + right])
        return _row(left, _BETWEEN[between], '<mspace width=".17em"/>' if words else "", right)

    def starts_with_digit(self, text: str) -> bool:
        return re.match(r"(<mrow>|<msup>)*<mn>", text) is not None

    def fraction(self, above: str, below: str) -> str:
        return f"<mfrac>{above}{below}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup>{base}{exponent}</msup>"

    def root(self, text: str) -> str:
        return f"<msqrt>{text}</msqrt>"

    def absolute(self, text: str) -> str:
        return _row("<mo>|</mo>", text, "<mo>|</mo>")

    def function(self, name: str) -> str:
        return f"<mi>{escape(_word(name))}</mi>"

    def indexed(self, name: str, pairs: Sequence[tuple[str, str]]) -> str:
        index = "<mo>,</mo>".join(f"{letter}<mo>=</mo>{value}" for letter, value in pairs)
        return f"<msub>{name}{_row(index)}</msub>"

    def applied(self, name: str, arguments: Sequence[str]) -> str:
        return _row(name, _OF, self.bracketed("<mo>,</mo>".join(arguments)))

    def compared(self, operands: Sequence[str], signs: Sequence[str]) -> str:
        rest = (f"<mo>{escape(sign)}</mo>{operand}" for sign, operand in zip(signs, operands[1:], strict=True))
        return _row(operands[0], *rest)

    def cases(self, rows: Sequence[tuple[str, str]], last: str) -> str:
        written = [(value, "".join(self.said(say().case_when, condition))) for value, condition in rows]
        written.append((last, "".join(self.said(say().case_else))))
        beside, below = "</mtd><mtd>", f"</mtd></mtr><mtr><mtd>{_INDENT}"
        body = _cases(written, beside)
        body = body if _fits(body) else _cases(written, below)
        return _row(f'<mo fence="true" stretchy="true">{{</mo>{body}')

    def words(self, text: str) -> str:
        return f"<mtext>{_kept(text)}</mtext>"

    def sign(self, text: str) -> str:
        return f"<mo>{text}</mo>"


def _kept(text: str) -> str:
    """Return words whose spaces are kept, even at their ends."""
    return escape(text).replace(" ", "&#xa0;")


def _cases(rows: Sequence[tuple[str, str]], between: str) -> str:
    """Return values and when each holds as a table, with what stands between the two."""
    body = "".join(f"<mtr><mtd>{value}{between}{_row(when)}</mtd></mtr>" for value, when in rows)
    return f'<mtable class="cases">{body}</mtable>'


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _word(name: str) -> str:
    """Return how a function is written, from its LaTeX where that is one word."""
    declared = None if name in ELEMENTARY else DECLARATIONS[name]
    latex = declared.symbol if declared else ELEMENTARY[name].latex
    word = re.fullmatch(r"\\(?:(?:operatorname|mathrm)\{([^{}]+)\}|(\w+))", latex)
    if word is None:
        return declared.title if declared else name
    return str(word[1] or _LETTERS.get(word[2], word[2])).replace("\\,", " ")
