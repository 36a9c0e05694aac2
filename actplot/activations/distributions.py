"""Outputs that are probabilities, their logarithms, or rates; of several logits one moves, the rest stay at zero."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("softmax", "1/(1 + (k - 1)*exp(-x))", k=3.0, bounds=("k >= 2",),
        slope="f*(1 - f)",
        title="Softmax", source="Bridle 1990",
        sentence="The probability of one of k classes as its own logit moves and the other k − 1 stay at zero.",
        frameworks={"torch": "Softmax(dim)", "keras": "softmax(axis)", "tensorflow": "softmax(axis)",
            "jax": "softmax(axis)", "onnx": "Softmax(axis)"}),
    activation("log_softmax", "-log1p((k - 1)*exp(-x))", k=3.0, bounds=("k >= 2",),
        slope="(k - 1)/(exp(x) + k - 1)",
        title="LogSoftmax", source="Bridle 1990",
        sentence="The logarithm of the softmax, what a cross-entropy loss reads.",
        frameworks={"torch": "LogSoftmax(dim)", "keras": "log_softmax(axis)", "tensorflow": "log_softmax(axis)",
            "jax": "log_softmax(axis)", "onnx": "LogSoftmax(axis)"}),
    activation("exponential", "exp(x)",
        title="Exponential", range=(-4, 3), source="Nelder & Wedderburn 1972",
        sentence="Turns any number into a positive rate, as in Poisson regression; its own derivative.",
        frameworks={"keras": "exponential", "onnx": "Exp"}),
)
