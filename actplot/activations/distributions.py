"""Outputs that are probabilities, their logarithms, or rates; of several logits one moves, the rest stay at zero."""

from actplot.activations.declaration import activation

LOGITS = {"k <= 2": "x₁ − x₂", "k > 2": "{of_logits}"}

FAMILY = (
    activation("softmax", "1/(1 + (k - 1)*exp(-x))", k=2.0, bounds=("k >= 2",),
        inputs="k", axis=LOGITS,
        slope="f*(1 - f)",
        title="Softmax", same="sigmoid", source="Bridle 1990",
        sentence="The probability of one of k classes as its own logit moves and the other k − 1 stay at zero.",
        frameworks={"torch": "Softmax(dim)", "keras": "softmax(axis)", "tensorflow": "softmax(axis)",
            "jax": "softmax(axis)", "onnx": "Softmax(axis)", "mlx": "softmax(axis)"}),
    activation("log_softmax", "-log1p((k - 1)*exp(-x))", k=2.0, bounds=("k >= 2",),
        inputs="k", axis=LOGITS,
        slope="(k - 1)/(exp(x) + k - 1)",
        title="LogSoftmax", same="softplus", source="Bridle 1990",
        sentence="The logarithm of the softmax, what a cross-entropy loss reads.",
        frameworks={"torch": "LogSoftmax(dim)", "keras": "log_softmax(axis)", "tensorflow": "log_softmax(axis)",
            "jax": "log_softmax(axis)", "onnx": "LogSoftmax(axis)", "mlx": "log_softmax(axis)"}),
    activation("softmin", "1/(1 + (k - 1)*exp(x))", k=2.0, bounds=("k >= 2",),
        inputs="k", axis=LOGITS,
        slope="f*(f - 1)",
        title="Softmin", same="sigmoid", source="Bridle 1990, with the sign of x changed",
        sentence="The softmax of −x: the smallest input has the largest share.",
        frameworks={"torch": "Softmin(dim)", "mlx": "softmin(axis)"}),
    activation("sparsemax", "clip(((k - 1)*x + 1)/k, 0, 1)", k=2.0, bounds=("k >= 2",),
        inputs="k", axis=LOGITS,
        slope="(k - 1)/k if -1 < (k - 1)*x < k - 1 else 0",
        title="Sparsemax", range=(-3, 3), same="hard_tanh", source="Martins & Astudillo 2016",
        sentence="The nearest point to the logits whose parts are probabilities: some of them are exactly 0.",
        frameworks={"keras": "sparsemax(axis)"}),
    activation("exponential", "exp(x)",
        title="Exponential", range=(-4, 3), source="Nelder & Wedderburn 1972",
        sentence="Turns any number into a positive rate, as in Poisson regression; its own derivative.",
        frameworks={"keras": "exponential", "onnx": "Exp"}),
)

# What papers and collections name besides.
PAPERS = (
    activation("entmax",
        "0 if x < -2/sqrt(k - 1) else 1 if x > 2 else (((k - 1)*x + sqrt(4*k - (k - 1)*x**2))/(2*k))**2",
        k=2.0, bounds=("k >= 2",),
        inputs="k", axis=LOGITS,
        title="1.5-Entmax", aliases=("entmax15",), range=(-4, 4), source="Peters, Niculae & Martins 2019",
        sentence="Half-way between softmax and sparsemax: exactly 0 and 1 far out, without corners."),
)
