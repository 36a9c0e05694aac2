"""Text to tree, through Python's own parser and an allow-list of its nodes.

Nothing is ever evaluated as Python: a node that is not listed here is refused, with the column it stands in.
"""

import ast
import math
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from actplot.errors import UsageError
from actplot.formula.functions import ELEMENTARY
from actplot.formula.nodes import Binary, Call, Choice, Compare, Name, Negate, Node, Number, names_in

MAX_LENGTH = 2000  # characters; the longest formula of the catalogue has about 150
MAX_DEPTH = 60  # nested operations; keeps every recursive reading of the tree far from Python's limit

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_DECIMAL = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")
_FOREIGN = re.compile(r"[^\x20-\x7e\t\r\n]|#")  # anything but printable ASCII; Python would skip a comment
_SPELLED = {
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "π": "pi",
    "²": "**2",
    "³": "**3",
    "√": "sqrt()",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}


class FormulaError(UsageError):
    """A formula that can't be read; ``column`` counts characters from 1."""

    def __init__(self, message: str, column: int) -> None:
        """Add the column to the message."""
        super().__init__(f"{message} (column {column})")
        self.column = column


class Callee(NamedTuple):
    """An activation that a formula may call.

    ``parameters`` are the names of its parameters, ``preset`` the values that an alias gives some of them.
    """

    name: str
    parameters: Collection[str]
    preset: Mapping[str, float]


# Finds what a name calls: None or UsageError (whose words are used) where it calls nothing.
Lookup: TypeAlias = Callable[[str], Callee | None]


def parse(text: str, activation: Lookup | None = None) -> Node:
    """Parse a formula.

    Parameters
    ----------
    text
        The formula, for example ``"x if x >= 0 else alpha*x"``.
    activation
        Finds the activation of a name that is called, or None where there is none. Without it only the
        elementary functions may be called.

    Raises
    ------
    FormulaError
        Where the text is not a formula of the language.

    """
    tree, source = _python_tree(text)
    return _Reader(source, activation).read(tree, 0)


def parse_condition(text: str) -> Compare:
    """Parse a comparison that stands alone, such as the bound ``"0 < alpha <= 1"`` of a parameter."""
    tree, source = _python_tree(text)
    if not isinstance(tree, ast.Compare):
        raise FormulaError(f"'{text}' is not a comparison", 1)
    return _Reader(source, None).comparison(tree, 0)


def _python_tree(text: str) -> tuple[ast.expr, str]:
    """Return Python's own tree of the text, and the text that its columns count in."""
    if len(text) > MAX_LENGTH:
        message = f"the formula has {len(text)} characters, more than {MAX_LENGTH}; shorten it"
        raise FormulaError(message, MAX_LENGTH)
    foreign = _FOREIGN.search(text)
    if foreign is not None:
        raise FormulaError(_describe_character(foreign.group()), foreign.start() + 1)
    source = re.sub(r"\s", " ", text)
    written = source.strip()
    if not written:
        raise FormulaError("the formula is empty", 1)
    indent = source.index(written)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's own hints about dubious syntax, such as "1(x)"
            tree = ast.parse(written, mode="eval")
    except SyntaxError as error:
        # What follows the first clause is advice on Python. Where the end is missing, Python points nowhere.
        reason = re.split("[.;] ", error.msg or "invalid syntax")[0]
        column = error.offset if error.lineno == 1 and error.offset else len(written)
        raise FormulaError(f"this is not a formula: {reason}", indent + min(column, len(written))) from None
    except (RecursionError, MemoryError, ValueError):
        raise FormulaError("the formula is nested too deeply; simplify it", indent + 1) from None
    return tree.body, source[:indent] + written


