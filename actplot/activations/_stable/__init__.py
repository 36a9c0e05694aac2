"""Pieces of numerics that several activations share, each with the reason it is written so.

All take and return float64 arrays, and none overflows or warns for any float64 argument, infinities included,
unless its docstring names the range it is for.
"""

from actplot.activations._stable.double_double import (
    exact_product,
    exact_square,
    exact_sum,
    nested,
    over_square,
    quotient,
    remainder,
    sums_quotient,
)
from actplot.activations._stable.exponentials import (
    EXTINCT,
    decay,
    exp_both,
    exp_fine,
    exp_minus_square,
    finite,
    logistic_slope,
    product,
    scaled_decay,
    tanh_slope,
)
from actplot.activations._stable.gaussian import INV_SQRT_2PI, NormalTail, erf, erfc, normal, normal_tail
from actplot.activations._stable.roots import inverse_root
from actplot.activations._stable.series import cosh_less_1, expm1_less_x, horner, sinh_excess, x_minus_tanh

__all__ = [
    "EXTINCT",
    "INV_SQRT_2PI",
    "NormalTail",
    "cosh_less_1",
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
    "logistic_slope",
    "nested",
    "normal",
    "normal_tail",
    "over_square",
    "product",
    "quotient",
    "remainder",
    "scaled_decay",
    "sinh_excess",
    "sums_quotient",
    "tanh_slope",
    "x_minus_tanh",
]
