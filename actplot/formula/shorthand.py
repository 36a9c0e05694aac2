"""Names that libraries and people have for what the language says otherwise; each is a line here.

The texts are formulas in the arguments ``u``, ``v`` and ``w``, and stand in a formula's tree in place of the name.
"""

from __future__ import annotations

from collections.abc import Mapping

from actplot.formula.functions import ELEMENTARY

# Other names of elementary functions.
OTHER_NAMES = {
    "ln": "log",
    **dict.fromkeys(("absolute", "fabs"), "abs"),
    **dict.fromkeys(("maximum", "fmax", "amax"), "max"),
    **dict.fromkeys(("minimum", "fmin", "amin"), "min"),
    **dict.fromkeys(("clamp", "clip_by_value"), "clip"),
    "sgn": "sign",
    "arctan": "atan",
    **dict.fromkeys(("arcsinh", "arsinh"), "asinh"),
    **dict.fromkeys(("arctanh", "artanh"), "atanh"),
    **dict.fromkeys(("arccosh", "arcosh"), "acosh"),
    **dict.fromkeys(("norm.cdf", "ndtr"), "Phi"),
    **dict.fromkeys(("rint", "around"), "round"),
    "ceiling": "ceil",
}

# What a name means, by the letters of the arguments that it is given.
_SHORT: dict[tuple[str, str], str] = {
    ("square", "u"): "u**2",
    ("pow", "uv"): "u**v",
    ("power", "uv"): "u**v",
    ("exp2", "u"): "2**u",
    ("reciprocal", "u"): "1/u",
    ("rsqrt", "u"): "1/sqrt(u)",
    ("hypot", "uv"): "sqrt(u**2 + v**2)",
    ("neg", "u"): "-u",
    ("negative", "u"): "-u",
    ("float", "u"): "u",
    ("add", "uv"): "u + v",
    ("subtract", "uv"): "u - v",
    ("sub", "uv"): "u - v",
    ("multiply", "uv"): "u*v",
    ("mul", "uv"): "u*v",
    ("divide", "uv"): "u/v",
    ("true_divide", "uv"): "u/v",
    ("div", "uv"): "u/v",
    ("log", "uv"): "log(u)/log(v)",
    ("clip", "uv"): "max(u, v)",
    ("clip", "uw"): "min(u, w)",
    ("heaviside", "uv"): "0 if u < 0 else v if u == 0 else 1",
    ("norm.pdf", "u"): "exp(-u**2/2)/sqrt(2*pi)",
}
SHORT_NAMES = frozenset(name for name, _ in _SHORT)

# What arguments are called by those who name them.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "clip": {
        **dict.fromkeys(("min", "a_min", "x_min", "clip_value_min", "min_value", "minval"), "v"),
        **dict.fromkeys(("max", "a_max", "x_max", "clip_value_max", "max_value", "maxval"), "w"),
    },
    "pow": {"exponent": "v"},
}
FOLDED = frozenset({"max", "min"})  # these take any number of arguments, two at a time
LETTERS = "uvw"


def letter_of(name: str, argument: str) -> str | None:
    """Return the letter of an argument that is given by name; None where the function has none of that name."""
    return _LETTERS.get(name, {}).get(argument)


def meaning(name: str, letters: str) -> str | None:
    """Return what a name is short for with these arguments; None where it is not."""
    return _SHORT.get((name, letters))


def is_elementary(name: str) -> bool:
    """Say whether a name is a function of the language itself, by whatever name."""
    return name in ELEMENTARY or name in OTHER_NAMES or name in SHORT_NAMES
