"""Print a formula in its own language, so that it can be typed again."""

from __future__ import annotations

from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number

_CHOICE, _SUM, _NEGATE, _PRODUCT, _POWER, _ATOM = range(6)
_TIGHTNESS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


def to_text(node: Node) -> str:
    """Return the formula as text that parses to the same tree."""
    return _text(node, _CHOICE)


def _text(node: Node, place: int) -> str:
    text, tightness = _print(node)
    return text if tightness >= place else f"({text})"


def _print(node: Node) -> tuple[str, int]:
    match node:
        case Number(_, text):
            return text, _NEGATE if text.startswith("-") else _ATOM
        case Name(id):
            return id, _ATOM
        case Negate(operand):
            return f"-{_text(operand, _PRODUCT)}", _NEGATE
        case Binary("**", left, right):
            return f"{_text(left, _ATOM)}**{_text(right, _POWER)}", _POWER
        case Binary(operator, left, right):
            tightness = _TIGHTNESS[operator]
            spaced = f" {operator} " if tightness == _SUM else operator
            first = _NEGATE if isinstance(left, Negate) and tightness == _PRODUCT else tightness
            return f"{_text(left, first)}{spaced}{_text(right, tightness + 1)}", tightness
        case Compare(operators, operands):
            parts = [_text(operands[0], _SUM)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [operator, _text(operand, _SUM)]
            return " ".join(parts), _CHOICE
        case Choice(condition, then, otherwise):
            return f"{_text(then, _SUM)} if {_text(condition, _CHOICE)} else {_text(otherwise, _CHOICE)}", _CHOICE
        case Call(function, arguments, keywords):
            inside = [_text(argument, _CHOICE) for argument in arguments]
            inside += [f"{key}={_text(value, _CHOICE)}" for key, value in keywords]
            return f"{function}({', '.join(inside)})", _ATOM
