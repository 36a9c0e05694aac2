r"""LaTeX of the common kind, in the syntax that the parser reads.

What can be read in one way is: ``\frac{1}{1+e^{-x}}``, ``x\,\sigma(x)``, ``2x``, ``\begin{cases}``. The rest is
refused, with the column it stands in.
"""

from __future__ import annotations

import re

from actplot.formula import latex_tokens as tokens
from actplot.formula.latex_tokens import Token
from actplot.formula.latex_walk import Walk, infix
from actplot.formula.pen import Pen
from actplot.words.symbols import spelled_out

MAX_DEPTH = 80  # of groups in groups, and of commands that take them
_CLOSING = frozenset({")", "]", "}", r"\}", r"\rfloor", r"\rceil", r"\rvert", "⌋", "⌉", "&", ",", ";"})


def translated(text: str, column: int) -> tuple[str, tuple[int, ...], str | None]:
    """Return LaTeX in the parser's syntax, the columns of its characters and end, and what it calls its variable.

    Raises
    ------
    FormulaError
        For what can't be read, or not in one way.

    """
    return _Translator(text, column).translated()


class _Translator(Walk):
    """Writes as it walks."""

    def translated(self) -> tuple[str, tuple[int, ...], str | None]:
        self._expression()
        if (left := self.next()) is not None:
            raise self.fail(f"nothing opens before this {left.text}", left)
        return *self.pen.finished(self.end), self.variable

    def _expression(self, within_bars: bool = False) -> None:
        """Write all up to a sign that closes something, or the end; factors that stand side by side are multiplied."""
        self._deeper(self.next())
        operand = False
        while (token := self.next()) is not None and not self._ends(token, operand and within_bars):
            if token.text == "^" and operand:
                self._power(self.take())
            elif (sign := infix(token)) is not None:
                self.write(sign, self.take())
                operand = False
            else:
                if operand and token.kind == "number":
                    raise self.fail(f"what {token.text} does here is not clear; write \\cdot before it", token)
                if operand:
                    self.write("*", token)
                self._factor(self.take())
                operand = True
        self.depth -= 1

    @staticmethod
    def _ends(token: Token, bars_close: bool) -> bool:
        if token.kind == "word":
            return token.text.rstrip(":").lower() in tokens.IF | tokens.OTHERWISE
        return token.kind in ("row", "end") or token.text in _CLOSING or (bars_close and token.text in tokens.BARS)

    def _factor(self, token: Token) -> None:
        """Write one factor, which begins with this token."""
        text = token.text
        if token.kind == "number":
            self.write(text, token)
        elif token.kind in ("word", "operator"):
            self._word(token)
        elif token.kind == "begin":
            self._cases(token)
        elif text in tokens.BARS:
            self.write("abs(", token)
            self._expression(within_bars=True)
            self._close(tokens.BARS, token)
        elif text == r"\{" and (after := self.next()) is not None and after.kind == "begin":
            self._cases(self.take())
        elif text in tokens.BRACKETS:
            self._bracket(token)
        elif text in (r"\frac", r"\tfrac", r"\dfrac"):
            self.write("(", token)
            self._one()
            self.write("/", token)
            self._one()
            self.write(")", token)
        elif text == r"\sqrt":
            self._root(token)
        elif text == "e" and self.sees("^"):
            self.write("exp(", token)
            self.take()
            self._one()
            self.write(")", token)
        elif text == r"\sigma" and self.sees("(", "[", "{", r"\{"):
            self._function("sigmoid", token)
        elif text in tokens.CALLED:
            self._function(tokens.CALLED[text], token)
        elif text in tokens.LETTERS or token.kind == "letter":
            self.write(self._indexed(spelled_out(tokens.LETTERS.get(text, text))), token)
        else:
            raise self.fail(f"{text} can't be read here; write the formula as text, as x*tanh(x)", token)

    def _bracket(self, opening: Token) -> None:
        closing, written = tokens.BRACKETS[opening.text]
        self.write(written, opening)
        self._expression()
        self._close((closing,), opening)

    def _close(self, closing: tuple[str, ...], opening: Token) -> None:
        if not self.sees(*closing):
            token = self.next()
            told = f"this {opening.text} is never closed" if token is None else f"{token.text} does not close this"
            raise self.fail(told, token or opening)
        self.write(")", self.take())

    def _one(self) -> None:
        """Write what a command takes: a group in braces, or the next sign alone."""
        token = self.take()
        self._deeper(token)
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():  # \frac12
            self.write(token.text[0], token)
            self.at -= 1
            self.tokens[self.at] = Token("number", token.text[1:], token.at + 1)
        elif infix(token) is not None or token.text in ("^", "_") or token.text in _CLOSING:
            raise self.fail(f"braces are missing before this {token.text}", token)
        else:
            self._factor(token)
        self.depth -= 1

    def _deeper(self, token: Token | None) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail("the formula is nested too deeply; simplify it", token)

    def _power(self, caret: Token) -> None:
        token = self.next()
        if token is not None and token.kind == "number" and len(token.text) > 1:
            raise self.fail(f"it is not clear how much is raised here; write ^{{{token.text}}}", token)
        self.write("**", caret)
        self._one()

    def _root(self, token: Token) -> None:
        degree = None
        if self.sees("["):
            self.take()
            degree = self.take()
            if degree.kind != "number" or not self.sees("]"):
                raise self.fail("the degree of a root is a number, as in \\sqrt[3]{x}", degree)
            self.take()
        if degree is None or degree.text == "3":
            self.write("sqrt(" if degree is None else "cbrt(", token)
            self._one()
            self.write(")", token)
            return
        self.write("(", token)
        self._one()
        self.write(f"**(1/{degree.text}))", token)

    def _indexed(self, name: str) -> str:
        """Return a name with the index that follows it, ``alpha_p``."""
        if not self.sees("_"):
            return name
        self.take()
        return f"{name}_{''.join(token.text for token in self.group())}"

    def _word(self, token: Token) -> None:
        """Write an upright word: a function, or the 1 of an indicator."""
        if token.text in ("1", "I") and self.sees("_", "(", "[", r"\{"):  # 1 where a condition holds
            if self.sees("_"):
                self.take()
            self._one()
            return
        name = token.text.replace(r"\_", "_").replace(r"\,", "").replace(" ", "_")
        if not name.replace("_", "").isalnum() or not name[0].isalpha():
            raise self.fail("this text can't be read as part of a formula", token)
        bare = token.kind == "operator" and self.argument_follows()
        if bare or self.is_called():
            self._function(tokens.OPERATORS.get(name, name), token)
        else:
            self.write(self._indexed(name), token)

    def _function(self, name: str, token: Token) -> None:
        r"""Write a function with its argument: ``\tanh^2(x)``, ``\max(0, x)``, ``\ln x``."""
        settings: list[str] = []
        raised: list[Token] = []
        while self.sees("^", "_"):
            if self.take().text == "^":
                raised = self.group()
                continue
            index = "".join(spelled_out(tokens.LETTERS.get(part.text, part.text)) for part in self.group())
            settings = index.split(",") if "=" in index else settings
            name = name if "=" in index else f"{name}{index}" if index.isdigit() else f"{name}_{index.strip(chr(92))}"
        power = "".join(part.text for part in raised)
        if power == "-1" and name in tokens.INVERSE:
            name, power = tokens.INVERSE[name], ""
        if power and not power.isdigit():
            raise self.fail(f"what is raised here is not clear; write ({name}(x))^{{{power}}}", token)
        self.write(f"{name}(", token)
        if self.sees("(", "[", "{", r"\{"):
            self._arguments(self.take())
        else:
            self._bare(name, token)
        self.write("".join(f", {setting}" for setting in settings) + ")" + (f"**{power}" if power else ""), token)

    def _arguments(self, opening: Token) -> None:
        closing, _ = tokens.BRACKETS[opening.text]
        self._expression()
        while self.sees(","):
            self.write(", ", self.take())
            self._expression()
        if not self.sees(closing):
            raise self.fail(f"this {opening.text} is never closed", self.next() or opening)
        self.take()

    def _bare(self, name: str, token: Token) -> None:
        r"""Write an argument without brackets, which is clear where it is one factor: ``\ln x``, ``\sin 2x``."""
        first = self.take()
        if infix(first) is not None or first.text in _CLOSING or first.kind in ("row", "end"):
            raise self.fail(f"{name} needs an argument; write \\{name}(x)", token)
        self._factor(first)
        if first.kind == "number" and self.argument_follows():
            self.write("*", first)
            self._factor(self.take())
        if self.sees("^"):
            self._power(self.take())
        after = self.next()
        if after is not None and (self.argument_follows() or after.text in tokens.BRACKETS):
            raise self.fail(f"where the argument of {name} ends is not clear; put it in brackets", after)

    def _cases(self, token: Token) -> None:
        """Write the rows of a piecewise formula, of which the last may hold without a condition."""
        if token.text not in tokens.CASES:
            raise self.fail(f"the environment {token.text} can't be read; cases can", token)
        if token.text == "array" and self.sees("{"):
            self.group()
        condition = ""
        self.write("(", token)
        while (mark := self.next()) is not None and mark.kind != "end":
            condition = self._row(mark, condition)
        if mark is None:
            raise self.fail(f"this {token.text} has no end", token)
        self.take()
        if self.sees(r"\}"):
            self.take()
        self.write(")", token)

    def _row(self, token: Token, before: str) -> str:
        """Write a row, ``value if condition else``, the last one without what follows; return its condition."""
        self.write("(", token)
        self._expression()
        self.write(")", token)
        while self.sees(",", ";", "&") or self.sees_word(tokens.IF):
            self.take()
        condition, columns = self._condition()
        if (after := self.next()) is None:
            raise self.fail("these cases have no end", token)
        if after.kind not in ("row", "end"):
            raise self.fail("this is not clear in a piecewise formula; a row is: value & condition", after)
        if after.kind == "row":
            self.take()
        last = (end := self.next()) is not None and end.kind == "end"
        if not last and not condition:
            raise self.fail("a row without a condition stands last", token)
        if condition and not (last and _are_opposite(before, condition)):
            self.write(" if ", token)
            self.pen.add(condition, columns)
            self.write(" else 0/0" if last else " else ", token)
        return condition

    def _condition(self) -> tuple[str, tuple[int, ...]]:
        """Return the condition of a row, not yet written; it is empty where there is none."""
        opened = self.take() if self.sees("(") and self.sees_word(tokens.OTHERWISE, 1) else None
        if self.sees_word(tokens.OTHERWISE):
            self.take()
            if opened and self.sees(")"):
                self.take()
            return "", ()
        pen, self.pen = self.pen, Pen(self.column)
        self._expression()
        (condition, columns), self.pen = self.pen.finished(0), pen
        return condition, columns[:-1]


def _are_opposite(first: str, second: str) -> bool:
    """Say whether of two comparisons of the same things one holds wherever the other does not, but for equality."""
    one, other = (re.fullmatch(r"([^<>=!]+)([<>])=?([^<>=!]+)", text) for text in (first, second))
    if one is None or other is None:
        return False
    turned = (other[3], {"<": ">", ">": "<"}[other[2]], other[1])
    same, swapped = (one[1], one[3]) == (other[1], other[3]), (one[1], one[3]) == (turned[0], turned[2])
    return (same and one[2] != other[2]) or (swapped and one[2] != turned[1])
