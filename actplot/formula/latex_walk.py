"""A walk through the tokens of LaTeX, with a pen in hand."""

from __future__ import annotations

from actplot.formula.latex_tokens import LETTERS, LOGIC, SIGNS, Token, right_hand_side, tokens, variable_of
from actplot.formula.pen import FormulaError, Pen

_INFIX = frozenset("+-*/<>")


class Walk:
    """What is ahead, and what has been written."""

    def __init__(self, text: str, column: int) -> None:
        """Begin; ``column`` is that of the first character."""
        given = list(tokens(text))
        self.variable = variable_of(given)
        self.tokens = right_hand_side(given)
        self.column = column
        self.end = max(len(text) - 1, 0)
        self.at = 0
        self.depth = 0
        self.pen = Pen(column)

    def fail(self, message: str, token: Token | None) -> FormulaError:
        """Return an error that points at a token, or at the end."""
        return FormulaError(message, self.column + (token.at if token else self.end))

    def next(self) -> Token | None:
        """Return the token ahead, or None at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sees(self, *texts: str) -> bool:
        """Say whether one of these signs or commands is ahead."""
        token = self.next()
        return token is not None and token.kind not in ("word", "operator", "begin", "end") and token.text in texts

    def take(self) -> Token:
        """Step over the token ahead, and return it."""
        token = self.next()
        if token is None:
            raise self.fail("something is missing at the end of this LaTeX", None)
        self.at += 1
        return token

    def write(self, text: str, token: Token) -> None:
        """Write a text that stands for a token."""
        self.pen.write(text, token.at)

    def group(self) -> list[Token]:
        """Return the tokens of a group in braces, without them, or the next token alone."""
        first = self.take()
        if first.text != "{":
            return [first]
        inside, depth = [], 1
        while depth:
            token = self.take()
            depth += (token.text == "{") - (token.text == "}")
            inside.append(token)
        return inside[:-1]

    def sees_word(self, words: frozenset[str], beyond: int = 0) -> bool:
        """Say whether one of these words is ahead, set as text, or so many tokens farther."""
        token = self.tokens[self.at + beyond] if self.at + beyond < len(self.tokens) else None
        return token is not None and token.kind == "word" and token.text.rstrip(":").lower() in words

    def argument_follows(self) -> bool:
        """Say whether a letter or a number is ahead."""
        token = self.next()
        return token is not None and (token.kind in ("letter", "number") or token.text in LETTERS)

    def is_called(self) -> bool:
        r"""Say whether an argument follows, perhaps behind a power or an index: not in ``\mathrm{scale}^{2} + 1``."""
        start, marked = self.at, False
        while self.sees("^", "_"):
            self.take()
            self.group()
            marked = True
        called = self.sees("(", "[", "{", r"\{") or (marked and self.argument_follows())
        self.at = start
        return called


def infix(token: Token) -> str | None:
    """Return the operator that a token is, in the parser's syntax; None for others."""
    if token.kind == "word":
        return LOGIC.get(token.text.lower())
    if token.text in LOGIC and token.kind == "command":
        return LOGIC[token.text]
    if token.text == "=":
        return "=="
    return SIGNS.get(token.text, token.text if token.kind == "sign" and token.text in _INFIX else None)
