"""The catalogue: a family a file. Adding an activation touches only this folder.

Importing the package fills `actplot.declaration.DECLARATIONS`, in the order given here.
"""

from actplot.activations import (
    algebraic,
    distributions,
    exponential_linear,
    gated,
    gaussian_gated,
    hard,
    periodic,
    radial,
    rectifiers,
    shrinks,
    sigmoidal,
    softplus_like,
    thresholds,
)

FAMILIES = {
    "rectifiers": rectifiers,
    "exponential_linear": exponential_linear,
    "softplus_like": softplus_like,
    "sigmoidal": sigmoidal,
    "algebraic": algebraic,
    "gated": gated,
    "gaussian_gated": gaussian_gated,
    "hard": hard,
    "shrinks": shrinks,
    "thresholds": thresholds,
    "radial": radial,
    "periodic": periodic,
    "distributions": distributions,
}

__all__ = ["FAMILIES"]
