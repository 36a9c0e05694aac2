"""Self-gated units whose gate is made of the normal distribution or the error function: GELU and its kin."""

from actplot.activations.declaration import activation

FAMILY = (
    activation("gelu", "x*Phi(x)",
        slope="Phi(x) + x*exp(-x**2/2)/sqrt(2*pi)",
        title="GELU", aliases=("gelu_erf", "gelu_python"), source="Hendrycks & Gimpel 2016",
        sentence="x weighted by the probability that a standard normal variable lies below it.",
        frameworks={"torch": "GELU; GELU(approximate='none')", "keras": "gelu; gelu(approximate=False)",
            "tensorflow": "gelu; gelu(approximate=False)", "jax": "gelu(approximate=False)",
            "onnx": "Gelu; Gelu(approximate='none')", "mlx": "gelu; GELU(approx='none')"}),
    activation("gelu_tanh", "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))",
        slope="(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))/2 + x/2*(1 - tanh(sqrt(2/pi)*(x + 0.044715*x**3))**2)"
            "*sqrt(2/pi)*(1 + 0.134145*x**2)",
        title="GELU (tanh)", aliases=("gelu_new", "gelu_fast", "gelu_pytorch_tanh",
            "gelu_python_tanh", "gelu_accurate", "sielu"), symbol=r"\operatorname{GELU}_{\tanh}",
        source="Hendrycks & Gimpel 2016",
        sentence="The form of GELU that GPT-2 and BERT compute; off by up to 4.73e-4, at |x| = 2.70.",
        frameworks={"torch": "GELU(approximate='tanh')", "keras": "gelu(approximate=True)",
            "tensorflow": "gelu(approximate=True)", "jax": "gelu; gelu(approximate=True)",
            "flax": "gelu; gelu(approximate=True)", "onnx": "Gelu(approximate='tanh')",
            "mlx": "gelu_approx; GELU(approx='precise'); GELU(approx='tanh')"}),
    activation("serf", "x*erf(softplus(x))",
        slope="erf(softplus(x)) + 2*x*sigmoid(x)*exp(-softplus(x)**2)/sqrt(pi)",
        title="SERF", source="Nag, Bhattacharyya, Mukherjee & Kundu 2021",
        sentence="x gated by the error function of its softplus."),
    activation("phish", "x*tanh(gelu(x))",
        title="Phish", source="Naveen 2022",
        sentence="x gated by the tanh of its GELU, and so positive on both sides of zero."),
)

# What papers and collections name besides.
PAPERS = (
    activation("sgelu", "x*erf(x/sqrt(2))",
        title="SGELU", range=(-4, 4),
        source="Yu & Su 2019, arXiv:1911.03925",
        sentence="The symmetrical GELU: even, a parabola near zero and |x| far out."),
    activation("clipped_gelu", "min(gelu(x), limit)", limit=10.0, bounds=("limit > 0",),
        title="Clipped GELU", aliases=("gelu_10",), range=(-4, 14),
        source="Wu, Judd, Zhang, Isaev & Micikevicius 2020, arXiv:2004.09602",
        sentence="A GELU that stops at 10, so that eight bits can hold its values."),
    activation("erfact", "x*erf(alpha*exp(beta*x))", alpha=0.75, beta=0.75, bounds=("alpha > 0", "beta > 0"),
        title="ErfAct", range=(-6, 4),
        source="Biswas, Kumar, Banerjee & Pandey 2021, arXiv:2109.04386",
        sentence="x gated by the error function of an exponential; both numbers are learned and start at 3/4."),
    activation("pserf", "x*erf(gamma*log1p(exp(delta*x)))", gamma=1.25, delta=0.85, bounds=("gamma > 0", "delta > 0"),
        title="Pserf", range=(-6, 4),
        source="Biswas, Kumar, Banerjee & Pandey 2021, arXiv:2109.04386",
        sentence="SERF with two learned numbers, at their starting values."),
    activation("smu", "((1 + alpha)*x + (1 - alpha)*x*erf(mu*(1 - alpha)*x))/2", alpha=0.25, mu=1.0, bounds=("mu > 0",),
        title="SMU", range=(-5, 4),
        source="Biswas, Kumar, Banerjee & Pandey 2021, arXiv:2111.04682",
        sentence="A smooth leaky ReLU by the error function; μ is learned, and started at 10⁶ in its paper's code."),
    activation("pgelu", "x*Phi(x/sigma)", sigma=2.0, bounds=("sigma > 0",),
        title="PGELU", range=(-8, 6), same="gelu",
        source="Kunc & Kléma 2024, arXiv:2402.09092, as the parametric GELU",
        sentence="GELU with a normal distribution of any width σ."),
)
