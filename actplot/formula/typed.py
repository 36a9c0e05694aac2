"""What people type and paste, in the syntax that the parser reads; every sign remembers its column.

Signs of print become operators (``x² − √x``, ``|x|``, ``α·x``, ``x^2``), what stands before a formula is taken off
(``f(x) =``, ``lambda t:``), and LaTeX is translated. Nothing here knows what the names mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from actplot.formula.pen import FormulaError, Pen
from actplot.words.symbols import spelled_out

VARIABLE = "x"
CARET = "'^' is read as **, a power"

_HEADS = tuple(
    map(
        re.compile,
        (
            r"\s*(?:[A-Za-z_]\w*\s*=\s*)?lambda\s+(?P<variable>[A-Za-z_]\w*)\s*:(?!=)",
            r"\s*def\s+\w+\s*\(\s*(?P<variable>[A-Za-z_]\w*)\s*(?::\s*[\w.]+\s*)?\)\s*(?:->\s*[\w.]+\s*)?:\s*return\b",
            r"\s*[A-Za-z_]\w*\s*\(\s*(?P<variable>[^\W\d]\w*)\s*\)\s*=(?!=)",
            r"\s*[^\W\d]\w*\s*=(?!=)",
            r"\s*return\b",
            r"\s*\(\w+\)\s*:(?!=)",  # a line of a model's print-out: (1): ReLU()
        ),
    )
)
_LATEX = re.compile(r"\\[A-Za-z,;:!|{}\\ ]|[\^_]\s*\{")
_SIGNS = {
    **dict.fromkeys("×·⋅∗∙", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("−–‐‑", "-"),
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    **dict.fromkeys("‘’“”", "'"),
    **dict.fromkeys("\u200b\u200c\u2060\ufeff", ""),
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ", "0123456789+-nx", strict=True))
_ROOTS = {"√": "sqrt", "∛": "cbrt"}
_BEFORE_OPERAND = "+-*/(,<>=|^"
_WORD_BEFORE_OPERAND = re.compile(r"\b(if|else|and|or|not|return|lambda)\s*$")
_UNDER_ROOT = re.compile(
    r"\s*(?:(?P<bracket>\()|(?:[0-9]+\.?[0-9]*|\.[0-9]+|[A-Za-zα-ωΑ-Ω][\wα-ωΑ-Ω]*)(?P<called>\s*\()?)", re.ASCII
)


class Typed(NamedTuple):
    """A formula in the parser's syntax.

    ``columns`` holds where each character, and the end, came from, counted from 1. ``variable`` is what the formula
    calls x, and ``notes`` say what was read in a way that may surprise. ``plain`` says whether the text is what was
    typed, but for the spaces around it.
    """

    text: str
    columns: tuple[int, ...]
    variable: str = VARIABLE
    notes: tuple[str, ...] = ()
    plain: bool = True


def head_length(text: str) -> int:
    """Return how many characters stand before the formula itself: of ``f(x) = x**2`` six, and usually none."""
    found = _head(text)
    return found.end() if found else 0


def _head(text: str) -> re.Match[str] | None:
    return next(filter(None, (head.match(text) for head in _HEADS)), None)


def read_typed(text: str) -> Typed:
    """Return what was typed in the parser's syntax.

    Raises
    ------
    FormulaError
        For a bar or a root that stands alone, and for LaTeX that can't be read.

    """
    head = _head(text)
    start = head.end() if head else 0
    variable = (head.groupdict().get("variable") if head else None) or VARIABLE
    body = text[start:]
    if _LATEX.search(body):
        from actplot.formula.from_latex import translated

        latex, columns, called = translated(body, start + 1)
        return Typed(latex, columns, spelled_out(called or variable), (), False)
    if body.isascii() and not any(sign in body for sign in "^|"):
        return Typed(body, tuple(range(start + 1, len(text) + 2)), variable, (), start == 0)
    signs, columns = _Signs(body, start + 1).translated()
    return Typed(signs, columns, spelled_out(variable), (CARET,) if "^" in body else (), start == 0)


class _Signs:
    """Translates signs of print into operators and names."""

    def __init__(self, text: str, column: int) -> None:
        self._text = text
        self._column = column
        self._pen = Pen(column)
        self._at = 0
        self._bars: list[int] = []  # where those that are open stand
        self._roots: list[int] = []  # where brackets of roots close

    def _fail(self, message: str, place: int) -> FormulaError:
        return FormulaError(message, self._column + place)

    def translated(self) -> tuple[str, tuple[int, ...]]:
        text = self._text
        while self._at < len(text):
            sign, place = text[self._at], self._at
            self._at += 1
            if sign in _SIGNS:
                self._pen.write(_SIGNS[sign], place)
            elif sign in _RAISED:
                self._raise(place)
            elif sign in _ROOTS:
                self._root(_ROOTS[sign], place)
            elif sign == "^":
                self._pen.write("**", place)
            elif sign == "|":
                self._bar(place)
            elif sign.isalpha() and not sign.isascii():
                self._letter(sign, place)
            else:
                self._pen.write(sign, place)
            while self._at in self._roots:
                self._roots.remove(self._at)
                self._pen.write(")", self._at - 1)
        if self._bars:
            raise self._fail("this | is never closed; |x| has one on each side", self._bars[-1])
        return self._pen.finished(len(text))

    def _letter(self, sign: str, place: int) -> None:
        """Write a letter by its name; a σ that is called is the sigmoid."""
        name = spelled_out(sign)
        called = self._text[place + 1 :].lstrip()[:1] == "("
        self._pen.write("sigmoid" if name == "sigma" and called else name, place)

    def _raise(self, place: int) -> None:
        """Write a raised number, ``x⁻¹``, as a power."""
        while self._text[self._at : self._at + 1] in {*_RAISED}:
            self._at += 1
        raised = "".join(_RAISED[sign] for sign in self._text[place : self._at])
        self._pen.write(f"**({raised})" if raised[0] in "+-" else f"**{raised}", place)

    def _root(self, name: str, place: int) -> None:
        under = _UNDER_ROOT.match(self._text, self._at)
        if under is None:
            raise self._fail("nothing stands under this root; write √x or √(1 + x)", place)
        self._pen.write(name, place)
        if under["bracket"]:
            return
        end = _closing(self._text, under.end()) if under["called"] else under.end()
        if self._text[end : end + 1] in {*_RAISED}:
            raise self._fail("what stands under this root needs brackets: √(x²) or (√x)²", place)
        self._pen.write("(", place)
        self._roots.append(end)

    def _bar(self, place: int) -> None:
        before = self._text[:place].rstrip()
        opens = not before or before[-1] in _BEFORE_OPERAND or bool(_WORD_BEFORE_OPERAND.search(self._text[:place]))
        if before.endswith("|"):  # beside a bar stands what the one before it was
            opens = bool(self._bars) and self._bars[-1] == len(before) - 1
        if opens:
            self._bars.append(place)
            self._pen.write("abs(", place)
        elif self._bars:
            self._bars.pop()
            self._pen.write(")", place)
        else:
            self._pen.write("|", place)  # between comparisons it means 'or'


def _closing(text: str, start: int) -> int:
    """Return where a bracket that was opened before ``start`` has closed, or the end."""
    depth = 1
    for place in range(start, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if not depth:
            return place + 1
    return len(text)
