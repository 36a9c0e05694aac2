"""Pieces of numerics that several activations share, each with the reason it is written so.

All take and return float64 arrays, and none gives NaN for any float64 argument, infinities included, unless its
docstring names the range it is for. What leaves float64 on either side becomes infinite or zero, where that is right.
"""

from actplot.activations._stable.double_double import (
    exact_product,
    exact_sum,
    fine_product,
    fine_square,
    nested,
    over_square,
    quotient,
    remainder,
    short_quotient,
    sums_quotient,
)
from actplot.activations._stable.exponentials import (
    EXTINCT,
    decay,
    exp_both,
    exp_fine,
    exp_minus_square,
    logistic,
    logistic_slope,
    product,
    scaled_decay,
    tanh_slope,
)
from actplot.activations._stable.gaussian import (
    INV_SQRT_2PI,
    erf,
    erfc,
    normal,
    normal_left,
    normal_middle,
    normal_right,
    normal_tail,
    plain_ratio,
)
from actplot.activations._stable.pieces import halves, identity, indicator, levels, pieces, zero
from actplot.activations._stable.roots import FAR, inverse_root, root_of_sum
from actplot.activations._stable.series import cosh_less_1, expm1_less_x, horner, sinh_excess, x_minus_tanh

__all__ = [
    "EXTINCT",
    "FAR",
    "INV_SQRT_2PI",
    "cosh_less_1",
    "decay",
    "erf",
    "erfc",
    "exact_product",
    "exact_sum",
    "exp_both",
    "exp_fine",
    "exp_minus_square",
    "expm1_less_x",
    "fine_product",
    "fine_square",
    "halves",
    "horner",
    "identity",
    "indicator",
    "inverse_root",
    "levels",
    "logistic",
    "logistic_slope",
    "nested",
    "normal",
    "normal_left",
    "normal_middle",
    "normal_right",
    "normal_tail",
    "over_square",
    "pieces",
    "plain_ratio",
    "product",
    "quotient",
    "remainder",
    "root_of_sum",
    "scaled_decay",
    "short_quotient",
    "sinh_excess",
    "sums_quotient",
    "tanh_slope",
    "x_minus_tanh",
    "zero",
]
