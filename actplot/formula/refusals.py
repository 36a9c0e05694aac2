"""What is not part of the formula language, in words."""

from __future__ import annotations

import ast


def describe_character(character: str) -> str:
    """Return a sentence about a character that no formula has."""
    shown = f"'{character}'" if character.isprintable() else f"the character U+{ord(character):04X}"
    return f"{shown} is not part of the formula language"


def describe(node: ast.expr) -> str:
    """Return what kind of thing a node is."""
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