class _Reader:
    """Translates Python's nodes into ours, refusing whatever the language does not have."""

    def __init__(self, source: str, activation: Lookup | None) -> None:
        self._written = source.lstrip()
        self._indent = len(source) - len(self._written)
        self._activation = activation

    def _fail(self, message: str, node: ast.expr | ast.keyword) -> FormulaError:
        return FormulaError(message, self._indent + node.col_offset + 1)

    def _refuse(self, node: ast.expr) -> FormulaError:
        """Refuse a kind of node, pointing at its operator where that stands after an operand."""
        match node:
            case ast.BinOp(left=before) | ast.Attribute(value=before) | ast.Subscript(value=before):
                offset = before.end_col_offset or 0
                while self._written[offset] in " )":
                    offset += 1
            case _:
                offset = node.col_offset
        message = f"{_describe(node)} is not part of the formula language"
        return FormulaError(message, self._indent + offset + 1)

    def _text(self, node: ast.expr) -> str:
        return self._written[node.col_offset : node.end_col_offset]

    def read(self, node: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._fail("the formula is nested too deeply; simplify it", node)
        deeper = depth + 1
        match node:
            case ast.Constant(value=int() | float()) if _DECIMAL.fullmatch(self._text(node)):
                return self._number(node)
            case ast.Name(id=name):
                return self._name(name, node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negate(self.read(operand, deeper))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, deeper)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
                return Binary(_BINARY[type(operator)], self.read(left, deeper), self.read(right, deeper))
            case ast.Compare():
                raise self._fail("a comparison stands only between 'if' and 'else'", node)
            case ast.IfExp(test=ast.Compare() as test, body=body, orelse=orelse):
                condition = self.comparison(test, deeper)
                return Choice(condition, self.read(body, deeper), self.read(orelse, deeper))
            case ast.IfExp(test=test):
                raise self._fail("the condition after 'if' must be a comparison, such as x >= 0", test)
            case ast.Call(func=ast.Name(id=name)):
                return self._call(name, node, deeper)
        raise self._refuse(node)

    def comparison(self, node: ast.Compare, depth: int) -> Compare:
        operators = []
        for operator in node.ops:
            if type(operator) not in _COMPARE:
                raise self._fail("a comparison uses < <= > >= == or !=", node)
            operators.append(_COMPARE[type(operator)])
        operands = tuple(self.read(operand, depth) for operand in (node.left, *node.comparators))
        return Compare(tuple(operators), operands)

    def _number(self, node: ast.expr) -> Number:
        text = self._text(node)
        value = float(text)
        if math.isinf(value):
            raise self._fail("this number is too large for float64", node)
        return Number(value, text)

    def _name(self, name: str, node: ast.expr) -> Name:
        if not _NAME.fullmatch(name):
            raise self._fail("a name is letters and digits, with single _ between them", node)
        if name in ELEMENTARY or self._is_activation(name):
            raise self._fail(f"{name} is a function; write {name}(x)", node)
        return Name(name)

    def _is_activation(self, name: str) -> bool:
        try:
            return self._activation is not None and self._activation(name) is not None
        except UsageError:
            return False

    def _call(self, name: str, node: ast.Call, depth: int) -> Call:
        arguments, keywords = node.args, node.keywords
        if any(isinstance(a, ast.Starred) for a in arguments) or any(k.arg is None for k in keywords):
            raise self._fail("'*' before an argument is not part of the formula language", node)
        read = tuple(self.read(argument, depth) for argument in arguments)
        elementary = ELEMENTARY.get(name)
        if elementary is not None:
            if keywords:
                raise self._fail(f"{name}() takes no parameters by name", keywords[0])
            if len(read) != elementary.arguments:
                raise self._fail(f"{name}() takes {_count(elementary.arguments)}, not {len(read)}", node)
            return Call(name, read)
        try:
            callee = self._activation(name) if self._activation else None
        except UsageError as error:
            raise self._fail(str(error), node) from None
        if callee is None:
            raise self._fail(f"there is no function '{name}'", node)
        if len(read) != 1:
            raise self._fail(f"{name}() takes one argument, not {len(read)}; name its parameters", node)
        given: dict[str, Node] = {}
        for keyword in keywords:
            if keyword.arg in given:
                raise self._fail(f"{name}() is given {keyword.arg} twice", keyword)
            given[str(keyword.arg)] = self._parameter(name, callee, keyword, depth)
        preset = {key: Number(value, repr(value)) for key, value in callee.preset.items()}
        return Call(callee.name, read, tuple({**preset, **given}.items()))

    def _parameter(self, name: str, callee: Callee, keyword: ast.keyword, depth: int) -> Node:
        if keyword.arg not in callee.parameters:
            hint = f"it has {', '.join(callee.parameters)}" if callee.parameters else "it takes none"
            raise self._fail(f"{name}() has no parameter '{keyword.arg}'; {hint}", keyword)
        value = self.read(keyword.value, depth)
        if names_in(value) & {"x", "f"}:
            raise self._fail(f"the parameter {keyword.arg} of {name}() may not depend on x", keyword)
        return value


def unknown_names(names: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Return the names that are neither ``x``, ``pi`` nor allowed, sorted."""
    return sorted(set(names) - {"x", "pi"} - set(allowed))


def _count(n: int) -> str:
    return "one argument" if n == 1 else f"{n} arguments"


def _describe_character(character: str) -> str:
    if character in _SPELLED:
        return f"'{character}' is not part of the formula language; write {_SPELLED[character]}"
    shown = f"'{character}'" if character.isprintable() else f"the character U+{ord(character):04X}"
    return f"{shown} is not part of the formula language"


def _describe(node: ast.expr) -> str:
    match node:
        case ast.Attribute():
            return "a '.' after a name"
        case ast.Subscript() | ast.List() | ast.Tuple() | ast.Set() | ast.Dict():
            return "a list, tuple or index"
        case ast.Constant(value=str() | bytes()) | ast.JoinedStr():
            return "quoted text"
        case ast.Constant(value=bool() | None as value):
            return f"{value}"
        case ast.Constant(value=int() | float() | complex()):
            return "a number that is not written like 2, 0.5 or 1e-3"
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "'and', 'or' or 'not'"
        case ast.BinOp(op=ast.BitXor()):
            return "'^' (a power is written **)"
        case ast.BinOp():
            return "an operator other than + - * / **"
        case ast.Lambda():
            return "'lambda'"
        case ast.NamedExpr():
            return "':='"
        case ast.Call():
            return "a call of what is not a name"
        case ast.Constant():
            return "'...'"
        case _:
            return f"this ({type(node).__name__.lower()})"
