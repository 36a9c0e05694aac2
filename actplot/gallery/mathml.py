"""Print a formula as MathML, which browsers set as mathematics and screen readers read aloud."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from actplot.declaration import DECLARATIONS
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number
from actplot.letters import GREEK

# How tightly a printed piece holds together; an operand looser than its place gets brackets.
_CHOICE, _SUM, _NEGATE, _PRODUCT, _POWER, _ATOM = range(6)

_COMPARE = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
_LETTERS = {**GREEK, "lambda": "λ", "pi": "π", "Phi": "Φ"}
_TIMES = "<mo>&#x2062;</mo>"  # invisible, but read aloud
_OF = "<mo>&#x2061;</mo>"


def to_mathml(node: Node, head: str, values: Mapping[str, str] | None = None) -> str:
    """Return ``head = formula`` as a ``math`` element.

    Parameters
    ----------
    node
        The tree.
    head
        What the formula is: ``f`` or ``f′``, both functions of x.
    values
        Text to print instead of a parameter's letter, for example ``{"alpha": "0.2"}``.

    """
    letter = f"<msup><mi>f</mi><mo>{head[1:]}</mo></msup>" if head[1:] else "<mi>f</mi>"
    formula = _Printer(values or {}).text(node, _CHOICE)
    return f'<math displaystyle="true">{_row(letter, _OF, _bracketed(_letter("x")), "<mo>=</mo>", formula)}</math>'


class _Printer:
    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, node: Node, place: int) -> str:
        text, tightness = self._print(node)
        return text if tightness >= place else _bracketed(text)

    def _print(self, node: Node) -> tuple[str, int]:
        match node:
            case Number(_, text):
                return _number(text), _ATOM
            case Name(id) if id in self._values:
                value = self._values[id]
                return _number(value), _NEGATE if value.startswith("-") else _ATOM
            case Name("f"):
                return _row(_letter("f"), _OF, _bracketed(_letter("x"))), _ATOM
            case Name(id):
                return _letter(id), _ATOM
            case Negate(operand):
                return _row("<mo>−</mo>", self.text(operand, _PRODUCT)), _NEGATE
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Compare():
                return self._compare(node), _CHOICE
            case Choice():
                return self._choice(node), _ATOM
            case Call():
                return self._call(node)

    def _binary(self, operator: str, left: Node, right: Node) -> tuple[str, int]:
        match operator:
            case "+" | "-":
                sign = "+" if operator == "+" else "−"
                return _row(self.text(left, _SUM), f"<mo>{sign}</mo>", self.text(right, _PRODUCT)), _SUM
            case "*":
                second = self.text(right, _PRODUCT)
                sign = "<mo>⋅</mo>" if re.match(r"(<mrow>|<msup>)*<mn>", second) else _TIMES
                first = self.text(left, _NEGATE if isinstance(left, Negate) else _PRODUCT)
                return _row(first, sign, second), _PRODUCT
            case "/" if isinstance(left, Negate):
                return _row("<mo>−</mo>", self._binary("/", left.operand, right)[0]), _NEGATE
            case "/":
                return f"<mfrac>{self.text(left, _CHOICE)}{self.text(right, _CHOICE)}</mfrac>", _ATOM
            case _:
                return f"<msup>{self.text(left, _ATOM)}{self.text(right, _CHOICE)}</msup>", _POWER

    def _call(self, node: Call) -> tuple[str, int]:
        argument = node.arguments[0]
        match node.function:
            case "abs":
                return _row("<mo>|</mo>", self.text(argument, _CHOICE), "<mo>|</mo>"), _ATOM
            case "sqrt":
                return f"<msqrt>{self.text(argument, _CHOICE)}</msqrt>", _ATOM
            case "exp":
                return self._exp(argument), _POWER
            case "expm1":
                return _row(self._exp(argument), "<mo>−</mo><mn>1</mn>"), _SUM
            case "log1p":
                return _row("<mi>ln</mi>", _OF, _bracketed(f"<mn>1</mn><mo>+</mo>{self.text(argument, _SUM)}")), _ATOM
            case name:
                inside = "<mo>,</mo>".join(self.text(part, _CHOICE) for part in node.arguments)
                return _row(self._operator(name, node.keywords), _OF, _bracketed(inside)), _ATOM

    def _operator(self, name: str, keywords: tuple[tuple[str, Node], ...]) -> str:
        operator = f"<mi>{escape(_operator_name(name))}</mi>"
        pairs = (f"{_letter(key)}<mo>=</mo>{self.text(value, _CHOICE)}" for key, value in keywords)
        index = "<mo>,</mo>".join(pairs)
        return f"<msub>{operator}{_row(index)}</msub>" if index else operator

    def _exp(self, argument: Node) -> str:
        inside = self.text(argument, _CHOICE)
        # A power of a power or of a fraction is too small to read.
        if any(tag in inside for tag in ("<mfrac>", "<msup>", "<msqrt>", "<mtable>")):
            return _row("<mi>exp</mi>", _OF, _bracketed(inside))
        return f"<msup><mi>e</mi>{inside}</msup>"

    def _compare(self, node: Compare) -> str:
        parts = [self.text(node.operands[0], _SUM)]
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            parts += [f"<mo>{escape(_COMPARE[operator])}</mo>", self.text(operand, _SUM)]
        return _row(*parts)

    def _choice(self, node: Choice) -> str:
        rows: list[tuple[str, str]] = []
        rest: Node = node
        while isinstance(rest, Choice):
            rows.append((self.text(rest.then, _SUM), f"<mtext>if&#xa0;</mtext>{self._compare(rest.condition)}"))
            rest = rest.otherwise
        rows.append((self.text(rest, _SUM), "<mtext>otherwise</mtext>"))
        body = "".join(f"<mtr><mtd>{value}</mtd><mtd>{_row(when)}</mtd></mtr>" for value, when in rows)
        return _row(f'<mo fence="true" stretchy="true">{{</mo><mtable class="cases">{body}</mtable>')


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _bracketed(text: str) -> str:
    return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>"


def _number(text: str) -> str:
    digits = f"<mn>{escape(text.removeprefix('-'))}</mn>"
    return _row("<mo>−</mo>", digits) if text.startswith("-") else digits


def _letter(name: str) -> str:
    """Return a name: ``alpha_p`` is an alpha with the index p."""
    head, _, index = name.partition("_")
    letter = f"<mi>{escape(_LETTERS.get(head, head))}</mi>"
    return f"<msub>{letter}<mi>{escape(index)}</mi></msub>" if index else letter


def _operator_name(name: str) -> str:
    """Return how a function is written, from its LaTeX where that is one word."""
    declared = DECLARATIONS.get(name)
    latex = declared.symbol if declared else ELEMENTARY[name].latex
    word = re.fullmatch(r"\\(?:(?:operatorname|mathrm)\{([^{}]+)\}|(\w+))", latex)
    if word is None:
        return declared.title if declared else name
    return str(word[1] or _LETTERS.get(word[2], word[2])).replace("\\,", " ")
