"""Sigmoids made of exponentials: bounded or slowly growing, monotone, S-shaped."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("sigmoid", "1/(1 + exp(-x))",
        slope="f*(1 - f)",
        title="Sigmoid", aliases=("logistic", "logsig", "expit"), symbol=r"\sigma",
        source="Verhulst 1845; Rumelhart, Hinton & Williams 1986",
        sentence="Squashes any number to a probability; its slope never exceeds 1/4, so deep stacks of it learn "
            "slowly.",
        frameworks={"torch": "Sigmoid", "keras": "sigmoid", "tensorflow": "sigmoid", "jax": "sigmoid",
            "onnx": "Sigmoid"}),
    activation("log_sigmoid", "-log1p(exp(-x))",
        slope="1 - exp(f)",
        title="LogSigmoid", source="Collobert, Kavukcuoglu & Farabet 2011",
        sentence="The logarithm of the sigmoid, the log-probability that a logistic loss sums.",
        frameworks={"torch": "LogSigmoid", "keras": "log_sigmoid", "jax": "log_sigmoid"}),
    activation("tanh", "tanh(x)",
        slope="1 - f**2",
        title="Tanh", aliases=("tansig",), symbol=r"\tanh", source="LeCun, Bottou, Orr & Müller 1998",
        sentence="A sigmoid from −1 to 1 with slope 1 at the origin.",
        frameworks={"torch": "Tanh", "keras": "tanh", "tensorflow": "tanh", "jax": "tanh", "onnx": "Tanh"}),
    activation("stanh", "b*tanh(a*x)", a=0.67, b=1.7159,
        slope="a*b*(1 - tanh(a*x)**2)",
        title="Scaled tanh", aliases={"lecun_tanh": {"a": 2 / 3}},
        source="LeCun 1989; LeCun, Bottou, Orr & Müller 1998",
        sentence="Tanh stretched so that f(±1) = ±1 and the slope stays useful on the way there.",
        spelled={"scale_a": "a", "scale_b": "b"}),
    activation("erf", "erf(x)",
        title="Erf", symbol=r"\operatorname{erf}", source="Saad & Solla 1995; Williams 1998",
        sentence="The error function, a sigmoid with the tails of the normal distribution.",
        frameworks={"onnx": "Erf"}),
    activation("laplace", "(1 + erf((x - mu)/(sigma*sqrt(2))))/2", mu=0.707107, sigma=0.282095, bounds=("sigma > 0",),
        slope="exp(-((x - mu)/sigma)**2/2)/(sigma*sqrt(2*pi))",
        title="Laplace", range=(-1, 2), source="Ma, Zhou, Kong, He, Gui, Neubig, May & Zettlemoyer 2022",
        sentence="A normal distribution's cumulative curve, placed so that it follows a squared ReLU near its middle."),
    activation("cloglog", "1 - exp(-exp(x))",
        slope="exp(x - exp(x))",
        title="Cloglog", source="Fisher 1922; Gomes, Ludermir & Lima 2011",
        sentence="The inverse of the complementary log-log link: an asymmetric sigmoid, slow on the left "
            "and quick on the right."),
)
