"""The signs and commands of LaTeX, as far as formulas have them, and what they are in the parser's syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from actplot.words.languages import LANGUAGES, say

_TOKEN = re.compile(
    r"(?P<space>(?:\s|~|\$|\\[,;:!>()\[\] ]|\\(?:left|right)\s*\.|\\h?space\*?\{[^{}]*\}"
    r"|\\(?:q?quad|displaystyle|textstyle|limits|left|right|[bB]ig{1,2}[lr]?)(?![A-Za-z]))+)"
    r"|(?P<row>\\\\)"
    r"|(?P<number>\d+\.?\d*|\.\d+)"
    r"|(?P<word>\\(?:operatorname\*?|mathrm|text|textrm|mathit|textbf|mathbf|mathbb|mathsf|textsc)\s*\{(?P<inside>[^{}]*)\})"
    r"|(?P<environment>\\(?P<edge>begin|end)\s*\{(?P<which>[^{}]*)\})"
    r"|(?P<command>\\(?:[A-Za-z]+|.))"
    r"|(?P<letter>[^\W\d_])"
    r"|(?P<sign>.)",
    re.DOTALL,
)
SIGNS = {
    **{rf"\{name}": "*" for name in ("cdot", "times", "ast", "bullet")},
    **{rf"\{name}": "<=" for name in ("le", "leq", "leqslant")},
    **{rf"\{name}": ">=" for name in ("ge", "geq", "geqslant")},
    **{rf"\{name}": "!=" for name in ("ne", "neq")},
    r"\lt": "<",
    r"\gt": ">",
    r"\div": "/",
    "−": "-",
    "·": "*",
    "×": "*",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}
# What opens a bracket: what closes it, and what is written for the opening.
BRACKETS = {
    "(": (")", "("),
    "[": ("]", "("),
    "{": ("}", "("),
    r"\{": (r"\}", "("),
    r"\lfloor": (r"\rfloor", "floor("),
    r"\lceil": (r"\rceil", "ceil("),
    r"\lvert": (r"\rvert", "abs("),
    "⌊": ("⌋", "floor("),
    "⌈": ("⌉", "ceil("),
}
BARS = ("|", r"\vert", r"\mid")
CALLED = {
    **{rf"\{name}": name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "ln", "max", "min")},
    r"\arctan": "atan",
    r"\Phi": "Phi",
}
OPERATORS = {"arsinh": "asinh", "artanh": "atanh", "arcosh": "acosh", "sigm": "sigmoid"}
INVERSE = {"tanh": "atanh", "sinh": "asinh", "cosh": "acosh", "tan": "atan"}
_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu", "nu", "xi", "pi"),
    *("rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Omega"),
)
LETTERS = {
    **{rf"\{name}": name for name in _GREEK},
    **{rf"\var{name}": name for name in ("epsilon", "theta", "rho", "sigma", "phi")},
    r"\lambda": "lambd",
}
CASES = frozenset({"cases", "dcases", "rcases", "array"})
LOGIC = {"and": " and ", "or": " or ", r"\land": " and ", r"\wedge": " and ", r"\lor": " or ", r"\vee": " or "}
# Around conditions, and in their place: what people write, and what is written here in any language.
_CONDITIONS = [say(language).case_when.strip("()").partition("{condition}") for language in LANGUAGES]
IF = frozenset({"if", "for", "when", "where", *filter(None, (before.strip() for before, _, _ in _CONDITIONS))})
OTHERWISE = frozenset({"otherwise", "else", "elsewhere", *(say(each).case_else.strip("()") for each in LANGUAGES)})
_AFTER = frozenset(filter(None, (after.strip() for _, _, after in _CONDITIONS)))


class Token(NamedTuple):
    """A sign, a command or a word, and where it stands, counted from 0.

    ``kind`` is number, letter, command, sign, row (the end of one), word or operator
    (the inside of ``\\text{…}`` or ``\\operatorname{…}``), begin or end.
    """

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, without spaces."""
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind == "word" and (found["inside"] or "").strip() in _AFTER:
            continue
        if kind == "word":
            kind = "operator" if "operatorname" in found["word"] else "word"
            yield Token(kind, found["inside"].strip(), found.start())
        elif kind == "environment":
            yield Token(found["edge"], found["which"].strip("* "), found.start())
        elif kind != "space":
            yield Token(kind, found.group(), found.start())


def right_hand_side(given: list[Token]) -> list[Token]:
    """Return what stands behind the last equals sign that is outside brackets, if there is one."""
    ends: list[int] = []
    depth = 0
    for place, token in enumerate(given):
        depth += (token.text in ("{", "(", "[") or token.kind == "begin") - (
            token.text in ("}", ")", "]") or token.kind == "end"
        )
        if token.text == "=" and depth == 0:
            ends.append(place)
    inside = given[ends[-1] + 1 :] if ends else list(given)
    while inside and inside[-1].text in (".", ",", ";"):
        inside.pop()
    return inside


def variable_of(given: list[Token]) -> str | None:
    """Return t where the formula begins with ``f(t) =``, whatever f is called."""
    for place, token in enumerate(given):
        if token.text == "=":
            before = [each.text for each in given[max(place - 3, 0) : place]]
            return before[1] if len(before) == 3 and before[0] == "(" and before[2] == ")" else None
    return None
