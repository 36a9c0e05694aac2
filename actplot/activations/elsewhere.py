"""Names that people bring for what has no curve, or is not in the catalogue, and what to type instead."""


def _several(instead: str) -> str:
    return f"takes several inputs, so it has no curve; {instead}"


def _gated(gate: str) -> str:
    return _several(f"its gate is {gate} (named alone, it has a map)")


_NORMALISES = "is no function of x alone: it shifts or scales x by the mean and the spread of its neighbours"

ELSEWHERE = {
    "glu": _gated("sigmoid"),
    "bilinear": _gated("identity"),
    "reglu": _gated("relu"),
    "geglu": _gated("gelu"),
    "swiglu": _gated("silu"),
    "seglu": _gated("selu"),
    "mishglu": _gated("mish"),
    "maxout": _several("with two lines it is max(a*x + b, c*x + d), as max(x, 0.5*x)"),
    "crelu": _several("its halves are relu(x) and relu(-x)"),
    "concatenated_relu": _several("its halves are relu(x) and relu(-x)"),
    "gumbel_softmax": _several("without the noise it is softmax"),
    "hardmax": _several("with one input moved it is a step"),
    "logsumexp": _several("with 0 as the other it is logaddexp(0, x)"),
    "log_sum_exp": _several("with 0 as the other it is logaddexp(0, x)"),
    "attention": _several("its weights are softmax"),
    "scaled_dot_product_attention": _several("its weights are softmax"),
    "multihead_attention": _several("its weights are softmax"),
    "frelu": _several("it compares x with an average of its neighbours"),
    "srelu": "has four parameters and no usual values; write it out: "
    "tr + ar*(x - tr) if x >= tr else x if x > tl else tl + al*(x - tl)",
    "apl": "has learned hinges; write it out: max(0, x) + a*max(0, b - x)",
    "acon": "has learned parameters; write it out: (p - q)*x*sigmoid(beta*(p - q)*x) + q*x",
    "dropout": "is no function of x alone: it draws at random",
    **dict.fromkeys(("layer_norm", "batch_norm", "rms_norm", "group_norm", "instance_norm"), _NORMALISES),
    **dict.fromkeys(("batch_norm1d", "batch_norm2d", "batch_normalization", "layer_normalization"), _NORMALISES),
}
