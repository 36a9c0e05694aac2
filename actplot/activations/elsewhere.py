"""Names that people bring for what has no curve, or is not in the catalogue, and what to type instead."""


def _several(instead: str) -> str:
    return f"takes several inputs, so it has no curve; {instead}"


ELSEWHERE = {
    "glu": _several("its gate is sigmoid"),
    "bilinear": _several("without a gate it is identity"),
    "reglu": _several("its gate is relu"),
    "geglu": _several("its gate is gelu"),
    "swiglu": _several("its gate is silu"),
    "seglu": _several("its gate is selu"),
    "mishglu": _several("its gate is mish"),
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
    "layer_norm": _several("it scales x by its neighbours"),
    "batch_norm": _several("it scales x by its neighbours"),
    "rms_norm": _several("it scales x by its neighbours"),
}
