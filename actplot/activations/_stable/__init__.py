"""Pieces of numerics that several activations share, each with the reason it is written so.

All take and return float64 arrays, and none overflows or warns for any float64 argument, infinities included,
unless its docstring names the range it is for.
"""

from actplot.activations._stable.double_double import exact_product, exact_square, exact_sum
from actplot.activations._stable.exponentials import (
    EXTINCT,
    decay,
    exp_both,
    exp_minus_square,
    exp_of_minus_exp,
    finite,
    log1pexp,
    logistic,
    logistic_slope,
    product,
    scaled_decay,
    tanh_slope,
)
from actplot.activations._stable.normal import erf, erfc, mills, normal
from actplot.activations._stable.series import NEAR, expm1_less_x, horner, x_minus_tanh

__all__ = [
    "EXTINCT",
    "NEAR",
    "decay",
    "erf",
    "erfc",
    "exact_product",
    "exact_square",
    "exact_sum",
    "exp_both",
    "exp_minus_square",
    "exp_of_minus_exp",
    "expm1_less_x",
    "finite",
    "horner",
    "log1pexp",
    "logistic",
    "logistic_slope",
    "mills",
    "normal",
    "product",
    "scaled_decay",
    "tanh_slope",
    "x_minus_tanh",
]
