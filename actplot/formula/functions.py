"""The elementary functions of the formula language: how many arguments, and how LaTeX writes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elementary:
    """An elementary function.

    ``latex`` is the operator that precedes the argument in parentheses; a function that LaTeX writes in a
    shape of its own (a root, bars, a power of e) has its case in the printer instead.
    """

    arguments: int
    latex: str


ELEMENTARY: dict[str, Elementary] = {
    "abs": Elementary(1, ""),
    "sign": Elementary(1, r"\operatorname{sgn}"),
    "min": Elementary(2, r"\min"),
    "max": Elementary(2, r"\max"),
    "clip": Elementary(3, r"\operatorname{clip}"),
    "exp": Elementary(1, r"\exp"),
    "expm1": Elementary(1, ""),
    "log": Elementary(1, r"\ln"),
    "log1p": Elementary(1, ""),
    "sqrt": Elementary(1, ""),
    "sin": Elementary(1, r"\sin"),
    "cos": Elementary(1, r"\cos"),
    "tan": Elementary(1, r"\tan"),
    "sinh": Elementary(1, r"\sinh"),
    "cosh": Elementary(1, r"\cosh"),
    "tanh": Elementary(1, r"\tanh"),
    "asinh": Elementary(1, r"\operatorname{arsinh}"),
    "atan": Elementary(1, r"\arctan"),
    "erf": Elementary(1, r"\operatorname{erf}"),
    "erfc": Elementary(1, r"\operatorname{erfc}"),
    "Phi": Elementary(1, r"\Phi"),
}
