"""Pieces of numerics that several activations share, each with the reason it is written so.

All take and return float64 arrays, and none overflows or warns for any float64 argument, infinities included,
unless its docstring names the range it is for.
"""

from actplot.activations._stable.double_double import exact_product, exact_square, exact_sum, quotient, scaled_quotient
from actplot.activations._stable.exponentials import (
    EXTINCT,
    decay,
    exp_both,
    exp_fine,
    exp_minus_square,
    finite,
    log1pexp,
    logistic,
    logistic_slope,
    product,
    scaled_decay,
    tanh_slope,
)
from actplot.activations._stable.normal import INV_SQRT_2PI, NormalTail, erf, erfc, normal, normal_tail
from actplot.activations._stable.roots import inverse_root
from actplot.activations._stable.series import expm1_less_x, horner, sinh_excess, x_minus_tanh

__all__ = [
    "EXTINCT",
    "INV_SQRT_2PI",
    "NormalTail",
    "decay",
    "erf",
    "erfc",
    "exact_product",
    "exact_square",
    "exact_sum",
    "exp_both",
    "exp_fine",
    "exp_minus_square",
    "expm1_less_x",
    "finite",
    "horner",
    "inverse_root",
    "log1pexp",
    "logistic",
    "logistic_slope",
    "normal",
    "normal_tail",
    "product",
    "quotient",
    "scaled_decay",
    "scaled_quotient",
    "sinh_excess",
    "tanh_slope",
    "x_minus_tanh",
]
