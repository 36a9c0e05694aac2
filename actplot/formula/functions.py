"""The elementary functions of the formula language, a record each.

Adding one is one line here where its meaning can be written in terms of others; a primitive also needs its
digits, in `actplot.arithmetic`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elementary:
    """An elementary function, and how each reading of a formula understands it.

    The texts are formulas in the arguments ``u``, ``v`` and ``w``.

    Attributes
    ----------
    arguments
        How many there are.
    latex
        The operator before the argument in parentheses; a function that is written in a shape of its own (a root,
        bars, a power of e) has its case in `actplot.formula.notation` instead.
    slope, across
        The derivatives with respect to u and to v, in a form in which nothing cancels.
    meaning
        What the function is short for, where the other readings have none of their own.
    exact
        What double-doubles read in its place, in a form that keeps its digits near zero and overflows nowhere.
    complement
        What double-doubles read for 1 - f, where that cancels, and for the logarithm of what is never below 1.
    odd
        Whether the complement also serves for 1 + f, at -u.
    plain
        Its name in numpy, or in Python's ``math``, where that differs.
    ball
        Its name as a method of certified balls, where that differs.
    shape
        How it runs, for its bounds over an interval: ``rising``, ``falling``, a ``valley`` or ``hill`` about zero, or a
        ``wave``.
    within
        The least and the most that it can be.
    domain
        Where its domain begins.

    """

    arguments: int
    latex: str
    slope: str = ""
    across: str = ""
    meaning: str = ""
    exact: str = ""
    complement: str = ""
    odd: bool = False
    plain: str = ""
    ball: str = ""
    shape: str = ""
    within: tuple[float, float] = (-math.inf, math.inf)
    domain: float | None = None


# The hyperbolic functions share two exponentials, of which neither grows.
_FALL, _RISE = "exp(-abs(u))", "expm1(-abs(u))"
_LARGER_AND_REST = "max(u, v) + log1p(exp(-abs(u - v)))"

ELEMENTARY: dict[str, Elementary] = {
    "abs": Elementary(1, "", "sign(u)", ball="__abs__"),
    "sign": Elementary(1, r"\operatorname{sgn}", "0", ball="sgn"),
    "min": Elementary(2, r"\min", plain="minimum"),
    "max": Elementary(2, r"\max", plain="maximum"),
    "clip": Elementary(3, r"\operatorname{clip}", meaning="min(max(u, v), w)"),
    "exp": Elementary(1, r"\exp", "exp(u)", complement="-expm1(u)", shape="rising", within=(0.0, math.inf)),
    "expm1": Elementary(1, "", "exp(u)", shape="rising", within=(-1.0, math.inf)),
    "log": Elementary(1, r"\ln", "1/u", shape="rising", domain=0.0),
    "log1p": Elementary(1, "", "1/(1 + u)", shape="rising", domain=-1.0),
    "log2": Elementary(1, r"\log_{2}", "1/(u*log(2))", meaning="log(u)/log(2)"),
    "log10": Elementary(1, r"\log_{10}", "1/(u*log(10))", meaning="log(u)/log(10)"),
    # It is smooth where u and v are equal, though what it is computed by is not.
    "logaddexp": Elementary(
        2,
        r"\operatorname{logaddexp}",
        "1/(1 + exp(v - u))",
        "1/(1 + exp(u - v))",
        meaning=_LARGER_AND_REST,
        exact=_LARGER_AND_REST,
    ),
    "sqrt": Elementary(1, "", "1/(2*sqrt(u))", shape="rising", within=(0.0, math.inf), domain=0.0),
    "cbrt": Elementary(1, r"\operatorname{cbrt}", "1/(3*cbrt(u)**2)", meaning="sign(u)*abs(u)**(1/3)"),
    "floor": Elementary(1, r"\operatorname{floor}", "0"),
    "ceil": Elementary(1, r"\operatorname{ceil}", "0", meaning="-floor(-u)"),
    # Halves go to the even neighbour, as in numpy, torch and IEEE 754.
    "round": Elementary(
        1, r"\operatorname{round}", "0", meaning="floor(u + 1/2) - floor((2*u - 1)/4) - floor((1 - 2*u)/4) - 1"
    ),
    "sin": Elementary(1, r"\sin", "cos(u)", shape="wave", within=(-1.0, 1.0)),
    "cos": Elementary(1, r"\cos", "-sin(u)", shape="wave", within=(-1.0, 1.0)),
    "tan": Elementary(1, r"\tan", "1 + tan(u)**2", exact="sin(u)/cos(u)"),
    "sinh": Elementary(1, r"\sinh", "cosh(u)", exact=f"-sign(u)*{_RISE}*(1 + {_FALL})/(2*{_FALL})", shape="rising"),
    "cosh": Elementary(
        1,
        r"\cosh",
        "sinh(u)",
        exact=f"(1 + {_FALL}*{_FALL})/(2*{_FALL})",
        complement="-2*sinh(u/2)**2",
        shape="valley",
        within=(1.0, math.inf),
    ),
    "tanh": Elementary(
        1,
        r"\tanh",
        "sech(u)**2",
        exact=f"-sign(u)*{_RISE}*(1 + {_FALL})/(1 + {_FALL}*{_FALL})",
        complement="2*exp(-2*max(u, 0))/(1 + exp(-2*abs(u)))",
        odd=True,
        shape="rising",
        within=(-1.0, 1.0),
    ),
    "sech": Elementary(
        1,
        r"\operatorname{sech}",
        "-sech(u)*tanh(u)",
        meaning="1/cosh(u)",
        exact=f"2*{_FALL}/(1 + {_FALL}*{_FALL})",
        shape="hill",
        within=(0.0, 1.0),
    ),
    "asinh": Elementary(
        1,
        r"\operatorname{arsinh}",
        "1/sqrt(1 + u**2)",
        exact="sign(u)*log1p(abs(u) + u**2/(1 + sqrt(1 + u**2)))",
        plain="arcsinh",
        shape="rising",
    ),
    "atan": Elementary(
        1, r"\arctan", "1/(1 + u**2)", plain="arctan", shape="rising", within=(-1.5707963267948968, 1.5707963267948968)
    ),
    "atanh": Elementary(1, r"\operatorname{artanh}", "1/(1 - u**2)", meaning="(log1p(u) - log1p(-u))/2"),
    "acosh": Elementary(
        1,
        r"\operatorname{arcosh}",
        "1/(sqrt(u - 1)*sqrt(u + 1))",
        meaning="log1p(u - 1 + sqrt(u - 1)*sqrt(u + 1))",
    ),
    "erf": Elementary(
        1,
        r"\operatorname{erf}",
        "2*exp(-u**2)/sqrt(pi)",
        complement="erfc(u)",
        odd=True,
        plain="math.erf",
        shape="rising",
        within=(-1.0, 1.0),
    ),
    "erfc": Elementary(
        1, r"\operatorname{erfc}", "-2*exp(-u**2)/sqrt(pi)", plain="math.erfc", shape="falling", within=(0.0, 2.0)
    ),
    "Phi": Elementary(1, r"\Phi", "exp(-u**2/2)/sqrt(2*pi)", meaning="erfc(-u/sqrt(2))/2"),
}
