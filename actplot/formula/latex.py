"""Print a formula as LaTeX.

Two dialects: ``cases`` writes piecewise formulas in the ``cases`` environment of LaTeX, ``inline`` on one
line, in the subset that matplotlib's mathtext can set.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from actplot import letters
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number

Dialect = Literal["cases", "inline"]

# How tightly a printed piece holds together; an operand looser than its place gets brackets.
_CHOICE, _SUM, _NEGATE, _PRODUCT, _POWER, _ATOM = range(6)

_SYMBOL = {"pi": r"\pi", "f": "f(x)"}
_COMPARE = {"<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "==": "=", "!=": r"\neq"}


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
    return _Printer(dialect, values or {}, symbol).text(node, _CHOICE)


class _Printer:
    def __init__(self, dialect: Dialect, values: Mapping[str, str], symbol: Callable[[str], str]) -> None:
        self._dialect = dialect
        self._values = values
        self._symbol = symbol

    def text(self, node: Node, place: int) -> str:
        text, tightness = self._print(node)
        return text if tightness >= place else _bracketed(text)

    def _print(self, node: Node) -> tuple[str, int]:
        match node:
            case Number(_, text):
                return text, _ATOM
            case Name(id) if id in self._values:
                value = self._values[id]
                return value, _NEGATE if value.startswith("-") else _ATOM
            case Name(id):
                return _SYMBOL.get(id) or letters.latex(id), _ATOM
            case Negate(operand):
                return f"-{self.text(operand, _PRODUCT)}", _NEGATE
            case Binary(operator, left, right):
                return self._binary(operator, left, right)
            case Compare():
                return self._compare(node), _CHOICE
            case Choice():
                return self._choice(node), _ATOM if self._dialect == "cases" else _CHOICE
            case Call():
                return self._call(node)

    def _binary(self, operator: str, left: Node, right: Node) -> tuple[str, int]:
        match operator:
            case "+":
                return f"{self.text(left, _SUM)} + {self.text(right, _PRODUCT)}", _SUM
            case "-":
                return f"{self.text(left, _SUM)} - {self.text(right, _PRODUCT)}", _SUM
            case "*":
                return self._product(left, right), _PRODUCT
            case "/" if isinstance(left, Negate):
                return f"-{self._binary('/', left.operand, right)[0]}", _NEGATE
            case "/":
                return rf"\frac{{{self.text(left, _CHOICE)}}}{{{self.text(right, _CHOICE)}}}", _ATOM
            case _:
                return self._power(left, right), _POWER

    def _product(self, left: Node, right: Node) -> str:
        a = self.text(left, _NEGATE if isinstance(left, Negate) else _PRODUCT)
        b = self.text(right, _PRODUCT)
        if b[0].isdigit():
            return rf"{a} \cdot {b}"
        if _is_plain_number(left):
            return f"{a} {b}"
        return rf"{a}\,{b}"

    def _power(self, base: Node, exponent: Node) -> str:
        power = f"^{{{self.text(exponent, _CHOICE)}}}"
        if isinstance(base, Call) and base.function in {"sin", "cos", "tan", "sinh", "cosh", "tanh"}:
            return rf"{ELEMENTARY[base.function].latex}{power}{self._brackets(base.arguments)}"
        return f"{self.text(base, _ATOM)}{power}"

    def _brackets(self, arguments: tuple[Node, ...]) -> str:
        inside = r",\, ".join(self.text(a, _CHOICE) for a in arguments)
        return _bracketed(inside)

    def _call(self, node: Call) -> tuple[str, int]:
        argument = node.arguments[0]
        match node.function:
            case "abs":
                return rf"|{self.text(argument, _CHOICE)}|", _ATOM
            case "sqrt":
                return rf"\sqrt{{{self.text(argument, _CHOICE)}}}", _ATOM
            case "exp":
                return self._exp(argument), _POWER
            case "expm1":
                return f"{self._exp(argument)} - 1", _SUM
            case "log1p":
                return rf"\ln{_bracketed(f'1 + {self.text(argument, _PRODUCT)}')}", _ATOM
            case name if name in ELEMENTARY:
                return f"{ELEMENTARY[name].latex}{self._brackets(node.arguments)}", _ATOM
            case name:
                index = r",\, ".join(
                    f"{letters.latex(key)}={self.text(value, _CHOICE)}" for key, value in node.keywords
                )
                operator = self._symbol(name) + (f"_{{{index}}}" if index else "")
                return f"{operator}{self._brackets(node.arguments)}", _ATOM

    def _exp(self, argument: Node) -> str:
        # A power of a power or of a fraction is too small to read.
        if any(part in self.text(argument, _CHOICE) for part in (r"\frac", "^", r"\left")):
            return rf"\exp{self._brackets((argument,))}"
        return f"e^{{{self.text(argument, _CHOICE)}}}"

    def _compare(self, node: Compare) -> str:
        parts = [self.text(node.operands[0], _SUM)]
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            parts += [_COMPARE[operator], self.text(operand, _SUM)]
        return " ".join(parts)

    def _choice(self, node: Choice) -> str:
        rows: list[tuple[str, str]] = []
        rest: Node = node
        while isinstance(rest, Choice):
            rows.append((self.text(rest.then, _SUM), self._compare(rest.condition)))
            rest = rest.otherwise
        last = self.text(rest, _SUM)
        if self._dialect == "cases":
            body = r" \\ ".join(rf"{value} & \text{{if }} {condition}" for value, condition in rows)
            return rf"\begin{{cases}} {body} \\ {last} & \text{{otherwise}} \end{{cases}}"
        body = r",\ \ ".join(rf"{value}\ \mathrm{{if}}\ {condition}" for value, condition in rows)
        return rf"{body},\ \ {last}\ \mathrm{{otherwise}}"


def _bracketed(text: str) -> str:
    tall = any(part in text for part in (r"\frac", r"\begin", r"\sqrt", r"\left("))
    return rf"\left({text}\right)" if tall else f"({text})"


def _is_plain_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Negate) and isinstance(node.operand, Number))
