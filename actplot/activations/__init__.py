"""The catalogue: a family a file. Adding an activation touches only this folder.

Importing the package fills `actplot.activations.declaration.DECLARATIONS`, in the order given here.
"""

from dataclasses import replace
from importlib import import_module

from actplot.activations.declaration import DECLARATIONS

_IN_ORDER = (
    "rectifiers",
    "exponential_linear",
    "softplus_like",
    "sigmoidal",
    "algebraic",
    "gated",
    "gaussian_gated",
    "hard",
    "shrinks",
    "thresholds",
    "surrogates",
    "radial",
    "periodic",
    "growing",
    "distributions",
)

# Not import statements, which tools sort by the alphabet: this is the order in which people meet the functions.
FAMILIES = {name: import_module(f"{__name__}.{name}") for name in _IN_ORDER}

for _family, _module in FAMILIES.items():
    # A family has what frameworks and courses have, in FAMILY, and what only papers and collections name, in PAPERS.
    for _table, _is_common in ((getattr(_module, "FAMILY", ()), True), (getattr(_module, "PAPERS", ()), False)):
        DECLARATIONS.update({d.name: replace(d, family=_family, is_common=_is_common) for d in _table})

__all__ = ["FAMILIES"]
