"""Greek letters: parameters are typed as ``alpha``, shown as α, and set by LaTeX as a letter."""

import re
import unicodedata
from itertools import pairwise

# Python keeps the word lambda for itself, so the parameter is called lambd, as in PyTorch.
GREEK = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ"},
    **{"lambd": "λ", "mu": "μ", "sigma": "σ", "omega": "ω"},
}

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_LATEX = {name: rf"\{name}" for name in GREEK} | {"lambd": r"\lambda"}
_ASCII = {letter: name for name, letter in GREEK.items()} | {
    "λ": "lambda",
    "′": "'",
    "″": '"',
    "‴": "'''",
    "−": "-",
    "×": "x",
    "·": "*",
    "…": "...",
    "∞": "inf",
    "√": "sqrt",
    "±": "+-",
    "π": "pi",
    "½": "1/2",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
    "∉": "not in",
    "∂": "d",
    **{sign: str(digit) for digit, sign in enumerate(SUBSCRIPTS)},
    "–": "-",
    "“": '"',
    "”": '"',
    "’": "'",
}


def subscript(number: int) -> str:
    """Return a whole number from 0 as an index."""
    return "".join(SUBSCRIPTS[int(digit)] for digit in str(number))


def spelled_out(name: str) -> str:
    """Return a name with its Greek letters written out as they are typed: ``α_p`` is alpha_p."""
    return name if name.isascii() else "".join(map(_spelled, name))


def _spelled(letter: str) -> str:
    case, _, name = unicodedata.name(letter, "").removeprefix("GREEK ").partition(" LETTER ")
    if case not in ("SMALL", "CAPITAL") or not name.isalpha():
        return letter
    word = name.lower().replace("lamda", "lambd")
    return word if case == "SMALL" else word.capitalize()


def pretty(name: str) -> str:
    """Return a parameter's name as people write it: ``alpha_p`` is α_p."""
    head, underscore, index = name.partition("_")
    return GREEK.get(head, head) + underscore + index


def latex(name: str) -> str:
    """Return a name in LaTeX's math mode: ``alpha_p`` is an alpha with the index p."""
    head, _, index = name.partition("_")
    head = _LATEX.get(head) or (head if len(head) == 1 else rf"\mathrm{{{head}}}")
    return f"{head}_{{{index}}}" if index else head


def latex_number(text: str) -> str:
    """Return a number as LaTeX's math mode needs it: ``1e-05`` as a power of ten, infinities and NaN as signs."""
    words = {"inf": r"\infty", "-inf": r"-\infty", "nan": r"\mathrm{NaN}"}
    mantissa, e, exponent = text.partition("e")
    if not e:
        return words.get(text, text)
    factor = {"1": "", "-1": "-"}.get(mantissa, rf"{mantissa} \cdot ")
    return rf"{factor}10^{{{int(exponent)}}}"


def markdown_literal(text: str) -> str:
    """Return text in which Markdown sees no marks of its own: the stars of a formula are no emphasis."""
    return re.sub(r"([\\`*_\[\]<>|~$#]|&(?=[#\w]))", r"\\\1", text)


def latex_text(text: str) -> str:
    """Return plain text, Greek letters and all, as LaTeX text; letters that LaTeX has no command for stay."""
    # Two hyphens or quotes side by side would become another sign.
    apart = ("{}" if letter == following and letter in "-'`" else "" for letter, following in pairwise(f"{text} "))
    return "".join(f"{_latex_letter(letter)}{between}" for letter, between in zip(text, apart, strict=True))


def has_foreign_letters(text: str) -> bool:
    """Say whether there are letters in a text that only an engine with the system's fonts can set."""
    return any(ord(c) > _LAST_LATIN for c in "".join(map(_latex_letter, text)))


_LAST_LATIN = 0x24F
_LATEX_TEXT = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "…": r"\ldots{}",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "\N{REPLACEMENT CHARACTER}": "?",
}
_LATEX_SIGNS = {
    **{sign: sign for sign in "<>|"},  # other signs in the old encoding of text
    "′": "'",
    "″": "''",
    "‴": "'''",
    "−": "-",
    "×": r"\times",
    "·": r"\cdot",
    "∞": r"\infty",
    "√": r"\surd",
    "½": r"\frac{1}{2}",
    **{sign: f"_{digit}" for digit, sign in enumerate(SUBSCRIPTS)},
    "²": "^2",
    "³": "^3",
    "≠": r"\neq",
    "≤": r"\leq",
    "≥": r"\geq",
    "∈": r"\in",
    "∉": r"\notin",
    "ο": "o",
    "ς": r"\varsigma",
}
# The capitals that look like Latin letters have no command.
_NO_COMMAND = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΧ")


def _latex_letter(letter: str) -> str:
    """Return one letter as LaTeX text."""
    if letter in "&%$#_{}":
        return f"\\{letter}"
    if letter in _LATEX_TEXT:
        return _LATEX_TEXT[letter]
    if letter in _LATEX_SIGNS:
        return f"${_LATEX_SIGNS[letter]}$"
    word = spelled_out(letter).replace("ambd", "ambda")
    return letter if word == letter or letter in _NO_COMMAND else rf"$\{word}$"


def ascii_text(text: str) -> str:
    """Return the text for a screen that has nothing but ASCII; accents are dropped."""
    spelled = "".join(_ASCII.get(c, c) for c in text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return plain.encode("ascii", "replace").decode()
