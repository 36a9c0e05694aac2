"""Self-gated units whose gate is made of the normal distribution or the error function: GELU and its kin."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("gelu", "x*Phi(x)",
        slope="Phi(x) + x*exp(-x**2/2)/sqrt(2*pi)",
        title="GELU", aliases=("gelu_erf", "gelu_python"), source="Hendrycks & Gimpel 2016",
        sentence="x weighted by the probability that a standard normal variable lies below it.",
        frameworks={"torch": "GELU; GELU(approximate='none')", "keras": "gelu; gelu(approximate=False)",
            "tensorflow": "gelu; gelu(approximate=False)", "jax": "gelu(approximate=False)",
            "onnx": "Gelu; Gelu(approximate='none')"}),
    activation("gelu_tanh", "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
        slope="(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2 + x/2*(1 - tanh(sqrt(2/pi)*(x + 0.044715*x**3))**2)"
            "*sqrt(2/pi)*(1 + 3*0.044715*x**2)",
        title="GELU (tanh)", aliases=("gelu_new", "gelu_fast", "gelu_pytorch_tanh",
            "gelu_python_tanh", "gelu_accurate"), symbol=r"\operatorname{GELU}_{\tanh}",
        source="Hendrycks & Gimpel 2016",
        sentence="The form of GELU that GPT-2 and BERT compute; off by up to 4.73e-4, at |x| = 2.70.",
        frameworks={"torch": "GELU(approximate='tanh')", "keras": "gelu(approximate=True)",
            "tensorflow": "gelu(approximate=True)", "jax": "gelu; gelu(approximate=True)",
            "flax": "gelu; gelu(approximate=True)", "onnx": "Gelu(approximate='tanh')"}),
    activation("serf", "x*erf(softplus(x))",
        slope="erf(softplus(x)) + 2*x*sigmoid(x)*exp(-softplus(x)**2)/sqrt(pi)",
        title="SERF", source="Nag, Bhattacharyya, Mukherjee & Kundu 2021",
        sentence="x gated by the error function of its softplus."),
    activation("phish", "x*tanh(gelu(x))",
        title="Phish", source="Naveen 2022",
        sentence="x gated by the tanh of its GELU, and so positive on both sides of zero."),
)
